package objects_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

// TestReference runs the tables of testdata/reference: what the documentation
// of the object library says that an expression gives. A part of a file
//
//	== 3 object_name()            the section, and what it is about
//	: user client                 circumstances: user NAME, inside docx,
//	                              visitor FIRST LAST, package NAME
//	| client = Individual()       what was run before
//	client.object_name() ==> client
//
// has a row for every expression: its value as str() shows it, "wants NAME" for
// what is sought instead, or "error: CLASS" with as much of the message as is
// written there. A line break in a value is written \n.
func TestReference(t *testing.T) {
	files, err := filepath.Glob("testdata/reference/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no tables: %v", err)
	}
	rows := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range referenceParts(t, file, string(text)) {
			rows += len(p.rows)
			t.Run(p.title, p.run)
		}
	}
	if rows < 1000 {
		t.Errorf("%d rows, want 1000 at least", rows)
	}
	t.Logf("%d rows", rows)
}

type referencePart struct {
	title string
	facts [][]string
	setup []string
	rows  []referenceRow
}

type referenceRow struct{ at, src, want string }

func referenceParts(t *testing.T, file, text string) []*referencePart {
	t.Helper()
	var parts []*referencePart
	for n, line := range strings.Split(text, "\n") {
		if title, ok := strings.CutPrefix(line, "== "); ok {
			parts = append(parts, &referencePart{title: title})
			continue
		}
		if line == "" {
			continue
		}
		if len(parts) == 0 {
			t.Fatalf("%s:%d: a row before the first section", file, n+1)
		}
		p := parts[len(parts)-1]
		if fact, ok := strings.CutPrefix(line, ": "); ok {
			p.facts = append(p.facts, strings.Fields(fact))
		} else if code, ok := strings.CutPrefix(line, "| "); ok {
			p.setup = append(p.setup, code)
		} else if src, want, ok := strings.Cut(line, " ==> "); ok {
			p.rows = append(p.rows, referenceRow{fmt.Sprintf("%s:%d", filepath.Base(file), n+1), src, want})
		} else {
			t.Fatalf("%s:%d: %q is no row", file, n+1, line)
		}
	}
	return parts
}

func (p *referencePart) run(t *testing.T) {
	s := open(t)
	s.files, s.tables = referenceFiles, referenceTables(t)
	s.texts = map[string]string{"greeting.content": "Hello, {name}!\n\n", "greeting.subject": "To {name} "}
	s.run(strings.Join(append(p.setup, "0"), "\n"))
	for _, f := range p.facts {
		p.arrange(t, s, f)
	}
	for _, r := range p.rows {
		s.place.Gathering = nil // as when the evaluation starts over
		got := strings.ReplaceAll(s.result(r.src), "\n", `\n`)
		if strings.HasPrefix(r.want, "error: ") && strings.HasPrefix(got, r.want) {
			continue
		}
		if got != r.want {
			t.Errorf("%s: %s\n  = %s\nwant %s", r.at, r.src, got, r.want)
		}
	}
}

func (p *referencePart) arrange(t *testing.T, s *session, fact []string) {
	t.Helper()
	switch fact[0] {
	case "user":
		user, _ := s.answers.Get(fact[1])
		s.place.Facts = map[string]python.Value{"user": user}
	case "inside":
		s.place.Inside = fact[1]
	case "visitor":
		s.visitor.UserID, s.visitor.FirstName, s.visitor.LastName = 7, fact[1], fact[2]
	case "package":
		s.place.Package = fact[1]
	default:
		t.Fatalf("%s: no such circumstance: %q", p.title, fact)
	}
}

// result is the value of an expression as a row of a table has it.
func (s *session) result(src string) string {
	s.t.Helper()
	got, err := s.try(src)
	if err == nil {
		return got
	}
	if name, ok := python.MissingName(err); ok {
		return "wants " + name
	}
	return "error: " + err.Error()
}

// referenceFiles are what interviews of the tables find in their package.
var referenceFiles = map[string]string{
	"static/docassemble.demo:data/static/a.txt": "words",
	"static/docassemble.demo:a.txt":             "words",
	"sources/one.yml":                           "object: Individual\nitem:\n  age: 5\n",
	"sources/list.yml":                          "object: Thing\nitems:\n  - name: saw\n  - name: file\n",
	"sources/many.yml":                          "a: 1\n---\na: 2\n",
	"sources/plain.yml":                         "a:\n  - 1\n  - b: 2\n",
	"sources/bad.yml":                           "object: Nothing\nitem: {}\n",
	"sources/data.json":                         `{"a": [1, 2.5, true, null]}`,
}

// referenceTables are the table blocks of the tables about tables.
func referenceTables(t *testing.T) map[string]*evaluation.Table {
	columns := []evaluation.Column{{Header: words("Name"), Cell: expr(t, "row_item.name.text")}, {Header: words("N"), Cell: expr(t, "row_item.n")}}
	made := map[string]*evaluation.Table{}
	add := func(name, rows string, change func(x *evaluation.Table)) {
		x := &evaluation.Table{Name: "t", Rows: expr(t, rows), Columns: columns, ShowIfEmpty: true, RequireGathered: true, Width: 65}
		if change != nil {
			change(x)
		}
		made[name] = x
	}
	add("people", "people", func(x *evaluation.Table) { x.Editable, x.EditAll, x.DeleteButtons = true, true, true })
	add("sorted", "people", func(x *evaluation.Table) { x.SortKey = expr(t, "lambda y: y.n") })
	add("backwards", "people", func(x *evaluation.Table) { x.SortKey, x.SortReverse = expr(t, "lambda y: y.n"), true })
	add("filtered", "people", func(x *evaluation.Table) { x.Filter = expr(t, "row_item.n > 1") })
	add("pairs", "pairs", nil)
	add("plain", "plain", nil)
	add("text", "'abc'", nil)
	add("five", "5", nil)
	add("header", "[]", nil)
	add("nothing", "[]", func(x *evaluation.Table) { x.ShowIfEmpty = false })
	add("message", "[]", func(x *evaluation.Table) { x.EmptyMessage = words("Nobody.") })
	add("pending", "pending", nil)
	add("partial", "pending", func(x *evaluation.Table) { x.RequireGathered, x.ShowIfEmpty = false, false })
	return made
}
