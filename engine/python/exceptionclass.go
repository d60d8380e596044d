package python

import (
	"slices"
	"unicode/utf8"
)

func newExceptionValue(th *Thread, cls *Class, a *Args) (Value, error) {
	if cls == OSError && len(a.Pos) >= 2 {
		if n, ok := IntOf(a.Pos[0]); ok {
			if special, ok := errnoClasses[n]; ok {
				cls = special
			}
		}
	}
	exc := NewException(cls, slices.Clone(a.Pos)...)
	if err := unicodeErrorArgs(cls, a.Pos); err != nil {
		return nil, err
	}
	exceptionAttrs(exc, a.Kw)
	return exc, nil
}

// unicodeErrorArgs looks at the arguments of the errors of encoding and decoding.
func unicodeErrorArgs(cls *Class, args []Value) error {
	decode := cls.derives(UnicodeDecodeError)
	if !decode && !cls.derives(UnicodeEncodeError) {
		return nil
	}
	if len(args) != 5 {
		return Errorf(TypeError, "function takes exactly 5 arguments (%d given)", len(args))
	}
	for i, v := range args {
		_, isText := asStr(v)
		_, isInt := IntOf(v)
		_, isBytes := asBytes(v)
		switch {
		case i == 1 && decode && !isBytes:
			return Errorf(TypeError, "a bytes-like object is required, not '%s'", v.Class().name)
		case (i == 2 || i == 3) && !isInt:
			return Errorf(TypeError, "'%s' object cannot be interpreted as an integer", v.Class().name)
		case (i == 0 || i == 4 || i == 1 && !decode) && !isText:
			return Errorf(TypeError, "argument %d must be str, not %s", i+1, classOrNone(v))
		}
	}
	return nil
}

// errnoClasses are the classes that OSError becomes by its number.
var errnoClasses = map[int64]*Class{
	1: PermissionError, 2: FileNotFoundError, 3: ProcessLookupError, 4: InterruptedError, 10: ChildProcessError,
	11: BlockingIOError, 13: PermissionError, 17: FileExistsError, 20: NotADirectoryError, 21: IsADirectoryError,
	32: BrokenPipeError, 103: ConnectionAbortedError, 104: ConnectionResetError, 110: TimeoutError, 111: ConnectionRefusedError,
}

// exceptionAttrs sets the attributes that some classes take from their
// arguments.
func exceptionAttrs(exc *Instance, kw []Kwarg) {
	args := exc.Exception().Args.Elems
	at := func(i int) Value {
		if i < len(args) {
			return args[i]
		}
		return None
	}
	c := exc.Cls
	switch {
	case c.derives(OSError):
		if len(args) >= 2 {
			for i, n := range []string{"errno", "strerror", "filename"} {
				exc.Attrs.Set(n, at(i))
			}
		}
		if len(args) > 2 && len(args) < 6 {
			exc.Exception().Args = NewTuple(args[:2]...)
		}
	case c.derives(ImportError):
		for _, n := range []string{"name", "path"} {
			exc.Attrs.Set(n, None)
		}
	case c.derives(SyntaxError):
		exc.Attrs.Set("msg", at(0))
	case c.derives(UnicodeDecodeError), c.derives(UnicodeEncodeError):
		for i, n := range []string{"encoding", "object", "start", "end", "reason"} {
			exc.Attrs.Set(n, at(i))
		}
	case c.derives(SystemExit):
		exc.Attrs.Set("code", at(0))
	}
	imports, attribute := c.derives(ImportError), c.derives(AttributeError)
	for _, k := range kw {
		if k.Name == "name" && (imports || attribute || c.derives(NameError)) || k.Name == "path" && imports || k.Name == "obj" && attribute {
			exc.Attrs.Set(k.Name, k.Value)
		}
	}
}

// osErrorText is str() of an OSError made of an errno and a message.
func osErrorText(i *Instance) (string, bool) {
	args := i.Exception().Args.Elems
	if len(args) < 2 {
		return "", false
	}
	text, ok := StringOf(args[1])
	if !ok {
		text = plainRepr(args[1])
	}
	out := "[Errno " + plainRepr(args[0]) + "] " + text
	if f, ok := i.Attrs.Get("filename"); ok && f != Value(None) {
		out += ": " + plainRepr(f)
	}
	return out, true
}

// excOf returns what the exception self carries.
func excOf(v Value) (*Instance, *Exception, error) {
	if i, ok := v.(*Instance); ok {
		if e := i.Exception(); e != nil {
			return i, e, nil
		}
	}
	return nil, nil, Errorf(TypeError, "'%s' object is not an exception", v.Class().name)
}

func excGetter(name string, get func(e *Exception) Value, set func(e *Exception, v Value) error) Member {
	var setter func(*Thread, Value, Value) error
	if set != nil {
		setter = func(_ *Thread, self, v Value) error {
			_, e, err := excOf(self)
			if err != nil {
				return err
			}
			return set(e, v)
		}
	}
	return Getter(name, func(_ *Thread, v Value) (Value, error) {
		_, e, err := excOf(v)
		if err != nil {
			return nil, err
		}
		return get(e), nil
	}, setter)
}

