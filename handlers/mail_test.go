package handlers_test

import (
	"reflect"
	"strings"
	"testing"

	"colloquy/engine/config"
	"colloquy/engine/outside/mail/mailtest"
)

// matrix sends one mail for every way to use send_email().
const matrix = `
metadata:
  email config: second
---
objects:
  - ann: Individual.using(email='ann@example.org')
  - crew: DAList.using(object_type=Individual, there_are_any=True, gathered=True)
  - office: DAEmailRecipient.using(name='The "Office", Ltd', address='office@example.org')
---
template: paper
subject: |
  Über ${ ann }: 東京
content: |
  Dear ${ ann.name.first },

  * one *star*
  * two ${ typed }

  ![logo](/packagestatic/x.png) [Go on](${ interview_url() })
---
mandatory: True
code: |
  ann.name.first = 'Änne'
  ann.name.last = 'O\'Neil "Q" \\'
  typed
  scan
  results = run_matrix
  done
---
question: Type
fields:
  - Typed: typed
  - Scan: scan
    datatype: files
---
code: |
  run_matrix = dict(
    body=send_email(to='body@example.org', body='Line one\n<b>' + typed + '</b>\n.\nLast', subject='Body\nBcc: x@example.org'),
    html=send_email(to='html@example.org', html='<p>Only <b>HTML</b></p>', subject='HTML', config='default'),
    both=send_email(to='both@example.org', body='Text', html='<p>HTML</p>', subject='Both'),
    template=send_email(to=ann, cc=[office], bcc='secret@example.org', reply_to=[ann], sender=office, template=paper, task='told'),
    own=send_email(to='own@example.org', template=paper, subject='My own', body='My own body'),
    files=send_email(to='files@example.org', subject='Files', body='x',
      attachments=[scan, 'data/static/paper.bin', DAFile('note', filename='Nötiz.txt', content='ü\n'), scan]),
    missing=send_email(to='missing@example.org', subject='x', body='x', attachments=['data/static/none.pdf']),
    nofile=send_email(to='nofile@example.org', subject='x', body='x', attachments=[42]),
    dry=send_email(to='dry@example.org', subject='x', body='x', dry_run=True, task='dry'),
    nobody=send_email(to=[], subject='x', body='x'),
    malformed=send_email(to='no address', subject='x', body='x'),
    unknown=send_email(to='unknown@example.org', subject='Unknown', body='x', config='fifth'),
    empty=send_email(to='empty@example.org'),
    one=send_email(to=['one@example.org', 'nobody7@example.org'], subject='One of two', body='x', task='two'))
---
event: done
question: Sent
subquestion: |
  ${ repr(results) } ${ times_task_performed('told') } ${ times_task_performed('dry') } ${ email_delivery_status('told') } ${ email_delivery_status('two') }
`

// withPostfix has mail leave over a real server: the first configuration by
// STARTTLS, "second" by TLS from the start.
func withPostfix(server *mailtest.Postfix) option {
	return func(p *plans) {
		p.jobs, p.trust = true, server.Trust
		first := config.Mail{Name: "default", Server: server.Host, Port: server.StartTLS, TLS: config.TLSRequired,
			Username: server.User, Password: server.Password, DefaultSender: `"The Server" <server@example.org>`}
		second := first
		second.Name, second.Port, second.TLS, second.DefaultSender = "second", server.TLS, config.TLSImplicit, `"Zweitens ü" <second@example.org>`
		p.config.Mail = []config.Mail{first, second}
	}
}

