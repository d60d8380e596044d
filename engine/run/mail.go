package run

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"colloquy/engine/ports"
)

// A MailNote is what is known of a mail's recipients after an attempt. It is
// the note of effects of the kind ports.KindMail.
type MailNote struct {
	Taken   []string        `json:"taken,omitempty"`   // bare addresses
	Refused []ports.Refusal `json:"refused,omitempty"` // for good
	Waiting []ports.Refusal `json:"waiting,omitempty"` // not taken at the last attempt, to be asked again with another
}

// ReadMailNote reads the opened note of a mail; one that is empty tells nothing.
func ReadMailNote(note []byte) (MailNote, error) {
	var n MailNote
	if len(note) == 0 {
		return n, nil
	}
	if json.Unmarshal(note, &n) != nil {
		return n, errors.New("the note of this mail cannot be read")
	}
	return n, nil
}

// turn is how long a mail waits at most for the one before it to be written
// down.
const turn = 3 * time.Second

// CarryMail gives the carrier of mails. It hands them to the mailer and notes
// whom they reached, so that another attempt spares those.
//
// A process that dies between the moment when a server takes a mail and the
// moment when that is written down sends the mail once more after all. So that
// it is one mail and not as many as are under way, only one at a time is handed
// over, unless the server or the database takes long for it.
func CarryMail(mailer ports.Mailer) Carrier {
	turns := make(chan struct{}, 1)
	return func(ctx context.Context, e *Effect, body []byte) error {
		m, err := ports.DecodeMail(body)
		if err != nil {
			return err
		}
		note, err := ReadMailNote(e.Note)
		if err != nil {
			return &ports.Undeliverable{Reason: err.Error()}
		}
		m.Settled = note.settled()
		m.Handover = func(ctx context.Context) { e.after = take(ctx, turns) }
		receipt, err := mailer.Send(ctx, m)
		note.add(receipt)
		var never *ports.Undeliverable
		if errors.As(err, &never) && len(note.Taken) > 0 && len(receipt.Refused) > 0 {
			err = nil // the last ones were refused; others have it
		} else if err != nil && never != nil {
			// An administrator may mend it and have it sent again, to them too.
			note.Waiting, note.Refused = append(note.Waiting, note.Refused...), nil
		}
		if err == nil && len(note.Refused) > 0 {
			e.Class = "refused for some"
		}
		if err == nil && len(note.Refused) == 0 {
			e.Note = nil // everybody has it
			return nil
		}
		written, wrong := json.Marshal(note)
		e.Note = written
		return errors.Join(err, wrong)
	}
}

// take waits for a turn, not for long, and gives the function that ends it.
func take(ctx context.Context, turns chan struct{}) func() {
	late := time.NewTimer(turn)
	defer late.Stop()
	select {
	case turns <- struct{}{}:
		return func() { <-turns }
	case <-late.C:
	case <-ctx.Done():
	}
	return nil
}

func (n *MailNote) settled() []string {
	out := slices.Clone(n.Taken)
	for _, r := range n.Refused {
		out = append(out, r.Address)
	}
	return out
}

func (n *MailNote) add(r ports.Receipt) {
	n.Taken = append(n.Taken, r.Taken...)
	n.Refused = append(n.Refused, r.Refused...)
	n.Waiting = r.Deferred
}
