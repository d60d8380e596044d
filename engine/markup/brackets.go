package markup

import (
	"html"
	"regexp"
	"strings"
)

// A tag is a bracket tag: how it is drawn and whether it takes arguments.
type tag struct {
	kind  kind
	html  string // kindGlyph; kindLook: the classes
	plain string // kindGlyph: in attributes
	args  bool
}

const (
	nbsp     = "\u00a0"
	tabHTML  = `<span class="datab">` + "\u2003\u2003" + `</span>`
	boxClass = `<span class="dablank" style="text-decoration:underline">`
)

// tags lists every bracket tag except those that hold paragraphs (blocks.go).
var tags = map[string]tag{
	"BR":            {kind: kindGlyph, html: "<br>", plain: " "},
	"NEWLINE":       {kind: kindGlyph, html: "<br>", plain: " "},
	"SKIPLINE":      {kind: kindGlyph, html: "<br>", plain: " "},
	"NEWPAR":        {kind: kindGlyph, html: "<br><br>", plain: " "},
	"VERTICALSPACE": {kind: kindGlyph, html: "<br><br>", plain: " "},
	"NBSP":          {kind: kindGlyph, html: nbsp, plain: nbsp},
	"ENDASH":        {kind: kindGlyph, html: "–", plain: "–"},
	"EMDASH":        {kind: kindGlyph, html: "—", plain: "—"},
	"HYPHEN":        {kind: kindGlyph, html: "-", plain: "-"},
	"TAB":           {kind: kindGlyph, html: tabHTML, plain: "\t"},
	"CHECKBOX":      {kind: kindGlyph, html: "☐", plain: "☐"},
	"BLANK":         {kind: kindGlyph, html: boxClass + strings.Repeat(nbsp, 20) + "</span>", plain: "______"},
	"BLANKFILL":     {kind: kindGlyph, html: boxClass + strings.Repeat(nbsp, 50) + "</span>", plain: "____________"},

	"PAGEBREAK":  {kind: kindNothing},
	"PAGENUM":    {kind: kindNothing},
	"TOTALPAGES": {kind: kindNothing},
	"SECTIONNUM": {kind: kindNothing},
	"NO_EMOJIS":  {kind: kindNothing},

	"CENTER":     {kind: kindLook, html: "text-center"},
	"BOLDCENTER": {kind: kindLook, html: "text-center fw-bold"},
	"FLUSHLEFT":  {kind: kindLook, html: "text-start danoindent"},
	"FLUSHRIGHT": {kind: kindLook, html: "text-end danoindent"},
	"NOINDENT":   {kind: kindLook, html: "danoindent"},
	"BORDER":     {kind: kindLook, html: "daborder"},
	"INDENTBY":   {kind: kindLook, args: true},

	"START_INDENTATION":  {kind: kindState},
	"STOP_INDENTATION":   {kind: kindState},
	"TIGHTSPACING":       {kind: kindState},
	"SINGLESPACING":      {kind: kindState},
	"ONEANDAHALFSPACING": {kind: kindState},
	"DOUBLESPACING":      {kind: kindState},
	"TRIPLESPACING":      {kind: kindState},

	"FILE":            {kind: kindMedia, args: true},
	"EMOJI":           {kind: kindMedia, args: true},
	"QR":              {kind: kindMedia, args: true},
	"MAP":             {kind: kindMedia, args: true},
	"YOUTUBE":         {kind: kindMedia, args: true},
	"YOUTUBE4:3":      {kind: kindMedia, args: true},
	"YOUTUBE16:9":     {kind: kindMedia, args: true},
	"VIMEO":           {kind: kindMedia, args: true},
	"VIMEO4:3":        {kind: kindMedia, args: true},
	"VIMEO16:9":       {kind: kindMedia, args: true},
	"TARGET":          {kind: kindMedia, args: true},
	"REDACTION_WORD":  {kind: kindMedia, args: true},
	"REDACTION_SPACE": {kind: kindMedia},
	"FIELD":           {kind: kindField, args: true},
}

// regions are the tags that hold paragraphs: opening, dividing, closing.
var regions = []struct{ open, divide, end, class string }{
	{"[BEGIN_TWOCOL]", "[BREAK]", "[END_TWOCOL]", "datwocol"},
	{"[BEGIN_CAPTION]", "[VERTICAL_LINE]", "[END_CAPTION]", "dacaption"},
}

