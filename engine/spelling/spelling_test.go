package spelling_test

import (
	"strings"
	"testing"

	"colloquy/engine/spelling"
)

func TestNearest(t *testing.T) {
	known := []string{"question", "subquestion", "fields", "mandatory", "show if", "db", "mail"}
	for _, tt := range []struct{ word, want string }{
		{"qestion", "question"},
		{"quesiton", "question"},
		{"sub question", "subquestion"},
		{"show_if", "show if"},
		{"Show If", "show if"},
		{"mandatry", "mandatory"},
		{"feilds", "fields"},
		{"mial", "mail"},
		{"bd", "db"},
		{"", ""},
		{"question", ""},   // exact: nothing to offer
		{"vegetables", ""}, // unlike all
		{"x", ""},
		{strings.Repeat("question", 100), ""},
	} {
		got, ok := spelling.Nearest(tt.word, known)
		if !ok {
			got = ""
		}
		if got != tt.want {
			t.Errorf("Nearest(%.20q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}

func TestFirstOfEquallyNearWins(t *testing.T) {
	if got, _ := spelling.Nearest("cat", []string{"bat", "hat"}); got != "bat" {
		t.Errorf("got %q, want bat", got)
	}
}

func TestWithinNothingMeansSeparatorsOnly(t *testing.T) {
	if got, ok := spelling.Within("use_tls", []string{"use ssl", "use tls"}, 0); !ok || got != "use tls" {
		t.Errorf("got %q, %v", got, ok)
	}
	if got, ok := spelling.Within("used tls", []string{"use tls"}, 0); ok {
		t.Errorf("got %q", got)
	}
}

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"abc", "abc", 0}, {"abc", "acb", 1},
		{"kitten", "sitting", 3}, {"ca", "abc", 3}, {"Größe", "Grösse", 2}, {"a", "A", 1},
	} {
		if got := spelling.Distance(tt.a, tt.b); got != tt.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}
