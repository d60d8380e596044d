package mail_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"colloquy/engine/config"
	"colloquy/engine/outside/mail"
	"colloquy/engine/outside/mail/mailtest"
	"colloquy/engine/ports"
)

var three = []string{"a@example.org", "b@example.org", "c@example.org"}

// says makes an answer of the server.
func says(code, x, y int) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, x, y}, Message: "because of hunter2"}
}

// onlyB refuses one of three.
func onlyB(err error) func(string) error {
	return func(to string) error {
		if to == "b@example.org" {
			return err
		}
		return nil
	}
}

func TestEachRecipientHasAnAnswerOfHisOwn(t *testing.T) {
	for _, tt := range []struct {
		name    string
		answer  error
		want    ports.Receipt
		failure string
	}{
		{"unknown", says(550, 1, 1), ports.Receipt{Taken: []string{"a@example.org", "c@example.org"},
			Refused: []ports.Refusal{{Address: "b@example.org", Code: 550, Extra: "5.1.1"}}}, ""},
		{"greylisted", says(450, 7, 1), ports.Receipt{Taken: []string{"a@example.org", "c@example.org"},
			Deferred: []ports.Refusal{{Address: "b@example.org", Code: 450, Extra: "4.7.1"}}}, "mail not taken: recipients 450 4.7.1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := mailtest.Start(t, nil, false)
			server.Refuse = onlyB(tt.answer)
			got, err := mail.New([]config.Mail{at(server, config.TLSNone)}, clock()).Send(context.Background(), ports.Mail{To: three, Key: "k"})
			if !reflect.DeepEqual(got, tt.want) || fmt.Sprint(err) != tt.failure && (err != nil || tt.failure != "") {
				t.Errorf("got %+v, %v\nwant %+v, %s", got, err, tt.want, tt.failure)
			}
			letter := server.Wait(t, 1)[0]
			if !reflect.DeepEqual(letter.To, []string{"a@example.org", "c@example.org"}) {
				t.Errorf("it went to %v", letter.To)
			}
			if to, err := read(t, letter).Header.AddressList("To"); err != nil || len(to) != 3 {
				t.Errorf("the head names %v, %v; want all three", to, err)
			}
		})
	}
}

func TestWhoHasItGetsNoSecondCopy(t *testing.T) {
	server := mailtest.Start(t, nil, false)
	sender := mail.New([]config.Mail{at(server, config.TLSNone)}, clock())
	m := ports.Mail{To: three, Key: "k", Settled: []string{"a@example.org", "c@example.org"}}
	if _, err := sender.Send(context.Background(), m); err != nil {
		t.Fatal(err)
	}
	if got := server.Wait(t, 1)[0].To; !reflect.DeepEqual(got, []string{"b@example.org"}) {
		t.Errorf("it went to %v", got)
	}
	m.Settled = three
	if _, err := sender.Send(context.Background(), m); err != nil || len(server.Letters()) != 1 {
		t.Errorf("%v, %d letters", err, len(server.Letters()))
	}
}

