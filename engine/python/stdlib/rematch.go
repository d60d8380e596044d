package stdlib

import (
	"errors"
	"fmt"

	"colloquy/engine/python"
)

// Match is re.Match.
type Match struct {
	re      *Pattern
	subject *subject
	pos     int
	groups  [][2]int // from and to of each group in characters; -1: took no part
}

// Class returns the class Match.
func (*Match) Class() *python.Class { return matchClass }

// group returns the text of a group, or other if it took no part.
func (m *Match) group(i int, other python.Value) python.Value {
	if m.groups[i][0] < 0 {
		return other
	}
	return m.subject.part(m.groups[i][0], m.groups[i][1])
}

// groupText is group with "" for what took no part.
func (m *Match) groupText(i int) *python.Str {
	if m.groups[i][0] < 0 {
		return python.NewStr("")
	}
	return m.subject.slice(m.groups[i][0], m.groups[i][1])
}

// part is groupText as what was searched.
func (m *Match) part(i int) python.Value { return outward(m.groupText(i), m.subject.octets) }

// index returns the number of the group that v names or numbers.
func (m *Match) index(v python.Value) (int, error) {
	if n, ok := python.IntOf(v); ok && n >= 0 && int(n) < len(m.groups) {
		return int(n), nil
	}
	if s, ok := python.StringOf(v); ok {
		if n, ok := m.re.names[s]; ok {
			return n, nil
		}
	}
	return 0, python.Errorf(python.IndexError, "no such group")
}

// last returns the group that ended last, or 0.
func (m *Match) last() int {
	best := 0
	for _, n := range m.re.closed {
		if m.groups[n][0] >= 0 && (best == 0 || m.groups[n][1] >= m.groups[best][1]) {
			best = n
		}
	}
	return best
}

// patternMethod is a method of Pattern and a function of the module.
type patternMethod func(th *python.Thread, p *Pattern, a *python.Args) (python.Value, error)

func patternMethods() map[string]patternMethod {
	one := func(name string, how manner) patternMethod {
		return func(th *python.Thread, p *Pattern, a *python.Args) (python.Value, error) {
			s, from, err := searched(th, p, name, a)
			if err != nil {
				return nil, err
			}
			m, err := p.find(th, s, from, how)
			if m == nil || err != nil {
				return python.None, err
			}
			return m, nil
		}
	}
	return map[string]patternMethod{
		"search": one("search", anywhere), "match": one("match", atStart), "fullmatch": one("fullmatch", whole),
		"findall": findAll, "finditer": findIter, "split": splitPattern,
		"sub": func(th *python.Thread, p *Pattern, a *python.Args) (python.Value, error) {
			v, _, err := substitute(th, p, "sub", a)
			return v, err
		},
		"subn": func(th *python.Thread, p *Pattern, a *python.Args) (python.Value, error) {
			s, n, err := substitute(th, p, "subn", a)
			if err != nil {
				return nil, err
			}
			return python.NewTuple(s, python.Int(n)), nil
		},
	}
}

// searched reads the arguments string, pos and endpos.
func searched(th *python.Thread, p *Pattern, name string, a *python.Args) (*subject, int, error) {
	var v python.Value
	from, to := int64(0), int64(1<<62)
	if err := a.Unpack(name, "string", &v, "pos?", &from, "endpos?", &to); err != nil {
		return nil, 0, err
	}
	s, err := p.subjectOf(th, v)
	if err != nil {
		return nil, 0, err
	}
	s.end = int(max(0, min(to, int64(s.end))))
	return s, int(max(0, min(from, int64(len(s.runes))))), nil
}

func (p *Pattern) subjectOf(th *python.Thread, v python.Value) (*subject, error) {
	text, octets, ok := inward(v)
	switch {
	case !ok:
		return nil, python.Errorf(python.TypeError, "expected string or bytes-like object, got '%s'", v.Class().Name())
	case octets && !p.octets:
		return nil, python.Errorf(python.TypeError, "cannot use a string pattern on a bytes-like object")
	case p.octets && !octets:
		return nil, python.Errorf(python.TypeError, "cannot use a bytes pattern on a string-like object")
	}
	s, err := newSubject(th, text)
	if err != nil {
		return nil, err
	}
	s.given, s.octets = v, octets
	return s, nil
}

