package packages_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"colloquy/engine/fault"
	"colloquy/engine/packages"
)

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

// library has a folder of packages and checkouts, and an embedded package.
func library(t *testing.T) *packages.Library {
	t.Helper()
	var l packages.Library
	l.AddFolder(fstest.MapFS{
		"docassemble.base/data/questions/shared.yml":                     file("shared"),
		"docassemble.demo/data/questions/a.yml":                          file("a"),
		"docassemble.demo/data/questions/examples/deep.yml":              file("deep"),
		"docassemble.demo/data/questions/notes.txt":                      file("no interview"),
		"docassemble.demo/data/static/x.png":                             file("png"),
		"docassemble.demo/data/templates/t.md":                           file("t"),
		"docassemble.demo/data/sources/words.yml":                        file("w"),
		"docassemble.demo/util.py":                                       file("u"),
		"docassemble.demo/setup.cfg":                                     file("private"),
		"docassemble-Foo/docassemble/__init__.py":                        file(""),
		"docassemble-Foo/docassemble/Foo/__init__.py":                    file("foo"),
		"docassemble-Foo/docassemble/Foo/objects.py":                     file("o"),
		"docassemble-Foo/docassemble/Foo/sub/__init__.py":                file("s"),
		"docassemble-Foo/docassemble/Foo/sub/deep.py":                    file("d"),
		"docassemble-Foo/docassemble/Foo/data/questions/bar.yml":         file("bar"),
		"docassemble-demo-old/docassemble/demo/data/questions/a.yml":     file("older a"),
		"docassemble-demo-old/docassemble/demo/data/questions/extra.yml": file("hidden by the first demo"),
		"unrelated/readme.md":                                            file(""),
		".git/data/questions/x.yml":                                      file(""),
	})
	if err := l.AddPackage("colloquy.demo", fstest.MapFS{"data/questions/hello.yml": file("hello")}); err != nil {
		t.Fatal(err)
	}
	return &l
}

func TestResolve(t *testing.T) {
	l := library(t)
	for _, tt := range []struct {
		ref, from string
		in        packages.Section
		want      string // or the kind of fault
	}{
		{"docassemble.demo:data/questions/a.yml", "", packages.Questions, "docassemble.demo:data/questions/a.yml"},
		{"docassemble.demo:a.yml", "", packages.Questions, "docassemble.demo:data/questions/a.yml"},
		{"docassemble.Foo:bar.yml", "docassemble.demo", packages.Questions, "docassemble.Foo:data/questions/bar.yml"},
		{"a.yml", "docassemble.demo", packages.Questions, "docassemble.demo:data/questions/a.yml"},
		{"examples/deep.yml", "docassemble.demo", packages.Questions, "docassemble.demo:data/questions/examples/deep.yml"},
		{"shared.yml", "docassemble.demo", packages.Questions, "docassemble.base:data/questions/shared.yml"},
		{"docassemble.demo:shared.yml", "docassemble.demo", packages.Questions, "not found"},
		{"x.png", "docassemble.demo", packages.Static, "docassemble.demo:data/static/x.png"},
		{"docassemble.demo:x.png", "docassemble.Foo", packages.Static, "docassemble.demo:data/static/x.png"},
		{"docassemble.demo:data/static/x.png", "", packages.Static, "docassemble.demo:data/static/x.png"},
		{"t.md", "docassemble.demo", packages.Templates, "docassemble.demo:data/templates/t.md"},
		{"words.yml", "docassemble.demo", packages.Sources, "docassemble.demo:data/sources/words.yml"},
		{" docassemble.demo : a.yml ", "", packages.Questions, "docassemble.demo:data/questions/a.yml"},
		{"colloquy.demo:hello.yml", "", packages.Questions, "colloquy.demo:data/questions/hello.yml"},
		{"docassemble.demo:extra.yml", "", packages.Questions, "not found"},
		{"docassemble.none:a.yml", "", packages.Questions, "not found"},
		{"docassemble.demo:data/questions", "", packages.Questions, "not found"},
		{"docassemble.demo:data/questions/../../setup.cfg", "", packages.Questions, "invalid"},
		{"../setup.cfg", "docassemble.demo", packages.Questions, "invalid"},
		{"/etc/passwd", "docassemble.demo", packages.Static, "invalid"},
		{"..\\x", "docassemble.demo", packages.Static, "invalid"},
		{".hidden", "docassemble.demo", packages.Static, "invalid"},
		{"a:b:c", "", packages.Static, "invalid"},
		{"../docassemble.demo:a.yml", "", packages.Questions, "invalid"},
		{"a.yml", "", packages.Questions, "invalid"},
		{"", "docassemble.demo", packages.Questions, "invalid"},
	} {
		n, err := l.Resolve(tt.ref, tt.from, tt.in)
		got := n.String()
		if err != nil {
			got = fault.KindOf(err).String()
		}
		if got != tt.want {
			t.Errorf("Resolve(%q, %q, %s) = %s (%v), want %s", tt.ref, tt.from, tt.in, got, err, tt.want)
		}
	}
}

