package objects_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"colloquy/engine/objects"
)

// TestNatives: the prelude asks Go for nothing that is not there, and Go keeps
// nothing that nobody asks for.
func TestNatives(t *testing.T) {
	files, err := filepath.Glob("prelude/*.py")
	if err != nil || len(files) == 0 {
		t.Fatal("no prelude", err)
	}
	use := regexp.MustCompile(`\bengine\.(\w+)`)
	used := map[string]bool{}
	natives := objects.Natives().Globals
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range use.FindAllStringSubmatch(string(src), -1) {
			used[m[1]] = true
			if _, ok := natives.Get(m[1]); !ok {
				t.Errorf("%s uses engine.%s, which does not exist", f, m[1])
			}
		}
	}
	for _, name := range natives.Names() {
		if !used[name] && name[0] != '_' && !regexp.MustCompile(`Error$|^DAException$`).MatchString(name) {
			t.Errorf("nobody uses %s", name)
		}
	}
}
