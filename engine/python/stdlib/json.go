package stdlib

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

var decodeErrorClass *python.Class

func defineJSON() {
	decodeErrorClass = python.NewClass(python.ClassSpec{Name: "JSONDecodeError", Module: "json.decoder",
		Bases: []*python.Class{python.ValueError}, Members: []python.Member{python.Method("__init__", initDecodeError)}})
}

func fillJSON(b *builder, ns *python.Namespace) error {
	encoder, err := fromModule(b, "json.encoder", "JSONEncoder")
	if err != nil {
		return err
	}
	decoder, err := fromModule(b, "json.decoder", "JSONDecoder")
	if err != nil {
		return err
	}
	for _, name := range []string{"encoder", "decoder"} {
		m, err := b.Load(b.th, "json."+name, "")
		if err != nil {
			return err
		}
		ns.Set(name, m)
	}
	ns.Set("JSONEncoder", encoder)
	ns.Set("JSONDecoder", decoder)
	ns.Set("JSONDecodeError", decodeErrorClass)
	functions(ns, map[string]python.BuiltinFunc{"dumps": dumpsWith(encoder), "dump": dumpWith(encoder), "loads": loadsWith(decoder), "load": loadWith(decoder)})
	return nil
}

// fromModule returns a value of another module that is being built.
func fromModule(b *builder, module, name string) (python.Value, error) {
	m, err := b.Load(b.th, module, "")
	if err != nil {
		return nil, err
	}
	v, ok := m.Globals.Get(name)
	if !ok {
		return nil, fmt.Errorf("module %s has no %s", module, name)
	}
	return v, nil
}

func fillJSONEncoder(_ *builder, ns *python.Namespace) error {
	functions(ns, map[string]python.BuiltinFunc{"_write": writeJSON})
	return nil
}

func fillJSONDecoder(_ *builder, ns *python.Namespace) error {
	ns.Set("JSONDecodeError", decodeErrorClass)
	functions(ns, map[string]python.BuiltinFunc{"_read": readJSON})
	return nil
}

// jsonWriter writes values as JSON text.
type jsonWriter struct {
	th       *python.Thread
	out      python.Text
	ascii    bool
	sortKeys bool
	circular bool
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

// positional reports positional arguments that a function of json would not
// take, all its options being keywords.
func positional(name string, a *python.Args, params ...string) error {
	given := &python.Args{Pos: a.Pos}
	for _, k := range a.Kw {
		if slices.Contains(params, k.Name) {
			given.Kw = append(given.Kw, k)
		}
	}
	return signature(name, given, params, len(params))
}

func dumpWith(encoder python.Value) python.BuiltinFunc {
	dumps := dumpsWith(encoder)
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		if err := positional("dump", a, "obj", "fp"); err != nil {
			return nil, err
		}
		rest := &python.Args{Pos: a.Pos, Kw: a.Kw}
		fp, ok := rest.Keyword("fp")
		if !ok {
			fp, rest.Pos = rest.Pos[len(rest.Pos)-1], rest.Pos[:len(rest.Pos)-1]
		}
		s, err := dumps(th, rest)
		if err != nil {
			return nil, err
		}
		_, err = th.CallMethod(fp, "write", s)
		return python.None, err
	}
}

// dumpsWith returns dumps(), which leaves options that are out of the ordinary
// to the class that writes JSON.
func dumpsWith(encoder python.Value) python.BuiltinFunc {
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		if err := positional("dumps", a, "obj"); err != nil {
			return nil, err
		}
		w := newJSONWriter(th)
		var v, cls, indent, separators, fallback python.Value
		var more []python.Kwarg
		err := a.Unpack("dumps", "obj", &v, "*", nil, "skipkeys?", &w.skipKeys, "ensure_ascii?", &w.ascii, "check_circular?", &w.circular,
			"allow_nan?", &w.allowNaN, "cls?", &cls, "indent?", &indent, "separators?", &separators, "default?", &fallback,
			"sort_keys?", &w.sortKeys, "**kw", &more)
		if err != nil {
			return nil, err
		}
		if !isNone(fallback) {
			w.fallback = fallback
		}
		ok, err := w.layout(indent, separators)
		if err != nil {
			return nil, err
		}
		if isNone(cls) && len(more) == 0 && ok {
			return w.written(v)
		}
		if isNone(cls) {
			cls = encoder
		}
		kw := append([]python.Kwarg{
			{Name: "skipkeys", Value: python.Bool(w.skipKeys)}, {Name: "ensure_ascii", Value: python.Bool(w.ascii)},
			{Name: "check_circular", Value: python.Bool(w.circular)}, {Name: "allow_nan", Value: python.Bool(w.allowNaN)},
			{Name: "indent", Value: orNone(indent)}, {Name: "separators", Value: orNone(separators)}, {Name: "default", Value: orNone(fallback)},
			{Name: "sort_keys", Value: python.Bool(w.sortKeys)}}, more...)
		e, err := th.Call(cls, nil, kw)
		if err != nil {
			return nil, err
		}
		return th.CallMethod(e, "encode", v)
	}
}

