package run

import (
	"context"
	"errors"
	"fmt"
	"time"

	"colloquy/engine/ports"
)

// A Carrier carries one effect out into the world. The body is opened, and
// useless to keep. *ports.Undeliverable says that trying again is no use.
type Carrier func(ctx context.Context, e *Effect, body []byte) error

// A Courier carries effects out into the world.
type Courier struct {
	Runner   *Runner
	Carriers map[string]Carrier // by the kind of effect, such as ports.KindMail
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
	carrier, ok := c.Carriers[e.Kind]
	if !ok {
		return &ports.Undeliverable{Reason: "effects of the kind " + e.Kind + " cannot be delivered"}
	}
	plain, err := c.Runner.OpenEffect(e)
	if err != nil {
		return &ports.Undeliverable{Reason: "the effect cannot be opened", Cause: err}
	}
	return carrier(ctx, e, plain)
}

// CarryMail gives the carrier of mails: it hands them to the mailer.
func CarryMail(mailer ports.Mailer) Carrier {
	return func(ctx context.Context, _ *Effect, body []byte) error {
		m, err := ports.DecodeMail(body)
		if err != nil {
			return &ports.Undeliverable{Reason: "the mail cannot be read", Cause: err}
		}
		return mailer.Send(ctx, m)
	}
}
