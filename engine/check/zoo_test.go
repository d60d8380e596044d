package check_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"colloquy/engine/check"
	"colloquy/engine/demo"
	"colloquy/engine/packages"
	"colloquy/engine/run"
)

// programs makes a library of packages.
func programs(t testing.TB, pkgs map[string]fs.FS) *run.Programs {
	t.Helper()
	lib := &packages.Library{}
	for name, files := range pkgs {
		if err := lib.AddPackage(name, files); err != nil {
			t.Fatal(err)
		}
	}
	p, err := run.NewPrograms(lib, time.Hour, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// cage reads an interview of the zoo and what is wanted of it.
func cage(t *testing.T, file string) (want string, files fstest.MapFS) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	files = fstest.MapFS{}
	for _, f := range txtar.Parse(text).Files {
		switch name := f.Name; {
		case name == "want":
			want = strings.TrimSpace(string(f.Data))
		case strings.HasPrefix(name, "modules/"):
			files[strings.TrimPrefix(name, "modules/")] = &fstest.MapFile{Data: f.Data}
		case strings.Contains(name, "/"):
			files["data/"+name] = &fstest.MapFile{Data: f.Data}
		default:
			files["data/questions/"+name] = &fstest.MapFile{Data: f.Data}
		}
	}
	return want, files
}

// TestZoo checks that what is wrong with each interview is found, on its line
// and by a conversation no longer than it must be, and nothing else.
func TestZoo(t *testing.T) {
	cages, err := filepath.Glob("testdata/zoo/*.txtar")
	if err != nil || len(cages) < 60 {
		t.Fatalf("the zoo has %d interviews: %v", len(cages), err)
	}
	wants, pkgs := map[string]string{}, map[string]fs.FS{}
	for _, file := range cages {
		name := "zoo." + strings.TrimSuffix(filepath.Base(file), ".txtar")
		wants[name], pkgs[name] = cage(t, file)
	}
	p := programs(t, pkgs)
	for name, want := range wants {
		t.Run(strings.TrimPrefix(name, "zoo."), func(t *testing.T) {
			r, err := check.Check(t.Context(), p, name+":interview.yml", check.Options{Walks: 80, Steps: 70, Seed: 1})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range r.Findings {
				line := fmt.Sprintf("%s %d", f.Kind, f.Pos.Line)
				if f.Verdict == "found by walking" && f.Kind != check.NotAccepted && f.Severity == check.Error {
					line += fmt.Sprintf(" %d", len(f.Talk))
				}
				got = append(got, line)
				if f.Source == "" && f.Pos.Line > 0 || f.Message == "" {
					t.Errorf("%s says too little: %+v", line, f)
				}
			}
			wanted := strings.Split(want, "\n")
			slices.Sort(got)
			slices.Sort(wanted)
			if !slices.Equal(got, wanted) {
				var b strings.Builder
				_ = check.Text(&b, []*check.Report{r}, func(file string) string { return file })
				t.Errorf("got %q, want %q\n%s", got, wanted, b.String())
			}
		})
	}
}

// TestDemo checks that nothing is found in the interviews that we give away.
func TestDemo(t *testing.T) {
	p := programs(t, map[string]fs.FS{demo.Package: demo.Files()})
	for _, n := range p.Packages().Interviews(demo.Package) {
		r, err := check.Check(t.Context(), p, n.String(), check.Options{Walks: 40, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.Findings {
			t.Errorf("%s: %s: %s", f.Pos, f.Kind, f.Message)
		}
		if r.Walked.Steps == 0 {
			t.Errorf("%s: no step was taken", n)
		}
	}
}
