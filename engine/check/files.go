package check

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"colloquy/engine/interview"
	"colloquy/engine/packages"
	"colloquy/engine/python/syntax"
)

// files reports files that are named and are not there.
func (a *analysis) files() {
	for _, name := range slices.Sorted(maps.Keys(a.in.Images)) {
		ref := a.in.Images[name].Ref
		a.file(ref, packages.Static, a.declaredAt(name, ref), nil)
	}
	for _, ref := range slices.Concat(a.in.Features.JavaScript, a.in.Features.CSS) {
		a.file(ref, packages.Static, a.declaredAt("", ref), nil)
	}
	for _, b := range a.in.Blocks {
		if b.Documents == nil {
			continue
		}
		for _, d := range b.Documents.List {
			for _, t := range d.Templates {
				if t.Ref != "" {
					a.file(t.Ref, packages.Templates, a.lineOf(b, base(t.Ref), d.Pos), b)
				}
			}
		}
	}
	for i := range a.pieces {
		a.fileMarks(&a.pieces[i])
	}
}

// fileMarks looks at the files that a text or code names.
func (a *analysis) fileMarks(p *piece) {
	if p.text != nil {
		for _, m := range fileMark.FindAllStringSubmatchIndex(p.text.Source, -1) {
			ref := strings.TrimSpace(strings.Split(p.text.Source[m[2]:m[3]], ",")[0])
			if _, ok := a.in.Images[ref]; !ok && strings.Contains(ref, ".") {
				a.file(ref, packages.Static, p.at(m[2]), p.block)
			}
		}
	}
	for _, tree := range p.trees() {
		syntax.Inspect(tree, func(n syntax.Node) bool {
			c, ok := n.(*syntax.Call)
			if !ok || len(c.Args) == 0 || len(c.Keywords) > 0 {
				return true
			}
			f, _ := c.Func.(*syntax.Name)
			ref, literal := text(c.Args[0])
			if f != nil && f.ID == "url_of" && literal && fileName.MatchString(ref) {
				at := c.Args[0].Start()
				a.file(ref, packages.Static, interview.Pos{File: p.pos.File, Line: at.Line, Col: at.Col}, p.block)
			}
			return true
		})
	}
}

// fileName is what can only be the name of a file.
var fileName = regexp.MustCompile(`^[\w.:/-]+\.[a-z0-9]{2,5}$`)

func base(ref string) string { return ref[strings.LastIndexAny(ref, "/:")+1:] }

// file reports a file that is not there.
func (a *analysis) file(ref string, in packages.Section, pos interview.Pos, b *interview.Block) {
	if strings.HasPrefix(ref, "http://") || strings.HasPrefix(ref, "https://") || strings.HasPrefix(ref, "/") {
		return
	}
	pkg := a.in.Package
	if b != nil {
		pkg = b.Package
	} else if file, _, ok := strings.Cut(pos.File, ":"); ok {
		pkg = file
	}
	name, err := packages.Parse(ref, pkg, in)
	if err != nil || !a.programs.Packages().Has(name.Package) && strings.Contains(ref, ":") {
		if err == nil {
			a.say(MissingFile, Warning, pos, b, "install the package "+name.Package+" where the interview is to run, or correct the name",
				"the file %s cannot be looked for: the package is not here", ref)
		}
		return
	}
	if _, err := a.programs.Packages().Resolve(ref, pkg, in); isMissing(err) {
		a.say(MissingFile, Error, pos, b, "correct the name, or put the file there", "there is no file %s", name)
	}
}

// declaredAt finds the line of a declaration that names a file.
func (a *analysis) declaredAt(name, ref string) interview.Pos {
	for _, b := range a.in.Declarations {
		if strings.Contains(b.Source, base(ref)) && strings.Contains(b.Source, name) {
			return a.lineOf(b, base(ref), b.Pos)
		}
	}
	return interview.Pos{File: a.in.Name, Line: 1, Col: 1}
}

// lineOf finds a word in the source of a block.
func (a *analysis) lineOf(b *interview.Block, word string, otherwise interview.Pos) interview.Pos {
	for i, line := range strings.Split(b.Source, "\n") {
		if at := strings.Index(line, word); at >= 0 {
			return interview.Pos{File: b.Pos.File, Line: b.Pos.Line + i - a.before(b), Col: len([]rune(line[:at])) + 1}
		}
	}
	return otherwise
}

// before is how many lines of a block's source lie before its place: comments.
func (a *analysis) before(b *interview.Block) int {
	for i, line := range strings.Split(b.Source, "\n") {
		if t := strings.TrimSpace(line); t != "" && t[0] != '#' {
			return i
		}
	}
	return 0
}
