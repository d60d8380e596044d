package handlers_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"colloquy/engine/config"
	"colloquy/engine/outside/mail/mailtest"
	"colloquy/engine/ports"
	"colloquy/engine/run"
)

// three sends one mail to three people.
const three = `
mandatory: True
code: |
  go
  send_email(to=['a@example.com', 'b@example.com', 'c@example.com'], subject='Gruenkohl', body='Pinkel', task='told')
  done
---
question: Go
field: go
---
event: done
question: Done
subquestion: |
  It is ${ email_delivery_status('told') }.
  % for mail in email_delivery_status('told', details=True):
  Refused: ${ comma_and_list(mail['refused']) }.
  % endfor
`

// withPost has mail leave over a scripted server.
func withPost(server *mailtest.Server) option {
	return func(p *plans) {
		p.jobs = true
		p.config.Mail = []config.Mail{{Name: "default", Server: server.Host, Port: server.Port, TLS: config.TLSNone, DefaultSender: "house@example.com"}}
	}
}

// effects lists the mails with their states, as an administrator would.
func (h *house) effects() []run.Effect {
	h.t.Helper()
	return must(h.store.Effects(h.t.Context(), run.Wanted{Kind: ports.KindMail}))(h.t)
}

// settle waits until the one mail is in a state.
func (h *house) settle(state string) run.Effect {
	h.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		all := h.effects()
		if len(all) == 1 && all[0].State == state {
			return all[0]
		}
		if time.Now().After(deadline) {
			h.t.Fatalf("the mails are %+v, want one that is %s\n%s", all, state, h.log)
		}
	}
}

func code(n, x, y int) error {
	return &smtp.SMTPError{Code: n, EnhancedCode: smtp.EnhancedCode{n / 100, x, y}, Message: "on account of hunter2"}
}

