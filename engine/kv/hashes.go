package kv

import (
	"slices"
	"strconv"
)

var hashCommands = []*Command{
	{"hset", 3, -1, 1, true, hset},
	{"hsetnx", 3, 3, 1, true, func(v *view, a []string) (any, error) {
		e, err := v.get(a[0], kindHash)
		if err != nil || e.find(a[1], 2) >= 0 {
			return int64(0), err
		}
		return hset(v, a)
	}},
	{"hget", 2, 2, 1, false, func(v *view, a []string) (any, error) {
		e, err := v.get(a[0], kindHash)
		if err != nil {
			return nil, err
		}
		return e.field(a[1]), nil
	}},
	{"hmget", 2, -1, 1, false, func(v *view, a []string) (any, error) {
		e, err := v.get(a[0], kindHash)
		if err != nil {
			return nil, err
		}
		list := make([]any, len(a)-1)
		for i, name := range a[1:] {
			list[i] = e.field(name)
		}
		return list, nil
	}},
	{"hgetall", 1, 1, 1, false, func(v *view, a []string) (any, error) {
		e, err := v.get(a[0], kindHash)
		return replies(e.all()), err
	}},
	{"hkeys", 1, 1, 1, false, everyOther(0)},
	{"hvals", 1, 1, 1, false, everyOther(1)},
	{"hlen", 1, 1, 1, false, func(v *view, a []string) (any, error) {
		e, err := v.get(a[0], kindHash)
		return int64(len(e.all()) / 2), err
	}},
	{"hexists", 2, 2, 1, false, func(v *view, a []string) (any, error) {
		e, err := v.get(a[0], kindHash)
		return flag(e.find(a[1], 2) >= 0), err
	}},
	{"hdel", 2, -1, 1, true, removal(kindHash)},
	{"hincrby", 3, 3, 1, true, func(v *view, a []string) (any, error) {
		e, was, err := v.number(a[0], a[1])
		if err != nil {
			return nil, err
		}
		n, err := counted(was, a[2], 1)
		if err != nil {
			if was != "" && !isWhole(was) {
				return nil, errorf("ERR hash value is not an integer")
			}
			return nil, err
		}
		e.setField(a[1], strconv.FormatInt(n, 10))
		return n, v.put(a[0], e)
	}},
	{"hincrbyfloat", 3, 3, 1, true, func(v *view, a []string) (any, error) {
		e, was, err := v.number(a[0], a[1])
		if err != nil {
			return nil, err
		}
		sum, err := summed(was, a[2])
		if err != nil {
			return nil, err
		}
		e.setField(a[1], sum)
		return sum, v.put(a[0], e)
	}},
}

func isWhole(s string) bool {
	_, err := wholeNumber(s)
	return err == nil
}

// field gives the value of a field of a hash, or nil.
func (e *entry) field(name string) any {
	if i := e.find(name, 2); i >= 0 {
		return e.items[i+1]
	}
	return nil
}

// setField reports whether the field is new.
func (e *entry) setField(name, value string) bool {
	if i := e.find(name, 2); i >= 0 {
		e.items[i+1] = value
		return false
	}
	e.items = append(e.items, name, value)
	return true
}

// number gives a hash and a number in it, "" for none.
func (v *view) number(key, name string) (*entry, string, error) {
	e, err := v.make(key, kindHash)
	if err != nil {
		return nil, "", err
	}
	was, _ := e.field(name).(string)
	return e, was, nil
}

func hset(v *view, a []string) (any, error) {
	if len(a)%2 == 0 {
		return nil, errorf("ERR wrong number of arguments for 'hset' command")
	}
	e, err := v.make(a[0], kindHash)
	if err != nil {
		return nil, err
	}
	n := int64(0)
	for i := 1; i < len(a); i += 2 {
		if e.setField(a[i], a[i+1]) {
			n++
		}
	}
	return n, v.put(a[0], e)
}

func everyOther(from int) func(*view, []string) (any, error) {
	return func(v *view, a []string) (any, error) {
		e, err := v.get(a[0], kindHash)
		list := []any{}
		for i := from; i < len(e.all()); i += 2 {
			list = append(list, e.items[i])
		}
		return list, err
	}
}

// removal removes fields or members, and counts those that were there.
func removal(kind string) func(*view, []string) (any, error) {
	return func(v *view, a []string) (any, error) {
		e, err := v.get(a[0], kind)
		if err != nil || e == nil {
			return int64(0), err
		}
		n, step := int64(0), e.step()
		for _, name := range a[1:] {
			if i := e.find(name, step); i >= 0 {
				e.items = slices.Delete(e.items, i, i+step)
				n++
			}
		}
		if n == 0 {
			return n, nil
		}
		return n, v.put(a[0], e)
	}
}
