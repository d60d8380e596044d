package screen

import (
	"slices"
	"testing"
)

func TestFieldControl(t *testing.T) {
	options := []Choice{{Value: "a"}}
	for _, tt := range []struct {
		name  string
		field Field
		want  Control
	}{
		{"text", Field{Datatype: "text"}, ControlText},
		{"unknown data type", Field{Datatype: "postcode"}, ControlText},
		{"input type wins", Field{Datatype: "text", Input: "area"}, ControlArea},
		{"choices make a list", Field{Datatype: "text", Choices: options}, ControlSelect},
		{"numbers to choose from", Field{Datatype: "integer", Choices: options}, ControlSelect},
		{"integer", Field{Datatype: "integer"}, ControlNumber},
		{"boolean with words", Field{Datatype: "boolean", Input: "yesnoradio"}, ControlYesNo},
		{"boolean with choices", Field{Datatype: "boolean", Choices: options}, ControlSelect},
		{"bare boolean", Field{Datatype: "boolean"}, ControlCheckbox},
		{"three states", Field{Datatype: "threestate", Input: "noyesmaybe"}, ControlMaybe},
		{"boxes", Field{Datatype: "checkboxes", Choices: options}, ControlCheckboxes},
		{"objects as radios", Field{Datatype: "object_radio", Choices: options}, ControlRadios},
		{"multiple choice screen", Field{Variety: VarietyCombobox, Choices: options}, ControlCombobox},
		{"note", Field{Row: RowNote, Datatype: "text"}, ControlNone},
	} {
		if got := tt.field.Control(); got != tt.want {
			t.Errorf("%s: Control() = %d, want %d", tt.name, got, tt.want)
		}
	}
}

func TestFieldDescribedBy(t *testing.T) {
	for _, tt := range []struct {
		name  string
		field Field
		want  string
	}{
		{"bare", Field{ID: "veg"}, ""},
		{"error after text", Field{ID: "veg", Under: "Any root", Error: "Pick one"}, "veg-under veg-error"},
		{"error alone", Field{ID: "veg", Error: "Pick one"}, "veg-error"},
	} {
		if got := tt.field.DescribedBy(); got != tt.want {
			t.Errorf("%s: DescribedBy() = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestErrorSummaryLeadsToControls(t *testing.T) {
	s := &Screen{Kind: KindFields, Problems: []string{"Too much."}, Fields: []Field{
		{ID: "f0", LabelText: "Name", Error: "Fill this in."},
		{ID: "f1", Input: "radio", Choices: []Choice{{}, {}}, Error: "Select one."},
		{ID: "f2", Inactive: true, Error: "not drawn"},
		{ID: "f3", Input: "yesnoradio", Datatype: "boolean", Error: "Select one."},
	}, Rows: &Rows{Rows: []ListRow{{Fields: []Field{{ID: "r0", Error: "A row."}}}}}}
	want := []Problem{{Text: "Too much."}, {"f0", "Name", "Fill this in."}, {"f1-0", "", "Select one."}, {"f3-yes", "", "Select one."}, {"r0", "", "A row."}}
	if got := s.ErrorSummary(); !slices.Equal(got, want) {
		t.Errorf("ErrorSummary() = %+v, want %+v", got, want)
	}
}

func TestPieces(t *testing.T) {
	for _, tt := range []struct {
		in   HTML
		want []Piece
	}{
		{"", []Piece{{"", ""}}},
		{"no field", []Piece{{"no field", ""}}},
		{"<p>a " + Embed("2") + " b " + Embed("1_0") + "</p>", []Piece{{"<p>a ", "2"}, {" b ", "1_0"}, {"</p>", ""}}},
		{`x <span data-embed="a b"></span>`, []Piece{{`x <span data-embed="a b"></span>`, ""}}},
	} {
		if got := Pieces(tt.in); !slices.Equal(got, tt.want) {
			t.Errorf("Pieces(%q) = %+v, want %+v", tt.in, got, tt.want)
		}
	}
}

func TestStandardButtons(t *testing.T) {
	own := []Button{{Text: "Go"}}
	for _, tt := range []struct {
		name   string
		screen Screen
		want   string
	}{
		{"fields", Screen{Kind: KindFields}, "Continue"},
		{"named by the engine", Screen{Kind: KindFields, Buttons: own}, "Go"},
		{"review", Screen{Kind: KindReview}, "Resume"},
		{"translated", Screen{Kind: KindFields, Words: Phrases{"Continue": "Weiter"}}, "Weiter"},
		{"nothing to press", Screen{Kind: KindDeadend}, ""},
	} {
		got := ""
		if bs := tt.screen.Standard(); len(bs) > 0 {
			got = bs[0].Text
		}
		if got != tt.want {
			t.Errorf("%s: Standard() = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestGroupsNeedEveryChoice(t *testing.T) {
	f := Field{Choices: []Choice{{Group: "b"}, {Group: "a"}, {Group: "b"}}}
	if got := f.Groups(); !slices.Equal(got, []string{"b", "a"}) {
		t.Errorf("Groups() = %q, want in order of appearance", got)
	}
	f.Choices = append(f.Choices, Choice{})
	if got := f.Groups(); got != nil {
		t.Errorf("Groups() = %q, want none when a choice has no group", got)
	}
}

func TestPostedText(t *testing.T) {
	f := Field{Choices: []Choice{{Value: "a", Text: "b"}, {Value: "b", Text: "Pear"}, {Value: "", Text: ""}}}
	for in, want := range map[string]string{"a": "a", "b": "b", "Pear": "b", "Plum": "Plum", "": ""} {
		if got := f.Posted(in); got != want {
			t.Errorf("Posted(%q) = %q, want %q", in, got, want)
		}
	}
}
