package python

import (
	"slices"

	"colloquy/engine/python/syntax"
)

// declared returns the symbol of a name that a statement declares; nothing may
// have been done with the name before.
func (a *analysis) declared(s syntax.Stmt, n, what string) *symbol {
	name := mangle(a.cur.class, n)
	sym := a.cur.symbol(name)
	switch {
	case sym.param:
		a.fail(s, "name '"+n+"' is parameter and "+what)
	case slices.Contains(a.cur.uses, name):
		a.fail(s, "name '"+n+"' is used prior to "+what+" declaration")
	case sym.annotated:
		a.fail(s, "annotated name '"+n+"' can't be "+what)
	case sym.bound:
		a.fail(s, "name '"+n+"' is assigned to before "+what+" declaration")
	}
	if sym.at == nil {
		sym.at = s
	}
	return sym
}
