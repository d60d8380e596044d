package python

// builtins are the names every program sees.
var builtins = map[string]Value{}

// Builtin returns the builtin of that name.
func LookupBuiltin(name string) (Value, bool) {
	v, ok := builtins[name]
	return v, ok
}
