package stdlib

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// group reads what begins with a parenthesis.
func (tr *translator) group(flags int) (kind int, err error) {
	start := tr.at
	tr.at++
	if !tr.take("?") {
		return itemPlain, tr.capture(start, "", flags)
	}
	switch {
	case tr.take("P"):
		return tr.namedGroup(start, flags)
	case tr.take(":"):
		return itemPlain, tr.enclosed(start, "(?:", flags)
	case tr.take(">"):
		return itemPlain, tr.enclosed(start, "(?>", flags)
	case tr.take("#"):
		return itemNone, tr.comment(start)
	case tr.peek("=") || tr.peek("!"):
		sign := tr.src[tr.at]
		tr.at++
		return itemPlain, tr.enclosed(start, "(?"+string(sign), flags)
	case tr.take("<"):
		if !tr.more() {
			return 0, tr.fail(tr.at, "unexpected end of pattern")
		}
		sign := tr.src[tr.at]
		if sign != '=' && sign != '!' {
			return 0, tr.fail(start+1, "unknown extension ?<%c", sign)
		}
		tr.at++
		return itemPlain, tr.enclosed(start, "(?<"+string(sign), flags)
	case tr.take("("):
		return itemPlain, tr.conditional(start, flags)
	}
	return tr.flagGroup(start, flags)
}

// enclosed reads the inside of a group up to its parenthesis.
func (tr *translator) enclosed(start int, open string, flags int) error {
	tr.out.WriteString(open)
	if err := tr.alternatives(flags); err != nil {
		return err
	}
	if !tr.take(")") {
		return tr.fail(start, "missing ), unterminated subpattern")
	}
	tr.out.WriteByte(')')
	return nil
}

func (tr *translator) capture(start int, name string, flags int) error {
	if tr.t.groups == maxGroups {
		return tr.fail(start, "too many groups")
	}
	tr.t.groups++
	n := tr.t.groups
	if name != "" {
		if was, ok := tr.t.names[name]; ok {
			return tr.fail(start+4, "redefinition of group name '%s' as group %d; was group %d", name, n, was)
		}
		tr.t.names[name] = n
		tr.t.order = append(tr.t.order, name)
	}
	tr.open[n] = true
	err := tr.enclosed(start, fmt.Sprintf("(?<%d>", n), flags)
	delete(tr.open, n)
	tr.t.closed = append(tr.t.closed, n)
	return err
}

// namedGroup reads (?P<name>...) or (?P=name).
func (tr *translator) namedGroup(start, flags int) (kind int, err error) {
	switch {
	case tr.take("<"):
		name, err := tr.name('>')
		if err != nil {
			return 0, err
		}
		return itemPlain, tr.capture(start, name, flags)
	case tr.take("="):
		at := tr.at
		name, err := tr.name(')')
		if err != nil {
			return 0, err
		}
		n, ok := tr.t.names[name]
		if !ok {
			return 0, tr.fail(at, "unknown group name '%s'", name)
		}
		if tr.open[n] {
			return 0, tr.fail(at, "cannot refer to an open group")
		}
		fmt.Fprintf(&tr.out, `\k<%d>`, n)
		return itemPlain, nil
	case !tr.more():
		return 0, tr.fail(tr.at, "unexpected end of pattern")
	}
	return 0, tr.fail(start+1, "unknown extension ?P%c", tr.src[tr.at])
}

// name reads the name of a group.
func (tr *translator) name(end rune) (string, error) {
	start := tr.at
	n := slices.Index(tr.src[start:], end)
	if n < 0 {
		if start == len(tr.src) {
			return "", tr.fail(start, "missing group name")
		}
		return "", tr.fail(start, "missing %c, unterminated name", end)
	}
	tr.at += n + 1
	name := string(tr.src[start : start+n])
	if name == "" {
		return "", tr.fail(start, "missing group name")
	}
	if !isIdentifier(name) {
		return "", tr.fail(start, "bad character in group name '%s'", name)
	}
	return name, nil
}

