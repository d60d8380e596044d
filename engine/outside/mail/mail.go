// Package mail hands mails to mail servers over SMTP. It is ports.Mailer for
// the mail section of the configuration.
//
// It builds the message, connects, sends, and says whom it reached and whether
// trying again could help. Who gets a mail, when it is tried again and that it
// is sent at all are left to the effect it comes from and to the job engine.
// Nothing of a mail, no address and no answer of a server that may quote one,
// gets into an error.
package mail

import (
	"context"
	"crypto/tls"
	"time"

	"colloquy/engine/config"
	"colloquy/engine/ports"
)

// Patience is how long connecting, and each exchange with a server, may take;
// a whole mail gets four times that.
const patience = 15 * time.Second

// A Sender sends mails as its configurations say. Connections are kept open for
// a while and used again. It is safe for concurrent use.
type Sender struct {
	configs  []config.Mail // the first is the default one
	clock    ports.Clock
	patience time.Duration
	tls      *tls.Config
	lines    pool
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

// Mailbox tells how mail leaves under a configuration; "" is the default one.
func (s *Sender) Mailbox(name string) (ports.Mailbox, bool) {
	c, ok := s.named(name)
	return ports.Mailbox{Name: c.Name, Sender: c.DefaultSender, Immediate: c.Immediate}, ok
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
func (s *Sender) Send(ctx context.Context, m ports.Mail) (ports.Receipt, error) {
	c, ok := s.named(m.Config)
	if !ok {
		c, ok = s.named("")
	}
	if !ok {
		return ports.Receipt{}, &ports.Undeliverable{Reason: "no mail server is configured"}
	}
	l, err := build(m, c, s.clock.Now())
	if err != nil {
		return ports.Receipt{}, err
	}
	if len(l.to) == 0 {
		return ports.Receipt{}, nil // everybody has it or never will
	}
	ctx, cancel := context.WithTimeout(ctx, 4*s.patience)
	defer cancel()
	line, err := s.line(ctx, c)
	if err != nil {
		return ports.Receipt{}, explain(ctx, err)
	}
	receipt, err := line.send(ctx, l)
	if line.broken {
		line.close()
	} else {
		s.lines.put(line)
	}
	if err != nil {
		return receipt, explain(ctx, err)
	}
	return receipt, verdict(receipt)
}

// verdict says what it means that some recipients were not taken.
func verdict(r ports.Receipt) error {
	switch {
	case len(r.Deferred) > 0:
		return &Failure{Stage: "recipients", Code: r.Deferred[0].Code, Extra: r.Deferred[0].Extra}
	case len(r.Taken) == 0 && len(r.Refused) > 0:
		return refused("recipients", r.Refused[0].Code, r.Refused[0].Extra)
	}
	return nil
}

// Close parts from the servers. The Sender can be used again.
func (s *Sender) Close() { s.lines.close() }
