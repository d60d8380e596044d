package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"colloquy/engine/config"
)

// brokenFiles are files that a server cannot be started with: what is in them,
// the line that is named, and what is said. What is said about keys is in
// TestMistakes; this is the rest that can be wrong with a file.
var brokenFiles = []struct {
	name, text string
	line       int
	says       string
}{
	{"a tab", "db:\n\thost: x\n", 2, "is indented with a tab: use blanks"},
	{"a tab after blanks", "db:\n  host: x\n  \tport: 1\n", 3, "is indented with a tab: use blanks"},
	{"an unknown anchor", "brandname: *ours\n", 1, "put a value that begins with * or & into quotes"},
	{"an at sign", "brandname: @ours\n", 1, "put the value in line 1 into quotes"},
	{"a percent sign", "debug: true\nbrandname: %ours\n", 2, "put the value in line 2 into quotes"},
	{"a colon in a value", "brandname: Ours: the best\n", 1, "put the value in line 1 into quotes"},
	{"an open quote", "brandname: \"Ours\n", 2, "a quote that is opened in line 1 is not closed"},
	{"a quote in a quote", "brandname: 'Ada's'\n", 1, "a quote that is opened in line 1 is not closed"},
	{"an open bracket", "packages: [a, b\ndebug: true\n", 2, "a bracket that is opened in line 1 is not closed"},
	{"an open brace", "db: {host: x\ndebug: true\n", 2, "a bracket that is opened in line 1 is not closed"},
	{"a key that is indented too far", "debug: true\n brandname: x\n", 2, "keys of one section must be indented alike"},
	{"a key that is indented too little", "db:\n  host: x\n port: 1\n", 3, "keys of one section must be indented alike"},
	{"no colon", "debug true\n", 1, `must be a mapping: lines of the form "key: value"`},
	{"no blank after the colon", "debug:true\n", 1, `must be a mapping: lines of the form "key: value"`},
	{"a list", "- debug: true\n", 1, `must be a mapping: lines of the form "key: value"`},
	{"two documents", "debug: true\n---\ndebug: false\n", 0, "remove the line with three hyphens"},
	{"a merge", "base: &b {a: 1}\nmine:\n  <<: *b\n", 3, "merge keys are not read: write the keys out"},
	{"a tag", "brandname: !ours x\n", 1, "the tag !ours means nothing here: remove it"},
	{"a list as a key", "? [a]\n: b\n", 1, "a key must be a plain text"},
	{"UTF-16", "\xff\xfed\x00e\x00b\x00", 1, "save the file as UTF-8"},
	{"Latin-1", "debug: true\nbrandname: Caf\xe9\n", 2, "save the file as UTF-8"},
	{"bytes", "debug: true\n\x00\x01\x02\n", 2, "save the file as UTF-8, or see if it is the right one"},
	{"bottomless", "mine: " + strings.Repeat("[", 60) + strings.Repeat("]", 60) + "\n", 1, "is nested deeper than 50 levels: write it with fewer"},
	{"a list that holds itself", "mine: &a [*a]\n", 1, "is too large or refers to itself: write out what it stands for"},
	{"an interview without a package", "default interview: hello.yml\n", 1, "must name an interview in the form package:file.yml"},
	{"HTTPS without a certificate", "use https: true\n", 1, "needs a certificate: name its folder in certs"},
	{"embedding without HTTPS", "debug: true\nallow embedding: true\n", 2, "needs HTTPS"},
	{"embedding of another kind", "allow embedding: strict\n", 1, "must be true, false or Lax"},
	{"a shared database without a key", "db: {url: 'postgres://u@h/d'}\n", 0, "Give a long random text here or in COLLOQUY_SECRETKEY"},
	{"another database", "db: {prefix: mysql, name: x}\n", 1, "must begin with postgresql or sqlite"},
	{"an address of another kind", "db: {url: 'mysql://u:hunter2@h/d'}\n", 1, "must begin with postgres:// or sqlite:"},
	{"a path for a root address", "url root: https://a.example/x\n", 1, "a path goes into root"},
	{"a root without slashes", "root: x\n", 1, "must be a path that begins and ends with a slash"},
	{"a proxy by name", "trusted proxies: [10.0.0.0/8, proxy]\n", 1, "must be an address or a network"},
	{"an address that is none", "exitpage: www.example.org\n", 1, "must be an address such as https://www.example.org/ or a path"},
	{"a bare colour", "favicon theme color: 83b3dd\n", 1, "must be a colour such as"},
	{"a comment for a colour", "favicon: a.b:icons\n", 1, "must name something static of a package"},
	{"a text in no language", "main page pre:\n  english: x\n  'no, none': y\n", 3, "must be a language code such as en or pt-BR, or * for any language"},
	{"a list of texts", "main page pre: [a]\n", 1, "must be text, not a list"},
	{"tags that are no mapping", "social: [a]\n", 1, "must be a mapping, with lines such as"},
	{"a variable that is none", "initial dict:\n  1a: x\n", 2, "is not the name of a variable"},
	{"variables that are no mapping", "initial dict: [a]\n", 1, "must be a mapping of variables to values"},
	{"a map of languages", "babel dates map: hr\n", 1, "must be a mapping of languages to languages"},
	{"a locale", "locale: English\n", 1, "must be a locale such as en_US.utf8"},
	{"a time too short", "session lifetime seconds: 5\n", 1, "must be from 60 to"},
	{"a kind of button", "button colors: {continu: success}\n", 1, `is no kind of button: did you mean "continue"?`},
	{"a colour of buttons", "button colors:\n  continue: green\n", 2, "must be one of primary, secondary"},
	{"a size of buttons", "button size: huge\n", 1, "must be one of large, medium, small"},
	{"classes", "footer css class: 'a\" onclick=x'\n", 1, "must be names of CSS classes"},
	{"mail by another way", "mail:\n  default sender: a@b.org\n  sendgrid api key: x\n", 3, "the service has an SMTP address too"},
	{"a mail key", "mail:\n  default sender: a@b.org\n  pasword: x\n", 3, `did you mean "password"?`},
	{"a delivery", "mail: {default sender: a@b.org, delivery: soon}\n", 1, "must be background"},
	{"a background key", "background actions: {worker: 3}\n", 1, `did you mean "workers"?`},
}

