package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"colloquy/engine/config"
	"colloquy/engine/ports"
)

// A line is a connection to a mail server, signed in and ready for mail.
type line struct {
	client *smtp.Client
	conn   *patient
	config config.Mail
	mails  int       // sent over it
	idle   time.Time // since when it waits for another
	broken bool      // it cannot be used again
}

// line gives a connection: one that waits, or a new one.
func (s *Sender) line(ctx context.Context, c config.Mail) (*line, error) {
	for l := s.lines.take(c); l != nil; l = s.lines.take(c) {
		stop := l.conn.until(ctx)
		err := l.client.Noop()
		if stop(); err == nil {
			return l, nil
		}
		l.close()
	}
	l := &line{config: c}
	err := l.dial(ctx, s.patience, s.trust(c))
	if err != nil {
		l.close()
		return nil, err
	}
	return l, nil
}

func (s *Sender) trust(c config.Mail) *tls.Config {
	t := &tls.Config{MinVersion: tls.VersionTLS12}
	if s.tls != nil {
		t = s.tls.Clone()
	}
	t.ServerName = c.Server
	return t
}

// dial connects, protects the connection as configured and signs in.
func (l *line) dial(ctx context.Context, patience time.Duration, trust *tls.Config) error {
	c := l.config
	connect := func(ctx context.Context, network, address string) (net.Conn, error) {
		raw, err := (&net.Dialer{Timeout: patience}).DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		l.conn = &patient{Conn: raw, patience: patience}
		if c.TLS != config.TLSImplicit {
			return l.conn, nil
		}
		protected := tls.Client(l.conn, trust)
		return protected, protected.HandshakeContext(ctx)
	}
	name, err := os.Hostname()
	if err != nil || strings.ContainsAny(name, " \r\n") || !strings.Contains(name, ".") {
		name = "[127.0.0.1]" // strict servers want a full name or an address
	}
	options := []gomail.Option{gomail.WithPort(c.Port), gomail.WithTimeout(4 * patience), gomail.WithTLSConfig(trust),
		gomail.WithHELO(name), gomail.WithDialContextFunc(connect), gomail.WithTLSPolicy(policies[c.TLS])}
	if c.TLS == config.TLSImplicit {
		options = append(options, gomail.WithSSL())
	}
	client, err := gomail.NewClient(c.Server, options...)
	if err != nil {
		return &ports.Undeliverable{Reason: "the mail configuration " + strconv.Quote(c.Name) + " cannot be used"}
	}
	ctx, cancel := context.WithTimeout(ctx, 2*patience)
	defer cancel()
	if l.client, err = client.DialToSMTPClientWithContext(ctx); err != nil {
		return stageOfDial(l, err)
	}
	stop := l.conn.until(ctx)
	defer stop()
	return l.signIn()
}

var policies = map[config.TLS]gomail.TLSPolicy{
	config.TLSRequired: gomail.TLSMandatory, config.TLSOpportunist: gomail.TLSOpportunistic,
	config.TLSImplicit: gomail.NoTLS, config.TLSNone: gomail.NoTLS,
}

// stageOfDial tells a server that is not there from one that does not protect
// the connection as it should.
func stageOfDial(l *line, err error) error {
	var said *textproto.Error
	switch {
	case errors.As(err, &said):
		return at("connect", err)
	case errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET):
		return &Failure{Stage: "connect"}
	case l.config.TLS == config.TLSRequired && strings.Contains(err.Error(), "STARTTLS"):
		return &Failure{Stage: "STARTTLS is not offered"}
	}
	return err
}

// signIn proves who we are, in the best way that the server offers.
func (l *line) signIn() error {
	if l.config.Username == "" {
		return nil
	}
	_, offered := l.client.Extension("AUTH")
	auth := l.auth(strings.Fields(offered))
	if auth == nil {
		return &Failure{Stage: "sign in: the server offers no way that is configured"}
	}
	if err := l.client.Auth(auth); err != nil {
		l.broken = true
		return at("sign in", err)
	}
	return nil
}

