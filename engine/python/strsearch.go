package python

import (
	"strings"
	"unicode/utf8"
)

// strRange returns the bytes of s that start and end select, and whether they can
// hold anything.
func (th *Thread) strRange(s *Str, start, end Value) (from, to int, ok bool, err error) {
	if start == nil {
		start = None
	}
	if end == nil {
		end = None
	}
	lo, err := th.slicePart(start, 0)
	if err != nil {
		return 0, 0, false, err
	}
	hi, err := th.slicePart(end, int64(s.n))
	if err != nil {
		return 0, 0, false, err
	}
	n := int64(s.n)
	fix := func(i int64) int64 {
		if i < 0 {
			i += n
		}
		return max(i, 0)
	}
	lo, hi = fix(lo), min(fix(hi), n)
	if lo > hi {
		return 0, 0, false, nil
	}
	return s.offset(int(lo)), s.offset(int(hi)), true, nil
}

// searchArgs takes (sub[, start[, end]]).
func searchArgs(th *Thread, name string, s *Str, a *Args) (sub *Str, from, to int, ok bool, err error) {
	if err := a.parsed(name, 1, 3); err != nil {
		return nil, 0, 0, false, err
	}
	var start, end Value
	if len(a.Pos) > 1 {
		start = a.Pos[1]
	}
	if len(a.Pos) > 2 {
		end = a.Pos[2]
	}
	from, to, ok, err = th.strRange(s, start, end)
	if err != nil {
		return nil, 0, 0, false, err
	}
	sub, isStr := asStr(a.Pos[0])
	if !isStr {
		return nil, 0, 0, false, Errorf(TypeError, "must be str, not %s", a.Pos[0].Class().name)
	}
	return sub, from, to, ok, nil
}

func findMethod(name string, find func(s, sub string) int, must bool) Member {
	return strMethod(name, func(th *Thread, s *Str, a *Args) (Value, error) {
		sub, from, to, ok, err := searchArgs(th, name, s, a)
		if err != nil {
			return nil, err
		}
		i := -1
		if ok {
			i = find(s.s[from:to], sub.s)
			far := to - from
			if i >= 0 && name[0] != 'r' {
				far = i
			} else if i >= 0 {
				far -= i
			}
			if err := th.work(far); err != nil {
				return nil, err
			}
		}
		if i < 0 {
			if must {
				return nil, Errorf(ValueError, "substring not found")
			}
			return boxInt(-1), nil
		}
		return boxInt(Int(s.runeIndex(from + i))), nil
	})
}

func affixMethod(name string, has func(s, affix string) bool) Member {
	return strMethod(name, func(th *Thread, s *Str, a *Args) (Value, error) {
		if err := a.parsed(name, 1, 3); err != nil {
			return nil, err
		}
		var start, end Value
		if len(a.Pos) > 1 {
			start = a.Pos[1]
		}
		if len(a.Pos) > 2 {
			end = a.Pos[2]
		}
		from, to, ok, err := th.strRange(s, start, end)
		if err != nil {
			return nil, err
		}
		affixes := []Value{a.Pos[0]}
		if t, isTuple := asTuple(a.Pos[0]); isTuple {
			affixes = t.Elems
		}
		for _, v := range affixes {
			affix, isStr := asStr(v)
			if !isStr {
				if len(affixes) == 1 && v == a.Pos[0] {
					return nil, Errorf(TypeError, "%s first arg must be str or a tuple of str, not %s", name, v.Class().name)
				}
				return nil, Errorf(TypeError, "tuple for %s must only contain str, not %s", name, v.Class().name)
			}
			if ok && has(s.s[from:to], affix.s) {
				return boxTrue, nil
			}
		}
		return boxFalse, nil
	})
}

func strSearch() []Member {
	return []Member{
		findMethod("find", strings.Index, false), findMethod("rfind", strings.LastIndex, false),
		findMethod("index", strings.Index, true), findMethod("rindex", strings.LastIndex, true),
		affixMethod("startswith", strings.HasPrefix), affixMethod("endswith", strings.HasSuffix),
		strMethod("count", func(th *Thread, s *Str, a *Args) (Value, error) {
			sub, from, to, ok, err := searchArgs(th, "count", s, a)
			if err != nil || !ok {
				return boxInt(0), err
			}
			return boxInt(Int(strings.Count(s.s[from:to], sub.s))), th.work(to - from)
		}),
		strMethod("replace", replaceStr),
		strMethod("removeprefix", func(_ *Thread, s *Str, a *Args) (Value, error) {
			var p *Str
			if err := a.Unpack("removeprefix", "/prefix", &p); err != nil {
				return nil, err
			}
			if strings.HasPrefix(s.s, p.s) {
				return s.cut(len(p.s), len(s.s)), nil
			}
			return s, nil
		}),
		strMethod("removesuffix", func(_ *Thread, s *Str, a *Args) (Value, error) {
			var p *Str
			if err := a.Unpack("removesuffix", "/suffix", &p); err != nil {
				return nil, err
			}
			if strings.HasSuffix(s.s, p.s) {
				return s.cut(0, len(s.s)-len(p.s)), nil
			}
			return s, nil
		}),
	}
}

