package python

// GetAttr reads an attribute, as v.name does.
func (th *Thread) GetAttr(v Value, name string) (Value, error) {
	switch v := v.(type) {
	case *Instance:
		return th.instanceAttr(v, name, nil)
	case *Class:
		return th.classAttr(v, name)
	case *Module:
		return th.moduleAttr(v, name)
	case *Super:
		return th.superAttr(v, name)
	case *Function:
		if a, ok, err := th.functionAttr(v, name); ok || err != nil {
			return a, err
		}
	}
	return th.typeAttr(v, name)
}

// GetAttrDefault reads an attribute; ok is false if there is none
// (AttributeError, whatever it was about).
func (th *Thread) GetAttrDefault(v Value, name string) (a Value, ok bool, err error) {
	a, err = th.GetAttr(v, name)
	if err == nil {
		return a, true, nil
	}
	if _, missing := isRaised(err, AttributeError); missing {
		return nil, false, nil
	}
	return nil, false, err
}

func noAttribute(v Value, name string) error {
	var msg string
	switch v := v.(type) {
	case *Class:
		msg = "type object '" + v.name + "' has no attribute '" + name + "'"
	case *Module:
		msg = "module '" + v.Name + "' has no attribute '" + name + "'"
		if v.running {
			msg = "partially initialized " + msg + " (most likely due to a circular import)"
		}
	default:
		msg = "'" + v.Class().name + "' object has no attribute '" + name + "'"
	}
	return attributeError(msg, v, name)
}

func attributeError(msg string, obj Value, name string) error {
	exc := NewException(AttributeError, NewStr(msg))
	exc.Attrs.Set("name", NewStr(name))
	exc.Attrs.Set("obj", obj)
	return Raise(exc)
}

// instanceAttr is the default reading of an attribute of an object, by way of
// __getattribute__ and __getattr__ if the class has them. hint may be nil.
func (th *Thread) instanceAttr(i *Instance, name string, hint *uint32) (Value, error) {
	s := i.Cls.slot()
	if s.getattribute != nil {
		return th.customAttr(i, name, s)
	}
	if v, ok, err := th.plainAttr(i, name, hint); ok || err != nil {
		if err == nil {
			return v, nil
		}
		if s.getattr == nil {
			return nil, lacking(err, i, name)
		}
		// What a property lacks drives the interview: __getattr__ does not see it.
		if r, missing := isRaised(err, AttributeError); !missing || r.exc.Exception().Missing != "" {
			return nil, err
		}
	}
	if s.getattr != nil {
		v, err := th.callSlot(s.getattr, i, NewStr(name))
		return v, lacking(err, i, name)
	}
	return nil, noAttribute(i, name)
}

// lacking notes in an AttributeError that says nothing of it what was missing.
func lacking(err error, obj Value, name string) error {
	if err == nil {
		return nil
	}
	if r, ok := isRaised(err, AttributeError); ok {
		_, named := r.exc.Attrs.Get("name")
		_, has := r.exc.Attrs.Get("obj")
		if !named && !has {
			r.exc.Attrs.Set("name", NewStr(name))
			r.exc.Attrs.Set("obj", obj)
		}
	}
	return err
}

func (th *Thread) customAttr(i *Instance, name string, s *slots) (Value, error) {
	v, err := th.callSlot(s.getattribute, i, NewStr(name))
	if err != nil && s.getattr != nil {
		if _, missing := isRaised(err, AttributeError); missing {
			v, err = th.callSlot(s.getattr, i, NewStr(name))
		}
	}
	return v, lacking(err, i, name)
}

