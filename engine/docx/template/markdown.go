package template

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	render "colloquy/engine/markup"
	"colloquy/engine/python"
)

// A markdown is text that the filters markdown and inline_markdown were given.
type markdown struct {
	text   *python.Str
	inline bool
}

// Class returns the class of Markdown.
func (*markdown) Class() *python.Class { return markdownClass }

var markdownClass = python.NewClass(python.ClassSpec{
	Name: "Markdown", Module: "docxtpl", Final: true,
	Members: []python.Member{
		python.Method("__str__", func(_ *python.Thread, a *python.Args) (python.Value, error) { return a.Self.(*markdown).text, nil }),
	},
})

// fileAddress is how a picture is known in the HTML of a text.
const fileAddress = "file:"

// found says of every file that a text refers to that it is a picture: what it
// really is shows when it is read.
type found struct{}

// File implements markup.FileResolver.
func (found) File(f render.FileRef) (render.File, bool) {
	return render.File{URL: fileAddress + f.Ref, Name: f.Ref, Kind: render.FileImage}, !f.Outside
}

// markdown makes paragraphs, or runs, of a text in Markdown.
func (r *rendering) markdown(m *markdown, s *spot) (*markup, error) {
	src := render.Text{S: m.text.String()}
	for _, sp := range m.text.Spans() {
		src.Outside = append(src.Outside, render.Span{From: sp.From, To: sp.To})
	}
	res := render.Render(src, render.Options{Files: found{}})
	nodes, err := html.ParseFragment(strings.NewReader(res.HTML), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return nil, fmt.Errorf("read Markdown: %w", err)
	}
	w := &writer{r: r, inline: m.inline || s.level == inRuns, host: s}
	for _, n := range nodes {
		if err := w.node(n, look{}); err != nil {
			return nil, err
		}
	}
	w.end()
	if w.inline {
		return &markup{asRuns, w.out.String()}, nil
	}
	return &markup{asBlocks, w.out.String()}, nil
}

// A look is how text looks that is being written.
type look struct {
	bold, italic, underline, strike, code bool
	raise                                 string // superscript or subscript
	size                                  int    // half points
	link                                  string
	pre                                   bool
}

