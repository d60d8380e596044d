package python

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// A codec turns text into bytes and back. Both directions hand what they cannot
// do to the error handler of the call.
type codec struct {
	name   string // as errors have it
	encode func(c *coding, s string)
	decode func(c *coding, b string)
	// builtin encodings are those whose errors carry no note.
	builtin bool
}

// coding is one run of a codec.
type coding struct {
	codec   *codec
	mode    string
	s       *Str   // what is encoded
	b       *Bytes // what is decoded
	out     []byte // bytes, or UTF-8
	err     error
	charset *charmap.Charmap
}

// encodingAliases are further names of encodings, in their normal form.
var encodingAliases = map[string]string{
	"utf8": "utf-8", "u8": "utf-8", "utf": "utf-8", "cp65001": "utf-8", "utf8-ucs2": "utf-8",
	"us-ascii": "ascii", "646": "ascii", "ansi-x3.4-1968": "ascii", "iso646-us": "ascii", "us": "ascii",
	"latin1": "latin-1", "iso-8859-1": "latin-1", "iso8859-1": "latin-1", "8859": "latin-1", "l1": "latin-1", "cp819": "latin-1", "latin": "latin-1",
	"utf16": "utf-16", "u16": "utf-16", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be", "utf16-le": "utf-16-le", "utf16-be": "utf-16-be",
	"utf32": "utf-32", "u32": "utf-32", "utf-32le": "utf-32-le", "utf-32be": "utf-32-be", "utf32-le": "utf-32-le", "utf32-be": "utf-32-be",
	"utf8-sig": "utf-8-sig", "unicodeescape": "unicode-escape", "rawunicodeescape": "raw-unicode-escape",
}

var codecs = map[string]*codec{
	"utf-8":              {"utf-8", encodeUTF8, decodeUTF8, true},
	"utf-8-sig":          {"utf-8", encodeUTF8Sig, decodeUTF8Sig, false},
	"ascii":              {"ascii", encodeNarrow(0x80), decodeASCII, true},
	"latin-1":            {"latin-1", encodeNarrow(0x100), decodeLatin1, true},
	"utf-16":             {"utf-16", encodeUTF16(false, true), decodeUTF16Any, true},
	"utf-16-le":          {"utf-16-le", encodeUTF16(false, false), decodeUTF16(false), false},
	"utf-16-be":          {"utf-16-be", encodeUTF16(true, false), decodeUTF16(true), false},
	"utf-32":             {"utf-32", encodeUTF32(false, true), decodeUTF32Any, true},
	"utf-32-le":          {"utf-32-le", encodeUTF32(false, false), decodeUTF32(false), false},
	"utf-32-be":          {"utf-32-be", encodeUTF32(true, false), decodeUTF32(true), false},
	"unicode-escape":     {"unicodeescape", encodeEscape(false), decodeEscape(false), false},
	"raw-unicode-escape": {"rawunicodeescape", encodeEscape(true), decodeEscape(true), false},
}

var charCodec = &codec{"charmap", encodeCharmap, decodeCharmap, false}

// charsets are the encodings of one byte a character, by their normal name.
var charsets = map[string]*charmap.Charmap{
	"cp437": charmap.CodePage437, "cp850": charmap.CodePage850, "cp852": charmap.CodePage852, "cp855": charmap.CodePage855,
	"cp858": charmap.CodePage858, "cp860": charmap.CodePage860, "cp862": charmap.CodePage862, "cp863": charmap.CodePage863,
	"cp865": charmap.CodePage865, "cp866": charmap.CodePage866, "koi8-r": charmap.KOI8R, "koi8-u": charmap.KOI8U,
	"mac-roman": charmap.Macintosh, "cp1250": charmap.Windows1250, "cp1251": charmap.Windows1251, "cp1252": charmap.Windows1252,
	"cp1253": charmap.Windows1253, "cp1254": charmap.Windows1254, "cp1255": charmap.Windows1255, "cp1256": charmap.Windows1256,
	"cp1257": charmap.Windows1257, "cp1258": charmap.Windows1258, "iso8859-2": charmap.ISO8859_2, "iso8859-3": charmap.ISO8859_3,
	"iso8859-4": charmap.ISO8859_4, "iso8859-5": charmap.ISO8859_5, "iso8859-6": charmap.ISO8859_6, "iso8859-7": charmap.ISO8859_7,
	"iso8859-8": charmap.ISO8859_8, "iso8859-9": charmap.ISO8859_9, "iso8859-10": charmap.ISO8859_10, "iso8859-13": charmap.ISO8859_13,
	"iso8859-14": charmap.ISO8859_14, "iso8859-15": charmap.ISO8859_15, "iso8859-16": charmap.ISO8859_16,
}

// findCodec looks an encoding up by any of its names.
func findCodec(given string) (*codec, *charmap.Charmap, error) {
	name := strings.NewReplacer("_", "-", " ", "-").Replace(strings.ToLower(given))
	if to, ok := encodingAliases[name]; ok {
		name = to
	}
	if c, ok := codecs[name]; ok {
		return c, nil, nil
	}
	for _, form := range []struct{ from, to string }{
		{"windows-", "cp"}, {"iso-8859-", "iso8859-"}, {"latin-9", "iso8859-15"}, {"latin9", "iso8859-15"}, {"latin-2", "iso8859-2"},
		{"latin2", "iso8859-2"}, {"ibm", "cp"}, {"macroman", "mac-roman"}, {"macintosh", "mac-roman"},
	} {
		if rest, ok := strings.CutPrefix(name, form.from); ok {
			name = form.to + rest
			break
		}
	}
	if m, ok := charsets[name]; ok {
		return charCodec, m, nil
	}
	return nil, nil, Errorf(LookupError, "unknown encoding: %s", given)
}

