package python

import (
	"colloquy/engine/python/syntax"
)

// stmt compiles a statement; nil if there is nothing to run.
func (c *compiler) stmt(s syntax.Stmt) stmt {
	switch s := s.(type) {
	case *syntax.ExprStmt:
		return c.exprStmt(s)
	case *syntax.Assign:
		return c.assign(s)
	case *syntax.AugAssign:
		return c.augAssign(s)
	case *syntax.AnnAssign:
		return c.annAssign(s)
	case *syntax.If:
		return c.ifStmt(s)
	case *syntax.For:
		return c.forStmt(s)
	case *syntax.While:
		return c.while(s)
	case *syntax.Return:
		return c.returnStmt(s)
	case *syntax.FunctionDef:
		return c.functionDef(s)
	case *syntax.ClassDef:
		return c.classDef(s)
	case *syntax.Raise:
		return c.raise(s)
	case *syntax.Try:
		return c.try(s)
	case *syntax.With:
		return c.with(s, s.Items)
	case *syntax.Match:
		return c.match(s)
	}
	return c.simple(s)
}

func (c *compiler) simple(s syntax.Stmt) stmt {
	switch s := s.(type) {
	case *syntax.Pass, *syntax.Global, *syntax.Nonlocal:
		return nil
	case *syntax.Break:
		c.leavesStar(s, c.loops)
		if c.loops == 0 {
			c.fail(s, "'break' outside loop")
		}
		return func(*frame) (ctl, error) { return breakLoop, nil }
	case *syntax.Continue:
		c.leavesStar(s, c.loops)
		if c.loops == 0 {
			c.fail(s, "'continue' not properly in loop")
		}
		return func(*frame) (ctl, error) { return continueLoop, nil }
	case *syntax.Delete:
		return c.deleteStmt(s)
	case *syntax.Assert:
		return c.assert(s)
	case *syntax.Import:
		return c.importStmt(s)
	case *syntax.ImportFrom:
		return c.importFrom(s)
	case *syntax.TypeAlias:
		return c.typeAlias(s)
	}
	c.fail(s, "this statement is not part of the dialect")
	return nil
}

func (c *compiler) exprStmt(s *syntax.ExprStmt) stmt {
	if _, ok := s.Value.(*syntax.Constant); ok {
		c.expr(s.Value)
		return nil
	}
	run := c.expr(s.Value)
	return func(fr *frame) (ctl, error) {
		_, err := run(fr)
		return next, err
	}
}

func (c *compiler) assign(s *syntax.Assign) stmt {
	if len(s.Targets) == 1 {
		if n, ok := s.Targets[0].(*syntax.Name); ok {
			return c.assignName(n, s.Value)
		}
		value, store := c.expr(s.Value), c.target(s.Targets[0])
		return func(fr *frame) (ctl, error) {
			v, err := value(fr)
			if err != nil {
				return next, err
			}
			return next, store(fr, v)
		}
	}
	value := c.expr(s.Value)
	stores := make([]target, len(s.Targets))
	for i, t := range s.Targets {
		stores[i] = c.target(t)
	}
	return func(fr *frame) (ctl, error) {
		v, err := value(fr)
		if err != nil {
			return next, err
		}
		for _, store := range stores {
			if err := store(fr, v); err != nil {
				return next, err
			}
		}
		return next, nil
	}
}

func (c *compiler) assignName(n *syntax.Name, e syntax.Expr) stmt {
	var value expr
	if call, ok := e.(*syntax.Call); ok && c.interview && c.scope.kind == fileScope {
		value = c.namedCall(n.ID, call)
	} else {
		value = c.expr(e)
	}
	if v := c.variable(n.ID); v.kind == slotVariable {
		i := v.index
		return func(fr *frame) (ctl, error) {
			x, err := value(fr)
			if err != nil {
				return next, err
			}
			fr.vars[i] = x
			return next, nil
		}
	}
	store := c.store(n.ID)
	return func(fr *frame) (ctl, error) {
		v, err := value(fr)
		if err != nil {
			return next, err
		}
		return next, store(fr, v)
	}
}

