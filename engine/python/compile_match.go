package python

import (
	"slices"

	"colloquy/engine/python/syntax"
)

// matcher is a compiled pattern.
type matcher func(fr *frame, v Value) (bool, error)

func (c *compiler) match(s *syntax.Match) stmt {
	type branch struct {
		match matcher
		guard func(fr *frame) (bool, error)
		body  stmt
		at    place
	}
	subject := c.expr(s.Subject)
	branches := make([]branch, len(s.Cases))
	for i, k := range s.Cases {
		branches[i] = branch{match: c.pattern(k.Pattern), body: nil, at: placeOf(k.Pattern)}
		if k.Guard != nil {
			branches[i].guard = c.condition(k.Guard)
		}
		branches[i].body = c.block(k.Body)
	}
	return func(fr *frame) (ctl, error) {
		v, err := subject(fr)
		if err != nil {
			return next, err
		}
		for i := range branches {
			b := &branches[i]
			ok, err := b.match(fr, v)
			if err == nil && ok && b.guard != nil {
				ok, err = b.guard(fr)
			}
			if err != nil {
				return next, fr.fail(err, b.at)
			}
			if ok {
				return b.body(fr)
			}
		}
		return next, nil
	}
}

func (c *compiler) pattern(p syntax.Pattern) matcher {
	switch p := p.(type) {
	case *syntax.MatchValue:
		value := c.expr(p.Value)
		return func(fr *frame, v Value) (bool, error) {
			want, err := value(fr)
			if err != nil {
				return false, err
			}
			return fr.th.Equal(v, want)
		}
	case *syntax.MatchSingleton:
		want := c.constantValue(p, p.Value)
		return func(_ *frame, v Value) (bool, error) { return v == want, nil }
	case *syntax.MatchSequence:
		return c.matchSequence(p)
	case *syntax.MatchMapping:
		return c.matchMapping(p)
	case *syntax.MatchClass:
		return c.matchClass(p)
	case *syntax.MatchAs:
		return c.matchAs(p)
	case *syntax.MatchOr:
		return c.matchOr(p)
	}
	c.fail(p, "invalid pattern")
	return nil
}

func (c *compiler) patterns(ps []syntax.Pattern) []matcher {
	out := make([]matcher, len(ps))
	for i, p := range ps {
		out[i] = c.pattern(p)
	}
	return out
}

func (c *compiler) matchAs(p *syntax.MatchAs) matcher {
	inner := matcher(func(*frame, Value) (bool, error) { return true, nil })
	if p.Pattern != nil {
		inner = c.pattern(p.Pattern)
	}
	if p.Name == "" {
		return inner
	}
	store := c.store(p.Name)
	return func(fr *frame, v Value) (bool, error) {
		ok, err := inner(fr, v)
		if err != nil || !ok {
			return false, err
		}
		return true, store(fr, v)
	}
}

func (c *compiler) matchOr(p *syntax.MatchOr) matcher {
	alternatives := c.patterns(p.Patterns)
	return func(fr *frame, v Value) (bool, error) {
		for _, m := range alternatives {
			if ok, err := m(fr, v); ok || err != nil {
				return ok, err
			}
		}
		return false, nil
	}
}

// sequenceElems returns the elements of a value that a sequence pattern may
// match.
func sequenceElems(v Value) ([]Value, bool) {
	switch s := Unwrap(v).(type) {
	case *List:
		return s.Elems, true
	case *Tuple:
		return s.Elems, true
	}
	return nil, false
}

func (c *compiler) matchSequence(p *syntax.MatchSequence) matcher {
	star := slices.IndexFunc(p.Patterns, func(q syntax.Pattern) bool { _, ok := q.(*syntax.MatchStar); return ok })
	matchers := make([]matcher, len(p.Patterns))
	for i, q := range p.Patterns {
		if s, ok := q.(*syntax.MatchStar); ok {
			matchers[i] = c.matchAs(&syntax.MatchAs{Span: s.Span, Name: s.Name})
		} else {
			matchers[i] = c.pattern(q)
		}
	}
	n := len(matchers)
	return func(fr *frame, v Value) (bool, error) {
		elems, ok := sequenceElems(v)
		if r, isRange := v.(*Range); isRange {
			var err error
			if elems, err = fr.th.rangeElems(r); err != nil {
				return false, err
			}
			ok = true
		}
		if !ok || star < 0 && len(elems) != n || len(elems) < n-1 {
			return false, nil
		}
		vs := elems
		if star >= 0 {
			var err error
			if vs, err = fr.th.unpackValue(&Tuple{elems}, n, star); err != nil {
				return false, err
			}
		}
		for i, m := range matchers {
			if ok, err := m(fr, vs[i]); err != nil || !ok {
				return false, err
			}
		}
		return true, nil
	}
}

