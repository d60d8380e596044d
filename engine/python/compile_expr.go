package python

import (
	"fmt"
	"math/big"

	"colloquy/engine/python/syntax"
)

// expr compiles an expression.
func (c *compiler) expr(e syntax.Expr) expr {
	switch e := e.(type) {
	case *syntax.Constant:
		return c.constant(e)
	case *syntax.Name:
		return c.load(e.ID, e)
	case *syntax.Attribute:
		return c.attribute(e)
	case *syntax.Call:
		return c.call(e)
	case *syntax.BinOp:
		return c.binOp(e)
	case *syntax.Compare:
		return c.compare(e)
	case *syntax.BoolOp:
		return c.boolOp(e)
	case *syntax.UnaryOp:
		return c.unaryOp(e)
	case *syntax.IfExp:
		return c.ifExp(e)
	case *syntax.Subscript:
		return c.subscript(e)
	case *syntax.Slice:
		return c.slice(e)
	case *syntax.JoinedStr:
		return c.joinedStr(e)
	case *syntax.FormattedValue:
		return c.joinedStr(&syntax.JoinedStr{Span: e.Span, Values: []syntax.Expr{e}})
	case *syntax.NamedExpr:
		return c.namedExpr(e)
	case *syntax.Lambda:
		return c.lambda(e)
	case *syntax.Yield:
		return c.yieldExpr(e)
	case *syntax.YieldFrom:
		return c.yieldFrom(e)
	}
	return c.display(e)
}

// display compiles what builds a container.
func (c *compiler) display(e syntax.Expr) expr {
	switch e := e.(type) {
	case *syntax.List:
		elems := c.elements(e.Elts, true)
		return func(fr *frame) (Value, error) {
			vs, err := elems(fr)
			if err != nil {
				return nil, err
			}
			fr.th.small += sizeObject + int64(len(vs))*sizeElement
			return &List{Elems: vs}, nil
		}
	case *syntax.Tuple:
		return c.tuple(e)
	case *syntax.Set:
		return c.setDisplay(e)
	case *syntax.Dict:
		return c.dictDisplay(e)
	case *syntax.ListComp:
		return c.listComp(e)
	case *syntax.SetComp:
		return c.setComp(e)
	case *syntax.DictComp:
		return c.dictComp(e)
	case *syntax.GeneratorExp:
		return c.generatorExp(e)
	case *syntax.Starred:
		c.fail(e, "can't use starred expression here")
	}
	c.fail(e, fmt.Sprintf("%T is not part of the dialect", e))
	return nil
}

func (c *compiler) exprs(es []syntax.Expr) []expr {
	out := make([]expr, len(es))
	for i, e := range es {
		out[i] = c.expr(e)
	}
	return out
}

func (c *compiler) constant(e *syntax.Constant) expr {
	v := c.constantValue(e, e.Value)
	return func(*frame) (Value, error) { return v, nil }
}

func (c *compiler) constantValue(n syntax.Node, k any) Value {
	switch k := k.(type) {
	case nil:
		return None
	case bool:
		return boxBool(k)
	case int64:
		return boxInt(Int(k))
	case *big.Int:
		return NewInt(k)
	case float64:
		return Float(k)
	case string:
		return NewStr(k)
	case []byte:
		return NewBytes(k)
	case syntax.Ellipsis:
		return Ellipsis
	case complex128:
		return Complex(k)
	}
	c.fail(n, fmt.Sprintf("%T constants are not part of the dialect", k))
	return nil
}

func (c *compiler) attribute(e *syntax.Attribute) expr {
	obj, name, p, hint := c.expr(e.Value), mangle(c.scope.class, e.Attr), endPlace(e), new(uint32)
	return func(fr *frame) (Value, error) {
		v, err := obj(fr)
		if err != nil {
			return nil, err
		}
		if i, ok := v.(*Instance); ok {
			v, err = fr.th.instanceAttr(i, name, hint)
		} else {
			v, err = fr.th.GetAttr(v, name)
		}
		if err != nil {
			return nil, fr.fail(err, p)
		}
		return v, nil
	}
}

