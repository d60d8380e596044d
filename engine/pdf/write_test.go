package pdf

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"colloquy/engine/doc"
)

// write parses a source and writes it.
func write(t testing.TB, source string, o Options) []byte {
	t.Helper()
	d, err := doc.Parse(source, doc.Options{File: picture})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Write(&b, d, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// picture draws a small picture for any reference.
func picture(string) (doc.File, error) {
	img := image.NewNRGBA(image.Rect(0, 0, 30, 10))
	for i := range 30 {
		img.Set(i, i/3, color.Black)
	}
	var b bytes.Buffer
	err := png.Encode(&b, img)
	return doc.File{Data: b.Bytes()}, err
}

var (
	streams = regexp.MustCompile(`(?s)stream\r?\n(.*?)\r?\nendstream`)
	shown   = regexp.MustCompile(`(?s)BT ([-\d.]+) ([-\d.]+) Td \((.*?)\) Tj ET`)
)

// content is all that the pages of a file do, inflated.
func content(t testing.TB, file []byte) []string {
	t.Helper()
	var out []string
	for _, m := range streams.FindAllSubmatch(file, -1) {
		z, err := zlib.NewReader(bytes.NewReader(m[1]))
		if err != nil {
			continue
		}
		data, err := io.ReadAll(z)
		if err == nil && bytes.Contains(data, []byte(" Tj ET")) {
			out = append(out, string(data))
		}
	}
	return out
}

// A word is text where it stands on a page, in points from its lower left.
type word struct {
	x, y float64
	text string
}

// wordsOn returns what stands on each page.
func wordsOn(t testing.TB, file []byte) [][]word {
	t.Helper()
	var out [][]word
	for _, page := range content(t, file) {
		var ws []word
		for _, m := range shown.FindAllStringSubmatch(page, -1) {
			x, _ := strconv.ParseFloat(m[1], 64)
			y, _ := strconv.ParseFloat(m[2], 64)
			ws = append(ws, word{x, y, decode(m[3])})
		}
		out = append(out, ws)
	}
	return out
}

// decode reads a string of two-byte characters with its escapes.
func decode(s string) string {
	var raw []byte
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
			if s[i] == 'r' {
				raw = append(raw, '\r')
				continue
			}
		}
		raw = append(raw, s[i])
	}
	var units []uint16
	for i := 0; i+1 < len(raw); i += 2 {
		units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
	}
	return string(utf16.Decode(units))
}

func text(pages [][]word) string {
	var b strings.Builder
	for i, p := range pages {
		if i > 0 {
			b.WriteString("\f")
		}
		for _, w := range p {
			b.WriteString(w.text + "\n")
		}
	}
	return b.String()
}

// find returns the first word on a page that begins so.
func find(t testing.TB, page []word, start string) word {
	t.Helper()
	for _, w := range page {
		if strings.HasPrefix(w.text, start) {
			return w
		}
	}
	t.Fatalf("%q is not on the page: %v", start, page)
	return word{}
}

const single = "---\nSingleSpacing: true\n---\n\n"

func TestTextIsWhereItBelongs(t *testing.T) {
	t.Parallel()
	page := wordsOn(t, write(t, single+"Plain\n\n[INDENTBY 1in] Indented\n\n[FLUSHRIGHT] Right\n\n[CENTER] Middle\n\n* Bullet", Options{}))[0]
	for _, tt := range []struct {
		text string
		x    float64
	}{{"Plain", 72}, {"Indented", 144}, {"•", 108}, {"Bullet", 126}} {
		if got := find(t, page, tt.text).x; got != tt.x {
			t.Errorf("%s stands at %v, want %v", tt.text, got, tt.x)
		}
	}
	f, err := serif[regular]()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := find(t, page, "Right").x, 540-f.width("Right", 12); got < want-0.02 || got > want+0.02 {
		t.Errorf("Right stands at %v, want %v", got, want)
	}
	if got, want := find(t, page, "Middle").x, 306-f.width("Middle", 12)/2; got < want-0.02 || got > want+0.02 {
		t.Errorf("Middle stands at %v, want %v", got, want)
	}
}

func TestSpacing(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("many words ", 30)
	for _, tt := range []struct {
		tag  string
		want float64
	}{{"SINGLESPACING", 14.4}, {"ONEANDAHALFSPACING", 18}, {"DOUBLESPACING", 24}, {"TRIPLESPACING", 36}} {
		page := wordsOn(t, write(t, "["+tt.tag+"] "+long, Options{}))[0]
		if got := page[0].y - page[1].y; got < tt.want-0.02 || got > tt.want+0.02 {
			t.Errorf("%s: lines are %v apart, want %v", tt.tag, got, tt.want)
		}
	}
}

