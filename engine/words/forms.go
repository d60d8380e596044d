package words

import (
	"colloquy/engine/language"
	"colloquy/engine/python"
)

// formFunctions help to fill forms.
var formFunctions = []function{
	{"yesno", yesNo("yesno", true)},
	{"noyes", yesNo("noyes", false)},
	{"split", splitLines},
}

// yesNo is "Yes" if the truth of the value is yes, else "No"; nothing for what
// is not answered.
func yesNo(name string, yes bool) python.BuiltinFunc {
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		var v python.Value
		var invert bool
		if err := a.Unpack(name, "the_value", &v, "invert?", &invert); err != nil {
			return nil, err
		}
		if s, ok := python.StringOf(v); isNone(v) || isEmpty(v) || ok && s == "" {
			return python.NewStr(""), nil
		}
		truth, err := th.Truth(v)
		if err != nil {
			return nil, err
		}
		return python.NewStr(speaker(th).YesNo(truth == (yes != invert))), nil
	}
}

// split(text, breaks, index) cuts text for the lines of a form.
func splitLines(th *python.Thread, a *python.Args) (python.Value, error) {
	var text, breaks, index python.Value
	if err := a.Unpack("split", "text", &text, "breaks", &breaks, "index", &index); err != nil {
		return nil, err
	}
	s, err := th.Str(text)
	if err != nil {
		return nil, err
	}
	var lengths []int
	one := func(v python.Value) error {
		n, err := toNumber(th, v)
		if err == nil {
			lengths = append(lengths, int(n.Float64()))
		}
		return err
	}
	if isIterable(breaks) {
		err = th.Each(breaks, one)
	} else {
		err = one(breaks)
	}
	if err != nil {
		return nil, err
	}
	list := python.NewList()
	for _, piece := range language.SplitForm(s.String(), lengths) {
		line := python.NewStr(piece)
		if s.HasOutside() {
			line = line.Marked()
		}
		list.Elems = append(list.Elems, line)
	}
	if stringOr(index, "") == "all" {
		return list, nil
	}
	i, err := toNumber(th, index)
	if err != nil {
		return nil, err
	}
	if n := int(i.Float64()); n >= 0 && n < len(list.Elems) {
		return list.Elems[n], nil
	}
	return python.NewStr(""), nil
}
