package words

import (
	"errors"
	"math"

	"colloquy/engine/language"
	"colloquy/engine/python"
)

// numberFunctions write numbers.
var numberFunctions = []function{
	{"nice_number", niceNumber},
	{"ordinal", ordinal},
	{"ordinal_number", ordinalNumber},
	{"quantity_noun", quantityNoun},
	{"alpha", lettered("alpha", language.Alpha)},
	{"roman", lettered("roman", language.Roman)},
	{"item_label", itemLabel},
}

// numberOf reads a number from a Python number; not from text.
func numberOf(v python.Value) (language.Number, bool) {
	switch u := python.Unwrap(v).(type) {
	case python.Float:
		return language.Float(float64(u)), true
	case python.Int, python.Bool, *python.Big:
		n, ok := python.BigOf(u)
		if !ok {
			return language.Number{}, false
		}
		return language.Big(n), true
	}
	return language.Number{}, false
}

// toNumber reads a number from a number, from text, or from what float() takes,
// such as a Decimal.
func toNumber(th *python.Thread, v python.Value) (language.Number, error) {
	if n, ok := numberOf(v); ok {
		return n, nil
	}
	if s, ok := python.StringOf(v); ok {
		n, err := language.ParseNumber(s)
		if err != nil {
			return n, python.Errorf(python.ValueError, "could not convert string to float: %s", reprOf(th, v))
		}
		return n, nil
	}
	f, err := floatOf(th, v)
	return language.Float(f), err
}

// floatOf is float(v).
func floatOf(th *python.Thread, v python.Value) (float64, error) {
	if f, ok := python.FloatOf(v); ok {
		return f, nil
	}
	float, ok := python.LookupBuiltin("float")
	if !ok {
		return 0, python.Errorf(python.RuntimeError, "float is missing")
	}
	out, err := th.Call(float, []python.Value{v}, nil)
	if err != nil {
		return 0, err
	}
	f, _ := python.FloatOf(out)
	return f, nil
}

func reprOf(th *python.Thread, v python.Value) string {
	s, err := th.Repr(v)
	if err != nil {
		return className(v)
	}
	return s.String()
}

// number is an int if f is whole, else a float.
func number(f float64) python.Value {
	if f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		return python.Int(int64(f))
	}
	return python.Float(f)
}

// spelling reads use_word: None for the usual.
func spelling(th *python.Thread, v python.Value) (language.Spelling, error) {
	if isNone(v) {
		return language.SpellSmall, nil
	}
	yes, err := th.Truth(v)
	if yes {
		return language.SpellAlways, err
	}
	return language.SpellNever, err
}

// notNumber turns an error of package language into one of Python.
func notNumber(err error) error {
	if errors.Is(err, language.ErrNotNumber) {
		return python.Errorf(python.ValueError, "cannot convert that to a number")
	}
	return err
}

// nice_number(n, capitalize=False, language=None, use_word=None)
func niceNumber(th *python.Thread, a *python.Args) (python.Value, error) {
	return spelled(th, a, "nice_number", language.Speaker.NiceNumber, toNumber)
}

// ordinal_number(n, use_word=None, capitalize=False); what is no number is 0.
func ordinalNumber(th *python.Thread, a *python.Args) (python.Value, error) {
	return spelled(th, a, "ordinal_number", language.Speaker.OrdinalNumber, func(th *python.Thread, v python.Value) (language.Number, error) {
		n, err := toNumber(th, v)
		if err != nil && (python.IsException(err, python.ValueError) || python.IsException(err, python.TypeError)) {
			return language.Int(0), nil
		}
		return n, err
	})
}

// ordinal(i) names the place of the element with index i.
func ordinal(th *python.Thread, a *python.Args) (python.Value, error) {
	return spelled(th, a, "ordinal", language.Speaker.Ordinal, func(th *python.Thread, v python.Value) (language.Number, error) {
		n, err := toNumber(th, v)
		if err != nil {
			return n, err
		}
		whole, err := n.Truncated()
		if err != nil {
			return n, notNumber(err)
		}
		return language.Big(whole), nil
	})
}

