package transcript

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"colloquy/engine/ask"
	"colloquy/engine/interview"
	"colloquy/engine/run"
	"colloquy/engine/screen"
)

// A datatype is what the table of datatypes needs to know to try one.
type datatype struct {
	more    string   // lines that its field cannot do without
	typical string   // an answer, as fill takes it
	initial string   // a default
	rules   []breach // besides that of a field that must be answered
}

// A breach is an answer that breaks a rule.
type breach struct {
	more  string // the field's lines that set the rule
	typed string // the answer, as fill takes it
	post  string // what is posted instead
}

const (
	twoFish  = "choices:\n  - Pike: pike\n  - Carp: carp"
	twoPonds = "choices: ponds"
	logScale = "min: 1\nmax: 9"
)

var (
	lengths = []breach{{more: "minlength: 3", typed: "ab"}, {more: "maxlength: 3", typed: "abcd"}}
	picks   = []breach{{post: "shark"}}
	unsaid  = []breach{{post: "perhaps"}}
	boxes   = []breach{{more: "minlength: 2", typed: "Pike"}, {more: "maxlength: 1", typed: "Pike,Carp"}, {more: "minlength: 1\nmaxlength: 1", typed: "Pike,Carp"}}
	// pictures is the rule of a field that takes pictures only.
	pictures = []breach{{more: "accept: |\n  'image/png'", typed: "note.txt text/plain"}}
	sizes    = []breach{{typed: "twelve"}, {more: "min: 10", typed: "9"}, {more: "max: 10", typed: "11"},
		{more: "step: 4", typed: "9"}}
)

// dates are the rules of a date or time of that kind.
func dates(early, middle, late string) []breach {
	low, high := fmt.Sprintf("min: %q", middle), fmt.Sprintf("max: %q", middle)
	return []breach{{typed: "whenever"}, {more: low, typed: early}, {more: high, typed: late},
		{more: low + "\n" + high, typed: late}}
}

// media is a datatype of files that takes only some.
func media(file string) datatype {
	return datatype{typical: file, rules: []breach{{typed: "note.txt text/plain"}}}
}

