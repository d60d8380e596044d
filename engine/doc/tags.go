package doc

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// An effect says what a bracket tag does.
type effect uint8

const (
	inlineTag effect = iota // stands in the line
	lookTag                 // how the paragraph it begins looks
	stateTag                // how all paragraphs from here on look
	breakTag                // ends the paragraph
	regionTag               // begins, divides or ends two columns
	goneTag                 // leaves no trace
)

// A tag is a bracket tag of docassemble's "markup" chapter.
type tag struct {
	effect effect
	args   bool   // takes arguments
	text   string // inlineTag: the text it stands for
}

var tags = map[string]tag{
	"NBSP":            {text: "\u00a0"},
	"ENDASH":          {text: "–"},
	"EMDASH":          {text: "—"},
	"HYPHEN":          {text: "-"},
	"TAB":             {},
	"BR":              {},
	"NEWLINE":         {},
	"END":             {},
	"PAGENUM":         {},
	"TOTALPAGES":      {},
	"SECTIONNUM":      {},
	"BLANK":           {},
	"BLANKFILL":       {},
	"CHECKBOX":        {},
	"REDACTION_SPACE": {},
	"REDACTION_WORD":  {args: true},
	"FILE":            {args: true},
	"EMOJI":           {args: true},
	"QR":              {args: true},
	"YOUTUBE":         {args: true},
	"YOUTUBE4:3":      {args: true},
	"YOUTUBE16:9":     {args: true},
	"VIMEO":           {args: true},
	"VIMEO4:3":        {args: true},
	"VIMEO16:9":       {args: true},

	"CENTER":     {effect: lookTag},
	"BOLDCENTER": {effect: lookTag},
	"FLUSHLEFT":  {effect: lookTag},
	"FLUSHRIGHT": {effect: lookTag},
	"NOINDENT":   {effect: lookTag},
	"BORDER":     {effect: lookTag},
	"INDENTBY":   {effect: lookTag, args: true},

	"START_INDENTATION":  {effect: stateTag},
	"STOP_INDENTATION":   {effect: stateTag},
	"TIGHTSPACING":       {effect: stateTag},
	"SINGLESPACING":      {effect: stateTag},
	"ONEANDAHALFSPACING": {effect: stateTag},
	"DOUBLESPACING":      {effect: stateTag},
	"TRIPLESPACING":      {effect: stateTag},

	"NEWPAR":        {effect: breakTag},
	"SKIPLINE":      {effect: breakTag},
	"VERTICALSPACE": {effect: breakTag},
	"PAGEBREAK":     {effect: breakTag},

	"BEGIN_CAPTION": {effect: regionTag},
	"VERTICAL_LINE": {effect: regionTag},
	"END_CAPTION":   {effect: regionTag},
	"BEGIN_TWOCOL":  {effect: regionTag},
	"BREAK":         {effect: regionTag},
	"END_TWOCOL":    {effect: regionTag},

	"NO_EMOJIS": {effect: goneTag},
	"TARGET":    {effect: goneTag, args: true},
	"MAP":       {effect: goneTag, args: true},
	"FIELD":     {effect: goneTag, args: true},
}

// tagParser reads bracket tags and [[terms]]. What is no tag stays text.
type tagParser struct{}

func (tagParser) Trigger() []byte { return []byte{'['} }

func (tagParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if len(line) > 4 && line[1] == '[' {
		return termNode(block)
	}
	n := 1
	for n < len(line) && tagByte(line[n], n) {
		n++
	}
	name := string(line[1:n])
	t, known := tags[name]
	if !known || n >= len(line) {
		return nil
	}
	if !t.args {
		if line[n] != ']' {
			return nil
		}
		block.Advance(n + 1)
		return &tagNode{name: name}
	}
	if line[n] != ' ' {
		return nil
	}
	inside, ok := bracketed(block, 0)
	if !ok {
		return nil
	}
	return &tagNode{name: name, args: trim(inside[len(name):])}
}

func tagByte(c byte, i int) bool {
	return c >= 'A' && c <= 'Z' || c == '_' || i > 1 && (c >= '0' && c <= '9' || c == ':')
}

// termNode reads [[term]], whose brackets go.
func termNode(block text.Reader) ast.Node {
	inside, ok := bracketed(block, 0)
	if !ok || len(inside) < 3 || inside[0] != '[' || inside[len(inside)-1] != ']' {
		return nil
	}
	return &tagNode{name: "[[", args: inside[1 : len(inside)-1]}
}
