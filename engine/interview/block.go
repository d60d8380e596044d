package interview

// A Kind says what a block does when it is used.
type Kind int

// The kinds of blocks. A declaration is never run or asked.
const (
	CodeBlock      Kind = iota // statements that define names
	EventCodeBlock             // statements run for their effect
	QuestionBlock              // a screen, see Question.Kind
	ObjectsBlock
	ObjectsFromFileBlock
	DataBlock
	DataFromCodeBlock
	TemplateBlock
	TableBlock
	AttachmentsBlock // attachments without a question
	ModulesBlock
	ImportsBlock
	ResetBlock
	RequireBlock
	ResponseBlock
	CommandBlock     // a special word in a choice, see Block.Choice
	DeclarationBlock // metadata, features, sections, terms and so on
)

var kinds = [...]string{
	"code", "event code", "question", "objects", "objects from file", "data", "data from code", "template", "table",
	"attachments", "modules", "imports", "reset", "require", "response", "command", "declaration",
}

// String names the kind by the key that makes it.
func (k Kind) String() string { return kinds[k] }

// A Block is one document of a question file, or a block written inside a
// choice.
type Block struct {
	Index   int    // number among the blocks that can run; -1 for a declaration
	Name    string // "ID x", "Question_n" or "Block_n"
	Key     string // stable across edits elsewhere: what stored state refers to
	ID      string
	Kind    Kind
	Pos     Pos
	Package string  // docassemble.demo
	Source  string  // the YAML of the block
	Parent  *Block  // the block in whose choices this one is written
	Choice  *Choice // of a CommandBlock

	Language      string   // "*" when the block is for every language
	Roles         []string // nil: the interview's default roles apply
	SetsRole      bool     // code of a default role block
	GenericObject string   // class name, "" when the block is not generic

	Mandatory Cond
	Initial   Cond
	If        []*Code
	Need      Need
	Undefine  []string
	// Reconsider lists names to delete and seek again before the block is used.
	// ReconsiderAlways deletes the block's own names at the start of each evaluation.
	Reconsider       []string
	ReconsiderAlways bool

	Sets      []string // as written
	OnlySets  []string
	Events    []string
	Offers    []string // names the block is sought for, without repetition
	Others    []string // names it sets without being sought for them
	iterators []string // in Offers
	DependsOn []string
	Scan      bool // names found in code and fields are offered

	Supersedes []string
	Question   *Question   // of a QuestionBlock
	Code       *Code       // of a CodeBlock or EventCodeBlock
	Objects    []ObjectDef // of an ObjectsBlock
	Files      []ObjectFile
	Data       *Data
	Template   *Template
	Table      *Table
	Documents  *Documents // attachments, with or without a question
	Modules    []string   // of a ModulesBlock, as written
	Imports    []string   // of an ImportsBlock
	Reset      []string   // of a ResetBlock
	Require    *Require
	Response   *Response
}

// A Need lists expressions evaluated before and after everything else in a block.
type Need struct{ Pre, Post []*Code }

// A Name is a variable name as the author wrote it.
type Name struct {
	Text string
	Pos  Pos
}

// An ObjectDef is one entry of an objects block.
type ObjectDef struct {
	Name  Name
	Class *Code
}

// An ObjectFile is one entry of an objects from file block.
type ObjectFile struct {
	Name       Name
	File       *Text
	UseObjects ObjectUse
	Gathered   Cond
}

// An ObjectUse says what lists and mappings of a data block become.
type ObjectUse int

// What lists and mappings become: plain ones, DAList and DADict, or the
// objects that the data describe.
const (
	PlainData ObjectUse = iota
	GroupObjects
	DescribedObjects
)

// A Data is the body of a data or data from code block.
type Data struct {
	Name       Name
	Value      *Node // strings have Text (data) or Code (data from code)
	UseObjects ObjectUse
	Gathered   Cond
}

// A Template is the body of a template block.
type Template struct {
	Name       Name
	Subject    *Text
	Content    *Text
	File       *Code // computes where the content comes from; then Content is nil
	Target     string
	Decoration []Decoration
}

// A Table is the body of a table block.
type Table struct {
	Name            Name
	Rows            *Code
	Columns         []Column
	ShowIfEmpty     Cond  // default yes
	EmptyMessage    *Text // when show if empty is a text
	Indent          int   // spaces
	RequireGathered Cond
	ShowIncomplete  Cond
	NotAvailable    *Text // nil: n/a
	SortKey         *Code
	SortReverse     Cond
	Filter          *Code
	Edit            []string // attributes asked again; nil with EditAll or no editing
	EditAll         bool     // edit: True, the item itself is asked again
	Editable        bool
	EditHeader      *Text // nil: Actions
	DeleteButtons   Cond
	Confirm         Cond
	ReadOnly        string // attribute name
	Reorder         Cond
}

// A Column is one column of a table.
type Column struct {
	Header *Text
	Cell   *Code
}

// A Require is the legacy pair require and orelse.
type Require struct {
	Conditions []*Code
	OrElse     *Block
}

// A Response is what a response block sends instead of a screen.
type Response struct {
	Text        *Text
	Binary      *Code
	ContentType *Text
	Filename    *Text // a file to send
	RedirectURL *Text
	Variables   bool // the answers as JSON
	Null        bool
	Status      int
}
