package doc

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// wideTable is the length of a source row from which on the dashes below the
// header give the widths of a pipe table's columns.
const wideTable = 72

// tableParser reads pipe tables and notes the widths of their columns.
type tableParser struct{ parser.ParagraphTransformer }

func (t tableParser) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	widths := pipeWidths(p.Lines(), r.Source())
	parent, before := p.Parent(), p.PreviousSibling()
	t.ParagraphTransformer.Transform(p, r, pc)
	made := p.NextSibling()
	if p.Parent() == nil {
		if made = parent.FirstChild(); before != nil {
			made = before.NextSibling()
		}
	}
	if table, ok := made.(*east.Table); ok && len(widths) == len(table.Alignments) {
		table.SetAttributeString("widths", widths)
	}
}

// pipeWidths returns the shares of the columns if some row is wide.
func pipeWidths(lines *text.Segments, src []byte) []float64 {
	var dashes []float64
	wide := false
	for i := range lines.Len() {
		seg := lines.At(i)
		line := bytes.TrimSpace(seg.Value(src))
		wide = wide || utf8.RuneCount(line) > wideTable
		if dashes == nil && len(bytes.Trim(line, "|-:+ ")) == 0 && bytes.ContainsRune(line, '-') {
			for _, c := range strings.Split(strings.Trim(string(line), "|"), "|") {
				dashes = append(dashes, float64(len(trim(c))))
			}
		}
	}
	if !wide {
		return nil
	}
	return shares(dashes)
}

func shares(n []float64) []float64 {
	sum := 0.0
	for _, v := range n {
		sum += v
	}
	out := make([]float64, len(n))
	for i, v := range n {
		out[i] = v / max(sum, 1)
	}
	return out
}

// gridParser reads grid tables, whose cells hold blocks.
type gridParser struct{}

func (gridParser) Trigger() []byte             { return []byte{'+'} }
func (gridParser) CanInterruptParagraph() bool { return false }
func (gridParser) CanAcceptIndentedLine() bool { return false }

func (gridParser) Open(_ ast.Node, r text.Reader, _ parser.Context) (ast.Node, parser.State) {
	line, _ := r.PeekLine()
	s := trim(string(line))
	if !gridRule(s) {
		return nil, parser.NoChildren
	}
	r.AdvanceToEOL()
	return &rawTable{grid: true, lines: []string{s}}, parser.NoChildren
}

func (gridParser) Continue(n ast.Node, r text.Reader, _ parser.Context) parser.State {
	line, _ := r.PeekLine()
	s := trim(string(line))
	if s == "" || s[0] != '+' && s[0] != '|' {
		return parser.Close
	}
	g := n.(*rawTable)
	g.lines = append(g.lines, s)
	r.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

func (gridParser) Close(ast.Node, text.Reader, parser.Context) {}

func gridRule(s string) bool {
	return len(s) > 3 && s[0] == '+' && s[len(s)-1] == '+' && strings.Trim(s, "+-=:") == "" && strings.ContainsAny(s, "-=")
}

// simpleTableParser reads simple tables: columns below a row of dashes.
type simpleTableParser struct{}

func (simpleTableParser) Transform(p *ast.Paragraph, r text.Reader, _ parser.Context) {
	lines := rawLines(p, r.Source())
	if len(lines) < 2 || len(dashColumns(lines[1])) < 2 || p.Parent() == nil {
		return
	}
	if strings.Contains(lines[0], "|") {
		return
	}
	p.Parent().ReplaceChild(p.Parent(), p, &rawTable{lines: lines})
}

// rawLines returns the lines of a paragraph with the blanks before them.
func rawLines(p *ast.Paragraph, src []byte) []string {
	var out []string
	for i := range p.Lines().Len() {
		seg := p.Lines().At(i)
		start := bytes.LastIndexByte(src[:seg.Start], '\n') + 1
		blanks := string(src[start:seg.Start])
		if trim(blanks) != "" { // within a list item or a quotation
			blanks = strings.Repeat(" ", utf8.RuneCountInString(blanks))
		}
		out = append(out, blanks+strings.TrimRight(string(seg.Value(src)), "\n "))
	}
	return out
}

// dashColumns returns the columns that a row of dashes marks, from and to.
func dashColumns(s string) [][2]int {
	if strings.Trim(s, "- ") != "" {
		return nil
	}
	var out [][2]int
	for i := 0; i < len(s); i++ {
		if s[i] == '-' && (i == 0 || s[i-1] == ' ') {
			out = append(out, [2]int{i, i})
		}
		if s[i] == '-' {
			out[len(out)-1][1] = i + 1
		}
	}
	return out
}

// lineBlockParser reads line blocks: lines that begin with a bar.
type lineBlockParser struct{}

func (lineBlockParser) Transform(p *ast.Paragraph, r text.Reader, _ parser.Context) {
	if p.Parent() == nil {
		return
	}
	var out []string
	for _, line := range rawLines(p, r.Source()) {
		switch bare := strings.TrimLeft(line, " "); {
		case bare == "|":
			out = append(out, "")
		case strings.HasPrefix(bare, "| "):
			out = append(out, bare[2:])
		case len(out) > 0 && line != bare:
			out[len(out)-1] += " " + bare
		default:
			return
		}
	}
	p.Parent().ReplaceChild(p.Parent(), p, &lineBlock{lines: out})
}
