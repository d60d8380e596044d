package stdlib

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/dlclark/regexp2/v2"

	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// The flags of re, with their numbers in Python.
const (
	reIgnoreCase = 2
	reLocale     = 4
	reMultiline  = 8
	reDotAll     = 16
	reUnicode    = 32
	reVerbose    = 64
	reDebug      = 128
	reASCII      = 256
)

// flagLetters are the flags as they are written in a pattern.
var flagLetters = map[rune]int{'i': reIgnoreCase, 'L': reLocale, 'm': reMultiline, 's': reDotAll, 'u': reUnicode,
	'x': reVerbose, 'a': reASCII}

// scopable are the flags that regexp2 knows and that can be set for a part.
const scopable = "ims"

// maxGroups bounds the groups of a pattern, and its nesting.
const (
	maxGroups = 10000
	maxNested = 200
)

// translation is a pattern of Python in the words of regexp2. Every group is
// named by its number in Python.
type translation struct {
	text   string
	flags  int
	groups int            // capturing ones
	names  map[string]int // of named groups
	order  []string       // the names as they come
	closed []int          // groups as they end in the pattern
}

func (t *translation) options() regexp2.RegexOptions {
	var o regexp2.RegexOptions
	for flag, opt := range map[int]regexp2.RegexOptions{reMultiline: regexp2.Multiline,
		reDotAll: regexp2.Singleline} {
		if t.flags&flag != 0 {
			o |= opt
		}
	}
	if t.flags&reIgnoreCase != 0 && t.flags&reUnicode != 0 {
		o |= regexp2.IgnoreCase
	}
	return o
}

// patternError is a mistake in a pattern at a character.
type patternError struct {
	msg string
	pos int // -1: none
}

func (e *patternError) Error() string { return e.msg }

// translator reads a pattern of Python.
type translator struct {
	src   []rune
	at    int
	out   strings.Builder
	t     translation
	open  map[int]bool // groups being read
	ahead []groupReference
	depth int

	octets  bool          // the pattern is one of bytes
	size    width         // of what was read last
	sizes   map[int]width // of groups
	behind  int           // look-behinds being read
	outer   int           // groups before the outermost of them
	tangled bool          // a look-behind has no fixed width
}

// A width is the number of characters that a part of a pattern matches.
type width struct{ least, most int }

// boundless is the width of what has no bound.
const boundless = 1 << 30

func (w width) plus(o width) width {
	return width{min(w.least+o.least, boundless), min(w.most+o.most, boundless)}
}

// times is the width of a repetition.
func (w width) times(least, most int) width {
	mul := func(a, b int) int {
		if a != 0 && b > boundless/a {
			return boundless
		}
		return a * b
	}
	return width{mul(w.least, least), mul(w.most, most)}
}

func (w width) or(o width) width { return width{min(w.least, o.least), max(w.most, o.most)} }

// A groupReference is a group named at a character, before the end is known.
type groupReference struct{ group, pos int }

// translate returns a pattern in the words of regexp2; the error is a
// *patternError.
func translate(pattern string, octets bool, flags int) (*translation, error) {
	tr := &translator{src: []rune(pattern), octets: octets, open: map[int]bool{}, sizes: map[int]width{}}
	tr.t.flags, tr.t.names = flags, map[string]int{}
	if flags&reASCII == 0 && !octets {
		tr.t.flags |= reUnicode
	}
	if err := tr.leadingFlags(); err != nil {
		return nil, err
	}
	inner := tr.t.flags
	if octets {
		inner |= reASCII
	}
	if err := tr.alternatives(inner); err != nil {
		return nil, err
	}
	if tr.at < len(tr.src) {
		return nil, tr.fail(tr.at, "unbalanced parenthesis")
	}
	for _, r := range tr.ahead {
		if r.group > tr.t.groups {
			return nil, tr.fail(r.pos, "invalid group reference %d", r.group)
		}
	}
	if tr.tangled {
		return nil, tr.fail(-1, "look-behind requires fixed-width pattern")
	}
	tr.t.text = tr.out.String()
	return &tr.t, nil
}

func (tr *translator) fail(pos int, format string, args ...any) error {
	return &patternError{fmt.Sprintf(format, args...), pos}
}

