package syntax

import (
	"fmt"
	"math/big"
	"reflect"
	"strings"
	"unicode"
)

// Dump returns a tree in one line, such as "Expr(value=Name(id='a'))", with
// the names that CPython's ast.dump uses. Positions and empty fields are left
// out. It serves tests and the curious.
func Dump(n Node) string {
	var d dumper
	d.node(reflect.ValueOf(n))
	return d.out.String()
}

// A dumper writes trees as text; with pos, positions too, except inside
// f-strings, where they changed from one CPython to the next.
type dumper struct {
	out strings.Builder
	pos bool
}

// node writes a pointer to a struct that has a Span.
func (d *dumper) node(v reflect.Value) {
	for v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	d.out.WriteString(nodeName(v.Interface()))
	n := v.Interface().(Node)
	if d.pos && hasPlace(n) {
		fmt.Fprintf(&d.out, "@%d:%d-%d:%d", n.Start().Line, n.Start().Col, n.End().Line, n.End().Col)
	}
	if _, formatted := n.(*JoinedStr); formatted {
		defer func(pos bool) { d.pos = pos }(d.pos)
		d.pos = false
	}
	d.out.WriteByte('(')
	v = v.Elem()
	sep := ""
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Anonymous || f.Name == "NamePos" || f.Name == "Star" || f.Name == "Kind" || d.empty(n, f.Name, v.Field(i)) {
			continue
		}
		d.out.WriteString(sep + fieldName(f.Name) + "=")
		d.value(v.Field(i))
		sep = ", "
	}
	d.out.WriteByte(')')
}

// hasPlace reports whether CPython gives positions to nodes like n.
func hasPlace(n Node) bool {
	switch n.(type) {
	case *File, *Arguments, *Comprehension, *WithItem, *MatchCase:
		return false
	}
	return true
}

// nodeName returns the name of a node's class.
func nodeName(n any) string {
	switch n := n.(type) {
	case *ExprStmt:
		return "Expr"
	case *File:
		return "Module"
	case *Try:
		if n.Star {
			return "TryStar"
		}
	case *TypeParam:
		return [...]string{"TypeVar", "TypeVarTuple", "ParamSpec"}[n.Kind]
	case *Arguments, *Arg, *Keyword, *Alias, *Comprehension:
		return strings.ToLower(reflect.TypeOf(n).Elem().Name())
	case *WithItem:
		return "withitem"
	case *MatchCase:
		return "match_case"
	}
	return reflect.TypeOf(n).Elem().Name()
}

// fieldName turns DecoratorList into decorator_list.
func fieldName(s string) string {
	if s == "ID" {
		return "id"
	}
	var out []rune
	for i, r := range s {
		if unicode.IsUpper(r) && i > 0 {
			out = append(out, '_')
		}
		out = append(out, unicode.ToLower(r))
	}
	return string(out)
}

// empty reports whether a field says nothing.
func (d *dumper) empty(n Node, field string, v reflect.Value) bool {
	switch n.(type) {
	case *Constant, *MatchSingleton:
		return false
	case *File:
		if field == "Name" {
			return true
		}
	case *FormattedValue, *ImportFrom:
		return v.IsZero()
	}
	switch v.Kind() {
	case reflect.Slice:
		return v.Len() == 0
	case reflect.Interface, reflect.Pointer:
		return v.IsNil()
	case reflect.String:
		return v.Len() == 0
	case reflect.Bool:
		return !v.Bool()
	}
	return false
}

func (d *dumper) value(v reflect.Value) {
	switch x := v.Interface().(type) {
	case Operator:
		d.out.WriteString(operatorName[x])
		return
	case UnaryOperator:
		d.out.WriteString(unaryName[x])
		return
	case BoolOperator:
		d.out.WriteString([...]string{"And", "Or"}[x])
		return
	case CmpOp:
		d.out.WriteString(cmpName[x])
		return
	case rune:
		fmt.Fprintf(&d.out, "'%c'", x)
		return
	case Node:
		if !v.IsNil() {
			d.node(v)
			return
		}
	case nil, bool, int64, *big.Int, float64, complex128, string, []byte, Ellipsis:
		d.out.WriteString(Repr(x))
		return
	case int:
		fmt.Fprint(&d.out, x)
		return
	}
	if v.Kind() != reflect.Slice {
		d.out.WriteString("None")
		return
	}
	d.out.WriteByte('[')
	for i := range v.Len() {
		if i > 0 {
			d.out.WriteString(", ")
		}
		d.value(v.Index(i))
	}
	d.out.WriteByte(']')
}
