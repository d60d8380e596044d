package config

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"colloquy/engine/spelling"
)

// Look says how pages look.
type Look struct {
	Title      string   // default title: of interviews without one; default BrandName
	ShortTitle string   // default short title: the same on small screens
	Theme      string   // bootstrap theme: a further style sheet, as StyleSheets
	Inverse    bool     // inverse navbar: the header is dark
	Wide       bool     // admin full width: the server's own pages take the whole width
	Styles     []string // global css: static files of packages, or addresses
	Scripts    []string // global javascript: the same
	RawHead    string   // raw global css: HTML for the end of the head
	RawBody    string   // raw global javascript: HTML for the end of the body
	FootClass  string   // footer css class
	TableClass string   // table css class: of Markdown tables

	ButtonStyle  string            // button style: normal or outline
	ButtonSize   string            // button size: large, medium or small
	ButtonColors map[string]string // button colors: by what a button does
}

func lookKeys() []field[Config] {
	return []field[Config]{
		line("appname", "Our Clinic", "What the server calls itself in mails.", func(c *Config) *string { return &c.AppName }),
		line("brandname", "Our Clinic", "What pages show in the header. Default: `appname`.", func(c *Config) *string { return &c.BrandName }),
		line("default title", "Questions", "Title of interviews that set none. Default: `brandname`.", func(c *Config) *string { return &c.Look.Title }),
		line("default short title", "Questions", "The same on small screens.", func(c *Config) *string { return &c.Look.ShortTitle }),
		line("bootstrap theme", "clinic.looks:data/static/theme.css", "A style sheet laid over ours: a static file of a package, or an address.",
			func(c *Config) *string { return &c.Look.Theme }),
		yesNo("inverse navbar", "true", "The header is dark.", func(c *Config) *bool { return &c.Look.Inverse }),
		yesNo("admin full width", "true", "The server's own pages take the whole width.", func(c *Config) *bool { return &c.Look.Wide }),
		lines("global css", "[clinic.looks:data/static/all.css]", "Style sheets for every page: static files of packages, or addresses.",
			func(c *Config) *[]string { return &c.Look.Styles }),
		lines("global javascript", "[clinic.looks:data/static/all.js]", "Scripts for every page: static files of packages, or addresses.",
			func(c *Config) *[]string { return &c.Look.Scripts }),
		line("raw global css", "'<style>.bar { border: 0 }</style>'", "HTML for the end of the head of every page.", func(c *Config) *string { return &c.Look.RawHead }),
		line("raw global javascript", "'<script>console.log(1)</script>'", "HTML for the end of the body of every page; scripts in it are let through.",
			func(c *Config) *string { return &c.Look.RawBody }),
		line("button style", "outline", "normal, or outline for buttons without a fill.", func(c *Config) *string { return &c.Look.ButtonStyle }, oneOf("normal", "outline")),
		line("button size", "large", "large, medium or small.", func(c *Config) *string { return &c.Look.ButtonSize }, oneOf("large", "medium", "small")),
		{name: "button colors", read: readColors, place: func(c *Config) any { return &c.Look.ButtonColors }, example: "\n  continue: success\n  answer no: danger",
			about: "Colours of buttons by what they do: primary, secondary, success, danger, warning, info, light, dark or link for continue, resume, answer yes, " +
				"answer no, answer maybe, review, back, restart, exit, leave, logout, signin, register, new session."},
		line("footer css class", "bg-light", "Class of the footer.", func(c *Config) *string { return &c.Look.FootClass }, checkClasses),
		line("table css class", "table table-bordered", "Class of tables in Markdown.", func(c *Config) *string { return &c.Look.TableClass }),
	}
}

// ByLanguage holds a text in several languages; "*" stands for any.
type ByLanguage map[string]string

// In gives the text for a language: that language's, else that of any, else of
// the server's own language.
func (t ByLanguage) In(language, own string) string {
	for _, l := range []string{language, "*", own} {
		if s, ok := t[l]; ok {
			return s
		}
	}
	return ""
}