func (tr *translator) more() bool { return tr.at < len(tr.src) }

func (tr *translator) peek(s string) bool {
	rs := []rune(s)
	return tr.at+len(rs) <= len(tr.src) && slices.Equal(tr.src[tr.at:tr.at+len(rs)], rs)
}

func (tr *translator) take(s string) bool {
	if !tr.peek(s) {
		return false
	}
	tr.at += len([]rune(s))
	return true
}

// leadingFlags reads (?i) and the like at the start of a pattern.
func (tr *translator) leadingFlags() error {
	for {
		at := tr.at
		if tr.t.flags&reVerbose != 0 {
			tr.blank()
		}
		if !tr.take("(?") {
			tr.at = at
			return nil
		}
		if !tr.more() || flagLetters[tr.src[tr.at]] == 0 {
			tr.at = at
			return nil
		}
		on, end, err := tr.switchedOn()
		if err != nil {
			return err
		}
		if end != ')' {
			tr.at = at
			return nil
		}
		tr.t.flags |= on
		if on&reASCII != 0 {
			tr.t.flags &^= reUnicode
		}
	}
}

// blank skips what the verbose flag makes meaningless.
func (tr *translator) blank() {
	for tr.more() {
		switch c := tr.src[tr.at]; {
		case strings.ContainsRune(" \t\n\r\v\f", c):
			tr.at++
		case c == '#':
			for tr.more() && tr.src[tr.at] != '\n' {
				tr.at++
			}
		default:
			return
		}
	}
}

// alternatives reads up to the end or a closing parenthesis.
func (tr *translator) alternatives(flags int) error {
	if tr.depth++; tr.depth > maxNested {
		return tr.fail(tr.at, "the pattern is nested too deeply")
	}
	defer func() { tr.depth-- }()
	if err := tr.sequence(flags); err != nil {
		return err
	}
	size := tr.size
	for tr.take("|") {
		tr.out.WriteByte('|')
		if err := tr.sequence(flags); err != nil {
			return err
		}
		size = size.or(tr.size)
	}
	tr.size = size
	return nil
}

// What an item is, for those that follow.
const (
	itemNone = iota
	itemPlain
	itemAnchor
	itemRepeat
)

func (tr *translator) sequence(flags int) error {
	kind, start := itemNone, 0
	var before, last width
	for {
		if flags&reVerbose != 0 {
			tr.blank()
		}
		if !tr.more() || tr.src[tr.at] == '|' || tr.src[tr.at] == ')' {
			tr.size = before.plus(last)
			return nil
		}
		c := tr.src[tr.at]
		if c == '*' || c == '+' || c == '?' || c == '{' {
			tr.size = last
			done, err := tr.quantifier(kind, start)
			if err != nil {
				return err
			}
			if done {
				kind, last = itemRepeat, tr.size
				continue
			}
		}
		begin := tr.out.Len()
		tr.size = width{1, 1}
		k, err := tr.item(flags)
		if err != nil {
			return err
		}
		if k == itemAnchor {
			tr.size = width{}
		}
		if k != itemNone {
			kind, start = k, begin
			before, last = before.plus(last), tr.size
		}
	}
}

// quantifier reads a repetition of the item written since start; done is false
// for a brace that is none.
func (tr *translator) quantifier(kind, start int) (done bool, err error) {
	here := tr.at
	text, ok, err := tr.bounds()
	if !ok || err != nil {
		return false, err
	}
	switch kind {
	case itemNone, itemAnchor:
		return false, tr.fail(here, "nothing to repeat")
	case itemRepeat:
		return false, tr.fail(here, "multiple repeat")
	}
	switch {
	case tr.take("?"):
		tr.out.WriteString(text + "?")
	case tr.take("+"):
		all := tr.out.String()
		tr.out.Reset()
		tr.out.WriteString(all[:start] + "(?>" + all[start:] + text + ")")
	default:
		tr.out.WriteString(text)
	}
	return true, nil
}