// plainAttr is object.__getattribute__: data descriptors, the object's own
// attributes, the class's.
func (th *Thread) plainAttr(i *Instance, name string, hint *uint32) (v Value, ok bool, err error) {
	if i.Cls.slot().dataDescriptors || isDunder(name) {
		if d, found := th.classLookup(i.Cls, name); found && isDataDescriptor(d) && hasGet(d) {
			v, err := th.bind(d, i, i.Cls)
			return v, true, err
		}
	}
	if hint != nil {
		v = i.Attrs.getHint(name, hint)
	} else {
		v, _ = i.Attrs.Get(name)
	}
	if v == nil && i.apart != nil && i.apart.attrs != nil {
		v, _ = i.apart.attrs.Get(name)
	}
	if v != nil {
		return v, true, nil
	}
	if d, found := th.classLookup(i.Cls, name); found {
		v, err := th.bind(d, i, i.Cls)
		return v, true, err
	}
	switch {
	case name == "__dict__" && i.Cls.givesDict():
		v, err := getInstanceDict(th, i)
		return v, true, err
	case name == "__module__":
		return NewStr(i.Cls.module), true, nil
	}
	return nil, false, nil
}

// hasGet reports whether a data descriptor computes what is read.
func hasGet(d Value) bool {
	i, ok := d.(*Instance)
	if !ok {
		return true
	}
	_, ok = i.Cls.attrs()["__get__"]
	return ok
}

// classLookup finds an attribute along the mro as the thread sees it, unbound.
func (th *Thread) classLookup(c *Class, name string) (Value, bool) {
	if len(th.shared.cls) > 0 {
		for _, k := range c.mro {
			if th.shared.cls[k] {
				return th.overlaidLookup(c, name)
			}
		}
	}
	v, ok := c.attrs()[name]
	return v, ok
}

func (th *Thread) overlaidLookup(c *Class, name string) (Value, bool) {
	for _, k := range c.mro {
		if th.shared.cls[k] {
			if v, ok := th.own(&k.dict).Get(name); ok {
				if v == removed {
					continue
				}
				return v, true
			}
		}
		if v, ok := k.dict.Get(name); ok {
			return v, true
		}
	}
	return nil, false
}

// bind gives a class attribute to the object (nil: the class itself) it is
// read through.
func (th *Thread) bind(d, obj Value, cls *Class) (Value, error) {
	switch d := d.(type) {
	case *Function:
		if obj == nil {
			return d, nil
		}
		th.small += sizeObject
		return &BoundMethod{obj, d}, nil
	case *Builtin:
		if obj == nil || !d.method {
			return d, nil
		}
		th.small += sizeObject
		return &BoundMethod{obj, d}, nil
	case *Property:
		if obj == nil && d.onClass != nil {
			return nil, d.onClass(cls)
		}
		if obj == nil {
			return d, nil
		}
		return th.propertyGet(d, obj)
	case *StaticMethod:
		return d.Fn, nil
	case *ClassMethod:
		if inner, ok := d.Fn.(*Property); ok {
			return th.propertyGet(inner, cls)
		}
		return &BoundMethod{cls, d.Fn}, nil
	case *slotMember:
		if obj == nil {
			return d, nil
		}
		return d.get(obj)
	case *Instance:
		if get, ok := d.Cls.attrs()["__get__"]; ok {
			if obj == nil {
				obj = None
			}
			return th.callSlot(get, d, obj, cls)
		}
	case NoneType, Bool, Int, Float, *Str, *Class:
		return d, nil
	}
	return th.thaw(d)
}

func (th *Thread) propertyGet(p *Property, obj Value) (Value, error) {
	switch {
	case p.goGet != nil:
		return p.goGet(th, obj)
	case p.Get == nil:
		return nil, Errorf(AttributeError, "property%s of '%s' object has no getter", p.label(), obj.Class().name)
	}
	return th.Call(p.Get, []Value{obj}, nil)
}

func (p *Property) label() string {
	if p.name == "" {
		return ""
	}
	return " '" + p.name + "'"
}

