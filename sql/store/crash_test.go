package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"

	"colloquy/engine/run"
	"colloquy/sql/pgtest"
)

// crashEnv tells a copy of the test program to be the one that gets killed: its
// value is the address of the database.
const crashEnv = "COLLOQUY_STORE_CRASH"

func TestMain(m *testing.M) {
	if address := os.Getenv(crashEnv); address != "" {
		if err := saveUntilKilled(address); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

const crashSessions = 8

// saveUntilKilled saves steps to several sessions at once for ever, and prints
// "session rev" for each that is acknowledged.
func saveUntilKilled(address string) error {
	ctx := context.Background()
	s, err := Open(ctx, address)
	if err != nil {
		return err
	}
	failed := make(chan error)
	var mu sync.Mutex
	for i := range crashSessions {
		go func() {
			id := fmt.Sprint(i)
			for rev := int64(1); ; rev++ {
				c := newStep(id, rev, delta(rev+1, rev+1, rev))
				c.Effects = []run.Effect{{Key: fmt.Sprintf("%s/%d", id, rev+1), Kind: "mail"}}
				if err := s.Save(ctx, c); err != nil {
					failed <- err
					return
				}
				mu.Lock()
				fmt.Println(id, rev+1)
				mu.Unlock()
			}
		}()
	}
	return <-failed
}

func TestNothingAcknowledgedIsLostToAKill(t *testing.T) {
	for name, address := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return sqliteFile(t) },
		"postgres": func(t *testing.T) string { return pgtest.URL(t) },
	} {
		t.Run(name, func(t *testing.T) {
			at := address(t)
			first := open(t, at)
			for i := range crashSessions {
				first.begin(t, fmt.Sprint(i))
			}
			check(t, first.Store.Close())
			acked := killAfter(t, at, 200)

			b := open(t, at)
			steps := 0
			for i := range crashSessions {
				id := fmt.Sprint(i)
				s := b.settled(t, id)
				if s.Session.Rev < acked[id] || s.Session.Rev > acked[id]+1 {
					t.Errorf("session %s is at rev %d, acknowledged was %d", id, s.Session.Rev, acked[id])
				}
				steps += len(s.Chain)
			}
			b.wantRows(t, map[string]int{"sessions": crashSessions, "keys": crashSessions, "steps": steps, "effects": steps - crashSessions})
		})
	}
}

// settled loads a session, which also proves that its chain is whole, and saves
// it. What the child asked PostgreSQL for last may come to its end after the
// child has; then the session is loaded again.
func (b *bench) settled(t *testing.T, id string) *run.Stored {
	t.Helper()
	for {
		s, err := b.Load(t.Context(), id)
		check(t, err)
		if err = b.Save(t.Context(), keep(id, s.Session.Rev)); !errors.Is(err, run.ErrStale) {
			check(t, err)
			return s
		}
	}
}

// killAfter kills a saving child without warning once it has acknowledged n
// saves, and returns the last rev acknowledged for each session.
func killAfter(t *testing.T, address string, n int) map[string]int64 {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), crashEnv+"="+address)
	out, err := child.StdoutPipe()
	check(t, err)
	child.Stderr = os.Stderr
	check(t, child.Start())
	acked, lines := map[string]int64{}, 0
	for in := bufio.NewScanner(out); in.Scan(); {
		id, rev, ok := strings.Cut(in.Text(), " ")
		r, err := strconv.ParseInt(rev, 10, 64)
		if !ok || err != nil {
			t.Fatalf("the child says %q", in.Text())
		}
		acked[id] = r
		if lines++; lines == n {
			check(t, child.Process.Kill())
		}
	}
	_ = child.Wait() // it was killed
	if lines < n {
		t.Fatalf("the child ended after %d saves", lines)
	}
	return acked
}
