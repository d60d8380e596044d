package python

import (
	"slices"
	"unicode"
)

// nameScope is where a name was not found: what an error may suggest instead.
type nameScope struct {
	locals  []string
	self    Value // of a method, or nil
	globals *Namespace
}

// nameScope notes the names that the frame sees now.
func (fr *frame) nameScope() *nameScope {
	s := &nameScope{globals: fr.globals}
	add := func(name string, v Value) {
		if v == nil || name == "" {
			return
		}
		s.locals = append(s.locals, name)
		if name == "self" {
			s.self = v
		}
	}
	for i, v := range fr.vars {
		if i < len(fr.code.varNames) {
			add(fr.code.varNames[i], v)
		}
	}
	for i, c := range fr.cells {
		add(fr.code.cellNames[i], c.v)
	}
	if fr.names != nil {
		s.locals = append(s.locals, fr.names.Names()...)
	}
	return s
}

// undefined is the error for a name that is found nowhere.
func (fr *frame) undefined(name string, p place) error {
	return fr.unnamed(undefined(name, fr.code.interview), p)
}

// unnamed is the NameError err at p.
func (fr *frame) unnamed(err error, p place) error {
	if r, ok := err.(*Raised); ok && !fr.code.interview {
		r.exc.Exception().scope = fr.nameScope()
	}
	return fr.fail(err, p)
}

// Suggestion returns the name that was probably meant where exc, a NameError,
// AttributeError or ImportError, says that there is none; or "". An object that
// lacks an attribute is asked what it has, which may run author code. inScope
// says whether the names of the place of a NameError count.
func (th *Thread) Suggestion(exc *Instance, inScope bool) string {
	wrong, names := "", []string(nil)
	switch {
	case exc.Cls.derives(ImportError):
		wrong, names = exc.attrText("name_from"), th.importedNames(exc)
	case exc.Cls.derives(AttributeError):
		wrong = exc.attrText("name")
		if obj, ok := exc.Attrs.Get("obj"); ok {
			names = th.dirOf(obj)
		}
	case exc.Cls.derives(NameError):
		s := exc.Exception().scope
		if s == nil || !inScope {
			return ""
		}
		wrong = exc.attrText("name")
		if s.self != nil {
			if _, ok, err := th.GetAttrDefault(s.self, wrong); ok && err == nil {
				return "self." + wrong
			}
		}
		names = s.names()
	}
	return nearestName(wrong, names)
}

// names are the names of the scope, then those around it.
func (s *nameScope) names() []string {
	names := slices.Clone(s.locals)
	for n := s.globals; n != nil; n = n.parent {
		names = append(names, n.Names()...)
	}
	inner := len(names)
	for n := range builtins {
		names = append(names, n)
	}
	slices.Sort(names[inner:])
	return names
}

// attrText is an attribute of the exception, if it is text.
func (i *Instance) attrText(name string) string {
	v, _ := i.Attrs.Get(name)
	s, _ := StringOf(v)
	return s
}

// dirOf is dir(v) as far as it can be had.
func (th *Thread) dirOf(v Value) []string {
	list, err := th.Call(builtins["dir"], []Value{v}, nil)
	if err != nil {
		return nil
	}
	elems, err := th.Elems(list)
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range elems {
		if s, ok := StringOf(e); ok {
			names = append(names, s)
		}
	}
	return names
}

// importedNames are the names of the module that an import wanted one from.
func (th *Thread) importedNames(exc *Instance) []string {
	if exc.attrText("name_from") == "" {
		return nil
	}
	m, err := th.load(exc.attrText("name"), "")
	if err != nil {
		return nil
	}
	return th.dirOf(m)
}

// What is compared, and what it costs to make one name of another.
const (
	longestName   = 40  // characters
	mostNames     = 750 // candidates
	changeCost    = 2   // a character more, less or another
	caseCost      = 1   // a letter small instead of large
	changeEachCut = 6   // one of so many halves of the characters may change
)

// nearestName returns the name most like wrong, the first of several, or "" if
// more than a third of the characters of both would have to change.
func nearestName(wrong string, names []string) string {
	w := []rune(wrong)
	if len(w) == 0 || len(w) > longestName || len(names) > mostNames {
		return ""
	}
	best, found := len(w), ""
	for _, name := range names {
		if name == wrong {
			continue
		}
		n := []rune(name)
		limit := min((len(n)+len(w)+3)*changeCost/changeEachCut, best-1)
		if gap := len(n) - len(w); max(gap, -gap)*changeCost > limit {
			continue
		}
		if cost := editCost(w, n); cost <= limit {
			best, found = cost, name
		}
	}
	return found
}

// editCost is what it costs to make b of a.
func editCost(a, b []rune) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) > longestName || len(b) > longestName {
		return (len(a) + len(b)) * changeCost
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j * changeCost
	}
	for i := range a {
		diagonal := row[0]
		row[0] = (i + 1) * changeCost
		for j := range b {
			above := row[j+1]
			row[j+1] = min(above+changeCost, row[j]+changeCost, diagonal+swapCost(a[i], b[j]))
			diagonal = above
		}
	}
	return row[len(b)]
}

func swapCost(a, b rune) int {
	switch {
	case a == b:
		return 0
	case unicode.ToLower(a) == unicode.ToLower(b):
		return caseCost
	}
	return changeCost
}
