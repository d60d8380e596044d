package run

import (
	"context"
	"errors"
	"fmt"
	"time"

	"colloquy/engine/ports"
)

// A Courier carries effects out into the world.
type Courier struct {
	Runner *Runner
	Mailer ports.Mailer // nil: mail cannot be sent
}

// lease is how long an effect belongs to the process that delivers it.
const lease = 3 * time.Minute

// Deliver delivers the effect with this key, unless somebody else does or has
// done so. An error that is worth a retry comes back as it is; the effect is
// then due again at retry, or given up if that is zero.
func (c *Courier) Deliver(ctx context.Context, key string, now, retry time.Time) error {
	r := c.Runner
	e, err := r.store.ClaimEffect(ctx, key, now, lease)
	if errors.Is(err, ErrTaken) || errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("claim an effect: %w", err)
	}
	err = c.carry(ctx, e)
	if err == nil {
		return r.store.CompleteEffect(ctx, key, now)
	}
	var never *ports.Undeliverable
	class := "unreachable"
	if errors.As(err, &never) {
		class, retry = "undeliverable", time.Time{}
	}
	if failed := r.store.FailEffect(ctx, key, class, now, retry); failed != nil {
		return errors.Join(err, failed)
	}
	return err
}

func (c *Courier) carry(ctx context.Context, e *Effect) error {
	plain, err := c.Runner.OpenEffect(e)
	if err != nil {
		return &ports.Undeliverable{Reason: "the effect cannot be opened", Cause: err}
	}
	if e.Kind != ports.KindMail {
		return &ports.Undeliverable{Reason: "effects of the kind " + e.Kind + " cannot be delivered"}
	}
	m, err := ports.DecodeMail(plain)
	if err != nil {
		return &ports.Undeliverable{Reason: "the mail cannot be read", Cause: err}
	}
	if c.Mailer == nil || !c.Mailer.Knows(m.Config) {
		return &ports.Undeliverable{Reason: "no mail server is configured"}
	}
	return c.Mailer.Send(ctx, m)
}
