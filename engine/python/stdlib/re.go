package stdlib

import (
	"errors"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/dlclark/regexp2/v2"

	"colloquy/engine/python"
)

// matchTimeout bounds one search.
const matchTimeout = time.Second

var patternClass, matchClass, matchIteratorClass, reErrorClass *python.Class

// Pattern is re.Pattern. It is immutable but for what it compiles on first use,
// and safe for concurrent use. One over bytes works on the characters with
// the numbers of the bytes.
type Pattern struct {
	source *python.Str
	given  int // flags as they were given
	octets bool
	*translation

	search, match, full, advance form
}

// form is one way of using a pattern.
type form struct {
	once sync.Once
	re   *regexp2.Regexp
	err  error
}

func (f *form) get(t *translation, before, after string) (*regexp2.Regexp, error) {
	f.once.Do(func() { f.re, f.err = t.compile(before, after) })
	return f.re, f.err
}

// Class returns the class Pattern.
func (*Pattern) Class() *python.Class { return patternClass }

// Persist returns the pattern and its flags.
func (p *Pattern) Persist() python.Value {
	return python.NewTuple(outward(p.source, p.octets), python.Int(p.given))
}

func restorePattern(data python.Value) (python.Value, error) {
	t, ok := data.(*python.Tuple)
	if !ok || len(t.Elems) != 2 {
		return nil, errStored
	}
	s, octets, ok := inward(t.Elems[0])
	flags, isInt := python.IntOf(t.Elems[1])
	if !ok || !isInt {
		return nil, errStored
	}
	return newPattern(s, octets, int(flags))
}

// inward returns text, or bytes as the characters of their numbers.
func inward(v python.Value) (s *python.Str, octets, ok bool) {
	if b, ok := python.BytesOf(v); ok {
		v = b
	}
	switch x := python.Unwrap(v).(type) {
	case *python.Str:
		return x, false, true
	case *python.Bytes:
		var b strings.Builder
		for i := range len(x.Data()) {
			b.WriteRune(rune(x.Data()[i]))
		}
		text := python.NewStr(b.String())
		if x.Outside {
			text = text.Marked()
		}
		return text, true, true
	}
	return nil, false, false
}

// outward undoes inward.
func outward(s *python.Str, octets bool) python.Value {
	if !octets {
		return s
	}
	b := make([]byte, 0, s.Len())
	for _, c := range s.String() {
		b = append(b, byte(c))
	}
	out := python.NewBytes(b)
	out.Outside = s.HasOutside()
	return out
}

// newPattern compiles a pattern; the error for a mistake in it is a
// *patternError.
func newPattern(source *python.Str, octets bool, flags int) (*Pattern, error) {
	t, err := translate(source.String(), octets, flags)
	if err != nil {
		return nil, err
	}
	p := &Pattern{source: source, octets: octets, given: flags, translation: t}
	_, err = p.search.get(t, "", "")
	return p, err
}

// How a pattern is looked for.
type manner int

const (
	anywhere manner = iota
	atStart
	whole
	advancing // anywhere, but not empty where the search begins
)

func (p *Pattern) form(m manner) (*regexp2.Regexp, error) {
	switch m {
	case atStart:
		return p.match.get(p.translation, `\G`, "")
	case whole:
		return p.full.get(p.translation, `\G`, `\z`)
	case advancing:
		return p.advance.get(p.translation, "", `(?!\G)`)
	}
	return p.search.get(p.translation, "", "")
}

// subject is a text being searched.
type subject struct {
	given python.Value // as it came
	str   *python.Str
	runes []rune
	bytes []int // of each rune, and the end; nil: text is ASCII
	end   int   // runes after it are not looked at

	octets bool // bytes, whose numbers the runes are
}

func newSubject(th *python.Thread, s *python.Str) (*subject, error) {
	if err := th.Alloc(4 * s.Len()); err != nil {
		return nil, err
	}
	sub := &subject{str: s, runes: []rune(s.String()), end: s.Len()}
	if len(sub.runes) != len(s.String()) {
		sub.bytes = make([]int, 0, len(sub.runes)+1)
		for i := range s.String() {
			sub.bytes = append(sub.bytes, i)
		}
		sub.bytes = append(sub.bytes, len(s.String()))
	}
	return sub, nil
}

// part returns a part of what was given.
func (s *subject) part(from, to int) python.Value { return outward(s.slice(from, to), s.octets) }

// slice returns a part of the text, with the spans in it.
func (s *subject) slice(from, to int) *python.Str {
	if from >= to {
		return python.NewStr("")
	}
	if s.bytes != nil {
		from, to = s.bytes[from], s.bytes[to]
	}
	return slice(s.str, from, to)
}

