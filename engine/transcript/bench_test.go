package transcript

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"colloquy/engine/ask"
	"colloquy/engine/run"
	"colloquy/engine/screen"
)

// BenchmarkStep takes accepted forms in sessions that have settled: the sealed
// state is opened and decoded, the form taken, the interview evaluated, the
// new state encoded and sealed. The store is a map in memory.
func BenchmarkStep(b *testing.B) {
	files, err := filepath.Glob("testdata/bench/*.yml")
	if err != nil || len(files) != 5 {
		b.Fatalf("the interviews: %v %v", files, err)
	}
	for _, file := range files {
		b.Run(filepath.Base(file), func(b *testing.B) {
			s := settle(b, file)
			for n := range 20 { // until the first full copies lie behind
				s.step(b, n)
			}
			b.ReportAllocs()
			for n := 20; b.Loop(); n++ {
				s.step(b, n)
			}
		})
	}
}

// settled is a session that asks the same question again and again.
type settled struct {
	p    *player
	text []*screen.Field
	form ask.Form
}

// settle opens an interview of testdata/bench.
func settle(t testing.TB, file string) *settled {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return settleText(t, string(text))
}

func settleText(t testing.TB, yaml string) *settled {
	t.Helper()
	tr, err := Parse("bench.txtar", []byte("An interview that is measured.\n-- interview.yml --\n"+yaml+"\n-- talk --\n"))
	if err != nil {
		t.Fatal(err)
	}
	stage, err := NewStage([]*Transcript{tr})
	if err != nil {
		t.Fatal(err)
	}
	r, err := stage.open()
	if err != nil {
		t.Fatal(err)
	}
	p := &player{t: tr, room: r, ctx: t.Context(), people: map[string]*person{}}
	if err := p.as("visitor"); err != nil {
		t.Fatal(err)
	}
	if err := p.arrive(nil); err != nil || p.who.screen == nil {
		t.Fatalf("open: %v\n%s", err, p.out.String())
	}
	if len(links(p.who.screen)) > 0 {
		if err := p.follow("Dig"); err != nil {
			t.Fatal(err)
		}
	}
	s := &settled{p: p}
	s.fill(t)
	return s
}

// fill prepares the values of the question's form.
func (s *settled) fill(t testing.TB) {
	t.Helper()
	sc := s.p.who.screen
	if !sc.HasForm() {
		t.Fatalf("no form:\n%s", s.p.out.String())
	}
	for _, h := range sc.Hidden {
		s.form.Values = append(s.form.Values, ask.Value{Name: h.Name, Text: h.Value})
	}
	for in := range sc.Inputs() {
		s.form.Values = append(s.form.Values, ask.Value{Name: in.Name})
		s.text = append(s.text, in)
	}
}

// step sends the form once, with the Nth answers, and takes the next one.
func (s *settled) step(t testing.TB, n int) {
	hidden := s.p.who.screen.Hidden
	answer := strconv.Itoa(n % 90)
	f := &run.Form{Form: ask.Form{Values: make([]ask.Value, len(s.form.Values))}}
	copy(f.Values, s.form.Values)
	for i := range f.Values {
		if i >= len(hidden) {
			f.Values[i].Text = answer
			continue
		}
		f.Values[i] = ask.Value{Name: hidden[i].Name, Text: hidden[i].Value}
		if hidden[i].Name == run.FormInput {
			f.Token = hidden[i].Value
		}
	}
	q := *s.p.who.sent
	q.Action, q.Form, q.Web.Method = nil, f, "POST"
	r, err := s.p.room.runner.Do(s.p.ctx, &q)
	if err != nil {
		t.Fatal(err)
	}
	if r.Screen == nil || !r.Screen.HasForm() || !r.Acted || r.Stale {
		t.Fatalf("step %d was not taken: %+v", n, r)
	}
	s.p.who.screen = r.Screen
}

var _ = fmt.Sprint
