// Package assemble makes the files of a document.
//
// A document goes through two stages. Package ask plans it: every expression,
// Mako text and name of an attachment is evaluated in the documented order, and
// what is missing is asked for. The result is a Plan. Render, here, makes the
// bytes of one format of a plan. It is the only place that knows which renderer
// makes what: engine/doc with engine/pdf, engine/rtf and engine/docx for
// documents written in Markdown, engine/docx/template for Word templates,
// engine/pdf for forms.
//
// Rendering is pure but for Word templates: their tags are Jinja and are
// evaluated while they are rendered, after all attachments of a block are
// planned, as the documentation has it. A name that is missing then surfaces as
// the error that seeks it, as it does from planning.
//
// The same plan gives the same bytes, so that a document that has not changed
// keeps its file. Left to others: what is kept of a file and under which number
// (ask), how it is shown (views), sent (handlers) and mailed (words).
package assemble

import (
	"colloquy/engine/python"
)

// A Kind says what a document is made of.
type Kind int

// The kinds of documents. Documents that are files already have no plan.
const (
	Markdown Kind = iota // Content
	Word                 // Templates, Fields
	Form                 // the first of Templates, Fields
	Raw                  // Content, as it is
)

// A Plan is one attachment, evaluated.
type Plan struct {
	Kind        Kind
	Name        string // as plain text
	Filename    string // without extension
	Description string
	Content     *python.Str // Markdown and Raw; knows what people typed
	Metadata    []Metadatum // of Markdown
	Templates   []Template  // Word: one or more, to be joined; Form: one
	Fields      []Field     // in order; the last one of a name wins
	// Live says that a Word template sees the names of the interview as they
	// are ("auto"); else it sees a copy of them under Fields ("manual").
	Live    bool
	Options Options

	// Thread and Names are what Word templates are evaluated with, and how the
	// values of fields that are objects are turned into text or files.
	Thread *python.Thread
	Names  *python.Namespace
	// File finds a picture or document that the text or a field refers to: the
	// number of a file of the session, package:data/static/x.png, or the name
	// of an image of the interview.
	File func(ref string) (File, error)

	// Warnings are what rendering found for the author: fields that the
	// template lacks, texts that do not fit. They hold no answers.
	Warnings []string
}

// SetMetadata sets one of the settings of a document written in Markdown.
func (p *Plan) SetMetadata(key string, value any) {
	for i := range p.Metadata {
		if p.Metadata[i].Key == key {
			p.Metadata[i].Value = value
			return
		}
	}
	p.Metadata = append(p.Metadata, Metadatum{key, value})
}

// A Metadatum is one of the settings of a document written in Markdown. Value
// is a *python.Str, a []*python.Str or a bool.
type Metadatum struct {
	Key   string
	Value any
}

// A Template is a file that a document is made from.
type Template struct {
	Name    string // as the author wrote it, for messages
	Content []byte
	// Static says that the file came with a package; one that was uploaded or
	// made is inserted and not evaluated.
	Static bool
}

// A Field is a value for a template. Value is text unless it is to be taken as
// it is: True, False, None, a number, a list or mapping of these (Word), a file.
type Field struct {
	Name  string
	Value python.Value
	// Raw says that the value is not to be turned into text.
	Raw bool
}

// Options are the settings of an attachment that are not content. A nil text
// was not written; "" is meaningful for passwords.
type Options struct {
	Language      string // in which the document is written
	Editable      bool   // Form: the fields stay fields
	SkipUndefined bool   // names that are missing are empty
	// DecimalPlaces is how many digits numbers have after the point, -1 for as
	// they come. Values of Fields are rounded already; it serves Word tags.
	DecimalPlaces    int
	ExportValue      string // Form: what a checked box without states of its own says; "" for Yes
	RenderingFont    string
	HyperlinkStyle   string
	UpdateReferences bool
	PDFA, Tagged     bool
	Redact           bool // redact() blackens

	TemplatePassword, Password, OwnerPassword *string
	Reference                                 []byte // docx reference file; nil for none
}

// A File is what a document refers to.
type File struct {
	Name    string
	MIME    string
	Content []byte
}

// Unsupported is why a format of a document cannot be made on this server. The
// other formats can.
type Unsupported struct {
	Reason string // for authors: what is asked for and what to do
}

// Error gives the reason.
func (u *Unsupported) Error() string { return u.Reason }
