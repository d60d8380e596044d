package transcript

import (
	"flag"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"colloquy/engine/demo"
	"colloquy/engine/screen"
)

var update = flag.Bool("update", false, "rewrite what the engine shows in testdata")

// TestTranscripts plays every conversation in testdata; the diff against what
// is written there is what a reviewer reads.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no conversations: %v", err)
	}
	var all []*Transcript
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		tr, err := Parse(file, text)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, tr)
	}
	stage, err := NewStage(all, Package{demo.Package, demo.Files()})
	if err != nil {
		t.Fatal(err)
	}
	for i, tr := range all {
		t.Run(tr.Name, func(t *testing.T) {
			got, err := stage.Play(t.Context(), tr)
			if err != nil {
				t.Fatalf("%s%v", got, err)
			}
			if got == tr.Talk {
				return
			}
			if *update {
				if err := os.WriteFile(files[i], tr.Format(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			t.Errorf("%s(- as written, + as played)\n%s", tr.About, diff(tr.Talk, got))
		})
	}
}

// diff shows which lines are only in a and which only in b.
func diff(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	common := make([][]int, len(x)+1) // length of the longest common tail
	for i := range common {
		common[i] = make([]int, len(y)+1)
	}
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			common[i][j] = max(common[i+1][j], common[i][j+1])
			if x[i] == y[j] {
				common[i][j] = common[i+1][j+1] + 1
			}
		}
	}
	var out strings.Builder
	for i, j := 0, 0; i < len(x) || j < len(y); {
		switch {
		case i < len(x) && j < len(y) && x[i] == y[j]:
			out.WriteString("  " + x[i] + "\n")
			i, j = i+1, j+1
		case j == len(y) || i < len(x) && common[i+1][j] >= common[i][j+1]:
			out.WriteString("- " + x[i] + "\n")
			i++
		default:
			out.WriteString("+ " + y[j] + "\n")
			j++
		}
	}
	return out.String()
}

func TestDiff(t *testing.T) {
	if got, want := diff("a\nb\nc", "a\nx\nc\nd"), "  a\n- b\n+ x\n  c\n+ d\n"; got != want {
		t.Errorf("diff = %q, want %q", got, want)
	}
}

func TestWords(t *testing.T) {
	for _, tt := range []struct {
		line string
		want []string
	}{
		{"", nil},
		{`veg=turnip  n="two words"`, []string{"veg=turnip", "n=two words"}},
		{`"A label"="say \"hi\"\n"`, []string{"A label=say \"hi\"\n"}},
		{`d['a b']=x`, []string{"d['a", "b']=x"}},
		{`"" a=""`, []string{"", "a="}},
	} {
		if got := words(tt.line); !slices.Equal(got, tt.want) {
			t.Errorf("words(%s) = %q, want %q", tt.line, got, tt.want)
		}
	}
}

func TestRead(t *testing.T) {
	for _, tt := range []struct{ html, want string }{
		{"<p>one\ntwo</p><p>three</p>", "one two\nthree"},
		{"<p>&lt;b&gt; <b>bold</b></p>", "<b> bold"},
		{`<ul><li>a <a href="/x">there</a></li><li>b</li></ul>`, "- a [there]\n- b"},
		{"<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>", "A | B\n1 | 2"},
		{`<script>alert("x")</script>text<br>more`, "text\nmore"},
	} {
		if got := read(screen.HTML(tt.html)); got != tt.want {
			t.Errorf("read(%s) = %q, want %q", tt.html, got, tt.want)
		}
	}
}

func TestATranscriptSaysWhatItShows(t *testing.T) {
	for _, text := range []string{"-- talk --\n", "A sentence.\n-- interview.yml --\n"} {
		if _, err := Parse("x.txtar", []byte(text)); err == nil {
			t.Errorf("Parse(%q) took it", text)
		}
	}
}

// TestTracesOfGathering finds the conversations about what groups ask for and in
// which order, each with the section it is from.
func TestTracesOfGathering(t *testing.T) {
	files, err := filepath.Glob("testdata/trace_*.txtar")
	if err != nil || len(files) < 45 {
		t.Errorf("%d traces, want 45 at least %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(text), "Section ") {
			t.Errorf("%s does not begin with its section", file)
		}
	}
}

// TestEveryDemonstrationIsPlayed finds a conversation for every interview that
// is embedded.
func TestEveryDemonstrationIsPlayed(t *testing.T) {
	interviews, err := fs.Glob(demo.Files(), "data/questions/*.yml")
	if err != nil || len(interviews) == 0 {
		t.Fatalf("no interviews: %v", err)
	}
	for _, name := range interviews {
		base := strings.TrimSuffix(path.Base(name), ".yml")
		file := "testdata/demo_" + strings.ReplaceAll(base, "-", "_") + ".txtar"
		text, err := os.ReadFile(file)
		if err != nil {
			t.Errorf("%s is not played: %v", name, err)
			continue
		}
		if open := "> open " + demo.Package + ":" + name; !strings.Contains(string(text), open) {
			t.Errorf("%s does not %s", file, open)
		}
	}
}
