package run

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"sync"
	"time"

	"colloquy/engine/fault"
	"colloquy/engine/interview"
	"colloquy/engine/markup"
	"colloquy/engine/packages"
	"colloquy/engine/python"
	"colloquy/engine/python/stdlib"
	"colloquy/engine/python/syntax"
	"colloquy/engine/words"
)

// Programs holds what is compiled once and shared by all sessions: interviews,
// author modules, the library. It is safe for concurrent use.
type Programs struct {
	packages *packages.Library
	library  *words.Library
	stdlib   *stdlib.Library
	recheck  time.Duration
	now      func() time.Time
	jinja    map[string]python.Value // what files that use Jinja see

	compiling  sync.Mutex
	mu         sync.Mutex
	interviews map[string]*compiled
	modules    map[string]*module

	importing sync.Mutex // held while an author module and all it imports are run
}

type compiled struct {
	iv      *interview.Interview
	checked time.Time
}

type module struct {
	m     *python.Module
	file  packages.Name
	stamp packages.Stamp
}

// NewPrograms returns Programs over the packages. A file that changed is
// compiled again at the first use after recheck has passed.
func NewPrograms(pkgs *packages.Library, recheck time.Duration, now func() time.Time) (*Programs, error) {
	p := &Programs{packages: pkgs, recheck: recheck, now: now, interviews: map[string]*compiled{},
		modules: map[string]*module{}}
	p.stdlib = stdlib.New()
	th := python.NewThread(context.Background(), python.Options{Loader: p.stdlib})
	defer th.Close()
	lib, err := words.New(th, p.stdlib)
	if err != nil {
		return nil, fmt.Errorf("load the library: %w", err)
	}
	p.library = lib
	return p, nil
}

// Names is what the names of an interview are looked up in after its answers:
// those of the library, unless it does without them.
func (p *Programs) Names(iv *interview.Interview) *python.Namespace {
	if isTrue(iv, "suppress loading util") {
		return p.library.Bare()
	}
	return p.library.Namespace()
}

// Packages is where files are found.
func (p *Programs) Packages() *packages.Library { return p.packages }

// Resolve completes the name of an interview.
func (p *Programs) Resolve(name string) (string, error) {
	n, err := packages.Parse(name, "", packages.Questions)
	if err != nil {
		return "", fault.New(fault.NotFound, "There is no such interview here.", err)
	}
	return n.String(), nil
}

