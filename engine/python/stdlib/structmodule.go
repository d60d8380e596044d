package stdlib

import "colloquy/engine/python"

// layoutOf returns the layout that a format names.
func layoutOf(v python.Value) (*layout, error) {
	if b, ok := python.Unwrap(v).(*python.Bytes); ok {
		return parseLayout(b.Data())
	}
	s, ok := text(v)
	if !ok {
		return nil, python.Errorf(python.TypeError, "Struct() argument 1 must be a str or bytes object, not %s", v.Class().Name())
	}
	return parseLayout(s.String())
}

// A layoutMethod is a method of Struct, and a function that takes the format
// before its other arguments.
type layoutMethod func(th *python.Thread, l *layout, a *python.Args) (python.Value, error)

func packMethod(th *python.Thread, l *layout, a *python.Args) (python.Value, error) {
	b, err := l.pack(th, a.Pos)
	return python.NewBytes(b), err
}

func unpackMethod(_ *python.Thread, l *layout, a *python.Args) (python.Value, error) {
	var v python.Value
	if err := a.Unpack("unpack", "buffer", &v); err != nil {
		return nil, err
	}
	b, ok := python.BytesOf(v)
	if !ok {
		return nil, python.Errorf(python.TypeError, "a bytes-like object is required, not '%s'", v.Class().Name())
	}
	if len(b.Data()) != l.size {
		return nil, structFailure("unpack requires a buffer of %d bytes", l.size)
	}
	return l.unpack(b.Data()), nil
}

// offsetIn brings an offset into a buffer of some size, which must have room.
func (l *layout) offsetIn(verb, doing string, offset int64, size int) (int, error) {
	at := offset
	if at < 0 {
		if at+int64(size) < 0 {
			return 0, structFailure("offset %d out of range for %d-byte buffer", offset, size)
		}
		at += int64(size)
	}
	if int64(size)-at < int64(l.size) {
		return 0, structFailure("%s requires a buffer of at least %d bytes for %s %d bytes at offset %d (actual buffer size is %d)",
			verb, int64(l.size)+at, doing, l.size, offset, size)
	}
	return int(at), nil
}

func unpackFromMethod(_ *python.Thread, l *layout, a *python.Args) (python.Value, error) {
	var v python.Value
	var offset int64
	if err := a.Unpack("unpack_from", "buffer", &v, "offset?", &offset); err != nil {
		return nil, err
	}
	b, ok := python.BytesOf(v)
	if !ok {
		return nil, python.Errorf(python.TypeError, "a bytes-like object is required, not '%s'", v.Class().Name())
	}
	at, err := l.offsetIn("unpack_from", "unpacking", offset, len(b.Data()))
	if err != nil {
		return nil, err
	}
	return l.unpack(b.Data()[at : at+l.size]), nil
}

func packIntoMethod(th *python.Thread, l *layout, a *python.Args) (python.Value, error) {
	if len(a.Pos) < 2 {
		return nil, structFailure("pack_into expected buffer argument")
	}
	buf, ok := python.Unwrap(a.Pos[0]).(*python.ByteArray)
	if !ok {
		return nil, python.Errorf(python.TypeError, "pack_into() argument must be read-write bytes-like object, not %s", a.Pos[0].Class().Name())
	}
	offset, err := integerOf(th, a.Pos[1])
	if err != nil {
		return nil, err
	}
	b, err := l.pack(th, a.Pos[2:])
	if err != nil {
		return nil, err
	}
	at, err := l.offsetIn("pack_into", "packing", offset.Int64(), len(buf.Data()))
	if err != nil {
		return nil, err
	}
	buf.Write(at, b)
	return python.None, nil
}

func iterUnpackMethod(_ *python.Thread, l *layout, a *python.Args) (python.Value, error) {
	var v python.Value
	if err := a.Unpack("iter_unpack", "buffer", &v); err != nil {
		return nil, err
	}
	b, ok := python.BytesOf(v)
	switch {
	case !ok:
		return nil, python.Errorf(python.TypeError, "a bytes-like object is required, not '%s'", v.Class().Name())
	case l.size == 0:
		return nil, structFailure("cannot iteratively unpack with a struct of length 0")
	case len(b.Data())%l.size != 0:
		return nil, structFailure("iterative unpacking requires a buffer of a multiple of %d bytes", l.size)
	}
	rest := b.Data()
	return python.NewIterator(python.IteratorClass, func(th *python.Thread) (python.Value, bool, error) {
		if rest == "" {
			return nil, false, nil
		}
		part := rest[:l.size]
		rest = rest[l.size:]
		return l.unpack(part), true, th.Tick()
	}), nil
}

var layoutMethods = map[string]layoutMethod{"pack": packMethod, "unpack": unpackMethod, "unpack_from": unpackFromMethod,
	"pack_into": packIntoMethod, "iter_unpack": iterUnpackMethod}

func defineStruct() {
	self := func(v python.Value) *layout {
		l, _ := python.Unwrap(v).(*layout)
		return l
	}
	members := []python.Member{
		getter("size", func(v python.Value) python.Value { return python.Int(self(v).size) }),
		getter("format", func(v python.Value) python.Value { return str(self(v).source) }),
		unary("__repr__", func(th *python.Thread, v python.Value) (python.Value, error) {
			r, err := th.Repr(str(self(v).source))
			if err != nil {
				return nil, err
			}
			return str("Struct(" + r.String() + ")"), nil
		}),
	}
	for name, m := range layoutMethods {
		members = append(members, python.Method(name, func(th *python.Thread, a *python.Args) (python.Value, error) {
			return m(th, self(a.Self), a)
		}))
	}
	structError = python.NewClass(python.ClassSpec{Name: "error", Module: "struct", Bases: []*python.Class{python.ExceptionClass}})
	structClass = python.NewClass(python.ClassSpec{Name: "Struct", Dotted: true, Module: "_struct", Members: members,
		New: func(_ *python.Thread, cls *python.Class, a *python.Args) (python.Value, error) {
			var format python.Value
			if err := a.Unpack("Struct", "format", &format); err != nil {
				return nil, err
			}
			l, err := layoutOf(format)
			if err != nil {
				return nil, err
			}
			return derived(cls, structClass, l), nil
		}})
}

func fillStruct(_ *builder, ns *python.Namespace) error {
	ns.Set("Struct", structClass)
	ns.Set("error", structError)
	for name, m := range layoutMethods {
		ns.Set(name, python.NewBuiltin(name, func(th *python.Thread, a *python.Args) (python.Value, error) {
			if len(a.Pos) == 0 {
				return nil, python.Errorf(python.TypeError, "%s expected at least 1 argument, got 0", name)
			}
			l, err := layoutOf(a.Pos[0])
			if err != nil {
				return nil, err
			}
			return m(th, l, &python.Args{Pos: a.Pos[1:], Kw: a.Kw})
		}))
	}
	functions(ns, map[string]python.BuiltinFunc{"calcsize": func(_ *python.Thread, a *python.Args) (python.Value, error) {
		if err := a.Exactly("calcsize", 1); err != nil {
			return nil, err
		}
		l, err := layoutOf(a.Pos[0])
		if err != nil {
			return nil, err
		}
		return python.Int(l.size), nil
	}})
	return nil
}
