package python

import (
	"iter"
)

// generator is what a function with yield returns: its frame runs as a
// coroutine.
type generator struct {
	fr       *frame
	qualname string
	resume   func() (Value, bool) // to the next yield; false: over
	stop     func()
	depth    int       // of the call that made it
	base     *Instance // the exception being handled where it was resumed
	started  bool
	running  bool
	done     bool
	frozen   bool // kept by a module that is shared

	sent   Value // what yield gives
	thrown error // what yield raises
	inner  Value // what yield from takes from
	yield  func(Value) bool
	result Value // of return
	err    error // that ended it
}

// Class returns GeneratorClass.
func (*generator) Class() *Class { return GeneratorClass }

func (g *generator) name() string { return g.qualname }

// errStopped unwinds a coroutine whose thread is over.
type errStopped struct{}

func (errStopped) Error() string { return "generator ended" }

func (th *Thread) startGenerator(f *Function, vars []Value) *generator {
	fr := th.newFrame(f, vars)
	return th.newGenerator(fr, f.qualname)
}

func (th *Thread) newGenerator(fr *frame, qualname string) *generator {
	th.small += sizeGenerator + int64(len(fr.vars))*sizeElement
	g := &generator{fr: fr, qualname: qualname, result: None, depth: th.depth}
	fr.gen = g
	return g
}

// start makes the coroutine.
func (g *generator) start(th *Thread) {
	g.started = true
	g.resume, g.stop = iter.Pull(func(yield func(Value) bool) {
		g.yield = yield
		v, err := g.fr.code.run(g.fr)
		if err != nil {
			g.err = err
			return
		}
		g.result = v
	})
	if th.gens == nil {
		th.gens = map[*generator]struct{}{}
	}
	th.gens[g] = struct{}{}
}

// suspend hands v out and waits to be resumed.
func (g *generator) suspend(v Value) (Value, error) {
	th := g.fr.th
	handling := th.handling
	own := handling != g.base
	if !g.yield(v) {
		return nil, errStopped{}
	}
	if own { // it was suspended in an except block of its own
		th.handling = handling
	}
	if err := g.thrown; err != nil {
		g.thrown = nil
		return nil, err
	}
	v = g.sent
	g.sent = None
	return v, nil
}

// Next resumes the generator.
func (g *generator) Next(th *Thread) (Value, bool, error) { return g.send(th, None, nil) }

// send resumes the generator with a value or an exception. ok is false when it
// is over; its result is then in g.result.
func (g *generator) send(th *Thread, v Value, thrown error) (out Value, ok bool, err error) {
	switch {
	case g.running:
		return nil, false, Errorf(ValueError, "generator already executing")
	case g.done:
		return nil, false, thrown
	case !g.started && thrown != nil:
		g.done = true
		return nil, false, thrown
	case !g.started && v != Value(None):
		return nil, false, Errorf(TypeError, "can't send non-None value to a just-started generator")
	case th.closed:
		return nil, false, Errorf(RuntimeError, "generator outlived its evaluation")
	}
	if err := th.enter(); err != nil {
		return nil, false, err
	}
	if !g.started {
		g.start(th)
	}
	handling := th.handling
	g.base = handling
	g.sent, g.thrown, g.running = v, thrown, true
	n := len(th.callers)
	th.callers = append(th.callers, g.fr.globals)
	out, ok = g.resume()
	th.callers = th.callers[:n]
	g.running = false
	th.handling = handling
	th.leave()
	if ok {
		return out, true, nil
	}
	g.done = true
	delete(th.gens, g)
	return nil, false, g.failure()
}

// failure is what a generator that ended raises: a StopIteration that escaped
// its body becomes a RuntimeError.
func (g *generator) failure() error {
	err := g.err
	g.err = nil
	if r, ok := isRaised(err, StopIteration); ok && err != nil {
		exc := NewException(RuntimeError, NewStr("generator raised StopIteration"))
		exc.Exception().Cause, exc.Exception().Context = r.exc, r.exc
		return Raise(exc)
	}
	return err
}

// closeGenerator is gen.close().
func (th *Thread) closeGenerator(g *generator) error {
	if g.done {
		return nil
	}
	if !g.started {
		g.done = true
		return nil
	}
	_, ok, err := g.send(th, None, thrown(NewException(GeneratorExit)))
	if ok {
		return Errorf(RuntimeError, "generator ignored GeneratorExit")
	}
	for _, c := range []*Class{GeneratorExit, StopIteration} {
		if _, end := isRaised(err, c); end {
			return nil
		}
	}
	return err
}

// thrown returns the error for an exception that throw raises: it has no part
// in what is being handled where throw is called.
func thrown(exc *Instance) error { return &Raised{exc: exc, at: ^uint64(0)} }

