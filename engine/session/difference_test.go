package session_test

import (
	"strings"
	"testing"

	"colloquy/engine/session"
)

// What a step changed is named as an author would write it.
func TestChangesAreNamed(t *testing.T) {
	const begin = `
class P:
  pass
a = 1
p = P()
p.name = P()
p.name.first = 'Ann'
p._own = 1
d = {'x': [1, 2], 3: 'three', (1, 2): 'pair'}
people = P()
people.elements = [p, P()]
s = {1, 2}
loop = [p]
loop.append(loop)
`
	for _, tt := range []struct{ change, set, gone string }{
		{"a = 1", "", ""},
		{"a = 2\nb = 3", "a b", ""},
		{"del a", "", "a"},
		{"p.name.first = 'Bo'", "p.name.first", ""},
		{"del p.name.first\np._own = 2", "", "p.name.first"},
		{"p.name = P()\np.name.first = 'Bo'", "p.name", ""},
		{"d['x'].append(3)\nd[3] = 'drei'", "d[3] d['x'][2]", ""},
		{"d['x'].pop()\ndel d[(1, 2)]", "", "d[…] d['x'][1]"},
		{"people.elements[1].age = 5", "people[1].age", ""},
		{"people.elements.append(P())", "people[2]", ""},
		{"people.elements = people.elements[:1]", "people.elements", ""},
		{"s.add(3)", "s", ""},
		{"loop[0] = 4", "loop[0]", ""},
		{"t = (1, [p])\np.age = 9", "t p.age", ""},
		{"p = people", "p", ""},
	} {
		st := session.New(nil, at)
		exec(t, st, begin)
		first := encode(t, nil, st)
		exec(t, st, tt.change)
		second := encode(t, first.Image, st)
		for how, look := range map[string]func() (*session.Image, error){
			"by delta":   func() (*session.Image, error) { return session.Look(first.Full(), second.Delta) },
			"by a copy":  func() (*session.Image, error) { return session.Look(second.Full()) },
			"as encoded": func() (*session.Image, error) { return second.Image, nil },
		} {
			now, err := look()
			if err != nil {
				t.Fatal(err)
			}
			set, gone := session.Changes(first.Image, now)
			if strings.Join(set, " ") != tt.set || strings.Join(gone, " ") != tt.gone {
				t.Errorf("%q %s: set %q, gone %q, want %q and %q", tt.change, how, set, gone, tt.set, tt.gone)
			}
		}
	}
	st := session.New(nil, at)
	exec(t, st, "a = 1\nb = [2]")
	if set, gone := session.Changes(nil, encode(t, nil, st).Image); strings.Join(set, " ") != "a b" || gone != nil {
		t.Errorf("from nothing: %q, %q", set, gone)
	}
	if _, err := session.Look([]byte("nothing of ours")); err == nil {
		t.Error("damage is looked at")
	}
}
