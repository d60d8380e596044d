package kv

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

var sortedCommands = []*Command{
	{"zadd", 3, -1, 1, true, zadd},
	{"zrem", 2, -1, 1, true, removal(kindZSet)},
	{"zcard", 1, 1, 1, false, func(v *view, a []string) (any, error) {
		e, err := v.get(a[0], kindZSet)
		return int64(len(e.all()) / 2), err
	}},
	{"zscore", 2, 2, 1, false, func(v *view, a []string) (any, error) {
		e, err := v.get(a[0], kindZSet)
		if err != nil {
			return nil, err
		}
		return e.field(a[1]), nil
	}},
	{"zincrby", 3, 3, 1, true, func(v *view, a []string) (any, error) {
		by, err := anyNumber(a[1])
		if err != nil {
			return nil, err
		}
		e, err := v.make(a[0], kindZSet)
		if err != nil {
			return nil, err
		}
		if was, ok := e.field(a[2]).(string); ok {
			n, _ := anyNumber(was)
			by += n
		}
		if math.IsNaN(by) {
			return nil, errorf("ERR resulting score is not a number (NaN)")
		}
		e.setField(a[2], written(by))
		return written(by), v.put(a[0], e)
	}},
	{"zrank", 2, 2, 1, false, rank(false)},
	{"zrevrank", 2, 2, 1, false, rank(true)},
	{"zrange", 3, 4, 1, false, ranked(false)},
	{"zrevrange", 3, 4, 1, false, ranked(true)},
	{"zrangebyscore", 3, 4, 1, false, func(v *view, a []string) (any, error) {
		list, err := v.scoredBetween(a[0], a[1], a[2])
		if err != nil {
			return nil, err
		}
		return withScores(list, a[3:])
	}},
	{"zcount", 3, 3, 1, false, func(v *view, a []string) (any, error) {
		list, err := v.scoredBetween(a[0], a[1], a[2])
		return int64(len(list)), err
	}},
	{"zremrangebyscore", 3, 3, 1, true, func(v *view, a []string) (any, error) {
		list, err := v.scoredBetween(a[0], a[1], a[2])
		if err != nil || len(list) == 0 {
			return int64(0), err
		}
		names := []string{a[0]}
		for _, m := range list {
			names = append(names, m.name)
		}
		return removal(kindZSet)(v, names)
	}},
}

// A member is one of a sorted set.
type member struct {
	name  string
	score float64
}

// sorted lists a sorted set by score, then name.
func (e *entry) sorted() []member {
	var list []member
	for i := 0; i < len(e.all()); i += 2 {
		score, _ := anyNumber(e.items[i+1])
		list = append(list, member{e.items[i], score})
	}
	slices.SortFunc(list, func(a, b member) int {
		return cmp.Or(cmp.Compare(a.score, b.score), strings.Compare(a.name, b.name))
	})
	return list
}

// zadd adds members with their scores; NX only new ones, XX only old ones; with
// CH it counts those changed, too.
func zadd(v *view, a []string) (any, error) {
	var fresh, old, changes bool
	rest := a[1:]
	for ; len(rest) > 0; rest = rest[1:] {
		word := strings.ToLower(rest[0])
		if word != "nx" && word != "xx" && word != "ch" {
			break
		}
		fresh, old, changes = fresh || word == "nx", old || word == "xx", changes || word == "ch"
	}
	if len(rest) == 0 || len(rest)%2 != 0 {
		return nil, errorf("ERR syntax error")
	}
	if fresh && old {
		return nil, errorf("ERR XX and NX options at the same time are not compatible")
	}
	e, err := v.make(a[0], kindZSet)
	if err != nil {
		return nil, err
	}
	n := int64(0)
	for i := 0; i < len(rest); i += 2 {
		score, err := anyNumber(rest[i])
		if err != nil {
			return nil, err
		}
		was, there := e.field(rest[i+1]).(string)
		if there && fresh || !there && old {
			continue
		}
		e.setField(rest[i+1], written(score))
		if !there || changes && was != written(score) {
			n++
		}
	}
	return n, v.put(a[0], e)
}

func rank(reverse bool) func(*view, []string) (any, error) {
	return func(v *view, a []string) (any, error) {
		e, err := v.get(a[0], kindZSet)
		if err != nil {
			return nil, err
		}
		list := e.sorted()
		i := slices.IndexFunc(list, func(m member) bool { return m.name == a[1] })
		switch {
		case i < 0:
			return nil, nil
		case reverse:
			return int64(len(list) - 1 - i), nil
		}
		return int64(i), nil
	}
}

func ranked(reverse bool) func(*view, []string) (any, error) {
	return func(v *view, a []string) (any, error) {
		e, err := v.get(a[0], kindZSet)
		if err != nil {
			return nil, err
		}
		list := e.sorted()
		if reverse {
			slices.Reverse(list)
		}
		i, j, err := window(a[1], a[2], len(list))
		if err != nil {
			return nil, err
		}
		return withScores(list[i:j], a[3:])
	}
}

func withScores(list []member, words []string) (any, error) {
	scores := len(words) == 1 && strings.EqualFold(words[0], "withscores")
	if len(words) > 0 && !scores {
		return nil, errorf("ERR syntax error")
	}
	reply := []any{}
	for _, m := range list {
		reply = append(reply, m.name)
		if scores {
			reply = append(reply, written(m.score))
		}
	}
	return reply, nil
}

// scoredBetween lists members by their score: a bound is left out with ( before
// it, and may be -inf or +inf.
func (v *view) scoredBetween(key, low, high string) ([]member, error) {
	from, out, err := bound(low)
	if err != nil {
		return nil, err
	}
	to, outTo, err := bound(high)
	if err != nil {
		return nil, err
	}
	e, err := v.get(key, kindZSet)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(e.sorted(), func(m member) bool {
		return m.score < from || m.score > to || out && m.score == from || outTo && m.score == to
	}), nil
}

func bound(s string) (f float64, out bool, err error) {
	s, out = strings.CutPrefix(s, "(")
	if f, err = anyNumber(s); err != nil {
		return 0, false, errorf("ERR min or max is not a float")
	}
	return f, out, nil
}
