package stdlib

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"colloquy/engine/python"
)

// jsonReader reads JSON text.
type jsonReader struct {
	th    *python.Thread
	doc   *python.Str
	s     string
	at    int // next byte
	depth int

	strict                                                     bool         // no control characters in strings
	objectHook, pairsHook, parseFloat, parseInt, parseConstant python.Value // nil: none
}

func loadWith(decoder python.Value) python.BuiltinFunc {
	loads := loadsWith(decoder)
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		if err := positional("load", a, "fp"); err != nil {
			return nil, err
		}
		rest := &python.Args{Pos: a.Pos, Kw: a.Kw}
		fp, ok := rest.Keyword("fp")
		if !ok {
			fp = rest.Pos[0]
		}
		s, err := th.CallMethod(fp, "read")
		if err != nil {
			return nil, err
		}
		rest.Pos = []python.Value{s}
		return loads(th, rest)
	}
}

// loadsWith returns loads(), which leaves options that are out of the ordinary
// to the class that reads JSON.
func loadsWith(decoder python.Value) python.BuiltinFunc {
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		if err := positional("loads", a, "s"); err != nil {
			return nil, err
		}
		r := &jsonReader{th: th, strict: true}
		var src, cls python.Value
		var more []python.Kwarg
		err := a.Unpack("loads", "s", &src, "*", nil, "cls?", &cls, "object_hook?", &r.objectHook, "parse_float?", &r.parseFloat,
			"parse_int?", &r.parseInt, "parse_constant?", &r.parseConstant, "object_pairs_hook?", &r.pairsHook, "strict?", &r.strict, "**kw", &more)
		if err != nil {
			return nil, err
		}
		if r.doc, err = jsonText(th, src); err != nil {
			return nil, err
		}
		if isNone(cls) && len(more) == 0 {
			return r.whole()
		}
		if isNone(cls) {
			cls = decoder
		}
		for i, hook := range []python.Value{r.objectHook, r.pairsHook, r.parseFloat, r.parseInt, r.parseConstant} {
			if !isNone(hook) {
				name := []string{"object_hook", "object_pairs_hook", "parse_float", "parse_int", "parse_constant"}[i]
				more = append(more, python.Kwarg{Name: name, Value: hook})
			}
		}
		if _, given := a.Keyword("strict"); given {
			more = append(more, python.Kwarg{Name: "strict", Value: python.Bool(r.strict)})
		}
		d, err := th.Call(cls, nil, more)
		if err != nil {
			return nil, err
		}
		return th.CallMethod(d, "decode", r.doc)
	}
}

// readJSON is what JSONDecoder reads with: a value that begins at a character,
// and where it ends, or with a negative number a whole document.
func readJSON(th *python.Thread, a *python.Args) (python.Value, error) {
	r := &jsonReader{th: th}
	var start int
	err := a.Unpack("_read", "s", &r.doc, "start", &start, "object_hook", &r.objectHook, "parse_float", &r.parseFloat,
		"parse_int", &r.parseInt, "parse_constant", &r.parseConstant, "object_pairs_hook", &r.pairsHook, "strict", &r.strict)
	if err != nil {
		return nil, err
	}
	if start < 0 {
		return r.whole()
	}
	r.prepare()
	for range start {
		_, n := utf8.DecodeRuneInString(r.s[r.at:])
		r.at += n
	}
	from := r.at
	v, err := r.value()
	if err != nil {
		return nil, err
	}
	return python.NewTuple(v, python.Int(start+utf8.RuneCountInString(r.s[from:r.at]))), nil
}

// jsonText returns what loads() reads as text.
func jsonText(th *python.Thread, src python.Value) (*python.Str, error) {
	if b, ok := python.BytesOf(src); ok {
		src = b
	}
	switch s := python.Unwrap(src).(type) {
	case *python.Str:
		return s, nil
	case *python.Bytes:
		v, err := th.CallMethod(s, "decode", str(jsonEncoding(s.Data())))
		if err != nil {
			return nil, err
		}
		doc, _ := text(v)
		if s.Outside {
			doc = doc.Marked()
		}
		return doc, nil
	}
	return nil, python.Errorf(python.TypeError, "the JSON object must be str, bytes or bytearray, not %s", src.Class().ShortName())
}