// What send_email() is told arrives, through a real mail server (item 17 of the
// specification's checklist).
func TestWhatArrives(t *testing.T) {
	server := mailtest.StartPostfix(t)
	binary := make([]byte, 70_000)
	for i := range binary {
		binary[i] = byte(i * i >> 3)
	}
	h := open(t, map[string]string{"matrix.yml": matrix}, withPostfix(server), withStatic("paper.bin", string(binary)))
	p := h.visit()
	f := p.begin("matrix.yml").form("Typed", "<i>Märchen</i>", "Scan", "x")
	for name := range f.files {
		f.files[name] = file{name: "Bild 1.png", kind: "image/png", content: "\x89PNG\r\n\x1a\n\x00\xff\nend"}
	}
	pg := p.send(f).wants("Sent")
	wants := map[string]bool{"body": true, "html": true, "both": true, "template": true, "own": true, "files": true, "missing": false,
		"nofile": false, "dry": false, "nobody": false, "malformed": false, "unknown": true, "empty": true, "one": true}
	for name, sent := range wants {
		if want := "‘" + name + "’: " + map[bool]string{true: "True", false: "False"}[sent]; !strings.Contains(pg.text(), want) {
			t.Errorf("no %s in %s", want, pg.text())
		}
	}
	letters := map[string]*mailtest.Opened{}
	for _, name := range []string{"body", "html", "both", "ann", "office", "secret", "own", "files", "unknown", "empty", "one"} {
		letters[name] = mailtest.Open(t, server.Wait(t, name, 1)[0])
	}
	page := func(html string) string { return "<html><body>" + html + "</body></html>" }
	told := `<p>Dear Änne,</p>
<ul>
<li>one <em>star</em></li>
<li>two &lt;i&gt;Märchen&lt;/i&gt;</li>
</ul>
<p><img src="` + h.root + `/packagestatic/x.png" alt="logo"> <a href="` + h.root
	for _, tt := range []struct{ name, from, subject, text, html string }{
		{"body", `"Zweitens ü" <second@example.org>`, "Body Bcc: x@example.org", "Line one\n<b><i>Märchen</i></b>\n.\nLast",
			page("Line one\n<b>&lt;i&gt;Märchen&lt;/i&gt;</b>\n.\nLast")},
		{"html", `"The Server" <server@example.org>`, "HTML", "Only HTML", "<p>Only <b>HTML</b></p>"},
		{"both", `"Zweitens ü" <second@example.org>`, "Both", "Text", "<p>HTML</p>"},
		{"ann", `"The Office, Ltd" <office@example.org>`, `Über Änne O'Neil "Q" \: 東京`, "*", "*"},
		{"office", `"The Office, Ltd" <office@example.org>`, `Über Änne O'Neil "Q" \: 東京`, "*", "*"},
		{"secret", `"The Office, Ltd" <office@example.org>`, `Über Änne O'Neil "Q" \: 東京`, "*", "*"},
		{"own", `"Zweitens ü" <second@example.org>`, "My own", "My own body", "*"},
		{"files", `"Zweitens ü" <second@example.org>`, "Files", "x", page("x")},
		{"unknown", `"The Server" <server@example.org>`, "Unknown", "x", page("x")},
		{"empty", `"Zweitens ü" <second@example.org>`, "", "", ""},
		{"one", `"Zweitens ü" <second@example.org>`, "One of two", "x", page("x")},
	} {
		l := letters[tt.name]
		if got := addressIn(t, l, "From"); got != tt.from {
			t.Errorf("%s: from %s, want %s", tt.name, got, tt.from)
		}
		if l.Subject != tt.subject || tt.text != "*" && l.Text("text/plain") != tt.text || tt.html != "*" && l.Text("text/html") != tt.html {
			t.Errorf("%s: %q\n%q\n%q\nwant %q\n%q\n%q", tt.name, l.Subject, l.Text("text/plain"), l.Text("text/html"), tt.subject, tt.text, tt.html)
		}
		if tt.html == "*" && !strings.HasPrefix(strings.TrimPrefix(l.Text("text/html"), "<html><body>"), told) {
			t.Errorf("%s: the template became\n%s\nwant\n%s", tt.name, l.Text("text/html"), told)
		}
		for _, name := range []string{"Message-Id", "Date"} {
			if l.Head.Get(name) == "" {
				t.Errorf("%s has no %s", tt.name, name)
			}
		}
		if l.Head.Get("Bcc") != "" || l.Head.Get("Auto-Submitted") != "auto-generated" || l.Head.Get("List-Id") != "" {
			t.Errorf("%s: the head is %v", tt.name, l.Head)
		}
	}
	ann := letters["ann"]
	if got := addressIn(t, ann, "To") + addressIn(t, ann, "Cc") + addressIn(t, ann, "Reply-To"); got !=
		`"Änne O'Neil Q" <ann@example.org>"The Office, Ltd" <office@example.org>"Änne O'Neil Q" <ann@example.org>` {
		t.Errorf("the mail to Ann is to %s", got)
	}
	if text := ann.Text("text/plain"); !strings.Contains(text, "Dear Änne,\n\n") || !strings.Contains(text, "two <i>Märchen</i>") {
		t.Errorf("as text it is %q", text)
	}
	want := []mailtest.Part{
		{Kind: "image/png", Name: "Bild 1.png", Text: "\x89PNG\r\n\x1a\n\x00\xff\nend"}, {Kind: "application/octet-stream", Name: "paper.bin", Text: string(binary)},
		{Kind: "text/plain", Name: "Nötiz.txt", Text: "ü\n"}, {Kind: "image/png", Name: "Bild 1_001.png", Text: "\x89PNG\r\n\x1a\n\x00\xff\nend"},
	}
	if got := letters["files"].Files(); !reflect.DeepEqual(got, want) {
		for i := range got {
			t.Errorf("file %d is %s %q, %d bytes", i, got[i].Kind, got[i].Name, len(got[i].Text))
		}
	}
	if !strings.Contains(pg.text(), "1 0 ") {
		t.Errorf("tasks are counted so: %s", pg.text())
	}
	if again := p.get(address("matrix.yml")).text(); !strings.Contains(again, "1 0 sent partly sent") {
		t.Errorf("what became of the mails is told so: %s", again)
	}
	for _, line := range []string{"an address in to is malformed", `no mail configuration called \"fifth\"`, "an attachment is missing", "there is no recipient"} {
		if !strings.Contains(h.log.String(), line) {
			t.Errorf("the log does not say: %s", line)
		}
	}
	if log := h.log.String(); strings.Contains(log, "nobody7") || strings.Contains(log, "no address") || strings.Contains(log, "Märchen") {
		t.Error("the log quotes a mail")
	}
}

// addressIn gives the one address of a header field, its name decoded.
func addressIn(t *testing.T, l *mailtest.Opened, field string) string {
	t.Helper()
	all, err := l.Head.AddressList(field)
	if err != nil || len(all) != 1 {
		t.Errorf("%s: %v, %v", field, l.Head[field], err)
		return ""
	}
	if all[0].Name == "" {
		return "<" + all[0].Address + ">"
	}
	return `"` + all[0].Name + `" <` + all[0].Address + ">"
}