func isIdentifier(s string) bool {
	for i, c := range s {
		if c != '_' && !unicode.IsLetter(c) && (i == 0 || !unicode.IsDigit(c) && !unicode.IsMark(c)) {
			return false
		}
	}
	return s != ""
}

func (tr *translator) comment(start int) error {
	n := slices.Index(tr.src[tr.at:], ')')
	if n < 0 {
		return tr.fail(start, "missing ), unterminated comment")
	}
	tr.at += n + 1
	return nil
}

// conditional reads (?(group)yes|no).
func (tr *translator) conditional(start, flags int) error {
	at := tr.at
	end := slices.Index(tr.src[at:], ')')
	if end < 0 {
		return tr.fail(at, "missing ), unterminated name")
	}
	name := string(tr.src[at : at+end])
	tr.at += end + 1
	if name == "" {
		return tr.fail(at, "missing group name")
	}
	n, ok := tr.t.names[name]
	if !ok {
		var err error
		if n, err = strconv.Atoi(name); err != nil {
			if !isIdentifier(name) {
				return tr.fail(at, "bad character in group name '%s'", name)
			}
			return tr.fail(at, "unknown group name '%s'", name)
		}
		if n == 0 {
			return tr.fail(at, "bad group number")
		}
		tr.ahead = append(tr.ahead, groupReference{n, at})
	}
	fmt.Fprintf(&tr.out, "(?(%d)", n)
	if err := tr.sequence(flags); err != nil {
		return err
	}
	if tr.take("|") {
		tr.out.WriteByte('|')
		if err := tr.sequence(flags); err != nil {
			return err
		}
		if tr.peek("|") {
			return tr.fail(tr.at, "conditional backref with more than two branches")
		}
	}
	if !tr.take(")") {
		return tr.fail(start, "missing ), unterminated subpattern")
	}
	tr.out.WriteByte(')')
	return nil
}

// flagGroup reads (?i-s:...), or (?i) in a place where it may not be.
func (tr *translator) flagGroup(start, flags int) (kind int, err error) {
	if !tr.more() {
		return 0, tr.fail(tr.at, "unexpected end of pattern")
	}
	first := tr.src[tr.at]
	if flagLetters[first] == 0 && first != '-' {
		return 0, tr.fail(start+1, "unknown extension ?%c", first)
	}
	on, err := tr.letters(":)-")
	if err != nil {
		return 0, err
	}
	if tr.peek(")") {
		return 0, tr.fail(start, "global flags not at the start of the expression")
	}
	off := 0
	if tr.take("-") {
		if off, err = tr.letters(":"); err != nil {
			return 0, err
		}
		if off == 0 {
			return 0, tr.fail(tr.at, "missing flag")
		}
		if off&(reASCII|reLocale|reUnicode) != 0 {
			return 0, tr.fail(tr.at, "bad inline flags: cannot turn off flags 'a', 'u' and 'L'")
		}
	}
	if !tr.take(":") {
		return 0, tr.fail(tr.at, "missing -, : or )")
	}
	if on&off != 0 {
		return 0, tr.fail(tr.at-1, "bad inline flags: flag turned on and off")
	}
	if on&reLocale != 0 {
		return 0, tr.fail(tr.at-1, "bad inline flags: cannot use 'L' flag with a str pattern")
	}
	inner := flags&^off | on
	if on&reUnicode != 0 {
		inner &^= reASCII
	}
	return itemPlain, tr.enclosed(start, scopedFlags(on, off), inner)
}

// letters reads flags up to one of the characters in ends.
func (tr *translator) letters(ends string) (flags int, err error) {
	for {
		if !tr.more() {
			return 0, tr.fail(tr.at, "missing -, : or )")
		}
		c := tr.src[tr.at]
		if strings.ContainsRune(ends, c) {
			return flags, nil
		}
		if flagLetters[c] == 0 {
			if unicode.IsLetter(c) {
				return 0, tr.fail(tr.at, "unknown flag")
			}
			return 0, tr.fail(tr.at, "missing -, : or )")
		}
		flags |= flagLetters[c]
		tr.at++
	}
}

