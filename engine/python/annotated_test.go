package python_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// TestAnnotated runs the programs of testdata/*.py. A file holds several,
// separated by lines "---". A program succeeds, or fails on the line that says
// so in a comment: ### "regular expression of the error".
func TestAnnotated(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.py")
	if err != nil || len(paths) == 0 {
		t.Fatal("no programs", err)
	}
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		line := 1
		for _, chunk := range strings.SplitAfter(string(src), "\n---\n") {
			checkChunk(t, filepath.Base(path), strings.TrimSuffix(chunk, "---\n"), line)
			line += strings.Count(chunk, "\n")
		}
	}
}

var expectation = regexp.MustCompile(`### (".*")$`)

func checkChunk(t *testing.T, name, src string, first int) {
	t.Helper()
	wantLine, want := 0, ""
	for i, l := range strings.Split(src, "\n") {
		if m := expectation.FindStringSubmatch(l); m != nil {
			var err error
			if want, err = strconv.Unquote(m[1]); err != nil {
				t.Fatalf("%s:%d: %v", name, first+i, err)
			}
			wantLine = first + i
		}
	}
	line, err := runChunk(name, src, first)
	switch {
	case err == nil && want != "":
		t.Errorf("%s:%d: no error, want %s", name, wantLine, want)
	case err != nil && want == "":
		t.Errorf("%s:%d: %v", name, line, err)
	case err != nil && (line != wantLine || !regexp.MustCompile(want).MatchString(err.Error())):
		t.Errorf("%s:%d: %v\nwant line %d: %s", name, line, err, wantLine, want)
	}
}

// runChunk returns the error of a program and the line it is about.
func runChunk(name, src string, first int) (int, error) {
	file, err := syntax.ParseFile(name, src, syntax.Pos{Line: first, Col: 1})
	var code *python.Code
	if err == nil {
		code, err = python.Compile(file, python.CompileOptions{})
	}
	if e := (*syntax.Error)(nil); errors.As(err, &e) {
		return e.Line, err
	}
	th := python.NewThread(context.Background(), python.Options{})
	defer th.Close()
	err = python.NewModule("__main__").Run(th, code)
	if r, ok := python.AsRaised(err); ok {
		tb := r.Traceback()
		return tb[len(tb)-1].Line, err
	}
	return 0, err
}