// mainParts are the parts of interview pages that "main page ..." sets for all.
var mainParts = []string{
	"back button label", "continue button label", "corner back button label", "exit label", "exit link", "exit url", "footer",
	"help label", "logo", "navigation bar html", "post", "pre", "resume button label", "right", "short logo", "short title", "submit",
	"subtitle", "title", "title url", "title url opens in other window", "under",
}

// serverPages are the server's own pages, and their parts.
var (
	serverPages = []string{"start page", "interview page", "login page", "register page", "profile page", "change password page", "forgot password page",
		"reset password page", "404 page", "error page"}
	pageParts = []string{"tab title", "title", "heading", "pre", "submit", "post", "footer", "navigation bar html", "extra css", "extra javascript"}
)

// Text gives a text that pages are made of, by the name of its key ("main page
// footer", "start page heading"), or "".
func (c *Config) Text(key, language string) string { return c.Texts[key].In(language, c.Language) }

func textKeys() []field[Config] {
	all := []field[Config]{textKey("global footer", "'Our Clinic, 1 High Street'",
		"HTML at the foot of every page. This and all keys below can also be mappings of languages to texts; * stands for any language.")}
	about := "Parts of interview pages, unless the interview has its own: HTML, or plain text for titles and labels."
	for _, part := range mainParts {
		all = append(all, textKey("main page "+part, mainExamples[part], about))
		about = ""
	}
	for _, page := range serverPages {
		about := "The " + pageNames[page] + "."
		for _, part := range pageParts {
			all = append(all, textKey(page+" "+part, pageExamples[part], about))
			about = ""
		}
	}
	return all
}

var pageNames = map[string]string{"start page": "list of interviews", "interview page": "list of the interviews that somebody has begun",
	"login page": "page to sign in", "register page": "page to register", "profile page": "page with one's profile", "change password page": "page to change the password",
	"forgot password page": "page to ask for a new password", "reset password page": "page to set a new password",
	"404 page": "page that says not found", "error page": "page that says what went wrong"}

var mainExamples = map[string]string{
	"back button label": "Back", "continue button label": "Go on", "corner back button label": "Back", "exit label": "Leave", "exit link": "leave",
	"exit url": "https://www.example.org/", "footer": "'Questions? Call 555 0100.'", "help label": "Help",
	"logo": "'<img src=\"/packagestatic/clinic.looks/logo.svg\" alt=\"Our Clinic\">'", "navigation bar html": "'<li><a href=\"/list\">All interviews</a></li>'",
	"post": "<p>Below everything</p>", "pre": "<p>Above the question</p>", "resume button label": "Go on", "right": "<p>Beside the question</p>",
	"short logo": "'<img src=\"/packagestatic/clinic.looks/small.svg\" alt=\"Our Clinic\">'", "short title": "Clinic", "submit": "<p>Above the buttons</p>",
	"subtitle": "Free of charge", "title": "Our Clinic", "title url": "https://www.example.org/", "title url opens in other window": "false",
	"under": "<p>Below the buttons</p>",
}

var pageExamples = map[string]string{
	"tab title": "Our Clinic", "title": "Our Clinic", "heading": "What can we do for you?", "pre": "<p>Above the content</p>", "submit": "<p>Before the end of the content</p>",
	"post": "<p>Below the content</p>", "footer": "'Our Clinic, 1 High Street'", "navigation bar html": "'<li><a href=\"/list\">All interviews</a></li>'",
	"extra css": "'<style>.tile { border: 0 }</style>'", "extra javascript": "'<script>console.log(1)</script>'",
}

// textKey is a key with a text, or a mapping of languages to texts.
func textKey(name, example, about string) field[Config] {
	read := func(r *reader, key string, n *node, c *Config) {
		if t, ok := r.byLanguage(key, n); ok {
			c.Texts[name] = t
		}
	}
	return field[Config]{name: name, read: read, show: func(c *Config) any { return c.Texts[name] }, example: example, about: about}
}

