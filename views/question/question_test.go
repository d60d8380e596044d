package question

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"colloquy/engine/screen"
	"colloquy/views"
)

func html(t *testing.T, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(templ.WithNonce(context.Background(), "n0nce"), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// What people type reaches the page as plain strings: none of it is markup there.
func TestPlainTextIsNeverMarkup(t *testing.T) {
	const evil = `"><script>alert(1)</script>`
	s := &screen.Screen{Kind: screen.KindFields, Question: "Q", QuestionText: evil, Invalid: true, Problems: []string{evil},
		Session: screen.Session{URL: "/interview?i=" + evil, CSRF: evil, Once: evil}, Block: screen.Block{Name: evil},
		Hidden: []screen.Hidden{{Name: evil, Value: evil}}, PenColor: evil,
		Page:       screen.Page{Title: evil, ShortTitle: evil, TabTitle: evil, CSSClass: evil, CornerBackLabel: evil, AllowBack: true, CornerBack: true},
		BackButton: &screen.Back{Label: evil}, Help: &screen.Help{Label: evil, Title: evil, Question: []screen.HelpText{{Heading: evil}}},
		Terms: []screen.Term{{Name: evil, ID: evil}}, Debug: &screen.Debug{Source: evil, File: evil, Chain: []screen.Why{{Name: evil, Text: evil, File: evil}}},
		Buttons: []screen.Button{{Kind: screen.Submit, ID: evil, Name: evil, Value: evil, Text: evil, Color: evil, Icon: evil, Class: evil}},
	}
	for _, input := range []string{"", "area", "radio", "dropdown", "combobox", "datalist", "ajax", "hidden", "yesno", "yesnoradio"} {
		s.Fields = append(s.Fields, screen.Field{ID: evil, Name: evil, Variable: evil, Number: evil, Input: input, Datatype: "text", Label: "l", LabelText: evil,
			Value: evil, Hint: evil, Error: evil, Min: evil, Symbol: evil, Class: evil, Accept: evil, Required: true, Params: map[string]string{"x": evil},
			Choices:    []screen.Choice{{ID: evil, Name: evil, Value: evil, Text: evil, Variable: evil, Group: evil}},
			Conditions: []screen.Condition{{ID: evil, Effect: screen.Show, Variable: evil, Value: evil, Words: evil}}})
	}
	for _, datatype := range []string{"checkboxes", "multiselect", "file", "range", "currency"} {
		s.Fields = append(s.Fields, screen.Field{ID: evil, Name: evil, Variable: evil, Datatype: datatype, LabelText: evil, Value: evil, Min: evil,
			Max: evil, Symbol: evil, Choices: []screen.Choice{{Name: evil, Value: evil, Text: evil}}, Ajax: &screen.Ajax{URL: evil}})
	}
	for name, c := range map[string]templ.Component{"page": Page(s, views.Assets{}), "fragment": Fragment(s)} {
		if got := html(t, c); strings.Contains(got, "<script>alert") {
			at := strings.Index(got, "<script>alert")
			t.Errorf("%s: a plain string became markup: …%s…", name, got[max(0, at-120):at+30])
		}
	}
}

func TestScriptsOfAuthors(t *testing.T) {
	s := &screen.Screen{Kind: screen.KindFields, Scripts: []string{`x = "</script><b>"; y = "<!--"`},
		Handlers: []screen.Handler{{ID: `[data-da-on="a1"]`, Event: "click", Code: "go()"}},
		Styles:   []screen.HTML{"<style>p{}</style>"},
		Fields:   []screen.Field{{ID: "f", Conditions: []screen.Condition{{ID: "f-if-0", Effect: screen.Show, Script: `val("a") > 1 // why`, Vars: []string{"a"}}}}}}
	got := html(t, Section(s))
	for _, want := range []string{
		`x = "<\/script><b>"; y = "<\!--"</script>`,
		`<script nonce="n0nce">Colloquy.handle("[data-da-on=\"a1\"]", "click", function (event) {` + "\ngo()\n});",
		"Colloquy.condition(\"f-if-0\", function (val, getField) { return (\nval(\"a\") > 1 // why\n); });",
		`<style nonce="n0nce">p{}</style>`,
		`&#34;script&#34;:true`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if n, m := strings.Count(got, "<script nonce"), strings.Count(got, "</script>"); n != 3 || m != 3 {
		t.Errorf("%d scripts begin and %d end, want 3 each", n, m)
	}
}

// The browser presses the first submit button on Enter: it must not be Back.
func TestEnterGoesOn(t *testing.T) {
	s := &screen.Screen{Kind: screen.KindFields, Fields: []screen.Field{{ID: "f", Name: "n", Datatype: "text"}}, BackButton: &screen.Back{},
		Rows:    &screen.Rows{CanAppend: true, AddName: "_add_row", Rows: []screen.ListRow{{}}},
		Buttons: []screen.Button{{Kind: screen.Submit, Name: "go", Value: "on", Text: "Continue"}}}
	got := html(t, Section(s))
	form := got[strings.Index(got, `<form id="daform"`):]
	form = form[:strings.Index(form, "</form>")]
	first := form[strings.Index(form, `type="submit"`):]
	if first = first[:strings.Index(first, ">")]; !strings.Contains(first, `name="go"`) {
		t.Errorf("the first button of the form is %q", first)
	}
	if !strings.Contains(got, `form="question-back"`) || strings.Contains(form, `name="_back_one"`) {
		t.Error("Back is not a form of its own")
	}
}

func TestEngineInputsWin(t *testing.T) {
	s := &screen.Screen{Kind: screen.KindFields, Hidden: []screen.Hidden{{Name: "_tracker", Value: "engine"}}, Session: screen.Session{Tracker: 7, CSRF: "c", Step: 3}}
	got := map[string]string{}
	for _, h := range hidden(s) {
		if _, twice := got[h.Name]; twice {
			t.Errorf("%s is there twice", h.Name)
		}
		got[h.Name] = h.Value
	}
	for name, want := range map[string]string{"_tracker": "engine", "csrf_token": "c", "_step": "3", "_visible": "", "_hidden": ""} {
		if v, ok := got[name]; !ok || v != want {
			t.Errorf("hidden[%s] = %q, %v; want %q", name, v, ok, want)
		}
	}
}

func TestRunsOfGridFields(t *testing.T) {
	grid := func(start, end bool) screen.Field {
		return screen.Field{Grid: &screen.Grid{Width: 6, Start: start, End: end}}
	}
	for _, tt := range []struct {
		name   string
		fields []screen.Field
		want   []int
	}{
		{"plain fields stand alone", []screen.Field{{}, {}}, []int{1, 1}},
		{"adjacent ones share", []screen.Field{grid(false, false), grid(false, false), {}}, []int{2, 1}},
		{"start cuts", []screen.Field{grid(false, false), grid(true, false)}, []int{1, 1}},
		{"end cuts", []screen.Field{grid(false, true), grid(false, false)}, []int{1, 1}},
		{"left out and embedded do not count", []screen.Field{grid(false, false), {Inactive: true}, {Embedded: true}, grid(false, false)}, []int{2}},
	} {
		var got []int
		for _, r := range runs(tt.fields) {
			got = append(got, len(r.fields))
		}
		if len(got) != len(tt.want) {
			t.Errorf("%s: rows of %v, want %v", tt.name, got, tt.want)
			continue
		}
		for i := range got {
			if got[i] != tt.want[i] {
				t.Errorf("%s: rows of %v, want %v", tt.name, got, tt.want)
			}
		}
	}
}

func TestIconClass(t *testing.T) {
	for in, want := range map[string]string{"coffee": "fa-solid fa-coffee", "fa-coffee": "fa-solid fa-coffee", "fab-fa-github": "fa-brands fa-github",
		"far-fa-bell": "fa-regular fa-bell", "fa-brands fa-x": "fa-brands fa-x"} {
		if got := iconClass(in); got != want {
			t.Errorf("iconClass(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestYesNoValuesFollowSign(t *testing.T) {
	s := &screen.Screen{}
	for _, tt := range []struct {
		sign      int
		value     string
		yes, kept string
	}{{1, "True", "True", "Yes"}, {-1, "True", "False", "No"}, {1, "", "True", ""}} {
		f := &screen.Field{Input: "yesnoradio", Sign: tt.sign, Value: tt.value}
		kept := ""
		for _, c := range yesNo(s, f) {
			if c.Selected {
				kept = c.Text
			}
		}
		if got := yesNo(s, f)[0].Value; got != tt.yes || kept != tt.kept {
			t.Errorf("sign %d, value %q: Yes posts %q, %q is ticked; want %q, %q", tt.sign, tt.value, got, kept, tt.yes, tt.kept)
		}
	}
}