// classAttr reads an attribute of a class: of its metaclass, then along its
// mro.
func (th *Thread) classAttr(c *Class, name string) (Value, error) {
	if c.meta == nil {
		return th.plainClassAttr(c, name)
	}
	s := c.meta.slot()
	v, err := Value(nil), error(nil)
	if s.getattribute != nil {
		v, err = th.callSlot(s.getattribute, c, NewStr(name))
	} else {
		v, err = th.plainClassAttr(c, name)
	}
	if err != nil && s.getattr != nil {
		if _, missing := isRaised(err, AttributeError); missing {
			return th.callSlot(s.getattr, c, NewStr(name))
		}
	}
	return v, err
}

// plainClassAttr is type.__getattribute__.
func (th *Thread) plainClassAttr(c *Class, name string) (Value, error) {
	meta := c.Class()
	m, inMeta := th.classLookup(meta, name)
	if inMeta && isDataDescriptor(m) {
		if _, plain := th.classLookup(c, name); !plain || !m.(interface{ Class() *Class }).Class().derives(GetSetClass) {
			return th.bind(m, c, meta)
		}
	}
	if v, ok := th.classLookup(c, name); ok {
		if p, isGetSet := v.(*Property); !isGetSet || p.goGet == nil || !inMeta {
			return th.bind(v, nil, c)
		}
	}
	if inMeta {
		return th.bind(m, c, meta)
	}
	return nil, noAttribute(c, name)
}

func (th *Thread) moduleAttr(m *Module, name string) (Value, error) {
	if v, ok := th.moduleGet(m.Globals, name); ok {
		return v, nil
	}
	switch name {
	case "__dict__":
		return th.spaceDict(m.Globals)
	case "__class__":
		return ModuleClass, nil
	case "__doc__":
		return None, nil
	}
	if sub, ok := m.sub(name); ok {
		return sub, nil
	}
	if get, ok := m.Globals.Get("__getattr__"); ok {
		return th.Call(get, []Value{NewStr(name)}, nil)
	}
	return nil, noAttribute(m, name)
}

// typeAttr reads an attribute of a value whose class is builtin.
func (th *Thread) typeAttr(v Value, name string) (Value, error) {
	c := v.Class()
	if d, ok := c.attrs()[name]; ok {
		return th.bind(d, v, c)
	}
	if get := c.slot().getattr; get != nil {
		return th.callSlot(get, v, NewStr(name))
	}
	return nil, noAttribute(v, name)
}

// A settable is a value written in Go with attributes of its own.
func (th *Thread) functionAttr(f *Function, name string) (Value, bool, error) {
	if f.frozen {
		if f.beside != nil {
			if v, ok := th.moduleGet(f.beside, name); ok {
				return v, ok, nil
			}
		}
		v, ok := th.moduleGet(&f.attrs, name)
		return v, ok, nil
	}
	v, ok := f.look(name)
	return v, ok, nil
}

// SetAttr binds an attribute, as v.name = x does.
func (th *Thread) SetAttr(v Value, name string, x Value) error {
	switch v := v.(type) {
	case *Instance:
		if s := v.Cls.slot().setattr; s != nil {
			_, err := th.callSlot(s, v, NewStr(name), x)
			return err
		}
		return th.plainSetAttr(v, name, x)
	case *Class:
		return th.setClassAttr(v, name, x)
	case *Module:
		switch name {
		case "__class__":
			return setClass(th, v, x)
		case "__dict__":
			return Errorf(AttributeError, "readonly attribute")
		}
		th.setGlobal(v.Globals, name, x)
		return nil
	case *Function:
		return th.setFunctionAttr(v, name, x)
	}
	if d, ok := v.Class().attrs()[name]; ok {
		if p, ok := d.(*Property); ok {
			return th.propertySet(p, v, x)
		}
		if s := v.Class().slot().setattr; s == nil {
			return attributeError("'"+v.Class().name+"' object attribute '"+name+"' is read-only", v, name)
		}
	}
	if s := v.Class().slot().setattr; s != nil {
		_, err := th.callSlot(s, v, NewStr(name), x)
		return err
	}
	return noAttribute(v, name)
}

