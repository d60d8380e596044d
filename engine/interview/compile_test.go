package interview

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"colloquy/engine/python"
)

// evaluating starts an evaluation with the names that run to get it ready.
func evaluating(t *testing.T, setup string) (*python.Thread, *python.Namespace) {
	t.Helper()
	th := python.NewThread(t.Context(), python.Options{})
	t.Cleanup(func() { th.Close() })
	ns := python.NewNamespace(nil)
	if setup != "" {
		in := mustLoad(t, "code: |\n  "+strings.ReplaceAll(setup, "\n", "\n  ")+"\n")
		if _, err := in.Blocks[0].Code.Run(th, ns); err != nil {
			t.Fatal(err)
		}
	}
	return th, ns
}

func TestRunAndRender(t *testing.T) {
	in := mustLoad(t, `
def: twice
mako: |
  <%def name="twice(x)">${ x * 2 }</%def>
---
if: n > 2
usedefs: twice
question: You have ${ n } of ${ twice('ab') }
subquestion: 100%% sure
help: |
  ## a comment
  Plain
`)
	b := in.Blocks[0]
	th, ns := evaluating(t, "n = 3")
	if v, err := b.If[0].Run(th, ns); err != nil || v != python.True {
		t.Errorf("n > 2 gives %v, %v", v, err)
	}
	for _, tt := range []struct {
		text *Text
		want string
	}{
		{b.Question.Text, "You have 3 of abab"},
		{b.Question.Subquestion, "100%% sure"},
		{b.Question.Help.Content, "Plain"},
	} {
		s, err := tt.text.Render(th, ns)
		if err != nil || strings.TrimSpace(s.String()) != tt.want {
			t.Errorf("%q renders as %q, %v, want %q", tt.text.Source, s, err, tt.want)
		}
	}
}

// A missing name must surface as such, with its place in the YAML file.
func TestMissingNames(t *testing.T) {
	for _, tt := range []struct {
		name, in, missing string
		line              int
		get               func(*Block) func(*python.Thread, *python.Namespace) error
	}{
		{"code", "# words\ncode: |\n  a = 1\n  b = a + tank\n", "tank", 4, runCode},
		{"folded code", "code: >\n  a = 1;\n  b = tank\n", "tank", 3, runCode},
		{"expression", "question: Q\nyesno: a\nif: |\n\n  tank\n", "tank", 5, runIf},
		{"template", "question: |\n  One\n\n  ${ tank } fish\n", "tank", 4, renderQuestion},
		{"control line", "question: |\n  % if tank:\n  x\n  % endif\n", "tank", 2, renderQuestion},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := mustLoad(t, tt.in)
			th, ns := evaluating(t, "")
			err := tt.get(in.Blocks[0])(th, ns)
			if name, ok := python.MissingName(err); !ok || name != tt.missing {
				t.Fatalf("error is %v, want %s to be missing", err, tt.missing)
			}
			var r *python.Raised
			if !errors.As(err, &r) {
				t.Fatalf("error is %T", err)
			}
			frames := r.Traceback()
			if len(frames) == 0 || frames[len(frames)-1].Line != tt.line || frames[len(frames)-1].File != "colloquy.test:data/questions/interview.yml" {
				t.Errorf("traceback is %+v, want line %d", frames, tt.line)
			}
		})
	}
}

func runCode(b *Block) func(*python.Thread, *python.Namespace) error {
	return func(th *python.Thread, ns *python.Namespace) error {
		_, err := b.Code.Run(th, ns)
		return err
	}
}

func runIf(b *Block) func(*python.Thread, *python.Namespace) error {
	return func(th *python.Thread, ns *python.Namespace) error {
		_, err := b.If[0].Run(th, ns)
		return err
	}
}

func renderQuestion(b *Block) func(*python.Thread, *python.Namespace) error {
	return func(th *python.Thread, ns *python.Namespace) error {
		_, err := b.Question.Text.Render(th, ns)
		return err
	}
}

func TestUses(t *testing.T) {
	in := mustLoad(t, `
event: e
question: |
  ${ tank.size } and ${ fish[0].name.full() } and ${ pets['cat'].age }
  % for p in people:
  ${ p.name } ${ [q.a for q in things[i].list] } ${ (lambda z: z + w)(1) }
  % endfor
review:
  - A: a
    show if: b.c > d['k']
`)
	b := in.Blocks[0]
	want := []string{"tank.size", "fish[0].name.full", "pets['cat'].age", "people", "things[i].list", "w"}
	if got := b.Question.Text.Uses; !slices.Equal(got, want) {
		t.Errorf("the question uses %q, want %q", got, want)
	}
	if got := b.Question.Review[0].ShowIf[0].Uses; !slices.Equal(got, []string{"b.c", "d['k']"}) {
		t.Errorf("show if uses %q", got)
	}
}

