package python

import (
	"maps"
	"slices"
)

// builtinsModule is the module that import builtins gives.
var builtinsModule = NewModule("builtins")

// TypeVarClass is the class of the parameters of generic functions and classes.
var TypeVarClass = bare("TypeVar", ObjectClass)

// init fills the builtin classes. It cannot be done where they are declared:
// the classes are named by the functions that are their members.
func init() {
	for _, c := range builtinClasses() {
		c.class.alloc = c.alloc
		c.class.final = c.final
		c.class.install(ClassSpec{New: c.alloc, Members: c.members})
	}
	for _, c := range exceptionClasses() {
		builtins[c.name] = c
	}
	ObjectClass.noDict = true
	for _, c := range []*Class{GenericAliasClass, UnionTypeClass} {
		c.module, c.noDict = "types", true
	}
	for _, c := range builtinClasses() {
		c.class.frozen = true
		c.class.build()
		if c.visible {
			builtins[c.class.name] = c.class
		}
	}
	for _, c := range exceptionClasses() {
		c.frozen = true
		c.build()
	}
	for _, f := range builtinFunctions() {
		builtins[f.name] = f
	}
	builtins["IOError"], builtins["EnvironmentError"] = OSError, OSError
	builtins["NotImplemented"], builtins["Ellipsis"] = NotImplemented, Ellipsis
	builtins["None"], builtins["True"], builtins["False"] = None, boxTrue, boxFalse
	builtins["__debug__"] = boxTrue
	for _, name := range slices.Sorted(maps.Keys(builtins)) {
		builtinsModule.Globals.Set(name, builtins[name])
	}
	builtinsModule.Globals.frozen = true
	builtins["__builtins__"] = builtinsModule
}

type builtinClass struct {
	class   *Class
	alloc   NewFunc
	members []Member
	visible bool // among the builtins
	final   bool
}

func builtinClasses() []builtinClass {
	return append([]builtinClass{
		{class: ObjectClass, alloc: newObject, members: objectMembers(), visible: true},
		{class: TypeClass, alloc: newTypeCall, members: typeMembers(), visible: true},
		{class: NoneClass, alloc: onlyOne("NoneType", None), members: []Member{truthMember(), reprMember()}, final: true},
		{class: EllipsisClass, alloc: onlyOne("EllipsisType", Ellipsis), final: true},
		{class: NotImplementedClass, alloc: onlyOne("NotImplementedType", NotImplemented), final: true},
		{class: IntClass, alloc: newInt, members: intMembers(), visible: true},
		{class: BoolClass, alloc: newBool, visible: true, final: true},
		{class: FloatClass, alloc: newFloat, members: append(floatMembers(), floatClassMembers()...), visible: true},
		{class: ComplexClass, alloc: newComplex, members: complexMembers(), visible: true},
		{class: StrClass, alloc: newStr, members: strMembers(), visible: true},
		{class: BytesClass, alloc: newBytes, members: bytesMembers(), visible: true},
		{class: ByteArrayClass, alloc: newByteArray, members: byteArrayMembers(), visible: true},
		{class: ListClass, alloc: newList, members: listMembers(), visible: true},
		{class: TupleClass, alloc: newTuple, members: tupleMembers(), visible: true},
		{class: DictClass, alloc: newDict, members: dictMembers(), visible: true},
		{class: SetClass, alloc: newSetValue(false), members: setMembers(false), visible: true},
		{class: FrozenSetClass, alloc: newSetValue(true), members: setMembers(true), visible: true},
		{class: RangeClass, alloc: newRange, members: rangeMembers(), visible: true, final: true},
		{class: SliceClass, alloc: newSlice, members: sliceMembers(), visible: true, final: true},
		{class: DictKeysClass, members: viewMembers(true), final: true},
		{class: DictItemsClass, members: viewMembers(true), final: true},
		{class: DictValuesClass, members: viewMembers(false), final: true},
	}, append(callableClasses(), iteratorClasses()...)...)
}

// onlyOne makes the value of a class that has one.
func onlyOne(name string, v Value) NewFunc {
	return func(_ *Thread, _ *Class, a *Args) (Value, error) {
		if len(a.Pos)+len(a.Kw) > 0 {
			return nil, Errorf(TypeError, "%s takes no arguments", name)
		}
		return v, nil
	}
}

