package interview

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"colloquy/engine/packages"
)

// unloadable are the interviews of the peer suite that cannot load, with a
// part of the reason: they include files that the suite does not hold, or
// need Jinja.
var unloadable = map[string]string{
	"docassemble.demo:data/questions/examples/jinjayaml.yml": "Jinja",
}

func TestPeerInterviewsLoad(t *testing.T) {
	dir := os.Getenv("COLLOQUY_PEER")
	if dir == "" {
		t.Skip("COLLOQUY_PEER does not name the peer suite's folder: its interviews are not loaded")
	}
	var lib packages.Library
	lib.AddFolder(os.DirFS(filepath.Join(dir, "packages")))
	for _, pkg := range lib.Packages() {
		for _, n := range lib.Interviews(pkg) {
			t.Run(n.String(), func(t *testing.T) {
				in, err := Load(t.Context(), &lib, n.String())
				why := unloadable[n.String()]
				switch {
				case err != nil && why == "":
					t.Error(err)
				case err == nil && why != "":
					t.Errorf("loads, though it should not: %s", why)
				case err != nil && !strings.Contains(err.Error(), why):
					t.Errorf("does not load for another reason than %q: %v", why, err)
				case err == nil && len(in.Blocks) == 0 && !slices.Contains(in.Files, n.String()):
					t.Error("holds nothing")
				}
				if in != nil {
					for _, p := range in.Problems {
						t.Log(p)
					}
				}
			})
		}
	}
}
