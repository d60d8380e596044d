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

	objectHook, pairsHook, parseFloat, parseInt, parseConstant python.Value // nil: none
}

func load(th *python.Thread, a *python.Args) (python.Value, error) {
	if len(a.Pos) != 1 {
		return nil, python.Errorf(python.TypeError, "load() missing 1 required positional argument: 'fp'")
	}
	s, err := th.CallMethod(a.Pos[0], "read")
	if err != nil {
		return nil, err
	}
	return loads(th, &python.Args{Pos: []python.Value{s}, Kw: a.Kw})
}

func loads(th *python.Thread, a *python.Args) (python.Value, error) {
	r := &jsonReader{th: th}
	var src, cls python.Value
	err := a.Unpack("loads", "s", &src, "*", nil, "cls?", &cls, "object_hook?", &r.objectHook, "parse_float?", &r.parseFloat,
		"parse_int?", &r.parseInt, "parse_constant?", &r.parseConstant, "object_pairs_hook?", &r.pairsHook)
	if err != nil {
		return nil, err
	}
	if !isNone(cls) {
		return nil, python.Errorf(python.TypeError, "loads() does not take a decoder class here; use object_hook")
	}
	for _, hook := range []*python.Value{&r.objectHook, &r.pairsHook, &r.parseFloat, &r.parseInt, &r.parseConstant} {
		if isNone(*hook) {
			*hook = nil
		}
	}
	switch s := python.Unwrap(src).(type) {
	case *python.Str:
		r.doc = s
	case *python.Bytes:
		r.doc = python.NewStr(strings.TrimPrefix(s.Data(), "\ufeff"))
		if s.Outside {
			r.doc = r.doc.Marked()
		}
	default:
		return nil, python.Errorf(python.TypeError, "the JSON object must be str, bytes or bytearray, not %s", src.Class().Name())
	}
	r.s = r.doc.String()
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
		end := strings.IndexFunc(r.s[r.at:], func(c rune) bool { return c == '"' || c == '\\' || c < ' ' })
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
