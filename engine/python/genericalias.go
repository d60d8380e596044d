package python

import "colloquy/engine/python/syntax"

// callAlias calls what a generic alias stands for; the object remembers the
// alias if it can.
func callAlias(th *Thread, a *Args) (Value, error) {
	x := a.Self.(*GenericAlias)
	v, err := th.Call(x.Origin, a.Pos, a.Kw)
	if err != nil {
		return nil, err
	}
	if i, ok := v.(*Instance); ok {
		if err := th.SetAttr(i, "__orig_class__", x); err != nil {
			if _, refused := isRaised(err, AttributeError); !refused {
				return nil, err
			}
		}
	}
	return v, nil
}

func (th *Thread) setOf(vs []Value) (*Set, error) {
	s := &Set{Frozen: true}
	for _, v := range vs {
		if err := s.Add(th, v); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// isTypeParameter reports whether v stands for a type that is still to be
// given.
func (th *Thread) isTypeParameter(v Value) bool {
	i, ok := v.(*Instance)
	return ok && (i.Cls == TypeVarClass || th.special(i, "__typing_subst__") != nil)
}

// typeParameters are the type variables in the arguments of an alias, each
// once.
func (th *Thread) typeParameters(args []Value) ([]Value, error) {
	var out []Value
	add := func(v Value) {
		for _, o := range out {
			if o == v {
				return
			}
		}
		out = append(out, v)
	}
	for _, arg := range args {
		if th.isTypeParameter(arg) {
			add(arg)
			continue
		}
		inner, err := th.parametersOf(arg)
		if err != nil {
			return nil, err
		}
		for _, v := range inner {
			add(v)
		}
	}
	return out, nil
}

// parametersOf is arg.__parameters__, or nothing.
func (th *Thread) parametersOf(arg Value) ([]Value, error) {
	if l, ok := arg.(*List); ok {
		return th.typeParameters(l.Elems)
	}
	if _, ok := arg.(*Class); ok {
		return nil, nil
	}
	v, ok, err := th.GetAttrDefault(arg, "__parameters__")
	if t, isTuple := v.(*Tuple); err == nil && ok && isTuple {
		return t.Elems, nil
	}
	return nil, err
}

// substitute is alias[key]: it puts types in the place of type variables.
func (th *Thread) substitute(x *GenericAlias, key Value) (Value, error) {
	params, err := th.typeParameters(x.Args)
	if err != nil {
		return nil, err
	}
	shown, err := th.Repr(x)
	if err != nil {
		return nil, err
	}
	items := aliasArgs(key)
	switch {
	case len(params) == 0:
		return nil, Errorf(TypeError, "%s is not a generic class", shown.s)
	case len(items) > len(params):
		return nil, Errorf(TypeError, "Too many arguments for %s; actual %d, expected %d", shown.s, len(items), len(params))
	case len(items) < len(params):
		return nil, Errorf(TypeError, "Too few arguments for %s; actual %d, expected %d", shown.s, len(items), len(params))
	}
	given := func(v Value) Value {
		for n, p := range params {
			if p == v {
				return items[n]
			}
		}
		return v
	}
	out := &GenericAlias{Origin: x.Origin}
	for _, arg := range x.Args {
		inner, err := th.parametersOf(arg)
		if err != nil {
			return nil, err
		}
		if len(inner) == 0 || th.isTypeParameter(arg) {
			out.Args = append(out.Args, given(arg))
			continue
		}
		for n := range inner {
			inner[n] = given(inner[n])
		}
		v, err := th.GetItem(arg, NewTuple(inner...))
		if err != nil {
			return nil, err
		}
		out.Args = append(out.Args, v)
	}
	return out, nil
}

// reprCallable is the repr of Callable[[int], str].
func (th *Thread) reprCallable(name *Str, args []Value) (*Str, error) {
	n := len(args) - 1
	params, err := th.reprJoined(args[:n], ", ")
	if err != nil {
		return nil, err
	}
	if n != 1 || args[0] != Value(Ellipsis) && !th.isTypeParameter(args[0]) {
		params = Concat(Concat(NewStr("["), params), NewStr("]"))
	}
	result, err := th.typeName(args[n])
	if err != nil {
		return nil, err
	}
	return Concat(Concat(Concat(name, NewStr("[")), Concat(params, NewStr(", "))), Concat(result, NewStr("]"))), nil
}

// Annotation evaluates an annotation that was written as text, with the names
// that lookup knows. Only what annotations are made of is allowed: names,
// attributes, subscripts, constants and unions.
func (th *Thread) Annotation(text string, lookup func(name string) (Value, bool)) (Value, error) {
	e, err := syntax.ParseExpr("<annotation>", text, syntax.Pos{Line: 1, Col: 1})
	if err != nil {
		return nil, Errorf(SyntaxError, "Forward reference must be an expression -- got %s", plainRepr(NewStr(text)))
	}
	return annotation{th, lookup}.value(e)
}

type annotation struct {
	th     *Thread
	lookup func(name string) (Value, bool)
}

func (a annotation) value(e syntax.Expr) (Value, error) {
	switch e := e.(type) {
	case *syntax.Name:
		if v, ok := a.lookup(e.ID); ok {
			return v, nil
		}
		return nil, Errorf(NameError, "name '%s' is not defined", e.ID)
	case *syntax.Attribute:
		v, err := a.value(e.Value)
		if err != nil {
			return nil, err
		}
		return a.th.GetAttr(v, e.Attr)
	case *syntax.Subscript:
		return a.subscript(e)
	case *syntax.BinOp:
		x, err := a.value(e.Left)
		if err != nil {
			return nil, err
		}
		y, err := a.value(e.Right)
		if err != nil {
			return nil, err
		}
		return a.th.Binary(e.Op, x, y)
	case *syntax.UnaryOp:
		v, err := a.value(e.Operand)
		if err != nil {
			return nil, err
		}
		return a.th.Unary(e.Op, v)
	case *syntax.Tuple:
		vs, err := a.values(e.Elts)
		return NewTuple(vs...), err
	case *syntax.List:
		vs, err := a.values(e.Elts)
		return NewList(vs...), err
	}
	return a.constant(e)
}

func (a annotation) values(es []syntax.Expr) ([]Value, error) {
	out := make([]Value, 0, len(es))
	for _, e := range es {
		v, err := a.value(e)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

func (a annotation) subscript(e *syntax.Subscript) (Value, error) {
	v, err := a.value(e.Value)
	if err != nil {
		return nil, err
	}
	key, err := a.value(e.Slice)
	if err != nil {
		return nil, err
	}
	return a.th.GetItem(v, key)
}

// constant evaluates what needs no names.
func (a annotation) constant(e syntax.Expr) (Value, error) {
	if _, ok := e.(*syntax.Constant); !ok {
		return nil, Errorf(TypeError, "an annotation written as text may hold names, attributes, subscripts, constants and unions only")
	}
	code, err := CompileExpr(e, CompileOptions{})
	if err != nil {
		return nil, err
	}
	return code.Run(a.th, NewNamespace(nil))
}

// Globals is the namespace of the module that made a function or class; nil if
// it is not known.
func Globals(v Value) *Namespace {
	switch v := v.(type) {
	case *Function:
		return v.globals
	case *Class:
		return v.globals
	case *BoundMethod:
		return Globals(v.Fn)
	case *Module:
		return v.Globals
	}
	return nil
}
