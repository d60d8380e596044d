package mako

import "colloquy/engine/python"

// newBuffer returns the function that writes the text of one function: with
// one argument it appends that text; without it gives everything written. Two
// are the value of a return and whether it counts: then it is appended first,
// or given alone if nothing was written.
func newBuffer() (*python.Text, *python.Builtin) {
	t := new(python.Text)
	return t, python.NewBuiltin("write", func(th *python.Thread, a *python.Args) (python.Value, error) {
		if len(a.Pos) == 0 {
			return finish(t), nil
		}
		if len(a.Pos) == 2 {
			switch {
			case a.Pos[1] == python.False || a.Pos[0] == python.None:
				return finish(t), nil
			case t.Len() == 0:
				return a.Pos[0], nil
			}
		}
		s, err := th.Str(a.Pos[0])
		if err != nil {
			return nil, err
		}
		t.Write(s)
		if err := th.Alloc(s.Len()); err != nil {
			return nil, err
		}
		if len(a.Pos) == 2 {
			return finish(t), nil
		}
		return python.None, nil
	})
}

// finish takes the text out of a buffer.
func finish(t *python.Text) *python.Str {
	s := t.Str()
	*t = python.Text{}
	return s
}

// A loop is what loop means in a for line: where the iteration stands.
type loop struct {
	over   python.Value
	parent python.Value
	index  int
}

// Class returns the class of loop objects.
func (*loop) Class() *python.Class { return loopClass }

var loopClass = python.NewClass(python.ClassSpec{
	Name: "LoopContext", Module: "mako.runtime", Final: true,
	Members: []python.Member{
		python.Method("__iter__", loopIter),
		python.Method("__len__", func(th *python.Thread, a *python.Args) (python.Value, error) {
			n, err := th.Len(a.Self.(*loop).over)
			return python.Int(n), err
		}),
		python.Method("cycle", loopCycle),
		loopGetter("index", func(_ *python.Thread, l *loop) (python.Value, error) { return python.Int(l.index), nil }),
		loopGetter("first", func(_ *python.Thread, l *loop) (python.Value, error) { return python.Bool(l.index == 0), nil }),
		loopGetter("even", func(_ *python.Thread, l *loop) (python.Value, error) { return python.Bool(l.index%2 == 0), nil }),
		loopGetter("odd", func(_ *python.Thread, l *loop) (python.Value, error) { return python.Bool(l.index%2 == 1), nil }),
		loopGetter("parent", func(_ *python.Thread, l *loop) (python.Value, error) { return l.parent, nil }),
		loopGetter("last", func(th *python.Thread, l *loop) (python.Value, error) {
			n, err := th.Len(l.over)
			return python.Bool(l.index == int(n)-1), err
		}),
		loopGetter("reverse_index", func(th *python.Thread, l *loop) (python.Value, error) {
			n, err := th.Len(l.over)
			return python.Int(int(n) - l.index - 1), err
		}),
	},
})

func loopGetter(name string, get func(*python.Thread, *loop) (python.Value, error)) python.Member {
	return python.Getter(name, func(th *python.Thread, self python.Value) (python.Value, error) {
		return get(th, self.(*loop))
	}, nil)
}

// loopIter gives the elements and counts them.
func loopIter(th *python.Thread, a *python.Args) (python.Value, error) {
	l := a.Self.(*loop)
	it, err := th.Iter(l.over)
	if err != nil {
		return nil, err
	}
	l.index = -1
	return python.NewIterator(python.IteratorClass, func(th *python.Thread) (python.Value, bool, error) {
		l.index++
		return it.Next(th)
	}), nil
}

// loopCycle gives one of its arguments after the other.
func loopCycle(_ *python.Thread, a *python.Args) (python.Value, error) {
	if len(a.Pos) == 0 {
		return nil, python.Errorf(python.ValueError, "You must provide values to cycle through")
	}
	return a.Pos[a.Self.(*loop).index%len(a.Pos)], nil
}

func newLoop(_ *python.Thread, a *python.Args) (python.Value, error) {
	return &loop{over: a.Pos[0], parent: a.Pos[1]}, nil
}

// callers holds the callers of one rendering, from <%call> to the def it calls.
type callers struct{ waiting python.Value }

// call evaluates the expression of a <%call> while its caller waits.
func (c *callers) call(th *python.Thread, a *python.Args) (python.Value, error) {
	before := c.waiting
	defer func() { c.waiting = before }()
	ns := python.NewInstance(callerClass)
	for _, k := range a.Kw {
		ns.Attrs.Set(k.Name, k.Value)
	}
	c.waiting = ns
	return th.Call(a.Pos[0], nil, nil)
}

// take gives the waiting caller to a def; None if it was called as a function.
func (c *callers) take(*python.Thread, *python.Args) (python.Value, error) {
	v := c.waiting
	c.waiting = nil
	if v == nil {
		return python.None, nil
	}
	return v, nil
}

// callerClass is the class of caller, which has the body and the defs of a
// <%call> as attributes.
var callerClass = python.NewClass(python.ClassSpec{Name: "Namespace", Module: "mako.runtime", Final: true})

// capture gives the text of a def, which is what calling it gives.
func capture(th *python.Thread, a *python.Args) (python.Value, error) {
	if len(a.Pos) == 0 {
		return nil, python.Errorf(python.TypeError, "capture() needs a function")
	}
	return th.Call(a.Pos[0], a.Pos[1:], a.Kw)
}

// undefinedClass is the class of UNDEFINED, which no name ever is: a name that
// is not defined raises NameError.
var undefinedClass = python.NewClass(python.ClassSpec{Name: "Undefined", Module: "mako.runtime", Final: true})

// shared are the names that any template may use, beside those of filters.
var shared = map[string]python.Value{
	bufferName: python.NewBuiltin("buffer", func(*python.Thread, *python.Args) (python.Value, error) {
		_, write := newBuffer()
		return write, nil
	}),
	loopName:         python.NewBuiltin("loop", newLoop),
	"capture":        python.NewBuiltin("capture", capture),
	"STOP_RENDERING": python.NewStr(""),
	"UNDEFINED":      python.NewInstance(undefinedClass),
}
