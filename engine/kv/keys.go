package kv

import (
	"slices"
	"strings"
	"time"
)

var keyCommands = []*Command{
	{"del", 1, -1, allKeys, true, del},
	{"unlink", 1, -1, allKeys, true, del},
	{"exists", 1, -1, allKeys, false, func(v *view, a []string) (any, error) {
		n := int64(0)
		for _, key := range a {
			e, err := v.any(key)
			if err != nil {
				return nil, err
			}
			if e != nil {
				n++
			}
		}
		return n, nil
	}},
	{"type", 1, 1, 1, false, func(v *view, a []string) (any, error) {
		e, err := v.any(a[0])
		if err != nil || e == nil {
			return "none", err
		}
		return e.kind, nil
	}},
	{"expire", 2, 2, 1, true, expireIn(time.Second, false)},
	{"pexpire", 2, 2, 1, true, expireIn(time.Millisecond, false)},
	{"expireat", 2, 2, 1, true, expireIn(time.Second, true)},
	{"pexpireat", 2, 2, 1, true, expireIn(time.Millisecond, true)},
	{"ttl", 1, 1, 1, false, left(time.Second)},
	{"pttl", 1, 1, 1, false, left(time.Millisecond)},
	{"persist", 1, 1, 1, true, func(v *view, a []string) (any, error) {
		e, err := v.any(a[0])
		if err != nil || e == nil || e.expires.IsZero() {
			return int64(0), err
		}
		e.expires = time.Time{}
		return int64(1), v.put(a[0], e)
	}},
	{"rename", 2, 2, 2, true, func(v *view, a []string) (any, error) {
		_, err := v.rename(a[0], a[1], true)
		return "OK", err
	}},
	{"renamenx", 2, 2, 2, true, func(v *view, a []string) (any, error) {
		done, err := v.rename(a[0], a[1], false)
		return flag(done), err
	}},
	{"keys", 1, 1, pattern, false, keysLike},
}

func del(v *view, a []string) (any, error) {
	n := int64(0)
	for _, key := range a {
		e, err := v.any(key)
		if err != nil {
			return nil, err
		}
		if e == nil {
			continue
		}
		n++
		if err := v.put(key, nil); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// expireIn has a key live for some time, or until one; when that is over it goes
// at once.
func expireIn(unit time.Duration, absolute bool) func(*view, []string) (any, error) {
	return func(v *view, a []string) (any, error) {
		n, err := wholeNumber(a[1])
		if err != nil {
			return nil, err
		}
		e, err := v.any(a[0])
		if err != nil || e == nil {
			return int64(0), err
		}
		if n <= 0 {
			return int64(1), v.put(a[0], nil)
		}
		if e.expires, err = v.lasting("expire", a[1], unit, absolute); err != nil {
			return nil, err
		}
		if !e.expires.After(v.now) {
			e = nil
		}
		return int64(1), v.put(a[0], e)
	}
}

// left tells how long a key lives: -1 for ever, -2 if there is none.
func left(unit time.Duration) func(*view, []string) (any, error) {
	return func(v *view, a []string) (any, error) {
		e, err := v.any(a[0])
		switch {
		case err != nil:
			return nil, err
		case e == nil:
			return int64(-2), nil
		case e.expires.IsZero():
			return int64(-1), nil
		}
		return int64((e.expires.Sub(v.now) + unit/2) / unit), nil
	}
}

// rename moves what is under a key to another one, over what is there or not.
func (v *view) rename(from, to string, over bool) (bool, error) {
	e, err := v.any(from)
	if err != nil {
		return false, err
	}
	if e == nil {
		return false, errorf("ERR no such key")
	}
	there, err := v.any(to)
	if err != nil || there != nil && !over {
		return false, err
	}
	if from == to {
		return true, nil
	}
	if err := v.put(from, nil); err != nil {
		return false, err
	}
	return true, v.put(to, e)
}

func keysLike(v *view, a []string) (any, error) {
	rows, err := v.space.Rows.All(v.ctx)
	if err != nil {
		return nil, err
	}
	var keys []string
	for _, row := range rows {
		if (row.Expires.IsZero() || row.Expires.After(v.now)) && matches(a[0], row.Key) {
			keys = append(keys, row.Key)
		}
	}
	slices.Sort(keys)
	return replies(keys), nil
}

// literal is a pattern that only a text itself matches.
func literal(text string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`, `]`, `\]`).Replace(text)
}

// matches reports whether a key is like a pattern: * stands for anything, ? for
// one byte, [a-z] and [^x] for one of some, and \ before one of these for itself.
func matches(like, key string) bool {
	// On a mismatch the last star takes one byte more.
	star, mark := -1, 0
	i, j := 0, 0
	for j < len(key) {
		if i < len(like) && like[i] == '*' {
			star, mark, i = i, j, i+1
			continue
		}
		if next, ok := matchOne(like, i, key[j]); ok {
			i, j = next, j+1
			continue
		}
		if star < 0 {
			return false
		}
		mark++
		i, j = star+1, mark
	}
	for i < len(like) && like[i] == '*' {
		i++
	}
	return i == len(like)
}

// matchOne matches one byte with the pattern at i, and says where that goes on.
func matchOne(like string, i int, c byte) (next int, ok bool) {
	if i >= len(like) {
		return 0, false
	}
	switch like[i] {
	case '?':
		return i + 1, true
	case '[':
		return matchClass(like, i+1, c)
	case '\\':
		if i+1 < len(like) {
			return i + 2, like[i+1] == c
		}
	}
	return i + 1, like[i] == c
}

func matchClass(like string, i int, c byte) (next int, ok bool) {
	not := i < len(like) && like[i] == '^'
	if not {
		i++
	}
	found := false
	for ; i < len(like) && like[i] != ']'; i++ {
		if like[i] == '\\' && i+1 < len(like) {
			i++
		}
		from, to := like[i], like[i]
		if i+2 < len(like) && like[i+1] == '-' {
			to = like[i+2]
			i += 2
		}
		found = found || min(from, to) <= c && c <= max(from, to)
	}
	return min(i+1, len(like)), found != not
}
