package stdlib

import (
	"strings"

	"colloquy/engine/python"
)

const alwaysSafe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~"

// quoted replaces every byte that is not safe by % and two digits.
func quoted(s, safe string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if strings.IndexByte(alwaysSafe, c) >= 0 || c < 0x80 && strings.IndexByte(safe, c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(digits[c>>4])
		b.WriteByte(digits[c&15])
	}
	return b.String()
}

// unquoted replaces % and two digits by the byte.
func unquoted(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			hi, lo := strings.IndexByte("0123456789abcdef", lower(s[i+1])), strings.IndexByte("0123456789abcdef", lower(s[i+2]))
			if hi >= 0 && lo >= 0 {
				b.WriteByte(byte(hi<<4 | lo))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// quoteValue quotes a str or bytes; the result is a str.
func quoteValue(th *python.Thread, v python.Value, change func(string) string) (python.Value, error) {
	if s, ok := text(v); ok {
		if err := th.Ticks(len(s.String())); err != nil {
			return nil, err
		}
		if err := th.Alloc(3 * len(s.String())); err != nil {
			return nil, err
		}
		return rewritten(s, change), nil
	}
	b, ok := python.BytesOf(v)
	if !ok {
		return nil, python.Errorf(python.TypeError, "quote_from_bytes() expected bytes")
	}
	if b.Outside {
		return python.Outside(change(b.Data())), nil
	}
	return str(change(b.Data())), nil
}

// safeText returns the characters that an argument says to leave alone.
func safeText(v python.Value, otherwise string) string {
	switch s := python.Unwrap(v).(type) {
	case *python.Str:
		return s.String()
	case *python.Bytes:
		return s.Data()
	}
	return otherwise
}

func quoter(name, safe string, plus bool) python.BuiltinFunc {
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		var s, given, encoding, errors python.Value
		if err := a.Unpack(name, "string", &s, "safe?", &given, "encoding?", &encoding, "errors?", &errors); err != nil {
			return nil, err
		}
		if given != nil {
			given := safeText(given, safe)
			return quoteValue(th, s, quoteChange(given, plus))
		}
		return quoteValue(th, s, quoteChange(safe, plus))
	}
}

func quoteChange(safe string, plus bool) func(string) string {
	if !plus {
		return func(s string) string { return quoted(s, safe) }
	}
	return func(s string) string { return strings.ReplaceAll(quoted(s, safe+" "), " ", "+") }
}

func unquoter(name string, plus bool) python.BuiltinFunc {
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		var v, encoding, errors python.Value
		if err := a.Unpack(name, "string", &v, "encoding?", &encoding, "errors?", &errors); err != nil {
			return nil, err
		}
		if b, ok := python.BytesOf(v); ok {
			s := python.NewStr(b.Data())
			if b.Outside {
				s = s.Marked()
			}
			v = s
		}
		s, ok := text(v)
		if !ok {
			return nil, python.Errorf(python.TypeError, "argument of type '%s' is not iterable", v.Class().Name())
		}
		if err := th.Ticks(len(s.String()) / 2); err != nil {
			return nil, err
		}
		if err := th.Alloc(len(s.String())); err != nil {
			return nil, err
		}
		t := s.String()
		if plus {
			t = strings.ReplaceAll(t, "+", " ")
		}
		if name, _ := python.StringOf(orNone(encoding)); name != "" && !strings.EqualFold(name, "utf-8") {
			how := errors
			if how == nil {
				how = str("replace")
			}
			v, err := th.CallMethod(python.NewBytes([]byte(unquoted(t))), "decode", encoding, how)
			if err != nil {
				return nil, err
			}
			out, _ := text(v)
			return like(out.String(), s), nil
		}
		return like(unquoted(t), s), nil
	}
}

func fillURLParse(_ *builder, ns *python.Namespace) error {
	functions(ns, map[string]python.BuiltinFunc{
		"quote": quoter("quote", "/", false), "quote_plus": quoter("quote_plus", "", true),
		"quote_from_bytes": quoter("quote_from_bytes", "/", false),
		"unquote":          unquoter("unquote", false), "unquote_plus": unquoter("unquote_plus", true),
		"unquote_to_bytes": func(_ *python.Thread, a *python.Args) (python.Value, error) {
			if err := a.Exactly("unquote_to_bytes", 1); err != nil {
				return nil, err
			}
			if s, ok := text(a.Pos[0]); ok {
				b := python.NewBytes([]byte(unquoted(s.String())))
				b.Outside = s.HasOutside()
				return b, nil
			}
			b, err := wantBytes(a.Pos[0])
			if err != nil {
				return nil, err
			}
			return bytesLike([]byte(unquoted(b.Data())), b), nil
		},
	})
	return nil
}