func TestOnlyDataAndModulesCanBeRead(t *testing.T) {
	l := library(t)
	for name, want := range map[packages.Name]string{
		{Package: "docassemble.demo", Path: "data/questions/a.yml"}:       "a",
		{Package: "docassemble.demo", Path: "util.py"}:                    "u",
		{Package: "docassemble.Foo", Path: "data/questions/bar.yml"}:      "bar",
		{Package: "docassemble.demo", Path: "setup.cfg"}:                  "not found",
		{Package: "docassemble.demo", Path: "data"}:                       "not found",
		{Package: "docassemble.demo", Path: "data/../setup.cfg"}:          "not found",
		{Package: "docassemble-Foo", Path: "docassemble/Foo/objects.py"}:  "not found",
		{Package: "unrelated", Path: "readme.md"}:                         "not found",
		{Package: ".git", Path: "data/questions/x.yml"}:                   "not found",
		{Package: "docassemble.demo/../unrelated", Path: "data/x"}:        "not found",
		{Package: "docassemble.demo", Path: "/data/questions/a.yml"}:      "not found",
		{Package: "docassemble.demo", Path: "data/questions/\x00a.yml"}:   "not found",
		{Package: "docassemble.demo", Path: "data/questions//a.yml"}:      "not found",
		{Package: "docassemble.demo", Path: "data/questions/a.yml/x.yml"}: "not found",
	} {
		content, _, err := l.ReadFile(name)
		got := string(content)
		if err != nil {
			got = fault.KindOf(err).String()
		}
		if got != want {
			t.Errorf("ReadFile(%s) = %s (%v), want %s", name, got, err, want)
		}
		f, err := l.Open(name)
		if (err == nil) != (want != "not found") {
			t.Errorf("Open(%s): %v", name, err)
		}
		if err == nil {
			f.Close()
		}
	}
}

func TestLists(t *testing.T) {
	l := library(t)
	if got, want := l.Packages(), []string{"colloquy.demo", "docassemble.Foo", "docassemble.base", "docassemble.demo"}; !reflect.DeepEqual(got, want) {
		t.Errorf("Packages() = %v, want %v", got, want)
	}
	want := []packages.Name{
		{Package: "docassemble.demo", Path: "data/questions/a.yml"},
		{Package: "docassemble.demo", Path: "data/questions/examples/deep.yml"},
	}
	if got := l.Interviews("docassemble.demo"); !reflect.DeepEqual(got, want) {
		t.Errorf("Interviews = %v, want %v", got, want)
	}
	if got := l.Interviews("docassemble.none"); got != nil {
		t.Errorf("Interviews of nothing = %v", got)
	}
}

func TestModules(t *testing.T) {
	l := library(t)
	for _, tt := range []struct {
		name string
		want packages.Module
	}{
		{"docassemble.demo.util", packages.Module{Name: "docassemble.demo.util", File: packages.Name{Package: "docassemble.demo", Path: "util.py"}}},
		{"docassemble.Foo", packages.Module{Name: "docassemble.Foo", Package: true, File: packages.Name{Package: "docassemble.Foo", Path: "__init__.py"}}},
		{"docassemble.demo", packages.Module{Name: "docassemble.demo", Package: true}},
		{"docassemble.Foo.sub", packages.Module{Name: "docassemble.Foo.sub", Package: true, File: packages.Name{Package: "docassemble.Foo", Path: "sub/__init__.py"}}},
		{"docassemble.Foo.sub.deep", packages.Module{Name: "docassemble.Foo.sub.deep", File: packages.Name{Package: "docassemble.Foo", Path: "sub/deep.py"}}},
		{"docassemble.Foo.data", packages.Module{}},
		{"docassemble.none.util", packages.Module{}},
		{"requests", packages.Module{}},
		{"docassemble.demo...util", packages.Module{}},
		{"", packages.Module{}},
	} {
		got, err := l.Module(tt.name)
		if got != tt.want || (err != nil) != (tt.want == packages.Module{}) {
			t.Errorf("Module(%q) = %+v, %v; want %+v", tt.name, got, err, tt.want)
		}
		if err != nil && fault.KindOf(err) != fault.NotFound {
			t.Errorf("Module(%q): kind %v", tt.name, fault.KindOf(err))
		}
	}
}

