package session_test

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"testing"
	"time"

	"pgregory.net/rapid"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
	"colloquy/engine/session"
)

var at = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)

// classes resolves the classes that a test knows.
type classes map[string]*python.Class

func (c classes) Class(name string) *python.Class { return c[name] }

func (c classes) Restore(name string, data python.Value) (python.Value, error) {
	return nil, fmt.Errorf("no native %s here", name)
}

// exec runs Python in the answers of a state.
func exec(t testing.TB, st *session.State, src string) {
	t.Helper()
	file, err := syntax.ParseFile("test.py", src, syntax.Pos{Line: 1, Col: 1})
	if err != nil {
		t.Fatal(err)
	}
	code, err := python.Compile(file, python.CompileOptions{Interview: true})
	if err != nil {
		t.Fatal(err)
	}
	th := python.NewThread(context.Background(), python.Options{})
	defer th.Close()
	if _, err := code.Run(th, st.Answers); err != nil {
		t.Fatal(err)
	}
}

func encode(t testing.TB, im *session.Image, st *session.State) *session.Encoding {
	t.Helper()
	enc, err := im.Encode(st)
	if err != nil {
		t.Fatal(err)
	}
	return enc
}

func decode(t testing.TB, res session.Resolver, full []byte, deltas ...[]byte) (*session.State, *session.Image) {
	t.Helper()
	th := python.NewThread(context.Background(), python.Options{})
	defer th.Close()
	st, im, err := session.Decode(th, nil, res, full, deltas...)
	if err != nil {
		t.Fatal(err)
	}
	return st, im
}

func classesOf(st *session.State) classes {
	c := classes{}
	for _, v := range st.Answers.All() {
		if cls, ok := v.(*python.Class); ok {
			c[cls.QualifiedName()] = cls
		}
	}
	return c
}

// check runs assertions in the decoded state, with the classes back in place.
func check(t testing.TB, st *session.State, c classes, src string) {
	t.Helper()
	for _, cls := range c {
		st.Answers.Set(cls.Name(), cls)
	}
	exec(t, st, src)
}

// Objects that nobody looks at are not rebuilt, and are stored as they were
// whatever becomes of those round them.
func TestUntouchedObjectsStay(t *testing.T) {
	const village = "class P:\n  pass\npeople = []\nfor n in range(20):\n  p = P()\n  p.n = n\n  p.home = P()\n  p.home.tools = ['saw', {'k': P()}]\n  p.home.owner = p\n  people.append(p)\ndel p, n\n"
	const sound = "for q in people:\n  assert q.home.owner is q and q.home.tools[0] == 'saw' and isinstance(q.home.tools[1]['k'], P)\n"
	for _, tt := range []struct {
		name, change, check string
		same                bool // nothing to store
	}{
		{"nothing", "", sound + "assert len(people) == 20", true},
		{"looking", "people[3].home.tools[1]['k']", sound, true},
		{"an attribute", "people[3].n = 33", sound + "assert [q.n for q in people[2:5]] == [2, 33, 4]", false},
		{"far below", "people[3].home.tools[1]['k'].x = 1", sound + "assert people[3].home.tools[1]['k'].x == 1", false},
		{"taken out", "del people[3]", sound + "assert [q.n for q in people[2:5]] == [2, 4, 5] and len(people) == 19", false},
		{"put elsewhere", "other = people.pop(3)", "people.append(other)\n" + sound + "assert other.n == 3", false},
		{"put below another", "people[0].friend = people.pop(3)", sound + "assert people[0].friend.home.tools[0] == 'saw'", false},
		{"order", "people.reverse()", sound + "assert [q.n for q in people[:3]] == [19, 18, 17]", false},
		{"another class", "class Q:\n  pass\npeople[3].__class__ = Q", "assert isinstance(people[3], Q) and people[3].n == 3 and people[3].home.owner is people[3]", false},
		{"another dictionary", "people[3].__dict__ = {'n': 5}", "assert people[3].n == 5 and not hasattr(people[3], 'home')", false},
		{"a copy", "twin = P()\ntwin.__dict__.update(vars(people[3]))", "assert twin.n == 3 and twin.home is people[3].home and twin is not people[3]", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			st := session.New(nil, at)
			exec(t, st, village)
			c := classesOf(st)
			full := encode(t, nil, st).Full()
			again, im := decode(t, c, full)
			for _, cls := range c {
				again.Answers.Set(cls.Name(), cls)
			}
			exec(t, again, tt.change)
			for name, cls := range classesOf(again) {
				c[name] = cls
			}
			enc := encode(t, im, again)
			if enc.Changed == tt.same {
				t.Errorf("changed: %t", enc.Changed)
			}
			if !tt.same && len(enc.Delta) > len(full)/2 {
				t.Errorf("the delta has %d bytes of %d", len(enc.Delta), len(full))
			}
			// The delta and the full copy say the same, and a second writing of
			// the state says nothing new.
			if twice := encode(t, enc.Image, again); twice.Changed {
				t.Error("written twice it changes again")
			}
			for what, blobs := range map[string][][]byte{"delta": {full, enc.Delta}, "full": {enc.Full()}} {
				last, _ := decode(t, c, blobs[0], blobs[1:]...)
				check(t, last, c, "# "+what+"\n"+tt.check)
			}
			if size := len(enc.Full()); enc.FullSize() < size/2 || enc.FullSize() > 2*size {
				t.Errorf("a full copy of %d bytes was thought to have %d", size, enc.FullSize())
			}
			// What replaces the delta says the same too.
			last, im := decode(t, c, full, enc.Delta)
			instead := encode(t, im.Before(), last)
			last, _ = decode(t, c, full, instead.Delta)
			check(t, last, c, tt.check)
		})
	}
}