// tried are the datatypes of the table; which there must be says interview.
var tried = map[string]datatype{
	"text":     {typical: "<b>pike</b> C:\\x", initial: "carp", rules: lengths},
	"raw":      {typical: "<b>pike</b> C:\\x", initial: "carp", rules: lengths},
	"password": {typical: "h4lf a pike", initial: "carp", rules: lengths},
	"email": {typical: "pike@pond.example", initial: "carp@pond.example", rules: []breach{{typed: "pike@pond"},
		{more: "minlength: 30", typed: "pike@pond.example"}, {more: "maxlength: 3", typed: "pike@pond.example"}}},
	"integer":  {typical: "1,200", initial: "12", rules: append([]breach{{typed: "12.0"}}, sizes...)},
	"number":   {typical: "40%", initial: "1.5", rules: sizes},
	"float":    {typical: "1,234.5", initial: "1.5", rules: sizes},
	"currency": {typical: "1,234.50", initial: "1.5", rules: sizes},
	"range":    {more: logScale, typical: "3", initial: "7", rules: []breach{{typed: "twelve"}, {typed: "0"}, {typed: "10"}, {more: "step: 4", typed: "2"}}},
	"date":     {typical: "2031-02-03", initial: "2 March 2026", rules: dates("2026-03-01", "2026-03-02", "2026-03-03")},
	"time":     {typical: "18:05", initial: "6 pm", rules: dates("08:00", "09:00", "10:00")},
	"datetime": {typical: "2031-02-03T18:05", initial: "2 March 2026 6 pm", rules: dates("2026-03-02T08:00", "2026-03-02T09:00", "2026-03-02T10:00")},
	"yesno":    {typical: "Yes", initial: "True"}, "noyes": {typical: "No", initial: "True"},
	"yesnowide": {typical: "Yes", initial: "True"}, "noyeswide": {typical: "No", initial: "True"}, "boolean": {typical: "Yes", initial: "True"},
	"yesnoradio": {typical: "Yes", initial: "No", rules: unsaid}, "noyesradio": {typical: "No", initial: "No", rules: unsaid},
	"yesnomaybe": {typical: "Maybe", initial: "True", rules: unsaid}, "noyesmaybe": {typical: "No", initial: "True", rules: unsaid},
	"threestate":         {typical: "Maybe", initial: "True", rules: unsaid},
	"checkboxes":         {more: twoFish, typical: "Carp", initial: "pike", rules: boxes},
	"multiselect":        {more: twoFish, typical: "Carp", initial: "pike", rules: boxes},
	"datetime-local":     {typical: "2031-02-03T18:05", initial: "2 March 2026 6 pm", rules: dates("2026-03-02T08:00", "2026-03-02T09:00", "2026-03-02T10:00")},
	"object":             {more: twoPonds, typical: "Carp", initial: "ponds[0]", rules: picks},
	"object_radio":       {more: twoPonds, typical: "Carp", initial: "ponds[0]", rules: picks},
	"object_checkboxes":  {more: twoPonds, typical: "Carp", initial: "ponds[0]", rules: boxes},
	"object_multiselect": {more: twoPonds, typical: "Carp", initial: "ponds[0]", rules: boxes},
	"file":               {typical: "note.txt text/plain", rules: pictures},
	"files":              {typical: "note.txt text/plain", rules: pictures},
	"camera":             media("pike.png image/png"), "user": media("me.png image/png"), "environment": media("pond.png image/png"),
	"camcorder": media("pond.mp4 video/mp4"), "microphone": media("pond.ogg audio/ogg"),
	"ml": {typical: "a pike", initial: "carp", rules: lengths}, "mlarea": {typical: "a pike", initial: "carp", rules: lengths},
	"area": {typical: "a\npike", initial: "carp", rules: lengths}, "hidden": {typical: "pike", initial: "carp"},
	"radio": {more: twoFish, typical: "Carp", initial: "pike", rules: picks}, "dropdown": {more: twoFish, typical: "Carp", initial: "pike", rules: picks},
	"pulldown": {more: twoFish, typical: "Carp", initial: "pike", rules: picks},
	"combobox": {more: twoFish, typical: "trout", initial: "pike", rules: lengths}, "datalist": {more: twoFish, typical: "trout", initial: "pike", rules: lengths},
	"ajax": {more: "action: suggest", typical: "trout", initial: "pike", rules: lengths},
}

// fishing is what the field of a datatype is asked in; %s are its lines.
const fishing = `
objects:
  - ponds: DAList.using(object_type=Individual, auto_gather=False, gathered=True)
---
mandatory: True
code: |
  for name in ('Pike', 'Carp'):
    fish = ponds.appendObject()
    fish.name.first = name
  del fish
  del name
---
mandatory: True
code: |
  asked
  response(told)
---
need: asked
code: |
  if not defined('f'):
    told = 'not defined'
  elif type(f).__name__ == 'DAModel':
    told = 'DAModel ' + repr(f.text)
  elif isinstance(f, DAFileList):
    told = 'DAFileList ' + ', '.join([repr(x.filename) + ' ' + x.mimetype for x in f])
  elif isinstance(f, DADict):
    told = 'DADict ' + repr(f.elements)
  elif isinstance(f, DAList):
    told = 'DAList ' + repr([x.instanceName for x in f])
  elif isinstance(f, DAObject):
    told = 'the object ' + f.instanceName
  elif type(f).__name__ == 'DADateTime':
    told = 'DADateTime ' + f.format('yyyy-MM-dd HH:mm')
  else:
    told = type(f).__name__ + ' ' + repr(f)
---
event: suggest
code: |
  json_response(['trout'])
---
question: Fish
fields:
  - Fish: f
%s
continue button field: asked
`

// lines indents the lines of a field.
func lines(parts ...string) string {
	var b strings.Builder
	for _, part := range parts {
		for l := range strings.SplitSeq(part, "\n") {
			if l != "" {
				b.WriteString("    " + l + "\n")
			}
		}
	}
	return b.String()
}

// A bench tries fields: each is an interview of its own.
type bench struct {
	t      testing.TB
	player *player
	fields []string
}