// auth picks a way to sign in. Unless one is configured, those that send the
// password come last.
func (l *line) auth(offered []string) smtp.Auth {
	c := l.config
	state, err := l.client.GetTLSConnectionState()
	protected := err == nil
	ways := []string{"SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN", "NTLM"}
	if c.Auth != "" {
		ways = []string{c.Auth}
	}
	for _, way := range ways {
		if !has(offered, way) || strings.HasSuffix(way, "-PLUS") && !protected {
			continue
		}
		switch way {
		case "SCRAM-SHA-256-PLUS":
			return smtp.ScramSHA256PlusAuth(c.Username, c.Password, state)
		case "SCRAM-SHA-256":
			return smtp.ScramSHA256Auth(c.Username, c.Password)
		case "SCRAM-SHA-1-PLUS":
			return smtp.ScramSHA1PlusAuth(c.Username, c.Password, state)
		case "SCRAM-SHA-1":
			return smtp.ScramSHA1Auth(c.Username, c.Password)
		case "CRAM-MD5":
			return smtp.CRAMMD5Auth(c.Username, c.Password)
		case "NTLM":
			return smtp.NTLMAuth(c.Username, c.Password, "")
		case "XOAUTH2":
			return smtp.XOAuth2Auth(c.Username, c.Password)
		case "PLAIN": // in clear only where the administrator said so and was warned
			return smtp.PlainAuth("", c.Username, c.Password, c.Server, true)
		case "LOGIN":
			return smtp.LoginAuth(c.Username, c.Password, c.Server, true)
		}
	}
	return nil
}

func has(offered []string, way string) bool {
	for _, o := range offered {
		if strings.EqualFold(o, way) {
			return true
		}
	}
	return false
}

// send offers one mail. The error is *Failure, *ports.Undeliverable, or that of
// the connection, which is broken then.
func (l *line) send(ctx context.Context, m *letter) (ports.Receipt, error) {
	stop := l.conn.until(ctx)
	defer stop()
	l.mails++
	if err := l.fits(m); err != nil {
		return ports.Receipt{}, err
	}
	l.client.SkipSMTPUTF8(!m.international)
	if err := l.client.Mail(wire(m.from)); err != nil {
		return ports.Receipt{}, l.after("sender", err)
	}
	r, err := l.recipients(m)
	if err != nil {
		return r, err
	}
	if len(r.Taken) == 0 {
		l.reset()
		return r, nil
	}
	if err := l.content(ctx, m); err != nil {
		r.Taken = nil
		return r, err
	}
	return r, nil
}

// fits checks what the server said it takes.
func (l *line) fits(m *letter) error {
	if ok, _ := l.client.Extension("SMTPUTF8"); m.international && !ok {
		return &ports.Undeliverable{Reason: "the mail server takes only addresses in Latin letters (it has no SMTPUTF8)"}
	}
	_, size := l.client.Extension("SIZE")
	if most, err := strconv.Atoi(size); err == nil && most > 0 && len(m.data) > most {
		return &ports.Undeliverable{Reason: fmt.Sprintf("the mail is larger than the %d bytes that the mail server takes", most)}
	}
	return nil
}

// recipients names whom the mail is for; each may be refused.
func (l *line) recipients(m *letter) (ports.Receipt, error) {
	var r ports.Receipt
	for _, to := range m.to {
		err := l.client.Rcpt(wire(to))
		var said *textproto.Error
		switch {
		case err == nil:
			r.Taken = append(r.Taken, to)
		case !errors.As(err, &said):
			l.broken = true
			return ports.Receipt{}, fmt.Errorf("name a recipient: %w", err)
		case said.Code >= 500 && said.Code != 530:
			r.Refused = append(r.Refused, ports.Refusal{Address: to, Code: said.Code, Extra: enhanced(said)})
		default:
			r.Deferred = append(r.Deferred, ports.Refusal{Address: to, Code: said.Code, Extra: enhanced(said)})
		}
	}
	return r, nil
}

func (l *line) content(ctx context.Context, m *letter) error {
	w, err := l.client.Data()
	if err != nil {
		return l.after("content", err)
	}
	if _, err := w.Write(m.data); err != nil {
		return l.after("content", err)
	}
	if m.handover != nil {
		m.handover(ctx)
	}
	if err := w.Close(); err != nil {
		return l.after("content", err)
	}
	return nil
}

// after turns what went wrong into an error and makes the line ready for the
// next mail if it can be.
func (l *line) after(stage string, err error) error {
	var said *textproto.Error
	if !errors.As(err, &said) {
		l.broken = true
		return fmt.Errorf("%s: %w", stage, err)
	}
	l.reset()
	return at(stage, err)
}

// reset makes the line ready for the next mail; if that fails it is not used again.
func (l *line) reset() {
	if err := l.client.Reset(); err != nil {
		l.broken = true
	}
}

// close parts from the server, politely if it listens.
func (l *line) close() {
	if l.conn == nil {
		return
	}
	if l.client != nil && !l.broken {
		l.conn.patience = min(l.conn.patience, time.Second)
		_ = l.client.Quit() // it goes either way
	}
	l.conn.Close()
}
