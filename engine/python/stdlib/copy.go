package stdlib

import (
	"slices"

	"colloquy/engine/python"
)

func fillCopy(_ *builder, ns *python.Namespace) error {
	failure := python.NewClass(python.ClassSpec{Name: "Error", Module: "copy", Bases: []*python.Class{python.ExceptionClass}})
	ns.Set("Error", failure)
	ns.Set("error", failure)
	functions(ns, map[string]python.BuiltinFunc{
		"_shallow": func(th *python.Thread, a *python.Args) (python.Value, error) {
			if err := a.Exactly("_shallow", 1); err != nil {
				return nil, err
			}
			return shallowCopy(th, a.Pos[0])
		},
		"_deep": func(th *python.Thread, a *python.Args) (python.Value, error) {
			if err := a.Exactly("_deep", 2); err != nil {
				return nil, err
			}
			if memo, ok := python.Unwrap(a.Pos[1]).(*python.Dict); ok {
				return python.DeepCopyMemo(th, a.Pos[0], memo)
			}
			return python.DeepCopy(th, a.Pos[0], nil)
		},
	})
	return nil
}

func shallowCopy(th *python.Thread, v python.Value) (python.Value, error) {
	switch v := v.(type) {
	case *python.Instance:
		return copyInstance(th, v)
	case *python.Class:
		return v, nil
	case python.Copier:
		return v.CopyFor(th, func(v python.Value) (python.Value, error) { return v, nil })
	}
	return copyNative(th, v)
}

// copyNative copies a container; anything else is returned as it is.
func copyNative(th *python.Thread, v python.Value) (python.Value, error) {
	switch v := v.(type) {
	case *python.List:
		return python.NewList(slices.Clone(v.Elems)...), nil
	case *python.Dict:
		return v.Clone(), nil
	case *python.Set:
		if v.Frozen {
			return v, nil
		}
		to := python.NewSet()
		for _, e := range v.Elems() {
			if err := to.Add(th, e); err != nil {
				return nil, err
			}
		}
		return to, nil
	}
	return v, nil
}

func copyInstance(th *python.Thread, i *python.Instance) (python.Value, error) {
	if m, ok := i.Cls.Lookup("__copy__"); ok {
		return th.Call(m, []python.Value{i}, nil)
	}
	if to, done, err := python.ShallowCopy(th, i); done || err != nil {
		return to, err
	}
	to := python.NewInstance(i.Cls)
	switch n := i.Native.(type) {
	case python.NativeCopier:
		x, err := n.CopyNative(th, func(v python.Value) (python.Value, error) { return v, nil })
		if err != nil {
			return nil, err
		}
		to.Native = x
	case *python.Exception:
		e := *n
		to.Native = &e
	case python.Value:
		x, err := copyNative(th, n)
		if err != nil {
			return nil, err
		}
		to.Native = x
	default:
		to.Native = n
	}
	for name, v := range i.Stored() {
		to.Restore(name, v)
	}
	return to, nil
}
