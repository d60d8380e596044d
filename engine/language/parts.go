package language

import (
	"strings"
	"unicode/utf8"
)

// Literal is the Item of a part that was taken from no argument.
const Literal = -1

// A Part is one piece of a result.
//
// If Item is Literal, Text is our own. Otherwise the piece stands for the
// bytes From to To of the argument number Item: usually verbatim, sometimes in
// another case.
type Part struct {
	Text     string
	Item     int
	From, To int
}

// Parts is a result in pieces, in reading order.
type Parts []Part

// String returns the result as plain text.
func (p Parts) String() string {
	if len(p) == 1 {
		return p[0].Text
	}
	var b strings.Builder
	for _, part := range p {
		b.WriteString(part.Text)
	}
	return b.String()
}

// Own returns text that was taken from no argument.
func Own(text string) Parts {
	return Parts(nil).own(text)
}

// Whole returns the whole of argument number item, unchanged.
func Whole(item int, text string) Parts {
	return Parts(nil).whole(item, text)
}

func (p Parts) own(text string) Parts {
	if text == "" {
		return p
	}
	return append(p, Part{Text: text, Item: Literal})
}

func (p Parts) whole(item int, text string) Parts {
	if text == "" {
		return p
	}
	return append(p, Part{Text: text, Item: item, To: len(text)})
}

// Capitalized returns the parts with the first character in upper case.
// Text of one character or less stays as it is (docassemble's documented
// capitalize leaves "a" alone).
func (p Parts) Capitalized() Parts {
	text := p.String()
	if upper := Capitalize(text); upper == text {
		return p
	}
	out := make(Parts, 0, len(p)+1)
	for i, part := range p {
		if part.Text == "" {
			continue
		}
		r, n := utf8.DecodeRuneInString(part.Text)
		head := part
		head.Text = upperFirst(r)
		if part.Item != Literal && part.To-part.From == len(part.Text) {
			head.To = part.From + n
			rest := part
			rest.Text, rest.From = part.Text[n:], part.From+n
			out = append(out, head)
			if rest.Text != "" {
				out = append(out, rest)
			}
		} else {
			head.Text += part.Text[n:]
			out = append(out, head)
		}
		return append(out, p[i+1:]...)
	}
	return out
}

// Trace compares what went into a function from text to text with what came
// out, and returns the result in parts: the common beginning and the common
// end are taken from argument 0. What lies between counts as taken from the
// part of the argument that it replaces, or as our own if it replaces nothing.
func Trace(in, out string) Parts {
	head := commonPrefix(in, out)
	tail := commonSuffix(in[head:], out[head:])
	var p Parts
	if head > 0 {
		p = append(p, Part{Text: out[:head], Item: 0, To: head})
	}
	if middle := out[head : len(out)-tail]; middle != "" {
		part := Part{Text: middle, Item: Literal}
		if replaced := len(in) - tail; replaced > head {
			part = Part{Text: middle, Item: 0, From: head, To: replaced}
		}
		p = append(p, part)
	}
	if tail > 0 {
		p = append(p, Part{Text: out[len(out)-tail:], Item: 0, From: len(in) - tail, To: len(in)})
	}
	return p
}

func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n > 0 && (n < len(a) && !utf8.RuneStart(a[n]) || n < len(b) && !utf8.RuneStart(b[n])) {
		n--
	}
	return n
}

func commonSuffix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	for n > 0 && !utf8.RuneStart(a[len(a)-n]) {
		n--
	}
	return n
}

// renumber returns the parts with item numbers changed by shift.
func (p Parts) renumber(shift int) Parts {
	out := make(Parts, len(p))
	for i, part := range p {
		if part.Item != Literal {
			part.Item += shift
		}
		out[i] = part
	}
	return out
}
