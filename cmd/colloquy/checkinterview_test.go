package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheckCommand(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := write("good.yml", "mandatory: True\nquestion: Bye\n")
	warned := write("warned.yml", "mandatory: True\nquestion: Bye\n---\nquestion: Nobody sees me\n")
	bad := write("bad.yml", "mandatory: True\nquestion: Hello ${ nobody }\n")
	for _, tt := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{good}, 0, "0 errors"},
		{[]string{warned}, 0, "1 warning"},
		{[]string{"--strict", warned}, 1, "never asked"},
		{[]string{bad, "--walks", "5"}, 1, bad + ":2:20: error: no block offers nobody"},
		{[]string{"--format=sarif", bad}, 1, `"uri": "` + bad},
		{[]string{"--format=json", dir}, 1, `"kind": "undefined-name"`},
		{[]string{"--format=xml", bad}, 1, "no format"},
		{nil, 1, "say which interview"},
		{[]string{filepath.Join(dir, "none.yml")}, 1, "none.yml"},
	} {
		var out strings.Builder
		status := command(t.Context(), append([]string{"check"}, tt.args...), nil, &out, &out)
		if status != tt.status || !strings.Contains(out.String(), tt.want) {
			t.Errorf("check %v: status %d, want %d with %q:\n%s", tt.args, status, tt.status, tt.want, out.String())
		}
	}
}
