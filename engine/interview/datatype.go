package interview

import (
	"maps"
	"slices"

	"colloquy/engine/spelling"
)

// datatypes are the types a field can have without a module's help.
var datatypes = []string{
	"text", "raw", "password", "email", "integer", "number", "float", "currency", "range", "date", "time", "datetime",
	"yesno", "noyes", "yesnowide", "noyeswide", "yesnoradio", "noyesradio", "yesnomaybe", "noyesmaybe", "checkboxes",
	"multiselect", "object", "object_radio", "object_checkboxes", "object_multiselect", "file", "files", "camera", "user",
	"environment", "camcorder", "microphone", "ml", "mlarea", "boolean", "threestate",
}

// datetimeLocal is another name of datetime.
const datetimeLocal = "datetime-local"

// oldDatatypes are names that are really controls, with the control they mean.
var oldDatatypes = map[string]string{
	"area": "area", "hidden": "hidden", "radio": "radio", "combobox": "combobox", "datalist": "datalist",
	"pulldown": "dropdown", "dropdown": "dropdown", "ajax": "ajax",
}

// inputTypes are the controls that can be asked for.
var inputTypes = []string{"area", "dropdown", "pulldown", "radio", "combobox", "datalist", "ajax", "hidden", "text", "number", "checkboxes"}

var (
	fileTypes   = setOf([]string{"file", "files", "camera", "user", "environment", "camcorder", "microphone"})
	objectTypes = setOf([]string{"object", "object_radio", "object_checkboxes", "object_multiselect"})
	boxTypes    = setOf([]string{"checkboxes", "multiselect", "object_checkboxes", "object_multiselect"})
	yesNoTypes  = setOf([]string{"yesno", "noyes", "yesnowide", "noyeswide"})
	// notDisabling are types that cannot disable other fields.
	notDisabling = setOf([]string{
		"file", "files", "range", "checkboxes", "multiselect", "camera", "user", "environment", "camcorder", "microphone",
		"object_checkboxes", "object_multiselect",
	})
)

// An unknownDatatype may still turn out to be declared by a module.
type unknownDatatype struct {
	name    string
	problem Problem
}

// Datatypes lists every name that datatype: can have without a module's help:
// the types, and the older names that stand for a type with a control.
func Datatypes() []string {
	return slices.Concat(datatypes, []string{datetimeLocal}, slices.Sorted(maps.Keys(oldDatatypes)))
}

// datatypeKnown notes a datatype that only a module could know.
func (b *builder) datatypeKnown(name string, pos Pos) bool {
	if slices.Contains(datatypes, name) || oldDatatypes[name] != "" || name == datetimeLocal {
		return true
	}
	fix := "declare it as a CustomDataType in a module of the interview"
	if near, ok := spelling.Nearest(name, datatypes); ok {
		fix = "did you mean " + near + "?"
	}
	b.datatypes = append(b.datatypes, unknownDatatype{name, Problem{Kind: ProblemDatatype,
		Pos: pos, Severity: Error, Message: "the datatype " + name + " is not known", Fix: fix, Excerpt: b.doc.excerpt(pos.Line),
	}})
	return false
}
