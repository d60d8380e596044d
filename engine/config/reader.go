package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"colloquy/engine/spelling"
)

type node = yaml.Node

// most bounds the size of a configuration: nodes read, aliases followed, depth.
const (
	mostNodes = 100_000
	mostDepth = 50
)

// A reader walks the tree of one configuration and collects findings.
type reader struct {
	src   Source
	found Findings
	names map[*node]string // environment variables that nodes came from
	seen  int              // nodes converted so far
	root  *node            // the whole configuration, the environment laid over it
}

// at gives the value of a top-level key, or nil.
func (r *reader) at(key string) *node { return below(r.root, key) }

func (r *reader) failed() bool {
	for _, f := range r.found {
		if !f.Warning {
			return true
		}
	}
	return false
}

// fault notes a mistake at n, or about the whole configuration if n is nil.
func (r *reader) fault(n *node, key, format string, args ...any) {
	r.note(n, key, false, fmt.Sprintf(format, args...))
}

func (r *reader) warn(n *node, key, format string, args ...any) {
	r.note(n, key, true, fmt.Sprintf(format, args...))
}

func (r *reader) note(n *node, key string, warning bool, text string) {
	f := Finding{File: r.src.Name, Key: key, Message: text, Warning: warning}
	if n != nil {
		f.Line, f.Col = n.Line, n.Column
		if name, ok := r.names[n]; ok {
			f.File, f.Line, f.Col = name, 0, 0
		}
	}
	r.found = append(r.found, f)
}

// tree parses the text to its top mapping, checks what must hold anywhere in
// it, and gives nil if there is no mapping to read.
func (r *reader) tree() *node {
	top := &node{Kind: yaml.MappingNode, Tag: "!!map", Line: 1, Column: 1}
	if !r.readable() {
		return nil
	}
	dec := yaml.NewDecoder(bytes.NewReader(r.src.Text))
	var doc node
	if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
		return top
	} else if err != nil {
		r.broken(err)
		return nil
	}
	if err := dec.Decode(new(node)); !errors.Is(err, io.EOF) {
		if err != nil {
			r.broken(err)
		} else {
			r.fault(nil, "", "has more than one document: remove the line with three hyphens")
		}
		return nil
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) == 0 || kindOf(doc.Content[0]) == isNull {
		return top
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		r.fault(root, "", "must be a mapping: lines of the form \"key: value\"")
		return nil
	}
	r.sound(root, 0)
	return root
}

// broken notes what the YAML parser could not read.
func (r *reader) broken(err error) {
	var at *yaml.LoadError
	if !errors.As(err, &at) {
		r.fault(nil, "", "is not YAML: %v", err)
		return
	}
	for n, line := range strings.Split(string(r.src.Text), "\n") {
		indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		if tab := strings.IndexByte(indent, '\t'); tab >= 0 && n <= at.Mark.Line && indent != line {
			r.fault(&node{Line: n + 1, Column: tab + 1}, "", "is indented with a tab: use blanks")
			return
		}
	}
	text := at.Message
	if at.ContextMsg != "" {
		text = at.ContextMsg + ": " + text
	}
	r.fault(&node{Line: at.Mark.Line, Column: at.Mark.Column}, "", "is not YAML: %s%s", text, r.remedy(at.Mark.Line, text))
}

// readable notes what keeps the text from being read at all.
func (r *reader) readable() bool {
	text := r.src.Text
	for n, line := range bytes.Split(text, []byte("\n")) {
		at := &node{Line: n + 1, Column: 1}
		if bytes.IndexByte(line, 0) >= 0 || !utf8.Valid(line) {
			r.fault(at, "", "is not text in UTF-8: save the file as UTF-8, or see if it is the right one")
			return false
		}
	}
	return true
}

// remedy says what probably mends broken YAML.
func (r *reader) remedy(line int, message string) string {
	lines := strings.Split(string(r.src.Text), "\n")
	for n := min(line, len(lines)); n > 0 && n > line-3; n-- {
		_, value, _ := strings.Cut(lines[n-1], ": ")
		value = strings.TrimSpace(value)
		switch {
		case value == "":
		case strings.Contains(message, "alias") || strings.Contains(message, "anchor"):
			return "; put a value that begins with * or & into quotes"
		case strings.HasPrefix(value, "[") && !strings.Contains(value, "]"), strings.HasPrefix(value, "{") && !strings.Contains(value, "}"):
			return "; a bracket that is opened in line " + strconv.Itoa(n) + " is not closed"
		case strings.Contains("%@`*&!|>", value[:1]), strings.Contains(value, ": "):
			return "; put the value in line " + strconv.Itoa(n) + " into quotes"
		case strings.Count(value, `"`)%2 == 1 || strings.HasPrefix(value, "'") && strings.Count(value, "'")%2 == 1:
			return "; a quote that is opened in line " + strconv.Itoa(n) + " is not closed"
		}
	}
	return "; keys of one section must be indented alike, with \": \" between key and value"
}

