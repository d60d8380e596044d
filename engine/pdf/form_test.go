package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// testForm is a form with a field of each kind, on two pages.
func testForm() []byte {
	field := func(page int, rect, rest string) string {
		return fmt.Sprintf("<</Type/Annot/Subtype/Widget/F 4/P %d 0 R/Rect[%s]%s>>", page, rect, rest)
	}
	state := func(on string) string { return "/AS/Off/AP<</N<</" + on + " 20 0 R/Off 20 0 R>>>>" }
	bodies := []string{
		"<</Type/Catalog/Pages 2 0 R/AcroForm 5 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>",
		"<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]/MediaBox[0 0 300 300]/Resources<<>>>>",
		"<</Type/Page/Parent 2 0 R/Annots[6 0 R 7 0 R 8 0 R 10 0 R 11 0 R 12 0 R 13 0 R 14 0 R]>>",
		"<</Type/Page/Parent 2 0 R/Annots[16 0 R 17 0 R 18 0 R]>>",
		"<</Fields[6 0 R 7 0 R 8 0 R 9 0 R 12 0 R 13 0 R 14 0 R 15 0 R 18 0 R]/DA(/Helv 0 Tf 0 g)/NeedAppearances true/XFA(x)>>",
		field(3, "10 270 150 290", "/T(full name)/FT/Tx/TU(Your name)"),
		field(3, "10 200 150 260", "/T(story)/FT/Tx/Ff 4096"),
		field(3, "10 170 30 190", "/T(agrees)/FT/Btn"+state("Jawohl")),
		"<</T(fruit)/FT/Btn/Ff 32768/Kids[10 0 R 11 0 R]/V/Off>>",
		field(3, "10 140 30 160", "/Parent 9 0 R"+state("apple")),
		field(3, "40 140 60 160", "/Parent 9 0 R"+state("pear")),
		field(3, "10 110 150 130", "/T(county)/FT/Ch/Ff 131072/Opt[[(01)(Kent)][(02)(Essex)]]"),
		field(3, "10 80 150 100", "/T(code)/FT/Tx/Ff 16777216/MaxLen 4"),
		field(3, "10 20 150 70", "/T(signature)/FT/Sig"),
		"<</T(child)/Kids[16 0 R 17 0 R]>>",
		field(4, "10 270 150 290", "/Parent 15 0 R/T(name)/FT/Tx"),
		field(4, "10 240 30 260", "/Parent 15 0 R/T(bare)/FT/Btn"),
		field(4, "10 210 150 230", "/T(name)/FT/Tx/V(kept)"),
		"null",
		"<</Type/XObject/Subtype/Form/BBox[0 0 20 20]/Length 0>>\nstream\n\nendstream",
	}
	for i, b := range bodies {
		bodies[i] = fmt.Sprintf("%d 0 obj\n%s\nendobj\n", i+1, b)
	}
	return assembled(bodies)
}

// values reads the values of a form.
func values(t *testing.T, data []byte) map[string]string {
	t.Helper()
	fields, err := Fields(data, "")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range fields {
		out[f.Name] = f.Value
	}
	return out
}

func TestFields(t *testing.T) {
	fields, err := Fields(testForm(), "")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range fields {
		got = append(got, fmt.Sprintf("%d %s %s %s", f.Page, f.Kind, f.Name, f.On))
	}
	want := []string{"1 /Tx full name ", "1 /Tx story ", "1 /Btn agrees Jawohl", "1 /Btn fruit apple", "1 /Btn fruit pear", "1 /Ch county ",
		"1 /Tx code ", "1 /Sig signature ", "2 /Tx child.name ", "2 /Btn child.bare ", "2 /Tx name "}
	if !slices.Equal(got, want) {
		t.Errorf("Fields() = %q\nwant %q", got, want)
	}
	if fields[0].Label != "Your name" || fields[6].Max != 4 || fields[0].Box != [4]float64{10, 270, 150, 290} {
		t.Errorf("Fields() = %+v", fields)
	}
}

