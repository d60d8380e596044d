package python

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// strFormat runs through "template".format(...).
type strFormat struct {
	th     *Thread
	args   []Value
	kw     func(name *Str) (Value, error)
	auto   int // next automatic number
	manual bool
	used   bool // automatic numbering
}

// formatTemplate is s.format(*args, **kw).
func (th *Thread) formatTemplate(s *Str, args []Value, kw func(*Str) (Value, error)) (*Str, error) {
	f := strFormat{th: th, args: args, kw: kw}
	return f.run(s, 2)
}

func (f *strFormat) run(s *Str, depth int) (*Str, error) {
	if depth <= 0 {
		return nil, Errorf(ValueError, "Max string recursion exceeded")
	}
	var t Text
	text := s.s
	for i := 0; i < len(text); {
		j := strings.IndexAny(text[i:], "{}")
		if j < 0 {
			t.writeCut(s, i, len(text))
			break
		}
		t.writeCut(s, i, i+j)
		i += j
		if i+1 < len(text) && text[i+1] == text[i] {
			t.writeCut(s, i, i+1)
			i += 2
			continue
		}
		if text[i] == '}' || i+1 == len(text) {
			return nil, Errorf(ValueError, "Single '%c' encountered in format string", text[i])
		}
		p, after, err := parseField(s, i+1)
		if err != nil {
			return nil, err
		}
		v, err := f.field(p, depth)
		if err != nil {
			return nil, err
		}
		t.Write(v)
		i = after
		if err := f.th.Tick(); err != nil {
			return nil, err
		}
	}
	return t.Str(), f.th.Alloc(t.Len())
}

// replacementField is name[!conversion][:spec].
type replacementField struct {
	name       *Str
	conversion rune // 0: none
	spec       *Str
}

// parseField reads the field that begins at i, and returns where the text after
// it does.
func parseField(s *Str, i int) (p replacementField, after int, err error) {
	p.spec = emptyStr
	from, text := i, s.s
	for ; i < len(text) && strings.IndexByte("}:!", text[i]) < 0; i++ {
		switch text[i] {
		case '{':
			return p, 0, Errorf(ValueError, "unexpected '{' in field name")
		case '[':
			if j := strings.IndexByte(text[i:], ']'); j >= 0 {
				i += j
			} else {
				i = len(text) - 1
			}
		}
	}
	if i == len(text) {
		return p, 0, Errorf(ValueError, "expected '}' before end of string")
	}
	p.name = s.cut(from, i)
	if text[i] == '}' {
		return p, i + 1, nil
	}
	if text[i] == '!' {
		if i+1 == len(text) {
			return p, 0, Errorf(ValueError, "end of string while looking for conversion specifier")
		}
		var w int
		p.conversion, w = utf8.DecodeRuneInString(text[i+1:])
		i += 1 + w
		switch {
		case i == len(text):
			return p, 0, Errorf(ValueError, "unmatched '{' in format spec")
		case text[i] == '}':
			return p, i + 1, nil
		case text[i] != ':':
			return p, 0, Errorf(ValueError, "expected ':' after conversion specifier")
		}
	}
	from = i + 1
	for depth := 1; ; {
		if i++; i >= len(text) {
			return p, 0, Errorf(ValueError, "unmatched '{' in format spec")
		}
		switch text[i] {
		case '{':
			depth++
		case '}':
			depth--
		}
		if depth == 0 {
			p.spec = s.cut(from, i)
			return p, i + 1, nil
		}
	}
}

// field formats one field.
func (f *strFormat) field(p replacementField, depth int) (*Str, error) {
	v, err := f.value(p.name)
	if err != nil {
		return nil, err
	}
	if p.conversion != 0 {
		if !strings.ContainsRune("rsa", p.conversion) {
			if p.conversion > ' ' && p.conversion < 0x7f {
				return nil, Errorf(ValueError, "Unknown conversion specifier %c", p.conversion)
			}
			return nil, Errorf(ValueError, "Unknown conversion specifier \\x%x", p.conversion)
		}
		if v, err = f.th.convert(v, p.conversion); err != nil {
			return nil, err
		}
	}
	if strings.ContainsAny(p.spec.s, "{}") {
		if p.spec, err = f.run(p.spec, depth-1); err != nil {
			return nil, err
		}
	}
	return f.th.Format(v, p.spec)
}

// fieldNumber reads a name of digits only as a number.
func fieldNumber(s string) (n int, ok bool, err error) {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false, nil
	}
	n, convErr := strconv.Atoi(s)
	if convErr != nil {
		return 0, false, Errorf(ValueError, "Too many decimal digits in format string")
	}
	return n, true, nil
}

// value finds what a field names: 0, name, then .attribute and [key].
func (f *strFormat) value(name *Str) (Value, error) {
	text := name.s
	i := strings.IndexAny(text, ".[")
	if i < 0 {
		i = len(text)
	}
	v, err := f.first(name.cut(0, i))
	for err == nil && i < len(text) {
		if text[i] == '.' {
			j := strings.IndexAny(text[i+1:], ".[")
			if j < 0 {
				j = len(text) - i - 1
			}
			attr := text[i+1 : i+1+j]
			if attr == "" {
				return nil, Errorf(ValueError, "Empty attribute in format string")
			}
			v, err = f.th.GetAttr(v, attr)
			i += 1 + j
			continue
		}
		j := strings.IndexByte(text[i:], ']')
		if j < 0 {
			return nil, Errorf(ValueError, "Missing ']' in format string")
		}
		if j == 1 {
			return nil, Errorf(ValueError, "Empty attribute in format string")
		}
		var key Value = name.cut(i+1, i+j)
		n, isNumber, numErr := fieldNumber(text[i+1 : i+j])
		if numErr != nil {
			return nil, numErr
		}
		if isNumber {
			key = Int(n)
		}
		v, err = f.th.GetItem(v, key)
		i += j + 1
		if err == nil && i < len(text) && text[i] != '.' && text[i] != '[' {
			return nil, Errorf(ValueError, "Only '.' or '[' may follow ']' in format field specifier")
		}
	}
	return v, err
}

func (f *strFormat) first(name *Str) (Value, error) {
	n := 0
	num, isNumber, err := fieldNumber(name.s)
	if err != nil {
		return nil, err
	}
	switch {
	case name.s == "":
		if f.manual {
			return nil, Errorf(ValueError, "cannot switch from manual field specification to automatic field numbering")
		}
		n, f.used = f.auto, true
		f.auto++
	case isNumber:
		if f.used {
			return nil, Errorf(ValueError, "cannot switch from automatic field numbering to manual field specification")
		}
		n, f.manual = num, true
	default:
		return f.kw(name)
	}
	if f.args == nil {
		return nil, Errorf(ValueError, "Format string contains positional fields")
	}
	if n >= len(f.args) {
		return nil, Errorf(IndexError, "Replacement index %d out of range for positional args tuple", n)
	}
	return f.args[n], nil
}
