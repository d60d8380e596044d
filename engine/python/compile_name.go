package python

import (
	"sync/atomic"

	"colloquy/engine/python/syntax"
)

// variable is what a name means in a scope.
type variable struct {
	kind  variableKind
	name  string
	index int // slot or cell
}

type variableKind uint8

const (
	globalVariable variableKind = iota
	slotVariable
	cellVariable
	classVariable
)

// variable finds out what name means in the compiler's scope.
func (c *compiler) variable(name string) variable {
	s := c.scope
	name = mangle(s.class, name)
	if s.kind == classScope {
		if sym := s.names[name]; sym != nil && sym.bound && !sym.global && !sym.nonlocal {
			return variable{classVariable, name, -1}
		}
	}
	owner, sym := s.owner(name, false)
	switch {
	case owner == nil:
		return variable{globalVariable, name, -1}
	case owner.home != s.home:
		l := s.home.frame
		for i, n := range l.free {
			if n == name {
				return variable{cellVariable, name, len(l.own) + i}
			}
		}
		panic("python: free variable " + name + " has no cell")
	case sym.captured:
		return variable{cellVariable, name, sym.cell}
	}
	return variable{slotVariable, name, sym.slot}
}

// load compiles the reading of a name.
func (c *compiler) load(name string, n syntax.Node) expr {
	v, p := c.variable(name), placeOf(n)
	if c.scope.generic && c.scope.parent.kind == classScope && c.scope.names[v.name] == nil {
		v.kind = classVariable
	}
	if sym := c.scope.names[v.name]; v.kind == globalVariable && c.scope.kind == classScope && (sym == nil || !sym.global) {
		v.kind = classVariable // bound by the class statement itself, or by a metaclass
	}
	switch v.kind {
	case slotVariable:
		i := v.index
		return func(fr *frame) (Value, error) {
			if x := fr.vars[i]; x != nil {
				return x, nil
			}
			return nil, fr.unbound(v.name, p)
		}
	case cellVariable:
		return c.loadCell(v, p)
	case classVariable:
		global := c.loadGlobal(v.name, p)
		return func(fr *frame) (Value, error) {
			if x, ok := fr.names.Get(v.name); ok {
				return x, nil
			}
			return global(fr)
		}
	}
	return c.loadGlobal(v.name, p)
}

func (c *compiler) loadCell(v variable, p place) expr {
	free := v.index >= len(c.scope.home.frame.own)
	class := c.scope.kind == classScope
	return func(fr *frame) (Value, error) {
		if class {
			if x, ok := fr.names.Get(v.name); ok {
				return x, nil
			}
		}
		cell := fr.cells[v.index]
		x := cell.v
		if cell.frozen {
			var err error
			if x, err = fr.th.loadCell(cell); err != nil {
				return nil, err
			}
		}
		if x != nil {
			return x, nil
		}
		if free {
			err := nameError(v.name, fr.code.interview, "cannot access free variable '"+v.name+"' where it is not associated with a value in enclosing scope")
			return nil, fr.unnamed(err, p)
		}
		return nil, fr.unbound(v.name, p)
	}
}

// unbound is the error for a local variable without a value.
func (fr *frame) unbound(name string, p place) error {
	exc := NewException(UnboundLocalError, NewStr("cannot access local variable '"+name+"' where it is not associated with a value"))
	if fr.code.interview {
		exc.Exception().Missing = name
	}
	return fr.fail(Raise(exc), p)
}

// nameError is the error for a name found nowhere.
func nameError(name string, interview bool, msg string) error {
	exc := NewException(NameError, NewStr(msg))
	exc.Attrs.Set("name", NewStr(name))
	if interview {
		exc.Exception().Missing = name
	}
	return Raise(exc)
}

func undefined(name string, interview bool) error {
	return nameError(name, interview, "name '"+name+"' is not defined")
}

func (c *compiler) loadGlobal(name string, p place) expr {
	hint := new(uint32)
	builtin := builtins[name]
	return func(fr *frame) (Value, error) {
		if g := fr.globals; !g.frozen {
			if v := g.getHint(name, hint); v != nil {
				return v, nil
			}
		}
		v, err := fr.th.loadGlobal(fr.globals, name, hint)
		if err != nil {
			return nil, fr.fail(err, p)
		}
		if v != nil {
			return v, nil
		}
		if builtin != nil {
			return builtin, nil
		}
		return nil, fr.undefined(name, p)
	}
}

// loadGlobal finds a name in a namespace or its parents, as the thread sees
// them; nil: nowhere.
func (th *Thread) loadGlobal(n *Namespace, name string, hint *uint32) (Value, error) {
	for ; n != nil; n = n.parent {
		if !n.frozen {
			if v, ok := n.Get(name); ok {
				return v, nil
			}
			continue
		}
		if len(th.shared.names) > 0 {
			if o := th.shared.names[n]; o != nil {
				if v, ok := o.Get(name); ok || o.whole {
					if !ok || v == removed {
						continue
					}
					return v, nil
				}
			}
		}
		h := int(atomic.LoadUint32(hint))
		if h >= len(n.entries) || n.entries[h].name != name || n.entries[h].val == nil {
			if h = n.find(name); h < 0 {
				continue
			}
			atomic.StoreUint32(hint, uint32(h))
		}
		if n.entries[h].thaw {
			return th.thaw(n.entries[h].val)
		}
		return n.entries[h].val, nil
	}
	return nil, nil
}

// store compiles the binding of a name.
func (c *compiler) store(name string) target {
	v := c.variable(name)
	switch v.kind {
	case slotVariable:
		i := v.index
		return func(fr *frame, x Value) error {
			fr.vars[i] = x
			return nil
		}
	case cellVariable:
		i := v.index
		return func(fr *frame, x Value) error {
			fr.th.storeCell(fr.cells[i], x)
			return nil
		}
	case classVariable:
		return func(fr *frame, x Value) error {
			return fr.bindName(v.name, x)
		}
	}
	name, hint := v.name, new(uint32)
	return func(fr *frame, x Value) error {
		if fr.globals.frozen {
			fr.th.own(fr.globals).Set(name, x)
		} else {
			fr.globals.setHint(name, x, hint)
		}
		return nil
	}
}

// unbind compiles del of a name.
func (c *compiler) unbind(name string, n syntax.Node) expr {
	v, p := c.variable(name), placeOf(n)
	switch v.kind {
	case slotVariable:
		return func(fr *frame) (Value, error) {
			if fr.vars[v.index] == nil {
				return nil, fr.unbound(v.name, p)
			}
			fr.vars[v.index] = nil
			return nil, nil
		}
	case cellVariable:
		return func(fr *frame) (Value, error) {
			cell := fr.cells[v.index]
			if x, err := fr.th.loadCell(cell); x == nil || err != nil {
				if err == nil {
					err = fr.unbound(v.name, p)
				}
				return nil, err
			}
			if cell.frozen {
				fr.th.storeCell(cell, nil)
			} else {
				cell.v = nil
			}
			return nil, nil
		}
	}
	return func(fr *frame) (Value, error) {
		if v.kind == classVariable {
			if fr.mapping != nil {
				if err := fr.th.DelItem(fr.mapping, NewStr(v.name)); err != nil {
					return nil, fr.fail(err, p)
				}
			}
			if fr.names.Delete(v.name) {
				return nil, nil
			}
		} else if fr.th.delGlobal(fr.globals, v.name) {
			return nil, nil
		}
		return nil, fr.undefined(v.name, p)
	}
}