func callableClasses() []builtinClass {
	wrapper := func(make func(fn Value) Value, name string) NewFunc {
		return func(_ *Thread, cls *Class, a *Args) (Value, error) {
			if err := a.one(name); err != nil {
				return nil, err
			}
			v := make(a.Pos[0])
			return derivedFrom(cls, v.Class(), v), nil
		}
	}
	return []builtinClass{
		{class: FunctionClass, members: functionMembers(), final: true},
		{class: BuiltinClass, members: callableMembers(), final: true},
		{class: MethodClass, alloc: newMethodValue, members: callableMembers(), final: true},
		{class: MethodDescriptorClass, members: callableMembers(), final: true},
		{class: ModuleClass, final: true},
		{class: PropertyClass, alloc: newProperty, members: propertyMembers(), visible: true},
		{class: GetSetClass, members: getSetMembers(), final: true},
		{class: StaticMethodClass, members: append(methodWrapperMembers(), staticCallMember()), visible: true,
			alloc: wrapper(func(fn Value) Value { return &StaticMethod{fn} }, "staticmethod")},
		{class: ClassMethodClass, members: methodWrapperMembers(), visible: true,
			alloc: wrapper(func(fn Value) Value { return &ClassMethod{fn} }, "classmethod")},
		{class: SuperClass, alloc: newSuperCall, visible: true, final: true},
		{class: CellClass, members: cellMembers(), final: true},
		{class: frameClass, members: frameMembers(), final: true},
		{class: codeClass, members: codeMembers(), final: true},
		{class: TracebackClass, members: tracebackMembers(), final: true},
		{class: MappingProxyClass, alloc: newMappingProxy, members: mappingProxyMembers(), final: true},
		{class: SlotWrapperClass, members: callableMembers(), final: true},
		{class: MethodWrapperClass, members: callableMembers(), final: true},
		{class: MemberDescriptorClass, members: slotMemberMembers(), final: true},
		{class: GenericAliasClass, alloc: newGenericAlias, members: aliasMembers(), final: true},
		{class: UnionTypeClass, members: unionMembers(), final: true},
		{class: TypeVarClass, members: typeVarMembers(), final: true},
		{class: TypeAliasClass, members: typeAliasMembers(), final: true},
	}
}

func iteratorClasses() []builtinClass {
	out := []builtinClass{
		{class: IteratorClass, members: iteratorMembers()},
		{class: GeneratorClass, members: generatorMembers(), final: true},
		{class: enumerateClass, alloc: newEnumerate, visible: true, final: true},
		{class: zipClass, alloc: newZip, visible: true, final: true},
		{class: mapClass, alloc: newMap, visible: true, final: true},
		{class: filterClass, alloc: newFilter, visible: true, final: true},
		{class: reverseClass, alloc: newReversed, visible: true, final: true},
	}
	for _, c := range []*Class{
		listIteratorClass, tupleIteratorClass, strIteratorClass, asciiIteratorClass, bytesIteratorClass, byteArrayIteratorClass, rangeIteratorClass, setIteratorClass,
		keyIteratorClass, valueIteratorClass, itemIteratorClass, callIteratorClass, reverseListIterator,
		reverseKeyIterator, reverseValueIterator, reverseItemIterator,
	} {
		out = append(out, builtinClass{class: c, final: true})
	}
	return out
}

func floatClassMembers() []Member {
	return []Member{ClassMethodOf("fromhex", func(_ *Thread, a *Args) (Value, error) {
		var s string
		if err := a.Unpack("fromhex", "string", &s); err != nil {
			return nil, err
		}
		f, err := parseHexFloat(s)
		return Float(f), err
	})}
}

