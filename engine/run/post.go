package run

import (
	"context"
	"errors"
	"fmt"
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/ports"
)

// post is how the mail of a step leaves.
type post struct{ s *step }

// Post gives the evaluation what tells it about mail.
func (w *world) Post() evaluation.Post { return post{w.s} }

func (p post) Mailbox(name string) (ports.Mailbox, bool) {
	if p.s.r.mailer == nil {
		return ports.Mailbox{}, false
	}
	return p.s.r.mailer.Mailbox(name)
}

// SendNow leaves the evaluation some of its time for what comes after.
func (p post) SendNow(ctx context.Context, m ports.Mail) (ports.Receipt, error) {
	if p.s.r.mailer == nil {
		return ports.Receipt{}, &ports.Undeliverable{Reason: "no mail server is configured"}
	}
	if end, ok := ctx.Deadline(); ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Until(end)*4/5)
		defer cancel()
	}
	return p.s.r.mailer.Send(ctx, m)
}

// Fate reads the effect; one that is not stored was asked for in this very step.
func (p post) Fate(ctx context.Context, key string) (evaluation.Fate, error) {
	e, err := p.s.r.store.Effect(ctx, p.s.effectKey(key))
	if errors.Is(err, ErrNotFound) {
		return evaluation.Fate{State: evaluation.FateWaiting}, nil
	}
	if err != nil {
		return evaluation.Fate{}, fmt.Errorf("what became of a mail: %w", err)
	}
	return p.s.r.fate(e)
}

// fate puts the state of a mail's effect into the words of authors.
func (r *Runner) fate(e *Effect) (evaluation.Fate, error) {
	f := evaluation.Fate{Attempts: e.Attempts, Since: e.Created}
	var note MailNote
	if len(e.Note) > 0 {
		plain, err := r.OpenNote(e)
		if err == nil {
			note, err = ReadMailNote(plain)
		}
		if err != nil {
			return f, fmt.Errorf("what became of a mail: %w", err)
		}
	}
	if e.State == EffectFailed {
		note.Refused = append(note.Refused, note.Waiting...)
	}
	for _, refused := range note.Refused {
		f.Refused = append(f.Refused, refused.Address)
	}
	switch {
	case e.State == EffectWaiting || e.State == EffectClaimed:
		f.State = evaluation.FateWaiting
	case e.State == EffectFailed && len(note.Taken) == 0:
		f.State = evaluation.FateFailed
	case e.State == EffectFailed || len(note.Refused) > 0:
		f.State = evaluation.FatePartly
	default:
		f.State = evaluation.FateSent
	}
	return f, nil
}
