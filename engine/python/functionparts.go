package python

import (
	"slices"
	"sort"
)

// functionDefaults is __defaults__.
func (th *Thread) functionDefaults(v Value) (Value, error) {
	if d := v.(*Function).defaults; len(d) > 0 {
		return th.thaw(NewTuple(slices.Clone(d)...))
	}
	return None, nil
}

// functionKeywordDefaults is __kwdefaults__.
func (th *Thread) functionKeywordDefaults(v Value) (Value, error) {
	f := v.(*Function)
	out := NewDict()
	for i, d := range f.kwDefaults {
		if d == nil {
			continue
		}
		d, err := th.thaw(d)
		if err != nil {
			return nil, err
		}
		out.SetStr(f.code.params[f.code.positional+i], d)
	}
	if out.Len() == 0 {
		return None, nil
	}
	return out, nil
}

// setDefaults assigns to __defaults__ or __kwdefaults__.
func (f *Function) setDefaults(name string, v Value) error {
	if name == "__defaults__" {
		t, ok := asTuple(v)
		switch {
		case ok:
			f.defaults = t.Elems
		case v == Value(None):
			f.defaults = nil
		default:
			return Errorf(TypeError, "__defaults__ must be set to a tuple object")
		}
		return nil
	}
	d, ok := asDict(v)
	if !ok && v != Value(None) {
		return Errorf(TypeError, "__kwdefaults__ must be set to a dict object")
	}
	f.kwDefaults = make([]Value, len(f.code.params)-f.code.positional)
	if ok {
		for i, p := range f.code.params[f.code.positional:] {
			f.kwDefaults[i], _ = d.GetStr(p)
		}
	}
	return nil
}

// functionClosure is __closure__: the cells of the variables of functions
// further out, by name.
func functionClosure(_ *Thread, v Value) (Value, error) {
	f := v.(*Function)
	if len(f.cells) == 0 {
		return None, nil
	}
	names := freeNames(f.code)
	order := make([]int, len(names))
	for i := range order {
		order[i] = i
	}
	sort.Slice(order, func(i, j int) bool { return names[order[i]] < names[order[j]] })
	cells := make([]Value, len(order))
	for i, k := range order {
		cells[i] = f.cells[k]
	}
	return NewTuple(cells...), nil
}

func freeNames(c *function) []string { return c.cellNames[c.cells:] }

// Class returns CellClass.
func (*Cell) Class() *Class { return CellClass }

func cellMembers() []Member {
	return []Member{Getter("cell_contents", func(th *Thread, v Value) (Value, error) {
		x, err := th.loadCell(v.(*Cell))
		if err == nil && x == nil {
			err = Errorf(ValueError, "Cell is empty")
		}
		return x, err
	}, nil)}
}

// codeObject is __code__: what can be told about a function.
type codeObject struct{ *function }

var codeClass = bare("code", ObjectClass)

// Class returns the class code.
func (codeObject) Class() *Class { return codeClass }

func codeMembers() []Member {
	part := func(name string, get func(c *function) Value) Member {
		return Getter(name, func(_ *Thread, v Value) (Value, error) { return get(v.(codeObject).function), nil }, nil)
	}
	names := func(list []string) Value {
		t := NewTuple()
		for _, n := range list {
			t.Elems = append(t.Elems, NewStr(n))
		}
		return t
	}
	return []Member{
		part("co_name", func(c *function) Value { return NewStr(c.name) }),
		part("co_qualname", func(c *function) Value { return NewStr(c.qualname) }),
		part("co_filename", func(c *function) Value { return NewStr(c.file) }),
		part("co_firstlineno", func(c *function) Value { return Int(c.line) }),
		part("co_argcount", func(c *function) Value { return Int(c.positional) }),
		part("co_posonlyargcount", func(c *function) Value { return Int(c.posOnly) }),
		part("co_kwonlyargcount", func(c *function) Value { return Int(len(c.params) - c.positional) }),
		part("co_nlocals", func(c *function) Value { return Int(len(c.varNames)) }),
		part("co_varnames", func(c *function) Value { return names(c.varNames) }),
		part("co_freevars", func(c *function) Value { return names(slices.Sorted(slices.Values(freeNames(c)))) }),
		part("co_cellvars", func(c *function) Value { return names(c.cellNames[:c.cells]) }),
	}
}

// checkFunctionPart refuses what a part of a function cannot be set to. Code
// stays with the function it was written for.
func (th *Thread) checkFunctionPart(f *Function, name string, v Value) error {
	switch name {
	case "__globals__", "__closure__", "__builtins__":
		return Errorf(AttributeError, "readonly attribute")
	case "__class__":
		return setClass(th, f, v)
	case "__code__":
		if _, ok := v.(codeObject); !ok {
			return Errorf(TypeError, "__code__ must be set to a code object")
		}
		return Errorf(AttributeError, "attribute '__code__' of 'function' objects is not writable")
	case "__dict__":
		if _, ok := asDict(v); !ok {
			return Errorf(TypeError, "__dict__ must be set to a dictionary, not a '%s'", v.Class().name)
		}
		return Errorf(AttributeError, "attribute '__dict__' of 'function' objects is not writable")
	case "__annotations__":
		if _, ok := asDict(v); !ok && v != Value(None) {
			return Errorf(TypeError, "__annotations__ must be set to a dict object")
		}
	case "__type_params__":
		if _, ok := asTuple(v); !ok {
			return Errorf(TypeError, "__type_params__ must be set to a tuple")
		}
	}
	return nil
}
