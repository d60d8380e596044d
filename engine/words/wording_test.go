package words_test

import (
	"os"
	"strings"
	"testing"
)

// What the specification of functions says they give, row by row: plain text,
// numbers, lists, currency, words, languages, dates, places, forms.
func TestWording(t *testing.T) {
	data, err := os.ReadFile("testdata/wording.txt")
	if err != nil {
		t.Fatal(err)
	}
	var s *session
	rows, importing := 0, false
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			s, importing = open(t), strings.HasPrefix(line, "[12]")
		default:
			expression, want, ok := strings.Cut(line, " => ")
			if !ok {
				t.Fatalf("no row: %s", line)
			}
			if importing { // interviews do not see these by themselves
				name, _, _ := strings.Cut(expression, "(")
				s.must("from docassemble.base.util import " + name + "\n0")
			}
			rows++
			s.table([][2]string{{expression, want}})
		}
	}
	if rows < 450 {
		t.Errorf("only %d rows", rows)
	}
}
