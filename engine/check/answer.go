package check

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"colloquy/engine/ask"
	"colloquy/engine/evaluation"
	"colloquy/engine/screen"
)

// A filling is a form that is being filled in.
type filling struct {
	s     *screen.Screen
	names []string
	post  map[string]string
	files []ask.Upload
	said  Said
	// chance decides what is answered; nil: the simplest that may do.
	chance *rand.Rand
	words  []string       // texts that the interview's code compares with
	used   map[string]int // how often a choice was taken, by field and value
	when   time.Time
	again  bool // the usual answers were refused
}

func (f *filling) set(name, value string) {
	if name == "" {
		return
	}
	if _, ok := f.post[name]; !ok {
		f.names = append(f.names, name)
	}
	f.post[name] = value
}

// form fills in the whole screen and presses a button.
func (f *filling) form() *ask.Form {
	f.post = map[string]string{}
	for _, h := range f.s.Hidden {
		f.set(h.Name, h.Value)
	}
	rows := f.usedRows()
	for in := range f.s.Inputs() {
		if in.Inactive || in.Disabled || rows != nil && !rows[in] {
			continue
		}
		f.field(in)
	}
	if f.s.Kind == screen.KindSignature && len(f.s.Fields) > 0 && len(f.files) == 0 {
		f.upload(&f.s.Fields[0])
	}
	f.button()
	out := &ask.Form{Files: f.files}
	for _, n := range f.names {
		out.Values = append(out.Values, ask.Value{Name: n, Text: f.post[n]})
	}
	return out
}

// usedRows are the fields of the rows that are filled in, of a screen that
// collects a list.
func (f *filling) usedRows() map[*screen.Field]bool {
	if f.s.Rows == nil {
		return nil
	}
	shown, _ := strconv.Atoi(f.post[ask.AddedRows])
	n := max(1, shown)
	if f.chance != nil && f.s.Rows.CanAppend && f.chance.IntN(2) == 0 {
		n = min(n+1, len(f.s.Rows.Rows))
	}
	f.set(ask.AddedRows, strconv.Itoa(n))
	used := map[*screen.Field]bool{}
	for i := range f.s.Rows.Rows[:min(n, len(f.s.Rows.Rows))] {
		for j := range f.s.Rows.Rows[i].Fields {
			used[&f.s.Rows.Rows[i].Fields[j]] = true
		}
	}
	for i := range f.s.Fields {
		used[&f.s.Fields[i]] = true
	}
	return used
}

func (f *filling) button() {
	var submits []screen.Button
	for _, b := range f.s.Standard() {
		if b.Kind == screen.Submit && !b.Disabled {
			submits = append(submits, b)
		}
	}
	if len(submits) == 0 {
		return
	}
	labels := make([]string, len(submits))
	for i := range submits {
		labels[i] = submits[i].Name + "=" + submits[i].Value
	}
	b := submits[f.pick("", labels)]
	f.set(b.Name, b.Value)
	if len(submits) > 1 {
		f.said.Pressed = b.Text
	}
}

// pick takes one of several, those that were taken less often first.
func (f *filling) pick(of string, values []string) int {
	if f.chance == nil {
		return 0
	}
	n := f.chance.IntN(len(values))
	if f.chance.IntN(2) == 0 {
		for i := range values {
			if f.used[of+"="+values[i]] < f.used[of+"="+values[n]] {
				n = i
			}
		}
	}
	f.used[of+"="+values[n]]++
	return n
}

func (f *filling) yes(of string) bool { return f.pick(of, []string{"no", "yes"}) == 1 }

// note remembers an answer in the words of the conversation.
func (f *filling) note(in *screen.Field, text string) {
	name := in.Variable
	if name == "" {
		name = "choice"
	}
	f.said.Answers = append(f.said.Answers, Answer{name, text})
}

// field answers one field.
func (f *filling) field(in *screen.Field) {
	switch c := in.Control(); c {
	case screen.ControlNone:
	case screen.ControlHidden:
		f.set(in.Name, in.Value)
	case screen.ControlCheckboxes, screen.ControlMultiselect:
		f.boxes(in)
	case screen.ControlRadios, screen.ControlSelect, screen.ControlCombobox:
		f.choice(in)
	case screen.ControlCheckbox:
		value := "True"
		if in.Sign < 0 {
			value = "False"
		}
		if ticked := f.yes(in.Name); ticked || in.Required && in.Datatype != "boolean" {
			f.set(in.Name, value)
			f.note(in, value)
		} else {
			f.note(in, map[string]string{"True": "False", "False": "True"}[value])
		}
	case screen.ControlYesNo, screen.ControlMaybe:
		values := []string{"True", "False"}
		if c == screen.ControlMaybe {
			values = append(values, "None")
		}
		v := values[f.pick(in.Name, values)]
		f.set(in.Name, v)
		f.note(in, v)
	case screen.ControlFile:
		f.upload(in)
	default:
		f.typed(in)
	}
}

func (f *filling) boxes(in *screen.Field) {
	var ticked []string
	for i, c := range in.Choices {
		if f.chance == nil && i < max(1, in.MinLen) || f.chance != nil && f.chance.IntN(2) == 0 {
			f.set(c.Name, "True")
			ticked = append(ticked, c.Text)
		}
	}
	if len(ticked) == 0 && in.NoneOf != nil {
		f.set(in.NoneOf.Name, "True")
	}
	f.note(in, strings.Join(ticked, ", "))
}