func TestAbsolute(t *testing.T) {
	for _, tt := range []struct{ ref, from, want string }{
		{"json", "docassemble.demo", "json"},
		{".util", "docassemble.demo", "docassemble.demo.util"},
		{"..other.x", "docassemble.demo", "docassemble.other.x"},
		{".", "docassemble.demo", "docassemble.demo"},
		{"...x", "docassemble.demo", ""},
		{".x", "", ""},
	} {
		got, err := packages.Absolute(tt.ref, tt.from)
		if got != tt.want || (err != nil) != (tt.want == "") {
			t.Errorf("Absolute(%q, %q) = %q, %v; want %q", tt.ref, tt.from, got, err, tt.want)
		}
	}
}

// disk writes files below a new folder and gives its path.
func disk(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		write(t, filepath.Join(dir, name), text)
	}
	return dir
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestOpenPath(t *testing.T) {
	dir := disk(t, map[string]string{
		"home/my.yml":          "my",
		"home/other.yaml":      "other",
		"home/helper.py":       "helper",
		"home/static/logo.png": "logo",
		"home/diary.txt":       "private",
		"home/private/x.yml":   "private",
		"docassemble-Foo/docassemble/Foo/__init__.py":            "",
		"docassemble-Foo/docassemble/Foo/data/questions/bar.yml": "bar",
		"docassemble-Foo/docassemble/Foo/data/static/a.css":      "css",
		"many/docassemble.one/data/questions/1.yml":              "1",
		"many/two-checkout/docassemble/two/data/questions/2.yml": "2",
		"empty/readme.txt": "",
	})
	for _, tt := range []struct {
		path  string
		want  string            // the interviews meant, or the end of the error
		reads map[string]string // content by name; "" means it cannot be had
	}{
		{"home/my.yml", "local:data/questions/my.yml", map[string]string{
			"local:data/questions/my.yml": "my", "local:data/questions/other.yaml": "other", "local:helper.py": "helper",
			"local:data/static/logo.png": "logo", "local:data/questions/diary.txt": "", "local:data/static/diary.txt": "",
			"local:diary.txt": "", "local:data/questions/private/x.yml": "", "local:data/private/x.yml": ""}},
		{"home", "local:data/questions/my.yml local:data/questions/other.yaml", nil},
		{"docassemble-Foo", "docassemble.Foo:data/questions/bar.yml", map[string]string{"docassemble.Foo:data/static/a.css": "css"}},
		{"docassemble-Foo/docassemble/Foo", "docassemble.Foo:data/questions/bar.yml", nil},
		{"docassemble-Foo/docassemble/Foo/data/questions/bar.yml", "docassemble.Foo:data/questions/bar.yml", nil},
		{"many", "docassemble.one:data/questions/1.yml docassemble.two:data/questions/2.yml", nil},
		{"many/docassemble.one", "docassemble.one:data/questions/1.yml", nil},
		{"empty", "there is no interview: no file ends in .yml or .yaml", nil},
		{"empty/readme.txt", "an interview is a file that ends in .yml or .yaml", nil},
		{"nowhere", "there is no such file or folder", nil},
	} {
		var l packages.Library
		names, err := l.OpenPath(filepath.Join(dir, tt.path))
		var all []string
		for _, n := range names {
			all = append(all, n.String())
		}
		got := strings.Join(all, " ")
		if err != nil {
			got = err.Error()
		}
		if got != tt.want && (err == nil || !strings.HasSuffix(got, tt.want)) {
			t.Errorf("OpenPath(%s) = %s, want %s", tt.path, got, tt.want)
		}
		for ref, want := range tt.reads {
			pkg, path, _ := strings.Cut(ref, ":")
			content, _, err := l.ReadFile(packages.Name{Package: pkg, Path: path})
			if string(content) != want || (err == nil) != (want != "") {
				t.Errorf("OpenPath(%s), then %s = %q, %v; want %q", tt.path, ref, content, err, want)
			}
		}
	}
}

func TestSeveralLooseFiles(t *testing.T) {
	dir := disk(t, map[string]string{"a/x.yml": "ax", "b/x.yml": "bx"})
	var l packages.Library
	for i, want := range []string{"local:data/questions/x.yml", "local2:data/questions/x.yml"} {
		names, err := l.OpenPath(filepath.Join(dir, []string{"a", "b"}[i], "x.yml"))
		if err != nil || len(names) != 1 || names[0].String() != want {
			t.Errorf("got %v, %v; want %s", names, err, want)
		}
	}
}

