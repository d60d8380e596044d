package screen

import "strings"

// HTML is markup that is safe to send to a browser as it stands. Only the
// engine's markup makes it, from text whose outside parts were escaped.
type HTML string

// Kind says which controls a screen consists of.
type Kind string

// The kinds of screen. The text of a kind is the reference's questionType,
// but for KindMessage, which is a page of the server's own.
const (
	KindFields         Kind = "fields"          // a form of one or more fields
	KindContinue       Kind = "settrue"         // one button that sets a variable
	KindYesNo          Kind = "yesno"           // Buttons Yes and No (and perhaps "I don't know")
	KindNoYes          Kind = "noyes"           // the same, inverted
	KindYesNoMaybe     Kind = "yesnomaybe"      // with a third button
	KindNoYesMaybe     Kind = "noyesmaybe"      // inverted, with a third button
	KindMultipleChoice Kind = "multiple_choice" // one variable, Choices or Buttons: see Variety
	KindSignature      Kind = "signature"       // a canvas to sign on
	KindReview         Kind = "review"          // answers given so far, with links to change them
	KindDeadend        Kind = "deadend"         // nothing to press but links and action buttons
	KindMessage        Kind = "message"         // a text of the server and perhaps a button to go on
	KindUndefined      Kind = "undefined_variable"
)

// The varieties of a multiple choice screen.
const (
	VarietyRadio    = "radio"
	VarietyDropdown = "dropdown"
	VarietyCombobox = "combobox"
	VarietyButtons  = "buttons"
)

// A Screen is all that is needed to show one step of an interview.
type Screen struct {
	Kind    Kind
	Variety string // of a KindMultipleChoice: VarietyRadio...

	Session  Session  // whose screen it is, and where answers go
	Block    Block    // the question block that asked
	Language string   // of the block: a code, or "*" for any
	Lang     string   // of the page: an IETF code such as "en"
	RTL      bool     // the page's language is written from right to left
	Words    Phrases  // the server's own phrases in Lang
	Page     Page     // what surrounds the question
	Hidden   []Hidden // inputs that the form carries back

	Question      HTML   // the heading; may hold inline markup
	QuestionText  string // the same as plain text
	Subquestion   HTML   // text under the heading; may hold places made by Embed
	Pre           HTML   // above the heading
	Submit        HTML   // above the buttons
	Under         HTML   // below the buttons
	Post          HTML   // below everything
	Right         HTML   // beside the question
	Audio, Video  []Media
	Decoration    *Image
	Attributions  []HTML
	Fields        []Field // of KindFields and KindReview; of KindMultipleChoice and KindSignature exactly one
	Rows          *Rows   // of a list collect screen
	Grouping      bool    // Fields with a Grid share rows; false if none has one
	Buttons       []Button
	ActionButtons []Button
	HideContinue  bool  // the standard buttons are there for scripts only
	BackButton    *Back // inside the question; nil for none
	HelpButton    bool  // inside the question too
	Terms         []Term
	AutoTerms     []Term
	Help          *Help
	Attachments   *Attachments
	Tabular       string // of a Review drawn as a table: its CSS class; "" for none
	LabelsAbove   bool   // labels stand above fields on this screen
	PenColor      string // of a Signature, a CSS colour

	Invalid  bool      // the form was sent and refused: status 422
	Messages []Message // notices for the top of the screen
	Problems []string  // what is wrong with the form as a whole

	Scripts       []string       // author scripts to run when the screen is shown, without tags
	Handlers      []Handler      // on...= attributes lifted out of author HTML
	Styles        []HTML         // author CSS for the head: <style> and <link> elements
	TableClass    string         // of Markdown tables
	Reload        int            // seconds until the screen is to be asked for again; 0 for never
	CheckIn       string         // action that is called while the screen is open
	CheckInKey    string         // proves that the screen may call it
	Tasks         []Task         // background actions that are not over
	Awaits        bool           // the page is to be told when one of them is over
	Told          []string       // those that it is told of with this screen
	TrackLocation bool           // the browser's position is sent along
	Autofill      bool           // browsers may offer to fill fields in
	Metadata      any            // of the block; JSON only
	Debug         *Debug         // for authors; nil for users
	Extra         map[string]any // further keys of the JSON form
}

// Session identifies a session to the browser.
type Session struct {
	URL       string // address that takes the answers, e.g. /interview?i=...
	Interview string // name of the interview
	ID        string // session identifier
	Step      int64  // number of this step
	Steps     int    // how many steps can be gone back, this one included
	Tracker   int    // evaluations so far
	CSRF      string // token of the form
	Once      string // key that makes a double click one
	UserID    int64  // number of the account of who is signed in; 0 for a visitor
}

// Block identifies the question block of a screen.
type Block struct {
	Name      string   // unique in its interview
	ID        string   // the author's id, or ""
	GA        string   // analytics names
	Segment   string   //
	Mandatory bool     //
	Events    []string // the names that were sought
	Variable  string   // what its continue button sets besides the fields, or ""
	Source    string   // its YAML; debug only
}

