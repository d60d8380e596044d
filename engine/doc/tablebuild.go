package doc

import (
	"strings"
	"unicode/utf8"

	east "github.com/yuin/goldmark/extension/ast"
)

// table builds a pipe table.
func (b *builder) table(n *east.Table) *Table {
	t := &Table{Left: b.left}
	widths, _ := n.AttributeString("widths")
	shares, _ := widths.([]float64)
	for i, a := range n.Alignments {
		c := Column{Align: aligns[a]}
		if i < len(shares) {
			c.Width = shares[i]
		}
		t.Columns = append(t.Columns, c)
	}
	for r := n.FirstChild(); r != nil; r = r.NextSibling() {
		var row Row
		head := r.Kind() == east.KindTableHeader
		for c := r.FirstChild(); c != nil && len(row.Cells) < len(t.Columns); c = c.NextSibling() {
			row.Cells = append(row.Cells, b.cell(t.Columns[len(row.Cells)].Align, head, func() { b.inlineBlock(c) }))
		}
		if head {
			if !row.empty() {
				t.Head = append(t.Head, row)
			}
		} else {
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

var aligns = map[east.Alignment]Align{
	east.AlignLeft: Left, east.AlignNone: Left, east.AlignRight: Right, east.AlignCenter: Center,
}

func (r Row) empty() bool {
	for _, c := range r.Cells {
		for _, bl := range c.Blocks {
			if p, ok := bl.(*Paragraph); !ok || len(p.Content) > 0 {
				return false
			}
		}
	}
	return true
}

// cell builds what f says in a frame of its own: tight, with the alignment of
// its column.
func (b *builder) cell(a Align, bold bool, f func()) Cell {
	kept := b.frame
	b.frame = frame{state: state{pitch: 1}, align: a, inCell: true, bold: bold}
	blocks := b.collect(f)
	b.frame = kept
	if len(blocks) == 0 {
		blocks = []Block{&Paragraph{Look: Look{Pitch: 1, Align: a}}}
	}
	return Cell{Blocks: blocks}
}

// rawTable builds a grid or a simple table.
func (b *builder) rawTable(n *rawTable) *Table {
	if n.grid {
		return b.grid(n.lines)
	}
	return b.simple(n.lines)
}

// grid builds a grid table: cells hold Markdown of their own.
func (b *builder) grid(lines []string) *Table {
	t := &Table{Left: b.left}
	var edges []int
	for i, r := range lines[0] {
		if r == '+' {
			edges = append(edges, i)
		}
	}
	lengths := make([]float64, len(edges)-1)
	for i := range lengths {
		lengths[i] = float64(edges[i+1] - edges[i])
	}
	whole := max(1, float64(edges[len(edges)-1])/wideTable)
	for i, w := range shares(lengths) {
		t.Columns = append(t.Columns, Column{Width: w * min(1, whole), Align: gridAlign(headRule(lines)[edges[i]+1 : edges[i+1]])})
	}
	cells := make([][]string, len(lengths))
	for _, line := range lines[1:] {
		if !gridRule(line) {
			addGridLine(cells, line, edges)
			continue
		}
		if head := strings.Contains(line, "="); head || cells[0] != nil {
			row := b.textRow(t, cells, head)
			if head {
				t.Head = append(t.Head, row)
			} else {
				t.Rows = append(t.Rows, row)
			}
		}
		clear(cells)
	}
	return t
}

// headRule is the rule below the head, or the first if there is no head: the
// one whose colons align the columns. It is as long as the first.
func headRule(lines []string) string {
	for _, l := range lines {
		if gridRule(l) && strings.Contains(l, "=") && len(l) == len(lines[0]) {
			return l
		}
	}
	return lines[0]
}

func gridAlign(rule string) Align {
	left, right := strings.HasPrefix(rule, ":"), strings.HasSuffix(rule, ":")
	switch {
	case left && right:
		return Center
	case right:
		return Right
	}
	return Left
}

// addGridLine cuts a line of a grid where its columns are.
func addGridLine(cells [][]string, line string, edges []int) {
	runes := []rune(line)
	for i := range cells {
		from, to := min(edges[i]+1, len(runes)), min(edges[i+1], len(runes))
		cells[i] = append(cells[i], strings.TrimRight(string(runes[from:to]), " |"))
	}
}

// textRow builds a row of cells that are Markdown.
func (b *builder) textRow(t *Table, cells [][]string, head bool) Row {
	var row Row
	for i, lines := range cells {
		source := undent(lines)
		row.Cells = append(row.Cells, b.cell(t.Columns[i].Align, head, func() { b.nested(source) }))
	}
	return row
}

// undent takes off the blanks that all lines begin with.
func undent(lines []string) string {
	least := -1
	for _, l := range lines {
		if n := len(l) - len(strings.TrimLeft(l, " ")); trim(l) != "" && (least < 0 || n < least) {
			least = n
		}
	}
	var out strings.Builder
	for _, l := range lines {
		out.WriteString(l[min(max(least, 0), len(l)):])
		out.WriteByte('\n')
	}
	return out.String()
}

// simple builds a simple table. A column is aligned by where its header stands
// over its dashes.
func (b *builder) simple(lines []string) *Table {
	t := &Table{Left: b.left}
	cols := dashColumns(lines[1])
	for _, c := range cols {
		t.Columns = append(t.Columns, Column{Align: headAlign([]rune(lines[0]), c)})
	}
	if trim(lines[0]) != "" {
		t.Head = append(t.Head, b.textRow(t, cut(lines[0], cols), true))
	}
	for _, l := range lines[2:] {
		if len(dashColumns(l)) == 0 {
			t.Rows = append(t.Rows, b.textRow(t, cut(l, cols), false))
		}
	}
	return t
}

func cut(line string, cols [][2]int) [][]string {
	out := make([][]string, len(cols))
	runes := []rune(line)
	for i, c := range cols {
		from, to := min(c[0], len(runes)), len(runes)
		if i == 0 {
			from = 0
		}
		if i+1 < len(cols) {
			to = min(cols[i+1][0], len(runes))
		}
		out[i] = []string{trim(string(runes[from:to]))}
	}
	return out
}

func headAlign(head []rune, c [2]int) Align {
	at := func(i int) bool { return i >= 0 && i < len(head) && head[i] != ' ' }
	left, right := at(c[0]), at(c[1]-1)
	switch {
	case right && !left:
		return Right
	case !right && !left:
		return Center
	}
	return Left
}

// lineBlock builds a line block: its line ends and indents are kept.
func (b *builder) lineBlock(n *lineBlock) {
	b.begin()
	b.para.Look.First = 0
	for i, line := range n.lines {
		if i > 0 {
			b.add(&Break{})
		}
		bare := strings.TrimLeft(line, " ")
		if blanks := utf8.RuneCountInString(line) - utf8.RuneCountInString(bare); blanks > 0 {
			b.text(strings.Repeat("\u00a0", blanks), Style{}, "")
		}
		b.nestedInlines(bare)
	}
	b.finish()
}
