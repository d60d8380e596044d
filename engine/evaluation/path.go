package evaluation

import (
	"strings"
	"sync"
	"sync/atomic"

	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// A Path is a variable as authors write it, taken apart: a name, then
// attributes and indices. Only these can be read, set and deleted by name. It
// does not change, and may be shared.
type Path struct {
	expr  syntax.Expr // what was parsed; nil of names between dots
	root  string
	steps []step
	own   string // the intrinsic name, if it does not depend on x or an iterator
}

type step struct {
	attr string // or
	key  *index // an index
	text string // the path up to and with this step
}

// index is the expression between brackets: a constant, or code.
type index struct {
	value python.Value
	code  *python.Code
	err   error
}

// Paths are variables that were taken apart before: an interview uses the same
// names again and again. It is safe for concurrent use. The zero value is ready.
type Paths struct {
	known sync.Map // text to *Path, nil of texts that are none
	size  atomic.Int32
}

// mostPaths bounds what Paths remembers; names beyond are taken apart anew.
const mostPaths = 1 << 14

// Parse is [ParsePath], done once per text.
func (p *Paths) Parse(text string) (*Path, bool) {
	if v, ok := p.known.Load(text); ok {
		path := v.(*Path)
		return path, path != nil
	}
	path, ok := ParsePath(text)
	if p.size.Load() < mostPaths {
		p.size.Add(1)
		p.known.Store(strings.Clone(text), path)
	}
	return path, ok
}

// ParsePath takes a variable name such as people[0].name.first apart. What is
// neither name, attribute nor index around them is ignored, as docassemble's
// value() does; ok is false if there is no name in it.
func ParsePath(text string) (p *Path, ok bool) {
	if p, ok := dotted(text); ok {
		return p, true
	}
	e, err := syntax.ParseExpr("", text, syntax.Pos{Line: 1, Col: 1})
	if err != nil {
		return nil, false
	}
	p = &Path{expr: e}
	if !p.take(e) {
		return nil, false
	}
	if !contextual(e) {
		p.own = intrinsic(nil, nil, e)
	}
	return p, true
}

// dotted takes apart what is plainly names between dots, as most variables
// are, without a parser.
func dotted(text string) (*Path, bool) {
	p := &Path{}
	for from := 0; from <= len(text); {
		end := strings.IndexByte(text[from:], '.')
		if end < 0 {
			end = len(text) - from
		}
		name := text[from : from+end]
		if !plain(name) {
			return nil, false
		}
		if from == 0 {
			p.root = name
		} else {
			p.steps = append(p.steps, step{attr: name, text: text[:from+end]})
		}
		from += end + 1
	}
	if p.root != "x" {
		p.own = text
	}
	return p, true
}

// plain reports whether s is a name in ASCII: others may be written in several
// ways.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return syntax.IsIdentifier(s)
}

func (p *Path) take(e syntax.Expr) bool {
	switch e := e.(type) {
	case *syntax.Name:
		p.root = e.ID
		return true
	case *syntax.Attribute:
		if !p.take(e.Value) {
			return false
		}
		p.steps = append(p.steps, step{attr: e.Attr, text: p.prefix() + "." + e.Attr})
		return true
	case *syntax.Subscript:
		if !p.take(e.Value) {
			return false
		}
		p.steps = append(p.steps, step{key: newIndex(e.Slice), text: p.prefix() + "[" + syntax.Source(e.Slice) + "]"})
		return true
	case *syntax.BinOp:
		return p.take(e.Left)
	}
	return false
}

// Prefix is the path without its last step, as text.
func (p *Path) Prefix() string {
	if len(p.steps) < 2 {
		return p.root
	}
	return p.steps[len(p.steps)-2].text
}

func (p *Path) prefix() string {
	if len(p.steps) == 0 {
		return p.root
	}
	return p.steps[len(p.steps)-1].text
}

// Plain reports whether the path is a name alone.
func (p *Path) Plain() bool { return len(p.steps) == 0 }

// Read returns the value of a path in ns; what is missing is raised and so
// sought.
func (p *Path) Read(th *python.Thread, ns *python.Namespace) (python.Value, error) {
	return p.upTo(th, ns, len(p.steps))
}

func (p *Path) upTo(th *python.Thread, ns *python.Namespace, n int) (python.Value, error) {
	v, ok := th.LookupName(ns, p.root)
	if !ok {
		return nil, Missing(p.root)
	}
	var err error
	for i := range p.steps[:n] {
		s := &p.steps[i]
		if s.key == nil {
			v, err = th.GetAttr(v, s.attr)
		} else {
			var key python.Value
			if key, err = s.key.run(th, ns); err == nil {
				v, err = th.GetItem(v, key)
			}
		}
		if err != nil {
			return nil, err
		}
	}
	return v, nil
}

