package syntax

// kind tells tokens apart.
type kind uint8

const (
	endOfFile kind = iota
	newline        // end of a logical line
	indent
	dedent
	name
	keyword
	number
	text       // a string or bytes literal, decoded
	fieldStart // the opening quote of an f-string
	fieldText  // literal text in an f-string, decoded
	fieldEnd   // the closing quote of an f-string
	operator   // operators, brackets and other punctuation
)

// A token is a piece of the source. Its text is the identifier (normalised),
// the keyword, the operator, or a literal as written; val is the value of a
// literal. off and end are byte offsets into the source.
type token struct {
	kind     kind
	text     string
	val      any
	from, to Pos
	off, end int
}

// is reports whether t is the keyword or operator s.
func (t *token) is(s string) bool {
	return (t.kind == operator || t.kind == keyword) && t.text == s
}

// soft reports whether t is the identifier s, a keyword in some places only.
func (t *token) soft(s string) bool { return t.kind == name && t.text == s }

// keywords are the reserved words of Python 3.12.
var keywords = map[string]bool{
	"False": true, "None": true, "True": true, "and": true, "as": true, "assert": true,
	"async": true, "await": true, "break": true, "class": true, "continue": true, "def": true,
	"del": true, "elif": true, "else": true, "except": true, "finally": true, "for": true,
	"from": true, "global": true, "if": true, "import": true, "in": true, "is": true,
	"lambda": true, "nonlocal": true, "not": true, "or": true, "pass": true, "raise": true,
	"return": true, "try": true, "while": true, "with": true, "yield": true,
}

// IsKeyword reports whether s is a reserved word of Python.
func IsKeyword(s string) bool { return keywords[s] }
