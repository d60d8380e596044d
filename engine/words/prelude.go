package words

import (
	"context"
	"embed"
	"fmt"
	"iter"
	"path"
	"strings"

	"colloquy/engine/objects"
	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

//go:embed prelude/*.py
var sources embed.FS

// nativeModule is what the prelude imports its Go functions from.
const nativeModule = "_words"

// preludeFiles are run in this order; their public names are those of
// docassemble.base.util.
var preludeFiles = []string{"dates", "facts", "background", "internal", "sessions", "storage", "redis", "lacking"}

// A prelude is the part of the library that is written in Python, run once.
type prelude struct {
	std   python.Loader
	files map[string]*python.Module
	order []*python.Module

	us, states *python.Module
	dateutil   []*python.Module
}

func loadPrelude(ctx context.Context, std python.Loader, objs *objects.Library) (*prelude, error) {
	p := &prelude{std: std, files: map[string]*python.Module{
		nativeModule: natives(), "_objects": objs.Util}}
	th := python.NewThread(ctx, python.Options{Loader: p})
	defer th.Close()
	for _, name := range preludeFiles {
		if _, err := p.run(th, name, utilModule); err != nil {
			return nil, err
		}
	}
	if err := p.runDateutil(th); err != nil {
		return nil, err
	}
	var err error
	if p.states, err = p.run(th, "states", "us.states"); err != nil {
		return nil, err
	}
	if p.us, err = p.run(th, "us", "us"); err != nil {
		return nil, err
	}
	p.us.Package = true
	p.us.Globals.Set("states", p.states)
	return p, nil
}

// runDateutil runs what there is of the package dateutil.
func (p *prelude) runDateutil(th *python.Thread) error {
	p.files["_dates"] = p.order[0]
	pkg := python.NewModule("dateutil")
	pkg.Package = true
	for _, name := range []string{"relativedelta", "parser"} {
		m, err := p.run(th, name, pkg.Name+"."+name)
		if err != nil {
			return err
		}
		pkg.Globals.Set(name, m)
		p.dateutil = append(p.dateutil, m)
	}
	p.dateutil = append(p.dateutil, pkg)
	return nil
}

// natives is the module of what the prelude has from Go.
func natives() *python.Module {
	m := python.NewModule(nativeModule)
	bind(m.Globals, [][]function{dateNatives, factNatives, stateNatives, taskNatives, bookNatives, keepingNatives, redisNatives, rosterNatives})
	m.Globals.Set("interval_units", intervalUnits())
	return m
}

// Load implements python.Loader for the prelude.
func (p *prelude) Load(th *python.Thread, name, from string) (*python.Module, error) {
	if m, ok := p.files[name]; ok {
		return m, nil
	}
	return p.std.Load(th, name, from)
}

// run runs a file of the prelude as a part of the named module.
func (p *prelude) run(th *python.Thread, file, module string) (*python.Module, error) {
	name := path.Join("prelude", file+".py")
	src, err := sources.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("load the library: %w", err)
	}
	tree, err := syntax.ParseFile(name, string(src), syntax.Pos{})
	if err != nil {
		return nil, fmt.Errorf("read the library: %w", err)
	}
	code, err := python.Compile(tree, python.CompileOptions{Library: true})
	if err != nil {
		return nil, fmt.Errorf("compile the library: %w", err)
	}
	m := python.NewModule(module)
	p.order = append(p.order, m)
	if module != utilModule {
		p.files[module] = m
	}
	if err := m.Run(th, code); err != nil {
		if r, ok := python.AsRaised(err); ok {
			return nil, fmt.Errorf("run the library: %s", r.Format())
		}
		return nil, fmt.Errorf("run the library: %w", err)
	}
	return m, nil
}

// names yields what the prelude adds to docassemble.base.util: its classes.
func (p *prelude) names() iter.Seq2[string, python.Value] {
	util := p.files["_objects"].Globals
	return func(yield func(string, python.Value) bool) {
		for _, m := range p.order {
			if m.Name != utilModule {
				continue
			}
			for name, v := range m.Globals.All() {
				if _, has := util.Get(name); has || strings.HasPrefix(name, "_") {
					continue
				}
				if !yield(name, v) {
					return
				}
			}
		}
	}
}

// modules are all modules of the prelude, to be frozen.
func (p *prelude) modules() []*python.Module {
	list := append([]*python.Module(nil), p.order...)
	return append(list, p.files[nativeModule])
}
