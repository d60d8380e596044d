package mako

import (
	"maps"
	"slices"
	"strings"

	"colloquy/engine/python/syntax"
)

// refused are Mako's tags that the dialect leaves out.
var refused = map[string]bool{"include": true, "inherit": true, "namespace": true}

// An attribute is a value in a tag and where it stands.
type attribute struct {
	value string
	from  int
}

// tag reads what begins with <%.
func (p *parser) tag() node {
	start := p.off
	from := start + 2
	if strings.HasPrefix(p.text[from:], "!") {
		return p.code(from+1, true)
	}
	name := p.tagName(from)
	switch {
	case name == "doc":
		return p.doc()
	case strings.HasPrefix(name, "self:") && len(name) > len("self:"):
		return p.openTag(name, start, from+len(name))
	case refused[name] || strings.Contains(name, ":"):
		p.fail(start, "<%%%s> is not part of the dialect's Mako", name)
	}
	switch name {
	case "def", "block", "call", "text", "page":
		return p.openTag(name, start, from+len(name))
	}
	return p.code(from, false)
}

// tagName returns the name at off, if there is one: letters, digits, dots,
// underscores, and colons between them.
func (p *parser) tagName(off int) string {
	i := off
	for i < len(p.text) {
		c := p.text[i]
		if c != '_' && c != '.' && c != ':' && !('a' <= c|0x20 && c|0x20 <= 'z') && !('0' <= c && c <= '9') {
			break
		}
		i++
	}
	return strings.TrimRight(p.text[off:i], ":")
}

// doc skips <%doc> to </%doc>.
func (p *parser) doc() node {
	start := p.off
	const closer = "</%doc>"
	i := strings.Index(p.rest(), closer)
	if i < 0 {
		p.fail(start, "<%%doc> has no </%%doc>")
	}
	p.off += i + len(closer)
	return nil
}

// openTag reads a tag with its attributes and its body.
func (p *parser) openTag(name string, start, off int) node {
	attrs, to, empty := p.attributes(name, start, off)
	p.off = to
	switch name {
	case "text":
		return p.rawText(start, attrs, empty)
	case "page":
		if !empty || len(attrs) > 0 {
			p.fail(start, "<%%page> with attributes is not part of the dialect's Mako")
		}
		return nil
	case "call":
		return p.callTag(start, attrs, empty)
	}
	if fn, ok := strings.CutPrefix(name, "self:"); ok {
		return p.selfTag(fn, name, start, attrs, empty)
	}
	return p.defTag(name, start, attrs, empty)
}

// attributes reads name="value" pairs up to > or />.
func (p *parser) attributes(tag string, start, off int) (map[string]attribute, int, bool) {
	attrs := map[string]attribute{}
	for {
		off += len(p.text[off:]) - len(strings.TrimLeft(p.text[off:], " \t\n"))
		switch {
		case strings.HasPrefix(p.text[off:], ">"):
			return attrs, off + 1, false
		case strings.HasPrefix(p.text[off:], "/>"):
			return attrs, off + 2, true
		}
		name := p.tagName(off)
		i := off + len(name)
		i += len(p.text[i:]) - len(strings.TrimLeft(p.text[i:], " \t\n"))
		if name == "" || !strings.HasPrefix(p.text[i:], "=") {
			p.fail(start, "<%%%s> is not closed, or an attribute is not written name=\"value\"", tag)
		}
		i++
		i += len(p.text[i:]) - len(strings.TrimLeft(p.text[i:], " \t\n"))
		if i >= len(p.text) || p.text[i] != '"' && p.text[i] != '\'' {
			p.fail(start, "the value of %s in <%%%s> needs quotes", name, tag)
		}
		n := strings.IndexByte(p.text[i+1:], p.text[i])
		if n < 0 {
			p.fail(i, "the value of %s in <%%%s> has no closing quote", name, tag)
		}
		attrs[name] = attribute{p.text[i+1 : i+1+n], i + 1}
		off = i + n + 2
	}
}

// only refuses attributes that a tag does not have here.
func (p *parser) only(tag string, attrs map[string]attribute, allowed string) {
	for name, a := range attrs {
		if !strings.Contains(" "+allowed+" ", " "+name+" ") {
			p.fail(a.from, "the attribute %s of <%%%s> is not part of the dialect's Mako", name, tag)
		}
	}
}

// filterAttribute reads the filters named in a tag.
func (p *parser) filterAttribute(attrs map[string]attribute) []syntax.Expr {
	a, ok := attrs["filter"]
	if !ok {
		return nil
	}
	return p.filters(a.from, a.from+len(a.value))
}

// rawText reads what stands up to </%text>.
func (p *parser) rawText(start int, attrs map[string]attribute, empty bool) node {
	p.only("text", attrs, "filter")
	r := &rawNode{filters: p.filterAttribute(attrs)}
	if !empty {
		const closer = "</%text>"
		i := strings.Index(p.rest(), closer)
		if i < 0 {
			p.fail(start, "<%%text> has no </%%text>")
		}
		r.text = p.text[p.off : p.off+i]
		p.off += i + len(closer)
	}
	r.at = p.span(start, p.off)
	return r
}

