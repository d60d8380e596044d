package views

// A Notice is a page with a text and perhaps one thing to press: a
// confirmation before a link acts, the end of a session, a server's word.
type Notice struct {
	Frame   Frame
	Heading string
	Text    string   // paragraphs are separated by blank lines
	HTML    string   // safe markup, after Text
	Hidden  []Hidden // carried by the button
	Action  string   // address the button posts to; "" for no button
	Get     bool     // the button follows instead of posting
	Button  string   // "" for Continue
	Links   []Link
}

// A Hidden is an input nobody sees.
type Hidden struct{ Name, Value string }

// A Listing is a page of interviews to start, or to go on with.
type Listing struct {
	Frame   Frame
	Heading string
	Intro   string
	Groups  []Group
	Empty   string // said when there is nothing
}

// A Group of cards under a heading.
type Group struct {
	Heading string
	Cards   []Card
}

// A Card is one interview.
type Card struct {
	Title, Text string
	URL         string
	Button      string // "" for Start
	Note        string // small print: file, when it was last used
	Tags        []string
	Class       string // a further CSS class
}

// A Failure is the page of something that went wrong. For users it says what
// they can do; Detail is for authors and only set in debug mode.
type Failure struct {
	Frame   Frame
	Status  int
	Heading string
	Text    string
	HTML    string // the interview's own error help, safe markup
	Links   []Link
	Detail  *Detail
}

// Detail teaches an author where a mistake is.
type Detail struct {
	Kind    string // e.g. NameError
	Message string
	File    string
	Line    int
	Column  int
	Block   string    // id or name of the block
	Excerpt []Line    // source lines around it
	Hint    string    // what to do about it
	Chain   []Cause   // what was being done, outermost first
	Trace   []Cause   // calls inside author code, outermost first
	Values  []Binding // names that played a part, never answers
}

// A Line of source; Here marks the one at fault.
type Line struct {
	Number int
	Text   string
	Here   bool
	Mark   string // a mark below the column at fault, or ""
}

// Marked is the line, with the mark on a line below it.
func (l Line) Marked() string {
	if l.Mark == "" {
		return l.Text
	}
	return l.Text + "\n" + l.Mark
}

// A Cause is one link of the chain that led to a mistake.
type Cause struct {
	Text string
	File string
	Line int
}

// A Binding names something.
type Binding struct{ Name, Text string }
