package pdf

import (
	"fmt"
	"slices"
	"strings"

	"colloquy/engine/spelling"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// An Answer is what goes into the fields of one name. Of several answers of the
// same name the last one counts.
type Answer struct {
	Name  string
	Text  string
	Image []byte // PNG, JPEG or GIF, drawn in place of the field; nil: Text counts
}

// FormOptions say how a form is filled in.
type FormOptions struct {
	TemplatePassword string // opens an encrypted template
	Flatten          bool   // fields become part of the page and can no longer be changed
	Password         string // needed to open the result; "" for none
	OwnerPassword    string // needed to change what the result allows; "" for none
	ExportValue      string // on-state of checkboxes that have no states; "" for Yes
}

// Fill writes answers into the fields of a form. The warnings are for its
// author: names that no field has, texts that are too long, values that no
// option has. They hold names of fields and no answers.
func Fill(template []byte, answers []Answer, o FormOptions) (filled []byte, warnings []string, err error) {
	f, err := open(template, o.TemplatePassword)
	if err != nil {
		return nil, nil, err
	}
	fm, err := f.form()
	switch {
	case err != nil:
		return nil, nil, err
	case len(fm.fields) == 0:
		return nil, nil, errNoFields
	case f.signed(fm):
		return nil, nil, fmt.Errorf("the PDF template is digitally signed, and filling it in would break the signature; use one without a signature")
	}
	fl := &filler{file: f, form: fm, export: o.ExportValue}
	if fl.export == "" {
		fl.export = "Yes"
	}
	f.disarm(fm)
	for _, a := range answers {
		if err := fl.answer(a); err != nil {
			return nil, nil, fmt.Errorf("field %s: %w", a.Name, err)
		}
	}
	fl.complete()
	if o.Flatten {
		f.flatten(fm)
	}
	filled, err = f.bytes(Passwords{o.Password, o.OwnerPassword})
	return filled, fl.warnings, err
}

// disarm removes what would run when the form is opened, what contradicts the
// new values, and rights that end with the first change.
func (f *file) disarm(fm *form) {
	root := f.root()
	delete(root, "AA")
	delete(root, "Perms")
	if action := f.name(f.dict(root["OpenAction"])["S"]); action == "JavaScript" || action == "Launch" {
		delete(root, "OpenAction")
	}
	delete(f.dict(root["Names"]), "JavaScript")
	delete(root, "NeedsRendering")
	delete(fm.dict, "XFA")
}

// A filler writes answers into one form.
type filler struct {
	*file
	form     *form
	export   string
	fonts    map[string]types.IndirectRef // of core fonts that were added
	filled   []*field
	warnings []string
}

func (fl *filler) warn(format string, args ...any) {
	fl.warnings = append(fl.warnings, fmt.Sprintf(format, args...))
}

func (fl *filler) answer(a Answer) error {
	found, exact := fl.form.find(a.Name)
	if len(found) == 0 {
		hint := ""
		if near, ok := spelling.Nearest(a.Name, fl.form.names()); ok {
			hint = "; did you mean " + near + "?"
		}
		fl.warn("the PDF template has no field %s%s", a.Name, hint)
		return nil
	}
	if !exact {
		fl.warn("the PDF template writes the field %s as %s", a.Name, found[0].name)
	}
	for _, fd := range found {
		if !slices.Contains(fl.filled, fd) {
			fl.filled = append(fl.filled, fd)
		}
		if a.Image != nil {
			if err := fl.picture(fd, a.Image); err != nil {
				return err
			}
			continue
		}
		fl.write(fd, a.Text)
	}
	return nil
}

// write writes one text into one field.
func (fl *filler) write(fd *field, text string) {
	switch fd.kind {
	case TextField:
		fl.writeText(fd, text)
	case ButtonField:
		if fd.push() {
			return
		}
		if len(fd.widgets) == 1 {
			fl.tick(fd, text)
		} else {
			fl.choose(fd, text)
		}
	case ChoiceField:
		fl.writeChoice(fd, text)
	case SignatureField:
		if strings.TrimSpace(text) != "" {
			fl.warn("the field %s is for a signature and takes a picture, not text", fd.name)
		}
	}
}

func (fl *filler) writeText(fd *field, text string) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if fd.flags(fl.file)&flagMultiline == 0 {
		text = strings.ReplaceAll(text, "\n", " ")
	}
	most := fl.int(fd.attrs["MaxLen"])
	if n := len([]rune(text)); most > 0 && n > most {
		fl.warn("the field %s takes %d characters, and its value has %d", fd.name, most, n)
	}
	fd.set("V", fieldString(text))
	for _, w := range fd.widgets {
		fl.drawText(fd, w, text, most)
	}
}

// set gives a field a value.
func (fd *field) set(key string, o types.Object) {
	fd.dict[key] = o
	fd.attrs[key] = o
}

// yes are the texts that switch a checkbox on.
var yes = []string{"Yes", "yes", "True", "true", "On", "on"}