func TestRoundTrip(t *testing.T) {
	for _, tt := range []struct{ name, make, check string }{
		{"scalars", "a = [None, True, False, 0, -7, 2**70, -2**70, 1.5, 'ü', b'\\x00x', ...]", "assert a == [None, True, False, 0, -7, 2**70, -2**70, 1.5, 'ü', b'\\x00x', ...]"},
		{"shared lists stay one", "a = [1]\nb = {'x': a}\nc = (a, 2)", "b['x'].append(2)\nassert a == [1, 2] and c[0] is a"},
		{"cycles", "a = []\na.append(a)", "assert a[0] is a"},
		{"dictionary keys and order", "d = {3: 'c', (1, 'x'): 2, 'k': None, True: 1}", "assert list(d) == [3, (1, 'x'), 'k', True]"},
		{"sets", "s = {1, 2}\nf = frozenset('ab')", "assert s == {1, 2} and f == frozenset('ab') and isinstance(f, frozenset)"},
		{"objects and aliases", "class P:\n  pass\np = P()\np.friend = P()\np.friend.friend = p\nq = p.friend", "assert q is p.friend and q.friend is p and isinstance(p, P)"},
		{"slots", "class S:\n  __slots__ = ('x', '__y', 'unset')\n  def __init__(self):\n    self.x, self.__y = [1], 2\n  def y(self):\n    return self.__y\nclass T(S):\n  pass\ns, t = S(), T()\nt.z = s.x",
			"assert s.x == [1] and s.y() == 2 and t.z is s.x and not hasattr(s, 'unset') and not hasattr(s, '__dict__') and vars(t) == {'z': [1]}"},
		{"objects that share their attributes", "class B:\n  shared = {}\n  def __init__(self):\n    self.__dict__ = self.shared\na = B()\na.x = 3", "assert a.x == 3 and vars(a) == {'x': 3}"},
		{"a class inside", "class P:\n  pass\nd = {'type': P}", "assert d['type'] is P"},
		{"subclasses of builtins", "class L(list):\n  pass\nclass D(dict):\n  pass\nl = L([1, 2])\nl.note = 'n'\nd = D(a=1)", "assert l == [1, 2] and l.note == 'n' and d['a'] == 1 and isinstance(d, D)"},
		{"exceptions", "e = ValueError('bad', 3)", "assert e.args == ('bad', 3)"},
		{"ranges and slices", "r = range(1, 9, 2)\ns = slice(1, None, 2)", "assert list(r) == [1, 3, 5, 7] and [1, 2, 3][s] == [2]"},
		{"complex numbers", "z = [1j, 2.5 - 1j, complex('nan')]\nd = {3 + 0j: 'k'}", "assert z[:2] == [1j, 2.5 - 1j] and str(z[2]) == '(nan+0j)' and d[3] == 'k'"},
		{"bytearrays stay one", "b = bytearray(b'ab')\nl = [b]\nclass B(bytearray):\n  pass\nc = B(b'x')", "l[0].append(99)\nassert b == b'abc' and l[0] is b and c == b'x' and isinstance(c, B)"},
		{"functions at the top are left out", "def f():\n  return 1\nx = 1", "try:\n  f\n  raise AssertionError\nexcept NameError:\n  pass\nassert x == 1"},
		{"objects as keys", "class K:\n  def __hash__(self):\n    return hash(self.n)\n  def __eq__(self, o):\n    return self.n == o.n\nk = K()\nk.n = 4\nd = {k: 'v'}", "assert d[k] == 'v'"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			st := session.New(nil, at)
			exec(t, st, tt.make)
			c := classesOf(st)
			got, _ := decode(t, c, encode(t, nil, st).Full())
			check(t, got, c, tt.check)
		})
	}
}

