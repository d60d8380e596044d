package words_test

import (
	"testing"

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
		{"send_email(to=[crowd, 'zoe@example.org\\nBcc: x@y.org'], cc=ann, sender='me@example.org', subject='a\\nb', body='Hello', task='mailed', attachments=[bill, bill])", "True"},
		{"times_task_performed('mailed')", "1"},
		{"send_email(to=[crowd, 'zoe@example.org\\nBcc: x@y.org'], cc=ann, body='Hello', task='mailed')", "True"},
		{"times_task_performed('mailed')", "1"},
	})
	if len(s.outcome.Effects) != 1 || s.outcome.Effects[0].Kind != ports.KindMail || s.outcome.Effects[0].Key != "key of send_email" {
		t.Fatalf("the effects are %+v", s.outcome.Effects)
	}
	m := s.mail()
	want := []string{`"Ann Q Ox" <ann@example.org>`, "bob@example.org", "zoe@example.org Bcc: x@y.org"}
	for i, w := range want {
		if i >= len(m.To) || m.To[i] != w {
			t.Errorf("recipients are %q, want %q", m.To, want)
			break
		}
	}
	if len(m.Cc) != 1 || m.From != "me@example.org" || m.Subject != "a b" || m.Text != "Hello" || m.HTML != "" || m.Key != "key of send_email" {
		t.Errorf("the mail is %+v", m)
	}
	if len(m.Attachments) != 2 || m.Attachments[0].Name != "bill.txt" || m.Attachments[1].Name != "bill_001.txt" || string(m.Attachments[0].Data) != "5 dollars" {
		t.Errorf("the attachments are %+v", m.Attachments)
	}
}

func TestSendEmailWithoutSending(t *testing.T) {
	s := open(t)
	s.must("ann = Individual('ann')\n0")
	s.table([][2]string{
		{"send_email(to='a@example.org', body='x', dry_run=True)", "False"}, {"send_email(to=[], body='x')", "False"}, {"send_email(to=None, body='x')", "False"},
		{"send_email(to='', body='x')", "False"}, {"send_email(to=ann, body='x')", "wants ann.email"}, {"send_email(to='a@example.org', body=pear)", "wants pear"},
		{"send_email(to='a@example.org', body='x', attachments=[5])", "False"},
	})
	if len(s.outcome.Effects) != 0 {
		t.Errorf("the effects are %+v", s.outcome.Effects)
	}
}

func TestSendEmailWithTemplate(t *testing.T) {
	s := open(t)
	s.answers.Set("name", python.NewStr("Ann"))
	s.answers.Set("typed", python.Outside("<i>"))
	s.must("t = DATemplate('t', subject='Hi', content='*Dear* ' + name)\n0")
	s.must("send_email(to='a@example.org', template=t)\n0")
	if m := s.mail(); m.Subject != "Hi" || m.HTML != "<html><body><p>*Dear* Ann</p></body></html>" || m.Text != "Dear Ann" {
		t.Errorf("the mail is %+v", m)
	}
	delete(s.journal, "send_email")
	s.must("send_email(to='a@example.org', template=t, subject='Own', body='Own body', html='<b>' + typed + '</b>', config='second')\n0")
	if m := s.mail(); m.Subject != "Own" || m.HTML != "<b>&lt;i&gt;</b>" || m.Text != "Own body" || m.Config != "second" {
		t.Errorf("the mail is %+v", m)
	}
}
