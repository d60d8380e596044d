package interview

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"colloquy/engine/mako"
	"colloquy/engine/packages"
	"colloquy/engine/python"
)

const basePackage = "docassemble.base"

// maxFiles is how many files an interview may consist of.
const maxFiles = 1000

// Load reads an interview by its reference, short (docassemble.demo:tank.yml)
// or long (docassemble.demo:data/questions/tank.yml), with all it includes.
// What is wrong with it is returned as a *LoadError; an interview that only
// has warnings is returned with Problems.
func Load(ctx context.Context, src Source, name string, opts ...Option) (*Interview, error) {
	ref, err := packages.Parse(name, "", packages.Questions)
	if err != nil {
		return nil, fmt.Errorf("load interview: %w", err)
	}
	l := &loader{
		ctx: ctx, src: src, in: newInterview(ref), seen: map[packages.Name]bool{},
		defs: map[string]mako.Source{}, copies: map[string]int{}, translated: map[string]map[string]string{},
	}
	for _, o := range opts {
		o(l)
	}
	text, err := l.readFile(ref)
	if err != nil {
		return nil, fmt.Errorf("read interview %s: %w", ref, err)
	}
	l.file(ref, text)
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("load interview %s: %w", ref, err)
	}
	l.complete()
	l.in.Languages = l.languages()
	l.sortProblems()
	l.in.Problems = l.problems
	if slices.ContainsFunc(l.problems, func(p Problem) bool { return p.Severity == Error }) {
		return nil, &LoadError{Name: ref.String(), Problems: l.problems}
	}
	return l.in, nil
}

// A loader builds one interview.
type loader struct {
	ctx       context.Context
	src       Source
	in        *Interview
	seen      map[packages.Name]bool // files read or being read
	defs      map[string]mako.Source // Mako fragments by name
	copies    map[string]int         // blocks with the same source so far
	hidden    int                    // attachments without a variable name
	datatypes []unknownDatatype
	orderings [][]string
	problems  []Problem
	parent    packages.Name           // the file that includes the one being read
	jinja     map[string]python.Value // what files that use Jinja see
	// translated are the texts that have translations: by text and language.
	translated map[string]map[string]string
}

// A unit is what is known while the blocks of one file are read.
type unit struct {
	name     packages.Name
	pkg      string
	language string // of the blocks that follow
}

// file reads the blocks of one file.
func (l *loader) file(name packages.Name, text string) {
	ref := name.String()
	l.seen[name] = true
	l.in.Files = append(l.in.Files, ref)
	text, err := l.preprocess(name, text)
	if err != nil {
		l.jinjaProblem(name, err)
		return
	}
	outer := l.parent
	l.parent = name
	defer func() { l.parent = outer }()
	u := &unit{name: name, pkg: name.Package, language: "*"}
	for _, doc := range split(ref, text) {
		if l.ctx.Err() != nil {
			return
		}
		l.document(u, &doc)
	}
}

// document reads one block.
func (l *loader) document(u *unit, doc *document) {
	b := &builder{loader: l, unit: u, doc: doc}
	n, err := doc.parse()
	var ye *yamlError
	switch {
	case errors.As(err, &ye):
		b.reportKind(ProblemYAML, Error, ye.pos, "", ye.msg)
		return
	case err != nil:
		b.errorf(doc.pos(1, 1), "%v", err)
		return
	case n.Kind == Null:
		return
	case n.Kind != Map:
		b.errorf(n.Pos, "a block must be made of keys and values, not %s", n.Kind)
		return
	}
	b.top(n)
}

// include reads another file in the place of an include block.
func (b *builder) include(n *Node) {
	name, ok := b.fileName(n, packages.Questions)
	if !ok {
		return
	}
	// A plain name is looked for beside the file, then among the questions of
	// its package, then in the base package.
	names := []packages.Name{name}
	if written := strings.TrimSpace(n.Written()); !strings.Contains(written, ":") {
		beside := packages.Name{Package: b.unit.name.Package, Path: path.Join(path.Dir(b.unit.name.Path), written)}
		names = []packages.Name{beside, name, {Package: basePackage, Path: name.Path}}
	}
	for _, name := range names {
		if b.seen[name] {
			return
		}
		if len(b.in.Files) >= maxFiles {
			b.errorf(n.Pos, "the interview consists of more than %d files", maxFiles)
			return
		}
		text, err := b.readFile(name)
		if missing(err) {
			continue
		}
		if err != nil {
			b.errorf(n.Pos, "%s cannot be read: %v", name, err)
			return
		}
		b.file(name, text)
		return
	}
	b.reportKind(ProblemFile, Error, n.Pos, "", fmt.Sprintf("there is no question file %s", names[0]))
}

// sortProblems puts problems in the order in which an author comes across
// their places.
func (l *loader) sortProblems() {
	slices.SortStableFunc(l.problems, func(a, b Problem) int {
		return cmp.Or(
			slices.Index(l.in.Files, a.Pos.File)-slices.Index(l.in.Files, b.Pos.File),
			a.Pos.Line-b.Pos.Line, a.Pos.Col-b.Pos.Col,
		)
	})
}

func (l *loader) problem(p Problem) { l.problems = append(l.problems, p) }
