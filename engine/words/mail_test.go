package words_test

import (
	"reflect"
	"strings"
	"testing"

	"colloquy/engine/evaluation"
	"colloquy/engine/ports"
	"colloquy/engine/python"
)

// mail is the last mail that was asked for.
func (s *session) mail() ports.Mail {
	s.t.Helper()
	effects := s.outcome.Effects
	if len(effects) == 0 {
		s.t.Fatal("no mail was asked for")
	}
	m, err := ports.DecodeMail(effects[len(effects)-1].Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return m
}

func TestSendEmail(t *testing.T) {
	s := open(t)
	s.must(`
ann = Individual('ann')
ann.name.first = 'Ann "Q"'
ann.name.last = 'Ox'
ann.email = 'ann@example.org'
crowd = DAList('crowd', elements=[ann, None, 'bob@example.org'], gathered=True, there_are_any=True)
bill = DAFile('bill', filename='bill.txt', content='5 dollars')
0`)
	s.table([][2]string{
		{"send_email(to=[crowd, 'Zoë <zoe@bücher.example>'], cc=ann, sender=['me@example.org', 'x'], subject='a\\nb', body='Hello', task='mailed', attachments=[bill, bill])", "False"},
		{"send_email(to=[crowd, 'Zoë <zoe@bücher.example>'], cc=ann, sender='me@example.org', subject='a\\nb', body='Hello', task='mailed', attachments=[bill, bill])", "True"},
		{"times_task_performed('mailed')", "1"},
		{"send_email(to=[crowd, 'zoe@example.org'], cc=ann, body='Hello', task='mailed')", "True"},
		{"times_task_performed('mailed')", "1"},
	})
	if len(s.outcome.Effects) != 1 || s.outcome.Effects[0].Kind != ports.KindMail || !strings.HasPrefix(s.outcome.Effects[0].Key, "key of send_email ") {
		t.Fatalf("the effects are %+v", s.outcome.Effects)
	}
	m := s.mail()
	if want := []string{`"Ann Q Ox" <ann@example.org>`, "bob@example.org", `"Zoë" <zoe@xn--bcher-kva.example>`}; !reflect.DeepEqual(m.To, want) {
		t.Errorf("recipients are %q, want %q", m.To, want)
	}
	if len(m.Cc) != 1 || m.From != "me@example.org" || m.Subject != "a b" || m.Text != "Hello" || m.HTML != "<html><body>Hello</body></html>" ||
		m.Key != s.outcome.Effects[0].Key || !m.Date.Equal(s.now) {
		t.Errorf("the mail is %+v", m)
	}
	if len(m.Attachments) != 2 || m.Attachments[0].Name != "bill.txt" || m.Attachments[1].Name != "bill_001.txt" || string(m.Attachments[0].Data) != "5 dollars" {
		t.Errorf("the attachments are %+v", m.Attachments)
	}
}

func TestRecipients(t *testing.T) {
	s := open(t)
	s.must(`
ann = Individual('ann')
ann.name.first = 'Ann'
ann.email = 'ann@example.org'
friends = DASet('friends', elements={'bob@example.org'}, gathered=True, there_are_any=True)
office = DAEmailRecipient('office', name='The \\"Office\\"\r\n, Ltd', address='office@example.org')
staff = DAEmailRecipientList('staff', [{'name': 'Cy', 'address': 'cy@example.org'}, {'name': '', 'address': 'di@example.org'}])
staff.gathered = True
court = Person('court')
court.name.text = 'The Court'
court.email = 'court@example.org'
nobody = DAEmpty('nobody')
0`)
	s.must("send_email(to=[ann, friends, (office, staff), court, nobody, None, ''], body='x')")
	want := []string{`"Ann" <ann@example.org>`, "bob@example.org", `"The Office, Ltd" <office@example.org>`, `"Cy" <cy@example.org>`,
		"di@example.org", `"The Court" <court@example.org>`}
	if m := s.mail(); !reflect.DeepEqual(m.To, want) {
		t.Errorf("recipients are %q, want %q", m.To, want)
	}
}

// Somebody who goes back and changes an answer has another mail sent, with a
// key of its own; the same mail has the same key.
func TestKeyOfAMail(t *testing.T) {
	keys := map[string]string{}
	for name, code := range map[string]string{
		"one": "send_email(to='a@example.org', body='Hello')", "again": "send_email(to='a@example.org', body='Hello')",
		"other address": "send_email(to='b@example.org', body='Hello')", "other body": "send_email(to='a@example.org', body='Hallo')",
	} {
		s := open(t)
		s.must(code)
		keys[name] = s.outcome.Effects[0].Key
	}
	if keys["one"] != keys["again"] || keys["one"] == keys["other address"] || keys["one"] == keys["other body"] {
		t.Errorf("the keys are %v", keys)
	}
}

func TestSendEmailWithoutSending(t *testing.T) {
	s := open(t)
	s.must("ann = Individual('ann')\nbob = Individual('bob')\nbob.email = ''\nbob.name.first = 'Bob'\n0")
	for _, tt := range []struct{ code, want, log string }{
		{"send_email(to='a@example.org', body='x', dry_run=True)", "False", ""},
		{"send_email(to='a@example.org', body=pear, dry_run=True)", "wants pear", ""},
		{"send_email(to=[], body='x')", "False", "there is no recipient"},
		{"send_email(to=None, body='x')", "False", "there is no recipient"},
		{"send_email(to='', cc='a@example.org', body='x')", "False", "there is no recipient"},
		{"send_email(to=[bob, ''], body='x')", "False", "there is no recipient"},
		{"send_email(to=ann, body='x')", "wants ann.email", ""},
		{"send_email(to='a@example.org', body=pear)", "wants pear", ""},
		{"send_email(to='hunter2', body='x')", "False", "an address in to is malformed; nothing was sent"},
		{"send_email(to='zoe@example.org\\nBcc: x@y.org', body='x')", "False", "an address in to is malformed; nothing was sent"},
		{"send_email(to='a@example.org', bcc=['b@example.org', 'x y'], body='x')", "False", "an address in bcc is malformed; nothing was sent"},
		{"send_email(to='a@example.org', sender='me', body='x')", "False", "an address in sender is malformed; nothing was sent"},
		{"send_email(to='a@example.org', reply_to='me', body='x')", "False", "an address in reply_to is malformed; nothing was sent"},
		{"send_email(to='a@example.org', body='x', attachments=[5])", "False", "an attachment is missing or is no file; nothing was sent"},
		{"send_email(to='a@example.org', body='x', attachments='data/static/none.pdf')", "False", "an attachment is missing or is no file; nothing was sent"},
		{"send_email(to='a@example.org', body='x', config='bare')", "False", "there is no sender, and the mail configuration has no default sender"},
	} {
		s.outcome.Logs = nil
		if got := s.said(tt.code); got != tt.want {
			t.Errorf("%s gives %s, want %s", tt.code, got, tt.want)
		}
		if got := strings.Join(s.outcome.Logs, "|"); got != "" && got != "send_email: "+tt.log || got == "" && tt.log != "" {
			t.Errorf("%s logs %q, want %q", tt.code, got, tt.log)
		}
	}
	s.noMail = true
	s.outcome.Logs = nil
	if got := s.said("send_email(to='a@example.org', body='x')"); got != "False" || s.outcome.Logs[0] != "send_email: no mail server is configured (mail); nothing was sent" {
		t.Errorf("without a server: %s, logs %q", got, s.outcome.Logs)
	}
	if got := s.said("send_email(to='a@example.org', body=pear)"); got != "wants pear" { // as with a server
		t.Errorf("without a server: %s", got)
	}
	if len(s.outcome.Effects) != 0 {
		t.Errorf("the effects are %+v", s.outcome.Effects)
	}
}

func TestMailConfigurationIsChosen(t *testing.T) {
	for _, tt := range []struct{ argument, metadata, want, log string }{
		{"", "", "", ""}, {"second", "", "second", ""}, {"", "second", "second", ""}, {"second", "third", "second", ""},
		{"third", "second", "", `send_email: there is no mail configuration called "third"; the default one is used`},
	} {
		s := open(t)
		if tt.metadata != "" {
			s.metadata.SetStr("email config", python.NewStr(tt.metadata))
		}
		argument := ""
		if tt.argument != "" {
			argument = ", config='" + tt.argument + "'"
		}
		s.must("send_email(to='a@example.org', body='x'" + argument + ")")
		if got, log := s.mail().Config, strings.Join(s.outcome.Logs, "|"); got != tt.want || log != tt.log {
			t.Errorf("%+v: got %q, log %q", tt, got, log)
		}
	}
}

func TestWhatAMailSays(t *testing.T) {
	for _, tt := range []struct{ name, args, subject, text, html string }{
		{"template", "template=t", "Hi", "Dear Ann", "<html><body><p>*Dear* Ann</p></body></html>"},
		{"template, own subject", "template=t, subject='Own'", "Own", "Dear Ann", "<html><body><p>*Dear* Ann</p></body></html>"},
		{"template, own body", "template=t, body='Own body'", "Hi", "Own body", "<html><body><p>*Dear* Ann</p></body></html>"},
		{"template, own html", "template=t, html='<b>' + typed + '</b>'", "Hi", "Dear Ann", "<b>&lt;i&gt;</b>"},
		{"all of one's own", "template=t, subject='Own', body='Own body', html='<b>x</b>'", "Own", "Own body", "<b>x</b>"},
		{"body", "body='Hello'", "", "Hello", "<html><body>Hello</body></html>"},
		{"body of several lines", "body='Hello\\nAnn\\n'", "", "Hello\nAnn\n", "<html><body>Hello<br>\nAnn</body></html>"},
		{"body in HTML", "body='<p>Hello\\nAnn</p>'", "", "<p>Hello\nAnn</p>", "<html><body><p>Hello\nAnn</p></body></html>"},
		{"body with what was typed", "body='Hello ' + typed", "", "Hello <i>", "<html><body>Hello &lt;i&gt;</body></html>"},
		{"html", "html='<p>Hello <b>Ann</b></p>'", "", "Hello Ann", "<p>Hello <b>Ann</b></p>"},
		{"body and html", "body='Hello', html='<p>Hi</p>'", "", "Hello", "<p>Hi</p>"},
		{"nothing", "subject='Only'", "Only", "", ""},
		{"picture", "template=p", "", "x", `<html><body><p><img src="http://localhost/packagestatic/x.png" href="//other/y"></p></body></html>`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t)
			s.answers.Set("name", python.NewStr("Ann"))
			s.answers.Set("typed", python.Outside("<i>"))
			s.must(`
t = DATemplate('t', subject='Hi', content='*Dear* ' + name)
p = DATemplate('p', subject='', content='<img src="/packagestatic/x.png" href="//other/y">')
0`)
			s.must("send_email(to='a@example.org', " + tt.args + ")\n0")
			m := s.mail()
			if tt.name == "picture" {
				m.Text = "x" // how Markdown becomes text is tested elsewhere
			}
			if m.Subject != tt.subject || m.Text != tt.text || m.HTML != tt.html {
				t.Errorf("subject %q\ntext %q\nHTML %q\nwant %q\n%q\n%q", m.Subject, m.Text, m.HTML, tt.subject, tt.text, tt.html)
			}
		})
	}
}

