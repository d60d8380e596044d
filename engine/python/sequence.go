package python

import (
	"strings"

	"colloquy/engine/python/syntax"
)

// repeatCount returns the count for sequence * n; ok is false if n is no
// integer.
func (th *Thread) repeatCount(n Value, size int) (count int, ok bool, err error) {
	if i, object := n.(*Instance); object {
		if m := th.special(i, "__rmul__"); m != nil && !ofClass(m, IntClass) {
			return 0, false, nil
		}
	}
	if _, big := Unwrap(n).(*Big); big {
		return 0, true, Errorf(OverflowError, "cannot fit 'int' into an index-sized integer")
	}
	c, ok, err := th.asIndex(n)
	if err != nil || !ok {
		return 0, false, err
	}
	if c <= 0 || size == 0 {
		return 0, true, nil
	}
	if c > 1<<40 {
		return 0, true, Errorf(MemoryError, "")
	}
	return int(c), true, th.allocTimes(c, size)
}

func (th *Thread) strBinary(op syntax.Operator, s *Str, b Value) (Value, bool, error) {
	switch op {
	case syntax.Add:
		if t, ok := asStr(b); ok && th.joins(b) {
			return Concat(s, t), true, th.Alloc(len(s.s) + len(t.s))
		}
	case syntax.Mult:
		n, ok, err := th.repeatCount(b, len(s.s))
		if err != nil || !ok {
			return nil, false, err
		}
		return repeatStr(s, n), true, nil
	case syntax.Mod:
		if i, ok := b.(*Instance); ok && i.Cls.derives(StrClass) {
			if m := th.special(i, "__rmod__"); m != nil && !ofClass(m, StrClass) {
				return nil, false, nil
			}
		}
		v, err := th.formatPercent(s, b)
		return v, true, err
	}
	return nil, false, nil
}

// ofClass reports whether a method is the builtin one of a class.
func ofClass(m Value, cls *Class) bool {
	b, ok := m.(*Builtin)
	return ok && b.owner == cls
}

// joins reports whether the right side of a sum leaves it to the left.
func (th *Thread) joins(b Value) bool {
	i, ok := b.(*Instance)
	return !ok || th.special(i, "__radd__") == nil
}

func repeatStr(s *Str, n int) *Str {
	if n == 0 || s.s == "" {
		return emptyStr
	}
	t := &Str{s: strings.Repeat(s.s, n), n: s.n * n}
	if s.out != nil {
		for i := range n {
			t.out = cutSpans(t.out, s.out, 0, len(s.s), i*len(s.s))
		}
	}
	return t
}

func (th *Thread) listBinary(op syntax.Operator, l *List, b Value) (Value, bool, error) {
	switch op {
	case syntax.Add:
		if r, ok := asList(b); ok && th.joins(b) {
			v, err := th.joinSeq(l.Elems, r.Elems)
			return &List{Elems: v}, true, err
		}
	case syntax.Mult:
		v, ok, err := th.repeatSeq(l.Elems, b)
		return &List{Elems: v}, ok, err
	}
	return nil, false, nil
}

func (th *Thread) tupleBinary(op syntax.Operator, t *Tuple, b Value) (Value, bool, error) {
	switch op {
	case syntax.Add:
		if r, ok := asTuple(b); ok && th.joins(b) {
			v, err := th.joinSeq(t.Elems, r.Elems)
			return NewTuple(v...), true, err
		}
	case syntax.Mult:
		v, ok, err := th.repeatSeq(t.Elems, b)
		return NewTuple(v...), ok, err
	}
	return nil, false, nil
}

func (th *Thread) joinSeq(a, b []Value) ([]Value, error) {
	if err := th.Alloc(16 * (len(a) + len(b))); err != nil {
		return nil, err
	}
	return append(append(make([]Value, 0, len(a)+len(b)), a...), b...), nil
}

func (th *Thread) repeatSeq(elems []Value, n Value) ([]Value, bool, error) {
	count, ok, err := th.repeatCount(n, 16*len(elems))
	if err != nil || !ok {
		return nil, false, err
	}
	out := make([]Value, 0, count*len(elems))
	for range count {
		out = append(out, elems...)
	}
	return out, true, nil
}

func (th *Thread) bytesBinary(op syntax.Operator, x *Bytes, b Value) (Value, bool, error) {
	switch op {
	case syntax.Add:
		if y, ok := asBytes(b); ok {
			return &Bytes{x.b + y.b, x.Outside || y.Outside}, true, th.Alloc(len(x.b) + len(y.b))
		}
	case syntax.Mult:
		n, ok, err := th.repeatCount(b, len(x.b))
		if err != nil || !ok {
			return nil, false, err
		}
		return &Bytes{strings.Repeat(x.b, n), x.Outside}, true, nil
	case syntax.Mod:
		v, err := th.formatBytes(buffer{x.b, x.Outside, false}, b)
		return v, true, err
	}
	return nil, false, nil
}

