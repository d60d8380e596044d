package doc

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A marker is what a list item begins with: "-", "3.", "#.", "iv)", "(a)".
type marker struct {
	indent    int // columns before it
	end       int // column after it
	numbering Numbering
	delimiter Delimiter
	any       bool   // "#": goes on with whatever list is open
	figure    string // the number as written
	value     int
}

// readMarker reads a marker at the start of line. It needs a blank or the end
// of the line behind it, and two blanks after a capital and a period, so that
// "B. Russell" begins no list.
func readMarker(line []byte) (marker, bool) {
	m := marker{}
	for m.indent < len(line) && line[m.indent] == ' ' {
		m.indent++
	}
	rest := line[m.indent:]
	if m.indent > 3 || len(rest) == 0 {
		return m, false
	}
	n := 1
	if strings.IndexByte("-+*", rest[0]) < 0 {
		if n = readNumber(rest, &m); n == 0 {
			return m, false
		}
	}
	m.end = m.indent + n
	after := rest[n:]
	blank := util.IsBlank(after)
	if !blank && after[0] != ' ' {
		return m, false
	}
	if blank && m.numbering != Bullets && m.numbering != Decimal {
		return m, false // "v." between the names of parties
	}
	if m.numbering == UpperAlpha || m.numbering == UpperRoman {
		if m.delimiter == Period && len(m.figure) == 1 && (blank || len(after) < 2 || after[1] != ' ') {
			return m, false
		}
	}
	return m, true
}

// readNumber reads "3.", "iv)", "(a)" or "#." and returns its length, or 0.
func readNumber(s []byte, m *marker) int {
	i := 0
	if s[0] == '(' {
		i = 1
	}
	from := i
	for i < len(s) && i-from < 9 && (s[i] >= '0' && s[i] <= '9' || s[i] >= 'a' && s[i] <= 'z' || s[i] >= 'A' && s[i] <= 'Z' || s[i] == '#') {
		i++
	}
	m.figure = string(s[from:i])
	if i >= len(s) || m.figure == "" || !m.readFigure() {
		return 0
	}
	switch {
	case from == 1 && s[i] == ')':
		m.delimiter = TwoParens
	case from == 0 && s[i] == ')':
		m.delimiter = OneParen
	case from == 0 && s[i] == '.':
		m.delimiter = Period
	default:
		return 0
	}
	return i + 1
}

// readFigure says what kind of number the figure is.
func (m *marker) readFigure() bool {
	f := m.figure
	lower, upper := strings.ToLower(f), strings.ToUpper(f)
	switch {
	case f == "#":
		m.numbering, m.value, m.any = Decimal, 1, true
	case f[0] >= '0' && f[0] <= '9':
		for _, c := range f {
			if c < '0' || c > '9' {
				return false
			}
			m.value = m.value*10 + int(c-'0')
		}
		m.numbering = Decimal
	case f == "i" || f == "I" || len(f) > 1 && (f == lower || f == upper) && strings.Trim(upper, "IVXL") == "":
		if m.value = romanValue(upper); m.value == 0 {
			return false
		}
		m.numbering = UpperRoman
		if f == lower {
			m.numbering = LowerRoman
		}
	case len(f) == 1:
		m.value = letterValue(upper)
		m.numbering = UpperAlpha
		if f == lower {
			m.numbering = LowerAlpha
		}
		return m.value > 0
	default:
		return false
	}
	return true
}

// continues says whether an item so marked belongs to the list.
func (m marker) continues(l *listNode) bool {
	if m.numbering == Bullets || l.numbering == Bullets {
		return m.numbering == l.numbering
	}
	if m.delimiter != l.delimiter {
		return false
	}
	if m.any || m.numbering == l.numbering {
		return true
	}
	upper := strings.ToUpper(m.figure)
	small := upper != m.figure
	switch l.numbering {
	case LowerAlpha, UpperAlpha: // "i." after "h."
		return small == (l.numbering == LowerAlpha) && len(upper) == 1 && letterValue(upper) > 0
	case LowerRoman, UpperRoman: // "v." after "iv."
		return small == (l.numbering == LowerRoman) && romanValue(upper) > 0
	}
	return false
}

// listParser opens lists. A list needs an empty line before it unless it is
// nested in an item.
type listParser struct{}

func (listParser) Trigger() []byte             { return nil }
func (listParser) CanInterruptParagraph() bool { return true }
func (listParser) CanAcceptIndentedLine() bool { return false }