// Whatever a mail server does, nothing is lost, everybody gets what the server
// takes for them, nobody a second copy unless a server broke off, and the state
// can be seen.
func TestMailSurvivesFaults(t *testing.T) {
	perhaps := func(bad bool, err error) error {
		if bad {
			return err
		}
		return nil
	}
	everybody := []string{"a@example.com", "b@example.com", "c@example.com"}
	for _, tt := range []struct {
		name     string
		script   func(*mailtest.Server)
		state    string
		class    string // of what went wrong in the end
		logged   string // of what went wrong on the way
		attempts int
		got      [][]string
		told     string
	}{
		{"nothing", func(*mailtest.Server) {}, run.EffectDelivered, "", "", 1, [][]string{everybody}, "It is sent. Refused: ."},
		{"down for the first two attempts", func(s *mailtest.Server) { s.Greet = func(n int) bool { return n > 2 } },
			run.EffectDelivered, "", "reason=connect", 3, [][]string{everybody}, "It is sent."},
		{"slow", func(s *mailtest.Server) {
			s.Take = func(n int, _ mailtest.Letter) error {
				if n == 1 {
					time.Sleep(3 * time.Second)
				}
				return nil
			}
		}, run.EffectDelivered, "", `reason="took too long"`, 2, [][]string{everybody, everybody}, "It is sent."},
		{"hangs up in the middle of DATA", func(s *mailtest.Server) { s.HangUp = func(n int) bool { return n == 1 } },
			run.EffectDelivered, "", "reason=conversation", 2, [][]string{everybody}, "It is sent."},
		{"refuses one of three", func(s *mailtest.Server) {
			s.Refuse = func(to string) error { return perhaps(to == "b@example.com", code(550, 1, 1)) }
		}, run.EffectDelivered, "refused for some", "", 1, [][]string{{"a@example.com", "c@example.com"}}, "It is partly sent. Refused: b@example.com."},
		{"greylists everybody", func(s *mailtest.Server) {
			asked := 0
			s.Refuse = func(string) error { asked++; return perhaps(asked <= 3, code(450, 7, 1)) }
		}, run.EffectDelivered, "", `reason="recipients 450 4.7.1"`, 2, [][]string{everybody}, "It is sent."},
		{"greylists one of three", func(s *mailtest.Server) {
			asked := 0
			s.Refuse = func(to string) error {
				asked++
				return perhaps(to == "b@example.com" && asked <= 3, code(450, 7, 1))
			}
		}, run.EffectDelivered, "", `reason="recipients 450 4.7.1"`, 2, [][]string{{"a@example.com", "c@example.com"}, {"b@example.com"}}, "It is sent."},
		{"refuses everybody", func(s *mailtest.Server) { s.Refuse = func(string) error { return code(550, 1, 1) } },
			run.EffectFailed, "the mail server refused the mail (recipients 550 5.1.1)", "could not be delivered", 1, nil, "It is failed. Refused: a@example.com, b@example.com, and c@example.com."},
		{"refuses what it says", func(s *mailtest.Server) { s.Take = func(int, mailtest.Letter) error { return code(554, 7, 1) } },
			run.EffectFailed, "the mail server refused the mail (content 554 5.7.1)", "could not be delivered", 1, nil, "It is failed."},
		{"is never there", func(s *mailtest.Server) { s.Greet = func(int) bool { return false } },
			run.EffectFailed, "connect", "could not be delivered", 5, nil, "It is failed."},
	} {
		t.Run(strings.ReplaceAll(tt.name, " ", "_"), func(t *testing.T) {
			t.Parallel()
			server := mailtest.Start(t, nil, false)
			tt.script(server)
			h := open(t, map[string]string{"three.yml": three}, withPost(server))
			p := h.visit()
			p.begin("three.yml").answer().wants("Done")
			e := h.settle(tt.state)
			if e.Class != tt.class || e.Attempts != tt.attempts {
				t.Errorf("%d attempts, %q; want %d, %q", e.Attempts, e.Class, tt.attempts, tt.class)
			}
			server.Wait(t, len(tt.got)) // one that was slow comes after its repeat
			var got [][]string
			ids := map[string]bool{}
			for _, l := range server.Letters() {
				got = append(got, l.To)
				ids[mailtest.Open(t, l.Data).Head.Get("Message-ID")] = true
			}
			if !reflect.DeepEqual(got, tt.got) || len(got) > 0 && len(ids) != 1 {
				t.Errorf("it came to %v as %v, want %v", got, ids, tt.got)
			}
			if told := p.get(address("three.yml")).text(); !strings.Contains(told, tt.told) {
				t.Errorf("the author is told %q, want %q", told, tt.told)
			}
			log := h.log.String()
			if !strings.Contains(log, tt.logged) {
				t.Errorf("the log does not say %s:\n%s", tt.logged, log)
			}
			for _, secret := range append(slices.Clone(everybody), "hunter2", "Gruenkohl", "Pinkel") {
				if strings.Contains(log, secret) {
					t.Errorf("the log tells %s", secret)
				}
			}
		})
	}
}

// What was given up can be tried again once the administrator has mended it.
func TestMailIsTriedAgainByHand(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		server := mailtest.Start(t, nil, false)
		down := true
		server.Refuse = func(string) error {
			if down {
				return code(550, 7, 0)
			}
			return nil
		}
		h := openAt(t, db, map[string]string{"three.yml": three}, withPost(server))
		p := h.visit()
		p.begin("three.yml").answer().wants("Done")
		e := h.settle(run.EffectFailed)
		down = false
		check(t, h.store.RetryEffect(t.Context(), e.Key, time.Now()))
		h.settle(run.EffectDelivered)
		if n := len(server.Wait(t, 1)); n != 1 {
			t.Errorf("%d mails", n)
		}
		if told := p.get(address("three.yml")).text(); !strings.Contains(told, "It is sent.") {
			t.Errorf("the author is told %q", told)
		}
	})
}

