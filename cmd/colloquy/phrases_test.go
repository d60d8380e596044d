package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"colloquy/engine/language"
)

// phrasing are the functions whose text arguments are phrases: they translate
// them, or hand them on to what does. A number picks one argument.
var phrasing = map[string]int{"Word": -1, "word": -1, "fault.New": 1, "stale": 0, "notify": 1, "confirm": -1, "notice": -1, "page": 2, "above": 2, "say": 1}

// tables are variables and functions that hold phrases, by file.
var tables = map[string][]string{
	"handlers/mine.go":      {"matching"},
	"engine/ask/rules.go":   {"usualMessages"},
	"engine/fault/fault.go": {"kinds"},
	"handlers/fail.go":      {"wording", "heading"},
	"engine/ask/page.go":    {"MessageButtons"},
}

// others are phrases that are put together too far from where they are said.
var others = map[string][]string{
	"engine/words/inflection.go": {"yes", "no"},
	"engine/accounts/password.go": {"at least one lowercase letter", "at least {n} lowercase letters", "at least one uppercase letter", "at least {n} uppercase letters",
		"at least one number", "at least {n} numbers", "at least one punctuation character", "at least {n} punctuation characters"},
	"engine/accounts/signin.go":         {"You cannot log in until your e-mail address has been confirmed."},
	"handlers/profile.go":               {"delete my account"},
	"engine/objects/table.go":           {"n/a"},
	"engine/objects/prelude/places.py":  {"Floor", "Room"},
	"engine/objects/prelude/editing.py": {"Add another", "Add an item", "Edit", "Delete", "Reorder by moving up", "Reorder by moving down", "Move up", "Move down"},
}

// said finds phrases in the source of the program.
type said struct {
	file    string
	texts   map[string][]string // of the file: what its names stand for
	phrases map[string]string   // the phrase, and a file that says it
}

// isSentence tells what people read from names and keys.
var isSentence = regexp.MustCompile(`^[(“]?\p{Lu}.*\p{Ll}`)

func (s *said) add(text string) {
	if _, known := s.phrases[text]; !known && isSentence.MatchString(text) {
		s.phrases[text] = s.file
	}
}

// read adds the phrases of one file.
func (s *said) read(path, name string) error {
	s.file = name
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	s.texts = map[string][]string{}
	ast.Inspect(file, s.note)
	if spoken.MatchString(name) {
		ast.Inspect(file, s.speaks)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			s.call(n)
		case *ast.FuncDecl:
			if slices.Contains(tables[name], n.Name.Name) {
				s.literals(n.Body)
			}
		case *ast.ValueSpec:
			if slices.Contains(tables[name], n.Names[0].Name) {
				s.literals(n.Values[0])
			}
		}
		return true
	})
	return nil
}

// note remembers the texts that names stand for.
func (s *said) note(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.ValueSpec:
		for i, v := range n.Values {
			s.texts[n.Names[i].Name] = append(s.texts[n.Names[i].Name], texts(v)...)
		}
	case *ast.AssignStmt:
		for i, v := range n.Rhs {
			if id, ok := n.Lhs[i].(*ast.Ident); ok {
				s.texts[id.Name] = append(s.texts[id.Name], texts(v)...)
			}
		}
	}
	return true
}

func (s *said) call(c *ast.CallExpr) {
	name := ""
	switch f := c.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
		if pkg, ok := f.X.(*ast.Ident); ok && pkg.Name == "fault" {
			name = "fault." + name
		}
	}
	at, ok := phrasing[name]
	if !ok {
		return
	}
	for i, arg := range c.Args {
		if at >= 0 && at != i {
			continue
		}
		list := texts(arg)
		if index, ok := arg.(*ast.IndexExpr); ok {
			arg = index.X
		}
		if id, ok := arg.(*ast.Ident); ok {
			list = s.texts[id.Name]
		}
		for _, text := range list {
			if strings.EqualFold(name, "word") && text != "" {
				s.phrases[text] = s.file
			}
			s.add(text)
		}
	}
}

func (s *said) literals(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		if e, ok := n.(*ast.BasicLit); ok {
			for _, text := range texts(e) {
				s.add(text)
			}
		}
		return true
	})
}

// texts returns the text that an expression is: a literal, several joined, those
// of a list, or one made a value of the dialect.
func texts(e ast.Expr) []string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			return []string{text}
		}
	case *ast.CompositeLit:
		var all []string
		for _, part := range e.Elts {
			all = append(all, texts(part)...)
		}
		return all
	case *ast.CallExpr:
		if f, ok := e.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "NewStr" && len(e.Args) == 1 {
			return texts(e.Args[0])
		}
	case *ast.BinaryExpr:
		left, right := texts(e.X), texts(e.Y)
		if len(left) == 1 && len(right) == 1 {
			return []string{left[0] + right[0]}
		}
	}
	return nil
}

var (
	saidInPython = regexp.MustCompile(`engine\.word\('([^']+)'\)`)
	toolFolders  = regexp.MustCompile(`^(engine/(check|transcript|preview|demo)|views/gallery|cmd)/`)
)

// phrasesInSource returns all phrases, with a file that says each.
func phrasesInSource(t *testing.T) map[string]string {
	s := &said{phrases: map[string]string{}}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		name := filepath.ToSlash(strings.TrimPrefix(path, root+string(filepath.Separator)))
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && len(d.Name()) > 2):
			return filepath.SkipDir
		case toolFolders.MatchString(name):
		case strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go"):
			return s.read(path, name)
		case strings.HasSuffix(name, ".py"):
			source, err := os.ReadFile(path)
			for _, m := range saidInPython.FindAllStringSubmatch(string(source), -1) {
				s.phrases[m[1]] = name
			}
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for file, phrases := range others {
		source, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		for _, phrase := range phrases {
			s.phrases[phrase] = file
			if !regexp.MustCompile(`['"]` + regexp.QuoteMeta(phrase) + `['"]`).Match(source) {
				t.Errorf("%s does not say %q any more", file, phrase)
			}
		}
	}
	for phrase := range language.BuiltinWords().Table("en") {
		s.phrases[phrase] = "words/en.yml"
	}
	return s.phrases
}

// Every language that comes with the program says all that its source says, and
// nothing else.
func TestPhrases(t *testing.T) {
	found := phrasesInSource(t)
	phrases := slices.Sorted(maps.Keys(found))
	for _, lang := range language.Complete() {
		table := language.BuiltinWords().Table(lang)
		for _, phrase := range phrases {
			said, ok := table[phrase]
			if !ok {
				t.Errorf("%s lacks %q, of %s", lang, phrase, found[phrase])
			}
			if ok && holes(said) != holes(phrase) {
				t.Errorf("%s: %q for %q has other holes", lang, said, phrase)
			}
			delete(table, phrase)
		}
		for _, phrase := range slices.Sorted(maps.Keys(table)) {
			t.Errorf("%s translates %q, which nothing says", lang, phrase)
		}
	}
}

var hole = regexp.MustCompile(`%[sd]|\{[0-9a-z]*\}`)

// holes are the places to fill in, in no order.
func holes(phrase string) string {
	all := hole.FindAllString(phrase, -1)
	slices.Sort(all)
	return fmt.Sprint(all)
}
