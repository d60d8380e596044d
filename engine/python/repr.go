package python

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode"
)

// Repr returns repr(v).
func (th *Thread) Repr(v Value) (*Str, error) {
	switch v := v.(type) {
	case *Str:
		return reprStr(v), nil
	case NoneType:
		return NewStr("None"), nil
	case Bool:
		if v {
			return NewStr("True"), nil
		}
		return NewStr("False"), nil
	case Int:
		return NewStr(strconv.FormatInt(int64(v), 10)), nil
	case *Big:
		return bigText(v.x)
	case Float:
		return NewStr(floatRepr(float64(v))), nil
	case Complex:
		return NewStr(complexRepr(complex128(v))), nil
	case *Bytes:
		return reprBytes(v), nil
	case *List:
		return th.reprSeq(v, "[", "]", v.Elems)
	case *Tuple:
		if len(v.Elems) == 1 {
			return th.reprOne(v)
		}
		return th.reprSeq(v, "(", ")", v.Elems)
	case *Dict:
		return th.reprDict(v)
	case *Set:
		return th.reprSet(v, v.Class().name)
	}
	return th.reprObject(v)
}

func (th *Thread) reprObject(v Value) (*Str, error) {
	if m := th.special(v, "__repr__"); m != nil {
		r, err := th.callSlot(m, v)
		if err != nil {
			return nil, err
		}
		if s, ok := asStr(r); ok {
			return s, nil
		}
		return nil, Errorf(TypeError, "__repr__ returned non-string (type %s)", r.Class().name)
	}
	return th.defaultRepr(v)
}

// defaultRepr is object.__repr__, and that of functions and the like.
func (th *Thread) defaultRepr(v Value) (*Str, error) {
	var s string
	switch v := v.(type) {
	case EllipsisType:
		s = "Ellipsis"
	case NotImplementedType:
		s = "NotImplemented"
	case *Class:
		s = v.String()
	case *Super:
		s = "<super: <class '" + v.Cls.name + "'>, NULL>"
		if v.Of != nil {
			s = "<super: <class '" + v.Cls.name + "'>, <" + v.Of.name + " object>>"
		}
	case *Property:
		s = "<property object at " + address(v) + ">"
		if v.goGet != nil {
			s = "<attribute '" + v.name + "' of '" + ownerName(v.owner) + "' objects>"
		}
	case *slotMember:
		s = "<member '" + v.name + "' of '" + v.owner.name + "' objects>"
	case *Function:
		s = "<function " + v.qualname + " at " + address(v) + ">"
	case *Builtin:
		if v.wrapper {
			s = "<slot wrapper '" + v.name + "' of '" + v.ownerName() + "' objects>"
		} else if v.method {
			s = "<method '" + v.name + "' of '" + v.ownerName() + "' objects>"
		} else {
			s = "<built-in function " + v.name + ">"
		}
	case *BoundMethod:
		return th.reprBound(v)
	case *Module:
		s = "<module '" + v.Name + "'>"
	case *Range:
		s = fmt.Sprintf("range(%d, %d)", v.Start, v.Stop)
		if v.Step != 1 {
			s = fmt.Sprintf("range(%d, %d, %d)", v.Start, v.Stop, v.Step)
		}
	case *Slice:
		return th.reprSeq(v, "slice(", ")", []Value{v.Start, v.Stop, v.Step})
	case *GenericAlias:
		return th.reprAlias(v)
	case *UnionType:
		return th.reprJoined(v.Args, " | ")
	case *DictView:
		return th.reprView(v)
	case *generator:
		s = "<generator object " + v.name() + " at " + address(v) + ">"
	case *lazy:
		s = "<generator object " + v.fr.code.qualname + " at " + address(v) + ">"
	case *Instance:
		if e := v.Exception(); e != nil {
			return th.reprException(v, e)
		}
		name := v.Cls.qualname
		if m := v.Cls.module; m != "builtins" && m != "" {
			name = m + "." + name
		}
		s = "<" + name + " object at " + address(v) + ">"
	default:
		s = "<" + v.Class().QualifiedName() + " object at " + address(v) + ">"
	}
	return NewStr(s), nil
}

func ownerName(c *Class) string {
	if c == nil {
		return "object"
	}
	return c.name
}

func address(v Value) string { return fmt.Sprintf("0x%012x", hashPointer(v)<<4) }

func (th *Thread) reprBound(m *BoundMethod) (*Str, error) {
	self, err := th.Repr(m.Self)
	if err != nil {
		return nil, err
	}
	if b, ok := m.Fn.(*Builtin); ok {
		if b.wrapper {
			return NewStr("<method-wrapper '" + b.name + "' of " + m.Self.Class().name + " object at " + address(m.Self) + ">"), nil
		}
		return NewStr("<built-in method " + b.name + " of " + m.Self.Class().name + " object at " + address(m.Self) + ">"), nil
	}
	name := "?"
	if f, ok := m.Fn.(*Function); ok {
		name = f.qualname
	}
	return like("<bound method "+name+" of "+self.s+">", self), nil
}

