package session

import (
	"strings"

	"colloquy/engine/python"
)

// opaque is what an instance of a lost class keeps so that it can be written
// again unchanged.
type opaque struct {
	class  string
	native []byte
}

// lostClass returns a stand-in for a class that no longer exists. Its
// instances keep their attributes; touching one is an error that names the class.
func lostClass(qualified string) *python.Class {
	module, name := "", qualified
	if i := strings.LastIndexByte(qualified, '.'); i >= 0 {
		module, name = qualified[:i], qualified[i+1:]
	}
	touched := func(*python.Thread, *python.Args) (python.Value, error) {
		return nil, python.Errorf(python.RuntimeError,
			"this object is a %s, a class that the interview's modules no longer have", qualified)
	}
	return python.NewClass(python.ClassSpec{Name: name, Module: module, Members: []python.Member{
		python.Method("__getattribute__", touched), python.Method("__setattr__", touched),
		python.Method("__str__", touched), python.Method("__getitem__", touched), python.Method("__call__", touched),
	}})
}
