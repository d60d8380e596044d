package interview

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"colloquy/engine/jinja"
	"colloquy/engine/packages"
	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// An Option changes how an interview is loaded.
type Option func(*loader)

// WithJinja hands in what files that begin with "# use jinja" see beside the
// names of the file itself: the configuration, the version, `jinja data`.
// (Interviews, "Using Jinja2".)
func WithJinja(names map[string]python.Value) Option {
	return func(l *loader) { l.jinja = names }
}

// preprocess runs a file through Jinja if its first line asks for that. Names
// of interviews are not among those that it sees.
func (l *loader) preprocess(name packages.Name, text string) (string, error) {
	if !strings.HasPrefix(text, jinjaMark) {
		return text, nil
	}
	// The first line stays a comment, so that lines keep their numbers.
	t, err := jinja.CompileText(name.String(), text)
	if err != nil {
		return "", err
	}
	th := python.NewThread(l.ctx, python.Options{})
	defer th.Close()
	r := &jinja.Run{Names: l.jinjaNames(name), Include: func(_ *python.Thread, ref string) (*jinja.Template, error) {
		return l.jinjaFile(name, ref)
	}}
	out := new(jinja.TextOutput)
	if err := r.Render(th, t, out); err != nil {
		return "", jinjaError(err)
	}
	s, _ := python.StringOf(out.Result())
	return s, nil
}

// jinjaNames are what a file sees.
func (l *loader) jinjaNames(name packages.Name) *python.Namespace {
	ns := python.NewNamespace(nil)
	for n, v := range l.jinja {
		ns.Set(n, v)
	}
	parent, main := l.parent, name
	if first, err := packages.Parse(l.in.Name, "", packages.Questions); err == nil {
		main = first
	}
	if parent == (packages.Name{}) {
		parent = name
	}
	for n, v := range map[string]string{
		"__filename__": name.String(), "__current_package__": name.Package,
		"__interview_filename__": main.String(), "__interview_package__": main.Package,
		"__parent_filename__": parent.String(), "__parent_package__": parent.Package,
	} {
		ns.Set(n, python.NewStr(v))
	}
	return ns
}

// jinjaFile finds a file that a template includes: beside the file, or among
// the questions of its or the named package. Its own first line may ask for
// Jinja, too.
func (l *loader) jinjaFile(from packages.Name, ref string) (*jinja.Template, error) {
	names := []packages.Name{}
	if !strings.Contains(ref, ":") {
		names = append(names, packages.Name{Package: from.Package, Path: path.Join(path.Dir(from.Path), ref)})
	}
	name, err := packages.Parse(ref, from.Package, packages.Questions)
	if err != nil {
		return nil, fmt.Errorf("include %q: %w", ref, err)
	}
	for _, name := range append(names, name) {
		text, err := l.readFile(name)
		if missing(err) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("include %s: %w", name, err)
		}
		return jinja.CompileText(name.String(), text)
	}
	return nil, fmt.Errorf("there is no question file %s: %w", name, fs.ErrNotExist)
}

// jinjaError says of a name that is not defined why it is not.
func jinjaError(err error) error {
	if name, ok := python.MissingName(err); ok {
		return fmt.Errorf("%w (Jinja runs when the file is loaded: %s cannot be an answer)", err, name)
	}
	return err
}

// jinjaProblem puts an error of preprocessing at its place.
func (l *loader) jinjaProblem(name packages.Name, err error) {
	pos, msg := Pos{name.String(), 1, 1}, err.Error()
	var se *syntax.Error
	if errors.As(err, &se) {
		pos, msg = Pos{se.File, se.Line, se.Col}, se.Msg
	} else if r, ok := python.AsRaised(err); ok {
		if frames := r.Traceback(); len(frames) > 0 {
			last := frames[len(frames)-1]
			pos = Pos{last.File, last.Line, 1}
		}
	}
	l.problem(Problem{Pos: pos, Severity: Error, Message: msg})
}
