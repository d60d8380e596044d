package run

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"colloquy/engine/ports"
)

// A Carrier carries one effect out into the world. The body is opened, and so
// is e.Note, what an earlier attempt noted. A carrier may set e.Note and
// e.Class whatever it returns, and e.State to EffectKept when it returns nil.
// *ports.Undeliverable says that trying again is no use. When ctx ends somebody
// else may have taken the effect.
type Carrier func(ctx context.Context, e *Effect, body []byte) error

// A Courier carries effects out into the world.
type Courier struct {
	Runner   *Runner
	Carriers map[string]Carrier // by the kind of effect, such as ports.KindMail

	// Lease is how long an effect belongs to the process that delivers it
	// unless that renews it, as a living one does; 0 means 45 s.
	Lease time.Duration
}

// Deliver delivers the effect with this key, unless somebody else does or has
// done so. An error that is worth a retry comes back as it is; the effect is
// then due again at retry, or given up if that is zero.
func (c *Courier) Deliver(ctx context.Context, key string, now, retry time.Time) error {
	e, err := c.Runner.store.ClaimEffect(ctx, key, now, c.lease())
	if errors.Is(err, ErrTaken) || errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("claim an effect: %w", err)
	}
	s := Settlement{Key: key, Claim: e.Attempts, State: EffectDelivered, At: now}
	defer func() {
		if e.after != nil {
			e.after()
		}
	}()
	err = c.carryKept(ctx, e)
	if e.State == EffectKept {
		s.State = EffectKept
	}
	s.Class = e.Class
	var never *ports.Undeliverable
	switch {
	case errors.As(err, &never) || err != nil && retry.IsZero():
		s.State = EffectFailed
	case err != nil:
		s.State, s.At = EffectWaiting, retry
	}
	if len(e.Note) > 0 {
		s.Note = c.Runner.sealNote(e)
	}
	// What was done is written down even if the time for doing it is over.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	settled := c.Runner.store.SettleEffect(ctx, s)
	c.report(ctx, e, s, err)
	if errors.Is(settled, ErrTaken) || errors.Is(settled, ErrNotFound) {
		settled = nil // somebody else goes on with it, or nobody shall
	}
	return errors.Join(err, settled)
}

// report tells the administrator what did not go well. The error itself may
// quote the body.
func (c *Courier) report(ctx context.Context, e *Effect, s Settlement, err error) {
	level, text := slog.LevelWarn, "not delivered, to be tried again"
	switch {
	case s.State == EffectFailed:
		level, text = slog.LevelError, "could not be delivered"
	case err == nil && s.Class == "":
		return
	case err == nil:
		text = "delivered in part"
	}
	c.Runner.log.LogAttrs(ctx, level, e.Kind+" "+text, slog.String("id", e.ID()), slog.Int("attempt", e.Attempts),
		slog.String("reason", s.Class))
}

func (c *Courier) lease() time.Duration {
	if c.Lease == 0 {
		return 45 * time.Second
	}
	return c.Lease
}

// keep renews the lease of an effect until the function it returns is called.
// The context it gives ends when the effect is lost.
func (c *Courier) keep(ctx context.Context, e *Effect) (context.Context, func()) {
	kept, lost := context.WithCancel(ctx)
	over, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		again := time.NewTicker(c.lease() / 3)
		defer again.Stop()
		for {
			select {
			case <-over:
				return
			case <-kept.Done():
				return
			case <-again.C:
			}
			err := c.Runner.store.RenewEffect(kept, e.Key, e.Attempts, c.Runner.clock.Now().Add(c.lease()))
			if errors.Is(err, ErrTaken) || errors.Is(err, ErrNotFound) {
				lost()
			}
		}
	}()
	return kept, func() { close(over); lost(); <-gone }
}

// carryKept carries an effect and renews its lease meanwhile.
func (c *Courier) carryKept(ctx context.Context, e *Effect) error {
	kept, let := c.keep(ctx, e)
	defer let()
	return c.carry(kept, e)
}

// carry opens an effect and hands it to its carrier.
func (c *Courier) carry(ctx context.Context, e *Effect) error {
	e.Class = ""
	carrier, ok := c.Carriers[e.Kind]
	if !ok {
		e.Class = "no carrier"
		return &ports.Undeliverable{Reason: "effects of the kind " + e.Kind + " cannot be delivered"}
	}
	plain, err := c.Runner.OpenEffect(e)
	if err == nil && len(e.Note) > 0 {
		e.Note, err = c.Runner.OpenNote(e)
	}
	if err != nil {
		e.Class, e.Note = "sealed with another key", nil
		return &ports.Undeliverable{Reason: "the effect cannot be opened", Cause: err}
	}
	if err = carrier(ctx, e, plain); err != nil && e.Class == "" {
		e.Class = classOf(err)
	}
	return err
}

// classOf names what went wrong where a carrier did not.
func classOf(err error) string {
	var never *ports.Undeliverable
	var named interface{ Class() string }
	switch {
	case errors.As(err, &never):
		return never.Reason
	case errors.As(err, &named):
		return named.Class()
	case errors.Is(err, context.DeadlineExceeded):
		return "took too long"
	case errors.Is(err, context.Canceled):
		return "interrupted"
	}
	return "unreachable"
}
