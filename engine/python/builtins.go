package python

import (
	"math"
	"math/big"
	"unicode/utf8"

	"colloquy/engine/python/syntax"
)

// builtins are the names every program sees.
var builtins = map[string]Value{}

// LookupBuiltin returns the builtin of that name.
func LookupBuiltin(name string) (Value, bool) {
	v, ok := builtins[name]
	return v, ok
}

// one is a function of one value.
func one(name string, fn func(th *Thread, v Value) (Value, error)) *Builtin {
	return NewBuiltin(name, func(th *Thread, a *Args) (Value, error) {
		if err := a.Exactly(name, 1); err != nil {
			return nil, err
		}
		return fn(th, a.Pos[0])
	})
}

func builtinFunctions() []*Builtin {
	return append([]*Builtin{
		one("abs", (*Thread).abs),
		one("all", func(th *Thread, v Value) (Value, error) { return th.anyAll(v, false) }),
		one("any", func(th *Thread, v Value) (Value, error) { return th.anyAll(v, true) }),
		one("ascii", func(th *Thread, v Value) (Value, error) { return nonNil(th.ascii(v)) }),
		one("bin", func(th *Thread, v Value) (Value, error) { return th.inBase(v, 2, "0b") }),
		one("oct", func(th *Thread, v Value) (Value, error) { return th.inBase(v, 8, "0o") }),
		one("hex", func(th *Thread, v Value) (Value, error) { return th.inBase(v, 16, "0x") }),
		one("callable", func(_ *Thread, v Value) (Value, error) { return boxBool(Callable(v)), nil }),
		one("chr", func(th *Thread, v Value) (Value, error) {
			n, err := th.wantIndex(v)
			if err != nil {
				return nil, err
			}
			if _, huge := Unwrap(v).(*Big); huge || n != int64(int32(n)) {
				return nil, Errorf(OverflowError, "Python int too large to convert to C int")
			}
			if n < 0 || n > utf8.MaxRune {
				return nil, Errorf(ValueError, "chr() arg not in range(0x110000)")
			}
			return NewStr(string(rune(n))), nil
		}),
		one("ord", ordOf),
		one("hash", func(th *Thread, v Value) (Value, error) {
			h, err := th.Hash(v)
			return Int(h), err
		}),
		one("id", func(_ *Thread, v Value) (Value, error) {
			if t, ok := v.(*Tuple); ok && len(t.Elems) == 0 {
				return Int(hashPointer(TupleClass) + 1), nil // there is one, see identical
			}
			return Int(hashPointer(v)), nil
		}),
		one("len", func(th *Thread, v Value) (Value, error) {
			n, err := th.Len(v)
			return boxInt(Int(n)), err
		}),
		one("repr", func(th *Thread, v Value) (Value, error) { return th.textValue(v, "__repr__", th.Repr) }),
		NewBuiltin("dir", func(th *Thread, a *Args) (Value, error) {
			if err := a.Between("dir", 0, 1); err != nil {
				return nil, err
			}
			if len(a.Pos) == 0 {
				return nil, Errorf(RuntimeError, "dir() must be called by its name")
			}
			v := a.Pos[0]
			if m := th.special(v, "__dir__"); m != nil {
				r, err := th.callSlot(m, v)
				if err != nil {
					return nil, err
				}
				elems, err := th.Elems(r)
				if err != nil {
					return nil, err
				}
				return th.sortedList(elems)
			}
			return th.dirNames(v)
		}),
		one("vars", func(th *Thread, v Value) (Value, error) {
			d, ok, err := th.GetAttrDefault(v, "__dict__")
			if err == nil && !ok {
				err = Errorf(TypeError, "vars() argument must have __dict__ attribute")
			}
			return d, err
		}),
	}, append(moreFunctions(), append(attributeFunctions(), append(iterationFunctions(), refusedFunctions()...)...)...)...)
}

func moreFunctions() []*Builtin {
	return []*Builtin{
		NewBuiltin("locals", func(*Thread, *Args) (Value, error) {
			return nil, Errorf(RuntimeError, "locals() must be called by its name")
		}),
		NewBuiltin("globals", func(*Thread, *Args) (Value, error) {
			return nil, Errorf(RuntimeError, "globals() must be called by its name")
		}),
		NewBuiltin("divmod", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("divmod", 2); err != nil {
				return nil, err
			}
			return th.divmod(a.Pos[0], a.Pos[1])
		}),
		NewBuiltin("format", func(th *Thread, a *Args) (Value, error) {
			var v Value
			spec := emptyStr
			if err := a.Unpack("format", "/value", &v, "/format_spec?", &spec); err != nil {
				return nil, err
			}
			return nonNil(th.Format(v, spec))
		}),
		NewBuiltin("round", func(th *Thread, a *Args) (Value, error) {
			var v Value
			var n Value = None
			if err := a.Unpack("round", "number", &v, "ndigits?", &n); err != nil {
				return nil, err
			}
			return th.round(v, n)
		}),
		NewBuiltin("pow", powOf),
	}
}

