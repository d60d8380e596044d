package transcript

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"colloquy/engine/ask"
	"colloquy/engine/run"
	"colloquy/engine/screen"
)

// press fills in a form and presses the button with a label.
func (p *player) press(rest string) error {
	if p.who.screen == nil {
		return errors.New("there is no screen")
	}
	for i := range p.who.screen.Standard() {
		b := &p.who.screen.Standard()[i]
		after, ok := strings.CutPrefix(rest, b.Text)
		if !ok || after != "" && after[0] != ' ' || b.Disabled {
			continue
		}
		if b.Kind != screen.Submit {
			return p.address(b.URL)
		}
		return p.send(p.who.screen, words(after), b)
	}
	return fmt.Errorf("there is no button %q", rest)
}

// send fills in the form of a screen with name=value words and presses a
// button, the first one if none is given.
func (p *player) send(s *screen.Screen, given []string, b *screen.Button) error {
	if s == nil || !s.HasForm() {
		return errors.New("there is no form to fill in")
	}
	f := &filling{p: p, s: s, posted: map[string][]string{}}
	for _, h := range s.Hidden {
		f.post(h.Name, h.Value)
	}
	for in := range s.Inputs() {
		f.usual(in)
	}
	for _, w := range given {
		if err := f.fill(w); err != nil {
			return err
		}
	}
	if std := s.Standard(); b == nil && len(std) > 0 {
		b = &std[0]
	}
	if b != nil && b.Name != "" {
		f.post(b.Name, b.Value)
	}
	return p.visit(&run.Request{Form: f.form()})
}

// filling is a form being filled in. What is posted is what a browser with
// scripts posts, except that fields which a condition hides are sent as well:
// the server must see for itself.
type filling struct {
	p      *player
	s      *screen.Screen
	names  []string // in order
	posted map[string][]string
	files  []ask.Upload
}

// post sets what is posted under a name; no values take it out again.
func (f *filling) post(name string, values ...string) {
	if name == "" {
		return
	}
	if !slices.Contains(f.names, name) {
		f.names = append(f.names, name)
	}
	f.posted[name] = values
}

// form is the filled form.
func (f *filling) form() *run.Form {
	out := &run.Form{}
	for _, n := range f.names {
		for _, v := range f.posted[n] {
			if n == run.FormInput {
				out.Token = v
			}
			out.Values = append(out.Values, ask.Value{Name: n, Text: v})
		}
	}
	out.Files = f.files
	return out
}

// usual posts what a field holds before anybody touches it.
func (f *filling) usual(in *screen.Field) {
	switch in.Control() {
	case screen.ControlNone, screen.ControlFile:
	case screen.ControlCheckboxes, screen.ControlMultiselect:
		for _, c := range in.Choices {
			if c.Selected {
				f.post(c.Name, "True")
			}
		}
	case screen.ControlRadios, screen.ControlSelect:
		if in.Control() == screen.ControlSelect {
			f.post(in.Name, "")
		}
		for _, c := range in.Choices {
			if c.Selected {
				f.post(in.Name, c.Value)
			}
		}
	case screen.ControlCheckbox:
		if in.Value == boxValue(in) {
			f.post(in.Name, in.Value)
		}
	case screen.ControlYesNo, screen.ControlMaybe:
		if in.Value != "" {
			f.post(in.Name, in.Value)
		}
	default:
		f.post(in.Name, in.Value)
	}
}

// boxValue is what a single checkbox posts when it is ticked.
func boxValue(in *screen.Field) string {
	if in.Sign < 0 {
		return "False"
	}
	return "True"
}

// fill fills one field.
func (f *filling) fill(word string) error {
	if word == "sign" && f.s.Kind == screen.KindSignature {
		f.files = append(f.files, ask.Upload{Name: f.s.Fields[0].Name, Filename: "canvas.png", MIME: "image/png",
			Size: int64(len(drawing)), Content: []byte(drawing)})
		return nil
	}
	name, value, ok := cutPair(word)
	if !ok {
		return fmt.Errorf("%q is no name=value", word)
	}
	if raw, ok := strings.CutPrefix(name, "!"); ok {
		f.post(ask.Encode(raw), value)
		return nil
	}
	if strings.HasPrefix(name, "_") {
		f.post(name, value)
		return nil
	}
	in := f.find(name)
	if in == nil {
		return fmt.Errorf("there is no field %q", name)
	}
	f.use(in)
	return f.set(in, value)
}

