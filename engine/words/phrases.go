package words

import (
	"maps"
	"slices"

	"colloquy/engine/language"
	"colloquy/engine/objects"
	"colloquy/engine/python"
)

// phraseFunctions are the small sentences, such as do_you(), that modules may
// import and interviews do not see.
var phraseFunctions = phrases()

func phrases() []function {
	list := []function{{"possessify", possessify}, {"a_preposition_b", withPreposition}, {"nodoublequote", noDoubleQuote}}
	names := language.PhraseNames()
	for _, name := range slices.Sorted(maps.Keys(names)) {
		list = append(list, function{name, phrase(name, names[name])})
	}
	return list
}

// phrase is a function of n texts.
func phrase(name string, n int) python.BuiltinFunc {
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		m, err := mannerOf(th, a.Kw)
		if err != nil {
			return nil, err
		}
		if len(a.Pos) < n {
			return nil, python.Errorf(python.TypeError, "%s() takes %d arguments (%d given)", name, n, len(a.Pos))
		}
		args := make([]*python.Str, n)
		for i := range args {
			if args[i], err = th.Str(a.Pos[i]); err != nil {
				return nil, err
			}
		}
		parts, ok := m.speaker(th).Phrase(name, stringsOfAll(args)...)
		if !ok {
			return nil, python.Errorf(python.RuntimeError, "there is no phrase %s", name)
		}
		return m.say(parts, args...), nil
	}
}

// possessify(a, b, plural=False)
func possessify(th *python.Thread, a *python.Args) (python.Value, error) {
	var owner, owned python.Value
	var plural bool
	var kw []python.Kwarg
	if err := a.Unpack("possessify", "a", &owner, "b", &owned, "plural?", &plural, "**kw", &kw); err != nil {
		return nil, err
	}
	m, err := mannerOf(th, kw)
	if err != nil {
		return nil, err
	}
	x, err := th.Str(owner)
	if err != nil {
		return nil, err
	}
	y, err := th.Str(owned)
	if err != nil {
		return nil, err
	}
	return m.say(m.speaker(th).Possessive(x.String(), y.String(), plural), x, y), nil
}

// a_preposition_b(a, b) uses a.preposition if there is one.
func withPreposition(th *python.Thread, a *python.Args) (python.Value, error) {
	var left, right python.Value
	var kw []python.Kwarg
	if err := a.Unpack("a_preposition_b", "a", &left, "b", &right, "**kw", &kw); err != nil {
		return nil, err
	}
	m, err := mannerOf(th, kw)
	if err != nil {
		return nil, err
	}
	preposition := ""
	if i, ok := left.(*python.Instance); ok {
		if v, ok := i.Attrs.Get("preposition"); ok {
			preposition = stringOr(v, "")
		}
	}
	x, err := th.Str(left)
	if err != nil {
		return nil, err
	}
	y, err := th.Str(right)
	if err != nil {
		return nil, err
	}
	return m.say(m.speaker(th).WithPreposition(x.String(), preposition, y.String()), x, y), nil
}

// nodoublequote(text) has single quotes instead of double ones.
func noDoubleQuote(th *python.Thread, a *python.Args) (python.Value, error) {
	var v python.Value
	if err := a.Unpack("nodoublequote", "text", &v); err != nil {
		return nil, err
	}
	s, err := th.Str(v)
	if err != nil {
		return nil, err
	}
	replaced, err := th.CallMethod(s, "replace", python.NewStr(`"`), python.NewStr("'"))
	return replaced, err
}

// replacingFunctions change how the library speaks for the whole server. Here
// modules are run once and cannot do that.
var replacingFunctions = []function{
	absentFunction("update_language_function", "translate with words and translation files instead"),
	absentFunction("update_word_collection", "use the words of the configuration or a translation file instead"),
	absentFunction("update_ordinal_numbers", "use the words of the configuration instead"),
	absentFunction("update_ordinal_function", "use the words of the configuration instead"),
	absentFunction("update_nice_numbers", "use the words of the configuration instead"),
	absentFunction("register_jinja_filter", "documents are not assembled from templates yet"),
	{"prevent_dependency_satisfaction", preventSeeking},
}

// prevent_dependency_satisfaction(function) makes a missing name an error
// instead of a question.
func preventSeeking(_ *python.Thread, a *python.Args) (python.Value, error) {
	var fn python.Value
	if err := a.Unpack("prevent_dependency_satisfaction", "function", &fn); err != nil {
		return nil, err
	}
	return python.NewBuiltin("wrapper", func(th *python.Thread, a *python.Args) (python.Value, error) {
		v, err := th.Call(fn, a.Pos, a.Kw)
		if _, missing := python.MissingName(err); missing {
			return nil, python.Errorf(objects.DAError, "Reference to undefined variable in context where dependency satisfaction not allowed")
		}
		return v, err
	}), nil
}
