// Package mail hands mails to mail servers over SMTP. It is ports.Mailer for
// the mail section of the configuration.
//
// It builds the message, connects, sends, and says whether trying again could
// help. Who gets a mail, when it is tried again and that it is sent at all are
// left to the effect it comes from and to the job engine. Nothing of a mail,
// no address and no answer of a server that may quote one, gets into an error.
package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"

	"colloquy/engine/config"
	"colloquy/engine/ports"
)

// Patience is how long connecting, and each exchange with a server, may take;
// a whole mail gets four times that.
const patience = 15 * time.Second

// A Sender sends mails as its configurations say. It is safe for concurrent
// use; every mail has a connection of its own.
type Sender struct {
	configs  []config.Mail // the first is the default one
	clock    ports.Clock
	patience time.Duration
	tls      *tls.Config
}

// An Option changes a new Sender.
type Option func(*Sender)

// WithTLS sets how servers are recognised in place of the machine's list of
// authorities. The server's name is filled in.
func WithTLS(c *tls.Config) Option { return func(s *Sender) { s.tls = c } }

// WithPatience sets how long each exchange with a server may take; a whole mail
// gets four times that. Without it, it is 15 s.
func WithPatience(d time.Duration) Option { return func(s *Sender) { s.patience = d } }

// New returns a Sender for these configurations, of which the first is the
// default one. Without any, every mail is undeliverable.
func New(configs []config.Mail, clock ports.Clock, options ...Option) *Sender {
	s := &Sender{configs: configs, clock: clock, patience: patience}
	for _, o := range options {
		o(s)
	}
	return s
}

var _ ports.Mailer = (*Sender)(nil)

// Knows reports whether name is a configuration; "" is the default one.
func (s *Sender) Knows(name string) bool {
	_, ok := s.named(name)
	return ok
}

func (s *Sender) named(name string) (config.Mail, bool) {
	for _, c := range s.configs {
		if name == "" || c.Name == name {
			return c, true
		}
	}
	return config.Mail{}, false
}

// Send hands a mail to its server. An unknown configuration means the default
// one, as docassemble documents it for send_email(). The error is
// *ports.Undeliverable or *Failure.
func (s *Sender) Send(ctx context.Context, m ports.Mail) error {
	c, ok := s.named(m.Config)
	if !ok {
		c, ok = s.named("")
	}
	if !ok {
		return &ports.Undeliverable{Reason: "no mail server is configured"}
	}
	msg, err := build(m, c, s.clock.Now())
	if err != nil {
		return err
	}
	client, err := s.client(c)
	if err != nil {
		return &ports.Undeliverable{Reason: "the mail configuration " + strconv.Quote(c.Name) + " cannot be used", Cause: err}
	}
	ctx, cancel := context.WithTimeout(ctx, 4*s.patience)
	defer cancel()
	err = client.DialAndSendWithContext(ctx, msg)
	if msg.IsDelivered() { // what goes wrong after that, while parting, is no matter
		return nil
	}
	return explain(ctx, err)
}

// client prepares a connection as c describes it.
func (s *Sender) client(c config.Mail) (*gomail.Client, error) {
	trust := &tls.Config{MinVersion: tls.VersionTLS12}
	if s.tls != nil {
		trust = s.tls.Clone()
	}
	trust.ServerName = c.Server
	options := []gomail.Option{
		gomail.WithPort(c.Port), gomail.WithTimeout(s.patience), gomail.WithTLSConfig(trust), gomail.WithoutNoop(),
	}
	auth := gomail.SMTPAuthAutoDiscover
	switch c.TLS {
	case config.TLSImplicit:
		options = append(options, gomail.WithSSL())
	case config.TLSRequired:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case config.TLSOpportunist:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
		auth = gomail.SMTPAuthPlainNoEnc
	case config.TLSNone: // the administrator was warned that the password travels in clear
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
		auth = gomail.SMTPAuthPlainNoEnc
	}
	if c.Username != "" {
		options = append(options, gomail.WithSMTPAuth(auth), gomail.WithUsername(c.Username), gomail.WithPassword(c.Password))
	}
	return gomail.NewClient(c.Server, options...)
}

// A Failure is why a mail was not taken this time; a later attempt may work.
type Failure struct {
	Stage string // what was being done: "connect", "sign in", "recipients"...
	Code  int    // SMTP status, 0 if the server gave none
	Extra string // enhanced status such as 4.2.2, or ""
}

// Error names stage and status. It quotes neither mail nor server.
func (f *Failure) Error() string {
	text := "mail not taken: " + f.Stage
	if f.Code != 0 {
		text += " " + strconv.Itoa(f.Code)
	}
	if f.Extra != "" {
		text += " " + f.Extra
	}
	return text
}

// explain sorts an error of the mail library. A refusal of the mail itself is
// for good; whatever else went wrong, a wrong password included, an
// administrator or time may mend.
func explain(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return &Failure{Stage: "took too long"}
	}
	var refused *gomail.SendError
	if !errors.As(err, &refused) {
		return &Failure{Stage: dialStage(err)}
	}
	f := &Failure{Stage: stageOf(refused.Reason), Code: refused.ErrorCode(), Extra: refused.EnhancedStatusCode()}
	if f.Code >= 500 {
		return &ports.Undeliverable{Reason: fmt.Sprintf("the mail server refused the mail (%s %d %s)", f.Stage, f.Code, f.Extra)}
	}
	return f
}

func stageOf(r gomail.SendErrReason) string {
	switch r {
	case gomail.ErrSMTPMailFrom:
		return "sender"
	case gomail.ErrSMTPRcptTo:
		return "recipients"
	case gomail.ErrSMTPData, gomail.ErrSMTPDataClose, gomail.ErrWriteContent:
		return "content"
	}
	return "conversation"
}

// dialStage tells what failed before the mail was offered.
func dialStage(err error) string {
	var network net.Error
	var unknown *tls.CertificateVerificationError
	switch {
	case errors.As(err, &unknown):
		return "certificate"
	case errors.As(err, &network):
		return "connect"
	}
	return "sign in"
}
