package python

import (
	"slices"
	"strings"
)

// needle returns what a method of bytes looks for: bytes, or one by its number.
func (th *Thread) needle(v Value) (string, error) {
	if b, ok := asBytes(v); ok {
		return b.b, nil
	}
	n, ok, err := th.asIndex(v)
	switch {
	case err != nil:
		return "", err
	case !ok:
		return "", Errorf(TypeError, "argument should be integer or bytes-like object, not '%s'", v.Class().name)
	case n < 0 || n > 255:
		return "", Errorf(ValueError, "byte must be in range(0, 256)")
	}
	return string([]byte{byte(n)}), nil
}

// byteRange returns the part of b that optional start and end arguments select.
func (th *Thread) byteRange(b string, bounds []Value) (from, to int, ok bool, err error) {
	at := [2]int64{0, int64(len(b))}
	for i, v := range bounds {
		if at[i], err = th.slicePart(v, at[i]); err != nil {
			return 0, 0, false, err
		}
		if at[i] < 0 {
			at[i] = max(at[i]+int64(len(b)), 0)
		}
	}
	at[1] = min(at[1], int64(len(b)))
	return int(at[0]), int(at[1]), at[0] <= at[1], nil
}

func bufferSearch() []Member {
	find := func(name string, look func(s, sub string) int, must bool) Member {
		return bufferMethod(name, func(th *Thread, b buffer, a *Args) (Value, error) {
			if err := a.parsed(name, 1, 3); err != nil {
				return nil, err
			}
			from, to, ok, err := th.byteRange(b.b, a.Pos[1:])
			if err != nil {
				return nil, err
			}
			sub, err := th.needle(a.Pos[0])
			if err != nil {
				return nil, err
			}
			i := -1
			if ok {
				i = look(b.b[from:to], sub)
			}
			if i < 0 && must {
				return nil, Errorf(ValueError, "subsection not found")
			}
			if i >= 0 {
				i += from
			}
			return boxInt(Int(i)), nil
		})
	}
	return []Member{
		find("find", strings.Index, false), find("rfind", strings.LastIndex, false),
		find("index", strings.Index, true), find("rindex", strings.LastIndex, true),
		bufferMethod("count", func(th *Thread, b buffer, a *Args) (Value, error) {
			if err := a.parsed("count", 1, 3); err != nil {
				return nil, err
			}
			from, to, ok, err := th.byteRange(b.b, a.Pos[1:])
			if err != nil {
				return nil, err
			}
			sub, err := th.needle(a.Pos[0])
			if err != nil || !ok {
				return boxInt(0), err
			}
			if sub == "" {
				return boxInt(Int(to - from + 1)), nil
			}
			return boxInt(Int(strings.Count(b.b[from:to], sub))), nil
		}),
		bufferAffix("startswith", strings.HasPrefix), bufferAffix("endswith", strings.HasSuffix),
		bufferCut("removeprefix", strings.TrimPrefix), bufferCut("removesuffix", strings.TrimSuffix),
		bufferMethod("replace", replaceBytes),
		bufferSplit("split", false), bufferSplit("rsplit", true),
		bufferPartition("partition", strings.Index, false), bufferPartition("rpartition", strings.LastIndex, true),
		bufferMethod("splitlines", splitByteLines),
	}
}

func bufferAffix(name string, has func(s, affix string) bool) Member {
	return bufferMethod(name, func(th *Thread, b buffer, a *Args) (Value, error) {
		if err := a.parsed(name, 1, 3); err != nil {
			return nil, err
		}
		from, to, ok, err := th.byteRange(b.b, a.Pos[1:])
		if err != nil {
			return nil, err
		}
		affixes := []Value{a.Pos[0]}
		t, isTuple := asTuple(a.Pos[0])
		if isTuple {
			affixes = t.Elems
		}
		for _, v := range affixes {
			affix, isBytes := asBytes(v)
			if !isBytes && !isTuple {
				return nil, Errorf(TypeError, "%s first arg must be bytes or a tuple of bytes, not %s", name, v.Class().name)
			}
			if !isBytes {
				return nil, Errorf(TypeError, "a bytes-like object is required, not '%s'", v.Class().name)
			}
			if ok && has(b.b[from:to], affix.b) {
				return boxTrue, nil
			}
		}
		return boxFalse, nil
	})
}

