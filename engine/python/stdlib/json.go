package stdlib

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"colloquy/engine/python"
)

var decodeErrorClass, encoderClass *python.Class

func defineJSON() {
	decodeErrorClass = python.NewClass(python.ClassSpec{Name: "JSONDecodeError", Module: "json",
		Bases: []*python.Class{python.ValueError}, Members: []python.Member{python.Method("__init__", initDecodeError)}})
	encoderClass = python.NewClass(python.ClassSpec{Name: "JSONEncoder", Module: "json", Members: []python.Member{
		python.Method("__init__", func(th *python.Thread, a *python.Args) (python.Value, error) {
			for _, k := range a.Kw {
				if err := th.SetAttr(a.Self, k.Name, k.Value); err != nil {
					return nil, err
				}
			}
			return python.None, nil
		}),
		binary("default", func(_ *python.Thread, _, v python.Value) (python.Value, error) { return nil, notSerializable(v) }),
		binary("encode", func(th *python.Thread, self, v python.Value) (python.Value, error) {
			kw, err := encoderOptions(self)
			if err != nil {
				return nil, err
			}
			return dumps(th, &python.Args{Pos: []python.Value{v}, Kw: append(kw, python.Kwarg{Name: "cls", Value: self.Class()})})
		}),
	}, New: func(_ *python.Thread, cls *python.Class, _ *python.Args) (python.Value, error) {
		return python.NewInstance(cls), nil
	}})
}

// encoderOptions are the options that a JSONEncoder was made with.
func encoderOptions(self python.Value) ([]python.Kwarg, error) {
	i, ok := self.(*python.Instance)
	if !ok {
		return nil, python.Errorf(python.TypeError, "encode() needs a JSONEncoder")
	}
	var kw []python.Kwarg
	for _, name := range []string{"skipkeys", "ensure_ascii", "allow_nan", "indent", "separators", "sort_keys"} {
		if v, ok := i.Attrs.Get(name); ok {
			kw = append(kw, python.Kwarg{Name: name, Value: v})
		}
	}
	return kw, nil
}

func fillJSON(_ *builder, ns *python.Namespace) error {
	ns.Set("JSONDecodeError", decodeErrorClass)
	ns.Set("JSONEncoder", encoderClass)
	functions(ns, map[string]python.BuiltinFunc{"dumps": dumps, "dump": dump, "loads": loads, "load": load})
	return nil
}

// jsonWriter writes values as JSON text.
type jsonWriter struct {
	th       *python.Thread
	out      python.Text
	ascii    bool
	sortKeys bool
	skipKeys bool
	allowNaN bool
	pretty   bool
	indent   string
	comma    *python.Str
	colon    *python.Str
	fallback python.Value // makes something else of what JSON does not know; nil: nothing
	open     map[python.Value]bool
	depth    int
}

func dump(th *python.Thread, a *python.Args) (python.Value, error) {
	if len(a.Pos) < 2 {
		return nil, python.Errorf(python.TypeError, "dump() missing 1 required positional argument: 'fp'")
	}
	s, err := dumps(th, &python.Args{Pos: a.Pos[:1], Kw: a.Kw})
	if err != nil {
		return nil, err
	}
	_, err = th.CallMethod(a.Pos[1], "write", s)
	return python.None, err
}

func dumps(th *python.Thread, a *python.Args) (python.Value, error) {
	w := &jsonWriter{th: th, ascii: true, allowNaN: true, open: map[python.Value]bool{}}
	var v, cls, indent, separators, fallback python.Value
	circular := true
	err := a.Unpack("dumps", "obj", &v, "*", nil, "skipkeys?", &w.skipKeys, "ensure_ascii?", &w.ascii, "check_circular?", &circular,
		"allow_nan?", &w.allowNaN, "cls?", &cls, "indent?", &indent, "separators?", &separators, "default?", &fallback,
		"sort_keys?", &w.sortKeys)
	if err != nil {
		return nil, err
	}
	if !isNone(fallback) {
		w.fallback = fallback
	}
	if err := w.encoder(cls); err != nil {
		return nil, err
	}
	if err := w.layout(indent, separators); err != nil {
		return nil, err
	}
	if err := w.value(v); err != nil {
		return nil, err
	}
	return w.out.Str(), nil
}