func TestAttachments(t *testing.T) {
	for _, tt := range []struct{ code, want string }{
		{"DAFile('f', number=7, filename='scan.png')", "scan.png image/png \x00\xff\a"},
		{"[DAFile('f', number=7, filename='a.b.png'), DAFile('g', number=7, filename='a.b.png')]", "a.b.png image/png \x00\xff\a|a.b_001.png image/png \x00\xff\a"},
		{"DAFileList('l', elements=[DAFile('f', number=7, filename='x.bin'), DAFile('g', filename='y.txt', content='é')], gathered=True, there_are_any=True)",
			"x.bin application/octet-stream \x00\xff\a|y.txt text/plain \u00e9"},
		{"DAStaticFile('s', filename='docassemble.demo:data/static/paper.pdf')", "paper.pdf application/pdf %PDF"},
		{"'docassemble.demo:data/static/paper.pdf'", "paper.pdf application/pdf %PDF"},
		{"['docassemble.demo:data/static/paper.pdf', DAFile('f', number=8, filename='gone.png')]", ""},
		{"'docassemble.demo:data/static/none.pdf'", ""},
		{"collection", "c.md text/markdown *x*"},
		{"5", ""}, {"[None]", "none"}, {"None", "none"}, {"[]", "none"},
	} {
		s := open(t)
		s.must("collection = DAFileCollection('collection')\ncollection.initializeAttribute('md', DAFile, filename='c.md', content='*x*')\n0")
		want := "True"
		if tt.want == "" {
			want = "False"
		}
		if got := s.said("send_email(to='a@example.org', body='x', attachments=" + tt.code + ")"); got != want {
			t.Errorf("%s: %s, want %s", tt.code, got, want)
			continue
		}
		if tt.want == "" {
			continue
		}
		var got []string
		for _, a := range s.mail().Attachments {
			got = append(got, a.Name+" "+a.Type+" "+string(a.Data))
		}
		if g := strings.Join(got, "|"); g != tt.want && (g != "" || tt.want != "none") {
			t.Errorf("%s: %q, want %q", tt.code, g, tt.want)
		}
	}
}