func bufferCut(name string, cut func(s, affix string) string) Member {
	return bufferMethod(name, func(_ *Thread, b buffer, a *Args) (Value, error) {
		if err := a.Exactly(name, 1); err != nil {
			return nil, err
		}
		affix, err := wantBytes(a.Pos[0])
		if err != nil {
			return nil, err
		}
		return b.with(cut(b.b, affix.b)), nil
	})
}

func replaceBytes(th *Thread, b buffer, a *Args) (Value, error) {
	var oldArg, byArg, countArg Value
	if err := a.Unpack("replace", "/old", &oldArg, "/new", &byArg, "/count?", &countArg); err != nil {
		return nil, err
	}
	old, err := wantBytes(oldArg)
	if err != nil {
		return nil, err
	}
	by, err := wantBytes(byArg)
	if err != nil {
		return nil, err
	}
	count := -1
	if countArg != nil {
		if err := a.convertInt(countArg, &count); err != nil {
			return nil, err
		}
	}
	if old.b == "" {
		return insertBetween(th, b, by, count)
	}
	if err := th.allocTimes(int64(strings.Count(b.b, old.b)), len(by.b)); err != nil {
		return nil, err
	}
	return b.from(strings.Replace(b.b, old.b, by.b, count), b.outside || by.Outside), nil
}

// insertBetween puts by before each byte and at the end.
func insertBetween(th *Thread, b buffer, by *Bytes, count int) (Value, error) {
	n := len(b.b) + 1
	if count >= 0 {
		n = min(n, count)
	}
	if err := th.allocTimes(int64(n), len(by.b)+1); err != nil {
		return nil, err
	}
	var out strings.Builder
	for i := range n {
		out.WriteString(by.b)
		out.WriteString(b.b[i:min(i+1, len(b.b))])
	}
	out.WriteString(b.b[min(n, len(b.b)):])
	return b.from(out.String(), b.outside || by.Outside), nil
}

func bufferSplit(name string, fromRight bool) Member {
	return bufferMethod(name, func(th *Thread, b buffer, a *Args) (Value, error) {
		var sep Value = None
		limit := -1
		if err := a.Unpack(name, "sep?", &sep, "maxsplit?", &limit); err != nil {
			return nil, err
		}
		var cuts []Span
		if sep == Value(None) {
			cuts = splitByteSpace(b.b, limit, fromRight)
		} else {
			s, err := wantBytes(sep)
			if err != nil {
				return nil, err
			}
			if s.b == "" {
				return nil, Errorf(ValueError, "empty separator")
			}
			cuts = splitBy(b.b, s.b, limit, fromRight)
		}
		if err := th.Alloc(64*len(cuts) + len(b.b)); err != nil {
			return nil, err
		}
		out := make([]Value, len(cuts))
		for i, c := range cuts {
			out[i] = b.with(b.b[c.From:c.To])
		}
		return NewList(out...), nil
	})
}

// splitByteSpace splits at runs of white space.
func splitByteSpace(b string, limit int, fromRight bool) []Span {
	var words []Span
	for i := 0; i < len(b); {
		from := i
		for from < len(b) && strings.IndexByte(byteSpace, b[from]) >= 0 {
			from++
		}
		to := from
		for to < len(b) && strings.IndexByte(byteSpace, b[to]) < 0 {
			to++
		}
		if to > from {
			words = append(words, Span{from, to})
		}
		i = to
	}
	if n := len(words); limit >= 0 && n > limit+1 {
		if fromRight {
			return append([]Span{{0, words[n-limit-1].To}}, words[n-limit:]...)
		}
		return append(slices.Clone(words[:limit]), Span{words[limit].From, len(b)})
	} else if limit >= 0 && n == limit+1 && n > 0 {
		if fromRight {
			words[0].From = 0
		} else {
			words[n-1].To = len(b)
		}
	}
	return words
}

func bufferPartition(name string, find func(s, sep string) int, last bool) Member {
	return bufferMethod(name, func(_ *Thread, b buffer, a *Args) (Value, error) {
		if err := a.Exactly(name, 1); err != nil {
			return nil, err
		}
		sep, err := wantBytes(a.Pos[0])
		if err != nil {
			return nil, err
		}
		if sep.b == "" {
			return nil, Errorf(ValueError, "empty separator")
		}
		i := find(b.b, sep.b)
		switch {
		case i >= 0:
			return NewTuple(b.with(b.b[:i]), b.with(sep.b), b.with(b.b[i+len(sep.b):])), nil
		case last:
			return NewTuple(b.with(""), b.with(""), b.with(b.b)), nil
		}
		return NewTuple(b.with(b.b), b.with(""), b.with("")), nil
	})
}