// Interview returns a compiled interview, compiled anew if its files changed.
func (p *Programs) Interview(ctx context.Context, name string) (*interview.Interview, error) {
	name, err := p.Resolve(name)
	if err != nil {
		return nil, err
	}
	if iv := p.current(name); iv != nil {
		return iv, nil
	}
	p.compiling.Lock() // one at a time: the others find it done
	defer p.compiling.Unlock()
	if iv := p.current(name); iv != nil {
		return iv, nil
	}
	iv, err := interview.Load(ctx, p.packages, name, interview.WithJinja(p.jinja))
	if err != nil {
		return nil, loadFault(name, err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.interviews[name] = &compiled{iv: iv, checked: p.now()}
	return iv, nil
}

// Recheck has the files of an interview looked at again at its next use.
func (p *Programs) Recheck(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if c := p.interviews[name]; c != nil {
		c.checked = time.Time{}
	}
}

// current returns the compiled interview if its files are as they were.
func (p *Programs) current(name string) *interview.Interview {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.interviews[name]
	if c == nil {
		return nil
	}
	now := p.now()
	if now.Sub(c.checked) >= p.recheck {
		if p.packages.Changed(c.iv.Stamps) {
			return nil
		}
		c.checked = now
	}
	return c.iv
}

func loadFault(name string, err error) error {
	var le *interview.LoadError
	if errors.As(err, &le) && len(le.Problems) > 0 {
		at := le.Problems[0].Pos
		return fault.Author(fault.Position{File: at.File, Line: at.Line, Col: at.Col}, err)
	}
	if fault.KindOf(err) == fault.NotFound {
		return fault.New(fault.NotFound, "There is no such interview here.", err)
	}
	return fmt.Errorf("load %s: %w", name, err)
}

// Load implements python.Loader: the library and the standard modules first,
// then author modules.
func (p *Programs) Load(th *python.Thread, name, fromPackage string) (*python.Module, error) {
	name, m, err := p.known(th, name, fromPackage)
	if m != nil || err != nil {
		return m, err
	}
	if m := p.cached(name); m != nil {
		return m, nil
	}
	p.importing.Lock()
	defer p.importing.Unlock()
	im := &importer{p: p, made: map[string]*module{}}
	m, err = im.load(th, name)
	if err != nil {
		return nil, err
	}
	im.settle(th)
	return m, nil
}

// known finds the modules that are not an author's. It returns the absolute name.
func (p *Programs) known(th *python.Thread, name, fromPackage string) (string, *python.Module, error) {
	if strings.HasPrefix(name, ".") {
		abs, err := packages.Absolute(name, fromPackage)
		if err != nil {
			return "", nil, python.Errorf(python.ImportError, "%v", err)
		}
		name = abs
	}
	if m, ok := p.library.Module(name); ok {
		return name, m, nil
	}
	m, err := p.stdlib.Load(th, name, fromPackage)
	if err != nil && !python.IsException(err, python.ModuleNotFoundError) {
		return name, nil, err
	}
	return name, m, nil
}

// cached returns an author module that was run already and has not changed.
func (p *Programs) cached(name string) *python.Module {
	p.mu.Lock()
	defer p.mu.Unlock()
	m := p.modules[name]
	if m == nil || m.file != (packages.Name{}) && p.packages.Changed(map[packages.Name]packages.Stamp{m.file: m.stamp}) {
		return nil
	}
	return m.m
}

// importer runs an author module and all that it imports; nothing of it is
// shared before the outermost is done. It is the loader of the modules' own
// threads.
type importer struct {
	p    *Programs
	made map[string]*module
}

// Load implements python.Loader for modules being run.
func (im *importer) Load(th *python.Thread, name, fromPackage string) (*python.Module, error) {
	name, m, err := im.p.known(th, name, fromPackage)
	if m != nil || err != nil {
		return m, err
	}
	return im.load(th, name)
}

func (im *importer) load(th *python.Thread, name string) (*python.Module, error) {
	if m := im.made[name]; m != nil {
		return m.m, nil // a circular import sees the module as far as it is
	}
	if m := im.p.cached(name); m != nil {
		return m, nil
	}
	found, err := im.p.packages.Module(name)
	if err != nil {
		if !im.p.isPrefix(name) {
			return nil, python.NoModule(name)
		}
		found = packages.Module{Name: name, Package: true}
	}
	m := &module{m: python.NewModule(name), file: found.File}
	m.m.Package = found.Package
	im.made[name] = m
	if m.stamp, err = im.run(th, m.m, found); err != nil {
		delete(im.made, name)
		return nil, err
	}
	return m.m, nil
}

// settle freezes what was made and shares it.
func (im *importer) settle(th *python.Thread) {
	im.p.mu.Lock()
	defer im.p.mu.Unlock()
	for name, m := range im.made {
		m.m.Freeze(th)
		im.p.modules[name] = m
	}
}

// run compiles and runs the file of a module on a thread of its own, so that
// what it makes belongs to no session.
func (im *importer) run(th *python.Thread, m *python.Module, found packages.Module) (packages.Stamp, error) {
	if found.File == (packages.Name{}) {
		return packages.Stamp{}, nil
	}
	src, stamp, err := im.p.packages.ReadFile(found.File)
	if err != nil {
		return stamp, python.NoModule(m.Name)
	}
	file, err := syntax.ParseFile(found.File.String(), string(src), syntax.Pos{Line: 1, Col: 1})
	if err != nil {
		return stamp, syntaxFault(found.File, err)
	}
	code, err := python.Compile(file, python.CompileOptions{})
	if err != nil {
		return stamp, syntaxFault(found.File, err)
	}
	own := python.NewThread(th.Context(), python.Options{Loader: im, Local: th.Local()})
	defer own.Close()
	return stamp, m.Run(own, code)
}

func syntaxFault(n packages.Name, err error) error {
	var se *syntax.Error
	if errors.As(err, &se) {
		return fault.Author(fault.Position{File: n.String(), Line: se.Line, Col: se.Col}, err)
	}
	return err
}

// isPrefix reports whether name is a package that only holds others, such as
// "docassemble".
func (p *Programs) isPrefix(name string) bool {
	for _, pkg := range p.packages.Packages() {
		if strings.HasPrefix(pkg, name+".") || pkg == name {
			return true
		}
	}
	return name == "docassemble" || name == "docassemble.base"
}

// Class implements session.Resolver.
func (p *Programs) Class(qualified string) *python.Class {
	if c := p.library.Class(qualified); c != nil {
		return c
	}
	if c := p.stdlib.Class(qualified); c != nil {
		return c
	}
	for i := len(qualified) - 1; i > 0; i-- {
		if qualified[i] != '.' {
			continue
		}
		mod, name := qualified[:i], qualified[i+1:]
		th := python.NewThread(context.Background(), python.Options{Loader: p})
		m, err := th.Import(mod)
		th.Close()
		if err == nil {
			v, _ := m.Globals.Get(name)
			c, _ := v.(*python.Class)
			return c
		}
	}
	return nil
}

// Restore implements session.Resolver.
func (p *Programs) Restore(qualified string, data python.Value) (python.Value, error) {
	return p.stdlib.Restore(qualified, data)
}

// Icon gives a drawing for :name: from the server's own set of icons.
func (p *Programs) Icon(name string) (markup.Icon, bool) {
	if name == "" || path.Base(name) != name || !iconName(name) {
		return markup.Icon{}, false
	}
	return markup.Icon{HTML: `<i class="` + iconClass(name) + `"></i>`}, true
}

func iconName(name string) bool {
	for _, r := range name {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return true
}

// iconClass writes the name of an icon as the classes of the icon font:
// fab-fa-x names the style, x alone is solid.
func iconClass(name string) string {
	styles := map[string]string{"fas": "fa-solid", "far": "fa-regular", "fab": "fa-brands"}
	if style, rest, ok := strings.Cut(name, "-fa-"); ok && styles[style] != "" {
		return styles[style] + " fa-" + rest
	}
	return "fa-solid fa-" + name
}
