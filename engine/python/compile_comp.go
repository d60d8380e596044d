package python

import "colloquy/engine/python/syntax"

// clause is one for ... in ... if ... of a comprehension.
type clause struct {
	iter  expr
	store target
	ifs   []func(fr *frame) (bool, error)
	at    place
}

func (c *compiler) clauses(gens []*syntax.Comprehension, outer *compiler) []clause {
	out := make([]clause, len(gens))
	for i, g := range gens {
		in := c
		if i == 0 {
			in = outer
		}
		out[i] = clause{iter: in.expr(g.Iter), store: c.target(g.Target), at: placeOf(g.Iter)}
		for _, cond := range g.Ifs {
			out[i].ifs = append(out[i].ifs, c.condition(cond))
		}
	}
	return out
}

// admits evaluates the conditions.
func (k *clause) admits(fr *frame) (bool, error) {
	for _, cond := range k.ifs {
		if t, err := cond(fr); err != nil || !t {
			return false, err
		}
	}
	return true, nil
}

// loop runs body for every element of the innermost clause.
func (fr *frame) loop(clauses []clause, body func(fr *frame) error) error {
	k := &clauses[0]
	src, err := k.iter(fr)
	if err != nil {
		return err
	}
	if fr.th.hasPlainLoop(src) {
		for _, v := range src.(*List).Elems {
			if err := fr.round(clauses, v, body); err != nil {
				return err
			}
		}
		return nil
	}
	it, err := fr.th.Iter(src)
	if err != nil {
		return fr.fail(err, k.at)
	}
	for {
		v, ok, err := it.Next(fr.th)
		if err != nil {
			return fr.fail(err, k.at)
		}
		if !ok {
			return nil
		}
		if err := fr.round(clauses, v, body); err != nil {
			return err
		}
	}
}

// hasPlainLoop reports whether v is an empty list, for which no iterator is
// made.
func (th *Thread) hasPlainLoop(v Value) bool {
	l, ok := v.(*List)
	return ok && len(l.Elems) == 0
}

func (fr *frame) round(clauses []clause, v Value, body func(fr *frame) error) error {
	k := &clauses[0]
	if err := fr.th.Tick(); err != nil {
		return fr.fail(err, k.at)
	}
	if err := k.store(fr, v); err != nil {
		return fr.fail(err, k.at)
	}
	if len(k.ifs) > 0 {
		if ok, err := k.admits(fr); err != nil || !ok {
			return err
		}
	}
	if len(clauses) > 1 {
		return fr.loop(clauses[1:], body)
	}
	return body(fr)
}

// fresh returns what clears the variables of a comprehension before it runs.
func (c *compiler) fresh() func(fr *frame) {
	var slots, cells []int
	for _, n := range c.scope.order {
		if sym := c.scope.names[n]; sym.bound {
			if sym.captured {
				cells = append(cells, sym.cell)
			} else {
				slots = append(slots, sym.slot)
			}
		}
	}
	return func(fr *frame) {
		for _, i := range slots {
			fr.vars[i] = nil
		}
		for _, i := range cells {
			fr.cells[i] = &Cell{}
		}
	}
}

// hidden returns a variable of the frame without a name.
func (c *compiler) hidden() int { return c.scope.home.frame.slot("") }

func (c *compiler) listComp(e *syntax.ListComp) expr {
	in := c.nested(e)
	clauses, elt, fresh, acc := in.clauses(e.Generators, c), in.expr(e.Elt), in.fresh(), c.hidden()
	add := func(fr *frame) error {
		v, err := elt(fr)
		if err != nil {
			return err
		}
		l := fr.vars[acc].(*List)
		if len(l.Elems) == cap(l.Elems) {
			if err := fr.th.Alloc(16*len(l.Elems) + 16); err != nil {
				return err
			}
		}
		l.Elems = append(l.Elems, v)
		return nil
	}
	return func(fr *frame) (Value, error) {
		l := &List{}
		fresh(fr)
		fr.vars[acc] = l
		if err := fr.loop(clauses, add); err != nil {
			return nil, err
		}
		return l, nil
	}
}

func (c *compiler) setComp(e *syntax.SetComp) expr {
	in := c.nested(e)
	clauses, elt, fresh, acc, p := in.clauses(e.Generators, c), in.expr(e.Elt), in.fresh(), c.hidden(), placeOf(e.Elt)
	add := func(fr *frame) error {
		v, err := elt(fr)
		if err != nil {
			return err
		}
		if err := fr.vars[acc].(*Set).Add(fr.th, v); err != nil {
			return fr.fail(err, p)
		}
		return nil
	}
	return func(fr *frame) (Value, error) {
		s := NewSet()
		fresh(fr)
		fr.vars[acc] = s
		if err := fr.loop(clauses, add); err != nil {
			return nil, err
		}
		return s, nil
	}
}

