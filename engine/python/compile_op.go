package python

import "colloquy/engine/python/syntax"

// binOp compiles a operator b; sums and differences of small numbers take a
// short way.
func (c *compiler) binOp(e *syntax.BinOp) expr {
	left, right, op, p := c.expr(e.Left), c.expr(e.Right), e.Op, placeOf(e)
	if k, ok := e.Right.(*syntax.Constant); ok {
		if n, ok := k.Value.(int64); ok && (op == syntax.Add || op == syntax.Sub) && n > -1<<31 && n < 1<<31 {
			if op == syntax.Sub {
				n = -n
			}
			return addConst(left, Int(n), op, boxInt(Int(k.Value.(int64))), p)
		}
	}
	return func(fr *frame) (Value, error) {
		a, err := left(fr)
		if err != nil {
			return nil, err
		}
		b, err := right(fr)
		if err != nil {
			return nil, err
		}
		if v := quickBinary(op, a, b); v != nil {
			return v, nil
		}
		v, err := fr.th.Binary(op, a, b)
		if err != nil {
			return nil, fr.fail(err, p)
		}
		return v, nil
	}
}

// addConst compiles left + n, which may be written left - (-n).
func addConst(left expr, n Int, op syntax.Operator, right Value, p place) expr {
	return func(fr *frame) (Value, error) {
		a, err := left(fr)
		if err != nil {
			return nil, err
		}
		if x, ok := a.(Int); ok {
			if s := x + n; (s > x) == (n > 0) {
				return boxInt(s), nil
			}
		}
		v, err := fr.th.Binary(op, a, right)
		if err != nil {
			return nil, fr.fail(err, p)
		}
		return v, nil
	}
}

// quickBinary is a op b for two ints or two floats if it is simple; else nil.
func quickBinary(op syntax.Operator, a, b Value) Value {
	switch x := a.(type) {
	case Int:
		y, ok := b.(Int)
		if !ok {
			return nil
		}
		switch op {
		case syntax.Add:
			if s := x + y; (s > x) == (y > 0) {
				return boxInt(s)
			}
		case syntax.Sub:
			if d := x - y; (d < x) == (y > 0) {
				return boxInt(d)
			}
		case syntax.Mult:
			if p, ok := mulInt(x, y); ok {
				return boxInt(p)
			}
		}
	case Float:
		y, ok := b.(Float)
		if !ok {
			return nil
		}
		switch op {
		case syntax.Add:
			return x + y
		case syntax.Sub:
			return x - y
		case syntax.Mult:
			return x * y
		}
	}
	return nil
}

// compare compiles a comparison, chained or not.
func (c *compiler) compare(e *syntax.Compare) expr {
	if len(e.Ops) == 1 {
		return c.compareOne(e)
	}
	first, rest, p := c.expr(e.Left), c.exprs(e.Comparators), placeOf(e)
	ops := e.Ops
	return func(fr *frame) (Value, error) {
		a, err := first(fr)
		if err != nil {
			return nil, err
		}
		for i, op := range ops {
			b, err := rest[i](fr)
			if err != nil {
				return nil, err
			}
			v, err := fr.th.Compare(op, a, b)
			if err != nil {
				return nil, fr.fail(err, p)
			}
			if i == len(ops)-1 {
				return v, nil
			}
			t, err := fr.th.Truth(v)
			if err != nil {
				return nil, fr.fail(err, p)
			}
			if !t {
				return v, nil
			}
			a = b
		}
		return nil, nil
	}
}

func (c *compiler) compareOne(e *syntax.Compare) expr {
	left, right, op, p := c.expr(e.Left), c.expr(e.Comparators[0]), e.Ops[0], placeOf(e)
	return func(fr *frame) (Value, error) {
		a, err := left(fr)
		if err != nil {
			return nil, err
		}
		b, err := right(fr)
		if err != nil {
			return nil, err
		}
		if x, ok := a.(Int); ok && op < syntax.Is {
			if y, ok := b.(Int); ok {
				return boxBool(compareInts(op, x, y)), nil
			}
		}
		v, err := fr.th.Compare(op, a, b)
		if err != nil {
			return nil, fr.fail(err, p)
		}
		return v, nil
	}
}

func compareInts(op syntax.CmpOp, x, y Int) bool {
	switch op {
	case syntax.Eq:
		return x == y
	case syntax.NotEq:
		return x != y
	case syntax.Lt:
		return x < y
	case syntax.LtE:
		return x <= y
	case syntax.Gt:
		return x > y
	}
	return x >= y
}
