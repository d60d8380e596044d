package markup

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// An attribute list such as {: .btn target="_blank"} belongs to the link,
// image, emphasis or code right before it; at the end of a heading or table
// cell, or on the last line of a paragraph, to that. The colon may be missing.

// attrNode is an attribute list found in running text, before it is known what
// it belongs to.
type attrNode struct {
	ast.BaseInline
	segment text.Segment
	attrs   []ast.Attribute
	lone    bool // nothing but blanks before it on its line
	spaced  bool // a blank before it
	last    bool // nothing but blanks behind it to the end of the block
}

var kindAttr = ast.NewNodeKind("AttributeList")

func (n *attrNode) Kind() ast.NodeKind         { return kindAttr }
func (n *attrNode) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

// attrParser finds attribute lists.
type attrParser struct{}

func (attrParser) Trigger() []byte { return []byte{'{'} }

func (attrParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	attrs, n := parseAttrs(string(line))
	if n == 0 {
		return nil
	}
	node := &attrNode{segment: segment.WithStop(segment.Start + n), attrs: attrs}
	node.lone = before == '\n' || parent.LastChild() == nil
	node.spaced = node.lone || before == ' '
	rest := line[n:]
	block.Advance(n)
	if util.IsBlank(rest) {
		l, pos := block.Position()
		block.AdvanceLine()
		next, _ := block.PeekLine()
		node.last = next == nil
		block.SetPosition(l, pos)
	}
	return node
}

// parseAttrs reads an attribute list at the start of s. It returns length 0
// when s does not begin with one.
func parseAttrs(s string) ([]ast.Attribute, int) {
	i := 1
	colon := i < len(s) && s[i] == ':'
	if colon {
		i++
	}
	var attrs []ast.Attribute
	var classes []string
	for {
		for i < len(s) && s[i] == ' ' {
			i++
		}
		if i >= len(s) {
			return nil, 0
		}
		if s[i] == '}' {
			break
		}
		name, value, n := parseAttr(s[i:], colon)
		if n == 0 {
			return nil, 0
		}
		if i += n; name == "class" {
			classes = append(classes, value)
		} else {
			attrs = append(attrs, ast.Attribute{Name: []byte(name), Value: value})
		}
	}
	if len(classes) > 0 {
		attrs = append(attrs, ast.Attribute{Name: []byte("class"), Value: strings.Join(classes, " ")})
	}
	if len(attrs) == 0 {
		return nil, 0
	}
	return attrs, i + 1
}

// parseAttr reads .class, #id, key=value, key="value" or, after a colon, a bare
// word. It returns length 0 for anything else.
func parseAttr(s string, bare bool) (name, value string, n int) {
	end := strings.IndexAny(s, " }=\"'{<>\n")
	if end < 0 {
		return "", "", 0
	}
	word := s[:end]
	switch {
	case len(word) > 1 && word[0] == '.' && s[end] != '=':
		return "class", word[1:], end
	case len(word) > 1 && word[0] == '#' && s[end] != '=':
		return "id", word[1:], end
	case !attrName(word):
		return "", "", 0
	case s[end] == '=':
		v, m := attrValue(s[end+1:])
		if m == 0 {
			return "", "", 0
		}
		return word, v, end + 1 + m
	case bare && (s[end] == ' ' || s[end] == '}'):
		return word, word, end
	}
	return "", "", 0
}

// attrName says whether s can name an attribute.
func attrName(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i] | 0x20
		if (c < 'a' || c > 'z') && (i == 0 || s[i] != '-' && s[i] != '_' && s[i] != ':' && (s[i] < '0' || s[i] > '9')) {
			return false
		}
	}
	return s != ""
}

// attrValue reads a quoted or bare value and returns its length in s.
func attrValue(s string) (string, int) {
	if s == "" {
		return "", 0
	}
	if q := s[0]; q == '"' || q == '\'' {
		end := strings.IndexByte(s[1:], q)
		if end < 0 || strings.IndexByte(s[:end+1], '\n') >= 0 {
			return "", 0
		}
		return s[1 : end+1], end + 2
	}
	end := strings.IndexAny(s, " }\n")
	if end <= 0 {
		return "", 0
	}
	return s[:end], end
}

// attrPlacer gives each attribute list to its element, or makes it text again.
type attrPlacer struct{}

func (attrPlacer) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	var found []*attrNode
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if a, ok := n.(*attrNode); ok && entering {
			found = append(found, a)
		}
		return ast.WalkContinue, nil
	})
	for _, a := range found {
		place(a, reader.Source())
	}
}

func place(a *attrNode, src []byte) {
	parent := a.Parent()
	target := a.owner()
	if target == nil {
		parent.ReplaceChild(parent, a, ast.NewTextSegment(a.segment))
		return
	}
	for _, at := range a.attrs {
		if old, ok := target.Attribute(at.Name); ok && string(at.Name) == "class" {
			at.Value = old.(string) + " " + at.Value.(string)
		}
		target.SetAttribute(at.Name, at.Value)
	}
	if target == parent || target == parent.Parent() {
		trimEnd(a, src)
	}
	parent.RemoveChild(parent, a)
}

// owner finds the element that the list belongs to, nil if there is none.
func (n *attrNode) owner() ast.Node {
	switch prev := n.PreviousSibling().(type) {
	case *ast.Link, *ast.Image, *ast.Emphasis, *ast.CodeSpan, *ast.AutoLink:
		if !n.spaced {
			return prev
		}
	}
	if !n.last {
		return nil
	}
	switch p := n.Parent().(type) {
	case *ast.Heading, *east.TableCell, *east.DefinitionTerm:
		if n.spaced {
			return p
		}
	case *ast.Paragraph:
		if n.lone && n.PreviousSibling() != nil {
			return p
		}
	case *ast.TextBlock: // of a tight list item
		if n.lone && n.PreviousSibling() != nil {
			return p.Parent()
		}
	}
	return nil
}

// trimEnd drops the blanks and the line end before the list.
func trimEnd(a *attrNode, src []byte) {
	if t, ok := a.PreviousSibling().(*ast.Text); ok {
		t.Segment = t.Segment.TrimRightSpace(src)
		t.SetSoftLineBreak(false)
		t.SetHardLineBreak(false)
	}
}