// jsonEncoding tells the encoding of a document from its first bytes, which
// are those of ASCII characters.
func jsonEncoding(s string) string {
	zero := func(i int) bool { return i < len(s) && s[i] == 0 }
	switch {
	case strings.HasPrefix(s, "\xef\xbb\xbf"):
		return "utf-8-sig"
	case strings.HasPrefix(s, "\xff\xfe\x00\x00"), strings.HasPrefix(s, "\x00\x00\xfe\xff"):
		return "utf-32"
	case strings.HasPrefix(s, "\xff\xfe"), strings.HasPrefix(s, "\xfe\xff"):
		return "utf-16"
	case len(s) >= 4 && zero(0) && zero(1):
		return "utf-32-be"
	case len(s) >= 2 && zero(0):
		return "utf-16-be"
	case len(s) >= 4 && zero(1) && zero(2) && zero(3):
		return "utf-32-le"
	case len(s) >= 2 && zero(1):
		return "utf-16-le"
	}
	return "utf-8"
}

// prepare makes ready for reading the document.
func (r *jsonReader) prepare() {
	for _, hook := range []*python.Value{&r.objectHook, &r.pairsHook, &r.parseFloat, &r.parseInt, &r.parseConstant} {
		if isNone(*hook) {
			*hook = nil
		}
	}
	r.s = r.doc.String()
}

func (r *jsonReader) whole() (python.Value, error) {
	r.prepare()
	if strings.HasPrefix(r.s, "\ufeff") {
		return nil, r.fail("Unexpected UTF-8 BOM (decode using utf-8-sig)", 0)
	}
	return r.document()
}

func (r *jsonReader) document() (python.Value, error) {
	r.space()
	v, err := r.value()
	if err != nil {
		return nil, err
	}
	r.space()
	if r.at < len(r.s) {
		return nil, r.fail("Extra data", r.at)
	}
	return v, nil
}

// fail returns a JSONDecodeError about the text at a byte.
func (r *jsonReader) fail(msg string, at int) error {
	exc := python.NewException(decodeErrorClass)
	describeDecodeError(exc, msg, r.s, r.doc, utf8.RuneCountInString(r.s[:at]))
	return r.th.Raise(exc)
}

// initDecodeError makes an error out of message, document and position.
func initDecodeError(_ *python.Thread, a *python.Args) (python.Value, error) {
	var msg string
	var doc python.Value
	var pos int
	if err := a.Unpack("JSONDecodeError.__init__", "msg", &msg, "doc", &doc, "pos", &pos); err != nil {
		return nil, err
	}
	s, ok := python.StringOf(doc)
	if !ok {
		return nil, python.Errorf(python.AttributeError, "'%s' object has no attribute 'count'", doc.Class().Name())
	}
	describeDecodeError(a.Self.(*python.Instance), msg, s, doc, pos)
	return python.None, nil
}

// describeDecodeError fills in what a JSONDecodeError knows: message, document,
// and the position in it, counted in characters.
func describeDecodeError(exc *python.Instance, msg, text string, doc python.Value, pos int) {
	at := 0
	for i := 0; i < pos && at < len(text); i++ {
		_, n := utf8.DecodeRuneInString(text[at:])
		at += n
	}
	line := strings.Count(text[:at], "\n") + 1
	col := pos - utf8.RuneCountInString(text[:strings.LastIndexByte(text[:at], '\n')+1]) + 1
	exc.Exception().Args = python.NewTuple(python.NewStr(msg + ": line " + strconv.Itoa(line) + " column " + strconv.Itoa(col) +
		" (char " + strconv.Itoa(pos) + ")"))
	exc.Attrs.Set("msg", str(msg))
	exc.Attrs.Set("doc", doc)
	exc.Attrs.Set("pos", python.Int(pos))
	exc.Attrs.Set("lineno", python.Int(line))
	exc.Attrs.Set("colno", python.Int(col))
}

func (r *jsonReader) space() {
	for r.at < len(r.s) && strings.IndexByte(" \t\n\r", r.s[r.at]) >= 0 {
		r.at++
	}
}

