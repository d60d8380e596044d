package interview

// A Code is a compiled piece of Python: an expression or statements.
type Code struct {
	Source     string
	Pos        Pos
	Statements bool
}

// A Cond is a yes or no that is either written down or computed.
// Its zero value is a plain no.
type Cond struct {
	Set   bool  // the author wrote the key
	Value bool  // when Code is nil
	Code  *Code // nil for a literal
	Null  bool  // the author wrote null; Value is false
}

// Static reports the value of a condition that needs no evaluation.
func (c Cond) Static() (value, ok bool) { return c.Value, c.Code == nil }
