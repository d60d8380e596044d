package stdlib

import (
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"hash/crc32"
	"strings"

	"colloquy/engine/python"
)

var binasciiError *python.Class

// wantBytes returns the bytes in v.
func wantBytes(v python.Value) (*python.Bytes, error) {
	if b, ok := python.BytesOf(v); ok {
		return b, nil
	}
	return nil, python.Errorf(python.TypeError, "a bytes-like object is required, not '%s'", v.Class().Name())
}

// bytesOrText returns bytes, or a str of ASCII as bytes.
func bytesOrText(v python.Value) (*python.Bytes, error) {
	s, ok := text(v)
	if !ok {
		return wantBytes(v)
	}
	for _, r := range s.String() {
		if r > 127 {
			return nil, python.Errorf(python.ValueError, "string argument should contain only ASCII characters")
		}
	}
	b := python.NewBytes([]byte(s.String()))
	b.Outside = s.HasOutside()
	return b, nil
}

// bytesLike returns bytes that are from outside if from is.
func bytesLike(data []byte, from *python.Bytes) *python.Bytes {
	b := python.NewBytes(data)
	b.Outside = from.Outside
	return b
}

// alternative are the two characters used instead of + and /.
func alternative(v python.Value) (string, error) {
	if isNone(v) {
		return "", nil
	}
	b, err := bytesOrText(v)
	if err != nil {
		return "", err
	}
	if len(b.Data()) != 2 {
		return "", python.Errorf(python.AssertionError, "altchars must be two bytes")
	}
	return b.Data(), nil
}

func encode64(th *python.Thread, v python.Value, alt string) (python.Value, error) {
	b, err := wantBytes(v)
	if err != nil {
		return nil, err
	}
	if err := th.Alloc(len(b.Data()) / 3 * 4); err != nil {
		return nil, err
	}
	out := base64.StdEncoding.EncodeToString([]byte(b.Data()))
	if alt != "" {
		out = strings.NewReplacer("+", alt[:1], "/", alt[1:]).Replace(out)
	}
	return bytesLike([]byte(out), b), nil
}

// decode64 decodes; characters that do not belong there are skipped unless
// strict.
func decode64(th *python.Thread, v python.Value, alt string, strict bool) (python.Value, error) {
	b, err := bytesOrText(v)
	if err != nil {
		return nil, err
	}
	if err := th.Alloc(len(b.Data())); err != nil {
		return nil, err
	}
	data := b.Data()
	if alt != "" {
		data = strings.NewReplacer(alt[:1], "+", alt[1:], "/").Replace(data)
	}
	clean, err := clean64(data, strict)
	if err != nil {
		return nil, err
	}
	out, decodeErr := base64.RawStdEncoding.DecodeString(clean)
	if decodeErr != nil {
		return nil, python.Errorf(binasciiError, "Invalid base64-encoded string: %v", decodeErr)
	}
	return bytesLike(out, b), nil
}

const alphabet64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// clean64 returns the characters that carry data.
func clean64(data string, strict bool) (string, error) {
	var clean strings.Builder
	pads := 0
	for i := range len(data) {
		switch c := data[i]; {
		case c == '=':
			pads++
			if strict && clean.Len() == 0 {
				return "", python.Errorf(binasciiError, "Leading padding not allowed")
			}
			if clean.Len()%4 >= 2 && clean.Len()%4+pads >= 4 {
				if strict && i+1 < len(data) {
					return "", python.Errorf(binasciiError, "Excess data after padding")
				}
				return clean.String(), nil
			}
		case strings.IndexByte(alphabet64, c) >= 0:
			if strict && pads > 0 {
				return "", python.Errorf(binasciiError, "Discontinuous padding not allowed")
			}
			pads = 0
			clean.WriteByte(c)
		case strict:
			return "", python.Errorf(binasciiError, "Only base64 data is allowed")
		}
	}
	switch clean.Len() % 4 {
	case 0:
		return clean.String(), nil
	case 1:
		return "", python.Errorf(binasciiError, "Invalid base64-encoded string: number of data characters (%d) cannot be 1 more than a multiple of 4", clean.Len())
	}
	return "", python.Errorf(binasciiError, "Incorrect padding")
}