// target compiles a place to assign to.
func (c *compiler) target(e syntax.Expr) target {
	switch e := e.(type) {
	case *syntax.Name:
		return c.store(e.ID)
	case *syntax.Attribute:
		obj, name, p := c.expr(e.Value), mangle(c.scope.class, e.Attr), placeOf(e)
		return func(fr *frame, v Value) error {
			o, err := obj(fr)
			if err != nil {
				return err
			}
			if err := fr.th.SetAttr(o, name, v); err != nil {
				return fr.fail(err, p)
			}
			return nil
		}
	case *syntax.Subscript:
		obj, key, p := c.expr(e.Value), c.expr(e.Slice), placeOf(e)
		return func(fr *frame, v Value) error {
			o, err := obj(fr)
			if err != nil {
				return err
			}
			k, err := key(fr)
			if err != nil {
				return err
			}
			if err := fr.th.SetItem(o, k, v); err != nil {
				return fr.fail(err, p)
			}
			return nil
		}
	case *syntax.Tuple:
		return c.unpack(e, e.Elts)
	case *syntax.List:
		return c.unpack(e, e.Elts)
	case *syntax.Starred:
		c.fail(e, "starred assignment target must be in a list or tuple")
	}
	c.fail(e, "cannot assign to this expression")
	return nil
}

func (c *compiler) unpack(e syntax.Expr, elts []syntax.Expr) target {
	star := -1
	stores := make([]target, len(elts))
	for i, t := range elts {
		if s, ok := t.(*syntax.Starred); ok {
			if star >= 0 {
				c.fail(s, "multiple starred expressions in assignment")
			}
			star, t = i, s.Value
		}
		stores[i] = c.target(t)
	}
	p := placeOf(e)
	return func(fr *frame, v Value) error {
		vs, err := fr.th.unpackValue(v, len(stores), star)
		if err != nil {
			return fr.fail(err, p)
		}
		for i, store := range stores {
			if err := store(fr, vs[i]); err != nil {
				return err
			}
		}
		return nil
	}
}

// unpackValue splits v over n targets; the one at star, if not negative, takes
// what is left as a list.
func (th *Thread) unpackValue(v Value, n, star int) ([]Value, error) {
	var vs []Value
	switch s := v.(type) {
	case *Tuple:
		vs = s.Elems
	case *List:
		vs = append([]Value(nil), s.Elems...)
	default:
		var err error
		if vs, err = th.unpackIter(v, n, star >= 0); err != nil {
			return nil, err
		}
	}
	if star < 0 {
		switch {
		case len(vs) < n:
			return nil, Errorf(ValueError, "not enough values to unpack (expected %d, got %d)", n, len(vs))
		case len(vs) > n:
			return nil, Errorf(ValueError, "too many values to unpack (expected %d)", n)
		}
		return vs, nil
	}
	if len(vs) < n-1 {
		return nil, Errorf(ValueError, "not enough values to unpack (expected at least %d, got %d)", n-1, len(vs))
	}
	out := make([]Value, 0, n)
	out = append(out, vs[:star]...)
	end := len(vs) - (n - 1 - star)
	out = append(out, NewList(append([]Value(nil), vs[star:end]...)...))
	return append(out, vs[end:]...), nil
}

func (th *Thread) unpackIter(v Value, n int, all bool) ([]Value, error) {
	it, err := th.Iter(v)
	if err != nil {
		if _, ok := isRaised(err, TypeError); ok && th.notIterable(v) {
			return nil, Errorf(TypeError, "cannot unpack non-iterable %s object", v.Class().name)
		}
		return nil, err
	}
	var vs []Value
	for all || len(vs) <= n {
		x, ok, err := it.Next(th)
		if err != nil {
			return nil, err
		}
		if !ok {
			break
		}
		if err := th.Tick(); err != nil {
			return nil, err
		}
		vs = append(vs, x)
	}
	return vs, nil
}

