package markup

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the expected results in testdata")

// Cases are pairs of txtar sections: "in: name [options]" and "out: name". In
// the input «...» is text typed by people. Options: trim, inline, fields, user,
// breaks, prefix, text.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no testdata: %v", err)
	}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		changed := false
		for i := range a.Files {
			name, ok := strings.CutPrefix(a.Files[i].Name, "in: ")
			if !ok {
				continue
			}
			got := render(name, string(a.Files[i].Data))
			title, _, _ := strings.Cut(name, " [")
			if i+1 >= len(a.Files) || a.Files[i+1].Name != "out: "+title {
				t.Fatalf("%s: %s has no out section", file, name)
			}
			out := &a.Files[i+1]
			if *update {
				changed = changed || string(out.Data) != got
				out.Data = []byte(got)
				continue
			}
			t.Run(filepath.Base(file)+"/"+title, func(t *testing.T) {
				if want := string(out.Data); got != want {
					t.Errorf("%s\ngot:\n%s\nwant:\n%s", a.Files[i].Data, got, want)
				}
			})
		}
		if changed {
			if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// marked reads «typed» text.
func marked(s string) Text {
	var t Text
	for {
		before, rest, ok := strings.Cut(s, "«")
		t.S += before
		if !ok {
			return t
		}
		typed, after, _ := strings.Cut(rest, "»")
		t.Outside = append(t.Outside, Span{len(t.S), len(t.S) + len(typed)})
		t.S += typed
		s = after
	}
}

// render renders a case and lists all that the result asks for.
func render(name, src string) string {
	flags := ""
	if _, f, ok := strings.Cut(name, " ["); ok {
		flags = f
	}
	has := func(f string) bool { return strings.Contains(flags, f) }
	o := testOptions()
	o.Trim, o.Inline, o.Fields = has("trim"), has("inline"), has("fields")
	o.UserMarkdown, o.OutsideBreaks = has("user"), has("breaks")
	if has("prefix") {
		o.Prefix = "q1"
	}
	text := marked(strings.TrimSuffix(src, "\n"))
	if has("text") {
		return ToText(text, o) + "\n"
	}
	return describe(Render(text, o))
}

func describe(r Result) string {
	var b strings.Builder
	fmt.Fprintln(&b, r.HTML)
	for _, p := range r.Parts {
		fmt.Fprintf(&b, "part: %q field %q\n", p.HTML, p.Field)
	}
	for _, s := range r.Scripts {
		fmt.Fprintf(&b, "script: %+v\n", s)
	}
	for _, h := range r.Handlers {
		fmt.Fprintf(&b, "handler: %s %s %s link=%v\n", h.Selector, h.Event, h.Code, h.Link)
	}
	for _, u := range r.Terms {
		fmt.Fprintf(&b, "term: %s = %s\n", u.Term, u.Definition)
	}
	for _, a := range r.Attributions {
		fmt.Fprintf(&b, "attribution: %s\n", a.S)
	}
	for _, s := range r.Targets {
		fmt.Fprintf(&b, "target: %s\n", s)
	}
	for _, s := range r.Maps {
		fmt.Fprintf(&b, "map: %s\n", s)
	}
	for _, s := range r.Frames {
		fmt.Fprintf(&b, "frame: %s\n", s)
	}
	for _, s := range r.Problems {
		fmt.Fprintf(&b, "problem: %s\n", s)
	}
	return b.String()
}

type testFiles struct{}

func (testFiles) File(ref FileRef) (File, bool) {
	url := "/packagestatic/p/" + ref.Ref
	switch filepath.Ext(ref.Ref) {
	case ".png", ".svg":
		return File{URL: url, Name: ref.Ref, Kind: FileImage, PixelWidth: 20, PixelHeight: 10,
			Attribution: Author("By [Ada](https://ada.example)")}, true
	case ".mp3":
		return File{URL: url, Name: ref.Ref, Kind: FileAudio, MIME: "audio/mpeg"}, true
	case ".mp4":
		return File{URL: url, Name: ref.Ref, Kind: FileVideo, MIME: "video/mp4",
			Sources: []Source{{URL: url + ".ogv", MIME: "video/ogg"}}}, true
	case ".pdf":
		return File{URL: url, Name: ref.Ref, Kind: FilePDF, Thumbnail: url + "?page=1"}, true
	case ".docx":
		return File{URL: url, Name: ref.Ref, Kind: FileWord}, true
	case ".zip":
		return File{URL: url, Name: ref.Ref}, true
	}
	return File{}, false
}

type testIcons struct{}

func (testIcons) Icon(name string) (Icon, bool) {
	switch name {
	case "baby":
		return Icon{HTML: `<img class="daicon" alt="" src="/baby.svg">`, Attribution: Author("Babies by *Bo*")}, true
	case "bed", "fab-fa-amazon":
		return Icon{HTML: `<i class="icon-` + name + `" aria-hidden="true"></i>`}, true
	}
	return Icon{}, false
}

var testTerms = []*TermTable{
	NewTerms([]Term{
		{Phrases: []string{"creeper"}, Definition: marked("A **tall** creature named «<b>Bob</b>».")},
		{Phrases: []string{"zombie pigman", "pigman"}, Definition: Author("Carries a gold sword.")},
	}),
	NewAutoTerms([]Term{
		{Phrases: []string{"Nether dweller", "nether"}, Definition: Author("The underworld.")},
		{Phrases: []string{"client's file"}, Definition: Author("A file.")},
	}),
}

func testOptions() Options {
	return Options{Files: testFiles{}, Icons: testIcons{}, Terms: testTerms, Hosts: []string{"https://us.example"}}
}
