package markup

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A finisher reads HTML tag by tag and writes it again: balanced, with private
// runes replaced by what belongs in their place, links, tables and quotes
// decorated, and scripts lifted out.
type finisher struct {
	r     *rendering
	out   []byte
	stack []elem
	marks []mark // embedded fields

	fresh   int // len(out) right after a start tag that nothing followed yet
	freshAt int // where that tag begins

	spacing  string // classes in force for paragraphs
	indents  string
	handlers int
}

// An elem is an open element.
type elem struct {
	name  string
	emits string // the tag written for it, empty for none
	attrs []attribute
	plain bool // a paragraph that may vanish if nothing is in it
	wraps bool // a table in a container of its own
	code  bool // tags, icons and terms inside are text
	link  bool // terms inside are not marked
	alien bool // SVG or MathML
}

type attribute struct{ key, val string }

// A mark is an embedded field in the output.
type mark struct {
	from, to int
	name     string
}

// maxNesting bounds open elements; browsers and parsers give up not far above.
const maxNesting = 200

var (
	quietTags  = set("code pre textarea kbd samp option title xmp iframe noembed noframes")
	termFree   = set("a button label select summary")
	pageTags   = set("html head body plaintext frameset frame")
	closesPara = set(`address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer
		form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section summary table ul li dd dt`)
	styled     = set("p li td th dd dt h1 h2 h3 h4 h5 h6 div blockquote section article aside caption figcaption")
	inlineGone = set(`address article aside blockquote caption center colgroup dd details dialog dir div dl dt fieldset
		figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section
		summary table tbody td tfoot th thead tr ul col`)
)

// implied lists what a start tag closes, up to the nearest of the limits.
var implied = map[string]struct{ closes, limits map[string]bool }{
	"li":     {set("li"), set("ul ol menu")},
	"dt":     {set("dt dd"), set("dl")},
	"dd":     {set("dt dd"), set("dl")},
	"tr":     {set("tr td th"), set("table")},
	"td":     {set("td th"), set("table tr")},
	"th":     {set("td th"), set("table tr")},
	"tbody":  {set("thead tbody tfoot tr td th"), set("table")},
	"thead":  {set("thead tbody tfoot tr td th"), set("table")},
	"tfoot":  {set("thead tbody tfoot tr td th"), set("table")},
	"option": {set("option"), set("select datalist optgroup")},
}

// walls are not closed by an end tag from inside.
var walls = set("table td th caption button object svg math select")

// finish turns HTML with private runes into the HTML of the result.
func (r *rendering) finish(src string) {
	f := &finisher{r: r, out: make([]byte, 0, len(src)+len(src)/3+64), fresh: -1}
	z := html.NewTokenizer(strings.NewReader(src))
	for {
		switch z.Next() {
		case html.ErrorToken:
			f.closeAll()
			f.deliver()
			return
		case html.TextToken:
			f.text(string(z.Raw()))
		case html.StartTagToken:
			f.tag(z, false)
		case html.SelfClosingTagToken:
			f.tag(z, true)
		case html.EndTagToken:
			name, _ := z.TagName()
			f.end(string(name))
		}
	}
}

// tag reads the tag that the tokenizer stands on.
func (f *finisher) tag(z *html.Tokenizer, closed bool) {
	b, more := z.TagName()
	name := string(b)
	var attrs []attribute
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		attrs = append(attrs, attribute{string(k), string(v)})
	}
	foreign := f.inForeign()
	if name == "noscript" || foreign && name != "style" && name != "script" {
		z.NextIsNotRawText()
	}
	if name == "script" && f.script(z, attrs, closed && foreign) {
		return
	}
	if name == "style" && !closed {
		f.style(z, attrs)
		return
	}
	f.start(name, attrs, closed)
}

// inForeign says whether SVG or MathML is open.
func (f *finisher) inForeign() bool {
	n := len(f.stack)
	return n > 0 && f.stack[n-1].alien
}

