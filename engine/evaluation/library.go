package evaluation

import (
	"fmt"

	"colloquy/engine/python"
)

// libraryModule is where the names of the library are, those that interviews
// do not see by themselves included.
const libraryModule = "docassemble.base.util"

// Library returns a class or function of the library, whatever an interview
// has assigned to its name.
func Library(th *python.Thread, name string) (python.Value, error) {
	m, err := th.Import(libraryModule)
	if err != nil {
		return nil, fmt.Errorf("import the library: %w", err)
	}
	v, ok := m.Globals.Get(name)
	if !ok {
		return nil, fmt.Errorf("the library has no %s", name)
	}
	return v, nil
}

// CallLibrary calls a class or function of the library.
func CallLibrary(th *python.Thread, name string, args []python.Value, kw ...python.Kwarg) (python.Value, error) {
	fn, err := Library(th, name)
	if err != nil {
		return nil, err
	}
	return th.Call(fn, args, kw)
}
