package screen

import "strconv"

// Row says what a Field is besides an input.
type Row string

// The kinds of row in a form.
const (
	RowInput  Row = ""         // something to fill in
	RowNote   Row = "note"     // text between fields: Note
	RowHTML   Row = "html"     // the same, written as HTML: Note
	RowRaw    Row = "raw html" // HTML that stands outside of the form's layout: Note
	RowReview Row = "review"   // a line of a review screen: a link to Action
	RowButton Row = "button"   // a line of a review screen with a button
)

// A Field is one row of a form.
type Field struct {
	Row      Row
	ID       string // of its control (or group of controls) in the page
	Number   string // position: "0", or "2_1" in row 2 of a list collect
	Name     string // as posted: the encoded variable or an alias; "" for rows that send nothing
	Variable string // as an author writes it

	Datatype string // text, integer, boolean, threestate, date, checkboxes, object...
	Input    string // input type beside it: area, radio, yesnowide, hidden...; "" for the usual one
	Type     string // fieldtype of the JSON form: multiple_choice or ""
	Variety  string // of the one field of a KindMultipleChoice: the screen's
	Sign     int    // of yes-no kinds: 1 if yes is True, -1 if yes is False

	Label      HTML
	LabelText  string // the same as plain text
	NoLabel    bool   // labelled by the heading; the control takes the full width
	LabelAbove bool
	Floating   bool // the label lies in the control until something is typed
	Hint       string
	Help       HTML
	Under      HTML // small text below
	Note       HTML // of notes; of other rows: text beside it

	Value   string // what the control shows: the person's text, or the default in the control's format
	Default any    // the default as a scalar; JSON only
	Choices []Choice
	NoneOf  *Choice // none of the above; drawn by checkboxes and object_radio
	AllOf   *Choice // all of the above; drawn by checkboxes
	Shuffle bool    // order is drawn by lot (done already)

	Required     bool
	Disabled     bool
	Inactive     bool // left out by a condition on the server; kept for the JSON form
	Min, Max     string
	Step         string
	MinLen       int // characters, or boxes
	MaxLen       int // 0 for no limit
	Rows         int // of areas and multiselects
	Scale        string
	Accept       string
	Multiple     bool   // more than one file
	Capture      string // user, environment
	MaxImageSize int    // of uploaded pictures, in pixels; 0: any
	ImageType    string // jpeg, png, bmp; "": as they are
	UsualImages  bool   // both are as in the whole interview: the JSON form leaves them out
	Held         []Held // files that were sent with a form that was refused
	Symbol       string // of a currency
	SymbolAfter  bool
	Autocomplete string // the browser's autofill token, or ""
	Address      any    // address autocomplete: true or options
	TrueLabel    string // captions of yes-no controls; "" for Yes, No, I don't know
	FalseLabel   string
	MaybeLabel   string

	Conditions    []Condition // all must let it be shown
	DisableOthers *Others
	UncheckOthers *Others
	CheckOthers   *Others

	Error    string            // what is wrong with what was sent
	Messages map[string]string // validation messages by rule

	Ajax        *Ajax
	Grid        *Grid
	ItemGrid    *Grid
	Class       string // author's CSS class
	FileClass   string
	InlineWidth string // of embedded fields, a CSS length
	Embedded    bool   // drawn where the text says, not in the list
	Permissions map[string]bool
	Params      map[string]string // data attributes of a custom data type
	Action      *Button           // of review rows: where it leads
	Metadata    any
	Extra       map[string]any // further keys of the JSON form
}

// A Choice is one thing to pick.
type Choice struct {
	ID       string
	Name     string // as posted, of checkbox and multiselect items; "" if the field's
	Variable string // as an author writes it, of checkbox items
	Value    string // as posted
	JSON     any    // value in the JSON form; nil means Value
	Key      string // what it stands for, of checkbox and multiselect items
	Label    HTML
	Text     string // the label as plain text
	Written  string // the label before Markdown; "" if something in it was typed by a person
	Help     HTML
	Group    string
	Image    *Image
	Color    string
	Class    string
	Default  bool // marked by the author; JSON only
	Selected bool // drawn as picked
}

// A Held is a file that was sent already and need not be sent again.
type Held struct {
	Name    string // of the file
	Size    int64  // bytes
	Picture string // a small picture of it, as a data: address, or ""
	Token   string // posted as HeldInput: that it is to be kept
	Key     string // posted as DropInput: that it is not
}

