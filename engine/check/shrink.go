package check

import (
	"slices"
	"time"
)

// tries is how many conversations are held to make one shorter.
const tries = 150

// patience bounds the time that goes into one.
const patience = 2 * time.Second

// A script says what is answered where; what it does not say is answered as
// simply as can be.
type script []step

func (s script) find(key string, n int) *move {
	for i := range s {
		if s[i].key == key && s[i].n == n {
			return s[i].m
		}
	}
	return nil
}

// shrink looks for a shorter conversation that fails in the same way: answers
// are left to the simplest choice, one after the other, as long as the failure
// stays. What is left is the shortest that was found.
func (w *walker) shrink(f *failed) {
	end := time.Now().Add(patience)
	best, left := script(f.path), tries
	try := func(s script) bool {
		if left--; left < 0 || time.Now().After(end) || w.ctx.Err() != nil {
			return false
		}
		path, found, ok := w.perform(s, f.seed, len(f.path))
		if !ok || identity(found) != f.key || len(path) > len(f.path) {
			return false
		}
		f.path, f.found = path, found
		return true
	}
	if try(nil) {
		best = nil
	}
	for size := max(1, len(best)/2); len(best) > 0 && left > 0; size = max(1, size/2) {
		before := len(best)
		for i := 0; i < len(best) && left > 0; {
			without := slices.Delete(slices.Clone(best), i, min(i+size, len(best)))
			if try(without) {
				best = without
				continue
			}
			i += size
		}
		if size == 1 && len(best) == before {
			break
		}
	}
	f.found.Talk = conversation(f.path)
	if f.found.Kind == Loop && f.found.Severity == Hint && len(f.found.Talk) > 0 { // the same thing sixty times
		last := len(f.found.Talk) - sameQuestion + 1
		f.found.Talk = f.found.Talk[:max(1, last)]
	}
}

// perform holds the conversation of a script and gives how it failed.
func (w *walker) perform(s script, seed uint64, most int) (path []step, found Finding, ok bool) {
	t := newTalk(w.ctx, w.programs, w.in, w.o.Now, seed)
	err := t.begin()
	times := map[string]int{}
	last, row := "", 0
	for err == nil && !t.ended && len(path) < most {
		key := t.key()
		m := s.find(key, times[key])
		if m == nil {
			if !t.screen.HasForm() {
				break
			}
			m = t.answer(nil, nil, nil, false)
		}
		next := step{key, times[key], m}
		b := t.asked.Block
		var taken bool
		if taken, err = t.say(m); err == nil && !taken {
			return nil, found, false
		}
		path = append(path, next)
		times[key]++
		if m.form == nil {
			continue
		}
		if row++; last != key {
			last, row = key, 1
		}
		if row == sameQuestion && err == nil {
			return path, circling(b), true
		}
	}
	if err == nil {
		found, ok = t.unstorable()
		return path, found, ok
	}
	found, ok = t.failure(err)
	return path, found, ok
}
