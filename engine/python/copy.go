package python

// DeepCopy copies v and everything mutable in it, as copy.deepcopy does:
// functions, classes and modules stay themselves, __deepcopy__ is asked. memo
// maps what has been copied to its copy; it may be nil.
func DeepCopy(th *Thread, v Value, memo map[any]Value) (Value, error) {
	if memo == nil {
		memo = map[any]Value{}
	}
	c := copier{th: th, memo: memo, ask: true}
	return c.value(v)
}

// DeepCopyMemo is DeepCopy with the memo that an object's __deepcopy__ was
// given: a dict from id(original) to its copy.
func DeepCopyMemo(th *Thread, v Value, memo *Dict) (Value, error) {
	c := copier{th: th, memo: map[any]Value{}, ask: true, memoDict: memo}
	return c.value(v)
}

// copier copies a graph of values.
type copier struct {
	th        *Thread
	memo      map[any]Value
	ask       bool // let objects copy themselves (__deepcopy__)
	keepClass bool
	done      func(from, to Value)
	memoDict  *Dict
}

func (c *copier) note(from, to Value) {
	c.memo[from] = to
	if c.memoDict != nil {
		c.memoDict.setID(from, to)
	}
	if c.done != nil {
		c.done(from, to)
	}
}

func (c *copier) value(v Value) (Value, error) {
	switch v.(type) {
	case *List, *Dict, *Set, *Tuple, *Instance, *BoundMethod, Copier:
	case *generator, *lazy:
		if c.ask && v.Class() == GeneratorClass {
			return nil, Errorf(TypeError, "cannot pickle '%s' object", v.Class().name)
		}
		if !c.keepClass {
			return v, nil
		}
	default:
		return v, nil
	}
	if to, ok := c.memo[v]; ok {
		return to, nil
	}
	if c.memoDict != nil {
		if to, ok := c.memoDict.getID(v); ok {
			return to, nil
		}
	}
	if err := c.th.enter(); err != nil {
		return nil, err
	}
	defer c.th.leave()
	if err := c.th.Tick(); err != nil {
		return nil, err
	}
	switch v := v.(type) {
	case *List:
		return c.list(v)
	case *Dict:
		return c.dict(v)
	case *Set:
		return c.set(v)
	case *Tuple:
		return c.tuple(v)
	case *Instance:
		return c.instance(v)
	case *BoundMethod:
		self, err := c.value(v.Self)
		if err != nil || self == v.Self {
			return v, err
		}
		to := &BoundMethod{self, v.Fn}
		c.note(v, to)
		return to, nil
	case *generator, *lazy:
		to := notShared(GeneratorClass)
		c.note(v, to)
		return to, nil
	case Copier:
		to, err := v.CopyFor(c.th, c.value)
		if err == nil {
			c.note(v, to)
		}
		return to, err
	}
	return v, nil
}

func (c *copier) list(v *List) (Value, error) {
	if err := c.th.Alloc(16 * len(v.Elems)); err != nil {
		return nil, err
	}
	to := &List{Elems: make([]Value, 0, len(v.Elems))}
	c.note(v, to)
	for _, e := range v.Elems {
		x, err := c.value(e)
		if err != nil {
			return nil, err
		}
		to.Elems = append(to.Elems, x)
	}
	return to, nil
}

func (c *copier) dict(v *Dict) (Value, error) {
	to := NewDict()
	c.note(v, to)
	for k, e := range v.All() {
		kc, err := c.value(k)
		if err != nil {
			return nil, err
		}
		ec, err := c.value(e)
		if err != nil {
			return nil, err
		}
		if err := to.Set(c.th, kc, ec); err != nil {
			return nil, err
		}
	}
	return to, nil
}

func (c *copier) set(v *Set) (Value, error) {
	to := &Set{Frozen: v.Frozen}
	c.note(v, to)
	for _, e := range v.t.keys() {
		x, err := c.value(e)
		if err != nil {
			return nil, err
		}
		if err := to.Add(c.th, x); err != nil {
			return nil, err
		}
	}
	return to, nil
}

func (c *copier) tuple(v *Tuple) (Value, error) {
	elems := make([]Value, len(v.Elems))
	same := true
	for i, e := range v.Elems {
		x, err := c.value(e)
		if err != nil {
			return nil, err
		}
		elems[i] = x
		same = same && x == e
	}
	if to, ok := c.memo[v]; ok { // made meanwhile, through a cycle
		return to, nil
	}
	if same {
		return v, nil
	}
	to := NewTuple(elems...)
	c.note(v, to)
	return to, nil
}

func (c *copier) instance(v *Instance) (Value, error) {
	if v.fixed && c.keepClass {
		return v, nil
	}
	if c.ask {
		if m, ok := v.Cls.Lookup("__deepcopy__"); ok {
			return c.askObject(v, m)
		}
		if to, done, err := c.th.rebuilt(v, c); done || err != nil {
			return to, err
		}
	}
	to := &Instance{Cls: v.Cls, ID: 0}
	if c.keepClass {
		to.ID = v.ID
	}
	c.note(v, to)
	if err := c.native(v, to); err != nil {
		return nil, err
	}
	for name, e := range v.Stored() {
		x, err := c.value(e)
		if err != nil {
			return nil, err
		}
		to.Restore(name, x)
	}
	return to, nil
}

func (c *copier) askObject(v *Instance, method Value) (Value, error) {
	if c.memoDict == nil {
		c.memoDict = NewDict()
		for from, to := range c.memo {
			if from, ok := from.(Value); ok {
				c.memoDict.setID(from, to)
			}
		}
	}
	to, err := c.th.Call(method, []Value{v, c.memoDict}, nil)
	if err == nil {
		c.note(v, to)
	}
	return to, err
}

// A NativeCopier is the Native of instances that copy their data themselves.
type NativeCopier interface {
	CopyNative(th *Thread, deep func(Value) (Value, error)) (any, error)
}

func (c *copier) native(v, to *Instance) error {
	switch n := v.Native.(type) {
	case NativeCopier:
		x, err := n.CopyNative(c.th, c.value)
		to.Native = x
		return err
	case *Exception:
		e := *n
		to.Native = &e
		args, err := c.value(n.Args)
		if err != nil {
			return err
		}
		e.Args = args.(*Tuple)
	case Value:
		x, err := c.value(n)
		to.Native = x
		return err
	default:
		to.Native = n
	}
	return nil
}