// tick switches a checkbox on or off.
func (fl *filler) tick(fd *field, text string) {
	w := fd.widgets[0]
	fl.ensureStates(fd, w)
	state := "Off"
	if slices.Contains(yes, text) || text == decoded(w.on) || text == w.on {
		state = w.on
	}
	fd.set("V", types.Name(state))
	w.dict["AS"] = types.Name(state)
}

// choose switches on the buttons of a group whose state a text is.
func (fl *filler) choose(fd *field, text string) {
	for _, w := range fd.widgets {
		fl.ensureStates(fd, w)
	}
	state := fl.stateOf(fd, text)
	if state == "Off" && text != "" && !slices.Contains([]string{"No", "no", "False", "false", "None", "Off", "off"}, text) {
		fl.warn("the buttons of the field %s have the values %s, and it was given none of them", fd.name, strings.Join(fl.states(fd), ", "))
	}
	fd.set("V", types.Name(state))
	for _, w := range fd.widgets {
		if w.on == state {
			w.dict["AS"] = types.Name(state)
		} else {
			w.dict["AS"] = types.Name("Off")
		}
	}
}

func (fl *filler) states(fd *field) []string {
	var out []string
	for _, w := range fd.widgets {
		if s := decoded(w.on); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// stateOf finds the state of a group of buttons that a text means: a state, the
// label of one, or yes and no where the states are True and False.
func (fl *filler) stateOf(fd *field, text string) string {
	wanted := []string{text}
	switch text {
	case "Yes", "yes":
		wanted = append(wanted, "True", "true")
	case "No", "no":
		wanted = append(wanted, "False", "false")
	}
	for _, s := range wanted {
		for _, w := range fd.widgets {
			if w.on != "" && (w.on == s || decoded(w.on) == s) {
				return w.on
			}
		}
	}
	for i, o := range fd.options(fl.file) {
		if (o.export == text || o.display == text) && i < len(fd.widgets) {
			return fd.widgets[i].on
		}
	}
	if states := fl.states(fd); len(states) == 1 && slices.Contains(yes, text) {
		return fd.widgets[0].on // one checkbox, drawn several times
	}
	return "Off"
}

// decoded is the name of a state as people wrote it: some programs write its
// characters as UTF-8, others as one byte each.
func decoded(state string) string {
	return strings.ToValidUTF8(state, "")
}

// writeChoice picks an item of a choice, or several, one a line.
func (fl *filler) writeChoice(fd *field, text string) {
	options := fd.options(fl.file)
	flags := fd.flags(fl.file)
	values := []string{text}
	if flags&flagMultiple != 0 && flags&flagCombo == 0 {
		values = strings.Split(text, "\n")
	}
	var exports types.Array
	var shown []string
	for _, v := range values {
		o := pick(options, v)
		if o == nil {
			o = &option{v, v}
			if v != "" && flags&flagEditChoice == 0 {
				fl.warn("the choices of the field %s do not hold its value, which was added to them", fd.name)
				options = append(options, *o)
				fd.set("Opt", append(slices.Clone(fl.array(fd.attrs["Opt"])), fieldString(v)))
			}
		}
		exports = append(exports, fieldString(o.export))
		shown = append(shown, o.display)
	}
	delete(fd.dict, "I")
	if len(exports) == 1 {
		fd.set("V", exports[0])
	} else {
		fd.set("V", exports)
	}
	for _, w := range fd.widgets {
		fl.drawText(fd, w, strings.Join(shown, "\n"), 0)
	}
}

// pick finds an item by its export value, else by what is shown of it.
func pick(options []option, text string) *option {
	for _, same := range []func(o option) bool{
		func(o option) bool { return o.export == text },
		func(o option) bool { return o.display == text },
	} {
		if i := slices.IndexFunc(options, same); i >= 0 {
			return &options[i]
		}
	}
	return nil
}

// complete draws the values that the template brought along without a drawing,
// and says that viewers need not draw anything.
func (fl *filler) complete() {
	for _, fd := range fl.form.fields {
		if fd.kind != TextField && fd.kind != ChoiceField || slices.Contains(fl.filled, fd) {
			continue
		}
		text, _ := fl.text(fd.attrs["V"])
		for _, w := range fd.widgets {
			if text != "" && fl.get(fl.dict(w.dict["AP"])["N"]) == nil {
				fl.drawText(fd, w, text, fl.int(fd.attrs["MaxLen"]))
			}
		}
	}
	delete(fl.form.dict, "NeedAppearances")
}

// fieldString is a text as files keep it: ASCII as it is, all else as UTF-16.
func fieldString(s string) types.Object {
	for _, r := range s {
		if r > 126 || (r < 32 && r != '\n' && r != '\t') {
			return types.NewHexLiteral([]byte(types.EncodeUTF16String(s)))
		}
	}
	return types.NewHexLiteral([]byte(s))
}
