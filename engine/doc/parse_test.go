package doc

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what comes out into the goldens")

// TestGoldens parses testdata/*.txtar: pairs of NAME.md and NAME.out.
func TestGoldens(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no goldens", err)
	}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i := range a.Files {
			name, ok := strings.CutSuffix(a.Files[i].Name, ".md")
			if !ok {
				continue
			}
			got := golden(t, string(a.Files[i].Data))
			if i+1 == len(a.Files) || a.Files[i+1].Name != name+".out" {
				t.Fatalf("%s: %s.md has no %s.out behind it", file, name, name)
			}
			want := string(a.Files[i+1].Data)
			if *update {
				a.Files[i+1].Data = []byte(got)
			} else if got != want {
				t.Errorf("%s %s\ngot\n%s\nwant\n%s", file, name, got, want)
			}
		}
		if *update {
			if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// golden parses a source in which people typed what stands between « and ».
func golden(t *testing.T, source string) string {
	t.Helper()
	var o Options
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(source, "«")
		b.WriteString(before)
		if !ok {
			break
		}
		typed, after, _ := strings.Cut(rest, "»")
		o.Typed = append(o.Typed, Span{b.Len(), b.Len() + len(typed)})
		b.WriteString(typed)
		source = after
	}
	d, err := Parse(b.String(), o)
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	return Dump(d)
}