func spelled(th *python.Thread, a *python.Args, fn string, say func(language.Speaker, language.Number, language.Spelling) (string, error),
	read func(*python.Thread, python.Value) (language.Number, error)) (python.Value, error) {
	var v, useWord python.Value
	var kw []python.Kwarg
	if err := a.Unpack(fn, "n", &v, "*", nil, "use_word?", &useWord, "**kw", &kw); err != nil {
		return nil, err
	}
	m, err := mannerOf(th, kw)
	if err != nil {
		return nil, err
	}
	how, err := spelling(th, useWord)
	if err != nil {
		return nil, err
	}
	n, err := read(th, v)
	if err != nil {
		return nil, err
	}
	text, err := say(m.speaker(th), n, how)
	if err != nil {
		return nil, notNumber(err)
	}
	return m.say(language.Own(text)), nil
}

// quantity_noun(n, noun, as_integer=True, capitalize=False, language=None)
func quantityNoun(th *python.Thread, a *python.Args) (python.Value, error) {
	var v, noun python.Value
	whole := true
	var kw []python.Kwarg
	if err := a.Unpack("quantity_noun", "num", &v, "noun", &noun, "as_integer?", &whole, "**kw", &kw); err != nil {
		return nil, err
	}
	m, err := mannerOf(th, kw)
	if err != nil {
		return nil, err
	}
	if _, isText := python.StringOf(v); isText {
		return nil, python.Errorf(python.TypeError, "quantity_noun() needs a number, not str")
	}
	n, err := toNumber(th, v)
	if err != nil {
		return nil, err
	}
	s, err := th.Str(noun)
	if err != nil {
		return nil, err
	}
	parts, err := m.speaker(th).QuantityNoun(n, s.String(), whole)
	if err != nil {
		return nil, notNumber(err)
	}
	return m.say(parts, s), nil
}

// lettered is alpha() or roman(): the number of the element with an index, in
// letters.
func lettered(name string, f func(int) (string, error)) python.BuiltinFunc {
	return func(_ *python.Thread, a *python.Args) (python.Value, error) {
		var i, letters python.Value
		if err := a.Unpack(name, "num", &i, "case?", &letters); err != nil {
			return nil, err
		}
		n, ok := python.IntOf(i)
		if !ok {
			return nil, python.Errorf(python.TypeError, "expected integer, got %s", i.Class().String())
		}
		text, err := f(int(n))
		if err != nil && name == "roman" {
			return nil, python.Errorf(python.ValueError, "Argument must be between 1 and 3999")
		}
		if err != nil {
			return nil, python.Errorf(python.ValueError, "%s() needs a number that is not negative", name)
		}
		if stringOr(letters, "") == "lower" {
			text = lower(text)
		}
		return python.NewStr(text), nil
	}
}

func lower(ascii string) string {
	b := []byte(ascii)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// item_label(i, level=None, punctuation=True)
func itemLabel(th *python.Thread, a *python.Args) (python.Value, error) {
	var i, level python.Value
	punctuation := true
	if err := a.Unpack("item_label", "num", &i, "level?", &level, "punctuation?", &punctuation); err != nil {
		return nil, err
	}
	n, err := toNumber(th, i)
	if err != nil {
		return nil, err
	}
	depth := int64(0)
	if !isNone(level) {
		l, err := toNumber(th, level)
		if err != nil {
			return nil, err
		}
		depth = int64(l.Float64())
	}
	text, err := language.ItemLabel(int(n.Float64()), int(depth), punctuation)
	if err != nil {
		return nil, python.Errorf(python.ValueError, "item_label(): %s", err)
	}
	return python.NewStr(text), nil
}

// noun_plural's and noun_singular's idea of how many there are: 1, or not.
func single(th *python.Thread, v python.Value) (bool, error) {
	if n, ok := numberOf(v); ok {
		return n.Float64() == 1, nil
	}
	if _, isText := python.StringOf(v); !isText && (isGroup(v) || isCollection(v)) {
		n, err := th.Len(v)
		return n == 1, err
	}
	truth, err := th.Truth(v)
	return !truth, err
}

func isCollection(v python.Value) bool {
	switch python.Unwrap(v).(type) {
	case *python.List, *python.Tuple, *python.Dict, *python.Set:
		return true
	}
	return false
}
