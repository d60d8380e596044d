package screen

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the expected files")

func jsonScreens() map[string]*Screen {
	percent := 0.0
	page := Page{Title: "Aquarium", TabTitle: "Tank", Progress: &percent, Menu: []MenuItem{{Label: "Review", URL: "/review"}, {Text: "Sign out", URL: "/out", Server: true}}}
	yes := func(value string, data any, label string) Button {
		return Button{Kind: Submit, Variable: "owns_tank", Value: value, JSONValue: data, Label: HTML(label)}
	}
	return map[string]*Screen{
		"yesno": {Kind: KindYesNo, Language: "*", Lang: "en", Question: "A tank?", Page: page, Block: Block{Name: "Question_0", Events: []string{"owns_tank"}},
			Buttons: []Button{yes("True", true, "Yes"), yes("False", false, "No")}},
		"fields": {Kind: KindFields, Language: "*", Question: "Fish", Subquestion: "<p>Which?</p>", Block: Block{Name: "Question_1", Mandatory: true, ID: "fish"},
			Reload: 10, Help: &Help{Specific: true, Question: []HelpText{{Heading: "Kinds", Content: "<p>Many.</p>"}}},
			Fields: []Field{
				{Number: "0", Variable: "fish", Datatype: "text", Label: "Fish", Required: true, Messages: map[string]string{"required": "Fill this in."}, Default: "carp"},
				{Number: "1", Variable: "friends", Datatype: "checkboxes", Label: "Friends", Choices: []Choice{{Label: "Snail", Variable: "friends['s']", Selected: true}}, NoneOf: &Choice{Label: "None of the above"}},
				{Number: "2", Row: RowNote, Note: "<p>Think.</p>"},
				{Number: "3", Variable: "depth", Datatype: "number", NoLabel: true, Conditions: []Condition{{Effect: Hide, Variable: "fish", Value: "carp"}}, Grid: &Grid{Width: 4}},
				{Number: "4", Variable: "why", Datatype: "text", Inactive: true, Conditions: []Condition{{Effect: Disable, Script: `val("fish")`, Vars: []string{"fish"}}}, DisableOthers: &Others{All: true}},
			}},
		"buttons": {Kind: KindMultipleChoice, Variety: VarietyButtons, Question: "Done", Block: Block{Name: "Question_2"},
			Buttons:       []Button{{Label: "Leave", Value: "0", Special: "leave", Color: "warning", Image: &Image{URL: "/x.png"}}},
			ActionButtons: []Button{{Label: "More", URL: "/interview?action=x", Color: "success", Before: true}}},
		"signature": {Kind: KindSignature, Question: "Sign", Fields: []Field{{Number: "0", Variable: "name", Datatype: "signature", Required: true}}},
		"documents": {Kind: KindDeadend, Question: "Ready", Attachments: &Attachments{Documents: []Document{{Name: "Plan", Filename: "plan", Preview: "<p>x</p>",
			Valid: []string{"*"}, Variable: "plan",
			Formats: []Format{{Kind: "pdf", URL: "/plan.pdf", Filename: "plan.pdf", Number: 3, Size: 1200, Pages: 2, Content: "---\n...\n\nx", Markdown: "x"},
				{Kind: "rtf", Filename: "plan.rtf", Failed: true, Problem: "secret of the author"}, {Kind: "jpg", URL: "/4", Filename: "plan.jpg", Number: 4, Manual: true}}}}}, Terms: []Term{{Name: "koi", Definition: "A carp."}}, Extra: map[string]any{"extra": 1}},
	}
}

func TestJSON(t *testing.T) {
	for name, s := range jsonScreens() {
		t.Run(name, func(t *testing.T) {
			b, err := JSON(s)
			if err != nil {
				t.Fatal(err)
			}
			var v any
			if err := json.Unmarshal(b, &v); err != nil {
				t.Fatal(err)
			}
			got, err := json.MarshalIndent(v, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			compare(t, filepath.Join("testdata", name+".json"), string(got)+"\n")
		})
	}
}

func TestJSONSaysWhatCannotBeWritten(t *testing.T) {
	if _, err := JSON(&Screen{Metadata: make(chan int)}); err == nil {
		t.Error("JSON of a channel: no error")
	}
}

func compare(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s:\ngot  %s\nwant %s", file, got, want)
	}
}