// sound checks below n what must hold anywhere: no key twice, no merge keys, no
// tags of other programs, no bottomless nesting.
func (r *reader) sound(n *node, depth int) {
	if depth > mostDepth {
		r.fault(n, "", "is nested deeper than %d levels: write it with fewer", mostDepth)
		return
	}
	if n.Style&yaml.TaggedStyle != 0 && !strings.HasPrefix(n.ShortTag(), "!!") {
		r.fault(n, "", "the tag %s means nothing here: remove it", n.Tag)
	}
	if n.Kind == yaml.MappingNode {
		first := map[string]int{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			k := n.Content[i]
			switch line, twice := first[k.Value]; {
			case k.Kind != yaml.ScalarNode:
				r.fault(k, "", "a key must be a plain text, such as brandname")
			case k.Value == "<<" && k.Style == 0:
				r.fault(k, k.Value, "merge keys are not read: write the keys out")
			case twice:
				r.fault(k, k.Value, "is given twice: first in line %d; remove one of the two", line)
			default:
				first[k.Value] = k.Line
			}
		}
	}
	for _, below := range n.Content {
		r.sound(below, depth+1)
	}
}

// A field is one key of a section that is read into a T. What only top-level
// keys have stands in the second part.
type field[T any] struct {
	name   string
	read   func(r *reader, key string, n *node, to *T)
	secret bool     // never handed out by Get
	null   bool     // read is called for a key without a value, too
	below  []string // names of the keys below, for environment variables
	hidden []string // those of them that are secret

	about   string       // what it is for, in sentences; "" for an older spelling of another key
	example string       // a value in YAML
	place   func(*T) any // pointer to what is read, for Show and for keeping what needs a restart
	show    func(*T) any // what Show shows instead of what is at place
	restart bool         // a change takes effect at the next start only
}

// readSection reads the mapping n into to. What is not among the fields goes to
// unknown, or is a mistake if that is nil.
func readSection[T any](r *reader, path string, n *node, to *T, fields []field[T], unknown func(k, v *node)) {
	n = target(n)
	if n.Kind != yaml.MappingNode {
		r.fault(n, path, "must be a mapping, not %s", kindOf(n))
		return
	}
	known := fieldNames(fields)
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], target(n.Content[i+1])
		if f, ok := fieldNamed(fields, k.Value); ok {
			if kindOf(v) == isNull && !f.null {
				continue // a key without a value is a key left out
			}
			f.read(r, join(path, k.Value), v, to)
			continue
		}
		if unknown != nil {
			unknown(k, v)
			continue
		}
		if near, ok := spelling.Nearest(k.Value, known); ok {
			r.fault(k, join(path, k.Value), "is not a key of %s: did you mean %q?", path, near)
			continue
		}
		r.fault(k, join(path, k.Value), "is not a key of %s: it has %s", path, strings.Join(known, ", "))
	}
}

func fieldNamed[T any](fields []field[T], name string) (field[T], bool) {
	for _, f := range fields {
		if f.name == name {
			return f, true
		}
	}
	return field[T]{}, false
}

func fieldNames[T any](fields []field[T]) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return names
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + ": " + key
}

// target follows an alias to what it stands for.
func target(n *node) *node {
	for range mostDepth {
		if n.Kind != yaml.AliasNode || n.Alias == nil {
			return n
		}
		n = n.Alias
	}
	return n
}

// A kind is what a YAML value is by the rules of YAML 1.2.
type kind string

const (
	isNull  kind = "nothing"
	isBool  kind = "true or false"
	isInt   kind = "a whole number"
	isFloat kind = "a number"
	isText  kind = "text"
	isList  kind = "a list"
	isMap   kind = "a mapping"
)

var (
	wholeNumber = regexp.MustCompile(`^[-+]?[0-9][0-9_]*$`)
	number      = regexp.MustCompile(`^[-+]?([0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*|[0-9][0-9_]*)([eE][-+]?[0-9]+)?$`)
)

// kindOf resolves a value. Only unquoted text is anything but text.
func kindOf(n *node) kind {
	switch n.Kind {
	case yaml.MappingNode:
		return isMap
	case yaml.SequenceNode:
		return isList
	}
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return isText
	}
	switch n.Value {
	case "", "~", "null", "Null", "NULL":
		return isNull
	case "true", "True", "TRUE", "false", "False", "FALSE":
		return isBool
	}
	switch {
	case wholeNumber.MatchString(n.Value):
		return isInt
	case number.MatchString(n.Value):
		return isFloat
	}
	return isText
}