func (c *compiler) matchMapping(p *syntax.MatchMapping) matcher {
	keys, matchers := c.exprs(p.Keys), c.patterns(p.Patterns)
	var rest target
	if p.Rest != "" {
		rest = c.store(p.Rest)
	}
	return func(fr *frame, v Value) (bool, error) {
		d, ok := asDict(v)
		if !ok {
			return false, nil
		}
		used := make([]Value, len(keys))
		for i, key := range keys {
			k, err := key(fr)
			if err != nil {
				return false, err
			}
			used[i] = k
			x, ok, err := d.Get(fr.th, k)
			if err != nil || !ok {
				return false, err
			}
			if ok, err := matchers[i](fr, x); err != nil || !ok {
				return false, err
			}
		}
		if rest == nil {
			return true, nil
		}
		left := d.Clone()
		for _, k := range used {
			if _, _, err := left.Delete(fr.th, k); err != nil {
				return false, err
			}
		}
		return true, rest(fr, left)
	}
}

func (c *compiler) matchClass(p *syntax.MatchClass) matcher {
	class, positional, keyword := c.expr(p.Cls), c.patterns(p.Patterns), c.patterns(p.KwdPatterns)
	attrs := p.KwdAttrs
	return func(fr *frame, v Value) (bool, error) {
		k, err := class(fr)
		if err != nil {
			return false, err
		}
		cls, ok := k.(*Class)
		if !ok {
			return false, Errorf(TypeError, "called match pattern must be a class")
		}
		if ok, err := fr.th.IsInstance(v, cls); err != nil || !ok {
			return false, err
		}
		names := attrs
		matchers := keyword
		if len(positional) > 0 {
			if matchesSelf(cls) && len(positional) == 1 {
				if ok, err := positional[0](fr, v); err != nil || !ok {
					return false, err
				}
			} else {
				pos, err := fr.th.matchArgs(cls, len(positional))
				if err != nil {
					return false, err
				}
				names = append(pos, attrs...)
				matchers = slices.Concat(positional, keyword)
			}
		}
		return fr.matchAttrs(v, names, matchers)
	}
}

func (fr *frame) matchAttrs(v Value, names []string, matchers []matcher) (bool, error) {
	for i, name := range names {
		x, ok, err := fr.th.GetAttrDefault(v, name)
		if err != nil || !ok {
			return false, err
		}
		if ok, err := matchers[i](fr, x); err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}

// matchesSelf reports whether Cls(x) as a pattern binds x to the value itself.
func matchesSelf(cls *Class) bool {
	for _, k := range []*Class{BoolClass, ByteArrayClass, BytesClass, DictClass, FloatClass, FrozenSetClass, IntClass, ListClass, SetClass, StrClass, TupleClass} {
		if cls.derives(k) {
			return true
		}
	}
	return false
}

func (th *Thread) matchArgs(cls *Class, n int) ([]string, error) {
	var names []string
	if v, ok := th.classLookup(cls, "__match_args__"); ok {
		t, ok := v.(*Tuple)
		if !ok {
			return nil, Errorf(TypeError, "%s.__match_args__ must be a tuple (got %s)", cls.name, v.Class().name)
		}
		for _, e := range t.Elems {
			s, ok := StringOf(e)
			if !ok {
				return nil, Errorf(TypeError, "__match_args__ elements must be strings (got %s)", e.Class().name)
			}
			names = append(names, s)
		}
	}
	if len(names) < n {
		return nil, Errorf(TypeError, "%s() accepts %d positional sub-pattern%s (%d given)", cls.name, len(names), plural(len(names)), n)
	}
	return names[:n:n], nil
}
