package doc

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// The nodes that this dialect adds to goldmark's tree. They live between
// reading and building only.
var (
	kindStyled    = ast.NewNodeKind("DocStyled")
	kindNothing   = ast.NewNodeKind("DocNothing")
	kindTag       = ast.NewNodeKind("DocTag")
	kindNoteRef   = ast.NewNodeKind("DocNoteRef")
	kindNote      = ast.NewNodeKind("DocNote")
	kindList      = ast.NewNodeKind("DocList")
	kindItem      = ast.NewNodeKind("DocItem")
	kindGrid      = ast.NewNodeKind("DocGrid")
	kindLineBlock = ast.NewNodeKind("DocLineBlock")
	kindTask      = ast.NewNodeKind("DocTask")
	kindMath      = ast.NewNodeKind("DocMath")
)

// styled is text in a style of its own.
type styled struct {
	ast.BaseInline
	style Style
}

// nothing is what leaves no trace.
type nothing struct{ ast.BaseInline }

// tagNode is a bracket tag or a TeX command that stands for one.
type tagNode struct {
	ast.BaseInline
	name, args string
}

// noteRef is the mark of a footnote: a label, or the text itself.
type noteRef struct {
	ast.BaseInline
	label, inside string
}

// mathNode is TeX maths.
type mathNode struct {
	ast.BaseInline
	tex string
}

// taskNode is the box of a task.
type taskNode struct {
	ast.BaseInline
	checked bool
}

// noteNode is what a footnote says.
type noteNode struct {
	ast.BaseBlock
	label string
}

type listNode struct {
	ast.BaseBlock
	numbering Numbering
	delimiter Delimiter
	start     int
}

type itemNode struct {
	ast.BaseBlock
	offset int // columns from the edge of the list to the text
}

// rawTable is a table drawn with characters: a grid or columns under rules.
type rawTable struct {
	ast.BaseBlock
	lines []string
	grid  bool
}

type lineBlock struct {
	ast.BaseBlock
	lines []string
}

func (*styled) Kind() ast.NodeKind    { return kindStyled }
func (*nothing) Kind() ast.NodeKind   { return kindNothing }
func (*tagNode) Kind() ast.NodeKind   { return kindTag }
func (*noteRef) Kind() ast.NodeKind   { return kindNoteRef }
func (*taskNode) Kind() ast.NodeKind  { return kindTask }
func (*mathNode) Kind() ast.NodeKind  { return kindMath }
func (*noteNode) Kind() ast.NodeKind  { return kindNote }
func (*listNode) Kind() ast.NodeKind  { return kindList }
func (*itemNode) Kind() ast.NodeKind  { return kindItem }
func (*rawTable) Kind() ast.NodeKind  { return kindGrid }
func (*lineBlock) Kind() ast.NodeKind { return kindLineBlock }

func (n *styled) Dump(src []byte, level int)    { ast.DumpHelper(n, src, level, nil, nil) }
func (n *nothing) Dump(src []byte, level int)   { ast.DumpHelper(n, src, level, nil, nil) }
func (n *tagNode) Dump(src []byte, level int)   { ast.DumpHelper(n, src, level, nil, nil) }
func (n *noteRef) Dump(src []byte, level int)   { ast.DumpHelper(n, src, level, nil, nil) }
func (n *taskNode) Dump(src []byte, level int)  { ast.DumpHelper(n, src, level, nil, nil) }
func (n *mathNode) Dump(src []byte, level int)  { ast.DumpHelper(n, src, level, nil, nil) }
func (n *noteNode) Dump(src []byte, level int)  { ast.DumpHelper(n, src, level, nil, nil) }
func (n *listNode) Dump(src []byte, level int)  { ast.DumpHelper(n, src, level, nil, nil) }
func (n *itemNode) Dump(src []byte, level int)  { ast.DumpHelper(n, src, level, nil, nil) }
func (n *rawTable) Dump(src []byte, level int)  { ast.DumpHelper(n, src, level, nil, nil) }
func (n *lineBlock) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

func trim(s string) string { return strings.TrimSpace(s) }
