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
	fn   *Builtin // what is called; nil for __new__
	th   *Thread
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
		if a.fn != nil && a.fn.method && isDunder(name) {
			return Errorf(TypeError, "wrapper %s() takes no keyword arguments", name)
		}
		return Errorf(TypeError, "%s() takes no keyword arguments", a.qualified(name))
	}
	return nil
}

// qualified is the name of a method with its class before it, as some messages
// have it.
func (a *Args) qualified(name string) string {
	if a.fn == nil || !a.fn.method || strings.Contains(name, ".") {
		return name
	}
	owner := a.fn.owner
	if cls, ok := a.Self.(*Class); ok && owner == TypeClass {
		owner = cls
	}
	if owner == nil {
		return name
	}
	return owner.name + "." + name
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
		return Errorf(TypeError, "%s() takes no arguments (%d given)", a.qualified(name), n)
	case lo == hi && lo == 1:
		return Errorf(TypeError, "%s() takes exactly one argument (%d given)", a.qualified(name), n)
	case lo == hi:
		return Errorf(TypeError, "%s expected %d arguments, got %d", name, lo, n)
	case n < lo:
		return Errorf(TypeError, "%s expected at least %d argument%s, got %d", name, lo, plural(lo), n)
	}
	return Errorf(TypeError, "%s expected at most %d argument%s, got %d", name, hi, plural(hi), n)
}

// parsed is Between for the functions whose messages are those of the older way
// of taking arguments.
func (a *Args) parsed(name string, lo, hi int) error {
	if err := a.NoKeywords(name); err != nil {
		return err
	}
	verb, want, n := "at least", lo, len(a.Pos)
	switch {
	case n >= lo && n <= hi:
		return nil
	case lo == hi:
		verb = "exactly"
	case n > hi:
		verb, want = "at most", hi
	}
	return Errorf(TypeError, "%s() takes %s %d argument%s (%d given)", name, verb, want, plural(want), n)
}

