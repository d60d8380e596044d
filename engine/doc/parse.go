package doc

import (
	"errors"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// maxDepth is how deep blocks may be nested in each other.
const maxDepth = 40

// ErrTooMuch says that a source has more stretches typed by people than can be
// told apart.
var ErrTooMuch = errors.New("the document has too many pieces of typed text")

// A File is what a reference in a document leads to.
type File struct {
	Name string // with its extension
	Type string // MIME type; found out from the bytes if empty
	Data []byte
}

// A Marked is text with the stretches that people typed.
type Marked struct {
	Source string
	Typed  []Span
}

// Options are what a source does not say itself.
type Options struct {
	Typed    []Span         // the bytes of the source that people typed; they are text and nothing else
	Metadata map[string]any // metadata of the attachment: string, Marked, bool, number or a slice of these; wins over YAML heads
	Language string         // of the text, unless the metadata says otherwise

	// File finds what [FILE reference] and ![alt](reference) mean. It is asked
	// once for each reference. Nil finds nothing.
	File func(reference string) (File, error)
}

// Parse reads the source of a document. What the author wrote wrongly is a
// warning of the document and shown as text; the only errors are ErrTooMuch
// and broken YAML heads (*HeadError).
func Parse(source string, o Options) (*Document, error) {
	b := &builder{doc: &Document{}, opts: o, notes: map[string]*note{}, media: map[string]*Media{}, ids: map[string]int{}}
	covered, ok := b.guard.cover(source, o.Typed)
	if !ok {
		return nil, ErrTooMuch
	}
	body, head, err := splitHeads(detab(covered))
	if err != nil {
		return nil, err
	}
	if err := b.metadata(head); err != nil {
		return nil, err
	}
	b.doc.Blocks = b.collect(func() {
		b.front()
		b.nested(body)
	})
	return b.doc, nil
}

// nested reads Markdown and builds its blocks where the builder stands.
func (b *builder) nested(source string) {
	if b.depth >= maxDepth {
		b.warn(nil, "blocks are nested too deeply: what is inside the innermost is left out")
		return
	}
	b.depth++
	kept := b.src
	b.src = []byte(source)
	root := b.read(b.src)
	b.gather(root)
	b.blocks(root)
	b.src = kept
	b.depth--
}

// nestedInlines reads Markdown that goes on the line being built.
func (b *builder) nestedInlines(source string) {
	if b.depth >= maxDepth || source == "" {
		return
	}
	b.depth++
	kept := b.src
	b.src = []byte(source)
	root := b.read(b.src)
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 || ast.IsParagraph(n) {
			b.inlines(n, b.style, b.link)
		} else { // "1." alone in a line is text here, not a list
			b.text(source, b.style, b.link)
			break
		}
	}
	b.src = kept
	b.depth--
}

// read parses Markdown; what links refer to is known to all parts of a
// document that were read before.
func (b *builder) read(src []byte) ast.Node {
	pc := parser.NewContext()
	for _, r := range b.refs {
		pc.AddReference(r)
	}
	root := markdown().Parse(text.NewReader(src), parser.WithContext(pc))
	b.refs = pc.References()
	return root
}

// gather keeps the footnotes of a tree for the marks that refer to them.
func (b *builder) gather(root ast.Node) {
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if f, ok := n.(*noteNode); ok && entering {
			if _, twice := b.notes[f.label]; !twice {
				b.notes[f.label] = &note{node: f, src: b.src}
			}
		}
		if n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
}

// detab writes tabs as blanks up to the next column that four divides.
func detab(s string) string {
	if !strings.ContainsRune(s, '\t') {
		return s
	}
	var b strings.Builder
	col := 0
	for _, r := range s {
		switch r {
		case '\t':
			n := 4 - col%4
			b.WriteString("    "[:n])
			col += n
		case '\n':
			b.WriteByte('\n')
			col = 0
		default:
			b.WriteRune(r)
			col++
		}
	}
	return b.String()
}