func TestFillValues(t *testing.T) {
	for _, tt := range []struct{ field, text, name, want string }{
		{"full name", "Zoë “Z” Łuk", "full name", "Zoë “Z” Łuk"},
		{"full name", "one\ntwo", "full name", "one two"},
		{"story", "one\ntwo", "story", "one\ntwo"},
		{"agrees", "Yes", "agrees", "Jawohl"},
		{"agrees", "Jawohl", "agrees", "Jawohl"},
		{"agrees", "No", "agrees", "Off"},
		{"fruit", "pear", "fruit", "pear"},
		{"fruit", "plum", "fruit", "Off"},
		{"county", "Essex", "county", "02"},
		{"county", "01", "county", "01"},
		{"county", "Surrey", "county", "Surrey"},
		{"child.name", "Ann", "child.name", "Ann"},
		{"child.name", "Ann", "name", "kept"},
		{"name", "Ann", "child.name", ""},
		{"FULL  name", "Ann", "full name", "Ann"},
		{"bare", "True", "child.bare", "Yes"},
	} {
		t.Run(tt.field+"="+tt.text, func(t *testing.T) {
			out, _, err := Fill(testForm(), []Answer{{Name: tt.field, Text: tt.text}}, FormOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if got := values(t, out)[tt.name]; got != tt.want {
				t.Errorf("%s = %q, want %q", tt.name, got, tt.want)
			}
		})
	}
}

func TestFillWarns(t *testing.T) {
	for _, tt := range []struct{ field, text, want string }{
		{"ful name", "x", "the PDF template has no field ful name; did you mean full name?"},
		{"Code", "x", "the PDF template writes the field Code as code"},
		{"code", "12345", "the field code takes 4 characters, and its value has 5"},
		{"full name", strings.Repeat("very long ", 30), "the value of the field full name does not fit into its box"},
		{"story", "漢字", "the font of the field story lacks some characters"},
		{"fruit", "plum", "the buttons of the field fruit have the values apple, pear"},
		{"county", "Surrey", "the choices of the field county do not hold its value"},
		{"signature", "Ann", "the field signature is for a signature"},
	} {
		t.Run(tt.field, func(t *testing.T) {
			_, warnings, err := Fill(testForm(), []Answer{{Name: tt.field, Text: tt.text}}, FormOptions{})
			all := strings.Join(warnings, "\n")
			if err != nil || !strings.Contains(all, tt.want) {
				t.Errorf("Fill() warns %q, %v; want %q", all, err, tt.want)
			}
			if len(tt.text) > 1 && strings.Contains(all, tt.text) {
				t.Errorf("a warning holds an answer: %q", all)
			}
		})
	}
}

func testImage(t *testing.T) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 60, 40))
	for x := 10; x < 50; x++ {
		for y := 10; y < 30; y++ {
			img.Set(x, y, color.NRGBA{200, 0, 0, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFillPicture(t *testing.T) {
	out, _, err := Fill(testForm(), []Answer{{Name: "signature", Image: testImage(t)}}, FormOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := values(t, out)["signature"]; ok {
		t.Error("the field is still there")
	}
	f, err := open(out, "")
	if err != nil {
		t.Fatal(err)
	}
	d := f.dict(f.dict(f.dict(f.pages[0].dict["Resources"])["XObject"])["Picture"])
	if f.int(d["Width"]) != 40 || f.int(d["Height"]) != 20 {
		t.Errorf("picture of %v by %v, want 40 by 20: the margins are cut off", d["Width"], d["Height"])
	}
	_, _, err = Fill(testForm(), []Answer{{Name: "signature", Image: []byte("<svg/>")}}, FormOptions{})
	if err == nil || !strings.Contains(err.Error(), "use PNG") {
		t.Errorf("Fill() with an SVG picture: %v", err)
	}
}

func TestFlatten(t *testing.T) {
	out, _, err := Fill(testForm(), []Answer{{Name: "full name", Text: "Ann"}, {Name: "agrees", Text: "Yes"}}, FormOptions{Flatten: true})
	if err != nil {
		t.Fatal(err)
	}
	if has, err := HasForm(out); has || err != nil {
		t.Errorf("HasForm() = %v, %v", has, err)
	}
	f, err := open(out, "")
	if err != nil {
		t.Fatal(err)
	}
	if f.pages[0].dict["Annots"] != nil {
		t.Error("fields are still drawn as such")
	}
	drawn := ""
	for _, o := range f.dict(f.dict(f.pages[0].dict["Resources"])["XObject"]) {
		drawn += string(f.content(o))
	}
	if !strings.Contains(drawn, "<416e6e> Tj") {
		t.Errorf("the page draws %q", drawn)
	}
}

func TestFillLeavesNothingThatRuns(t *testing.T) {
	out, _, err := Fill(testForm(), nil, FormOptions{})
	if err != nil {
		t.Fatal(err)
	}
	f, err := open(out, "")
	if err != nil {
		t.Fatal(err)
	}
	fm := f.dict(f.root()["AcroForm"])
	if f.root()["OpenAction"] != nil || fm["XFA"] != nil || fm["NeedAppearances"] != nil {
		t.Errorf("catalogue %v, form %v", f.root(), fm)
	}
}

func TestFillIsRepeatable(t *testing.T) {
	answers := []Answer{{Name: "full name", Text: "Ann"}, {Name: "signature", Image: testImage(t)}}
	for _, o := range []FormOptions{{}, {Flatten: true}, {Password: "secret", OwnerPassword: "boss"}} {
		first, _, err := Fill(testForm(), answers, o)
		if err != nil {
			t.Fatal(err)
		}
		second, _, err := Fill(testForm(), answers, o)
		if err != nil || !bytes.Equal(first, second) {
			t.Errorf("%+v: two runs give other bytes, %v", o, err)
		}
	}
}

func TestPasswords(t *testing.T) {
	out, _, err := Fill(testForm(), []Answer{{Name: "full name", Text: "Ann"}}, FormOptions{Password: "sécret", OwnerPassword: "boss"})
	if err != nil {
		t.Fatal(err)
	}
	for pw, want := range map[string]error{"": ErrPassword, "wrong": ErrPassword, "sécret": nil, "boss": nil} {
		if _, err := Fields(out, pw); !errors.Is(err, want) {
			t.Errorf("Fields(%q): %v, want %v", pw, err, want)
		}
	}
	if locked, err := Encrypted(out); !locked || err != nil {
		t.Errorf("Encrypted() = %v, %v", locked, err)
	}
	again, _, err := Fill(out, []Answer{{Name: "story", Text: "Once"}}, FormOptions{TemplatePassword: "sécret"})
	if err != nil {
		t.Fatal(err)
	}
	if got := values(t, again); got["full name"] != "Ann" || got["story"] != "Once" {
		t.Errorf("a form that was encrypted: %q", got)
	}
}

func TestFillRefuses(t *testing.T) {
	if _, _, err := Fill(blank(), nil, FormOptions{}); !errors.Is(err, errNoFields) {
		t.Errorf("no fields: %v", err)
	}
	for _, data := range []string{"", "hello", "%PDF-1.7\nxref\n"} {
		if _, _, err := Fill([]byte(data), nil, FormOptions{}); err == nil {
			t.Errorf("%q is no PDF file", data)
		}
	}
	f, err := open(testForm(), "")
	if err != nil {
		t.Fatal(err)
	}
	fm, err := f.form()
	if err != nil {
		t.Fatal(err)
	}
	found, _ := fm.find("signature")
	found[0].dict["V"] = types.Dict{"Contents": types.NewHexLiteral([]byte("x"))}
	signed, err := f.bytes(Passwords{})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := Fill(signed, nil, FormOptions{}); err == nil || !strings.Contains(err.Error(), "digitally signed") {
		t.Errorf("a signed form: %v", err)
	}
}

func TestFillInOtherScripts(t *testing.T) {
	out, warnings, err := Fill(testForm(), []Answer{{Name: "full name", Text: "Łukasz Świątek, Иван"}, {Name: "story", Text: "plain"}}, FormOptions{Flatten: true})
	if err != nil || warnings != nil {
		t.Fatalf("Fill() warns %q, %v", warnings, err)
	}
	f, err := open(out, "")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, o := range f.dict(f.dict(f.pages[0].dict["Resources"])["XObject"]) {
		for name, font := range f.dict(f.dict(f.dict(o)["Resources"])["Font"]) {
			if strings.Contains(name, "Liberation") && f.name(f.dict(font)["Encoding"]) == "Identity-H" {
				found++
			}
		}
	}
	if found != 1 {
		t.Errorf("%d fields have an embedded font, want 1: the one whose letters need it", found)
	}
}
