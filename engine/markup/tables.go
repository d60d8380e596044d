package markup

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// tableBuilder turns a paragraph whose second line is a divider into a table.
// Unlike GFM a table must begin its paragraph, and bars inside code are text.
type tableBuilder struct{}

func (tableBuilder) Transform(p *ast.Paragraph, reader text.Reader, _ parser.Context) {
	lines := p.Lines()
	if lines.Len() < 2 {
		return
	}
	src := reader.Source()
	first, second := lines.At(0), lines.At(1)
	aligns := divider(second.Value(src))
	if aligns == nil {
		return
	}
	head := splitRow(first, src)
	if len(head) != len(aligns) || len(aligns) == 1 && bytes.IndexByte(first.Value(src), '|') < 0 {
		return
	}
	table := east.NewTable()
	table.Alignments = aligns
	table.SetPos(p.Pos())
	table.AppendChild(table, east.NewTableHeader(tableRow(head, aligns)))
	for i := 2; i < lines.Len(); i++ {
		table.AppendChild(table, tableRow(splitRow(lines.At(i), src), aligns))
	}
	parent := p.Parent()
	parent.ReplaceChild(parent, p, table)
}

// divider reads a line such as "---|:--:" and returns the alignments it sets,
// nil if it is no divider.
func divider(line []byte) []east.Alignment {
	line = bytes.TrimSpace(line)
	if bytes.IndexByte(line, '-') < 0 || bytes.IndexByte(line, '|') < 0 {
		return nil
	}
	line = bytes.TrimSuffix(bytes.TrimPrefix(line, []byte("|")), []byte("|"))
	var out []east.Alignment
	for _, col := range bytes.Split(line, []byte("|")) {
		col = bytes.TrimSpace(col)
		left, right := bytes.HasPrefix(col, []byte(":")), bytes.HasSuffix(col, []byte(":"))
		if dashes := bytes.Trim(col, ":"); len(dashes) == 0 || len(bytes.Trim(dashes, "-")) > 0 {
			return nil
		}
		switch {
		case left && right:
			out = append(out, east.AlignCenter)
		case left:
			out = append(out, east.AlignLeft)
		case right:
			out = append(out, east.AlignRight)
		default:
			out = append(out, east.AlignNone)
		}
	}
	return out
}

// splitRow cuts a line at its bars, leaving those that are escaped or in code.
func splitRow(line text.Segment, src []byte) []text.Segment {
	line = line.TrimLeftSpace(src)
	line = line.TrimRightSpace(src)
	start, stop := line.Start, line.Stop
	if start < stop && src[start] == '|' {
		start++
	}
	var out []text.Segment
	from, open := start, false
	for i := start; i < stop; i++ {
		switch src[i] {
		case '\\':
			i++
		case '`':
			n := run(src[i:stop], '`')
			if j := codeEnd(src[i+n:stop], n); j >= 0 {
				i += n + j
			}
			i += n - 1
		case '|':
			out = append(out, cellSegment(from, i, src))
			from = i + 1
		}
		open = from <= i
	}
	if open && from < stop {
		out = append(out, cellSegment(from, stop, src))
	}
	return out
}

// run counts how often b stands at the start of s.
func run(s []byte, b byte) int {
	n := 0
	for n < len(s) && s[n] == b {
		n++
	}
	return n
}

// codeEnd finds the n backticks that close a code span, -1 if there are none.
func codeEnd(s []byte, n int) int {
	for i := 0; i < len(s); {
		if s[i] != '`' {
			i++
			continue
		}
		m := run(s[i:], '`')
		if m == n {
			return i
		}
		i += m
	}
	return -1
}

func cellSegment(from, to int, src []byte) text.Segment {
	s := text.NewSegment(from, to)
	s = s.TrimLeftSpace(src)
	return s.TrimRightSpace(src)
}

// tableRow makes a row of exactly as many cells as there are alignments.
func tableRow(cells []text.Segment, aligns []east.Alignment) *east.TableRow {
	row := east.NewTableRow(aligns)
	for i, a := range aligns {
		c := east.NewTableCell()
		c.Alignment = a
		if i < len(cells) && cells[i].Start < cells[i].Stop {
			c.Lines().Append(cells[i])
		}
		row.AppendChild(row, c)
	}
	return row
}

// alignClass is the class that stands for a column's alignment.
func alignClass(a east.Alignment) string {
	switch a {
	case east.AlignLeft:
		return "text-start"
	case east.AlignCenter:
		return "text-center"
	case east.AlignRight:
		return "text-end"
	}
	return ""
}