// With immediate delivery send_email() tells what the server said.
func TestImmediateMail(t *testing.T) {
	for _, tt := range []struct {
		name   string
		script func(*mailtest.Server)
		told   string
		mails  int
	}{
		{"taken", func(*mailtest.Server) {}, "True 1 sent", 1},
		{"refused", func(s *mailtest.Server) { s.Refuse = func(string) error { return code(550, 1, 1) } }, "False 0 None", 0},
		{"down", func(s *mailtest.Server) { s.Greet = func(int) bool { return false } }, "False 0 None", 0},
		{"refused for one", func(s *mailtest.Server) {
			s.Refuse = func(to string) error { return map[bool]error{true: code(550, 1, 1)}[to == "b@example.com"] }
		}, "True 1 partly sent", 1},
	} {
		t.Run(strings.ReplaceAll(tt.name, " ", "_"), func(t *testing.T) {
			server := mailtest.Start(t, nil, false)
			tt.script(server)
			h := open(t, map[string]string{"now.yml": `
mandatory: True
code: |
  sent = send_email(to=['a@example.com', 'b@example.com'], subject='Now', body='x', task='told')
  done
---
event: done
question: Done
subquestion: |
  It is ${ repr(sent) } ${ times_task_performed('told') } ${ email_delivery_status('told') }.
`}, withPost(server), set(func(c *config.Config) { c.Mail[0].Immediate = true }))
			p := h.visit()
			p.begin("now.yml")
			for range 3 {
				if got := p.get(address("now.yml")).text(); !strings.Contains(got, "It is "+tt.told+".") {
					t.Errorf("told %q, want %q", got, tt.told)
				}
			}
			if n := len(server.Letters()); n != tt.mails || h.count("effects") != 0 {
				t.Errorf("%d mails, %s", n, h.counts())
			}
		})
	}
}

// Without a mail server nothing is promised, and the log says why.
func TestMailWithoutAServer(t *testing.T) {
	h := open(t, map[string]string{"none.yml": "mandatory: True\nquestion: |\n  It is ${ send_email(to='a@example.com', body='x') }\n"},
		set(func(c *config.Config) { c.Mail = nil }))
	h.visit().begin("none.yml").wants("It is False")
	if log := h.log.String(); !strings.Contains(log, "send_email: no mail server is configured (mail); nothing was sent") {
		t.Errorf("the log says\n%s", log)
	}
	if got := fmt.Sprint(h.count("effects")); got != "0" {
		t.Errorf("%s effects", got)
	}
}

// A background action sends its mail once, though it is done over when its
// worker dies, and so does the action that stores its response.
func TestMailFromTheBackground(t *testing.T) {
	server := mailtest.Start(t, nil, false)
	h := open(t, map[string]string{"task.yml": `
mandatory: True
code: |
  task
  if not task.ready():
    busy
  finished
---
code: |
  task = background_action('work', None)
---
event: work
code: |
  sent = send_email(to='a@example.com', subject='From the task', body='x')
  background_response_action('store', sent=sent)
---
event: store
code: |
  sent = action_argument('sent')
  send_email(to='b@example.com', subject='From the response', body='x')
  background_response()
---
event: busy
question: Busy
reload: True
---
event: finished
question: Finished ${ sent }
`}, withPost(server), withWorkers)
	p := h.visit()
	pg := p.begin("task.yml")
	for deadline := time.Now().Add(15 * time.Second); pg.heading() != "Finished True" && time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		pg = p.get(address("task.yml"))
	}
	pg.wants("Finished True")
	var subjects []string
	for _, l := range server.Wait(t, 2) {
		subjects = append(subjects, mailtest.Open(t, l.Data).Subject)
	}
	slices.Sort(subjects)
	p.get(address("task.yml")).wants("Finished True")
	if want := []string{"From the response", "From the task"}; !reflect.DeepEqual(subjects, want) || len(h.effects()) != 2 {
		t.Errorf("the mails are %v, want %v; %+v", subjects, want, h.effects())
	}
}
