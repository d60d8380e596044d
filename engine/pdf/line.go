package pdf

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"colloquy/engine/doc"
)

// A kind says what an item is.
type kind uint8

const (
	words   kind = iota // text without blanks
	glue                // a blank, at which a line may end
	fixed               // something of a width of its own
	tab                 // to the next tab stop
	tabTo               // to a certain place
	fill                // what is left of the line
	newline             // the end of a line
	counter             // a number known when pages are: counter says which
)

// An item is the smallest part of a line.
type item struct {
	kind  kind
	text  string
	face  *face
	size  float64
	rise  float64 // of the base line
	style doc.Style
	link  string
	width float64
	what  doc.Inline // fixed: what is drawn
	field doc.FieldKind
	at    float64 // tabTo: the place
	note  *note   // words that are the mark of a note
	el    *element
	x     float64 // from the edge of the frame, once placed
}

// tabStop is how far apart tab stops are.
const tabStop = 36

// fieldDigits is the text for which space is left where a number will be.
const fieldDigits = "00"

// items turns inlines into items of a size.
func (l *layout) items(in []doc.Inline, size float64) []item {
	var out []item
	for _, i := range in {
		switch i := i.(type) {
		case *doc.Text:
			out = l.textItems(out, i, size)
		case *doc.Break:
			out = append(out, item{kind: newline, size: size, face: l.fonts.text[regular]})
		case *doc.Tab:
			out = append(out, item{kind: tab, size: size})
		case *doc.Blank:
			out = append(out, item{kind: fixed, what: i, width: i.Width, size: size, face: l.fonts.text[regular], el: l.element})
		case *doc.Box:
			out = append(out, item{kind: fixed, what: i, width: size * 0.9, size: size, face: l.fonts.text[regular], el: l.figure("check box")})
		case *doc.Bar:
			out = append(out, item{kind: fixed, what: i, width: float64(i.Units) * size * 0.5, size: size, face: l.fonts.text[regular], el: l.figure("redacted")})
		case *doc.Fill:
			out = append(out, item{kind: fill, what: i, size: size, face: l.fonts.text[regular], el: l.element})
		case *doc.Image:
			out = append(out, l.imageItem(i, size))
		case *doc.Field:
			out = append(out, l.fieldItem(i, size))
		case *doc.Note:
			out = append(out, l.noteItem(i, size))
		case *doc.Anchor:
			l.pending = append(l.pending, l.mark(i.ID))
		}
	}
	return out
}

func (l *layout) imageItem(i *doc.Image, size float64) item {
	width := min(i.Width, l.width)
	scaled := *i
	scaled.Width, scaled.Height = width, i.Height*width/max(i.Width, 1)
	return item{kind: fixed, what: &scaled, width: width, size: size, face: l.fonts.text[regular], link: i.Link, el: l.figure(i.Alt)}
}

func (l *layout) fieldItem(i *doc.Field, size float64) item {
	f := l.fonts.of(i.Style)
	it := item{kind: counter, field: i.Kind, face: f, size: size, style: i.Style, width: f.width(fieldDigits, size), el: l.element}
	if i.Kind == doc.SectionNumber {
		it.text = strings.TrimSuffix(l.section, ".")
		it.width = f.width(it.text, size)
	}
	return it
}

// textItems parts text at blanks and where else a line may end.
func (l *layout) textItems(out []item, t *doc.Text, size float64) []item {
	el := l.element
	if t.Link != "" {
		el = l.linkElement(t.Link)
	}
	f := l.fonts.of(t.Style)
	base := item{kind: words, face: f, size: size, style: t.Style, link: t.Link, el: el}
	if t.Style.Code {
		base.size *= 0.88
	}
	switch {
	case t.Style.Sup:
		base.rise, base.size = size*0.33, base.size*0.66
	case t.Style.Sub:
		base.rise, base.size = -size*0.14, base.size*0.66
	}
	text := l.settable(t.Text, f)
	for text != "" {
		n := nextPiece(text)
		it := base
		it.text = text[:n]
		if it.text == " " {
			it.kind = glue
		}
		text = text[n:]
		if t.Style.SmallCaps && it.kind == words {
			out = append(out, smallCaps(it)...)
			continue
		}
		it.width = f.width(it.text, it.size)
		out = append(out, it)
	}
	return out
}

// nextPiece is the length of the text up to the next place where a line may
// end: a blank, behind a hyphen or dash within a word, around an ideograph.
func nextPiece(s string) int {
	if s[0] == ' ' {
		return 1
	}
	for i, r := range s {
		n := i + utf8.RuneLen(r)
		switch {
		case r == ' ':
			return i
		case i > 0 && n < len(s) && s[n] != ' ' && (r == '-' || r == '–' || r == '—' || r == '/'):
			return n
		case unicode.Is(unicode.Han, r):
			return n
		}
	}
	return len(s)
}

