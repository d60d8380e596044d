package python

import (
	"colloquy/engine/python/syntax"
)

// closure compiles the gathering of the cells that an inner scope takes from
// the frame of outer.
func (c *compiler) closure(outer *compiler, n syntax.Node) func(fr *frame) []*Cell {
	free := c.scope.frame.free
	if len(free) == 0 {
		return func(*frame) []*Cell { return nil }
	}
	from := make([]int, len(free))
	for i, name := range free {
		from[i] = outer.cellIndex(name)
	}
	return func(fr *frame) []*Cell {
		cells := make([]*Cell, len(from))
		for i, k := range from {
			cells[i] = fr.cells[k]
		}
		return cells
	}
}

// cellIndex returns where the frame of the scope keeps the cell for a name that
// an inner frame uses.
func (c *compiler) cellIndex(name string) int {
	owner, sym := c.scope.owner(name, c.scope.kind == classScope)
	if owner != nil && owner.home == c.scope.home {
		return sym.cell
	}
	l := c.scope.home.frame
	for i, n := range l.free {
		if n == name {
			return len(l.own) + i
		}
	}
	panic("python: no cell for " + name)
}

// makeFunction compiles the making of a function object.
func (c *compiler) makeFunction(node syntax.Node, name string, args *syntax.Arguments, body func(in *compiler) expr) func(fr *frame) (*Function, error) {
	qualname := c.qualified(name)
	in := c.inner(node, qualname+".<locals>.")
	run := body(in)
	code := in.newFunction(name, qualname, node.Start().Line)
	in.parameters(code, args)
	code.run = run
	defaults, kwDefaults := c.exprs(args.Defaults), c.keywordDefaults(args)
	cells, p := in.closure(c, node), placeOf(node)
	return func(fr *frame) (*Function, error) {
		f := &Function{code: code, globals: fr.globals, cells: cells(fr), name: name, qualname: qualname}
		fr.th.small += sizeFunction
		for _, d := range defaults {
			v, err := d(fr)
			if err != nil {
				return nil, fr.fail(err, p)
			}
			f.defaults = append(f.defaults, v)
		}
		for i, d := range kwDefaults {
			if f.kwDefaults == nil {
				f.kwDefaults = make([]Value, len(kwDefaults))
			}
			if d == nil {
				continue
			}
			v, err := d(fr)
			if err != nil {
				return nil, fr.fail(err, p)
			}
			f.kwDefaults[i] = v
		}
		return f, nil
	}
}

// qualified returns the qualified name of a function or class made here: one
// that a global statement names is the module's.
func (c *compiler) qualified(name string) string {
	if sym := c.scope.names[name]; sym != nil && sym.global {
		return name
	}
	return c.qualname + name
}

func (c *compiler) keywordDefaults(args *syntax.Arguments) []expr {
	out := make([]expr, len(args.Kwonlyargs))
	for i, d := range args.KwDefaults {
		if d != nil {
			out[i] = c.expr(d)
		}
	}
	return out
}

// parameters notes the parameters in the code; their slots are the first.
func (c *compiler) parameters(code *function, args *syntax.Arguments) {
	code.posOnly = len(args.Posonlyargs)
	code.positional = code.posOnly + len(args.Args)
	ps := allParams(args)
	for i, p := range ps {
		name := mangle(c.scope.class, p.Arg)
		if i < code.positional+len(args.Kwonlyargs) {
			code.params = append(code.params, name)
		}
		if sym := c.scope.names[name]; sym.captured {
			code.cellParams = append(code.cellParams, cellParam{sym.slot, sym.cell})
		}
	}
	n := len(code.params)
	if args.Vararg != nil {
		code.vararg = n
		n++
	}
	if args.Kwarg != nil {
		code.kwarg = n
	}
}

func (c *compiler) lambda(e *syntax.Lambda) expr {
	make := c.makeFunction(e, "<lambda>", e.Args, func(in *compiler) expr {
		body, p := in.expr(e.Body), placeOf(e.Body)
		if !in.scope.yields {
			return func(fr *frame) (Value, error) {
				v, err := body(fr)
				if err != nil {
					return nil, fr.fail(err, p)
				}
				return v, nil
			}
		}
		return body
	})
	return func(fr *frame) (Value, error) {
		f, err := make(fr)
		if err != nil {
			return nil, err
		}
		return f, nil
	}
}