// codingArgs takes the arguments encoding and errors of encode, decode, str and
// bytes.
func codingArgs(fn string, encoding, errors Value) (given, mode string, err error) {
	given, mode = "utf-8", "strict"
	for _, p := range []struct {
		name string
		v    Value
		to   *string
	}{{"encoding", encoding, &given}, {"errors", errors, &mode}} {
		if p.v == nil {
			continue
		}
		s, ok := StringOf(p.v)
		if !ok {
			return "", "", Errorf(TypeError, "%s() argument '%s' must be str, not %s", fn, p.name, classOrNone(p.v))
		}
		*p.to = s
	}
	return given, mode, nil
}

func decodeArgs(fn string, b *Bytes, encoding, errors Value) (*Str, error) {
	given, mode, err := codingArgs(fn, encoding, errors)
	if err != nil {
		return nil, err
	}
	c, charset, err := findCodec(given)
	if err != nil {
		return nil, err
	}
	run := coding{codec: c, charset: charset, mode: mode, b: b}
	c.decode(&run, b.b)
	if run.err != nil {
		return nil, run.noted("decoding", given)
	}
	s := NewStr(string(run.out))
	if b.Outside {
		s = s.Marked()
	}
	return s, nil
}

func encodeArgs(th *Thread, fn string, s *Str, encoding, errors Value) (*Bytes, error) {
	given, mode, err := codingArgs(fn, encoding, errors)
	if err != nil {
		return nil, err
	}
	c, charset, err := findCodec(given)
	if err != nil {
		return nil, err
	}
	if err := th.Alloc(4 * len(s.s)); err != nil {
		return nil, err
	}
	run := coding{codec: c, charset: charset, mode: mode, s: s}
	c.encode(&run, s.s)
	if run.err != nil {
		return nil, run.noted("encoding", given)
	}
	return &Bytes{string(run.out), s.out != nil}, nil
}

// noted adds to the error of a codec which one it was.
func (c *coding) noted(what, given string) error {
	lower := strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(given))
	quiet := c.codec.builtin && (strings.HasPrefix(lower, "utf") || strings.HasSuffix(lower, "ascii") || strings.HasPrefix(lower, "latin") || strings.HasPrefix(lower, "iso"))
	if r, ok := AsRaised(c.err); ok && !quiet && r.exc.Cls.derives(ValueError) {
		if err := r.exc.addNote(NewStr(what + " with '" + given + "' codec failed")); err != nil {
			return err
		}
	}
	return c.err
}

func encodeStr(th *Thread, s *Str, a *Args) (Value, error) {
	var encoding, errors Value
	if err := a.Unpack("encode", "encoding?", &encoding, "errors?", &errors); err != nil {
		return nil, err
	}
	b, err := encodeArgs(th, "encode", s, encoding, errors)
	if err != nil {
		return nil, err
	}
	return b, nil
}

// badBytes deals with bytes i to end of what is decoded.
func (c *coding) badBytes(i, end int, reason string) { c.badBytesOf(c.codec.name, i, end, reason) }

func (c *coding) badBytesOf(name string, i, end int, reason string) {
	switch c.mode {
	case "ignore":
	case "replace":
		c.out = utf8.AppendRune(c.out, utf8.RuneError)
	case "surrogateescape":
		for range end - i {
			c.out = utf8.AppendRune(c.out, utf8.RuneError)
		}
	case "backslashreplace":
		for ; i < end; i++ {
			c.out = append(c.out, `\x`+hexByte(c.b.b[i])...)
		}
	case "xmlcharrefreplace", "namereplace":
		c.err = Errorf(TypeError, "don't know how to handle UnicodeDecodeError in error callback")
	case "strict", "surrogatepass":
		c.err = Raise(newUnicodeError(UnicodeDecodeError, NewStr(name), c.b, Int(i), Int(end), NewStr(reason)))
	default:
		c.err = Errorf(LookupError, "unknown error handler name '%s'", c.mode)
	}
}

// badRunes deals with the characters at bytes from to end of the text, the
// first of which is the n-th; put encodes what replaces them.
func (c *coding) badRunes(from, end, n int, reason string, put func(text string)) {
	bad := c.s.s[from:end]
	switch c.mode {
	case "ignore":
	case "replace":
		put(strings.Repeat("?", utf8.RuneCountInString(bad)))
	case "backslashreplace", "xmlcharrefreplace", "namereplace":
		for _, r := range bad {
			put(replacement(c.mode, r))
		}
	case "strict", "surrogateescape", "surrogatepass":
		c.err = Raise(newUnicodeError(UnicodeEncodeError, NewStr(c.codec.name), c.s, Int(n), Int(n+utf8.RuneCountInString(bad)), NewStr(reason)))
	default:
		c.err = Errorf(LookupError, "unknown error handler name '%s'", c.mode)
	}
}

func newUnicodeError(cls *Class, args ...Value) *Instance {
	exc := NewException(cls, args...)
	exceptionAttrs(exc, nil)
	return exc
}

// runs calls good for each character that ok takes and hands the others on,
// those side by side together.
func (c *coding) runs(ok func(r rune) bool, reason string, good func(r rune)) {
	put := func(text string) {
		for _, r := range text {
			good(r)
		}
	}
	from := -1
	for i, r := range c.s.s {
		if ok(r) {
			if from >= 0 {
				c.badRunes(from, i, c.s.runeIndex(from), reason, put)
				from = -1
			}
			if c.err != nil {
				return
			}
			good(r)
		} else if from < 0 {
			from = i
		}
	}
	if from >= 0 {
		c.badRunes(from, len(c.s.s), c.s.runeIndex(from), reason, put)
	}
}
