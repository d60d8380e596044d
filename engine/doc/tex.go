package doc

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// texStyles are the TeX commands whose argument is text in a style.
var texStyles = map[string]Style{
	"textbf": {Bold: true}, "textit": {Italic: true}, "emph": {Italic: true}, "underline": {Underline: true},
	"textsc": {SmallCaps: true}, "texttt": {Code: true}, "sout": {Strike: true},
	"textsuperscript": {Sup: true}, "textsubscript": {Sub: true},
}

// texTags are the TeX commands that do what a bracket tag does.
var texTags = map[string]string{
	"newpage": "PAGEBREAK", "clearpage": "PAGEBREAK", "pagebreak": "PAGEBREAK", "noindent": "NOINDENT",
	"newline": "BR", "par": "NEWPAR", "thepage": "PAGENUM",
}

// A texNode is a TeX command with its argument.
type texNode struct {
	ast.BaseInline
	name, arg string
}

var kindTex = ast.NewNodeKind("DocTeX")

func (*texNode) Kind() ast.NodeKind           { return kindTex }
func (n *texNode) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

// texParser reads TeX commands and `\\`. A backslash before a blank is a blank
// at which no line ends.
type texParser struct{}

func (texParser) Trigger() []byte { return []byte{'\\'} }

func (texParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if len(line) < 2 {
		return nil
	}
	if line[1] == ' ' {
		block.Advance(2)
		return &texNode{name: " "}
	}
	if line[1] == '\\' && (len(line) == 2 || line[2] == '\n') {
		block.Advance(2)
		return &tagNode{name: "BR"}
	}
	n := 1
	for n < len(line) && (line[n] >= 'a' && line[n] <= 'z' || line[n] >= 'A' && line[n] <= 'Z') {
		n++
	}
	if n < 3 {
		return nil
	}
	name := string(line[1:n])
	block.Advance(n)
	arg := braced(block)
	if t, ok := texTags[name]; ok {
		return &tagNode{name: t}
	}
	return &texNode{name: name, arg: arg}
}

// braced reads options in brackets, which say nothing here, and the first
// argument in braces; further arguments are read over.
func braced(block text.Reader) string {
	arg, first := "", true
	for {
		line, _ := block.PeekLine()
		if len(line) == 0 || line[0] != '{' && (line[0] != '[' || !bytes.ContainsRune(line, '{')) {
			return arg
		}
		n := closing(line)
		if n < 0 {
			return arg
		}
		if line[0] == '{' && first {
			arg, first = string(line[1:n]), false
		}
		block.Advance(n + 1)
	}
}

// closing returns where the bracket or brace that begins s is closed, or -1.
func closing(s []byte) int {
	open, shut, depth := s[0], byte('}'), 0
	if open == '[' {
		shut = ']'
	}
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case open:
			depth++
		case shut:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// mathParser reads TeX maths, $x^2$. Text between two amounts of dollars is
// none: maths has something in it that only maths has.
type mathParser struct{}

func (mathParser) Trigger() []byte { return []byte{'$'} }

func (mathParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	fence := 1
	if len(line) > 1 && line[1] == '$' {
		fence = 2
	}
	end := bytes.Index(line[fence:], line[:fence])
	if end < 1 {
		return nil
	}
	tex := string(line[fence : fence+end])
	after := line[fence+end+fence:]
	if tex != trim(tex) || !strings.ContainsAny(tex, `\^_=`) || len(after) > 0 && after[0] >= '0' && after[0] <= '9' {
		return nil
	}
	block.Advance(fence + end + fence)
	return &mathNode{tex: tex}
}
