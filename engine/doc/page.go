package doc

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// papers are the sizes of paper in points, upright.
var papers = map[string][2]float64{
	"letter": {612, 792}, "legal": {612, 1008}, "executive": {522, 756}, "tabloid": {792, 1224},
	"a3": {841.89, 1190.55}, "a4": {595.28, 841.89}, "a5": {419.53, 595.28}, "a6": {297.64, 419.53},
	"b4": {708.66, 1000.63}, "b5": {498.9, 708.66},
}

// inert are metadata keys of the LaTeX route that mean nothing here.
var inert = []string{
	"documentclass", "classoption", "linestretch", "header-includes", "include-before", "include-after", "natbib",
	"biblatex", "listings", "euro", "citecolor", "urlcolor",
}

// silent are keys that other parts of the server set or read.
var silent = []string{"syslang", "taggedpdf", "nocite", "bibliography", "csl"}

var colors = map[string]Color{
	"black": {}, "blue": {0, 0, 0xC0}, "magenta": {0xC0, 0, 0xC0}, "red": {0xC0, 0, 0}, "green": {0, 0x80, 0},
	"navy": {0, 0, 0x80}, "gray": {0x60, 0x60, 0x60}, "cyan": {0, 0x80, 0x80},
}

// A settings is the metadata of a document: Markdown by key, guarded.
type settings map[string][]string

