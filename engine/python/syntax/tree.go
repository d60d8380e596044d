package syntax

// A Pos is a place in a file: line and column count from 1, columns in
// characters. The zero Pos is no place.
type Pos struct{ Line, Col int }

// A Span is the text of a node: From its first character up to, but without, To.
type Span struct{ From, To Pos }

// Start returns the place of the first character.
func (s Span) Start() Pos { return s.From }

// End returns the place after the last character.
func (s Span) End() Pos { return s.To }

// A Node is any part of the tree.
type Node interface {
	Start() Pos
	End() Pos
}

// A Stmt is a statement.
type Stmt interface {
	Node
	stmt()
}

// An Expr is an expression.
type Expr interface {
	Node
	expr()
}

// A Pattern is what follows case in a match statement.
type Pattern interface {
	Node
	pattern()
}

// A File is a parsed file or block of code (ast.Module).
type File struct {
	Span
	Name string // as given to ParseFile, for messages
	Body []Stmt
}

// Statements.
type (
	// FunctionDef is def Name(Args) -> Returns: Body.
	FunctionDef struct {
		Span
		Name          string
		NamePos       Pos
		Args          *Arguments
		Body          []Stmt
		DecoratorList []Expr
		Returns       Expr // or nil
		TypeParams    []*TypeParam
	}
	// ClassDef is class Name(Bases, Keywords): Body.
	ClassDef struct {
		Span
		Name          string
		NamePos       Pos
		Bases         []Expr
		Keywords      []*Keyword
		Body          []Stmt
		DecoratorList []Expr
		TypeParams    []*TypeParam
	}
	// Return is return Value; Value may be nil.
	Return struct {
		Span
		Value Expr
	}
	// Delete is del Targets.
	Delete struct {
		Span
		Targets []Expr
	}
	// Assign is Targets[0] = Targets[1] = ... = Value.
	Assign struct {
		Span
		Targets []Expr
		Value   Expr
	}
	// AugAssign is Target Op= Value.
	AugAssign struct {
		Span
		Target Expr
		Op     Operator
		Value  Expr
	}
	// AnnAssign is Target: Annotation = Value; Value may be nil. Simple tells a
	// bare name from a name in parentheses, an attribute or a subscript.
	AnnAssign struct {
		Span
		Target     Expr
		Annotation Expr
		Value      Expr
		Simple     bool
	}
	// TypeAlias is type Name[TypeParams] = Value.
	TypeAlias struct {
		Span
		Name       *Name
		TypeParams []*TypeParam
		Value      Expr
	}
	// For is for Target in Iter: Body else: Orelse.
	For struct {
		Span
		Target Expr
		Iter   Expr
		Body   []Stmt
		Orelse []Stmt
	}
	// While is while Test: Body else: Orelse.
	While struct {
		Span
		Test   Expr
		Body   []Stmt
		Orelse []Stmt
	}
	// If is if Test: Body else: Orelse; elif is an If alone in Orelse.
	If struct {
		Span
		Test   Expr
		Body   []Stmt
		Orelse []Stmt
	}
	// With is with Items: Body.
	With struct {
		Span
		Items []*WithItem
		Body  []Stmt
	}
	// Match is match Subject: Cases.
	Match struct {
		Span
		Subject Expr
		Cases   []*MatchCase
	}
	// Raise is raise Exc from Cause; both may be nil.
	Raise struct {
		Span
		Exc   Expr
		Cause Expr
	}
	// Try is try: Body, then Handlers, else: Orelse, finally: Finalbody. With
	// Star the handlers are except* (ast.TryStar).
	Try struct {
		Span
		Body      []Stmt
		Handlers  []*ExceptHandler
		Orelse    []Stmt
		Finalbody []Stmt
		Star      bool
	}
	// Assert is assert Test, Msg; Msg may be nil.
	Assert struct {
		Span
		Test Expr
		Msg  Expr
	}
	// Import is import Names.
	Import struct {
		Span
		Names []*Alias
	}
	// ImportFrom is from Module import Names, with Level leading dots. Module is
	// empty in "from . import a"; the one name "*" imports everything.
	ImportFrom struct {
		Span
		Module string
		Names  []*Alias
		Level  int
	}
	// Global is global Names.
	Global struct {
		Span
		Names []string
	}
	// Nonlocal is nonlocal Names.
	Nonlocal struct {
		Span
		Names []string
	}
	// ExprStmt is an expression standing alone (ast.Expr).
	ExprStmt struct {
		Span
		Value Expr
	}
	// Pass is pass.
	Pass struct{ Span }
	// Break is break.
	Break struct{ Span }
	// Continue is continue.
	Continue struct{ Span }
)

