package python

// getID returns what a memo of deepcopy has for v.
func (d *Dict) getID(v Value) (Value, bool) {
	to, ok, err := d.Get(plainThread(), Int(hashPointer(v)))
	return to, ok && err == nil
}

func (d *Dict) setID(from, to Value) {
	// a key that is an int can always be set
	_ = d.Set(plainThread(), Int(hashPointer(from)), to)
}

// ShallowCopy copies an object as copy.copy does if its class says how, by
// __reduce__, __getstate__ and their kin or by a __new__ or __init__ of its
// own; done is false if it does not.
func ShallowCopy(th *Thread, i *Instance) (to Value, done bool, err error) {
	return th.rebuilt(i, nil)
}

// ownHook returns a method of the class unless the builtin classes have it.
func (th *Thread) ownHook(c *Class, name string) Value {
	m, ok := th.classLookup(c, name)
	if !ok || m == Value(None) {
		return nil
	}
	if b, ok := m.(*Builtin); ok && b.owner != nil && b.owner.module == "builtins" {
		return nil
	}
	return m
}

// rebuilt copies an object the way pickling takes it apart and puts it
// together; c is nil for a shallow copy.
func (th *Thread) rebuilt(i *Instance, c *copier) (to Value, done bool, err error) {
	for _, name := range []string{"__reduce_ex__", "__reduce__"} {
		m := th.ownHook(i.Cls, name)
		if m == nil {
			continue
		}
		var args []Value
		if name == "__reduce_ex__" {
			args = []Value{Int(4)}
		}
		r, err := th.callBound(m, i, args, nil)
		if err != nil {
			return nil, true, err
		}
		to, err := th.reconstruct(i, r, c)
		return to, true, err
	}
	return th.rebuiltByState(i, c)
}

// rebuiltByState is rebuilt for objects without __reduce__.
func (th *Thread) rebuiltByState(i *Instance, c *copier) (Value, bool, error) {
	s := i.Cls.slot()
	_, raised := i.Native.(*Exception)
	init, _ := s.init.(*Function)
	getState, setState := th.ownHook(i.Cls, "__getstate__"), th.ownHook(i.Cls, "__setstate__")
	if s.newFunc == nil && getState == nil && setState == nil && !(raised && init != nil) {
		return nil, false, nil
	}
	var state Value = NamespaceDict(i.own())
	var err error
	if getState != nil {
		if state, err = th.callSlot(getState, i); err != nil {
			return nil, true, err
		}
	}
	to, err := th.remade(i, c)
	if err != nil {
		return nil, true, err
	}
	if c != nil {
		c.note(i, to)
	}
	if err := th.restoreState(to, state, getState != nil, c); err != nil {
		return nil, true, err
	}
	if y, ok := to.(*Instance); ok && getState == nil && i.apart != nil {
		for name, v := range i.apart.slots.All() {
			if v, err = c.deep(v); err != nil {
				return nil, true, err
			}
			y.Restore(name, v)
		}
	}
	return to, true, nil
}

// deep copies v in a deep copy.
func (c *copier) deep(v Value) (Value, error) {
	if c == nil {
		return v, nil
	}
	return c.value(v)
}

// remade makes the object that will be the copy, by its class's __new__.
func (th *Thread) remade(i *Instance, c *copier) (Value, error) {
	if e := i.Exception(); e != nil {
		v, err := c.deep(e.Args)
		if err != nil {
			return nil, err
		}
		return th.Call(i.Cls, v.(*Tuple).Elems, nil)
	}
	s := i.Cls.slot()
	if s.newFunc == nil {
		to := &Instance{Cls: i.Cls, Native: i.Native}
		if c != nil {
			return to, c.native(i, to)
		}
		return to, nil
	}
	args, err := th.newArguments(i, c)
	if err != nil {
		return nil, err
	}
	fn := s.newFunc
	if st, ok := fn.(*StaticMethod); ok {
		fn = st.Fn
	}
	to, err := th.Call(fn, append([]Value{i.Cls}, args...), nil)
	if err != nil {
		return nil, err
	}
	return to, th.refill(i, to, c)
}

