package run

import (
	"strings"
	"testing"
	"time"

	"colloquy/engine/python"
	"colloquy/engine/session"
)

// reading is one of a state with a text of so many bytes.
func reading(t *testing.T, now time.Time, bytes int) *session.Reading {
	t.Helper()
	st := session.New(python.NewNamespace(nil), now)
	st.Answers.Set("text", python.NewStr(strings.Repeat("x", bytes)))
	var none *session.Image
	enc, err := none.Encode(st)
	if err != nil {
		t.Fatal(err)
	}
	r, err := session.Read(enc.Full())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRecent(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	of := func(id string, revs ...int64) *Stored {
		s := &Stored{Session: Session{ID: id}}
		for i, rev := range revs {
			s.Chain = append(s.Chain, Step{N: int64(i + 1), Rev: rev})
		}
		return s
	}
	forged := of("a", 1, 2)
	forged.Chain[0].State = []byte("x")
	r := newRecent()
	r.keep(of("a", 1, 2), reading(t, now, recentLeast), now)
	for _, tt := range []struct {
		name   string
		stored *Stored
		after  time.Duration
		known  int
	}{
		{"as it was", of("a", 1, 2), 0, 2},
		{"two steps further", of("a", 1, 2, 3, 4), time.Minute, 2},
		{"the last step was replaced", of("a", 1, 3), 0, 0},
		{"begun anew with a full copy", of("a", 5), 0, 0},
		{"other bytes", forged, 0, 0},
		{"another session", of("b", 1, 2), 0, 0},
		{"after a long rest", of("a", 1, 2), recentFor + time.Second, 0},
	} {
		if _, n := r.find(tt.stored, now.Add(tt.after)); n != tt.known {
			t.Errorf("%s: %d steps are known, want %d", tt.name, n, tt.known)
		}
	}
	if len(r.at) != 0 || r.size != 0 || r.order.Len() != 0 {
		t.Errorf("what is too old is still there: %d sessions, %d bytes", len(r.at), r.size)
	}
}

// However many sessions are opened, no more than so many bytes are kept.
func TestRecentIsBounded(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	one := reading(t, now, 1<<20)
	r := newRecent()
	n := recentMemory/one.Memory() + 50
	for i := range n {
		r.keep(&Stored{Session: Session{ID: string(rune('A'+i%26)) + time.Duration(i).String()}, Chain: []Step{{N: 1, Rev: 1}}}, one, now)
	}
	if r.size > recentMemory || len(r.at) >= n || len(r.at) != r.order.Len() {
		t.Errorf("%d of %d sessions with %d bytes are kept", len(r.at), n, r.size)
	}
}

// What is read at once is not worth the memory.
func TestSmallReadingsAreNotKept(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	r := newRecent()
	r.keep(&Stored{Session: Session{ID: "a"}, Chain: []Step{{N: 1, Rev: 1}}}, reading(t, now, 1), now)
	if len(r.at) != 0 {
		t.Error("it is kept")
	}
}
