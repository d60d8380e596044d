package main

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strings"
)

// spoken are the files of pages and letters whose texts are said in the language
// of the reader when they are shown (Speak of package views, Mistake.Say and
// Keeper.mail of package accounts), not where they stand.
var spoken = regexp.MustCompile(`^(handlers/(account|edituser|invite|mfa|mine|password|profile|register|signin|userlist)|engine/accounts/[a-z]+)\.go$`)

// spokenFields are the fields of their structures that hold phrases. A link has
// a text as well, and a fact has a name: but names are most often no phrases.
var spokenFields = []string{"Label", "Hint", "Error", "Heading", "Text", "Warning", "Wrong", "Said", "Button", "Empty", "Note", "Why", "subject", "text"}

// spokenArguments are the functions of these files that are given phrases.
var spokenArguments = []string{"accountPage", "adminFrame", "aboutOne", "emailForm", "codeField", "spareCodes", "form", "mistake", "add", "act"}

// spokenTables are their variables that hold phrases.
var spokenTables = []string{"whys", "done", "userDone", "privilegeDone", "dropped", "edited", "deeds", "profileLabels", "lengthRules", "partsRules"}

// speaks adds the phrases of a node of such a file.
func (s *said) speaks(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && slices.Contains(spokenFields, key.Name) {
			s.paragraphs(n.Value)
		}
	case *ast.AssignStmt:
		for i, left := range n.Lhs {
			if field, ok := left.(*ast.SelectorExpr); ok && i < len(n.Rhs) && slices.Contains(spokenFields, field.Sel.Name) {
				s.paragraphs(n.Rhs[i])
			}
		}
		for i, left := range n.Lhs { // values that differ, of one field for all
			if list, ok := left.(*ast.SelectorExpr); ok && list.Sel.Name == "Facts" && i < len(n.Rhs) {
				s.facts(n.Rhs[i])
			}
		}
	case *ast.CompositeLit:
		if of, ok := n.Type.(*ast.SelectorExpr); ok && of.Sel.Name == "Fact" {
			s.facts(n)
		}
	case *ast.ValueSpec:
		if slices.Contains(spokenTables, n.Names[0].Name) {
			s.allParagraphs(n.Values[0])
		}
	case *ast.CallExpr:
		name := ""
		switch f := n.Fun.(type) {
		case *ast.Ident:
			name = f.Name
		case *ast.SelectorExpr:
			name = f.Sel.Name
		}
		if slices.Contains(spokenArguments, name) {
			for _, arg := range n.Args {
				s.paragraphs(arg)
			}
		}
	}
	return true
}

// facts adds the name of a fact.
func (s *said) facts(e ast.Expr) {
	ast.Inspect(e, func(n ast.Node) bool {
		if pair, ok := n.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.Ident); ok && key.Name == "Name" {
				s.paragraphs(pair.Value)
			}
		}
		return true
	})
}

// paragraphs adds each paragraph of an expression that is a text: also one that
// is put together with values, which must begin and end with a paragraph.
func (s *said) paragraphs(e ast.Expr) {
	text := ""
	for _, part := range s.joined(e) {
		text += part
	}
	for _, p := range strings.Split(text, "\n\n") {
		s.add(strings.TrimSpace(p))
	}
}

// allParagraphs adds the paragraphs of all texts below a node.
func (s *said) allParagraphs(n ast.Expr) {
	ast.Inspect(n, func(n ast.Node) bool {
		e, ok := n.(ast.Expr)
		if !ok {
			return true
		}
		if list := s.joined(e); list != nil {
			s.paragraphs(e)
			return false
		}
		return true
	})
}

// joined are the literals of a text that is joined with +; names stand for what
// they are declared as, each a paragraph.
func (s *said) joined(e ast.Expr) []string {
	switch e := e.(type) {
	case *ast.BasicLit:
		return texts(e)
	case *ast.Ident:
		var all []string
		for _, text := range s.texts[e.Name] {
			all = append(all, "\n\n"+text+"\n\n")
		}
		return all
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			return append(s.joined(e.X), s.joined(e.Y)...)
		}
	}
	return nil
}
