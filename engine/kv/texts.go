package kv

import (
	"math"
	"strconv"
	"strings"
	"time"
)

var textCommands = []*Command{
	{"get", 1, 1, 1, false, get},
	{"set", 2, -1, 1, true, set},
	{"setnx", 2, 2, 1, true, func(v *view, a []string) (any, error) {
		e, err := v.any(a[0])
		if err != nil || e != nil {
			return int64(0), err
		}
		return int64(1), v.putText(a[0], a[1], time.Time{})
	}},
	{"setex", 3, 3, 1, true, setFor("setex", time.Second)},
	{"psetex", 3, 3, 1, true, setFor("psetex", time.Millisecond)},
	{"getset", 2, 2, 1, true, func(v *view, a []string) (any, error) {
		was, err := get(v, a)
		if err != nil {
			return nil, err
		}
		return was, v.putText(a[0], a[1], time.Time{})
	}},
	{"getdel", 1, 1, 1, true, func(v *view, a []string) (any, error) {
		was, err := get(v, a)
		if err != nil || was == nil {
			return nil, err
		}
		return was, v.put(a[0], nil)
	}},
	{"mget", 1, -1, allKeys, false, mget},
	{"mset", 2, -1, pairs, true, func(v *view, a []string) (any, error) {
		for i := 0; i < len(a); i += 2 {
			if err := v.putText(a[i], a[i+1], time.Time{}); err != nil {
				return nil, err
			}
		}
		return "OK", nil
	}},
	{"append", 2, 2, 1, true, func(v *view, a []string) (any, error) {
		e, err := v.get(a[0], kindText)
		if err != nil {
			return nil, err
		}
		if e == nil {
			return int64(len(a[1])), v.putText(a[0], a[1], time.Time{})
		}
		e.items[0] += a[1]
		return int64(len(e.items[0])), v.put(a[0], e)
	}},
	{"strlen", 1, 1, 1, false, func(v *view, a []string) (any, error) {
		e, err := v.get(a[0], kindText)
		return int64(len(e.text())), err
	}},
	{"getrange", 3, 3, 1, false, func(v *view, a []string) (any, error) {
		e, err := v.get(a[0], kindText)
		if err != nil {
			return nil, err
		}
		i, j, err := window(a[1], a[2], len(e.text()))
		return e.text()[i:j], err
	}},
	{"incr", 1, 1, 1, true, func(v *view, a []string) (any, error) { return v.count(a[0], "1", 1) }},
	{"decr", 1, 1, 1, true, func(v *view, a []string) (any, error) { return v.count(a[0], "1", -1) }},
	{"incrby", 2, 2, 1, true, func(v *view, a []string) (any, error) { return v.count(a[0], a[1], 1) }},
	{"decrby", 2, 2, 1, true, func(v *view, a []string) (any, error) { return v.count(a[0], a[1], -1) }},
	{"incrbyfloat", 2, 2, 1, true, incrByFloat},
}

func (v *view) putText(key, text string, expires time.Time) error {
	return v.put(key, &entry{kind: kindText, items: []string{text}, expires: expires})
}

func get(v *view, a []string) (any, error) {
	e, err := v.get(a[0], kindText)
	if err != nil || e == nil {
		return nil, err
	}
	return e.text(), nil
}

func mget(v *view, a []string) (any, error) {
	list := make([]any, len(a))
	for i, key := range a {
		e, err := v.any(key)
		if err != nil {
			return nil, err
		}
		if e != nil && e.kind == kindText {
			list[i] = e.text()
		}
	}
	return list, nil
}

func setFor(name string, unit time.Duration) func(*view, []string) (any, error) {
	return func(v *view, a []string) (any, error) {
		until, err := v.lasting(name, a[1], unit, false)
		if err != nil {
			return nil, err
		}
		return "OK", v.putText(a[0], a[2], until)
	}
}

// setting is what SET is told beside key and value.
type setting struct {
	new, old, keep, get bool
	until               time.Time
}