func (th *Thread) reprException(i *Instance, e *Exception) (*Str, error) {
	args, err := th.reprSeq(e.Args, "(", ")", e.Args.Elems)
	if err != nil {
		return nil, err
	}
	return Concat(NewStr(i.Cls.ShortName()), args), nil
}

// typeName is how a class is written in an annotation.
func (th *Thread) typeName(v Value) (*Str, error) {
	switch v := v.(type) {
	case *Class:
		if v == NoneClass {
			return NewStr("None"), nil
		}
		return NewStr(v.QualifiedName()), nil
	case EllipsisType:
		return NewStr("..."), nil
	}
	return th.Repr(v)
}

func (th *Thread) reprJoined(vs []Value, sep string) (*Str, error) {
	var t Text
	for i, v := range vs {
		if i > 0 {
			t.WriteString(sep)
		}
		s, err := th.typeName(v)
		if err != nil {
			return nil, err
		}
		t.Write(s)
	}
	return t.Str(), nil
}

func (th *Thread) reprAlias(a *GenericAlias) (*Str, error) {
	name, err := th.typeName(a.Origin)
	if err != nil {
		return nil, err
	}
	if len(a.Args) == 0 {
		return Concat(name, NewStr("[()]")), nil
	}
	if c, ok := a.Origin.(*Class); ok && c.QualifiedName() == "collections.abc.Callable" {
		return th.reprCallable(name, a.Args)
	}
	args, err := th.reprJoined(a.Args, ", ")
	if err != nil {
		return nil, err
	}
	return Concat(Concat(name, NewStr("[")), Concat(args, NewStr("]"))), nil
}

// ReprOnce is the text that do gives for v, or again if v is being shown
// already.
func (th *Thread) ReprOnce(v Value, again *Str, do func() (Value, error)) (*Str, error) {
	if th.reprs[onceKey{v}] {
		return again, nil
	}
	return th.within(onceKey{v}, again.s, func(t *Text) error {
		r, err := do()
		if err != nil {
			return err
		}
		s, ok := asStr(r)
		if !ok {
			return Errorf(TypeError, "__repr__ returned non-string (type %s)", r.Class().name)
		}
		t.Write(s)
		return nil
	})
}

// onceKey tells a __repr__ that shows a value once from the builtin one it may
// call.
type onceKey struct{ Value }

// within runs do unless v is being shown already (a value that contains
// itself); then it returns again.
func (th *Thread) within(v Value, again string, do func(t *Text) error) (*Str, error) {
	if th.reprs[v] {
		return NewStr(again), nil
	}
	if err := th.enter(); err != nil {
		return nil, err
	}
	defer th.leave()
	if th.reprs == nil {
		th.reprs = map[Value]bool{}
	}
	th.reprs[v] = true
	defer delete(th.reprs, v)
	var t Text
	if err := do(&t); err != nil {
		return nil, err
	}
	return t.Str(), th.Alloc(t.Len())
}

func (th *Thread) reprElems(t *Text, elems []Value) error {
	for i, e := range elems {
		if err := th.Tick(); err != nil {
			return err
		}
		if i > 0 {
			t.WriteString(", ")
		}
		s, err := th.Repr(e)
		if err != nil {
			return err
		}
		t.Write(s)
		if int64(t.Len()) > th.opts.Limits.Allocation {
			return Errorf(MemoryError, "")
		}
	}
	return nil
}

func (th *Thread) reprSeq(v Value, open, close string, elems []Value) (*Str, error) {
	return th.within(v, open+"..."+close, func(t *Text) error {
		t.WriteString(open)
		err := th.reprElems(t, elems)
		t.WriteString(close)
		return err
	})
}

// reprOne is the repr of a tuple of one.
func (th *Thread) reprOne(v *Tuple) (*Str, error) {
	return th.within(v, "(...)", func(t *Text) error {
		t.WriteString("(")
		err := th.reprElems(t, v.Elems)
		t.WriteString(",)")
		return err
	})
}

func (th *Thread) reprDict(d *Dict) (*Str, error) {
	return th.within(d, "{...}", func(t *Text) error {
		t.WriteString("{")
		first := true
		for k, v := range d.All() {
			if !first {
				t.WriteString(", ")
			}
			first = false
			if err := th.reprPair(t, k, v); err != nil {
				return err
			}
		}
		t.WriteString("}")
		return nil
	})
}

func (th *Thread) reprPair(t *Text, k, v Value) error {
	if err := th.Tick(); err != nil {
		return err
	}
	ks, err := th.Repr(k)
	if err != nil {
		return err
	}
	vs, err := th.Repr(v)
	if err != nil {
		return err
	}
	t.Write(ks)
	t.WriteString(": ")
	t.Write(vs)
	if int64(t.Len()) > th.opts.Limits.Allocation {
		return Errorf(MemoryError, "")
	}
	return nil
}

func (th *Thread) reprSet(s *Set, name string) (*Str, error) {
	if s.t.live == 0 {
		return NewStr(name + "()"), nil
	}
	open, close := "{", "}"
	if name != "set" {
		open, close = name+"({", "})"
	}
	return th.reprSeq(s, open, close, s.t.keys())
}

