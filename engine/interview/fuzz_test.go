package interview

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/tools/txtar"
)

// FuzzLoad feeds any text as an interview: it loads, or says what is wrong
// with places that exist, and does so in time.
func FuzzLoad(f *testing.F) {
	files, _ := filepath.Glob("testdata/load/*.txtar")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, part := range txtar.Parse(text).Files {
			if filepath.Ext(part.Name) == ".yml" {
				f.Add(string(part.Data))
			}
		}
	}
	f.Add("a: &a [*a]\n---\n? [x]\n: y\n---\n<<: 3\n")
	f.Add("question: \xff\xfe\nfields:\n  - \"\\x00\": \"\\U0001F600\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<14 {
			return
		}
		start := time.Now()
		in, err := load(t, text)
		if d := time.Since(start); d > 10*time.Second {
			t.Errorf("loading %d bytes took %v", len(text), d)
		}
		var le *LoadError
		if err != nil {
			if !errors.As(err, &le) {
				t.Fatalf("error is no LoadError: %v", err)
			}
			for _, p := range le.Problems {
				if p.Pos.Line < 0 || p.Message == "" {
					t.Errorf("problem without place or words: %+v", p)
				}
			}
			return
		}
		for _, b := range in.Blocks {
			for _, name := range b.Offers {
				Forms(name)
			}
		}
	})
}