func TestGeneratedFields(t *testing.T) {
	in := mustLoad(t, "question: Q\nfields:\n  - code: made\n")
	b := in.Blocks[0]
	th, ns := evaluating(t, "made = [{'label': 'Shelf ' + str(n), 'field': 'shelf[%d].load' % n, 'datatype': 'number', 'min': 1} for n in range(2)]\n"+
		"made.append({'Wrong': 'f(x)', 'datatype': 'integr'})")
	f := b.Question.Fields[0]
	v, err := f.Code.Run(th, ns)
	if err != nil {
		t.Fatal(err)
	}
	_, err = in.GeneratedFields(th, b, f.Code.Pos, v)
	var le *LoadError
	if !errors.As(err, &le) || len(le.Problems) != 2 || le.Problems[0].Pos.Line != 3 {
		t.Errorf("error is %v, want two problems at line 3", err)
	}
	v.(*python.List).Elems = v.(*python.List).Elems[:2]
	fields, err := in.GeneratedFields(th, b, f.Code.Pos, v)
	if err != nil {
		t.Fatal(err)
	}
	if len(fields) != 2 || fields[1].Variable.Text != "shelf[1].load" || fields[1].Label.Source != "Shelf 1" ||
		fields[1].Datatype != "number" || fields[1].Min.Source != "1" || fields[1].Number != 1 {
		t.Errorf("fields are %+v", fields)
	}
}

// What people typed must not become a template or code by way of computed fields.
func TestGeneratedFieldsKeepOutsideText(t *testing.T) {
	in := mustLoad(t, "question: Q\nfields:\n  - code: made\n")
	b := in.Blocks[0]
	th, ns := evaluating(t, "")
	typed := python.Outside("${ 6 * 7 }")
	field := func(key string, v python.Value) python.Value {
		d := &python.Dict{}
		d.SetStr("label", typed)
		d.SetStr("field", python.NewStr("a"))
		d.SetStr(key, v)
		return python.NewList(d)
	}
	fields, err := in.GeneratedFields(th, b, b.Pos, field("hint", typed))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []*Text{fields[0].Label, fields[0].Hint} {
		s, err := text.Render(th, ns)
		if err != nil || s.String() != "${ 6 * 7 }" || len(s.Spans()) == 0 {
			t.Errorf("renders as %q with spans %v, %v", s, s.Spans(), err)
		}
	}
	for _, key := range []string{"required", "rows", "validate", "code"} {
		if _, err := in.GeneratedFields(th, b, b.Pos, field(key, python.Outside("danger"))); err == nil {
			t.Errorf("text from outside was accepted as code in %s", key)
		}
	}
}

func TestTranslations(t *testing.T) {
	const xliff = `<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="interview.yml" source-language="en" target-language="es" datatype="plaintext"><body>
<trans-unit id="1"><source>You have ${ n } fish</source><target>Tiene ${ n } peces</target></trans-unit>
<trans-unit id="2"><source>Plain</source><target>Simple</target></trans-unit>
</body></file></xliff>`
	lib := library(t, map[string]string{
		"interview.yml":          "question: Plain\n---\ntranslations: [w.xlf, missing.xlf]\n---\nquestion: You have ${ n } fish\nsubquestion: Plain\n",
		"data/sources/w.xlf":     xliff,
		"data/sources/other.xlf": "no XML",
	})
	in, err := Load(t.Context(), lib, "colloquy.test:interview.yml")
	if err != nil {
		t.Fatal(err)
	}
	th, ns := evaluating(t, "n = 2")
	q := in.Blocks[1].Question
	for _, tt := range []struct {
		text       *Text
		lang, want string
	}{
		{q.Text, "es", "Tiene 2 peces"},
		{q.Text, "fr", "You have 2 fish"},
		{q.Subquestion, "es", "Simple"},
		{in.Blocks[0].Question.Text, "es", "Plain"},
	} {
		s, err := tt.text.In(tt.lang).Render(th, ns)
		if err != nil || s.String() != tt.want {
			t.Errorf("%q in %s is %q, %v, want %q", tt.text.Source, tt.lang, s, err, tt.want)
		}
	}
}

func TestEventsAndIterators(t *testing.T) {
	in := mustLoad(t, "event: [done, x.shown]\nquestion: Q\n---\nquestion: R\nyesno: a[i].b\n")
	if !in.IsEvent("done") || !in.IsEvent("x.shown") || in.IsEvent("a[i].b") {
		t.Error("IsEvent: done and x.shown are events, a[i].b is not")
	}
	if got := in.Blocks[1].Iterators(); !slices.Equal(got, []string{"i"}) {
		t.Errorf("a[i].b holds the iterators %q, want i", got)
	}
}
