package interview

import (
	"colloquy/engine/evaluation"
	"colloquy/engine/packages"
)

// An Interview is a question file with all it includes, compiled. It is
// read-only and may be used by many sessions at once.
type Interview struct {
	Name     string   // docassemble.demo:data/questions/tank.yml
	Package  string   // docassemble.demo
	Files    []string // question files, in order of reading
	Problems []Problem
	// Stamps are the states of all files that were read or looked for.
	Stamps map[packages.Name]packages.Stamp

	Blocks       []*Block // all that can run, by Index
	Declarations []*Block
	Walk         []*Block // mandatory and initial blocks, in order: one evaluation
	Startup      []*Block // imports, modules and reset, in order
	Reconsider   []*Block // blocks with reconsider: True
	Modules      []Module // what Startup imports, in order

	Metadata *Node // all metadata blocks merged; a Map
	Features Features

	DefaultRoles []string
	Sections     map[string]*Sections // by language
	Steps        []float64            // progress values declared, rising
	Terms        map[string][]Term    // interview-wide, by language
	AutoTerms    map[string][]Term
	Images       map[string]Image
	Help         map[string][]*Help          // interview help by language
	Parts        map[string]map[string]*Text // default screen parts by language and name
	Messages     map[string]map[string]string
	Translations []string // references of translation files
	Languages    []string // those that blocks or translations are in, sorted
	Options      *Node    // attachment options merged; a Map, file names in full
	TextLanguage string   // metadata default language: what untagged text is written in; "" is not said
	Storage      string   // machine learning storage
	OnChange     []*Change

	ProcessesActions bool // some code calls process_action itself
	UsesActions      bool // some block has an event

	Paths evaluation.Paths // the names of variables that sessions were seen to use

	customDatatypes []string

	events  map[string]bool
	byID    map[string]*Block
	byName  map[string]*Block
	byKey   map[string]*Block
	offers  map[string]map[string][]*Block            // name, language
	generic map[string]map[string]map[string][]*Block // class, name, language
	depends map[string][]string
	changes map[string][]*Change
}

// A Module is a Python module an interview brings in.
type Module struct {
	Name string // absolute: a leading dot is resolved
	Star bool   // from m import *, else import m
	Pos  Pos
}

// A Change is code that runs when a variable changes.
type Change struct {
	Name string
	Code *Code
}

// An Image is a named picture.
type Image struct {
	Ref         string // full reference of the file
	Attribution string // Markdown
}

// A Term is a phrase with an explanation.
type Term struct {
	Phrase     string // lower case
	Definition *Text
	Pos        Pos
}

// Sections is the outline shown as navigation.
type Sections struct {
	Items       []Section
	Progressive bool
	AutoOpen    bool
}

// A Section is an entry of the outline.
type Section struct {
	ID    string
	Title string
	Items []Section
}