func newJSONWriter(th *python.Thread) *jsonWriter {
	return &jsonWriter{th: th, ascii: true, circular: true, allowNaN: true, open: map[python.Value]bool{}}
}

// writeJSON is what JSONEncoder writes with.
func writeJSON(th *python.Thread, a *python.Args) (python.Value, error) {
	w := newJSONWriter(th)
	var v, indent, separators python.Value
	err := a.Unpack("_write", "obj", &v, "skipkeys", &w.skipKeys, "ensure_ascii", &w.ascii, "check_circular", &w.circular,
		"allow_nan", &w.allowNaN, "sort_keys", &w.sortKeys, "indent", &indent, "separators", &separators, "default", &w.fallback)
	if err != nil {
		return nil, err
	}
	if ok, err := w.layout(indent, separators); err != nil {
		return nil, err
	} else if !ok {
		return nil, python.Errorf(python.TypeError, "can't multiply sequence by non-int of type '%s'", indent.Class().Name())
	}
	return w.written(v)
}

func (w *jsonWriter) written(v python.Value) (python.Value, error) {
	if err := w.value(v); err != nil {
		return nil, err
	}
	return w.out.Str(), nil
}

// layout takes indent and separators; ok is false for those that JSON cannot
// be laid out with.
func (w *jsonWriter) layout(indent, separators python.Value) (ok bool, err error) {
	w.comma, w.colon = python.NewStr(", "), python.NewStr(": ")
	if !isNone(indent) {
		w.pretty, w.comma = true, python.NewStr(",")
		if w.indent, ok = python.StringOf(indent); !ok {
			spaces, err := w.th.Binary(syntax.Mult, python.NewStr(" "), indent)
			if python.IsException(err, python.TypeError) {
				return false, nil
			} else if err != nil {
				return false, err
			}
			w.indent, _ = python.StringOf(spaces)
		}
	}
	if isNone(separators) {
		return true, nil
	}
	pair, ok := python.Unwrap(separators).(*python.Tuple)
	if !ok || len(pair.Elems) != 2 {
		return false, nil
	}
	comma, ok := text(pair.Elems[0])
	colon, isText := text(pair.Elems[1])
	w.comma, w.colon = comma, colon
	return ok && isText, nil
}

func notSerializable(v python.Value) error {
	return python.Errorf(python.TypeError, "Object of type %s is not JSON serializable", v.Class().ShortName())
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
	if w.open[v] && w.circular {
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
				return "", python.Errorf(python.ValueError, "Out of range float values are not JSON compliant: %s", strings.ToLower(strings.TrimPrefix(fmt.Sprint(f), "+")))
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

func (w *jsonWriter) newline() error {
	if !w.pretty {
		return nil
	}
	if err := w.th.Alloc(2 * len(w.indent) * w.depth); err != nil { // twice: the text grows by being copied
		return err
	}
	w.out.WriteString("\n")
	for range w.depth {
		w.out.WriteString(w.indent)
	}
	return nil
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
		if err := w.newline(); err != nil {
			return err
		}
		if err := w.value(e); err != nil {
			return err
		}
	}
	return w.close("]")
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
		if err := w.newline(); err != nil {
			return err
		}
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
	return w.close("}")
}

// close ends a list or a dict.
func (w *jsonWriter) close(bracket string) error {
	w.depth--
	if err := w.newline(); err != nil {
		return err
	}
	w.out.WriteString(bracket)
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
	return nil, false, python.Errorf(python.TypeError, "keys must be str, int, float, bool or None, not %s", k.Class().ShortName())
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
