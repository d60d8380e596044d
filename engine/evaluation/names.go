package evaluation

import (
	"fmt"
	"slices"

	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// Contexts are the names whose values an action or an answer belongs to: what
// a generic object and the iterators stand for.
var Contexts = []string{"x", "i", "j", "k", "l", "m", "n"}

// Missing returns the error for a name that is not defined, as interview code
// that reads it would raise.
func Missing(name string) error {
	exc := python.NewException(python.NameError, python.NewStr("name '"+name+"' is not defined"))
	exc.Exception().Missing = name
	return python.Raise(exc)
}

// Read returns the value of a variable by name, seeking what is missing.
func Read(th *python.Thread, name string) (python.Value, error) {
	p, ok := Of(th).Paths().Parse(name)
	if !ok {
		return nil, fmt.Errorf("%q is not the name of a variable", name)
	}
	return p.Read(th, Of(th).Answers())
}

// Find returns the value of a variable if it is defined. It never seeks and
// creates nothing; any failure means that it is not defined.
func Find(th *python.Thread, name string) (python.Value, bool) {
	return FindIn(th, Of(th).Answers(), name)
}

// FindIn is Find in other answers than the present ones.
func FindIn(th *python.Thread, ns *python.Namespace, name string) (python.Value, bool) {
	p, ok := Of(th).Paths().Parse(name)
	if !ok {
		return nil, false
	}
	place := Of(th).Place()
	place.Probing++
	defer func() { place.Probing-- }()
	v, err := p.Read(th, ns)
	return v, err == nil
}

// Write assigns to a variable by name.
func Write(th *python.Thread, name string, v python.Value) error {
	p, ok := Of(th).Paths().Parse(name)
	if !ok {
		return fmt.Errorf("%q is not the name of a variable", name)
	}
	return p.Write(th, Of(th).Answers(), v)
}

// Delete removes a variable if it is defined and reports whether it was. What
// the library has under that name, such as id, is no variable.
func Delete(th *python.Thread, name string) (bool, error) {
	answers := Of(th).Answers()
	if p, ok := Of(th).Paths().Parse(name); ok && p.Plain() {
		return answers.Delete(name), nil
	}
	if _, ok := Find(th, name); !ok {
		return false, nil
	}
	p, _ := Of(th).Paths().Parse(name)
	return true, p.Delete(th, answers)
}

// Invalidate removes a variable and remembers its value as the default for
// when it is asked again.
func Invalidate(th *python.Thread, name string) error {
	v, ok := Find(th, name)
	if !ok {
		return nil
	}
	Of(th).Book().Dirty[name] = v
	_, err := Delete(th, name)
	return err
}

// SaveContext returns the present values of the context names.
func SaveContext(ns *python.Namespace) map[string]python.Value {
	m := map[string]python.Value{}
	for _, name := range Contexts {
		if v, ok := ns.Get(name); ok {
			m[name] = v
		}
	}
	return m
}

// RestoreContext puts saved values back.
func RestoreContext(ns *python.Namespace, m map[string]python.Value) {
	for _, name := range Contexts {
		if v, ok := m[name]; ok {
			ns.Set(name, v)
		}
	}
}

// IsContext reports whether name is one of the context names.
func IsContext(name string) bool { return slices.Contains(Contexts, name) }

// ReadIndex evaluates an index given as text, such as 3, 'q' or i + 1.
func ReadIndex(th *python.Thread, text string) (python.Value, error) {
	e, err := syntax.ParseExpr("<index>", text, syntax.Pos{Line: 1, Col: 1})
	if err != nil {
		return nil, err
	}
	return newIndex(e).run(th, Of(th).Answers())
}

// Intrinsic writes a variable with x and the iterators in it replaced by what
// they stand for now: people[2].name for people[i].name.
func Intrinsic(th *python.Thread, name string) string {
	p, ok := Of(th).Paths().Parse(name)
	if !ok {
		return name
	}
	return p.Intrinsic(th, Of(th).Answers())
}

// NameOf returns the intrinsic name of an object, or the name of its class.
func NameOf(v python.Value) string {
	if i, ok := v.(*python.Instance); ok {
		if n, ok := i.Attrs.Get("instanceName"); ok {
			s, _ := python.StringOf(n)
			return s
		}
	}
	return v.Class().Name()
}
