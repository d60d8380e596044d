package pdf

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// Kinds of fields, as PDF names them.
const (
	TextField      = "/Tx"
	ButtonField    = "/Btn" // checkbox, radio button or push button
	ChoiceField    = "/Ch"
	SignatureField = "/Sig"
)

// Flags of fields (ISO 32000-1, tables 226 to 230).
const (
	flagMultiline  = 1 << 12
	flagPassword   = 1 << 13
	flagRadio      = 1 << 15
	flagPush       = 1 << 16
	flagCombo      = 1 << 17
	flagEditChoice = 1 << 18
	flagMultiple   = 1 << 21
	flagComb       = 1 << 24
)

// A Field is one place of a form. A field that is drawn several times, like the
// buttons of one choice, is listed once for each.
type Field struct {
	Name    string     // qualified: names of all levels, joined by dots
	Kind    string     // TextField, ButtonField, ChoiceField or SignatureField
	Value   string     // what the template holds: text, or the state of a button
	On      string     // state of a button that is switched on; "" for all else
	Push    bool       // a button that does something and holds no answer
	Options []string   // what a choice offers
	Label   string     // what the author of the form wrote for screen readers
	Page    int        // 1 for the first; 0 if it is on no page
	Box     [4]float64 // left, bottom, right, top in points
	Max     int        // most characters of a text; 0 for any number
}

// Fields lists the fields of a form in the order of reading: by page, from top
// to bottom, from left to right. A file without fields has none, which is no
// error. The password is needed for templates that ask for one.
func Fields(template []byte, password string) ([]Field, error) {
	f, err := open(template, password)
	if err != nil {
		return nil, err
	}
	fm, err := f.form()
	if err != nil {
		return nil, err
	}
	var out []Field
	for _, fd := range fm.fields {
		for _, w := range fd.widgets {
			out = append(out, fd.listed(f, w))
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return before(out[i], out[j]) })
	return out, nil
}

func before(a, b Field) bool {
	if a.Page != b.Page {
		return a.Page < b.Page
	}
	if a.Box[3] != b.Box[3] {
		return a.Box[3] > b.Box[3]
	}
	return a.Box[0] < b.Box[0]
}

func (fd *field) listed(f *file, w *widget) Field {
	out := Field{Name: fd.name, Kind: fd.kind, Page: w.page + 1, Box: [4]float64{w.box.x1, w.box.y1, w.box.x2, w.box.y2},
		Max: f.int(fd.attrs["MaxLen"]), Push: fd.push()}
	out.Label, _ = f.text(fd.attrs["TU"])
	out.Value, _ = f.text(fd.attrs["V"])
	if fd.kind == ButtonField && !fd.push() {
		out.On = w.on
	}
	for _, o := range fd.options(f) {
		out.Options = append(out.Options, o.display)
	}
	return out
}

// HasForm says whether a file is a form that can be filled in.
func HasForm(data []byte) (bool, error) {
	f, err := open(data, "")
	if err != nil {
		return false, err
	}
	return f.dict(f.root()["AcroForm"]) != nil, nil
}

// A form is the fields of a file.
type form struct {
	dict   types.Dict // the AcroForm dictionary
	fields []*field
}

// A field is one answer and the places where it is drawn.
type field struct {
	name    string // qualified
	partial string // the last part of the name
	kind    string
	dict    types.Dict
	attrs   types.Dict // its entries and those it inherits
	widgets []*widget
}

// A widget is a place where a field is drawn.
type widget struct {
	ref  types.IndirectRef
	dict types.Dict
	page int // index of the page; -1: on no page
	box  rect
	on   string // of a button: the state that is not Off
}

func (fd *field) flags(f *file) int { return f.int(fd.attrs["Ff"]) }

func (fd *field) push() bool {
	n, _ := fd.attrs["Ff"].(types.Integer)
	return fd.kind == ButtonField && int(n)&flagPush != 0
}

// form reads the fields of the file.
func (f *file) form() (*form, error) {
	fm := &form{dict: f.dict(f.root()["AcroForm"])}
	if fm.dict == nil {
		fm.dict = types.Dict{}
		return fm, nil
	}
	at := f.widgetPages()
	seen := map[int]bool{}
	above := types.Dict{}
	for _, k := range []string{"DA", "Q"} {
		if v, ok := fm.dict[k]; ok {
			above[k] = v
		}
	}
	for _, o := range f.array(fm.dict["Fields"]) {
		f.readField(fm, o, "", above, at, seen, 0)
	}
	f.readStrays(fm, above, at, seen)
	if len(fm.fields) == 0 && fm.dict["XFA"] != nil {
		return nil, errors.New("this PDF file is a dynamic XFA form, which has no fields of the usual kind; save it as a static form or an AcroForm")
	}
	return fm, nil
}

// widgetPages says on which page each annotation is, by its number. Those that
// are written directly into a page become objects.
func (f *file) widgetPages() map[int]int {
	at := map[int]int{}
	for i, p := range f.pages {
		notes := f.array(p.dict["Annots"])
		for j, o := range notes {
			ref, ok := o.(types.IndirectRef)
			if !ok {
				if f.dict(o) == nil {
					continue
				}
				ref = f.add(f.dict(o))
				notes[j] = ref
			}
			at[ref.ObjectNumber.Value()] = i
		}
	}
	return at
}

