package language

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

//go:embed data/usstates.txt
var usStateData string

// A USState is a state of the United States, its capital district or one of
// its territories.
type USState struct {
	Abbr       string // "NY"
	FIPS       string // two digits
	Name       string
	Press      string // the Associated Press abbreviation; empty for none
	Capital    string
	Statehood  int // year; 0 for none
	Territory  bool
	Contiguous bool
}

var usStates = sync.OnceValue(func() []USState {
	var list []USState
	for line := range strings.Lines(usStateData) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) != 7 {
			continue
		}
		for i := range f {
			if f[i] == "-" {
				f[i] = ""
			}
		}
		year, err := strconv.Atoi(f[2])
		if err != nil {
			year = 0
		}
		list = append(list, USState{
			Abbr: f[0], FIPS: f[1], Statehood: year, Contiguous: f[3] == "y", Capital: f[4], Name: f[5], Press: f[6],
			Territory: year == 0 && f[0] != "DC",
		})
	}
	return list
})

// USStates returns the fifty states and the District of Columbia, and after them
// the territories, by FIPS code.
func USStates() []USState {
	return append([]USState(nil), usStates()...)
}

// FindUSState finds a state by postal code, FIPS code or name, whatever its
// case.
func FindUSState(text string) (USState, bool) {
	text = strings.TrimSpace(text)
	for _, s := range usStates() {
		if text != "" && (strings.EqualFold(text, s.Abbr) || text == s.FIPS || strings.EqualFold(text, s.Name)) {
			return s, true
		}
	}
	return USState{}, false
}
