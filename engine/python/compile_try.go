package python

import (
	"colloquy/engine/python/syntax"
)

func (c *compiler) raise(s *syntax.Raise) stmt {
	p := placeOf(s)
	if s.Exc == nil {
		return func(fr *frame) (ctl, error) {
			if h := fr.th.handling; h != nil {
				return next, fr.fail(&Raised{exc: h, at: fr.id, again: true}, p)
			}
			return next, fr.fail(Errorf(RuntimeError, "No active exception to reraise"), p)
		}
	}
	exc := c.expr(s.Exc)
	var cause expr
	if s.Cause != nil {
		cause = c.expr(s.Cause)
	}
	return func(fr *frame) (ctl, error) {
		v, err := exc(fr)
		if err != nil {
			return next, err
		}
		x, err := fr.th.exceptionOf(v)
		if err != nil {
			return next, fr.fail(err, p)
		}
		if cause != nil {
			if err := fr.setCause(x, cause); err != nil {
				return next, fr.fail(err, p)
			}
		}
		return next, fr.fail(Raise(x), p)
	}
}

// exceptionOf returns the exception object that "raise v" raises.
func (th *Thread) exceptionOf(v Value) (*Instance, error) {
	if cls, ok := v.(*Class); ok && cls.derives(BaseException) {
		var err error
		if v, err = th.Call(cls, nil, nil); err != nil {
			return nil, err
		}
	}
	if i, ok := v.(*Instance); ok && i.Exception() != nil {
		return i, nil
	}
	return nil, Errorf(TypeError, "exceptions must derive from BaseException")
}

func (fr *frame) setCause(x *Instance, cause expr) error {
	v, err := cause(fr)
	if err != nil {
		return err
	}
	e := x.Exception()
	e.Suppress = true
	if v == Value(None) {
		e.Cause = None
		return nil
	}
	i, err := fr.th.exceptionOf(v)
	if err != nil {
		return Errorf(TypeError, "exception causes must derive from BaseException")
	}
	e.Cause = i
	return nil
}

// handler is a compiled except clause.
type handler struct {
	class expr // nil: catches everything
	bind  target
	clear func(fr *frame)
	body  stmt
	at    place
}

func (c *compiler) try(s *syntax.Try) stmt {
	run := c.tryExcept(s)
	if len(s.Finalbody) == 0 {
		return run
	}
	final := c.block(s.Finalbody)
	return func(fr *frame) (ctl, error) {
		k, err := run(fr)
		r, raised := err.(*Raised)
		if err != nil && !raised {
			return k, err // a budget ran out: nothing of the author's runs
		}
		saved, ret := fr.th.handling, fr.ret
		if raised {
			fr.th.handling = r.exc
		}
		fk, ferr := final(fr)
		fr.th.handling = saved
		if fk != next || ferr != nil {
			return fk, ferr
		}
		fr.ret = ret
		return k, err
	}
}

// tryExcept compiles all but the finally block.
func (c *compiler) tryExcept(s *syntax.Try) stmt {
	body, orelse := c.block(s.Body), c.block(s.Orelse)
	handlers := make([]handler, len(s.Handlers))
	for i, h := range s.Handlers {
		if h.Type == nil && i < len(s.Handlers)-1 {
			c.fail(h, "default 'except:' must be last")
		}
		inner := *c
		if s.Star {
			inner.starred = 1 + c.loops
		}
		handlers[i] = inner.handler(h)
	}
	if s.Star {
		return c.tryStar(body, orelse, handlers)
	}
	return func(fr *frame) (ctl, error) {
		k, err := body(fr)
		if err == nil {
			if k == next {
				return orelse(fr)
			}
			return k, nil
		}
		r, ok := err.(*Raised)
		if !ok || len(handlers) == 0 {
			return k, err
		}
		saved := fr.th.handling
		fr.th.handling = r.exc
		k, err = fr.handle(handlers, r)
		fr.th.handling = saved
		return k, err
	}
}

func (c *compiler) handler(h *syntax.ExceptHandler) handler {
	out := handler{at: placeOf(h)}
	if h.Type != nil {
		out.class, out.at = c.expr(h.Type), placeOf(h.Type)
	}
	if h.Name != "" {
		out.bind = c.store(h.Name)
		del := c.unbind(h.Name, h)
		out.clear = func(fr *frame) { _, _ = del(fr) } // the block may have deleted it
	}
	out.body = c.block(h.Body)
	return out
}