func TestSpansSurvive(t *testing.T) {
	st := session.New(nil, at)
	st.Answers.Set("s", python.WithSpans("hello <b>", []python.Span{{From: 6, To: 9}}))
	st.Answers.Set("o", python.Outside("all"))
	got, _ := decode(t, classes{}, encode(t, nil, st).Full())
	s, _ := got.Answers.Get("s")
	if spans := s.(*python.Str).Spans(); len(spans) != 1 || spans[0] != (python.Span{From: 6, To: 9}) {
		t.Errorf("spans of s = %v", spans)
	}
	o, _ := got.Answers.Get("o")
	if spans := o.(*python.Str).Spans(); len(spans) != 1 || spans[0] != (python.Span{From: 0, To: 3}) {
		t.Errorf("spans of o = %v", spans)
	}
}

func TestLostClass(t *testing.T) {
	st := session.New(nil, at)
	exec(t, st, "class Gone:\n  pass\ng = Gone()\ng.x = 5\nholder = [g]")
	c := classesOf(st)
	full := encode(t, nil, st).Full()
	without, _ := decode(t, classes{}, full)
	exec(t, without, "try:\n  holder[0].x\n  raise AssertionError\nexcept RuntimeError as e:\n  assert 'Gone' in str(e)")
	without.Answers.Delete("e")
	again, _ := decode(t, c, encode(t, nil, without).Full())
	check(t, again, c, "assert g.x == 5 and holder[0] is g")
}

func TestUnstorable(t *testing.T) {
	st := session.New(nil, at)
	exec(t, st, "d = {'people': [1, (lambda: 1)]}")
	_, err := (*session.Image)(nil).Encode(st)
	var u *session.UnstorableError
	if !errors.As(err, &u) || u.Path != "d['people'][1]" || u.Type != "function" {
		t.Errorf("Encode() error = %v", err)
	}
}