// The inputs that files sent before are posted with.
const (
	HeldInput = "_held"
	DropInput = "_drop"
)

// Others says which fields a field acts upon: all, or the named variables.
type Others struct {
	All       bool
	Variables []string
}

// Effect is what becomes of a field when its condition holds.
type Effect string

// The effects of a condition.
const (
	Show    Effect = "show"
	Hide    Effect = "hide"
	Enable  Effect = "enable"
	Disable Effect = "disable"
)

// A Condition shows, hides, enables or disables a field according to another
// field of the same screen, or to a JavaScript expression.
type Condition struct {
	ID       string // unique on the screen
	Effect   Effect
	Variable string   // the other field's; "" for JavaScript
	Value    string   // it has when the condition holds
	Script   string   // JavaScript expression over val("variable")
	Vars     []string // the variables Script reads
	Words    string   // the condition for people without scripts, e.g. "Only if Kind is salt"
}

// Ajax fills a select as the person types.
type Ajax struct {
	URL     string // signed address of the action; the typed text is sent as wordstart
	Trigger int    // characters before it is called
}

// Grid places a field beside others; widths are twelfths.
type Grid struct {
	Width, LabelWidth, Offset int
	Start, End                bool
	Breakpoint                string // xs, sm, md, lg, xl, xxl
}

// Rows are the rows of a list collect screen.
type Rows struct {
	Rows      []ListRow
	CanAppend bool
	AddLabel  string // of the button that adds a row; "" for Add another
	AddName   string // posted when the add button sends the form for want of spare rows
	AddValue  string
}

// A ListRow is the part of a list collect screen about one element.
type ListRow struct {
	Number  int
	ID      string
	Label   HTML
	Fields  []Field
	Spare   bool   // prepared, not added yet: hidden until the person asks for it
	Delete  bool   // it may be deleted
	Marker  string // name of the input that says the row was deleted; value "1"
	Deleted bool
}

// Control is the kind of widget that a field is drawn as.
type Control int

// The widgets.
const (
	ControlNone Control = iota
	ControlText
	ControlArea
	ControlNumber
	ControlCurrency
	ControlRange
	ControlDate
	ControlTime
	ControlDatetime
	ControlEmail
	ControlPassword
	ControlCheckbox // one box
	ControlYesNo    // radios Yes, No
	ControlMaybe    // radios Yes, No, I don't know
	ControlCheckboxes
	ControlRadios
	ControlSelect
	ControlMultiselect
	ControlCombobox
	ControlDatalist
	ControlAjax
	ControlFile
	ControlHidden
)

var byVariety = map[string]Control{
	VarietyRadio: ControlRadios, VarietyDropdown: ControlSelect, VarietyCombobox: ControlCombobox, VarietyButtons: ControlNone,
}

var byInput = map[string]Control{
	"area": ControlArea, "radio": ControlRadios, "combobox": ControlCombobox, "datalist": ControlDatalist,
	"ajax": ControlAjax, "hidden": ControlHidden, "dropdown": ControlSelect, "pulldown": ControlSelect,
	"yesno": ControlCheckbox, "noyes": ControlCheckbox, "yesnowide": ControlCheckbox, "noyeswide": ControlCheckbox,
	"yesnoradio": ControlYesNo, "noyesradio": ControlYesNo, "yesnomaybe": ControlMaybe, "noyesmaybe": ControlMaybe,
}

var byDatatype = map[string]Control{
	"integer": ControlNumber, "number": ControlNumber, "float": ControlNumber, "currency": ControlCurrency,
	"range": ControlRange, "date": ControlDate, "time": ControlTime, "datetime": ControlDatetime, "datetime-local": ControlDatetime,
	"email": ControlEmail, "password": ControlPassword,
	"checkboxes": ControlCheckboxes, "object_checkboxes": ControlCheckboxes,
	"multiselect": ControlMultiselect, "object_multiselect": ControlMultiselect,
	"object": ControlSelect, "object_radio": ControlRadios, "mlarea": ControlArea,
	"file": ControlFile, "files": ControlFile, "camera": ControlFile, "user": ControlFile,
	"environment": ControlFile, "camcorder": ControlFile, "microphone": ControlFile,
	"yesno": ControlCheckbox, "noyes": ControlCheckbox, "yesnowide": ControlCheckbox, "noyeswide": ControlCheckbox,
	"yesnoradio": ControlYesNo, "noyesradio": ControlYesNo, "yesnomaybe": ControlMaybe, "noyesmaybe": ControlMaybe,
}

