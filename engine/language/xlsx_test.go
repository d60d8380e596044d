package language

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"
)

// book makes a spreadsheet of parts.
func book(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
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
	return b.Bytes()
}

const (
	workbook = `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" r:id="rId7"/><sheet name="b" r:id="rId8"/></sheets></workbook>`
	related  = `<Relationships><Relationship Id="rId8" Target="worksheets/sheet2.xml"/><Relationship Id="rId7" Target="worksheets/sheet1.xml"/></Relationships>`
	shared   = `<sst><si><t>orig_lang</t></si><si><t>tr_lang</t></si><si><t>orig_text</t></si><si><t>tr_text</t></si><si><t>en</t></si><si><t>es</t></si>` +
		`<si><r><t>Hello </t></r><r><t xml:space="preserve">${ name }</t></r></si></sst>`
	sheet = `<worksheet><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>interview</t></is></c><c r="C1" t="s"><v>0</v></c><c r="D1" t="s"><v>1</v></c><c r="E1" t="s"><v>2</v></c><c r="F1" t="s"><v>3</v></c></row>
<row r="2"><c r="A2" t="inlineStr"><is><t>my.yml</t></is></c><c r="C2" t="s"><v>4</v></c><c r="D2" t="s"><v>5</v></c><c r="E2" t="s"><v>6</v></c><c r="F2" t="inlineStr"><is><t>Hola ${ name }</t></is></c></row>
<row r="3"><c r="C3" t="s"><v>4</v></c><c r="D3" t="s"><v>5</v></c><c r="E3" t="inlineStr"><is><t>Bye</t></is></c></row>
<row r="4"><c r="C4" t="s"><v>4</v></c><c r="D4" t="s"><v>5</v></c><c r="E4"><v>12</v></c><c r="F4" t="inlineStr"><is><t>doce</t></is></c></row>
</sheetData></worksheet>`
)

func TestReadXLSX(t *testing.T) {
	parts := map[string]string{"xl/workbook.xml": workbook, "xl/_rels/workbook.xml.rels": related, "xl/sharedStrings.xml": shared, "xl/worksheets/sheet1.xml": sheet}
	got, err := ReadTranslations("t.xlsx", book(t, parts))
	want := []Translation{
		{From: "en", To: "es", Text: "Hello ${ name }", Translated: "Hola ${ name }", Source: "my.yml"},
		{From: "en", To: "es", Text: "12", Translated: "doce"},
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %+v, %v\nwant %+v", got, err, want)
	}
	for what, tt := range map[string]struct{ part, text, want string }{
		"no column":  {"xl/sharedStrings.xml", strings.Replace(shared, "tr_text", "text", 1), "t.xlsx: row 1 of the spreadsheet names no column tr_text"},
		"no text":    {"xl/sharedStrings.xml", "<sst/>", "t.xlsx: read spreadsheet: cell C1 names a text that is not there"},
		"no rows":    {"xl/worksheets/sheet1.xml", "<worksheet/>", "t.xlsx: the spreadsheet has no rows"},
		"no sheet":   {"xl/_rels/workbook.xml.rels", "<Relationships/>", "t.xlsx: read spreadsheet: it has no sheet"},
		"broken XML": {"xl/workbook.xml", "<a", "t.xlsx: read spreadsheet:"},
	} {
		broken := map[string]string{}
		for name, text := range parts {
			broken[name] = text
		}
		broken[tt.part] = tt.text
		if _, err := ReadXLSX("t.xlsx", book(t, broken)); err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", what, err, tt.want)
		}
	}
	if _, err := ReadWords("t.xlsx", []byte("no zip")); err == nil || !strings.HasPrefix(err.Error(), "t.xlsx: read spreadsheet:") {
		t.Errorf("no zip: %v", err)
	}
	if _, err := ReadWords("t.txt", nil); err == nil {
		t.Error("a text file was read as words")
	}
}

func TestRightToLeft(t *testing.T) {
	for code, want := range map[string]bool{"ar": true, "he": true, "fa-IR": true, "ar_EG": true, "ur": true, "yi": true, "en": false, "es-MX": false, "az-Latn": false, "": false, "!": false} {
		if got := RightToLeft(code); got != want {
			t.Errorf("RightToLeft(%q) = %v", code, got)
		}
	}
}
