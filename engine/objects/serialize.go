package objects

import (
	"strings"

	"colloquy/engine/python"
)

// deepestSerial is how far down objects are shown; what is below is None.
const deepestSerial = 20

func serializableNative(th *python.Thread, a *python.Args) (python.Value, error) {
	var v python.Value
	if err := a.Unpack("serializable", "value", &v); err != nil {
		return nil, err
	}
	return Serializable(th, v)
}

// Serializable returns v as data that JSON can hold, as docassemble's
// as_serializable() and all_variables() have it: objects become dictionaries
// that begin with their class, dates text, decimals numbers, and what JSON
// has no form for None. It seeks nothing.
func Serializable(th *python.Thread, v python.Value) (python.Value, error) {
	s := serializer{th: th}
	return s.value(v, 0)
}

type serializer struct{ th *python.Thread }

func (s *serializer) value(v python.Value, depth int) (python.Value, error) {
	if depth > deepestSerial {
		return python.None, nil
	}
	if err := s.th.Tick(); err != nil {
		return nil, err
	}
	switch v := v.(type) {
	case python.NoneType, python.Bool, python.Int, *python.Big, python.Float, *python.Str:
		return v, nil
	case *python.List:
		return s.items(v.Elems, depth)
	case *python.Set:
		return s.items(v.Elems(), depth)
	case *python.Dict:
		return s.dict(v, depth)
	case *python.Tuple:
		if plain(v, 0) {
			return v, nil
		}
		return python.None, nil
	case *python.Class:
		return classForm(v), nil
	case *python.Instance:
		return s.instance(v, depth)
	}
	return s.foreign(v)
}

// plain reports whether JSON can take a value as it is.
func plain(v python.Value, depth int) bool {
	switch v := v.(type) {
	case python.NoneType, python.Bool, python.Int, *python.Big, python.Float, *python.Str:
		return true
	case *python.Tuple:
		for _, e := range v.Elems {
			if depth > deepestSerial || !plain(e, depth+1) {
				return false
			}
		}
		return true
	case *python.List:
		return plain(python.NewTuple(v.Elems...), depth)
	}
	return false
}

func (s *serializer) items(elems []python.Value, depth int) (python.Value, error) {
	out := make([]python.Value, len(elems))
	for i, e := range elems {
		v, err := s.value(e, depth+1)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return python.NewList(out...), nil
}

// dict converts keys too; if only some of them are text, all become text.
func (s *serializer) dict(d *python.Dict, depth int) (python.Value, error) {
	texts := 0
	for k := range d.All() {
		if _, ok := python.StringOf(k); ok {
			texts++
		}
	}
	out := python.NewDict()
	for k, e := range d.All() {
		key, err := s.key(k, texts > 0 && texts < d.Len(), depth)
		if err != nil {
			return nil, err
		}
		v, err := s.value(e, depth+1)
		if err != nil {
			return nil, err
		}
		if err := out.Set(s.th, key, v); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *serializer) key(k python.Value, asText bool, depth int) (python.Value, error) {
	v, err := s.value(k, depth+1)
	if err != nil {
		return nil, err
	}
	switch v.(type) {
	case *python.Str:
		return v, nil
	case python.Bool, python.Int, *python.Big, python.Float:
		if !asText {
			return v, nil
		}
	case python.NoneType:
		return python.NewStr("None"), nil
	}
	return s.th.Str(v)
}

func classForm(c *python.Class) python.Value {
	if !strings.HasPrefix(c.QualifiedName(), "docassemble.") {
		return python.NewStr("None")
	}
	d := python.NewDict()
	d.SetStr("_class", python.NewStr("type"))
	d.SetStr("name", python.NewStr(c.QualifiedName()))
	return d
}

func (s *serializer) instance(i *python.Instance, depth int) (python.Value, error) {
	for _, method := range []string{"as_dict", "to_json"} {
		m, ok := i.Cls.Lookup(method)
		if !ok || !python.Callable(m) {
			continue
		}
		v, err := s.th.CallMethod(i, method)
		if err != nil {
			return nil, err
		}
		return s.value(v, depth+1)
	}
	if _, ok := asObject(i); ok {
		return s.object(i, depth)
	}
	if inner := python.Unwrap(i); inner != python.Value(i) {
		return s.value(inner, depth)
	}
	return s.foreign(i)
}

// foreign converts values of the standard modules.
func (s *serializer) foreign(v python.Value) (python.Value, error) {
	for _, c := range v.Class().MRO() {
		switch c.QualifiedName() {
		case "datetime.date", "datetime.datetime", "datetime.time":
			return s.th.CallMethod(v, "isoformat")
		case "decimal.Decimal":
			float, ok := python.LookupBuiltin("float")
			if !ok {
				return python.None, nil
			}
			return s.th.Call(float, []python.Value{v}, nil)
		}
	}
	return python.None, nil
}

// object is a dictionary of the class, the name and every attribute. What a
// class keeps as defaults of its own (_shown before, _shown_after behind the
// attributes of the instance) appears as if each object had it.
func (s *serializer) object(i *python.Instance, depth int) (python.Value, error) {
	out := python.NewDict()
	out.SetStr("_class", python.NewStr(i.Cls.QualifiedName()))
	out.SetStr(nameAttr, python.NewStr(nameOf(i)))
	if v, ok := i.Cls.Lookup("_name_only"); ok && v == python.Value(python.True) {
		return out, nil
	}
	after := names(i.Cls, "_shown_after")
	if err := s.attributes(out, i, names(i.Cls, "_shown"), depth); err != nil {
		return nil, err
	}
	var own []string
	for name := range i.Attrs.All() {
		if !hidden(name) && !contains(after, name) {
			own = append(own, name)
		}
	}
	if err := s.attributes(out, i, append(own, after...), depth); err != nil {
		return nil, err
	}
	return out, nil
}

func (s *serializer) attributes(out *python.Dict, i *python.Instance, names []string, depth int) error {
	for _, name := range names {
		if _, done := out.GetStr(name); done {
			continue
		}
		v, ok, err := s.attribute(i, name)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		if v, err = s.value(v, depth+1); err != nil {
			return err
		}
		out.SetStr(name, v)
	}
	return nil
}

// attribute is an attribute of the object, a part it would make on demand
// (which it is not given by being shown), or its class's default.
func (s *serializer) attribute(i *python.Instance, name string) (python.Value, bool, error) {
	if v, ok := i.Attrs.Get(name); ok {
		return v, true, nil
	}
	if cls, ok := onDemand(i, name); ok {
		v, err := makePart(s.th, cls, nameOf(i)+"."+name)
		return v, err == nil, err
	}
	if _, ok := i.Cls.Lookup(name); !ok {
		return nil, false, nil
	}
	v, err := s.th.GetAttr(i, name)
	return v, err == nil, err
}

func hidden(name string) bool {
	return name == randomAttr || name == "attrList" || name == "_without"
}

// names reads a tuple of texts that a class has under a name.
func names(c *python.Class, attr string) []string {
	v, _ := c.Lookup(attr)
	t, ok := v.(*python.Tuple)
	if !ok {
		return nil
	}
	out := make([]string, 0, len(t.Elems))
	for _, e := range t.Elems {
		if s, ok := python.StringOf(e); ok {
			out = append(out, s)
		}
	}
	return out
}

func contains(list []string, s string) bool {
	for _, e := range list {
		if e == s {
			return true
		}
	}
	return false
}
