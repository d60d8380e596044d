package stdlib

import "colloquy/engine/python"

// natives fill the namespaces of modules with what is written in Go. A module
// may have a prelude as well, or only one.
var natives map[string]func(b *builder, ns *python.Namespace) error

// packages are the modules that have modules in them.
var packages = map[string]bool{}

// restorers rebuild stored values, by qualified name of their class.
var restorers map[string]func(data python.Value) (python.Value, error)
