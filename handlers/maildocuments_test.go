package handlers_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"colloquy/engine/config"
	"colloquy/engine/outside/mail/mailtest"
)

const papers = `
mandatory: True
question: Who?
fields:
  - Name: name
---
mandatory: True
question: Your papers
attachments:
  - name: Letter to ${ name }
    filename: letter
    content: |
      Dear **${ name }**,
  - name: Receipt
    filename: receipt
    content: Paid.
email subject: Papers of ${ name }
email address default: ada@example.com
`

// mailForm is the form that mails the documents of a screen, or nil.
func (pg *page) mailForm(addresses string) *form {
	n := first(pg.doc, func(n *html.Node) bool {
		return n.Data == "form" && find(n, "input", "name", "_email_attachments") != nil
	})
	if n == nil {
		return nil
	}
	f := read(n)
	if addresses != "" {
		f.set("_attachment_email_address", addresses)
	}
	return f
}

// Documents of a screen are mailed to whom its reader names, once for each time
// that the form is sent.
func TestDocumentsAreMailed(t *testing.T) {
	server := mailtest.Start(t, nil, false)
	h := open(t, map[string]string{"papers.yml": papers}, withPost(server))
	p := h.visit()
	pg := p.begin("papers.yml").answer("Name", "<b>Bob</b>").wants("Your papers")
	f := pg.mailForm("")
	if f == nil || *f.get("_attachment_email_address") != "ada@example.com" {
		t.Fatalf("the form is %+v", f)
	}
	pg = p.send(f).wants("Your papers")
	if got := pg.notices(); !strings.Contains(got, "Your documents will be e-mailed to ada@example.com.") {
		t.Errorf("the notice is %q", got)
	}
	p.send(f) // clicked twice
	l := mailtest.Open(t, server.Wait(t, 1)[0].Data)
	if got, want := attachedNames(l), []string{"letter.pdf application/pdf", "receipt.pdf application/pdf"}; !reflect.DeepEqual(got, want) {
		t.Errorf("attached are %q, want %q", got, want)
	}
	if l.Subject != "Papers of <b>Bob</b>" || l.Text("text/plain") != "Your documents, Letter to <b>Bob</b> and Receipt, are attached." {
		t.Errorf("it is %q: %q", l.Subject, l.Text("text/plain"))
	}
	pg = p.send(pg.mailForm("bob@example.com; no address ,zoe@example.com")).wants("Your papers")
	if got := pg.notices(); !strings.Contains(got, "will be e-mailed to bob@example.com, zoe@example.com.") || !strings.Contains(got, "Unable to e-mail your documents to no address.") {
		t.Errorf("the notice is %q", got)
	}
	var to []string
	for _, l := range server.Wait(t, 3) {
		to = append(to, l.To...)
	}
	slices.Sort(to)
	if want := []string{"ada@example.com", "bob@example.com", "zoe@example.com"}; !reflect.DeepEqual(to, want) || h.count("effects") != 3 {
		t.Errorf("mailed to %v, want %v; %s", to, want, h.counts())
	}
	many := strings.Repeat("x@example.com,", 1)
	for i := range 30 {
		many += "x" + strings.Repeat("y", i) + "@example.com,"
	}
	if got := p.send(pg.mailForm(many)).notices(); !strings.Contains(got, "Unable to e-mail") || h.count("effects") != 3 {
		t.Errorf("thirty at once: %q, %s", got, h.counts())
	}
	if pg = p.get(address("papers.yml")).wants("Your papers"); pg.notices() != "" || pg.back().heading() != "Who?" {
		t.Errorf("afterwards there is %q", pg.notices())
	}
}

// attachedNames are the names and types of the files of a mail, whose content is
// what their types say.
func attachedNames(l *mailtest.Opened) []string {
	var list []string
	for _, p := range l.Files() {
		if p.Kind == "application/pdf" && !strings.HasPrefix(p.Text, "%PDF-") {
			p.Kind = "no PDF file"
		}
		list = append(list, p.Name+" "+p.Kind)
	}
	return list
}

// Where the author does not want it, or there is no mail server, nothing is
// offered, and nothing is mailed either.
func TestDocumentsAreNotMailed(t *testing.T) {
	for name, o := range map[string]struct {
		yaml string
		with option
	}{
		"not allowed": {papers + "continue button field: seen\nallow emailing: False\n", func(*plans) {}},
		"no server":   {papers + "continue button field: seen\n", set(func(c *config.Config) { c.Mail = nil })},
	} {
		h := open(t, map[string]string{"papers.yml": o.yaml}, o.with)
		p := h.visit()
		pg := p.begin("papers.yml").answer("Name", "Bob").wants("Your papers")
		if pg.mailForm("") != nil {
			t.Errorf("%s: it is offered", name)
		}
		f := pg.form()
		f.set("_email_attachments", "1")
		f.set("_attachment_email_address", "eve@example.com")
		if got := p.send(f).notices(); !strings.Contains(got, "Unable to e-mail your documents to eve@example.com.") || h.count("effects") != 0 {
			t.Errorf("%s: %q, %s", name, got, h.counts())
		}
	}
}