func findAll(th *python.Thread, p *Pattern, a *python.Args) (python.Value, error) {
	s, from, err := searched(th, p, "findall", a)
	if err != nil {
		return nil, err
	}
	out := python.NewList()
	err = p.each(th, s, from, func(m *Match) (bool, error) {
		switch p.groups {
		case 0:
			out.Elems = append(out.Elems, m.part(0))
		case 1:
			out.Elems = append(out.Elems, m.part(1))
		default:
			parts := make([]python.Value, p.groups)
			for i := range parts {
				parts[i] = m.part(i + 1)
			}
			out.Elems = append(out.Elems, python.NewTuple(parts...))
		}
		return true, th.Alloc(64)
	})
	return out, err
}

func findIter(th *python.Thread, p *Pattern, a *python.Args) (python.Value, error) {
	s, from, err := searched(th, p, "finditer", a)
	if err != nil {
		return nil, err
	}
	how, done := anywhere, false
	return python.NewIterator(matchIteratorClass, func(th *python.Thread) (python.Value, bool, error) {
		if done {
			return nil, false, nil
		}
		m, err := p.find(th, s, from, how)
		if err != nil || m == nil {
			done = true
			return nil, false, err
		}
		from, how = m.groups[0][1], anywhere
		if m.groups[0][0] == from {
			how = advancing
		}
		return m, true, nil
	}), nil
}

func splitPattern(th *python.Thread, p *Pattern, a *python.Args) (python.Value, error) {
	var v python.Value
	var limit int
	if err := a.Unpack("split", "string", &v, "maxsplit?", &limit); err != nil {
		return nil, err
	}
	s, err := p.subjectOf(th, v)
	if err != nil {
		return nil, err
	}
	out, at, n := python.NewList(), 0, 0
	if limit >= 0 {
		err = p.each(th, s, 0, func(m *Match) (bool, error) {
			out.Elems = append(out.Elems, s.part(at, m.groups[0][0]))
			for i := 1; i <= p.groups; i++ {
				out.Elems = append(out.Elems, m.group(i, python.None))
			}
			at = m.groups[0][1]
			n++
			return limit == 0 || n < limit, th.Alloc(64)
		})
	}
	out.Elems = append(out.Elems, s.part(at, s.end))
	return out, err
}

func substitute(th *python.Thread, p *Pattern, name string, a *python.Args) (python.Value, int, error) {
	var repl, v python.Value
	var limit int
	if err := a.Unpack(name, "repl", &repl, "string", &v, "count?", &limit); err != nil {
		return nil, 0, err
	}
	s, err := p.subjectOf(th, v)
	if err != nil {
		return nil, 0, err
	}
	replace, err := replacer(th, p, repl)
	if err != nil {
		return nil, 0, err
	}
	var out python.Text
	at, n := 0, 0
	if limit < 0 {
		return s.given, 0, nil
	}
	err = p.each(th, s, 0, func(m *Match) (bool, error) {
		with, err := replace(m)
		if err != nil {
			return false, err
		}
		out.Write(s.slice(at, m.groups[0][0]))
		out.Write(with)
		at = m.groups[0][1]
		n++
		return limit == 0 || n < limit, th.Alloc(64 + len(with.String()))
	})
	if err != nil {
		return nil, 0, err
	}
	if n == 0 {
		return outward(s.str, s.octets), 0, nil
	}
	out.Write(s.slice(at, s.end))
	return outward(out.Str(), s.octets), n, nil
}

// replacer returns what a match is replaced with.
func replacer(th *python.Thread, p *Pattern, repl python.Value) (func(m *Match) (*python.Str, error), error) {
	if python.Callable(repl) {
		pieces, at := 0, 0 // of the result so far
		return func(m *Match) (*python.Str, error) {
			v, err := th.Call(repl, []python.Value{m}, nil)
			if err != nil {
				return nil, err
			}
			if m.groups[0][0] > at {
				pieces++
			}
			at = m.groups[0][1]
			if isNone(v) {
				return python.NewStr(""), nil
			}
			pieces++
			return p.replacement(v, pieces-1)
		}, nil
	}
	s, octets, ok := inward(repl)
	if !ok {
		return nil, python.Errorf(python.TypeError, "decoding to str: need a bytes-like object, %s found", repl.Class().Name())
	}
	if octets != p.octets {
		return func(m *Match) (*python.Str, error) { return p.replacement(repl, min(1, m.groups[0][0])) }, nil
	}
	parts, err := parseTemplate(s, p.translation)
	var unknown *unknownGroup
	if errors.As(err, &unknown) {
		return nil, python.Errorf(python.IndexError, "unknown group name '%s'", unknown.name)
	}
	if err != nil {
		return nil, patternMistake(th, repl, err)
	}
	return func(m *Match) (*python.Str, error) { return expand(parts, m), nil }, nil
}