// slice returns a part of s given in bytes, with the spans in it.
func slice(s *python.Str, from, to int) *python.Str {
	part := s.String()[from:to]
	if !s.HasOutside() {
		return python.NewStr(part)
	}
	var spans []python.Span
	for _, p := range s.Spans() {
		if p.From < to && p.To > from {
			spans = append(spans, python.Span{From: max(p.From, from) - from, To: min(p.To, to) - from})
		}
	}
	return python.WithSpans(part, spans)
}

// find looks for the pattern from a character on; nil: it is not there.
func (p *Pattern) find(th *python.Thread, s *subject, from int, m manner) (*Match, error) {
	if err := th.Tick(); err != nil {
		return nil, err
	}
	if from > s.end {
		return nil, nil
	}
	re, err := p.form(m)
	if err != nil {
		return nil, patternMistake(th, outward(p.source, p.octets), err)
	}
	found, err := re.FindRunesMatchStartingAt(s.runes[:s.end], from)
	if late := th.Overdue(); late != nil {
		return nil, late
	}
	if err != nil {
		return nil, searchFailure(err)
	}
	if found == nil {
		return nil, nil
	}
	out := &Match{re: p, subject: s, pos: from, groups: make([][2]int, p.groups+1)}
	for i := range out.groups {
		out.groups[i] = [2]int{-1, -1}
		if g := found.GroupByNumber(i); g != nil && len(g.Captures) > 0 {
			out.groups[i] = [2]int{g.RuneIndex, g.RuneIndex + g.RuneLength}
		}
	}
	return out, nil
}

func searchFailure(err error) error {
	if errors.Is(err, regexp2.ErrBacktrackingStackLimit) {
		return python.Errorf(python.MemoryError, "the regular expression needs too much memory for this text")
	}
	if strings.Contains(err.Error(), "timeout") {
		return python.Errorf(python.TimeoutError, "the regular expression took too long for this text")
	}
	return python.Errorf(python.RuntimeError, "the regular expression could not be used: %v", err)
}

// each calls do with every match, as finditer finds them: an empty match may
// follow another one, but not an empty one at the same place.
func (p *Pattern) each(th *python.Thread, s *subject, from int, do func(m *Match) (more bool, err error)) error {
	how := anywhere
	for {
		m, err := p.find(th, s, from, how)
		if err != nil || m == nil {
			return err
		}
		more, err := do(m)
		if err != nil || !more {
			return err
		}
		from, how = m.groups[0][1], anywhere
		if m.groups[0][0] == from {
			how = advancing
		}
	}
}

// patterns keeps what was compiled, for all threads.
type patterns struct {
	mu   sync.Mutex
	kept map[patternKey]*Pattern
}

type patternKey struct {
	source string
	octets bool
	flags  int
}

const keptPatterns = 500

// get compiles a pattern, or returns the Pattern that v is.
func (ps *patterns) get(th *python.Thread, v python.Value, flags int) (*Pattern, error) {
	switch s := python.Unwrap(v).(type) {
	case *Pattern:
		if flags != 0 {
			return nil, python.Errorf(python.ValueError, "cannot process flags argument with a compiled pattern")
		}
		return s, nil
	case *python.Str, *python.Bytes:
		text, octets, _ := inward(s)
		return ps.compile(th, text, octets, flags)
	}
	if _, err := th.Hash(v); err != nil {
		return nil, err
	}
	return nil, python.Errorf(python.TypeError, "first argument must be string or compiled pattern")
}

func checkFlags(octets bool, flags int) error {
	switch {
	case octets && flags&reUnicode != 0:
		return python.Errorf(python.ValueError, "cannot use UNICODE flag with a bytes pattern")
	case octets && flags&reLocale != 0 && flags&reASCII != 0:
		return python.Errorf(python.ValueError, "ASCII and LOCALE flags are incompatible")
	case !octets && flags&reLocale != 0:
		return python.Errorf(python.ValueError, "cannot use LOCALE flag with a str pattern")
	case flags&reASCII != 0 && flags&reUnicode != 0:
		return python.Errorf(python.ValueError, "ASCII and UNICODE flags are incompatible")
	}
	return nil
}

