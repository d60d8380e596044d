//go:build peer

package interview

import (
	"bufio"
	"encoding/json"
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

func peerLibrary(t *testing.T) *packages.Library {
	dir := os.Getenv("COLLOQUY_PEER")
	if dir == "" {
		t.Fatal("set COLLOQUY_PEER to the peer suite's folder")
	}
	var lib packages.Library
	lib.AddFolder(os.DirFS(filepath.Join(dir, "packages")))
	return &lib
}

func TestPeerInterviewsLoad(t *testing.T) {
	lib := peerLibrary(t)
	for _, pkg := range lib.Packages() {
		for _, n := range lib.Interviews(pkg) {
			t.Run(n.String(), func(t *testing.T) {
				in, err := Load(t.Context(), lib, n.String())
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

// TestPeerFirstScreens compares what is known of the first screens of the
// peer suite's interviews with the blocks they were made from.
func TestPeerFirstScreens(t *testing.T) {
	lib := peerLibrary(t)
	goldens, err := os.Open(filepath.Join(os.Getenv("COLLOQUY_PEER"), "goldens.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer goldens.Close()
	lines := bufio.NewScanner(goldens)
	lines.Buffer(nil, 1<<24)
	compared := 0
	for lines.Scan() {
		var g struct {
			Interview, Block, Type, Sought, Variety, Language string
			Mandatory                                         bool
		}
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		if g.Block == "" || g.Block == "Question_Temp" || unloadable[g.Interview] != "" {
			continue
		}
		in, err := Load(t.Context(), lib, g.Interview)
		if err != nil {
			t.Error(err)
			continue
		}
		b := in.ByName(g.Block)
		if b == nil || b.Question == nil {
			t.Errorf("%s: %s is no question", g.Interview, g.Block)
			continue
		}
		compared++
		if b.Question.Kind.String() != g.Type {
			t.Errorf("%s: %s is of kind %s, want %s", b.Pos, g.Block, b.Question.Kind, g.Type)
		}
		if g.Sought != "" && !slices.ContainsFunc(Forms(g.Sought), func(f Form) bool { return slices.Contains(b.Offers, f.Text) }) {
			t.Errorf("%s: %s offers %q, want it to offer %s", b.Pos, g.Block, b.Offers, g.Sought)
		}
		if b.Language != g.Language || b.Mandatory.Set != g.Mandatory {
			t.Errorf("%s: %s has language %s, mandatory %v, want %s, %v", b.Pos, g.Block, b.Language, b.Mandatory, g.Language, g.Mandatory)
		}
	}
	if err := lines.Err(); err != nil || compared < 400 {
		t.Errorf("compared %d screens (%v), want at least 400", compared, err)
	}
}