func TestLinksDoNotLeadOut(t *testing.T) {
	dir := disk(t, map[string]string{"secret.yml": "secret", "p/docassemble.a/data/questions/x.yml": "x"})
	for link, to := range map[string]string{
		"p/docassemble.a/data/questions/out.yml": filepath.Join(dir, "secret.yml"),
		"p/docassemble.a/data/static":            "../../..",
	} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	var l packages.Library
	if err := l.OpenFolder(filepath.Join(dir, "p")); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"data/questions/out.yml", "data/static/secret.yml"} {
		if content, _, err := l.ReadFile(packages.Name{Package: "docassemble.a", Path: path}); err == nil {
			t.Errorf("%s reads %q", path, content)
		}
	}
}

func TestChangesAreNoticed(t *testing.T) {
	dir := disk(t, map[string]string{"docassemble.a/data/questions/x.yml": "x"})
	var l packages.Library
	if err := l.OpenFolder(dir); err != nil {
		t.Fatal(err)
	}
	x := packages.Name{Package: "docassemble.a", Path: "data/questions/x.yml"}
	y := packages.Name{Package: "docassemble.a", Path: "data/questions/y.yml"}
	content, stamp, err := l.ReadFile(x)
	if err != nil {
		t.Fatal(err)
	}
	files := map[packages.Name]packages.Stamp{x: stamp, y: {}}
	if l.Changed(files) {
		t.Error("nothing has changed, but it says so")
	}
	path := filepath.Join(dir, "docassemble.a/data/questions/x.yml")
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(path, later, later); err != nil {
		t.Fatal(err)
	}
	if !l.Changed(files) {
		t.Error("a newer file is not noticed")
	}
	files[x], _ = l.Stat(x)
	write(t, filepath.Join(dir, "docassemble.a/data/questions/y.yml"), "y")
	if !l.Changed(files) {
		t.Error("a file that came is not noticed")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if !l.Changed(map[packages.Name]packages.Stamp{x: files[x]}) {
		t.Error("a file that went is not noticed")
	}
	if packages.Hash(content) == packages.Hash([]byte("y")) || packages.Hash(content) != packages.Hash([]byte("x")) {
		t.Error("Hash does not tell contents apart")
	}

	if l.Has("docassemble.new") {
		t.Error("a package is there before it came")
	}
	write(t, filepath.Join(dir, "docassemble.new/data/questions/z.yml"), "z")
	if !l.Has("docassemble.new") {
		t.Error("a package that came is not noticed")
	}
	if err := os.RemoveAll(filepath.Join(dir, "docassemble.new")); err != nil {
		t.Fatal(err)
	}
	if l.Has("docassemble.new") {
		t.Error("a package that went is not noticed")
	}
}

func TestErrorsDoNotTellWhereFilesLie(t *testing.T) {
	dir := disk(t, map[string]string{"docassemble.a/data/questions/x.yml": "x"})
	var l packages.Library
	if err := l.OpenFolder(dir); err != nil {
		t.Fatal(err)
	}
	_, _, err := l.ReadFile(packages.Name{Package: "docassemble.a", Path: "data/questions/y.yml"})
	if !errors.Is(err, fs.ErrNotExist) || strings.Contains(err.Error(), dir) {
		t.Errorf("got %v", err)
	}
}

func TestAddPackageRefusesNonsense(t *testing.T) {
	var l packages.Library
	for _, name := range []string{"", "a/b", "a..b", ".a", "a:b", "9a"} {
		if err := l.AddPackage(name, fstest.MapFS{}); err == nil {
			t.Errorf("%q was taken as the name of a package", name)
		}
	}
}

func FuzzResolve(f *testing.F) {
	f.Add("docassemble.demo:data/static/../x", "docassemble.demo")
	f.Add("x.yml", "a.b")
	f.Add("a:b:c", "")
	f.Fuzz(func(t *testing.T, ref, from string) {
		for _, in := range []packages.Section{packages.Questions, packages.Static} {
			n, err := packages.Parse(ref, from, in)
			if err != nil {
				continue
			}
			if !n.Valid() || !strings.HasPrefix(n.Path, "data/") || !fs.ValidPath(n.Path) {
				t.Errorf("Parse(%q, %q) = %v", ref, from, n)
			}
			if again, err := packages.Parse(n.String(), "", packages.Templates); err != nil || again != n {
				t.Errorf("%v reads back as %v, %v", n, again, err)
			}
		}
	})
}
