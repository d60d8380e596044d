package screen

// Page is what stands around the question.
type Page struct {
	Title            string // in the bar
	ShortTitle       string // the same on small screens; "" for Title
	TabTitle         string // of the browser's tab; "" for Title
	Subtitle         string
	Logo, ShortLogo  HTML // instead of the titles
	TitleURL         string
	TitleNewWindow   bool
	NavHTML          HTML // further items of the bar
	Footer           HTML
	ExitLabel        string
	ExitLink         string // exit, leave, logout, exit_logout; "" for none
	ExitURL          string
	CSSClass         string // of the body: the author's, and question-ID
	AllowBack        bool   // this screen may be left backwards
	CornerBack       bool   // Back in the bar
	CornerBackLabel  string // "" for Back
	Progress         *float64
	ShowProgress     bool
	ShowPercentage   bool
	Nav              *Nav
	Menu             []MenuItem // the author's items, then the server's
	HideBar          bool
	HideMenu         bool
	Inverse          bool
	OutlineButtons   bool   // buttons have no fill
	ButtonSize       string // large, medium or small; "" for medium
	LeftAligned      bool
	WideSideBySide   bool
	Brand            string
	Tags             []Tag    // what other sites are told of the page
	Stylesheets      []string // addresses of the author's
	ScriptFiles      []string // addresses of the author's
	Login            *MenuItem
	CheckinInterval  int    // milliseconds; 0 for never
	CheckinURL       string // address of the background check
	PopoverTrigger   string
	SendQuestionData bool // scripts may read the JSON form
}

// A Tag is a meta element of the page's head.
type Tag struct{ Name, Text string }

// A MenuItem is an entry of the menu.
type MenuItem struct {
	Label     HTML
	Text      string
	URL       string
	NewWindow bool
	Current   bool
	Server    bool // the server's, not the author's: not part of the JSON form
}

// Nav is the navigation by sections.
type Nav struct {
	Sections   []Section
	Horizontal bool
	Small      string // on small screens: "", "dropdown" or "none"
}

// A Section is an entry of the navigation.
type Section struct {
	ID       string
	Label    HTML
	Text     string
	URL      string // "" if it cannot be visited
	Current  bool
	Visited  bool
	Disabled bool
	Open     bool // its subsections are shown
	Sub      []Section
}

// ButtonKind says what pressing a button does.
type ButtonKind string

// The kinds of button.
const (
	Submit ButtonKind = "submit" // sends the form with Name and Value
	Link   ButtonKind = "link"   // follows URL
	Action ButtonKind = "action" // follows URL, an action of this session
)

// A Button can be pressed.
type Button struct {
	Kind        ButtonKind
	ID          string
	Name, Value string
	Label       HTML
	Text        string // the label as plain text
	Color       string // primary, secondary, success, ...; "" for primary
	Icon        string // name of an icon, or ""
	Image       *Image
	Help        HTML
	Class       string
	URL         string
	Target      string // window; "" for this one
	Before      bool   // stands before the standard buttons
	Disabled    bool
	Skip        bool   // sends the form without its answers being checked by the browser
	Action      string // name of the action; JSON only
	Forget      bool   // JSON only
	Special     string // restart, exit...: JSON only
	JSONValue   any    // value in the JSON form of a choice; nil means Value
	Variable    string // as an author writes it; JSON only
	Written     string // the label of a choice before Markdown; JSON only
	Default     bool
}

// Back is a way to the screen before.
type Back struct {
	Label string
	Color string
}

// Image is a picture.
type Image struct {
	URL    string
	Alt    string
	Icon   string // name of an icon, instead of URL
	Width  string // CSS length
	Height string
}

// Media is a sound or a film, or the address of a player.
type Media struct {
	URL      string
	MIME     string // "" for the page of a player
	Subtitle string
}

// A Term is a word with its definition.
type Term struct {
	Name       string
	Definition HTML
	ID         string // of its entry in the list of definitions
}

// Help is what the help part of the screen says.
type Help struct {
	Label    string // of the control that opens it; "" for Help
	Title    string // what that control says it is for
	Specific bool   // there is help on this question, not only on the interview
	Back     string // label of the way back to the question
	Question []HelpText
	General  []HelpText
}

// A HelpText is one text of the help.
type HelpText struct {
	Label        string
	Heading      string
	Content      HTML
	Audio, Video []Media
}

// Priority of a message: success, info, warning, danger, primary, secondary...
type Priority string

// A Message is a notice.
type Message struct {
	Priority Priority
	Text     HTML
}

// Attachments are the documents of a screen.
type Attachments struct {
	Notice    bool // say that documents were made
	Documents []Document
	Manual    bool // the author lists them in the text
	ZIP       *ZIPForm
	Download  bool // the download part is wanted
	Describe  bool // say what the formats are for
	Email     *EmailForm
}

// A Document is an attachment in one or more formats.
type Document struct {
	Name        HTML
	NameText    string
	Description HTML
	Filename    string // without extension
	Variable    string
	Formats     []Format
	Preview     HTML
	Markdown    string
	Valid       []string // formats the author asked for; JSON only
}

// Files reports whether there is any file to be sent or downloaded.
func (a *Attachments) Files() bool {
	for i := range a.Documents {
		for j := range a.Documents[i].Formats {
			if !a.Documents[i].Formats[j].Failed {
				return true
			}
		}
	}
	return false
}

// Has reports whether there is a file of this format.
func (d *Document) Has(kind string) bool {
	for i := range d.Formats {
		if d.Formats[i].Kind == kind && !d.Formats[i].Failed {
			return true
		}
	}
	return false
}

// A Format is one file of a document.
type Format struct {
	Kind     string // pdf, rtf, docx, md, raw, tex, or the extension of a file that the author added
	URL      string
	Filename string
	Number   int64
	Size     int64  // bytes; 0 if it is not known
	Pages    int64  // of a PDF file; 0 if it is not known
	Manual   bool   // a file that the author added
	Failed   bool   // it could not be made: there is no URL
	Problem  string // why, for authors
	Content  string // JSON only
	Markdown string // JSON only
}

// EmailForm sends the documents away.
type EmailForm struct {
	Address  string
	Editable string // label of the box that asks for files to change; "" for none
	Always   bool   // these are sent without asking
	Name     string
}

// ZIPForm downloads all documents in one file.
type ZIPForm struct {
	Editable string // as in EmailForm
	Always   bool
}

// Debug is what an author may see about a screen.
type Debug struct {
	Source  string // the block's YAML
	File    string
	Line    int
	Chain   []Why // why this question is asked, outermost first
	Links   []MenuItem
	Reading string // readability
}

// A Why is a link of the chain that led to a question.
type Why struct {
	Name string // what was sought
	File string
	Line int
	Text string
}
