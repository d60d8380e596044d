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
		members = append(members, field(f, func(v python.Value) python.Value {
			return python.Unwrap(v).(*python.Tuple).Elems[i]
		}))
	}
	if name == "struct_time" {
		members = append(members, hidden("tm_zone"), hidden("tm_gmtoff"))
	}
	var cls *python.Class
	cls = python.NewClass(python.ClassSpec{Name: name, Dotted: true, Module: module, Bases: []*python.Class{python.TupleClass}, Members: members,
		New: func(th *python.Thread, _ *python.Class, a *python.Args) (python.Value, error) {
			if err := a.Exactly(name, 1); err != nil {
				return nil, err
			}
			if !th.Iterable(a.Pos[0]) {
				return nil, python.Errorf(python.TypeError, "constructor requires a sequence")
			}
			elems, err := th.Elems(a.Pos[0])
			if err != nil {
				return nil, err
			}
			if err := recordLength(module+"."+name, len(fields), len(elems)); err != nil {
				return nil, err
			}
			return record(cls, elems[:len(fields)]...), nil
		}})
	return cls
}

// recordLength reports a sequence that is too short or too long. A struct_time
// may come with two fields that are not elements.
func recordLength(name string, want, given int) error {
	most := want
	if name == "time.struct_time" {
		most += 2
	}
	verb := ""
	switch {
	case given >= want && given <= most:
		return nil
	case want == most:
		return python.Errorf(python.TypeError, "%s() takes a %d-sequence (%d-sequence given)", name, want, given)
	case given < want:
		verb, most = "least", want
	default:
		verb = "most"
	}
	return python.Errorf(python.TypeError, "%s() takes an at %s %d-sequence (%d-sequence given)", name, verb, most, given)
}

// record returns a tuple of a class made by newRecord.
func record(cls *python.Class, elems ...python.Value) python.Value {
	i := python.NewInstance(cls)
	i.Native = python.NewTuple(slices.Clone(elems)...)
	return i
}

// hidden is a field of a record that is no element of it; None if it is not
// known.
func hidden(name string) python.Member {
	return field(name, func(v python.Value) python.Value {
		if i, ok := v.(*python.Instance); ok {
			if x, ok := i.Attrs.Get(name); ok {
				return x
			}
		}
		return python.None
	})
}