func TestBrokenFiles(t *testing.T) {
	dir := t.TempDir()
	for _, tt := range brokenFiles {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(dir, "config.yml")
			if err := os.WriteFile(path, []byte(tt.text), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := config.Load(path, nil)
			var all config.Findings
			if !errors.As(err, &all) {
				t.Fatalf("got %v", err)
			}
			var lines []string
			for _, f := range all {
				if f.Line == tt.line && strings.Contains(f.Message, tt.says) {
					if f.File != path {
						t.Errorf("the file is %q", f.File)
					}
					t.Logf("%s", strings.TrimPrefix(f.String(), dir+"/"))
					return
				}
				lines = append(lines, strconv.Itoa(f.Line)+": "+f.Message)
			}
			t.Errorf("want line %d: %s\ngot %s", tt.line, tt.says, strings.Join(lines, "\n"))
		})
	}
}

// What cannot be read at all is said, too, with what to do about it.
func TestFilesThatCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	large := filepath.Join(dir, "large.yml")
	if err := os.WriteFile(large, []byte("x: "+strings.Repeat("x", 5<<20)), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		filepath.Join(dir, "none.yml"): `"colloquy config init ` + filepath.Join(dir, "none.yml") + `" writes one`,
		dir:                            "is a folder: name the file in it, such as " + filepath.Join(dir, "config.yml"),
		large:                          "is larger than 4 MiB: a configuration is a short text; is this the right file?",
		large + "/x":                   large + "/x",
	} {
		if _, err := config.Load(path, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", path, err, want)
		}
	}
}
