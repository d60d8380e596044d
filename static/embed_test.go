package static

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
)

func TestVersionsNameEveryFileByItsContent(t *testing.T) {
	all, err := Versions("/static/")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"app.css", "app.js", "icons.css", "jquery.js", "mark.svg"} {
		if !regexp.MustCompile(`^/static/` + name + `\?v=[0-9a-f]{12}$`).MatchString(all[name]) {
			t.Errorf("Versions[%s] = %q", name, all[name])
		}
	}
	if _, ok := all["fonts"]; ok {
		t.Error("a folder has a version")
	}
}

// The policy of our pages allows no eval, and nothing from elsewhere.
func TestFilesNeedNothingFromElsewhere(t *testing.T) {
	css, err := fs.ReadFile(Files(), "app.css")
	if err != nil {
		t.Fatal(err)
	}
	icons, err := fs.ReadFile(Files(), "icons.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`url\(([^)]*)\)`).FindAllStringSubmatch(string(css)+string(icons), -1) {
		at := strings.Trim(m[1], `"'`)
		if strings.HasPrefix(at, "data:") {
			continue
		}
		if _, err := fs.Stat(Files(), at); err != nil {
			t.Errorf("a style sheet asks for %s: %v", at, err)
		}
	}
}
