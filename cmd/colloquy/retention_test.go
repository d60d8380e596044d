package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"colloquy/engine/run"
	"colloquy/sql/store"
)

func TestRetention(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	at := []string{"--data", data, "--config", write(t, dir, "config.yml", `
interview delete days: 30
interview delete days by filename:
  p:never.yml: 0
  p:soon.yml: 2
`)}
	retention := func(args string) (int, string, string) {
		t.Helper()
		words := strings.Fields(args)
		return runOnce(t, append(append([]string{"retention", words[0]}, at...), words[1:]...)...)
	}
	if status, out, complaint := retention("show"); status != 0 || out != "No session is due.\n" {
		t.Fatalf("status %d: %s%s", status, out, complaint)
	}
	db, err := store.Open(t.Context(), filepath.Join(data, "colloquy.sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	for id, days := range map[string]int{"old-1": 40, "old-2": 50, "young": 20, "soon-1": 4, "never-1": 400} {
		name, _, _ := strings.Cut(id, "-")
		used := now.AddDate(0, 0, -days)
		err := db.Create(t.Context(), run.Creation{
			Session: run.Session{ID: id, Interview: fmt.Sprintf("p:data/questions/%s.yml", name), Rev: 1, Head: 1, Created: used, Active: used},
			First:   run.Step{N: 1, Rev: 1, Kind: "start", At: used, State: []byte("state")},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ args, want string }{
		{"show", "SESSIONS  INTERVIEW\n2         p:data/questions/old.yml\n1         p:data/questions/soon.yml\n"},
		{"keep old-1 soon-1", "old-1 is kept for good\nsoon-1 is kept for good\n"},
		{"show", "SESSIONS  INTERVIEW\n1         p:data/questions/old.yml\n"},
		{"release soon-1", "soon-1 is erased by age again\n"},
		{"show", "SESSIONS  INTERVIEW\n1         p:data/questions/old.yml\n1         p:data/questions/soon.yml\n"},
	} {
		if status, out, complaint := retention(tt.args); status != 0 || out != tt.want {
			t.Errorf("retention %s: status %d\n%s%s", tt.args, status, out, complaint)
		}
	}
	for args, want := range map[string]string{"keep nobody": "there is no session nobody", "keep": "--help", "drop x": "--help"} {
		if status, _, complaint := retention(args); status != 1 || !strings.Contains(complaint, want) {
			t.Errorf("retention %s: status %d, %s", args, status, complaint)
		}
	}
}
