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
		err := tr.enclosed(start, "(?"+string(sign), flags)
		tr.size = width{}
		return itemPlain, err
	case tr.take("<"):
		if !tr.more() {
			return 0, tr.fail(tr.at, "unexpected end of pattern")
		}
		sign := tr.src[tr.at]
		if sign != '=' && sign != '!' {
			return 0, tr.fail(start+1, "unknown extension ?<%c", sign)
		}
		tr.at++
		return itemPlain, tr.lookBehind(start, "(?<"+string(sign), flags)
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

func (tr *translator) lookBehind(start int, open string, flags int) error {
	if tr.behind == 0 {
		tr.outer = tr.t.groups
	}
	tr.behind++
	err := tr.enclosed(start, open, flags)
	tr.behind--
	if tr.size.least != tr.size.most {
		tr.tangled = true
	}
	tr.size = width{}
	return err
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
	tr.sizes[n] = tr.size
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
		return itemPlain, tr.repeatGroup(n, flags)
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
	size := tr.size
	tr.size = width{}
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
	tr.size = size.or(tr.size)
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
	var on, off int
	end := first
	if first == '-' {
		tr.at++
	} else if on, end, err = tr.switchedOn(); err != nil {
		return 0, err
	}
	switch end {
	case ')':
		return 0, tr.fail(start, "global flags not at the start of the expression")
	case '-':
		if off, err = tr.switchedOff(); err != nil {
			return 0, err
		}
	}
	if on&off != 0 {
		return 0, tr.fail(tr.at-1, "bad inline flags: flag turned on and off")
	}
	inner := flags&^off | on
	if on&reUnicode != 0 {
		inner &^= reASCII
	}
	return itemPlain, tr.enclosed(start, scopedFlags(flags, inner), inner)
}

// flag reads one flag or one of the characters in ends, which is not consumed
// for a flag's message to point at it.
func (tr *translator) flag(ends, missing string) (flag int, end rune, err error) {
	if !tr.more() {
		return 0, 0, tr.fail(tr.at, "%s", missing)
	}
	c := tr.src[tr.at]
	if strings.ContainsRune(ends, c) {
		tr.at++
		return 0, c, nil
	}
	if flag = flagLetters[c]; flag == 0 {
		if unicode.IsLetter(c) {
			missing = "unknown flag"
		}
		return 0, 0, tr.fail(tr.at, "%s", missing)
	}
	tr.at++
	return flag, 0, nil
}

// kinds are the flags that say what letters are, of which a pattern has one.
const kinds = reASCII | reLocale | reUnicode

// switchedOn reads the flags before a hyphen, a colon or a parenthesis.
func (tr *translator) switchedOn() (on int, end rune, err error) {
	for {
		flag, end, err := tr.flag(")-:", "missing -, : or )")
		if err != nil || end != 0 {
			return on, end, err
		}
		switch {
		case flag == reLocale && !tr.octets:
			return 0, 0, tr.fail(tr.at, "bad inline flags: cannot use 'L' flag with a str pattern")
		case flag == reUnicode && tr.octets:
			return 0, 0, tr.fail(tr.at, "bad inline flags: cannot use 'u' flag with a bytes pattern")
		}
		on |= flag
		if flag&kinds != 0 && on&kinds != flag {
			return 0, 0, tr.fail(tr.at, "bad inline flags: flags 'a', 'u' and 'L' are incompatible")
		}
	}
}

// switchedOff reads the flags between a hyphen and a colon.
func (tr *translator) switchedOff() (off int, err error) {
	missing := "missing flag"
	for {
		ends := ":"
		if off == 0 {
			ends = ""
		}
		flag, end, err := tr.flag(ends, missing)
		if err != nil || end != 0 {
			return off, err
		}
		if flag&kinds != 0 {
			return 0, tr.fail(tr.at, "bad inline flags: cannot turn off flags 'a', 'u' and 'L'")
		}
		off |= flag
		missing = "missing :"
	}
}

// scopedFlags opens a group in which regexp2 knows other flags.
func scopedFlags(outer, inner int) string {
	var yes, no string
	for _, c := range scopable {
		was, is := engineFlags(outer)&flagLetters[c], engineFlags(inner)&flagLetters[c]
		switch {
		case is != 0:
			yes += string(c)
		case was != 0:
			no += string(c)
		}
	}
	if no != "" {
		no = "-" + no
	}
	return "(?" + yes + no + ":"
}

// engineFlags are the flags as they are told to regexp2.
func engineFlags(flags int) int {
	if asciiCase(flags) {
		return flags &^ reIgnoreCase
	}
	return flags
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
			c.add(lo, lo, flags)
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
	c.add(lo, hi, flags)
	return nil
}

// add takes a range of characters into a class.
func (c *charClass) add(lo, hi rune, flags int) {
	c.span(lo, hi)
	switch {
	case asciiCase(flags):
		for _, first := range "aA" {
			if l, h := max(lo, first), min(hi, first+25); l <= h {
				c.span(l^0x20, h^0x20)
			}
		}
	case flags&reIgnoreCase != 0:
		for _, i := range formsOfI {
			if lo <= i && i <= hi {
				c.members.WriteString(formsOfI)
				break
			}
		}
	}
}

func (c *charClass) span(lo, hi rune) {
	c.members.WriteString(classLiteral(lo))
	if lo < hi {
		c.members.WriteString("-" + classLiteral(hi))
	}
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
		return fmt.Sprintf(`\x%02x`, c)
	}
	return string(c)
}
