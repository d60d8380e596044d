package doc

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// holds says whether typed text is in s.
func (g *guard) holds(s string) bool {
	return len(g.typed) > 0 && strings.ContainsFunc(s, private)
}

// inlines builds the children of a node in a style.
func (b *builder) inlines(n ast.Node, st Style, link string) {
	if b.depth >= maxDepth {
		return
	}
	b.depth++
	style, kept := b.style, b.link
	b.style, b.link = st, link
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		b.inline(c, st, link)
	}
	b.style, b.link = style, kept
	b.depth--
}

func (b *builder) inline(n ast.Node, st Style, link string) {
	switch n := n.(type) {
	case *ast.Text:
		b.words(n, st, link)
	case *ast.String:
		b.text(string(n.Value), st, link)
	case *ast.Emphasis:
		b.inlines(n, st.with(Style{Italic: n.Level == 1, Bold: n.Level == 2}), link)
	case *styled:
		b.inlines(n, st.with(n.style), link)
	case *ast.CodeSpan:
		b.inlineCode(n, st, link)
	case *ast.Link:
		b.inlines(n, st.with(classStyle(n)), b.address(n.Destination))
		b.linkNote(b.address(n.Destination))
	case *ast.AutoLink:
		b.autoLink(n, st)
	case *ast.Image:
		b.image(n)
	case *ast.RawHTML:
		b.rawHTML(n)
	case *taskNode:
		b.add(&Box{Checked: n.checked})
		b.run(" ", st, link)
	case *tagNode:
		b.tag(n, st, link)
	case *texNode:
		b.tex(n, st, link)
	case *mathNode:
		b.warn(n, "TeX maths is shown as it is written")
		b.text(n.tex, st.with(Style{Code: true}), link)
	case *noteRef:
		b.noteMark(n, st, link)
	case *nothing:
	default:
		b.inlines(n, st, link)
	}
}

// words adds a stretch of text with its escapes resolved and its line end.
func (b *builder) words(n *ast.Text, st Style, link string) {
	value := n.Segment.Value(b.src)
	if !n.IsRaw() {
		value = util.UnescapePunctuations(value)
		value = util.ResolveEntityNames(util.ResolveNumericReferences(value))
	}
	b.text(readable(string(value)), st, link)
	switch {
	case n.HardLineBreak():
		b.add(&Break{})
	case n.SoftLineBreak() && b.para != nil && len(b.para.Content) > 0:
		if _, after := b.para.Content[len(b.para.Content)-1].(*Break); !after {
			b.run(" ", st, link)
		}
	}
}

func (b *builder) inlineCode(n ast.Node, st Style, link string) {
	var s bytes.Buffer
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			s.Write(bytes.ReplaceAll(t.Segment.Value(b.src), []byte("\n"), []byte(" ")))
		}
	}
	b.text(s.String(), st.with(Style{Code: true}), link)
}

// classStyle is the style that the classes of a node ask for.
func classStyle(n ast.Node) Style {
	v, _ := n.AttributeString("class")
	return Style{Underline: hasClass(v, "underline") || hasClass(v, "ul"), SmallCaps: hasClass(v, "smallcaps")}
}

// schemes are those that a link of a document may have.
var schemes = []string{"http:", "https:", "mailto:", "tel:", "#"}

// address is the destination of a link, empty if its scheme could act.
func (b *builder) address(dest []byte) string {
	dest = util.UnescapePunctuations(dest)
	s := b.guard.reveal(string(util.ResolveEntityNames(util.ResolveNumericReferences(dest))))
	s = strings.Map(func(r rune) rune {
		if r <= ' ' {
			return -1
		}
		return r
	}, s)
	for _, p := range schemes {
		if len(s) >= len(p) && strings.EqualFold(s[:len(p)], p) {
			return s
		}
	}
	return ""
}