func TestBook(t *testing.T) {
	st := session.New(nil, at)
	progress := 12.5
	b := st.Book
	b.Answered["Question_1"], b.Choices["q"], b.Tracker, b.Progress, b.Offset = true, 2, 9, &progress, 3
	b.Held = 2
	b.Push("visitor", evaluation.Pending{Action: "edit", Arguments: map[string]python.Value{"n": python.Int(4)}, Breadcrumb: "Edit"})
	b.Dirty["a.b"] = python.Outside("x")
	b.Parts["title"], b.Tasks["mail"], b.Tags = "T", 2, []string{"one", "two"}
	b.Terms["en"] = map[string]string{"x": "y"}
	b.Explanations["default"] = []string{"because"}
	b.Journal["k"] = python.True
	got, _ := decode(t, classes{}, encode(t, nil, st).Full())
	g := got.Book
	if !g.Answered["Question_1"] || g.Choices["q"] != 2 || g.Tracker != 9 || *g.Progress != 12.5 || g.Offset != 3 || g.Held != 2 ||
		g.Parts["title"] != "T" || g.Tasks["mail"] != 2 || len(g.Tags) != 2 || g.Terms["en"]["x"] != "y" ||
		g.Explanations["default"][0] != "because" || !g.Started.Equal(at) || g.Journal["k"] != python.Value(python.True) {
		t.Errorf("book = %+v", g)
	}
	p, ok := g.Current("visitor")
	if !ok || p.Action != "edit" || p.Breadcrumb != "Edit" || p.Arguments["n"] != python.Value(python.Int(4)) {
		t.Errorf("stack = %+v", p)
	}
}

// TestDeltas walks a state through changes and rebuilds every one from the
// full copy and the deltas.
func TestDeltas(t *testing.T) {
	st := session.New(nil, at)
	exec(t, st, "class P:\n  pass\npeople = []\nd = {}")
	c := classesOf(st)
	first := encode(t, nil, st)
	im, deltas := first.Image, [][]byte{}
	for _, change := range []string{
		"p = P()\np.name = 'Ann'\npeople.append(p)", "people.append(P())\npeople[1].name = 'Bo'", "people.insert(0, 3)",
		"del p.name", "d['x'] = people", "d['y'] = 1\ndel d['x']", "d = {'y': 2, 'x': 1}", "people.reverse()", "del people", "people = [p, p]",
	} {
		exec(t, st, change)
		enc := encode(t, im, st)
		if !enc.Changed {
			t.Errorf("%q changed nothing", change)
		}
		deltas, im = append(deltas, enc.Delta), enc.Image
		got, _ := decode(t, c, first.Full(), deltas...)
		if a, b := encode(t, nil, got).Full(), encode(t, nil, st).Full(); len(a) != len(b) {
			t.Errorf("after %q: rebuilt state is %d bytes in full, want %d", change, len(a), len(b))
		}
	}
	if enc := encode(t, im, st); enc.Changed || enc.Booked {
		t.Error("nothing changed, and Encode says it did")
	}
}

func TestDeltaOverwritten(t *testing.T) {
	st := session.New(nil, at)
	exec(t, st, "a = 1\nl = [1, 2, 3]")
	first := encode(t, nil, st)
	exec(t, st, "l.append(4)")
	second := encode(t, first.Image, st)
	again, im := decode(t, classes{}, first.Full(), second.Delta)
	exec(t, again, "l.append(5)\na = 2")
	replaced := encode(t, im.Before(), again)
	got, _ := decode(t, classes{}, first.Full(), replaced.Delta)
	exec(t, got, "assert l == [1, 2, 3, 4, 5] and a == 2")
}

// TestFlatGrowth proves that what a step costs follows its change: adding a
// person to a list of a hundred costs hardly more than to a short one.
func TestFlatGrowth(t *testing.T) {
	st := session.New(nil, at)
	exec(t, st, "class P:\n  pass\npeople = []")
	im := encode(t, nil, st).Image
	var early, late int
	for n := range 100 {
		exec(t, st, "p = P()\np.first = 'Ann'\np.last = 'Example'\np.address = P()\np.address.city = 'Ulm'\npeople.append(p)")
		enc := encode(t, im, st)
		im = enc.Image
		if n < 50 {
			early += len(enc.Delta)
		} else {
			late += len(enc.Delta)
		}
	}
	if float64(late) > 1.2*float64(early) {
		t.Errorf("persons 51-100 took %d bytes, 1-50 %d", late, early)
	}
}

