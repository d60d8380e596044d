package objects

import "colloquy/engine/python"

// The exceptions of the library that Go code raises or looks for. They live in
// docassemble.base.error.
var (
	// DAError is a mistake of an author in using the library.
	DAError = errorClass("DAError", python.ExceptionClass)
	// DAException is the base of errors that modules raise.
	DAException = errorClass("DAException", python.ExceptionClass)
	// DAValidationError refuses an answer; its attribute field names the field
	// that is wrong, or is None.
	DAValidationError = python.NewClass(python.ClassSpec{Name: "DAValidationError", Module: errorModule,
		Bases: []*python.Class{python.ExceptionClass}, Members: []python.Member{python.Method("__init__", initValidation)}})
	// DAAttributeError and DAIndexError say that a part of an object is
	// missing; their Exception.Missing is its full name.
	DAAttributeError = errorClass("DAAttributeError", python.AttributeError)
	DAIndexError     = errorClass("DAIndexError", python.IndexError)
	// DANameError and LazyNameError are names that are wanted.
	DANameError   = errorClass("DANameError", python.NameError)
	LazyNameError = errorClass("LazyNameError", python.NameError)
)

const errorModule = "docassemble.base.error"

func errorClass(name string, base *python.Class) *python.Class {
	return python.NewClass(python.ClassSpec{Name: name, Module: errorModule, Bases: []*python.Class{base}})
}

func errorClasses() []*python.Class {
	return []*python.Class{DAError, DAException, DAValidationError, DAAttributeError, DAIndexError, DANameError, LazyNameError}
}

func initValidation(th *python.Thread, a *python.Args) (python.Value, error) {
	self := a.Self.(*python.Instance)
	field, ok := a.Keyword("field")
	if !ok {
		field = python.None
	}
	if e := self.Exception(); e != nil {
		e.Args = python.NewTuple(append([]python.Value(nil), a.Pos...)...)
	}
	self.Attrs.Set("field", field)
	return python.None, nil
}

// missing raises the want of a part of an object.
func missing(cls *python.Class, name string) error {
	exc := python.NewException(cls, python.NewStr("name '"+name+"' is not defined"))
	exc.Exception().Missing = name
	return python.Raise(exc)
}
