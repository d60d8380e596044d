package assemble

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"strings"
	"testing"

	"colloquy/engine/pdf"
	"colloquy/engine/python"
)

// textForm is a PDF form with the text fields a and b and the place for a
// signature.
const textForm = `%PDF-1.7
1 0 obj
<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R 5 0 R 6 0 R]>>>>
endobj
2 0 obj
<</Type/Pages/Count 1/Kids[3 0 R]>>
endobj
3 0 obj
<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<<>>/Annots[4 0 R 5 0 R 6 0 R]>>
endobj
4 0 obj
<</Type/Annot/Subtype/Widget/Rect[10 150 190 170]/T(a)/FT/Tx>>
endobj
5 0 obj
<</Type/Annot/Subtype/Widget/Rect[10 100 190 140]/T(b)/FT/Tx/Ff 4096>>
endobj
6 0 obj
<</Type/Annot/Subtype/Widget/Rect[10 10 190 90]/T(signature)/FT/Sig>>
endobj
trailer
<</Size 7/Root 1 0 R>>
startxref
0
%%EOF
`

func formPlan(t *testing.T, fields ...Field) *Plan {
	t.Helper()
	th := python.NewThread(t.Context(), python.Options{})
	t.Cleanup(func() { th.Close() })
	return &Plan{Kind: Form, Thread: th, Templates: []Template{{Name: "form.pdf", Content: []byte(textForm)}}, Fields: fields,
		Options: Options{Editable: true}, File: func(ref string) (File, error) {
			if ref != "7" {
				return File{}, errors.New("no file " + ref)
			}
			var b bytes.Buffer
			err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 20, 10)))
			return File{Content: b.Bytes()}, err
		}}
}

// filled renders a plan and reads its fields.
func filled(t *testing.T, p *Plan) map[string]string {
	t.Helper()
	data, err := Render(t.Context(), p, "pdf")
	if err != nil {
		t.Fatal(err)
	}
	fields, err := pdf.Fields(data, "")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range fields {
		out[f.Name] = f.Value
	}
	return out
}

func TestFormValues(t *testing.T) {
	for _, tt := range []struct {
		name  string
		value python.Value
		want  string
	}{
		{"text", python.NewStr("hello \n"), "hello"},
		{"yes", python.True, "Yes"},
		{"no", python.False, "No"},
		{"none", python.None, ""},
		{"nothing", nil, ""},
		{"number", python.Int(12), "12"},
		{"written True", python.NewStr("True\n"), "Yes"},
		{"written None", python.NewStr("None"), ""},
		{"lines", python.NewStr("one [BR] two[NEWLINE]three"), "one\ntwo\nthree"},
		{"placing", python.NewStr("[BOLDCENTER] Title [x]"), "Title [x]"},
		{"typed tags", python.Outside("one [BR] two [FILE 7]"), "one [BR] two [FILE 7]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := filled(t, formPlan(t, Field{Name: "b", Value: tt.value}))["b"]; got != tt.want {
				t.Errorf("b = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestFormLastValueWins(t *testing.T) {
	got := filled(t, formPlan(t, Field{Name: "a", Value: python.NewStr("1")}, Field{Name: "b", Value: python.NewStr("2")}, Field{Name: "a", Value: python.NewStr("3")}))
	if got["a"] != "3" || got["b"] != "2" {
		t.Errorf("fields %q", got)
	}
}

func TestFormPictures(t *testing.T) {
	for _, text := range []string{"before [FILE 7, None, None] after", "[QR https://example.org]"} {
		if got := filled(t, formPlan(t, Field{Name: "signature", Value: python.NewStr(text)})); len(got) != 2 {
			t.Errorf("%s: fields %q; the picture has not taken the place of the field", text, got)
		}
	}
	if _, err := Render(t.Context(), formPlan(t, Field{Name: "a", Value: python.NewStr("[FILE 8]")}), "pdf"); err == nil {
		t.Error("a file that is not there is no error")
	}
}

func TestFormWarnsAndFlattens(t *testing.T) {
	p := formPlan(t, Field{Name: "signatur", Value: python.NewStr("")})
	p.Options.Editable = false
	if got := filled(t, p); len(got) != 0 {
		t.Errorf("fields %q are still there", got)
	}
	if len(p.Warnings) != 1 || !strings.Contains(p.Warnings[0], "did you mean signature?") {
		t.Errorf("warnings %q", p.Warnings)
	}
}

func TestFormErrors(t *testing.T) {
	p := formPlan(t)
	p.Templates[0].Content = []byte("no PDF")
	if _, err := Render(t.Context(), p, "pdf"); err == nil || !strings.Contains(err.Error(), "pdf template file form.pdf: ") {
		t.Errorf("Render() of what is no PDF file: %v", err)
	}
	var unsupported *Unsupported
	if _, err := Render(t.Context(), formPlan(t), "docx"); !errors.As(err, &unsupported) {
		t.Errorf("Render() as docx: %v", err)
	}
}
