package python

import (
	"path"
	"slices"
	"unicode/utf8"

	"colloquy/engine/python/syntax"
)

func newExceptionValue(th *Thread, cls *Class, a *Args) (Value, error) {
	if cls == OSError && len(a.Pos) >= 2 {
		if n, ok := IntOf(a.Pos[0]); ok {
			if special, ok := errnoClasses[n]; ok {
				cls = special
			}
		}
	}
	if cls.derives(OSError) && initialises(cls) {
		return NewException(cls), nil // its __init__ says what becomes of the arguments
	}
	exc := NewException(cls, slices.Clone(a.Pos)...)
	if err := unicodeErrorArgs(cls, a.Pos); err != nil {
		return nil, err
	}
	exceptionAttrs(exc, a.Kw)
	return exc, nil
}

// initialises reports whether a class of exceptions has an __init__ of its own.
func initialises(cls *Class) bool {
	own, _ := cls.Lookup("__init__")
	usual, _ := BaseException.Lookup("__init__")
	return own != usual
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

// exceptionFields are the attributes that classes of exceptions have beside
// args. They are None until the arguments give them.
var exceptionFields = []struct {
	class *Class
	names []string
}{
	{OSError, []string{"errno", "strerror", "filename", "filename2"}},
	{ImportError, []string{"name", "path", "msg", "name_from"}},
	{NameError, []string{"name"}},
	{AttributeError, []string{"name", "obj"}},
	{SyntaxError, []string{"msg", "filename", "lineno", "offset", "text", "end_lineno", "end_offset", "print_file_and_line"}},
	{SystemExit, []string{"code"}},
}

// exceptionAttrs sets the attributes that some classes take from their
// arguments.
func exceptionAttrs(exc *Instance, kw []Kwarg) {
	e := exc.Exception()
	args := e.Args.Elems
	c := exc.Cls
	switch {
	case c.derives(OSError):
		osErrorAttrs(exc, e)
	case c.derives(ImportError) && len(args) == 1:
		exc.Attrs.Set("msg", args[0])
	case c.derives(SyntaxError):
		syntaxErrorAttrs(exc, args)
	case c.derives(UnicodeDecodeError), c.derives(UnicodeEncodeError):
		for i, n := range []string{"encoding", "object", "start", "end", "reason"} {
			if i < len(args) {
				exc.Attrs.Set(n, args[i])
			}
		}
	case c.derives(SystemExit) && len(args) == 1:
		exc.Attrs.Set("code", args[0])
	case c.derives(SystemExit) && len(args) > 1:
		exc.Attrs.Set("code", e.Args)
	}
	for _, k := range kw {
		if slices.Contains(exceptionKeywords(c), k.Name) {
			exc.Attrs.Set(k.Name, k.Value)
		}
	}
}

// exceptionKeywords are the keyword arguments that an exception class takes.
func exceptionKeywords(c *Class) []string {
	switch {
	case c.derives(ImportError):
		return []string{"name", "path", "name_from"}
	case c.derives(NameError):
		return []string{"name"}
	case c.derives(AttributeError):
		return []string{"name", "obj"}
	}
	return nil
}

// SyntaxFault returns a mistake in the text of a program as the exception that
// CPython raises for it.
func SyntaxFault(e *syntax.Error) error {
	cls, _ := builtins[e.Kind].(*Class)
	if cls == nil {
		cls = SyntaxError
	}
	place := NewTuple(NewStr(e.File), Int(e.Line), Int(e.Col), None)
	exc := NewException(cls, NewStr(e.Msg), place)
	exceptionAttrs(exc, nil)
	return Raise(exc)
}

// refuseKeywords complains about keyword arguments that an exception does not take.
func refuseKeywords(c *Class, kw []Kwarg) error {
	known := exceptionKeywords(c)
	for _, k := range kw {
		switch {
		case known == nil:
			return Errorf(TypeError, "%s() takes no keyword arguments", c.name)
		case slices.Contains(known, k.Name):
			continue
		}
		for _, owner := range []*Class{ImportError, NameError, AttributeError} {
			if c.derives(owner) {
				return Errorf(TypeError, "'%s' is an invalid keyword argument for %s()", k.Name, owner.name)
			}
		}
	}
	return nil
}

// osErrorAttrs takes number, text and file names out of the arguments; only the
// first two stay in args.
func osErrorAttrs(exc *Instance, e *Exception) {
	args := e.Args.Elems
	if len(args) < 2 || len(args) > 5 {
		return
	}
	exc.Attrs.Set("errno", args[0])
	exc.Attrs.Set("strerror", args[1])
	if len(args) > 2 {
		exc.Attrs.Set("filename", args[2])
		e.Args = NewTuple(args[:2]...)
	}
	if len(args) == 5 {
		exc.Attrs.Set("filename2", args[4])
	}
}

// syntaxErrorAttrs takes message and place out of the arguments.
func syntaxErrorAttrs(exc *Instance, args []Value) {
	if len(args) == 0 {
		return
	}
	exc.Attrs.Set("msg", args[0])
	if len(args) != 2 {
		return
	}
	if place, ok := asTuple(args[1]); ok && len(place.Elems) <= 6 {
		for i, v := range place.Elems {
			exc.Attrs.Set([]string{"filename", "lineno", "offset", "text", "end_lineno", "end_offset"}[i], v)
		}
	}
}

// osErrorText is str() of an OSError that has a number and a message.
func osErrorText(i *Instance) (string, bool) {
	number, ok := i.Attrs.Get("errno")
	if !ok {
		return "", false
	}
	reason, _ := i.Attrs.Get("strerror")
	text, ok := StringOf(reason)
	if !ok {
		text = plainRepr(reason)
	}
	out := "[Errno " + plainRepr(number) + "] " + text
	if f, ok := i.Attrs.Get("filename"); ok && f != Value(None) {
		out += ": " + plainRepr(f)
		if g, ok := i.Attrs.Get("filename2"); ok && g != Value(None) {
			out += " -> " + plainRepr(g)
		}
	}
	return out, true
}

// syntaxErrorText is str() of a SyntaxError that knows its place.
func syntaxErrorText(i *Instance) (string, bool) {
	msg, _ := i.Attrs.Get("msg")
	file, _ := i.Attrs.Get("filename")
	line, _ := i.Attrs.Get("lineno")
	name, hasFile := StringOf(file)
	n, hasLine := IntOf(line)
	if msg == nil || !hasFile && !hasLine {
		return "", false
	}
	text, ok := StringOf(msg)
	if !ok {
		text = plainRepr(msg)
	}
	name = path.Base(name)
	switch {
	case hasFile && hasLine:
		return text + " (" + name + ", line " + itoa(int(n)) + ")", true
	case hasFile:
		return text + " (" + name + ")", true
	}
	return text + " (line " + itoa(int(n)) + ")", true
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
			if err := refuseKeywords(i.Cls, a.Kw); err != nil {
				return nil, err
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
			i, _, err := excOf(a.Self)
			if err != nil {
				return nil, err
			}
			if err := a.Exactly("BaseException.add_note", 1); err != nil {
				return nil, err
			}
			if _, ok := asStr(a.Pos[0]); !ok {
				return nil, Errorf(TypeError, "note must be a str, not '%s'", a.Pos[0].Class().name)
			}
			return None, i.addNote(a.Pos[0])
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
			elems, err := plainThread().Elems(v)
			e.Args = NewTuple(elems...)
			return err
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
	}
}

// fieldText is str() of exceptions that tell more than their arguments.
func fieldText(i *Instance) (string, bool) {
	switch {
	case i.Cls.derives(OSError):
		return osErrorText(i)
	case i.Cls.derives(SyntaxError):
		return syntaxErrorText(i)
	}
	return "", false
}

// addNote is exc.add_note(note).
func (i *Instance) addNote(note Value) error {
	v, ok := i.Attrs.Get("__notes__")
	if !ok {
		i.Attrs.Set("__notes__", NewList(note))
		return nil
	}
	l, ok := v.(*List)
	if !ok {
		return Errorf(TypeError, "Cannot add note: __notes__ is not a list")
	}
	l.Elems = append(l.Elems, note)
	return nil
}

// exceptionStr is str(exc).
func (th *Thread) exceptionStr(i *Instance, e *Exception) (Value, error) {
	if i.Cls.derives(UnicodeDecodeError) || i.Cls.derives(UnicodeEncodeError) {
		if s, ok := unicodeErrorText(i, e); ok {
			return s, nil
		}
	}
	if s, ok := fieldText(i); ok {
		return NewStr(s), nil
	}
	if i.Cls.derives(BaseExceptionGroup) {
		return groupText(i)
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

func stopIterationMembers() []Member {
	return []Member{excGetter("value", func(e *Exception) Value {
		if len(e.Args.Elems) > 0 {
			return e.Args.Elems[0]
		}
		return None
	}, nil)}
}
