package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// A person answers forms that have one field of text.
type person struct {
	t    testing.TB
	root string
	web  *http.Client
	page *html.Node
	to   string
}

func newPerson(t testing.TB) *person {
	t.Helper()
	jar, err := cookiejar.New(nil)
	check(t, err)
	return &person{t: t, web: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// moveTo takes the cookies along to the server's new address.
func (p *person) moveTo(root string) {
	p.t.Helper()
	from, err := url.Parse(p.root)
	check(p.t, err)
	to, err := url.Parse(root)
	check(p.t, err)
	p.web.Jar.SetCookies(to, p.web.Jar.Cookies(from))
	p.root = root
}

func (p *person) get(path string) {
	p.t.Helper()
	check(p.t, p.load(path))
}

// load opens a page.
func (p *person) load(path string) error {
	res, err := p.web.Get(p.root + path)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", path, res.Status)
	}
	p.page, err = html.Parse(res.Body)
	p.to = path
	return err
}

// answer posts the form and loads the page again.
func (p *person) answer(word string) {
	p.t.Helper()
	status, err := p.try(word)
	check(p.t, err)
	if status != http.StatusSeeOther {
		p.t.Fatalf("the answer is answered by %d", status)
	}
	p.get(p.to)
}

// try posts the form.
func (p *person) try(word string) (int, error) {
	form := url.Values{}
	for n := range p.find("daform").Descendants() {
		if n.Data != "input" {
			continue
		}
		value := attr(n, "value")
		if attr(n, "type") == "text" {
			value = word
		}
		form.Set(attr(n, "name"), value)
	}
	res, err := p.web.PostForm(p.root+p.to, form)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	return res.StatusCode, err
}

func (p *person) find(id string) *html.Node {
	for n := range p.page.Descendants() {
		if attr(n, "id") == id {
			return n
		}
	}
	return &html.Node{}
}

func (p *person) heading() string {
	var b strings.Builder
	for n := range p.find("daMainQuestion").Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func (p *person) wants(heading string) {
	p.t.Helper()
	if got := p.heading(); got != heading {
		p.t.Fatalf("the question is %q, want %q", got, heading)
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