func (ps *patterns) compile(th *python.Thread, s *python.Str, octets bool, flags int) (*Pattern, error) {
	key := patternKey{s.String(), octets, flags &^ reDebug}
	ps.mu.Lock()
	p := ps.kept[key]
	ps.mu.Unlock()
	if p != nil {
		return p, nil
	}
	if err := th.Ticks(200 + 4*len(key.source)); err != nil {
		return nil, err
	}
	p, err := newPattern(s, octets, key.flags)
	if err != nil {
		return nil, patternMistake(th, outward(s, octets), err)
	}
	if err := checkFlags(octets, flags); err != nil {
		return nil, err
	}
	if s.HasOutside() || utf8.RuneCountInString(key.source) > 1000 {
		return p, nil
	}
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if len(ps.kept) >= keptPatterns || ps.kept == nil {
		ps.kept = map[patternKey]*Pattern{}
	}
	ps.kept[key] = p
	return p, nil
}

func fillRE(_ *builder, ns *python.Namespace) error {
	ps := &patterns{}
	ns.Set("Pattern", patternClass)
	ns.Set("Match", matchClass)
	ns.Set("error", reErrorClass)
	ns.Set("PatternError", reErrorClass)
	functions(ns, map[string]python.BuiltinFunc{
		"compile": func(th *python.Thread, a *python.Args) (python.Value, error) {
			c, pattern, err := takePattern("compile", a)
			if err != nil {
				return nil, err
			}
			flags, err := takeFlags("compile", c)
			if err != nil {
				return nil, err
			}
			return ps.get(th, pattern, flags)
		},
		"escape": escapePattern,
		"purge":  func(*python.Thread, *python.Args) (python.Value, error) { return python.None, nil },
	})
	for name, method := range patternMethods() {
		ns.Set(name, python.NewBuiltin(name, ps.function(name, method)))
	}
	return nil
}

// function makes a function of the module of a method of patterns: it takes
// the pattern first, and flags last.
func (ps *patterns) function(name string, method patternMethod) python.BuiltinFunc {
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		c, pat, err := takePattern(name, a)
		if err != nil {
			return nil, err
		}
		flags, err := takeFlags(name, c)
		if err != nil {
			return nil, err
		}
		p, err := ps.get(th, pat, flags)
		if err != nil {
			return nil, err
		}
		return method(th, p, c)
	}
}

// moduleParameters are what the functions of the module take after the pattern
// and before the flags, and how many of them must be given.
var moduleParameters = map[string]struct {
	names []string
	least int
}{
	"compile": {nil, 0}, "search": {[]string{"string"}, 1}, "match": {[]string{"string"}, 1}, "fullmatch": {[]string{"string"}, 1},
	"findall": {[]string{"string"}, 1}, "finditer": {[]string{"string"}, 1}, "split": {[]string{"string", "maxsplit"}, 1},
	"sub": {[]string{"repl", "string", "count"}, 2}, "subn": {[]string{"repl", "string", "count"}, 2},
}

// takePattern takes the pattern from the arguments of a function.
func takePattern(name string, a *python.Args) (rest *python.Args, pattern python.Value, err error) {
	p := moduleParameters[name]
	names := append(append([]string{"pattern"}, p.names...), "flags")
	if err := signature(name, a, names, 1+p.least); err != nil {
		return nil, nil, err
	}
	c := &python.Args{Kw: a.Kw, Pos: a.Pos}
	pattern, ok := c.Keyword("pattern")
	if !ok {
		pattern, c.Pos = c.Pos[0], c.Pos[1:]
	}
	return c, pattern, nil
}

func takeFlags(name string, a *python.Args) (int, error) {
	v, ok := a.Keyword("flags")
	if n := len(moduleParameters[name].names); !ok && len(a.Pos) == n+1 {
		v, a.Pos = a.Pos[n], a.Pos[:n]
	}
	if v == nil {
		return 0, nil
	}
	flags, ok := python.IntOf(v)
	if !ok {
		return 0, python.Errorf(python.TypeError, "unsupported operand type(s) for &: '%s' and 'RegexFlag'", v.Class().Name())
	}
	return int(flags), nil
}

func escapePattern(_ *python.Thread, a *python.Args) (python.Value, error) {
	if err := signature("escape", a, []string{"pattern"}, 1); err != nil {
		return nil, err
	}
	v, ok := a.Keyword("pattern")
	if !ok {
		v = a.Pos[0]
	}
	s, octets, ok := inward(v)
	if !ok {
		return nil, python.Errorf(python.TypeError, "decoding to str: need a bytes-like object, %s found", v.Class().Name())
	}
	var out python.Text
	at := 0
	for i := range len(s.String()) {
		if strings.IndexByte("()[]{}?*+-|^$\\.&~# \t\n\r\v\f", s.String()[i]) >= 0 {
			out.Write(slice(s, at, i))
			out.WriteString(`\`)
			at = i
		}
	}
	out.Write(slice(s, at, len(s.String())))
	return outward(out.Str(), octets), nil
}