// thrownException is the exception that throw(v, args...) raises.
func (th *Thread) thrownException(v Value, args []Value) (*Instance, error) {
	cls, isClass := v.(*Class)
	isClass = isClass && cls.derives(BaseException)
	i, isExc := v.(*Instance)
	isExc = isExc && i.Exception() != nil
	given := len(args) > 0 && args[0] != Value(None)
	switch {
	case isExc && given:
		return nil, Errorf(TypeError, "instance exception may not have a separate value")
	case isExc:
		return i, nil
	case !isClass:
		return nil, Errorf(TypeError, "exceptions must be classes or instances deriving from BaseException, not %s", v.Class().name)
	case given && args[0].Class().derives(cls):
		v = args[0]
	case given:
		pos := args[:1]
		if t, ok := args[0].(*Tuple); ok {
			pos = t.Elems
		}
		made, err := th.Call(cls, pos, nil)
		if err != nil {
			return nil, err
		}
		v = made
	}
	return th.exceptionOf(v)
}

// temporary reports whether v is a generator that the call of a function of
// this name has just made in a frame at the present depth: nothing else holds it.
func (th *Thread) temporary(v Value, name string) *generator {
	g, ok := v.(*generator)
	if !ok || name == "" || g.started || g.depth != th.depth || g.fr.id != th.frames || g.fr.code.name != name {
		return nil
	}
	return g
}

// drop closes a generator that nobody can reach any more, as a loop that is
// left does with the one it made. What it raises then is lost; err is how the
// loop ended.
func (fr *frame) drop(g *generator, err error) error {
	if _, raised := err.(*Raised); err != nil && !raised {
		return err
	}
	ret, handling := fr.ret, fr.th.handling
	cerr := fr.th.closeGenerator(g)
	fr.ret, fr.th.handling = ret, handling
	if _, raised := cerr.(*Raised); cerr != nil && !raised {
		return cerr
	}
	return err
}

// end stops the coroutine of a thread that is over. No author code runs.
func (g *generator) end() {
	if g.started && !g.done && !g.running {
		g.done = true
		g.stop()
	}
}

// delegate is yield from v.
func (fr *frame) delegate(v Value) (Value, error) {
	th := fr.th
	it, err := th.IterValue(v)
	if err != nil {
		return nil, err
	}
	fr.gen.inner = it
	defer func() { fr.gen.inner = nil }()
	out, ok, err := th.step(it, None, nil)
	for {
		if err != nil {
			return nil, err
		}
		if !ok {
			return out, nil
		}
		sent, thrown := fr.gen.suspend(out)
		if r, is := isRaised(thrown, GeneratorExit); is {
			if err := th.closeIterator(it); err != nil {
				return nil, err
			}
			return nil, r
		}
		if _, is := thrown.(*Raised); thrown != nil && !is {
			return nil, thrown
		}
		out, ok, err = th.step(it, sent, thrown)
	}
}

// step resumes any iterator; when it is over, ok is false and out its result.
func (th *Thread) step(it, sent Value, thrown error) (out Value, ok bool, err error) {
	if g, is := it.(*generator); is {
		out, ok, err = g.send(th, sent, thrown)
		if err == nil && !ok {
			out = g.result
		}
		return out, ok, err
	}
	switch {
	case thrown != nil:
		out, err = th.throwInto(it, thrown.(*Raised))
	case sent != Value(None):
		out, err = th.CallMethod(it, "send", sent)
	default:
		if i, is := it.(Iterator); is {
			out, ok, err = i.Next(th)
			if !ok {
				out = None
			}
			return out, ok, err
		}
		out, err = th.CallMethod(it, "__next__")
	}
	if r, end := isRaised(err, StopIteration); end && err != nil {
		return stopValue(r.exc), false, nil
	}
	return out, err == nil, err
}

func (th *Thread) throwInto(it Value, r *Raised) (Value, error) {
	throw, ok, err := th.GetAttrDefault(it, "throw")
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, r
	}
	return th.Call(throw, []Value{r.exc}, nil)
}

func (th *Thread) closeIterator(it Value) error {
	if g, ok := it.(*generator); ok {
		return th.closeGenerator(g)
	}
	if l, ok := it.(*lazy); ok {
		l.done = true
		return nil
	}
	cl, ok, err := th.GetAttrDefault(it, "close")
	if err != nil || !ok {
		return err
	}
	_, err = th.Call(cl, nil, nil)
	return err
}

// stopValue is the value a StopIteration carries.
func stopValue(exc *Instance) Value {
	if args := exc.Exception().Args.Elems; len(args) > 0 {
		return args[0]
	}
	return None
}
