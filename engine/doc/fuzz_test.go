package doc

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"
)

// FuzzParse looks for sources that break the parser, that lose what people
// typed, or that make it act.
func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, part := range a.Files {
			if strings.HasSuffix(part.Name, ".md") {
				f.Add(string(part.Data), 3, 9)
			}
		}
	}
	f.Fuzz(func(t *testing.T, source string, from, to int) {
		d, err := Parse(source, Options{Typed: []Span{{from, to}}, File: func(string) (File, error) { return File{}, os.ErrNotExist }})
		var head *HeadError
		if err != nil {
			if !errors.As(err, &head) {
				t.Fatal(err)
			}
			return
		}
		if strings.ContainsFunc(Dump(d), func(r rune) bool { return r >= firstRune && r < firstRune+0x100 && !strings.ContainsRune(source, r) }) {
			t.Error("a private rune is left")
		}
		checkBlocks(t, d.Blocks)
	})
}

// checkBlocks checks what writers rely on.
func checkBlocks(t *testing.T, blocks []Block) {
	t.Helper()
	for _, b := range blocks {
		switch b := b.(type) {
		case *List:
			for _, it := range b.Items {
				if len(it.Blocks) == 0 {
					t.Fatal("an item has no blocks")
				}
				if _, ok := it.Blocks[0].(*Paragraph); !ok {
					t.Fatal("an item does not begin with a paragraph")
				}
				checkBlocks(t, it.Blocks)
			}
		case *Table:
			if len(b.Columns) == 0 {
				t.Fatal("a table has no columns")
			}
			for _, rows := range [][]Row{b.Head, b.Rows} {
				for _, r := range rows {
					if len(r.Cells) > len(b.Columns) {
						t.Fatal("a row has more cells than the table has columns")
					}
				}
			}
		case *Quote:
			checkBlocks(t, b.Blocks)
		case *Columns:
			checkBlocks(t, b.Cols[0])
			checkBlocks(t, b.Cols[1])
		}
	}
}

func TestTypedTextIsKept(t *testing.T) {
	t.Parallel()
	const typed = "*x* [CENTER] `y` \\newpage <b> | --- [z](w)"
	for _, around := range []string{"%", "**%**", "# %", "- %", "> %", "| A |\n|---|\n| % |", "[%](http://x.org)", "x^[%]", "x[^1]\n\n[^1]: %", "    %", "`%`", "\\textbf{%}",
		"[BEGIN_TWOCOL] % [BREAK] b [END_TWOCOL]", "Term\n:   %", "| %", "+---+\n| % |\n+---+", "[[%]]"} {
		before, after, _ := strings.Cut(around, "%")
		d, err := Parse(before+typed+after, Options{Typed: []Span{{len(before), len(before) + len(typed)}}})
		if err != nil {
			t.Fatal(err)
		}
		if got := Dump(d); !strings.Contains(got, strings.Trim(strings.ReplaceAll(typed, `\`, `\\`), `"`)) {
			t.Errorf("%s loses what was typed:\n%s", around, got)
		}
	}
}

func TestDeepNestingEnds(t *testing.T) {
	t.Parallel()
	start := time.Now()
	for _, source := range []string{strings.Repeat("> ", 2000) + "x", strings.Repeat("- ", 2000) + "x", strings.Repeat("[[", 2000) + strings.Repeat("]]", 2000),
		strings.Repeat("^[", 2000) + strings.Repeat("]", 2000), strings.Repeat("[BEGIN_TWOCOL]", 2000), strings.Repeat("**a", 4000), strings.Repeat("\\textbf{", 2000) + strings.Repeat("}", 2000)} {
		if _, err := Parse(source, Options{}); err != nil {
			t.Error(err)
		}
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("it took %v", took)
	}
}
