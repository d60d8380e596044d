package objects_test

import (
	"testing"

	"colloquy/engine/python"
	"colloquy/engine/python/stdlib"
)

// standard finds the modules that the library and the tests import: the
// standard ones, and the library itself.
type standard struct{ util *python.Module }

var std = stdlib.New()

func (l standard) Load(th *python.Thread, name, from string) (*python.Module, error) {
	if name == "docassemble.base.util" && l.util != nil {
		return l.util, nil
	}
	return std.Load(th, name, from)
}

// dates stands in for the date functions, which are no part of this package.
const dates = `
import datetime

def as_datetime(text):
    return datetime.datetime.fromisoformat(text)

def current_datetime():
    return as_datetime('2024-06-01')
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
