package interview

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"colloquy/engine/fault"
)

// named gives the names of blocks.
func named(list []*Block) string {
	var names []string
	for _, b := range list {
		names = append(names, strings.TrimPrefix(b.Name, "ID "))
	}
	return strings.Join(names, " ")
}

const candidates = `
id: one
question: First
fields:
  - A: a
---
id: two
code: a = 1
---
id: french
language: fr
question: Premier
yesno: a
---
id: three
question: Last
yesno: a
---
id: plain quotes
question: Quotes
yesno: d["k"].v
---
id: boat question
generic object: Boat
question: Boat
yesno: x.sails
---
id: boat code
generic object: Boat
code: x.sails = 2
---
id: thing question
generic object: Thing
question: Thing
yesno: x.sails
`

func TestCandidates(t *testing.T) {
	in := mustLoad(t, candidates)
	for _, tt := range []struct{ form, language, want string }{
		{"a", "*", "three two one"},
		{"a", "en", "three two one"},
		{"a", "fr", "french three two one"},
		{"b", "*", ""},
		{"d['k'].v", "*", "plain quotes"},
		{`d["k"].v`, "*", "plain quotes"},
		{"x.sails", "*", "thing question boat code boat question"},
	} {
		if got := named(in.Candidates(tt.form, tt.language)); got != tt.want {
			t.Errorf("Candidates(%s, %s) = %s, want %s", tt.form, tt.language, got, tt.want)
		}
	}
	for _, tt := range []struct{ class, form, want string }{
		{"Boat", "x.sails", "boat code boat question"},
		{"Thing", "x.sails", "thing question"},
		{"Boat", "x.oars", ""},
		{"Car", "x.sails", ""},
	} {
		if got := named(in.GenericCandidates(tt.class, tt.form, "*")); got != tt.want {
			t.Errorf("GenericCandidates(%s, %s) = %s, want %s", tt.class, tt.form, got, tt.want)
		}
	}
	if !in.Offered("a") || in.Offered("b") {
		t.Error("Offered: a is offered, b is not")
	}
}

// Asking for candidates must not change what the next session gets.
func TestCandidatesAreCopied(t *testing.T) {
	in := mustLoad(t, candidates)
	first := in.Candidates("a", "fr")
	slices.Reverse(first)
	if got := named(in.Candidates("a", "fr")); got != "french three two one" {
		t.Errorf("after reversing a result, Candidates = %s", got)
	}
}

func TestPrecedence(t *testing.T) {
	const three = "id: a\ncode: v = 1\n---\nid: b\ncode: v = 2\n---\nid: c\ncode: v = 3\n"
	for _, tt := range []struct{ name, extra, want string }{
		{"file order", "", "c b a"},
		{"order", "---\norder: [a, c]\n", "b a c"},
		{"order of all", "---\norder: [a, b, c]\n", "a b c"},
		{"later order wins for a pair", "---\norder: [a, b, c]\n---\norder: [c, b]\n", "a c b"},
		{"unknown ids", "---\norder: [z, a]\n", "c b a"},
		{"supersedes", "---\nid: d\nsupersedes: c\ncode: v = 4\n", "d c b a"},
		{"superseded later", "---\nid: d\nsupersedes: [x, y]\ncode: v = 4\n", "d c b a"},
		{"circle", "---\norder: [a, b]\n---\norder: [b, c]\n---\norder: [c, a]\n", "c a b"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := named(mustLoad(t, three+tt.extra).Candidates("v", "*")); got != tt.want {
				t.Errorf("tried in the order %s, want %s", got, tt.want)
			}
		})
	}
	early := mustLoad(t, "id: a\nsupersedes: [b, c]\ncode: v = 1\n---\nid: b\ncode: v = 2\n---\nid: c\ncode: v = 3\n")
	if got := named(early.Candidates("v", "*")); got != "a b c" {
		t.Errorf("with supersedes tried in the order %s, want a b c", got)
	}
}

func TestSchedule(t *testing.T) {
	in := mustLoad(t, `
imports: datetime
---
id: m
mandatory: True
code: a = 1
---
mandatory: False
code: b = 1
---
id: cond
mandatory: a > 1
question: Q
---
modules: [.here]
---
id: i
initial: maybe
code: c = 1
---
id: r
reconsider: True
code: d = 1
---
reset: e
---
question: Embedded
buttons:
  - A:
      code: f = 1
`)
	if got := named(in.Walk); got != "m cond i" {
		t.Errorf("Walk = %s, want m cond i", got)
	}
	if got := named(in.Reconsider); got != "r" {
		t.Errorf("Reconsider = %s, want r", got)
	}
	if got := named(in.Startup); got != "Question_0 Question_4 Question_7" {
		t.Errorf("Startup = %s", got)
	}
	if got := named(in.Candidates("f", "*")); got != "Question_9" {
		t.Errorf("f is offered by %s, want the block around the choice", got)
	}
}

func TestDependents(t *testing.T) {
	in := mustLoad(t, `
depends on: ["items[i].price", rate]
only sets: items[i].total
code: |
  items[i].total = items[i].price * rate
  extra = 1
---
depends on: rate
code: items[i].total = 3
---
on change:
  rate: a = 1
---
on change:
  rate: b = 1
`)
	if got := in.Dependents("rate"); !slices.Equal(got, []string{"items[i].total", "extra"}) {
		t.Errorf("Dependents(rate) = %q", got)
	}
	if got := in.Dependents("items[i].price"); !slices.Equal(got, []string{"items[i].total", "extra"}) {
		t.Errorf("Dependents(items[i].price) = %q", got)
	}
	if got := in.Changes("rate"); len(got) != 2 || got[0].Code.Source != "a = 1" {
		t.Errorf("Changes(rate) = %v, want two in order of the file", got)
	}
}

