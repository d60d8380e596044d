package syntax

// An Operator stands between two operands, or before = in an AugAssign.
type Operator uint8

// The operators.
const (
	Add Operator = iota
	Sub
	Mult
	MatMult
	Div
	Mod
	Pow
	LShift
	RShift
	BitOr
	BitXor
	BitAnd
	FloorDiv
)

var operatorText = [...]string{"+", "-", "*", "@", "/", "%", "**", "<<", ">>", "|", "^", "&", "//"}
var operatorName = [...]string{"Add", "Sub", "Mult", "MatMult", "Div", "Mod", "Pow", "LShift", "RShift", "BitOr", "BitXor", "BitAnd", "FloorDiv"}

// String returns the operator as written, such as "//".
func (o Operator) String() string { return operatorText[o] }

// A UnaryOperator stands before its operand.
type UnaryOperator uint8

// The unary operators.
const (
	Invert UnaryOperator = iota
	Not
	UAdd
	USub
)

var unaryText = [...]string{"~", "not", "+", "-"}
var unaryName = [...]string{"Invert", "Not", "UAdd", "USub"}

// String returns the operator as written, such as "not".
func (o UnaryOperator) String() string { return unaryText[o] }

// A BoolOperator is And or Or.
type BoolOperator uint8

// The boolean operators.
const (
	And BoolOperator = iota
	Or
)

// String returns "and" or "or".
func (o BoolOperator) String() string {
	if o == And {
		return "and"
	}
	return "or"
}

// A CmpOp compares two values.
type CmpOp uint8

// The comparisons.
const (
	Eq CmpOp = iota
	NotEq
	Lt
	LtE
	Gt
	GtE
	Is
	IsNot
	In
	NotIn
)

var cmpText = [...]string{"==", "!=", "<", "<=", ">", ">=", "is", "is not", "in", "not in"}
var cmpName = [...]string{"Eq", "NotEq", "Lt", "LtE", "Gt", "GtE", "Is", "IsNot", "In", "NotIn"}

// String returns the comparison as written, such as "not in".
func (o CmpOp) String() string { return cmpText[o] }
