package run

import (
	"context"
	"sync"

	"colloquy/engine/fault"
)

// waiters is how many requests may wait for one session.
const waiters = 2048

// queue lets requests to one session take turns, first come first served. It
// is for speed only: the store decides what is written.
type queue struct {
	mu    sync.Mutex
	lines map[string]*line
}

type line struct {
	turn  chan struct{} // holds one token while nobody is at it
	users int
}

func newQueue() *queue { return &queue{lines: map[string]*line{}} }

// enter waits for the session's turn. The function returned passes it on.
func (q *queue) enter(ctx context.Context, session string) (func(), error) {
	q.mu.Lock()
	l := q.lines[session]
	if l == nil {
		l = &line{turn: make(chan struct{}, 1)}
		l.turn <- struct{}{}
		q.lines[session] = l
	}
	if l.users >= waiters {
		q.mu.Unlock()
		return nil, fault.New(fault.Unavailable, "Too many requests are waiting for this interview. Please try again in a moment.", nil)
	}
	l.users++
	q.mu.Unlock()
	select {
	case <-l.turn:
		return func() { l.turn <- struct{}{}; q.leave(session, l) }, nil
	case <-ctx.Done():
		q.leave(session, l)
		return nil, ctx.Err()
	}
}

func (q *queue) leave(session string, l *line) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if l.users--; l.users == 0 {
		delete(q.lines, session)
	}
}
