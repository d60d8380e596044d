package python

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

func newStr(th *Thread, cls *Class, a *Args) (Value, error) {
	var obj, encoding, errors Value
	if err := a.Unpack("str", "object?", &obj, "encoding?", &encoding, "errors?", &errors); err != nil {
		return nil, err
	}
	if obj == nil {
		return wrap(cls, StrClass, emptyStr), nil
	}
	var s *Str
	var err error
	if encoding != nil {
		if _, ok := asStr(encoding); !ok {
			return nil, Errorf(TypeError, "str() argument 'encoding' must be str, not %s", encoding.Class().name)
		}
	}
	if errors != nil {
		if _, ok := asStr(errors); !ok {
			return nil, Errorf(TypeError, "str() argument 'errors' must be str, not %s", errors.Class().name)
		}
	}
	if cls == StrClass && encoding == nil && errors == nil {
		return th.textValue(obj, "__str__", th.Str)
	}
	if encoding != nil || errors != nil {
		for i, v := range []Value{encoding, errors} {
			if _, text := v.(*Str); v != nil && !text {
				return nil, Errorf(TypeError, "str() argument '%s' must be str, not %s", []string{"encoding", "errors"}[i], v.Class().name)
			}
		}
		b, ok := asBytes(obj)
		if !ok {
			if _, isStr := asStr(obj); isStr {
				return nil, Errorf(TypeError, "decoding str is not supported")
			}
			return nil, Errorf(TypeError, "decoding to str: need a bytes-like object, %s found", obj.Class().name)
		}
		s, err = decodeArgs("str", b, encoding, errors)
	} else {
		s, err = th.Str(obj)
	}
	if err != nil {
		return nil, err
	}
	return wrap(cls, StrClass, s), nil
}

// strMethod is a method of str; s is the text of self.
func strMethod(name string, fn func(th *Thread, s *Str, a *Args) (Value, error)) Member {
	return Method(name, func(th *Thread, a *Args) (Value, error) {
		s, ok := asStr(a.Self)
		if !ok {
			return nil, Errorf(TypeError, "descriptor '%s' for 'str' objects doesn't apply to a '%s' object", name, a.Self.Class().name)
		}
		return fn(th, s, a)
	})
}

// strPlain is a method of str without arguments.
func strPlain(name string, fn func(s *Str) Value) Member {
	return strMethod(name, func(th *Thread, s *Str, a *Args) (Value, error) {
		if err := a.Exactly("str."+name, 0); err != nil {
			return nil, err
		}
		if err := th.work(len(s.s)); err != nil {
			return nil, err
		}
		return fn(s), th.Alloc(len(s.s))
	})
}

// mapRunes replaces each character by what to gives; i is its byte offset.
// Spans stay with the characters.
func mapRunes(s *Str, to func(i int, r rune) string) *Str {
	if s.out == nil {
		var b strings.Builder
		b.Grow(len(s.s))
		for i, r := range s.s {
			b.WriteString(to(i, r))
		}
		return NewStr(b.String())
	}
	var t Text
	for i, r := range s.s {
		t.writeFrom(to(i, r), s.isOutside(i))
	}
	return t.Str()
}

func strMembers() []Member {
	return append(append(append(orderings(), hashMember(), reprMember(), formatMember()), strCore()...),
		append(strCase(), append(strSearch(), append(strShape(), strSplit()...)...)...)...)
}

func strCore() []Member {
	ms := sequenceMembers()
	return append(ms,
		unwrapped("__str__", func(_ *Thread, v Value) (Value, error) { return v, nil }),
		strMethod("__rmod__", func(th *Thread, s *Str, a *Args) (Value, error) {
			if err := a.Exactly("__rmod__", 1); err != nil {
				return nil, err
			}
			if f, ok := asStr(a.Pos[0]); ok {
				return th.formatPercent(f, a.Self)
			}
			return NotImplemented, nil
		}),
		strMethod("__mod__", func(th *Thread, s *Str, a *Args) (Value, error) {
			if err := a.Exactly("__mod__", 1); err != nil {
				return nil, err
			}
			return th.formatPercent(s, a.Pos[0])
		}),
		strMethod("format", func(th *Thread, s *Str, a *Args) (Value, error) {
			args := append(make([]Value, 0, len(a.Pos)), a.Pos...)
			kw := a.Kw
			return nonNil(th.formatTemplate(s, args, func(name *Str) (Value, error) {
				for _, k := range kw {
					if k.Name == name.s {
						return k.Value, nil
					}
				}
				return nil, keyError(name)
			}))
		}),
		strMethod("format_map", func(th *Thread, s *Str, a *Args) (Value, error) {
			if err := a.Exactly("format_map", 1); err != nil {
				return nil, err
			}
			m := a.Pos[0]
			return nonNil(th.formatTemplate(s, nil, func(name *Str) (Value, error) { return th.GetItem(m, name) }))
		}),
		strMethod("encode", encodeStr),
		strMethod("translate", translateStr),
		Static("maketrans", makeTrans),
		strMethod("join", joinStr),
		strMethod("__getnewargs__", func(_ *Thread, s *Str, _ *Args) (Value, error) { return NewTuple(s), nil }),
	)
}

