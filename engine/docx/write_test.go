package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/png"
	"io"
	"path"
	"regexp"
	"strings"
	"testing"

	"colloquy/engine/doc"
)

// write parses a source, writes it and returns the files of the package.
func write(t *testing.T, source string) map[string]string {
	t.Helper()
	raw := writeBytes(t, source)
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(data)
	}
	check(t, out)
	return out
}

func writeBytes(t *testing.T, source string) []byte {
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
	return b.Bytes()
}

var (
	target   = regexp.MustCompile(`Id="(rId\d+)"[^>]* Target="([^"]*)"( TargetMode="External")?`)
	usedID   = regexp.MustCompile(`r:(?:id|embed)="(rId\d+)"`)
	named    = regexp.MustCompile(`<w:(?:pStyle|rStyle|tblStyle|basedOn) w:val="([^"]*)"`)
	numbered = regexp.MustCompile(`<w:numId w:val="([1-9]\d*)"`)
	anchored = regexp.MustCompile(`w:anchor="([^"]*)"`)
)

// check checks that the parts are XML and that all they refer to is there.
func check(t *testing.T, files map[string]string) {
	t.Helper()
	for name, data := range files {
		if strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels") {
			wellFormed(t, name, data)
		}
	}
	for name, data := range files {
		rels := files[path.Join(path.Dir(name), "_rels", path.Base(name)+".rels")]
		have := map[string]bool{}
		for _, m := range target.FindAllStringSubmatch(rels, -1) {
			have[m[1]] = true
			if _, ok := files[path.Join(path.Dir(name), m[2])]; !ok && m[3] == "" {
				t.Errorf("%s refers to %s, which is not there", name, m[2])
			}
		}
		for _, m := range usedID.FindAllStringSubmatch(data, -1) {
			if !have[m[1]] {
				t.Errorf("%s uses %s, which leads nowhere", name, m[1])
			}
		}
		for _, m := range named.FindAllStringSubmatch(data, -1) {
			if !strings.Contains(files["word/styles.xml"], `w:styleId="`+m[1]+`"`) {
				t.Errorf("%s names the style %s, which is not there", name, m[1])
			}
		}
		for _, m := range numbered.FindAllStringSubmatch(data, -1) {
			if !strings.Contains(files["word/numbering.xml"], `<w:num w:numId="`+m[1]+`"`) {
				t.Errorf("%s uses numbering %s, which is not there", name, m[1])
			}
		}
	}
	for _, m := range anchored.FindAllStringSubmatch(files["word/document.xml"], -1) {
		if !strings.Contains(files["word/document.xml"], `w:name="`+m[1]+`"`) {
			t.Errorf("a link leads to %s, which is not there", m[1])
		}
	}
	if n := strings.Count(files["word/document.xml"], "</w:tbl></w:tc>"); n > 0 {
		t.Error("a cell ends with a table, which Word refuses")
	}
}

func wellFormed(t *testing.T, name, data string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(data))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%s is no XML: %v\n%s", name, err, data)
		}
	}
}

