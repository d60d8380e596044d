package language

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// dateTokens splits text into runs of digits (with one decimal point), runs of
// letters and single other characters.
func dateTokens(text string) []string {
	var tokens []string
	runes := []rune(text)
	for i := 0; i < len(runes); {
		j := i + 1
		switch r := runes[i]; {
		case '0' <= r && r <= '9':
			j = endOfNumber(runes, i)
			tokens = append(tokens, splitDots(string(runes[i:j]))...)
			i = j
			continue
		case unicode.IsLetter(r):
			for j < len(runes) && unicode.IsLetter(runes[j]) {
				j++
			}
		case unicode.IsSpace(r):
			tokens = append(tokens, " ")
			i = j
			continue
		}
		tokens = append(tokens, string(runes[i:j]))
		i = j
	}
	return tokens
}

// endOfNumber returns where the digits and points that start at i end; a point
// belongs to the number if a digit follows it.
func endOfNumber(runes []rune, i int) int {
	digit := func(j int) bool { return j < len(runes) && '0' <= runes[j] && runes[j] <= '9' }
	for digit(i) || i < len(runes) && runes[i] == '.' && digit(i+1) {
		i++
	}
	return i
}

// splitDots takes apart dates such as "5.4.2014".
func splitDots(number string) []string {
	if strings.Count(number, ".") < 2 {
		return []string{number}
	}
	var out []string
	for i, piece := range strings.Split(number, ".") {
		if i > 0 {
			out = append(out, ".")
		}
		out = append(out, piece)
	}
	return out
}

func isDigits(tok string) bool  { return tok != "" && '0' <= tok[0] && tok[0] <= '9' }
func isLetters(tok string) bool { return tok != "" && unicode.IsLetter([]rune(tok)[0]) }

func isSkipped(tok string) bool {
	return tok != "" && strings.Contains(" .,;-/'’\u200e", tok)
}

var skippedWords = wordSet("at on and ad m t of st nd rd th the")

var unitWordsOfTime = map[string]int{
	"h": 0, "hr": 0, "hrs": 0, "hour": 0, "hours": 0,
	"m": 1, "min": 1, "mins": 1, "minute": 1, "minutes": 1,
	"s": 2, "sec": 2, "secs": 2, "second": 2, "seconds": 2,
}

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// monthOf reads the English name of a month, whole or shortened.
func monthOf(word string) (int, bool) {
	word = strings.ToLower(word)
	if word == "sept" {
		return 9, true
	}
	for m := time.January; m <= time.December; m++ {
		if name := strings.ToLower(m.String()); word == name || word == name[:3] {
			return int(m), true
		}
	}
	return 0, false
}

// weekdayOf reads the English name of a day of the week, whole or shortened.
func weekdayOf(word string) (time.Weekday, bool) {
	word = strings.ToLower(word)
	switch word {
	case "tues":
		return time.Tuesday, true
	case "weds":
		return time.Wednesday, true
	case "thur", "thurs":
		return time.Thursday, true
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if name := strings.ToLower(d.String()); word == name || word == name[:3] {
			return d, true
		}
	}
	return 0, false
}

func halfOf(word string) (pm, ok bool) {
	switch strings.ToLower(word) {
	case "am", "a":
		return false, true
	case "pm", "p":
		return true, true
	}
	return false, false
}

// word takes a token of letters.
func (p *timeParser) word(tok string) error {
	if month, ok := monthOf(tok); ok {
		p.at++
		return p.namedMonth(month)
	}
	if day, ok := weekdayOf(tok); ok {
		p.weekday = &day
		p.at++
		return nil
	}
	if pm, ok := p.half(0); ok && p.clock[0] != nil && p.pm == nil {
		p.setHalf(pm)
		return nil
	}
	if strings.EqualFold(tok, "utc") || strings.EqualFold(tok, "gmt") || p.clock[0] != nil && strings.EqualFold(tok, "z") {
		p.at++
		zero := 0
		p.offset = &zero
		return nil
	}
	if skippedWords[strings.ToLower(tok)] {
		p.at++
		return nil
	}
	if p.clock[0] != nil && p.offset == nil && len(tok) >= 3 && len(tok) <= 5 && tok == strings.ToUpper(tok) {
		p.at++ // the short name of a zone says too little to move the clock
		return nil
	}
	return ErrNoDate
}

