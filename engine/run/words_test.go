package run_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"colloquy/engine/packages"
	"colloquy/engine/run"
)

// Files of words are laid over the words built in, later ones over earlier ones;
// those of the reference need not be there.
func TestReadWords(t *testing.T) {
	lib := &packages.Library{}
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	if err := lib.AddPackage("p", fstest.MapFS{
		"data/sources/a.yml": file("es:\n  Continue: Adelante\n  Fruit: Fruta\n"),
		"data/sources/b.xlf": file(`<xliff version="1.2"><file source-language="en" target-language="es"><body>` +
			`<trans-unit id="1"><source>Fruit</source><target>Frutas</target></trans-unit></body></file></xliff>`),
		"data/sources/bad.yml": file("es:\n  - a\n"),
	}); err != nil {
		t.Fatal(err)
	}
	words, err := run.ReadWords(lib, []string{"p:data/sources/a.yml", "p:b.xlf", "docassemble.base:data/sources/us-words.yml"})
	if err != nil {
		t.Fatal(err)
	}
	for phrase, want := range map[string]string{"Continue": "Adelante", "Fruit": "Frutas", "Back": "Atrás"} {
		if got := words.Phrases("es")[phrase]; got != want {
			t.Errorf("%s = %q, want %q", phrase, got, want)
		}
	}
	for ref, want := range map[string]string{"p:gone.yml": "file does not exist", "p:bad.yml": "p:data/sources/bad.yml:2:3: expected a mapping"} {
		if _, err := run.ReadWords(lib, []string{ref}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q in it", ref, err, want)
		}
	}
}
