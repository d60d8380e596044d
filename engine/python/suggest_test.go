package python

import "testing"

func TestNearestName(t *testing.T) {
	for _, tt := range []struct {
		wrong string
		names []string
		want  string
	}{
		{"lenght", []string{"width", "length"}, "length"},
		{"value", []string{"Value", "values"}, "Value"}, // case costs less
		{"value", []string{"valua", "valub"}, "valua"},  // the first of equals
		{"value", []string{"value"}, ""},                // it is there
		{"abc", []string{"xyz"}, ""},
		{"a", []string{"b"}, ""},
		{"", []string{"a"}, ""},
		{"aVeryLongNameThatIsLongerThanFortyCharacters", []string{"aVeryLongNameThatIsLongerThanFortyCharacter"}, ""},
	} {
		if got := nearestName(tt.wrong, tt.names); got != tt.want {
			t.Errorf("nearestName(%q, %q) = %q, want %q", tt.wrong, tt.names, got, tt.want)
		}
	}
}
