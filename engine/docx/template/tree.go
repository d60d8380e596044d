package template

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"colloquy/engine/jinja"
)

// An attr is an attribute; its value may be that of a tag.
type attr struct {
	name, value string
	tag         *jinja.Piece
}

// A node is an element, a text (no name) or a tag.
type node struct {
	name   string // with prefix, such as "w:p"
	attrs  []attr
	kids   []*node
	text   string
	tag    *jinja.Piece
	parent *node
}

// maxNesting is how deep elements may lie in each other.
const maxNesting = 400

// wordSpaces are the namespaces whose prefix is w, whatever a file calls them.
var wordSpaces = map[string]bool{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main": true,
	"http://purl.oclc.org/ooxml/wordprocessingml/main":             true,
}

// parseXML reads a part of a document.
func parseXML(data []byte) (*node, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	root := &node{}
	at, depth, prefix := root, 0, "w"
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth > maxNesting {
				return nil, errors.New("elements are nested too deeply")
			}
			n := &node{parent: at}
			for _, a := range t.Attr {
				if a.Name.Space == "xmlns" && wordSpaces[a.Value] {
					prefix = a.Name.Local
				}
				n.attrs = append(n.attrs, attr{name: joinName(a.Name, prefix), value: a.Value})
			}
			n.name = joinName(t.Name, prefix)
			at.kids = append(at.kids, n)
			at = n
		case xml.EndElement:
			if at == root || at.name != joinName(t.Name, prefix) {
				return nil, fmt.Errorf("</%s> closes nothing", t.Name.Local)
			}
			at = at.parent
			depth--
		case xml.CharData:
			if at != root {
				at.kids = append(at.kids, &node{text: string(t), parent: at})
			}
		}
	}
	if at != root || len(root.kids) != 1 {
		return nil, errors.New("the file is cut off")
	}
	root.kids[0].parent = nil
	return root.kids[0], nil
}

// joinName writes a name with its prefix; that of Word is always w.
func joinName(n xml.Name, prefix string) string {
	switch {
	case n.Space == "":
		return n.Local
	case n.Space == prefix:
		return "w:" + n.Local
	case n.Space == "xmlns" && n.Local == prefix:
		return "xmlns:w"
	}
	return n.Space + ":" + n.Local
}

var (
	textEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	attrEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#10;", "\t", "&#9;")
)

// child finds a child by its name; nil has none.
func (n *node) child(name string) *node {
	if n == nil {
		return nil
	}
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
	}
	return nil
}

func (n *node) get(name string) string {
	for _, a := range n.attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

func (n *node) set(name, value string) {
	for i := range n.attrs {
		if n.attrs[i].name == name {
			n.attrs[i].value = value
			return
		}
	}
	n.attrs = append(n.attrs, attr{name: name, value: value})
}

// above finds the nearest ancestor of a name; nil if there is none.
func (n *node) above(name string) *node {
	for n = n.parent; n != nil && n.name != name; n = n.parent {
	}
	return n
}

// replace puts others in the place of n.
func (n *node) replace(others ...*node) {
	p := n.parent
	for i, k := range p.kids {
		if k == n {
			kids := append(append([]*node{}, p.kids[:i]...), others...)
			p.kids = append(kids, p.kids[i+1:]...)
			break
		}
	}
	for _, o := range others {
		o.parent = p
	}
}

// each visits n and everything in it until visit says not to go inside.
func (n *node) each(visit func(*node) bool) {
	if !visit(n) {
		return
	}
	for _, k := range append([]*node(nil), n.kids...) {
		k.each(visit)
	}
}

// String writes n without tags.
func (n *node) String() string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	n.write(&b)
	return b.String()
}

func (n *node) write(b *strings.Builder) {
	switch {
	case n == nil || n.tag != nil:
	case n.name == "":
		b.WriteString(textEscaper.Replace(n.text))
	default:
		n.start(b)
		if len(n.kids) == 0 {
			b.WriteString("/>")
			return
		}
		b.WriteString(">")
		for _, k := range n.kids {
			k.write(b)
		}
		b.WriteString("</" + n.name + ">")
	}
}

// start writes <name attributes, without the end of the tag.
func (n *node) start(b *strings.Builder) {
	b.WriteString("<" + n.name)
	for _, a := range n.attrs {
		b.WriteString(" " + a.name + `="` + attrEscaper.Replace(a.value) + `"`)
	}
}

func element(name string, pairs ...string) *node {
	n := &node{name: name}
	for i := 0; i+1 < len(pairs); i += 2 {
		n.attrs = append(n.attrs, attr{name: pairs[i], value: pairs[i+1]})
	}
	return n
}