// Write sets the path to v; the object that it is a part of is sought if it is
// missing.
func (p *Path) Write(th *python.Thread, ns *python.Namespace, v python.Value) error {
	if p.Plain() {
		ns.Set(p.root, v)
		return nil
	}
	owner, err := p.Owner(th, ns)
	if err != nil {
		return err
	}
	last := &p.steps[len(p.steps)-1]
	if last.key == nil {
		return th.SetAttr(owner, last.attr, v)
	}
	key, err := last.key.run(th, ns)
	if err != nil {
		return err
	}
	return th.SetItem(owner, key, v)
}

// Delete removes what the path leads to. It is an error if it is not there.
func (p *Path) Delete(th *python.Thread, ns *python.Namespace) error {
	if p.Plain() {
		if !ns.Delete(p.root) {
			return Missing(p.root)
		}
		return nil
	}
	owner, err := p.Owner(th, ns)
	if err != nil {
		return err
	}
	last := &p.steps[len(p.steps)-1]
	if last.key == nil {
		return th.DelAttr(owner, last.attr)
	}
	key, err := last.key.run(th, ns)
	if err != nil {
		return err
	}
	return th.DelItem(owner, key)
}

// Owner returns the object that the last step of the path is a part of.
func (p *Path) Owner(th *python.Thread, ns *python.Namespace) (python.Value, error) {
	return p.upTo(th, ns, max(len(p.steps)-1, 0))
}

// Attribute returns the attribute that the path ends in, if it ends in one.
func (p *Path) Attribute() (string, bool) {
	if p.Plain() {
		return "", false
	}
	last := &p.steps[len(p.steps)-1]
	return last.attr, last.key == nil
}

// Key returns the index that the path ends in.
func (p *Path) Key(th *python.Thread, ns *python.Namespace) (python.Value, error) {
	return p.steps[len(p.steps)-1].key.run(th, ns)
}

// Intrinsic writes the path with x and the iterators in it replaced by what
// they stand for in ns.
func (p *Path) Intrinsic(th *python.Thread, ns *python.Namespace) string {
	switch {
	case p.own != "":
		return p.own
	case p.expr != nil:
		return intrinsic(th, ns, p.expr)
	}
	name := "x" // the root of every other path between dots
	if x, ok := ns.Get(name); ok {
		name = NameOf(x)
	}
	for i := range p.steps {
		name += "." + p.steps[i].attr
	}
	return name
}

// contextual reports whether the intrinsic name of e depends on x or on a name
// between brackets.
func contextual(e syntax.Expr) bool {
	switch e := e.(type) {
	case *syntax.Name:
		return e.ID == "x"
	case *syntax.Attribute:
		return contextual(e.Value)
	case *syntax.Subscript:
		_, named := e.Slice.(*syntax.Name)
		return named || contextual(e.Value)
	}
	return false
}

func intrinsic(th *python.Thread, ns *python.Namespace, e syntax.Expr) string {
	switch e := e.(type) {
	case *syntax.Name:
		if e.ID != "x" {
			return e.ID
		}
		if x, ok := ns.Get("x"); ok {
			return NameOf(x)
		}
		return e.ID
	case *syntax.Attribute:
		return intrinsic(th, ns, e.Value) + "." + e.Attr
	case *syntax.Subscript:
		key := ""
		if n, ok := e.Slice.(*syntax.Name); ok {
			if v, ok := ns.Get(n.ID); ok {
				if text, err := th.Repr(v); err == nil {
					key = text.String()
				}
			}
		}
		if key == "" {
			key = syntax.Source(e.Slice)
		}
		return intrinsic(th, ns, e.Value) + "[" + key + "]"
	}
	return syntax.Source(e)
}

func newIndex(e syntax.Expr) *index {
	x := &index{}
	if c, ok := e.(*syntax.Constant); ok {
		x.value, x.err = python.FromConstant(c)
		return x
	}
	x.code, x.err = python.CompileExpr(e, python.CompileOptions{Interview: true, File: "<index>"})
	return x
}

func (x *index) run(th *python.Thread, ns *python.Namespace) (python.Value, error) {
	if x.code == nil {
		return x.value, x.err
	}
	return x.code.Run(th, ns)
}
