package check

import (
	"reflect"
	"regexp"
	"slices"
	"strings"

	"colloquy/engine/interview"
	"colloquy/engine/python/syntax"
)

// A piece is code or text of an interview, and what it does with names.
type piece struct {
	block *interview.Block // nil: of the interview as a whole
	code  *interview.Code  // or
	text  *interview.Text
	// path is where in the block it stands, by the names of Go's fields:
	// Question.Fields.Label.
	path   string
	pos    interview.Pos
	events []event
}

// source is what the author wrote.
func (p *piece) source() string {
	if p.code != nil {
		return p.code.Source
	}
	return p.text.Source
}

// at gives the place of a byte of the source.
func (p *piece) at(off int) interview.Pos {
	if p.code != nil {
		return p.code.At(off)
	}
	return p.text.At(off)
}

// An eventKind says what code does with a name.
type eventKind int

const (
	reads   eventKind = iota
	calls             // reads, to call it
	binds             // gives the root of a name a value
	changes           // sets an attribute or item of it
)

// An event is one name in a piece of code.
type event struct {
	kind  eventKind
	name  string // its root
	full  string // as it is written, if that can be spelled
	pos   interview.Pos
	sure  bool // it happens whenever the code runs that far
	tried bool // a try around it catches what goes wrong
	bare  bool // it stands alone: it is only to be known
}

// collect reads all code and text of the interview.
func (a *analysis) collect() {
	for _, list := range [][]*interview.Block{a.in.Blocks, a.in.Declarations} {
		for _, b := range list {
			a.gather(reflect.ValueOf(b).Elem(), "", b)
		}
	}
	in := reflect.ValueOf(a.in).Elem()
	for _, name := range []string{"Terms", "AutoTerms", "Help", "Parts", "OnChange", "Options"} {
		a.gather(in.FieldByName(name), name, nil)
	}
}

var (
	codeType  = reflect.TypeFor[*interview.Code]()
	textType  = reflect.TypeFor[*interview.Text]()
	blockType = reflect.TypeFor[*interview.Block]()
)