func (th *Thread) anyAll(v Value, want bool) (Value, error) {
	found := false
	stop := Errorf(StopIteration, "")
	err := th.Each(v, func(x Value) error {
		t, err := th.Truth(x)
		if err != nil {
			return err
		}
		if t == want {
			found = true
			return stop
		}
		return nil
	})
	if err != nil && err != stop {
		return nil, err
	}
	return boxBool(found == want), nil
}

func (th *Thread) inBase(v Value, base int, prefix string) (Value, error) {
	x, ok := bigOf(v)
	if !ok {
		n, err := th.wantIndex(v)
		if err != nil {
			return nil, err
		}
		x = big.NewInt(n)
	}
	s := new(big.Int).Abs(x).Text(base)
	if x.Sign() < 0 {
		prefix = "-" + prefix
	}
	return NewStr(prefix + s), nil
}

func ordOf(_ *Thread, v Value) (Value, error) {
	if s, ok := asStr(v); ok {
		if s.n != 1 {
			return nil, Errorf(TypeError, "ord() expected a character, but string of length %d found", s.n)
		}
		r, _ := utf8.DecodeRuneInString(s.s)
		return boxInt(Int(r)), nil
	}
	if b, ok := asBytes(v); ok {
		if len(b.b) == 1 {
			return boxInt(Int(b.b[0])), nil
		}
		return nil, Errorf(TypeError, "ord() expected a character, but string of length %d found", len(b.b))
	}
	return nil, Errorf(TypeError, "ord() expected string of length 1, but %s found", v.Class().name)
}

// complexPair reports which of two numbers is complex; ok is false if one is no
// number.
func complexPair(x, y Value) (cx, cy, ok bool) {
	_, cx = Unwrap(x).(Complex)
	_, cy = Unwrap(y).(Complex)
	_, fx := FloatOf(x)
	_, fy := FloatOf(y)
	return cx, cy, (cx || fx) && (cy || fy)
}

func powOf(th *Thread, a *Args) (Value, error) {
	var x, y Value
	var mod Value = None
	if err := a.Unpack("pow", "base", &x, "exp", &y, "mod?", &mod); err != nil {
		return nil, err
	}
	if mod == Value(None) {
		return th.Binary(syntax.Pow, x, y)
	}
	if cx, cy, ok := complexPair(x, y); ok && (cx || cy) {
		return nil, Errorf(ValueError, "complex modulo")
	}
	bx, ok1 := bigOf(x)
	by, ok2 := bigOf(y)
	m, ok3 := bigOf(mod)
	if !ok1 || !ok2 || !ok3 {
		if m := th.special(x, "__pow__"); m != nil && !ok1 {
			if _, float := Unwrap(x).(Float); !float {
				r, err := th.callSlot(m, x, y, mod)
				if err != nil || r != Value(NotImplemented) {
					return r, err
				}
			}
		}
		_, isFloat := Unwrap(y).(Float)
		if _, float := Unwrap(x).(Float); float || isFloat {
			return nil, Errorf(TypeError, "pow() 3rd argument not allowed unless all arguments are integers")
		}
		_, fx := FloatOf(x)
		_, fy := FloatOf(y)
		if _, fm := FloatOf(mod); fx && fy && fm {
			return nil, Errorf(TypeError, "pow() 3rd argument not allowed unless all arguments are integers")
		}
		return nil, Errorf(TypeError, "unsupported operand type(s) for ** or pow(): '%s', '%s', '%s'", x.Class().name, y.Class().name, mod.Class().name)
	}
	if m.Sign() == 0 {
		return nil, Errorf(ValueError, "pow() 3rd argument cannot be 0")
	}
	if err := th.Ticks(by.BitLen() * (len(m.Bits())*len(m.Bits())/32 + 1) / 2); err != nil {
		return nil, err
	}
	z := new(big.Int).Exp(bx, by, new(big.Int).Abs(m))
	if z == nil {
		return nil, Errorf(ValueError, "base is not invertible for the given modulus")
	}
	if m.Sign() < 0 && z.Sign() > 0 {
		z.Add(z, m)
	}
	return ownInt(z), nil
}

func attributeName(v Value) (string, error) {
	s, ok := StringOf(v)
	if !ok {
		return "", Errorf(TypeError, "attribute name must be string, not '%s'", v.Class().name)
	}
	return s, nil
}