func (th *Thread) reprView(v *DictView) (*Str, error) {
	it, err := th.collect(v)
	if err != nil {
		return nil, err
	}
	return th.reprSeq(v, v.kind.name+"([", "])", it)
}

// Str returns str(v).
func (th *Thread) Str(v Value) (*Str, error) {
	switch v := v.(type) {
	case *Str:
		return v, nil
	case *Instance:
		return th.strInstance(v)
	}
	if m := th.special(v, "__str__"); m != nil {
		return th.strBy(m, v)
	}
	return th.Repr(v)
}

func (th *Thread) strInstance(v *Instance) (*Str, error) {
	if m := th.special(v, "__str__"); m != nil {
		return th.strBy(m, v)
	}
	if m := th.special(v, "__repr__"); m != nil {
		if _, native := m.(*Builtin); !native {
			return th.strBy(m, v)
		}
	}
	return th.Repr(v)
}

// textValue is str(v) or repr(v) as method gives it, which may be an object of
// a class derived from str.
func (th *Thread) textValue(v Value, method string, plain func(Value) (*Str, error)) (Value, error) {
	if i, ok := v.(*Instance); ok {
		m := th.special(i, method)
		if f, author := m.(*Function); author {
			r, err := th.callSlot(f, v)
			if err != nil {
				return nil, err
			}
			if _, ok := asStr(r); !ok {
				return nil, Errorf(TypeError, "%s returned non-string (type %s)", method, r.Class().name)
			}
			return r, nil
		}
	}
	return nonNil(plain(v))
}

func (th *Thread) strBy(m, v Value) (*Str, error) {
	r, err := th.callSlot(m, v)
	if err != nil {
		return nil, err
	}
	if s, ok := asStr(r); ok {
		return s, nil
	}
	return nil, Errorf(TypeError, "__str__ returned non-string (type %s)", r.Class().name)
}

func bigText(x *big.Int) (*Str, error) {
	if x.BitLen() > 14280 {
		digits := int(float64(x.BitLen())*math.Log10(2)) + 1
		if digits > 4301 || digits > 4300 && x.CmpAbs(new(big.Int).Exp(big.NewInt(10), big.NewInt(4300), nil)) >= 0 {
			return nil, Errorf(ValueError, "Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit")
		}
	}
	return NewStr(x.String()), nil
}

// floatRepr is the shortest text that reads back as f.
func floatRepr(f float64) string {
	switch {
	case math.IsInf(f, 1):
		return "inf"
	case math.IsInf(f, -1):
		return "-inf"
	case math.IsNaN(f):
		return "nan"
	}
	if a := math.Abs(f); a != 0 && (a < 1e-4 || a >= 1e16) {
		s := strconv.FormatFloat(f, 'e', -1, 64)
		return s
	}
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.ContainsRune(s, '.') {
		s += ".0"
	}
	return s
}

// reprStr quotes text as Python does; spans stay with their characters.
func reprStr(s *Str) *Str {
	quote := byte('\'')
	if strings.Contains(s.s, "'") && !strings.Contains(s.s, `"`) {
		quote = '"'
	}
	var t Text
	t.b = make([]byte, 0, len(s.s)+2)
	t.b = append(t.b, quote)
	plain := 0
	for i, r := range s.s {
		esc := escapeRune(r, rune(quote), false)
		if esc == "" {
			continue
		}
		t.writeCut(s, plain, i)
		t.writeFrom(esc, s.isOutside(i))
		plain = i + len(string(r))
	}
	t.writeCut(s, plain, len(s.s))
	t.b = append(t.b, quote)
	return t.Str()
}

// escapeRune returns the escape for r in a repr, "" if it needs none.
func escapeRune(r, quote rune, ascii bool) string {
	switch {
	case r == quote, r == '\\':
		return `\` + string(r)
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case r < ' ' || r == 0x7f:
		return fmt.Sprintf(`\x%02x`, r)
	case r < 0x7f:
		return ""
	case !ascii && printable(r):
		return ""
	case r <= 0xff:
		return fmt.Sprintf(`\x%02x`, r)
	case r <= 0xffff:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

// printable is str.isprintable for one character.
func printable(r rune) bool {
	return r == ' ' || !unicode.In(r, unicode.C, unicode.Z) && (unicode.IsPrint(r) || unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S))
}

func reprBytes(b *Bytes) *Str {
	quote := byte('\'')
	if strings.Contains(b.b, "'") && !strings.Contains(b.b, `"`) {
		quote = '"'
	}
	out := []byte{'b', quote}
	for i := 0; i < len(b.b); i++ {
		switch c := b.b[i]; {
		case c == quote || c == '\\':
			out = append(out, '\\', c)
		case c == '\n':
			out = append(out, `\n`...)
		case c == '\r':
			out = append(out, `\r`...)
		case c == '\t':
			out = append(out, `\t`...)
		case c < ' ' || c >= 0x7f:
			out = fmt.Appendf(out, `\x%02x`, c)
		default:
			out = append(out, c)
		}
	}
	s := NewStr(string(append(out, quote)))
	if b.Outside {
		return s.Marked()
	}
	return s
}
