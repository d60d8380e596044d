package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/riverqueue/river"

	"colloquy/engine/ports"
)

// effectArgs is all that a job about an effect carries.
type effectArgs struct {
	Key string `json:"key"`
}

// Kind names these jobs in the tables; it must never change.
func (effectArgs) Kind() string { return "effect" }

// choreArgs is all that a job about a chore carries.
type choreArgs struct {
	Name string `json:"name"`
}

// Kind names these jobs in the tables; it must never change.
func (choreArgs) Kind() string { return "chore" }

// A deliverer works the jobs about effects.
type deliverer struct {
	river.WorkerDefaults[effectArgs]
	q *Queue
}

// Work makes one attempt.
func (w *deliverer) Work(ctx context.Context, job *river.Job[effectArgs]) error {
	d := Delivery{Key: job.Args.Key, Attempt: job.Attempt, Now: w.q.o.Clock.Now()}
	if job.Attempt < job.MaxAttempts {
		d.Next = d.Now.Add(w.q.o.Backoff(job.Attempt))
	}
	err := guarded(func() error { return w.q.o.Deliver(ctx, d) })
	if err == nil {
		return nil
	}
	var never *ports.Undeliverable
	if errors.As(err, &never) {
		return river.JobCancel(class(err))
	}
	return class(err)
}

// NextRetry is asked after a failed attempt. It gives UTC: on SQLite times are
// compared as text.
func (w *deliverer) NextRetry(job *river.Job[effectArgs]) time.Time {
	return w.q.o.Clock.Now().Add(w.q.o.Backoff(job.Attempt)).UTC()
}

// A keeper does the chores.
type keeper struct {
	river.WorkerDefaults[choreArgs]
	q *Queue
}

// Work does one chore. One that an older process scheduled and that this one
// does not know is left undone.
func (w *keeper) Work(ctx context.Context, job *river.Job[choreArgs]) error {
	for _, chore := range w.q.o.Chores {
		if chore.Name != job.Args.Name {
			continue
		}
		err := guarded(func() error { return chore.Run(ctx, w.q.o.Clock.Now()) })
		if err != nil {
			w.q.o.Logger.LogAttrs(ctx, slog.LevelError, "chore failed", slog.String("chore", chore.Name), slog.Any("error", err))
			return class(err)
		}
	}
	return nil
}

// A panicked error says where a delivery or a chore panicked. It leaves out the
// value, which may quote an effect.
type panicked struct{ stack string }

func (p *panicked) Error() string { return "panic\n" + p.stack }

// guarded calls f and makes an error of a panic, which the job engine would
// store with its value.
func guarded(f func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = &panicked{string(debug.Stack())}
		}
	}()
	return f()
}

// class gives the error that the job engine may store and log: what sort it is,
// and for a panic where it happened.
func class(err error) error {
	var never *ports.Undeliverable
	var p *panicked
	switch {
	case errors.As(err, &p):
		return p
	case errors.As(err, &never):
		return errors.New("undeliverable")
	case errors.Is(err, context.DeadlineExceeded):
		return errors.New("took too long")
	case errors.Is(err, context.Canceled):
		return errors.New("cancelled")
	}
	return fmt.Errorf("failed: %T", err)
}

// A quiet handler lets warnings and errors of the job engine through and keeps
// its chatter out of the log.
type quiet struct{ slog.Handler }

func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && q.Handler.Enabled(ctx, level)
}

// WithAttrs keeps the quiet.
func (q quiet) WithAttrs(attrs []slog.Attr) slog.Handler { return quiet{q.Handler.WithAttrs(attrs)} }

// WithGroup keeps the quiet.
func (q quiet) WithGroup(name string) slog.Handler { return quiet{q.Handler.WithGroup(name)} }
