package store

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
)

const (
	maxBatch = 64  // writes in one transaction
	maxQueue = 256 // writes waiting; whoever comes then waits to be let in
)

// A batcher is SQLite's writer: one goroutine that puts the writes waiting at a
// time into one transaction, each in a savepoint of its own, and commits once.
// A commit costs a wait for the disk however much is in it.
type batcher struct {
	h     *handle
	queue chan *request
	stop  chan struct{}
	gone  chan struct{} // closed when the goroutine has ended
	once  sync.Once
}

type request struct {
	ctx   context.Context // never ends; has the caller's values
	do    func(context.Context, tx) error
	state atomic.Int32
	done  chan outcome // holds one
	out   outcome
}

// The states of a request. Once taken it is seen through.
const (
	waiting int32 = iota
	taken
	abandoned
)

type outcome struct {
	err   error
	panic any // what do panicked with; it goes on in its caller
}

func newBatcher(h *handle) *batcher {
	b := &batcher{
		h:     h,
		queue: make(chan *request, maxQueue),
		stop:  make(chan struct{}),
		gone:  make(chan struct{}),
	}
	go b.loop()
	return b
}

func (b *batcher) close() {
	b.once.Do(func() { close(b.stop) })
	<-b.gone
}

// write implements writer. A caller whose context ends while the write waits
// its turn gets the context's error and nothing is written; after that it gets
// the outcome, which is a matter of milliseconds.
func (b *batcher) write(ctx context.Context, do func(context.Context, tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r := &request{ctx: context.WithoutCancel(ctx), do: do, done: make(chan outcome, 1)}
	select {
	case <-b.stop:
		return ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	case b.queue <- r:
	}
	select {
	case o := <-r.done:
		return o.result()
	case <-ctx.Done():
		if r.state.CompareAndSwap(waiting, abandoned) {
			return ctx.Err()
		}
	case <-b.gone:
		if r.state.CompareAndSwap(waiting, abandoned) {
			return ErrClosed
		}
	}
	return (<-r.done).result()
}

func (o outcome) result() error {
	if o.panic != nil {
		panic(o.panic)
	}
	return o.err
}

func (b *batcher) loop() {
	defer close(b.gone)
	for {
		select {
		case r := <-b.queue:
			b.commit(b.gather(r))
		case <-b.stop:
			return
		}
	}
}

// gather takes what waits, beginning with r; what was abandoned is left out.
func (b *batcher) gather(r *request) []*request {
	batch := make([]*request, 0, maxBatch)
	for {
		if r.state.CompareAndSwap(waiting, taken) {
			batch = append(batch, r)
		}
		if len(batch) == maxBatch {
			return batch
		}
		select {
		case r = <-b.queue:
		default:
			return batch
		}
	}
}

// commit sees a batch through and answers everybody in it.
func (b *batcher) commit(batch []*request) {
	if len(batch) == 0 {
		return
	}
	lost, err := b.transact(batch)
	if lost && len(batch) > 1 {
		// One of them made the database give up the whole transaction (a full
		// disk may do that). Let it do so alone.
		for i := range batch {
			b.commit(batch[i : i+1])
		}
		return
	}
	for _, r := range batch {
		if err != nil && r.out.panic == nil {
			r.out.err = err
		}
		r.done <- r.out
	}
}

// transact runs a batch in one transaction. An error is everybody's; lost says
// that the transaction was gone before its end.
func (b *batcher) transact(batch []*request) (lost bool, err error) {
	ctx := context.Background()
	t, err := b.h.db.BeginTxx(ctx, nil)
	if err != nil {
		return false, fmt.Errorf("begin to write: %w", explain(err))
	}
	defer t.Rollback() // of no effect after the commit
	for _, r := range batch {
		r.out = outcome{}
		if err := r.run(tx{Tx: t, h: b.h}); err != nil {
			return true, err
		}
	}
	if err := t.Commit(); err != nil {
		return false, fmt.Errorf("commit: %w", explain(err))
	}
	return false, nil
}

// run does one request in its savepoint and notes how it went. It returns an
// error if the transaction around it is gone.
func (r *request) run(t tx) error {
	if _, err := t.ExecContext(r.ctx, "savepoint one"); err != nil {
		return fmt.Errorf("begin to write: %w", explain(err))
	}
	r.out = r.try(t)
	if r.out.err != nil || r.out.panic != nil {
		if _, err := t.ExecContext(r.ctx, "rollback to one"); err != nil {
			if r.out.err != nil {
				return r.out.err // the reason, where the other is only its consequence
			}
			return fmt.Errorf("undo: %w", explain(err))
		}
	}
	if _, err := t.ExecContext(r.ctx, "release one"); err != nil {
		return fmt.Errorf("end of write: %w", explain(err))
	}
	return nil
}

func (r *request) try(t tx) (o outcome) {
	finished := false
	defer func() {
		if !finished {
			o = outcome{panic: recover()}
		}
	}()
	o.err = r.do(r.ctx, t)
	finished = true
	return o
}