// handle runs the first handler that catches r.
func (fr *frame) handle(handlers []handler, r *Raised) (ctl, error) {
	for i := range handlers {
		h := &handlers[i]
		caught, err := fr.catches(h, r.exc)
		if err != nil {
			return next, err
		}
		if !caught {
			continue
		}
		return fr.runHandler(h, r.exc)
	}
	return next, r
}

func (fr *frame) runHandler(h *handler, exc *Instance) (ctl, error) {
	if h.bind == nil {
		return h.body(fr)
	}
	if err := h.bind(fr, exc); err != nil {
		return next, err
	}
	k, err := h.body(fr)
	h.clear(fr)
	return k, err
}

func (fr *frame) catches(h *handler, exc *Instance) (bool, error) {
	if h.class == nil {
		return true, nil
	}
	v, err := h.class(fr)
	if err != nil {
		return false, err
	}
	if err := exceptionClassesOnly(v); err != nil {
		return false, fr.fail(err, h.at)
	}
	return matchesException(exc.Cls, v), nil
}

// exceptionClassesOnly refuses what an except clause cannot name.
func exceptionClassesOnly(v Value) error {
	elems := []Value{v}
	if t, ok := v.(*Tuple); ok {
		elems = t.Elems
	}
	for _, e := range elems {
		if c, ok := e.(*Class); !ok || !c.derives(BaseException) {
			return Errorf(TypeError, "catching classes that do not inherit from BaseException is not allowed")
		}
	}
	return nil
}

// noGroups refuses what an except* clause cannot name.
func noGroups(v Value) error {
	elems := []Value{v}
	if t, ok := v.(*Tuple); ok {
		elems = t.Elems
	}
	for _, e := range elems {
		if c, ok := e.(*Class); ok && c.derives(BaseExceptionGroup) {
			return Errorf(TypeError, "catching ExceptionGroup with except* is not allowed. Use except instead.")
		}
	}
	return nil
}

// matchesException reports whether cls is among the classes that an except
// clause names.
func matchesException(cls *Class, v Value) bool {
	switch v := v.(type) {
	case *Class:
		return cls.derives(v)
	case *Tuple:
		for _, e := range v.Elems {
			if matchesException(cls, e) {
				return true
			}
		}
	}
	return false
}

// leavesStar refuses a statement that leaves an except* block for what is
// outside of so many loops.
func (c *compiler) leavesStar(s syntax.Stmt, loops int) {
	if c.starred > loops {
		c.fail(s, "'break', 'continue' and 'return' cannot appear in an except* block")
	}
}

// tryStar compiles try with except*.
func (c *compiler) tryStar(body, orelse stmt, handlers []handler) stmt {
	return func(fr *frame) (ctl, error) {
		k, err := body(fr)
		if err == nil {
			if k == next {
				return orelse(fr)
			}
			return k, nil
		}
		r, ok := err.(*Raised)
		if !ok {
			return k, err
		}
		return fr.handleStar(handlers, r.exc)
	}
}

// handleStar gives each handler the part of the exceptions it names; what is
// left or raised meanwhile goes on.
func (fr *frame) handleStar(handlers []handler, exc *Instance) (ctl, error) {
	star := starTry{orig: exc, rest: exc, naked: !exc.Cls.derives(BaseExceptionGroup)}
	saved := fr.th.handling
	defer func() { fr.th.handling = saved }()
	for i := range handlers {
		if star.rest == nil {
			break
		}
		if err := fr.runStar(&star, &handlers[i]); err != nil {
			return next, err
		}
	}
	return next, fr.starResult(&star)
}

// starTry is what became of the exception of a try with except*.
type starTry struct {
	orig, rest *Instance
	naked      bool        // orig is no group
	raised     []Value     // anew, by the handlers
	again      []*Instance // parts that handlers let go on
}