func exceptionMembers() []Member {
	return []Member{
		Method("__init__", func(th *Thread, a *Args) (Value, error) {
			i, e, err := excOf(a.Self)
			if err != nil {
				return nil, err
			}
			if len(a.Kw) > 0 && !i.Cls.derives(ImportError) && !i.Cls.derives(NameError) && !i.Cls.derives(AttributeError) {
				return nil, Errorf(TypeError, "%s() takes no keyword arguments", i.Cls.name)
			}
			if i.Cls.derives(BaseExceptionGroup) {
				return None, nil
			}
			e.Args = NewTuple(slices.Clone(a.Pos)...)
			exceptionAttrs(i, a.Kw)
			return None, nil
		}),
		Method("__str__", func(th *Thread, a *Args) (Value, error) {
			i, e, err := excOf(a.Self)
			if err != nil {
				return nil, err
			}
			return th.exceptionStr(i, e)
		}),
		Method("__repr__", func(th *Thread, a *Args) (Value, error) { return nonNil(th.defaultRepr(a.Self)) }),
		Method("with_traceback", func(_ *Thread, a *Args) (Value, error) {
			_, e, err := excOf(a.Self)
			if err != nil {
				return nil, err
			}
			if err := a.Exactly("with_traceback", 1); err != nil {
				return nil, err
			}
			return a.Self, e.setTraceback(a.Pos[0])
		}),
		Method("add_note", func(_ *Thread, a *Args) (Value, error) {
			_, e, err := excOf(a.Self)
			if err != nil {
				return nil, err
			}
			var note *Str
			if err := a.Unpack("add_note", "note", &note); err != nil {
				return nil, err
			}
			if e.Notes == nil {
				e.Notes = NewList()
			}
			e.Notes.Elems = append(e.Notes.Elems, note)
			return None, nil
		}),
	}
}

// exceptionParts are the attributes every exception has.
func exceptionParts() []Member {
	link := func(v Value, what string) (Value, error) {
		if i, ok := v.(*Instance); v == Value(None) || ok && i.Exception() != nil {
			return v, nil
		}
		return nil, Errorf(TypeError, "exception %s must be None or derive from BaseException", what)
	}
	return []Member{
		excGetter("args", func(e *Exception) Value { return e.Args }, func(e *Exception, v Value) error {
			t, ok := asTuple(v)
			if !ok {
				return Errorf(TypeError, "args must be a tuple")
			}
			e.Args = t
			return nil
		}),
		excGetter("__cause__", func(e *Exception) Value { return e.Cause }, func(e *Exception, v Value) (err error) {
			e.Cause, err = link(v, "cause")
			e.Suppress = true
			return err
		}),
		excGetter("__context__", func(e *Exception) Value { return e.Context }, func(e *Exception, v Value) (err error) {
			e.Context, err = link(v, "context")
			return err
		}),
		excGetter("__suppress_context__", func(e *Exception) Value { return boxBool(e.Suppress) }, func(e *Exception, v Value) error {
			e.Suppress = v == boxTrue
			return nil
		}),
		excGetter("__traceback__", (*Exception).traceback, (*Exception).setTraceback),
		Getter("__notes__", func(_ *Thread, v Value) (Value, error) {
			_, e, err := excOf(v)
			if err != nil {
				return nil, err
			}
			if e.Notes == nil {
				return nil, noAttribute(v, "__notes__")
			}
			return e.Notes, nil
		}, nil),
	}
}

// exceptionStr is str(exc).
func (th *Thread) exceptionStr(i *Instance, e *Exception) (Value, error) {
	if i.Cls.derives(UnicodeDecodeError) || i.Cls.derives(UnicodeEncodeError) {
		if s, ok := unicodeErrorText(i, e); ok {
			return s, nil
		}
	}
	switch len(e.Args.Elems) {
	case 0:
		return emptyStr, nil
	case 1:
		if i.Cls.derives(KeyError) {
			return nonNil(th.Repr(e.Args.Elems[0]))
		}
		return nonNil(th.Str(e.Args.Elems[0]))
	}
	if i.Cls.derives(OSError) {
		if s, ok := osErrorText(i); ok {
			return NewStr(s), nil
		}
	}
	if i.Cls.derives(BaseExceptionGroup) {
		return groupText(e)
	}
	return nonNil(th.Repr(e.Args))
}

func unicodeErrorText(i *Instance, e *Exception) (Value, bool) {
	if len(e.Args.Elems) != 5 {
		return nil, false
	}
	part := func(name string) Value {
		v, _ := i.Attrs.Get(name)
		return v
	}
	enc, _ := StringOf(part("encoding"))
	reason, _ := StringOf(part("reason"))
	at, _ := IntOf(part("start"))
	end, _ := IntOf(part("end"))
	where := " in position " + itoa(int(at)) + "-" + itoa(int(end)-1) + ": " + reason
	one := " in position " + itoa(int(at)) + ": " + reason
	if b, ok := asBytes(part("object")); ok {
		if end == at+1 && int(at) < len(b.b) {
			return NewStr("'" + enc + "' codec can't decode byte 0x" + hexByte(b.b[at]) + one), true
		}
		return NewStr("'" + enc + "' codec can't decode bytes" + where), true
	}
	if s, ok := asStr(part("object")); ok {
		if end == at+1 && int(at) < s.n {
			r, _ := utf8.DecodeRuneInString(s.s[s.offset(int(at)):])
			return like("'"+enc+"' codec can't encode character '"+escapeRune(r, 0, true)+"'"+one, s), true
		}
		return NewStr("'" + enc + "' codec can't encode characters" + where), true
	}
	return nil, false
}