func (listParser) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if _, ok := parent.(*listNode); ok {
		return nil, parser.NoChildren
	}
	if last := pc.LastOpenedBlock().Node; last != nil && ast.IsParagraph(last) && last.Parent() == parent {
		if _, nested := parent.(*itemNode); !nested {
			return nil, parser.NoChildren
		}
	}
	line, _ := r.PeekLine()
	m, ok := readMarker(line)
	if !ok {
		return nil, parser.NoChildren
	}
	return &listNode{numbering: m.numbering, delimiter: m.delimiter, start: m.value}, parser.HasChildren
}

func (listParser) Continue(n ast.Node, r text.Reader, _ parser.Context) parser.State {
	l := n.(*listNode)
	line, _ := r.PeekLine()
	if util.IsBlank(line) {
		return parser.Continue | parser.HasChildren
	}
	indent, _ := util.IndentWidth(line, r.LineOffset())
	item, _ := l.LastChild().(*itemNode)
	if item == nil || indent >= item.offset {
		return parser.Continue | parser.HasChildren
	}
	if m, ok := readMarker(line); ok && m.continues(l) && !isRule(line) {
		return parser.Continue | parser.HasChildren
	}
	return parser.Close
}

func (listParser) Close(ast.Node, text.Reader, parser.Context) {}

// isRule says whether the line is a horizontal rule such as "* * *".
func isRule(line []byte) bool {
	s := bytes.ReplaceAll(bytes.TrimSpace(line), []byte(" "), nil)
	return len(s) >= 3 && (s[0] == '*' || s[0] == '-') && len(bytes.Trim(s, string(s[0]))) == 0
}

// itemParser opens the items of lists.
type itemParser struct{}

func (itemParser) Trigger() []byte             { return nil }
func (itemParser) CanInterruptParagraph() bool { return true }
func (itemParser) CanAcceptIndentedLine() bool { return false }

func (itemParser) Open(parent ast.Node, r text.Reader, _ parser.Context) (ast.Node, parser.State) {
	if _, ok := parent.(*listNode); !ok {
		return nil, parser.NoChildren
	}
	line, _ := r.PeekLine()
	m, ok := readMarker(line)
	if !ok {
		return nil, parser.NoChildren
	}
	if util.IsBlank(line[m.end:]) {
		return &itemNode{offset: m.end + 1}, parser.NoChildren
	}
	blanks := 0
	for line[m.end+blanks] == ' ' {
		blanks++
	}
	if blanks > 4 { // indented code
		blanks = 1
	}
	r.AdvanceAndSetPadding(m.end+blanks, 0)
	return &itemNode{offset: m.end + blanks}, parser.HasChildren
}

func (itemParser) Continue(n ast.Node, r text.Reader, _ parser.Context) parser.State {
	line, _ := r.PeekLine()
	if util.IsBlank(line) {
		r.AdvanceToEOL()
		return parser.Continue | parser.HasChildren
	}
	item := n.(*itemNode)
	indent, _ := util.IndentWidth(line, r.LineOffset())
	if indent < item.offset {
		return parser.Close
	}
	r.AdvanceAndSetPadding(item.offset, 0)
	return parser.Continue | parser.HasChildren
}

func (itemParser) Close(ast.Node, text.Reader, parser.Context) {}

// tight says that no empty lines stand between or within the items.
func (l *listNode) tight() bool {
	for c := l.FirstChild(); c != nil; c = c.NextSibling() {
		if c != l.FirstChild() && c.HasBlankPreviousLines() {
			return false
		}
		for b := c.FirstChild(); b != nil; b = b.NextSibling() {
			if b != c.FirstChild() && b.HasBlankPreviousLines() {
				return false
			}
		}
	}
	return true
}

// taskParser reads the box of a task list, [ ] or [x].
type taskParser struct{}

func (taskParser) Trigger() []byte { return []byte{'['} }

func (taskParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	if _, ok := parent.Parent().(*itemNode); !ok || parent.HasChildren() || parent.PreviousSibling() != nil {
		return nil
	}
	line, _ := block.PeekLine()
	if len(line) < 4 || line[2] != ']' || line[3] != ' ' || !bytes.ContainsRune([]byte(" xX"), rune(line[1])) {
		return nil
	}
	block.Advance(4)
	return &taskNode{checked: line[1] != ' '}
}
