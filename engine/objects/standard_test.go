package objects_test

import "colloquy/engine/python"

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

func addDates(ns *python.Namespace) {}