func scopedFlags(on, off int) string {
	var yes, no string
	for _, c := range scopable {
		if on&flagLetters[c] != 0 {
			yes += string(c)
		}
		if off&flagLetters[c] != 0 {
			no += string(c)
		}
	}
	if no != "" {
		no = "-" + no
	}
	return "(?" + yes + no + ":"
}

// anything matches every character.
const anything = "[\\x00-\U0010ffff]"

// charClass gathers the members of a class: characters, ranges and categories,
// and categories turned round, which regexp2 cannot have beside others.
type charClass struct {
	start    int // its bracket in the pattern
	members  strings.Builder
	opposite []string
	seen     map[rune]bool // letters of categories
}

// class reads a set in brackets.
func (tr *translator) class(flags int) error {
	c := charClass{start: tr.at, seen: map[rune]bool{}}
	tr.at++
	not := tr.take("^")
	for first := true; !tr.peek("]") || first; first = false {
		if err := tr.member(&c, flags); err != nil {
			return err
		}
	}
	tr.at++
	tr.out.WriteString(c.text(not))
	return nil
}

func (c *charClass) text(not bool) string {
	members := c.members.String()
	if len(c.opposite) == 0 {
		if not {
			return "[^" + members + "]"
		}
		return "[" + members + "]"
	}
	for _, l := range "dsw" {
		if c.seen[l] && c.seen[unicode.ToUpper(l)] {
			if not {
				return "(?!)"
			}
			return anything
		}
	}
	var parts []string
	if members != "" {
		parts = append(parts, "["+members+"]")
	}
	for _, o := range c.opposite {
		parts = append(parts, "[^"+o+"]")
	}
	any := strings.Join(parts, "|")
	if not {
		return "(?:(?!" + any + ")" + anything + ")"
	}
	return "(?:" + any + ")"
}

// member reads a character, a range or a category of a class.
func (tr *translator) member(c *charClass, flags int) error {
	from := tr.at
	lo, known, err := tr.classChar(c, flags)
	if err != nil {
		return err
	}
	if !tr.peek("-") || tr.at+1 < len(tr.src) && tr.src[tr.at+1] == ']' {
		if !known {
			c.members.WriteString(classLiteral(lo))
		}
		return nil
	}
	tr.at++
	hi, hiKnown, err := tr.classChar(c, flags)
	if err != nil {
		return err
	}
	if known || hiKnown || hi < lo {
		return tr.fail(from, "bad character range %s", string(tr.src[from:tr.at]))
	}
	c.members.WriteString(classLiteral(lo) + "-" + classLiteral(hi))
	return nil
}

// classChar reads a character of a class, or takes a category into it.
func (tr *translator) classChar(class *charClass, flags int) (c rune, category bool, err error) {
	if !tr.more() {
		return 0, false, tr.fail(class.start, "unterminated character set")
	}
	at := tr.at
	c = tr.src[at]
	tr.at++
	if c != '\\' {
		return c, false, nil
	}
	if !tr.more() {
		return 0, false, tr.fail(at, "bad escape (end of pattern)")
	}
	e := tr.src[tr.at]
	if set := categorySet(e, flags); set != "" {
		tr.at++
		class.seen[e] = true
		if unicode.IsUpper(e) {
			class.opposite = append(class.opposite, set)
		} else {
			class.members.WriteString(set)
		}
		return 0, true, nil
	}
	c, err = tr.escapedChar(at, true)
	return c, false, err
}

func classLiteral(c rune) string {
	if strings.ContainsRune(`\]^-[`, c) {
		return `\` + string(c)
	}
	return string(c)
}
