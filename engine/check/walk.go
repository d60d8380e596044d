package check

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"colloquy/engine/interview"
	"colloquy/engine/python/syntax"
	"colloquy/engine/run"
)

// Walked says what walks went through.
type Walked struct {
	Walks, Steps     int
	Ended            int // walks that came to an end
	Outside          int // walks that ended where the world outside was needed
	Asked, Questions int // questions that were asked, of those there are
}

// A walker holds conversations and remembers what went wrong.
type walker struct {
	ctx      context.Context
	programs *run.Programs
	in       *interview.Interview
	o        Options
	until    time.Time
	words    []string
	used     map[string]int
	asked    map[*interview.Block]bool
	taken    map[*interview.Block]int // forms that were accepted, by question
	turned   map[*interview.Block]int // and refused
	talks    map[*interview.Block][]Said
	failed   []*failed
	walked   Walked
}

// failed is a failure and the shortest conversation that led there so far.
type failed struct {
	key   string
	found Finding
	seed  uint64
	path  []step
}

// A step is a move and the question that it answered.
type step struct {
	key string
	n   int // how often that question was asked before
	m   *move
}

// walk holds conversations and gives what they found.
func walk(ctx context.Context, p *run.Programs, in *interview.Interview, o Options) ([]Finding, Walked, error) {
	if o.Steps == 0 {
		o.Steps = 150
	}
	if o.Now.IsZero() {
		o.Now = time.Date(2026, time.March, 2, 15, 4, 5, 0, time.UTC)
	}
	w := &walker{ctx: ctx, programs: p, in: in, o: o, words: constants(in), used: map[string]int{}, asked: map[*interview.Block]bool{},
		taken: map[*interview.Block]int{}, turned: map[*interview.Block]int{}, talks: map[*interview.Block][]Said{}}
	if o.Time > 0 {
		w.until = time.Now().Add(o.Time)
	}
	for n := range o.Walks {
		if ctx.Err() != nil {
			return nil, w.walked, ctx.Err()
		}
		if w.late() {
			break
		}
		w.once(uint64(n))
	}
	var out []Finding
	for _, f := range w.failed {
		w.shrink(f)
		out = append(out, f.found)
	}
	out = append(out, w.overall()...)
	w.walked.Asked = len(w.asked)
	for _, b := range in.Blocks {
		if b.Kind == interview.QuestionBlock {
			w.walked.Questions++
		}
	}
	return out, w.walked, nil
}

func (w *walker) late() bool { return !w.until.IsZero() && time.Now().After(w.until) }

// sameQuestion is how often in a row a question may be asked and answered.
const sameQuestion = 60

// refusals is how many answers in a row a screen may refuse in a walk.
const refusals = 8

// once holds one conversation.
func (w *walker) once(n uint64) {
	chance := rand.New(rand.NewPCG(w.o.Seed, n))
	t := newTalk(w.ctx, w.programs, w.in, w.o.Now, n)
	w.walked.Walks++
	err := t.begin()
	var path []step
	times := map[string]int{}
	last, row, refused, reached := "", 0, 0, false
	for err == nil && !t.ended && len(path) < w.o.Steps && !w.late() {
		b := t.asked.Block
		if b.Index >= 0 {
			w.asked[b] = true
		}
		key := t.key()
		if !t.screen.HasForm() {
			reached = true // it may be left by its links
			if len(t.actions()) == 0 || chance.IntN(2) == 0 {
				break
			}
		}
		m := t.answer(chance, w.words, w.used, refused > 0)
		s := step{key, times[key], m}
		w.walked.Steps++
		var taken bool
		taken, err = t.say(m)
		if err == nil && !taken {
			w.turned[b]++
			if refused++; refused >= refusals {
				w.noteTalk(b, path)
				return
			}
			if t, err = w.replay(path, n); err != nil {
				break
			}
			continue
		}
		path, refused = append(path, s), 0
		times[key]++
		if m.form == nil {
			continue
		}
		w.taken[b]++
		if row++; last != key {
			last, row = key, 1
		}
		if row == sameQuestion && err == nil {
			w.note(t, n, path, circling(b))
			return
		}
	}
	if reached || t.ended && err == nil {
		w.walked.Ended++
	}
	w.end(t, n, path, err)
}