func fillBase64(_ *builder, ns *python.Namespace) error {
	encode := func(name, alt string) {
		ns.Set(name, fixed(name, 1, func(th *python.Thread, vs []python.Value) (python.Value, error) { return encode64(th, vs[0], alt) }))
	}
	decode := func(name, alt string) {
		ns.Set(name, fixed(name, 1, func(th *python.Thread, vs []python.Value) (python.Value, error) {
			return decode64(th, vs[0], alt, false)
		}))
	}
	encode("standard_b64encode", "")
	decode("standard_b64decode", "")
	encode("urlsafe_b64encode", "-_")
	decode("urlsafe_b64decode", "-_")
	functions(ns, map[string]python.BuiltinFunc{
		"b64encode": func(th *python.Thread, a *python.Args) (python.Value, error) {
			var s, altchars python.Value
			if err := a.Unpack("b64encode", "s", &s, "altchars?", &altchars); err != nil {
				return nil, err
			}
			alt, err := alternative(altchars)
			if err != nil {
				return nil, err
			}
			return encode64(th, s, alt)
		},
		"b64decode": func(th *python.Thread, a *python.Args) (python.Value, error) {
			var s, altchars python.Value
			strict := false
			if err := a.Unpack("b64decode", "s", &s, "altchars?", &altchars, "validate?", &strict); err != nil {
				return nil, err
			}
			alt, err := alternative(altchars)
			if err != nil {
				return nil, err
			}
			return decode64(th, s, alt, strict)
		},
		"encodebytes":  encodeLines,
		"b32hexencode": encoder("b32hexencode", base32.HexEncoding.EncodeToString),
		"b32encode":    encoder("b32encode", base32.StdEncoding.EncodeToString), "b32decode": decodeBase32,
		"b16encode": encoder("b16encode", func(b []byte) string { return strings.ToUpper(hex.EncodeToString(b)) }), "b16decode": decodeBase16,
	})
	decode("decodebytes", "")
	return nil
}

// encodeLines encodes with a line break after every 76 characters.
func encodeLines(th *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Exactly("encodebytes", 1); err != nil {
		return nil, err
	}
	v, err := encode64(th, a.Pos[0], "")
	if err != nil {
		return nil, err
	}
	b := v.(*python.Bytes)
	var out strings.Builder
	for rest := b.Data(); rest != ""; {
		n := min(76, len(rest))
		out.WriteString(rest[:n] + "\n")
		rest = rest[n:]
	}
	return bytesLike([]byte(out.String()), b), nil
}

// encoder is a function that turns bytes into bytes of text.
func encoder(name string, encode func([]byte) string) python.BuiltinFunc {
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		if err := a.Exactly(name, 1); err != nil {
			return nil, err
		}
		b, err := wantBytes(a.Pos[0])
		if err != nil {
			return nil, err
		}
		if err := th.Alloc(2 * len(b.Data())); err != nil {
			return nil, err
		}
		return bytesLike([]byte(encode([]byte(b.Data()))), b), nil
	}
}

func decodeBase32(_ *python.Thread, a *python.Args) (python.Value, error) {
	var s python.Value
	fold := false
	if err := a.Unpack("b32decode", "s", &s, "casefold?", &fold); err != nil {
		return nil, err
	}
	b, err := bytesOrText(s)
	if err != nil {
		return nil, err
	}
	data := b.Data()
	if fold {
		data = strings.ToUpper(data)
	}
	if len(data)%8 != 0 {
		return nil, python.Errorf(binasciiError, "Incorrect padding")
	}
	out, decodeErr := base32.StdEncoding.DecodeString(data)
	if decodeErr != nil {
		return nil, python.Errorf(binasciiError, "Non-base32 digit found")
	}
	return bytesLike(out, b), nil
}

