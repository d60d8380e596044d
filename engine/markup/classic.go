package markup

import (
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// This file holds the block and inline rules in which classic Markdown differs
// from CommonMark.

// classicList is a list that needs an empty line before it, does not care which
// bullet is used, has no "1)" and keeps numbers and bullets apart.
type classicList struct{ parser.BlockParser }

func (c classicList) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	if _, ok := parent.(*ast.List); !ok {
		if parenthesised(line) || interrupts(parent, pc) {
			return nil, parser.NoChildren
		}
	}
	return c.BlockParser.Open(parent, reader, pc)
}

func (c classicList) Continue(n ast.Node, reader text.Reader, pc parser.Context) parser.State {
	line, _ := reader.PeekLine()
	trimmed := util.TrimLeftSpace(line)
	list := n.(*ast.List)
	if !list.IsOrdered() && len(trimmed) > 1 && util.IsSpace(trimmed[1]) {
		if b := trimmed[0]; b == '*' || b == '-' || b == '+' {
			list.Marker = b
		}
	}
	return c.BlockParser.Continue(n, reader, pc)
}

// interrupts says whether a list opened under parent now would follow a line of
// text directly. Inside an item that is how nested lists are written.
func interrupts(parent ast.Node, pc parser.Context) bool {
	last := pc.LastOpenedBlock().Node
	if last == nil || !ast.IsParagraph(last) {
		return false
	}
	if last.Parent() == parent {
		_, inItem := parent.(*ast.ListItem)
		return !inItem
	}
	// A line of the other kind right after an item is more of that item.
	item, ok := last.Parent().(*ast.ListItem)
	return ok && item.Parent() != nil && item.Parent().Parent() == parent
}

// parenthesised is true of lines beginning "1) ".
func parenthesised(line []byte) bool {
	line = util.TrimLeftSpace(line)
	i := 0
	for i < len(line) && util.IsNumeric(line[i]) {
		i++
	}
	return i > 0 && i < len(line) && line[i] == ')'
}

// classicSetext underlines one line only; under several lines dashes are a rule.
type classicSetext struct{ parser.BlockParser }

func (c classicSetext) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	p, ok := pc.LastOpenedBlock().Node.(*ast.Paragraph)
	if !ok || p.Lines().Len() != 1 {
		return nil, parser.NoChildren
	}
	return c.BlockParser.Open(parent, reader, pc)
}

// classicHeading is a # heading, with or without a blank after the signs.
type classicHeading struct{}

func (classicHeading) Trigger() []byte { return []byte{'#'} }

func (classicHeading) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 {
		return nil, parser.NoChildren
	}
	level := 0
	for pos+level < len(line) && line[pos+level] == '#' && level < 6 {
		level++
	}
	start := pos + level
	stop := len(line) - util.TrimRightSpaceLength(line)
	for stop > start && line[stop-1] == '#' && !(stop > start+1 && line[stop-2] == '\\') {
		stop--
	}
	for start < stop && util.IsSpace(line[start]) {
		start++
	}
	for stop > start && util.IsSpace(line[stop-1]) {
		stop--
	}
	if start >= stop {
		return nil, parser.NoChildren
	}
	n := ast.NewHeading(level)
	base := segment.Start - segment.Padding
	n.Lines().Append(text.NewSegment(base+start, base+stop))
	reader.AdvanceToEOL()
	return n, parser.NoChildren
}

func (classicHeading) Continue(ast.Node, text.Reader, parser.Context) parser.State {
	return parser.Close
}
func (classicHeading) Close(ast.Node, text.Reader, parser.Context) {}
func (classicHeading) CanInterruptParagraph() bool                 { return true }
func (classicHeading) CanAcceptIndentedLine() bool                 { return false }

// classicEmphasis lets * and ** open and close next to punctuation, and close
// after a blank when something is open ("**Note: **text"). Only signs with
// blanks on both sides are signs. Underscores work at the edges of words only.
type classicEmphasis struct{}

func (classicEmphasis) Trigger() []byte { return []byte{'*', '_'} }

func (c classicEmphasis) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	n := 1
	for n < len(line) && line[n] == line[0] {
		n++
	}
	after := ' '
	if n < len(line) {
		after = util.ToRune(line, n)
	}
	opens, closes := !unicode.IsSpace(after), !unicode.IsSpace(before)
	if line[0] == '_' {
		opens, closes = opens && !isWord(before), closes && !isWord(after)
	} else if opens && !closes && pending(pc, n) {
		opens, closes = false, true
	}
	d := parser.NewDelimiter(opens, closes, n, line[0], emphasis{})
	d.Segment = segment.WithStop(segment.Start + n)
	block.Advance(n)
	pc.PushDelimiter(d)
	return d
}

// pending says whether a run of n asterisks is waiting to be closed.
func pending(pc parser.Context, n int) bool {
	closed := 0
	for d := pc.LastDelimiter(); d != nil; d = d.PreviousDelimiter {
		switch {
		case d.Char != '*' || d.OriginalLength != n:
		case d.CanClose && !d.CanOpen:
			closed++
		case d.CanClose && d.CanOpen: // either way: do not guess
			return false
		case closed > 0:
			closed--
		default:
			return true
		}
	}
	return false
}

// emphasis pairs delimiters into em and strong.
type emphasis struct{}

func (emphasis) IsDelimiter(b byte) bool                   { return b == '*' || b == '_' }
func (emphasis) CanOpenCloser(a, b *parser.Delimiter) bool { return a.Char == b.Char }
func (emphasis) OnMatch(n int) ast.Node                    { return ast.NewEmphasis(n) }
