package python

import (
	"strconv"
	"strings"
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
	if depth < 0 {
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
		if text[i] == '}' {
			return nil, Errorf(ValueError, "Single '}' encountered in format string")
		}
		end, err := fieldEnd(text, i+1)
		if err != nil {
			if strings.Contains(text[i:], "!") {
				return nil, Errorf(ValueError, "unmatched '{' in format spec")
			}
			return nil, err
		}
		v, err := f.field(s.cut(i+1, end), depth)
		if err != nil {
			return nil, err
		}
		t.Write(v)
		i = end + 1
		if err := f.th.Tick(); err != nil {
			return nil, err
		}
	}
	return t.Str(), f.th.Alloc(t.Len())
}

// fieldEnd finds the brace that ends the field beginning at i.
func fieldEnd(text string, i int) (int, error) {
	if i >= len(text) {
		return 0, Errorf(ValueError, "Single '{' encountered in format string")
	}
	depth, bracket := 1, false
	for ; i < len(text); i++ {
		switch text[i] {
		case '[':
			bracket = true
		case ']':
			bracket = false
		case '{':
			if !bracket {
				depth++
			}
		case '}':
			if bracket {
				continue
			}
			if depth--; depth == 0 {
				return i, nil
			}
		}
	}
	return 0, Errorf(ValueError, "expected '}' before end of string")
}

// field formats name[!conversion][:spec].
func (f *strFormat) field(s *Str, depth int) (*Str, error) {
	text := s.s
	end := len(text)
	bracket := false
	for i := range len(text) {
		switch text[i] {
		case '[':
			bracket = true
		case ']':
			bracket = false
		}
		if !bracket && (text[i] == '!' || text[i] == ':') {
			end = i
			break
		}
	}
	v, err := f.value(s.cut(0, end))
	if err != nil {
		return nil, err
	}
	rest := end
	if rest < len(text) && text[rest] == '!' {
		if rest+1 >= len(text) {
			return nil, Errorf(ValueError, "unmatched '{' in format spec")
		}
		conv := text[rest+1]
		if strings.IndexByte("rsa", conv) < 0 {
			return nil, Errorf(ValueError, "Unknown conversion specifier %c", conv)
		}
		if v, err = f.th.convert(v, rune(conv)); err != nil {
			return nil, err
		}
		if rest += 2; rest < len(text) && text[rest] != ':' {
			return nil, Errorf(ValueError, "expected ':' after conversion specifier")
		}
	}
	spec := emptyStr
	if rest < len(text) {
		if spec = s.cut(rest+1, len(text)); strings.ContainsAny(spec.s, "{}") {
			if spec, err = f.run(spec, depth-1); err != nil {
				return nil, err
			}
		}
	}
	return f.th.Format(v, spec)
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
		var key Value = name.cut(i+1, i+j)
		if n, convErr := strconv.Atoi(text[i+1 : i+j]); convErr == nil {
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
	switch num, err := strconv.Atoi(name.s); {
	case name.s == "":
		if f.manual {
			return nil, Errorf(ValueError, "cannot switch from manual field specification to automatic field numbering")
		}
		n, f.used = f.auto, true
		f.auto++
	case err == nil && num >= 0:
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
