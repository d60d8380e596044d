package mail_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"mime"
	"net"
	netmail "net/mail"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"colloquy/engine/config"
	"colloquy/engine/outside/mail"
	"colloquy/engine/outside/mail/mailtest"
	"colloquy/engine/ports"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func clock() ports.Clock { return ports.ClockFunc(func() time.Time { return noon }) }

// at is a configuration for the test server.
func at(s *mailtest.Server, protection config.TLS) config.Mail {
	return config.Mail{Name: "default", Server: s.Host, Port: s.Port, TLS: protection, DefaultSender: `"Clinic" <no-reply@example.org>`}
}

func read(t *testing.T, l mailtest.Letter) *netmail.Message {
	t.Helper()
	m, err := netmail.ReadMessage(bytes.NewReader(l.Data))
	if err != nil {
		t.Fatalf("read mail: %v\n%s", err, l.Data)
	}
	return m
}

func TestWholeMailArrives(t *testing.T) {
	server := mailtest.Start(t, nil, false)
	sender := mail.New([]config.Mail{at(server, config.TLSNone)}, clock())
	_, err := sender.Send(context.Background(), ports.Mail{
		To: []string{`"Ada Lövelace" <ada@example.org>`}, Cc: []string{"cc@example.org"}, Bcc: []string{"bcc@example.org"},
		ReplyTo: "reply@example.org", Subject: "Grüße\r\nBcc: evil@example.org", Text: "Hello Ä\n.\nend", HTML: "<p>Hello Ä</p>",
		Headers:     []ports.Header{{Name: "X-Case", Value: "7\r\nX-Evil: 1"}},
		Attachments: []ports.Attachment{{Name: "../Vertrag ü.pdf", Type: "application/pdf", Data: []byte("%PDF")}, {Name: "x", Type: "bad type!"}},
		Key:         "session/1",
	})
	if err != nil {
		t.Fatal(err)
	}
	letter := server.Wait(t, 1)[0]
	if letter.From != "no-reply@example.org" || !reflect.DeepEqual(letter.To, []string{"ada@example.org", "cc@example.org", "bcc@example.org"}) {
		t.Errorf("envelope: from %s to %v", letter.From, letter.To)
	}
	m := read(t, letter)
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != "Grüße  Bcc: evil@example.org" {
		t.Errorf("subject %q, %v", subject, err)
	}
	to, err := m.Header.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Name != "Ada Lövelace" {
		t.Errorf("to %v, %v", to, err)
	}
	for name, want := range map[string]string{
		"From": `"Clinic" <no-reply@example.org>`, "Reply-To": "<reply@example.org>", "Cc": "<cc@example.org>", "Bcc": "", "X-Evil": "",
		"X-Case": "7  X-Evil: 1", "Date": "Mon, 23 Nov 2026 12:00:00 +0000", "Auto-Submitted": "auto-generated", "User-Agent": "",
	} {
		if got := m.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	got := mailtest.Open(t, server.Letters()[0].Data).Parts
	want := []mailtest.Part{
		{Kind: "text/plain", Name: "", Text: "Hello Ä\n.\nend"}, {Kind: "text/html", Name: "", Text: "<p>Hello Ä</p>"},
		{Kind: "application/pdf", Name: "Vertrag ü.pdf", Text: "%PDF"}, {Kind: "application/octet-stream", Name: "x", Text: ""},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("parts\n%q\nwant\n%q", got, want)
	}
}

func TestPlainMailHasOnePart(t *testing.T) {
	server := mailtest.Start(t, nil, false)
	sender := mail.New([]config.Mail{at(server, config.TLSOpportunist)}, clock())
	if _, err := sender.Send(context.Background(), ports.Mail{To: []string{"a@example.org"}, Text: "only text", Key: "k"}); err != nil {
		t.Fatal(err)
	}
	// A whole body ends with its last line.
	if got := mailtest.Open(t, server.Wait(t, 1)[0].Data).Parts; !reflect.DeepEqual(got, []mailtest.Part{{Kind: "text/plain", Name: "", Text: "only text\n"}}) {
		t.Errorf("got %q", got)
	}
}

func TestMessageIDIsStableAndTellsNothing(t *testing.T) {
	server := mailtest.Start(t, nil, false)
	sender := mail.New([]config.Mail{at(server, config.TLSNone)}, clock())
	for _, m := range []ports.Mail{{Key: "secret-session/1"}, {Key: "secret-session/1"}, {Key: "secret-session/2"}, {MessageID: "<given@example.org>"}} {
		m.To = []string{"a@example.org"}
		if _, err := sender.Send(context.Background(), m); err != nil {
			t.Fatal(err)
		}
	}
	var ids []string
	for _, l := range server.Wait(t, 4) {
		ids = append(ids, read(t, l).Header.Get("Message-ID"))
	}
	if ids[0] != ids[1] || ids[1] == ids[2] || ids[3] != "<given@example.org>" {
		t.Errorf("ids %v", ids)
	}
	if strings.Contains(ids[0], "secret") || !strings.HasSuffix(ids[0], "@example.org>") {
		t.Errorf("id %s", ids[0])
	}
}

func TestWhatCanNeverBeSent(t *testing.T) {
	server := mailtest.Start(t, nil, false)
	config1 := at(server, config.TLSNone)
	bare := config1
	bare.DefaultSender = ""
	for _, tt := range []struct {
		name    string
		configs []config.Mail
		mail    ports.Mail
		want    string
	}{
		{"no server", nil, ports.Mail{To: []string{"a@b.org"}}, "no mail server is configured"},
		{"no sender", []config.Mail{bare}, ports.Mail{To: []string{"a@b.org"}}, "the mail has no sender, and the configuration no default sender"},
		{"no recipient", []config.Mail{config1}, ports.Mail{}, "the mail has no recipient"},
		{"bad address", []config.Mail{config1}, ports.Mail{To: []string{"hunter2"}}, "an address of the mail is malformed"},
		{"two in one", []config.Mail{config1}, ports.Mail{To: []string{"a@b.org, c@d.org"}}, "an address of the mail is malformed"},
		{"injected", []config.Mail{config1}, ports.Mail{To: []string{"a@b.org>\r\nRCPT TO:<x@y.org"}}, "an address of the mail is malformed"},
		{"break hidden in a name", []config.Mail{config1}, ports.Mail{To: []string{"=?utf-8?q?A=0D=0ABcc:_x@y.org?= <a@b.org>"}}, "an address of the mail is malformed"},
		{"bad sender", []config.Mail{config1}, ports.Mail{From: "x", To: []string{"a@b.org"}}, "an address of the mail is malformed"},
		{"bad reply", []config.Mail{config1}, ports.Mail{ReplyTo: "x", To: []string{"a@b.org"}}, "an address of the mail is malformed"},
		{"header of our own", []config.Mail{config1}, ports.Mail{To: []string{"a@b.org"}, Headers: []ports.Header{{Name: "bcc", Value: "x@y.org"}}}, "a further header has a name that cannot be set"},
		{"header with a break", []config.Mail{config1}, ports.Mail{To: []string{"a@b.org"}, Headers: []ports.Header{{Name: "X\r\nBcc", Value: "x@y.org"}}}, "a further header has a name that cannot be set"},
	} {
		_, err := mail.New(tt.configs, clock()).Send(context.Background(), tt.mail)
		var u *ports.Undeliverable
		if !errors.As(err, &u) || err.Error() != tt.want {
			t.Errorf("%s: got %v, want %s", tt.name, err, tt.want)
		}
	}
	if got := server.Letters(); len(got) != 0 {
		t.Errorf("%d mails were sent", len(got))
	}
}

func TestRefusals(t *testing.T) {
	for _, tt := range []struct {
		name    string
		code    int
		forever bool
	}{{"unknown user", 550, true}, {"full for now", 452, false}} {
		t.Run(tt.name, func(t *testing.T) {
			server := mailtest.Start(t, nil, false)
			server.Refuse = func(to string) error {
				return &smtp.SMTPError{Code: tt.code, EnhancedCode: smtp.EnhancedCode{tt.code / 100, 1, 1}, Message: "no " + to}
			}
			_, err := mail.New([]config.Mail{at(server, config.TLSNone)}, clock()).Send(context.Background(), ports.Mail{To: []string{"hunter2@example.org"}})
			var u *ports.Undeliverable
			if err == nil || errors.As(err, &u) != tt.forever {
				t.Fatalf("got %v", err)
			}
			if strings.Contains(err.Error(), "hunter2") || !strings.Contains(err.Error(), "recipients") {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestNobodyThere(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	l.Close()
	c := config.Mail{Server: "127.0.0.1", Port: port, TLS: config.TLSNone, DefaultSender: "a@b.org"}
	_, err = mail.New([]config.Mail{c}, clock()).Send(context.Background(), ports.Mail{To: []string{"a@b.org"}})
	var f *mail.Failure
	if !errors.As(err, &f) || f.Stage != "connect" {
		t.Errorf("got %v", err)
	}
}

func TestSilentServer(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close() // it never accepts
	c := config.Mail{Server: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, TLS: config.TLSNone, DefaultSender: "a@b.org"}
	began := time.Now()
	_, err = mail.New([]config.Mail{c}, clock(), mail.WithPatience(100*time.Millisecond)).Send(context.Background(), ports.Mail{To: []string{"a@b.org"}})
	var f *mail.Failure
	if !errors.As(err, &f) || time.Since(began) > 5*time.Second {
		t.Errorf("got %v after %v", err, time.Since(began))
	}
}

func TestProtection(t *testing.T) {
	id := mailtest.NewIdentity(t)
	serverTLS, trust := id.Server, id.Client
	for _, tt := range []struct {
		name       string
		protection config.TLS
		server     *tls.Config
		implicit   bool
		trust      *tls.Config
		sent, tls  bool
	}{
		{"STARTTLS", config.TLSRequired, serverTLS, false, trust, true, true},
		{"STARTTLS not offered", config.TLSRequired, nil, false, trust, false, false},
		{"stranger", config.TLSRequired, serverTLS, false, nil, false, false},
		{"TLS from the start", config.TLSImplicit, serverTLS, true, trust, true, true},
		{"if offered", config.TLSOpportunist, serverTLS, false, trust, true, true},
		{"if offered, but is not", config.TLSOpportunist, nil, false, trust, true, false},
		{"in clear", config.TLSNone, serverTLS, false, trust, true, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := mailtest.Start(t, tt.server, tt.implicit)
			options := []mail.Option{}
			if tt.trust != nil {
				options = append(options, mail.WithTLS(tt.trust))
			}
			_, err := mail.New([]config.Mail{at(server, tt.protection)}, clock(), options...).Send(context.Background(), ports.Mail{To: []string{"a@b.org"}})
			if (err == nil) != tt.sent {
				t.Fatalf("got %v", err)
			}
			var u *ports.Undeliverable
			if errors.As(err, &u) {
				t.Errorf("gave up for good: %v", err)
			}
			if tt.sent && server.Wait(t, 1)[0].TLS != tt.tls {
				t.Errorf("protected: %v, want %v", !tt.tls, tt.tls)
			}
		})
	}
}

func TestSigningIn(t *testing.T) {
	id := mailtest.NewIdentity(t)
	serverTLS, trust := id.Server, id.Client
	for _, tt := range []struct {
		name, password string
		protection     config.TLS
		sent           bool
	}{
		{"protected", "right", config.TLSRequired, true},
		{"in clear, as configured", "right", config.TLSNone, true},
		{"wrong", "wrong", config.TLSRequired, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := mailtest.Start(t, serverTLS, false)
			server.Password = "right"
			c := at(server, tt.protection)
			c.Username, c.Password = "ada", tt.password
			_, err := mail.New([]config.Mail{c}, clock(), mail.WithTLS(trust)).Send(context.Background(), ports.Mail{To: []string{"a@b.org"}})
			if (err == nil) != tt.sent {
				t.Fatalf("got %v", err)
			}
			var u *ports.Undeliverable
			if errors.As(err, &u) || err != nil && strings.Contains(err.Error(), "wrong") {
				t.Errorf("got %v", err)
			}
			if tt.sent && server.Wait(t, 1)[0].User != "ada" {
				t.Error("did not sign in")
			}
		})
	}
}

func TestConfigurations(t *testing.T) {
	first, second := mailtest.Start(t, nil, false), mailtest.Start(t, nil, false)
	a, b := at(first, config.TLSNone), at(second, config.TLSNone)
	b.Name, b.Immediate = "other", true
	sender := mail.New([]config.Mail{a, b}, clock())
	for name, want := range map[string]bool{"": true, "default": true, "other": true, "third": false} {
		if box, got := sender.Mailbox(name); got != want || want && (box.Sender != a.DefaultSender || box.Immediate != (name == "other")) {
			t.Errorf("Mailbox(%q) = %+v, %v", name, box, got)
		}
	}
	for _, name := range []string{"", "other", "third"} { // an unknown one means the default
		if _, err := sender.Send(context.Background(), ports.Mail{To: []string{"a@b.org"}, Config: name}); err != nil {
			t.Fatal(err)
		}
	}
	if len(first.Letters()) != 2 || len(second.Letters()) != 1 {
		t.Errorf("%d and %d letters", len(first.Letters()), len(second.Letters()))
	}
}
