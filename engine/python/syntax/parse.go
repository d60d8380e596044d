package syntax

import "strings"

// ParseFile parses a file or a block of statements. The first character of src
// stands at line at.Line, and every line of it starts at column at.Col of the
// file (so that code indented in a YAML file reports where it really is). The
// zero Pos means line 1, column 1. The error is an *Error.
func ParseFile(name, src string, at Pos) (*File, error) {
	return ParseFileFunc(name, src, shift(at))
}

// ParseExpr parses src as one expression, as Python's eval does; white space
// and line breaks around it do not matter. See ParseFile for at and the error.
func ParseExpr(name, src string, at Pos) (Expr, error) {
	return ParseExprFunc(name, src, shift(at))
}

// ParseFileFunc is ParseFile with place telling where in the file a position
// of src stands; nil leaves positions as they are.
func ParseFileFunc(name, src string, place func(Pos) Pos) (*File, error) {
	return parseStatements(name, src, fileForm, place)
}

// ParseBlockFunc is ParseFileFunc for a block that may be indented as a whole;
// its first line sets the measure.
func ParseBlockFunc(name, src string, place func(Pos) Pos) (*File, error) {
	return parseStatements(name, src, blockForm, place)
}

func parseStatements(name, src string, f form, place func(Pos) Pos) (_ *File, err error) {
	var p *parser
	defer func() { err = p.unclosed(err) }()
	defer recoverError(&err)
	p = newParser(name, src, f, place)
	file := &File{Name: name}
	for p.tok().kind != endOfFile {
		file.Body = p.statement(file.Body)
	}
	file.Span = Span{p.tokens[0].from, p.tok().to}
	return file, nil
}

// ParseExprFunc is ParseExpr with place telling where in the file a position
// of src stands; nil leaves positions as they are.
func ParseExprFunc(name, src string, place func(Pos) Pos) (_ Expr, err error) {
	var p *parser
	defer func() { err = p.unclosed(err) }()
	defer recoverError(&err)
	p = newParser(name, src, exprForm, place)
	if p.is("*") || p.is("yield") {
		p.invalid()
	}
	e := p.list()
	for p.tok().kind == newline {
		p.next()
	}
	if p.tok().kind != endOfFile {
		p.invalid()
	}
	return e, nil
}

// newParser scans src and returns a parser at its first token.
func newParser(file, src string, f form, place func(Pos) Pos) *parser {
	if strings.Contains(src, "\r") {
		src = strings.ReplaceAll(strings.ReplaceAll(src, "\r\n", "\n"), "\r", "\n")
	}
	tokens, open := scan(file, src, f, place)
	return &parser{file: file, src: src, tokens: tokens, open: open}
}

// unclosed returns the error to report for err: a bracket that nothing closes
// explains whatever is wrong with it, in later lines or at the end.
func (p *parser) unclosed(err error) error {
	e, ok := err.(*Error)
	if !ok || p == nil || p.open == nil {
		return err
	}
	at := p.tok().from // where the parser was, unless it came back from an attempt
	if e.Line > at.Line || e.Line == at.Line && e.Col > at.Col {
		at = e.Pos
	}
	if at.Line > p.open.Line || at == p.open.Pos || at == p.tokens[len(p.tokens)-1].from {
		return p.open
	}
	return err
}

// recoverError is the one place where the panics of scanner and parser end.
func recoverError(err *error) {
	switch e := recover().(type) {
	case nil:
	case *Error:
		*err = e
	default:
		panic(e)
	}
}

// shift returns the function that moves a position of a text whose every line
// begins at the given place of a file.
func shift(at Pos) func(Pos) Pos {
	if at.Line <= 1 && at.Col <= 1 {
		return nil
	}
	line, col := max(at.Line, 1)-1, max(at.Col, 1)-1
	return func(p Pos) Pos { return Pos{p.Line + line, p.Col + col} }
}
