package python

// A Function is made by def or lambda.
type Function struct {
	code       *function
	globals    *Namespace
	defaults   []Value // of the last positional parameters
	kwDefaults []Value // beside the keyword-only parameters; nil: none
	cells      []*Cell // free variables
	attrs      Namespace
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

func (f *Function) module() string {
	if v, ok := f.attrs.Get("__module__"); ok {
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
}

// Class returns BuiltinClass, or MethodDescriptorClass for a method.
func (b *Builtin) Class() *Class {
	if b.method {
		return MethodDescriptorClass
	}
	return BuiltinClass
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

// Const returns a constant as a member of a class.
func Const(name string, v Value) Member { return Member{name, v} }

// A BoundMethod is a function together with the object it was read from.
type BoundMethod struct {
	Self Value
	Fn   Value // *Function, *Builtin, or any callable
}

// Class returns MethodClass, or BuiltinClass for a method written in Go.
func (m *BoundMethod) Class() *Class {
	if _, ok := m.Fn.(*Builtin); ok {
		return BuiltinClass
	}
	return MethodClass
}

// A Property computes an attribute. Get, Set and Del are callables or nil.
type Property struct {
	Get, Set, Del Value
	Doc           Value
	name          string
	goGet         func(th *Thread, self Value) (Value, error)
	goSet         func(th *Thread, self, v Value) error
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
	switch v.(type) {
	case *Function, *Builtin, *BoundMethod, *Class, *Module, *StaticMethod, *ClassMethod, *Property:
		return true
	}
	return false
}
