package syntax

// Inspect calls visit for n and, where it returns true, for the parts of n, in
// about the order in which they are written.
func Inspect(n Node, visit func(Node) bool) {
	if visit(n) {
		Children(n, func(c Node) { Inspect(c, visit) })
	}
}

// Children calls visit for each part right below n; there are no nil parts.
func Children(n Node, visit func(Node)) {
	switch n := n.(type) {
	case *File:
		each(n.Body, visit)
	case Stmt:
		stmtChildren(n, visit)
	case Expr:
		exprChildren(n, visit)
	case Pattern:
		patternChildren(n, visit)
	default:
		partChildren(n, visit)
	}
}

func each[T Node](list []T, visit func(Node)) {
	for _, n := range list {
		visit(n)
	}
}

// some visits the expressions that are there.
func some(visit func(Node), list ...Expr) {
	for _, e := range list {
		if e != nil {
			visit(e)
		}
	}
}

func stmtChildren(n Stmt, visit func(Node)) {
	switch n := n.(type) {
	case *FunctionDef, *ClassDef, *For, *While, *If, *With, *Match, *Try:
		compoundChildren(n, visit)
	case *Return:
		some(visit, n.Value)
	case *Delete:
		each(n.Targets, visit)
	case *Assign:
		each(n.Targets, visit)
		visit(n.Value)
	case *AugAssign:
		some(visit, n.Target, n.Value)
	case *AnnAssign:
		some(visit, n.Target, n.Annotation, n.Value)
	case *TypeAlias:
		visit(n.Name)
		each(n.TypeParams, visit)
		visit(n.Value)
	case *Raise:
		some(visit, n.Exc, n.Cause)
	case *Assert:
		some(visit, n.Test, n.Msg)
	case *Import:
		each(n.Names, visit)
	case *ImportFrom:
		each(n.Names, visit)
	case *ExprStmt:
		visit(n.Value)
	}
}

func compoundChildren(n Stmt, visit func(Node)) {
	switch n := n.(type) {
	case *FunctionDef:
		each(n.DecoratorList, visit)
		each(n.TypeParams, visit)
		visit(n.Args)
		some(visit, n.Returns)
		each(n.Body, visit)
	case *ClassDef:
		each(n.DecoratorList, visit)
		each(n.TypeParams, visit)
		each(n.Bases, visit)
		each(n.Keywords, visit)
		each(n.Body, visit)
	case *For:
		some(visit, n.Target, n.Iter)
		each(n.Body, visit)
		each(n.Orelse, visit)
	case *While:
		visit(n.Test)
		each(n.Body, visit)
		each(n.Orelse, visit)
	case *If:
		visit(n.Test)
		each(n.Body, visit)
		each(n.Orelse, visit)
	case *With:
		each(n.Items, visit)
		each(n.Body, visit)
	case *Match:
		visit(n.Subject)
		each(n.Cases, visit)
	case *Try:
		each(n.Body, visit)
		each(n.Handlers, visit)
		each(n.Orelse, visit)
		each(n.Finalbody, visit)
	}
}

func exprChildren(n Expr, visit func(Node)) {
	switch n := n.(type) {
	case *BoolOp:
		each(n.Values, visit)
	case *NamedExpr:
		visit(n.Target)
		visit(n.Value)
	case *BinOp:
		some(visit, n.Left, n.Right)
	case *UnaryOp:
		visit(n.Operand)
	case *Lambda:
		visit(n.Args)
		visit(n.Body)
	case *IfExp:
		some(visit, n.Body, n.Test, n.Orelse)
	case *Compare:
		visit(n.Left)
		each(n.Comparators, visit)
	case *Call:
		visit(n.Func)
		each(n.Args, visit)
		each(n.Keywords, visit)
	case *Attribute:
		visit(n.Value)
	case *Subscript:
		some(visit, n.Value, n.Slice)
	case *Slice:
		some(visit, n.Lower, n.Upper, n.Step)
	case *Starred:
		visit(n.Value)
	case *Yield:
		some(visit, n.Value)
	case *YieldFrom:
		visit(n.Value)
	default:
		displayChildren(n, visit)
	}
}

func displayChildren(n Expr, visit func(Node)) {
	switch n := n.(type) {
	case *List:
		each(n.Elts, visit)
	case *Tuple:
		each(n.Elts, visit)
	case *Set:
		each(n.Elts, visit)
	case *Dict:
		for i, k := range n.Keys {
			some(visit, k, n.Values[i])
		}
	case *ListComp:
		visit(n.Elt)
		each(n.Generators, visit)
	case *SetComp:
		visit(n.Elt)
		each(n.Generators, visit)
	case *GeneratorExp:
		visit(n.Elt)
		each(n.Generators, visit)
	case *DictComp:
		some(visit, n.Key, n.Value)
		each(n.Generators, visit)
	case *JoinedStr:
		each(n.Values, visit)
	case *FormattedValue:
		visit(n.Value)
		if n.FormatSpec != nil {
			visit(n.FormatSpec)
		}
	}
}

func patternChildren(n Pattern, visit func(Node)) {
	switch n := n.(type) {
	case *MatchValue:
		visit(n.Value)
	case *MatchSequence:
		each(n.Patterns, visit)
	case *MatchMapping:
		for i, k := range n.Keys {
			visit(k)
			visit(n.Patterns[i])
		}
	case *MatchClass:
		visit(n.Cls)
		each(n.Patterns, visit)
		each(n.KwdPatterns, visit)
	case *MatchAs:
		if n.Pattern != nil {
			visit(n.Pattern)
		}
	case *MatchOr:
		each(n.Patterns, visit)
	}
}

func partChildren(n Node, visit func(Node)) {
	switch n := n.(type) {
	case *Arguments:
		argumentsChildren(n, visit)
	case *Arg:
		some(visit, n.Annotation)
	case *Keyword:
		visit(n.Value)
	case *WithItem:
		some(visit, n.ContextExpr, n.OptionalVars)
	case *MatchCase:
		visit(n.Pattern)
		some(visit, n.Guard)
		each(n.Body, visit)
	case *ExceptHandler:
		some(visit, n.Type)
		each(n.Body, visit)
	case *Comprehension:
		some(visit, n.Target, n.Iter)
		each(n.Ifs, visit)
	case *TypeParam:
		some(visit, n.Bound)
	}
}

func argumentsChildren(n *Arguments, visit func(Node)) {
	each(n.Posonlyargs, visit)
	each(n.Args, visit)
	if n.Vararg != nil {
		visit(n.Vararg)
	}
	each(n.Kwonlyargs, visit)
	if n.Kwarg != nil {
		visit(n.Kwarg)
	}
	some(visit, n.Defaults...)
	some(visit, n.KwDefaults...)
}
