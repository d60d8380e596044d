package kv

import (
	"slices"
	"strings"
)

var listCommands = []*Command{
	{"rpush", 2, -1, 1, true, push(false, false)},
	{"lpush", 2, -1, 1, true, push(true, false)},
	{"rpushx", 2, -1, 1, true, push(false, true)},
	{"lpushx", 2, -1, 1, true, push(true, true)},
	{"lpop", 1, 2, 1, true, pop(true)},
	{"rpop", 1, 2, 1, true, pop(false)},
	{"llen", 1, 1, 1, false, func(v *view, a []string) (any, error) {
		e, err := v.get(a[0], kindList)
		return int64(len(e.all())), err
	}},
	{"lrange", 3, 3, 1, false, func(v *view, a []string) (any, error) {
		e, err := v.get(a[0], kindList)
		if err != nil {
			return nil, err
		}
		i, j, err := window(a[1], a[2], len(e.all()))
		return replies(e.all()[i:j]), err
	}},
	{"lindex", 2, 2, 1, false, func(v *view, a []string) (any, error) {
		e, i, err := v.item(a[0], a[1])
		if err != nil || i < 0 {
			return nil, err
		}
		return e.items[i], nil
	}},
	{"lset", 3, 3, 1, true, func(v *view, a []string) (any, error) {
		e, i, err := v.item(a[0], a[1])
		switch {
		case err != nil:
			return nil, err
		case e == nil:
			return nil, errorf("ERR no such key")
		case i < 0:
			return nil, errorf("ERR index out of range")
		}
		e.items[i] = a[2]
		return "OK", v.put(a[0], e)
	}},
	{"lrem", 3, 3, 1, true, lrem},
	{"ltrim", 3, 3, 1, true, func(v *view, a []string) (any, error) {
		e, err := v.get(a[0], kindList)
		if err != nil {
			return nil, err
		}
		i, j, err := window(a[1], a[2], len(e.all()))
		if err != nil || e == nil {
			return "OK", err
		}
		e.items = e.items[i:j]
		return "OK", v.put(a[0], e)
	}},
	{"linsert", 4, 4, 1, true, linsert},
	{"rpoplpush", 2, 2, 2, true, func(v *view, a []string) (any, error) { return v.move(a[0], a[1], false, true) }},
	{"lmove", 4, 4, 2, true, lmove},
}

// push adds to a list at its beginning, where the last comes first, or its end;
// old lists only, or any.
func push(front, old bool) func(*view, []string) (any, error) {
	return func(v *view, a []string) (any, error) {
		e, err := v.get(a[0], kindList)
		if err != nil || e == nil && old {
			return int64(0), err
		}
		if e, err = v.make(a[0], kindList); err != nil {
			return nil, err
		}
		for _, item := range a[1:] {
			if front {
				e.items = slices.Insert(e.items, 0, item)
			} else {
				e.items = append(e.items, item)
			}
		}
		return int64(len(e.items)), v.put(a[0], e)
	}
}

// pop takes one item off a list, or with a number a list of up to so many.
func pop(front bool) func(*view, []string) (any, error) {
	return func(v *view, a []string) (any, error) {
		n := int64(1)
		if len(a) > 1 {
			var err error
			if n, err = wholeNumber(a[1]); err != nil || n < 0 {
				return nil, errorf("ERR value is out of range, must be positive")
			}
		}
		e, err := v.get(a[0], kindList)
		if err != nil || e == nil {
			return nil, err
		}
		var taken []string
		for range min(n, int64(len(e.items))) {
			taken = append(taken, e.take(front))
		}
		if err := v.put(a[0], e); err != nil {
			return nil, err
		}
		if len(a) > 1 {
			return replies(taken), nil
		}
		return taken[0], nil
	}
}

// take takes the first or the last item.
func (e *entry) take(front bool) string {
	n := len(e.items) - 1
	item := e.items[n]
	if front {
		item = e.items[0]
		e.items = e.items[1:]
		return item
	}
	e.items = e.items[:n]
	return item
}

// item finds an item of a list by its number, or -1.
func (v *view) item(key, number string) (*entry, int, error) {
	e, err := v.get(key, kindList)
	if err != nil {
		return nil, -1, err
	}
	n, err := wholeNumber(number)
	if err != nil {
		return nil, -1, err
	}
	if n < 0 {
		n += int64(len(e.all()))
	}
	if n < 0 || n >= int64(len(e.all())) {
		return e, -1, nil
	}
	return e, int(n), nil
}

// lrem removes an item: the first n, the last n with a negative number, or with
// 0 all.
func lrem(v *view, a []string) (any, error) {
	n, err := wholeNumber(a[1])
	if err != nil {
		return nil, err
	}
	e, err := v.get(a[0], kindList)
	if err != nil || e == nil {
		return int64(0), err
	}
	back := n < 0
	if n == 0 {
		n = int64(len(e.items))
	}
	if back {
		n = -n
		slices.Reverse(e.items)
	}
	gone := int64(0)
	e.items = slices.DeleteFunc(e.items, func(item string) bool {
		if item != a[2] || gone == n {
			return false
		}
		gone++
		return true
	})
	if back {
		slices.Reverse(e.items)
	}
	return gone, v.put(a[0], e)
}

func linsert(v *view, a []string) (any, error) {
	side := strings.ToLower(a[1])
	if side != "before" && side != "after" {
		return nil, errorf("ERR syntax error")
	}
	e, err := v.get(a[0], kindList)
	if err != nil || e == nil {
		return int64(0), err
	}
	i := e.find(a[2], 1)
	if i < 0 {
		return int64(-1), nil
	}
	if side == "after" {
		i++
	}
	e.items = slices.Insert(e.items, i, a[3])
	return int64(len(e.items)), v.put(a[0], e)
}

func lmove(v *view, a []string) (any, error) {
	from, to := strings.ToLower(a[2]), strings.ToLower(a[3])
	if from != "left" && from != "right" || to != "left" && to != "right" {
		return nil, errorf("ERR syntax error")
	}
	return v.move(a[0], a[1], from == "left", to == "left")
}

// move takes an item off one list and adds it to another one, or the same.
func (v *view) move(from, to string, takeFront, addFront bool) (any, error) {
	e, err := v.get(from, kindList)
	if err != nil || e == nil {
		return nil, err
	}
	if _, err := v.get(to, kindList); err != nil {
		return nil, err
	}
	item := e.take(takeFront)
	if from != to {
		if err := v.put(from, e); err != nil {
			return nil, err
		}
		if e, err = v.make(to, kindList); err != nil {
			return nil, err
		}
	}
	if addFront {
		e.items = slices.Insert(e.items, 0, item)
	} else {
		e.items = append(e.items, item)
	}
	return item, v.put(to, e)
}
