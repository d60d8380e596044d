package transcript

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"colloquy/engine/ask"
	"colloquy/engine/run"
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
			yaml, err := os.ReadFile(file)
			if err != nil {
				b.Fatal(err)
			}
			s := settle(b, string(yaml))
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
	p       *player
	request run.Request
	values  []ask.Value // of the form, hidden ones first
}

// settle opens an interview, and follows the link of its first screen if
// there is one.
func settle(t testing.TB, yaml string) *settled {
	t.Helper()
	tr, err := Parse("bench.txtar", []byte("An interview that is measured.\n-- interview.yml --\n"+yaml+"\n-- talk --\n"))
	if err != nil {
		t.Fatal(err)
	}
	stage, err := NewStage([]*Transcript{tr})
	if err != nil {
		t.Fatal(err)
	}
	r, err := stage.open(tr)
	if err != nil {
		t.Fatal(err)
	}
	s := &settled{p: &player{t: tr, room: r, ctx: t.Context(), people: map[string]*person{}}}
	if err := s.p.as("visitor"); err != nil {
		t.Fatal(err)
	}
	if err := s.p.arrive(nil); err != nil || s.p.who.screen == nil {
		t.Fatalf("open: %v\n%s", err, s.p.out.String())
	}
	for _, l := range links(s.p.who.screen) {
		if err := s.p.address(l.url); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.p.visit(&s.request); err != nil { // completes the request
		t.Fatal(err)
	}
	s.read(t)
	return s
}

// read takes the names of the form's values.
func (s *settled) read(t testing.TB) {
	t.Helper()
	sc := s.p.who.screen
	if sc == nil || !sc.HasForm() {
		t.Fatalf("no form:\n%s", s.p.out.String())
	}
	for _, h := range sc.Hidden {
		s.values = append(s.values, ask.Value{Name: h.Name})
	}
	for in := range sc.Inputs() {
		s.values = append(s.values, ask.Value{Name: in.Name})
	}
}

// step sends the form, every field filled with the Nth answer, and takes the
// next one.
func (s *settled) step(t testing.TB, n int) {
	hidden := s.p.who.screen.Hidden
	f := &run.Form{Form: ask.Form{Values: append([]ask.Value(nil), s.values...)}}
	for i := range f.Values {
		if i >= len(hidden) {
			f.Values[i].Text = strconv.Itoa(n % 90)
			continue
		}
		f.Values[i].Text = hidden[i].Value
		if hidden[i].Name == run.FormInput {
			f.Token = hidden[i].Value
		}
	}
	q := s.request
	q.Form, q.Web.Method = f, "POST"
	r, err := s.p.room.runner.Do(s.p.ctx, &q)
	if err != nil {
		t.Fatal(err)
	}
	if r.Screen == nil || !r.Screen.HasForm() || !r.Acted || r.Stale {
		t.Fatalf("step %d was not taken: %+v", n, r)
	}
	s.p.who.screen = r.Screen
}
