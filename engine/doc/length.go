package doc

import (
	"strconv"
	"strings"
)

const inch = 72.0

// units are the lengths that authors write, in points. A bare number and px
// are pixels, 72 to the inch as docassemble counts them.
var units = map[string]float64{
	"": 1, "px": 1, "pt": 1, "in": inch, "cm": inch / 2.54, "mm": inch / 25.4, "em": 12, "rem": 12,
	"twips": 1.0 / 20, "pc": 12, "bp": 1,
}

// length reads a length such as "0.5in"; percent is of whole, em of size.
func length(s string, whole, size float64) (float64, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	i := 0
	for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == '.' || i == 0 && s[i] == '-') {
		i++
	}
	n, err := strconv.ParseFloat(s[:i], 64)
	if err != nil || n > 1e6 || n < -1e6 {
		return 0, false
	}
	switch unit := strings.TrimSpace(s[i:]); unit {
	case "%":
		return n / 100 * whole, true
	case "em", "rem":
		return n * size, true
	default:
		f, ok := units[unit]
		return n * f, ok
	}
}
