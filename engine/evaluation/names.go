package evaluation

import (
	"fmt"
	"slices"
	"strings"

	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// Contexts are the names whose values an action or an answer belongs to: what
// a generic object and the iterators stand for.
var Contexts = []string{"x", "i", "j", "k", "l", "m", "n"}

// A Path is a variable as authors write it, taken apart: a name, then
// attributes and indices. Only these can be read, set and deleted by name.
type Path struct {
	text  string
	root  string
	steps []step
}

type step struct {
	attr  string      // or
	index syntax.Expr // an index
	text  string      // the path up to and with this step
}

// ParsePath takes a variable name such as people[0].name.first apart. What is
// neither name, attribute nor index around them is ignored, as docassemble's
// value() does; ok is false if there is no name in it.
func ParsePath(text string) (Path, bool) {
	if p, ok := dotted(text); ok {
		return p, true
	}
	e, err := syntax.ParseExpr("", text, syntax.Pos{Line: 1, Col: 1})
	if err != nil {
		return Path{}, false
	}
	p := Path{text: text}
	return p, p.take(e)
}

// dotted takes apart what is plainly names between dots, as most variables
// are, without a parser.
func dotted(text string) (Path, bool) {
	p := Path{text: text}
	for from := 0; from <= len(text); {
		end := strings.IndexByte(text[from:], '.')
		if end < 0 {
			end = len(text) - from
		}
		name := text[from : from+end]
		if !plain(name) {
			return Path{}, false
		}
		if from == 0 {
			p.root = name
		} else {
			p.steps = append(p.steps, step{attr: name, text: text[:from+end]})
		}
		from += end + 1
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
		p.steps = append(p.steps, step{index: e.Slice, text: p.prefix() + "[" + syntax.Source(e.Slice) + "]"})
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

// Missing returns the error for a name that is not defined, as interview code
// that reads it would raise.
func Missing(name string) error {
	exc := python.NewException(python.NameError, python.NewStr("name '"+name+"' is not defined"))
	exc.Exception().Missing = name
	return python.Raise(exc)
}

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
	for _, s := range p.steps[:n] {
		if s.index == nil {
			v, err = th.GetAttr(v, s.attr)
		} else {
			var key python.Value
			if key, err = Index(th, ns, s.index); err == nil {
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
	owner, err := p.upTo(th, ns, len(p.steps)-1)
	if err != nil {
		return err
	}
	last := p.steps[len(p.steps)-1]
	if last.index == nil {
		return th.SetAttr(owner, last.attr, v)
	}
	key, err := Index(th, ns, last.index)
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
	owner, err := p.upTo(th, ns, len(p.steps)-1)
	if err != nil {
		return err
	}
	last := p.steps[len(p.steps)-1]
	if last.index == nil {
		return th.DelAttr(owner, last.attr)
	}
	key, err := Index(th, ns, last.index)
	if err != nil {
		return err
	}
	return th.DelItem(owner, key)
}

// Index evaluates the expression between brackets.
func Index(th *python.Thread, ns *python.Namespace, e syntax.Expr) (python.Value, error) {
	if c, ok := e.(*syntax.Constant); ok {
		return python.FromConstant(c)
	}
	code, err := python.CompileExpr(e, python.CompileOptions{Interview: true, File: "<index>"})
	if err != nil {
		return nil, err
	}
	return code.Run(th, ns)
}

// Read returns the value of a variable by name, seeking what is missing.
func Read(th *python.Thread, name string) (python.Value, error) {
	p, ok := ParsePath(name)
	if !ok {
		return nil, fmt.Errorf("%q is not the name of a variable", name)
	}
	return p.Read(th, Of(th).Answers())
}

// Find returns the value of a variable if it is defined. It never seeks and
// creates nothing; any failure means that it is not defined.
func Find(th *python.Thread, name string) (python.Value, bool) {
	return FindIn(th, Of(th).Answers(), name)
}

// FindIn is Find in other answers than the present ones.
func FindIn(th *python.Thread, ns *python.Namespace, name string) (python.Value, bool) {
	p, ok := ParsePath(name)
	if !ok {
		return nil, false
	}
	place := Of(th).Place()
	place.Probing++
	defer func() { place.Probing-- }()
	v, err := p.Read(th, ns)
	return v, err == nil
}

// Write assigns to a variable by name.
func Write(th *python.Thread, name string, v python.Value) error {
	p, ok := ParsePath(name)
	if !ok {
		return fmt.Errorf("%q is not the name of a variable", name)
	}
	return p.Write(th, Of(th).Answers(), v)
}

// Delete removes a variable if it is defined and reports whether it was.
func Delete(th *python.Thread, name string) (bool, error) {
	if _, ok := Find(th, name); !ok {
		return false, nil
	}
	p, _ := ParsePath(name)
	return true, p.Delete(th, Of(th).Answers())
}

// Invalidate removes a variable and remembers its value as the default for
// when it is asked again.
func Invalidate(th *python.Thread, name string) error {
	v, ok := Find(th, name)
	if !ok {
		return nil
	}
	Of(th).Book().Dirty[name] = v
	_, err := Delete(th, name)
	return err
}

// SaveContext returns the present values of the context names.
func SaveContext(ns *python.Namespace) map[string]python.Value {
	m := map[string]python.Value{}
	for _, name := range Contexts {
		if v, ok := ns.Get(name); ok {
			m[name] = v
		}
	}
	return m
}

// RestoreContext puts saved values back.
func RestoreContext(ns *python.Namespace, m map[string]python.Value) {
	for _, name := range Contexts {
		if v, ok := m[name]; ok {
			ns.Set(name, v)
		}
	}
}

// IsContext reports whether name is one of the context names.
func IsContext(name string) bool { return slices.Contains(Contexts, name) }

// Owner returns the object that the last step of the path is a part of.
func (p *Path) Owner(th *python.Thread, ns *python.Namespace) (python.Value, error) {
	return p.upTo(th, ns, max(len(p.steps)-1, 0))
}

// Attribute returns the attribute that the path ends in, if it ends in one.
func (p *Path) Attribute() (string, bool) {
	if p.Plain() {
		return "", false
	}
	last := p.steps[len(p.steps)-1]
	return last.attr, last.index == nil
}

// Key returns the index that the path ends in.
func (p *Path) Key(th *python.Thread, ns *python.Namespace) (python.Value, error) {
	return Index(th, ns, p.steps[len(p.steps)-1].index)
}

// ReadIndex evaluates an index given as text, such as 3, 'q' or i + 1.
func ReadIndex(th *python.Thread, text string) (python.Value, error) {
	e, err := syntax.ParseExpr("<index>", text, syntax.Pos{Line: 1, Col: 1})
	if err != nil {
		return nil, err
	}
	return Index(th, Of(th).Answers(), e)
}

// Intrinsic writes a variable with x and the iterators in it replaced by what
// they stand for now: people[2].name for people[i].name.
func Intrinsic(th *python.Thread, name string) string {
	if p, ok := dotted(name); ok && p.root != "x" {
		return name
	}
	e, err := syntax.ParseExpr("", name, syntax.Pos{Line: 1, Col: 1})
	if err != nil {
		return name
	}
	return intrinsic(th, e)
}

func intrinsic(th *python.Thread, e syntax.Expr) string {
	ns := Of(th).Answers()
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
		return intrinsic(th, e.Value) + "." + e.Attr
	case *syntax.Subscript:
		key := syntax.Source(e.Slice)
		if n, ok := e.Slice.(*syntax.Name); ok {
			if v, ok := ns.Get(n.ID); ok {
				if text, err := th.Repr(v); err == nil {
					key = text.String()
				}
			}
		}
		return intrinsic(th, e.Value) + "[" + key + "]"
	}
	return syntax.Source(e)
}

// NameOf returns the intrinsic name of an object, or the name of its class.
func NameOf(v python.Value) string {
	if i, ok := v.(*python.Instance); ok {
		if n, ok := i.Attrs.Get("instanceName"); ok {
			s, _ := python.StringOf(n)
			return s
		}
	}
	return v.Class().Name()
}