func (c *compiler) augAssign(s *syntax.AugAssign) stmt {
	value, op, p := c.expr(s.Value), s.Op, placeOf(s)
	apply := func(fr *frame, old Value) (Value, error) {
		v, err := value(fr)
		if err != nil {
			return nil, err
		}
		if q := quickBinary(op, old, v); q != nil {
			return q, nil
		}
		r, err := fr.th.InPlace(op, old, v)
		if err != nil {
			return nil, fr.fail(err, p)
		}
		return r, nil
	}
	switch t := s.Target.(type) {
	case *syntax.Name:
		load, store := c.load(t.ID, t), c.store(t.ID)
		return func(fr *frame) (ctl, error) {
			old, err := load(fr)
			if err != nil {
				return next, err
			}
			v, err := apply(fr, old)
			if err != nil {
				return next, err
			}
			return next, store(fr, v)
		}
	case *syntax.Attribute:
		return c.augAttribute(t, apply)
	case *syntax.Subscript:
		return c.augItem(t, apply)
	}
	c.fail(s.Target, "illegal expression for augmented assignment")
	return nil
}

func (c *compiler) augAttribute(t *syntax.Attribute, apply func(*frame, Value) (Value, error)) stmt {
	obj, name, p := c.expr(t.Value), mangle(c.scope.class, t.Attr), placeOf(t)
	return func(fr *frame) (ctl, error) {
		o, err := obj(fr)
		if err != nil {
			return next, err
		}
		old, err := fr.th.GetAttr(o, name)
		if err != nil {
			return next, fr.fail(err, p)
		}
		v, err := apply(fr, old)
		if err != nil {
			return next, err
		}
		if err := fr.th.SetAttr(o, name, v); err != nil {
			return next, fr.fail(err, p)
		}
		return next, nil
	}
}

func (c *compiler) augItem(t *syntax.Subscript, apply func(*frame, Value) (Value, error)) stmt {
	obj, key, p := c.expr(t.Value), c.expr(t.Slice), placeOf(t)
	return func(fr *frame) (ctl, error) {
		o, err := obj(fr)
		if err != nil {
			return next, err
		}
		k, err := key(fr)
		if err != nil {
			return next, err
		}
		old, err := fr.th.GetItem(o, k)
		if err != nil {
			return next, fr.fail(err, p)
		}
		v, err := apply(fr, old)
		if err != nil {
			return next, err
		}
		if err := fr.th.SetItem(o, k, v); err != nil {
			return next, fr.fail(err, p)
		}
		return next, nil
	}
}

// annAssign binds the value; in modules and classes it also notes the
// annotation of a bare name.
func (c *compiler) annAssign(s *syntax.AnnAssign) stmt {
	var parts []stmt
	if s.Value != nil {
		parts = append(parts, c.assign(&syntax.Assign{Span: s.Span, Targets: []syntax.Expr{s.Target}, Value: s.Value}))
	}
	noted := c.scope.kind == classScope || c.scope.kind == fileScope && !c.interview
	if n, ok := s.Target.(*syntax.Name); ok && s.Simple && noted {
		parts = append(parts, c.noteAnnotation(n, s.Annotation))
	} else {
		parts = append(parts, c.annotatedParts(s, noted)...)
	}
	return func(fr *frame) (ctl, error) {
		for _, part := range parts {
			if _, err := part(fr); err != nil {
				return next, err
			}
		}
		return next, nil
	}
}

