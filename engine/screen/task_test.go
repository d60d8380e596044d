package screen

import (
	"reflect"
	"testing"
)

func TestFill(t *testing.T) {
	for _, tt := range []struct {
		name, given string
		field       Field
		want        Field
	}{
		{"a text", `{"x": "new"}`, Field{Variable: "x", Value: "old"}, Field{Variable: "x", Value: "new"}},
		{"a large number", `{"x": 1000000}`, Field{Variable: "x"}, Field{Variable: "x", Value: "1000000"}},
		{"yes", `{"x": true}`, Field{Variable: "x"}, Field{Variable: "x", Value: "True"}},
		{"nothing", `{"x": null}`, Field{Variable: "x", Value: "old"}, Field{Variable: "x"}},
		{"an item, in other quotes", `{"x[\"a\"]": 5}`, Field{Variable: "x['a']"}, Field{Variable: "x['a']", Value: "5"}},
		{"another field", `{"y": 5}`, Field{Variable: "x", Value: "old"}, Field{Variable: "x", Value: "old"}},
		{"no object", `[1]`, Field{Variable: "x", Value: "old"}, Field{Variable: "x", Value: "old"}},
		{"one choice", `{"x": "b"}`, Field{Variable: "x", Choices: []Choice{{Value: "a", Selected: true}, {Value: "b"}}},
			Field{Variable: "x", Value: "b", Choices: []Choice{{Value: "a"}, {Value: "b", Selected: true}}}},
		{"several boxes", `{"x": ["a", "c"]}`, Field{Variable: "x", Choices: []Choice{{Key: "a"}, {Key: "b", Selected: true}, {Key: "c"}}},
			Field{Variable: "x", Choices: []Choice{{Key: "a", Selected: true}, {Key: "b"}, {Key: "c", Selected: true}}}},
		{"other choices", `{"x": {"choices": {"g": "<Green>", "b": "Blue"}, "value": "b"}}`, Field{Variable: "x", Choices: []Choice{{Value: "r"}}},
			Field{Variable: "x", Value: "b", Choices: []Choice{{Value: "g", Text: "<Green>", Label: "&lt;Green&gt;"}, {Value: "b", Text: "Blue", Label: "Blue", Selected: true}}}},
		{"choices in all forms", `{"x": {"choices": ["a", [2, "two"], {"c": "C"}]}}`, Field{Variable: "x", Value: "old"},
			Field{Variable: "x", Value: "old", Choices: []Choice{{Value: "a", Text: "a", Label: "a"}, {Value: "2", Text: "two", Label: "two"}, {Value: "c", Text: "C", Label: "C"}}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := &Screen{Fields: []Field{tt.field}}
			s.Fill([]byte(tt.given))
			if !reflect.DeepEqual(s.Fields[0], tt.want) {
				t.Errorf("got  %+v\nwant %+v", s.Fields[0], tt.want)
			}
		})
	}
}

func TestTaskPercent(t *testing.T) {
	for share, want := range map[float64]string{0: "0", 0.254: "25", 1: "100"} {
		if got := (Task{Share: share}).Percent(); got != want {
			t.Errorf("%v is %s percent, want %s", share, got, want)
		}
	}
}