// runStar runs a handler on its part of the exceptions, if there is one.
func (fr *frame) runStar(star *starTry, h *handler) error {
	fr.th.handling = star.orig
	v, err := h.class(fr)
	if err != nil {
		return err
	}
	if err := exceptionClassesOnly(v); err != nil {
		return fr.fail(err, h.at)
	}
	if err := noGroups(v); err != nil {
		return fr.fail(err, h.at)
	}
	match, left, err := fr.th.splitGroup(star.rest, func(i *Instance) (bool, error) { return matchesException(i.Cls, v), nil })
	if err != nil {
		return fr.fail(err, h.at)
	}
	star.rest = left
	if match == nil {
		return nil
	}
	if star.naked {
		match = newGroup(emptyStr, NewTuple(match), []Value{match})
	}
	fr.th.handling = match
	_, err = fr.runHandler(h, match)
	r, raised := err.(*Raised)
	switch {
	case err == nil:
	case !raised:
		return err
	case r.exc == match && r.again && r.at == fr.id && !star.naked:
		star.again = append(star.again, match)
	default:
		star.raised = append(star.raised, r.exc)
	}
	return nil
}

// starResult joins what was raised anew and, in the order of the original
// group, what nobody handled.
func (fr *frame) starResult(star *starTry) error {
	if star.naked && star.rest != nil {
		return Raise(star.rest)
	}
	leaves := map[*Instance]bool{}
	for _, part := range append(star.again, star.rest) {
		if part != nil {
			groupLeaves(part, leaves)
		}
	}
	raised := star.raised
	if len(leaves) > 0 {
		left, _, err := fr.th.splitGroup(star.orig, func(i *Instance) (bool, error) { return leaves[i], nil })
		if err != nil {
			return err
		}
		raised = append(raised, left)
	}
	switch len(raised) {
	case 0:
		return nil
	case 1:
		return Raise(raised[0].(*Instance))
	}
	return Raise(newGroup(emptyStr, NewList(raised...), raised))
}

// with compiles the context managers of a with statement, outermost first.
func (c *compiler) with(s *syntax.With, items []*syntax.WithItem) stmt {
	it := items[0]
	manager, p := c.expr(it.ContextExpr), placeOf(it.ContextExpr)
	var store target
	if it.OptionalVars != nil {
		store = c.target(it.OptionalVars)
	}
	var body stmt
	if len(items) > 1 {
		body = c.with(s, items[1:])
	} else {
		body = c.block(s.Body)
	}
	return func(fr *frame) (ctl, error) {
		m, err := manager(fr)
		if err != nil {
			return next, err
		}
		exit, v, err := fr.th.enterManager(m)
		if err != nil {
			return next, fr.fail(err, p)
		}
		var k ctl
		if store != nil {
			err = store(fr, v)
		}
		if err == nil {
			k, err = body(fr)
		}
		return fr.leaveManager(m, exit, k, err, p)
	}
}

func (th *Thread) enterManager(m Value) (exit, v Value, err error) {
	enter := th.special(m, "__enter__")
	exit = th.special(m, "__exit__")
	if enter == nil {
		return nil, nil, Errorf(TypeError, "'%s' object does not support the context manager protocol", m.Class().name)
	}
	if exit == nil {
		return nil, nil, Errorf(TypeError, "'%s' object does not support the context manager protocol (missed __exit__ method)", m.Class().name)
	}
	v, err = th.callSlot(enter, m)
	return exit, v, err
}

func (fr *frame) leaveManager(m, exit Value, k ctl, err error, p place) (ctl, error) {
	th := fr.th
	if err == nil {
		ret := fr.ret
		if _, err := th.callSlot(exit, m, None, None, None); err != nil {
			return next, fr.fail(err, p)
		}
		fr.ret = ret
		return k, nil
	}
	r, ok := err.(*Raised)
	if !ok {
		return k, err
	}
	saved := th.handling
	th.handling = r.exc
	v, xerr := th.callSlot(exit, m, r.exc.Cls, r.exc, TracebackOf(r.exc))
	if xerr != nil {
		xerr = fr.fail(xerr, p)
	}
	th.handling = saved
	if xerr != nil {
		return next, xerr
	}
	t, terr := th.Truth(v)
	if terr != nil {
		return next, fr.fail(terr, p)
	}
	if t {
		return next, nil
	}
	return k, err
}
