package language

import (
	"slices"
	"strings"
	"testing"
)

func TestBuiltinWordFilesAreRead(t *testing.T) {
	files, err := wordFiles.ReadDir("data/words")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		data, err := wordFiles.ReadFile("data/words/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		if w, err := ReadWordsYAML(f.Name(), data); err != nil || len(w.Languages()) != 1 {
			t.Errorf("%s: %v, %v", f.Name(), w, err)
		}
	}
}

func TestWord(t *testing.T) {
	extra := NewWords(map[string]map[string]string{
		"es": {"Continue": "Seguir"}, "*": {"Brand": "Acme"}, "pt-BR": {"Back": "Voltar"}, "en": {"Continue": "Go on"},
	})
	s := Speaker{Words: BuiltinWords().Extend(extra)}
	for _, tt := range []struct{ lang, phrase, want string }{
		{"", "This field is required.", "You need to fill this in."}, {"en", "Country Code", `Country Code (e.g., "us")`},
		{"en", "Continue", "Go on"}, {"es", "Continue", "Seguir"}, {"es-MX", "Back", "Atrás"}, {"fr", "Back", "Retour"},
		{"pt-BR", "Back", "Voltar"}, {"pt", "Back", "Voltar"}, {"sv", "Back", "Back"}, {"nl", "This field is required.", "This field is required."},
		{"nl", "Brand", "Acme"}, {"es", "my own phrase", "my own phrase"},
	} {
		if got := s.In(tt.lang).Word(tt.phrase); got != tt.want {
			t.Errorf("%s: Word(%q) = %q, want %q", tt.lang, tt.phrase, got, tt.want)
		}
	}
	if got := (Speaker{}).Word("Continue"); got != "Continue" {
		t.Errorf("Extend changed the built-in words: %q", got)
	}
	if got := (Speaker{Lang: "fr"}).YesNo(false); got != "Non" {
		t.Errorf("YesNo = %q", got)
	}
}

func TestFallbacks(t *testing.T) {
	for lang, want := range map[string][]string{
		"es": {"es", "*", "en"}, "pt-BR": {"pt-BR", "pt", "*", "en"}, "": {"en", "*", "en"},
	} {
		if got := Fallbacks(lang); !slices.Equal(got, want) {
			t.Errorf("Fallbacks(%q) = %q, want %q", lang, got, want)
		}
	}
}

func TestReadWordsYAML(t *testing.T) {
	w, err := ReadWordsYAML("w.yml", []byte("es:\n  No: Nada\n  Empty:\n  Yes: yes\nfr:\nde:\n  a: 'null'\n"))
	if err != nil {
		t.Fatal(err)
	}
	for phrase, want := range map[string]string{"No": "Nada", "Yes": "yes"} {
		if got, ok := w.Lookup("es", phrase); !ok || got != want {
			t.Errorf("%q = %q, %v", phrase, got, ok)
		}
	}
	if got, ok := w.Lookup("es", "Empty"); ok {
		t.Errorf("Empty = %q", got)
	}
	if got, ok := w.Lookup("de", "a"); !ok || got != "null" {
		t.Errorf("quoted null = %q, %v", got, ok)
	}
	for text, want := range map[string]string{
		"- a\n": "w.yml:1:1:", "es:\n  - a\n": "w.yml:2:3:", "es:\n  a:\n    b: c\n": "w.yml:3:5:", "es: [": "w.yml:",
	} {
		if _, err := ReadWordsYAML("w.yml", []byte(text)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: error %v, want it to begin with %s", text, err, want)
		}
	}
	if w, err := ReadWordsYAML("w.yml", nil); err != nil || len(w.Languages()) != 0 {
		t.Errorf("empty file: %v, %v", w, err)
	}
}

const xliff12 = `<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
 <file original="my.yml" source-language="en" target-language="es" datatype="plaintext"><body>
  <trans-unit id="1"><source>Hello <g id="1">${ name }</g> &amp; co</source><target>Hola <g id="1">${ name }</g> y cía</target></trans-unit>
  <group><trans-unit id="2"><source>Bye</source><target></target></trans-unit></group>
  <trans-unit id="3"><source>None</source></trans-unit>
 </body></file>
 <file original="b.yml" source-language="en" target-language="fr"><body>
  <trans-unit id="1"><source>Bye</source><target state="final">Salut</target><note>x</note></trans-unit>
 </body></file>
</xliff>`

const xliff20 = `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="de">
 <file id="f"><unit id="u1"><segment><source>One. </source><target>Eins. </target></segment>
  <segment><source>Two.</source><target>Zwei.</target></segment></unit></file></xliff>`

func TestReadXLIFF(t *testing.T) {
	for _, tt := range []struct {
		data string
		want []Translation
	}{
		{xliff12, []Translation{
			{From: "en", To: "es", Text: "Hello ${ name } & co", Translated: "Hola ${ name } y cía", Source: "my.yml", ID: "1"},
			{From: "en", To: "fr", Text: "Bye", Translated: "Salut", Source: "b.yml", ID: "1"},
		}},
		{xliff20, []Translation{{From: "en", To: "de", Text: "One. Two.", Translated: "Eins. Zwei.", ID: "u1"}}},
	} {
		got, err := ReadXLIFF("x.xlf", []byte(tt.data))
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("got %+v, %v\nwant %+v", got, err, tt.want)
		}
	}
	list, err := ReadXLIFF("x.xlf", []byte(xliff12))
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := TranslationWords(list).Lookup("fr", "Bye"); !ok || got != "Salut" {
		t.Errorf("as words: %q, %v", got, ok)
	}
	for _, bad := range []string{"", "<html></html>", "<xliff><file>", "<xliff><a></b></xliff>"} {
		if got, err := ReadXLIFF("x.xlf", []byte(bad)); err == nil || !strings.HasPrefix(err.Error(), "x.xlf:") {
			t.Errorf("ReadXLIFF(%q) = %v, %v", bad, got, err)
		}
	}
}

func TestPeriods(t *testing.T) {
	want := []Period{{12, "Per Month"}, {1, "Per Year"}, {52, "Per Week"}, {24, "Twice Per Month"}, {26, "Every Two Weeks"}}
	if got := (Speaker{}).Periods(); !slices.Equal(got, want) {
		t.Errorf("Periods = %v", got)
	}
	if got := (Speaker{Lang: "es"}).Periods()[0].Label; got != "Al mes" {
		t.Errorf("Spanish label = %q", got)
	}
	if got := NameSuffixes(); !slices.Equal(got, []string{"Jr", "Sr", "II", "III", "IV", "V", "VI"}) {
		t.Errorf("NameSuffixes = %q", got)
	}
}