// plainSetAttr is object.__setattr__.
func (th *Thread) plainSetAttr(i *Instance, name string, x Value) error {
	if i.fixed {
		return i.fixedError(name)
	}
	if i.Cls.slot().dataDescriptors || isDunder(name) {
		if d, ok := th.classLookup(i.Cls, name); ok {
			switch d := d.(type) {
			case *Property:
				return th.propertySet(d, i, x)
			case *slotMember:
				return d.set(i, x)
			case *Instance:
				if set, ok := d.Cls.attrs()["__set__"]; ok {
					_, err := th.callSlot(set, d, i, x)
					return err
				}
				if _, ok := d.Cls.attrs()["__delete__"]; ok {
					return attributeError("__set__", i, name)
				}
			}
		}
	}
	if i.Cls.noDict {
		return th.noPlace(i, name)
	}
	own := i.own()
	if own.Len() >= namespaceScan {
		size := 96
		if n := len(own.entries); n == cap(own.entries) {
			size += 64 * n // of what it grows to
		}
		if err := th.Alloc(size); err != nil {
			return err
		}
	}
	own.Set(name, x)
	return nil
}

// noPlace is the error for an attribute that cannot be set or deleted on an
// object without a __dict__.
func (th *Thread) noPlace(v Value, name string) error {
	if d, ok := th.classLookup(v.Class(), name); ok {
		if p, ok := d.(*Property); ok && p.goGet != nil && p.goSet == nil {
			return th.propertySet(p, v, None)
		}
	}
	if _, ok := th.classLookup(v.Class(), name); ok {
		return attributeError("'"+v.Class().name+"' object attribute '"+name+"' is read-only", v, name)
	}
	return noAttribute(v, name)
}

func (th *Thread) propertySet(p *Property, obj, x Value) error {
	switch {
	case p.goSet != nil:
		return p.goSet(th, obj, x)
	case p.plain:
		return Errorf(AttributeError, "readonly attribute")
	case p.goGet != nil:
		return Errorf(AttributeError, "attribute '%s' of '%s' objects is not writable", p.name, obj.Class().name)
	case p.Set == nil:
		return Errorf(AttributeError, "property%s of '%s' object has no setter", p.label(), obj.Class().name)
	}
	_, err := th.Call(p.Set, []Value{obj, x}, nil)
	return err
}

func (th *Thread) propertyDel(p *Property, obj Value) error {
	if p.goDel != nil {
		return p.goDel(th, obj)
	}
	if p.goGet != nil && p.goSet == nil {
		return Errorf(AttributeError, "attribute '%s' of '%s' objects is not writable", p.name, obj.Class().name)
	}
	if p.Del == nil {
		return Errorf(AttributeError, "property%s of '%s' object has no deleter", p.label(), obj.Class().name)
	}
	_, err := th.Call(p.Del, []Value{obj}, nil)
	return err
}

func (th *Thread) setClassAttr(c *Class, name string, x Value) error {
	if c.meta != nil {
		if s := c.meta.slot().setattr; s != nil {
			_, err := th.callSlot(s, c, NewStr(name), x)
			return err
		}
	}
	return th.ownSetClassAttr(c, name, x)
}

// ownSetClassAttr is type.__setattr__.
func (th *Thread) ownSetClassAttr(c *Class, name string, x Value) error {
	if c.immutable() {
		return c.immutableError(name)
	}
	if c.meta != nil || isDunder(name) {
		d, _ := th.classLookup(c.Class(), name)
		switch d := d.(type) {
		case *Property:
			return th.propertySet(d, c, x)
		case *Instance:
			if set, ok := d.Cls.attrs()["__set__"]; ok {
				_, err := th.callSlot(set, d, c, x)
				return err
			}
		}
	}
	return th.plainSetClassAttr(c, name, x)
}

