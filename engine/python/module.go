package python

import (
	"strings"
	"sync"
)

// A Module is what import gives.
type Module struct {
	Name    string // dotted
	Package bool   // relative imports in it start from itself
	Globals *Namespace
	Doc     string

	running bool     // its body is being run
	subs    sync.Map // modules in it that were imported after it was frozen, by name
}

// Class returns ModuleClass.
func (*Module) Class() *Class { return ModuleClass }

// NewModule returns an empty module with its __name__ set.
func NewModule(name string) *Module {
	m := &Module{Name: name, Globals: NewNamespace(nil)}
	m.Globals.Set("__name__", NewStr(name))
	return m
}

// Run runs the module's body once, on a thread, into its globals.
func (m *Module) Run(th *Thread, code *Code) error {
	pkg := m.Name
	if !m.Package {
		pkg = parentPackage(m.Name)
	}
	m.Globals.Set("__package__", NewStr(pkg))
	m.Globals.Set("__file__", NewStr(code.file))
	m.Globals.Set("__doc__", None)
	if code.doc != "" {
		m.Globals.Set("__doc__", NewStr(code.doc))
	}
	m.running = true
	_, err := code.Run(th, m.Globals)
	m.running = false
	return err
}

func parentPackage(name string) string {
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		return name[:i]
	}
	return ""
}

// A Loader finds modules. Load is given the dotted name; for a relative import
// it begins with dots, and fromPackage is the package it is relative to. A
// module that does not exist is a ModuleNotFoundError ([NoModule]). "import
// a.b" loads "a", then "a.b". The loader gives the same module for the same
// name, may return one whose body is still running (a circular import), and
// freezes modules when the outermost import is over.
type Loader interface {
	Load(th *Thread, name, fromPackage string) (*Module, error)
}

// AbsoluteName completes the name of a relative import in a package, for a
// [Loader]: "..b" in "a.c" is "a.b". A name with more dots than the package has
// parts is an ImportError.
func AbsoluteName(name, fromPackage string) (string, error) {
	rest := strings.TrimLeft(name, ".")
	up := len(name) - len(rest)
	if up == 0 {
		return name, nil
	}
	parts := strings.Split(fromPackage, ".")
	if up > len(parts) {
		return "", Errorf(ImportError, "attempted relative import beyond top-level package")
	}
	base := strings.Join(parts[:len(parts)-up+1], ".")
	if rest == "" {
		return base, nil
	}
	return base + "." + rest, nil
}

// sub returns a module of the package that was imported after it was frozen.
func (m *Module) sub(name string) (Value, bool) {
	v, ok := m.subs.Load(name)
	if !ok {
		return nil, false
	}
	return v.(*Module), true
}

// NoModule returns the error for a module that does not exist.
func NoModule(name string) error { return noModule(name, "No module named '"+name+"'") }

// LackingModule returns the error for a standard module that the dialect leaves
// out, and why it does.
func LackingModule(name, why string) error {
	return noModule(name, "No module named '"+name+"': it is not part of the dialect ("+why+")")
}

func noModule(name, msg string) error {
	exc := NewException(ModuleNotFoundError, NewStr(msg))
	exc.Attrs.Set("name", NewStr(name))
	exc.Attrs.Set("msg", NewStr(msg))
	return Raise(exc)
}

// Import loads a module by its absolute name.
func (th *Thread) Import(name string) (*Module, error) {
	return th.load(name, "")
}

func (th *Thread) load(name, pkg string) (*Module, error) {
	if name == "builtins" {
		return builtinsModule, nil
	}
	if th.opts.Loader == nil {
		return nil, NoModule(name)
	}
	if err := th.enter(); err != nil {
		return nil, err
	}
	defer th.leave()
	return th.opts.Loader.Load(th, name, pkg)
}

