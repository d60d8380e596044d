package mako

import (
	"strings"

	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// A Template is a compiled text. It is immutable and shared by all sessions.
type Template struct {
	parts []syntax.Node

	static *python.Str  // of a text without Python
	code   *python.Code // of any other
	whole  bool         // code is one expression, not a function
	own    bool         // rendering needs a namespace of its own
	names  []binding    // what that namespace holds
	calls  bool         // <%call> is used
}

// A binding is a name with its value.
type binding struct {
	name  string
	value python.Value
}

// Compile compiles a text; one that [IsTemplate] does not take for a template
// is verbatim. The error is a *syntax.Error with a place in the file.
func Compile(src Source) (*Template, error) {
	if !src.isTemplate() {
		return &Template{static: python.NewStr(src.verbatim())}, nil
	}
	tree, err := Parse(src)
	if err != nil {
		return nil, err
	}
	t := &Template{parts: tree.Parts()}
	file, straight := tree.lower(src.Name)
	if c, ok := straight.(*syntax.Constant); ok {
		t.static = python.NewStr(c.Value.(string))
		return t, nil
	}
	opts := python.CompileOptions{Interview: true, File: src.Name}
	if straight != nil {
		t.whole = true
		t.code, err = python.CompileExpr(straight, opts)
		t.bind(straight)
	} else {
		t.own = true
		t.code, err = python.Compile(file, opts)
		t.bind(file)
	}
	if err != nil {
		return nil, err
	}
	return t, nil
}

// bind finds out which names rendering has to bring.
func (t *Template) bind(n syntax.Node) {
	seen := map[string]bool{}
	syntax.Inspect(n, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.NamedExpr:
			t.own = true
		case *syntax.Name:
			if !seen[n.ID] {
				seen[n.ID] = true
				t.need(n.ID)
			}
		}
		return true
	})
}

func (t *Template) need(id string) {
	v := shared[id]
	if filter, ok := strings.CutPrefix(id, filterName); ok {
		filter = strings.TrimSuffix(filter, ">")
		v = python.NewBuiltin(filter, filterFuncs[filter])
	}
	switch {
	case v != nil:
		t.names = append(t.names, binding{id, v})
	case id == callName || id == callerName:
		t.calls = true
	default:
		return
	}
	t.own = true
}

// Static returns the text of a template that needs no evaluation.
func (t *Template) Static() (text *python.Str, ok bool) { return t.static, t.static != nil }

// Parts returns the Python in the template; see [Tree.Parts].
func (t *Template) Parts() []syntax.Node { return t.parts }

// Render evaluates the template with ns as its global names. What the template
// assigns is gone afterwards. Errors are those of [python.Code.Run].
func (t *Template) Render(th *python.Thread, ns *python.Namespace) (*python.Str, error) {
	if t.static != nil {
		return t.static, nil
	}
	if t.own {
		ns = t.namespace(ns)
	}
	v, err := t.code.Run(th, ns)
	if err != nil {
		return nil, err
	}
	if t.whole {
		return th.Str(v)
	}
	body, _ := ns.Get(bodyName)
	text, write := newBuffer()
	v, err = th.Call(body, []python.Value{write}, nil)
	if err != nil {
		return nil, err
	}
	if s, ok := v.(*python.Str); ok { // return ended it
		return s, nil
	}
	return text.Str(), nil
}

// namespace returns the template's own names, above the interview's.
func (t *Template) namespace(ns *python.Namespace) *python.Namespace {
	own := python.NewNamespace(ns)
	for _, b := range t.names {
		own.Set(b.name, b.value)
	}
	if t.calls {
		c := new(callers)
		own.Set(callName, python.NewBuiltin("call", c.call))
		own.Set(callerName, python.NewBuiltin("caller", c.take))
	}
	return own
}
