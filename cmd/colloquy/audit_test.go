package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"colloquy/engine/run"
	"colloquy/sql/store"
)

func TestAudit(t *testing.T) {
	dir := t.TempDir()
	quick := write(t, dir, "config.yml", "listen: 127.0.0.1:0\npassword hashing: {memory: 64 KiB, passes: 1, threads: 1}\n")
	data := filepath.Join(dir, "data")
	at := []string{"--config", quick, "--data", data}
	if status, _, complaint := runOnce(t, append([]string{"user", "create", "ana@example.com"}, at...)...); status != 0 {
		t.Fatal(complaint)
	}
	if status, out, complaint := runOnce(t, append([]string{"audit"}, at...)...); status != 0 || out != "Nothing is noted.\n" {
		t.Fatalf("status %d: %s%s", status, out, complaint)
	}
	noteOpenings(t, data)
	for _, tt := range []struct {
		args string
		want []string // in what is printed, line by line
	}{
		{"", []string{`WHEN +WHO +HOW +OWNER +SESSION +INTERVIEW`, `a new browser +api +ana@example.com +sssss +p:data/questions/a\.yml`,
			`browser bbbbbbbb +launch +ana@`, `account 77 +link`, `ana@example.com +link +nobody's +ttttt +p:data/questions/b\.yml`}},
		{"--limit 1", []string{"WHEN", "a new browser"}},
		{"--session ttttt", []string{"WHEN", "ana@example.com +link"}},
		{"--interview p:a.yml --limit 1", []string{"WHEN", "a new browser"}},
		{"--account ANA@example.com", []string{"WHEN", "ana@example.com +link"}},
		{"--since 12h", []string{"WHEN", "a new browser", "browser", "account 77"}},
		{"--since 2d --session ttttt --json", []string{`\{"at":"\S+Z","who":"ana@example.com","how":"link","owner":"nobody's","session":"ttttt","interview":"p:data/questions/b.yml"\}`}},
	} {
		status, out, complaint := runOnce(t, append(append([]string{"audit"}, at...), strings.Fields(tt.args)...)...)
		lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
		if status != 0 || len(lines) != len(tt.want) {
			t.Errorf("audit %s: status %d\n%s%s", tt.args, status, out, complaint)
			continue
		}
		for i, want := range tt.want {
			if !regexp.MustCompile(want).MatchString(lines[i]) {
				t.Errorf("audit %s: line %d is %q, want %s", tt.args, i, lines[i], want)
			}
		}
	}
	for args, want := range map[string]string{"--since yesterday": "give a day", "--account x@example.com": "has no account", "all": `takes no "all"`} {
		status, _, complaint := runOnce(t, append(append([]string{"audit"}, at...), strings.Fields(args)...)...)
		if status == 0 || !strings.Contains(complaint, want) {
			t.Errorf("audit %s: status %d, %s", args, status, complaint)
		}
	}
}

// noteOpenings stores two sessions and who opened them.
func noteOpenings(t *testing.T, data string) {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(data, "colloquy.sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now().UTC()
	account := func(id string) run.Holder { return run.Holder{Kind: run.HolderAccount, ID: id} }
	for id, c := range map[string]run.Session{"sssss": {Interview: "p:data/questions/a.yml", Owner: "1"}, "ttttt": {Interview: "p:data/questions/b.yml"}} {
		c.ID, c.Rev, c.Head, c.Created, c.Active = id, 1, 1, now, now
		if err := db.Create(t.Context(), run.Creation{Session: c, First: run.Step{N: 1, Rev: 1, Kind: "start", At: now, State: []byte("s")}}); err != nil {
			t.Fatal(err)
		}
	}
	for _, o := range []run.Opening{
		{Session: "ttttt", By: account("1"), How: run.ByLink, At: now.Add(-24 * time.Hour)},
		{Session: "sssss", By: account("77"), How: run.ByLink, At: now},
		{Session: "sssss", By: run.Holder{Kind: run.HolderBrowser, ID: "bbbbbbbbbbbb"}, How: run.ByLaunch, At: now},
		{Session: "sssss", How: "api", At: now},
	} {
		if err := db.NoteOpening(t.Context(), o, now); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
