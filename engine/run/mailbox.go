package run

import (
	"context"
	"fmt"

	"colloquy/engine/ports"
)

// A StoredMail is a mail that was asked for, as an administrator may look at it.
type StoredMail struct {
	Effect Effect
	Mail   *ports.Mail // nil once it was delivered, or after KeptFor
	Note   MailNote
}

// Mails lists the mails that were asked for, the newest first, without what
// they say.
func (r *Runner) Mails(ctx context.Context, state, prefix string, limit int) ([]Effect, error) {
	return r.store.Effects(ctx, Wanted{Kind: ports.KindMail, State: state, Prefix: prefix, Limit: limit})
}

// Mail opens a mail. It returns ErrNotFound.
func (r *Runner) Mail(ctx context.Context, key string) (*StoredMail, error) {
	e, err := r.store.Effect(ctx, key)
	if err != nil {
		return nil, err
	}
	if e.Kind != ports.KindMail {
		return nil, fmt.Errorf("find a mail: %w", ErrNotFound)
	}
	s := &StoredMail{Effect: *e}
	if len(e.Note) > 0 {
		plain, err := r.OpenNote(e)
		if err == nil {
			s.Note, err = ReadMailNote(plain)
		}
		if err != nil {
			return nil, fmt.Errorf("open the note of a mail: %w", err)
		}
	}
	if len(e.Body) == 0 {
		return s, nil
	}
	plain, err := r.OpenEffect(e)
	if err != nil {
		return nil, fmt.Errorf("open a mail: %w", err)
	}
	m, err := ports.DecodeMail(plain)
	if err != nil {
		return nil, err
	}
	s.Mail = &m
	return s, nil
}

// Drawer is the mailer of a server for development without a mail server: it
// promises to take every mail, which CarryToDrawer then keeps.
type Drawer struct{}

// Mailbox knows every name, so that an interview runs as it will.
func (Drawer) Mailbox(name string) (ports.Mailbox, bool) {
	return ports.Mailbox{Name: name, Sender: "Colloquy <no-reply@localhost>"}, true
}

// Send refuses: mail that is kept is not sent.
func (Drawer) Send(context.Context, ports.Mail) (ports.Receipt, error) {
	return ports.Receipt{}, &ports.Undeliverable{Reason: "no mail server is configured"}
}

// CarryToDrawer is the carrier of a server that keeps its mail to be looked at.
func CarryToDrawer(_ context.Context, e *Effect, body []byte) error {
	if _, err := ports.DecodeMail(body); err != nil {
		return err
	}
	e.State = EffectKept
	return nil
}