// newBench makes a bench for fields given by their lines.
func newBench(t testing.TB, fields []string) *bench {
	t.Helper()
	text := "Fields are tried.\n"
	for i, f := range fields {
		text += fmt.Sprintf("-- field%d.yml --%s", i, fmt.Sprintf(fishing, f))
	}
	tr, err := Parse("fields.txtar", []byte(text+"-- talk --\n"))
	if err != nil {
		t.Fatal(err)
	}
	stage, err := NewStage([]*Transcript{tr})
	if err != nil {
		t.Fatal(err)
	}
	room, err := stage.open(tr)
	if err != nil {
		t.Fatal(err)
	}
	p := &player{t: tr, room: room, ctx: t.Context(), people: map[string]*person{}}
	if err := p.as("angler"); err != nil {
		t.Fatal(err)
	}
	return &bench{t: t, player: p, fields: fields}
}

// ask shows a field to somebody new.
func (b *bench) ask(lines string) *screen.Field {
	b.t.Helper()
	p := b.player
	p.out.Reset()
	name := fmt.Sprintf("%s:data/questions/field%d.yml", p.t.pkg(), slices.Index(b.fields, lines))
	if err := p.arrive([]string{name}); err != nil {
		b.t.Fatal(err)
	}
	s := p.reply.Screen
	if s == nil || len(s.Fields) != 1 {
		b.t.Fatalf("no field is asked:\n%s\n%s", lines, p.out.String())
	}
	return &s.Fields[0]
}

// send posts a form. It returns the value or, in quotation marks, what is said
// at the field.
func (b *bench) send(f *filling) string {
	b.t.Helper()
	said := b.sent(f)
	if strings.HasPrefix(said, "FAILED") {
		b.t.Fatal(said)
	}
	return said
}

// sent is send for forms that may be refused as a whole, or fail: the answer
// then begins with "refused" or "FAILED".
func (b *bench) sent(f *filling) string {
	b.t.Helper()
	p := b.player
	p.reply = nil
	p.out.Reset()
	if err := p.visit(&run.Request{Form: f.form()}); err != nil {
		b.t.Fatal(err)
	}
	r := p.reply
	switch {
	case r == nil && (strings.HasPrefix(p.out.String(), "fault internal") || strings.TrimSpace(p.out.String()) == ""):
		return "FAILED: " + p.out.String()
	case r == nil:
		return "refused: " + p.out.String()
	case r.Respond != nil:
		return string(r.Respond.Body)
	case r.Screen == nil || !r.Screen.Invalid:
		return "FAILED: nothing was taken and nothing said: " + p.out.String()
	case r.Screen.Fields[0].Error != "":
		return "“" + r.Screen.Fields[0].Error + "”"
	case len(r.Screen.Problems) > 0:
		return "“" + strings.Join(r.Screen.Problems, " ") + "”"
	}
	return "FAILED: refused without a word: " + p.out.String()
}

// blank is the form as it is shown, filled in by nobody.
func (b *bench) blank() *filling {
	s := b.player.reply.Screen
	f := &filling{p: b.player, s: s, posted: map[string][]string{}}
	for _, h := range s.Hidden {
		f.post(h.Name, h.Value)
	}
	f.usual(&s.Fields[0])
	for _, btn := range s.Standard() {
		f.post(btn.Name, btn.Value)
	}
	return f
}

// answer asks a field and answers it.
func (b *bench) answer(lines, typed, posted string) string {
	b.t.Helper()
	in := b.ask(lines)
	f := b.blank()
	switch {
	case posted != "":
		f.post(in.Name, posted)
	case typed == "":
	case in.Control() == screen.ControlFile:
		name, kind, _ := strings.Cut(typed, " ")
		f.files = append(f.files, ask.Upload{Name: in.Name, Filename: name, MIME: kind, Size: 4, Content: []byte("fish")})
	default:
		if err := f.set(in, typed); err != nil {
			b.t.Fatal(err)
		}
	}
	return b.send(f)
}