// half reads "am", "pm" and "a.m." at a distance from the present token.
func (p *timeParser) half(ahead int) (pm, ok bool) {
	return halfOf(p.token(ahead))
}

// setHalf takes "pm" or "p.m." at the present token.
func (p *timeParser) setHalf(pm bool) {
	p.pm = &pm
	p.at++
	if p.token(0) == "." && strings.EqualFold(p.token(1), "m") {
		p.at += 2
		if p.token(0) == "." {
			p.at++
		}
	}
}

// namedMonth takes the name of a month, and "Jan of 01" or "Jan-01-2003" whole.
func (p *timeParser) namedMonth(month int) error {
	if err := p.addPart(dayPart{value: month, month: true}); err != nil {
		return err
	}
	sep := p.token(0)
	if (sep == "-" || sep == "/" || sep == ".") && isDigits(p.token(1)) && !strings.Contains(p.token(1), ".") {
		p.at++
		if err := p.datePart(p.token(0)); err != nil {
			return err
		}
		if p.token(0) == sep && isDigits(p.token(1)) && !strings.Contains(p.token(1), ".") {
			p.at++
			return p.datePart(p.token(0))
		}
	}
	return nil
}

// datePart takes a token as one number of the date.
func (p *timeParser) datePart(tok string) error {
	p.at++
	if month, ok := monthOf(tok); ok {
		return p.addPart(dayPart{value: month, month: true})
	}
	v, err := strconv.Atoi(tok)
	if err != nil || len(tok) > 4 {
		return ErrNoDate
	}
	return p.addPart(dayPart{value: v, century: len(tok) > 2})
}

// number takes a token of digits, by its length and by what follows it.
func (p *timeParser) number(tok string) error {
	next := p.token(1)
	whole, _, fraction := strings.Cut(tok, ".")
	switch {
	case len(p.parts) == 3 && p.clock[0] == nil && !fraction && (len(tok) == 2 || len(tok) == 4) && p.standsAlone():
		p.at++
		return p.compactTime(tok)
	case len(whole) == 6:
		p.at++
		if len(p.parts) == 0 && !fraction {
			return p.compactDate(tok, 2)
		}
		return p.compactTime(tok)
	case !fraction && (len(tok) == 8 || len(tok) == 12 || len(tok) == 14) && len(p.parts) == 0:
		p.at++
		if err := p.compactDate(tok[:8], 4); err != nil || len(tok) == 8 {
			return err
		}
		return p.compactTime(tok[8:])
	case next == ":":
		return p.colonTime()
	case p.unitAfter() >= 0:
		return p.unitTime()
	case (next == "-" || next == "/" || next == ".") && p.startsDate() && !fraction:
		return p.separatedDate(next)
	}
	return p.loneNumber(tok)
}

// standsAlone reports whether nothing that makes the number a part of a clock
// follows it.
func (p *timeParser) standsAlone() bool {
	return p.token(1) != ":" && p.unitAfter() < 0
}

// startsDate reports whether a number or month follows the separator after this
// number, so that they make a date.
func (p *timeParser) startsDate() bool {
	follows := p.token(2)
	_, month := monthOf(follows)
	return isDigits(follows) || month
}

// compactTime reads hh, hhmm or hhmmss, with a fraction of a second.
func (p *timeParser) compactTime(tok string) error {
	whole, fraction, _ := strings.Cut(tok, ".")
	for i := 0; i*2+2 <= len(whole) && i < 3; i++ {
		v, err := strconv.Atoi(whole[i*2 : i*2+2])
		if err != nil {
			return ErrNoDate
		}
		p.setClock(i, v)
	}
	p.nano = nanoseconds(fraction)
	return nil
}

// compactDate reads a date without separators, the year first.
func (p *timeParser) compactDate(tok string, yearDigits int) error {
	for _, piece := range []string{tok[:yearDigits], tok[yearDigits : yearDigits+2], tok[yearDigits+2:]} {
		v, err := strconv.Atoi(piece)
		if err != nil {
			return ErrNoDate
		}
		if err := p.addPart(dayPart{value: v, century: len(piece) > 2}); err != nil {
			return err
		}
	}
	return nil
}