func strCase() []Member {
	return []Member{
		strPlain("upper", func(s *Str) Value {
			if s.ascii() {
				return &Str{s: strings.ToUpper(s.s), n: s.n, out: s.out}
			}
			return mapRunes(s, func(_ int, r rune) string { return upperRune(r) })
		}),
		strPlain("lower", func(s *Str) Value { return lowerStr(s) }),
		strPlain("casefold", func(s *Str) Value { return mapRunes(s, func(_ int, r rune) string { return foldRune(r) }) }),
		strPlain("capitalize", func(s *Str) Value {
			return mapRunes(s, func(i int, r rune) string {
				if i == 0 {
					return titleRune(r)
				}
				return lowerIn(s.s, i, r)
			})
		}),
		strPlain("title", func(s *Str) Value {
			cased := false
			return mapRunes(s, func(i int, r rune) string {
				was := cased
				cased = isUpper(r) || isLower(r) || unicode.IsTitle(r)
				if was {
					return lowerIn(s.s, i, r)
				}
				return titleRune(r)
			})
		}),
		strPlain("swapcase", func(s *Str) Value {
			return mapRunes(s, func(i int, r rune) string {
				switch {
				case isUpper(r):
					return lowerIn(s.s, i, r)
				case isLower(r):
					return upperRune(r)
				}
				return string(r)
			})
		}),
		isMethod("isalpha", unicode.IsLetter, true),
		isMethod("isdecimal", func(r rune) bool { return unicode.Is(unicode.Nd, r) }, true),
		isMethod("isdigit", isDigit, true),
		isMethod("isnumeric", isNumeric, true),
		isMethod("isalnum", func(r rune) bool { return unicode.IsLetter(r) || isDigit(r) || isNumeric(r) }, true),
		isMethod("isspace", isSpace, true),
		isMethod("isprintable", printable, false),
		isMethod("isascii", func(r rune) bool { return r < utf8.RuneSelf }, false),
		strPlain("isupper", func(s *Str) Value { return boxBool(isCase(s.s, isUpper, isLower)) }),
		strPlain("islower", func(s *Str) Value { return boxBool(isCase(s.s, isLower, isUpper)) }),
		strPlain("istitle", func(s *Str) Value { return boxBool(isTitle(s.s)) }),
		strPlain("isidentifier", func(s *Str) Value { return boxBool(isIdentifier(s.s)) }),
	}
}

func isMethod(name string, ok func(rune) bool, nonEmpty bool) Member {
	return strPlain(name, func(s *Str) Value {
		for _, r := range s.s {
			if !ok(r) {
				return boxFalse
			}
		}
		return boxBool(s.s != "" || !nonEmpty)
	})
}

// digits are the characters with a digit value that are not decimal digits.
var digits = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0xb2, 0xb3, 1}, {0xb9, 0xb9, 1}, {0x1369, 0x1371, 1}, {0x19da, 0x19da, 1}, {0x2070, 0x2070, 1}, {0x2074, 0x2079, 1},
		{0x2080, 0x2089, 1}, {0x2460, 0x2468, 1}, {0x2474, 0x247c, 1}, {0x2488, 0x2490, 1}, {0x24ea, 0x24ea, 1},
		{0x24f5, 0x24fd, 1}, {0x24ff, 0x24ff, 1}, {0x2776, 0x277e, 1}, {0x2780, 0x2788, 1}, {0x278a, 0x2792, 1},
	},
	R32: []unicode.Range32{
		{0x10a40, 0x10a43, 1}, {0x10e60, 0x10e68, 1}, {0x11052, 0x1105a, 1}, {0x1f100, 0x1f10a, 1},
	},
	LatinOffset: 2,
}