// plainSetClassAttr binds an attribute in the class itself.
func (th *Thread) plainSetClassAttr(c *Class, name string, x Value) error {
	if c.immutable() {
		return c.immutableError(name)
	}
	if !c.frozen {
		if s, ok := asStr(x); ok {
			c.rename(name, s.s)
		}
		if name == "__abstractmethods__" {
			abstract, err := th.Truth(x)
			if err != nil {
				return err
			}
			c.abstract = abstract
		}
		c.dict.Set(name, x)
		c.changed()
		return nil
	}
	th.overlay(c)
	th.own(&c.dict).Set(name, x)
	return nil
}

func (c *Class) rename(attr, to string) {
	switch attr {
	case "__name__":
		c.name, c.dotted = to, false
	case "__qualname__":
		c.qualname = to
	case "__module__":
		c.module = to
	}
}

func (th *Thread) overlay(c *Class) {
	if th.shared.cls == nil {
		th.shared.cls = map[*Class]bool{}
	}
	th.shared.cls[c] = true
}

func (th *Thread) setFunctionAttr(f *Function, name string, x Value) error {
	if isDunder(name) {
		if err := th.checkFunctionPart(f, name, x); err != nil {
			return err
		}
	}
	if !f.frozen {
		switch name {
		case "__name__", "__qualname__":
			s, ok := StringOf(x)
			if !ok {
				return Errorf(TypeError, "%s must be set to a string object", name)
			}
			if name == "__name__" {
				f.name = s
			} else {
				f.qualname = s
			}
			return nil
		case "__doc__":
			f.doc = x
			return nil
		case "__defaults__", "__kwdefaults__":
			return f.setDefaults(name, x)
		}
	}
	th.setGlobal(f.named(name), name, x)
	return nil
}

// DelAttr unbinds an attribute, as del v.name does.
func (th *Thread) DelAttr(v Value, name string) error {
	switch v := v.(type) {
	case *Instance:
		if s := v.Cls.slot().delattr; s != nil {
			_, err := th.callSlot(s, v, NewStr(name))
			return err
		}
		return th.plainDelAttr(v, name)
	case *Class:
		if v.meta != nil {
			if s := v.meta.slot().delattr; s != nil {
				_, err := th.callSlot(s, v, NewStr(name))
				return err
			}
		}
		return th.plainDelClassAttr(v, name)
	case *Module:
		if th.delGlobal(v.Globals, name) {
			return nil
		}
	case *Function:
		if th.delGlobal(v.named(name), name) {
			return nil
		}
	}
	if p, ok := v.Class().attrs()[name].(*Property); ok {
		return th.propertyDel(p, v)
	}
	return th.noPlace(v, name)
}

// plainDelAttr is object.__delattr__.
func (th *Thread) plainDelAttr(i *Instance, name string) error {
	if i.fixed {
		return i.fixedError(name)
	}
	if d, ok := th.classLookup(i.Cls, name); ok {
		switch d := d.(type) {
		case *Property:
			return th.propertyDel(d, i)
		case *slotMember:
			return d.del(i)
		case *Instance:
			if del, ok := d.Cls.attrs()["__delete__"]; ok {
				_, err := th.callSlot(del, d, i)
				return err
			}
			if _, ok := d.Cls.attrs()["__set__"]; ok {
				return attributeError("__delete__", i, name)
			}
		}
	}
	if i.Cls.noDict {
		return th.noPlace(i, name)
	}
	if !i.own().Delete(name) {
		return noAttribute(i, name)
	}
	return nil
}

// plainDelClassAttr is type.__delattr__.
func (th *Thread) plainDelClassAttr(c *Class, name string) error {
	if c.immutable() {
		return c.immutableError(name)
	}
	if !c.frozen {
		if !c.dict.Delete(name) {
			return noAttribute(c, name)
		}
		c.changed()
		return nil
	}
	if _, ok := th.overlaidLookup(c, name); !ok {
		return noAttribute(c, name)
	}
	th.overlay(c)
	th.own(&c.dict).Set(name, removed)
	return nil
}
