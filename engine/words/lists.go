package words

import (
	"colloquy/engine/language"
	"colloquy/engine/objects"
	"colloquy/engine/python"
)

// listFunctions write lists as text.
var listFunctions = []function{
	{"comma_and_list", commaAndList},
	{"comma_list", commaList},
	{"add_separators", addSeparators},
}

// flattened takes lists in the arguments apart, one level deep, and gives all
// items as text.
func flattened(th *python.Thread, args []python.Value) ([]*python.Str, error) {
	var out []*python.Str
	add := func(v python.Value) error {
		s, err := th.Str(v)
		if err == nil {
			out = append(out, s)
		}
		return err
	}
	for _, v := range args {
		var err error
		if _, isText := python.StringOf(v); !isText && (isGroup(v) || isIterable(v)) {
			err = th.Each(v, add)
		} else {
			err = add(v)
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func stringsOfAll(items []*python.Str) []string {
	out := make([]string, len(items))
	for i, s := range items {
		out[i] = s.String()
	}
	return out
}

// comma_and_list(*items, oxford=True, and_string='and', comma_string=', ', before_and=' ', after_and=' ')
func commaAndList(th *python.Thread, a *python.Args) (python.Value, error) {
	var args []python.Value
	var kw []python.Kwarg
	if err := a.Unpack("comma_and_list", "*items", &args, "**kw", &kw); err != nil {
		return nil, err
	}
	m, err := mannerOf(th, kw)
	if err != nil {
		return nil, err
	}
	items, err := flattened(th, args)
	if err != nil {
		return nil, err
	}
	join := m.speaker(th).DefaultJoin()
	for _, k := range m.rest {
		switch k.Name {
		case "oxford":
			yes, err := th.Truth(k.Value)
			if err != nil {
				return nil, err
			}
			join.SkipComma = !yes
		case "and_string":
			join.And = stringOr(k.Value, join.And)
		case "comma_string":
			join.Comma = stringOr(k.Value, join.Comma)
		case "before_and":
			join.Before = stringOr(k.Value, join.Before)
		case "after_and":
			join.After = stringOr(k.Value, join.After)
		}
	}
	return m.say(language.CommaAndList(stringsOfAll(items), join), items...), nil
}

// comma_list(*items, comma_string=', ')
func commaList(th *python.Thread, a *python.Args) (python.Value, error) {
	var args []python.Value
	var kw []python.Kwarg
	if err := a.Unpack("comma_list", "*items", &args, "**kw", &kw); err != nil {
		return nil, err
	}
	m, err := mannerOf(th, kw)
	if err != nil {
		return nil, err
	}
	items, err := flattened(th, args)
	if err != nil {
		return nil, err
	}
	comma := ", "
	for _, k := range m.rest {
		if k.Name == "comma_string" {
			comma = stringOr(k.Value, comma)
		}
	}
	return m.say(language.CommaList(stringsOfAll(items), comma), items...), nil
}

// add_separators(list, separator=';', last_separator='; and', end_mark='.')
func addSeparators(th *python.Thread, a *python.Args) (python.Value, error) {
	var list python.Value
	separator, last, end := ";", "; and", "."
	if err := a.Unpack("add_separators", "the_list", &list, "separator?", &separator, "last_separator?", &last,
		"end_mark?", &end); err != nil {
		return nil, err
	}
	items, err := flattened(th, []python.Value{list})
	if err != nil {
		return nil, err
	}
	out := python.NewList()
	for _, parts := range language.AddSeparators(stringsOfAll(items), separator, last, end) {
		out.Elems = append(out.Elems, objects.Lay(parts, items...))
	}
	return out, nil
}
