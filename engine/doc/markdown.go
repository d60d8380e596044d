package doc

import (
	"bytes"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown is the parser. It is built once, keeps nothing of what it reads and
// is safe for concurrent use.
var markdown = sync.OnceValue(newMarkdown)

func newMarkdown() parser.Parser {
	at := util.Prioritized
	return parser.NewParser(
		parser.WithBlockParsers(
			at(setextHeading{parser.NewSetextHeadingParser(parser.WithHeadingAttribute())}, 100),
			at(extension.NewDefinitionListParser(), 101),
			at(extension.NewDefinitionDescriptionParser(), 102),
			at(apart{parser.NewThematicBreakParser()}, 200),
			at(gridParser{}, 250),
			at(listParser{}, 300),
			at(itemParser{}, 400),
			at(apart{parser.NewCodeBlockParser()}, 500),
			at(apart{parser.NewATXHeadingParser(parser.WithHeadingAttribute())}, 600),
			at(apart{parser.NewFencedCodeBlockParser()}, 700),
			at(apart{parser.NewBlockquoteParser()}, 800),
			at(hiddenHTML{parser.NewHTMLBlockParser()}, 900),
			at(noteParser{}, 950),
			at(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			at(parser.NewCodeSpanParser(), 100),
			at(tagParser{}, 110),
			at(noteRefParser{}, 120),
			at(taskParser{}, 130),
			at(texParser{}, 140),
			at(mathParser{}, 150),
			at(parser.NewLinkParser(), 200),
			at(parser.NewAutoLinkParser(), 300),
			at(parser.NewRawHTMLParser(), 400),
			at(parser.NewEmphasisParser(), 500),
			at(scriptParser{}, 550),
			at(attributeParser{}, 600),
			at(smartParser{}, 900),
		),
		parser.WithParagraphTransformers(
			at(parser.LinkReferenceParagraphTransformer, 100),
			at(tableParser{extension.NewTableParagraphTransformer()}, 200),
			at(simpleTableParser{}, 210),
			at(lineBlockParser{}, 220),
		),
	)
}

// apart is a block that begins only after an empty line, as in Pandoc.
type apart struct{ parser.BlockParser }

func (apart) CanInterruptParagraph() bool { return false }

// setextHeading is an underlined line. A paragraph of several lines is none.
type setextHeading struct{ parser.BlockParser }

func (s setextHeading) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	last := pc.LastOpenedBlock().Node
	if p, ok := last.(*ast.Paragraph); !ok || p.Lines().Len() != 1 {
		return nil, parser.NoChildren
	}
	return s.BlockParser.Open(parent, r, pc)
}

// Close lets the parser place its attributes.
func (s setextHeading) Close(n ast.Node, r text.Reader, pc parser.Context) {
	s.BlockParser.Close(n, r, pc)
}

// hiddenHTML are the HTML blocks whose text no reader sees: comments, scripts
// and style sheets. Of other HTML only the tags are dropped.
type hiddenHTML struct{ parser.BlockParser }

func (h hiddenHTML) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := r.PeekLine()
	line = bytes.ToLower(bytes.TrimLeft(line, " "))
	for _, start := range []string{"<!--", "<script", "<style"} {
		if bytes.HasPrefix(line, []byte(start)) {
			return h.BlockParser.Open(parent, r, pc)
		}
	}
	return nil, parser.NoChildren
}

// scriptParser reads H~2~O, x^2^ and ~~struck~~.
type scriptParser struct{}

func (scriptParser) Trigger() []byte { return []byte{'~', '^'} }

func (scriptParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	d := parser.ScanDelimiter(line, before, 1, scripts{line[0]})
	if d == nil || d.OriginalLength > 2 || line[0] == '^' && d.OriginalLength > 1 || before == rune(line[0]) {
		return nil
	}
	// What hangs on a word may be punctuation to Markdown: H~2~, 1^st^.
	if len(line) > d.OriginalLength && !util.IsSpace(line[d.OriginalLength]) {
		d.CanOpen = true
	}
	if !util.IsSpaceRune(before) {
		d.CanClose = true
	}
	if d.OriginalLength == 1 && d.CanOpen && !closesTight(line[1:], line[0]) {
		d.CanOpen = false
	}
	d.Segment = segment.WithStop(segment.Start + d.OriginalLength)
	block.Advance(d.OriginalLength)
	pc.PushDelimiter(d)
	return d
}

// closesTight says whether c closes before the next blank.
func closesTight(line []byte, c byte) bool {
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '\\':
			i++
		case line[i] == c:
			return i > 0
		case util.IsSpace(line[i]):
			return false
		}
	}
	return false
}

// scripts pairs delimiters of one kind.
type scripts struct{ char byte }

func (s scripts) IsDelimiter(b byte) bool { return b == s.char }

func (s scripts) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char && opener.OriginalLength == closer.OriginalLength
}

func (s scripts) OnMatch(consumes int) ast.Node {
	switch {
	case s.char == '^':
		return &styled{style: Style{Sup: true}}
	case consumes == 2:
		return &styled{style: Style{Strike: true}}
	default:
		return &styled{style: Style{Sub: true}}
	}
}

// attributeParser reads {width=50%} after an image, a link, code or a span.
type attributeParser struct{}

func (attributeParser) Trigger() []byte { return []byte{'{'} }

func (attributeParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	last := parent.LastChild()
	switch last.(type) {
	case *ast.Image, *ast.Link, *ast.CodeSpan, *ast.AutoLink:
	default:
		return nil
	}
	line, _ := block.PeekLine()
	end := bytes.IndexByte(line, '}')
	if end < 0 {
		return nil
	}
	attrs, ok := readAttributes(string(line[1:end]))
	if !ok {
		return nil
	}
	for name, value := range attrs {
		last.SetAttributeString(name, value)
	}
	block.Advance(end + 1)
	return &nothing{}
}

// readAttributes reads "#id .class key=value key='va lue'". Classes are joined
// under "class".
func readAttributes(s string) (map[string]string, bool) {
	out := map[string]string{}
	for s = trim(s); s != ""; s = trim(s) {
		switch {
		case s[0] == '#' || s[0] == '.':
			n := wordEnd(s)
			if n == 1 {
				return nil, false
			}
			if s[0] == '#' {
				out["id"] = s[1:n]
			} else {
				out["class"] = trim(out["class"] + " " + s[1:n])
			}
			s = s[n:]
		case s[0] == '-':
			out["class"] = trim(out["class"] + " unnumbered")
			s = s[1:]
		default:
			name, value, rest, ok := readPair(s)
			if !ok {
				return nil, false
			}
			out[name], s = value, rest
		}
	}
	return out, len(out) > 0
}

func readPair(s string) (name, value, rest string, ok bool) {
	i := 0
	for i < len(s) && (s[i] >= 'a' && s[i] <= 'z' || s[i] >= 'A' && s[i] <= 'Z' || s[i] == '-' || s[i] == '_') {
		i++
	}
	if i == 0 || i >= len(s) || s[i] != '=' {
		return "", "", "", false
	}
	name, s = s[:i], s[i+1:]
	if s != "" && (s[0] == '"' || s[0] == '\'') {
		end := bytes.IndexByte([]byte(s[1:]), s[0])
		if end < 0 {
			return "", "", "", false
		}
		return name, s[1 : end+1], s[end+2:], true
	}
	n := wordEnd(s)
	return name, s[:n], s[n:], true
}

func wordEnd(s string) int {
	for i := 0; i < len(s); i++ {
		if util.IsSpace(s[i]) {
			return i
		}
	}
	return len(s)
}
