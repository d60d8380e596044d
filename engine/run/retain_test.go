package run_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"colloquy/engine/config"
	"colloquy/engine/ports"
	"colloquy/engine/run"
	"colloquy/engine/transcript/memory"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// keeper returns a Runner that keeps sessions as the configuration says.
func keeper(t *testing.T, text string) (*run.Runner, *memory.Store, *memory.Files) {
	t.Helper()
	cfg, err := config.Parse(config.Source{Text: []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	store, files := memory.New(), &memory.Files{}
	return run.New(run.Parts{Store: store, Files: files, Config: cfg, Clock: ports.ClockFunc(func() time.Time { return noon })}), store, files
}

// idle stores a session that was used last so long before noon, with a file.
func idle(t *testing.T, s *memory.Store, f *memory.Files, id, interview string, ago time.Duration) {
	t.Helper()
	at := noon.Add(-ago)
	err := s.Create(t.Context(), run.Creation{
		Session: run.Session{ID: id, Interview: interview, Rev: 1, Head: 1, Created: at, Active: at},
		First:   run.Step{N: 1, Rev: 1, Kind: "start", At: at, State: []byte("state")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Put(t.Context(), id+"/1", strings.NewReader("bytes")); err != nil {
		t.Fatal(err)
	}
}

func isKept(s *memory.Store, id string) bool {
	_, err := s.Load(context.Background(), id)
	return err == nil
}

func TestSessionsAreKeptAsConfigured(t *testing.T) {
	const day = 24 * time.Hour
	for _, tt := range []struct {
		name, config string
		interview    string
		ago          time.Duration
		kept         bool
	}{
		{"by default, ninety days", "", "p:data/questions/a.yml", 91*day - time.Second, true},
		{"more than ninety whole days", "", "p:data/questions/a.yml", 91 * day, false},
		{"never", "interview delete days: 0", "p:data/questions/a.yml", 9000 * day, true},
		{"one day", "interview delete days: 1", "p:data/questions/a.yml", 2 * day, false},
		{"one day and a bit", "interview delete days: 1", "p:data/questions/a.yml", 2*day - time.Second, true},
		{"an interview of its own", "interview delete days by filename: {\"p:a.yml\": 7}", "p:data/questions/a.yml", 8 * day, false},
		{"another interview", "interview delete days by filename: {\"p:a.yml\": 7}", "p:data/questions/b.yml", 8 * day, true},
		{"never for one", "interview delete days: 3\ninterview delete days by filename: {\"p:a.yml\": 0}", "p:data/questions/a.yml", 9000 * day, true},
		{"only one", "interview delete days: 0\ninterview delete days by filename: {\"p:a.yml\": 5}", "p:data/questions/a.yml", 6 * day, false},
		{"all but one", "interview delete days: 0\ninterview delete days by filename: {\"p:a.yml\": 5}", "p:data/questions/b.yml", 6 * day, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, s, f := keeper(t, tt.config)
			idle(t, s, f, "one", tt.interview, tt.ago)
			erased, err := r.EraseIdle(t.Context(), noon)
			if err != nil {
				t.Fatal(err)
			}
			if isKept(s, "one") != tt.kept || erased != map[bool]int64{false: 1}[tt.kept] {
				t.Errorf("kept: %v, erased: %d", isKept(s, "one"), erased)
			}
		})
	}
}

func TestManyIdleSessionsGoAFewAtATime(t *testing.T) {
	r, s, f := keeper(t, "interview delete days: 10\ninterview delete days by filename: {\"p:kept.yml\": 0}")
	for i := range 1200 {
		interview := "p:data/questions/a.yml"
		if i%2 == 0 {
			interview = "p:data/questions/kept.yml"
		}
		idle(t, s, f, fmt.Sprint("s", i), interview, time.Duration(1000+i)*time.Hour)
	}
	erased, err := r.EraseIdle(t.Context(), noon)
	if err != nil || erased != 600 {
		t.Errorf("erased %d, %v", erased, err)
	}
	if erased, err = r.EraseIdle(t.Context(), noon); err != nil || erased != 0 {
		t.Errorf("then erased %d, %v", erased, err)
	}
}

func TestWhatTimeDoesNotAllowIsLeft(t *testing.T) {
	r, s, f := keeper(t, "")
	idle(t, s, f, "one", "p:data/questions/a.yml", 9000*time.Hour)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if erased, err := r.EraseIdle(ctx, noon); err != nil || erased != 0 || !isKept(s, "one") {
		t.Errorf("erased %d, %v", erased, err)
	}
}

// The files of erased sessions go, also one that a request wrote which was
// under way when its session was erased.
func TestFilesOfErasedSessionsGo(t *testing.T) {
	r, s, f := keeper(t, "")
	ctx := t.Context()
	idle(t, s, f, "gone", "p:data/questions/a.yml", 0)
	idle(t, s, f, "kept", "p:data/questions/a.yml", 0)
	if err := s.Delete(ctx, "gone", run.DropPending); err != nil {
		t.Fatal(err)
	}
	for pass, want := range []int{1, 1, 0} {
		cleared, err := r.ClearLeftovers(ctx)
		if err != nil || cleared != want {
			t.Errorf("pass %d cleared %d, %v", pass, cleared, err)
		}
		if _, err := f.Open(ctx, "gone/1"); !errors.Is(err, ports.ErrNotFound) {
			t.Errorf("pass %d left a file: %v", pass, err)
		}
		if pass == 0 {
			if _, err := f.Put(ctx, "gone/1", strings.NewReader("late")); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := f.Open(ctx, "kept/1"); err != nil {
		t.Errorf("the file of another session: %v", err)
	}
}
