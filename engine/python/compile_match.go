package python

import (
	"slices"

	"colloquy/engine/python/syntax"
)

// matcher is a compiled pattern. What it captures goes into captured; names are
// bound when the whole pattern has matched.
type matcher func(fr *frame, v Value, captured []Value) (bool, error)

// captures are the names that a pattern binds, and where matchers leave what
// they are bound to.
type captures struct{ names []string }

func (c *compiler) match(s *syntax.Match) stmt {
	type branch struct {
		match  matcher
		stores []target
		guard  func(fr *frame) (bool, error)
		body   stmt
		at     place
	}
	subject := c.expr(s.Subject)
	branches := make([]branch, len(s.Cases))
	for i, k := range s.Cases {
		if i < len(s.Cases)-1 && k.Guard == nil {
			c.refutable(k.Pattern)
		}
		var caps captures
		b := branch{match: c.pattern(k.Pattern, &caps), at: placeOf(k.Pattern)}
		for _, name := range caps.names {
			b.stores = append(b.stores, c.store(name))
		}
		if k.Guard != nil {
			b.guard = c.condition(k.Guard)
		}
		b.body = c.block(k.Body)
		branches[i] = b
	}
	return func(fr *frame) (ctl, error) {
		v, err := subject(fr)
		if err != nil {
			return next, err
		}
		for i := range branches {
			b := &branches[i]
			captured := make([]Value, len(b.stores))
			ok, err := b.match(fr, v, captured)
			if err == nil && ok {
				ok, err = fr.bindCaptures(b.stores, captured, b.guard)
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

// bindCaptures binds the names of a pattern that matched and asks its guard.
func (fr *frame) bindCaptures(stores []target, captured []Value, guard func(fr *frame) (bool, error)) (bool, error) {
	for i, store := range stores {
		if err := store(fr, captured[i]); err != nil {
			return false, err
		}
	}
	if guard == nil {
		return true, nil
	}
	return guard(fr)
}

// refutable refuses a pattern that always matches where others follow.
func (c *compiler) refutable(p syntax.Pattern) {
	switch p := p.(type) {
	case *syntax.MatchAs:
		switch {
		case p.Pattern != nil:
			c.refutable(p.Pattern)
		case p.Name == "":
			c.fail(p, "wildcard makes remaining patterns unreachable")
		default:
			c.fail(p, "name capture '"+p.Name+"' makes remaining patterns unreachable")
		}
	case *syntax.MatchOr:
		c.refutable(p.Patterns[len(p.Patterns)-1])
	}
}

// add notes a name that the pattern at n binds.
func (caps *captures) add(c *compiler, n syntax.Node, name string) int {
	if slices.Contains(caps.names, name) {
		c.fail(n, "multiple assignments to name '"+name+"' in pattern")
	}
	caps.names = append(caps.names, name)
	return len(caps.names) - 1
}

func (c *compiler) pattern(p syntax.Pattern, caps *captures) matcher {
	switch p := p.(type) {
	case *syntax.MatchValue:
		value := c.expr(p.Value)
		return func(fr *frame, v Value, _ []Value) (bool, error) {
			want, err := value(fr)
			if err != nil {
				return false, err
			}
			return fr.th.Equal(v, want)
		}
	case *syntax.MatchSingleton:
		want := c.constantValue(p, p.Value)
		return func(_ *frame, v Value, _ []Value) (bool, error) { return v == want, nil }
	case *syntax.MatchSequence:
		return c.matchSequence(p, caps)
	case *syntax.MatchMapping:
		return c.matchMapping(p, caps)
	case *syntax.MatchClass:
		return c.matchClass(p, caps)
	case *syntax.MatchAs:
		return c.matchAs(p, caps)
	case *syntax.MatchOr:
		return c.matchOr(p, caps)
	}
	c.fail(p, "invalid pattern")
	return nil
}

func (c *compiler) patterns(ps []syntax.Pattern, caps *captures) []matcher {
	out := make([]matcher, len(ps))
	for i, p := range ps {
		out[i] = c.pattern(p, caps)
	}
	return out
}

func (c *compiler) matchAs(p *syntax.MatchAs, caps *captures) matcher {
	inner := matcher(func(*frame, Value, []Value) (bool, error) { return true, nil })
	if p.Pattern != nil {
		inner = c.pattern(p.Pattern, caps)
	}
	if p.Name == "" {
		return inner
	}
	i := caps.add(c, p, p.Name)
	return func(fr *frame, v Value, captured []Value) (bool, error) {
		ok, err := inner(fr, v, captured)
		if err != nil || !ok {
			return false, err
		}
		captured[i] = v
		return true, nil
	}
}

// matchOr compiles alternatives, which bind the same names.
func (c *compiler) matchOr(p *syntax.MatchOr, caps *captures) matcher {
	before := len(caps.names)
	alternatives := make([]matcher, len(p.Patterns))
	places := make([][]int, len(p.Patterns)) // where an alternative has the captures of the first
	var names []string
	for i, q := range p.Patterns {
		if i < len(p.Patterns)-1 {
			c.refutable(q)
		}
		own := captures{slices.Clone(caps.names[:before])}
		alternatives[i] = c.pattern(q, &own)
		if i == 0 {
			names = own.names[before:]
		}
		places[i] = c.samePlaces(p, names, own.names[before:])
	}
	caps.names = append(caps.names[:before], names...)
	return func(fr *frame, v Value, captured []Value) (bool, error) {
		for i, m := range alternatives {
			ok, err := m(fr, v, captured)
			if err != nil {
				return false, err
			}
			if !ok {
				continue
			}
			got := slices.Clone(captured[before : before+len(names)])
			for k, at := range places[i] {
				captured[before+k] = got[at]
			}
			return true, nil
		}
		return false, nil
	}
}

// samePlaces returns where each of names is among others, which must be the same.
func (c *compiler) samePlaces(p syntax.Node, names, others []string) []int {
	places := make([]int, len(names))
	for i, n := range names {
		places[i] = slices.Index(others, n)
		if places[i] < 0 {
			c.fail(p, "alternative patterns bind different names")
		}
	}
	if len(names) != len(others) {
		c.fail(p, "alternative patterns bind different names")
	}
	return places
}

// What collections.abc.Sequence and Mapping say of their classes, in the
// attribute that CPython uses for it.
const (
	patternFlags = "__abc_tpflags__"
	isSequenceOf = Int(1 << 5)
	isMappingOf  = Int(1 << 6)
)

// flagged reports whether the class of v says that patterns take it for a
// sequence or mapping.
func (th *Thread) flagged(v Value, flag Int) bool {
	f, ok := th.classLookup(v.Class(), patternFlags)
	n, isInt := f.(Int)
	return ok && isInt && n&flag != 0
}

func (c *compiler) matchSequence(p *syntax.MatchSequence, caps *captures) matcher {
	star := slices.IndexFunc(p.Patterns, func(q syntax.Pattern) bool { _, ok := q.(*syntax.MatchStar); return ok })
	matchers := make([]matcher, len(p.Patterns))
	for i, q := range p.Patterns {
		if s, ok := q.(*syntax.MatchStar); ok {
			matchers[i] = c.matchAs(&syntax.MatchAs{Span: s.Span, Name: s.Name}, caps)
		} else {
			matchers[i] = c.pattern(q, caps)
		}
	}
	n := len(matchers)
	return func(fr *frame, v Value, captured []Value) (bool, error) {
		v, count, ok, err := fr.th.patternSequence(v)
		if err != nil || !ok || star < 0 && count != n || count < n-1 {
			return false, err
		}
		vs, err := fr.th.unpackValue(v, n, star)
		if err != nil {
			return false, err
		}
		for i, m := range matchers {
			if ok, err := m(fr, vs[i], captured); err != nil || !ok {
				return false, err
			}
		}
		return true, nil
	}
}

// patternSequence returns what a sequence pattern unpacks for v, and its length;
// ok is false if v is no sequence.
func (th *Thread) patternSequence(v Value) (src Value, n int, ok bool, err error) {
	switch s := Unwrap(v).(type) {
	case *List:
		return s, len(s.Elems), true, nil
	case *Tuple:
		return s, len(s.Elems), true, nil
	case *Range:
		return s, int(s.Len()), true, nil
	}
	if !th.flagged(v, isSequenceOf) {
		return nil, 0, false, nil
	}
	n, err = th.Len(v)
	return v, n, true, err
}

func (c *compiler) matchMapping(p *syntax.MatchMapping, caps *captures) matcher {
	c.distinctKeys(p)
	keys, matchers := c.exprs(p.Keys), c.patterns(p.Patterns, caps)
	rest := -1
	if p.Rest != "" {
		rest = caps.add(c, p, p.Rest)
	}
	return func(fr *frame, v Value, captured []Value) (bool, error) {
		if _, ok := asDict(v); !ok && !fr.th.flagged(v, isMappingOf) {
			return false, nil
		}
		used, values, ok, err := fr.matchKeys(v, keys)
		if err != nil || !ok {
			return false, err
		}
		for i, m := range matchers {
			if ok, err := m(fr, values[i], captured); err != nil || !ok {
				return false, err
			}
		}
		if rest < 0 {
			return true, nil
		}
		left := NewDict()
		if err := fr.th.updateDict(left, v); err != nil {
			return false, err
		}
		for _, k := range used {
			if _, _, err := left.Delete(fr.th, k); err != nil {
				return false, err
			}
		}
		captured[rest] = left
		return true, nil
	}
}

// distinctKeys refuses literal keys that are written twice.
func (c *compiler) distinctKeys(p *syntax.MatchMapping) {
	seen := NewDict()
	th := plainThread()
	for _, k := range p.Keys {
		lit, ok := k.(*syntax.Constant)
		if !ok {
			continue
		}
		v := c.constantValue(lit, lit.Value)
		if _, twice, err := seen.Get(th, v); err == nil && twice {
			c.fail(p, "mapping pattern checks duplicate key ("+plainRepr(v)+")")
		}
		_ = seen.Set(th, v, None) // literals can be keys
	}
}

// matchKeys finds the values of keys in a mapping; ok is false if one is not there.
func (fr *frame) matchKeys(v Value, keys []expr) (used, values []Value, ok bool, err error) {
	th := fr.th
	used, values = make([]Value, len(keys)), make([]Value, len(keys))
	seen := NewDict()
	for i, key := range keys {
		if used[i], err = key(fr); err != nil {
			return nil, nil, false, err
		}
		if _, twice, err := seen.Get(th, used[i]); err != nil {
			return nil, nil, false, err
		} else if twice {
			return nil, nil, false, Errorf(ValueError, "mapping pattern checks duplicate key (%s)", plainRepr(used[i]))
		}
		if err := seen.Set(th, used[i], None); err != nil {
			return nil, nil, false, err
		}
		if values[i], ok, err = th.patternKey(v, used[i]); err != nil || !ok {
			return nil, nil, false, err
		}
	}
	return used, values, true, nil
}

// patternKey is the value of a key as a mapping pattern looks it up: by get.
func (th *Thread) patternKey(v, key Value) (Value, bool, error) {
	if d, ok := v.(*Dict); ok {
		return d.Get(th, key)
	}
	nothing := NewInstance(ObjectClass)
	x, err := th.CallMethod(v, "get", key, nothing)
	return x, err == nil && x != Value(nothing), err
}

func (c *compiler) matchClass(p *syntax.MatchClass, caps *captures) matcher {
	class := c.expr(p.Cls)
	matchers := slices.Concat(c.patterns(p.Patterns, caps), c.patterns(p.KwdPatterns, caps))
	positional, attrs := len(p.Patterns), p.KwdAttrs
	return func(fr *frame, v Value, captured []Value) (bool, error) {
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
		values, ok, err := fr.th.classParts(v, cls, positional, attrs)
		if err != nil || !ok {
			return false, err
		}
		for i, m := range matchers {
			if ok, err := m(fr, values[i], captured); err != nil || !ok {
				return false, err
			}
		}
		return true, nil
	}
}

// classParts returns what the patterns in Cls(...) are matched with: so many
// positional ones, then those of attrs. ok is false if v lacks an attribute.
func (th *Thread) classParts(v Value, cls *Class, positional int, attrs []string) (parts []Value, ok bool, err error) {
	names := attrs
	if positional > 0 {
		pos, self, err := th.matchArgs(cls, positional)
		if err != nil {
			return nil, false, err
		}
		if self {
			parts = append(parts, v)
		}
		names = slices.Concat(pos, attrs)
	}
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			return nil, false, Errorf(TypeError, "%s() got multiple sub-patterns for attribute '%s'", cls.name, name)
		}
		x, ok, err := th.GetAttrDefault(v, name)
		if err != nil || !ok {
			return nil, false, err
		}
		parts = append(parts, x)
	}
	return parts, true, nil
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

// matchArgs returns the attributes that the first n patterns in Cls(...) stand
// for; self says that the only one stands for the value itself.
func (th *Thread) matchArgs(cls *Class, n int) (names []string, self bool, err error) {
	allowed := 0
	if v, ok := th.classLookup(cls, "__match_args__"); ok {
		t, ok := v.(*Tuple)
		if !ok {
			return nil, false, Errorf(TypeError, "%s.__match_args__ must be a tuple (got %s)", cls.name, v.Class().name)
		}
		allowed = len(t.Elems)
		for _, e := range t.Elems[:min(n, allowed)] {
			s, ok := StringOf(e)
			if !ok {
				return nil, false, Errorf(TypeError, "__match_args__ elements must be strings (got %s)", e.Class().name)
			}
			names = append(names, s)
		}
	} else if self = matchesSelf(cls); self {
		allowed = 1
	}
	if allowed < n {
		return nil, false, Errorf(TypeError, "%s() accepts %d positional sub-pattern%s (%d given)", cls.name, allowed, plural(allowed), n)
	}
	return names, self, nil
}