func (b *builder) autoLink(n *ast.AutoLink, st Style) {
	url := string(n.URL(b.src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(url), "mailto:") {
		url = "mailto:" + url
	}
	b.text(string(n.Label(b.src)), st, b.address([]byte(url)))
}

// linkNote puts the address of a link into a footnote if the metadata asks.
func (b *builder) linkNote(address string) {
	if b.doc.Page.LinkNotes && address != "" && address[0] != '#' {
		b.add(&Note{Blocks: []Block{&Paragraph{Look: noteLook, Content: []Inline{&Text{Text: address, Link: address}}}}})
	}
}

// htmlStyles are the HTML elements whose look documents keep.
var htmlStyles = map[string]Style{
	"b": {Bold: true}, "strong": {Bold: true}, "i": {Italic: true}, "em": {Italic: true}, "u": {Underline: true},
	"s": {Strike: true}, "del": {Strike: true}, "sub": {Sub: true}, "sup": {Sup: true}, "code": {Code: true},
}

// rawHTML drops a tag of HTML, but for line ends and simple styles.
func (b *builder) rawHTML(n *ast.RawHTML) {
	var s strings.Builder
	for i := range n.Segments.Len() {
		seg := n.Segments.At(i)
		s.Write(seg.Value(b.src))
	}
	tag := strings.ToLower(strings.Trim(s.String(), "<> "))
	end := strings.HasPrefix(tag, "/")
	name := strings.TrimLeft(tag, "/")
	if i := strings.IndexAny(name, " \n/"); i >= 0 {
		name = name[:i]
	}
	if name == "br" {
		b.add(&Break{})
		return
	}
	if _, ok := htmlStyles[name]; !ok {
		return
	}
	if b.html == nil {
		b.html = map[string]int{}
	}
	if end {
		b.html[name] = max(0, b.html[name]-1)
	} else {
		b.html[name]++
	}
}

// htmlStyle is the style of the HTML elements that are open.
func (b *builder) htmlStyle() Style {
	var s Style
	for name, n := range b.html {
		if n > 0 {
			s = s.with(htmlStyles[name])
		}
	}
	return s
}

var noteLook = Look{Pitch: 1}

// noteMark adds a footnote.
func (b *builder) noteMark(n *noteRef, st Style, link string) {
	if n.label == "" {
		blocks := b.noteBlocks(func() { b.nested(n.inside) })
		b.add(&Note{Blocks: blocks})
		return
	}
	f := b.notes[n.label]
	if f == nil {
		b.warn(n, "there is no footnote [^"+b.guard.hide(n.label)+"]")
		b.text("[^"+n.label+"]", st, link)
		return
	}
	if f.open {
		return
	}
	f.open = true
	src := b.src
	b.src = f.src
	blocks := b.noteBlocks(func() { b.blocks(f.node) })
	b.src, f.open = src, false
	b.add(&Note{Blocks: blocks})
}

// noteBlocks builds what a footnote says, single spaced.
func (b *builder) noteBlocks(f func()) []Block {
	kept := b.frame
	b.frame = frame{state: state{pitch: 1}, inCell: true}
	blocks := b.collect(f)
	b.frame = kept
	return blocks
}

// tex adds what a TeX command stands for.
func (b *builder) tex(n *texNode, st Style, link string) {
	if n.name == " " {
		b.run("\u00a0", st, link)
		return
	}
	if s, ok := texStyles[n.name]; ok {
		style := b.style
		b.style = st.with(s)
		b.nestedInlines(n.arg)
		b.style = style
		return
	}
	switch n.name {
	case "vspace":
		if h, ok := length(strings.TrimPrefix(n.arg, "*"), b.doc.Page.TextHeight(), b.doc.Page.Size); ok && h > 0 {
			b.finish()
			b.put(&Space{Height: min(h, b.doc.Page.TextHeight())})
		}
	case "bigskip", "medskip", "smallskip":
		b.finish()
		b.put(&Space{Height: map[string]float64{"bigskip": 12, "medskip": 6, "smallskip": 3}[n.name]})
	case "hfill", "hrulefill":
		b.add(&Fill{Rule: n.name == "hrulefill"})
	case "ldots", "dots":
		b.run("…", st, link)
	case "LaTeX", "TeX":
		b.run(n.name, st, link)
	default:
		b.warn(n, "the TeX command \\"+n.name+" is left out")
	}
}
