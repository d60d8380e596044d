package words

import (
	"encoding/base64"
	"slices"
	"strings"
	"unicode"

	"colloquy/engine/evaluation"
	"colloquy/engine/objects"
	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// nameFunctions read and change variables by name.
var nameFunctions = []function{
	{"defined", defined},
	{"value", value},
	{"showif", showIf},
	{"showifdef", showIfDefined},
	{"define", define},
	{"set_variables", setVariables},
	{"undefine", undefine},
	{"invalidate", invalidate},
	{"all_variables", allVariables},
	{"encode_name", encodeName},
	{"decode_name", decodeName},
	{"from_b64_json", fromBase64JSON},
}

// defined(var, prior=False) never seeks.
func defined(th *python.Thread, a *python.Args) (python.Value, error) {
	var name python.Value
	var prior bool
	if err := a.Unpack("defined", "var", &name, "prior?", &prior); err != nil {
		return nil, err
	}
	text, ok := python.StringOf(name)
	if !ok {
		return nil, python.Errorf(objects.DAError, "defined() must be given a string")
	}
	if _, ok := constant(th, text); ok {
		return python.True, nil
	}
	if !strings.ContainsFunc(text, unicode.IsLetter) && !strings.Contains(text, "_") {
		return nil, python.Errorf(objects.DAError, "defined() must be given a valid Python variable name")
	}
	_, ok, err := find(th, "defined", text, prior)
	return python.Bool(ok), err
}

// find returns the value of a variable if it is defined; with prior, as it was
// before Back was pressed if it was defined then.
func find(th *python.Thread, fn, name string, prior bool) (python.Value, bool, error) {
	ev, err := running(th, fn)
	if err != nil {
		return nil, false, err
	}
	if prior && ev.Prior() != nil {
		if v, ok := evaluation.FindIn(th, ev.Prior(), name); ok {
			return v, true, nil
		}
	}
	v, ok := evaluation.Find(th, name)
	return v, ok, nil
}

// constant evaluates text that means something on its own: a literal or the
// name of a builtin.
func constant(th *python.Thread, text string) (python.Value, bool) {
	e, err := syntax.ParseExpr("<name>", text, syntax.Pos{})
	if err != nil {
		return nil, false
	}
	switch e := e.(type) {
	case *syntax.Constant:
		v, err := python.FromConstant(e)
		return v, err == nil
	case *syntax.Name:
		return python.LookupBuiltin(e.ID)
	case *syntax.UnaryOp, *syntax.List, *syntax.Tuple, *syntax.Dict, *syntax.Set:
		if !literal(e) {
			return nil, false
		}
		code, err := python.CompileExpr(e, python.CompileOptions{})
		if err != nil {
			return nil, false
		}
		v, err := code.Run(th, python.NewNamespace(nil))
		return v, err == nil
	}
	return nil, false
}

// literal reports whether an expression is made of constants alone.
func literal(e syntax.Expr) bool {
	all := func(list []syntax.Expr) bool {
		return !slices.ContainsFunc(list, func(e syntax.Expr) bool { return e == nil || !literal(e) })
	}
	switch e := e.(type) {
	case *syntax.Constant:
		return true
	case *syntax.UnaryOp:
		return literal(e.Operand)
	case *syntax.List:
		return all(e.Elts)
	case *syntax.Tuple:
		return all(e.Elts)
	case *syntax.Set:
		return all(e.Elts)
	case *syntax.Dict:
		return all(e.Keys) && all(e.Values)
	}
	return false
}

// value(var, prior=False) seeks what is missing.
func value(th *python.Thread, a *python.Args) (python.Value, error) {
	var name python.Value
	var prior bool
	if err := a.Unpack("value", "var", &name, "prior?", &prior); err != nil {
		return nil, err
	}
	text, ok := python.StringOf(name)
	if !ok {
		return nil, python.Errorf(objects.DAError, "value() must be given a string")
	}
	return valueOf(th, "value", text, prior)
}

func valueOf(th *python.Thread, fn, name string, prior bool) (python.Value, error) {
	if v, ok := constant(th, name); ok {
		return v, nil
	}
	if strings.ContainsAny(name, "()\n\r") || strings.Contains(name, "lambda") {
		return nil, python.Errorf(objects.DAError, "%s() is invalid: %s", fn, name)
	}
	ev, err := running(th, fn)
	if err != nil {
		return nil, err
	}
	p, ok := ev.Paths().Parse(strings.TrimSpace(name))
	if !ok {
		return nil, python.Errorf(objects.DAError, "%s() is invalid: %s", fn, name)
	}
	if prior && ev.Prior() != nil {
		if v, ok := evaluation.FindIn(th, ev.Prior(), name); ok {
			return v, nil
		}
	}
	return p.Read(th, ev.Answers())
}

// showif(var, condition, alternative=”)
func showIf(th *python.Thread, a *python.Args) (python.Value, error) {
	var name string
	var yes bool
	var alternative python.Value = python.NewStr("")
	if err := a.Unpack("showif", "var", &name, "condition", &yes, "alternative?", &alternative); err != nil {
		return nil, err
	}
	if !yes {
		return alternative, nil
	}
	return valueOf(th, "showif", name, false)
}

// showifdef(var, alternative=”, prior=False) never seeks.
func showIfDefined(th *python.Thread, a *python.Args) (python.Value, error) {
	var name string
	var alternative python.Value = python.NewStr("")
	var prior bool
	if err := a.Unpack("showifdef", "var", &name, "alternative?", &alternative, "prior?", &prior); err != nil {
		return nil, err
	}
	if v, ok := constant(th, name); ok {
		return v, nil
	}
	v, ok, err := find(th, "showifdef", name, prior)
	if err != nil || !ok {
		return alternative, err
	}
	return v, nil
}

// define(var, val) assigns by name.
func define(th *python.Thread, a *python.Args) (python.Value, error) {
	var name, val python.Value
	if err := a.Unpack("define", "var", &name, "val", &val); err != nil {
		return nil, err
	}
	text, ok := python.StringOf(name)
	if !ok || !beginsName(text) {
		return nil, python.Errorf(objects.DAError, "define() must be given a string as the variable name")
	}
	return python.None, assign(th, "define", text, val)
}

func beginsName(s string) bool {
	for _, r := range s {
		return r == '_' || unicode.IsLetter(r)
	}
	return false
}

// assign sets a variable by name.
func assign(th *python.Thread, fn, name string, v python.Value) error {
	if _, err := running(th, fn); err != nil {
		return err
	}
	if !syntax.IsVariableName(name) {
		return python.Errorf(objects.DAError, "%s(): %s is not the name of a variable", fn, quoted(name))
	}
	return evaluation.Write(th, name, v)
}

// quoted writes a name in a message; a long one is cut.
func quoted(name string) string {
	if r := []rune(name); len(r) > 60 {
		name = string(r[:60]) + "…"
	}
	return "'" + name + "'"
}

// set_variables(dict, process_objects=False)
func setVariables(th *python.Thread, a *python.Args) (python.Value, error) {
	var vars *python.Dict
	var process bool
	if err := a.Unpack("set_variables", "variables", &vars, "process_objects?", &process); err != nil {
		return nil, err
	}
	for k, v := range vars.Clone().All() {
		name, ok := python.StringOf(k)
		if !ok {
			return nil, python.Errorf(objects.DAError, "set_variables(): the names of variables must be text")
		}
		if process {
			var err error
			if v, err = evaluation.CallLibrary(th, "transform_json_variables", []python.Value{v}); err != nil {
				return nil, err
			}
		}
		if err := assign(th, "set_variables", name, python.None); err != nil {
			return nil, err
		}
		if err := assign(th, "set_variables", name, v); err != nil {
			return nil, err
		}
	}
	return python.None, nil
}

// undefine(*names) forgets variables; those that are not there are no error.
func undefine(th *python.Thread, a *python.Args) (python.Value, error) {
	return python.None, eachName(th, a, "undefine", func(name string) error {
		_, err := evaluation.Delete(th, name)
		return err
	})
}

// invalidate(*names) is undefine that offers the old values as defaults.
func invalidate(th *python.Thread, a *python.Args) (python.Value, error) {
	return python.None, eachName(th, a, "invalidate", func(name string) error { return evaluation.Invalidate(th, name) })
}

// eachName goes through the names in the arguments; what means something on
// its own is skipped.
func eachName(th *python.Thread, a *python.Args, fn string, do func(name string) error) error {
	if _, err := running(th, fn); err != nil {
		return err
	}
	if err := a.NoKeywords(fn); err != nil {
		return err
	}
	names, err := spread(th, a.Pos)
	if err != nil {
		return err
	}
	for _, v := range names {
		name, ok := python.StringOf(v)
		if !ok {
			return python.Errorf(objects.DAError, "%s() must be given strings", fn)
		}
		if _, ok := constant(th, name); ok {
			continue
		}
		if err := do(name); err != nil {
			return err
		}
	}
	return nil
}

// encode_name(var) is the name of a form field for a variable.
func encodeName(_ *python.Thread, a *python.Args) (python.Value, error) {
	var name *python.Str
	if err := a.Unpack("encode_name", "var", &name); err != nil {
		return nil, err
	}
	return python.NewStr(base64.RawStdEncoding.EncodeToString([]byte(name.String()))), nil
}

// decode_name(text)
func decodeName(_ *python.Thread, a *python.Args) (python.Value, error) {
	var text *python.Str
	if err := a.Unpack("decode_name", "text", &text); err != nil {
		return nil, err
	}
	plain, err := fromBase64(text.String())
	if err != nil {
		return nil, python.Errorf(python.ValueError, "decode_name(): that is not an encoded name")
	}
	if text.HasOutside() {
		return python.Outside(string(plain)), nil
	}
	return python.NewStr(string(plain)), nil
}

// fromBase64 reads base64 with or without its padding.
func fromBase64(s string) ([]byte, error) {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
	return base64.RawStdEncoding.DecodeString(strings.TrimRight(s, "="))
}

// from_b64_json(text)
func fromBase64JSON(th *python.Thread, a *python.Args) (python.Value, error) {
	var text python.Value
	if err := a.Unpack("from_b64_json", "text", &text); err != nil {
		return nil, err
	}
	if isNone(text) {
		return python.None, nil
	}
	s, err := th.Str(text)
	if err != nil {
		return nil, err
	}
	plain, err := fromBase64(s.String())
	if err != nil {
		return nil, python.Errorf(python.ValueError, "from_b64_json(): that is not base64")
	}
	json := python.NewStr(string(plain))
	if s.HasOutside() {
		json = json.Marked()
	}
	return callModule(th, "json", "loads", []python.Value{json}, nil)
}

// callModule calls a function of a standard module.
func callModule(th *python.Thread, module, fn string, args []python.Value, kw []python.Kwarg) (python.Value, error) {
	m, err := th.Import(module)
	if err != nil {
		return nil, err
	}
	f, err := th.GetAttr(m, fn)
	if err != nil {
		return nil, err
	}
	return th.Call(f, args, kw)
}