func TestLinesFitTheirMeasure(t *testing.T) {
	t.Parallel()
	f, err := serif[regular]()
	if err != nil {
		t.Fatal(err)
	}
	file := write(t, single+strings.Repeat("Some words and unbreakablylongwords ", 60)+strings.Repeat("x", 300)+" http://example.org/"+strings.Repeat("part/", 40), Options{})
	for _, p := range wordsOn(t, file) {
		for _, w := range p {
			if end := w.x + f.width(w.text, 12); end > 540.05 {
				t.Errorf("%q ends at %v, behind the margin", w.text, end)
			}
		}
	}
}

func TestHeadersAndNumbers(t *testing.T) {
	t.Parallel()
	file := write(t, "---\nSingleSpacing: true\nFirstHeaderCenter: Letterhead\nHeaderLeft: Later\nFooterCenter: Page [PAGENUM] of [TOTALPAGES]\n---\n\none\n\n[PAGEBREAK]\n\ntwo\n\n[PAGEBREAK]\n\nthree", Options{})
	pages := wordsOn(t, file)
	if len(pages) != 3 {
		t.Fatalf("%d pages, want 3", len(pages))
	}
	first, last := text(pages[:1]), text(pages[2:])
	if !strings.Contains(first, "Letterhead") || strings.Contains(first, "Later") || strings.Contains(first, "Page 1") {
		t.Errorf("the first page has %q", first)
	}
	if !strings.Contains(last, "Later") || !strings.Contains(last, "Page 3 of 3") || strings.Contains(last, "Letterhead") {
		t.Errorf("the last page has %q", last)
	}
	if head, body := find(t, pages[0], "Letterhead"), find(t, pages[0], "one"); head.y <= body.y {
		t.Error("the header stands below the text")
	}
}

func TestTableHeadsRepeatAndRowsStayWhole(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString(single + "| Name | What |\n|---|--:|\n")
	for i := range 200 {
		fmt.Fprintf(&b, "| row%d | value%d |\n", i, i)
	}
	pages := wordsOn(t, write(t, b.String(), Options{}))
	if len(pages) < 5 {
		t.Fatalf("%d pages for 200 rows", len(pages))
	}
	seen := 0
	for i, p := range pages {
		if first := p[0].text; first != "Name" {
			t.Errorf("page %d begins with %q", i+1, first)
		}
		for _, w := range p {
			if strings.HasPrefix(w.text, "row") {
				seen++
			}
			if w.y < 72 {
				t.Errorf("page %d: %q stands in the margin", i+1, w.text)
			}
		}
	}
	if seen != 200 {
		t.Errorf("%d rows, want 200", seen)
	}
}

func TestHeadingsStayWithTheirText(t *testing.T) {
	t.Parallel()
	for n := 35; n < 50; n++ {
		pages := wordsOn(t, write(t, single+strings.Repeat("[TIGHTSPACING] line\n\n", n)+"# Heading\n\nText of the section", Options{}))
		for _, p := range pages {
			if last := p[len(p)-1].text; last == "Heading" {
				t.Fatalf("%d lines before it: the heading is alone at the foot of its page", n)
			}
		}
	}
}

func TestNotesStandAtTheFoot(t *testing.T) {
	t.Parallel()
	file := write(t, single+strings.Repeat("[TIGHTSPACING] line\n\n", 30)+"Text^[What the note says] and^[Another]\n\n[PAGEBREAK]\n\nlast^[Third]", Options{})
	pages := wordsOn(t, file)
	note := find(t, pages[0], "What the note")
	if note.y > 130 || note.y < 72 {
		t.Errorf("the note stands at %v", note.y)
	}
	find(t, pages[1], "Third")
	long := strings.Repeat("word of a very long note ", 700)
	pages = wordsOn(t, write(t, single+"Text^["+long+"] end.", Options{}))
	if n := strings.Count(text(pages), "very long"); len(pages) < 2 || n < 600 {
		t.Errorf("the long note is on %d pages with %d of its lines", len(pages), n)
	}
}

func TestContentsKnowThePages(t *testing.T) {
	t.Parallel()
	file := write(t, "---\nSingleSpacing: true\ntoc: true\n---\n\n# First\n\na\n\n[PAGEBREAK]\n\n## Inner\n\nb\n\n[PAGEBREAK]\n\n# Last\n\nc", Options{})
	page := wordsOn(t, file)[0]
	for name, number := range map[string]string{"First": "1", "Inner": "2", "Last": "3"} {
		y := find(t, page, name).y
		found := false
		for _, w := range page {
			found = found || w.y == y && w.text == number
		}
		if !found {
			t.Errorf("%s is not said to be on page %s: %v", name, number, page)
		}
	}
	if !bytes.Contains(file, []byte("/Outlines")) {
		t.Error("there are no bookmarks")
	}
}

