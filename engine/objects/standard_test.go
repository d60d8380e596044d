package objects_test

import (
	"testing"

	"colloquy/engine/python"
)

type standard struct{}

func (standard) Load(th *python.Thread, name, _ string) (*python.Module, error) {
	if name == "decimal" {
		m := python.NewModule("decimal")
		v, _ := python.LookupBuiltin("float")
		m.Globals.Set("Decimal", v)
		return m, nil
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

func addDates(t testing.TB, th *python.Thread, ns *python.Namespace) {
	t.Helper()
	m := python.NewModule("dates")
	if err := m.Run(th, compile(t, dates)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"as_datetime", "current_datetime"} {
		v, _ := m.Globals.Get(name)
		ns.Set(name, v)
	}
}