func (r *jsonReader) peek() byte {
	if r.at < len(r.s) {
		return r.s[r.at]
	}
	return 0
}

var jsonConstants = []struct {
	word string
	val  python.Value
}{{"null", python.None}, {"true", python.True}, {"false", python.False}}

var jsonNumbers = []string{"NaN", "Infinity", "-Infinity"}

func (r *jsonReader) value() (python.Value, error) {
	if err := r.th.Tick(); err != nil {
		return nil, err
	}
	switch c := r.peek(); {
	case c == '"':
		return r.text()
	case c == '{':
		return r.nested(r.object)
	case c == '[':
		return r.nested(r.array)
	}
	rest := r.s[r.at:]
	for _, k := range jsonConstants {
		if strings.HasPrefix(rest, k.word) {
			r.at += len(k.word)
			return k.val, nil
		}
	}
	for _, word := range jsonNumbers {
		if strings.HasPrefix(rest, word) {
			r.at += len(word)
			return r.constant(word)
		}
	}
	return r.number()
}

func (r *jsonReader) constant(word string) (python.Value, error) {
	if r.parseConstant != nil {
		return r.th.Call(r.parseConstant, []python.Value{str(word)}, nil)
	}
	f, _ := strconv.ParseFloat(word, 64)
	return python.Float(f), nil
}

func (r *jsonReader) nested(read func() (python.Value, error)) (python.Value, error) {
	if r.depth >= 900 {
		return nil, python.Errorf(python.RecursionError, "maximum recursion depth exceeded while decoding a JSON document")
	}
	if err := r.th.Alloc(64); err != nil {
		return nil, err
	}
	r.depth++
	defer func() { r.depth-- }()
	r.at++
	return read()
}

func (r *jsonReader) array() (python.Value, error) {
	out := python.NewList()
	r.space()
	if r.peek() == ']' {
		r.at++
		return out, nil
	}
	for {
		v, err := r.value()
		if err != nil {
			return nil, err
		}
		out.Elems = append(out.Elems, v)
		r.space()
		switch r.peek() {
		case ']':
			r.at++
			return out, nil
		case ',':
			r.at++
			r.space()
		default:
			return nil, r.fail("Expecting ',' delimiter", r.at)
		}
	}
}

func (r *jsonReader) object() (python.Value, error) {
	var pairs []python.Value // tuples
	r.space()
	if r.peek() == '}' {
		r.at++
		return r.built(pairs)
	}
	for {
		pair, err := r.pair()
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, pair)
		r.space()
		switch r.peek() {
		case '}':
			r.at++
			return r.built(pairs)
		case ',':
			r.at++
			r.space()
		default:
			return nil, r.fail("Expecting ',' delimiter", r.at)
		}
	}
}

func (r *jsonReader) pair() (python.Value, error) {
	if r.peek() != '"' {
		return nil, r.fail("Expecting property name enclosed in double quotes", r.at)
	}
	key, err := r.text()
	if err != nil {
		return nil, err
	}
	r.space()
	if r.peek() != ':' {
		return nil, r.fail("Expecting ':' delimiter", r.at)
	}
	r.at++
	r.space()
	v, err := r.value()
	if err != nil {
		return nil, err
	}
	return python.NewTuple(key, v), nil
}

// built makes an object of its pairs.
func (r *jsonReader) built(pairs []python.Value) (python.Value, error) {
	if r.pairsHook != nil {
		return r.th.Call(r.pairsHook, []python.Value{python.NewList(pairs...)}, nil)
	}
	d := python.NewDict()
	for _, p := range pairs {
		kv := p.(*python.Tuple).Elems
		if err := d.Set(r.th, kv[0], kv[1]); err != nil {
			return nil, err
		}
	}
	if r.objectHook != nil {
		return r.th.Call(r.objectHook, []python.Value{d}, nil)
	}
	return d, nil
}

func (r *jsonReader) digits() int {
	start := r.at
	for r.peek() >= '0' && r.peek() <= '9' {
		r.at++
	}
	return r.at - start
}