// functionBody compiles the statements of a def.
func (c *compiler) functionBody(body []syntax.Stmt) expr {
	if len(body) == 1 {
		if r, ok := body[0].(*syntax.Return); ok && r.Value != nil {
			value, p := c.expr(r.Value), placeOf(r)
			return func(fr *frame) (Value, error) {
				v, err := value(fr)
				if err != nil {
					return nil, fr.fail(err, p)
				}
				return v, nil
			}
		}
	}
	block := c.block(body)
	return func(fr *frame) (Value, error) {
		k, err := block(fr)
		if err != nil {
			return nil, err
		}
		if k == returned {
			return fr.ret, nil
		}
		return None, nil
	}
}

func (c *compiler) functionDef(s *syntax.FunctionDef) stmt {
	make := c.generic(s.TypeParams, func(in *compiler) expr { return in.functionMaker(s) })
	decorate, store := c.decorators(s.DecoratorList), c.store(s.Name)
	return func(fr *frame) (ctl, error) {
		decs, err := decorate.eval(fr)
		if err != nil {
			return next, err
		}
		f, err := make(fr)
		if err != nil {
			return next, err
		}
		v, err := decorate.apply(fr, decs, f)
		if err != nil {
			return next, err
		}
		return next, store(fr, v)
	}
}

// functionMaker compiles a def up to, but without, its decorators.
func (c *compiler) functionMaker(s *syntax.FunctionDef) expr {
	make := c.makeFunction(s, s.Name, s.Args, func(in *compiler) expr { return in.functionBody(s.Body) })
	annotate := c.annotate(s)
	doc, hasDoc := docString(s.Body)
	return func(fr *frame) (Value, error) {
		f, err := make(fr)
		if err != nil {
			return nil, err
		}
		if hasDoc {
			f.doc = NewStr(doc)
		}
		if annotate != nil {
			d, err := annotate(fr)
			if err != nil {
				return nil, err
			}
			f.named("__annotations__").Set("__annotations__", d)
		}
		return f, nil
	}
}

// annotate compiles the making of __annotations__; nil if there are none.
func (c *compiler) annotate(s *syntax.FunctionDef) func(fr *frame) (*Dict, error) {
	var names []string
	var values []expr
	add := func(name string, e syntax.Expr) {
		if e == nil {
			return
		}
		names = append(names, name)
		if c.annotations {
			text := Value(NewStr(syntax.Source(e)))
			values = append(values, func(*frame) (Value, error) { return text, nil })
			return
		}
		values = append(values, c.expr(e))
	}
	for _, p := range writtenParams(s.Args) {
		add(p.Arg, p.Annotation)
	}
	add("return", s.Returns)
	if len(names) == 0 {
		return nil
	}
	return func(fr *frame) (*Dict, error) {
		d := NewDict()
		for i, v := range values {
			x, err := v(fr)
			if err != nil {
				return nil, err
			}
			d.SetStr(names[i], x)
		}
		return d, nil
	}
}

// decorators are compiled decorators, outermost first.
type decorators struct {
	exprs  []expr
	places []place
}

func (c *compiler) decorators(list []syntax.Expr) decorators {
	d := decorators{exprs: c.exprs(list)}
	for _, e := range list {
		d.places = append(d.places, placeOf(e))
	}
	return d
}

func (d decorators) eval(fr *frame) ([]Value, error) {
	if len(d.exprs) == 0 {
		return nil, nil
	}
	out := make([]Value, len(d.exprs))
	for i, e := range d.exprs {
		v, err := e(fr)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

func (d decorators) apply(fr *frame, decs []Value, v Value) (Value, error) {
	var err error
	for i := len(decs) - 1; i >= 0; i-- {
		if v, err = fr.th.Call(decs[i], []Value{v}, nil); err != nil {
			return nil, fr.fail(err, d.places[i])
		}
	}
	return v, nil
}

func (c *compiler) yieldExpr(e *syntax.Yield) expr {
	value := c.optional(e.Value)
	return func(fr *frame) (Value, error) {
		v, err := value(fr)
		if err != nil {
			return nil, err
		}
		return fr.gen.suspend(v)
	}
}

func (c *compiler) yieldFrom(e *syntax.YieldFrom) expr {
	value, p := c.expr(e.Value), placeOf(e)
	return func(fr *frame) (Value, error) {
		v, err := value(fr)
		if err != nil {
			return nil, err
		}
		v, err = fr.delegate(v)
		if err != nil {
			return nil, fr.fail(err, p)
		}
		return v, nil
	}
}
