package run

import (
	"context"
	"fmt"

	"colloquy/engine/ports"
)

// Notify has a mail delivered that no session asks for, such as one about an
// account: through the same effects and jobs. A second one of the same key is
// not sent.
func (r *Runner) Notify(ctx context.Context, m ports.Mail) error {
	e, err := m.Effect(m.Key)
	if err != nil {
		return err
	}
	key := r.ring.Tag("effect", e.Key)
	c := Caused{Effects: []Effect{{Key: key, Kind: e.Kind, Body: r.SealEffect(key, "", e.Kind, e.Body)}}}
	c.Also = r.enqueue(c.Effects)
	if err := r.store.Ask(ctx, r.clock.Now().UTC(), c); err != nil {
		return fmt.Errorf("have a mail delivered: %w", err)
	}
	return nil
}
