package interview

// A Text is a piece of words: verbatim or a Mako template.
type Text struct {
	Source string
	Pos    Pos
}
