package interview

// A QuestionKind says what a screen takes from the user.
type QuestionKind int

// The kinds of questions.
const (
	Deadend        QuestionKind = iota // nothing
	SetTrue                            // a Continue button that sets a variable
	YesNo                              // yes is True
	NoYes                              // yes is False
	YesNoMaybe                         // as YesNo, or None
	NoYesMaybe                         // as NoYes, or None
	MultipleChoice                     // one of Question.Choices
	Fields                             // Question.Fields
	Signature
	Review // Question.Review
)

var questionKinds = [...]string{
	"deadend", "settrue", "yesno", "noyes", "yesnomaybe", "noyesmaybe", "multiple_choice", "fields", "signature", "review",
}

// String gives the word that stands for the kind in a question's JSON form.
func (k QuestionKind) String() string { return questionKinds[k] }

// A Question is a screen.
type Question struct {
	Kind        QuestionKind
	Text        *Text
	Subquestion *Text

	Variable *Name // of yesno and kin, signature, and field beside choices
	Continue *Name // continue button field
	Choices  *Choices
	Fields   []*Field
	Review   []*ReviewItem

	Parts      Parts
	Labels     Labels
	Help       *Help
	Audio      []*Text
	Video      []*Text
	Decoration []Decoration
	Section    *Text
	Breadcrumb *Text
	Progress   *Progress
	Terms      []Term
	AutoTerms  []Term
	Script     *Text
	CSS        *Text
	Reload     *Text // nil: none; a literal yes is the text "True"
	CheckIn    string
	Metadata   *Node // question metadata; strings have Text
	GAID       *Text
	Segment    *Segment

	Actions            []*ActionButton
	ActionsCode        *Code
	PreventGoingBack   Cond
	BackButton         Cond // null and absent mean the interview's default
	HideContinue       Cond
	DisableContinue    Cond
	AllowedToSet       []string
	AllowedToSetCode   *Code
	ValidationCode     *Code
	ListCollect        *ListCollect
	Required           Cond // of a signature
	PenColor           *Text
	SkipUndefined      Cond // of a review; default yes
	Tabular            *Tabular
	UsesEmbeddedBlocks bool // some choice holds a block
}

// Parts are the texts around a question that it sets itself; nil means the default applies.
type Parts struct {
	Under, Pre, Post, Right, Submit *Text
	CSSClass, TableCSSClass         *Text
}

// Labels are captions and colours of a question's buttons; nil means the default applies.
type Labels struct {
	Continue, ContinueColor *Text
	Resume, ResumeColor     *Text
	Back, CornerBack        *Text
}

// Help is the text of the help tab.
type Help struct {
	Heading, Label, Content *Text
	Audio, Video            []*Text
	Pos                     Pos
}

// A Decoration is an icon shown beside a question.
type Decoration struct{ Image *Text }

// A Progress is the value of the progress bar that a question declares.
type Progress struct {
	Hide  bool // progress: null
	Value float64
}

// A Segment names a question for analytics.
type Segment struct {
	ID        *Text
	Arguments []Argument
}

// An Argument is a named value handed to an action or a service.
type Argument struct {
	Name  string
	Value *Node // strings have Text
}

// An ActionButton is a button beside Continue.
type ActionButton struct {
	Pos         Pos
	Action      *Text
	Label       *Text
	Color       *Text
	Icon        *Text
	Placement   *Text
	CSSClass    *Text
	NewWindow   *Text // a literal yes or no is the text "True" or "False"
	Arguments   []Argument
	ForgetPrior bool
	ShowIf      *Code
}

// A Tabular says how a review is laid out as a table.
type Tabular struct {
	Class *Text // nil: the default class
}

// A ListCollect asks for several items of a list on one screen.
type ListCollect struct {
	Enable      Cond
	Label       *Text
	IsFinal     Cond
	AllowAppend Cond
	AllowDelete Cond
	AddAnother  *Text
	List        string // what stands before the iterator: people of people[i].name
	Iterator    string // i, j ...
}

// A Presentation is the look of a block-level list of choices.
type Presentation int

// The looks of a list of choices.
const (
	AsRadio Presentation = iota
	AsButtons
	AsDropdown
	AsCombobox
)

// Choices is a list to choose from. Literal and computed items may be mixed.
type Choices struct {
	As       Presentation
	Items    []*Choice
	Datatype string // of the result: boolean, threestate, text or what the author says
	Shuffle  bool
	Default  *Default
	Grouped  bool // every literal item has a group
}

// A Choice is one item of a list of choices, or Code that yields several.
type Choice struct {
	Pos      Pos
	Label    *Text
	Value    *Text // the key as text; nil when Block or Command is set
	Code     *Code // yields items; then nothing else but Pos is set
	Block    *Block
	Command  string // restart, exit, continue and so on
	URL      *Text
	Image    *Text
	CSSClass *Text
	Color    *Text
	Help     *Text
	Group    *Text
	Default  *Cond
	ShowIf   *Code
	Plain    NodeKind // type of the key in the YAML: Bool, Null, Int, String ...
}

// A ReviewItem is one row of a review screen.
type ReviewItem struct {
	Pos      Pos
	Label    *Text
	Note     *Text // with Kind of a note
	Kind     NoteKind
	Button   *Text
	Help     *Text
	ShowIf   []*Code
	CSSClass *Text
	Action   *Text
	Steps    []ReviewStep // what a click asks for again, in order
	Metadata *Node
}

// A NoteKind says how the text of a note is written.
type NoteKind int

// The ways to write a note. NoNote means there is none.
const (
	NoNote NoteKind = iota
	MarkdownNote
	HTMLNote
	RawHTMLNote
)

// A ReviewStep is one entry in the variable list of a review item.
type ReviewStep struct {
	Command string   // "" asks for Names[0]; else recompute, undefine, invalidate, set or follow up
	Names   []string // variables
	Values  []*Node  // of set: the value for each name; strings have Text
	Pos     Pos
}
