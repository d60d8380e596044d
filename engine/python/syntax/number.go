package syntax

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxDigits is how many digits a decimal integer may have, as in CPython:
// reading more takes quadratic time.
const maxDigits = 4300

// number scans an integer, float or imaginary literal.
func (s *scanner) number() {
	if s.peek(0) == '0' {
		switch s.peek(1) {
		case 'x', 'X':
			s.radix(16, "hexadecimal")
			return
		case 'o', 'O':
			s.radix(8, "octal")
			return
		case 'b', 'B':
			s.radix(2, "binary")
			return
		}
	}
	s.decimal()
}

// radix scans an integer with a prefix such as 0x.
func (s *scanner) radix(base int, kind string) {
	n := 2
	for {
		if s.peek(n) == '_' {
			n++
		}
		start := n
		for digitIn(s.peek(n), base) {
			n++
		}
		if isDigit(s.peek(n)) {
			s.skip(n)
			s.fail(s.at, fmt.Sprintf("invalid digit '%c' in %s literal", s.peek(0), kind))
		}
		if n == start {
			s.skip(n - 1)
			s.fail(s.at, fmt.Sprintf("invalid %s literal", kind))
		}
		if s.peek(n) != '_' {
			break
		}
	}
	s.endNumber(n, kind)
	v, _ := new(big.Int).SetString(strings.ReplaceAll(s.src[s.off+2:s.off+n], "_", ""), base)
	s.takeNumber(n, shrink(v))
}

func digitIn(c byte, base int) bool {
	switch {
	case isDigit(c):
		return int(c-'0') < base
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return base == 16
	}
	return false
}

// decimal scans a decimal integer, a float or an imaginary number.
func (s *scanner) decimal() {
	n := s.digits(0)
	whole := true
	if s.peek(n) == '.' {
		whole = false
		n++
		if isDigit(s.peek(n)) {
			n = s.digits(n)
		}
	}
	if c := s.peek(n); c == 'e' || c == 'E' {
		m := n + 1
		if d := s.peek(m); d == '+' || d == '-' {
			m++
		}
		if isDigit(s.peek(m)) {
			whole = false
			n = s.digits(m)
		}
	}
	written := strings.ReplaceAll(s.src[s.off:s.off+n], "_", "")
	if c := s.peek(n); c == 'j' || c == 'J' {
		s.endNumber(n+1, "imaginary")
		s.takeNumber(n+1, complex(0, parseFloat(written)))
		return
	}
	s.endNumber(n, "decimal")
	if whole {
		s.takeNumber(n, s.integer(written))
		return
	}
	s.takeNumber(n, parseFloat(written))
}

// digits returns where the digits end that start n bytes ahead; single
// underscores may stand between them.
func (s *scanner) digits(n int) int {
	for {
		for isDigit(s.peek(n)) {
			n++
		}
		if s.peek(n) != '_' {
			return n
		}
		n++
		if !isDigit(s.peek(n)) {
			s.skip(n - 1)
			s.fail(s.at, "invalid decimal literal")
		}
	}
}

// integer returns the value of decimal digits.
func (s *scanner) integer(digits string) any {
	if digits[0] == '0' && strings.Trim(digits, "0") != "" {
		s.fail(s.at, "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers")
	}
	if len(digits) > maxDigits {
		s.fail(s.at, fmt.Sprintf("Exceeds the limit (%d digits) for integer string conversion: value has %d digits"+
			" - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.", maxDigits, len(digits)))
	}
	if v, err := strconv.ParseInt(digits, 10, 64); err == nil {
		return v
	}
	v, _ := new(big.Int).SetString(digits, 10)
	return v
}

// parseFloat reads a float; too large a number is infinite, as in Python.
func parseFloat(written string) float64 {
	v, _ := strconv.ParseFloat(written, 64)
	return v
}

// shrink returns an integer as int64 if it fits.
func shrink(v *big.Int) any {
	if v.IsInt64() {
		return v.Int64()
	}
	return v
}

// endNumber checks what follows a number of n bytes: an identifier may not,
// save for the keywords that can follow an operand, as in "1if x else 2".
func (s *scanner) endNumber(n int, kind string) {
	rest := s.src[s.off+n:]
	if rest == "" {
		return
	}
	r, _ := utf8.DecodeRuneInString(rest)
	if !continuesIdent(r) {
		return
	}
	switch rest[:identLen(rest)] {
	case "and", "else", "for", "if", "in", "is", "not", "or":
		return
	}
	s.skip(n - 1)
	s.fail(s.at, fmt.Sprintf("invalid %s literal", kind))
}

func (s *scanner) takeNumber(n int, val any) {
	s.take(number, n)
	s.tokens[len(s.tokens)-1].val = val
}
