package interview_test

import (
	"context"
	"strings"
	"testing"

	"colloquy/engine/fault"
	"colloquy/engine/interview"
	"colloquy/engine/packages"
	"colloquy/engine/python"
)

// leaves are question files of docassemble.a by name.
type leaves map[string]string

func (l leaves) ReadFile(n packages.Name) ([]byte, packages.Stamp, error) {
	text, ok := l[strings.TrimPrefix(n.Path, "data/questions/")]
	if !ok {
		return nil, packages.Stamp{}, fault.New(fault.NotFound, "There is no such file.", nil)
	}
	return []byte(text), packages.Stamp{}, nil
}

func TestJinjaInFiles(t *testing.T) {
	files := leaves{
		"main.yml": "# use jinja\n{% include 'part.yml' %}\n---\n{% for n in animals %}\nquestion: {{ n }} of {{ __filename__ }}\nfield: {{ n }}\n---\n{% endfor %}\n",
		"part.yml": "question: part in {{ __interview_package__ }}{{ ' and debug' if __debug__ }}\nfield: part",
	}
	iv, err := interview.Load(context.Background(), files, "docassemble.a:main.yml", interview.WithJinja(map[string]python.Value{
		"animals": python.NewList(python.NewStr("dog"), python.NewStr("cat")), "__debug__": python.False,
	}))
	if err != nil {
		t.Fatal(err)
	}
	if got := len(iv.Blocks); got != 3 {
		t.Errorf("%d questions, want 3", got)
	}
}

func TestJinjaMistakesHaveAPlace(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"# use jinja\nquestion: {{ fruit }}\n", "main.yml:2:1: "},
		{"# use jinja\n{% if x %}\n", "main.yml:2:4: "},
		{"# use jinja\n{% include 'none.yml' %}\n", "there is no question file"},
		{"# use jinja\n{% for i in range(10000000000) %}x{% endfor %}", "main.yml"},
	} {
		_, err := interview.Load(context.Background(), leaves{"main.yml": tt.text}, "docassemble.a:main.yml")
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: %v, want %s", tt.text, err, tt.want)
		}
	}
}
