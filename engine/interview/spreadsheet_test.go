package interview_test

import (
	"archive/zip"
	"bytes"
	"slices"
	"testing"
	"testing/fstest"

	"colloquy/engine/interview"
	"colloquy/engine/packages"
)

// Translations in a spreadsheet are applied to the blocks after it, and the
// interview knows the languages that it speaks.
func TestTranslationsInASpreadsheet(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	cell := func(text string) string { return `<c t="inlineStr"><is><t>` + text + `</t></is></c>` }
	row := func(cells ...string) string {
		out := "<row>"
		for _, c := range cells {
			out += cell(c)
		}
		return out + "</row>"
	}
	for name, text := range map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="/xl/worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml": `<worksheet><sheetData>` + row("orig_lang", "tr_lang", "orig_text", "tr_text") +
			row("en", "es", "Which fruit?", "¿Qué fruta?") + `</sheetData></worksheet>`,
	} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	lib := &packages.Library{}
	if err := lib.AddPackage("p", fstest.MapFS{
		"data/questions/a.yml": {Data: []byte("translations:\n  - a.xlsx\n---\nmandatory: True\nquestion: Which fruit?\nfield: x\n")},
		"data/sources/a.xlsx":  {Data: b.Bytes()},
	}); err != nil {
		t.Fatal(err)
	}
	iv, err := interview.Load(t.Context(), lib, "p:a.yml")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(iv.Languages, []string{"es"}) || len(iv.Problems) > 0 {
		t.Errorf("languages %q, problems %v", iv.Languages, iv.Problems)
	}
	for _, blk := range iv.Blocks {
		if blk.Question != nil && blk.Question.Text.In("es").Source != "¿Qué fruta?" {
			t.Errorf("in Spanish: %q", blk.Question.Text.In("es").Source)
		}
	}
}
