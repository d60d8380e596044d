package interview

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

const (
	maxNodes = 200_000 // values of one document, repeated ones counted each time
	maxDepth = 200
)

// A yamlError is something wrong with the YAML of one document.
type yamlError struct {
	pos Pos
	msg string
}

func (e *yamlError) Error() string { return e.pos.String() + ": " + e.msg }

// parse reads the document's YAML.
func (d *document) parse() (n *Node, err error) {
	defer func() {
		if r := recover(); r != nil { // the YAML library, on input its authors did not foresee
			err = &yamlError{d.pos(1, 1), fmt.Sprintf("the YAML cannot be read: %v", r)}
		}
	}()
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(d.text), &root); err != nil {
		return nil, d.yamlProblem(err)
	}
	if root.Kind == 0 || len(root.Content) == 0 {
		return &Node{Kind: Null, Pos: d.pos(1, 1)}, nil
	}
	r := &resolver{doc: d, lines: strings.Split(d.text, "\n"), left: maxNodes}
	return r.node(root.Content[0], 0)
}

// yamlProblem finds the place and the words of an error of the YAML library.
func (d *document) yamlProblem(err error) error {
	var le *yaml.LoadError
	if !errors.As(err, &le) {
		return &yamlError{d.pos(1, 1), strings.TrimPrefix(err.Error(), "yaml: ")}
	}
	msg := "YAML: " + le.Message
	if le.ContextMsg != "" {
		msg += " " + le.ContextMsg
		if m := le.ContextMark; m.Line > 0 && m.Line != le.Mark.Line {
			msg += fmt.Sprintf(" that begins at line %d", d.pos(m.Line, m.Column).Line)
		}
	}
	return &yamlError{d.pos(max(le.Mark.Line, 1), max(le.Mark.Column, 1)), msg}
}

// A resolver turns nodes of the YAML library into ours.
type resolver struct {
	doc   *document
	lines []string
	left  int          // nodes that may still be made
	open  []*yaml.Node // aliases being followed
}

func (r *resolver) errorf(y *yaml.Node, format string, args ...any) error {
	return &yamlError{r.doc.pos(y.Line, y.Column), fmt.Sprintf(format, args...)}
}

func (r *resolver) node(y *yaml.Node, depth int) (*Node, error) {
	if r.left--; r.left < 0 {
		return nil, r.errorf(y, "the block holds more than %d values, counting repeated ones", maxNodes)
	}
	if depth > maxDepth {
		return nil, r.errorf(y, "values are nested more than %d deep", maxDepth)
	}
	switch y.Kind {
	case yaml.AliasNode:
		for _, o := range r.open {
			if o == y.Alias {
				return nil, r.errorf(y, "*%s contains itself", y.Value)
			}
		}
		r.open = append(r.open, y.Alias)
		defer func() { r.open = r.open[:len(r.open)-1] }()
		return r.node(y.Alias, depth+1)
	case yaml.SequenceNode:
		n := &Node{Kind: List, Pos: r.doc.pos(y.Line, y.Column)}
		for _, item := range y.Content {
			v, err := r.node(item, depth+1)
			if err != nil {
				return nil, err
			}
			n.Items = append(n.Items, v)
		}
		return n, nil
	case yaml.MappingNode:
		return r.mapping(y, depth)
	default:
		return r.scalar(y)
	}
}

func (r *resolver) mapping(y *yaml.Node, depth int) (*Node, error) {
	n := &Node{Kind: Map, Pos: r.doc.pos(y.Line, y.Column)}
	seen := make(map[string]Pos, len(y.Content)/2)
	var merges []*Node
	for i := 0; i+1 < len(y.Content); i += 2 {
		k, err := r.node(y.Content[i], depth+1)
		if err != nil {
			return nil, err
		}
		v, err := r.node(y.Content[i+1], depth+1)
		if err != nil {
			return nil, err
		}
		if y.Content[i].Tag == "!!merge" {
			merges = append(merges, v)
			continue
		}
		if k.Kind == List || k.Kind == Map {
			return nil, r.errorf(y.Content[i], "a key must be a single value; put it in quotation marks if it is meant as text")
		}
		if first, twice := seen[k.key()]; twice {
			return nil, r.errorf(y.Content[i], "the key %s is written twice, first at line %d", k.Written(), first.Line)
		}
		seen[k.key()] = k.Pos
		n.Keys, n.Items = append(n.Keys, k), append(n.Items, v)
	}
	for _, m := range merges {
		if err := n.merge(m, seen); err != nil {
			return nil, &yamlError{m.Pos, err.Error()}
		}
	}
	return n, nil
}

// merge adds the pairs of a << value that the mapping does not have itself.
func (n *Node) merge(m *Node, seen map[string]Pos) error {
	if m.Kind == List {
		for _, item := range m.Items {
			if err := n.merge(item, seen); err != nil {
				return err
			}
		}
		return nil
	}
	if m.Kind != Map {
		return errors.New("<< must be given a mapping or a list of mappings")
	}
	for i, k := range m.Keys {
		if _, have := seen[k.key()]; have {
			continue
		}
		seen[k.key()] = k.Pos
		n.Keys, n.Items = append(n.Keys, k), append(n.Items, m.Items[i])
	}
	return nil
}

