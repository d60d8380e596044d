package views

import (
	"slices"
	"strings"
)

// An AccountPage is a page about one's account: texts and forms below each
// other.
type AccountPage struct {
	Frame   Frame
	Heading string
	Said    string // what was done, "" for nothing
	Text    string // paragraphs are separated by blank lines
	HTML    string // safe markup, after Text
	Codes   []string
	Facts   []Fact
	Forms   []AccountForm
	Links   []Link
	Invalid bool // the forms have mistakes
}

// A Fact is something that is known, with its name.
type Fact struct{ Name, Value string }

// An AccountForm is one form of such a page.
type AccountForm struct {
	ID      string // of the form's own part of the page; "" if it is the only one
	Heading string
	Text    string
	Warning string // what people must know before they press
	Action  string
	CSRF    string
	Hidden  []Hidden
	Wrong   string // what is wrong with the form as a whole
	Fields  []AccountField
	Button  string
	Danger  bool // the button takes something away
	Minor   bool // the button is not the page's main one
	Links   []Link
}

// An AccountField is one input.
type AccountField struct {
	Name, Label, Hint, Error string
	Type                     string // of the input; "select", "checkbox", "checkboxes", "area"
	Value                    string
	Values                   []string // of the boxes that are ticked
	Autocomplete             string
	Mode                     string // inputmode
	Required                 bool
	Options                  []Option
	List                     []string // suggestions
}

// An Option is something to choose.
type Option struct {
	Value, Text string
	Fixed       bool // a box that cannot be changed
}

// Speak turns the page's own phrases into the language of a lookup: all texts
// but what people have typed, and the options of fields, which are names.
func (p *AccountPage) Speak(word func(string) string) {
	speak(word, &p.Heading, &p.Said, &p.Text)
	for i := range p.Facts {
		speak(word, &p.Facts[i].Name)
	}
	for i := range p.Forms {
		f := &p.Forms[i]
		speak(word, &f.Heading, &f.Text, &f.Warning, &f.Wrong, &f.Button)
		speakLinks(word, f.Links)
		for j := range f.Fields {
			speak(word, &f.Fields[j].Label, &f.Fields[j].Hint, &f.Fields[j].Error)
		}
	}
	speakLinks(word, p.Links)
}

func speakLinks(word func(string) string, links []Link) {
	for i := range links {
		speak(word, &links[i].Text)
	}
}

// speak looks texts up, each paragraph alone.
func speak(word func(string) string, texts ...*string) {
	for _, text := range texts {
		ps := paragraphs(*text)
		for i := range ps {
			ps[i] = word(ps[i])
		}
		*text = strings.Join(ps, "\n\n")
	}
}

func (f *AccountForm) id(name string) string {
	if f.ID == "" {
		return name
	}
	return f.ID + "-" + name
}

func (f *AccountForm) described(d *AccountField) string {
	id := f.id(d.Name)
	switch {
	case d.Error != "" && d.Hint != "":
		return id + "-error " + id + "-hint"
	case d.Error != "":
		return id + "-error"
	case d.Hint != "":
		return id + "-hint"
	}
	return ""
}

func (d *AccountField) ticked(value string) bool { return slices.Contains(d.Values, value) }

func (d *AccountField) checked() bool { return d.Value != "" }

func (f *AccountForm) button() string {
	switch {
	case f.Danger:
		return "btn btn-danger"
	case f.Minor:
		return "btn btn-secondary"
	}
	return "btn btn-primary btn-main"
}