// importModule is import a.b.c: every part is loaded and put into the one
// before; the first and the last are returned.
func (th *Thread) importModule(name string) (first, last *Module, err error) {
	parts := strings.Split(name, ".")
	for i := range parts {
		path := strings.Join(parts[:i+1], ".")
		m, err := th.load(path, "")
		if _, none := isRaised(err, ModuleNotFoundError); none && last != nil && !last.Package {
			exc := NewException(ModuleNotFoundError, NewStr("No module named '"+path+"'; '"+last.Name+"' is not a package"))
			exc.Attrs.Set("name", NewStr(path))
			return nil, nil, Raise(exc)
		}
		if err != nil {
			return nil, nil, err
		}
		if i == 0 {
			first = m
		} else {
			th.addSubmodule(last, parts[i], m)
		}
		last = m
	}
	return first, last, nil
}

// addSubmodule makes sub readable as an attribute of its package: for all
// threads, unless the package has something else of that name.
func (th *Thread) addSubmodule(pkg *Module, name string, sub *Module) {
	if v, ok := th.moduleGet(pkg.Globals, name); !ok || v != Value(sub) {
		if _, own := pkg.Globals.Get(name); pkg.Globals.frozen && !own {
			pkg.subs.Store(name, sub)
			return
		}
		th.setGlobal(pkg.Globals, name, sub)
	}
}

// importFrom is the value of name in "from m import name": an attribute, else
// a submodule.
func (th *Thread) importFrom(m *Module, name string) (Value, error) {
	if v, ok := th.moduleGet(m.Globals, name); ok {
		return v, nil
	}
	if get, ok := m.Globals.Get("__getattr__"); ok {
		v, err := th.Call(get, []Value{NewStr(name)}, nil)
		if _, none := isRaised(err, AttributeError); !none {
			return v, err
		}
	}
	sub, err := th.load(m.Name+"."+name, "")
	if err == nil {
		th.addSubmodule(m, name, sub)
		return sub, nil
	}
	if r, none := isRaised(err, ModuleNotFoundError); !none || r.exc.attrText("name") != m.Name+"."+name {
		return nil, err
	}
	which := "'" + m.Name + "'"
	if m.running {
		which = "partially initialized module " + which + " (most likely due to a circular import)"
	}
	msg := NewStr("cannot import name '" + name + "' from " + which + " (" + th.location(m) + ")")
	exc := NewException(ImportError, msg)
	exc.Attrs.Set("msg", msg)
	exc.Attrs.Set("name", NewStr(m.Name))
	exc.Attrs.Set("name_from", NewStr(name))
	if file, ok := th.moduleGet(m.Globals, "__file__"); ok {
		exc.Attrs.Set("path", file)
	}
	return nil, Raise(exc)
}

// location says where a module comes from, for messages.
func (th *Thread) location(m *Module) string {
	if v, ok := th.moduleGet(m.Globals, "__file__"); ok {
		if file, ok := StringOf(v); ok {
			return file
		}
	}
	return "unknown location"
}

// ImportAll binds in ns what "from m import *" gives: the names in __all__,
// else those without a leading underscore.
func (th *Thread) ImportAll(m *Module, ns *Namespace) error {
	names, err := th.publicNames(m)
	if err != nil {
		return err
	}
	for _, name := range names {
		v, err := th.importFrom(m, name)
		if err != nil {
			if _, none := isRaised(err, ImportError); none {
				return Errorf(AttributeError, "module '%s' has no attribute '%s'", m.Name, name)
			}
			return err
		}
		th.setGlobal(ns, name, v)
	}
	return nil
}

func (th *Thread) publicNames(m *Module) ([]string, error) {
	var names []string
	if all, ok := th.moduleGet(m.Globals, "__all__"); ok {
		err := th.Each(all, func(v Value) error {
			s, ok := StringOf(v)
			if !ok {
				return Errorf(TypeError, "Item in %s.__all__ must be str, not %s", m.Name, v.Class().name)
			}
			names = append(names, s)
			return nil
		})
		return names, err
	}
	for _, name := range m.Globals.Names() {
		if !strings.HasPrefix(name, "_") {
			names = append(names, name)
		}
	}
	return names, nil
}