// gather finds the code and text below a value. Blocks within choices are
// blocks of their own.
func (a *analysis) gather(v reflect.Value, path string, b *interview.Block) {
	switch v.Kind() {
	case reflect.Pointer:
		switch {
		case v.IsNil() || v.Type() == blockType:
		case v.Type() == codeType:
			a.code(v.Interface().(*interview.Code), path, b)
		case v.Type() == textType:
			a.text(v.Interface().(*interview.Text), path, b)
		default:
			a.gather(v.Elem(), path, b)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Type != reflect.TypeFor[interview.Pos]() {
				a.gather(v.Field(i), strings.TrimPrefix(path+"."+f.Name, "."), b)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			a.gather(v.Index(i), path, b)
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			a.gather(it.Value(), path, b)
		}
	}
}

func (a *analysis) code(c *interview.Code, path string, b *interview.Block) {
	if c.Tree() == nil {
		return
	}
	r := &reader{file: c.Pos.File, sure: true}
	r.visit(c.Tree())
	a.pieces = append(a.pieces, piece{block: b, code: c, path: path, pos: c.Pos, events: r.events})
}

// templateDef is a Mako def or block, with its parameters.
var templateDef = regexp.MustCompile(`<%(?:def|block)\s+name\s*=\s*["'](\w+)(?:\(([^"']*)\))?`)

func (a *analysis) text(t *interview.Text, path string, b *interview.Block) {
	r := &reader{file: t.Pos.File, sure: true}
	own := map[string]bool{"context": true, "STOP_RENDERING": true, "capture": true, "caller": true, "loop": true, "UNDEFINED": true, "self": true, "local": true}
	for _, n := range t.Parts() {
		r.visit(n)
		if _, expr := n.(syntax.Expr); !expr {
			r.sure = false // a control line: what follows depends on it
		}
	}
	sources := []string{t.Source}
	for _, d := range a.in.Declarations {
		sources = append(sources, d.Source)
	}
	for _, s := range sources {
		for _, m := range templateDef.FindAllStringSubmatch(s, -1) {
			own[m[1]] = true
			for p := range strings.SplitSeq(m[2], ",") {
				name, _, _ := strings.Cut(p, "=")
				own[strings.Trim(name, " *")] = true
			}
		}
	}
	for _, e := range r.events {
		if e.kind == binds {
			own[e.name] = true
		}
	}
	events := slices.DeleteFunc(r.events, func(e event) bool { return own[e.name] })
	a.pieces = append(a.pieces, piece{block: b, text: t, path: path, pos: t.Pos, events: events})
}

// A reader notes what code does with names of the interview, in the order in
// which it happens.
type reader struct {
	file   string
	events []event
	bound  map[string]int // names of functions and comprehensions in scope
	sure   bool
	bare   bool
	tried  bool
}

func (r *reader) note(k eventKind, root, full string, at syntax.Pos) {
	if r.bound[root] > 0 || root == "" {
		return
	}
	r.events = append(r.events, event{kind: k, name: root, full: full, sure: r.sure, bare: r.bare, tried: r.tried,
		pos: interview.Pos{File: r.file, Line: at.Line, Col: at.Col}})
}

func (r *reader) visit(n syntax.Node) {
	switch n := n.(type) {
	case *syntax.Name:
		r.note(reads, n.ID, n.ID, n.From)
	case *syntax.Attribute, *syntax.Subscript:
		r.dotted(n.(syntax.Expr), reads)
	case *syntax.Call:
		r.call(n)
	case *syntax.BoolOp:
		r.visit(n.Values[0])
		r.maybe(func() { each(n.Values[1:], r.visit) })
	case *syntax.IfExp:
		r.visit(n.Test)
		r.maybe(func() { r.visit(n.Body); r.visit(n.Orelse) })
	case *syntax.Compare:
		r.visit(n.Left)
		r.visit(n.Comparators[0])
		r.maybe(func() { each(n.Comparators[1:], r.visit) })
	case *syntax.NamedExpr:
		r.visit(n.Value)
		r.target(n.Target)
	case *syntax.Lambda:
		each(n.Args.Defaults, r.visit)
		r.maybe(func() { r.within(parameters(n.Args), func() { r.visit(n.Body) }) })
	case *syntax.ListComp:
		r.comprehension(n.Generators, n.Elt)
	case *syntax.SetComp:
		r.comprehension(n.Generators, n.Elt)
	case *syntax.GeneratorExp:
		r.maybe(func() { r.comprehension(n.Generators, n.Elt) })
	case *syntax.DictComp:
		r.comprehension(n.Generators, n.Key, n.Value)
	case syntax.Stmt:
		r.statement(n)
	case syntax.Pattern:
		r.pattern(n)
	default:
		syntax.Children(n, r.visit)
	}
}

func each[T syntax.Node](list []T, f func(syntax.Node)) {
	for _, n := range list {
		f(n)
	}
}

// maybe reads what need not happen.
func (r *reader) maybe(f func()) {
	was := r.sure
	r.sure = false
	f()
	r.sure = was
}

func (r *reader) within(names []string, f func()) {
	if r.bound == nil {
		r.bound = map[string]int{}
	}
	for _, n := range names {
		r.bound[n]++
	}
	f()
	for _, n := range names {
		r.bound[n]--
	}
}

// dotted reads a name with attributes and indexes.
func (r *reader) dotted(e syntax.Expr, k eventKind) {
	for in := e; ; {
		switch n := in.(type) {
		case *syntax.Attribute:
			in = n.Value
			continue
		case *syntax.Subscript:
			r.visit(n.Slice)
			in = n.Value
			continue
		case *syntax.Name:
			r.note(k, n.ID, syntax.Source(e), n.From)
		default:
			r.visit(in)
		}
		return
	}
}

func (r *reader) call(n *syntax.Call) {
	if f, ok := n.Func.(*syntax.Name); ok {
		r.note(calls, f.ID, f.ID, f.From)
	} else {
		r.visit(n.Func)
	}
	// What a function of the library that takes names does with its arguments is
	// not known, but they are evaluated.
	each(n.Args, r.visit)
	each(n.Keywords, r.visit)
}

func (r *reader) comprehension(gens []*syntax.Comprehension, elements ...syntax.Expr) {
	r.visit(gens[0].Iter)
	var own []string
	for _, g := range gens {
		own = append(own, targets(g.Target)...)
	}
	r.maybe(func() {
		r.within(own, func() {
			for i, g := range gens {
				if i > 0 {
					r.visit(g.Iter)
				}
				each(g.Ifs, r.visit)
			}
			each(elements, r.visit)
		})
	})
}

// target notes what an assignment sets.
func (r *reader) target(e syntax.Expr) {
	switch e := e.(type) {
	case *syntax.Name:
		r.note(binds, e.ID, e.ID, e.From)
	case *syntax.Tuple:
		for _, x := range e.Elts {
			r.target(x)
		}
	case *syntax.List:
		for _, x := range e.Elts {
			r.target(x)
		}
	case *syntax.Starred:
		r.target(e.Value)
	default:
		r.dotted(e, changes)
	}
}

func targets(e syntax.Expr) []string {
	var out []string
	syntax.Inspect(e, func(n syntax.Node) bool {
		if name, ok := n.(*syntax.Name); ok {
			out = append(out, name.ID)
		}
		_, attr := n.(*syntax.Attribute)
		return !attr
	})
	return out
}

func parameters(args *syntax.Arguments) []string {
	var names []string
	syntax.Children(args, func(n syntax.Node) {
		if p, ok := n.(*syntax.Arg); ok {
			names = append(names, p.Arg)
		}
	})
	return names
}

func (r *reader) pattern(p syntax.Pattern) {
	switch p := p.(type) {
	case *syntax.MatchAs:
		if p.Pattern != nil {
			r.pattern(p.Pattern)
		}
		r.note(binds, p.Name, p.Name, p.From)
	case *syntax.MatchStar:
		r.note(binds, p.Name, p.Name, p.From)
	case *syntax.MatchMapping:
		r.note(binds, p.Rest, p.Rest, p.From)
		syntax.Children(p, r.visit)
	default:
		syntax.Children(p, r.visit)
	}
}
