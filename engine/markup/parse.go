package markup

import (
	"bytes"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// engine is the Markdown parser and renderer. It is built once, holds no state
// of a rendering and is safe for concurrent use.
type engine struct {
	parser   parser.Parser
	renderer renderer.Renderer
}

var markdown = sync.OnceValue(newEngine)

func newEngine() engine {
	at := util.Prioritized
	p := parser.NewParser(
		parser.WithBlockParsers(
			at(classicSetext{parser.NewSetextHeadingParser()}, 100),
			at(extension.NewDefinitionListParser(), 101),
			at(extension.NewDefinitionDescriptionParser(), 102),
			at(parser.NewThematicBreakParser(), 200),
			at(classicList{parser.NewListParser()}, 300),
			at(parser.NewListItemParser(), 400),
			at(parser.NewCodeBlockParser(), 500),
			at(classicHeading{}, 600),
			at(parser.NewFencedCodeBlockParser(), 700),
			at(parser.NewBlockquoteParser(), 800),
			at(extension.NewFootnoteBlockParser(), 999),
			at(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			at(parser.NewCodeSpanParser(), 100),
			at(extension.NewFootnoteParser(), 101),
			at(parser.NewLinkParser(), 200),
			at(parser.NewAutoLinkParser(), 300),
			at(parser.NewRawHTMLParser(), 400),
			at(classicEmphasis{}, 500),
			at(attrParser{}, 600),
			at(smarty{}, 9999),
		),
		parser.WithParagraphTransformers(
			at(parser.LinkReferenceParagraphTransformer, 100),
			at(tableBuilder{}, 200),
		),
		parser.WithASTTransformers(
			at(attrPlacer{}, 500),
			at(extension.NewFootnoteASTTransformer(), 999),
		),
	)
	r := renderer.NewRenderer(renderer.WithNodeRenderers(
		at(elements{}, 100),
		at(extension.NewDefinitionListHTMLRenderer(), 500),
		at(extension.NewFootnoteHTMLRenderer(), 500),
		at(html.NewRenderer(html.WithUnsafe()), 1000),
	))
	return engine{p, r}
}

// toHTML converts Markdown to HTML in which private runes still stand.
func toHTML(src string) (string, error) {
	e := markdown()
	source := []byte(src)
	doc := e.parser.Parse(text.NewReader(source))
	var b bytes.Buffer
	b.Grow(len(src) + len(src)/4)
	if err := e.renderer.Render(&b, source, doc); err != nil {
		return "", err
	}
	return b.String(), nil
}

// elements renders what attribute lists may decorate, and addresses without
// touching private runes in them.
type elements struct{}

func (elements) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindParagraph, element("p", "</p>\n"))
	reg.Register(ast.KindHeading, heading)
	reg.Register(ast.KindListItem, listItem)
	reg.Register(ast.KindEmphasis, emphasised)
	reg.Register(ast.KindLink, link)
	reg.Register(ast.KindImage, image)
	reg.Register(ast.KindAutoLink, autoLink)
	reg.Register(ast.KindCodeSpan, codeSpan)
	reg.Register(east.KindTable, element("table", "</tbody>\n</table>\n"))
	reg.Register(east.KindTableHeader, tableHead)
	reg.Register(east.KindTableRow, element("tr", "</tr>\n"))
	reg.Register(east.KindTableCell, tableCell)
}

// element renders a node as a tag with the node's attributes.
func element(name, end string) renderer.NodeRendererFunc {
	return func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			open(w, name, n)
		} else {
			_, _ = w.WriteString(end)
		}
		return ast.WalkContinue, nil
	}
}

func open(w util.BufWriter, name string, n ast.Node) {
	_ = w.WriteByte('<')
	_, _ = w.WriteString(name)
	attributes(w, n)
	_ = w.WriteByte('>')
}

