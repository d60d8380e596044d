package run

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"

	"colloquy/engine/python"
)

// writeText writes a string as Python's json.dumps does: ASCII only.
func writeText(b *strings.Builder, s string) {
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\b':
			b.WriteString(`\b`)
		case r == '\f':
			b.WriteString(`\f`)
		case r >= 0x10000:
			r -= 0x10000
			fmt.Fprintf(b, `\u%04x\u%04x`, 0xd800+(r>>10), 0xdc00+(r&0x3ff))
		case r < 0x20 || r > 0x7e:
			fmt.Fprintf(b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
}

// writeJSON writes a value as Python's json.dumps does, or raises its TypeError.
func writeJSON(b *strings.Builder, v python.Value, depth int) error {
	if depth > 100 {
		return python.Errorf(python.ValueError, "Circular reference detected")
	}
	switch v := python.Unwrap(v).(type) {
	case python.NoneType:
		b.WriteString("null")
	case python.Bool:
		b.WriteString(strconv.FormatBool(bool(v)))
	case python.Int:
		b.WriteString(strconv.FormatInt(int64(v), 10))
	case *python.Big:
		b.WriteString(v.Int().String())
	case python.Float:
		b.WriteString(floatText(float64(v)))
	case *python.Str:
		writeText(b, v.String())
	case *python.List:
		return writeItems(b, v.Elems, depth)
	case *python.Tuple:
		return writeItems(b, v.Elems, depth)
	case *python.Dict:
		return writeDict(b, v, depth)
	default:
		return python.Errorf(python.TypeError, "Object of type %s is not JSON serializable", v.Class().Name())
	}
	return nil
}

func floatText(f float64) string {
	switch {
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	case math.IsNaN(f):
		return "NaN"
	case f == math.Trunc(f) && math.Abs(f) < 1e16:
		return strconv.FormatFloat(f, 'f', 1, 64)
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

func writeItems(b *strings.Builder, items []python.Value, depth int) error {
	b.WriteByte('[')
	for i, item := range items {
		if i > 0 {
			b.WriteString(", ")
		}
		if err := writeJSON(b, item, depth+1); err != nil {
			return err
		}
	}
	b.WriteByte(']')
	return nil
}

func writeDict(b *strings.Builder, d *python.Dict, depth int) error {
	b.WriteByte('{')
	first := true
	for k, v := range d.All() {
		if !first {
			b.WriteString(", ")
		}
		first = false
		if s, ok := python.StringOf(k); ok {
			writeText(b, s)
		} else {
			var key strings.Builder
			if err := writeJSON(&key, k, depth+1); err != nil {
				return err
			}
			writeText(b, key.String())
		}
		b.WriteString(": ")
		if err := writeJSON(b, v, depth+1); err != nil {
			return err
		}
	}
	b.WriteByte('}')
	return nil
}

// fromJSON turns what a JSON decoder gave into values; all text came from outside.
func fromJSON(v any) python.Value {
	switch v := v.(type) {
	case nil:
		return python.None
	case bool:
		return python.Bool(v)
	case string:
		return python.Outside(v)
	case json.Number:
		if n, ok := new(big.Int).SetString(v.String(), 10); ok {
			return python.NewInt(n)
		}
		f, _ := v.Float64()
		return python.Float(f)
	case []any:
		items := make([]python.Value, len(v))
		for i := range v {
			items[i] = fromJSON(v[i])
		}
		return python.NewList(items...)
	case map[string]any:
		d := python.NewDict()
		for _, k := range sortedNames(v) {
			d.SetStr(k, fromJSON(v[k]))
		}
		return d
	}
	return python.None
}