func TestImmediateDelivery(t *testing.T) {
	s := open(t)
	s.immediate = true
	s.failure = &ports.Undeliverable{Reason: "the mail server refused the mail"}
	s.table([][2]string{{"send_email(to='a@example.org', body='x', task='a')", "False"}, {"task_performed('a')", "False"}, {"email_delivery_status('a')", "None"}})
	if len(s.sent) != 1 || len(s.outcome.Effects) != 0 || s.outcome.Logs[0] != "send_email: the mail server refused the mail; nothing was sent" {
		t.Errorf("sent %d, effects %v, logs %q", len(s.sent), s.outcome.Effects, s.outcome.Logs)
	}
	delete(s.journal, "send_email")
	s.failure, s.receipt = nil, ports.Receipt{Taken: []string{"a@example.org"}, Refused: []ports.Refusal{{Address: "b@example.org"}}}
	s.table([][2]string{
		{"send_email(to=['a@example.org', 'b@example.org'], body='x', task='a')", "True"}, {"task_performed('a')", "True"},
		{"email_delivery_status('a')", "'partly sent'"}, {"email_delivery_status(details=True)[0]['refused']", "['b@example.org']"},
	})
}

func TestEmailDeliveryStatus(t *testing.T) {
	s := open(t)
	send := func(task, to string) {
		delete(s.journal, "send_email")
		s.must("send_email(to='" + to + "', body='x', task='" + task + "')")
	}
	send("first", "a@example.org")
	send("first", "b@example.org")
	send("second", "c@example.org")
	s.table([][2]string{{"email_delivery_status('first')", "'waiting'"}, {"email_delivery_status()", "'waiting'"}, {"email_delivery_status('third')", "None"}})
	s.fates = map[string]evaluation.Fate{}
	for i, e := range s.outcome.Effects {
		s.fates[e.Key] = []evaluation.Fate{{State: evaluation.FateSent, Attempts: 1}, {State: evaluation.FatePartly, Attempts: 2, Refused: []string{"b@example.org"}}, {State: evaluation.FateFailed, Attempts: 12}}[i]
	}
	s.table([][2]string{
		{"email_delivery_status('first')", "'partly sent'"}, {"email_delivery_status('second')", "'failed'"}, {"email_delivery_status()", "'failed'"},
		{"email_delivery_status('first', details=True)", "[{'recipients': ['a@example.org'], 'status': 'sent', 'refused': [], 'attempts': 1}, " +
			"{'recipients': ['b@example.org'], 'status': 'partly sent', 'refused': ['b@example.org'], 'attempts': 2}]"},
	})
}
