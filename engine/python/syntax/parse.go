package syntax

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
	return nil, &Error{File: name, Pos: Pos{1, 1}, Kind: "SyntaxError", Msg: "invalid syntax"}
}

// ParseExprFunc is ParseExpr with place telling where in the file a position
// of src stands; nil leaves positions as they are.
func ParseExprFunc(name, src string, place func(Pos) Pos) (Expr, error) {
	return nil, &Error{File: name, Pos: Pos{1, 1}, Kind: "SyntaxError", Msg: "invalid syntax"}
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