func attributeFunctions() []*Builtin {
	return []*Builtin{
		NewBuiltin("getattr", func(th *Thread, a *Args) (Value, error) {
			if err := a.Between("getattr", 2, 3); err != nil {
				return nil, err
			}
			name, err := attributeName(a.Pos[1])
			if err != nil {
				return nil, err
			}
			if len(a.Pos) == 2 {
				return th.GetAttr(a.Pos[0], name)
			}
			v, ok, err := th.GetAttrDefault(a.Pos[0], name)
			if err == nil && !ok {
				v = a.Pos[2]
			}
			return v, err
		}),
		NewBuiltin("hasattr", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("hasattr", 2); err != nil {
				return nil, err
			}
			name, err := attributeName(a.Pos[1])
			if err != nil {
				return nil, err
			}
			_, ok, err := th.GetAttrDefault(a.Pos[0], name)
			return boxBool(ok), err
		}),
		NewBuiltin("setattr", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("setattr", 3); err != nil {
				return nil, err
			}
			name, err := attributeName(a.Pos[1])
			if err != nil {
				return nil, err
			}
			return None, th.SetAttr(a.Pos[0], name, a.Pos[2])
		}),
		NewBuiltin("delattr", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("delattr", 2); err != nil {
				return nil, err
			}
			name, err := attributeName(a.Pos[1])
			if err != nil {
				return nil, err
			}
			return None, th.DelAttr(a.Pos[0], name)
		}),
		NewBuiltin("isinstance", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("isinstance", 2); err != nil {
				return nil, err
			}
			ok, err := th.IsInstance(a.Pos[0], a.Pos[1])
			return boxBool(ok), err
		}),
		NewBuiltin("issubclass", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("issubclass", 2); err != nil {
				return nil, err
			}
			ok, err := th.IsSubclass(a.Pos[0], a.Pos[1])
			return boxBool(ok), err
		}),
	}
}

func iterationFunctions() []*Builtin {
	return []*Builtin{
		NewBuiltin("iter", func(th *Thread, a *Args) (Value, error) {
			if err := a.Between("iter", 1, 2); err != nil {
				return nil, err
			}
			if len(a.Pos) == 1 {
				return th.IterValue(a.Pos[0])
			}
			fn, sentinel := a.Pos[0], a.Pos[1]
			if !Callable(fn) {
				return nil, Errorf(TypeError, "iter(object, sentinel): object must be callable")
			}
			done := false
			return NewIterator(callIteratorClass, func(th *Thread) (Value, bool, error) {
				if done {
					return nil, false, nil
				}
				v, err := th.Call(fn, nil, nil)
				if err != nil {
					v, done, err = endsOnStop(nil, err)
					done = err == nil
					return v, false, err
				}
				eq, err := th.same(v, sentinel)
				done = eq
				return v, !eq && err == nil, err
			}), nil
		}),
		NewBuiltin("next", func(th *Thread, a *Args) (Value, error) {
			if err := a.Between("next", 1, 2); err != nil {
				return nil, err
			}
			if len(a.Pos) == 1 {
				if m := th.special(a.Pos[0], "__next__"); m != nil {
					return th.callSlot(m, a.Pos[0])
				}
				return nil, Errorf(TypeError, "'%s' object is not an iterator", a.Pos[0].Class().name)
			}
			v, ok, err := th.Next(a.Pos[0])
			if err == nil && !ok {
				v = a.Pos[1]
			}
			return v, err
		}),
		NewBuiltin("sum", sumOf),
		NewBuiltin("min", func(th *Thread, a *Args) (Value, error) { return th.extreme("min", a, syntax.Lt) }),
		NewBuiltin("max", func(th *Thread, a *Args) (Value, error) { return th.extreme("max", a, syntax.Gt) }),
		NewBuiltin("sorted", func(th *Thread, a *Args) (Value, error) {
			var src, key Value
			reverse := false
			if len(a.Pos) != 1 {
				return nil, Errorf(TypeError, "sorted expected 1 argument, got %d", len(a.Pos))
			}
			if err := a.Unpack("sort", "/iterable", &src, "*", nil, "key?", &key, "reverse?", &reverse); err != nil {
				return nil, err
			}
			elems, err := th.Elems(src)
			if err != nil {
				return nil, err
			}
			l := NewList(elems...)
			return l, th.sort(l, key, reverse)
		}),
		NewBuiltin("print", printOf),
		NewBuiltin("__build_class__", func(*Thread, *Args) (Value, error) {
			return nil, Errorf(RuntimeError, "__build_class__ is not part of the dialect")
		}),
	}
}