// replacement returns what stands for a match, the piece of the result with
// this number.
func (p *Pattern) replacement(v python.Value, piece int) (*python.Str, error) {
	s, octets, ok := inward(v)
	switch {
	case ok && octets == p.octets:
		return s, nil
	case p.octets:
		return nil, python.Errorf(python.TypeError, "sequence item %d: expected a bytes-like object, %s found", piece, v.Class().Name())
	}
	return nil, python.Errorf(python.TypeError, "sequence item %d: expected str instance, %s found", piece, v.Class().Name())
}

func matchOf(v python.Value) *Match { return v.(*Match) }

func matchMembers() []python.Member {
	ms := []python.Member{
		field("string", func(v python.Value) python.Value { return matchOf(v).subject.given }),
		field("re", func(v python.Value) python.Value { return matchOf(v).re }),
		field("pos", func(v python.Value) python.Value { return python.Int(matchOf(v).pos) }),
		field("endpos", func(v python.Value) python.Value { return python.Int(matchOf(v).subject.end) }),
		getter("lastindex", func(v python.Value) python.Value {
			if n := matchOf(v).last(); n > 0 {
				return python.Int(n)
			}
			return python.None
		}),
		getter("lastgroup", func(v python.Value) python.Value {
			m := matchOf(v)
			for name, n := range m.re.names {
				if n == m.last() {
					return str(name)
				}
			}
			return python.None
		}),
		getter("regs", func(v python.Value) python.Value {
			var all []python.Value
			for _, g := range matchOf(v).groups {
				all = append(all, ints(int64(g[0]), int64(g[1])))
			}
			return python.NewTuple(all...)
		}),
		python.Method("group", matchGroup), python.Method("groups", matchGroups), python.Method("groupdict", matchDict),
		binary("__getitem__", func(_ *python.Thread, v, key python.Value) (python.Value, error) {
			m := matchOf(v)
			i, err := m.index(key)
			if err != nil {
				return nil, err
			}
			return m.group(i, python.None), nil
		}),
		binary("expand", func(th *python.Thread, v, template python.Value) (python.Value, error) {
			m := matchOf(v)
			replace, err := replacer(th, m.re, template)
			if err != nil {
				return nil, err
			}
			s, err := replace(m)
			if err != nil {
				return nil, err
			}
			return outward(s, m.subject.octets), nil
		}),
		unary("__repr__", func(th *python.Thread, v python.Value) (python.Value, error) {
			m := matchOf(v)
			r, err := th.Repr(m.part(0))
			if err != nil {
				return nil, err
			}
			r = shortened(r, 50)
			return python.Concat(python.NewStr(fmt.Sprintf("<re.Match object; span=(%d, %d), match=", m.groups[0][0], m.groups[0][1])),
				python.Concat(r, python.NewStr(">"))), nil
		}),
	}
	place := func(name string, get func(g [2]int) python.Value) python.Member {
		return python.Method(name, func(_ *python.Thread, a *python.Args) (python.Value, error) {
			var group python.Value = python.Int(0)
			if err := a.Unpack(name, "/group?", &group); err != nil {
				return nil, err
			}
			m := matchOf(a.Self)
			i, err := m.index(group)
			if err != nil {
				return nil, err
			}
			return get(m.groups[i]), nil
		})
	}
	return append(ms, place("start", func(g [2]int) python.Value { return python.Int(g[0]) }),
		place("end", func(g [2]int) python.Value { return python.Int(g[1]) }),
		place("span", func(g [2]int) python.Value { return ints(int64(g[0]), int64(g[1])) }))
}

func matchGroup(_ *python.Thread, a *python.Args) (python.Value, error) {
	m := matchOf(a.Self)
	if len(a.Pos) == 0 {
		return m.group(0, python.None), nil
	}
	var out []python.Value
	for _, v := range a.Pos {
		i, err := m.index(v)
		if err != nil {
			return nil, err
		}
		out = append(out, m.group(i, python.None))
	}
	if len(out) == 1 {
		return out[0], nil
	}
	return python.NewTuple(out...), nil
}

