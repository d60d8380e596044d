package interview

// A FieldKind says what an item of fields is.
type FieldKind int

// The kinds of items in a list of fields.
const (
	Input     FieldKind = iota // a control for a variable
	NoteField                  // words between the controls, see Field.Note
	Generated                  // Field.Code yields items of the same form
)

// A Field is one item of fields.
type Field struct {
	Kind   FieldKind
	Number int // position in the list, from 0
	Pos    Pos
	Code   *Code // of Generated

	Variable  Name
	Label     *Text // nil with NoLabel
	NoLabel   bool
	Datatype  string
	InputType string // "" is the datatype's own control
	Given     Given

	Choices  *Choices // literal and computed items; nil for object types
	Objects  []*Code  // choices of object types
	Exclude  []*Code
	Shuffle  bool
	Default  *Default
	NoneOf   *NoneOf // none of the above; nil: the datatype's default
	AllOf    *NoneOf // all of the above; nil: no
	Labeler  *Code
	HelpFor  *Code // help generator
	ImageFor *Code // image generator

	Hint      *Text
	Help      *Text
	Note      *Text // words of a NoteField, or at the right of an Input
	NoteKind  NoteKind
	UnderText *Text
	CSSClass  *Text

	Min, Max, MinLength, MaxLength *Text
	Step, Scale                    *Text
	CurrencySymbol                 *Text
	InlineWidth                    *Text
	FileCSSClass                   *Text

	Required      Cond // Set only when written; the datatype decides otherwise
	Disabled      Cond
	LabelAbove    Cond
	FloatingLabel Cond
	Rows          *Code
	Accept        *Code
	Validate      *Code
	Messages      []Message

	Conditions    []Condition
	DisableOthers *Others
	UncheckOthers *Others
	CheckOthers   *Others

	Grid     *Grid
	ItemGrid *Grid
	Address  *Node // address autocomplete; expressions have Code

	MaxImageSize    *Code
	ImageUploadType *Code
	Persistent      Cond
	Private         Cond
	AllowUsers      *Allow
	AllowPrivileges *Allow

	Action          string // of ajax
	TriggerAt       int
	Using           *Text // of ml
	KeepForTraining Cond
	Metadata        *Node   // field metadata; strings have Text
	Parameters      []Param // of a custom datatype
}

// Given says which of two defaults the author wrote down himself.
type Given struct{ Datatype, InputType bool }

// A Default is the first value of a field: one of its members is set.
type Default struct {
	Text *Text
	Code *Code
	Data *Node // list or mapping (checkboxes); strings have Text
	Pos  Pos
}

// A NoneOf is the setting of a none (or all) of the above box: a caption, or
// a plain yes or no.
type NoneOf struct {
	On    bool
	Label *Text // nil: the usual words
}

// A Message replaces what is said when a rule is broken.
type Message struct {
	Rule string
	Text *Text
}

// A ConditionKind says what a condition does to a field.
type ConditionKind int

// What a condition does: show or enable when true, hide or disable when true.
const (
	ShowIf ConditionKind = iota
	HideIf
	EnableIf
	DisableIf
)

// A Condition makes a field depend on an answer of the same screen
// (Variable, with Is), on JavaScript, or on Code evaluated before display.
type Condition struct {
	Kind     ConditionKind
	Pos      Pos
	Variable string
	Is       *Text // nil: the variable is True
	Code     *Code
	JS       *Text
}

// Others names the fields that a field disables, checks or unchecks.
type Others struct {
	All  bool
	List []string
}

// A Grid places a field beside others.
type Grid struct {
	Width      *Code
	LabelWidth *Code
	Offset     *Code
	Start, End Cond
	Breakpoint *Text
}

// An Allow lists who may see a file.
type Allow struct {
	List []*Node // strings have Text
	Code *Code
}

// A Param is a setting of a custom datatype.
type Param struct {
	Name  string
	Value *Node // strings have Text
}
