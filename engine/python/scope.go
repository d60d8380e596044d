package python

import (
	"reflect"
	"slices"
	"strings"

	"colloquy/engine/python/syntax"
)

// A scope is a region of the program in which names have one meaning. All but
// comprehensions, which live in the frame around them, have frames.
type scope struct {
	kind      scopeKind
	of        reflect.Type // of a comprehension
	parent    *scope
	class     string // innermost class name, for private names
	names     map[string]*symbol
	order     []string // names in order of appearance
	uses      []string
	yields    bool
	annotates bool   // annotations of variables are in it
	generic   bool   // holds type parameters; sees the names of a class around it
	home      *scope // the scope whose frame holds the variables
	frame     *frameLayout
	children  []*scope
}

type scopeKind uint8

const (
	fileScope scopeKind = iota
	classScope
	functionScope
	generatorScope // a generator expression
	comprehensionScope
)

// symbol says what a scope does with a name.
type symbol struct {
	bound    bool
	param    bool
	global   bool
	nonlocal bool
	captured bool        // used in a frame further in
	at       syntax.Node // of the first declaration

	annotated bool
	slot      int // if not captured; -1: none yet
	cell      int
}

// frameLayout counts what a frame holds.
type frameLayout struct {
	slots     int
	slotNames []string
	own       []string // cells
	free      []string // cells of frames further out
}

func (l *frameLayout) slot(name string) int {
	l.slots++
	l.slotNames = append(l.slotNames, name)
	return l.slots - 1
}

// analysis finds the scopes of a tree and what their names mean.
type analysis struct {
	file   string
	scopes map[syntax.Node]*scope
	cur    *scope
}

func analyze(file string, body []syntax.Stmt, e syntax.Expr) (map[syntax.Node]*scope, *scope) {
	a := &analysis{file: file, scopes: map[syntax.Node]*scope{}}
	root := a.push(fileScope, nil)
	a.stmts(body)
	if e != nil {
		a.expr(e)
	}
	a.cur = nil
	root.resolve(a)
	root.layout()
	return a.scopes, root
}

func (a *analysis) push(kind scopeKind, node syntax.Node) *scope {
	s := &scope{kind: kind, parent: a.cur, names: map[string]*symbol{}}
	s.home = s
	if a.cur != nil {
		s.class = a.cur.class
		a.cur.children = append(a.cur.children, s)
	}
	if kind == comprehensionScope {
		s.home = a.cur.home
	} else {
		s.frame = &frameLayout{}
	}
	if node != nil {
		a.scopes[node] = s
	}
	a.cur = s
	return s
}

func (a *analysis) pop() { a.cur = a.cur.parent }

func (s *scope) symbol(name string) *symbol {
	sym := s.names[name]
	if sym == nil {
		sym = &symbol{slot: -1, cell: -1}
		s.names[name] = sym
		s.order = append(s.order, name)
	}
	return sym
}

// mangle gives private names of a class (__x) their class.
func mangle(class, name string) string {
	if class == "" || !strings.HasPrefix(name, "__") || strings.HasSuffix(name, "__") || strings.Contains(name, ".") {
		return name
	}
	class = strings.TrimLeft(class, "_")
	if class == "" {
		return name
	}
	return "_" + class + name
}

func (a *analysis) fail(n syntax.Node, msg string) {
	panic(&syntax.Error{File: a.file, Pos: n.Start(), Kind: "SyntaxError", Msg: msg})
}

func (a *analysis) bind(name string) *symbol {
	sym := a.cur.symbol(mangle(a.cur.class, name))
	sym.bound = true
	return sym
}

func (a *analysis) use(name string) {
	name = mangle(a.cur.class, name)
	if !slices.Contains(a.cur.uses, name) || len(a.cur.uses) > 64 {
		a.cur.uses = append(a.cur.uses, name)
	}
	if name == "super" && a.cur.kind != fileScope {
		a.cur.uses = append(a.cur.uses, "__class__")
	}
}

func (a *analysis) stmts(body []syntax.Stmt) {
	for _, s := range body {
		a.stmt(s)
	}
}

