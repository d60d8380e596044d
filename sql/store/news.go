package store

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/lib/pq"

	"colloquy/engine/run"
)

// channel is where PostgreSQL carries news from process to process.
const channel = "colloquy_tasks"

// A wire carries news of background actions to whoever listens.
type wire struct {
	postgres bool
	dsn      string // of the PostgreSQL
	mu       sync.Mutex
	heard    []func(run.TaskNews)
	stop     func() // ends what listens to others; nil if nothing does
}

// announce tells of something that the transaction does. PostgreSQL passes it
// on, to this process too, when and if it commits; on SQLite [Store.change]
// tells this process after the commit.
func (w *wire) announce(ctx context.Context, t tx, n run.TaskNews) error {
	if !w.postgres {
		if t.news != nil {
			*t.news = append(*t.news, n)
		}
		return nil
	}
	if _, err := t.ExecContext(ctx, "select pg_notify($1, $2)", channel, wired(n)); err != nil {
		return fmt.Errorf("tell of a background action: %w", err)
	}
	return nil
}

// wired writes news as PostgreSQL carries them.
func wired(n run.TaskNews) string {
	if n.Waits {
		return n.Session + " waits"
	}
	return n.Session
}

func unwired(s string) run.TaskNews {
	session, rest, _ := strings.Cut(s, " ")
	return run.TaskNews{Session: session, Waits: rest != ""}
}

// tell passes news on to those who listen in this process.
func (w *wire) tell(news ...run.TaskNews) {
	w.mu.Lock()
	heard := w.heard
	w.mu.Unlock()
	for _, n := range news {
		for _, f := range heard {
			f(n)
		}
	}
}

// OnTask implements run.Store.
func (s *Store) OnTask(f func(run.TaskNews)) {
	s.news.mu.Lock()
	defer s.news.mu.Unlock()
	s.news.heard = append(s.news.heard[:len(s.news.heard):len(s.news.heard)], f)
	if s.news.stop == nil {
		s.news.stop = s.listen()
	}
}

// listen begins to hear what other processes do. The function returned ends it.
func (s *Store) listen() func() {
	if s.news.postgres {
		return s.listenPostgres()
	}
	return s.watchFile()
}

// listenPostgres has a connection of its own, which comes back by itself.
func (s *Store) listenPostgres() func() {
	l := pq.NewListener(s.news.dsn, 100*time.Millisecond, 10*time.Second, nil)
	go func() {
		for n := range l.Notify {
			if n == nil { // the connection was lost, and news with it
				s.news.tell(run.TaskNews{Waits: true})
				continue
			}
			s.news.tell(unwired(n.Extra))
		}
	}()
	go func() { // it waits for the first connection
		_ = l.Listen(channel) // an error means that it was closed meanwhile
	}()
	return func() { _ = l.Close() }
}

// watch is how often another process's writes to the SQLite file are looked for.
const watch = 100 * time.Millisecond

// watchFile looks whether another process has written to the file: the
// connection through which this one writes has a number that rises then. No
// page of the file is read for it.
func (s *Store) watchFile() func() {
	ctx, cancel := context.WithCancel(context.Background())
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		tick := time.NewTicker(watch)
		defer tick.Stop()
		var last int64
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			var now int64
			if err := s.write.db.GetContext(ctx, &now, "pragma data_version"); err != nil {
				continue
			}
			if last != 0 && now != last {
				s.news.tell(run.TaskNews{Waits: true})
			}
			last = now
		}
	}()
	return func() { cancel(); <-gone }
}

// change is a write of which those are told who listen to this process.
func (s *Store) change(ctx context.Context, do func(context.Context, tx) error) error {
	var news []run.TaskNews
	err := s.writes.write(ctx, func(ctx context.Context, t tx) error {
		news = news[:0]
		t.news = &news
		return do(ctx, t)
	})
	if err == nil {
		s.news.tell(news...)
	}
	return err
}

// close ends listening.
func (w *wire) close() {
	w.mu.Lock()
	stop := w.stop
	w.stop = func() {}
	w.mu.Unlock()
	if stop != nil {
		stop()
	}
}