func (r *jsonReader) number() (python.Value, error) {
	start := r.at
	if r.peek() == '-' {
		r.at++
	}
	if r.peek() == '0' {
		r.at++
	} else if r.digits() == 0 {
		r.at = start
		return nil, r.fail("Expecting value", start)
	}
	whole := r.at
	if r.peek() == '.' {
		r.at++
		if r.digits() == 0 {
			r.at = whole
		}
	}
	fraction := r.at
	if c := r.peek(); c == 'e' || c == 'E' {
		r.at++
		if c := r.peek(); c == '+' || c == '-' {
			r.at++
		}
		if r.digits() == 0 {
			r.at = fraction
		}
	}
	s := r.s[start:r.at]
	if r.at == whole {
		return r.integer(s)
	}
	if r.parseFloat != nil {
		return r.th.Call(r.parseFloat, []python.Value{r.piece(start, r.at, s)}, nil)
	}
	f, _ := strconv.ParseFloat(s, 64)
	return python.Float(f), nil
}

func (r *jsonReader) integer(s string) (python.Value, error) {
	if r.parseInt != nil {
		return r.th.Call(r.parseInt, []python.Value{str(s)}, nil)
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return python.Int(n), nil
	}
	if len(s) > 4300 {
		return nil, python.Errorf(python.ValueError, "Exceeds the limit (4300 digits) for integer string conversion: value has %d digits; use sys.set_int_max_str_digits() to increase the limit", len(s))
	}
	n, _ := new(big.Int).SetString(s, 10)
	return python.NewInt(n), nil
}

// piece returns text read from a part of the document, from outside if any of
// that part is.
func (r *jsonReader) piece(from, to int, s string) *python.Str {
	if slices.ContainsFunc(r.doc.Spans(), func(p python.Span) bool { return p.From < to && from < p.To }) {
		return python.Outside(s)
	}
	return python.NewStr(s)
}

func (r *jsonReader) text() (*python.Str, error) {
	start := r.at
	r.at++
	var b strings.Builder
	for {
		end := strings.IndexFunc(r.s[r.at:], func(c rune) bool { return c == '"' || c == '\\' || c < ' ' && r.strict })
		if end < 0 {
			return nil, r.fail("Unterminated string starting at", start)
		}
		b.WriteString(r.s[r.at : r.at+end])
		r.at += end
		switch r.s[r.at] {
		case '"':
			r.at++
			if err := r.th.Alloc(b.Len()); err != nil {
				return nil, err
			}
			return r.piece(start, r.at, b.String()), nil
		case '\\':
			c, err := r.escape(start)
			if err != nil {
				return nil, err
			}
			b.WriteRune(c)
		default:
			return nil, r.fail("Invalid control character at", r.at)
		}
	}
}

var jsonUnescapes = map[byte]rune{'"': '"', '\\': '\\', '/': '/', 'n': '\n', 'r': '\r', 't': '\t', 'b': '\b', 'f': '\f'}

// escape reads an escape in the string that began at start.
func (r *jsonReader) escape(start int) (rune, error) {
	r.at++
	if r.at == len(r.s) {
		return 0, r.fail("Unterminated string starting at", start)
	}
	c := r.s[r.at]
	if c != 'u' {
		u, ok := jsonUnescapes[c]
		if !ok {
			return 0, r.fail(`Invalid \escape`, r.at-1)
		}
		r.at++
		return u, nil
	}
	u, ok := r.hex(r.at + 1)
	if !ok {
		return 0, r.fail(`Invalid \uXXXX escape`, r.at)
	}
	r.at += 5
	if u >= 0xd800 && u < 0xdc00 && strings.HasPrefix(r.s[r.at:], `\u`) {
		if low, ok := r.hex(r.at + 2); ok && low >= 0xdc00 && low < 0xe000 {
			r.at += 6
			return 0x10000 + (u-0xd800)<<10 + low - 0xdc00, nil
		}
	}
	if u >= 0xd800 && u < 0xe000 {
		u = utf8.RuneError
	}
	return u, nil
}

// hex reads four hexadecimal digits.
func (r *jsonReader) hex(at int) (rune, bool) {
	if at+4 > len(r.s) {
		return 0, false
	}
	n, err := strconv.ParseUint(r.s[at:at+4], 16, 32)
	return rune(n), err == nil
}