// bounds reads *, +, ? or {m,n}; ok is false if a brace stands for itself.
func (tr *translator) bounds() (text string, ok bool, err error) {
	c := tr.src[tr.at]
	if c != '{' {
		tr.at++
		switch c {
		case '?':
			tr.size.least = 0
		case '*':
			tr.size = tr.size.times(0, boundless)
		case '+':
			tr.size = tr.size.times(1, boundless)
		}
		return string(c), true, nil
	}
	start := tr.at
	tr.at++
	lo := tr.digitRun()
	hi, comma := lo, tr.take(",")
	if comma {
		hi = tr.digitRun()
	}
	if !tr.take("}") || lo == "" && !comma {
		tr.at = start
		return "", false, nil
	}
	if lo == "" && hi == "" {
		tr.size = tr.size.times(0, boundless)
		return "*", true, nil
	}
	m, n := 0, 0
	if lo != "" {
		if m, err = strconv.Atoi(lo); err != nil || m > boundless {
			return "", false, errTooOften
		}
	}
	if hi == "" {
		tr.size = tr.size.times(m, boundless)
		return fmt.Sprintf("{%d,}", m), true, nil
	}
	if n, err = strconv.Atoi(hi); err != nil || n > boundless {
		return "", false, errTooOften
	}
	if n < m {
		return "", false, tr.fail(start+1, "min repeat greater than max repeat")
	}
	tr.size = tr.size.times(m, n)
	return fmt.Sprintf("{%d,%d}", m, n), true, nil
}

// errTooOften is no mistake of patterns in CPython.
var errTooOften = python.Errorf(python.OverflowError, "the repetition number is too large")

func (tr *translator) digitRun() string {
	start := tr.at
	for tr.more() && tr.src[tr.at] >= '0' && tr.src[tr.at] <= '9' {
		tr.at++
	}
	return string(tr.src[start:tr.at])
}

// item reads one character, class, group or anchor.
func (tr *translator) item(flags int) (kind int, err error) {
	c := tr.src[tr.at]
	switch c {
	case '(':
		return tr.group(flags)
	case '[':
		return itemPlain, tr.class(flags)
	case '\\':
		return tr.escape(flags)
	case '^', '$':
		tr.at++
		tr.out.WriteRune(c)
		return itemAnchor, nil
	case '.':
		tr.at++
		tr.out.WriteByte('.')
		return itemPlain, nil
	}
	tr.at++
	tr.literal(c, flags)
	return itemPlain, nil
}

// asciiCase reports whether the case of ASCII letters alone is ignored.
// regexp2 cannot do that: both cases are written out.
func asciiCase(flags int) bool { return flags&reIgnoreCase != 0 && flags&reASCII != 0 }

// formsOfI are the forms of the letter i, which are one where case is ignored.
const formsOfI = "iIİı"

// otherCase returns an ASCII letter in its other case.
func otherCase(c rune) (rune, bool) {
	if c|0x20 >= 'a' && c|0x20 <= 'z' && c < 0x80 {
		return c ^ 0x20, true
	}
	return c, false
}

func (tr *translator) literal(c rune, flags int) {
	if o, ok := otherCase(c); ok && asciiCase(flags) {
		tr.out.WriteString("[" + string(c) + string(o) + "]")
		return
	}
	if flags&reIgnoreCase != 0 && flags&reASCII == 0 && strings.ContainsRune(formsOfI, c) {
		tr.out.WriteString("[" + formsOfI + "]")
		return
	}
	if strings.ContainsRune(`\*+?|{}[]()^$.# `, c) {
		tr.out.WriteByte('\\')
	}
	tr.out.WriteRune(c)
}

// The words of character classes; ASCII ones for the flag A.
const (
	wordSet       = `\p{L}\p{N}_`
	digitSet      = `\p{Nd}`
	spaceSet      = `\s\x1c-\x1f`
	asciiWordSet  = `a-zA-Z0-9_`
	asciiDigitSet = `0-9`
	asciiSpaceSet = ` \t\n\r\f\v`
)

// categorySet returns the set behind \w, \d or \s, and that which \W, \D or
// \S leave out; "" for any other letter.
func categorySet(c rune, flags int) string {
	ascii := flags&reASCII != 0
	switch unicode.ToLower(c) {
	case 'w':
		if ascii {
			return asciiWordSet
		}
		return wordSet
	case 'd':
		if ascii {
			return asciiDigitSet
		}
		return digitSet
	case 's':
		if ascii {
			return asciiSpaceSet
		}
		return spaceSet
	}
	return ""
}

