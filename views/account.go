package views

// An AccountPage is a page about one's account: texts and forms below each
// other.
type AccountPage struct {
	Frame   Frame
	Heading string
	Said    string // what was done, "" for nothing
	Text    string // paragraphs are separated by blank lines
	HTML    string // safe markup, after Text
	Codes   []string
	Forms   []AccountForm
	Links   []Link
	Invalid bool // the forms have mistakes
}

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
	Type                     string // of the input; "select", "checkbox"
	Value                    string
	Autocomplete             string
	Mode                     string // inputmode
	Required                 bool
	Options                  []Option
	List                     []string // suggestions
}

// An Option is something to choose.
type Option struct{ Value, Text string }

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