// endPlace is where an attribute, call or subscript is reported: its line is
// that of its last part, as a chain may run over several lines.
func endPlace(e syntax.Expr) place { return placeOf(e) }

func (c *compiler) boolOp(e *syntax.BoolOp) expr {
	parts, stop, p := c.exprs(e.Values), e.Op == syntax.Or, placeOf(e)
	last := len(parts) - 1
	return func(fr *frame) (Value, error) {
		for _, part := range parts[:last] {
			v, err := part(fr)
			if err != nil {
				return nil, err
			}
			t, err := fr.th.Truth(v)
			if err != nil {
				return nil, fr.fail(err, p)
			}
			if t == stop {
				return v, nil
			}
		}
		return parts[last](fr)
	}
}

// condition compiles an expression of which only the truth is wanted.
func (c *compiler) condition(e syntax.Expr) func(fr *frame) (bool, error) {
	if n, ok := e.(*syntax.UnaryOp); ok && n.Op == syntax.Not {
		inner := c.condition(n.Operand)
		return func(fr *frame) (bool, error) {
			t, err := inner(fr)
			return !t, err
		}
	}
	run, p := c.expr(e), placeOf(e)
	return func(fr *frame) (bool, error) {
		v, err := run(fr)
		if err != nil {
			return false, err
		}
		if b, ok := v.(Bool); ok {
			return bool(b), nil
		}
		t, err := fr.th.Truth(v)
		if err != nil {
			return false, fr.fail(err, p)
		}
		return t, nil
	}
}

func (c *compiler) unaryOp(e *syntax.UnaryOp) expr {
	if e.Op == syntax.Not {
		cond := c.condition(e.Operand)
		return func(fr *frame) (Value, error) {
			t, err := cond(fr)
			return boxBool(!t), err
		}
	}
	if k, ok := e.Operand.(*syntax.Constant); ok && e.Op == syntax.USub {
		switch n := k.Value.(type) {
		case int64:
			if n != -1<<63 {
				v := boxInt(Int(-n))
				return func(*frame) (Value, error) { return v, nil }
			}
		case float64:
			v := Value(Float(-n))
			return func(*frame) (Value, error) { return v, nil }
		}
	}
	operand, op, p := c.expr(e.Operand), e.Op, placeOf(e)
	return func(fr *frame) (Value, error) {
		v, err := operand(fr)
		if err != nil {
			return nil, err
		}
		if v, err = fr.th.Unary(op, v); err != nil {
			return nil, fr.fail(err, p)
		}
		return v, nil
	}
}

func (c *compiler) ifExp(e *syntax.IfExp) expr {
	test, then, other := c.condition(e.Test), c.expr(e.Body), c.expr(e.Orelse)
	return func(fr *frame) (Value, error) {
		t, err := test(fr)
		if err != nil {
			return nil, err
		}
		if t {
			return then(fr)
		}
		return other(fr)
	}
}

func (c *compiler) subscript(e *syntax.Subscript) expr {
	obj, key, p := c.expr(e.Value), c.expr(e.Slice), endPlace(e)
	return func(fr *frame) (Value, error) {
		o, err := obj(fr)
		if err != nil {
			return nil, err
		}
		k, err := key(fr)
		if err != nil {
			return nil, err
		}
		v, err := fr.th.GetItem(o, k)
		if err != nil {
			return nil, fr.fail(err, p)
		}
		return v, nil
	}
}

func (c *compiler) slice(e *syntax.Slice) expr {
	lower, upper, step := c.optional(e.Lower), c.optional(e.Upper), c.optional(e.Step)
	return func(fr *frame) (Value, error) {
		var s Slice
		var err error
		if s.Start, err = lower(fr); err != nil {
			return nil, err
		}
		if s.Stop, err = upper(fr); err != nil {
			return nil, err
		}
		if s.Step, err = step(fr); err != nil {
			return nil, err
		}
		return &s, nil
	}
}

func constNone(*frame) (Value, error) { return None, nil }

