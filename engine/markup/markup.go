package markup

// A Span is a range of bytes, From included, To excluded.
type Span struct{ From, To int }

// A Text is what an author wrote, with the stretches typed by people marked.
// Spans are byte offsets into S in ascending order; overlapping or adjacent
// ones are merged, those outside S are clipped.
type Text struct {
	S       string
	Outside []Span
}

// Author returns a text without outside spans.
func Author(s string) Text { return Text{S: s} }

// Options say where a text will stand and what it may refer to. The zero value
// renders a block of author Markdown without files, icons or terms.
type Options struct {
	// Trim removes the paragraph tag around a single paragraph and joins
	// several paragraphs by a space: for titles, labels, choices.
	Trim bool
	// Inline leaves no block element at all (for buttons and attributes); it
	// implies Trim.
	Inline bool
	// HTMLOnly says that the author wrote HTML and no Markdown.
	HTMLOnly bool
	// UserMarkdown lets Markdown in outside spans work. HTML, bracket markup,
	// icons, terms and attribute lists in them still do not.
	UserMarkdown bool
	// OutsideBreaks shows a newline typed by a person as <br> where it stands
	// in running text. Off, it is a blank like any other.
	OutsideBreaks bool
	// Fields allows [FIELD name]; elsewhere the tag stays text.
	Fields bool
	// Prefix makes element ids unique when several texts share a page.
	Prefix string
	// TableClass and TheadClass are put on Markdown tables; an empty
	// TableClass means "table table-striped".
	TableClass, TheadClass string
	// Hosts are our own origins ("https://host:port"); absolute links to them
	// count as internal.
	Hosts []string
	// FilePaths are path prefixes that serve files; internal links to them
	// open a new tab. Nil means the usual ones (DefaultFilePaths).
	FilePaths []string
	Files     FileResolver        // resolves [FILE] and [EMOJI]; nil: no files
	Icons     IconResolver        // resolves :name:; nil: icons are text
	Terms     []*TermTable        // looked up in order: question level first
	Words     func(string) string // translates the few words we add; nil: as is
}

// A Result is a rendered text and everything it asks of the page around it.
type Result struct {
	// HTML is a well-formed fragment. Embedded fields stand in it as their
	// source ("[FIELD name]"); Parts has them apart.
	HTML string
	// Parts is HTML split at embedded fields; nil when there is none.
	Parts []Part
	// Scripts were <script> elements, in order.
	Scripts []Script
	// Handlers were on...= attributes and javascript: links, in order.
	Handlers []Handler
	// Terms are the definitions used, each once, in order of first use.
	Terms []UsedTerm
	// Attributions are those of the images and icons used, each once.
	Attributions []Text
	// Targets are the names of [TARGET name], each once.
	Targets []string
	// Maps are the payloads of [MAP ...], in order.
	Maps []string
	// Frames are the origins of embedded players, for the page's policy.
	Frames []string
	// Problems tell the author what could not be done, without answers.
	Problems []string
}

// A Part is either HTML or the name of an embedded field. The HTML of a single
// part need not be balanced; that of all parts together is.
type Part struct {
	HTML  string
	Field string
}

// A Script is a script element of the author, to be emitted under the page's
// nonce. Src is empty for inline code.
type Script struct {
	Src          string
	Code         string
	Type         string // as written; empty or "module" in practice
	Async, Defer bool
}

// A Handler is an event handler lifted out of the HTML.
type Handler struct {
	Selector string // CSS selector of exactly one element of the fragment
	Event    string // "click", without "on"
	Code     string
	Link     bool // was a javascript: address: its default is always prevented
}

// A UsedTerm is a term as shown and its definition.
type UsedTerm struct {
	Term       string // its phrase, as the text has it; not what is shown for it
	Definition string // HTML
	Auto       bool   // found in the text, not marked in it
}

// FileKind says how a file is shown.
type FileKind int

// The kinds of files that [FILE] tells apart.
const (
	FileOther FileKind = iota // a link by name
	FileImage
	FileAudio
	FileVideo
	FilePDF  // first-page thumbnail linking to the file
	FileWord // like FilePDF
)

// A FileRef is what [FILE ref] or [EMOJI ref] names.
type FileRef struct {
	Ref     string
	Outside bool // part of it was typed by a person
}

// A File is what a reference resolved to.
type File struct {
	URL         string
	Name        string // file name shown when there is nothing better
	Kind        FileKind
	MIME        string
	Alt         string
	Width       string // default CSS width; empty means 300px for [FILE], 1em for [EMOJI]
	PixelWidth  int    // natural size, 0 if unknown
	PixelHeight int
	Thumbnail   string   // address of the first page, for FilePDF and FileWord
	Sources     []Source // further formats of audio and video
	Attribution Text
}

// A Source is one format of a sound or film.
type Source struct{ URL, MIME string }

// A FileResolver finds files. It returns false for unknown references.
type FileResolver interface {
	File(ref FileRef) (File, bool)
}

// An Icon is trusted HTML for an icon, without block elements.
type Icon struct {
	HTML        string
	Attribution Text
}

// An IconResolver finds the icon written :name:. It returns false for unknown
// names, which stay text.
type IconResolver interface {
	Icon(name string) (Icon, bool)
}

// A Term is a phrase (or several) and its definition.
type Term struct {
	Phrases    []string
	Definition Text // Markdown
}