// encoder takes the default method of a class derived from JSONEncoder.
func (w *jsonWriter) encoder(cls python.Value) error {
	if isNone(cls) {
		return nil
	}
	c, ok := cls.(*python.Class)
	if !ok || !c.Derives(encoderClass) {
		return python.Errorf(python.TypeError, "cls must be a subclass of JSONEncoder")
	}
	e, err := w.th.Call(c, nil, nil)
	if err != nil {
		return err
	}
	w.fallback, err = w.th.GetAttr(e, "default")
	return err
}

func (w *jsonWriter) layout(indent, separators python.Value) error {
	w.comma, w.colon = python.NewStr(", "), python.NewStr(": ")
	if !isNone(indent) {
		w.pretty, w.comma = true, python.NewStr(",")
		if n, ok := python.IntOf(indent); ok {
			w.indent = strings.Repeat(" ", int(max(0, min(n, 1000))))
		} else if w.indent, ok = python.StringOf(indent); !ok {
			return python.Errorf(python.TypeError, "indent must be an int or a str, not %s", indent.Class().Name())
		}
	}
	if isNone(separators) {
		return nil
	}
	pair, err := w.th.Elems(separators)
	if err != nil {
		return err
	}
	if len(pair) != 2 {
		return python.Errorf(python.ValueError, "separators must be a pair of strings")
	}
	var ok, ok2 bool
	w.comma, ok = text(pair[0])
	w.colon, ok2 = text(pair[1])
	if !ok || !ok2 {
		return python.Errorf(python.TypeError, "separators must be strings")
	}
	return nil
}

func notSerializable(v python.Value) error {
	return python.Errorf(python.TypeError, "Object of type %s is not JSON serializable", v.Class().Name())
}

func (w *jsonWriter) value(v python.Value) error {
	if err := w.th.Tick(); err != nil {
		return err
	}
	if err := w.th.Alloc(16); err != nil {
		return err
	}
	switch x := python.Unwrap(v).(type) {
	case *python.Str:
		w.text(x)
		return nil
	case python.NoneType, python.Bool, python.Int, *python.Big, python.Float:
		s, err := w.scalar(x)
		w.out.WriteString(s)
		return err
	case *python.List:
		return w.nested(v, func() error { return w.list(x.Elems) })
	case *python.Tuple:
		return w.nested(v, func() error { return w.list(x.Elems) })
	case *python.Dict:
		return w.nested(v, func() error { return w.dict(x) })
	}
	if w.fallback == nil {
		return notSerializable(v)
	}
	return w.nested(v, func() error {
		r, err := w.th.Call(w.fallback, []python.Value{v}, nil)
		if err != nil {
			return err
		}
		return w.value(r)
	})
}

// nested writes a value that holds others.
func (w *jsonWriter) nested(v python.Value, write func() error) error {
	if w.open[v] {
		return python.Errorf(python.ValueError, "Circular reference detected")
	}
	if len(w.open) > 900 {
		return python.Errorf(python.RecursionError, "maximum recursion depth exceeded while encoding a JSON object")
	}
	w.open[v] = true
	defer delete(w.open, v)
	return write()
}

// scalar writes None, a bool or a number.
func (w *jsonWriter) scalar(v python.Value) (string, error) {
	switch x := v.(type) {
	case python.NoneType:
		return "null", nil
	case python.Bool:
		if x {
			return "true", nil
		}
		return "false", nil
	case python.Float:
		if f := float64(x); math.IsNaN(f) || math.IsInf(f, 0) {
			if !w.allowNaN {
				return "", python.Errorf(python.ValueError, "Out of range float values are not JSON compliant: %s",
					map[string]string{"NaN": "nan", "+Inf": "inf", "-Inf": "-inf"}[fmt.Sprint(f)])
			}
			return map[string]string{"NaN": "NaN", "+Inf": "Infinity", "-Inf": "-Infinity"}[fmt.Sprint(f)], nil
		}
	}
	s, err := w.th.Repr(v)
	if err != nil {
		return "", err
	}
	return s.String(), nil
}