// expiries are the ways to say how long, with their units.
var expiries = map[string]struct {
	unit     time.Duration
	absolute bool
}{"ex": {time.Second, false}, "px": {time.Millisecond, false}, "exat": {time.Second, true}, "pxat": {time.Millisecond, true}}

func (v *view) setting(words []string) (o setting, err error) {
	syntax := errorf("ERR syntax error")
	for i := 0; i < len(words); i++ {
		word := strings.ToLower(words[i])
		if e, ok := expiries[word]; ok {
			if i++; i == len(words) || !o.until.IsZero() || o.keep {
				return o, syntax
			}
			if o.until, err = v.lasting("set", words[i], e.unit, e.absolute); err != nil {
				return o, err
			}
			continue
		}
		switch word {
		case "nx":
			o.new = true
		case "xx":
			o.old = true
		case "keepttl":
			o.keep = true
		case "get":
			o.get = true
		default:
			return o, syntax
		}
	}
	if o.new && o.old || o.keep && !o.until.IsZero() {
		return o, syntax
	}
	return o, nil
}

func set(v *view, a []string) (any, error) {
	o, err := v.setting(a[2:])
	if err != nil {
		return nil, err
	}
	was, err := v.any(a[0])
	if err != nil {
		return nil, err
	}
	var reply any = "OK"
	if o.get {
		if reply, err = get(v, a); err != nil {
			return nil, err
		}
	}
	if o.new && was != nil || o.old && was == nil {
		if o.get {
			return reply, nil
		}
		return nil, nil
	}
	if o.keep && was != nil {
		o.until = was.expires
	}
	return reply, v.putText(a[0], a[1], o.until)
}

// counted adds to a number that is written in a text.
func counted(text, by string, sign int64) (int64, error) {
	n, err := wholeNumber(by)
	if err != nil {
		return 0, err
	}
	was := int64(0)
	if text != "" {
		if was, err = wholeNumber(text); err != nil {
			return 0, err
		}
	}
	if n == math.MinInt64 && sign < 0 {
		return 0, errorf("ERR decrement would overflow")
	}
	n *= sign
	if n > 0 && was > math.MaxInt64-n || n < 0 && was < math.MinInt64-n {
		return 0, errorf("ERR increment or decrement would overflow")
	}
	return was + n, nil
}

func (v *view) count(key, by string, sign int64) (any, error) {
	e, err := v.get(key, kindText)
	if err != nil {
		return nil, err
	}
	if e != nil && e.text() == "" {
		return nil, errorf("ERR value is not an integer or out of range")
	}
	n, err := counted(e.text(), by, sign)
	if err != nil {
		return nil, err
	}
	return n, v.rewrite(key, e, strconv.FormatInt(n, 10))
}

// rewrite changes a text, and not how long it lives.
func (v *view) rewrite(key string, e *entry, text string) error {
	if e == nil {
		return v.putText(key, text, time.Time{})
	}
	e.items[0] = text
	return v.put(key, e)
}

// summed adds to a number with a fraction.
func summed(text, by string) (string, error) {
	n, err := anyNumber(by)
	if err != nil {
		return "", err
	}
	was := 0.0
	if text != "" {
		if was, err = anyNumber(text); err != nil {
			return "", err
		}
	}
	if math.IsInf(was+n, 0) || math.IsNaN(was+n) {
		return "", errorf("ERR increment would produce NaN or Infinity")
	}
	return shortSum(was, n), nil
}

// shortSum writes a sum with the 17 digits that Redis writes, whose long doubles
// add decimals without the dust of the last digit.
func shortSum(a, b float64) string {
	text := strconv.FormatFloat(a+b, 'f', 17, 64)
	if short := strconv.FormatFloat(a+b, 'g', 15, 64); !strings.ContainsAny(short, "e") {
		text = short
	}
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

func incrByFloat(v *view, a []string) (any, error) {
	e, err := v.get(a[0], kindText)
	if err != nil {
		return nil, err
	}
	text, err := summed(e.text(), a[1])
	if err != nil {
		return nil, err
	}
	return text, v.rewrite(a[0], e, text)
}
