package markup

// A TermTable is a compiled set of terms. It is immutable.
type TermTable struct {
	auto  bool
	terms []Term
}

// NewTerms compiles terms that authors mark as {phrase} or {phrase|shown}.
func NewTerms(terms []Term) *TermTable { return &TermTable{terms: terms} }

// NewAutoTerms compiles terms that are marked wherever they occur as whole
// words, case ignored. They also answer to {phrase}.
func NewAutoTerms(terms []Term) *TermTable { return &TermTable{terms: terms, auto: true} }
