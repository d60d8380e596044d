//go:build peer

package template

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"colloquy/engine/python"
)

// Every template of the peer suite can be read, and be rendered as far as it goes
// without the library of interviews.
func TestPeerTemplates(t *testing.T) {
	dir := os.Getenv("COLLOQUY_PEER")
	if dir == "" {
		t.Fatal("set COLLOQUY_PEER to the peer suite's folder")
	}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".docx" {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		names, err := Variables(File{Name: path, Content: b})
		if err != nil {
			t.Errorf("%v", err)
		}
		t.Log(filepath.Base(path), names)
		th := python.NewThread(context.Background(), python.Options{})
		defer th.Close()
		ns := python.NewNamespace(nil)
		if _, err := Render(th, []File{{Name: path, Content: b}}, Options{Names: ns, SkipUndefined: true}); err != nil &&
			!strings.Contains(err.Error(), "there is no filter") && !strings.Contains(err.Error(), "cannot be included here") {
			t.Errorf("%v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
