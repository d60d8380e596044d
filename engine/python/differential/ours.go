package differential

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// What one program may use.
const (
	programTime  = 10 * time.Second
	programSteps = 200_000_000
)

// A runner runs a program in our dialect.
type runner struct {
	opts    *Options
	out     strings.Builder
	files   map[string]module
	modules map[string]*python.Module // loaded, or being loaded
	fresh   []*python.Module          // not frozen yet
	depth   int                       // imports in each other
}

// run returns what the program prints and how it ends.
func run(opts *Options, p *program) string {
	ctx, cancel := context.WithTimeout(context.Background(), programTime)
	defer cancel()
	r := &runner{opts: opts, files: p.modules(), modules: map[string]*python.Module{}}
	th := r.thread(ctx)
	defer th.Close()
	if err := r.body(th, python.NewModule("__main__"), p.name(), p.source()); err != nil {
		r.out.WriteString("! " + complaint(th, err) + "\n")
	}
	return wholeLines(r.out.String())
}

// wholeLines ends a text with a line break: txtar has no other.
func wholeLines(s string) string {
	if s != "" && !strings.HasSuffix(s, "\n") {
		s += "\n"
	}
	return s
}

func (r *runner) thread(ctx context.Context) *python.Thread {
	return python.NewThread(ctx, python.Options{
		Limits: python.Limits{Steps: programSteps},
		Loader: r,
		Print:  func(s string) { r.out.WriteString(s) },
		Local:  r.opts.Local,
	})
}

// body runs the text of a module.
func (r *runner) body(th *python.Thread, m *python.Module, name, src string) error {
	file, err := syntax.ParseFile(name, src, syntax.Pos{Line: 1, Col: 1})
	if err != nil {
		return err
	}
	code, err := python.Compile(file, python.CompileOptions{})
	if err != nil {
		return err
	}
	for name, v := range r.opts.Names {
		m.Globals.Set(name, v)
	}
	return m.Run(th, code)
}

// Load implements python.Loader as interviews have it: a module runs on a
// thread of its own and is frozen when the outermost import is over.
func (r *runner) Load(th *python.Thread, name, from string) (*python.Module, error) {
	if strings.HasPrefix(name, ".") {
		abs, err := python.AbsoluteName(name, from)
		if err != nil {
			return nil, err
		}
		name = abs
	}
	if m := r.modules[name]; m != nil {
		return m, nil
	}
	f, ok := r.files[name]
	switch {
	case ok:
	case r.isFolder(name):
		f.pkg = true
	case r.opts.Load == nil:
		return nil, python.NoModule(name)
	default:
		return r.opts.Load.Load(th, name, from)
	}
	m := python.NewModule(name)
	m.Package = f.pkg
	r.modules[name] = m
	r.fresh = append(r.fresh, m)
	r.depth++
	own := r.thread(th.Context())
	defer own.Close()
	err := r.body(own, m, f.file, f.source)
	var wrong *syntax.Error
	if errors.As(err, &wrong) {
		err = python.SyntaxFault(wrong)
	}
	r.depth--
	if err != nil {
		delete(r.modules, name)
		return nil, err
	}
	if r.depth == 0 {
		python.Freeze(own, r.fresh...)
		r.fresh = nil
	}
	return m, nil
}

// isFolder reports whether there are modules below a name.
func (r *runner) isFolder(name string) bool {
	for other := range r.files {
		if strings.HasPrefix(other, name+".") {
			return true
		}
	}
	return false
}

// complaint says how an error ended a program, as format_exception_only does.
func complaint(th *python.Thread, err error) string {
	var wrong *syntax.Error
	if errors.As(err, &wrong) {
		return fmt.Sprintf("%s: %s (line %d)", wrong.Kind, wrong.Msg, wrong.Line)
	}
	raised, ok := python.AsRaised(err)
	if !ok {
		return err.Error()
	}
	m, err := th.Import("traceback")
	if err != nil {
		return raised.Error()
	}
	format, _ := m.Globals.Get("format_exception")
	lines, err := th.Call(format, []python.Value{raised.Value()}, nil)
	if err != nil {
		return "formatting " + raised.Error() + ": " + err.Error()
	}
	text := ""
	err = th.Each(lines, func(v python.Value) error {
		line, _ := python.StringOf(v)
		text += line
		return nil
	})
	if err != nil {
		return err.Error()
	}
	return strings.TrimSuffix(text, "\n")
}