func circling(b *interview.Block) Finding {
	return Finding{Kind: Loop, Severity: Hint, Verdict: walked, Pos: b.Pos, Block: b.Name, Fix: "see why its answer does not count, or give a way out",
		Message: fmt.Sprintf("the same question comes again whatever is answered: %d times in a row", sameQuestion)}
}

// replay goes back to where a conversation was, after a form that was refused.
func (w *walker) replay(path []step, seed uint64) (*talk, error) {
	t := newTalk(w.ctx, w.programs, w.in, w.o.Now, seed)
	if err := t.begin(); err != nil {
		return t, err
	}
	for _, s := range path {
		if _, err := t.say(s.m); err != nil {
			return t, err
		}
	}
	return t, nil
}

// end judges how a conversation ended.
func (w *walker) end(t *talk, seed uint64, path []step, err error) {
	if t.screen != nil && t.asked != nil && t.asked.Block.Index >= 0 {
		w.asked[t.asked.Block] = true
	}
	if err == nil {
		if f, bad := t.unstorable(); bad {
			w.note(t, seed, path, f)
		}
		return
	}
	f, ok := t.failure(err)
	if !ok {
		w.walked.Outside++
		return
	}
	w.note(t, seed, path, f)
}

// identity tells failures apart.
func identity(f Finding) string {
	what := f.Message
	if f.Kind == Crash || f.Kind == TooSlow || f.Kind == Loop {
		what, _, _ = strings.Cut(what, ":")
	}
	return fmt.Sprintf("%s %s %s", f.Kind, f.Pos, what)
}

func (w *walker) note(t *talk, seed uint64, path []step, f Finding) {
	key := identity(f)
	for _, old := range w.failed {
		if old.key == key {
			if len(path) < len(old.path) {
				old.path, old.seed, old.found = slices.Clone(path), seed, f
			}
			return
		}
	}
	w.failed = append(w.failed, &failed{key: key, found: f, seed: seed, path: slices.Clone(path)})
}

func (w *walker) noteTalk(b *interview.Block, path []step) {
	if old, ok := w.talks[b]; !ok || len(path) < len(old) {
		w.talks[b] = conversation(path)
	}
}

func conversation(path []step) []Said {
	out := make([]Said, len(path))
	for i := range path {
		out[i] = path[i].m.said
	}
	return out
}

// overall is what can only be said when all walks are over.
func (w *walker) overall() []Finding {
	var out []Finding
	for _, b := range w.in.Blocks {
		if n := w.turned[b]; n >= refusals && w.taken[b] == 0 && w.talks[b] != nil {
			out = append(out, Finding{Kind: NotAccepted, Severity: Hint, Verdict: walked, Pos: b.Pos, Block: b.Name, Talk: w.talks[b],
				Message: fmt.Sprintf("none of %d answers was accepted", n), Fix: "see whether validation and limits leave an answer that does"})
		}
	}
	if w.walked.Walks >= 20 && w.walked.Ended == 0 && w.walked.Outside == 0 && len(w.failed) == 0 && len(out) == 0 && !w.late() {
		pos := w.in.Walk[len(w.in.Walk)-1].Pos
		out = append(out, Finding{Kind: NoEnd, Severity: Hint, Verdict: walked, Pos: pos,
			Message: fmt.Sprintf("none of %d walks came to an end within %d steps", w.walked.Walks, w.o.Steps),
			Fix:     "see whether there is a last screen, and a way to it"})
	}
	return out
}

// constants are the texts and numbers that code of the interview holds: it may
// compare answers with them.
func constants(in *interview.Interview) []string {
	a := &analysis{in: in}
	a.collect()
	seen := map[string]bool{}
	var out []string
	add := func(s string) {
		if !seen[s] && len(s) < 30 && len(out) < 100 {
			seen[s] = true
			out = append(out, s)
		}
	}
	for i := range a.pieces {
		for _, tree := range a.pieces[i].trees() {
			syntax.Inspect(tree, func(n syntax.Node) bool {
				if c, ok := n.(*syntax.Compare); ok {
					for _, e := range append([]syntax.Expr{c.Left}, c.Comparators...) {
						if k, ok := e.(*syntax.Constant); ok {
							switch v := k.Value.(type) {
							case string:
								add(v)
							case int64:
								add(strconv.FormatInt(v, 10))
							}
						}
					}
				}
				return true
			})
		}
	}
	return out
}