func (l look) properties(r *rendering) string {
	var b strings.Builder
	if l.link != "" {
		return r.linkLook()
	}
	for _, p := range []struct {
		on  bool
		xml string
	}{{l.code, `<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>`}, {l.bold, "<w:b/>"}, {l.italic, "<w:i/>"},
		{l.strike, "<w:strike/>"}, {l.size > 0, `<w:sz w:val="` + strconv.Itoa(l.size) + `"/>`}, {l.underline, `<w:u w:val="single"/>`},
		{l.raise != "", `<w:vertAlign w:val="` + l.raise + `"/>`}} {
		if p.on {
			b.WriteString(p.xml)
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "<w:rPr>" + b.String() + "</w:rPr>"
}

// A list is a list around an item.
type list struct {
	ordered bool
	next    int
	kind    string
}

// A writer makes XML of HTML.
type writer struct {
	r      *rendering
	inline bool
	host   *spot
	out    strings.Builder
	para   strings.Builder // runs of the present paragraph
	marker string          // of the item that begins
	lists  []list
	quotes int
	align  string
	style  string
	blank  bool // the run before ended in white space
	wrote  bool // a paragraph was written; inline: something was
}

// block ends the present paragraph.
func (w *writer) end() {
	if w.para.Len() == 0 && w.marker == "" {
		return
	}
	text := w.para.String()
	w.para.Reset()
	w.blank = true
	if w.inline {
		if w.wrote {
			w.out.WriteString("<w:r><w:br/></w:r>")
		}
		w.out.WriteString(w.item() + text)
		w.wrote = true
		return
	}
	depth := len(w.lists)
	marker := w.item()
	w.out.WriteString("<w:p>")
	switch {
	case depth == 0 && w.quotes == 0 && w.align == "" && w.style == "" && w.host.para != "" && strings.Contains(w.host.para, "w:pStyle"):
		w.out.WriteString(w.host.para)
	default:
		w.out.WriteString("<w:pPr>" + w.style)
		if w.quotes > 0 {
			w.out.WriteString(`<w:spacing w:after="240"/>`)
		}
		if left := 360*depth + 720*w.quotes; left > 0 {
			hanging := ""
			if depth > 0 {
				hanging = ` w:hanging="360"`
				left += 360
				if marker == "" {
					hanging = ""
				}
			}
			right := ""
			if w.quotes > 0 {
				right = ` w:right="` + strconv.Itoa(720*w.quotes) + `"`
			}
			w.out.WriteString(`<w:ind w:left="` + strconv.Itoa(left) + `"` + right + hanging + `/>`)
		}
		if w.align != "" {
			w.out.WriteString(`<w:jc w:val="` + w.align + `"/>`)
		}
		w.out.WriteString("</w:pPr>")
	}
	w.out.WriteString(marker + text + "</w:p>")
}

// item is the mark of an item that begins here.
func (w *writer) item() string {
	if w.marker == "" {
		return ""
	}
	m := w.marker
	w.marker = ""
	return "<w:r><w:t>" + textEscaper.Replace(m) + "</w:t><w:tab/></w:r>"
}

// text writes running text.
func (w *writer) text(s string, l look) {
	if !l.pre {
		fields := strings.Fields(s)
		head, tail := len(s) > 0 && strings.ContainsRune(" \n\t\r", rune(s[0])), len(s) > 0 && strings.ContainsRune(" \n\t\r", rune(s[len(s)-1]))
		if len(fields) == 0 {
			if head && w.para.Len() > 0 && !w.blank {
				s = " "
			} else {
				return
			}
		} else {
			s = strings.Join(fields, " ")
			if head && w.para.Len() > 0 && !w.blank {
				s = " " + s
			}
			if tail {
				s += " "
			}
		}
		w.blank = strings.HasSuffix(s, " ")
	}
	var b strings.Builder
	writeText(&b, s, &spot{})
	run := "<w:r>" + l.properties(w.r) + `<w:t xml:space="preserve">` + b.String() + "</w:t></w:r>"
	if l.link != "" {
		run = w.r.hyperlink(l.link, run)
	}
	w.para.WriteString(run)
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// headingSizes are the sizes of headings in half points.
var headingSizes = map[string]int{"h1": 60, "h2": 50, "h3": 40, "h4": 30, "h5": 24, "h6": 24}

func (w *writer) kids(n *html.Node, l look) error {
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if err := w.node(k, l); err != nil {
			return err
		}
	}
	return nil
}

// node writes a piece of HTML.
func (w *writer) node(n *html.Node, l look) error {
	if n.Type == html.TextNode {
		w.text(n.Data, l)
		return nil
	}
	if n.Type != html.ElementNode {
		return nil
	}
	switch n.Data {
	case "b", "strong":
		l.bold = true
	case "i", "em":
		l.italic = true
	case "u", "ins":
		l.underline = true
	case "s", "strike", "del":
		l.strike = true
	case "sup":
		l.raise = "superscript"
	case "sub":
		l.raise = "subscript"
	case "small":
		l.size = 18
	case "code", "kbd", "tt":
		l.code = true
	case "a":
		if href := attribute(n, "href"); href != "" && !strings.HasPrefix(href, "#") {
			l.link = href
		}
	case "br":
		w.para.WriteString("<w:r><w:br/></w:r>")
		w.blank = true
		return nil
	case "img":
		return w.picture(n)
	case "script", "style", "template":
		return nil
	default:
		return w.block(n, l)
	}
	return w.kids(n, l)
}

func (w *writer) picture(n *html.Node) error {
	ref, ok := strings.CutPrefix(attribute(n, "src"), fileAddress)
	if !ok {
		w.text(attribute(n, "alt"), look{})
		return nil
	}
	width := 4.0
	for _, part := range strings.Split(attribute(n, "style"), ";") {
		if v, ok := strings.CutPrefix(strings.TrimSpace(part), "width:"); ok && !strings.Contains(v, "300px") {
			width = inches(v, width)
		}
	}
	xml, err := w.r.file(ref, width, attribute(n, "alt"))
	if err != nil {
		return err
	}
	w.para.WriteString(xml)
	return nil
}

// block writes what is not running text.
func (w *writer) block(n *html.Node, l look) error {
	outer := *w
	restore := func() { w.lists, w.quotes, w.align, w.style = outer.lists, outer.quotes, outer.align, outer.style }
	switch n.Data {
	case "span", "font", "label", "abbr", "q", "cite", "mark":
		return w.kids(n, l)
	case "hr":
		w.end()
		if !w.inline {
			w.out.WriteString(`<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr></w:pPr></w:p>`)
		}
		return nil
	case "table":
		return w.table(n, l)
	}
	w.end()
	defer restore()
	switch n.Data {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		if id := w.r.styles["heading "+n.Data[1:]]; id != "" && !w.inline {
			w.style = `<w:pStyle w:val="` + attrEscaper.Replace(id) + `"/>`
		} else {
			l.bold, l.size = true, headingSizes[n.Data]
		}
	case "ul":
		w.lists = append(w.lists[:len(w.lists):len(w.lists)], list{})
	case "ol":
		start, err := strconv.Atoi(attribute(n, "start"))
		if err != nil {
			start = 1
		}
		kind := attribute(n, "type")
		if kind == "" {
			kind = []string{"1", "a", "i", "A", "I"}[len(w.lists)%5]
		}
		w.lists = append(w.lists[:len(w.lists):len(w.lists)], list{ordered: true, next: start, kind: kind})
	case "li":
		if len(w.lists) > 0 {
			top := &w.lists[len(w.lists)-1]
			w.marker = "•"
			if top.ordered {
				w.marker = numeral(top.next, top.kind) + "."
				top.next++
			}
		}
	case "blockquote":
		w.quotes++
	case "pre":
		l.code, l.pre = true, true
	case "center":
		w.align = "center"
	}
	style := strings.ReplaceAll(attribute(n, "style")+";"+attribute(n, "class"), " ", "")
	switch {
	case strings.Contains(style, "text-align:center"), strings.Contains(style, "text-center"), strings.Contains(style, "dacenter"):
		w.align = "center"
	case strings.Contains(style, "text-align:right"), strings.Contains(style, "text-end"), strings.Contains(style, "text-right"):
		w.align = "right"
	}
	if err := w.kids(n, l); err != nil {
		return err
	}
	w.end()
	return nil
}

// table writes a table with the borders of Table Grid.
func (w *writer) table(n *html.Node, l look) error {
	w.end()
	if w.inline {
		return w.kids(n, l)
	}
	const line = ` w:val="single" w:sz="4" w:space="0" w:color="auto"/>`
	rows := &strings.Builder{}
	columns := 0
	var visit func(n *html.Node) error
	visit = func(n *html.Node) error {
		if n.Type == html.ElementNode && n.Data == "tr" {
			rows.WriteString("<w:tr>")
			count := 0
			for k := n.FirstChild; k != nil; k = k.NextSibling {
				if k.Data != "td" && k.Data != "th" {
					continue
				}
				count++
				cell := &writer{r: w.r, host: &spot{}}
				look := l
				look.bold = look.bold || k.Data == "th"
				if err := cell.kids(k, look); err != nil {
					return err
				}
				cell.end()
				if cell.out.Len() == 0 {
					cell.out.WriteString("<w:p/>")
				}
				rows.WriteString("<w:tc><w:tcPr><w:tcW w:w=\"0\" w:type=\"auto\"/></w:tcPr>" + cell.out.String() + "</w:tc>")
			}
			rows.WriteString("</w:tr>")
			columns = max(columns, count)
			return nil
		}
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			if err := visit(k); err != nil {
				return err
			}
		}
		return nil
	}
	if err := visit(n); err != nil {
		return err
	}
	if columns == 0 {
		return nil
	}
	w.out.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders><w:top` + line + `<w:left` + line + `<w:bottom` + line +
		`<w:right` + line + `<w:insideH` + line + `<w:insideV` + line + `</w:tblBorders></w:tblPr><w:tblGrid>` + strings.Repeat("<w:gridCol/>", columns) + `</w:tblGrid>`)
	w.out.WriteString(rows.String() + "</w:tbl><w:p/>")
	return nil
}

// numeral writes the number of an item.
func numeral(n int, kind string) string {
	switch kind {
	case "a", "A":
		s := ""
		for i := n; i > 0; i = (i - 1) / 26 {
			s = string(rune(kind[0])+rune((i-1)%26)) + s
		}
		return s
	case "i", "I":
		s := ""
		for _, p := range []struct {
			n int
			s string
		}{{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
			for ; n >= p.n && n < 4000; n -= p.n {
				s += p.s
			}
		}
		if kind == "I" {
			s = strings.ToUpper(s)
		}
		return s
	}
	return strconv.Itoa(n)
}
