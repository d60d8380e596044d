package jinja

import (
	"strings"

	"colloquy/engine/python/syntax"
	"colloquy/engine/spelling"
)

// A Template is compiled. It is immutable and shared by all sessions.
type Template struct {
	name  string
	nodes []node
	names []string
	needs map[string]syntax.Pos
}

// Compile compiles the pieces of a template called name in messages. The error
// is a *syntax.Error with a place.
func Compile(name string, pieces []Piece) (t *Template, err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case *syntax.Error:
			t, err = nil, e
		default:
			panic(e)
		}
	}()
	p := &parser{file: name, pieces: pieces, needs: map[string]syntax.Pos{}, seen: map[string]bool{}}
	nodes, _ := p.nodes(nil)
	return &Template{name: name, nodes: nodes, names: p.names, needs: p.needs}, nil
}

// CompileText compiles a text; see [Split].
func CompileText(name, text string) (*Template, error) {
	pieces, err := Split(name, text)
	if err != nil {
		return nil, err
	}
	return Compile(name, pieces)
}

// Name is what the template is called in messages.
func (t *Template) Name() string { return t.name }

// Names are the variables and functions that the template mentions, in the
// order of their use, its own among them.
func (t *Template) Names() []string { return t.names }

// Check says which filter or test is known neither here nor to known, nil
// if there is none. The error is a *syntax.Error.
func (t *Template) Check(known func(filter string) bool) error {
	lib, err := library()
	if err != nil {
		return err
	}
	var first *syntax.Error
	for what, at := range t.needs {
		kind, prefix := "filter", filterName
		if strings.HasPrefix(what, testName) {
			kind, prefix = "test", testName
		}
		id := strings.TrimSuffix(strings.TrimPrefix(what, prefix), ">")
		if lib.has(what) || kind == "filter" && known != nil && known(id) {
			continue
		}
		msg := "there is no " + kind + " " + quoted(id)
		if near, ok := spelling.Nearest(id, lib.list(prefix)); ok {
			msg += "; did you mean " + quoted(near) + "?"
		}
		e := &syntax.Error{File: t.name, Pos: at, Kind: "SyntaxError", Msg: msg}
		if first == nil || at.Line < first.Line || at.Line == first.Line && at.Col < first.Col {
			first = e
		}
	}
	if first == nil {
		return nil
	}
	return first
}

func quoted(s string) string { return syntax.Repr(s) }

// IsFilter reports whether there is a filter of that name in the dialect.
func IsFilter(name string) bool {
	lib, err := library()
	return err == nil && lib.has(filterName+name+">")
}