// ideographs are the ideographs that have a numeric value.
const ideographs = "㐅㒃㠪㭍一七万三九二五亖亿什仟仨伍佰億兆兩八六十千卄卅卌叁参參叄四壱壹幺廾廿弌弍弎弐拾捌柒漆玖百肆萬貮貳贰阡陆陌陸零" +
	"\uf96b\uf973\uf978\uf9b2\uf9d1\uf9d3\uf9fd\U00020001\U00020064\U000200e2\U00020121\U0002092a\U00020983\U0002098c\U0002099c" +
	"\U00020aea\U00020afd\U00020b19\U00022390\U00022998\U00023b1b\U0002626d\U0002f890"

func isDigit(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= '0' && r <= '9'
	}
	return unicode.In(r, unicode.Nd, digits)
}

func isNumeric(r rune) bool {
	return unicode.IsNumber(r) || r >= 0x3405 && strings.ContainsRune(ideographs, r)
}

func isUpper(r rune) bool {
	return unicode.IsUpper(r) || r >= utf8.RuneSelf && unicode.Is(unicode.Other_Uppercase, r)
}

func isLower(r rune) bool {
	return unicode.IsLower(r) || r >= utf8.RuneSelf && unicode.Is(unicode.Other_Lowercase, r)
}

func isSpace(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f }

func isCase(s string, want, other func(rune) bool) bool {
	seen := false
	for _, r := range s {
		if other(r) || unicode.IsTitle(r) {
			return false
		}
		seen = seen || want(r)
	}
	return seen
}

func isTitle(s string) bool {
	cased, seen := false, false
	for _, r := range s {
		switch {
		case isUpper(r) || unicode.IsTitle(r):
			if cased {
				return false
			}
			cased, seen = true, true
		case isLower(r):
			if !cased {
				return false
			}
			seen = true
		default:
			cased = false
		}
	}
	return seen
}

func isIdentifier(s string) bool {
	for i, r := range s {
		letter := r == '_' || unicode.IsLetter(r) || unicode.In(r, unicode.Nl, unicode.Other_ID_Start)
		if !letter && (i == 0 || !unicode.In(r, unicode.Nd, unicode.Mn, unicode.Mc, unicode.Pc, unicode.Other_ID_Continue)) {
			return false
		}
	}
	return s != ""
}

func upperRune(r rune) string {
	if r < utf8.RuneSelf {
		return string(unicode.ToUpper(r))
	}
	return cases.Upper(language.Und).String(string(r))
}

func titleRune(r rune) string {
	if r < utf8.RuneSelf {
		return string(unicode.ToUpper(r))
	}
	return cases.Title(language.Und).String(string(r))
}

func foldRune(r rune) string {
	switch {
	case r < utf8.RuneSelf:
		return string(unicode.ToLower(r))
	case r >= 0x13a0 && r <= 0x13f5: // Cherokee folds to its capitals
		return string(r)
	}
	return cases.Fold().String(string(r))
}

func lowerStr(s *Str) *Str {
	if s.ascii() {
		return &Str{strings.ToLower(s.s), s.n, s.out}
	}
	return mapRunes(s, func(i int, r rune) string { return lowerIn(s.s, i, r) })
}

// lowerIn lowers the character at i of s: a capital sigma at the end of a word
// becomes a final one.
func lowerIn(s string, i int, r rune) string {
	switch r {
	case 'İ':
		return "i̇"
	case 'Σ':
		before := strings.TrimRightFunc(s[:i], caseIgnorable)
		after := strings.TrimLeftFunc(s[i+len("Σ"):], caseIgnorable)
		last, _ := utf8.DecodeLastRuneInString(before)
		next, _ := utf8.DecodeRuneInString(after)
		if before != "" && isCased(last) && (after == "" || !isCased(next)) {
			return "ς"
		}
	}
	return string(unicode.ToLower(r))
}

func isCased(r rune) bool { return isUpper(r) || isLower(r) || unicode.IsTitle(r) }

// caseIgnorable characters do not end a word for the final sigma.
func caseIgnorable(r rune) bool {
	return strings.ContainsRune("'.:··՟״‘’․‧︓﹒﹕＇．：", r) || unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Lm, unicode.Sk)
}