// readStrays adds the fields that are drawn on pages but listed nowhere.
func (f *file) readStrays(fm *form, above types.Dict, at map[int]int, seen map[int]bool) {
	for _, p := range f.pages {
		for _, o := range f.array(p.dict["Annots"]) {
			d := f.dict(o)
			ref, ok := o.(types.IndirectRef)
			if !ok || f.name(d["Subtype"]) != "Widget" || seen[ref.ObjectNumber.Value()] || d["T"] == nil || d["Parent"] != nil {
				continue
			}
			f.readField(fm, o, "", above, at, seen, 0)
			fields := f.array(fm.dict["Fields"])
			fm.dict["Fields"] = append(slices.Clone(fields), ref)
		}
	}
}

// readField reads a node of the tree of fields.
func (f *file) readField(fm *form, o types.Object, name string, above types.Dict, at map[int]int, seen map[int]bool, depth int) {
	ref, ok := o.(types.IndirectRef)
	d := f.dict(o)
	if !ok || d == nil || depth > maxDepth || seen[ref.ObjectNumber.Value()] {
		return
	}
	seen[ref.ObjectNumber.Value()] = true
	partial, _ := f.text(d["T"])
	full := name
	if partial != "" {
		full = strings.TrimPrefix(name+"."+partial, ".")
	}
	attrs := inherited(d, above)
	var kids []types.IndirectRef
	named := false
	for _, k := range f.array(d["Kids"]) {
		if kid, ok := k.(types.IndirectRef); ok && f.dict(k) != nil {
			kids = append(kids, kid)
			named = named || f.dict(k)["T"] != nil
		}
	}
	if named || (len(kids) > 0 && f.name(attrs["FT"]) == "") {
		for _, kid := range kids {
			f.readField(fm, kid, full, attrs, at, seen, depth+1)
		}
		return
	}
	fd := &field{name: full, partial: partial, kind: "/" + f.name(attrs["FT"]), dict: d, attrs: attrs}
	if n, ok := f.get(attrs["Ff"]).(types.Integer); ok {
		fd.attrs["Ff"] = n
	}
	if len(kids) == 0 {
		kids = []types.IndirectRef{ref}
	}
	for _, kid := range kids {
		seen[kid.ObjectNumber.Value()] = true
		fd.widgets = append(fd.widgets, f.readWidget(kid, at))
	}
	if fd.kind != "/" {
		fm.fields = append(fm.fields, fd)
	}
}

// inherited is what a node has of its own and from above.
func inherited(d, above types.Dict) types.Dict {
	out := types.Dict{}
	for _, k := range []string{"FT", "Ff", "V", "DV", "DA", "Q", "MaxLen", "Opt", "TU"} {
		if v, ok := d[k]; ok {
			out[k] = v
		} else if v, ok := above[k]; ok {
			out[k] = v
		}
	}
	return out
}

func (f *file) readWidget(ref types.IndirectRef, at map[int]int) *widget {
	w := &widget{ref: ref, dict: f.dict(ref), page: -1}
	if i, ok := at[ref.ObjectNumber.Value()]; ok {
		w.page = i
	} else if p, ok := w.dict["P"].(types.IndirectRef); ok {
		w.page = slices.IndexFunc(f.pages, func(known leaf) bool { return known.ref.ObjectNumber == p.ObjectNumber })
	}
	w.box, _ = f.rectangle(w.dict["Rect"])
	states := make([]string, 0, 2)
	if normal, ok := f.get(f.dict(w.dict["AP"])["N"]).(types.Dict); ok {
		for k := range normal {
			if !strings.EqualFold(k, "Off") {
				states = append(states, k)
			}
		}
	}
	sort.Strings(states)
	if len(states) > 0 {
		w.on = states[0]
	}
	return w
}

// An option is one item of a choice.
type option struct{ export, display string }

// options reads what a choice offers, or what the buttons of a group are called.
func (fd *field) options(f *file) []option {
	var out []option
	for _, o := range f.array(fd.attrs["Opt"]) {
		if pair := f.array(o); len(pair) >= 2 {
			export, _ := f.text(pair[0])
			display, _ := f.text(pair[1])
			out = append(out, option{export, display})
			continue
		}
		s, _ := f.text(o)
		out = append(out, option{s, s})
	}
	return out
}

// signed says whether somebody has signed the file digitally.
func (f *file) signed(fm *form) bool {
	for _, fd := range fm.fields {
		if fd.kind == SignatureField && f.dict(fd.attrs["V"])["Contents"] != nil {
			return true
		}
	}
	return false
}

// find gives the fields that a name means: the one of this qualified name, else
// all whose own name it is, else all for which it differs by case and blanks
// only; exact tells whether it was one of the first two.
func (fm *form) find(name string) (found []*field, exact bool) {
	for _, same := range []func(*field) bool{
		func(fd *field) bool { return fd.name == name },
		func(fd *field) bool { return fd.partial == name },
	} {
		for _, fd := range fm.fields {
			if same(fd) {
				found = append(found, fd)
			}
		}
		if found != nil {
			return found, true
		}
	}
	loose := loosely(name)
	for _, fd := range fm.fields {
		if loosely(fd.name) == loose || loosely(fd.partial) == loose {
			found = append(found, fd)
		}
	}
	return found, false
}

// loosely is a name without the differences that people do not see.
func loosely(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

func (fm *form) names() []string {
	var out []string
	for _, fd := range fm.fields {
		if !slices.Contains(out, fd.name) {
			out = append(out, fd.name)
		}
	}
	return out
}

// errNoFields is what filling in a file without fields gives.
var errNoFields = fmt.Errorf("PDF template has no fields in it")
