package config_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"colloquy/engine/config"
)

const secret = "a secret of tests, long enough"

// examples takes the examples out of a sample: each may be several lines.
func examples(sample string) []string {
	var all []string
	for _, line := range strings.Split(sample, "\n") {
		switch {
		case !strings.HasPrefix(line, "#") || strings.HasPrefix(line, "# ---") || line == "#":
		case strings.HasPrefix(line, "#  ") && len(all) > 0:
			all[len(all)-1] += line[1:] + "\n"
		case !strings.HasPrefix(line, "# "):
			all = append(all, line[1:]+"\n")
		}
	}
	return all
}

// What init writes is accepted as it is, with any of its examples set, and with
// all of them.
func TestSample(t *testing.T) {
	sample := config.Sample(secret)
	c, err := parse(sample)
	if err != nil {
		t.Fatal(err)
	}
	if c.SecretKeys[0] != secret || len(c.Warnings) != 0 {
		t.Errorf("got %v, %v", c.SecretKeys, c.Warnings)
	}
	all := examples(sample)
	if len(all) < 100 {
		t.Fatalf("%d examples", len(all))
	}
	whole := "secretkey: " + secret + "\n"
	for _, example := range all {
		c, err := parse("secretkey: " + secret + "\n" + example)
		if err != nil {
			t.Errorf("%s%v", example, err)
		} else if len(c.Warnings) != 0 && !strings.HasPrefix(example, "error notification email") {
			t.Errorf("%s%v", example, c.Warnings)
		}
		whole += example
	}
	if _, err := parse(whole); err != nil {
		t.Errorf("all examples: %v", err)
	}
	t.Logf("%d examples", len(all))
}

// Every key that is read stands in the sample, once, and in what show prints;
// the environment can set it.
func TestEveryKeyIsDocumented(t *testing.T) {
	sample := config.Sample(secret)
	c, err := parse("secretkey: " + secret + "\n")
	if err != nil {
		t.Fatal(err)
	}
	older := map[string]bool{"cross site domain": true}
	for _, s := range c.Settings() {
		at := regexp.MustCompile(`(?m)^#?` + regexp.QuoteMeta(s.Key) + `:`)
		if n := len(at.FindAllString(sample, -1)); n != 1 {
			t.Errorf("%s stands %d times in the sample", s.Key, n)
		}
	}
	for _, e := range examples(sample) {
		key, _, _ := strings.Cut(e, ":")
		found := false
		for _, s := range c.Settings() {
			found = found || s.Key == key
		}
		if !found && !older[key] {
			t.Errorf("%s stands in the sample and is not shown", key)
		}
		name := "COLLOQUY_" + strings.ToUpper(strings.ReplaceAll(key, " ", "_"))
		if _, err := parse("", name+"=["); err != nil && strings.Contains(err.Error(), "for no key") {
			t.Errorf("%s sets nothing", name)
		}
	}
}

var fence = regexp.MustCompile("(?s)```yaml\n(.*?)```")

// The configurations in the README are accepted.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, ok := strings.Cut(string(text), "\n## Configure\n")
	if !ok {
		t.Fatal("there is no section Configure")
	}
	section, _, _ = strings.Cut(section, "\n## ")
	files := fence.FindAllStringSubmatch(section, -1)
	if len(files) < 3 {
		t.Fatalf("%d files", len(files))
	}
	for _, m := range files {
		_, err := config.Parse(config.Source{Name: "README.md", Text: []byte(m[1]), Environ: []string{"DB_PASSWORD=x", "COLLOQUY_SECRETKEY=" + secret},
			ReadFile: func(string) ([]byte, error) { return []byte(secret), nil }})
		if err != nil {
			t.Errorf("%s%v", m[1], err)
		}
	}
}

// Show prints a configuration that means the same, without its secrets.
func TestShow(t *testing.T) {
	c, err := parse(whole, "COLLOQUY_MAIL_SECOND_PASSWORD=from the environment")
	if err != nil {
		t.Fatal(err)
	}
	c.Flagged("data", "--data")
	got := c.Show()
	for _, want := range []string{
		"brandname: Clinic  # config.yml:13\n", "language: it  # config.yml:15\n", "data: /srv/colloquy  # --data\n",
		"timezone: Europe/Rome  # config.yml:16\n", "exitpage: /  # default\n", "listen: 0.0.0.0:9090  # config.yml:2\n",
		"  password: \"********\"  # COLLOQUY_MAIL_SECOND_PASSWORD\n", "  server: smtp.example.org  # config.yml:30\n", "  port: 25  # default\n",
		`  url: "postgres://ada:********@db.example.org:5433/things?sslmode=prefer"  # config.yml:39`, "secretkey: [\"********\", \"********\"]  # config.yml:7\n",
		"# my own is a key of your own (config.yml:",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %q", want)
		}
	}
	for _, not := range []string{"p@ss", "p%40ss", "12345", "from the environment", "long enough", "0123456789abcdef-old", "UA-1"} {
		if strings.Contains(got, not) {
			t.Errorf("it says %q", not)
		}
	}
	if t.Failed() {
		t.Log(got)
	}
	again, err := parse(strings.ReplaceAll(got, "********", "0123456789abcdef"))
	if err != nil {
		t.Fatalf("%v\n%s", err, got)
	}
	strip := func(s string) string {
		return regexp.MustCompile(`(?m)  # .*$|^# .*\n`).ReplaceAllString(s, "")
	}
	if a, b := strip(got), strip(again.Show()); a != b {
		t.Errorf("read again it is\n%s\nnot\n%s", b, a)
	}
}

// A configuration read anew keeps what a start alone can change.
func TestKeepRunning(t *testing.T) {
	before, err := parse("listen: 127.0.0.1:1\ndata: /a\nbrandname: A\nroot: /x/\n")
	if err != nil {
		t.Fatal(err)
	}
	after, err := parse("listen: 127.0.0.1:2\ndata: /a\nbrandname: B\nlog: /l\nsecretkey: " + secret + "\nmail: {default sender: a@b.org}\n")
	if err != nil {
		t.Fatal(err)
	}
	got := after.KeepRunning(before)
	if fmt.Sprint(got) != "[listen root log]" {
		t.Errorf("a restart is needed for %q", got)
	}
	if after.Listen != "127.0.0.1:1" || after.Root != "/x/" || len(after.SecretKeys) != 1 || after.BrandName != "B" || len(after.Mail) != 1 {
		t.Errorf("got %+v", after)
	}
	if got := after.KeepRunning(before); len(got) != 0 {
		t.Errorf("and again for %q", got)
	}
}