// optional compiles e, or None if it is absent.
func (c *compiler) optional(e syntax.Expr) expr {
	if e == nil {
		return constNone
	}
	return c.expr(e)
}

func (c *compiler) namedExpr(e *syntax.NamedExpr) expr {
	value := c.expr(e.Value)
	home := *c
	for home.scope.kind == comprehensionScope {
		home.scope = home.scope.parent
	}
	store := home.store(e.Target.ID)
	return func(fr *frame) (Value, error) {
		v, err := value(fr)
		if err != nil {
			return nil, err
		}
		return v, store(fr, v)
	}
}

// elements compiles the elements of a display, stars unpacked; named says how
// the message for what cannot be unpacked begins.
func (c *compiler) elements(es []syntax.Expr, named bool) func(fr *frame) ([]Value, error) {
	for _, e := range es {
		if _, ok := e.(*syntax.Starred); ok {
			return c.starredElements(es, named)
		}
	}
	parts := c.exprs(es)
	return func(fr *frame) ([]Value, error) {
		if err := fr.th.Alloc(16 * len(parts)); err != nil {
			return nil, err
		}
		vs := make([]Value, len(parts))
		for i, part := range parts {
			v, err := part(fr)
			if err != nil {
				return nil, err
			}
			vs[i] = v
		}
		return vs, nil
	}
}

func (c *compiler) starredElements(es []syntax.Expr, named bool) func(fr *frame) ([]Value, error) {
	parts := make([]expr, len(es))
	stars := make([]bool, len(es))
	places := make([]place, len(es))
	for i, e := range es {
		if s, ok := e.(*syntax.Starred); ok {
			e, stars[i] = s.Value, true
		}
		parts[i], places[i] = c.expr(e), placeOf(e)
	}
	return func(fr *frame) ([]Value, error) {
		vs := []Value{}
		for i, part := range parts {
			v, err := part(fr)
			if err != nil {
				return nil, err
			}
			if !stars[i] {
				vs = append(vs, v)
				continue
			}
			more, err := fr.th.Elems(v)
			if err != nil {
				if _, ok := isRaised(err, TypeError); ok && named && fr.th.notIterable(v) {
					err = Errorf(TypeError, "Value after * must be an iterable, not %s", v.Class().name)
				}
				return nil, fr.fail(err, places[i])
			}
			vs = append(vs, more...)
		}
		return vs, nil
	}
}

func (th *Thread) notIterable(v Value) bool {
	_, iter := th.classLookup(v.Class(), "__iter__")
	_, get := th.classLookup(v.Class(), "__getitem__")
	return !iter && !get
}

func (c *compiler) tuple(e *syntax.Tuple) expr {
	if v, ok := c.constantTuple(e); ok {
		return func(*frame) (Value, error) { return v, nil }
	}
	elems := c.elements(e.Elts, true)
	return func(fr *frame) (Value, error) {
		vs, err := elems(fr)
		if err != nil {
			return nil, err
		}
		fr.th.small += sizeObject + int64(len(vs))*sizeElement
		return NewTuple(vs...), nil
	}
}

func (c *compiler) constantTuple(e *syntax.Tuple) (Value, bool) {
	vs := make([]Value, len(e.Elts))
	for i, x := range e.Elts {
		k, ok := x.(*syntax.Constant)
		if !ok {
			return nil, false
		}
		vs[i] = c.constantValue(k, k.Value)
	}
	return NewTuple(vs...), true
}

func (c *compiler) setDisplay(e *syntax.Set) expr {
	elems, p := c.elements(e.Elts, false), placeOf(e)
	return func(fr *frame) (Value, error) {
		vs, err := elems(fr)
		if err != nil {
			return nil, err
		}
		s := NewSet()
		fr.th.small += 2 * sizeObject
		for _, v := range vs {
			if err := s.Add(fr.th, v); err != nil {
				return nil, fr.fail(err, p)
			}
		}
		return s, nil
	}
}