func aliasMembers() []Member {
	alias := func(v Value) *GenericAlias { return v.(*GenericAlias) }
	return []Member{
		Getter("__origin__", func(_ *Thread, v Value) (Value, error) { return alias(v).Origin, nil }, nil),
		Getter("__args__", func(_ *Thread, v Value) (Value, error) { return NewTuple(alias(v).Args...), nil }, nil),
		Method("__call__", callAlias),
		Getter("__parameters__", func(th *Thread, v Value) (Value, error) {
			params, err := th.typeParameters(alias(v).Args)
			return NewTuple(params...), err
		}, nil),
		Method("__getitem__", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("__getitem__", 1); err != nil {
				return nil, err
			}
			return th.substitute(alias(a.Self), a.Pos[0])
		}),
		Method("__hash__", func(th *Thread, a *Args) (Value, error) {
			x := alias(a.Self)
			h, err := th.hashTuple(append([]Value{x.Origin}, x.Args...))
			return Int(h), err
		}),
		Method("__or__", unionOp), Method("__ror__", unionOp),
		Method("__eq__", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("__eq__", 1); err != nil {
				return nil, err
			}
			o, ok := a.Pos[0].(*GenericAlias)
			if !ok {
				return NotImplemented, nil
			}
			x := alias(a.Self)
			eq, err := th.Equal(&Tuple{append([]Value{x.Origin}, x.Args...)}, &Tuple{append([]Value{o.Origin}, o.Args...)})
			return boxBool(eq), err
		}),
		Method("__getattr__", func(th *Thread, a *Args) (Value, error) {
			var name string
			if err := a.Unpack("__getattr__", "name", &name); err != nil {
				return nil, err
			}
			return th.GetAttr(alias(a.Self).Origin, name)
		}),
	}
}

func unionMembers() []Member {
	return []Member{
		Getter("__args__", func(_ *Thread, v Value) (Value, error) { return NewTuple(v.(*UnionType).Args...), nil }, nil),
		Method("__or__", unionOp), Method("__ror__", unionOp),
		Method("__eq__", func(th *Thread, a *Args) (Value, error) {
			if err := a.Exactly("__eq__", 1); err != nil {
				return nil, err
			}
			o, ok := a.Pos[0].(*UnionType)
			if !ok {
				return NotImplemented, nil
			}
			x, err := th.setOf(a.Self.(*UnionType).Args)
			if err != nil {
				return nil, err
			}
			y, err := th.setOf(o.Args)
			if err != nil {
				return nil, err
			}
			eq, err := th.Equal(x, y)
			return boxBool(eq), err
		}),
		Method("__hash__", func(th *Thread, a *Args) (Value, error) {
			s, err := th.setOf(a.Self.(*UnionType).Args)
			if err != nil {
				return nil, err
			}
			return Int(s.hash()), nil
		}),
	}
}

// exceptionClasses fills the exception classes and returns them all.
func exceptionClasses() []*Class {
	if BaseException.alloc == nil {
		BaseException.install(ClassSpec{New: newExceptionValue, Members: append(exceptionMembers(), append(exceptionParts(), dictMember)...)})
		for _, f := range exceptionFields {
			for _, name := range f.names {
				f.class.dict.Set(name, None)
			}
		}
		BaseExceptionGroup.install(ClassSpec{New: newGroupValue, Members: groupMembers()})
		StopIteration.install(ClassSpec{Members: stopIterationMembers()})
	}
	return []*Class{
		BaseException, BaseExceptionGroup, GeneratorExit, KeyboardInterrupt, SystemExit, ExceptionClass, ArithmeticError,
		FloatingPointError, OverflowError, ZeroDivisionError, AssertionError, AttributeError, BufferError, EOFError,
		ExceptionGroup, ImportError, ModuleNotFoundError, LookupError, IndexError, KeyError, MemoryError, NameError,
		UnboundLocalError, OSError, BlockingIOError, ChildProcessError, ConnectionError, BrokenPipeError,
		ConnectionAbortedError, ConnectionRefusedError, ConnectionResetError, FileExistsError, FileNotFoundError,
		InterruptedError, IsADirectoryError, NotADirectoryError, PermissionError, ProcessLookupError, TimeoutError,
		ReferenceError, RuntimeError, NotImplementedError, RecursionError, StopIteration, StopAsyncIteration,
		SyntaxError, IndentationError, TabError, SystemError, TypeError, ValueError, UnicodeError, UnicodeDecodeError,
		UnicodeEncodeError, UnicodeTranslateError, Warning, BytesWarning, DeprecationWarning, EncodingWarning,
		FutureWarning, ImportWarning, PendingDeprecationWarning, ResourceWarning, RuntimeWarning, SyntaxWarning,
		UnicodeWarning, UserWarning,
	}
}