// Control returns the widget for the field's input type and data type.
func (f *Field) Control() Control {
	if f.Row != RowInput {
		return ControlNone
	}
	if f.Variety != "" {
		if c, ok := byVariety[f.Variety]; ok {
			return c
		}
	}
	if f.Input != "" {
		if c, ok := byInput[f.Input]; ok {
			return c
		}
	}
	if c, ok := byDatatype[f.Datatype]; ok && (len(f.Choices) == 0 || c.multiple()) {
		return c
	}
	switch {
	case f.Datatype == "object_radio":
		return ControlRadios
	case len(f.Choices) > 0:
		return ControlSelect
	case f.Datatype == "boolean":
		return ControlCheckbox
	case f.Datatype == "threestate":
		return ControlMaybe
	}
	return ControlText
}

func (c Control) multiple() bool { return c == ControlCheckboxes || c == ControlMultiselect }

// Grouped reports whether the control is a set of controls with a legend.
func (f *Field) Grouped() bool {
	switch f.Control() {
	case ControlCheckboxes, ControlRadios, ControlYesNo, ControlMaybe:
		return true
	}
	return false
}

// Wide reports whether a single checkbox takes the whole width.
func (f *Field) Wide() bool {
	k := f.Input
	if k == "" {
		k = f.Datatype
	}
	return k == "yesnowide" || k == "noyeswide"
}

// HelpID is the id of the field's help.
func (f *Field) HelpID() string { return f.ID + "-help" }

// UnderID is the id of the small text below.
func (f *Field) UnderID() string { return f.ID + "-under" }

// ErrorID is the id of what is wrong.
func (f *Field) ErrorID() string { return f.ID + "-error" }

// LabelID is the id of the label.
func (f *Field) LabelID() string { return f.ID + "-label" }

// WhenID is the id of the field's conditions in words.
func (f *Field) WhenID() string { return f.ID + "-when" }

// DescribedBy returns the ids of the texts that explain the control, the error
// last, for aria-describedby.
func (f *Field) DescribedBy() string {
	ids := ""
	add := func(when bool, id string) {
		if when && ids != "" {
			ids += " "
		}
		if when {
			ids += id
		}
	}
	add(f.Under != "", f.UnderID())
	add(f.Error != "", f.ErrorID())
	return ids
}

// FocusID is the id of the element to go to in order to answer the field: the
// first box of a group, else the control itself.
func (f *Field) FocusID() string {
	if f.Grouped() && len(f.Choices) > 0 {
		return f.ChoiceID(0)
	}
	if c := f.Control(); c == ControlYesNo || c == ControlMaybe {
		return f.ID + "-yes"
	}
	return f.ID
}

// ChoiceID is the id of the nth choice's control.
func (f *Field) ChoiceID(n int) string {
	if id := f.Choices[n].ID; id != "" {
		return id
	}
	return f.ID + "-" + strconv.Itoa(n)
}

// Posted returns the value of the choice that a posted text means: by its
// value or, as a combobox posts without scripts, by its label. A text that
// means no choice is returned as it is.
func (f *Field) Posted(text string) string {
	for _, c := range f.Choices {
		if c.Value == text {
			return text
		}
	}
	for _, c := range f.Choices {
		if c.Text != "" && c.Text == text {
			return c.Value
		}
	}
	return text
}

// Groups returns the names of the choices' groups in order of appearance; nil
// unless every choice has one.
func (f *Field) Groups() []string {
	var names []string
	seen := map[string]bool{}
	for _, c := range f.Choices {
		if c.Group == "" {
			return nil
		}
		if !seen[c.Group] {
			seen[c.Group] = true
			names = append(names, c.Group)
		}
	}
	return names
}

// AnySelected reports whether a choice is drawn as picked.
func (f *Field) AnySelected() bool {
	for _, c := range f.Choices {
		if c.Selected {
			return true
		}
	}
	return false
}

// Accepts is what an upload may be: what the author says, or what the data type
// implies. It is written as for the accept attribute of HTML; "" is anything.
func (f *Field) Accepts() string {
	if f.Accept != "" {
		return f.Accept
	}
	switch f.Datatype {
	case "camera", "user", "environment":
		return "image/*"
	case "camcorder":
		return "video/*"
	case "microphone":
		return "audio/*"
	}
	return ""
}
