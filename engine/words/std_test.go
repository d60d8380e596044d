package words_test

import (
	"colloquy/engine/python"
	"colloquy/engine/python/stdlib"
	"colloquy/engine/python/syntax"
)

// standard finds the standard modules; for those that the library only passes
// on, something smaller stands in if they are not there.
type standard struct {
	lib  *stdlib.Library
	made map[string]*python.Module
}

var std = standard{stdlib.New(), map[string]*python.Module{}}

var standIns = map[string]string{
	"decimal":   "Decimal = float",
	"random":    "",
	"itertools": "def chain(*groups):\n    for group in groups:\n        yield from group\n",
}

func (s standard) Load(th *python.Thread, name, from string) (*python.Module, error) {
	if m, err := s.lib.Load(th, name, from); err == nil {
		return m, nil
	}
	if m := s.made[name]; m != nil {
		return m, nil
	}
	src, ok := standIns[name]
	if !ok {
		return nil, python.NoModule(name)
	}
	file, err := syntax.ParseFile(name, src, syntax.Pos{})
	if err != nil {
		return nil, err
	}
	code, err := python.Compile(file, python.CompileOptions{})
	if err != nil {
		return nil, err
	}
	m := python.NewModule(name)
	s.made[name] = m
	return m, m.Run(th, code)
}
