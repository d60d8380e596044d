package interview

import (
	"strconv"

	"colloquy/engine/python/syntax"
)

// A scan collects from a piece of Python the names it sets and those it uses.
type scan struct {
	sets  []string
	uses  []string
	local map[string]int // names of comprehensions and lambdas being looked at
}

// statements walks statements the way they define interview variables: not
// into functions, not into with and del.
func (s *scan) statements(body []syntax.Stmt) {
	for _, st := range body {
		s.statement(st)
	}
}

func (s *scan) statement(st syntax.Stmt) {
	switch st := st.(type) {
	case *syntax.Assign:
		s.expr(st.Value)
		for _, t := range st.Targets {
			s.target(t)
		}
	case *syntax.AugAssign:
		s.expr(st.Target)
		s.expr(st.Value)
		s.target(st.Target)
	case *syntax.AnnAssign:
		s.expr(st.Value)
		s.target(st.Target)
	case *syntax.For:
		s.expr(st.Iter)
		s.target(st.Target)
		s.statements(st.Body)
		s.statements(st.Orelse)
	case *syntax.While:
		s.expr(st.Test)
		s.statements(st.Body)
		s.statements(st.Orelse)
	case *syntax.If:
		s.expr(st.Test)
		s.statements(st.Body)
		s.statements(st.Orelse)
	case *syntax.FunctionDef:
		s.set(st.Name)
	case *syntax.ClassDef:
		s.set(st.Name)
	case *syntax.Import:
		s.imports(st.Names)
	case *syntax.ImportFrom:
		s.imports(st.Names)
	default:
		s.otherStatement(st)
	}
}

func (s *scan) otherStatement(st syntax.Stmt) {
	switch st := st.(type) {
	case *syntax.With:
		for _, item := range st.Items {
			s.expr(item.ContextExpr)
		}
		s.statements(st.Body)
	case *syntax.Try:
		s.statements(st.Body)
		for _, h := range st.Handlers {
			s.set(h.Name)
			s.statements(h.Body)
		}
		s.statements(st.Orelse)
		s.statements(st.Finalbody)
	case *syntax.Match:
		s.expr(st.Subject)
		for _, c := range st.Cases {
			s.statements(c.Body)
		}
	case *syntax.ExprStmt:
		s.expr(st.Value)
	case *syntax.Return:
		s.expr(st.Value)
	case *syntax.Raise:
		s.expr(st.Exc)
	case *syntax.Assert:
		s.expr(st.Test)
	}
}

func (s *scan) imports(names []*syntax.Alias) {
	for _, a := range names {
		switch {
		case a.Asname != "":
			s.set(a.Asname)
		case a.Name != "*":
			s.set(a.Name)
		}
	}
}

func (s *scan) set(name string) {
	if name != "" {
		s.sets = append(s.sets, name)
	}
}

// target notes what an assignment sets: a name or a tuple of names, not a
// tuple within a tuple.
func (s *scan) target(e syntax.Expr) {
	items := []syntax.Expr{e}
	switch t := e.(type) {
	case *syntax.Tuple:
		items = t.Elts
	case *syntax.List:
		items = t.Elts
	}
	for _, item := range items {
		if name, ok := dotted(item); ok {
			s.set(name)
		}
	}
}

// dotted gives the name an expression spells, if it is one: a, a.b, a[0]['k'].
func dotted(e syntax.Expr) (string, bool) {
	switch e := e.(type) {
	case *syntax.Name:
		return e.ID, true
	case *syntax.Attribute:
		if of, ok := dotted(e.Value); ok {
			return of + "." + e.Attr, true
		}
	case *syntax.Subscript:
		of, ok := dotted(e.Value)
		index, known := indexText(e.Slice)
		if ok && known {
			return of + "[" + index + "]", true
		}
	}
	return "", false
}

func indexText(e syntax.Expr) (string, bool) {
	switch e := e.(type) {
	case *syntax.Constant:
		switch v := e.Value.(type) {
		case string:
			return quoteName(v), true
		case int64:
			return strconv.FormatInt(v, 10), true
		case bool:
			if v {
				return "True", true
			}
			return "False", true
		}
	case *syntax.UnaryOp:
		if inner, ok := indexText(e.Operand); ok && e.Op == syntax.USub {
			return "-" + inner, true
		}
	case *syntax.Name, *syntax.Attribute:
		return dotted(e)
	}
	return "", false
}