// Keys must outlive edits elsewhere in the file, and tell equal blocks apart.
func TestKeys(t *testing.T) {
	const block = "mandatory: True\ncode: a = 1\n"
	before := mustLoad(t, block+"---\nid: named\ncode: b = 1\n---\n"+block)
	after := mustLoad(t, "code: new = 1\n---\n"+block+"---\nid: named\ncode: b = 2\n---\n"+block)
	keys := map[string]bool{}
	for i, b := range before.Blocks {
		if keys[b.Key] {
			t.Errorf("the key %s is given twice", b.Key)
		}
		keys[b.Key] = true
		if moved := after.Blocks[i+1]; moved.Key != b.Key {
			t.Errorf("block %d has the key %s after an edit elsewhere, %s before", i, moved.Key, b.Key)
		}
		if before.ByKey(b.Key) != b {
			t.Errorf("ByKey(%s) does not find its block", b.Key)
		}
	}
	if before.ByID("named") == nil || before.ByName("ID named") == nil || before.ByName("Question_2") == nil || before.ByID("none") != nil {
		t.Error("blocks are not found by id and name")
	}
}

func TestParts(t *testing.T) {
	in := mustLoad(t, `
metadata:
  title: {en: Tank, "*": Tanque}
  footer: Foot
  logo: null
---
default screen parts:
  under: Below
---
language: fr
default screen parts:
  under: Dessous
---
sections: [A]
`)
	for _, tt := range []struct{ language, title, under string }{{"en", "Tank", "Below"}, {"fr", "Tanque", "Dessous"}, {"*", "Tanque", "Below"}} {
		title, ok := in.MetadataPart("title", tt.language)
		under := in.Part("under", tt.language)
		if !ok || title != tt.title || under == nil || under.Source != tt.under {
			t.Errorf("in %s the title is %q and under is %v", tt.language, title, under)
		}
	}
	if _, ok := in.MetadataPart("logo", "*"); ok {
		t.Error("a null in metadata counts as written")
	}
	if foot, ok := in.MetadataPart("footer", "de"); !ok || foot != "Foot" {
		t.Errorf("footer = %q", foot)
	}
	if o := in.Outline("de"); o == nil || len(o.Items) != 1 {
		t.Errorf("Outline(de) = %v, want the one for every language", o)
	}
}

func TestLoadErrors(t *testing.T) {
	lib := library(t, map[string]string{"interview.yml": "question: A\nfields:\n  - B: b()\n"})
	if _, err := Load(t.Context(), lib, "colloquy.test:other.yml"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a missing interview gives %v, want not found", err)
	}
	if _, err := Load(t.Context(), lib, "nonsense"); err == nil {
		t.Error("a name without a package loads")
	}
	_, err := Load(t.Context(), lib, "colloquy.test:interview.yml")
	var le *LoadError
	if !errors.As(err, &le) || len(le.Problems) != 1 {
		t.Fatalf("error is %v, want one problem", err)
	}
	const want = `interview colloquy.test:data/questions/interview.yml does not load:
colloquy.test:data/questions/interview.yml:3:8: error: "b()" cannot be a variable name: it holds the character (
     1 | question: A
     2 | fields:
>    3 |   - B: b()`
	if err.Error() != want {
		t.Errorf("error reads\n%s\nwant\n%s", err, want)
	}
	if p, ok := fault.PositionOf(err); !ok || p.Line != 3 || p.Col != 8 {
		t.Errorf("position is %v", p)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Load(ctx, lib, "colloquy.test:interview.yml"); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled load gives %v", err)
	}
}

// Loading notes every file it read, and those it looked for in vain.
func TestStamps(t *testing.T) {
	lib := library(t, map[string]string{"interview.yml": "include: sub/a.yml\n", "data/questions/sub/a.yml": "include: b.yml\n", "data/questions/b.yml": "code: a = 1\n"})
	in, err := Load(t.Context(), lib, "colloquy.test:interview.yml")
	if err != nil {
		t.Fatal(err)
	}
	if lib.Changed(in.Stamps) {
		t.Error("nothing changed, yet it seems so")
	}
	if len(in.Stamps) != 4 || len(in.Files) != 3 {
		t.Errorf("%d stamps and %d files, want 4 (one looked for in vain) and 3", len(in.Stamps), len(in.Files))
	}
}

// sized makes an interview of n blocks of the usual kinds.
func sized(n int) string {
	var b strings.Builder
	for i := range n / 4 {
		fmt.Fprintf(&b, `---
id: question %[1]d
question: |
  What about ${ thing[%[1]d].name }?
subquestion: |
  %% if thing[%[1]d].large:
  It is **large**.
  %% endif
fields:
  - Name: thing[%[1]d].name.first
  - Size: thing[%[1]d].size
    datatype: integer
    min: 1
    show if:
      variable: thing[%[1]d].kind
      is: large
  - Kind: thing[%[1]d].kind
    choices:
      - Large: large
      - Small: small
---
code: |
  total_%[1]d = 0
  for item in thing:
    if item.size > %[1]d:
      total_%[1]d += item.size * 2
---
objects:
  - person_%[1]d: DAList.using(object_type=Individual)
---
mandatory: total_%[1]d > 3
question: Done ${ total_%[1]d }
`, i)
	}
	return b.String()
}

func BenchmarkLoad100(b *testing.B) {
	lib := library(b, map[string]string{"interview.yml": sized(100)})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(b.Context(), lib, "colloquy.test:interview.yml"); err != nil {
			b.Fatal(err)
		}
	}
}
