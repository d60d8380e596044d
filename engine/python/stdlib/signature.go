package stdlib

import (
	"fmt"
	"slices"
	"strings"

	"colloquy/engine/python"
)

// signature reports arguments that a function written in Python with these
// parameters, of which the first least have no default, would not take.
func signature(name string, a *python.Args, params []string, least int) error {
	given := make([]bool, len(params))
	for i := range min(len(a.Pos), len(params)) {
		given[i] = true
	}
	for _, k := range a.Kw {
		i := slices.Index(params, k.Name)
		if i < 0 {
			return python.Errorf(python.TypeError, "%s() got an unexpected keyword argument '%s'", name, k.Name)
		}
		if given[i] {
			return python.Errorf(python.TypeError, "%s() got multiple values for argument '%s'", name, k.Name)
		}
		given[i] = true
	}
	if len(a.Pos) > len(params) {
		return tooMany(name, len(a.Pos), least, len(params))
	}
	var missing []string
	for i := range least {
		if !given[i] {
			missing = append(missing, "'"+params[i]+"'")
		}
	}
	return missingArguments(name, missing)
}

func tooMany(name string, given, least, most int) error {
	takes := fmt.Sprint(most)
	if least < most {
		takes = fmt.Sprintf("from %d to %d", least, most)
	}
	plural, were := "s", "were"
	if takes == "1" {
		plural = ""
	}
	if given == 1 {
		were = "was"
	}
	return python.Errorf(python.TypeError, "%s() takes %s positional argument%s but %d %s given", name, takes, plural, given, were)
}

func missingArguments(name string, missing []string) error {
	n := len(missing)
	switch n {
	case 0:
		return nil
	case 1:
		return python.Errorf(python.TypeError, "%s() missing 1 required positional argument: %s", name, missing[0])
	case 2:
		return python.Errorf(python.TypeError, "%s() missing 2 required positional arguments: %s and %s", name, missing[0], missing[1])
	}
	return python.Errorf(python.TypeError, "%s() missing %d required positional arguments: %s, and %s", name, n,
		strings.Join(missing[:n-1], ", "), missing[n-1])
}
