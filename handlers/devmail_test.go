package handlers_test

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"colloquy/engine/config"
)

const keeper = `
template: letter
subject: Märchen & more
content: |
  Dear *you*, <script>alert(1)</script>
---
mandatory: True
code: |
  send_email(to='"Ada L" <ada@example.org>', bcc='eve@example.org', template=letter, attachments=DAFile('note', filename='Nötiz.html', content='<script>1</script>'))
  done
---
event: done
question: Done
`

// A server for development shows the mail that it keeps to whoever has its key,
// and nothing in a mail runs.
func TestKeptMail(t *testing.T) {
	h := open(t, map[string]string{"keeper.yml": keeper}, func(p *plans) { p.jobs, p.mailKey, p.config.Mail = true, "the-key", []config.Mail(nil) })
	h.visit().begin("keeper.yml").wants("Done")
	p := h.visit()
	for _, at := range []string{"/dev/mail", "/dev/mail?key=another", "/dev/mail/x", "/dev/mail/x/html", "/dev/mail/x/file/1"} {
		if pg := p.get(at); pg.status != 404 || !strings.Contains(pg.text(), "at the address that it prints when it starts") {
			t.Errorf("%s without the key: %d %s", at, pg.status, pg.text())
		}
	}
	pg := p.get("/dev/mail?key=the-key")
	for deadline := time.Now().Add(10 * time.Second); !strings.Contains(pg.text(), "Märchen"); pg = p.get("/dev/mail") {
		if time.Now().After(deadline) {
			t.Fatalf("no mail is shown: %d %s\n%s", pg.status, pg.text(), h.log)
		}
	}
	for deadline := time.Now().Add(10 * time.Second); h.effects()[0].State != "kept"; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the mail is %+v", h.effects())
		}
	}
	sheet := pg.follow("Märchen & more")
	for _, want := range []string{`To"Ada L" <ada@example.org>`, "Bcceve@example.org", "Dear you,", "Nötiz.html (18 bytes)"} {
		if !strings.Contains(sheet.text(), want) {
			t.Errorf("no %q in %s", want, sheet.text())
		}
	}
	if p := sheet.header.Get("Content-Security-Policy"); !strings.Contains(p, "frame-src 'self' ") {
		t.Errorf("the policy %s lets no frame in", p)
	}
	frame := first(sheet.doc, func(n *html.Node) bool { return n.Data == "iframe" })
	if frame == nil || !has(frame, "sandbox") || strings.Contains(attr(frame, "sandbox"), "scripts") {
		t.Fatalf("the frame is %+v", frame)
	}
	inside := p.get(attr(frame, "src"))
	if p := inside.header.Get("Content-Security-Policy"); !strings.HasPrefix(p, "sandbox ") || strings.Contains(p, "script") || !strings.Contains(inside.body, "<em>you</em>") {
		t.Errorf("under %s it says %s", p, inside.body)
	}
	file := p.get(sheet.link("Nötiz.html"))
	if file.body != "<script>1</script>" || file.header.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(file.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the file is %v %q", file.header, file.body)
	}
	if pg := p.get(strings.Replace(sheet.link("Nötiz.html"), "/1", "/2", 1)); pg.status != 404 {
		t.Errorf("a file that is not there: %d", pg.status)
	}
}

// Without a key there is no such page, in debug mode neither.
func TestNoKeptMailWithoutAKey(t *testing.T) {
	h := open(t, map[string]string{"keeper.yml": keeper}, withDebug)
	for _, at := range []string{"/dev/mail", "/dev/mail?key="} {
		if pg := h.visit().get(at); pg.status != 404 || strings.Contains(pg.text(), "prints when it starts") {
			t.Errorf("%s: %d %s", at, pg.status, pg.text())
		}
	}
}
