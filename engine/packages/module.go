package packages

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"colloquy/engine/fault"
)

// A Module is a Python module of a package.
type Module struct {
	Name    string // dotted and absolute: "docassemble.demo.util"
	File    Name   // its file; the zero Name for a package without __init__.py
	Package bool   // it is a package: relative names in it start from itself
}

// Absolute gives the absolute name of the module that ref means in a file of
// the dotted package from: ".util" is "docassemble.demo.util", "..x" is one
// package up. A name without leading dots is absolute already. The error is a
// fault.Invalid.
func Absolute(ref, from string) (string, error) {
	name := strings.TrimLeft(ref, ".")
	dots := len(ref) - len(name)
	if dots == 0 {
		return name, nil
	}
	parts := strings.Split(from, ".")
	if from == "" || dots > len(parts) {
		return "", fault.New(fault.Invalid, "", fmt.Errorf("%q leads out of the package %q", ref, from))
	}
	parts = parts[:len(parts)-dots+1]
	if name != "" {
		parts = append(parts, name)
	}
	return strings.Join(parts, "."), nil
}

// Module finds a module by its absolute name: a .py file in a package, or in a
// folder of it, or such a folder itself. The longest package whose name begins
// the module's is taken. The error is a fault.NotFound.
func (l *Library) Module(name string) (Module, error) {
	pkg, rest := name, ""
	for {
		i := strings.LastIndexByte(pkg, '.')
		switch {
		case !packageName.MatchString(name):
			return Module{}, fault.New(fault.NotFound, "", fmt.Errorf("%q cannot be the name of a module", name))
		case l.Has(pkg):
			return l.moduleIn(pkg, rest, name)
		case i < 0:
			return Module{}, fault.New(fault.NotFound, "", fmt.Errorf("there is no module %s", name))
		}
		rest = strings.Trim(pkg[i+1:]+"/"+rest, "/")
		pkg = pkg[:i]
	}
}

// moduleIn finds the module at the path rest, without ".py", of a package.
func (l *Library) moduleIn(pkg, rest, name string) (Module, error) {
	if rest == "" {
		m := Module{Name: name, Package: true, File: Name{pkg, "__init__.py"}}
		if _, err := l.Stat(m.File); err != nil {
			m.File = Name{}
		}
		return m, nil
	}
	for _, m := range []Module{
		{Name: name, File: Name{pkg, rest + "/__init__.py"}, Package: true},
		{Name: name, File: Name{pkg, rest + ".py"}},
	} {
		_, err := l.Stat(m.File)
		if err == nil {
			return m, nil
		}
		if !errors.Is(err, fs.ErrNotExist) && fault.KindOf(err) != fault.NotFound {
			return Module{}, err
		}
	}
	return Module{}, fault.New(fault.NotFound, "", fmt.Errorf("there is no module %s in package %s", name, pkg))
}