func (a *analysis) stmt(s syntax.Stmt) {
	switch s := s.(type) {
	case *syntax.FunctionDef:
		a.functionDef(s)
	case *syntax.ClassDef:
		a.classDef(s)
	case *syntax.Return:
		if k := a.cur.kind; k != functionScope {
			a.fail(s, "'return' outside function")
		}
		a.expr(s.Value)
	case *syntax.Delete:
		a.targets(s.Targets...)
	case *syntax.Assign:
		a.expr(s.Value)
		a.targets(s.Targets...)
	case *syntax.AugAssign:
		if _, name := s.Target.(*syntax.Name); !name {
			a.expr(s.Target)
		}
		a.targets(s.Target)
		a.expr(s.Value)
	case *syntax.AnnAssign:
		a.annAssign(s)
	case *syntax.TypeAlias:
		a.bind(s.Name.ID)
		leave := a.generic(s.TypeParams)
		a.push(functionScope, s)
		a.expr(s.Value)
		a.pop()
		leave()
	case *syntax.Raise:
		a.exprs(s.Exc, s.Cause)
	case *syntax.Assert:
		a.exprs(s.Test, s.Msg)
	case *syntax.Import:
		for _, n := range s.Names {
			a.bind(importedName(n))
		}
	case *syntax.ImportFrom:
		a.importFrom(s)
	case *syntax.Global:
		a.global(s)
	case *syntax.Nonlocal:
		a.nonlocal(s)
	case *syntax.ExprStmt:
		a.expr(s.Value)
	default:
		a.compound(s)
	}
}

func (a *analysis) compound(s syntax.Stmt) {
	switch s := s.(type) {
	case *syntax.For:
		a.expr(s.Iter)
		a.targets(s.Target)
		a.stmts(s.Body)
		a.stmts(s.Orelse)
	case *syntax.While:
		a.expr(s.Test)
		a.stmts(s.Body)
		a.stmts(s.Orelse)
	case *syntax.If:
		a.expr(s.Test)
		a.stmts(s.Body)
		a.stmts(s.Orelse)
	case *syntax.With:
		for _, it := range s.Items {
			a.expr(it.ContextExpr)
			if it.OptionalVars != nil {
				a.targets(it.OptionalVars)
			}
		}
		a.stmts(s.Body)
	case *syntax.Match:
		a.expr(s.Subject)
		for _, c := range s.Cases {
			a.pattern(c.Pattern)
			a.expr(c.Guard)
			a.stmts(c.Body)
		}
	case *syntax.Try:
		a.stmts(s.Body)
		for _, h := range s.Handlers {
			a.expr(h.Type)
			if h.Name != "" {
				a.bind(h.Name)
			}
			a.stmts(h.Body)
		}
		a.stmts(s.Orelse)
		a.stmts(s.Finalbody)
	}
}

func importedName(n *syntax.Alias) string {
	if n.Asname != "" {
		return n.Asname
	}
	first, _, _ := strings.Cut(n.Name, ".")
	return first
}

func (a *analysis) importFrom(s *syntax.ImportFrom) {
	for _, n := range s.Names {
		switch {
		case n.Name != "*":
			a.bind(importedName(n))
		case a.cur.kind != fileScope:
			a.fail(s, "import * only allowed at module level")
		}
	}
}

func (a *analysis) annAssign(s *syntax.AnnAssign) {
	if a.cur.kind == fileScope || a.cur.kind == classScope {
		a.expr(s.Annotation)
	}
	a.cur.annotates = true
	a.expr(s.Value)
	a.targets(s.Target)
	if n, ok := s.Target.(*syntax.Name); ok && s.Simple {
		sym := a.cur.symbol(mangle(a.cur.class, n.ID))
		if sym.global || sym.nonlocal {
			what := map[bool]string{true: "global", false: "nonlocal"}[sym.global]
			a.fail(s, "annotated name '"+n.ID+"' can't be "+what)
		}
		sym.annotated = true
	}
}

func (a *analysis) global(s *syntax.Global) {
	for _, n := range s.Names {
		sym := a.declared(s, n, "global")
		sym.global = true
	}
}

