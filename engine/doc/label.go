package doc

import (
	"strconv"
	"strings"
)

// bullets are the marks of nested unordered lists; they repeat.
var bullets = [...]string{"•", "–"}

// Label is the mark of the i-th item, from 0.
func (l *List) Label(i int) string {
	if l.Numbering == Bullets {
		return bullets[l.Depth%len(bullets)]
	}
	n := l.Numbering.Figure(l.Start + i)
	switch l.Delimiter {
	case OneParen:
		return n + ")"
	case TwoParens:
		return "(" + n + ")"
	default:
		return n + "."
	}
}

// Figure writes the number n in the numbering's figures. Numbers that the
// figures cannot write come out in decimal.
func (k Numbering) Figure(n int) string {
	switch {
	case k == LowerAlpha && n > 0:
		return strings.ToLower(letters(n))
	case k == UpperAlpha && n > 0:
		return letters(n)
	case k == LowerRoman && n > 0 && n < 4000:
		return strings.ToLower(roman(n))
	case k == UpperRoman && n > 0 && n < 4000:
		return roman(n)
	default:
		return strconv.Itoa(n)
	}
}

// letters counts A, B ... Z, AA, AB ...
func letters(n int) string {
	var out []byte
	for ; n > 0; n = (n - 1) / 26 {
		out = append(out, byte('A'+(n-1)%26))
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return string(out)
}

var romans = []struct {
	worth  int
	figure string
}{
	{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"},
	{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
}

func roman(n int) string {
	var b strings.Builder
	for _, r := range romans {
		for ; n >= r.worth; n -= r.worth {
			b.WriteString(r.figure)
		}
	}
	return b.String()
}

// romanValue reads Roman figures in capitals. It returns 0 if s is none.
func romanValue(s string) int {
	n, rest := 0, s
	for _, r := range romans {
		for strings.HasPrefix(rest, r.figure) {
			n, rest = n+r.worth, rest[len(r.figure):]
		}
	}
	if rest != "" || n == 0 || n >= 4000 || roman(n) != s {
		return 0
	}
	return n
}

// letterValue reads A, B ... Z, AA ... It returns 0 if s is none.
func letterValue(s string) int {
	n := 0
	for _, c := range s {
		if c < 'A' || c > 'Z' || n > 1000 {
			return 0
		}
		n = n*26 + int(c-'A') + 1
	}
	return n
}