func attributes(w util.BufWriter, n ast.Node) {
	for _, a := range n.Attributes() {
		value, ok := a.Value.(string)
		if !ok {
			continue
		}
		_ = w.WriteByte(' ')
		_, _ = w.Write(a.Name)
		_, _ = w.WriteString(`="`)
		_, _ = w.WriteString(attr(value))
		_ = w.WriteByte('"')
	}
}

func heading(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	name := "h" + string(rune('0'+n.(*ast.Heading).Level))
	if entering {
		open(w, name, n)
	} else {
		_, _ = w.WriteString("</" + name + ">\n")
	}
	return ast.WalkContinue, nil
}

func listItem(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</li>\n")
		return ast.WalkContinue, nil
	}
	open(w, "li", n)
	if c := n.FirstChild(); c != nil && c.Kind() != ast.KindTextBlock {
		_ = w.WriteByte('\n')
	}
	return ast.WalkContinue, nil
}

func emphasised(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	name := "em"
	if n.(*ast.Emphasis).Level == 2 {
		name = "strong"
	}
	if entering {
		open(w, name, n)
	} else {
		_, _ = w.WriteString("</" + name + ">")
	}
	return ast.WalkContinue, nil
}

func address(b []byte) string {
	b = util.UnescapePunctuations(b)
	b = util.ResolveNumericReferences(b)
	return attr(string(util.ResolveEntityNames(b)))
}

func title(w util.BufWriter, t []byte) {
	if t != nil {
		_, _ = w.WriteString(` title="` + address(t) + `"`)
	}
}

func link(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</a>")
		return ast.WalkContinue, nil
	}
	l := n.(*ast.Link)
	_, _ = w.WriteString(`<a href="` + address(l.Destination) + `"`)
	title(w, l.Title)
	attributes(w, n)
	_ = w.WriteByte('>')
	return ast.WalkContinue, nil
}

func image(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	m := n.(*ast.Image)
	_, _ = w.WriteString(`<img src="` + address(m.Destination) + `" alt="` + attr(innerText(n, src)) + `"`)
	title(w, m.Title)
	attributes(w, n)
	_ = w.WriteByte('>')
	return ast.WalkSkipChildren, nil
}

// innerText is the text of a node without its markup.
func innerText(n ast.Node, src []byte) string {
	var b bytes.Buffer
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch c := c.(type) {
		case *ast.Text:
			b.Write(util.UnescapePunctuations(c.Segment.Value(src)))
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

func autoLink(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	a := n.(*ast.AutoLink)
	url := string(a.URL(src))
	if a.AutoLinkType == ast.AutoLinkEmail {
		url = "mailto:" + url
	}
	_, _ = w.WriteString(`<a href="` + attr(url) + `"`)
	attributes(w, n)
	_, _ = w.WriteString(`>` + attr(string(a.Label(src))) + `</a>`)
	return ast.WalkContinue, nil
}

func codeSpan(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	open(w, "code", n)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok {
			continue
		}
		value := t.Segment.Value(src)
		_, _ = w.WriteString(attr(string(bytes.ReplaceAll(value, []byte("\n"), []byte(" ")))))
	}
	_, _ = w.WriteString("</code>")
	return ast.WalkSkipChildren, nil
}

func tableHead(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("\n<thead>\n")
		open(w, "tr", n)
	} else {
		_, _ = w.WriteString("</tr>\n</thead>\n<tbody>\n")
	}
	return ast.WalkContinue, nil
}

func tableCell(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	name := "td"
	if n.Parent().Kind() == east.KindTableHeader {
		name = "th"
	}
	if !entering {
		_, _ = w.WriteString("</" + name + ">\n")
		return ast.WalkContinue, nil
	}
	if _, set := n.AttributeString("class"); !set {
		if c := alignClass(n.(*east.TableCell).Alignment); c != "" {
			n.SetAttributeString("class", c)
		}
	}
	open(w, name, n)
	return ast.WalkContinue, nil
}