// body reads the nodes of a tag up to its closing tag.
func (p *parser) body(name string, start int, empty bool) []node {
	if empty {
		return nil
	}
	list, e := p.nodes()
	switch {
	case e.kind == atEnd:
		p.fail(start, "<%%%s> has no </%%%s>", name, name)
	case e.kind != endTag || e.word != name:
		p.fail(e.from, "%s within <%%%s>, before its </%%%s>", describe(e), name, name)
	}
	return list
}

// closingTag reads </%name>.
func (p *parser) closingTag() end {
	e := end{kind: endTag, from: p.off, word: p.tagName(p.off + 3)}
	i := p.off + 3 + len(e.word)
	i += len(p.text[i:]) - len(strings.TrimLeft(p.text[i:], " \t\n"))
	if e.word == "" || !strings.HasPrefix(p.text[i:], ">") {
		p.fail(e.from, "'</%%' does not begin a closing tag")
	}
	p.off = i + 1
	return e
}

// defTag reads <%def name="f(a)"> or <%block>.
func (p *parser) defTag(tag string, start int, attrs map[string]attribute, empty bool) node {
	p.only(tag, attrs, "name filter buffered")
	d := &defNode{block: tag == "block"}
	a, named := attrs["name"]
	switch {
	case tag == "def" && !named:
		p.fail(start, "<%%def> needs a name, as in <%%def name=\"greeting(person)\">")
	case !named:
		d.fn = &syntax.FunctionDef{Name: "<block>", Args: &syntax.Arguments{}}
	case d.block && !syntax.IsIdentifier(a.value):
		p.fail(a.from, "a block's name is a plain name, without arguments")
	case d.block:
		d.fn = &syntax.FunctionDef{Name: a.value, Args: &syntax.Arguments{}}
	case !strings.Contains(a.value, "("):
		p.fail(a.from, "a def's name needs its arguments, as in %s()", strings.TrimSpace(a.value))
	default:
		d.fn = p.signature(a.value, a.from)
		p.part(d.fn.Args)
	}
	if named {
		p.tree.names[d.fn.Name] = true
	}
	d.filters = p.filterAttribute(attrs)
	d.body = p.body(tag, start, empty)
	d.fn.Span = p.span(start, p.off)
	return d
}

// callTag reads <%call expr="...">.
func (p *parser) callTag(start int, attrs map[string]attribute, empty bool) node {
	p.only("call", attrs, "expr args")
	a, ok := attrs["expr"]
	if !ok {
		p.fail(start, "<%%call> needs an expr, as in <%%call expr=\"box()\">")
	}
	c := &callNode{expr: p.python(a.from, a.from+len(a.value), "an expression"), args: &syntax.Arguments{}}
	return p.called(c, "call", start, attrs, empty)
}

// selfTag reads <%self:name a="text" b="${ expression }">, another way to write
// <%call expr="name(a='text', b=expression)">.
func (p *parser) selfTag(fn, tag string, start int, attrs map[string]attribute, empty bool) node {
	span := p.span(start, start+len("<%"+tag))
	e := &syntax.Call{Span: span, Func: name(fn, span)}
	for _, key := range slices.Sorted(maps.Keys(attrs)) {
		a := attrs[key]
		if key == "args" {
			continue
		}
		var v syntax.Expr = &syntax.Constant{Span: p.span(a.from, a.from+len(a.value)), Value: a.value}
		if strings.HasPrefix(a.value, "${") && strings.HasSuffix(a.value, "}") {
			v = p.python(a.from+2, a.from+len(a.value)-1, "an expression")
		}
		e.Keywords = append(e.Keywords, &syntax.Keyword{Span: span, Arg: key, Value: v})
	}
	p.part(e)
	return p.called(&callNode{expr: e, args: &syntax.Arguments{}}, tag, start, attrs, empty)
}

// called reads the names that the body of a call takes, and the body.
func (p *parser) called(c *callNode, tag string, start int, attrs map[string]attribute, empty bool) node {
	if args, ok := attrs["args"]; ok {
		const name = "f("
		place := p.within(args.from, args.from+len(args.value), 0)
		f := check(syntax.ParseFileFunc(p.src.Name, "def f("+args.value+"): pass", func(at syntax.Pos) syntax.Pos {
			at.Col = max(at.Col-len("def "+name), 1)
			return place(at)
		}))
		fn, ok := f.Body[0].(*syntax.FunctionDef)
		if !ok || len(f.Body) != 1 || len(fn.Body) != 1 {
			p.fail(args.from, "args of <%%call> are names, as in args=\"row, column\"")
		}
		c.args = fn.Args
		p.part(fn.Args)
	}
	c.body = p.body(tag, start, empty)
	c.at = p.span(start, p.off)
	return c
}
