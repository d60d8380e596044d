package libreoffice_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync/atomic"
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

// A document may link to anything; nothing is fetched for it.
func TestNothingIsFetched(t *testing.T) {
	c := libreoffice.Find("")
	if c == nil || testing.Short() {
		t.Skip("there is no LibreOffice on the path")
	}
	var asked atomic.Int64
	outside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer outside.Close()
	for kind, document := range map[string]string{
		"rtf":  `{\rtf1 {\field{\*\fldinst INCLUDEPICTURE "` + outside.URL + `/a.png" \\d}{\fldrslt }} Hello}`,
		"fodt": linking(outside.URL + "/b.png"),
	} {
		if _, err := c.Convert(t.Context(), kind, "pdf", []byte(document)); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
	if n := asked.Load(); n > 0 {
		t.Errorf("%d requests were made", n)
	}
}

// linking is an OpenDocument text with a picture that lies elsewhere.
func linking(address string) string {
	const space = `urn:oasis:names:tc:opendocument:xmlns:`
	return `<?xml version="1.0"?><office:document office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"` +
		` xmlns:office="` + space + `office:1.0" xmlns:text="` + space + `text:1.0" xmlns:draw="` + space + `drawing:1.0"` +
		` xmlns:svg="` + space + `svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text><text:p>Hello ` +
		`<draw:frame svg:width="2cm" svg:height="2cm" text:anchor-type="as-char"><draw:image xlink:href="` + address +
		`" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p></office:text></office:body></office:document>`
}