func (a *analysis) nonlocal(s *syntax.Nonlocal) {
	if a.cur.kind == fileScope {
		a.fail(s, "nonlocal declaration not allowed at module level")
	}
	for _, n := range s.Names {
		sym := a.declared(s, n, "nonlocal")
		sym.nonlocal = true
	}
}

func (a *analysis) functionDef(s *syntax.FunctionDef) {
	a.exprs(s.DecoratorList...)
	a.bind(s.Name)
	leave := a.generic(s.TypeParams)
	a.defaults(s.Args)
	a.annotations(s.Args, s.Returns)
	a.push(functionScope, s)
	a.params(s.Args)
	a.stmts(s.Body)
	a.pop()
	leave()
}

func (a *analysis) defaults(args *syntax.Arguments) {
	a.exprs(args.Defaults...)
	a.exprs(args.KwDefaults...)
}

func (a *analysis) annotations(args *syntax.Arguments, returns syntax.Expr) {
	for _, p := range allParams(args) {
		a.expr(p.Annotation)
	}
	a.expr(returns)
}

// allParams returns the parameters in the order of their slots.
func allParams(args *syntax.Arguments) []*syntax.Arg {
	ps := slices.Concat(args.Posonlyargs, args.Args, args.Kwonlyargs)
	if args.Vararg != nil {
		ps = append(ps, args.Vararg)
	}
	if args.Kwarg != nil {
		ps = append(ps, args.Kwarg)
	}
	return ps
}

// writtenParams returns the parameters in the order in which they are written.
func writtenParams(args *syntax.Arguments) []*syntax.Arg {
	ps := slices.Concat(args.Posonlyargs, args.Args)
	if args.Vararg != nil {
		ps = append(ps, args.Vararg)
	}
	ps = append(ps, args.Kwonlyargs...)
	if args.Kwarg != nil {
		ps = append(ps, args.Kwarg)
	}
	return ps
}

func (a *analysis) params(args *syntax.Arguments) {
	for _, p := range allParams(args) {
		name := mangle(a.cur.class, p.Arg)
		if sym := a.cur.names[name]; sym != nil && sym.param {
			a.fail(p, "duplicate argument '"+p.Arg+"' in function definition")
		}
		a.bind(p.Arg).param = true
	}
}

func (a *analysis) classDef(s *syntax.ClassDef) {
	a.exprs(s.DecoratorList...)
	a.bind(s.Name)
	leave := a.generic(s.TypeParams)
	a.exprs(s.Bases...)
	for _, k := range s.Keywords {
		a.expr(k.Value)
	}
	sc := a.push(classScope, s)
	sc.class = s.Name
	a.stmts(s.Body)
	a.pop()
	leave()
}

func (a *analysis) exprs(es ...syntax.Expr) {
	for _, e := range es {
		a.expr(e)
	}
}

func (a *analysis) expr(e syntax.Expr) {
	if e == nil {
		return
	}
	switch e := e.(type) {
	case *syntax.Name:
		a.use(e.ID)
	case *syntax.NamedExpr:
		a.expr(e.Value)
		a.walrus(e)
	case *syntax.Lambda:
		a.defaults(e.Args)
		a.push(functionScope, e)
		a.params(e.Args)
		a.expr(e.Body)
		a.pop()
	case *syntax.ListComp:
		a.comprehension(comprehensionScope, e, e.Generators, e.Elt)
	case *syntax.SetComp:
		a.comprehension(comprehensionScope, e, e.Generators, e.Elt)
	case *syntax.DictComp:
		a.comprehension(comprehensionScope, e, e.Generators, e.Key, e.Value)
	case *syntax.GeneratorExp:
		a.comprehension(generatorScope, e, e.Generators, e.Elt)
	case *syntax.Yield:
		a.yield(e)
		a.expr(e.Value)
	case *syntax.YieldFrom:
		a.yield(e)
		a.expr(e.Value)
	default:
		a.parts(e)
	}
}

func (a *analysis) yield(e syntax.Expr) {
	if s, in := a.cur, comprehensionName[a.cur.of]; in != "" && s.kind != functionScope {
		a.fail(e, "'yield' inside "+in)
	}
	if a.cur.kind != functionScope {
		a.fail(e, "'yield' outside function")
	}
	a.cur.yields = true
}