func TestRefusesDamage(t *testing.T) {
	st := session.New(nil, at)
	exec(t, st, "a = [1, {'x': 'y'}, (2, 3)]")
	full := encode(t, nil, st).Full()
	th := python.NewThread(context.Background(), python.Options{})
	defer th.Close()
	for n := range full {
		if _, _, err := session.Decode(th, nil, classes{}, full[:n]); !errors.Is(err, session.ErrCorrupt) {
			t.Fatalf("the first %d of %d bytes decoded: %v", n, len(full), err)
		}
	}
	if _, _, err := session.Decode(th, nil, classes{}, full, full); !errors.Is(err, session.ErrCorrupt) {
		t.Errorf("a full copy as a delta: %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	st := session.New(nil, at)
	exec(f, st, "class P:\n  pass\na = [1, {'x': ('y', 2.5)}, {3}]\np = P()\np.x = p")
	first := encode(f, nil, st)
	exec(f, st, "a.append(4)")
	f.Add(first.Full(), encode(f, first.Image, st).Delta)
	f.Fuzz(func(t *testing.T, full, delta []byte) {
		th := python.NewThread(context.Background(), python.Options{Limits: python.Limits{Steps: 100000}})
		defer th.Close()
		got, im, err := session.Decode(th, nil, classes{}, full, delta)
		if err != nil {
			return
		}
		if _, err := im.Encode(got); err != nil {
			t.Skip()
		}
	})
}

// value draws a plain value.
func value(depth int) *rapid.Generator[python.Value] {
	return rapid.Custom(func(t *rapid.T) python.Value {
		kinds := 6
		if depth > 0 {
			kinds = 9
		}
		switch rapid.IntRange(0, kinds).Draw(t, "kind") {
		case 0:
			return python.None
		case 1:
			return python.Bool(rapid.Bool().Draw(t, "bool"))
		case 2:
			return python.Int(rapid.Int64().Draw(t, "int"))
		case 3:
			return python.NewInt(new(big.Int).SetBytes(rapid.SliceOfN(rapid.Byte(), 9, 20).Draw(t, "big")))
		case 4:
			return python.Float(rapid.Float64().Draw(t, "float"))
		case 5:
			return python.Outside(rapid.String().Draw(t, "outside"))
		case 6:
			return python.NewStr(rapid.String().Draw(t, "str"))
		case 7:
			return python.NewList(rapid.SliceOfN(value(depth-1), 0, 4).Draw(t, "list")...)
		case 8:
			return python.NewTuple(rapid.SliceOfN(value(depth-1), 0, 4).Draw(t, "tuple")...)
		}
		d := python.NewDict()
		for k, v := range rapid.MapOfN(rapid.String(), value(depth-1), 0, 4).Draw(t, "dict") {
			d.SetStr(k, v)
		}
		return d
	})
}

// TestCodecProperty: whatever is stored comes back with the same repr, in full
// and by way of a delta.
func TestCodecProperty(t *testing.T) {
	th := python.NewThread(context.Background(), python.Options{})
	defer th.Close()
	rapid.Check(t, func(rt *rapid.T) {
		st := session.New(nil, at)
		st.Answers.Set("v", value(3).Draw(rt, "v"))
		first := encode(t, nil, st)
		st.Answers.Set("v", value(3).Draw(rt, "w"))
		got, _ := decode(t, classes{}, first.Full(), encode(t, first.Image, st).Delta)
		want, _ := st.Answers.Get("v")
		have, _ := got.Answers.Get("v")
		a, err1 := th.Repr(want)
		b, err2 := th.Repr(have)
		if err1 != nil || err2 != nil || a.String() != b.String() {
			rt.Fatalf("%v %v: stored %s, read %s", err1, err2, a, b)
		}
	})
}

func BenchmarkCodec(b *testing.B) {
	st := session.New(nil, at)
	exec(b, st, "class P:\n  pass\npeople = []\nfor n in range(100):\n  p = P()\n  p.first = 'Ann'\n  p.last = str(n)\n  p.address = P()\n  p.address.city = 'Ulm'\n  people.append(p)")
	c := classesOf(st)
	first := encode(b, nil, st)
	b.Run("encode", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			encode(b, first.Image, st)
		}
	})
	b.Run("decode", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			decode(b, c, first.Full())
		}
	})
	b.ReportMetric(float64(len(first.Full())), "bytes")
}