func (c *compiler) dictDisplay(e *syntax.Dict) expr {
	keys, values := make([]expr, len(e.Keys)), c.exprs(e.Values)
	places := make([]place, len(e.Keys))
	for i, k := range e.Keys {
		places[i] = placeOf(e.Values[i])
		if k != nil {
			keys[i], places[i] = c.expr(k), placeOf(k)
		}
	}
	return func(fr *frame) (Value, error) {
		d := NewDict()
		fr.th.small += 2 * sizeObject
		for i, key := range keys {
			if err := fr.dictEntry(d, key, values[i]); err != nil {
				return nil, fr.fail(err, places[i])
			}
		}
		return d, nil
	}
}

func (fr *frame) dictEntry(d *Dict, key, value expr) error {
	if key == nil {
		v, err := value(fr)
		if err != nil {
			return err
		}
		if _, ok := asDict(v); !ok {
			if _, has, err := fr.th.GetAttrDefault(v, "keys"); !has || err != nil {
				if err == nil {
					err = Errorf(TypeError, "'%s' object is not a mapping", v.Class().name)
				}
				return err
			}
		}
		return fr.th.updateDict(d, v)
	}
	k, err := key(fr)
	if err != nil {
		return err
	}
	v, err := value(fr)
	if err != nil {
		return err
	}
	return d.Set(fr.th, k, v)
}

func (c *compiler) joinedStr(e *syntax.JoinedStr) expr {
	type piece struct {
		text  *Str
		value expr
		conv  rune
		spec  expr
		at    place
	}
	pieces := make([]piece, 0, len(e.Values))
	for _, v := range e.Values {
		if f, ok := v.(*syntax.FormattedValue); ok {
			p := piece{value: c.expr(f.Value), conv: f.Conversion, at: placeOf(f)}
			if f.FormatSpec != nil {
				p.spec = c.joinedStr(f.FormatSpec)
			}
			pieces = append(pieces, p)
			continue
		}
		k := v.(*syntax.Constant)
		s, _ := k.Value.(string)
		pieces = append(pieces, piece{text: NewStr(s)})
	}
	return func(fr *frame) (Value, error) {
		var t Text
		for i := range pieces {
			p := &pieces[i]
			s := p.text
			if s == nil {
				var err error
				if s, err = fr.formatted(p.value, p.conv, p.spec); err != nil {
					return nil, fr.fail(err, p.at)
				}
			}
			if i == 0 && len(pieces) == 1 {
				return s, nil
			}
			t.Write(s)
		}
		return t.Str(), fr.th.Alloc(t.Len())
	}
}

// formatted is one {value!conv:spec} of an f-string.
func (fr *frame) formatted(value expr, conv rune, spec expr) (*Str, error) {
	v, err := value(fr)
	if err != nil {
		return nil, err
	}
	if conv != 0 {
		if v, err = fr.th.convert(v, conv); err != nil {
			return nil, err
		}
	}
	if spec == nil {
		return fr.th.Format(v, emptyStr)
	}
	s, err := spec(fr)
	if err != nil {
		return nil, err
	}
	return fr.th.Format(v, s.(*Str))
}

// convert is the !r, !s or !a of a replacement field.
func (th *Thread) convert(v Value, conv rune) (Value, error) {
	switch conv {
	case 'r':
		return nonNil(th.Repr(v))
	case 'a':
		return nonNil(th.ascii(v))
	}
	return nonNil(th.Str(v))
}

// nonNil turns a *Str and an error into a Value and an error.
func nonNil(s *Str, err error) (Value, error) {
	if err != nil {
		return nil, err
	}
	return s, nil
}

// ascii is repr(v) with escapes for all but ASCII.
func (th *Thread) ascii(v Value) (*Str, error) {
	s, err := th.Repr(v)
	if err != nil || s.ascii() {
		return s, err
	}
	var t Text
	for i, r := range s.s {
		if r < 0x80 {
			t.writeCut(s, i, i+1)
		} else {
			t.writeFrom(escapeRune(r, 0, true), s.isOutside(i))
		}
	}
	return t.Str(), nil
}