func replaceStr(th *Thread, s *Str, a *Args) (Value, error) {
	var old, by *Str
	count := -1
	if err := a.Unpack("replace", "/old", &old, "/new", &by, "/count?", &count); err != nil {
		return nil, err
	}
	n := strings.Count(s.s, old.s)
	if err := th.work(len(s.s)); err != nil {
		return nil, err
	}
	if count >= 0 && count < n {
		n = count
	}
	if n == 0 {
		return s, nil
	}
	size := int64(len(s.s)) + int64(n)*int64(len(by.s)-len(old.s))
	if size > th.opts.Limits.Allocation {
		return nil, Errorf(MemoryError, "")
	}
	if err := th.Alloc(int(size)); err != nil {
		return nil, err
	}
	if s.out == nil && by.out == nil {
		return NewStr(strings.Replace(s.s, old.s, by.s, n)), nil
	}
	t := Text{b: make([]byte, 0, size)}
	i := 0
	for k := range n {
		j := i
		if old.s != "" {
			j += strings.Index(s.s[i:], old.s)
		} else if k > 0 {
			_, w := utf8.DecodeRuneInString(s.s[i:])
			j += w
		}
		t.writeCut(s, i, j)
		t.Write(by)
		i = j + len(old.s)
	}
	t.writeCut(s, i, len(s.s))
	return t.Str(), nil
}

// stripSet returns what strip takes off: white space, or the characters given.
func stripSet(name string, a *Args) (func(rune) bool, error) {
	if err := a.Between(name, 0, 1); err != nil {
		return nil, err
	}
	if len(a.Pos) == 0 || a.Pos[0] == Value(None) {
		return isSpace, nil
	}
	set, ok := asStr(a.Pos[0])
	if !ok {
		return nil, Errorf(TypeError, "%s arg must be None or str", name)
	}
	return func(r rune) bool { return strings.ContainsRune(set.s, r) }, nil
}

func stripMethod(name string, left, right bool) Member {
	return strMethod(name, func(_ *Thread, s *Str, a *Args) (Value, error) {
		in, err := stripSet(name, a)
		if err != nil {
			return nil, err
		}
		from, to := 0, len(s.s)
		if left {
			from = len(s.s) - len(strings.TrimLeftFunc(s.s, in))
		}
		if right {
			to = from + len(strings.TrimRightFunc(s.s[from:], in))
		}
		return s.cut(from, to), nil
	})
}

func justMethod(name string, left func(total, n int) int) Member {
	return strMethod(name, func(th *Thread, s *Str, a *Args) (Value, error) {
		width, fill := 0, NewStr(" ")
		var char Value
		if err := a.Unpack(name, "/width", &width, "/fillchar?", &char); err != nil {
			return nil, err
		}
		if char != nil {
			var ok bool
			if fill, ok = asStr(char); !ok {
				return nil, Errorf(TypeError, "The fill character must be a unicode character, not %s", char.Class().name)
			}
		}
		if fill.n != 1 {
			return nil, Errorf(TypeError, "The fill character must be exactly one character long")
		}
		n := width - s.n
		if n <= 0 {
			return s, nil
		}
		if err := th.allocTimes(int64(n), len(fill.s)); err != nil {
			return nil, err
		}
		l := left(n, width)
		return Concat(Concat(repeatStr(fill, l), s), repeatStr(fill, n-l)), nil
	})
}

func strShape() []Member {
	return []Member{
		stripMethod("strip", true, true), stripMethod("lstrip", true, false), stripMethod("rstrip", false, true),
		justMethod("ljust", func(int, int) int { return 0 }),
		justMethod("rjust", func(n, _ int) int { return n }),
		justMethod("center", func(n, width int) int { return n/2 + n&width&1 }),
		strMethod("zfill", func(th *Thread, s *Str, a *Args) (Value, error) {
			width := 0
			if err := a.Unpack("zfill", "/width", &width); err != nil {
				return nil, err
			}
			n := width - s.n
			if n <= 0 {
				return s, nil
			}
			if err := th.Alloc(n); err != nil {
				return nil, err
			}
			sign := 0
			if s.s != "" && (s.s[0] == '-' || s.s[0] == '+') {
				sign = 1
			}
			zeros := NewStr(strings.Repeat("0", n))
			return Concat(Concat(s.cut(0, sign), zeros), s.cut(sign, len(s.s))), nil
		}),
		strMethod("expandtabs", func(th *Thread, s *Str, a *Args) (Value, error) {
			size := 8
			if err := a.Unpack("expandtabs", "tabsize?", &size); err != nil {
				return nil, err
			}
			if err := th.allocTimes(int64(strings.Count(s.s, "\t")), max(size, 0)); err != nil {
				return nil, err
			}
			col := 0
			return mapRunes(s, func(_ int, r rune) string {
				switch r {
				case '\t':
					if size <= 0 {
						return ""
					}
					n := size - col%size
					col += n
					return strings.Repeat(" ", n)
				case '\n', '\r':
					col = 0
				default:
					col++
				}
				return string(r)
			}), nil
		}),
	}
}

