package main_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// module is the path that imports within the house begin with.
const module = "colloquy/"

// floors is the map of the house: imports go down, never up or sideways. A room
// is a package with everything below it; inside a room imports are free.
var floors = [][]string{
	0: {"engine/fault", "engine/screen", "engine/ports", "engine/seal", "engine/config", "engine/spelling", "engine/picture",
		"engine/python/syntax", "engine/doc", "static"},
	1: {"engine/python", "engine/markup", "engine/language", "engine/packages", "engine/demo", "views",
		"engine/kv", "engine/pdf", "engine/rtf", "engine/docx"},
	2: {"engine/mako", "engine/jinja", "engine/evaluation"},
	3: {"engine/objects", "engine/docx/template"},
	4: {"engine/words", "engine/interview", "engine/assemble"},
	5: {"engine/session", "engine/ask", "engine/accounts"},
	6: {"engine/solve"},
	7: {"engine/run"},
	8: {"engine/check", "engine/transcript", "engine/preview", "engine/outside/mail", "engine/outside/sms",
		"engine/outside/jobs", "engine/outside/files", "engine/outside/redis", "engine/outside/web", "engine/outside/libreoffice", "sql"},
	9:  {"handlers"},
	10: {"cmd/colloquy"},
}

// exceptions are imports that the floors forbid and the reason why they are
// allowed all the same. One that nobody uses any more is a failure, too.
var exceptions = map[edge]string{
	{"engine/config", "engine/spelling"}: "spelling compares names and imports nothing; config is on the same floor",
}

// An edge is an import: from and to are paths below the module.
type edge struct{ from, to string }

// A place is where a package is on the map.
type place struct {
	floor int
	room  string
}

// placeOf finds the room of a package, the innermost if rooms lie in each other.
func placeOf(pkg string) (place, bool) {
	best, found := place{}, false
	for floor, rooms := range floors {
		for _, room := range rooms {
			if (pkg == room || strings.HasPrefix(pkg, room+"/")) && len(room) > len(best.room) {
				best, found = place{floor, room}, true
			}
		}
	}
	return best, found
}

// wrong says what is wrong with an import, or "".
func wrong(e edge) string {
	from, ok := placeOf(e.from)
	if !ok {
		return "has no floor: give " + e.from + " a line in the map"
	}
	to, ok := placeOf(e.to)
	switch {
	case !ok:
		return "has no floor: give " + e.to + " a line in the map"
	case from.room == to.room:
		return ""
	case from.floor < to.floor:
		return fmt.Sprintf("climbs from floor %d to %d", from.floor, to.floor)
	case from.floor == to.floor:
		return fmt.Sprintf("goes sideways on floor %d", from.floor)
	case strings.HasPrefix(e.from, "engine/") && !strings.HasPrefix(e.to, "engine/"):
		return "leaves the engine: it knows no pages and no tables"
	case from.room == "views" && to.room != "engine/screen":
		return "lets a view know more than a screen"
	}
	return ""
}

// imports asks go list who imports whom within the module.
func imports(t *testing.T) (packages []string, edges []edge) {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Imports", module+"...")
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, complaints.String())
	}
	dec := json.NewDecoder(bytes.NewReader(out))
	for {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return packages, edges
		} else if err != nil {
			t.Fatalf("read go list: %v", err)
		}
		from := strings.TrimPrefix(p.ImportPath, module)
		packages = append(packages, from)
		for _, imported := range p.Imports {
			if to, ok := strings.CutPrefix(imported, module); ok {
				edges = append(edges, edge{from, to})
			}
		}
	}
}

func TestImportsGoDown(t *testing.T) {
	packages, edges := imports(t)
	if len(packages) == 0 {
		t.Fatal("go list found no package")
	}
	for _, pkg := range packages {
		if _, ok := placeOf(pkg); !ok {
			t.Errorf("%s is on no floor of the map", pkg)
		}
	}
	used := map[edge]bool{}
	for _, e := range edges {
		if _, ok := exceptions[e]; ok {
			used[e] = true
			continue
		}
		if what := wrong(e); what != "" {
			t.Errorf("%s imports %s: that %s", e.from, e.to, what)
		}
	}
	for e, why := range exceptions {
		if !used[e] {
			t.Errorf("the exception %s -> %s (%s) is not needed any more", e.from, e.to, why)
		}
	}
}

func TestTheMapItself(t *testing.T) {
	for _, tt := range []struct {
		e    edge
		want string
	}{
		{edge{"engine/run", "engine/solve"}, ""},
		{edge{"engine/python/stdlib", "engine/python"}, ""},
		{edge{"engine/python", "engine/python/syntax"}, ""},
		{edge{"views/question", "engine/screen"}, ""},
		{edge{"views/question", "views"}, ""},
		{edge{"sql/store", "engine/run"}, ""},
		{edge{"engine/python/syntax", "engine/python"}, "climbs from floor 0 to 1"},
		{edge{"engine/solve", "handlers"}, "climbs from floor 6 to 9"},
		{edge{"engine/words", "engine/interview"}, "goes sideways on floor 4"},
		{edge{"engine/outside/jobs", "sql/store"}, "goes sideways on floor 8"},
		{edge{"engine/words", "views"}, "leaves the engine: it knows no pages and no tables"},
		{edge{"views", "engine/fault"}, "lets a view know more than a screen"},
		{edge{"engine/pythonic", "engine/fault"}, "has no floor: give engine/pythonic a line in the map"},
		{edge{"engine/run", "engine/thing"}, "has no floor: give engine/thing a line in the map"},
	} {
		if got := wrong(tt.e); got != tt.want {
			t.Errorf("%s -> %s: got %q, want %q", tt.e.from, tt.e.to, got, tt.want)
		}
	}
	var rooms []string
	for _, floor := range floors {
		for _, room := range floor {
			if slices.Contains(rooms, room) {
				t.Errorf("%s is on the map twice", room)
			}
			rooms = append(rooms, room)
		}
	}
}
