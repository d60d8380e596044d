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

var patternClass, matchClass, reErrorClass *python.Class

// Pattern is re.Pattern. It is immutable but for what it compiles on first use,
// and safe for concurrent use.
type Pattern struct {
	source *python.Str
	given  int // flags as they were given
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
func (p *Pattern) Persist() python.Value { return python.NewTuple(p.source, python.Int(p.given)) }

func restorePattern(data python.Value) (python.Value, error) {
	t, ok := data.(*python.Tuple)
	if !ok || len(t.Elems) != 2 {
		return nil, errStored
	}
	s, ok := t.Elems[0].(*python.Str)
	flags, isInt := python.IntOf(t.Elems[1])
	if !ok || !isInt {
		return nil, errStored
	}
	return newPattern(s, int(flags))
}

// newPattern compiles a pattern; the error for a mistake in it is a
// *patternError.
func newPattern(source *python.Str, flags int) (*Pattern, error) {
	t, err := translate(source.String(), flags)
	if err != nil {
		return nil, err
	}
	p := &Pattern{source: source, given: flags, translation: t}
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
	str   *python.Str
	runes []rune
	bytes []int // of each rune, and the end; nil: text is ASCII
	end   int   // runes after it are not looked at
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
		return nil, patternMistake(th, p.source, err)
	}
	found, err := re.FindRunesMatchStartingAt(s.runes[:s.end], from)
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
	case *python.Str:
		return ps.compile(th, s, flags)
	case *python.Bytes:
		return nil, python.Errorf(python.TypeError, "regular expressions work on text here, not on bytes")
	}
	return nil, python.Errorf(python.TypeError, "first argument must be string or compiled pattern")
}

func (ps *patterns) compile(th *python.Thread, s *python.Str, flags int) (*Pattern, error) {
	if flags&reLocale != 0 {
		return nil, python.Errorf(python.ValueError, "cannot use LOCALE flag with a str pattern")
	}
	if flags&reASCII != 0 && flags&reUnicode != 0 {
		return nil, python.Errorf(python.ValueError, "ASCII and UNICODE flags are incompatible")
	}
	key := patternKey{s.String(), flags &^ reDebug}
	ps.mu.Lock()
	p := ps.kept[key]
	ps.mu.Unlock()
	if p != nil {
		return p, nil
	}
	p, err := newPattern(s, key.flags)
	if err != nil {
		return nil, patternMistake(th, s, err)
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
	for name, n := range map[string]int{"I": reIgnoreCase, "IGNORECASE": reIgnoreCase, "M": reMultiline, "MULTILINE": reMultiline,
		"S": reDotAll, "DOTALL": reDotAll, "X": reVerbose, "VERBOSE": reVerbose, "A": reASCII, "ASCII": reASCII, "U": reUnicode,
		"UNICODE": reUnicode, "L": reLocale, "LOCALE": reLocale, "DEBUG": reDebug, "NOFLAG": 0} {
		ns.Set(name, python.Int(n))
	}
	functions(ns, map[string]python.BuiltinFunc{
		"compile": func(th *python.Thread, a *python.Args) (python.Value, error) {
			var p python.Value
			var flags int
			if err := a.Unpack("compile", "pattern", &p, "flags?", &flags); err != nil {
				return nil, err
			}
			return ps.get(th, p, flags)
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
		c := &python.Args{Kw: a.Kw, Pos: a.Pos}
		pat, ok := c.Keyword("pattern")
		if !ok {
			if len(c.Pos) == 0 {
				return nil, python.Errorf(python.TypeError, "%s() missing 1 required positional argument: 'pattern'", name)
			}
			pat, c.Pos = c.Pos[0], c.Pos[1:]
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

// plainArguments are how many arguments a function has between the pattern and
// the flags.
var plainArguments = map[string]int{"sub": 3, "subn": 3, "split": 2, "search": 1, "match": 1, "fullmatch": 1, "findall": 1, "finditer": 1}

func takeFlags(name string, a *python.Args) (int, error) {
	v, ok := a.Keyword("flags")
	if n := plainArguments[name]; !ok && len(a.Pos) == n+1 {
		v, a.Pos = a.Pos[n], a.Pos[:n]
	}
	if v == nil {
		return 0, nil
	}
	flags, ok := python.IntOf(v)
	if !ok {
		return 0, python.Errorf(python.TypeError, "flags must be an int, not %s", v.Class().Name())
	}
	return int(flags), nil
}

func escapePattern(_ *python.Thread, a *python.Args) (python.Value, error) {
	var s *python.Str
	if err := a.Unpack("escape", "pattern", &s); err != nil {
		return nil, err
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
	return out.Str(), nil
}