func matchGroups(_ *python.Thread, a *python.Args) (python.Value, error) {
	var other python.Value = python.None
	if err := a.Unpack("groups", "default?", &other); err != nil {
		return nil, err
	}
	m := matchOf(a.Self)
	out := make([]python.Value, m.re.groups)
	for i := range out {
		out[i] = m.group(i+1, other)
	}
	return python.NewTuple(out...), nil
}

func matchDict(_ *python.Thread, a *python.Args) (python.Value, error) {
	var other python.Value = python.None
	if err := a.Unpack("groupdict", "default?", &other); err != nil {
		return nil, err
	}
	m := matchOf(a.Self)
	d := python.NewDict()
	for _, name := range m.re.order {
		d.SetStr(name, m.group(m.re.names[name], other))
	}
	return d, nil
}

func patternOf(v python.Value) *Pattern {
	p, _ := v.(*Pattern)
	return p
}

func patternMembers() []python.Member {
	ms := []python.Member{
		field("pattern", func(v python.Value) python.Value { return outward(patternOf(v).source, patternOf(v).octets) }),
		field("flags", func(v python.Value) python.Value { return python.Int(patternOf(v).flags) }),
		field("groups", func(v python.Value) python.Value { return python.Int(patternOf(v).groups) }),
		field("groupindex", func(v python.Value) python.Value {
			d, p := python.NewDict(), patternOf(v)
			for _, name := range p.order {
				d.SetStr(name, python.Int(p.names[name]))
			}
			return d
		}),
		unary("__repr__", patternRepr),
		binary("__eq__", func(_ *python.Thread, a, b python.Value) (python.Value, error) {
			p, o := patternOf(a), patternOf(b)
			if o == nil {
				return python.NotImplemented, nil
			}
			return python.Bool(p.source.String() == o.source.String() && p.octets == o.octets && p.flags == o.flags), nil
		}),
		unary("__hash__", func(th *python.Thread, v python.Value) (python.Value, error) {
			h, err := th.Hash(patternOf(v).source)
			return python.Int(h), err
		}),
	}
	for name, method := range patternMethods() {
		ms = append(ms, python.Method(name, func(th *python.Thread, a *python.Args) (python.Value, error) {
			return method(th, patternOf(a.Self), a)
		}))
	}
	return ms
}

func patternRepr(th *python.Thread, v python.Value) (python.Value, error) {
	p := patternOf(v)
	r, err := th.Repr(outward(p.source, p.octets))
	if err != nil {
		return nil, err
	}
	r = shortened(r, 200)
	out := "re.compile(" + r.String()
	sep := ", "
	for _, f := range []struct {
		flag int
		name string
	}{{reIgnoreCase, "IGNORECASE"}, {reLocale, "LOCALE"}, {reMultiline, "MULTILINE"}, {reDotAll, "DOTALL"}, {reVerbose, "VERBOSE"}, {reASCII, "ASCII"}} {
		if p.flags&f.flag != 0 {
			out += sep + "re." + f.name
			sep = "|"
		}
	}
	return str(out + ")"), nil
}

// shortened returns the first n characters of s.
func shortened(s *python.Str, n int) *python.Str {
	if s.Len() <= n {
		return s
	}
	return slice(s, 0, len(string([]rune(s.String())[:n])))
}

func defineRE() {
	matchIteratorClass = python.NewClass(python.ClassSpec{Name: "callable_iterator", Bases: []*python.Class{python.IteratorClass}, Final: true,
		New: cannotMake("callable_iterator")})
	reErrorClass = python.NewClass(python.ClassSpec{Name: "error", Module: "re", Bases: []*python.Class{python.ExceptionClass}})
	patternClass = python.NewClass(python.ClassSpec{Name: "Pattern", Dotted: true, Module: "re", Members: patternMembers(), Final: true,
		New: cannotMake("re.Pattern")})
	matchClass = python.NewClass(python.ClassSpec{Name: "Match", Dotted: true, Module: "re", Members: matchMembers(), Final: true,
		New: cannotMake("re.Match")})
}

// cannotMake is the constructor of classes whose objects only functions make.
func cannotMake(name string) python.NewFunc {
	return func(*python.Thread, *python.Class, *python.Args) (python.Value, error) {
		return nil, python.Errorf(python.TypeError, "cannot create '%s' instances", name)
	}
}
