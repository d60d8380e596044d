package python

import (
	"fmt"
	"strings"
)

// Args are the arguments of a call to a function written in Go. They are valid
// during the call only.
type Args struct {
	Self Value // of a method or class method
	Pos  []Value
	Kw   []Kwarg
	name string
}

// A Kwarg is a keyword argument.
type Kwarg struct {
	Name  string
	Value Value
}

// Keyword takes the keyword argument name out of the arguments.
func (a *Args) Keyword(name string) (Value, bool) {
	for i, k := range a.Kw {
		if k.Name == name {
			a.Kw = append(a.Kw[:i:i], a.Kw[i+1:]...)
			return k.Value, true
		}
	}
	return nil, false
}

// NoKeywords fails if there are keyword arguments.
func (a *Args) NoKeywords(name string) error {
	if len(a.Kw) > 0 {
		return Errorf(TypeError, "%s() takes no keyword arguments", name)
	}
	return nil
}

// Exactly fails unless there are n positional arguments and no others.
func (a *Args) Exactly(name string, n int) error { return a.Between(name, n, n) }

// Between fails unless there are lo to hi positional arguments and no others.
func (a *Args) Between(name string, lo, hi int) error {
	if err := a.NoKeywords(name); err != nil {
		return err
	}
	n := len(a.Pos)
	if n >= lo && n <= hi {
		return nil
	}
	switch {
	case lo == hi && strings.HasPrefix(name, "__"):
		return Errorf(TypeError, "expected %d argument%s, got %d", lo, plural(lo), n)
	case lo == hi && lo == 0:
		return Errorf(TypeError, "%s() takes no arguments (%d given)", name, n)
	case lo == hi && lo == 1:
		return Errorf(TypeError, "%s() takes exactly one argument (%d given)", name, n)
	case lo == hi:
		return Errorf(TypeError, "%s expected %d arguments, got %d", name, lo, n)
	case n < lo:
		return Errorf(TypeError, "%s expected at least %d argument%s, got %d", name, lo, plural(lo), n)
	}
	return Errorf(TypeError, "%s expected at most %d argument%s, got %d", name, hi, plural(hi), n)
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

// Unpack distributes the arguments over parameters, given as pairs of a name
// and a pointer. "x" is required, "x?" may be left out (the target keeps what
// it holds), "*" alone (with a nil target) makes those after it keyword-only,
// "*rest" (*[]Value) takes further positional ones, "**kw" (*[]Kwarg) further
// keywords. Targets are *Value, *string, *int, *int64, *bool, *float64, **Str,
// **List, **Dict, **Tuple, **Class, **Instance. A name with a leading slash
// ("/x") is positional-only.
func (a *Args) Unpack(fn string, pairs ...any) error {
	u := unpacking{a: a, fn: fn, seen: make([]bool, len(a.Kw))}
	for i := 0; i < len(pairs); i += 2 {
		if name := pairs[i].(string); name[0] == '/' && !strings.HasSuffix(name, "?") {
			u.least++
		}
	}
	for i := 0; i < len(pairs); i += 2 {
		if err := u.param(pairs[i].(string), pairs[i+1]); err != nil {
			return err
		}
	}
	return u.finish()
}

type unpacking struct {
	a       *Args
	fn      string
	seen    []bool // keywords used
	next    int    // positional arguments used
	params  int
	least   int // required positional-only ones
	kwOnly  bool
	restPos bool
	restKw  bool
}

func (u *unpacking) param(name string, target any) error {
	switch {
	case name == "*":
		u.kwOnly = true
		return nil
	case strings.HasPrefix(name, "**"):
		u.restKw = true
		var rest []Kwarg
		for i, k := range u.a.Kw {
			if !u.seen[i] {
				rest = append(rest, k)
			}
		}
		*target.(*[]Kwarg) = rest
		return nil
	case strings.HasPrefix(name, "*"):
		u.restPos, u.kwOnly = true, true
		*target.(*[]Value) = append([]Value(nil), u.a.Pos[min(u.next, len(u.a.Pos)):]...)
		return nil
	}
	return u.named(name, target)
}

func (u *unpacking) named(name string, target any) error {
	name, optional := strings.CutSuffix(name, "?")
	name, posOnly := strings.CutPrefix(name, "/")
	var v Value
	if !u.kwOnly {
		u.params++
		if u.next < len(u.a.Pos) {
			v = u.a.Pos[u.next]
			u.next++
		}
	}
	for i, k := range u.a.Kw {
		if k.Name == name && !posOnly {
			if v != nil {
				return Errorf(TypeError, "%s() got multiple values for argument '%s'", u.fn, name)
			}
			v, u.seen[i] = k.Value, true
		}
	}
	if v == nil {
		if optional {
			return nil
		}
		if posOnly {
			return Errorf(TypeError, "%s expected at least %d argument%s, got %d", u.fn, u.least, plural(u.least), len(u.a.Pos))
		}
		return Errorf(TypeError, "%s() missing required argument '%s' (pos %d)", u.fn, name, u.params)
	}
	return convertArg(u.fn, name, v, target)
}

func (u *unpacking) finish() error {
	if !u.restPos && u.next < len(u.a.Pos) {
		return Errorf(TypeError, "%s() takes at most %d argument%s (%d given)", u.fn, u.params, plural(u.params), len(u.a.Pos)+len(u.a.Kw))
	}
	for i, k := range u.a.Kw {
		if !u.seen[i] && !u.restKw {
			return Errorf(TypeError, "'%s' is an invalid keyword argument for %s()", k.Name, u.fn)
		}
	}
	return nil
}

func convertArg(fn, name string, v Value, target any) error {
	ok := true
	want := ""
	switch t := target.(type) {
	case *Value:
		*t = v
	case *string:
		*t, ok = StringOf(v)
		want = "str"
	case **Str:
		*t, ok = asStr(v)
		want = "str"
	case *int, *int64:
		return convertInt(v, target)
	case *float64:
		*t, ok = FloatOf(v)
		want = "real number"
	case *bool:
		b, err := plainThread().Truth(v)
		*t = b
		return err
	case **List:
		*t, ok = asList(v)
		want = "list"
	case **Dict:
		*t, ok = asDict(v)
		want = "dict"
	case **Tuple:
		*t, ok = asTuple(v)
		want = "tuple"
	case **Class:
		*t, ok = v.(*Class)
		want = "type"
	case **Instance:
		*t, ok = v.(*Instance)
		want = "object"
	default:
		panic(fmt.Sprintf("python: Unpack cannot fill a %T", target))
	}
	if !ok {
		return Errorf(TypeError, "%s() argument '%s' must be %s, not %s", fn, name, want, v.Class().name)
	}
	return nil
}

func convertInt(v Value, target any) error {
	n, ok := IntOf(v)
	if !ok {
		if _, big := Unwrap(v).(*Big); big {
			return Errorf(OverflowError, "Python int too large to convert to C ssize_t")
		}
		return Errorf(TypeError, "'%s' object cannot be interpreted as an integer", v.Class().name)
	}
	switch t := target.(type) {
	case *int:
		*t = int(n)
	case *int64:
		*t = n
	}
	return nil
}

func asList(v Value) (*List, bool) {
	switch v := v.(type) {
	case *List:
		return v, true
	case *Instance:
		l, ok := v.Native.(*List)
		return l, ok
	}
	return nil, false
}

func asDict(v Value) (*Dict, bool) {
	switch v := v.(type) {
	case *Dict:
		return v, true
	case *Instance:
		d, ok := v.Native.(*Dict)
		return d, ok
	}
	return nil, false
}

func asTuple(v Value) (*Tuple, bool) {
	switch v := v.(type) {
	case *Tuple:
		return v, true
	case *Instance:
		t, ok := v.Native.(*Tuple)
		return t, ok
	}
	return nil, false
}

func asSet(v Value) (*Set, bool) {
	switch v := v.(type) {
	case *Set:
		return v, true
	case *Instance:
		s, ok := v.Native.(*Set)
		return s, ok
	}
	return nil, false
}

func asBytes(v Value) (*Bytes, bool) {
	switch v := v.(type) {
	case *Bytes:
		return v, true
	case *Instance:
		b, ok := v.Native.(*Bytes)
		return b, ok
	}
	return nil, false
}