// parts visits the operands of an expression without a scope of its own.
func (a *analysis) parts(e syntax.Expr) {
	switch e := e.(type) {
	case *syntax.BoolOp:
		a.exprs(e.Values...)
	case *syntax.BinOp:
		a.exprs(e.Left, e.Right)
	case *syntax.UnaryOp:
		a.expr(e.Operand)
	case *syntax.IfExp:
		a.exprs(e.Test, e.Body, e.Orelse)
	case *syntax.Dict:
		a.exprs(e.Keys...)
		a.exprs(e.Values...)
	case *syntax.Set:
		a.exprs(e.Elts...)
	case *syntax.Compare:
		a.expr(e.Left)
		a.exprs(e.Comparators...)
	case *syntax.Call:
		a.expr(e.Func)
		a.exprs(e.Args...)
		for _, k := range e.Keywords {
			a.expr(k.Value)
		}
	case *syntax.JoinedStr:
		a.exprs(e.Values...)
	case *syntax.FormattedValue:
		a.expr(e.Value)
		if e.FormatSpec != nil {
			a.expr(e.FormatSpec)
		}
	case *syntax.Attribute:
		a.expr(e.Value)
	case *syntax.Subscript:
		a.exprs(e.Value, e.Slice)
	case *syntax.Starred:
		a.expr(e.Value)
	case *syntax.List:
		a.exprs(e.Elts...)
	case *syntax.Tuple:
		a.exprs(e.Elts...)
	case *syntax.Slice:
		a.exprs(e.Lower, e.Upper, e.Step)
	}
}

// walrus binds in the nearest scope that is no comprehension.
func (a *analysis) walrus(e *syntax.NamedExpr) {
	s := a.cur
	for s.kind == comprehensionScope || s.kind == generatorScope {
		if sym := s.names[e.Target.ID]; sym != nil && sym.bound {
			a.fail(e, "assignment expression cannot rebind comprehension iteration variable '"+e.Target.ID+"'")
		}
		s = s.parent
	}
	if s != a.cur && s.kind == classScope {
		a.fail(e, "assignment expression within a comprehension cannot be used in a class body")
	}
	s.symbol(mangle(s.class, e.Target.ID)).bound = true
	a.use(e.Target.ID)
}

// comprehensionName says how messages call a comprehension.
var comprehensionName = map[reflect.Type]string{
	reflect.TypeFor[*syntax.ListComp]():     "list comprehension",
	reflect.TypeFor[*syntax.SetComp]():      "set comprehension",
	reflect.TypeFor[*syntax.DictComp]():     "dict comprehension",
	reflect.TypeFor[*syntax.GeneratorExp](): "generator expression",
}

// iterable visits what a comprehension goes through.
func (a *analysis) iterable(e syntax.Expr) {
	syntax.Inspect(e, func(n syntax.Node) bool {
		if w, ok := n.(*syntax.NamedExpr); ok {
			a.fail(w, "assignment expression cannot be used in a comprehension iterable expression")
		}
		_, lambda := n.(*syntax.Lambda)
		return !lambda
	})
	a.expr(e)
}

func (a *analysis) comprehension(kind scopeKind, e syntax.Expr, gens []*syntax.Comprehension, elts ...syntax.Expr) {
	a.iterable(gens[0].Iter)
	a.push(kind, e).of = reflect.TypeOf(e)
	for i, g := range gens {
		if i > 0 {
			a.iterable(g.Iter)
		}
		a.targets(g.Target)
		a.exprs(g.Ifs...)
	}
	a.exprs(elts...)
	a.pop()
}

// targets binds the names of assignment targets and visits their parts.
func (a *analysis) targets(ts ...syntax.Expr) {
	for _, t := range ts {
		switch t := t.(type) {
		case *syntax.Name:
			a.bind(t.ID)
		case *syntax.Tuple:
			a.targets(t.Elts...)
		case *syntax.List:
			a.targets(t.Elts...)
		case *syntax.Starred:
			a.targets(t.Value)
		default:
			a.expr(t)
		}
	}
}

