package files_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"colloquy/engine/outside/files"
	"colloquy/engine/ports"
)

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	f, err := files.Open(filepath.Join(dir, "kept"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, content := range []string{"first", "second, longer"} {
		if n, err := f.Put(t.Context(), "a/b", strings.NewReader(content)); err != nil || n != int64(len(content)) {
			t.Fatalf("Put() = %d, %v", n, err)
		}
		r, err := f.Open(t.Context(), "a/b")
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		r.Close()
		if err != nil || string(got) != content {
			t.Errorf("read %q, %v, want %q", got, err, content)
		}
	}
	if err := f.Delete(t.Context(), "a/b"); err != nil {
		t.Error(err)
	}
	if _, err := f.Open(t.Context(), "a/b"); !errors.Is(err, ports.ErrNotFound) {
		t.Errorf("Open() of a deleted file: %v", err)
	}
}

func TestFolderKeepsInside(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := files.Open(filepath.Join(dir, "kept"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, name := range []string{"../secret", "/etc/passwd", "a/../../secret", ""} {
		if r, err := f.Open(t.Context(), name); err == nil {
			r.Close()
			t.Errorf("Open(%q) led outside", name)
		}
		if _, err := f.Put(t.Context(), name, strings.NewReader("y")); err == nil {
			t.Errorf("Put(%q) led outside", name)
		}
	}
}

func TestDeleteAll(t *testing.T) {
	f, err := files.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	ctx := t.Context()
	for _, name := range []string{"one/1", "one/2/3", "ones/1", "two"} {
		if _, err := f.Put(ctx, name, strings.NewReader("x")); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // what is not there is no error
		if err := f.DeleteAll(ctx, "one"); err != nil {
			t.Fatal(err)
		}
	}
	for name, kept := range map[string]bool{"one/1": false, "one/2/3": false, "ones/1": true, "two": true} {
		r, err := f.Open(ctx, name)
		if (err == nil) != kept {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil {
			r.Close()
		}
	}
	for _, name := range []string{"", ".", "..", "../x", "/"} {
		if f.DeleteAll(ctx, name) == nil {
			t.Errorf("all of %q was deleted", name)
		}
	}
}
