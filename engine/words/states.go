package words

import (
	"colloquy/engine/language"
	"colloquy/engine/python"
)

// stateNatives are what the modules us and us.states have from Go.
var stateNatives = []function{
	{"us_states", usStates},
	{"find_us_state", findUSState},
}

func usStates(*python.Thread, *python.Args) (python.Value, error) {
	list := python.NewList()
	for _, s := range language.USStates() {
		d := python.NewDict()
		d.SetStr("abbr", python.NewStr(s.Abbr))
		d.SetStr("fips", python.NewStr(s.FIPS))
		d.SetStr("name", python.NewStr(s.Name))
		d.SetStr("ap_abbr", textOrNone(s.Press))
		d.SetStr("capital", textOrNone(s.Capital))
		var year python.Value = python.None
		if s.Statehood != 0 {
			year = python.Int(s.Statehood)
		}
		d.SetStr("statehood_year", year)
		d.SetStr("is_territory", python.Bool(s.Territory))
		d.SetStr("is_contiguous", python.Bool(s.Contiguous))
		d.SetStr("is_continental", python.Bool(s.Contiguous || s.Abbr == "AK"))
		list.Elems = append(list.Elems, d)
	}
	return list, nil
}

// findUSState gives the postal code of what a text names, or None.
func findUSState(_ *python.Thread, a *python.Args) (python.Value, error) {
	var text string
	if err := a.Unpack("find_us_state", "text", &text); err != nil {
		return nil, err
	}
	s, ok := language.FindUSState(text)
	if !ok {
		return python.None, nil
	}
	return python.NewStr(s.Abbr), nil
}
