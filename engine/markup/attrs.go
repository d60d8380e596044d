package markup

import (
	"html"
	"net/url"
	"strconv"
	"strings"

	xhtml "golang.org/x/net/html"
)

// addressAttrs hold addresses.
var addressAttrs = set(`href src action formaction poster cite background data longdesc xlink:href manifest icon ping
	srcset imagesrcset codebase profile usemap`)

// codeAddress are elements whose address names something that runs: people
// choose no part of it.
var codeAddress = set("script link object embed base frame")

// htmlAttrs hold HTML inside an attribute.
var htmlAttrs = set("srcdoc")

// attributes prepares the attributes of an element: typed text is escaped for
// its place, handlers are lifted out, links are decorated.
func (f *finisher) attributes(element string, in []attribute) []attribute {
	out := make([]attribute, 0, len(in)+2)
	popover := find(in, "data-bs-html") == "true"
	seen := map[string]bool{}
	selector := ""
	for _, a := range in {
		if seen[a.key] || !attrSpelling(a.key) {
			continue
		}
		seen[a.key] = true
		val, ok := "", true
		switch {
		case strings.HasPrefix(a.key, "on") && len(a.key) > 2:
			selector = f.handle(selector, a.key[2:], f.r.code(a.val), false)
			continue
		case a.key == "data-da-on":
			continue // ours
		case a.key == "style":
			val = f.r.each(a.val, styleText)
		case addressAttrs[a.key]:
			if code, script := f.r.scriptAddress(a.val); script {
				if ok = element == "a" && a.key == "href"; ok {
					selector = f.handle(selector, "click", code, true)
					val = "#"
				} else {
					f.r.problem("javascript address in " + element + " " + a.key)
				}
				break
			}
			val, ok = f.r.address(element, a.val)
		case htmlAttrs[a.key] || popover && strings.HasPrefix(a.key, "data-bs-"):
			val = f.r.each(a.val, html.EscapeString)
		case evaluated(a.key) || animated(element, a.key):
			val, ok = f.r.source(a.val), !f.r.typed(a.val)
		default:
			val = f.r.source(a.val)
		}
		if ok {
			out = append(out, attribute{a.key, f.unique(a.key, val)})
		}
	}
	if element == "a" || element == "area" {
		out = f.decorate(out)
	}
	if selector != "" {
		out = append(out, attribute{"data-da-on", selector})
	}
	return out
}

func find(attrs []attribute, key string) string {
	for _, a := range attrs {
		if a.key == key {
			return a.val
		}
	}
	return ""
}

// attrSpelling refuses names that a parser would read differently or that
// people had a part in.
func attrSpelling(key string) bool {
	for _, c := range key {
		if c <= ' ' || c == 0x7F || strings.ContainsRune("\"'<>/=`", c) || tokenIndex(c) >= 0 {
			return false
		}
	}
	return key != ""
}

// evaluated attributes are read as code by page libraries.
func evaluated(key string) bool {
	return strings.HasPrefix(key, "hx-") || strings.HasPrefix(key, "data-hx-") ||
		strings.HasPrefix(key, "x-") || key[0] == '@' || key[0] == ':'
}

// animated attributes can set an address in SVG.
func animated(element, key string) bool {
	return (element == "set" || strings.HasPrefix(element, "animate")) &&
		(key == "to" || key == "from" || key == "by" || key == "values" || key == "attributename")
}

// each replaces typed text in s by escape(text).
func (r *rendering) each(s string, escape func(string) string) string {
	var b strings.Builder
	r.pieces(s, func(text string, typed bool) {
		if typed {
			text = escape(text)
		}
		b.WriteString(text)
	})
	return b.String()
}

// code gives the source of a script, typed text as parts of its strings.
func (r *rendering) code(s string) string { return r.each(s, scriptText) }

// scriptAddress returns the code of a javascript: address written by the author.
func (r *rendering) scriptAddress(s string) (string, bool) {
	first := true
	own := ""
	r.pieces(s, func(text string, typed bool) {
		if first && !typed {
			own = text
		}
		first = false
	})
	name, end := scheme(own)
	if name != "javascript" {
		return "", false
	}
	done := 0
	var b strings.Builder
	r.pieces(s, func(text string, typed bool) {
		switch {
		case typed:
			b.WriteString(scriptText(text))
		case done == 0:
			b.WriteString(unescapeURL(text[end+1:]))
		default:
			b.WriteString(unescapeURL(text))
		}
		done++
	})
	return b.String(), true
}

// address escapes typed text in an address. It reports false when the address
// must not be used: people chose its scheme and it is none of the safe ones, or
// it names code.
func (r *rendering) address(element, s string) (string, bool) {
	var b strings.Builder
	firstTyped := -1
	r.pieces(s, func(text string, typed bool) {
		switch {
		case !typed:
			b.WriteString(text)
			return
		case b.Len() == 0:
			firstTyped = 0
			b.WriteString(urlText(text))
			return
		case firstTyped < 0:
			firstTyped = b.Len()
		}
		b.WriteString(urlPart(text, b.String()))
	})
	out := b.String()
	name, end := scheme(out)
	if firstTyped < 0 {
		return out, name != "vbscript"
	}
	if codeAddress[element] {
		return "", false
	}
	if end > 0 && firstTyped <= end {
		return out, safeSchemes[name] && (element != "iframe" || strings.HasPrefix(name, "http"))
	}
	if name == "data" {
		return out, strings.HasPrefix(strings.ToLower(out), "data:image/") && element == "img"
	}
	return out, true
}