func sumOf(th *Thread, a *Args) (Value, error) {
	var src Value
	total := boxInt(0)
	if err := a.Unpack("sum", "/iterable", &src, "start?", &total); err != nil {
		return nil, err
	}
	switch total.(type) {
	case *Str:
		return nil, Errorf(TypeError, "sum() can't sum strings [use ''.join(seq) instead]")
	case *Bytes:
		return nil, Errorf(TypeError, "sum() can't sum bytes [use b''.join(seq) instead]")
	case *ByteArray:
		return nil, Errorf(TypeError, "sum() can't sum bytearray [use b''.join(seq) instead]")
	}
	var carry float64 // what the sum of floats has lost by rounding
	err := th.Each(src, func(v Value) error {
		if t, ok := total.(Float); ok {
			switch x := v.(type) {
			case Float:
				total, carry = addCompensated(float64(t), carry, float64(x))
				return nil
			case Int:
				total = t + Float(x)
				return nil
			}
			total, carry = settled(t, carry), 0
		}
		if q := quickBinary(syntax.Add, total, v); q != nil {
			total = q
			return nil
		}
		var err error
		total, err = th.Binary(syntax.Add, total, v)
		return err
	})
	if t, ok := total.(Float); ok {
		total = settled(t, carry)
	}
	return total, err
}

// addCompensated adds x to the sum t and what rounding takes off to carry.
func addCompensated(t, carry, x float64) (Value, float64) {
	sum := t + x
	if math.Abs(t) >= math.Abs(x) {
		carry += (t - sum) + x
	} else {
		carry += (x - sum) + t
	}
	return Float(sum), carry
}

// settled is a sum with what rounding took off put back.
func settled(t Float, carry float64) Value {
	if carry != 0 && !math.IsInf(carry, 0) && !math.IsNaN(carry) {
		return t + Float(carry)
	}
	return t
}

func (th *Thread) extreme(name string, a *Args, op syntax.CmpOp) (Value, error) {
	key, _ := a.Keyword("key")
	def, hasDefault := a.Keyword("default")
	if len(a.Kw) > 0 {
		return nil, Errorf(TypeError, "'%s' is an invalid keyword argument for %s()", a.Kw[0].Name, name)
	}
	if len(a.Pos) == 0 {
		return nil, Errorf(TypeError, "%s expected at least 1 argument, got 0", name)
	}
	src := a.Pos[0]
	if len(a.Pos) > 1 {
		if hasDefault {
			return nil, Errorf(TypeError, "Cannot specify a default for %s() with multiple positional arguments", name)
		}
		src = &Tuple{a.Pos}
	}
	if key == Value(None) {
		key = nil
	}
	var best, bestKey Value
	err := th.Each(src, func(v Value) error {
		k := v
		if key != nil {
			var err error
			if k, err = th.Call(key, []Value{v}, nil); err != nil {
				return err
			}
		}
		if best == nil {
			best, bestKey = v, k
			return nil
		}
		r, err := th.Compare(op, k, bestKey)
		if err != nil {
			return err
		}
		better, err := th.Truth(r)
		if better {
			best, bestKey = v, k
		}
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case best == nil && hasDefault:
		return def, nil
	case best == nil:
		return nil, Errorf(ValueError, "%s() iterable argument is empty", name)
	}
	return best, nil
}

func printOf(th *Thread, a *Args) (Value, error) {
	var parts []Value
	var sep, end, file, flush Value = None, None, None, None
	if err := a.Unpack("print", "*args", &parts, "sep?", &sep, "end?", &end, "file?", &file, "flush?", &flush); err != nil {
		return nil, err
	}
	between, err := printText(sep, " ", "sep")
	if err != nil {
		return nil, err
	}
	last, err := printText(end, "\n", "end")
	if err != nil {
		return nil, err
	}
	write := func(s *Str) error {
		if file == Value(None) {
			if err := th.Alloc(len(s.s)); err != nil {
				return err
			}
			return th.Write(s.s)
		}
		_, err := th.CallMethod(file, "write", s)
		return err
	}
	for i, v := range parts {
		if i > 0 {
			if err := write(between); err != nil {
				return nil, err
			}
		}
		s, err := th.Str(v)
		if err != nil {
			return nil, err
		}
		if err := write(s); err != nil {
			return nil, err
		}
	}
	return None, write(last)
}

func printText(v Value, def, name string) (*Str, error) {
	if v == Value(None) {
		return NewStr(def), nil
	}
	s, ok := asStr(v)
	if !ok {
		return nil, Errorf(TypeError, "%s must be None or a string, not %s", name, v.Class().name)
	}
	return s, nil
}

// refusedFunctions are those of CPython that the dialect leaves out.
func refusedFunctions() []*Builtin {
	var out []*Builtin
	for _, name := range []string{"open", "exec", "eval", "compile", "input", "breakpoint", "__import__", "memoryview"} {
		out = append(out, NewBuiltin(name, func(*Thread, *Args) (Value, error) {
			return nil, Errorf(RuntimeError, "%s() is not part of the dialect", name)
		}))
	}
	return out
}