// byLanguage reads a text, or a mapping of languages to texts.
func (r *reader) byLanguage(key string, n *node) (ByLanguage, bool) {
	if n.Kind != yaml.MappingNode {
		s, ok := r.textOrFlag(key, n)
		return ByLanguage{"*": s}, ok
	}
	all := ByLanguage{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		lang := n.Content[i].Value
		if wrong := checkLanguage(lang); lang != "*" && wrong != "" {
			r.fault(n.Content[i], join(key, lang), "%s, or * for any language", wrong)
			return nil, false
		}
		s, ok := r.textOrFlag(join(key, lang), target(n.Content[i+1]))
		if !ok {
			return nil, false
		}
		all[lang] = s
	}
	return all, true
}

// textOrFlag reads a text; true and false are texts, too ("footer: false").
func (r *reader) textOrFlag(key string, n *node) (string, bool) {
	if kindOf(n) == isBool {
		return strings.ToUpper(n.Value[:1]) + strings.ToLower(n.Value[1:]), true
	}
	return r.text(key, n)
}

// readLanguageMap reads a mapping of languages to languages.
func readLanguageMap(r *reader, key string, n *node, c *Config) {
	if n.Kind != yaml.MappingNode {
		r.fault(n, key, "must be a mapping of languages to languages, such as {hs: hr}, not %s", kindOf(n))
		return
	}
	c.DatesMap = map[string]string{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		from := n.Content[i].Value
		if to, ok := r.text(join(key, from), target(n.Content[i+1])); ok {
			c.DatesMap[from] = to
		}
	}
}

// buttonColors are the colours that there are classes for; buttonKinds what
// buttons do, and docassemble's kinds that are on pages that are not here.
var (
	buttonColors = []string{"primary", "secondary", "success", "danger", "warning", "info", "light", "dark", "link"}
	buttonKinds  = []string{"continue", "resume", "answer yes", "answer no", "answer maybe", "review", "back", "restart", "exit", "leave", "logout", "signin",
		"register", "new session", "send", "download", "navigation bar login", "labelauty", "labelauty nota", "labelauty aota", "add", "edit", "clear",
		"delete", "undelete", "reorder", "help", "question help", "back to question", "refresh", "url"}
)

// readColors reads a mapping of kinds of buttons to colours.
func readColors(r *reader, key string, n *node, c *Config) {
	if n.Kind != yaml.MappingNode {
		r.fault(n, key, "must be a mapping of kinds of buttons to colours, such as {continue: success}, not %s", kindOf(n))
		return
	}
	c.Look.ButtonColors = map[string]string{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], target(n.Content[i+1])
		if !slices.Contains(buttonKinds, k.Value) {
			hint := "there are " + strings.Join(buttonKinds, ", ")
			if near, ok := spelling.Nearest(k.Value, buttonKinds); ok {
				hint = "did you mean " + strconv.Quote(near) + "?"
			}
			r.fault(k, join(key, k.Value), "is no kind of button: %s", hint)
			continue
		}
		color, ok := r.text(join(key, k.Value), v)
		if wrong := oneOf(buttonColors...)(color); ok && wrong != "" {
			r.fault(v, join(key, k.Value), "%s", wrong)
			continue
		}
		c.Look.ButtonColors[k.Value] = color
	}
}

// oneOf checks that a text is one of a few words.
func oneOf(words ...string) func(string) string {
	return func(s string) string {
		if slices.Contains(words, s) {
			return ""
		}
		return "must be one of " + strings.Join(words, ", ")
	}
}

func checkClasses(s string) string {
	if strings.ContainsAny(s, `"'<>&`) {
		return "must be names of CSS classes, with blanks between them"
	}
	return ""
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
