package interview

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

const (
	questionsFolder = "data/questions/"
	templatesFolder = "data/templates/"
	sourcesFolder   = "data/sources/"
	staticFolder    = "data/static/"
	basePackage     = "docassemble.base"
)

// maxFiles is how many files an interview may consist of.
const maxFiles = 1000

// Load reads an interview by its reference, short (docassemble.demo:tank.yml)
// or long (docassemble.demo:data/questions/tank.yml), with all it includes.
// What is wrong with it is returned as a *LoadError; an interview that only
// has warnings is returned with Problems.
func Load(ctx context.Context, src Source, name string) (*Interview, error) {
	ref := Normalize(name)
	l := &loader{ctx: ctx, src: src, in: newInterview(ref), seen: map[string]bool{}, defs: map[string]string{}, copies: map[string]int{}}
	text, err := src.Read(ctx, ref)
	if err != nil {
		return nil, fmt.Errorf("read interview %s: %w", ref, err)
	}
	l.file(ref, string(text))
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("load interview %s: %w", ref, err)
	}
	l.complete()
	l.in.Problems = l.problems
	if slices.ContainsFunc(l.problems, func(p Problem) bool { return p.Severity == Error }) {
		return nil, &LoadError{Name: ref, Problems: l.problems}
	}
	return l.in, nil
}

// Normalize gives the long form of an interview's reference.
func Normalize(name string) string {
	pkg, path, ok := strings.Cut(name, ":")
	if !ok || strings.HasPrefix(path, "data/") {
		return name
	}
	return pkg + ":" + questionsFolder + path
}

// packageOf gives the package of a reference.
func packageOf(ref string) string {
	pkg, _, ok := strings.Cut(ref, ":")
	if !ok {
		return ""
	}
	return pkg
}

// qualify makes a file name written in a block of pkg a full reference.
func qualify(pkg, folder, name string) string {
	if p, path, ok := strings.Cut(name, ":"); ok {
		if strings.HasPrefix(path, "data/") {
			return name
		}
		return p + ":" + folder + path
	}
	name = strings.TrimPrefix(name, "/")
	if strings.HasPrefix(name, "data/") {
		return pkg + ":" + name
	}
	return pkg + ":" + folder + name
}

// A loader builds one interview.
type loader struct {
	ctx       context.Context
	src       Source
	in        *Interview
	seen      map[string]bool   // files read or being read
	defs      map[string]string // Mako fragments by name
	copies    map[string]int    // blocks with the same source so far
	hidden    int               // attachments without a variable name
	datatypes []unknownDatatype
	orderings [][]string
	problems  []Problem
}

// A unit is what is known while the blocks of one file are read.
type unit struct {
	ref      string
	pkg      string
	language string // of the blocks that follow
}

// file reads the blocks of one file.
func (l *loader) file(ref, text string) {
	l.seen[ref] = true
	l.in.Files = append(l.in.Files, ref)
	if strings.HasPrefix(text, jinjaMark) {
		l.problem(Problem{
			Pos: Pos{ref, 1, 1}, Severity: Error,
			Message: "the file asks to be run through Jinja (# use jinja), which this server does not do",
			Fix:     "write the blocks out and remove the first line",
		})
		return
	}
	u := &unit{ref: ref, pkg: packageOf(ref), language: "*"}
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
		b.errorf(ye.pos, "%s", ye.msg)
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
func (l *loader) include(b *builder, n *Node) {
	name := strings.TrimSpace(n.Written())
	refs := []string{qualify(b.unit.pkg, questionsFolder, name)}
	if !strings.Contains(name, ":") {
		refs = append(refs, qualify(basePackage, questionsFolder, name))
	}
	for _, ref := range refs {
		if l.seen[ref] {
			return
		}
		if len(l.in.Files) >= maxFiles {
			b.errorf(n.Pos, "the interview consists of more than %d files", maxFiles)
			return
		}
		text, err := l.src.Read(l.ctx, ref)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			b.errorf(n.Pos, "%s cannot be read: %v", ref, err)
			return
		}
		l.file(ref, string(text))
		return
	}
	b.errorf(n.Pos, "there is no question file %s", refs[0])
}

// asset reads a file that a block names, reporting what goes wrong.
func (b *builder) asset(n *Node, folder, what string) (string, bool) {
	ref := qualify(b.unit.pkg, folder, strings.TrimSpace(n.Written()))
	text, err := b.src.Read(b.ctx, ref)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		b.errorf(n.Pos, "there is no %s %s", what, ref)
		return "", false
	case err != nil:
		b.errorf(n.Pos, "%s cannot be read: %v", ref, err)
		return "", false
	}
	return string(text), true
}

func (l *loader) problem(p Problem) { l.problems = append(l.problems, p) }
