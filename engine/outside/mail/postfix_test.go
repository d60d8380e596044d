package mail_test

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"

	"colloquy/engine/config"
	"colloquy/engine/outside/mail"
	"colloquy/engine/outside/mail/mailtest"
	"colloquy/engine/ports"
)

// Every way to sign in that a real server offers, with STARTTLS and with TLS
// from the start.
func TestPostfix(t *testing.T) {
	server := mailtest.StartPostfix(t)
	for _, tt := range []struct {
		name, auth string
		implicit   bool
	}{{"best", "", false}, {"plain", "PLAIN", false}, {"login", "LOGIN", false}, {"cram", "CRAM-MD5", false},
		{"scram1", "SCRAM-SHA-1", false}, {"scram256", "SCRAM-SHA-256", false}, {"wrapped", "", true}, {"wrappedplain", "PLAIN", true}} {
		t.Run(tt.name, func(t *testing.T) {
			c := config.Mail{Name: tt.name, Server: server.Host, Port: server.StartTLS, TLS: config.TLSRequired, Auth: tt.auth,
				Username: server.User, Password: server.Password, DefaultSender: "clinic@example.org"}
			if tt.implicit {
				c.Port, c.TLS = server.TLS, config.TLSImplicit
			}
			sender := mail.New([]config.Mail{c}, clock(), mail.WithTLS(server.Trust))
			defer sender.Close()
			for range 2 { // the second one over the same connection
				receipt, err := sender.Send(context.Background(), ports.Mail{To: []string{tt.name + "@example.org", "nobody1@example.org"}, Text: "x", Key: tt.name})
				if err != nil || !reflect.DeepEqual(receipt.Taken, []string{tt.name + "@example.org"}) ||
					!reflect.DeepEqual(receipt.Refused, []ports.Refusal{{Address: "nobody1@example.org", Code: 550, Extra: "5.1.1"}}) {
					t.Fatalf("got %+v, %v", receipt, err)
				}
			}
			letter := string(server.Wait(t, tt.name, 2)[0])
			if !strings.Contains(letter, "ESMTPSA id") { // TLS and signing in, says Postfix
				t.Errorf("it came so:\n%s", letter)
			}
		})
	}
	t.Run("wrong password", func(t *testing.T) {
		c := config.Mail{Server: server.Host, Port: server.StartTLS, TLS: config.TLSRequired, Username: server.User, Password: "guess", DefaultSender: "clinic@example.org"}
		_, err := mail.New([]config.Mail{c}, clock(), mail.WithTLS(server.Trust)).Send(context.Background(), ports.Mail{To: []string{"a@example.org"}})
		var f *mail.Failure
		if !errors.As(err, &f) || f.Class() != "sign in 535 5.7.8" {
			t.Errorf("got %v", err)
		}
	})
}