// annotatedParts compiles the looking at what an annotation notes nowhere: the
// parts of its target, if nothing is assigned, and itself.
func (c *compiler) annotatedParts(s *syntax.AnnAssign, noted bool) []stmt {
	var parts []syntax.Expr
	if s.Value == nil {
		switch t := s.Target.(type) {
		case *syntax.Attribute:
			parts = append(parts, t.Value)
		case *syntax.Subscript:
			parts = append(parts, t.Value, t.Slice)
		}
	}
	if noted && !c.annotations {
		parts = append(parts, s.Annotation)
	}
	out := make([]stmt, len(parts))
	for i, e := range c.exprs(parts) {
		out[i] = func(fr *frame) (ctl, error) {
			_, err := e(fr)
			return next, err
		}
	}
	return out
}

// beginAnnotations makes the __annotations__ of a scope that has some.
func (c *compiler) beginAnnotations() func(ns *Namespace) {
	if !c.scope.annotates || c.interview && c.scope.kind == fileScope {
		return func(*Namespace) {}
	}
	return func(ns *Namespace) {
		if _, ok := ns.Get("__annotations__"); !ok {
			ns.Set("__annotations__", NewDict())
		}
	}
}

func (c *compiler) noteAnnotation(n *syntax.Name, e syntax.Expr) stmt {
	value, class := c.optional(e), c.scope.kind == classScope
	if c.annotations {
		text := Value(NewStr(syntax.Source(e)))
		value = func(*frame) (Value, error) { return text, nil }
	}
	name := mangle(c.scope.class, n.ID)
	return func(fr *frame) (ctl, error) {
		v, err := value(fr)
		if err != nil {
			return next, err
		}
		ns := fr.globals
		if class {
			ns = fr.names
		}
		d, ok := ns.Get("__annotations__")
		if !ok {
			d = NewDict()
			ns.Set("__annotations__", d)
		}
		if d, ok := d.(*Dict); ok {
			d.SetStr(name, v)
		}
		return next, nil
	}
}

func (c *compiler) ifStmt(s *syntax.If) stmt {
	test, then, p := c.condition(s.Test), c.block(s.Body), placeOf(s)
	if len(s.Orelse) == 0 {
		return func(fr *frame) (ctl, error) {
			t, err := test(fr)
			if err != nil {
				return next, fr.fail(err, p)
			}
			if t {
				return then(fr)
			}
			return next, nil
		}
	}
	other := c.block(s.Orelse)
	return func(fr *frame) (ctl, error) {
		t, err := test(fr)
		if err != nil {
			return next, fr.fail(err, p)
		}
		if t {
			return then(fr)
		}
		return other(fr)
	}
}

// body compiles the body of a loop.
func (c *compiler) body(stmts []syntax.Stmt) stmt {
	c.loops++
	defer func() { c.loops-- }()
	return c.block(stmts)
}

func (c *compiler) while(s *syntax.While) stmt {
	test, body, orelse, p := c.condition(s.Test), c.body(s.Body), c.block(s.Orelse), placeOf(s)
	return func(fr *frame) (ctl, error) {
		for {
			if err := fr.th.Tick(); err != nil {
				return next, fr.fail(err, p)
			}
			t, err := test(fr)
			if err != nil {
				return next, err
			}
			if !t {
				return orelse(fr)
			}
			k, err := body(fr)
			switch {
			case err != nil || k == returned:
				return k, err
			case k == breakLoop:
				return next, nil
			}
		}
	}
}

func (c *compiler) forStmt(s *syntax.For) stmt {
	src, store, body, orelse := c.expr(s.Iter), c.target(s.Target), c.body(s.Body), c.block(s.Orelse)
	p, made := placeOf(s.Iter), calledName(s.Iter)
	// round runs the body once; over says that the loop ends with k and err.
	round := func(fr *frame, v Value) (k ctl, over bool, err error) {
		if err := fr.th.Tick(); err != nil {
			return next, true, fr.fail(err, p)
		}
		if err := store(fr, v); err != nil {
			return next, true, fr.fail(err, p)
		}
		k, err = body(fr)
		switch {
		case err != nil || k == returned:
			return k, true, err
		case k == breakLoop:
			return next, true, nil
		}
		return next, false, nil
	}
	return func(fr *frame) (ctl, error) {
		v, err := src(fr)
		if err != nil {
			return next, err
		}
		if r, ok := v.(*Range); ok {
			n := r.Start
			for left := r.Len(); left > 0; left-- {
				if k, over, err := round(fr, boxInt(Int(n))); over {
					return k, err
				}
				n += r.Step
			}
			return orelse(fr)
		}
		own := fr.th.temporary(v, made)
		it, err := fr.th.Iter(v)
		if err != nil {
			return next, fr.fail(err, p)
		}
		for {
			x, ok, err := it.Next(fr.th)
			if err != nil {
				return next, fr.fail(err, p)
			}
			if !ok {
				return orelse(fr)
			}
			if k, over, err := round(fr, x); over {
				if own != nil {
					err = fr.drop(own, err)
				}
				return k, err
			}
		}
	}
}

