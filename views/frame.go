package views

// Assets are the addresses of the embedded files.
type Assets struct {
	CSS    string // the theme
	Icons  string // the icon font's style sheet
	JS     string // our script
	Mark   string // the picture of the browser's tab; "" for none
	JQuery string // for authors' scripts; "" to leave it out

	// What the administrator wants on every page.

	Root       string   // path of the server on its host; "" for /
	Sheets     []string // addresses of style sheets
	Scripts    []string // addresses of scripts
	Head, Tail string   // trusted HTML for the ends of head and body
	FootClass  string   // class of the footer
	Listed     bool     // search engines may list pages
	Favicon    *Favicon // nil for our own picture, Mark
}

// A Link is somewhere to go.
type Link struct {
	Text      string
	HTML      string // safe markup instead of Text
	URL       string
	NewWindow bool
	Current   bool
}

// A Frame is what stands around the content of every page.
type Frame struct {
	Assets      Assets
	Lang        string // "" for en
	RTL         bool
	Tab         string   // title of the browser's tab
	BodyClass   string   //
	Stylesheets []string // addresses of authors' style sheets
	Styles      []string // safe <style> and <link> elements
	ScriptFiles []string // addresses of authors' scripts
	CSRF        string   // token for scripts
	Interview   string   // address of the interview, for scripts; "" elsewhere
	Words       func(string) string
	Skip        string // id of what the skip link leads to; "" for main
	Bar         Bar
	NoBar       bool
	Footer      string // safe markup
	Pre, Submit string // trusted HTML above the content of a page of the server's own, and at its end
	Post        string // the same, below the content
	NavHTML     string // trusted HTML: further items of the header
	Tail        string // trusted HTML for the end of the body
	Tags        []Tag  // meta elements
	Left        bool   // content is not centred
	Wide        bool   // content may be wider than a text
	NoIndex     bool
	Refresh     string // content of the <meta> that has browsers without scripts load the page again; "" for none
}

// Bar is the header of a page.
type Bar struct {
	Title, Short string
	LogoHTML     string // safe markup instead of Title
	ShortHTML    string
	TitleURL     string
	NewWindow    bool
	Brand        string
	Inverse      bool
}

// Word translates a phrase of the server's own.
func (f *Frame) Word(phrase string) string {
	if f.Words == nil {
		return phrase
	}
	return f.Words(phrase)
}

func (f *Frame) lang() string {
	if f.Lang == "" {
		return "en"
	}
	return f.Lang
}

func (f *Frame) dir() string {
	if f.RTL {
		return "rtl"
	}
	return "ltr"
}

func (f *Frame) skip() string {
	if f.Skip == "" {
		return "main"
	}
	return f.Skip
}

// htmxConfig is what the page tells htmx: no eval, no styles of its own, no
// pages kept in the browser, refused forms (422) and faults are shown.
const htmxConfig = `{"allowEval":false,"includeIndicatorStyles":false,"historyCacheSize":0,"refreshOnHistoryMiss":true,` +
	`"selfRequestsOnly":true,"scrollBehavior":"auto","responseHandling":[{"code":"204","swap":false},{"code":"[23]..","swap":true},` +
	`{"code":"422","swap":true},{"code":"[45]..","swap":false,"error":true}]}`