// start opens an element.
func (f *finisher) start(name string, attrs []attribute, closed bool) {
	if pageTags[name] || strings.IndexFunc(name, func(c rune) bool { return tokenIndex(c) >= 0 }) >= 0 || !tagSpelling(name) {
		return
	}
	void := voidTags[name] && !f.inForeign()
	if len(f.stack) >= maxNesting && !void {
		return
	}
	f.closeFor(name)
	e := elem{name: name, emits: name}
	e.inherit(f.stack)
	if f.r.opts.Inline && inlineGone[name] && !e.alien {
		f.gap()
		if !void {
			e.emits = ""
			f.push(e)
		}
		return
	}
	f.dress(&e, attrs)
	if void {
		f.writeTag(&e)
		return
	}
	if e.alien && closed || closed && !codeTags[name] {
		f.writeTag(&e)
		f.out = append(f.out, "</"+e.emits+">"...)
		return
	}
	f.push(e)
}

// tagSpelling refuses names that a parser would read differently.
func tagSpelling(name string) bool {
	for i := 0; i < len(name); i++ {
		if !isTagByte(name[i], i == 0) && name[i] != '_' && name[i] != '.' {
			return false
		}
	}
	return name != ""
}

// inherit takes over what the enclosing elements impose.
func (e *elem) inherit(stack []elem) {
	e.code, e.link = quietTags[e.name], termFree[e.name]
	e.alien = e.name == "svg" || e.name == "math"
	if n := len(stack); n > 0 {
		top := &stack[n-1]
		e.code, e.link = e.code || top.code, e.link || top.link
		e.alien = e.alien || top.alien && top.name != "foreignobject" && top.name != "desc"
	}
}

// dress gives an element its final attributes.
func (f *finisher) dress(e *elem, attrs []attribute) {
	switch {
	case e.alien:
	case e.name == "table" && len(attrs) == 0:
		e.wraps = true
		attrs = []attribute{{"class", f.tableClass()}}
	case e.name == "thead" && len(attrs) == 0 && f.r.opts.TheadClass != "" && f.inWrapped():
		attrs = []attribute{{"class", f.r.opts.TheadClass}}
	case e.name == "blockquote":
		attrs = addClass(attrs, "blockquote")
	case e.name == "p":
		e.plain = len(attrs) == 0
	}
	e.attrs = f.attributes(e.name, attrs)
	if e.name == "p" && f.r.opts.Trim && len(f.stack) == 0 {
		e.emits = ""
		if len(e.attrs) > 0 {
			e.emits = "span"
			e.attrs = addClass(e.attrs, "d-block")
		}
		f.gap()
	}
	if e.name == "p" && e.emits == "p" {
		e.attrs = addClass(e.attrs, f.spacing)
		e.attrs = addClass(e.attrs, f.indents)
	}
}

func (f *finisher) tableClass() string {
	if c := f.r.opts.TableClass; c != "" {
		return c
	}
	return "table table-striped"
}

func (f *finisher) inWrapped() bool {
	n := len(f.stack)
	return n > 0 && f.stack[n-1].wraps
}

// push writes the start tag and makes the element the innermost.
func (f *finisher) push(e elem) {
	f.freshAt = len(f.out)
	if e.wraps {
		f.out = append(f.out, `<div class="table-responsive">`...)
	}
	f.writeTag(&e)
	f.stack = append(f.stack, e)
	f.fresh = len(f.out)
}

func (f *finisher) writeTag(e *elem) {
	if e.emits == "" {
		return
	}
	f.out = append(append(f.out, '<'), e.emits...)
	for _, a := range e.attrs {
		f.out = append(append(append(f.out, ' '), a.key...), `="`...)
		f.out = append(append(f.out, attr(a.val)...), '"')
	}
	f.out = append(f.out, '>')
}

// closeFor closes what cannot stay open when name begins.
func (f *finisher) closeFor(name string) {
	if f.inForeign() {
		return
	}
	if n := len(f.stack); n > 0 && f.stack[n-1].name == "p" && closesPara[name] {
		f.pop()
	}
	rule, ok := implied[name]
	if !ok {
		return
	}
	for i := len(f.stack) - 1; i >= 0 && !rule.limits[f.stack[i].name]; i-- {
		if rule.closes[f.stack[i].name] {
			f.popTo(i)
		}
	}
}

