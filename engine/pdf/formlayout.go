package pdf

import (
	"bytes"
	"fmt"
	"strings"
)

// A boxLayout sets text into the box of a field.
type boxLayout struct {
	style
	width, height float64
	pad           float64 // between the box and the text, left and right
	overflows     bool
}

// Shares of the size of a font: height of capitals, line spacing.
const (
	capHeight = 0.7
	leading   = 1.15
)

func (l *boxLayout) begin(b *bytes.Buffer) {
	fmt.Fprintf(b, "%s\n/%s %s Tf\n", l.color, l.face.name, decimal(l.size))
}

// show writes a line whose baseline is at y.
func (l *boxLayout) show(b *bytes.Buffer, line string, y float64) {
	x := l.pad
	switch free := l.width - l.face.width(line, l.size); l.align {
	case 1:
		x = free / 2
	case 2:
		x = free - l.pad
	}
	l.put(b, line, x, y)
}

func (l *boxLayout) put(b *bytes.Buffer, s string, x, y float64) {
	fmt.Fprintf(b, "1 0 0 1 %s %s Tm <%x> Tj\n", decimal(x), decimal(y), l.face.codes(s))
}

// one sets a single line.
func (l *boxLayout) one(b *bytes.Buffer, text string) {
	if room := l.width - 2*l.pad; l.size == 0 {
		l.size = min(largestFit, max(smallestFit, (l.height-2)/leading))
		if w := l.face.width(text, 1); w > 0 {
			l.size = max(smallestFit, min(l.size, room/w))
		}
	}
	l.overflows = l.face.width(text, l.size) > l.width-l.pad
	l.begin(b)
	l.show(b, text, (l.height-l.size*capHeight)/2)
}

// many sets lines from the top, breaking those that are too long.
func (l *boxLayout) many(b *bytes.Buffer, text string) {
	fit := l.size == 0
	if fit {
		l.size = largestFit
	}
	lines := l.wrap(text)
	for fit && l.size > smallestFit && float64(len(lines))*l.size*leading+l.pad > l.height {
		l.size = max(smallestFit, l.size-0.5)
		lines = l.wrap(text)
	}
	l.overflows = float64(len(lines))*l.size*leading > l.height
	l.begin(b)
	y := l.height - l.pad - l.size*0.9
	for _, line := range lines {
		l.show(b, line, y)
		y -= l.size * leading
	}
}

// wrap breaks text into lines that fit.
func (l *boxLayout) wrap(text string) []string {
	var out []string
	room := l.width - 2*l.pad
	for _, paragraph := range strings.Split(text, "\n") {
		line := ""
		for _, word := range strings.SplitAfter(paragraph, " ") {
			if line != "" && l.face.width(line+strings.TrimRight(word, " "), l.size) > room {
				out, line = append(out, strings.TrimRight(line, " ")), ""
			}
			for l.face.width(strings.TrimRight(word, " "), l.size) > room {
				n := l.fitting(word, room)
				if n == len(word) {
					break
				}
				out, word = append(out, word[:n]), word[n:]
			}
			line += word
		}
		out = append(out, strings.TrimRight(line, " "))
	}
	return out
}

// fitting is how many bytes of a word fit into room, one character at least.
func (l *boxLayout) fitting(word string, room float64) int {
	n := 0
	for i, r := range word {
		end := i + len(string(r))
		if n > 0 && l.face.width(word[:end], l.size) > room {
			break
		}
		n = end
	}
	return n
}

// comb sets each character into a cell of its own.
func (l *boxLayout) comb(b *bytes.Buffer, text string, cells int) {
	if l.size == 0 {
		l.size = min(largestFit, max(smallestFit, (l.height-2)/leading))
	}
	letters := []rune(text)
	l.overflows = len(letters) > cells
	l.begin(b)
	cell := l.width / float64(cells)
	start := 0
	switch free := max(0, cells-len(letters)); l.align {
	case 1:
		start = free / 2
	case 2:
		start = free
	}
	for i, r := range letters {
		c := string(r)
		l.put(b, c, float64(start+i)*cell+(cell-l.face.width(c, l.size))/2, (l.height-l.size*capHeight)/2)
	}
}