// Expressions.
type (
	// BoolOp is Values[0] Op Values[1] ..., two or more values.
	BoolOp struct {
		Span
		Op     BoolOperator
		Values []Expr
	}
	// NamedExpr is (Target := Value).
	NamedExpr struct {
		Span
		Target *Name
		Value  Expr
	}
	// BinOp is Left Op Right.
	BinOp struct {
		Span
		Left  Expr
		Op    Operator
		Right Expr
	}
	// UnaryOp is Op Operand.
	UnaryOp struct {
		Span
		Op      UnaryOperator
		Operand Expr
	}
	// Lambda is lambda Args: Body.
	Lambda struct {
		Span
		Args *Arguments
		Body Expr
	}
	// IfExp is Body if Test else Orelse.
	IfExp struct {
		Span
		Test   Expr
		Body   Expr
		Orelse Expr
	}
	// Dict is {Keys[i]: Values[i], ...}; a nil key is **Values[i].
	Dict struct {
		Span
		Keys   []Expr
		Values []Expr
	}
	// Set is {Elts...}, never empty.
	Set struct {
		Span
		Elts []Expr
	}
	// ListComp is [Elt for ...].
	ListComp struct {
		Span
		Elt        Expr
		Generators []*Comprehension
	}
	// SetComp is {Elt for ...}.
	SetComp struct {
		Span
		Elt        Expr
		Generators []*Comprehension
	}
	// DictComp is {Key: Value for ...}.
	DictComp struct {
		Span
		Key        Expr
		Value      Expr
		Generators []*Comprehension
	}
	// GeneratorExp is (Elt for ...).
	GeneratorExp struct {
		Span
		Elt        Expr
		Generators []*Comprehension
	}
	// Yield is yield Value; Value may be nil.
	Yield struct {
		Span
		Value Expr
	}
	// YieldFrom is yield from Value.
	YieldFrom struct {
		Span
		Value Expr
	}
	// Compare is Left Ops[0] Comparators[0] Ops[1] Comparators[1] ...
	Compare struct {
		Span
		Left        Expr
		Ops         []CmpOp
		Comparators []Expr
	}
	// Call is Func(Args, Keywords). A *Starred in Args is *args, a Keyword
	// without a name is **kwargs; positions tell the written order.
	Call struct {
		Span
		Func     Expr
		Args     []Expr
		Keywords []*Keyword
	}
	// JoinedStr is an f-string: Values are string Constants and FormattedValues.
	JoinedStr struct {
		Span
		Values []Expr
	}
	// FormattedValue is {Value!Conversion:FormatSpec} in an f-string.
	// Conversion is 0, 's', 'r' or 'a'; FormatSpec may be nil.
	FormattedValue struct {
		Span
		Value      Expr
		Conversion rune
		FormatSpec *JoinedStr
	}
	// Constant is a literal. Value is nil (None), bool, int64, *big.Int (only
	// beyond int64), float64, complex128, string, []byte or Ellipsis.
	Constant struct {
		Span
		Value any
	}
	// Attribute is Value.Attr.
	Attribute struct {
		Span
		Value Expr
		Attr  string
	}
	// Subscript is Value[Slice]; more than one index is a Tuple.
	Subscript struct {
		Span
		Value Expr
		Slice Expr
	}
	// Starred is *Value, in calls, displays, targets and indices.
	Starred struct {
		Span
		Value Expr
	}
	// Name is an identifier, normalised to NFKC.
	Name struct {
		Span
		ID string
	}
	// List is [Elts...].
	List struct {
		Span
		Elts []Expr
	}
	// Tuple is Elts[0], Elts[1], ..., with or without parentheses.
	Tuple struct {
		Span
		Elts []Expr
	}
	// Slice is Lower:Upper:Step, only as an index; each may be nil.
	Slice struct {
		Span
		Lower Expr
		Upper Expr
		Step  Expr
	}
)

// Ellipsis is the value of the Constant "...".
type Ellipsis struct{}

// Patterns.
type (
	// MatchValue is a literal or dotted name compared with ==.
	MatchValue struct {
		Span
		Value Expr
	}
	// MatchSingleton is None, True or False, compared with is; Value is nil or bool.
	MatchSingleton struct {
		Span
		Value any
	}
	// MatchSequence is [Patterns...] or (Patterns...).
	MatchSequence struct {
		Span
		Patterns []Pattern
	}
	// MatchMapping is {Keys[i]: Patterns[i], **Rest}; Rest may be empty.
	MatchMapping struct {
		Span
		Keys     []Expr
		Patterns []Pattern
		Rest     string
	}
	// MatchClass is Cls(Patterns, KwdAttrs[i]=KwdPatterns[i]).
	MatchClass struct {
		Span
		Cls         Expr
		Patterns    []Pattern
		KwdAttrs    []string
		KwdPatterns []Pattern
	}
	// MatchStar is *Name within a sequence; an empty Name is *_.
	MatchStar struct {
		Span
		Name string
	}
	// MatchAs is Pattern as Name; without Pattern a capture, without Name also
	// the wildcard _.
	MatchAs struct {
		Span
		Pattern Pattern
		Name    string
	}
	// MatchOr is Patterns[0] | Patterns[1] ...
	MatchOr struct {
		Span
		Patterns []Pattern
	}
)