// smallCaps sets small letters as small capitals.
func smallCaps(it item) []item {
	var out []item
	for from := 0; from < len(it.text); {
		r, _ := utf8.DecodeRuneInString(it.text[from:])
		small := unicode.IsLower(r)
		to := from
		for i, r := range it.text[from:] {
			if unicode.IsLower(r) != small {
				break
			}
			to = from + i + utf8.RuneLen(r)
		}
		part := it
		part.text = it.text[from:to]
		if small {
			part.text, part.size = strings.ToUpper(part.text), it.size*0.8
		}
		part.width = part.face.width(part.text, part.size)
		out = append(out, part)
		from = to
	}
	return out
}

// A line is a row of items, placed.
type line struct {
	items []item
	width float64 // of what is on it, trailing blanks apart
	full  bool    // a fill takes it to its end
}

// A measure says how wide lines are: the first begins at first, the others at
// rest, and all end at end.
type measure struct{ first, rest, end float64 }

// lines breaks items greedily into lines.
func (m measure) lines(items []item) []line {
	var out []line
	start := m.first
	for len(items) > 0 {
		n, skip := m.fit(items, start)
		if n == 0 && skip == 0 { // not even the first item fits: part it
			items = m.part(items, start)
			n, skip = 1, 0
		}
		out = append(out, m.place(items[:n], start))
		items = items[n+skip:]
		for len(items) > 0 && items[0].kind == glue && (n == 0 || skip == 0) {
			items = items[1:]
		}
		start = m.rest
	}
	return out
}

// fit says how many items go on a line, and whether one more is used up: the
// blank or the line end behind them.
func (m measure) fit(items []item, start float64) (n, skip int) {
	x := start
	good, goodSkip := 0, 0
	for i, it := range items {
		if it.kind == newline {
			return i, 1
		}
		w := advance(it, x)
		if it.kind != glue && x+w > m.end+0.01 {
			return good, goodSkip
		}
		x += w
		switch {
		case it.kind == glue:
			good, goodSkip = i, 1
		case it.kind == words && i+1 < len(items) && canPart(it, items[i+1]):
			good, goodSkip = i+1, 0
		case it.kind == fixed && i+1 < len(items) && items[i+1].kind == fixed:
			good, goodSkip = i+1, 0
		}
		if i+1 == len(items) {
			return len(items), 0
		}
	}
	return good, goodSkip
}

// canPart says whether a line may end between two items that touch.
func canPart(a, b item) bool {
	if b.kind != words || a.link != b.link || a.rise != b.rise {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(a.text)
	return strings.ContainsRune("-–—/", r) || unicode.Is(unicode.Han, r)
}

// advance is how far an item goes from x.
func advance(it item, x float64) float64 {
	switch it.kind {
	case tab:
		return tabStop*(math.Floor(x/tabStop+0.01)+1) - x
	case tabTo:
		return max(it.at-x, it.size*0.4)
	}
	return it.width
}

// part cuts the first word of items so that its first part fits; at least one
// letter does. Addresses are cut behind a sign, if there is one.
func (m measure) part(items []item, start float64) []item {
	it := items[0]
	room := m.end - start
	if it.kind != words {
		return items
	}
	end, sign, w := 0, 0, 0.0
	for i, r := range it.text {
		n := i + utf8.RuneLen(r)
		if w += it.face.width(string(r), it.size); w > room && i > 0 {
			break
		}
		end = n
		if strings.ContainsRune("/._-?&=:@,", r) {
			sign = n
		}
	}
	if sign > 0 && sign < len(it.text) && end < len(it.text) {
		end = sign
	}
	if end >= len(it.text) {
		return items
	}
	head, tail := it, it
	head.text, tail.text = it.text[:end], it.text[end:]
	head.width, tail.width = it.face.width(head.text, it.size), it.face.width(tail.text, it.size)
	return append([]item{head, tail}, items[1:]...)
}

// place gives the items of a line their places.
func (m measure) place(items []item, start float64) line {
	for len(items) > 0 && items[len(items)-1].kind == glue {
		items = items[:len(items)-1]
	}
	ln := line{items: make([]item, len(items))}
	copy(ln.items, items)
	fills, used := 0, start
	for _, it := range ln.items {
		if it.kind == fill {
			fills++
		}
		used += advance(it, used)
	}
	x := start
	for i := range ln.items {
		it := &ln.items[i]
		it.x = x
		if it.kind == fill {
			it.width = max(0, m.end-used) / float64(fills)
			ln.full = true
			x += it.width
			continue
		}
		x += advance(*it, x)
	}
	ln.width = x - start
	return ln
}