// one is Exactly one, as the constructors of some classes say it.
func (a *Args) one(name string) error {
	if err := a.NoKeywords(name); err != nil {
		return err
	}
	if len(a.Pos) != 1 {
		return Errorf(TypeError, "%s expected 1 argument, got %d", name, len(a.Pos))
	}
	return nil
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
// **List, **Dict, **Tuple, **Class, **Instance. An empty fn is a function
// that messages do not name. A name with a leading slash
// ("/x") is positional-only.
func (a *Args) Unpack(fn string, pairs ...any) error {
	u := unpacking{a: a, fn: fn, seen: make([]bool, len(a.Kw))}
	if err := u.count(pairs); err != nil {
		return err
	}
	for i := 0; i < len(pairs); i += 2 {
		if err := u.param(pairs[i].(string), pairs[i+1]); err != nil {
			return err
		}
	}
	return u.finish()
}

type unpacking struct {
	a        *Args
	fn       string
	seen     []bool // keywords used
	next     int    // positional arguments used
	params   int
	least    int  // required ones
	leastPos int  // required positional-only ones
	most     int  // all that are named
	strict   bool // all are positional-only
	exact    bool // those that may be positional are so only, and required
	kwOnly   bool
	restPos  bool
	restKw   bool
}

// count looks at the parameters before the arguments are distributed.
func (u *unpacking) count(pairs []any) error {
	u.strict, u.exact = true, true
	posOnly, keywords := 0, false
	for i := 0; i < len(pairs); i += 2 {
		name := pairs[i].(string)
		if name[0] == '*' {
			u.strict, keywords = false, true
			u.exact = u.exact && name == "*"
			continue
		}
		u.exact = u.exact && (keywords || name[0] == '/' && !strings.HasSuffix(name, "?"))
		u.most++
		if !strings.HasSuffix(name, "?") {
			u.least++
		}
		if name[0] == '/' {
			if !strings.HasSuffix(name, "?") {
				u.leastPos++
			}
			posOnly++
		}
	}
	u.strict = u.strict && posOnly == u.most
	if u.strict {
		return u.a.Between(u.fn, u.least, u.most)
	}
	return u.tooMany(pairs)
}

// tooMany fails if there are more positional arguments than parameters.
func (u *unpacking) tooMany(pairs []any) error {
	params := 0
	for i := 0; i < len(pairs) && pairs[i].(string)[0] != '*'; i += 2 {
		params++
	}
	if 2*params < len(pairs) {
		if name := pairs[2*params].(string); name != "*" && name[1] != '*' {
			return nil
		}
	}
	if len(u.a.Pos) <= params {
		return nil
	}
	verb, kind := "at most", ""
	if given := len(u.a.Pos) + len(u.a.Kw); given <= u.most {
		kind = "positional "
	}
	if u.least >= params && u.fn != "" {
		verb = "exactly"
	}
	return Errorf(TypeError, "%s takes %s %d %sargument%s (%d given)", u.called(), verb, params, kind, plural(params), len(u.a.Pos)+len(u.a.Kw))
}

// called is how messages name the function; a few have no name.
func (u *unpacking) called() string {
	if u.fn == "" {
		return "function"
	}
	return u.fn + "()"
}

func (u *unpacking) invalidFor() string {
	if u.fn == "" {
		return "this function"
	}
	return u.fn + "()"
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
				return Errorf(TypeError, "argument for %s() given by name ('%s') and position (%d)", u.fn, name, u.params)
			}
			v, u.seen[i] = k.Value, true
		}
	}
	if v == nil {
		if optional {
			return nil
		}
		if posOnly && u.exact {
			return Errorf(TypeError, "%s expected %d argument%s, got %d", u.fn, u.params, plural(u.params), len(u.a.Pos))
		}
		if posOnly {
			verb := "at least"
			if u.least == u.most {
				verb = "exactly"
			}
			return Errorf(TypeError, "%s() takes %s %d positional argument%s (%d given)", u.fn, verb, u.leastPos, plural(u.leastPos), len(u.a.Pos))
		}
		return Errorf(TypeError, "%s missing required argument '%s' (pos %d)", u.called(), name, u.params)
	}
	return u.convert(name, v, target)
}

// label is how messages name the parameter that was just filled.
func (u *unpacking) label(name string) string {
	switch {
	case !u.strict:
		return "argument '" + name + "'"
	case u.most == 1:
		return "argument"
	}
	return "argument " + itoa(u.params)
}

func (u *unpacking) finish() error {
	if n := len(u.a.Kw); len(u.a.Pos) == 0 && !u.restPos && !u.restKw && n > u.most {
		return Errorf(TypeError, "%s takes at most %d keyword argument%s (%d given)", u.called(), u.most, plural(u.most), n)
	}
	for i, k := range u.a.Kw {
		if !u.seen[i] && !u.restKw {
			return Errorf(TypeError, "'%s' is an invalid keyword argument for %s", k.Name, u.invalidFor())
		}
	}
	return nil
}

func (u *unpacking) convert(name string, v Value, target any) error {
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
		return u.a.convertInt(v, target)
	case *float64:
		*t, ok = FloatOf(v)
		want = "real number"
	case *bool:
		b, err := u.a.thread().Truth(v)
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
		return Errorf(TypeError, "%s() %s must be %s, not %s", u.fn, u.label(name), want, classOrNone(v))
	}
	return nil
}

// classOrNone is how messages about arguments name what they were given.
func classOrNone(v Value) string {
	if v == Value(None) {
		return "None"
	}
	return v.Class().name
}

// thread is the thread of the call.
func (a *Args) thread() *Thread {
	if a.th == nil {
		return plainThread()
	}
	return a.th
}

func (a *Args) convertInt(v Value, target any) error {
	n, ok := IntOf(v)
	if !ok {
		if _, big := Unwrap(v).(*Big); big {
			return Errorf(OverflowError, "Python int too large to convert to C ssize_t")
		}
		var err error
		if n, err = a.thread().wantIndex(v); err != nil {
			return err
		}
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
