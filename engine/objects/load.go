package objects

import (
	"context"
	"embed"
	"fmt"
	"path"
	"strings"

	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

//go:embed prelude/*.py
var prelude embed.FS

// The modules that authors know the classes by.
const (
	utilModule  = "docassemble.base.util"
	legalModule = "docassemble.base.legal"
	basePackage = "docassemble.base"
)

// The files of the prelude that make up docassemble.base.util, in the order in
// which their names are bound.
var utilFiles = []string{"base", "groups", "lists", "dicts", "places", "people", "values", "texts",
	"misc", "files", "relations", "data", "learning"}

const legalFile = "legal"

// A Library is the prelude, run once. Its classes and functions are frozen;
// the modules themselves take further names until their holder freezes them.
type Library struct {
	Util    *python.Module // docassemble.base.util
	Legal   *python.Module // docassemble.base.legal, which has everything of Util too
	Error   *python.Module // docassemble.base.error
	Natives *python.Module // _colloquy
}

// Load runs the prelude. std finds the standard modules that it imports. An
// error is a mistake in the prelude or a standard module that is not there.
func Load(ctx context.Context, std python.Loader) (*Library, error) {
	l := &loader{std: std, natives: Natives(), base: python.NewModule(basePackage), files: map[string]*python.Module{}}
	th := python.NewThread(ctx, python.Options{Loader: l})
	defer th.Close()
	lib := &Library{Util: python.NewModule(utilModule), Legal: python.NewModule(legalModule),
		Error: errorsModule(), Natives: l.natives}
	for _, name := range utilFiles {
		if err := l.into(th, lib.Util, name); err != nil {
			return nil, err
		}
	}
	for name, v := range lib.Util.Globals.All() {
		if !strings.HasPrefix(name, "_") {
			lib.Legal.Globals.Set(name, v)
		}
	}
	if err := l.into(th, lib.Legal, legalFile); err != nil {
		return nil, err
	}
	python.Freeze(th, l.loaded()...)
	return lib, nil
}

// errorsModule is the module of the exceptions.
func errorsModule() *python.Module {
	m := python.NewModule(errorModule)
	for _, c := range append(errorClasses(), importedErrors()...) {
		m.Globals.Set(c.Name(), c)
	}
	return m
}

// A loader finds the files of the prelude, the natives and, behind them, the
// standard modules, while the prelude is run.
type loader struct {
	std     python.Loader
	natives *python.Module
	base    *python.Module // the package that relative imports are relative to
	files   map[string]*python.Module
	order   []*python.Module
}

// Load implements python.Loader.
func (l *loader) Load(th *python.Thread, name, from string) (*python.Module, error) {
	switch {
	case name == "_colloquy":
		return l.natives, nil
	case name == basePackage:
		return l.base, nil
	case strings.HasPrefix(name, ".") && from == basePackage:
		return l.file(th, name[1:])
	case l.std == nil:
		return nil, python.NoModule(name)
	}
	return l.std.Load(th, name, from)
}

func (l *loader) loaded() []*python.Module { return append(l.order, l.natives) }

// file runs a file of the prelude, once. Its classes belong to the module that
// authors import them from, whatever file they are written in.
func (l *loader) file(th *python.Thread, name string) (*python.Module, error) {
	if m := l.files[name]; m != nil {
		return m, nil
	}
	src, err := prelude.ReadFile(path.Join("prelude", name+".py"))
	if err != nil {
		return nil, python.NoModule(basePackage + "." + name)
	}
	module := utilModule
	if name == legalFile {
		module = legalModule
	}
	tree, err := syntax.ParseFile("prelude/"+name+".py", string(src), syntax.Pos{Line: 1, Col: 1})
	if err != nil {
		return nil, fmt.Errorf("read the object library: %w", err)
	}
	code, err := python.Compile(tree, python.CompileOptions{Library: true})
	if err != nil {
		return nil, fmt.Errorf("compile the object library: %w", err)
	}
	m := python.NewModule(module)
	l.files[name] = m
	l.order = append(l.order, m)
	if err := m.Run(th, code); err != nil {
		if r, ok := python.AsRaised(err); ok {
			return nil, fmt.Errorf("run the object library: %s", r.Format())
		}
		return nil, fmt.Errorf("run the object library: %w", err)
	}
	return m, nil
}

// into binds the public names of a file in a module: those that it makes
// itself and does not hide behind an underscore.
func (l *loader) into(th *python.Thread, m *python.Module, file string) error {
	from, err := l.file(th, file)
	if err != nil {
		return err
	}
	return th.ImportAll(from, m.Globals)
}
