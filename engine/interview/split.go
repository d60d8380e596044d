package interview

import (
	"strings"
	"unicode/utf8"
)

// A document is the text of one block of a question file.
type document struct {
	file     string
	line     int      // of the file at which text begins
	text     string   // tabs are two blanks
	original []string // its lines as they are in the file
}

// jinjaMark at the beginning of a file asks for it to be run through Jinja.
const jinjaMark = "# use jinja"

// split cuts a question file into its documents at lines of three hyphens.
// Documents without content are left out.
func split(file, text string) []document {
	text = strings.TrimPrefix(text, "\ufeff")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	lines := strings.Split(text, "\n")
	var docs []document
	start := 0
	for i := 0; i <= len(lines); i++ {
		if i < len(lines) && !isSeparator(lines[i]) {
			continue
		}
		if d := newDocument(file, start, lines[start:i]); !d.blank() {
			docs = append(docs, d)
		}
		start = i + 1
	}
	return docs
}

func isSeparator(line string) bool {
	return strings.HasPrefix(line, "---") && strings.Trim(line[3:], " ") == ""
}

func newDocument(file string, start int, lines []string) document {
	end := len(lines)
	for end > 0 && (strings.TrimSpace(lines[end-1]) == "" || strings.TrimRight(lines[end-1], " ") == "...") {
		end--
	}
	lines = lines[:end]
	return document{
		file:     file,
		line:     start + 1,
		text:     strings.ReplaceAll(strings.Join(lines, "\n")+"\n", "\t", "  "),
		original: lines,
	}
}

// blank reports whether a document holds nothing but comments.
func (d *document) blank() bool {
	for _, l := range d.original {
		if l = strings.TrimSpace(l); l != "" && l[0] != '#' {
			return false
		}
	}
	return true
}

// pos turns a line and column of the document's text into a place of the file.
func (d *document) pos(line, col int) Pos {
	p := Pos{File: d.file, Line: d.line + line - 1, Col: col}
	if line < 1 || line > len(d.original) || !strings.Contains(d.original[line-1], "\t") {
		return p
	}
	wide := 0
	for i, r := range []rune(d.original[line-1]) {
		if wide >= col-1 {
			p.Col = i + 1
			return p
		}
		if wide++; r == '\t' {
			wide++
		}
	}
	p.Col = utf8.RuneCountInString(d.original[line-1]) + 1
	return p
}

// source gives the document as the author wrote it.
func (d *document) source() string { return strings.Join(d.original, "\n") }