func TestElements(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, source, part string
		want               []string
	}{
		{"paragraph", "Hello & <b>", "document", []string{`w:line="480"`, `w:firstLine="720"`, `Hello &amp;`}},
		{"styles", "**b** *i* ~~s~~ H~2~O x^2^ `c`", "document", []string{`<w:b/>`, `<w:i/>`, `<w:strike/>`, `w:val="subscript"`, `w:val="superscript"`, "VerbatimChar"}},
		{"heading", "## H {#h}\n\n[to](#h)", "document", []string{`w:val="Heading2"`, `<w:ilvl w:val="1"/><w:numId w:val="1"/>`, `w:name="s_h"`, `w:anchor="s_h"`}},
		{"unnumbered", "# H {-}", "document", []string{`<w:numId w:val="0"/>`}},
		{"list", "3) a\n4) b", "numbering", []string{`<w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1)"/>`}},
		{"letters", "(b) a", "numbering", []string{`<w:start w:val="2"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%1)"/>`}},
		{"bullets", "- a\n    - b", "numbering", []string{`<w:lvlText w:val="•"/>`, `<w:lvlText w:val="–"/>`}},
		{"table", "| A | B |\n|---|--:|\n| 1 | 2 |\n\n: C", "document", []string{`<w:tblHeader/>`, `<w:jc w:val="right"/>`, `w:val="Caption"`, `<w:cantSplit/>`}},
		{"caption", "[BEGIN_CAPTION] a [VERTICAL_LINE] b [END_CAPTION]", "document", []string{`<w:tcBorders><w:right w:val="single" w:sz="4"`, ">a<", ">b<"}},
		{"notes", "x^[The *note*]", "footnotes", []string{`<w:footnote w:id="2">`, ">The <", `<w:i/>`}},
		{"mark", "x^[note]", "document", []string{`<w:footnoteReference w:id="2"/>`}},
		{"picture", "![A dog](p.png){width=1in}", "document", []string{`descr="A dog"`, `cx="914400" cy="457200"`}},
		{"link", "[a](http://x.org/?a=1&b)", "_rels/document", []string{`Target="http://x.org/?a=1&amp;b" TargetMode="External"`}},
		{"footer", "---\nFooterCenter: Page [PAGENUM] of [TOTALPAGES]\n---\nx", "footer3", []string{`w:instr=" PAGE "`, `w:instr=" NUMPAGES "`}},
		{"page", "---\npapersize: a4\nTopMargin: 2in\n---\nx", "document", []string{`w:w="11906"`, `w:top="2880"`, `<w:titlePg/>`}},
		{"break", "a[PAGEBREAK]b", "document", []string{`<w:br w:type="page"/>`}},
		{"contents", "---\ntoc: true\n---\n# A", "document", []string{`TOC \o "1-3"`, `PAGEREF s_a`}},
		{"fill", "Name: [BLANKFILL]", "document", []string{`w:leader="underscore"`}},
		{"box", "[BORDER] [CENTER] a", "document", []string{`<w:pBdr>`, `<w:jc w:val="center"/>`}},
		{"title", "---\ntitle: T & U\nauthor: [A, B]\nlang: es\n---\nx", "../docProps/core", []string{"<dc:title>T &amp; U</dc:title>", "<dc:creator>A, B</dc:creator>"}},
		{"language", "---\nlang: es\n---\nx", "styles", []string{`<w:lang w:val="es"/>`}},
		{"redaction", "[REDACTION_WORD secret]", "document", []string{"███████"}},
		{"watermark", "---\nWatermark: Draft\n---\nx", "header1", []string{`string="Draft"`}},
		{"tables in a row", "| A |\n|---|\n| 1 |\n\n| B |\n|---|\n| 2 |", "document", []string{"</w:tbl><w:p>"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			name := path.Join("word", tt.part+".xml")
			if strings.HasPrefix(tt.part, "_rels") {
				name += ".rels"
			}
			got := write(t, tt.source)[name]
			for _, want := range tt.want {
				if !strings.Contains(got, want) {
					t.Errorf("%s lacks %s:\n%s", name, want, got)
				}
			}
		})
	}
}

func TestSameDocumentSameBytes(t *testing.T) {
	t.Parallel()
	source := "# A\n\n1. b ![x](p.png)\n\n| A |\n|---|\n| [l](http://x.org)^[n] |\n"
	if !bytes.Equal(writeBytes(t, source), writeBytes(t, source)) {
		t.Error("the bytes differ from one time to the next")
	}
}

func TestNothingOfRedactedWordsIsLeft(t *testing.T) {
	t.Parallel()
	for name, data := range write(t, "# [REDACTION_WORD Cunningham]\n\n[REDACTION_WORD Cunningham]") {
		if strings.Contains(data, "Cunningham") {
			t.Errorf("the redacted word is in %s", name)
		}
	}
}
