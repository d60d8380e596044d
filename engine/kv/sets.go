package kv

import "slices"

var setCommands = []*Command{
	{"sadd", 2, -1, 1, true, sadd},
	{"srem", 2, -1, 1, true, removal(kindSet)},
	{"smembers", 1, 1, 1, false, func(v *view, a []string) (any, error) {
		e, err := v.get(a[0], kindSet)
		return replies(e.all()), err
	}},
	{"sismember", 2, 2, 1, false, func(v *view, a []string) (any, error) {
		e, err := v.get(a[0], kindSet)
		return flag(e.find(a[1], 1) >= 0), err
	}},
	{"scard", 1, 1, 1, false, func(v *view, a []string) (any, error) {
		e, err := v.get(a[0], kindSet)
		return int64(len(e.all())), err
	}},
	{"spop", 1, 2, 1, true, func(v *view, a []string) (any, error) { return v.chance(a, true) }},
	{"srandmember", 1, 2, 1, false, func(v *view, a []string) (any, error) { return v.chance(a, false) }},
	{"smove", 3, 3, 2, true, func(v *view, a []string) (any, error) {
		from, err := v.get(a[0], kindSet)
		if err != nil {
			return nil, err
		}
		if _, err := v.get(a[1], kindSet); err != nil {
			return nil, err
		}
		if from.find(a[2], 1) < 0 {
			return int64(0), nil
		}
		if _, err := removal(kindSet)(v, []string{a[0], a[2]}); err != nil {
			return nil, err
		}
		_, err = sadd(v, a[1:])
		return int64(1), err
	}},
	{"sunion", 1, -1, allKeys, false, combine(func(all, next []string) []string {
		for _, m := range next {
			if !slices.Contains(all, m) {
				all = append(all, m)
			}
		}
		return all
	})},
	{"sinter", 1, -1, allKeys, false, combine(func(all, next []string) []string {
		return slices.DeleteFunc(all, func(m string) bool { return !slices.Contains(next, m) })
	})},
	{"sdiff", 1, -1, allKeys, false, combine(func(all, next []string) []string {
		return slices.DeleteFunc(all, func(m string) bool { return slices.Contains(next, m) })
	})},
}

func sadd(v *view, a []string) (any, error) {
	e, err := v.make(a[0], kindSet)
	if err != nil {
		return nil, err
	}
	n := int64(0)
	for _, m := range a[1:] {
		if e.find(m, 1) < 0 {
			e.items = append(e.items, m)
			n++
		}
	}
	if n == 0 {
		return n, nil
	}
	return n, v.put(a[0], e)
}

// combine works on the members of several sets.
func combine(two func(all, next []string) []string) func(*view, []string) (any, error) {
	return func(v *view, a []string) (any, error) {
		var all []string
		for i, key := range a {
			e, err := v.get(key, kindSet)
			if err != nil {
				return nil, err
			}
			if i == 0 {
				all = slices.Clone(e.all())
				continue
			}
			all = two(all, e.all())
		}
		return replies(all), nil
	}
}

// chance gives a member of a set at random, or with a number a list of them:
// with a negative one the same member may come again. They are taken out or not.
func (v *view) chance(a []string, out bool) (any, error) {
	n := int64(1)
	if len(a) > 1 {
		var err error
		if n, err = wholeNumber(a[1]); err != nil || n < 0 && out {
			return nil, errorf("ERR value is out of range, must be positive")
		}
	}
	e, err := v.get(a[0], kindSet)
	if err != nil || e == nil {
		if len(a) > 1 && err == nil {
			return []any{}, nil
		}
		return nil, err
	}
	var picked []string
	if n < 0 {
		for range min(-n, mostBytes) {
			picked = append(picked, e.items[v.space.random(len(e.items))])
		}
		return replies(picked), nil
	}
	rest := slices.Clone(e.items)
	for range min(n, int64(len(rest))) {
		i := v.space.random(len(rest))
		picked = append(picked, rest[i])
		rest = slices.Delete(rest, i, i+1)
	}
	if out {
		e.items = rest
		if err := v.put(a[0], e); err != nil {
			return nil, err
		}
	}
	if len(a) > 1 {
		return replies(picked), nil
	}
	return picked[0], nil
}
