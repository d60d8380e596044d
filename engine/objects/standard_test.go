package objects_test

import (
	"testing"

	"colloquy/engine/python"
)

// standard finds the modules that the library and the tests import: decimals,
// for which floats stand in, and the library itself.
type standard struct{ util *python.Module }

func (l standard) Load(_ *python.Thread, name, _ string) (*python.Module, error) {
	switch {
	case name == "decimal":
		m := python.NewModule("decimal")
		v, _ := python.LookupBuiltin("float")
		m.Globals.Set("Decimal", v)
		return m, nil
	case name == "docassemble.base.util" && l.util != nil:
		return l.util, nil
	}
	return nil, python.NoModule(name)
}

// dates stands in for the date functions, which are no part of this package.
const dates = `
class Moment:
    def __init__(self, text):
        self.year, self.month, self.day = [int(part) for part in text.split('-')]
        self.hour = self.minute = 0

def as_datetime(text):
    return Moment(text)

def current_datetime():
    return Moment('2024-06-01')
`

func addDates(t testing.TB, th *python.Thread, util *python.Module) {
	t.Helper()
	m := python.NewModule("dates")
	if err := m.Run(th, compile(t, dates)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"as_datetime", "current_datetime"} {
		v, _ := m.Globals.Get(name)
		util.Globals.Set(name, v)
	}
}