func (r *resolver) scalar(y *yaml.Node) (*Node, error) {
	n := &Node{Pos: r.doc.pos(y.Line, y.Column)}
	const quoted = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	tagged := y.Style&yaml.TaggedStyle != 0
	switch {
	case tagged && y.Tag == "!!str", !tagged && y.Style&quoted != 0:
		n.Kind, n.Str = String, y.Value
	case tagged && !strings.HasPrefix(y.Tag, "!!"):
		return nil, r.errorf(y, "the tag %s is not known", y.Tag)
	default:
		n.resolve(y.Value)
	}
	if n.Kind == String {
		n.lines = r.runs(y)
	}
	return n, nil
}

// resolve gives a plain scalar its type.
func (n *Node) resolve(s string) {
	switch s {
	case "", "~", "null", "Null", "NULL":
		n.Kind = Null
		return
	case "true", "True", "TRUE":
		n.Kind, n.Bool = Bool, true
		return
	case "false", "False", "FALSE":
		n.Kind = Bool
		return
	}
	n.Kind, n.Str = String, s
	if c := s[0]; c != '+' && c != '-' && c != '.' && (c < '0' || c > '9') {
		return
	}
	if i, ok := parseInt(s); ok {
		n.Kind, n.Int, n.Str = Int, i, ""
	} else if f, ok := parseFloat(s); ok {
		n.Kind, n.Float, n.Str = Float, f, ""
	} else if len(s) == len("2006-01-02") {
		if _, err := time.Parse("2006-01-02", s); err == nil {
			n.Kind = Date
		}
	}
}

// parseInt reads 12, 1_000, 0b101, 0o17 and 0xff; 017 is seventeen.
func parseInt(s string) (*big.Int, bool) {
	sign, digits := "", s
	if s[0] == '+' || s[0] == '-' {
		sign, digits = strings.TrimPrefix(s[:1], "+"), s[1:]
	}
	base := 10
	if len(digits) > 2 && digits[0] == '0' {
		switch digits[1] {
		case 'b':
			base, digits = 2, digits[2:]
		case 'o':
			base, digits = 8, digits[2:]
		case 'x':
			base, digits = 16, digits[2:]
		}
	}
	if digits == "" || digits[0] == '+' || digits[0] == '-' || base == 10 && digits[0] == '_' {
		return nil, false
	}
	digits = strings.ReplaceAll(digits, "_", "")
	return new(big.Int).SetString(sign+digits, base)
}

// runs finds out where in the file the characters of a text stand.
func (r *resolver) runs(y *yaml.Node) []run {
	line, col := y.Line, y.Column
	block := y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0
	if block {
		line, col = line+1, 1
	}
	var runs []run
	off := 0
	for ; line <= len(r.lines) && off < len(y.Value); line, col = line+1, 1 {
		text := r.lines[line-1]
		at := byteOffset(text, col)
		if !block && len(runs) == 0 && at < len(text) && (text[at] == '\'' || text[at] == '"') && line == y.Line {
			at++
		}
		var more []run
		more, off = matchLine(y, text, at, off)
		for _, m := range more {
			p := r.doc.pos(line, utf8.RuneCountInString(text[:m.col])+1)
			runs = append(runs, run{m.off, p.Line, p.Col})
		}
		if len(more) == 0 && strings.TrimSpace(text[at:]) != "" {
			break
		}
	}
	return runs
}

// matchLine follows the value of y from byte off through a line of the file
// from byte at. The runs it gives have a byte offset into text as their col.
func matchLine(y *yaml.Node, text string, at, off int) ([]run, int) {
	value := y.Value
	for off < len(value) && isSpace(value[off]) {
		off++
	}
	for at < len(text) && text[at] == ' ' {
		at++
	}
	var runs []run
	for at < len(text) && off < len(value) {
		n := commonPrefix(value[off:], beforeEscape(y.Style, text[at:]))
		if n > 0 {
			runs = append(runs, run{off: off, col: at})
			at, off = at+n, off+n
		}
		skip := escape(y.Style, text[at:])
		if skip == 0 || off >= len(value) {
			break
		}
		_, size := utf8.DecodeRuneInString(value[off:])
		at, off = at+skip, off+size
	}
	return runs, off
}

// beforeEscape gives the part of text before the next character that may
// begin an escape sequence.
func beforeEscape(style yaml.Style, text string) string {
	mark := byte(0)
	switch {
	case style&yaml.SingleQuotedStyle != 0:
		mark = '\''
	case style&yaml.DoubleQuotedStyle != 0:
		mark = '\\'
	default:
		return text
	}
	if i := strings.IndexByte(text, mark); i >= 0 {
		return text[:i]
	}
	return text
}

// escape gives the length of the escape sequence at the beginning of text
// that stands for one character; 0 if there is none.
func escape(style yaml.Style, text string) int {
	switch {
	case style&yaml.SingleQuotedStyle != 0 && strings.HasPrefix(text, "''"):
		return 2
	case style&yaml.DoubleQuotedStyle != 0 && len(text) > 1 && text[0] == '\\':
		switch text[1] {
		case 'x':
			return min(4, len(text))
		case 'u':
			return min(6, len(text))
		case 'U':
			return min(10, len(text))
		}
		return 2
	}
	return 0
}

func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n > 0 && n < len(b) && !utf8.RuneStart(b[n]) {
		n--
	}
	return n
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' }

// byteOffset gives the byte at which the col-th character of a line begins.
func byteOffset(line string, col int) int {
	n := 0
	for i := range line {
		if n++; n == col {
			return i
		}
	}
	return len(line)
}