// calledName returns the last name of what a call calls, or "".
func calledName(e syntax.Expr) string {
	call, ok := e.(*syntax.Call)
	if !ok {
		return ""
	}
	switch f := call.Func.(type) {
	case *syntax.Name:
		return f.ID
	case *syntax.Attribute:
		return f.Attr
	}
	return ""
}

func (c *compiler) returnStmt(s *syntax.Return) stmt {
	c.leavesStar(s, 0)
	value := c.optional(s.Value)
	return func(fr *frame) (ctl, error) {
		v, err := value(fr)
		if err != nil {
			return next, err
		}
		fr.ret = v
		return returned, nil
	}
}

func (c *compiler) deleteStmt(s *syntax.Delete) stmt {
	var parts []expr
	for _, t := range s.Targets {
		parts = append(parts, c.deleteTarget(t)...)
	}
	return func(fr *frame) (ctl, error) {
		for _, del := range parts {
			if _, err := del(fr); err != nil {
				return next, err
			}
		}
		return next, nil
	}
}

func (c *compiler) deleteTarget(t syntax.Expr) []expr {
	switch t := t.(type) {
	case *syntax.Name:
		return []expr{c.unbind(t.ID, t)}
	case *syntax.Attribute:
		obj, name, p := c.expr(t.Value), mangle(c.scope.class, t.Attr), placeOf(t)
		return []expr{func(fr *frame) (Value, error) {
			o, err := obj(fr)
			if err != nil {
				return nil, err
			}
			if err := fr.th.DelAttr(o, name); err != nil {
				return nil, fr.fail(err, p)
			}
			return nil, nil
		}}
	case *syntax.Subscript:
		obj, key, p := c.expr(t.Value), c.expr(t.Slice), placeOf(t)
		return []expr{func(fr *frame) (Value, error) {
			o, err := obj(fr)
			if err != nil {
				return nil, err
			}
			k, err := key(fr)
			if err != nil {
				return nil, err
			}
			if err := fr.th.DelItem(o, k); err != nil {
				return nil, fr.fail(err, p)
			}
			return nil, nil
		}}
	case *syntax.Tuple:
		return c.deleteTargets(t.Elts)
	case *syntax.List:
		return c.deleteTargets(t.Elts)
	}
	c.fail(t, "cannot delete this expression")
	return nil
}

func (c *compiler) deleteTargets(ts []syntax.Expr) []expr {
	var out []expr
	for _, t := range ts {
		out = append(out, c.deleteTarget(t)...)
	}
	return out
}

func (c *compiler) assert(s *syntax.Assert) stmt {
	test, p := c.condition(s.Test), placeOf(s)
	var msg expr
	if s.Msg != nil {
		msg = c.expr(s.Msg)
	}
	return func(fr *frame) (ctl, error) {
		t, err := test(fr)
		if err != nil || t {
			return next, err
		}
		exc := NewException(AssertionError)
		if msg != nil {
			v, err := msg(fr)
			if err != nil {
				return next, err
			}
			exc = NewException(AssertionError, v)
		}
		return next, fr.fail(Raise(exc), p)
	}
}
