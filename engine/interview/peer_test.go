package interview

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// folders reads packages from folders as package/data/...
type folders []string

func (f folders) Read(_ context.Context, ref string) ([]byte, error) {
	pkg, path, _ := strings.Cut(ref, ":")
	for _, dir := range f {
		text, err := os.ReadFile(filepath.Join(dir, pkg, filepath.FromSlash(path)))
		if !errors.Is(err, fs.ErrNotExist) {
			return text, err
		}
	}
	return nil, fs.ErrNotExist
}

// unloadable are the interviews of the peer suite that do not load, and why.
var unloadable = map[string]string{}

func TestPeerInterviewsLoad(t *testing.T) {
	dir := os.Getenv("COLLOQUY_PEER")
	if dir == "" {
		t.Skip("COLLOQUY_PEER does not name the peer suite's folder: its interviews are not loaded")
	}
	src := folders{filepath.Join(dir, "packages")}
	files, _ := filepath.Glob(filepath.Join(dir, "packages", "*", "data", "questions", "*.yml"))
	more, _ := filepath.Glob(filepath.Join(dir, "packages", "*", "data", "questions", "*", "*.yml"))
	for _, file := range append(files, more...) {
		rel, _ := filepath.Rel(src[0], file)
		pkg, path, _ := strings.Cut(filepath.ToSlash(rel), "/")
		ref := pkg + ":" + path
		t.Run(ref, func(t *testing.T) {
			in, err := Load(t.Context(), src, ref)
			if err != nil {
				if unloadable[ref] == "" {
					t.Error(err)
				}
				return
			}
			for _, p := range in.Problems {
				t.Log(p)
			}
		})
	}
}
