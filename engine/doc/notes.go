package doc

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// noteParser reads what a footnote says: "[^label]: text" and what is indented
// below it.
type noteParser struct{}

func (noteParser) Trigger() []byte             { return []byte{'['} }
func (noteParser) CanInterruptParagraph() bool { return false }
func (noteParser) CanAcceptIndentedLine() bool { return false }

func (noteParser) Open(_ ast.Node, r text.Reader, _ parser.Context) (ast.Node, parser.State) {
	line, _ := r.PeekLine()
	start := bytes.IndexByte(line, '[')
	label, n := noteLabel(line[start:])
	if n == 0 || start+n >= len(line) || line[start+n] != ':' {
		return nil, parser.NoChildren
	}
	n += start + 1
	for n < len(line) && line[n] == ' ' {
		n++
	}
	node := &noteNode{label: label}
	if util.IsBlank(line[n:]) {
		return node, parser.NoChildren
	}
	r.AdvanceAndSetPadding(n, 0)
	return node, parser.HasChildren
}

func (noteParser) Continue(_ ast.Node, r text.Reader, _ parser.Context) parser.State {
	line, _ := r.PeekLine()
	if util.IsBlank(line) {
		return parser.Continue | parser.HasChildren
	}
	if indent, _ := util.IndentWidth(line, r.LineOffset()); indent < 4 {
		return parser.Close
	}
	r.AdvanceAndSetPadding(4, 0)
	return parser.Continue | parser.HasChildren
}

func (noteParser) Close(ast.Node, text.Reader, parser.Context) {}

// noteLabel reads "[^label]" and returns the label and how long all is.
func noteLabel(s []byte) (string, int) {
	if len(s) < 4 || s[0] != '[' || s[1] != '^' {
		return "", 0
	}
	end := bytes.IndexByte(s, ']')
	if end < 3 || bytes.ContainsAny(s[2:end], " \t\n[") {
		return "", 0
	}
	return string(s[2:end]), end + 1
}

// noteRefParser reads the marks of footnotes, "[^label]" and "^[text]".
type noteRefParser struct{}

func (noteRefParser) Trigger() []byte { return []byte{'[', '^'} }

func (noteRefParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if line[0] == '[' {
		label, n := noteLabel(line)
		if n == 0 {
			return nil
		}
		block.Advance(n)
		return &noteRef{label: label}
	}
	if len(line) < 3 || line[1] != '[' {
		return nil
	}
	inside, ok := bracketed(block, 1)
	if !ok {
		return nil
	}
	return &noteRef{inside: inside}
}

// bracketed reads a bracket and all to its closing one, over several lines if
// need be; skip is how many bytes stand before it. The reader is moved behind.
func bracketed(block text.Reader, skip int) (string, bool) {
	var b bytes.Buffer
	depth := 0
	block.Advance(skip)
	for {
		line, _ := block.PeekLine()
		if line == nil {
			return "", false
		}
		for i := 0; i < len(line); i++ {
			switch line[i] {
			case '\\':
				i++
			case '[':
				depth++
			case ']':
				if depth--; depth == 0 {
					b.Write(line[:i])
					block.Advance(i + 1)
					return b.String()[1:], true
				}
			}
		}
		b.Write(line)
		block.AdvanceLine()
	}
}
