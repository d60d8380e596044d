package handlers_test

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/textproto"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// A person is a browser without scripts, or with htmx and nothing else.
type person struct {
	t     testing.TB
	house *house
	web   *http.Client
	htmx  bool              // sends what htmx sends
	extra map[string]string // further request headers
	csrf  string            // of the page, as our script sends it
}

// visit gives a browser that has never been here.
func (h *house) visit() *person {
	h.t.Helper()
	jar := must(cookiejar.New(nil))(h.t)
	return &person{t: h.t, house: h, web: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// elsewhere is the same browser at another server of the same house.
func (p *person) elsewhere(h *house) *person {
	other := h.visit()
	u := must(url.Parse(p.house.root))(p.t)
	other.web.Jar.SetCookies(must(url.Parse(h.root))(p.t), p.web.Jar.Cookies(u))
	return other
}

// A page is what came back in the end.
type page struct {
	p       *person
	status  int
	header  http.Header
	body    string
	url     *url.URL
	doc     *html.Node
	bytes   int
	through []int // the statuses on the way
}

// begin opens an interview in a session of its own.
func (p *person) begin(file string) *page {
	p.t.Helper()
	return p.get(address(file) + "&new_session=1")
}

func address(file string) string {
	return "/interview?i=" + url.QueryEscape(pkg+":data/questions/"+file)
}

func (p *person) get(to string) *page { p.t.Helper(); return p.do(http.MethodGet, to, "", nil) }

// do sends a request and follows redirects, as browsers do: with GET.
func (p *person) do(method, to, kind string, body []byte) *page {
	p.t.Helper()
	pg, err := p.try(method, to, kind, body)
	check(p.t, err)
	return p.look(pg)
}

// look remembers what our script would find on a page.
func (p *person) look(pg *page) *page {
	if in := find(pg.doc, "input", "name", "csrf_token"); in != nil {
		p.csrf = attr(in, "value")
	}
	return pg
}

// try is do for goroutines.
func (p *person) try(method, to, kind string, body []byte) (*page, error) {
	pg := &page{p: p}
	at, err := url.Parse(p.house.root)
	if err != nil {
		return nil, err
	}
	htmx := p.htmx
	for range 6 {
		next, err := at.Parse(to)
		if err != nil {
			return nil, err
		}
		at = next
		to, err = p.once(pg, method, at, kind, body, htmx)
		if err != nil || to == "" {
			return pg, err
		}
		htmx = htmx && pg.header.Get("HX-Redirect") == ""
		method, kind, body = http.MethodGet, "", nil
	}
	return nil, fmt.Errorf("redirected for ever: %v", pg.through)
}

// once sends one request and gives the address to go to next, if any.
func (p *person) once(pg *page, method string, at *url.URL, kind string, body []byte, htmx bool) (string, error) {
	req, err := http.NewRequestWithContext(p.t.Context(), method, at.String(), bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	if htmx {
		req.Header.Set("HX-Request", "true")
		req.Header.Set("HX-Target", "question")
		if p.csrf != "" {
			req.Header.Set("X-Csrf-Token", p.csrf)
		}
	}
	for name, value := range p.extra {
		req.Header.Set(name, value)
	}
	res, err := p.web.Do(req)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	content, err := io.ReadAll(res.Body)
	if err != nil {
		return "", err
	}
	pg.status, pg.header, pg.body, pg.bytes, pg.url = res.StatusCode, res.Header, string(content), len(content), at
	pg.through = append(pg.through, res.StatusCode)
	if pg.doc, err = html.ParseWithOptions(bytes.NewReader(content), html.ParseOptionEnableScripting(false)); err != nil {
		return "", err
	}
	if to := res.Header.Get("HX-Redirect"); htmx && to != "" {
		return to, nil
	}
	return res.Header.Get("Location"), nil
}

// cookies counts the cookies the browser holds.
func (p *person) cookies() int {
	return len(p.web.Jar.Cookies(must(url.Parse(p.house.root))(p.t)))
}

// heading is the question's heading.
func (pg *page) heading() string { return text(byID(pg.doc, "daMainQuestion")) }

// wants fails the test unless the heading is this one.
func (pg *page) wants(heading string) *page {
	pg.p.t.Helper()
	if got := pg.heading(); got != heading {
		pg.p.t.Fatalf("the question is %q, want %q (status %v, notices %q)\n%s", got, heading, pg.through, pg.notices(), pg.trouble())
	}
	return pg
}

// trouble is what a failure page says to authors.
func (pg *page) trouble() string {
	log := pg.p.house.log.String()
	return text(first(pg.doc, func(n *html.Node) bool { return strings.Contains(attr(n, "class"), "fault") })) + "\n" + log[max(0, len(log)-1500):]
}

// notices are the messages above the question.
func (pg *page) notices() string { return text(byID(pg.doc, "flash")) }

// text is all that a person can read.
func (pg *page) text() string { return text(pg.doc) }

// link finds the address of a link by its text.
func (pg *page) link(name string) string {
	pg.p.t.Helper()
	a := first(pg.doc, func(n *html.Node) bool { return n.Data == "a" && text(n) == name })
	if a == nil {
		pg.p.t.Fatalf("no link %q on the page %q", name, pg.heading())
	}
	return attr(a, "href")
}

func (pg *page) follow(name string) *page {
	pg.p.t.Helper()
	return pg.p.get(pg.link(name))
}

// answer fills fields in, label and value by turns, and presses the button
// that goes on.
func (pg *page) answer(fields ...string) *page {
	pg.p.t.Helper()
	return pg.p.send(pg.form(fields...))
}

// press presses a button of the form by its text.
func (pg *page) press(button string) *page {
	pg.p.t.Helper()
	f := pg.form()
	f.press(pg, button)
	return pg.p.send(f)
}

// back presses the Back button.
func (pg *page) back() *page {
	pg.p.t.Helper()
	n := first(pg.doc, func(n *html.Node) bool {
		return n.Data == "form" && find(n, "input", "name", "_back_one") != nil
	})
	if n == nil {
		pg.p.t.Fatalf("no Back button at %q", pg.heading())
	}
	return pg.p.send(read(n))
}

// A form is what a form would post.
type form struct {
	action, kind string
	values       [][2]string
	files        map[string]file
	further      map[string][]file // where several may be chosen
	node         *html.Node
}

type file struct{ name, kind, content string }

// form fills the question's form in, label and value by turns.
func (pg *page) form(fields ...string) *form {
	pg.p.t.Helper()
	n := byID(pg.doc, "daform")
	if n == nil {
		pg.p.t.Fatalf("no form at %q (status %d)\n%s", pg.heading(), pg.status, pg.trouble())
	}
	f := read(n)
	for i := 0; i+1 < len(fields); i += 2 {
		f.fill(pg.p.t, fields[i], fields[i+1])
	}
	f.press(pg, "")
	return f
}

// read takes the values that a form has when it is not touched.
func read(n *html.Node) *form {
	f := &form{action: attr(n, "action"), kind: attr(n, "enctype"), node: n, files: map[string]file{}, further: map[string][]file{}}
	for c := range n.Descendants() {
		name := attr(c, "name")
		if c.Type != html.ElementNode || name == "" || has(c, "disabled") {
			continue
		}
		switch {
		case c.Data == "textarea":
			f.values = append(f.values, [2]string{name, strings.TrimPrefix(rawText(c), "\n")})
		case c.Data == "select":
			for o := range c.Descendants() {
				if o.Data == "option" && (has(o, "selected") || !has(c, "multiple") && f.get(name) == nil) {
					f.set(name, attr(o, "value"))
				}
			}
		case c.Data != "input":
		case attr(c, "type") == "file":
			f.files[name] = file{}
		case attr(c, "type") != "checkbox" && attr(c, "type") != "radio", has(c, "checked"):
			f.values = append(f.values, [2]string{name, attr(c, "value")})
		}
	}
	return f
}

func (f *form) get(name string) *string {
	for i := range f.values {
		if f.values[i][0] == name {
			return &f.values[i][1]
		}
	}
	return nil
}

func (f *form) set(name, value string) {
	if at := f.get(name); at != nil {
		*at = value
		return
	}
	f.values = append(f.values, [2]string{name, value})
}

func (f *form) drop(name string) {
	f.values = slices.DeleteFunc(f.values, func(v [2]string) bool { return v[0] == name })
}

// fill writes into the field with a label; "yes" ticks a box or circle.
func (f *form) fill(t testing.TB, label, value string) {
	t.Helper()
	l := labelled(f.node, label)
	if l == nil {
		t.Fatalf("no field labelled %q", label)
	}
	in := byID(f.node, attr(l, "for"))
	if in == nil {
		t.Fatalf("the label %q is nobody's", label)
	}
	name := attr(in, "name")
	switch kind := attr(in, "type"); {
	case in.Data == "select":
		f.set(name, optionValue(t, in, value))
	case kind == "checkbox" && value != "yes":
		f.drop(name)
	case kind == "checkbox": // one of several that share a name, perhaps
		if ticked := [2]string{name, attr(in, "value")}; !slices.Contains(f.values, ticked) {
			f.values = append(f.values, ticked)
		}
	case kind == "radio":
		f.set(name, attr(in, "value"))
	case kind == "file":
		f.files[name] = file{name: "note.txt", kind: "text/plain", content: value}
	default:
		f.set(name, value)
	}
}

// labelled finds a label.
func labelled(n *html.Node, label string) *html.Node {
	return first(n, func(c *html.Node) bool {
		return c.Data == "label" && strings.TrimSuffix(text(c), " (optional)") == label
	})
}

func optionValue(t testing.TB, in *html.Node, label string) string {
	t.Helper()
	o := first(in, func(n *html.Node) bool { return n.Data == "option" && text(n) == label })
	if o == nil {
		t.Fatalf("no option %q", label)
	}
	return attr(o, "value")
}

// press adds what a button posts: the one with this text, or the first.
func (f *form) press(pg *page, name string) {
	pg.p.t.Helper()
	b := first(f.node, func(n *html.Node) bool {
		return n.Data == "button" && attr(n, "type") == "submit" && attr(n, "form") == "" && (name == "" || text(n) == name)
	})
	switch {
	case b == nil && name != "":
		pg.p.t.Fatalf("no button %q at %q", name, pg.heading())
	case b != nil && attr(b, "name") != "":
		f.set(attr(b, "name"), attr(b, "value"))
	}
}

// send posts a form.
func (p *person) send(f *form) *page {
	p.t.Helper()
	pg, err := p.trySend(f)
	check(p.t, err)
	return p.look(pg)
}

func (p *person) trySend(f *form) (*page, error) {
	kind, body, err := f.encode()
	if err != nil {
		return nil, err
	}
	return p.try(http.MethodPost, f.action, kind, body)
}

func (f *form) encode() (kind string, body []byte, err error) {
	if f.kind != "multipart/form-data" {
		var b strings.Builder
		for _, v := range f.values {
			if b.Len() > 0 {
				b.WriteByte('&')
			}
			b.WriteString(url.QueryEscape(v[0]) + "=" + url.QueryEscape(v[1]))
		}
		return "application/x-www-form-urlencoded", []byte(b.String()), nil
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, v := range f.values {
		if err := w.WriteField(v[0], v[1]); err != nil {
			return "", nil, err
		}
	}
	for name, one := range f.files {
		for _, file := range append([]file{one}, f.further[name]...) {
			head := textproto.MIMEHeader{"Content-Disposition": {fmt.Sprintf(`form-data; name=%q; filename=%q`, name, file.name)},
				"Content-Type": {orElse(file.kind, "application/octet-stream")}}
			part, err := w.CreatePart(head)
			if err != nil {
				return "", nil, err
			}
			if _, err := io.WriteString(part, file.content); err != nil {
				return "", nil, err
			}
		}
	}
	err = w.Close()
	return w.FormDataContentType(), b.Bytes(), err
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// What follows reads HTML.

func first(n *html.Node, is func(*html.Node) bool) *html.Node {
	if n == nil {
		return nil
	}
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && is(c) {
			return c
		}
	}
	return nil
}

func all(n *html.Node, element string) []*html.Node {
	var out []*html.Node
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && c.Data == element {
			out = append(out, c)
		}
	}
	return out
}

func find(n *html.Node, element, name, value string) *html.Node {
	return first(n, func(c *html.Node) bool { return c.Data == element && attr(c, name) == value })
}

func byID(n *html.Node, id string) *html.Node {
	return first(n, func(c *html.Node) bool { return attr(c, "id") == id })
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func rawText(n *html.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode && c.Parent.Data != "script" && c.Parent.Data != "style" {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// text is what can be read, with single spaces.
func text(n *html.Node) string { return strings.Join(strings.Fields(rawText(n)), " ") }
