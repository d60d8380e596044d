package words

import (
	"colloquy/engine/evaluation"
	"colloquy/engine/language"
	"colloquy/engine/objects"
	"colloquy/engine/python"
)

// running returns the evaluation that th works for. Code of modules that are
// being loaded has none and gets an error.
func running(th *python.Thread, fn string) (evaluation.Evaluation, error) {
	if ev := perhaps(th); ev != nil {
		return ev, nil
	}
	return nil, python.Errorf(python.RuntimeError, "%s() needs a running interview; a module cannot call it while it is being imported", fn)
}

// perhaps returns the evaluation that th works for, or nil.
func perhaps(th *python.Thread) evaluation.Evaluation {
	ev, _ := th.Local().(evaluation.Evaluation)
	return ev
}

// absent is the error of a function whose means are not part of this version.
func absent(fn, what string) error {
	return python.Errorf(python.RuntimeError, "%s() is not part of this version of Colloquy: %s", fn, what)
}

// absentFunction is a function that only says what is missing.
func absentFunction(name, what string) function {
	return function{name, func(*python.Thread, *python.Args) (python.Value, error) { return nil, absent(name, what) }}
}

func isNone(v python.Value) bool { return v == nil || v == python.Value(python.None) }

// isEmpty reports whether v is a DAEmpty.
func isEmpty(v python.Value) bool { return className(v) == "DAEmpty" }

func className(v python.Value) string {
	if v == nil {
		return ""
	}
	return v.Class().Name()
}

// stringOr is the text of v, or otherwise if v is None or no text.
func stringOr(v python.Value, otherwise string) string {
	if isNone(v) {
		return otherwise
	}
	if s, ok := python.StringOf(v); ok {
		return s
	}
	return otherwise
}

// optional is None for a pointer that was not set.
func optional(v python.Value) python.Value {
	if v == nil {
		return python.None
	}
	return v
}

func textOrNone(s string) python.Value {
	if s == "" {
		return python.None
	}
	return python.NewStr(s)
}

// manner is what nearly every function about words takes besides its own
// arguments.
type manner struct {
	language   string
	capitalize bool
	rest       []python.Kwarg
}

// mannerOf reads language and capitalize out of further keywords; others are
// for functions that replace ours and are ignored.
func mannerOf(th *python.Thread, kw []python.Kwarg) (manner, error) {
	var m manner
	for _, k := range kw {
		switch k.Name {
		case "language":
			m.language = stringOr(k.Value, "")
		case "capitalize":
			yes, err := th.Truth(k.Value)
			if err != nil {
				return m, err
			}
			m.capitalize = yes
		default:
			m.rest = append(m.rest, k)
		}
	}
	return m, nil
}

func (m manner) speaker(th *python.Thread) language.Speaker { return speaker(th).In(m.language) }

// say lays the spans of the arguments over a result and capitalizes it if the
// caller wants that.
func (m manner) say(parts language.Parts, args ...*python.Str) python.Value {
	if m.capitalize {
		parts = parts.Capitalized()
	}
	return objects.Lay(parts, args...)
}

// traced is say for a function from text to text.
func (m manner) traced(in *python.Str, out string) python.Value {
	return m.say(language.Trace(in.String(), out), in)
}

// speaker is who speaks in the evaluation of th, with the author's changes to
// the locale.
func speaker(th *python.Thread) language.Speaker {
	s := objects.Speaker(th)
	if ev := perhaps(th); ev != nil {
		s.Locale = conventions(ev)
	}
	return s
}

// spread lists arguments that name things: a text or dictionary is one of
// them, anything else that can be iterated contributes its elements.
func spread(th *python.Thread, args []python.Value) ([]python.Value, error) {
	var out []python.Value
	for _, v := range args {
		_, isText := python.StringOf(v)
		_, isDict := v.(*python.Dict)
		if isText || isDict {
			out = append(out, v)
			continue
		}
		if err := th.Each(v, func(e python.Value) error { out = append(out, e); return nil }); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// isGroup reports whether v is a group of the object library.
func isGroup(v python.Value) bool {
	i, ok := v.(*python.Instance)
	if !ok {
		return false
	}
	_, named := i.Attrs.Get("instanceName")
	_, holds := i.Attrs.Get("elements")
	return named && (holds || derives(i, "DAList") || derives(i, "DADict") || derives(i, "DASet"))
}

// derives reports whether the class of v or one of its bases has this name.
func derives(v python.Value, name string) bool {
	for _, c := range v.Class().MRO() {
		if c.Name() == name {
			return true
		}
	}
	return false
}

// isIterable reports whether v can be iterated, text excepted.
func isIterable(v python.Value) bool {
	if _, ok := python.StringOf(v); ok {
		return false
	}
	if _, ok := v.Class().Lookup("__iter__"); ok {
		return true
	}
	_, ok := v.(python.Iterator)
	return ok
}