func decodeBase16(_ *python.Thread, a *python.Args) (python.Value, error) {
	var s python.Value
	fold := false
	if err := a.Unpack("b16decode", "s", &s, "casefold?", &fold); err != nil {
		return nil, err
	}
	b, err := bytesOrText(s)
	if err != nil {
		return nil, err
	}
	if len(b.Data())%2 == 1 {
		return nil, python.Errorf(binasciiError, "Odd-length string")
	}
	out, decodeErr := hex.DecodeString(b.Data())
	if decodeErr != nil || !fold && strings.ToUpper(b.Data()) != b.Data() {
		return nil, python.Errorf(binasciiError, "Non-base16 digit found")
	}
	return bytesLike(out, b), nil
}

func defineBase64() {
	binasciiError = python.NewClass(python.ClassSpec{Name: "Error", Module: "binascii", Bases: []*python.Class{python.ValueError}})
}

func fillBinascii(_ *builder, ns *python.Namespace) error {
	ns.Set("Error", binasciiError)
	for _, name := range []string{"hexlify", "b2a_hex"} {
		ns.Set(name, python.NewBuiltin(name, hexlify(name)))
	}
	for _, name := range []string{"unhexlify", "a2b_hex"} {
		ns.Set(name, fixed(name, 1, unhexlify))
	}
	functions(ns, map[string]python.BuiltinFunc{
		"a2b_base64": func(th *python.Thread, a *python.Args) (python.Value, error) {
			var s python.Value
			strict := false
			if err := a.Unpack("a2b_base64", "/data", &s, "*", nil, "strict_mode?", &strict); err != nil {
				return nil, err
			}
			return decode64(th, s, "", strict)
		},
		"b2a_base64": func(th *python.Thread, a *python.Args) (python.Value, error) {
			var s python.Value
			newline := true
			if err := a.Unpack("b2a_base64", "/data", &s, "*", nil, "newline?", &newline); err != nil {
				return nil, err
			}
			v, err := encode64(th, s, "")
			if err != nil || !newline {
				return v, err
			}
			b := v.(*python.Bytes)
			return bytesLike([]byte(b.Data()+"\n"), b), nil
		},
		"crc32": func(_ *python.Thread, a *python.Args) (python.Value, error) {
			var s python.Value
			start := int64(0)
			if err := a.Unpack("crc32", "/data", &s, "value?", &start); err != nil {
				return nil, err
			}
			b, err := wantBytes(s)
			if err != nil {
				return nil, err
			}
			return python.Int(crc32.Update(uint32(start), crc32.IEEETable, []byte(b.Data()))), nil
		},
	})
	return nil
}

// hexlify writes bytes as hexadecimal digits, in groups if asked for.
func hexlify(name string) python.BuiltinFunc {
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		var data, sep, group python.Value
		if err := a.Unpack(name, "data", &data, "sep?", &sep, "bytes_per_sep?", &group); err != nil {
			return nil, err
		}
		b, err := wantBytes(data)
		if err != nil {
			return nil, err
		}
		var args []python.Value
		for _, v := range []python.Value{sep, group} {
			if v != nil {
				args = append(args, v)
			}
		}
		v, err := th.CallMethod(b, "hex", args...)
		if err != nil {
			return nil, err
		}
		s, _ := text(v)
		return bytesLike([]byte(s.String()), b), nil
	}
}

func unhexlify(_ *python.Thread, vs []python.Value) (python.Value, error) {
	switch python.Unwrap(vs[0]).(type) {
	case *python.Str, *python.Bytes:
	default:
		return nil, python.Errorf(python.TypeError, "argument should be bytes, buffer or ASCII string, not '%s'", vs[0].Class().Name())
	}
	b, err := bytesOrText(vs[0])
	if err != nil {
		return nil, err
	}
	if len(b.Data())%2 != 0 {
		return nil, python.Errorf(binasciiError, "Odd-length string")
	}
	out, decodeErr := hex.DecodeString(b.Data())
	if decodeErr != nil {
		return nil, python.Errorf(binasciiError, "Non-hexadecimal digit found")
	}
	return bytesLike(out, b), nil
}
