package objects

import "colloquy/engine/python"

// The exceptions of the library that Go code raises or looks for. They live in
// docassemble.base.error.
var (
	// DAError is a mistake of an author in using the library: a message and the
	// status of the page that shows it.
	DAError = python.NewClass(python.ClassSpec{Name: "DAError", Module: errorModule, Bases: []*python.Class{python.ExceptionClass},
		Members: []python.Member{python.Method("__init__", initError), python.Getter("value", errorValue, nil), python.Getter("error_code", errorCode, nil)}})
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

// Classes that modules import, to raise or to catch them.
var (
	sourceError          = errorClass("DASourceError", DAError)
	noEndpointError      = errorClass("DAErrorNoEndpoint", DAError)
	missingVariableError = errorClass("DAErrorMissingVariable", DAError)
	compileError         = errorClass("DAErrorCompileError", DAError)
	mandatoryQuestion    = errorClass("MandatoryQuestion", python.ExceptionClass)
	codeExecute          = errorClass("CodeExecute", python.ExceptionClass)
)

func importedErrors() []*python.Class {
	return []*python.Class{sourceError, noEndpointError, missingVariableError, compileError, mandatoryQuestion, codeExecute}
}

func errorClasses() []*python.Class {
	return []*python.Class{DAError, DAException, DAValidationError, DAAttributeError, DAIndexError, DANameError, LazyNameError}
}

// codeAttr is where a DAError keeps a status that is not the usual one.
const codeAttr = "_code"

func initError(_ *python.Thread, a *python.Args) (python.Value, error) {
	self := a.Self.(*python.Instance)
	var value, code python.Value
	if err := a.Unpack("DAError", "value?", &value, "code?", &code); err != nil {
		return nil, err
	}
	if e := self.Exception(); e != nil && value != nil {
		e.Args = python.NewTuple(value)
	}
	if code != nil {
		self.Attrs.Set(codeAttr, code)
	}
	return python.None, nil
}

func errorValue(_ *python.Thread, self python.Value) (python.Value, error) {
	if e := self.(*python.Instance).Exception(); e != nil && len(e.Args.Elems) > 0 {
		return e.Args.Elems[0], nil
	}
	return python.NewStr(""), nil
}

func errorCode(_ *python.Thread, self python.Value) (python.Value, error) {
	if v, ok := self.(*python.Instance).Attrs.Get(codeAttr); ok {
		return v, nil
	}
	return python.Int(501), nil
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