func (c *compiler) dictComp(e *syntax.DictComp) expr {
	in := c.nested(e)
	clauses, key, value, fresh := in.clauses(e.Generators, c), in.expr(e.Key), in.expr(e.Value), in.fresh()
	acc, p := c.hidden(), placeOf(e.Key)
	add := func(fr *frame) error {
		if err := fr.dictEntry(fr.vars[acc].(*Dict), key, value); err != nil {
			return fr.fail(err, p)
		}
		return nil
	}
	return func(fr *frame) (Value, error) {
		d := NewDict()
		fresh(fr)
		fr.vars[acc] = d
		if err := fr.loop(clauses, add); err != nil {
			return nil, err
		}
		return d, nil
	}
}

// generatorExp compiles a generator expression: its first iterable is evaluated
// at once, the rest in a frame of its own as values are asked for.
func (c *compiler) generatorExp(e *syntax.GeneratorExp) expr {
	in := c.inner(e, c.qualname)
	clauses, elt := in.clauses(e.Generators, c), in.expr(e.Elt)
	make, p := in.closure(c, e), placeOf(e.Generators[0].Iter)
	code := in.newFunction("<genexpr>", c.qualname+"<genexpr>", e.From.Line)
	return func(fr *frame) (Value, error) {
		src, err := clauses[0].iter(fr)
		if err != nil {
			return nil, err
		}
		first, err := fr.th.Iter(src)
		if err != nil {
			return nil, fr.fail(err, p)
		}
		th := fr.th
		th.frames++
		own := &frame{th: th, code: code, globals: fr.globals, id: th.frames, vars: newVars(code.vars), cells: makeCells(code.cells, make(fr))}
		th.small += sizeGenerator + int64(code.vars)*sizeElement
		l := &lazy{fr: own, clauses: clauses, elt: elt}
		l.iters = append(l.iters, first)
		return l, nil
	}
}

func newVars(n int) []Value { return make([]Value, n) }

// lazy is a running generator expression.
type lazy struct {
	frozen  bool // kept by a module that is shared
	fr      *frame
	clauses []clause
	elt     expr
	iters   []Iterator // one for each clause that has begun
	running bool
	done    bool
}

// Class returns GeneratorClass.
func (*lazy) Class() *Class { return GeneratorClass }

// Next gives the next value.
func (l *lazy) Next(th *Thread) (Value, bool, error) {
	switch {
	case l.running:
		return nil, false, Errorf(ValueError, "generator already executing")
	case l.done:
		return nil, false, nil
	}
	if err := th.enter(); err != nil {
		return nil, false, err
	}
	l.running = true
	v, ok, err := l.advance(th)
	l.running = false
	th.leave()
	if !ok || err != nil {
		l.done = true
		if r, stop := isRaised(err, StopIteration); stop {
			exc := NewException(RuntimeError, NewStr("generator raised StopIteration"))
			exc.Exception().Cause, exc.Exception().Context = r.exc, r.exc
			err = Raise(exc)
		}
	}
	return v, ok, err
}

func (l *lazy) advance(th *Thread) (Value, bool, error) {
	for {
		level := len(l.iters) - 1
		if level < 0 {
			return nil, false, nil
		}
		k := &l.clauses[level]
		v, ok, err := l.iters[level].Next(th)
		if err != nil {
			return nil, false, l.fr.fail(err, k.at)
		}
		if !ok {
			l.iters = l.iters[:level]
			continue
		}
		if err := th.Tick(); err != nil {
			return nil, false, l.fr.fail(err, k.at)
		}
		if err := k.store(l.fr, v); err != nil {
			return nil, false, l.fr.fail(err, k.at)
		}
		if ok, err := k.admits(l.fr); err != nil {
			return nil, false, err
		} else if !ok {
			continue
		}
		if level == len(l.clauses)-1 {
			v, err := l.elt(l.fr)
			return v, err == nil, err
		}
		inner := &l.clauses[level+1]
		src, err := inner.iter(l.fr)
		if err != nil {
			return nil, false, err
		}
		it, err := th.Iter(src)
		if err != nil {
			return nil, false, l.fr.fail(err, inner.at)
		}
		l.iters = append(l.iters, it)
	}
}