func TestScriptsThatCannotBeSet(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{"مرحبا": "Arabic", "שלום": "Hebrew", "契約": "Chinese or Japanese", "สวัสดี": "Thai"} {
		d, err := doc.Parse("Dear "+source, doc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		var script *ScriptError
		if err := Write(&b, d, Options{}); !errors.As(err, &script) || script.Script != want {
			t.Errorf("%s: %v, want an error about %s", source, err, want)
		}
		if b.Len() > 0 {
			t.Errorf("%s: something was written all the same", want)
		}
	}
	warned := ""
	file := write(t, "Smile 😀 and αβγ Жш čšž", Options{Warn: func(s string) { warned = s }})
	if warned == "" || !strings.Contains(text(wordsOn(t, file)), "αβγ Жш čšž") {
		t.Errorf("warned %q, wrote %q", warned, text(wordsOn(t, file)))
	}
}

func TestNothingOfRedactedWordsIsLeft(t *testing.T) {
	t.Parallel()
	file := write(t, "# A [REDACTION_WORD Cunningham]\n\nThe [REDACTION_WORD Cunningham] told.", Options{})
	all := string(file) + text(wordsOn(t, file))
	if strings.Contains(all, "Cunningham") || strings.Contains(all, textString("Cunningham")[6:30]) {
		t.Error("the redacted word is in the file")
	}
}

func TestSameDocumentSameBytes(t *testing.T) {
	t.Parallel()
	source := single + "# A\n\n[a](http://x.org) ![alt](p.png) ![b](q.png) **b** `c`\n\n| A |\n|---|\n| 1 |\n"
	first := write(t, source, Options{})
	for range 5 {
		if !bytes.Equal(first, write(t, source, Options{})) {
			t.Fatal("the bytes differ from one time to the next")
		}
	}
}

// TestStructure reads the structure tree of a file as a screen reader would.
func TestStructure(t *testing.T) {
	t.Parallel()
	file := string(write(t, "---\ntitle: T\nlang: es\nSingleSpacing: true\n---\n\n# H\n\n1. a\n\n| A |\n|---|\n| 1 |\n\n[l](http://x.org) ![A picture](p.png)^[note]", Options{}))
	for _, want := range []string{"/StructTreeRoot", "/MarkInfo <</Marked true>>", "/Lang (es)", "/DisplayDocTitle true",
		"/S /H1", "/S /L ", "/S /Lbl", "/S /LBody", "/S /TH", "/Scope /Column", "/S /TD", "/S /Link", "/OBJR", "/S /Figure",
		"/Alt " + textString("A picture"), "/S /Note", "/URI (http://x.org)"} {
		if !strings.Contains(file, want) {
			t.Errorf("the file lacks %s", want)
		}
	}
	open := 0
	for _, page := range content(t, []byte(file)) {
		for _, line := range strings.Split(page, "\n") {
			switch {
			case strings.HasSuffix(line, "BDC") || strings.HasSuffix(line, "BMC"):
				open++
			case line == "EMC":
				open--
			case strings.Contains(line, " Tj ET") && open != 1:
				t.Fatalf("text stands in %d marks: %s", open, line)
			}
		}
	}
	if open != 0 {
		t.Errorf("%d marks are not closed", open)
	}
	if plain := string(write(t, "a", Options{Untagged: true})); strings.Contains(plain, "StructTreeRoot") || strings.Contains(plain, "BDC") {
		t.Error("an untagged file has structure")
	}
}

func TestHugeThingsEnd(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("word ", 3000)
	for name, source := range map[string]string{
		"row":     single + "| A | B |\n|---|---|\n| " + long + " | x |\n",
		"columns": single + "[BEGIN_CAPTION] " + long + " [VERTICAL_LINE] x [END_CAPTION]",
		"picture": single + "![x](p.png){width=90in}",
		"indent":  single + "[INDENTBY 5in 5in] " + long[:200],
		"box":     single + "[BORDER] " + long,
	} {
		pages := wordsOn(t, write(t, source, Options{}))
		if want := strings.Count(source, "word"); strings.Count(text(pages), "word") != want {
			t.Errorf("%s: %d words, want %d", name, strings.Count(text(pages), "word"), want)
		}
	}
}

func BenchmarkTenPages(b *testing.B) {
	source := single + strings.Repeat("# Heading\n\n"+strings.Repeat("The quick brown fox *jumps* over the **lazy** dog, as was said. ", 40)+"\n\n1. one\n2. two\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n", 15)
	pages := len(wordsOn(b, write(b, source, Options{})))
	for b.Loop() {
		write(b, source, Options{})
	}
	b.ReportMetric(float64(pages), "pages")
}
