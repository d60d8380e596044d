package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// suite makes a peer suite whose programs report what the files first.txt and
// second.txt in it say, the second when asked for certain ids.
func suite(t *testing.T, first, second string) peers {
	t.Helper()
	dir := t.TempDir()
	const program = `
import fs from 'node:fs';
const at = (name) => process.argv[process.argv.indexOf(name) + 1];
const text = fs.readFileSync(process.argv.includes('--only') ? 'second.txt' : 'first.txt', 'utf8');
const all = text.split('\n').filter(Boolean).map((l) => l.split(' '));
fs.writeFileSync(at('--json'), JSON.stringify({ KIND: all.map(([status, id]) => ({ status, ID: id })) }));
process.exit(all.some(([status]) => status === 'failed') ? 1 : 0);
`
	for name, text := range map[string]string{
		"first.txt": first, "second.txt": second,
		"run.mjs":     strings.NewReplacer("KIND", "scenarios", "ID", "id").Replace(program),
		"screens.mjs": strings.NewReplacer("KIND", "screens", "ID", "interview").Replace(program),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return peers{dir: dir, jobs: 1}
}

func TestRatchet(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("Node.js is not installed")
	}
	for _, tt := range []struct {
		name, first, second, listed string
		update                      bool
		want                        string // the list afterwards
		err                         error
	}{
		{"new ones are kept when asked", "passed b\npassed a\nfailed c", "", "scenario a", true, "scenario a\nscenario b", nil},
		{"and only then", "passed b\npassed a", "", "scenario a", false, "scenario a", nil},
		{"a listed one may stumble once", "failed a\npassed b", "passed a", "scenario a\nscenario b", false, "scenario a\nscenario b", nil},
		{"but not twice", "failed a\npassed b", "failed a", "scenario a\nscenario b", true, "scenario a\nscenario b", errRegressed},
		{"others may fail", "failed c\npassed a", "failed c", "scenario a", false, "scenario a", nil},
		{"screens are other things", "failed a", "failed a", "screen a", false, "screen a", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			file := filepath.Join(root, ".ci", "peer-passing.txt")
			if err := os.Mkdir(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := writeList(file, strings.Split(tt.listed, "\n")); err != nil {
				t.Fatal(err)
			}
			err := ratchet(context.Background(), options{root: root, part: -1, update: tt.update, kind: scenario}, suite(t, tt.first, tt.second))
			if !errors.Is(err, tt.err) {
				t.Errorf("got %v, want %v", err, tt.err)
			}
			list, err := readList(file)
			if got := strings.Join(list, "\n"); err != nil || got != tt.want {
				t.Errorf("the list is\n%s (%v)\nwant\n%s", got, err, tt.want)
			}
		})
	}
}

func TestThirds(t *testing.T) {
	ids := []string{"p:a.yml#1", "p:a.yml#2", "p:b.yml#1", "p:c.yml", "p:d.yml", "p:e.yml"}
	var all []string
	for part := 7; part < 7+parts; part++ {
		mine := third(ids, part)
		all = append(all, mine...)
		if joined := strings.Join(mine, " "); strings.Contains(joined, "a.yml#1") != strings.Contains(joined, "a.yml#2") {
			t.Errorf("part %d tears an interview apart: %v", part, mine)
		}
	}
	if len(all) != len(ids) {
		t.Errorf("the parts are %v", all)
	}
}

func TestExactly(t *testing.T) {
	re := regexp.MustCompile(exactly([]string{"p:a.yml#1", "p:b(1).yml"}))
	for s, want := range map[string]bool{"p:a.yml#1": true, "p:a.yml#12": false, "p:b(1).yml": true, "p:axyml#1": false} {
		if re.MatchString(s) != want {
			t.Errorf("%s: %v", s, !want)
		}
	}
}

func TestMissingListIsEmpty(t *testing.T) {
	if list, err := readList(filepath.Join(t.TempDir(), "none")); err != nil || list != nil {
		t.Errorf("got %v, %v", list, err)
	}
}

func TestReport(t *testing.T) {
	file := filepath.Join(t.TempDir(), "r.json")
	if err := os.WriteFile(file, []byte(`{"screens":[{"interview":"a","status":"expected"},{"interview":"b","status":"failed"}]}`), 0o644); err != nil {
		t.Fatal(err)
	}
	got, err := readReport(file)
	if want := (outcome{"a": "passed", "b": "failed"}); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := readReport(file + "x"); err == nil {
		t.Error("a report that is not there was read")
	}
}
