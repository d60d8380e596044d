package libreoffice_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"colloquy/engine/outside/libreoffice"
)

// program writes a program that does what LibreOffice is asked for, and counts
// how often it was run.
func program(t *testing.T, script string) (path, count string) {
	t.Helper()
	dir := t.TempDir()
	path, count = filepath.Join(dir, "soffice"), filepath.Join(dir, "count")
	if err := os.WriteFile(path, []byte("#!/bin/sh\necho run >> "+count+"\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	return path, count
}

const copies = `while [ "$1" != --convert-to ]; do shift; done
mkdir -p "$4" && { echo "%PDF of"; cat "$5"; } > "$4/document.$2"
`

func TestConvert(t *testing.T) {
	path, count := program(t, copies)
	c := libreoffice.Find(path)
	for range 2 {
		out, err := c.Convert(context.Background(), "docx", "pdf", []byte("text"))
		if err != nil || string(out) != "%PDF of\ntext" {
			t.Fatalf("got %q, %v", out, err)
		}
	}
	if runs, _ := os.ReadFile(count); string(runs) != "run\n" {
		t.Errorf("the same document was converted again: %q", runs)
	}
}

func TestConvertFails(t *testing.T) {
	for _, script := range []string{"echo broken >&2; exit 3\n", "exit 0\n"} {
		path, _ := program(t, script)
		if out, err := libreoffice.Find(path).Convert(context.Background(), "docx", "pdf", []byte("x")); err == nil {
			t.Errorf("%q: got %q and no error", script, out)
		}
	}
	if c := libreoffice.Find(filepath.Join(t.TempDir(), "none")); c != nil {
		t.Error("found a program where there is none")
	}
}

func TestRealProgram(t *testing.T) {
	c := libreoffice.Find("")
	if c == nil || testing.Short() {
		t.Skip("there is no LibreOffice on the path")
	}
	out, err := c.Convert(context.Background(), "txt", "pdf", []byte("Hello"))
	if err != nil || !bytes.HasPrefix(out, []byte("%PDF-")) {
		t.Errorf("got %d bytes, %v", len(out), err)
	}
}
