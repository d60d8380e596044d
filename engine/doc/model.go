package doc

// A Document is what a writer puts down. It is plain data: nothing in it
// depends on the format, the clock or the machine. All lengths are points
// (1/72 inch).
type Document struct {
	Meta     Meta
	Page     Page
	Blocks   []Block
	Warnings []Warning // what the author should know; nothing that people typed
}

// Meta describes the document as a whole.
type Meta struct {
	Title       string   // plain text, for the document information
	Authors     []string // plain text
	Subject     string
	Keywords    string
	Language    string // BCP 47, such as "en" or "pt-BR"; empty if unknown
	RightToLeft bool   // metadata dir: rtl, or a language so written
}

// A Warning is something in the source that has no effect or could not be done.
type Warning struct {
	Line int // in the source, from 1; 0 if it is about metadata
	Text string
}

// A Page says how pages look.
type Page struct {
	Width, Height                float64
	Top, Right, Bottom, Left     float64 // margins
	Size                         float64 // of body text
	Family                       Family
	MainFont, SansFont, MonoFont string  // names the author asked for; writers without them use their own
	Header, Footer               Band    // on every page but the first
	FirstHeader, FirstFooter     Band    // on the first
	FooterSkip                   float64 // from the text to the footer; 0 for the writer's own
	Watermark                    string  // plain text across every page
	LinkColor                    Color   // of links in the text
	LinkNotes                    bool    // addresses of links also as notes
}

// TextWidth is the width between the margins.
func (p Page) TextWidth() float64 { return p.Width - p.Left - p.Right }

// TextHeight is the height between the margins.
func (p Page) TextHeight() float64 { return p.Height - p.Top - p.Bottom }

// A Band is what stands above or below the text of a page.
type Band struct{ Left, Center, Right []Inline }

// Empty says that there is nothing in the band.
func (b Band) Empty() bool { return len(b.Left)+len(b.Center)+len(b.Right) == 0 }

// A Family is the kind of type that text is set in.
type Family uint8

// Families of type.
const (
	Serif Family = iota
	Sans
)

// A Color is red, green and blue.
type Color struct{ R, G, B uint8 }

// An Align says where the lines of a paragraph stand.
type Align uint8

// Alignments.
const (
	Left Align = iota
	Center
	Right
)

// A Look is how a paragraph stands on the page. Left and Right are measured
// from the edges of the frame (the text area, a table cell or a column), so
// whatever the paragraph is nested in is already part of them.
type Look struct {
	Align        Align
	Left, Right  float64
	Size         float64 // of the text; 0 for that of the page
	First        float64 // further indent of the first line; may be negative
	Pitch        float64 // 1 single, 1.5, 2 double, 3
	Before       float64 // space above; added to the space below what precedes
	After        float64 // space below
	Border       bool    // boxed with the bordered neighbours
	KeepNext     bool    // on the page of what follows
	KeepTogether bool    // all lines on one page
}

// Leading is the distance between the lines of a paragraph on a page.
func (l Look) Leading(p Page) float64 { return max(l.Pitch, 1.2) * l.FontSize(p) }

// FontSize is the size of a paragraph's text on a page.
func (l Look) FontSize(p Page) float64 {
	if l.Size > 0 {
		return l.Size
	}
	return p.Size
}

// A Block is one of *Paragraph, *Heading, *List, *Definitions, *Table,
// *Columns, *Quote, *Code, *Rule, *Space, *PageBreak, *Contents.
type Block interface{ block() }

// A Role is what a paragraph is for.
type Role uint8

// Roles of paragraphs.
const (
	Body Role = iota
	Title
	Subtitle
	Author
	Date
	Abstract
	Term // of a definition list
	Caption
)

// A Paragraph is text.
type Paragraph struct {
	Role    Role
	Look    Look
	Content []Inline
}

// A Heading begins a section.
type Heading struct {
	Level   int    // from 1
	ID      string // for links; unique
	Number  string // such as "II."; empty if unnumbered
	Look    Look
	Content []Inline
}

// A Numbering is the kind of figures of an ordered list.
type Numbering uint8

// Numberings of lists.
const (
	Bullets Numbering = iota
	Decimal
	LowerAlpha
	UpperAlpha
	LowerRoman
	UpperRoman
)

// A Delimiter is what stands around the number of a list item.
type Delimiter uint8

// Delimiters of numbers.
const (
	Period Delimiter = iota
	OneParen
	TwoParens
)

