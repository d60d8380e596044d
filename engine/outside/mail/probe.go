package mail

import (
	"context"
	"crypto/tls"
	"fmt"
	netmail "net/mail"
	"time"
)

// A Proof is what trying a mail configuration showed.
type Proof struct {
	Reached   bool
	Protected string    // version of TLS, "" if the connection is in clear
	Until     time.Time // when the server's certificate expires; zero without TLS
	SignedIn  bool      // as the configured user
	Sender    bool      // the default sender is taken
	Recipient error     // why the server takes no mail for the sender itself; nil if it does
}

// Probe tries a configuration as far as a mail's content, which it does not
// send: it connects, protects the connection, signs in, and names the default
// sender as sender and as recipient. say is told what is being done. The error
// is for an administrator, not for a log; the Proof says how far it came.
func (s *Sender) Probe(ctx context.Context, name string, say func(doing string)) (p Proof, err error) {
	c, ok := s.named(name)
	if !ok {
		return p, fmt.Errorf("there is no mail configuration %q", name)
	}
	ctx, cancel := context.WithTimeout(ctx, 4*s.patience)
	defer cancel()
	say(fmt.Sprintf("connecting to %s, port %d", c.Server, c.Port))
	l := &line{config: c}
	defer l.close()
	err = l.dial(ctx, s.patience, s.trust(c))
	if l.client == nil || err != nil && l.conn == nil {
		return p, err
	}
	p.Reached = true
	if state, wrong := l.client.GetTLSConnectionState(); wrong == nil {
		p.Protected = tls.VersionName(state.Version)
		if len(state.PeerCertificates) > 0 {
			p.Until = state.PeerCertificates[0].NotAfter
		}
	}
	if err != nil {
		return p, err
	}
	p.SignedIn = c.Username != ""
	if c.DefaultSender == "" {
		return p, nil
	}
	sender, err := netmail.ParseAddress(c.DefaultSender)
	if err != nil {
		return p, fmt.Errorf("read the default sender: %w", err)
	}
	say("naming the sender")
	stop := l.conn.until(ctx)
	defer stop()
	if err := l.client.Mail(wire(sender.Address)); err != nil {
		return p, l.after("sender", err)
	}
	p.Sender = true
	p.Recipient = l.client.Rcpt(wire(sender.Address))
	l.reset()
	return p, nil
}