// newArguments are the arguments of __new__ for a copy of an object.
func (th *Thread) newArguments(i *Instance, c *copier) ([]Value, error) {
	m := th.ownHook(i.Cls, "__getnewargs__")
	if m == nil {
		switch n := i.Native.(type) {
		case *Str:
			return []Value{n}, nil
		case *Tuple:
			v, err := c.deep(n)
			return []Value{v}, err
		case *Bytes:
			return []Value{n}, nil
		case Int, Float, *Big, Complex:
			return []Value{n.(Value)}, nil
		}
		return nil, nil
	}
	v, err := th.callSlot(m, i)
	if err != nil {
		return nil, err
	}
	t, ok := asTuple(v)
	if !ok {
		return nil, Errorf(TypeError, "__getnewargs__ should return a tuple, not '%s'", v.Class().name)
	}
	if v, err = c.deep(t); err != nil {
		return nil, err
	}
	t, _ = asTuple(v)
	return t.Elems, nil
}

// refill puts the elements of a list or dict into its copy.
func (th *Thread) refill(i *Instance, to Value, c *copier) error {
	switch n := i.Native.(type) {
	case *List:
		return th.addParts(to, n, None, c)
	case *Dict:
		return th.addParts(to, None, &DictView{dict: n, kind: DictItemsClass}, c)
	}
	return nil
}

// restoreState gives an object its state: by __setstate__, or into its
// __dict__ and slots.
func (th *Thread) restoreState(to, state Value, asked bool, c *copier) error {
	d, plain := state.(*Dict)
	if state == Value(None) || plain && !asked && d.Len() == 0 {
		return nil
	}
	if plain && !asked && c == nil {
		state = d.Clone()
	}
	state, err := c.deep(state)
	if err != nil {
		return err
	}
	if m := th.ownHook(to.Class(), "__setstate__"); m != nil {
		_, err := th.callSlot(m, to, state)
		return err
	}
	i, ok := to.(*Instance)
	if !ok {
		return nil
	}
	var slots Value = None
	if t, ok := state.(*Tuple); ok && len(t.Elems) == 2 {
		state, slots = t.Elems[0], t.Elems[1]
	}
	if d, ok := asDict(state); ok {
		for k, v := range d.All() {
			if name, ok := StringOf(k); ok {
				i.own().Set(name, v)
			}
		}
	}
	if d, ok := asDict(slots); ok {
		for k, v := range d.All() {
			name, _ := StringOf(k)
			if err := th.SetAttr(i, name, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// reconstruct makes an object of what its __reduce__ returned: a callable and
// its arguments, then perhaps state, elements and items; or a name, if it is
// not to be copied.
func (th *Thread) reconstruct(i *Instance, r Value, c *copier) (Value, error) {
	if _, name := asStr(r); name {
		return i, nil
	}
	t, ok := r.(*Tuple)
	if !ok || len(t.Elems) < 2 || len(t.Elems) > 6 {
		return nil, Errorf(TypeError, "__reduce__ must return a string or tuple")
	}
	part := func(n int) Value {
		if n < len(t.Elems) {
			return t.Elems[n]
		}
		return None
	}
	args, err := c.deep(part(1))
	if err != nil {
		return nil, err
	}
	elems, err := th.Elems(args)
	if err != nil {
		return nil, err
	}
	to, err := th.Call(part(0), elems, nil)
	if err != nil {
		return nil, err
	}
	if c != nil {
		c.note(i, to)
	}
	if err := th.restoreState(to, part(2), true, c); err != nil {
		return nil, err
	}
	return to, th.addParts(to, part(3), part(4), c)
}

// addParts appends elements and sets items.
func (th *Thread) addParts(to, elems, items Value, c *copier) error {
	if elems != Value(None) {
		err := th.Each(elems, func(e Value) error {
			e, err := c.deep(e)
			if err != nil {
				return err
			}
			_, err = th.CallMethod(to, "append", e)
			return err
		})
		if err != nil {
			return err
		}
	}
	if items == Value(None) {
		return nil
	}
	return th.Each(items, func(pair Value) error {
		kv, err := th.Elems(pair)
		if err != nil {
			return err
		}
		if len(kv) != 2 {
			return Errorf(ValueError, "not enough values to unpack (expected 2, got %d)", len(kv))
		}
		for n := range kv {
			if kv[n], err = c.deep(kv[n]); err != nil {
				return err
			}
		}
		return th.SetItem(to, kv[0], kv[1])
	})
}