func (f *filling) choice(in *screen.Field) {
	var values, texts []string
	for _, c := range in.Choices {
		values, texts = append(values, c.Value), append(texts, c.Text)
	}
	if in.NoneOf != nil {
		values, texts = append(values, in.NoneOf.Value), append(texts, in.NoneOf.Text)
	}
	if !in.Required {
		values, texts = append(values, ""), append(texts, "")
	}
	if len(values) == 0 {
		return
	}
	n := f.pick(in.Name, values)
	f.set(in.Name, values[n])
	f.note(in, texts[n])
}

// picture is a picture of one white dot.
const picture = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU" +
	"\x00\x00\x00\nIDATx\x9cc\xf8\x0f\x00\x01\x01\x01\x00\x1b\xb6\xeeV\x00\x00\x00\x00IEND\xaeB`\x82"

func (f *filling) upload(in *screen.Field) {
	if !in.Required && !f.yes(in.Name) {
		f.note(in, "")
		return
	}
	u := ask.Upload{Name: in.Name, Filename: "note.txt", MIME: "text/plain", Content: []byte("a note\n")}
	if a := in.Accepts(); in.Datatype == "signature" || f.s.Kind == screen.KindSignature || strings.Contains(a, "image") || strings.Contains(a, ".png") {
		u.Filename, u.MIME, u.Content = "canvas.png", "image/png", []byte(picture)
	}
	u.Size = int64(len(u.Content))
	f.files = append(f.files, u)
	f.note(in, u.Filename)
}

// typed answers a field in which something is typed.
func (f *filling) typed(in *screen.Field) {
	list := f.candidates(in)
	value := list[0]
	if f.chance != nil {
		value = list[f.chance.IntN(len(list))]
		if f.chance.IntN(2) > 0 && !f.again {
			value = list[0]
		}
		if !in.Required && f.chance.IntN(4) == 0 {
			value = ""
		}
	}
	f.set(in.Name, value)
	f.note(in, value)
}

// candidates are texts that a field may take, the usual one first, then those
// at its limits and those that the interview compares with.
func (f *filling) candidates(in *screen.Field) []string {
	today := f.when.Format(time.DateOnly)
	switch in.Control() {
	case screen.ControlNumber, screen.ControlCurrency, screen.ControlRange:
		return f.numbers(in)
	case screen.ControlDate:
		later := func(days int) string { return f.when.AddDate(0, 0, days).Format(time.DateOnly) }
		return within(in, []string{today, later(1), later(-1), later(30), later(-400), "2000-02-29", "1900-01-01", "2099-12-31"})
	case screen.ControlTime:
		return []string{"09:30", "12:00", "15:00", "18:00", "20:00", "00:00", "23:59"}
	case screen.ControlDatetime:
		return []string{today + "T09:30", "2000-02-29T00:00", "2099-12-31T23:59"}
	case screen.ControlEmail:
		return []string{"ann@example.org", "a.b+c@mail.example.org"}
	}
	switch in.Datatype {
	case "integer", "number", "currency", "float", "range":
		return f.numbers(in)
	}
	list := append([]string{"Ann", "O'Brien & <b>Söhne</b>", "${ 1/0 }", "0", "yes", "名前", strings.Repeat("long ", 200)}, f.words...)
	for i, s := range list {
		for in.MinLen > 0 && len([]rune(s)) < in.MinLen {
			s += "n"
		}
		if r := []rune(s); in.MaxLen > 0 && len(r) > in.MaxLen {
			s = string(r[:in.MaxLen])
		}
		list[i] = s
	}
	return list
}

func within(in *screen.Field, list []string) []string {
	out := slices.DeleteFunc(list, func(s string) bool { return in.Min != "" && s < in.Min || in.Max != "" && s > in.Max })
	for _, limit := range []string{in.Min, in.Max} {
		if limit != "" {
			out = append(out, limit)
		}
	}
	if len(out) == 0 {
		return []string{""}
	}
	return out
}

func (f *filling) numbers(in *screen.Field) []string {
	least, err1 := strconv.ParseFloat(in.Min, 64)
	most, err2 := strconv.ParseFloat(in.Max, 64)
	list := []string{"1", "0", "2", "3", "-1", "10", "100"}
	if in.Datatype == "number" || in.Datatype == "currency" || in.Datatype == "float" {
		list = append(list, "0.5", "99.99")
	}
	for _, w := range f.words {
		if n, err := strconv.Atoi(w); err == nil && n <= 1000 && n >= -1000 {
			list = append(list, w, strconv.Itoa(n+1), strconv.Itoa(n-1))
		}
	}
	list = slices.DeleteFunc(list, func(s string) bool {
		n, err := strconv.ParseFloat(s, 64)
		return err != nil || err1 == nil && n < least || err2 == nil && n > most
	})
	for _, limit := range []string{in.Min, in.Max} {
		if limit != "" {
			list = append(list, limit)
		}
	}
	if len(list) == 0 {
		return []string{"1"}
	}
	return list
}

// answer makes the next move of a conversation.
func (t *talk) answer(chance *rand.Rand, words []string, used map[string]int, again bool) *move {
	said := Said{Question: t.screen.QuestionText, Pos: t.asked.Block.Pos}
	if chance != nil {
		if acts := t.actions(); len(acts) > 0 && (chance.IntN(6) == 0 || !t.screen.HasForm()) {
			a := acts[chance.IntN(len(acts))]
			said.Pressed = actionName(a)
			return &move{action: a, said: said}
		}
	}
	f := &filling{s: t.screen, said: said, chance: chance, words: words, used: used, when: t.now, again: again}
	form := f.form()
	return &move{form: form, said: f.said}
}

func actionName(a *evaluation.Pending) string { return "the link that does " + a.Action }