// cutPair cuts at the first "=" outside of brackets.
func cutPair(word string) (name, value string, ok bool) {
	depth := 0
	for i, c := range word {
		switch {
		case c == '[':
			depth++
		case c == ']':
			depth--
		case c == '=' && depth <= 0:
			return word[:i], word[i+1:], true
		}
	}
	return word, "", false
}

func (f *filling) find(name string) *screen.Field {
	for in := range f.s.Inputs() {
		if orElse(in.Variable, "choice") == name && in.Control() != screen.ControlNone {
			return in
		}
	}
	for in := range f.s.Inputs() {
		if in.LabelText == name && in.Control() != screen.ControlNone {
			return in
		}
	}
	return nil
}

// use notes, as the page's scripts do, that the row of a field is in use.
func (f *filling) use(in *screen.Field) {
	if f.s.Rows == nil {
		return
	}
	for i, row := range f.s.Rows.Rows {
		for j := range row.Fields {
			if used, _ := strconv.Atoi(f.first(ask.AddedRows)); &row.Fields[j] == in && used < i+1 {
				f.post(ask.AddedRows, strconv.Itoa(i+1))
			}
		}
	}
}

func (f *filling) first(name string) string {
	if v := f.posted[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

func (f *filling) set(in *screen.Field, value string) error {
	switch in.Control() {
	case screen.ControlCheckboxes, screen.ControlMultiselect:
		return f.tick(in, value)
	case screen.ControlCheckbox:
		f.post(in.Name)
		if yes := truth(value); yes == (in.Sign >= 0) {
			f.post(in.Name, boxValue(in))
		}
	case screen.ControlYesNo, screen.ControlMaybe:
		f.post(in.Name, f.answer(in, value))
	case screen.ControlFile:
		return f.upload(in, value)
	default:
		f.post(in.Name, valueOf(in, value))
	}
	return nil
}

func truth(value string) bool { return value == "Yes" || value == "True" || value == "yes" }

// answer is what the radio button for yes, no or maybe posts.
func (f *filling) answer(in *screen.Field, value string) string {
	switch value {
	case "Yes", "yes", in.TrueLabel:
		return "True"
	case "No", "no", in.FalseLabel:
		return "False"
	case "Maybe", "I don't know", in.MaybeLabel:
		return "None"
	}
	return value
}

// valueOf finds the choice with a label; anything else is sent as it is.
func valueOf(in *screen.Field, value string) string {
	for _, c := range in.Choices {
		if c.Text == value {
			return c.Value
		}
	}
	return value
}

// tick ticks the boxes that are named between commas, and no others.
func (f *filling) tick(in *screen.Field, value string) error {
	for _, c := range in.Choices {
		f.post(c.Name)
	}
	for name := range strings.SplitSeq(value, ",") {
		name = strings.TrimSpace(name)
		found := name == ""
		for _, c := range in.Choices {
			if !found && (c.Text == name || c.Value == name) {
				f.post(c.Name, "True")
				found = true
			}
		}
		if in.AllOf != nil && in.AllOf.Text == name {
			f.post(in.AllOf.Name, "True")
			continue
		}
		if in.NoneOf != nil && in.NoneOf.Text == name {
			f.post(in.NoneOf.Name, "True")
			found = true
		}
		if !found {
			return fmt.Errorf("there is no box %q", name)
		}
	}
	return nil
}

// upload sends a file of the transcript, or a text file with this content.
func (f *filling) upload(in *screen.Field, value string) error {
	content, ok := f.p.t.file(value)
	name := value
	if !ok {
		content, name = []byte(value), "note.txt"
	}
	f.files = append(f.files, ask.Upload{Name: in.Name, Filename: name, MIME: "text/plain", Size: int64(len(content)), Content: content})
	return nil
}

// drawing is a picture of one white dot.
const drawing = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU" +
	"\x00\x00\x00\nIDATx\x9cc\xf8\x0f\x00\x01\x01\x01\x00\x1b\xb6\xeeV\x00\x00\x00\x00IEND\xaeB`\x82"