// end closes an element, or drops the tag if it has no start.
func (f *finisher) end(name string) {
	for i := len(f.stack) - 1; i >= 0; i-- {
		if f.stack[i].name == name {
			f.popTo(i)
			return
		}
		if walls[f.stack[i].name] && !closesThrough(name, f.stack[i].name) {
			return
		}
	}
}

// closesThrough lets the end of a table or row close cells left open.
func closesThrough(name, wall string) bool {
	switch wall {
	case "td", "th", "caption":
		return name == "table" || name == "tr" || name == "tbody" || name == "thead" || name == "tfoot"
	}
	return false
}

func (f *finisher) closeAll() { f.popTo(0) }

func (f *finisher) popTo(i int) {
	for len(f.stack) > i {
		f.pop()
	}
}

// pop closes the innermost element. A plain paragraph with nothing in it goes.
func (f *finisher) pop() {
	e := f.stack[len(f.stack)-1]
	f.stack = f.stack[:len(f.stack)-1]
	switch {
	case e.plain && f.fresh == len(f.out):
		f.out = f.out[:f.freshAt]
	case e.emits != "":
		f.out = append(append(append(f.out, "</"...), e.emits...), '>')
	case e.name != "p":
		f.gap()
	}
	if e.wraps && e.emits != "" {
		f.out = append(f.out, "</div>"...)
	}
	f.fresh = -1
}

// gap writes a blank between things that had tags between them.
func (f *finisher) gap() {
	if n := len(f.out); n > 0 && f.out[n-1] != ' ' && f.out[n-1] != '\n' {
		f.out = append(f.out, ' ')
	}
}

// restyle adds a class and style to the innermost element, if it has just
// begun and can take them.
func (f *finisher) restyle(class, style string) bool {
	n := len(f.stack)
	if n == 0 || f.fresh != len(f.out) || !styled[f.stack[n-1].name] {
		return false
	}
	if f.r.opts.Inline {
		return true // begun, but there is nothing to carry it
	}
	e := f.stack[n-1]
	if e.emits == "" {
		e.emits = "span"
		class += " d-block"
	}
	e.attrs = addClass(slices.Clone(e.attrs), class)
	e.attrs = addStyle(e.attrs, style)
	f.stack = f.stack[:n-1]
	f.out = f.out[:f.freshAt]
	f.push(e)
	return true
}

func addClass(attrs []attribute, class string) []attribute {
	if class == "" {
		return attrs
	}
	for i := range attrs {
		if attrs[i].key == "class" {
			attrs[i].val = strings.TrimSpace(attrs[i].val + " " + class)
			return attrs
		}
	}
	return append(attrs, attribute{"class", class})
}

func addStyle(attrs []attribute, style string) []attribute {
	if style == "" {
		return attrs
	}
	for i := range attrs {
		if attrs[i].key == "style" {
			attrs[i].val = strings.TrimRight(attrs[i].val, "; ") + ";" + style
			return attrs
		}
	}
	return append(attrs, attribute{"style", style})
}

// deliver hands the output over, split at embedded fields.
func (f *finisher) deliver() {
	out := string(f.out)
	start := 0
	if f.r.opts.Trim {
		start = len(out) - len(strings.TrimLeft(out, " \n"))
	}
	stop := max(start, len(strings.TrimRight(out, " \n")))
	res := f.r.res
	res.HTML = out[start:stop]
	if len(f.marks) == 0 {
		return
	}
	at := start
	for _, m := range f.marks {
		if m.from > at {
			res.Parts = append(res.Parts, Part{HTML: out[at:m.from]})
		}
		res.Parts = append(res.Parts, Part{Field: m.name})
		at = m.to
	}
	if at < stop {
		res.Parts = append(res.Parts, Part{HTML: out[at:stop]})
	}
}
