package stdlib

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// A Clock tells the time of an evaluation. Thread.Local may implement it; else
// the time is the machine's.
type Clock interface{ Now() time.Time }

// Chance gives the random numbers of an evaluation. Thread.Local may implement
// it; else they are those of the machine and differ each time.
type Chance interface{ Random() *rand.Rand }

// now returns the time of the evaluation.
func now(th *python.Thread) time.Time {
	if c, ok := th.Local().(Clock); ok {
		return c.Now()
	}
	return time.Now()
}

//go:embed all:prelude
var preludes embed.FS

// A Library gives out the standard modules. It is safe for concurrent use.
type Library struct {
	building sync.Mutex // held while modules are built
	mu       sync.RWMutex
	modules  map[string]*python.Module
}

// New returns a library whose modules are built as they are asked for.
func New() *Library { return &Library{modules: map[string]*python.Module{}} }

// Load implements [python.Loader]. It knows absolute names only; the error for
// any other is [python.NoModule].
func (l *Library) Load(_ *python.Thread, name, _ string) (*python.Module, error) {
	if m := l.built(name); m != nil {
		return m, nil
	}
	if !known(name) {
		return nil, unknownModule(name)
	}
	l.building.Lock()
	defer l.building.Unlock()
	if m := l.built(name); m != nil {
		return m, nil
	}
	b := &builder{library: l, made: map[string]*python.Module{}}
	b.th = python.NewThread(context.Background(), python.Options{Loader: b})
	defer b.th.Close()
	m, err := b.Load(b.th, name, "")
	if err != nil {
		return nil, err
	}
	l.settle(b)
	return m, nil
}

func (l *Library) built(name string) *python.Module {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.modules[name]
}

// settle freezes what b built and gives it to all.
func (l *Library) settle(b *builder) {
	var mods []*python.Module
	for _, m := range b.made {
		mods = append(mods, m)
	}
	python.Freeze(b.th, mods...)
	l.mu.Lock()
	defer l.mu.Unlock()
	for name, m := range b.made {
		l.modules[name] = m
	}
}

// Class returns the class with this qualified name, such as
// "collections.OrderedDict", or nil.
func (l *Library) Class(qualified string) *python.Class {
	i := strings.LastIndexByte(qualified, '.')
	if i < 0 || !known(qualified[:i]) {
		return nil
	}
	m, err := l.Load(nil, qualified[:i], "")
	if err != nil {
		return nil
	}
	v, _ := m.Globals.Get(qualified[i+1:])
	c, _ := v.(*python.Class)
	return c
}

// Restore rebuilds a value of the class with this qualified name from what its
// Persist method gave. It fails if there is no such class here or the data is
// not of its kind.
func (l *Library) Restore(qualified string, data python.Value) (python.Value, error) {
	restore, ok := restorers[qualified]
	if !ok {
		return nil, fmt.Errorf("restore a value: no class %s in the standard modules", qualified)
	}
	v, err := restore(data)
	if err != nil {
		return nil, fmt.Errorf("restore a value of class %s: %w", qualified, err)
	}
	return v, nil
}

// known reports whether there is a module of that name.
func known(name string) bool {
	if _, ok := natives[name]; ok {
		return true
	}
	_, err := fs.Stat(preludes, preludeFile(name))
	return err == nil
}

// cutLast splits the name of a module in a package.
func cutLast(name string) (parent, last string, ok bool) {
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return "", name, false
	}
	return name[:i], name[i+1:], true
}

func preludeFile(name string) string { return "prelude/" + name + ".py" }

// builder builds a module and those it imports.
type builder struct {
	library *Library
	th      *python.Thread
	made    map[string]*python.Module
}

// Load implements python.Loader for modules being built.
func (b *builder) Load(_ *python.Thread, name, _ string) (*python.Module, error) {
	if m := b.library.built(name); m != nil {
		return m, nil
	}
	if m := b.made[name]; m != nil {
		return m, nil
	}
	if !known(name) {
		return nil, unknownModule(name)
	}
	if parent, _, ok := cutLast(name); ok && packages[parent] && b.made[parent] == nil && b.library.built(parent) == nil {
		if _, err := b.Load(nil, parent, ""); err != nil {
			return nil, err
		}
		if m := b.made[name]; m != nil {
			return m, nil
		}
	}
	m := python.NewModule(name)
	m.Package = packages[name]
	b.made[name] = m
	if fill := natives[name]; fill != nil {
		if err := fill(b, m.Globals); err != nil {
			return nil, fmt.Errorf("build module %s: %w", name, err)
		}
	}
	if err := b.prelude(m); err != nil {
		return nil, fmt.Errorf("build module %s: %w", name, err)
	}
	return m, nil
}

// prelude runs the part of a module that is written in Python, if it has one.
func (b *builder) prelude(m *python.Module) error {
	src, err := preludes.ReadFile(preludeFile(m.Name))
	if err != nil {
		return nil // written in Go alone
	}
	file, err := syntax.ParseFile(m.Name+".py", string(src), syntax.Pos{Line: 1, Col: 1})
	if err != nil {
		return err
	}
	code, err := python.Compile(file, python.CompileOptions{Library: true})
	if err != nil {
		return err
	}
	if err := m.Run(b.th, code); err != nil {
		return err
	}
	for _, name := range dotted[m.Name] {
		v, _ := m.Globals.Get(name)
		if c, ok := v.(*python.Class); ok {
			c.Dot(c.Module())
		}
	}
	return nil
}

// functions binds functions written in Go.
func functions(ns *python.Namespace, fns map[string]python.BuiltinFunc) {
	for name, fn := range fns {
		ns.Set(name, python.NewBuiltin(name, fn))
	}
}