func (w *jsonWriter) newline() {
	if w.pretty {
		w.out.WriteString("\n" + strings.Repeat(w.indent, w.depth))
	}
}

func (w *jsonWriter) list(elems []python.Value) error {
	if len(elems) == 0 {
		w.out.WriteString("[]")
		return nil
	}
	w.out.WriteString("[")
	w.depth++
	for i, e := range elems {
		if i > 0 {
			w.out.Write(w.comma)
		}
		w.newline()
		if err := w.value(e); err != nil {
			return err
		}
	}
	w.depth--
	w.newline()
	w.out.WriteString("]")
	return nil
}

func (w *jsonWriter) dict(d *python.Dict) error {
	keys, vals := d.Keys(), d.Values()
	if w.sortKeys {
		var err error
		if keys, vals, err = sortedItems(w.th, d); err != nil {
			return err
		}
	}
	first := true
	for i, k := range keys {
		name, ok, err := w.key(k)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		if first {
			w.out.WriteString("{")
			w.depth++
		} else {
			w.out.Write(w.comma)
		}
		first = false
		w.newline()
		w.text(name)
		w.out.Write(w.colon)
		if err := w.value(vals[i]); err != nil {
			return err
		}
	}
	if first {
		w.out.WriteString("{}")
		return nil
	}
	w.depth--
	w.newline()
	w.out.WriteString("}")
	return nil
}

// key returns the text of a key; ok is false for one to be left out.
func (w *jsonWriter) key(k python.Value) (name *python.Str, ok bool, err error) {
	switch x := python.Unwrap(k).(type) {
	case *python.Str:
		return x, true, nil
	case python.NoneType, python.Bool, python.Int, *python.Big, python.Float:
		s, err := w.scalar(x)
		return python.NewStr(s), true, err
	}
	if w.skipKeys {
		return nil, false, nil
	}
	return nil, false, python.Errorf(python.TypeError, "keys must be str, int, float, bool or None, not %s", k.Class().Name())
}

// sortedItems returns keys and values in the order of the keys.
func sortedItems(th *python.Thread, d *python.Dict) (keys, vals []python.Value, err error) {
	sorted, _ := python.LookupBuiltin("sorted")
	l, err := th.Call(sorted, []python.Value{python.NewList(d.Keys()...)}, nil)
	if err != nil {
		return nil, nil, err
	}
	keys = l.(*python.List).Elems
	for _, k := range keys {
		v, _, err := d.Get(th, k)
		if err != nil {
			return nil, nil, err
		}
		vals = append(vals, v)
	}
	return keys, vals, nil
}

// text writes a string; what is from outside in it stays so.
func (w *jsonWriter) text(s *python.Str) {
	w.out.WriteString(`"`)
	t, at := s.String(), 0
	for _, span := range s.Spans() {
		w.out.WriteString(jsonEscape(t[at:span.From], w.ascii))
		w.out.WriteOutside(jsonEscape(t[span.From:span.To], w.ascii))
		at = span.To
	}
	w.out.WriteString(jsonEscape(t[at:], w.ascii))
	w.out.WriteString(`"`)
}

var jsonEscapes = map[rune]string{'"': `\"`, '\\': `\\`, '\n': `\n`, '\r': `\r`, '\t': `\t`, '\b': `\b`, '\f': `\f`}

func jsonEscape(s string, ascii bool) string {
	var b strings.Builder
	for _, r := range s {
		switch e := jsonEscapes[r]; {
		case e != "":
			b.WriteString(e)
		case r < ' ' || ascii && r == 0x7f:
			fmt.Fprintf(&b, `\u%04x`, r)
		case !ascii || r < utf8.RuneSelf:
			b.WriteRune(r)
		case r > 0xffff:
			r -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}