// keyed are lines by which a field says the key of the rule that is broken.
func keyed() string {
	var b strings.Builder
	b.WriteString("validation messages:\n")
	for _, key := range slices.Sorted(maps.Keys(ask.Messages())) {
		fmt.Fprintf(&b, "  %s: %s\n", key, key)
	}
	return b.String()
}

// A row is what the table says of a datatype.
type row struct {
	name, control, typed, value, empty, initial, required string
	rules                                                 []string
}

func (r *row) String() string {
	cells := []string{r.name, r.control, r.typed, r.value, r.empty, r.initial, r.required, strings.Join(r.rules, "; ")}
	for i, c := range cells {
		if i > 0 {
			cells[i] = strings.NewReplacer("|", "\\|", "\n", `\n`).Replace(c)
		}
	}
	return "| " + strings.Join(cells, " | ") + " |\n"
}

// head is the beginning of the table.
const head = `# What becomes of the answers to a field, by its datatype

Written by TestDatatypes (-update). Yes and No are the value that is meant, whatever the control says. Each rule is given as the limits, what is typed, the key under which authors replace the message, and the message.

| datatype | control | typed | value | left empty, optional | default → shown | left empty, required | rules |
|---|---|---|---|---|---|---|---|
`

// The table in testdata/datatypes.md says of every datatype with what control
// it is asked, what becomes of an answer, of none, of a default, and what is
// said when a rule is broken.
func TestDatatypes(t *testing.T) {
	names := interview.Datatypes()
	for name := range tried {
		if !slices.Contains(names, name) {
			t.Errorf("there is no datatype %s", name)
		}
	}
	optional, keys := "required: False", keyed()
	var fields []string
	add := func(parts ...string) string { fields = append(fields, lines(parts...)); return fields[len(fields)-1] }
	type cases struct {
		row                       row
		d                         datatype
		must, may, initial, keyed string
		rules, keyedRules         []string
	}
	var all []*cases
	for _, name := range names {
		d, ok := tried[name]
		if !ok {
			t.Errorf("the datatype %s is not in the table", name)
			continue
		}
		own := []string{"datatype: " + name, d.more}
		with := func(more ...string) string { return add(append(slices.Clone(own), more...)...) }
		c := &cases{d: d, row: row{name: name}, must: with("required: True"), may: with(optional), keyed: with("required: True", keys)}
		if d.initial != "" {
			c.initial = with("default: " + fmt.Sprintf("%q", d.initial))
		}
		for _, r := range d.rules {
			c.rules = append(c.rules, with(r.more))
			c.keyedRules = append(c.keyedRules, with(r.more, keys))
		}
		all = append(all, c)
	}
	b := newBench(t, fields)
	text, broken := head, map[string]bool{}
	note := func(said, key string) string {
		key = strings.Trim(key, "“”")
		if _, ok := ask.Messages()[key]; !ok {
			return said
		}
		broken[key] = true
		return key + " " + said
	}
	for _, c := range all {
		r := &c.row
		in := b.ask(c.may)
		r.control, r.typed = kinds[in.Control()], c.d.typical
		r.value, r.empty = b.answer(c.may, c.d.typical, ""), b.answer(c.may, "", "")
		if c.initial != "" {
			r.initial = c.d.initial + " → " + held(b.ask(c.initial))
		}
		r.required = note(b.answer(c.must, "", ""), b.answer(c.keyed, "", ""))
		for i, br := range c.d.rules {
			said := note(b.answer(c.rules[i], br.typed, br.post), b.answer(c.keyedRules[i], br.typed, br.post))
			limits := strings.Join(strings.Fields(br.more), " ")
			r.rules = append(r.rules, strings.TrimSpace(limits+" ← "+orElse(br.typed, br.post)+": "+said))
		}
		text += r.String()
	}
	for key := range ask.Messages() {
		if !broken[key] && !elsewhere[key] {
			t.Errorf("no row breaks the rule %q", key)
		}
	}
	compare(t, "testdata/datatypes.md", text)
}

// elsewhere are rules that are checked before a form comes to its fields.
var elsewhere = map[string]bool{"maxuploadsize": true}

// compare compares with a file, or writes it.
func compare(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s (- as written, + as it is)\n%s", name, diff(string(want), got))
	}
}