func joinStr(th *Thread, sep *Str, a *Args) (Value, error) {
	if err := a.Exactly("str.join", 1); err != nil {
		return nil, err
	}
	elems, err := th.Elems(a.Pos[0])
	if err != nil {
		if _, ok := isRaised(err, TypeError); ok && th.notIterable(a.Pos[0]) {
			return nil, Errorf(TypeError, "can only join an iterable")
		}
		return nil, err
	}
	size := len(sep.s) * max(len(elems)-1, 0)
	parts := make([]*Str, len(elems))
	for i, e := range elems {
		s, ok := asStr(e)
		if !ok {
			return nil, Errorf(TypeError, "sequence item %d: expected str instance, %s found", i, e.Class().name)
		}
		parts[i] = s
		size += len(s.s)
		if int64(size) > th.opts.Limits.Allocation {
			return nil, Errorf(MemoryError, "")
		}
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	if err := th.Alloc(size); err != nil {
		return nil, err
	}
	t := Text{b: make([]byte, 0, size)}
	for i, s := range parts {
		if i > 0 {
			t.Write(sep)
		}
		t.Write(s)
	}
	return t.Str(), nil
}

func makeTrans(th *Thread, a *Args) (Value, error) {
	if err := a.Between("maketrans", 1, 3); err != nil {
		return nil, err
	}
	d := NewDict()
	if len(a.Pos) == 1 {
		src, ok := asDict(a.Pos[0])
		if !ok {
			return nil, Errorf(TypeError, "if you give only one argument to maketrans it must be a dict")
		}
		for k, v := range src.All() {
			if s, ok := asStr(k); ok {
				if s.n != 1 {
					return nil, Errorf(ValueError, "string keys in translate table must be of length 1")
				}
				r, _ := utf8.DecodeRuneInString(s.s)
				k = Int(r)
			} else if _, ok := bigOf(k); !ok {
				return nil, Errorf(TypeError, "keys in translate table must be strings or integers")
			}
			if err := d.Set(th, k, v); err != nil {
				return nil, err
			}
		}
		return d, nil
	}
	var texts [3]*Str
	for i, v := range a.Pos {
		s, ok := asStr(v)
		if !ok && i == 0 {
			return nil, Errorf(TypeError, "first maketrans argument must be a string if there is a second argument")
		}
		if !ok {
			return nil, Errorf(TypeError, "maketrans() argument %d must be str, not %s", i+1, classOrNone(v))
		}
		texts[i] = s
	}
	x, y := texts[0], texts[1]
	if x.n != y.n {
		return nil, Errorf(ValueError, "the first two maketrans arguments must have equal length")
	}
	at := 0
	for _, r := range x.s {
		to, w := utf8.DecodeRuneInString(y.s[at:])
		var code Value = Int(to)
		if y.isOutside(at) {
			code = y.cut(at, at+w)
		}
		at += w
		if err := d.Set(th, Int(r), code); err != nil {
			return nil, err
		}
	}
	if texts[2] != nil {
		for _, r := range texts[2].s {
			if err := d.Set(th, Int(r), None); err != nil {
				return nil, err
			}
		}
	}
	return d, nil
}

func translateStr(th *Thread, s *Str, a *Args) (Value, error) {
	if err := a.Exactly("translate", 1); err != nil {
		return nil, err
	}
	table := a.Pos[0]
	var t Text
	for i, r := range s.s {
		if err := th.Tick(); err != nil {
			return nil, err
		}
		v, err := th.GetItem(table, Int(r))
		if err != nil {
			if _, ok := isRaised(err, LookupError); !ok {
				return nil, err
			}
			t.writeCut(s, i, i+len(string(r)))
			continue
		}
		outside := s.isOutside(i)
		switch x := Unwrap(v).(type) {
		case NoneType:
		case Int:
			if x < 0 || x > utf8.MaxRune {
				return nil, Errorf(ValueError, "character mapping must be in range(0x110000)")
			}
			t.writeFrom(string(rune(x)), outside)
		case *Str:
			if outside {
				x = x.Marked()
			}
			if int64(t.Len()+len(x.s)) > th.opts.Limits.Allocation {
				return nil, Errorf(MemoryError, "")
			}
			t.Write(x)
		default:
			return nil, Errorf(TypeError, "character mapping must return integer, None or str")
		}
	}
	return t.Str(), th.Alloc(t.Len())
}