func hexByte(b byte) string {
	const digits = "0123456789abcdef"
	return string([]byte{digits[b>>4], digits[b&15]})
}

// Exception groups.

func newGroup(cls *Class, msg string, excs []Value) *Instance {
	g := NewException(cls, NewStr(msg), NewList(excs...))
	g.Attrs.Set("message", NewStr(msg))
	g.Attrs.Set("exceptions", NewTuple(excs...))
	return g
}

func newGroupValue(th *Thread, cls *Class, a *Args) (Value, error) {
	var msg *Str
	var list Value
	if err := a.Unpack(cls.name, "/message", &msg, "/exceptions", &list); err != nil {
		return nil, err
	}
	excs, err := th.Elems(list)
	if err != nil {
		return nil, Errorf(TypeError, "second argument (exceptions) must be a sequence")
	}
	if len(excs) == 0 {
		return nil, Errorf(ValueError, "second argument (exceptions) must be a non-empty sequence")
	}
	for i, e := range excs {
		if _, _, err := excOf(e); err != nil {
			return nil, Errorf(ValueError, "Item %d of second argument (exceptions) is not an exception", i)
		}
	}
	g := newGroup(cls, msg.s, excs)
	g.Native.(*Exception).Args = NewTuple(msg, list)
	return g, nil
}

func groupText(e *Exception) (Value, error) {
	msg, _ := StringOf(e.Args.Elems[0])
	n := 0
	if vs, ok := sequenceElems(e.Args.Elems[1]); ok {
		n = len(vs)
	}
	return NewStr(msg + " (" + itoa(n) + " sub-exception" + plural(n) + ")"), nil
}

// groupExceptions returns the exceptions of a group; nil for others.
func groupExceptions(exc *Instance) []Value {
	if !exc.Cls.derives(BaseExceptionGroup) {
		return nil
	}
	if v, ok := exc.Attrs.Get("exceptions"); ok {
		if t, ok := v.(*Tuple); ok {
			return t.Elems
		}
	}
	return nil
}

// splitGroup splits an exception into the part that cls names and the rest;
// either may be nil.
func splitGroup(exc *Instance, cls Value) (match, rest *Instance, err error) {
	ok, err := matchesException(exc.Cls, cls)
	if err != nil {
		return nil, nil, err
	}
	if ok {
		return exc, nil, nil
	}
	members := groupExceptions(exc)
	if members == nil {
		return nil, exc, nil
	}
	var in, out []Value
	for _, m := range members {
		a, b, err := splitGroup(m.(*Instance), cls)
		if err != nil {
			return nil, nil, err
		}
		if a != nil {
			in = append(in, a)
		}
		if b != nil {
			out = append(out, b)
		}
	}
	derive := func(vs []Value) *Instance {
		if len(vs) == 0 {
			return nil
		}
		msg, _ := StringOf(exc.Exception().Args.Elems[0])
		g := newGroup(exc.Cls, msg, vs)
		e, from := g.Exception(), exc.Exception()
		e.Cause, e.Context, e.Notes, e.Traceback = from.Cause, from.Context, from.Notes, slices.Clone(from.Traceback)
		return g
	}
	return derive(in), derive(out), nil
}

func groupMembers() []Member {
	orNone := func(i *Instance) Value {
		if i == nil {
			return None
		}
		return i
	}
	return []Member{
		Method("split", func(_ *Thread, a *Args) (Value, error) {
			if err := a.Exactly("split", 1); err != nil {
				return nil, err
			}
			m, r, err := splitGroup(a.Self.(*Instance), a.Pos[0])
			return NewTuple(orNone(m), orNone(r)), err
		}),
		Method("subgroup", func(_ *Thread, a *Args) (Value, error) {
			if err := a.Exactly("subgroup", 1); err != nil {
				return nil, err
			}
			m, _, err := splitGroup(a.Self.(*Instance), a.Pos[0])
			return orNone(m), err
		}),
		Method("derive", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("derive", 1); err != nil {
				return nil, err
			}
			msg, _ := StringOf(a.Self.(*Instance).Exception().Args.Elems[0])
			excs, err := th.Elems(a.Pos[0])
			return newGroup(ExceptionGroup, msg, excs), err
		}),
	}
}

func stopIterationMembers() []Member {
	return []Member{excGetter("value", func(e *Exception) Value {
		if len(e.Args.Elems) > 0 {
			return e.Args.Elems[0]
		}
		return None
	}, nil)}
}