// brackets replaces bracket tags and marked terms in s by tokens. A backslash
// before the bracket keeps it as text.
func (r *rendering) brackets(s string) string {
	if strings.IndexByte(s, '[') < 0 && strings.IndexByte(s, '{') < 0 {
		return s
	}
	var b strings.Builder
	from := 0
	for i := 0; i < len(s) && !r.full(1); {
		n := 0
		var t token
		switch s[i] {
		case '\\':
			i += 2
			continue
		case '[':
			t, n = r.scanTag(s[i:])
		case '{':
			t, n = r.scanTerm(s[i:])
		}
		if n == 0 {
			i++
			continue
		}
		b.WriteString(s[from:i])
		b.WriteString(r.add(t))
		i += n
		from = i
	}
	if from == 0 {
		return s
	}
	b.WriteString(s[from:])
	return b.String()
}

// scanTag reads a bracket tag at the start of s and returns its token and
// length, or length 0 if there is none.
func (r *rendering) scanTag(s string) (token, int) {
	name := tagName(s[1:])
	what, ok := tags[name]
	if !ok {
		return token{}, 0
	}
	end := 1 + len(name)
	args := ""
	if what.args {
		n := closingBracket(s[end:])
		if n < 0 || s[end] != ' ' {
			return token{}, 0
		}
		args = strings.TrimSpace(s[end : end+n])
		end += n
	}
	if end >= len(s) || s[end] != ']' {
		return token{}, 0
	}
	r.hasLook = r.hasLook || what.kind == kindLook
	t := token{kind: what.kind, src: s[:end+1], name: name, args: args, html: what.html, plain: what.plain}
	switch {
	case name == "NO_EMOJIS":
		r.noIcons = true
	case name == "INDENTBY":
		if t.plain, ok = indentStyle(args); !ok {
			return token{}, 0
		}
	case what.args && args == "" || t.kind == kindField && !r.opts.Fields:
		return token{}, 0
	}
	return t, end + 1
}

// tagName returns the capital letters, digits and signs that s begins with.
func tagName(s string) string {
	i := 0
	for i < len(s) && (s[i] >= 'A' && s[i] <= 'Z' || s[i] == '_' || i > 0 && (s[i] >= '0' && s[i] <= '9' || s[i] == ':')) {
		i++
	}
	return s[:i]
}

// mayBeginTag says whether s, what follows a bracket, could begin a tag now or
// with more text behind it.
func mayBeginTag(s string) bool {
	name := tagName(s)
	if _, ok := tags[name]; ok {
		return true
	}
	for _, g := range regions {
		for _, t := range []string{g.open, g.divide, g.end} {
			if strings.HasPrefix(t[1:], name+"]") {
				return true
			}
		}
	}
	return len(name) == len(s) // cut off by the end: nobody knows
}

// closingBracket finds the bracket that ends s, skipping balanced pairs and
// not crossing an empty line. It returns -1 if there is none.
func closingBracket(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '[':
			depth++
		case ']':
			if depth == 0 {
				return i
			}
			depth--
		case '\n':
			if i+1 < len(s) && s[i+1] == '\n' {
				return -1
			}
		}
	}
	return -1
}

// scanTerm reads {phrase} or {phrase|shown} at the start of s.
func (r *rendering) scanTerm(s string) (token, int) {
	if len(r.opts.Terms) == 0 {
		return token{}, 0
	}
	end := strings.IndexByte(s, '}')
	if end < 2 {
		return token{}, 0
	}
	phrase, shown, piped := strings.Cut(s[1:end], "|")
	if !piped {
		shown = phrase
	}
	term := r.findTerm(phrase)
	if term == nil {
		return token{}, 0
	}
	return token{kind: kindTerm, src: s[:end+1], name: strings.Join(strings.Fields(r.source(phrase)), " "), args: strings.TrimSpace(shown), term: term}, end + 1
}

var length = regexp.MustCompile(`^([0-9]+(?:\.[0-9]+)?|\.[0-9]+) *(in|pt|cm|mm|px|em|rem|%|twips)?$`)

// indentStyle turns the arguments of INDENTBY into style declarations.
func indentStyle(args string) (string, bool) {
	var out []string
	for i, f := range strings.Fields(args) {
		l, ok := cssLength(f)
		if !ok || i > 1 {
			return "", false
		}
		out = append(out, [2]string{"padding-left:", "padding-right:"}[i]+l)
	}
	return strings.Join(out, ";"), len(out) > 0
}

// cssLength checks a length and writes it for CSS; a bare number is pixels.
func cssLength(s string) (string, bool) {
	m := length.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return "", false
	}
	switch m[2] {
	case "":
		return m[1] + "px", true
	case "twips":
		return "calc(" + m[1] + "pt / 20)", true
	}
	return m[1] + m[2], true
}

// attr escapes s for a quoted attribute.
func attr(s string) string { return html.EscapeString(s) }
