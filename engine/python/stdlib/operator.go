package stdlib

import (
	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// binaryOperators are the functions of operator that do what an operator does.
var binaryOperators = map[string]syntax.Operator{
	"add": syntax.Add, "sub": syntax.Sub, "mul": syntax.Mult, "matmul": syntax.MatMult, "truediv": syntax.Div, "mod": syntax.Mod,
	"pow": syntax.Pow, "lshift": syntax.LShift, "rshift": syntax.RShift, "or_": syntax.BitOr, "xor": syntax.BitXor,
	"and_": syntax.BitAnd, "floordiv": syntax.FloorDiv,
}

var comparisonOperators = map[string]syntax.CmpOp{
	"eq": syntax.Eq, "ne": syntax.NotEq, "lt": syntax.Lt, "le": syntax.LtE, "gt": syntax.Gt, "ge": syntax.GtE,
	"is_": syntax.Is, "is_not": syntax.IsNot,
}

var unaryOperators = map[string]syntax.UnaryOperator{
	"neg": syntax.USub, "pos": syntax.UAdd, "invert": syntax.Invert, "inv": syntax.Invert, "not_": syntax.Not,
}

// inPlaceNames are the names of operators in their "op=" forms.
var inPlaceNames = map[string]string{"or_": "ior", "and_": "iand"}

// fixed is a function of n positional arguments.
func fixed(name string, n int, fn func(th *python.Thread, vs []python.Value) (python.Value, error)) *python.Builtin {
	return python.NewBuiltin(name, func(th *python.Thread, a *python.Args) (python.Value, error) {
		if err := a.Exactly(name, n); err != nil {
			return nil, err
		}
		return fn(th, a.Pos)
	})
}

func fillOperator(_ *builder, ns *python.Namespace) error {
	def := func(name string, n int, fn func(th *python.Thread, vs []python.Value) (python.Value, error)) {
		ns.Set(name, fixed(name, n, fn))
	}
	for name, op := range binaryOperators {
		def(name, 2, func(th *python.Thread, vs []python.Value) (python.Value, error) { return th.Binary(op, vs[0], vs[1]) })
		in := "i" + name
		if n := inPlaceNames[name]; n != "" {
			in = n
		}
		def(in, 2, func(th *python.Thread, vs []python.Value) (python.Value, error) { return th.InPlace(op, vs[0], vs[1]) })
	}
	for name, op := range comparisonOperators {
		def(name, 2, func(th *python.Thread, vs []python.Value) (python.Value, error) { return th.Compare(op, vs[0], vs[1]) })
	}
	for name, op := range unaryOperators {
		def(name, 1, func(th *python.Thread, vs []python.Value) (python.Value, error) { return th.Unary(op, vs[0]) })
	}
	for name, join := range map[string]func(th *python.Thread, op syntax.Operator, a, b python.Value) (python.Value, error){
		"concat": (*python.Thread).Binary, "iconcat": (*python.Thread).InPlace} {
		def(name, 2, func(th *python.Thread, vs []python.Value) (python.Value, error) {
			if _, ok := vs[0].Class().Lookup("__getitem__"); !ok {
				return nil, python.Errorf(python.TypeError, "'%s' object can't be concatenated", vs[0].Class().Name())
			}
			return join(th, syntax.Add, vs[0], vs[1])
		})
	}
	abs, _ := python.LookupBuiltin("abs")
	ns.Set("abs", abs)
	def("truth", 1, func(th *python.Thread, vs []python.Value) (python.Value, error) {
		ok, err := th.Truth(vs[0])
		return python.Bool(ok), err
	})
	def("index", 1, func(th *python.Thread, vs []python.Value) (python.Value, error) {
		return th.Index(vs[0])
	})
	def("_length_hint", 1, func(th *python.Thread, vs []python.Value) (python.Value, error) {
		n, err := th.LengthHint(vs[0])
		return python.Int(n), err
	})
	def("iconcat", 2, func(th *python.Thread, vs []python.Value) (python.Value, error) {
		return th.InPlace(syntax.Add, vs[0], vs[1])
	})
	def("contains", 2, func(th *python.Thread, vs []python.Value) (python.Value, error) {
		ok, err := th.Contains(vs[0], vs[1])
		return python.Bool(ok), err
	})
	def("getitem", 2, func(th *python.Thread, vs []python.Value) (python.Value, error) { return th.GetItem(vs[0], vs[1]) })
	def("setitem", 3, func(th *python.Thread, vs []python.Value) (python.Value, error) {
		return python.None, th.SetItem(vs[0], vs[1], vs[2])
	})
	def("delitem", 2, func(th *python.Thread, vs []python.Value) (python.Value, error) {
		return python.None, th.DelItem(vs[0], vs[1])
	})
	return nil
}
