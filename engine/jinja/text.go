package jinja

import "colloquy/engine/python"

// TextOutput writes plain text; what came from outside stays marked.
type TextOutput struct{ text python.Text }

// Text implements [Output].
func (o *TextOutput) Text(th *python.Thread, p *Piece) error {
	o.text.WriteString(p.Text)
	return th.Alloc(len(p.Text))
}

// Value implements [Output]: it writes str(v).
func (o *TextOutput) Value(th *python.Thread, v python.Value, _ *Piece, _ *python.Namespace) error {
	s, err := th.Str(v)
	if err != nil {
		return err
	}
	o.text.Write(s)
	return th.Alloc(s.Len())
}

// Nested implements [Output].
func (o *TextOutput) Nested() Output { return new(TextOutput) }

// Result implements [Output].
func (o *TextOutput) Result() python.Value { return o.text.Str() }
