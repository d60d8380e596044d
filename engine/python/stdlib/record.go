package stdlib

import (
	"slices"
	"strings"

	"colloquy/engine/python"
)

// newRecord returns a class of tuples whose elements have names too, such as
// time.struct_time. Elements after the named ones have no name.
func newRecord(module, name string, fields ...string) *python.Class {
	members := []python.Member{unary("__repr__", func(th *python.Thread, v python.Value) (python.Value, error) {
		t := python.Unwrap(v).(*python.Tuple)
		parts := make([]string, len(fields))
		for i, f := range fields {
			r, err := th.Repr(t.Elems[i])
			if err != nil {
				return nil, err
			}
			parts[i] = f + "=" + r.String()
		}
		return str(module + "." + name + "(" + strings.Join(parts, ", ") + ")"), nil
	})}
	for i, f := range fields {
		members = append(members, getter(f, func(v python.Value) python.Value {
			return python.Unwrap(v).(*python.Tuple).Elems[i]
		}))
	}
	var cls *python.Class
	cls = python.NewClass(python.ClassSpec{Name: name, Dotted: true, Module: module, Bases: []*python.Class{python.TupleClass}, Members: members,
		New: func(th *python.Thread, _ *python.Class, a *python.Args) (python.Value, error) {
			if err := a.Exactly(name, 1); err != nil {
				return nil, err
			}
			elems, err := th.Elems(a.Pos[0])
			if err != nil {
				return nil, err
			}
			if len(elems) < len(fields) {
				return nil, python.Errorf(python.TypeError, "%s.%s() takes an at least %d-sequence (%d-sequence given)", module, name, len(fields), len(elems))
			}
			return record(cls, elems[:len(fields)]...), nil
		}})
	return cls
}

// record returns a tuple of a class made by newRecord.
func record(cls *python.Class, elems ...python.Value) python.Value {
	i := python.NewInstance(cls)
	i.Native = python.NewTuple(slices.Clone(elems)...)
	return i
}