func (s settings) first(key string) string {
	if v := s[key]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// yes reads a switch. What is written and not plainly a no is a yes.
func (s settings) yes(key string, otherwise bool) bool {
	v, ok := s[key]
	if !ok {
		return otherwise
	}
	if len(v) == 0 {
		return false
	}
	switch strings.ToLower(trim(v[0])) {
	case "", "false", "no", "off", "0", "null", "none":
		return false
	}
	return true
}

// settings joins the heads of the source and what the attachment says, which
// wins.
func (b *builder) settings(head map[string]*yaml.Node) (settings, bool) {
	out := settings{}
	for k, n := range head {
		out[k] = nodeTexts(n)
	}
	ok := true
	for _, k := range sortedKeys(b.opts.Metadata) {
		out[k] = b.cover(b.opts.Metadata[k], &ok)
	}
	return out, ok
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// cover turns a value of Options.Metadata into guarded texts.
func (b *builder) cover(v any, ok *bool) []string {
	text := func(s string, typed []Span) []string {
		out, fits := b.guard.cover(s, typed)
		*ok = *ok && fits
		return []string{out}
	}
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		return text(v, nil)
	case Marked:
		return text(v.Source, v.Typed)
	case bool:
		return []string{strconv.FormatBool(v)}
	case []string:
		var out []string
		for _, s := range v {
			out = append(out, text(s, nil)...)
		}
		return out
	case []Marked:
		var out []string
		for _, s := range v {
			out = append(out, text(s.Source, s.Typed)...)
		}
		return out
	case []any:
		var out []string
		for _, s := range v {
			out = append(out, b.cover(s, ok)...)
		}
		return out
	default:
		return text(fmt.Sprint(v), nil)
	}
}

// metadata reads what the metadata says about page and document.
func (b *builder) metadata(head map[string]*yaml.Node) error {
	s, ok := b.settings(head)
	if !ok {
		return ErrTooMuch
	}
	b.set = s
	b.page()
	b.spacing()
	b.describe()
	b.bands()
	for _, k := range sortedKeys(s) {
		if slices.Contains(inert, k) && !(k == "header-includes" && b.doc.Page.Watermark != "") {
			b.warn(nil, fmt.Sprintf("the metadata key %q has no effect: it speaks to LaTeX, which is not used", k))
		} else if !knownKey(k) && !slices.Contains(silent, k) && !slices.Contains(inert, k) {
			b.warn(nil, fmt.Sprintf("the metadata key %q is not known", k))
		}
	}
	return nil
}

// known are the metadata keys that have an effect, the bands apart.
var known = []string{
	"title", "subtitle", "author", "date", "abstract", "toc", "toc-depth", "SingleSpacing", "OneAndAHalfSpacing",
	"DoubleSpacing", "TripleSpacing", "Indentation", "IndentationAmount", "fontsize", "fontfamily", "mainfont", "sansfont",
	"monofont", "SansSerif", "papersize", "geometry", "TopMargin", "BottomMargin", "LeftMargin", "RightMargin",
	"FooterSkip", "dir", "numbersections", "HangingIndent", "lang", "mainlang", "author-meta", "title-meta", "linkcolor",
	"links-as-notes", "Watermark", "subject", "keywords",
}

func knownKey(k string) bool {
	if slices.Contains(known, k) {
		return true
	}
	k = strings.TrimSuffix(strings.TrimPrefix(k, "First"), "Lines")
	for _, where := range []string{"Header", "Footer"} {
		if side, ok := strings.CutPrefix(k, where); ok {
			return side == "" || side == "Left" || side == "Center" || side == "Right"
		}
	}
	return false
}

// page reads the size of paper, margins and type.
func (b *builder) page() {
	p := Page{Width: 612, Height: 792, Top: inch, Right: inch, Bottom: inch, Left: inch, Size: 12, LinkColor: colors["blue"]}
	if name := strings.ToLower(strings.TrimSuffix(b.plainSetting("papersize"), "paper")); name != "" {
		if size, ok := papers[name]; ok {
			p.Width, p.Height = size[0], size[1]
		} else {
			b.warn(nil, fmt.Sprintf("the paper size %q is not known", b.guard.hide(b.set.first("papersize"))))
		}
	}
	b.measure("fontsize", 0, 12, 6, 36, &p.Size)
	b.geometry(&p)
	b.measure("TopMargin", p.Height, p.Size, 0, p.Height/3, &p.Top)
	b.measure("BottomMargin", p.Height, p.Size, 0, p.Height/3, &p.Bottom)
	b.measure("LeftMargin", p.Width, p.Size, 0, p.Width/3, &p.Left)
	b.measure("RightMargin", p.Width, p.Size, 0, p.Width/3, &p.Right)
	b.measure("FooterSkip", p.Height, p.Size, 0, p.Height/4, &p.FooterSkip)
	if b.set.yes("SansSerif", false) || sansFamily(b.plainSetting("fontfamily")) || sansFamily(b.plainSetting("mainfont")) {
		p.Family = Sans
	}
	p.MainFont, p.SansFont, p.MonoFont = b.plainSetting("mainfont"), b.plainSetting("sansfont"), b.plainSetting("monofont")
	if c, ok := colors[strings.ToLower(b.plainSetting("linkcolor"))]; ok {
		p.LinkColor = c
	}
	p.LinkNotes = b.set.yes("links-as-notes", false)
	p.Watermark = b.plainSetting("Watermark")
	if hi := b.set.first("header-includes"); p.Watermark == "" && strings.Contains(hi, "draftwatermark") {
		p.Watermark = draftText(hi)
	}
	b.doc.Page = p
}

// draftText finds the words of LaTeX's draft watermark.
func draftText(tex string) string {
	if _, rest, ok := strings.Cut(tex, `\SetWatermarkText{`); ok {
		if text, _, ok := strings.Cut(rest, "}"); ok && text != "" {
			return text
		}
	}
	return "DRAFT"
}

// sansFamily says whether a font's name is that of a sans serif.
func sansFamily(name string) bool {
	name = strings.ToLower(name)
	for _, s := range []string{"arial", "helvet", "sans", "calibri", "verdana", "tahoma", "carlito"} {
		if strings.Contains(name, s) {
			return true
		}
	}
	return false
}

// measure reads a length of the metadata into dst, if it is one in bounds.
func (b *builder) measure(key string, whole, size, least, most float64, dst *float64) {
	s := b.plainSetting(key)
	if s == "" {
		return
	}
	n, ok := length(s, whole, size)
	if !ok || n < least || n > most {
		b.warn(nil, fmt.Sprintf("%s: %q is no length that can be used here", key, b.guard.hide(b.set.first(key))))
		return
	}
	*dst = n
}

// geometry reads LaTeX's margins: "margin=1in, top=2cm" as text or list.
func (b *builder) geometry(p *Page) {
	for _, g := range b.set["geometry"] {
		for _, part := range strings.Split(b.guard.hide(g), ",") {
			key, value, _ := strings.Cut(part, "=")
			n, ok := length(value, p.Width, p.Size)
			if !ok || n < 0 || n > p.Width/3 {
				if trim(part) == "landscape" {
					p.Width, p.Height = p.Height, p.Width
				} else {
					b.warn(nil, fmt.Sprintf("geometry: %q is not understood", trim(part)))
				}
				continue
			}
			switch trim(key) {
			case "margin":
				p.Top, p.Right, p.Bottom, p.Left = n, n, n, n
			case "top", "tmargin":
				p.Top = n
			case "bottom", "bmargin":
				p.Bottom = n
			case "left", "lmargin", "inner":
				p.Left = n
			case "right", "rmargin", "outer":
				p.Right = n
			case "hmargin":
				p.Left, p.Right = n, n
			case "vmargin":
				p.Top, p.Bottom = n, n
			case "footskip":
				p.FooterSkip = n
			default:
				b.warn(nil, fmt.Sprintf("geometry: %q is not understood", trim(key)))
			}
		}
	}
}

// spacing reads how paragraphs and lists stand.
func (b *builder) spacing() {
	b.state = state{pitch: 2, indent: true}
	switch {
	case b.set.yes("SingleSpacing", false):
		b.state = state{pitch: 1, gap: true}
	case b.set.yes("OneAndAHalfSpacing", false):
		b.state.pitch = 1.5
	case b.set.yes("TripleSpacing", false):
		b.state.pitch = 3
	}
	b.state.indent = b.set.yes("Indentation", b.state.indent)
	b.indentBy = inch / 2
	b.measure("IndentationAmount", b.doc.Page.TextWidth(), b.doc.Page.Size, 0, b.doc.Page.TextWidth()/2, &b.indentBy)
	b.hanging = b.set.yes("HangingIndent", false)
	b.numbered = b.set.yes("numbersections", true)
}

// plainSetting is a setting as plain text.
func (b *builder) plainSetting(key string) string { return trim(b.guard.reveal(b.set.first(key))) }

// describe reads what the document is about.
func (b *builder) describe() {
	m := &b.doc.Meta
	m.Title = b.metaText("title")
	if t := b.plainSetting("title-meta"); t != "" {
		m.Title = t
	}
	for _, a := range b.set["author"] {
		m.Authors = append(m.Authors, plain(b.markdownLine(a)))
	}
	if a := b.plainSetting("author-meta"); a != "" {
		m.Authors = []string{a}
	}
	m.Subject = b.metaText("subject")
	for i, k := range b.set["keywords"] {
		if i > 0 {
			m.Keywords += ", "
		}
		m.Keywords += trim(b.guard.reveal(k))
	}
	m.Language = b.opts.Language
	for _, k := range []string{"mainlang", "lang"} {
		if l := b.plainSetting(k); l != "" {
			m.Language = l
		}
	}
	m.RightToLeft = b.plainSetting("dir") == "rtl" || rightToLeft(m.Language)
}

func (b *builder) metaText(key string) string { return trim(plain(b.markdownLine(b.set.first(key)))) }

// rightToLeft says whether a language is usually written from right to left.
func rightToLeft(lang string) bool {
	lang, _, _ = strings.Cut(strings.ToLower(lang), "-")
	return slices.Contains([]string{"ar", "he", "iw", "fa", "ur", "yi", "ps", "sd", "ug", "dv", "ckb"}, lang)
}

// bands reads headers and footers.
func (b *builder) bands() {
	p := &b.doc.Page
	for _, w := range []struct {
		key  string
		band *Band
	}{
		{"Header", &p.Header}, {"Footer", &p.Footer}, {"FirstHeader", &p.FirstHeader}, {"FirstFooter", &p.FirstFooter},
	} {
		w.band.Left = b.bandLine(w.key + "Left")
		w.band.Center = b.bandLine(w.key + "Center")
		w.band.Right = b.bandLine(w.key + "Right")
		if len(w.band.Center) == 0 {
			w.band.Center = b.bandLine(w.key)
		}
	}
}

func (b *builder) bandLine(key string) []Inline {
	return b.markdownLine(strings.Join(b.set[key], "\n\n"))
}

// markdownLine reads Markdown as one line: its paragraphs are parted by line
// ends.
func (b *builder) markdownLine(source string) []Inline {
	if trim(source) == "" {
		return nil
	}
	kept := b.frame
	b.frame = frame{state: state{pitch: 1}, inCell: true}
	blocks := b.collect(func() { b.nested(detab(source)) })
	b.frame = kept
	var out []Inline
	for _, bl := range blocks {
		var line []Inline
		switch bl := bl.(type) {
		case *Paragraph:
			line = bl.Content
		case *Heading:
			line = bl.Content
		}
		if len(line) > 0 && len(out) > 0 {
			out = append(out, &Break{})
		}
		out = append(out, line...)
	}
	return out
}

// plain is the text of inlines.
func plain(in []Inline) string {
	var b strings.Builder
	for _, i := range in {
		switch i := i.(type) {
		case *Text:
			b.WriteString(i.Text)
		case *Break, *Tab:
			b.WriteByte(' ')
		case *Image:
			b.WriteString(i.Alt)
		}
	}
	return b.String()
}

// Plain is the text of inlines without their looks.
func Plain(in []Inline) string { return plain(in) }

// front builds what stands before the body: title, authors, date, abstract and
// contents.
func (b *builder) front() {
	for _, w := range []struct {
		key   string
		role  Role
		scale float64
		bold  bool
	}{{"title", Title, 1.4, true}, {"subtitle", Subtitle, 1.15, false}, {"author", Author, 1, false}, {"date", Date, 1, false}} {
		for _, text := range b.set[w.key] {
			if line := b.markdownLine(text); len(line) > 0 {
				b.put(&Paragraph{Role: w.role, Content: styleAll(line, Style{Bold: w.bold}), Look: Look{
					Align: Center, Pitch: 1, After: b.doc.Page.Size / 2, Size: w.scale * b.doc.Page.Size, KeepNext: true}})
			}
		}
	}
	if text := b.set.first("abstract"); trim(text) != "" {
		kept := b.frame
		b.frame.left, b.frame.right, b.frame.state, b.frame.role = b.frame.left+inch/2, inch/2, state{pitch: 1, gap: true}, Abstract
		b.nested(detab(text))
		b.frame = kept
	}
	if len(b.set["title"]) > 0 {
		b.put(&Space{Height: b.doc.Page.Size})
	}
	if b.set.yes("toc", false) {
		depth, err := strconv.Atoi(b.plainSetting("toc-depth"))
		if err != nil || depth < 1 || depth > 6 {
			depth = 3
		}
		b.put(&Contents{Depth: depth})
	}
}

func styleAll(in []Inline, s Style) []Inline {
	for _, i := range in {
		if t, ok := i.(*Text); ok {
			t.Style = t.Style.with(s)
		}
	}
	return in
}

// with is the style with another laid over it.
func (s Style) with(o Style) Style {
	return Style{
		Bold: s.Bold || o.Bold, Italic: s.Italic || o.Italic, Underline: s.Underline || o.Underline,
		Strike: s.Strike || o.Strike, Code: s.Code || o.Code, Sub: s.Sub || o.Sub, Sup: s.Sup || o.Sup,
		SmallCaps: s.SmallCaps || o.SmallCaps,
	}
}
