package demo_test

import (
	"strings"
	"testing"

	"colloquy/engine/demo"
	"colloquy/engine/interview"
	"colloquy/engine/packages"
)

// TestInterviewsAreFitToBeShown loads every interview: each has a title and a
// description of its own, and nothing in it is worth a warning.
func TestInterviewsAreFitToBeShown(t *testing.T) {
	var lib packages.Library
	if err := lib.AddPackage(demo.Package, demo.Files()); err != nil {
		t.Fatal(err)
	}
	names := lib.Interviews(demo.Package)
	if len(names) < 12 {
		t.Errorf("%d interviews, want at least 12", len(names))
	}
	seen := map[string]string{}
	for _, n := range names {
		iv, err := interview.Load(t.Context(), &lib, n.String())
		if err != nil {
			t.Errorf("%s: %v", n, err)
			continue
		}
		for _, part := range []string{"title", "description"} {
			text, _ := iv.MetadataPart(part, "*")
			if text = strings.TrimSpace(text); text == "" || seen[text] != "" {
				t.Errorf("%s: its %s is %q, as that of %q", n, part, text, seen[text])
			}
			seen[text] = n.Base()
		}
		for _, w := range iv.Problems {
			t.Errorf("%s: %v", n, w)
		}
	}
}