// A List is a list, ordered or not. The first block of every item is a
// *Paragraph: its first line begins with the label, at Look.Left + Look.First,
// and goes on at TextAt.
type List struct {
	Numbering Numbering
	Delimiter Delimiter
	Start     int
	Depth     int     // of nesting, from 0
	TextAt    float64 // where text begins after a label, from the edge of the frame
	Items     []Item
}

// An Item is an item of a list.
type Item struct {
	Blocks []Block
}

// Definitions is a list of terms and what they mean.
type Definitions struct{ Entries []Definition }

// A Definition is a term and its meanings.
type Definition struct {
	Terms  []*Paragraph
	Bodies [][]Block
}

// A Table is a table of data.
type Table struct {
	Columns []Column
	Head    []Row // repeated on every page
	Rows    []Row
	Caption *Paragraph // nil if there is none
	Left    float64    // indent from the edge of the frame
}

// A Column is a column of a table.
type Column struct {
	Align Align
	Width float64 // share of the text width; 0 for as wide as needed
}

// A Row is a row of a table.
type Row struct{ Cells []Cell }

// A Cell is a cell of a table.
type Cell struct{ Blocks []Block }

// Columns are two columns side by side: a caption or [BEGIN_TWOCOL].
type Columns struct {
	Cols [2][]Block
	Line bool // between the columns
}

// A Quote is a block quotation. Its blocks are indented already.
type Quote struct{ Blocks []Block }

// Code is text set as it is.
type Code struct {
	Text string
	Left float64
}

// A Rule is a line across the text.
type Rule struct{}

// Space is empty space.
type Space struct{ Height float64 }

// A PageBreak begins a new page.
type PageBreak struct{}

// Contents is where the table of contents stands.
type Contents struct{ Depth int }

func (*Paragraph) block()   {}
func (*Heading) block()     {}
func (*List) block()        {}
func (*Definitions) block() {}
func (*Table) block()       {}
func (*Columns) block()     {}
func (*Quote) block()       {}
func (*Code) block()        {}
func (*Rule) block()        {}
func (*Space) block()       {}
func (*PageBreak) block()   {}
func (*Contents) block()    {}

// An Inline is one of *Text, *Break, *Tab, *Blank, *Fill, *Box, *Image, *Note,
// *Field, *Bar, *Anchor.
type Inline interface{ inline() }

// A Style is how a run of text looks.
type Style struct {
	Bold, Italic, Underline, Strike, Code, Sub, Sup, SmallCaps bool
}

// Text is a run of text of one style.
type Text struct {
	Text  string
	Style Style
	Link  string // an address, or "#" and the ID of a heading or anchor; empty for none
}

// A Break ends the line.
type Break struct{}

// A Tab goes to the next half inch.
type Tab struct{}

// A Blank is a rule to write on.
type Blank struct{ Width float64 }

// A Fill takes what is left of the line.
type Fill struct{ Rule bool } // Rule: a line is drawn, to write on

// A Box is a box to tick.
type Box struct{ Checked bool }

// An Image is a picture in the line.
type Image struct {
	Media         *Media
	Width, Height float64
	Alt           string
	Link          string
	Icon          bool // as high as the text around it, standing on its line
}

// A Media is the bytes of a picture. One file used twice is one Media.
type Media struct {
	Name   string // the first reference to it
	Type   string // "image/png" or "image/jpeg"
	Data   []byte
	Width  int // pixels
	Height int
}

// A Note is a footnote; its mark stands where it is.
type Note struct{ Blocks []Block }

// A FieldKind is what a Field counts.
type FieldKind uint8

// Fields.
const (
	PageNumber FieldKind = iota
	PageCount
	SectionNumber
)

// A Field is a number that the writer or the reader's program works out.
type Field struct {
	Kind  FieldKind
	Style Style
}

// A Bar is where a word was redacted; nothing of the word is left. Units is
// its width in letters, one of three, so that it says little about the word.
type Bar struct{ Units int }

// An Anchor is what links point to.
type Anchor struct{ ID string }

func (*Text) inline()   {}
func (*Break) inline()  {}
func (*Tab) inline()    {}
func (*Blank) inline()  {}
func (*Fill) inline()   {}
func (*Box) inline()    {}
func (*Image) inline()  {}
func (*Note) inline()   {}
func (*Field) inline()  {}
func (*Bar) inline()    {}
func (*Anchor) inline() {}