// escape reads what follows a backslash outside a class.
func (tr *translator) escape(flags int) (kind int, err error) {
	start := tr.at
	tr.at++
	if !tr.more() {
		return 0, tr.fail(start, "bad escape (end of pattern)")
	}
	c := tr.src[tr.at]
	if set := categorySet(c, flags); set != "" {
		tr.at++
		if unicode.IsUpper(c) {
			set = "^" + set
		}
		tr.out.WriteString("[" + set + "]")
		return itemPlain, nil
	}
	switch c {
	case 'A':
		tr.at++
		tr.out.WriteString(`\A`)
		return itemAnchor, nil
	case 'Z':
		tr.at++
		tr.out.WriteString(`\z`)
		return itemAnchor, nil
	case 'b', 'B':
		tr.at++
		tr.boundary(c, flags)
		return itemAnchor, nil
	}
	if c >= '1' && c <= '9' {
		return itemPlain, tr.numbered(start, flags)
	}
	r, err := tr.escapedChar(start, false)
	if err == nil {
		tr.literal(r, flags)
	}
	return itemPlain, err
}

func (tr *translator) boundary(c rune, flags int) {
	if c == 'B' {
		tr.out.WriteString(`(?!\A\z)`) // in Python an empty text has no \B
	}
	if flags&reASCII == 0 {
		tr.out.WriteString(`\` + string(c))
		return
	}
	const w = "[" + asciiWordSet + "]"
	if c == 'b' {
		tr.out.WriteString("(?:(?<=" + w + ")(?!" + w + ")|(?<!" + w + ")(?=" + w + "))")
	} else {
		tr.out.WriteString("(?:(?<=" + w + ")(?=" + w + ")|(?<!" + w + ")(?!" + w + "))")
	}
}

// numbered reads a reference to a group, or three octal digits.
func (tr *translator) numbered(start, flags int) error {
	octal := func(i int) bool { return i < len(tr.src) && tr.src[i] >= '0' && tr.src[i] <= '7' }
	if octal(tr.at) && octal(tr.at+1) && octal(tr.at+2) {
		r, err := tr.octal(start, 3)
		if err == nil {
			tr.literal(r, flags)
		}
		return err
	}
	n := int(tr.src[tr.at] - '0')
	tr.at++
	if tr.more() && tr.src[tr.at] >= '0' && tr.src[tr.at] <= '9' {
		n = n*10 + int(tr.src[tr.at]-'0')
		tr.at++
	}
	return tr.reference(n, start+1, flags)
}

func (tr *translator) reference(n, pos, flags int) error {
	if n > tr.t.groups {
		return tr.fail(pos, "invalid group reference %d", n)
	}
	if tr.open[n] {
		return tr.fail(pos-1, "cannot refer to an open group")
	}
	return tr.repeatGroup(n, flags)
}

// repeatGroup writes a reference to a group that has been read.
func (tr *translator) repeatGroup(n, flags int) error {
	if tr.behind > 0 && n > tr.outer {
		return tr.fail(tr.at, "cannot refer to group defined in the same lookbehind subpattern")
	}
	tr.size = tr.sizes[n]
	if asciiCase(flags) {
		fmt.Fprintf(&tr.out, `(?i:\k<%d>)`, n)
	} else {
		fmt.Fprintf(&tr.out, `\k<%d>`, n)
	}
	return nil
}

func (tr *translator) octal(start, digits int) (rune, error) {
	n := rune(0)
	for i := 0; i < digits && tr.more() && tr.src[tr.at] >= '0' && tr.src[tr.at] <= '7'; i++ {
		n = n*8 + tr.src[tr.at] - '0'
		tr.at++
	}
	if n > 0o377 {
		return 0, tr.fail(start, "octal escape value %s outside of range 0-0o377", string(tr.src[start:tr.at]))
	}
	return n, nil
}

var charEscapes = map[rune]rune{'a': '\a', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v', '\\': '\\'}

// escapedChar reads an escape that stands for one character; tr.at is after the
// backslash at start.
func (tr *translator) escapedChar(start int, inClass bool) (rune, error) {
	c := tr.src[tr.at]
	if r, ok := charEscapes[c]; ok {
		tr.at++
		return r, nil
	}
	switch {
	case c == 'b' && inClass:
		tr.at++
		return '\b', nil
	case c >= '0' && c <= '7' && (c == '0' || inClass):
		return tr.octal(start, 3)
	case c == 'N' && !tr.octets:
		return tr.namedChar(start)
	case c == 'x' || (c == 'u' || c == 'U') && !tr.octets:
		return tr.hexEscape(start, map[rune]int{'x': 2, 'u': 4, 'U': 8}[c])
	case c < 0x80 && (unicode.IsLetter(c) || unicode.IsDigit(c)):
		return 0, tr.fail(start, "bad escape \\%c", c)
	}
	tr.at++
	return c, nil
}

// namedChar reads \N{NAME}.
func (tr *translator) namedChar(start int) (rune, error) {
	tr.at++
	if !tr.take("{") {
		return 0, tr.fail(tr.at, "missing {")
	}
	from := tr.at
	n := slices.Index(tr.src[from:], '}')
	switch {
	case from == len(tr.src) || n == 0:
		return 0, tr.fail(from, "missing character name")
	case n < 0:
		return 0, tr.fail(from, "missing }, unterminated name")
	}
	tr.at += n + 1
	name := string(tr.src[from : from+n])
	c, ok := syntax.RuneNamed(name)
	if !ok {
		return 0, tr.fail(start, "undefined character name '%s'", name)
	}
	return c, nil
}

func (tr *translator) hexEscape(start, digits int) (rune, error) {
	tr.at++
	from := tr.at
	for tr.more() && tr.at < from+digits && strings.ContainsRune("0123456789abcdefABCDEF", tr.src[tr.at]) {
		tr.at++
	}
	if tr.at-from != digits {
		return 0, tr.fail(start, "incomplete escape %s", string(tr.src[start:tr.at]))
	}
	n, _ := strconv.ParseUint(string(tr.src[from:tr.at]), 16, 32)
	if n > unicode.MaxRune {
		return 0, tr.fail(start, "bad escape %s", string(tr.src[start:tr.at]))
	}
	return rune(n), nil
}

// compile gives a translated pattern to regexp2; before and after are
// put around it.
func (t *translation) compile(before, after string) (*regexp2.Regexp, error) {
	re, err := regexp2.Compile(before+"(?:"+t.text+")"+after, t.options(), regexp2.OptionMaxBacktrackingStackSize(4<<20))
	if err != nil {
		return nil, fmt.Errorf("compile a regular expression: %w", err)
	}
	re.MatchTimeout = matchTimeout
	return re, nil
}

// patternMistake is the exception for a mistake in a pattern.
func patternMistake(th *python.Thread, given python.Value, err error) error {
	if r, ok := python.AsRaised(err); ok {
		return r
	}
	pattern, _, _ := inward(given)
	pe, ok := err.(*patternError)
	if !ok {
		pe = &patternError{err.Error(), -1}
	}
	msg := pe.msg
	exc := python.NewException(reErrorClass)
	exc.Attrs.Set("msg", str(pe.msg))
	exc.Attrs.Set("pattern", given)
	for _, name := range []string{"pos", "lineno", "colno"} {
		exc.Attrs.Set(name, python.None)
	}
	if pe.pos >= 0 {
		before := string([]rune(pattern.String())[:min(pe.pos, pattern.Len())])
		line := strings.Count(before, "\n") + 1
		col := len([]rune(before)) - len([]rune(before[:strings.LastIndexByte(before, '\n')+1])) + 1
		exc.Attrs.Set("pos", python.Int(pe.pos))
		exc.Attrs.Set("lineno", python.Int(line))
		exc.Attrs.Set("colno", python.Int(col))
		msg = fmt.Sprintf("%s at position %d", msg, pe.pos)
		if strings.Contains(pattern.String(), "\n") {
			msg += fmt.Sprintf(" (line %d, column %d)", line, col)
		}
	}
	exc.Exception().Args = python.NewTuple(str(msg))
	return th.Raise(exc)
}
