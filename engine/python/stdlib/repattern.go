package stdlib

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/dlclark/regexp2/v2"

	"colloquy/engine/python"
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
	for flag, opt := range map[int]regexp2.RegexOptions{reIgnoreCase: regexp2.IgnoreCase, reMultiline: regexp2.Multiline,
		reDotAll: regexp2.Singleline} {
		if t.flags&flag != 0 {
			o |= opt
		}
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
}

// A groupReference is a group named at a character, before the end is known.
type groupReference struct{ group, pos int }

// translate returns a pattern in the words of regexp2; the error is a
// *patternError.
func translate(pattern string, flags int) (*translation, error) {
	tr := &translator{src: []rune(pattern), open: map[int]bool{}}
	tr.t.flags, tr.t.names = flags, map[string]int{}
	if flags&reASCII == 0 {
		tr.t.flags |= reUnicode
	}
	if err := tr.leadingFlags(); err != nil {
		return nil, err
	}
	if err := tr.alternatives(tr.t.flags); err != nil {
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
		on := 0
		for tr.more() && flagLetters[tr.src[tr.at]] != 0 {
			on |= flagLetters[tr.src[tr.at]]
			tr.at++
		}
		if on == 0 || !tr.take(")") {
			tr.at = at
			return nil
		}
		if err := tr.setFlags(on); err != nil {
			return err
		}
	}
}

func (tr *translator) setFlags(on int) error {
	if on&reLocale != 0 {
		return tr.fail(tr.at-1, "bad inline flags: cannot use 'L' flag with a str pattern")
	}
	if on&reASCII != 0 && on&reUnicode != 0 {
		return tr.fail(tr.at, "bad inline flags: flags 'a', 'u' and 'L' are incompatible")
	}
	tr.t.flags |= on
	if on&reASCII != 0 {
		tr.t.flags &^= reUnicode
	}
	return nil
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
	for {
		if err := tr.sequence(flags); err != nil {
			return err
		}
		if !tr.take("|") {
			return nil
		}
		tr.out.WriteByte('|')
	}
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
	for {
		if flags&reVerbose != 0 {
			tr.blank()
		}
		if !tr.more() || tr.src[tr.at] == '|' || tr.src[tr.at] == ')' {
			return nil
		}
		c := tr.src[tr.at]
		if c == '*' || c == '+' || c == '?' || c == '{' {
			done, err := tr.quantifier(kind, start)
			if err != nil {
				return err
			}
			if done {
				kind = itemRepeat
				continue
			}
		}
		begin := tr.out.Len()
		k, err := tr.item(flags)
		if err != nil {
			return err
		}
		if k != itemNone {
			kind, start = k, begin
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
		return "*", true, nil
	}
	m, n := 0, 0
	if lo != "" {
		if m, err = strconv.Atoi(lo); err != nil || m > 1<<30 {
			return "", false, tr.fail(-1, "the repetition number is too large")
		}
	}
	if hi == "" {
		return fmt.Sprintf("{%d,}", m), true, nil
	}
	if n, err = strconv.Atoi(hi); err != nil || n > 1<<30 {
		return "", false, tr.fail(-1, "the repetition number is too large")
	}
	if n < m {
		return "", false, tr.fail(start+1, "min repeat greater than max repeat")
	}
	return fmt.Sprintf("{%d,%d}", m, n), true, nil
}

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
	tr.literal(c)
	return itemPlain, nil
}

func (tr *translator) literal(c rune) {
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
		return itemPlain, tr.numbered(start)
	}
	r, err := tr.escapedChar(start, false)
	if err == nil {
		tr.literal(r)
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
func (tr *translator) numbered(start int) error {
	octal := func(i int) bool { return i < len(tr.src) && tr.src[i] >= '0' && tr.src[i] <= '7' }
	if octal(tr.at) && octal(tr.at+1) && octal(tr.at+2) {
		r, err := tr.octal(start, 3)
		if err == nil {
			tr.literal(r)
		}
		return err
	}
	n := int(tr.src[tr.at] - '0')
	tr.at++
	if tr.more() && tr.src[tr.at] >= '0' && tr.src[tr.at] <= '9' {
		n = n*10 + int(tr.src[tr.at]-'0')
		tr.at++
	}
	return tr.reference(n, start+1)
}

func (tr *translator) reference(n, pos int) error {
	if n > tr.t.groups {
		return tr.fail(pos, "invalid group reference %d", n)
	}
	if tr.open[n] {
		return tr.fail(pos-1, "cannot refer to an open group")
	}
	fmt.Fprintf(&tr.out, `\k<%d>`, n)
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
	case c == 'x' || c == 'u' || c == 'U':
		return tr.hexEscape(start, map[rune]int{'x': 2, 'u': 4, 'U': 8}[c])
	case c < 0x80 && (unicode.IsLetter(c) || unicode.IsDigit(c)):
		return 0, tr.fail(start, "bad escape \\%c", c)
	}
	tr.at++
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
func patternMistake(th *python.Thread, pattern *python.Str, err error) error {
	pe, ok := err.(*patternError)
	if !ok {
		pe = &patternError{err.Error(), -1}
	}
	msg := pe.msg
	exc := python.NewException(reErrorClass)
	exc.Attrs.Set("msg", str(pe.msg))
	exc.Attrs.Set("pattern", pattern)
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
