package objects

import (
	"math/rand/v2"
	"strconv"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

// What every DAObject has: its intrinsic name, under which its missing parts
// are sought. Only an object whose name is still random has the second one.
const (
	nameAttr   = "instanceName"
	randomAttr = "has_nonrandom_instance_name"
)

// of returns the evaluation that th runs for, or nil while a module is loaded.
func of(th *python.Thread) evaluation.Evaluation {
	ev, _ := th.Local().(evaluation.Evaluation)
	return ev
}

// asObject returns v if it has an intrinsic name.
func asObject(v python.Value) (*python.Instance, bool) {
	i, ok := v.(*python.Instance)
	if !ok {
		return nil, false
	}
	_, named := i.Attrs.Get(nameAttr)
	return i, named
}

// nameOf returns the intrinsic name of an object.
func nameOf(i *python.Instance) string {
	v, ok := i.Attrs.Get(nameAttr)
	if !ok {
		return ""
	}
	s, _ := python.StringOf(v)
	return s
}

func hasRandomName(i *python.Instance) bool {
	v, ok := i.Attrs.Get(randomAttr)
	return ok && v == python.Value(python.False)
}

// randomName returns the name of an object that has no place yet: 12 letters.
// Outside an evaluation, in a module that is being loaded, nothing depends on
// which.
func randomName(th *python.Thread) string {
	intn := rand.IntN
	if ev := of(th); ev != nil {
		intn = ev.Random().IntN
	}
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	name := make([]byte, 12)
	for i := range name {
		name[i] = letters[intn(len(letters))]
	}
	return string(name)
}

// begin is __init__ of every object: it settles the name, from the first
// argument or the assignment being made, and calls init with the rest.
func begin(th *python.Thread, a *python.Args) (python.Value, error) {
	self, ok := a.Self.(*python.Instance)
	if !ok {
		return nil, python.Errorf(python.TypeError, "an object was expected")
	}
	pos := a.Pos
	switch {
	case len(pos) > 0:
		name, ok := python.StringOf(pos[0])
		if !ok {
			return nil, python.Errorf(DAError, "the first argument of %s() is its name and must be text, not %s",
				self.Cls.Name(), pos[0].Class().Name())
		}
		self.Attrs.Set(nameAttr, python.NewStr(name))
		pos = pos[1:]
	case th.TargetName() != "":
		self.Attrs.Set(nameAttr, python.NewStr(th.TargetName()))
	default:
		self.Attrs.Set(nameAttr, python.NewStr(randomName(th)))
		self.Attrs.Set(randomAttr, python.False)
	}
	init, err := th.GetAttr(self, "init")
	if err != nil {
		return nil, err
	}
	if _, err := th.Call(init, pos, a.Kw); err != nil {
		return nil, err
	}
	return python.None, nil
}

// takeKeywords is DAObject.init: every keyword becomes an attribute.
func takeKeywords(th *python.Thread, a *python.Args) (python.Value, error) {
	for _, k := range a.Kw {
		if err := th.SetAttr(a.Self, k.Name, k.Value); err != nil {
			return nil, err
		}
	}
	return python.None, nil
}

// assign is __setattr__: an object whose name is random gets the name of its
// new place, and a using() given as object_type is taken apart.
func assign(th *python.Thread, a *python.Args) (python.Value, error) {
	var name string
	var v python.Value
	if err := a.Unpack("__setattr__", "name", &name, "value", &v); err != nil {
		return nil, err
	}
	self, ok := a.Self.(*python.Instance)
	if !ok {
		return nil, python.Errorf(python.TypeError, "an object was expected")
	}
	if part, ok := v.(*python.Instance); ok {
		if hasRandomName(part) {
			if err := settle(th, part, nameOf(self)+"."+name); err != nil {
				return nil, err
			}
		} else if name == "object_type" {
			v = splitUsing(self, part)
		}
	}
	if d, ok := self.Cls.Lookup(name); ok {
		if _, computed := d.(*python.Property); computed {
			set, _ := python.ObjectClass.Lookup("__setattr__")
			return th.Call(set, []python.Value{self, python.NewStr(name), v}, nil)
		}
	}
	self.Attrs.Set(name, v)
	return python.None, nil
}

// settle gives an object and all of its parts the name of its place.
func settle(th *python.Thread, part *python.Instance, name string) error {
	_, err := th.CallMethod(part, "fix_instance_name", python.NewStr(nameOf(part)), python.NewStr(name))
	return err
}

// splitUsing keeps the keywords of a using() beside its class, which it
// returns.
func splitUsing(self, given *python.Instance) python.Value {
	cls, ok := given.Attrs.Get("object_type")
	if !ok {
		return given
	}
	if parameters, ok := given.Attrs.Get("parameters"); ok {
		self.Attrs.Set("object_type_parameters", parameters)
	}
	return cls
}

// onDemand finds among the parts that a class makes when they are first asked
// for (_on_demand, pairs of a name and a class) the one called name.
func onDemand(self *python.Instance, name string) (python.Value, bool) {
	v, ok := self.Cls.Lookup("_on_demand")
	if !ok {
		return nil, false
	}
	table, ok := v.(*python.Tuple)
	if !ok {
		return nil, false
	}
	for _, pair := range table.Elems {
		p, ok := pair.(*python.Tuple)
		if !ok || len(p.Elems) != 2 {
			continue
		}
		if s, _ := python.StringOf(p.Elems[0]); s == name {
			return p.Elems[1], !without(self, name)
		}
	}
	return nil, false
}

// without reports whether a part that would be made on demand was deleted.
func without(self *python.Instance, name string) bool {
	v, ok := self.Attrs.Get("_without")
	if !ok {
		return false
	}
	t, ok := v.(*python.Tuple)
	if !ok {
		return false
	}
	for _, e := range t.Elems {
		if s, _ := python.StringOf(e); s == name {
			return true
		}
	}
	return false
}

// makePart makes an object with a name and nothing else. Where a class leaves
// construction to DAObject no code need run for it.
func makePart(th *python.Thread, cls python.Value, name string) (python.Value, error) {
	if c, ok := cls.(*python.Class); ok && isNative(c, "__init__", "begin") && isNative(c, "init", "take_keywords") {
		part := python.NewInstance(c)
		part.Attrs.Set(nameAttr, python.NewStr(name))
		return part, nil
	}
	return th.Call(cls, []python.Value{python.NewStr(name)}, nil)
}

// isNative reports whether a class has one of our methods under a name.
func isNative(c *python.Class, name, native string) bool {
	v, _ := c.Lookup(name)
	b, ok := v.(*python.Builtin)
	return ok && b.Name() == native
}

// ifThere reads an attribute unless it is missing, without the cost of an
// exception for what is plainly not there.
func ifThere(th *python.Thread, self *python.Instance, name string) (python.Value, bool, error) {
	_, ofClass := self.Cls.Lookup(name)
	if v, ok := self.Attrs.Get(name); ok && !ofClass {
		return v, true, nil
	}
	if !ofClass && isNative(self.Cls, "__getattr__", "missing_part") {
		if _, part := onDemand(self, name); !part {
			return nil, false, nil
		}
	}
	return th.GetAttrDefault(self, name)
}

// missingPart is __getattr__: it makes the parts that come into being when
// asked for, and raises the want of all others.
func missingPart(th *python.Thread, a *python.Args) (python.Value, error) {
	var name string
	if err := a.Unpack("__getattr__", "name", &name); err != nil {
		return nil, err
	}
	self, ok := asObject(a.Self)
	if !ok || strings.HasPrefix(name, "__") {
		return nil, python.Errorf(python.AttributeError, "'%s' object has no attribute '%s'", a.Self.Class().Name(), name)
	}
	if d, ok := self.Cls.Lookup(name); ok {
		// A property raised an AttributeError: what it wanted is what is missing.
		if p, ok := d.(*python.Property); ok && p.Get != nil {
			return th.Call(p.Get, []python.Value{self}, nil)
		}
	}
	if cls, ok := onDemand(self, name); ok {
		v, err := makePart(th, cls, nameOf(self)+"."+name)
		if err != nil {
			return nil, err
		}
		self.Attrs.Set(name, v)
		return v, nil
	}
	return nil, missing(DAAttributeError, nameOf(self)+"."+name)
}

// forget is __delattr__ of classes with parts made on demand: what is deleted
// stays away until it is set again.
func forget(th *python.Thread, a *python.Args) (python.Value, error) {
	var name string
	if err := a.Unpack("__delattr__", "name", &name); err != nil {
		return nil, err
	}
	self, ok := asObject(a.Self)
	if !ok {
		return nil, python.Errorf(python.TypeError, "an object was expected")
	}
	if _, part := onDemand(self, name); part {
		self.Attrs.Delete(name)
		gone := []python.Value{python.NewStr(name)}
		if v, ok := self.Attrs.Get("_without"); ok {
			gone = append(gone, v.(*python.Tuple).Elems...)
		}
		self.Attrs.Set("_without", python.NewTuple(gone...))
		return python.None, nil
	}
	del, _ := python.ObjectClass.Lookup("__delattr__")
	return th.Call(del, []python.Value{self, python.NewStr(name)}, nil)
}

func missingAttribute(th *python.Thread, a *python.Args) (python.Value, error) {
	var owner, name string
	if err := a.Unpack("missing_attribute", "owner", &owner, "name", &name); err != nil {
		return nil, err
	}
	return nil, missing(DAAttributeError, owner+"."+name)
}

func missingIndex(th *python.Thread, a *python.Args) (python.Value, error) {
	name, err := itemName(th, a, "missing_index")
	if err != nil {
		return nil, err
	}
	return nil, missing(DAIndexError, name)
}

func itemNameNative(th *python.Thread, a *python.Args) (python.Value, error) {
	name, err := itemName(th, a, "item_name")
	return python.NewStr(name), err
}

// itemName writes the name of an item as the engine seeks it: group[3],
// group['key'].
func itemName(th *python.Thread, a *python.Args, fn string) (string, error) {
	var owner string
	var key python.Value
	if err := a.Unpack(fn, "owner", &owner, "key", &key); err != nil {
		return "", err
	}
	if n, ok := key.(python.Int); ok {
		return owner + "[" + strconv.FormatInt(int64(n), 10) + "]", nil
	}
	text, err := th.Repr(key)
	if err != nil {
		return "", err
	}
	return owner + "[" + text.String() + "]", nil
}

// readPaths reads attributes of attributes (name.first) of all items, the
// first item first. What is missing is sought.
func readPaths(th *python.Thread, a *python.Args) (python.Value, error) {
	var items, paths *python.List
	if err := a.Unpack("read_paths", "items", &items, "paths", &paths); err != nil {
		return nil, err
	}
	names := make([]string, len(paths.Elems))
	for i, p := range paths.Elems {
		name, ok := python.StringOf(p)
		if !ok {
			return nil, python.Errorf(python.TypeError, "complete_attribute must be the name of an attribute or a list of such")
		}
		names[i] = name
	}
	for i := 0; i < len(items.Elems); i++ { // reading may run code, which may change the list
		for _, p := range names {
			if err := readPath(th, items.Elems[i], p); err != nil {
				return nil, err
			}
			if i >= len(items.Elems) {
				break
			}
		}
	}
	return python.None, nil
}

func readPath(th *python.Thread, v python.Value, path string) error {
	for more := true; more; {
		var part string
		part, path, more = strings.Cut(path, ".")
		var err error
		if v, err = th.GetAttr(v, part); err != nil {
			return err
		}
	}
	return nil
}

// hasPath reports whether readPath would find something; it seeks nothing.
func hasPath(th *python.Thread, a *python.Args) (python.Value, error) {
	var v python.Value
	var p string
	if err := a.Unpack("has_path", "item", &v, "path", &p); err != nil {
		return nil, err
	}
	for more := true; more; {
		var part string
		part, p, more = strings.Cut(p, ".")
		next, ok, err := partIfThere(th, v, part)
		if err != nil || !ok {
			return python.False, err
		}
		v = next
	}
	return python.True, nil
}

func partIfThere(th *python.Thread, v python.Value, name string) (python.Value, bool, error) {
	if i, ok := v.(*python.Instance); ok {
		return ifThere(th, i, name)
	}
	return th.GetAttrDefault(v, name)
}

func shallowCopy(th *python.Thread, a *python.Args) (python.Value, error) {
	var i *python.Instance
	if err := a.Unpack("shallow_copy", "obj", &i); err != nil {
		return nil, err
	}
	twin := python.NewInstance(i.Cls)
	for name, v := range i.Attrs.All() {
		twin.Attrs.Set(name, v)
	}
	twin.Native = i.Native
	return twin, nil
}

func deepCopy(th *python.Thread, a *python.Args) (python.Value, error) {
	var v python.Value
	if err := a.Unpack("deep_copy", "obj", &v); err != nil {
		return nil, err
	}
	return python.DeepCopy(th, v, nil)
}

// listItem is DAList.__getitem__: an element that is there, at once; for all
// else the list decides.
func listItem(th *python.Thread, a *python.Args) (python.Value, error) {
	var key python.Value
	if err := a.Unpack("__getitem__", "index", &key); err != nil {
		return nil, err
	}
	self, ok := a.Self.(*python.Instance)
	if !ok {
		return nil, python.Errorf(python.TypeError, "a list was expected")
	}
	v, _ := self.Attrs.Get("elements")
	list, isList := v.(*python.List)
	if n, ok := key.(python.Int); ok && isList {
		i := int(n)
		if i < 0 {
			i += len(list.Elems)
		}
		if i >= 0 && i < len(list.Elems) {
			return list.Elems[i], nil
		}
		return th.CallMethod(self, "_missing_item", key)
	}
	if v == nil {
		return nil, missing(DAAttributeError, nameOf(self)+".elements")
	}
	return th.GetItem(v, key)
}