// unique puts the prefix of this text on ids that Markdown made.
func (f *finisher) unique(key, val string) string {
	p := f.r.opts.Prefix
	if p == "" || key != "id" && key != "href" {
		return val
	}
	if key == "href" {
		if rest, ok := strings.CutPrefix(val, "#fn"); ok {
			return "#" + p + "fn" + rest
		}
		return val
	}
	if strings.HasPrefix(val, "fn:") || strings.HasPrefix(val, "fnref") {
		return p + val
	}
	return val
}

// handle lifts an event handler out. The element is known by selector, which is
// made for its first handler.
func (f *finisher) handle(selector, event, code string, link bool) string {
	if selector == "" {
		f.handlers++
		selector = f.r.opts.Prefix + strconv.Itoa(f.handlers)
	}
	f.r.res.Handlers = append(f.r.res.Handlers, Handler{
		Selector: `[data-da-on="` + selector + `"]`,
		Event:    event,
		Code:     code,
		Link:     link,
	})
	return selector
}

// decorate gives a link its target and marks those that act.
func (f *finisher) decorate(attrs []attribute) []attribute {
	href := find(attrs, "href")
	if href == "" {
		return attrs
	}
	target := find(attrs, "target")
	internal, path := f.r.opts.internal(href)
	switch {
	case internal && strings.Contains(path, "action="):
		if action := queryValue(path, "action"); action != "" && find(attrs, "data-embaction") == "" {
			attrs = append(attrs, attribute{"data-embaction", action})
		}
	case target == "" && (!internal || f.r.opts.serves(path)):
		target = "_blank"
		attrs = append(attrs, attribute{"target", target})
	}
	if target == "_blank" && find(attrs, "rel") == "" {
		attrs = append(attrs, attribute{"rel", "noopener"})
	}
	return attrs
}

// internal says whether an address stays with us, and gives its path and query.
// Schemes other than http count as staying.
func (o *Options) internal(href string) (bool, string) {
	for _, host := range o.Hosts {
		rest, ok := strings.CutPrefix(href, strings.TrimSuffix(host, "/"))
		if ok && (rest == "" || strings.IndexByte("/?#", rest[0]) >= 0) {
			return true, rest
		}
	}
	name, _ := scheme(href)
	outside := name == "http" || name == "https" || name == "ftp" || strings.HasPrefix(href, "//")
	return !outside, href
}

// DefaultFilePaths are the path prefixes under which servers of this dialect
// keep stored and static files.
func DefaultFilePaths() []string {
	return []string{
		"/packagestatic/", "/uploadedfile", "/uploadedpage", "/storedfile", "/tempfile/", "/playgroundstatic/",
	}
}

// serves says whether a path names a file.
func (o *Options) serves(path string) bool {
	prefixes := o.FilePaths
	if prefixes == nil {
		prefixes = DefaultFilePaths()
	}
	for _, p := range prefixes {
		if strings.HasPrefix(path, p) {
			return true
		}
	}
	return false
}

func queryValue(path, key string) string {
	_, query, _ := strings.Cut(path, "?")
	query, _, _ = strings.Cut(query, "#")
	values, _ := url.ParseQuery(query)
	return values.Get(key)
}

// script lifts a script element out. It reports false for data blocks, which do
// not run and stay where they are.
func (f *finisher) script(z *xhtml.Tokenizer, in []attribute, closed bool) bool {
	body := ""
	if !closed {
		body = f.body(z)
	}
	typ := strings.ToLower(strings.TrimSpace(find(in, "type")))
	if !runs(typ) {
		e := elem{name: "script", emits: "script", attrs: f.attributes("script", in)}
		f.writeTag(&e)
		f.out = append(append(f.out, f.raw(f.r.code(body))...), "</script>"...)
		return true
	}
	s := Script{Type: typ, Code: f.r.code(body), Async: has(in, "async"), Defer: has(in, "defer")}
	if src := find(in, "src"); src != "" {
		var ok bool
		if s.Src, ok = f.r.address("script", src); !ok {
			f.r.problem("script address with text from people")
			return true
		}
		s.Code = ""
	}
	if s.Src != "" || strings.TrimSpace(s.Code) != "" {
		f.r.res.Scripts = append(f.r.res.Scripts, s)
	}
	return true
}

// runs says whether a script of this type is code.
func runs(typ string) bool {
	switch typ {
	case "", "module", "text/javascript", "application/javascript", "text/ecmascript", "application/ecmascript",
		"text/x-javascript", "application/x-javascript", "text/jscript", "text/livescript":
		return true
	}
	return strings.HasPrefix(typ, "text/javascript")
}

func has(attrs []attribute, key string) bool {
	for _, a := range attrs {
		if a.key == key {
			return true
		}
	}
	return false
}

// body reads the text of an element whose text is raw, and its end tag.
func (f *finisher) body(z *xhtml.Tokenizer) string {
	body := ""
	for {
		switch z.Next() {
		case xhtml.TextToken:
			body += string(z.Raw())
		default:
			return body
		}
	}
}

// style writes a style element, typed text escaped for style sheets.
func (f *finisher) style(z *xhtml.Tokenizer, in []attribute) {
	e := elem{name: "style", emits: "style", attrs: f.attributes("style", in)}
	f.writeTag(&e)
	f.out = append(append(f.out, f.raw(f.r.each(f.body(z), styleText))...), "</style>"...)
}

// raw writes the text of a script or style. Inside SVG it is text like any
// other to a browser.
func (f *finisher) raw(s string) string {
	if !f.inForeign() {
		return s
	}
	return textEscaper.Replace(html.UnescapeString(s))
}