func TestConnectionsAreUsedAgain(t *testing.T) {
	server := mailtest.Start(t, nil, false)
	server.Password = "right"
	c := at(server, config.TLSNone)
	c.Username, c.Password = "ada", "right"
	sender := mail.New([]config.Mail{c}, clock())
	defer sender.Close()
	for i := range 10 {
		if i == 5 { // a refusal in between ends nothing
			server.Refuse = func(to string) error { return says(550, 1, 1) }
		} else {
			server.Refuse = nil
		}
		if _, err := sender.Send(context.Background(), ports.Mail{To: three, Key: "k"}); (err != nil) != (i == 5) {
			t.Fatal(err)
		}
	}
	if n := server.Connections(); n != 1 || len(server.Letters()) != 9 {
		t.Errorf("%d connections for %d mails", n, len(server.Letters()))
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := sender.Send(context.Background(), ports.Mail{To: three, Key: "k"}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, l := range server.Wait(t, 29) {
		if l.User != "ada" {
			t.Errorf("a mail came without signing in: %+v", l)
		}
	}
}

// A server may end a connection while nobody uses it.
func TestAConnectionThatIsGoneIsReplaced(t *testing.T) {
	server := mailtest.Start(t, nil, false)
	sender := mail.New([]config.Mail{at(server, config.TLSNone)}, clock())
	for n := range 3 {
		if _, err := sender.Send(context.Background(), ports.Mail{To: three, Key: "k"}); err != nil {
			t.Fatal(err)
		}
		server.Part()
		if got := server.Connections(); got != n+1 {
			t.Errorf("%d connections after %d", got, n+1)
		}
	}
}

func TestFaultsThatPass(t *testing.T) {
	for _, tt := range []struct {
		name  string
		fault func(*mailtest.Server)
		class string
	}{
		{"down at first", func(s *mailtest.Server) {
			s.Greet = func(n int) bool { return n > 1 }
		}, "connect"},
		{"hangs up in the middle", func(s *mailtest.Server) { s.HangUp = func(n int) bool { return n == 1 } }, "conversation"},
		{"hangs up at the end", func(s *mailtest.Server) {
			s.Take = func(n int, _ mailtest.Letter) error { return map[bool]error{true: mailtest.ErrHangUp}[n == 1] }
		}, "conversation"},
		{"busy", func(s *mailtest.Server) {
			s.Take = func(n int, _ mailtest.Letter) error { return map[bool]error{true: says(451, 3, 0)}[n == 1] }
		}, "content 451 4.3.0"},
		{"slow", func(s *mailtest.Server) {
			s.Take = func(n int, _ mailtest.Letter) error {
				if n == 1 {
					time.Sleep(time.Second)
				}
				return nil
			}
		}, "took too long"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := mailtest.Start(t, nil, false)
			tt.fault(server)
			sender := mail.New([]config.Mail{at(server, config.TLSNone)}, clock(), mail.WithPatience(200*time.Millisecond))
			var f *mail.Failure
			_, err := sender.Send(context.Background(), ports.Mail{To: three, Key: "k"})
			if !errors.As(err, &f) || !strings.HasPrefix(f.Class(), tt.class) {
				t.Errorf("first: %v, want %s", err, tt.class)
			}
			if _, err := sender.Send(context.Background(), ports.Mail{To: three, Key: "k"}); err != nil {
				t.Errorf("second: %v", err)
			}
			for _, l := range server.Letters() {
				if id := read(t, l).Header.Get("Message-ID"); id != read(t, server.Letters()[0]).Header.Get("Message-ID") {
					t.Errorf("another Message-ID: %s", id)
				}
			}
		})
	}
}

func TestInternationalAddresses(t *testing.T) {
	server := mailtest.Start(t, nil, false)
	sender := mail.New([]config.Mail{at(server, config.TLSNone)}, clock())
	m := ports.Mail{To: []string{`"Jürgen" <jürgen@bücher.example>`, "ada@bücher.example"}, Subject: "Grüße aus 東京", Key: "k"}
	if _, err := sender.Send(context.Background(), m); err != nil {
		t.Fatal(err)
	}
	l := server.Wait(t, 1)[0]
	if !reflect.DeepEqual(l.To, []string{"jürgen@xn--bcher-kva.example", "ada@xn--bcher-kva.example"}) {
		t.Errorf("it went to %v", l.To)
	}
	latin := mailtest.Start(t, nil, false)
	latin.LatinOnly()
	sender = mail.New([]config.Mail{at(latin, config.TLSNone)}, clock())
	_, err := sender.Send(context.Background(), m)
	var u *ports.Undeliverable
	if !errors.As(err, &u) || u.Reason != "the mail server takes only addresses in Latin letters (it has no SMTPUTF8)" {
		t.Errorf("got %v", err)
	}
	m.To = m.To[1:]
	if _, err := sender.Send(context.Background(), m); err != nil {
		t.Errorf("a domain in other letters: %v", err)
	}
}

func TestTooLarge(t *testing.T) {
	server := mailtest.Start(t, nil, false)
	sender := mail.New([]config.Mail{at(server, config.TLSNone)}, clock())
	_, err := sender.Send(context.Background(), ports.Mail{To: three, Attachments: []ports.Attachment{{Name: "a", Data: make([]byte, 10<<20)}}})
	var u *ports.Undeliverable
	if !errors.As(err, &u) || !strings.Contains(u.Reason, "larger than the 10485760 bytes") || server.Connections() != 1 {
		t.Errorf("got %v", err)
	}
}

func TestCancelled(t *testing.T) {
	server := mailtest.Start(t, nil, false)
	begun := make(chan struct{})
	server.Take = func(int, mailtest.Letter) error { close(begun); time.Sleep(time.Second); return nil }
	ctx, cancel := context.WithCancel(context.Background())
	go func() { <-begun; cancel() }()
	from := time.Now()
	_, err := mail.New([]config.Mail{at(server, config.TLSNone)}, clock()).Send(ctx, ports.Mail{To: three})
	if err == nil || err.Error() != "mail not taken: interrupted" || time.Since(from) > 900*time.Millisecond {
		t.Errorf("got %v after %v", err, time.Since(from))
	}
}

// What answers is no mail server.
func TestStrangeServer(t *testing.T) {
	web := httptest.NewServer(nil)
	defer web.Close()
	a := web.Listener.Addr().(*net.TCPAddr)
	c := config.Mail{Server: "127.0.0.1", Port: a.Port, TLS: config.TLSNone, DefaultSender: "a@b.org"}
	_, err := mail.New([]config.Mail{c}, clock(), mail.WithPatience(200*time.Millisecond)).Send(context.Background(), ports.Mail{To: three})
	var f *mail.Failure
	if !errors.As(err, &f) {
		t.Errorf("got %v", err)
	}
}

func TestWayToSignIn(t *testing.T) {
	server := mailtest.Start(t, nil, false)
	server.Password = "right"
	for way, want := range map[string]string{"": "<nil>", "PLAIN": "<nil>",
		"SCRAM-SHA-256": "mail not taken: sign in: the server offers no way that is configured"} {
		c := at(server, config.TLSNone)
		c.Username, c.Password, c.Auth = "ada", "right", way
		_, err := mail.New([]config.Mail{c}, clock()).Send(context.Background(), ports.Mail{To: three})
		if fmt.Sprint(err) != want {
			t.Errorf("%q: got %v, want %s", way, err, want)
		}
	}
}
