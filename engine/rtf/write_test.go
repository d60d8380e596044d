package rtf

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"

	"colloquy/engine/doc"
)

func write(t *testing.T, source string) string {
	t.Helper()
	d, err := doc.Parse(source, doc.Options{File: func(string) (doc.File, error) {
		var b bytes.Buffer
		err := png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, 20, 10)))
		return doc.File{Data: b.Bytes()}, err
	}})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Write(&b, d, Options{}); err != nil {
		t.Fatal(err)
	}
	balanced(t, b.String())
	return b.String()
}

// balanced checks that groups are closed and that all is ASCII.
func balanced(t *testing.T, s string) {
	t.Helper()
	depth := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\':
			i++
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 && i < len(s)-2 {
				t.Fatalf("the document ends at %d of %d", i, len(s))
			}
		case c >= 0x80:
			t.Fatalf("byte %d is %#x", i, c)
		}
	}
	if depth != 0 {
		t.Fatalf("%d groups are open: %s", depth, s)
	}
	if rows, cells := strings.Count(s, `\row`), strings.Count(s, `\trowd`); rows != cells {
		t.Fatalf("%d rows begin, %d end", cells, rows)
	}
	if edges, cells := strings.Count(s, `\cellx`), strings.Count(s, `\cell}`); edges != cells {
		t.Fatalf("%d cells are promised, %d written:\n%s", edges, cells, s)
	}
}

func TestElements(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, source string
		want         []string
	}{
		{"text", `a \{ b \\ c "q" é 😀`, []string{`a \{ b `, `\u8220?q\u8221?`, `\u233?`, `\u-10179?\u-8704?`}},
		{"look", "a", []string{`\fi720`, `\sl480\slmult1`}},
		{"styles", "**b** *i* ~~s~~ H~2~O x^2^ `c`", []string{`{\b b}`, `{\i i}`, `{\strike s}`, `{\sub 2}`, `{\super 2}`, `{\f1 c}`}},
		{"heading", "# H {#h}\n\n[to](#h)", []string{`\s1\outlinelevel0`, `{\b I.}\tab`, `{\*\bkmkstart s_h}`, `HYPERLINK \\l "s_h"`}},
		{"list", "- a\n\n1. b", []string{`\u8226?\tab a`, `1.\tab b`}},
		{"table", "| A | B |\n|---|--:|\n| 1 | - x |\n", []string{`\trhdr`, `\clbrdrt`, `\qr`, `\row`}},
		{"grid", "+---+---+\n| - a | b |\n+---+---+\n", []string{`\row`}},
		{"caption", "[BEGIN_CAPTION] a\n\nb [VERTICAL_LINE] c [END_CAPTION]", []string{`\clbrdrr`, `\clvertalc`}},
		{"columns", "[BEGIN_TWOCOL] a [BREAK] [END_TWOCOL]", []string{`\clvertalt`}},
		{"note", "x^[The *note*]", []string{`{\super\chftn}{\footnote`, `{\i note}`}},
		{"picture", "![A dog](p.png){width=1in}", []string{`\pngblip\picw20\pich10\picwgoal1440\pichgoal720`, `wzDescription}{\sv A dog}`, "89504e470d0a1a0a"}},
		{"link", "[a](http://x.org)", []string{`HYPERLINK "http://x.org"`}},
		{"footer", "---\nFooterRight: Page [PAGENUM] of [TOTALPAGES]\nFirstHeaderLeft: L\n---\nx", []string{`{\footer `, `\chpgn`, "NUMPAGES", `{\headerf `, `\titlepg`}},
		{"page", "---\npapersize: a4\n---\nx", []string{`\paperw11906`}},
		{"break", "a[PAGEBREAK]b", []string{`\page`}},
		{"contents", "---\ntoc: true\n---\n# A", []string{`TOC \\o "1-3"`, "PAGEREF s_a"}},
		{"info", "---\ntitle: T\nauthor: A\n---\nx", []string{`{\title T}`, `{\author A}`}},
		{"box", "[BORDER] a", []string{`\brdrt\brdrs`}},
		{"blanks", "[BLANK] [BLANKFILL] [CHECKBOX] [TAB]", []string{"__________________", `\u9744?`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := write(t, tt.source)
			for _, want := range tt.want {
				if !strings.Contains(got, want) {
					t.Errorf("lacks %s:\n%s", want, got)
				}
			}
		})
	}
}

func TestRedactionAndSameBytes(t *testing.T) {
	t.Parallel()
	source := "# A\n\n[REDACTION_WORD Cunningham] told ![x](p.png)."
	got := write(t, source)
	if strings.Contains(got, "Cunningham") {
		t.Error("the redacted word is in the file")
	}
	if got != write(t, source) {
		t.Error("the bytes differ from one time to the next")
	}
}