// Parts of statements and expressions.
type (
	// Arguments are the parameters of a function. Defaults belong to the last
	// parameters of Posonlyargs and Args together; KwDefaults run beside
	// Kwonlyargs, nil where there is none.
	Arguments struct {
		Span
		Posonlyargs []*Arg
		Args        []*Arg
		Vararg      *Arg // or nil
		Kwonlyargs  []*Arg
		KwDefaults  []Expr
		Kwarg       *Arg // or nil
		Defaults    []Expr
	}
	// Arg is one parameter; Annotation may be nil.
	Arg struct {
		Span
		Arg        string
		Annotation Expr
	}
	// Keyword is Arg=Value in a call or class header; an empty Arg is **Value.
	Keyword struct {
		Span
		Arg   string
		Value Expr
	}
	// Alias is Name as Asname; Asname may be empty.
	Alias struct {
		Span
		Name   string
		Asname string
	}
	// WithItem is ContextExpr as OptionalVars; OptionalVars may be nil.
	WithItem struct {
		Span
		ContextExpr  Expr
		OptionalVars Expr
	}
	// MatchCase is case Pattern if Guard: Body; Guard may be nil.
	MatchCase struct {
		Span
		Pattern Pattern
		Guard   Expr
		Body    []Stmt
	}
	// ExceptHandler is except Type as Name: Body; Type may be nil, Name empty.
	ExceptHandler struct {
		Span
		Type Expr
		Name string
		Body []Stmt
	}
	// Comprehension is for Target in Iter if Ifs[0] if Ifs[1] ...
	Comprehension struct {
		Span
		Target Expr
		Iter   Expr
		Ifs    []Expr
	}
	// TypeParam is one of [T: Bound, *Ts, **P].
	TypeParam struct {
		Span
		Kind  TypeParamKind
		Name  string
		Bound Expr // or nil
	}
)

// TypeParamKind tells the three kinds of type parameters apart.
type TypeParamKind uint8

// The kinds of type parameters.
const (
	TypeVar      TypeParamKind = iota // T
	TypeVarTuple                      // *Ts
	ParamSpec                         // **P
)

func (*FunctionDef) stmt() {}
func (*ClassDef) stmt()    {}
func (*Return) stmt()      {}
func (*Delete) stmt()      {}
func (*Assign) stmt()      {}
func (*AugAssign) stmt()   {}
func (*AnnAssign) stmt()   {}
func (*TypeAlias) stmt()   {}
func (*For) stmt()         {}
func (*While) stmt()       {}
func (*If) stmt()          {}
func (*With) stmt()        {}
func (*Match) stmt()       {}
func (*Raise) stmt()       {}
func (*Try) stmt()         {}
func (*Assert) stmt()      {}
func (*Import) stmt()      {}
func (*ImportFrom) stmt()  {}
func (*Global) stmt()      {}
func (*Nonlocal) stmt()    {}
func (*ExprStmt) stmt()    {}
func (*Pass) stmt()        {}
func (*Break) stmt()       {}
func (*Continue) stmt()    {}

func (*BoolOp) expr()         {}
func (*NamedExpr) expr()      {}
func (*BinOp) expr()          {}
func (*UnaryOp) expr()        {}
func (*Lambda) expr()         {}
func (*IfExp) expr()          {}
func (*Dict) expr()           {}
func (*Set) expr()            {}
func (*ListComp) expr()       {}
func (*SetComp) expr()        {}
func (*DictComp) expr()       {}
func (*GeneratorExp) expr()   {}
func (*Yield) expr()          {}
func (*YieldFrom) expr()      {}
func (*Compare) expr()        {}
func (*Call) expr()           {}
func (*JoinedStr) expr()      {}
func (*FormattedValue) expr() {}
func (*Constant) expr()       {}
func (*Attribute) expr()      {}
func (*Subscript) expr()      {}
func (*Starred) expr()        {}
func (*Name) expr()           {}
func (*List) expr()           {}
func (*Tuple) expr()          {}
func (*Slice) expr()          {}

func (*MatchValue) pattern()     {}
func (*MatchSingleton) pattern() {}
func (*MatchSequence) pattern()  {}
func (*MatchMapping) pattern()   {}
func (*MatchClass) pattern()     {}
func (*MatchStar) pattern()      {}
func (*MatchAs) pattern()        {}
func (*MatchOr) pattern()        {}