// colonTime reads hh:mm and hh:mm:ss.
func (p *timeParser) colonTime() error {
	for i := 0; i < 3; i++ {
		if !isDigits(p.token(0)) {
			return ErrNoDate
		}
		whole, fraction, hasFraction := strings.Cut(p.token(0), ".")
		v, err := strconv.Atoi(whole)
		if err != nil {
			return ErrNoDate
		}
		p.setClock(i, v)
		p.at++
		if hasFraction {
			p.fractionOf(i, fraction)
			return nil
		}
		if p.token(0) != ":" || i == 2 {
			return nil
		}
		p.at++
	}
	return nil
}

// fractionOf takes the decimals of hours, minutes or seconds.
func (p *timeParser) fractionOf(unit int, digits string) {
	nano := nanoseconds(digits)
	switch unit {
	case 2:
		p.nano = nano
	default:
		rest := int(math.Round(float64(nano) * 60 / 1e9))
		p.setClock(unit+1, rest)
	}
}

// nanoseconds reads the digits after a decimal point.
func nanoseconds(digits string) int {
	digits = (digits + "000000000")[:9]
	v, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return v / 1000 * 1000 // Python's times end at microseconds
}

// unitAfter returns which unit of time is named after the present number: 0
// hours, 1 minutes, 2 seconds, or -1.
func (p *timeParser) unitAfter() int {
	ahead := 1
	if p.token(1) == " " {
		ahead = 2
	}
	if unit, ok := unitWordsOfTime[strings.ToLower(p.token(ahead))]; ok {
		return unit
	}
	return -1
}

// unitTime reads "10h", "36 minutes" or "28.5s", and a bare number after it as
// the next smaller unit ("10h30").
func (p *timeParser) unitTime() error {
	unit := p.unitAfter()
	whole, fraction, hasFraction := strings.Cut(p.token(0), ".")
	v, err := strconv.Atoi(whole)
	if err != nil {
		return ErrNoDate
	}
	p.setClock(unit, v)
	if hasFraction {
		p.fractionOf(unit, fraction)
	}
	p.at++
	if p.token(0) == " " {
		p.at++
	}
	p.at++
	if p.token(0) == " " && isDigits(p.token(1)) && len(p.token(1)) <= 2 {
		p.at++
	}
	if unit < 2 && isDigits(p.token(0)) && p.standsAlone() {
		v, err := strconv.Atoi(p.token(0))
		if err != nil {
			return ErrNoDate
		}
		p.setClock(unit+1, v)
		p.at++
	}
	return nil
}

// separatedDate reads two or three numbers with "-", "/" or "." between.
func (p *timeParser) separatedDate(sep string) error {
	if err := p.datePart(p.token(0)); err != nil {
		return err
	}
	for i := 0; i < 2 && p.token(0) == sep; i++ {
		tok := p.token(1)
		_, month := monthOf(tok)
		if !isDigits(tok) && !month {
			return nil
		}
		p.at++
		if err := p.datePart(tok); err != nil {
			return err
		}
	}
	return nil
}

// loneNumber takes a number with nothing special after it: an hour if "am" or
// "pm" follows, else a part of the date.
func (p *timeParser) loneNumber(tok string) error {
	ahead := 1
	if p.token(1) == " " {
		ahead = 2
	}
	pm, ok := p.half(ahead)
	if ok && p.clock[0] == nil {
		v, err := strconv.Atoi(tok)
		if err != nil {
			return ErrNoDate
		}
		p.setClock(0, v)
		p.at += ahead
		p.setHalf(pm)
		return nil
	}
	return p.datePart(tok)
}

// zoneOffset reads "+hh", "+hhmm" or "+hh:mm" after a time.
func (p *timeParser) zoneOffset() error {
	sign := 1
	if p.token(0) == "-" {
		sign = -1
	}
	digits := p.token(1)
	p.at += 2
	if len(digits) == 2 && p.token(0) == ":" && len(p.token(1)) == 2 && isDigits(p.token(1)) {
		digits += p.token(1)
		p.at += 2
	}
	if len(digits) == 1 || len(digits) == 2 {
		digits = ("0" + digits)[len(digits)-1:] + "00"
	}
	v, err := strconv.Atoi(digits)
	if err != nil || len(digits) != 4 || v%100 > 59 || v/100 > 23 {
		return ErrNoDate
	}
	offset := sign * (v/100*3600 + v%100*60)
	p.offset = &offset
	return nil
}
