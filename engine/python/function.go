package python

// A Function is made by def or lambda.
type Function struct {
	code       *function
	globals    *Namespace
	defaults   []Value    // of the last positional parameters
	kwDefaults []Value    // beside the keyword-only parameters; nil: none
	cells      []*Cell    // free variables
	attrs      Namespace  // __dict__
	beside     *Namespace // __module__ and the like, which are not in __dict__; nil: none
	name       string
	qualname   string
	doc        Value
	frozen     bool
}

// Class returns FunctionClass.
func (*Function) Class() *Class { return FunctionClass }

// Name returns the function's __name__.
func (f *Function) Name() string { return f.name }

// QualifiedName returns module and qualified name joined by a dot.
func (f *Function) QualifiedName() string {
	if m := f.module(); m != "" {
		return m + "." + f.qualname
	}
	return f.qualname
}

// named is where the attribute name of the function is kept.
func (f *Function) named(name string) *Namespace {
	switch name {
	case "__module__", "__annotations__", "__type_params__":
		if f.beside == nil {
			if f.frozen {
				return &f.attrs
			}
			f.beside = &Namespace{}
		}
		return f.beside
	}
	return &f.attrs
}

// look returns an attribute that has been set.
func (f *Function) look(name string) (Value, bool) {
	if f.beside != nil {
		if v, ok := f.beside.Get(name); ok {
			return v, true
		}
	}
	return f.attrs.Get(name)
}

func (f *Function) module() string {
	if v, ok := f.look("__module__"); ok {
		if s, ok := asStr(v); ok {
			return s.s
		}
		return ""
	}
	if v, ok := f.globals.Get("__name__"); ok {
		if s, ok := asStr(v); ok {
			return s.s
		}
	}
	return ""
}

// A Cell holds a variable shared between a function and the functions in it.
type Cell struct {
	v      Value // nil: unbound
	frozen bool
}

// A BuiltinFunc is a function written in Go. a and what it holds are valid
// during the call only.
type BuiltinFunc func(th *Thread, a *Args) (Value, error)

// A Builtin is a function or method written in Go.
type Builtin struct {
	name   string
	fn     BuiltinFunc
	method bool
	owner  *Class // of a method
	// wrapper: a special method, which CPython calls a slot wrapper
	wrapper bool
}

// Class returns BuiltinClass, or MethodDescriptorClass or
// SlotWrapperClass for a method.
func (b *Builtin) Class() *Class {
	switch {
	case b.wrapper:
		return SlotWrapperClass
	case b.method:
		return MethodDescriptorClass
	}
	return BuiltinClass
}

// plainSpecial are the special methods that CPython does not call slot
// wrappers.
var plainSpecial = map[string]bool{
	"__format__": true, "__reduce__": true, "__reduce_ex__": true, "__dir__": true, "__sizeof__": true, "__init_subclass__": true,
	"__subclasshook__": true, "__class_getitem__": true, "__round__": true, "__trunc__": true, "__floor__": true, "__ceil__": true,
	"__getnewargs__": true, "__missing__": true, "__instancecheck__": true, "__subclasscheck__": true, "__reversed__": true,
	"__getattr__": true, "__copy__": true, "__deepcopy__": true, "__enter__": true, "__exit__": true, "__getstate__": true,
	"__setstate__": true, "__length_hint__": true, "__subclasses__": true, "__prepare__": true, "__bytes__": true,
	"__set_name__": true, "__new__": true, "__mro_entries__": true,
}

// ownedBy makes the method one of class c.
func (b *Builtin) ownedBy(c *Class) {
	b.owner = c
	n := len(b.name)
	b.wrapper = b.method && n > 4 && isDunder(b.name) && b.name[n-2:] == "__" && !plainSpecial[b.name] &&
		!(b.name == "__getitem__" && (c == ListClass || c == DictClass)) &&
		!(b.name == "__contains__" && (c == DictClass || c == SetClass || c == FrozenSetClass))
}

// Name returns the function's __name__.
func (b *Builtin) Name() string { return b.name }

// NewBuiltin returns a function written in Go.
func NewBuiltin(name string, fn BuiltinFunc) *Builtin { return &Builtin{name: name, fn: fn} }

// Method returns a method written in Go as a member of a class. a.Self is the
// object.
func Method(name string, fn BuiltinFunc) Member {
	return Member{name, &Builtin{name: name, fn: fn, method: true}}
}

// Static returns a static method written in Go as a member of a class.
func Static(name string, fn BuiltinFunc) Member {
	return Member{name, &StaticMethod{NewBuiltin(name, fn)}}
}

// ClassMethodOf returns a class method written in Go as a member of a class.
// a.Self is the class.
func ClassMethodOf(name string, fn BuiltinFunc) Member {
	return Member{name, &ClassMethod{&Builtin{name: name, fn: fn, method: true, owner: TypeClass}}}
}

// Getter returns a property written in Go as a member of a class; set may be
// nil for one that cannot be assigned.
func Getter(name string, get func(th *Thread, self Value) (Value, error), set func(th *Thread, self, v Value) error) Member {
	return Member{name, &Property{name: name, goGet: get, goSet: set}}
}

// Field returns a read-only attribute as a member of a class. It is one that
// CPython keeps as a plain field, which shows when it is assigned to.
func Field(name string, get func(th *Thread, self Value) (Value, error)) Member {
	return Member{name, &Property{name: name, goGet: get, plain: true}}
}

// Const returns a constant as a member of a class.
func Const(name string, v Value) Member { return Member{name, v} }

// A BoundMethod is a function together with the object it was read from.
type BoundMethod struct {
	Self Value
	Fn   Value // *Function, *Builtin, or any callable
}

// Class returns MethodClass, or BuiltinClass or MethodWrapperClass for a method
// written in Go.
func (m *BoundMethod) Class() *Class {
	if b, ok := m.Fn.(*Builtin); ok {
		if b.wrapper {
			return MethodWrapperClass
		}
		return BuiltinClass
	}
	return MethodClass
}

// A Property computes an attribute. Get, Set and Del are callables or nil.
type Property struct {
	Get, Set, Del Value
	Doc           Value
	owner         *Class // of one written in Go
	name          string
	goGet         func(th *Thread, self Value) (Value, error)
	goSet         func(th *Thread, self, v Value) error
	goDel         func(th *Thread, self Value) error
	plain         bool                   // a field in CPython: assigning to it fails in other words
	onClass       func(cls *Class) error // what reading it from the class is, if an error
}

// Class returns PropertyClass, or GetSetClass for one written in Go.
func (p *Property) Class() *Class {
	if p.goGet != nil {
		return GetSetClass
	}
	return PropertyClass
}

// A StaticMethod is a function that is not bound when read from a class.
type StaticMethod struct{ Fn Value }

// Class returns StaticMethodClass.
func (*StaticMethod) Class() *Class { return StaticMethodClass }

// A ClassMethod is a function that is bound to the class it is read from.
type ClassMethod struct{ Fn Value }

// Class returns ClassMethodClass.
func (*ClassMethod) Class() *Class { return ClassMethodClass }

// IsCallableType reports whether v is a function, method, class or module: what
// a session's top level leaves out when it is saved.
func IsCallableType(v Value) bool {
	switch v := v.(type) {
	case *Function, *Builtin, *BoundMethod, *Class, *Module, *StaticMethod, *ClassMethod, *Property:
		return true
	case *Instance: // what functools makes of a function, such as a cache around it
		return v.Cls.module == "functools" && v.Cls.slot().call != nil
	}
	return false
}