func (a *analysis) pattern(p syntax.Pattern) {
	switch p := p.(type) {
	case *syntax.MatchValue:
		a.expr(p.Value)
	case *syntax.MatchSequence:
		a.patterns(p.Patterns)
	case *syntax.MatchMapping:
		a.exprs(p.Keys...)
		a.patterns(p.Patterns)
		if p.Rest != "" {
			a.bind(p.Rest)
		}
	case *syntax.MatchClass:
		a.expr(p.Cls)
		a.patterns(p.Patterns)
		a.patterns(p.KwdPatterns)
	case *syntax.MatchStar:
		if p.Name != "" {
			a.bind(p.Name)
		}
	case *syntax.MatchAs:
		if p.Pattern != nil {
			a.pattern(p.Pattern)
		}
		if p.Name != "" {
			a.bind(p.Name)
		}
	case *syntax.MatchOr:
		a.patterns(p.Patterns)
	}
}

func (a *analysis) patterns(ps []syntax.Pattern) {
	for _, p := range ps {
		a.pattern(p)
	}
}

// owner returns the function, comprehension or class scope whose variable name
// is when read in s; nil: it is global. inner says that s is not where the name
// is read, so that class scopes are passed over.
func (s *scope) owner(name string, inner bool) (*scope, *symbol) {
	for ; s != nil; s, inner = s.parent, true {
		if s.kind == classScope && inner {
			if name == "__class__" {
				return s, s.symbol(name)
			}
			continue
		}
		sym := s.names[name]
		if sym == nil {
			continue
		}
		if sym.global || s.kind == fileScope {
			return nil, nil
		}
		if sym.bound && !sym.nonlocal {
			return s, sym
		}
	}
	return nil, nil
}

// resolve marks the variables that inner frames use, here and further in.
func (s *scope) resolve(a *analysis) {
	names := slices.Clone(s.uses)
	for _, n := range s.order {
		sym := s.names[n]
		if sym.nonlocal && sym.global {
			a.fail(sym.at, "name '"+n+"' is nonlocal and global")
		}
		if !sym.nonlocal {
			continue
		}
		if owner, _ := s.owner(n, false); owner == nil {
			a.fail(sym.at, "no binding for nonlocal '"+n+"' found")
		}
		names = append(names, n)
	}
	for _, n := range names {
		s.capture(n)
	}
	for _, c := range s.children {
		c.resolve(a)
	}
}

// localNames returns the names that locals() tells, in its order: variables,
// those shared with functions further in, those of functions further out.
func (s *scope) localNames() []string {
	var names, shared []string
	for _, n := range s.order {
		switch sym := s.names[n]; {
		case !sym.bound || sym.global || sym.nonlocal:
		case sym.captured && !sym.param:
			shared = append(shared, n)
		default:
			names = append(names, n)
		}
	}
	if s.frame == nil { // of a comprehension
		return append(names, shared...)
	}
	return slices.Concat(names, shared, s.frame.free)
}

func (s *scope) capture(name string) {
	owner, sym := s.owner(name, false)
	if owner == nil || (owner.kind == classScope && owner == s) || owner.home == s.home {
		return
	}
	sym.captured = true
	for f := s.home; f != owner.home; f = f.parent.home {
		if !slices.Contains(f.frame.free, name) {
			f.frame.free = append(f.frame.free, name)
		}
	}
}

// layout gives the variables of s and of scopes within it their places.
func (s *scope) layout() {
	f := s.home.frame
	if s.kind == functionScope || s.kind == generatorScope || s.kind == comprehensionScope {
		for _, n := range s.order {
			sym := s.names[n]
			if !sym.bound || sym.global || sym.nonlocal {
				continue
			}
			if !sym.captured || sym.param {
				sym.slot = f.slot(n)
			}
			if sym.captured {
				sym.cell = len(f.own)
				f.own = append(f.own, n)
			}
		}
	}
	if sym := s.names["__class__"]; s.kind == classScope && sym != nil {
		sym.cell = len(f.own)
		f.own = append(f.own, "__class__")
	}
	for _, c := range s.children {
		c.layout()
	}
}