func splitByteLines(th *Thread, b buffer, a *Args) (Value, error) {
	keep := false
	if err := a.Unpack("splitlines", "keepends?", &keep); err != nil {
		return nil, err
	}
	out := []Value{}
	for i := 0; i < len(b.b); {
		end := strings.IndexAny(b.b[i:], "\r\n")
		if end < 0 {
			out = append(out, b.with(b.b[i:]))
			break
		}
		end += i
		next := end + 1
		if strings.HasPrefix(b.b[end:], "\r\n") {
			next++
		}
		to := end
		if keep {
			to = next
		}
		out = append(out, b.with(b.b[i:to]))
		i = next
	}
	return NewList(out...), th.Alloc(48*len(out) + len(b.b))
}

func bufferShape() []Member {
	strip := func(name string, left, right bool) Member {
		return bufferMethod(name, func(_ *Thread, b buffer, a *Args) (Value, error) {
			var chars Value = None
			if err := a.Unpack(name, "/bytes?", &chars); err != nil {
				return nil, err
			}
			set := byteSpace
			if chars != Value(None) {
				c, err := wantBytes(chars)
				if err != nil {
					return nil, err
				}
				set = c.b
			}
			from, to := 0, len(b.b)
			for left && from < to && strings.IndexByte(set, b.b[from]) >= 0 {
				from++
			}
			for right && to > from && strings.IndexByte(set, b.b[to-1]) >= 0 {
				to--
			}
			return b.with(b.b[from:to]), nil
		})
	}
	return []Member{
		strip("strip", true, true), strip("lstrip", true, false), strip("rstrip", false, true),
		bufferJust("ljust", func(int, int) int { return 0 }),
		bufferJust("rjust", func(n, _ int) int { return n }),
		bufferJust("center", func(n, width int) int { return n/2 + n&width&1 }),
		bufferMethod("zfill", func(th *Thread, b buffer, a *Args) (Value, error) {
			width := 0
			if err := a.Unpack("zfill", "/width", &width); err != nil {
				return nil, err
			}
			n := max(width-len(b.b), 0)
			if err := th.allocTimes(int64(n), 1); err != nil {
				return nil, err
			}
			sign := 0
			if b.b != "" && (b.b[0] == '-' || b.b[0] == '+') {
				sign = 1
			}
			return b.with(b.b[:sign] + strings.Repeat("0", n) + b.b[sign:]), nil
		}),
		bufferMethod("expandtabs", func(th *Thread, b buffer, a *Args) (Value, error) {
			size := 8
			if err := a.Unpack("expandtabs", "tabsize?", &size); err != nil {
				return nil, err
			}
			if err := th.allocTimes(int64(strings.Count(b.b, "\t")), max(size, 0)); err != nil {
				return nil, err
			}
			return b.with(expandByteTabs(b.b, size)), nil
		}),
	}
}

func expandByteTabs(b string, size int) string {
	var out strings.Builder
	col := 0
	for i := range len(b) {
		switch c := b[i]; {
		case c == '\t' && size > 0:
			n := size - col%size
			col += n
			out.WriteString(strings.Repeat(" ", n))
		case c == '\t':
		case c == '\n' || c == '\r':
			col = 0
			out.WriteByte(c)
		default:
			col++
			out.WriteByte(c)
		}
	}
	return out.String()
}

func bufferJust(name string, left func(n, width int) int) Member {
	return bufferMethod(name, func(th *Thread, b buffer, a *Args) (Value, error) {
		var width int
		var fillArg Value
		if err := a.Unpack(name, "/width", &width, "/fillchar?", &fillArg); err != nil {
			return nil, err
		}
		fill := " "
		if fillArg != nil {
			f, ok := asBytes(fillArg)
			if !ok || len(f.b) != 1 {
				return nil, Errorf(TypeError, "%s() argument 2 must be a byte string of length 1, not %s", name, fillArg.Class().name)
			}
			fill = f.b
			b.outside = b.outside || f.Outside
		}
		n := max(width-len(b.b), 0)
		if err := th.allocTimes(int64(n), 1); err != nil {
			return nil, err
		}
		l := left(n, width)
		return b.with(strings.Repeat(fill, l) + b.b + strings.Repeat(fill, n-l)), nil
	})
}
