package stdlib

import (
	"math"

	"colloquy/engine/python"
)

// What programs are told of the Python they run on: that whose behaviour the
// dialect follows.
const (
	versionMajor = 3
	versionMinor = 12
)

var versionInfoClass, floatInfoClass *python.Class

// fillSys gives the parts of sys that say nothing about the machine.
func fillSys(_ *builder, ns *python.Namespace) error {
	ns.Set("version_info", record(versionInfoClass, python.Int(versionMajor), python.Int(versionMinor), python.Int(0), str("final"), python.Int(0)))
	ns.Set("float_info", record(floatInfoClass, python.Float(math.MaxFloat64), python.Int(1024), python.Int(308), python.Float(0x1p-1022),
		python.Int(-1021), python.Int(-307), python.Int(15), python.Int(53), python.Float(0x1p-52), python.Int(2), python.Int(1)))
	ns.Set("version", str("3.12.0"))
	ns.Set("hexversion", python.Int(versionMajor<<24|versionMinor<<16|0xf0))
	ns.Set("maxsize", python.Int(math.MaxInt64))
	ns.Set("maxunicode", python.Int(0x10ffff))
	ns.Set("byteorder", str("little"))
	ns.Set("platform", str("linux"))
	ns.Set("executable", str(""))
	ns.Set("argv", python.NewList(str("")))
	ns.Set("path", python.NewList())
	ns.Set("modules", python.NewDict())
	ns.Set("_hash_modulus", python.Int(1<<61-1))
	functions(ns, map[string]python.BuiltinFunc{
		"_write": func(th *python.Thread, a *python.Args) (python.Value, error) {
			var s *python.Str
			if err := a.Unpack("write", "/text", &s); err != nil {
				return nil, err
			}
			return python.Int(s.Len()), th.Write(s.String())
		},
		"exit":     sysExit,
		"exc_info": excInfo,
		"exception": func(th *python.Thread, a *python.Args) (python.Value, error) {
			if exc := th.Handling(); exc != nil {
				return exc, a.Exactly("exception", 0)
			}
			return python.None, a.Exactly("exception", 0)
		},
		"getrecursionlimit":     answer("getrecursionlimit", python.Int(1000)),
		"getsizeof":             func(*python.Thread, *python.Args) (python.Value, error) { return python.Int(64), nil },
		"getdefaultencoding":    answer("getdefaultencoding", str("utf-8")),
		"getfilesystemencoding": answer("getfilesystemencoding", str("utf-8")),
		"intern":                func(_ *python.Thread, a *python.Args) (python.Value, error) { return a.Pos[0], a.Exactly("intern", 1) },
		"setrecursionlimit":     func(*python.Thread, *python.Args) (python.Value, error) { return python.None, nil },
	})
	return nil
}

// answer is a function without arguments that always gives v.
func answer(name string, v python.Value) python.BuiltinFunc {
	return func(_ *python.Thread, a *python.Args) (python.Value, error) { return v, a.Exactly(name, 0) }
}

func sysExit(th *python.Thread, a *python.Args) (python.Value, error) {
	var code python.Value = python.None
	if err := a.Unpack("exit", "/status?", &code); err != nil {
		return nil, err
	}
	args := []python.Value{code}
	if isNone(code) {
		args = nil
	}
	exc := python.NewException(python.SystemExit, args...)
	exc.Attrs.Set("code", code)
	return nil, th.Raise(exc)
}

func excInfo(th *python.Thread, _ *python.Args) (python.Value, error) {
	if exc := th.Handling(); exc != nil {
		return python.NewTuple(exc.Cls, exc, python.TracebackOf(exc)), nil
	}
	return python.NewTuple(python.None, python.None, python.None), nil
}

func defineSys() {
	versionInfoClass = newRecord("sys", "version_info", "major", "minor", "micro", "releaselevel", "serial")
	floatInfoClass = newRecord("sys", "float_info", "max", "max_exp", "max_10_exp", "min", "min_exp", "min_10_exp", "dig", "mant_dig", "epsilon", "radix", "rounds")
}