// A Hidden is an input that the person does not see.
type Hidden struct{ Name, Value string }

// A Handler is an author's on...= attribute: Code runs when Event (without
// "on") happens at the element that the CSS selector ID finds, as `this`. Where
// that is a link to nowhere, the click's default is prevented.
type Handler struct{ ID, Event, Code string }

// Phrases translates the server's own phrases; a missing one is English.
type Phrases map[string]string

// Word returns phrase in the language of the screen.
func (s *Screen) Word(phrase string) string { return s.Words.Word(phrase) }

// Word returns phrase as p has it, or as it is.
func (p Phrases) Word(phrase string) string {
	if w, ok := p[phrase]; ok {
		return w
	}
	return phrase
}

// Dir returns "rtl" or "ltr", the writing direction of the page.
func (s *Screen) Dir() string {
	if s.RTL {
		return "rtl"
	}
	return "ltr"
}

// CanGoBack reports whether there is a step to go back to and the screen allows it.
func (s *Screen) CanGoBack() bool { return s.Page.AllowBack && s.Session.Steps > 1 }

// Standard returns the buttons that answer the question. Where the engine
// named none and the kind of screen needs one, it is Continue (or Resume).
func (s *Screen) Standard() []Button {
	if len(s.Buttons) > 0 {
		return s.Buttons
	}
	switch s.Kind {
	case KindFields, KindContinue, KindSignature:
		return []Button{{Kind: Submit, Text: s.Word("Continue"), Color: "primary"}}
	case KindReview:
		return []Button{{Kind: Submit, Text: s.Word("Resume"), Color: "primary"}}
	case KindMultipleChoice:
		if s.Variety != VarietyButtons {
			return []Button{{Kind: Submit, Text: s.Word("Continue"), Color: "primary"}}
		}
	}
	return nil
}

// HasForm reports whether the screen has anything to send.
func (s *Screen) HasForm() bool {
	switch s.Kind {
	case KindDeadend, KindMessage, KindUndefined:
		return s.submits()
	}
	return true
}

func (s *Screen) submits() bool {
	for _, b := range s.Buttons {
		if b.Kind == Submit {
			return true
		}
	}
	return false
}

// HasUploads reports whether the form must be sent as multipart.
func (s *Screen) HasUploads() bool {
	if s.Kind == KindSignature {
		return true
	}
	for f := range s.Inputs() {
		if f.Control() == ControlFile {
			return true
		}
	}
	return false
}

// A Problem is a line of the error summary: what is wrong, and the id of the
// control where it can be put right ("" if with the form as a whole).
type Problem struct{ ID, Label, Text string }

// ErrorSummary lists everything that is wrong with the form, whole form first.
func (s *Screen) ErrorSummary() []Problem {
	var all []Problem
	for _, p := range s.Problems {
		all = append(all, Problem{Text: p})
	}
	for f := range s.Inputs() {
		if f.Error != "" {
			all = append(all, Problem{ID: f.FocusID(), Label: f.LabelText, Text: f.Error})
		}
	}
	return all
}

// Inputs yields every field that is drawn, those of list collect rows too.
func (s *Screen) Inputs() func(yield func(*Field) bool) {
	return func(yield func(*Field) bool) {
		for i := range s.Fields {
			if !s.Fields[i].Inactive && !yield(&s.Fields[i]) {
				return
			}
		}
		if s.Rows == nil {
			return
		}
		for r := range s.Rows.Rows {
			for i := range s.Rows.Rows[r].Fields {
				if f := &s.Rows.Rows[r].Fields[i]; !f.Inactive && !yield(f) {
					return
				}
			}
		}
	}
}

const embedBefore, embedAfter = `<span data-embed="`, `"></span>`

// Embed is the place in a Subquestion or note at which the field of the given
// number is to be drawn. Number holds digits and underscores only.
func Embed(number string) HTML { return HTML(embedBefore + number + embedAfter) }

// A Piece is a part of a text with embedded fields: markup, then the number
// of the field that follows it, "" at the end.
type Piece struct {
	HTML  HTML
	Field string
}

// Pieces takes a text apart at the places made by Embed.
func Pieces(h HTML) []Piece {
	var ps []Piece
	rest := string(h)
	for {
		before, after, found := strings.Cut(rest, embedBefore)
		number, tail, closed := strings.Cut(after, embedAfter)
		if !found || !closed || !isNumber(number) {
			return append(ps, Piece{HTML: HTML(rest)})
		}
		ps = append(ps, Piece{HTML: HTML(before), Field: number})
		rest = tail
	}
}

func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789_") == ""
}

// FieldNumbered returns the field with that number, or nil.
func (s *Screen) FieldNumbered(number string) *Field {
	for f := range s.Inputs() {
		if f.Number == number {
			return f
		}
	}
	return nil
}
