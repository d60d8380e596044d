package transcript

import (
	"errors"
	"strconv"
	"testing"

	"colloquy/engine/run"
	"colloquy/engine/seal"
)

// The past of a session is told by pages, to who can open it.
func TestThePastByPages(t *testing.T) {
	s := settle(t, people)
	for n := range 60 {
		if err := s.p.say("people[i].name.first=Ann people[i].name.last=Houston people[i].address.address=here people[i].address.city=Ulm"); err != nil {
			t.Fatal(n, err)
		}
		if err := s.p.say("press Yes"); err != nil {
			t.Fatal(n, err)
		}
	}
	r, id, keys := s.p.room.runner, s.p.who.session, run.Keys{Browser: s.p.who.secret}
	var seen int64
	for _, want := range []int{50, 50, 21, 0} {
		page, err := r.Past(t.Context(), id, keys, seen, 50)
		if err != nil || len(page) != want {
			t.Fatalf("after step %d there are %d, want %d (%v)", seen, len(page), want, err)
		}
		for _, p := range page {
			if seen++; p.N != seen || p.At.IsZero() || p.Stored == 0 || len(p.Set) == 0 || p.By != keys.Browser.ID() {
				t.Fatalf("step %d is %+v", seen, p)
			}
		}
	}
	other, err := seal.NewSecret(s.p.room.chance)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{id, "nobody"} {
		if steps, err := r.Past(t.Context(), id, run.Keys{Browser: other}, 0, 0); !errors.Is(err, run.ErrNotYours) || steps != nil {
			t.Errorf("a stranger is told of %d steps, %v", len(steps), err)
		}
	}
}

// Loading a session costs what its state does, however long its past: the
// deltas that a load goes through are bounded: 65, or one for each KiB of a large
// state. BenchmarkLongPast gives times.
func TestChainsStayShort(t *testing.T) {
	s := settle(t, editor)
	longest := 0
	for range 300 {
		if err := s.p.say("action note"); err != nil {
			t.Fatal(err)
		}
		stored, err := s.p.room.store.Load(t.Context(), s.p.who.session)
		if err != nil {
			t.Fatal(err)
		}
		longest = max(longest, len(stored.Chain))
	}
	t.Logf("the longest chain is %d", longest)
	if longest < 10 || longest > 160 {
		t.Errorf("a load goes through %d rows", longest)
	}
}

// editor has a large state of which each step changes little.
const editor = `
initial: True
code: |
  if not defined('words'):
    words = ['word %d of a long text that nobody changes' % n for n in range(3000)]
    n = 0
---
mandatory: True
question: |
  ${ n }
fields:
  - A: a
---
event: note
code: |
  n += 1
`

func BenchmarkLongPast(b *testing.B) {
	for _, kind := range []struct{ name, yaml string }{{"large", editor}, {"small", small}} {
		for _, steps := range []int{10, 100, 1000} {
			b.Run(kind.name+"/"+strconv.Itoa(steps), func(b *testing.B) {
				s := settle(b, kind.yaml)
				for range steps {
					if err := s.p.say("action note"); err != nil {
						b.Fatal(err)
					}
				}
				stored, err := s.p.room.store.Load(b.Context(), s.p.who.session)
				if err != nil {
					b.Fatal(err)
				}
				for b.Loop() {
					if err := s.p.say("reload"); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(len(stored.Chain)), "chain")
			})
		}
	}
}

const small = `
initial: True
code: |
  if not defined('n'):
    n = 0
---
mandatory: True
question: |
  ${ n }
fields:
  - A: a
---
event: note
code: |
  n += 1
`
