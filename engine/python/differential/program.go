package differential

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"
)

// A topic is one txtar file of programs.
type topic struct {
	path     string
	area     string
	about    string // the first lines
	programs []*program
	differs  bool // its programs are known to differ
}

// A program is what is run, and what CPython made of it.
type program struct {
	slug  string
	files []txtar.File // the program itself first; names as in the topic
	want  string
	has   bool // it has been recorded
}

// recordedLine begins the header line that the recorder writes.
const recordedLine = "Recorded with "

// readTopics reads the topics below a folder.
func readTopics(dir string) ([]*topic, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*", "*.txtar"))
	if err != nil {
		return nil, err
	}
	topics := make([]*topic, 0, len(paths))
	for _, path := range paths {
		t, err := readTopic(path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		topics = append(topics, t)
	}
	return topics, nil
}

func readTopic(path string) (*topic, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	archive := txtar.Parse(data)
	t := &topic{path: path, area: filepath.Base(filepath.Dir(path)), differs: strings.HasSuffix(path, ".differs.txtar")}
	for line := range strings.Lines(string(archive.Comment)) {
		if !strings.HasPrefix(line, recordedLine) {
			t.about += line
		}
	}
	if strings.TrimSpace(t.about) == "" {
		return nil, fmt.Errorf("no line says what the programs are about")
	}
	for _, f := range archive.Files {
		if err := t.add(f); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// add puts a file of the archive where it belongs.
func (t *topic) add(f txtar.File) error {
	slug, rest, several := strings.Cut(f.Name, "/")
	slug, recorded := strings.CutSuffix(slug, ".out")
	slug = strings.TrimSuffix(slug, ".py")
	i := slices.IndexFunc(t.programs, func(p *program) bool { return p.slug == slug })
	switch {
	case recorded && i < 0:
		return fmt.Errorf("%s is not after its program", f.Name)
	case recorded:
		t.programs[i].want, t.programs[i].has = string(f.Data), true
	case several && i >= 0 && rest != "main.py" && strings.Contains(t.programs[i].files[0].Name, "/"):
		t.programs[i].files = append(t.programs[i].files, f)
	case i >= 0:
		return fmt.Errorf("%s: a second program of that name", f.Name)
	case several && rest != "main.py":
		return fmt.Errorf("%s: %s/main.py comes first", f.Name, slug)
	case !strings.HasSuffix(f.Name, ".py"):
		return fmt.Errorf("%s is neither a program nor an output", f.Name)
	default:
		t.programs = append(t.programs, &program{slug: slug, files: []txtar.File{f}})
	}
	return nil
}

// write writes the topic with a header line about the recording.
func (t *topic) write(recorded string) error {
	archive := &txtar.Archive{Comment: []byte(t.about + recordedLine + recorded + "\n")}
	for _, p := range t.programs {
		archive.Files = append(archive.Files, p.files...)
		archive.Files = append(archive.Files, txtar.File{Name: p.slug + ".out", Data: []byte(p.want)})
	}
	return os.WriteFile(t.path, txtar.Format(archive), 0o644)
}

// source returns the text of the program itself.
func (p *program) source() string { return string(p.files[0].Data) }

// name returns the file name that messages give.
func (p *program) name() string { return p.slug + ".py" }

// modules returns the modules beside the program by their dotted names.
func (p *program) modules() map[string]module {
	found := map[string]module{}
	for _, f := range p.files[1:] {
		path := strings.TrimPrefix(f.Name, p.slug+"/")
		name := strings.ReplaceAll(strings.TrimSuffix(path, ".py"), "/", ".")
		name, pkg := strings.CutSuffix(name, ".__init__")
		found[name] = module{file: path, source: string(f.Data), pkg: pkg}
	}
	return found
}

// A module is a file beside the program.
type module struct {
	file, source string
	pkg          bool
}