func (th *Thread) setBinary(op syntax.Operator, x, y *Set) (Value, bool, error) {
	var out *Set
	var err error
	switch op {
	case syntax.BitOr:
		out = &Set{t: x.t.clone(), Frozen: x.Frozen}
		err = th.addAll(out, y)
	case syntax.BitAnd:
		out, err = th.filterSet(x, y, true)
	case syntax.Sub:
		out, err = th.filterSet(x, y, false)
	case syntax.BitXor:
		if out, err = th.filterSet(x, y, false); err == nil {
			var rest *Set
			if rest, err = th.filterSet(y, x, false); err == nil {
				err = th.addAll(out, rest)
			}
		}
	default:
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	return out, true, nil
}

// filterSet returns the elements of x that are in y, or those that are not.
func (th *Thread) filterSet(x, y *Set, in bool) (*Set, error) {
	out := &Set{Frozen: x.Frozen}
	for _, e := range x.t.entries {
		if e.key == nil {
			continue
		}
		if err := th.Tick(); err != nil {
			return nil, err
		}
		has, err := y.Has(th, e.key)
		if err != nil {
			return nil, err
		}
		if has == in {
			out.t.insert(e.hash, e.key, nil)
		}
	}
	return out, nil
}

func (th *Thread) addAll(s *Set, v Value) error {
	return th.Each(v, func(x Value) error { return s.Add(th, x) })
}

// toSet returns v as a set.
func (th *Thread) toSet(v Value) (*Set, error) {
	if s, ok := asSet(v); ok {
		return s, nil
	}
	s := NewSet()
	return s, th.addAll(s, v)
}

func (th *Thread) viewBinary(op syntax.Operator, v *DictView, b Value) (Value, bool, error) {
	if v.kind == DictValuesClass {
		return nil, false, nil
	}
	switch op {
	case syntax.BitOr, syntax.BitAnd, syntax.Sub, syntax.BitXor:
	default:
		return nil, false, nil
	}
	x, err := th.toSet(v)
	if err != nil {
		return nil, false, err
	}
	y, err := th.toSet(b)
	if err != nil {
		return nil, false, err
	}
	return th.setBinary(op, x, y)
}

// viewReflected is a op v for a view and any iterable a.
func (th *Thread) viewReflected(op syntax.Operator, a Value, v *DictView) (Value, bool, error) {
	if v.kind == DictValuesClass {
		return nil, false, nil
	}
	switch op {
	case syntax.BitOr, syntax.BitAnd, syntax.Sub, syntax.BitXor:
	default:
		return nil, false, nil
	}
	s := NewSet()
	if err := th.addAll(s, a); err != nil {
		return nil, false, err
	}
	y, err := th.toSet(v)
	if err != nil {
		return nil, false, err
	}
	return th.setBinary(op, s, y)
}

// extend appends the elements of v.
func (th *Thread) extend(l *List, v Value) error {
	elems, err := th.Elems(v)
	if err != nil {
		return err
	}
	l.Elems = append(l.Elems, elems...)
	return nil
}

// updateDict is d.update(v) for a mapping or an iterable of pairs.
func (th *Thread) updateDict(d *Dict, v Value) error {
	if src, ok := asDict(v); ok && !ownIteration(v) {
		for k, x := range src.All() {
			if err := th.Tick(); err != nil {
				return err
			}
			if err := d.Set(th, k, x); err != nil {
				return err
			}
		}
		return nil
	}
	if keys, ok, err := th.GetAttrDefault(v, "keys"); err != nil {
		return err
	} else if ok {
		return th.updateMapping(d, v, keys)
	}
	i := 0
	return th.Each(v, func(pair Value) error {
		kv, err := th.Elems(pair)
		if err != nil {
			if _, ok := isRaised(err, TypeError); ok {
				return Errorf(TypeError, "cannot convert dictionary update sequence element #%d to a sequence", i)
			}
			return err
		}
		if len(kv) != 2 {
			return Errorf(ValueError, "dictionary update sequence element #%d has length %d; 2 is required", i, len(kv))
		}
		i++
		return d.Set(th, kv[0], kv[1])
	})
}

// ownIteration reports whether v is an object whose class iterates in its own
// way: then its keys are asked for.
func ownIteration(v Value) bool {
	i, ok := v.(*Instance)
	if !ok {
		return false
	}
	_, own := i.Cls.slot().iter.(*Function)
	return own
}

func (th *Thread) updateMapping(d *Dict, v, keys Value) error {
	ks, err := th.Call(keys, nil, nil)
	if err != nil {
		return err
	}
	return th.Each(ks, func(k Value) error {
		x, err := th.GetItem(v, k)
		if err != nil {
			return err
		}
		return d.Set(th, k, x)
	})
}

func strContains(s *Str, x Value) (bool, error) {
	sub, ok := asStr(x)
	if !ok {
		return false, Errorf(TypeError, "'in <string>' requires string as left operand, not %s", x.Class().name)
	}
	return strings.Contains(s.s, sub.s), nil
}