func strSplit() []Member {
	return []Member{
		splitMethod("split", false), splitMethod("rsplit", true),
		partitionMethod("partition", strings.Index, false), partitionMethod("rpartition", strings.LastIndex, true),
		strMethod("splitlines", func(th *Thread, s *Str, a *Args) (Value, error) {
			keep := false
			if err := a.Unpack("splitlines", "keepends?", &keep); err != nil {
				return nil, err
			}
			out := []Value{}
			for i := 0; i < len(s.s); {
				j, end := lineEnd(s.s, i)
				to := j
				if keep {
					to = end
				}
				out = append(out, s.cut(i, to))
				i = end
			}
			return NewList(out...), th.Alloc(48*len(out) + len(s.s))
		}),
	}
}

// lineEnd returns where the line from i ends and where the next begins.
func lineEnd(s string, i int) (end, after int) {
	for j, r := range s[i:] {
		switch r {
		case '\r':
			if strings.HasPrefix(s[i+j:], "\r\n") {
				return i + j, i + j + 2
			}
			return i + j, i + j + 1
		case '\n', '\v', '\f', 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029:
			return i + j, i + j + len(string(r))
		}
	}
	return len(s), len(s)
}

func partitionMethod(name string, find func(s, sep string) int, last bool) Member {
	return strMethod(name, func(_ *Thread, s *Str, a *Args) (Value, error) {
		if err := a.Exactly(name, 1); err != nil {
			return nil, err
		}
		sep, ok := asStr(a.Pos[0])
		if !ok {
			return nil, Errorf(TypeError, "must be str, not %s", a.Pos[0].Class().name)
		}
		if sep.s == "" {
			return nil, Errorf(ValueError, "empty separator")
		}
		i := find(s.s, sep.s)
		switch {
		case i >= 0:
			return NewTuple(s.cut(0, i), s.cut(i, i+len(sep.s)), s.cut(i+len(sep.s), len(s.s))), nil
		case last:
			return NewTuple(emptyStr, emptyStr, a.Self), nil
		}
		return NewTuple(a.Self, emptyStr, emptyStr), nil
	})
}

func splitMethod(name string, fromRight bool) Member {
	return strMethod(name, func(th *Thread, s *Str, a *Args) (Value, error) {
		var sepArg Value = None
		limit := -1
		if err := a.Unpack(name, "sep?", &sepArg, "maxsplit?", &limit); err != nil {
			return nil, err
		}
		var cuts []Span
		if sepArg == Value(None) {
			cuts = splitSpace(s.s, limit, fromRight)
		} else {
			sep, ok := asStr(sepArg)
			if !ok {
				return nil, Errorf(TypeError, "must be str or None, not %s", sepArg.Class().name)
			}
			if sep.s == "" {
				return nil, Errorf(ValueError, "empty separator")
			}
			cuts = splitBy(s.s, sep.s, limit, fromRight)
		}
		if err := th.Alloc(64*len(cuts) + len(s.s)); err != nil {
			return nil, err
		}
		out := make([]Value, len(cuts))
		for i, c := range cuts {
			out[i] = s.cut(c.From, c.To)
		}
		return NewList(out...), nil
	})
}

func splitBy(s, sep string, limit int, fromRight bool) []Span {
	var out []Span
	if fromRight {
		to := len(s)
		for limit != 0 {
			i := strings.LastIndex(s[:to], sep)
			if i < 0 {
				break
			}
			out = append(out, Span{i + len(sep), to})
			to = i
			limit--
		}
		out = append(out, Span{0, to})
		for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
			out[i], out[j] = out[j], out[i]
		}
		return out
	}
	from := 0
	for limit != 0 {
		i := strings.Index(s[from:], sep)
		if i < 0 {
			break
		}
		out = append(out, Span{from, from + i})
		from += i + len(sep)
		limit--
	}
	return append(out, Span{from, len(s)})
}

func splitSpace(s string, limit int, fromRight bool) []Span {
	var out []Span
	notSpace := func(r rune) bool { return !isSpace(r) }
	if fromRight {
		to := len(strings.TrimRightFunc(s, isSpace))
		for to > 0 {
			if limit == 0 {
				out = append(out, Span{0, to})
				break
			}
			from := strings.LastIndexFunc(s[:to], isSpace)
			if from >= 0 {
				_, w := utf8.DecodeRuneInString(s[from:])
				from += w
			} else {
				from = 0
			}
			out = append(out, Span{from, to})
			to = len(strings.TrimRightFunc(s[:from], isSpace))
			limit--
		}
		for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
			out[i], out[j] = out[j], out[i]
		}
		return out
	}
	from := len(s) - len(strings.TrimLeftFunc(s, isSpace))
	for from < len(s) {
		if limit == 0 {
			return append(out, Span{from, len(s)})
		}
		end := strings.IndexFunc(s[from:], isSpace)
		if end < 0 {
			return append(out, Span{from, len(s)})
		}
		out = append(out, Span{from, from + end})
		skip := strings.IndexFunc(s[from+end:], notSpace)
		if skip < 0 {
			break
		}
		from += end + skip
		limit--
	}
	return out
}
