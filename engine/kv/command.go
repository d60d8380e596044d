package kv

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Command is one of Redis's that is known here.
type Command struct {
	name        string
	least, most int // arguments, its name not counted; most < 0: any number
	keys        int // how many arguments, from the first on, are keys; allKeys; pairs
	writes      bool
	run         func(v *view, args []string) (any, error)
}

// Which arguments are keys, where that is no number.
const (
	allKeys = -1 // all are
	pairs   = -2 // every other one is, from the first on
	pattern = -3 // the first is a pattern of keys, and so is every item of the reply a key
)

// Find returns the command that is written in words, its name first, or the
// error that Redis has for it.
func Find(args []string) (*Command, error) {
	if len(args) == 0 {
		return nil, errorf("ERR unknown command ''")
	}
	name := strings.ToLower(args[0])
	c := commands[name]
	if c == nil {
		return nil, errorf("ERR unknown command '%s'", args[0])
	}
	if n := len(args) - 1; n < c.least || c.most >= 0 && n > c.most || c.keys == pairs && n%2 != 0 {
		return nil, errorf("ERR wrong number of arguments for '%s' command", name)
	}
	return c, nil
}

// Writes reports whether the command changes anything.
func (c *Command) Writes() bool { return c.writes }

// Within returns the same command for keys that all begin with a prefix, and the
// function that takes that off the reply.
func (c *Command) Within(prefix string, args []string) (scoped []string, strip func(reply any) any) {
	scoped = slices.Clone(args)
	for i := 1; i < len(scoped); i++ {
		if c.keys > 0 && i <= c.keys || c.keys == allKeys || c.keys == pairs && i%2 == 1 {
			scoped[i] = prefix + scoped[i]
		}
	}
	if c.keys != pattern {
		return scoped, func(reply any) any { return reply }
	}
	scoped[1] = literal(prefix) + scoped[1]
	return scoped, func(reply any) any {
		list, _ := reply.([]any)
		for i, key := range list {
			if s, ok := key.(string); ok {
				list[i] = strings.TrimPrefix(s, prefix)
			}
		}
		return reply
	}
}

var commands = byName(textCommands, keyCommands, listCommands, hashCommands, setCommands, sortedCommands)

func byName(families ...[]*Command) map[string]*Command {
	all := map[string]*Command{}
	for _, family := range families {
		for _, c := range family {
			all[c.name] = c
		}
	}
	return all
}

// Names lists the commands, in order.
func Names() []string {
	var names []string
	for name := range commands {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func wholeNumber(s string) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || strconv.FormatInt(n, 10) != s {
		return 0, errorf("ERR value is not an integer or out of range")
	}
	return n, nil
}

func anyNumber(s string) (float64, error) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(f) {
		return 0, errorf("ERR value is not a valid float")
	}
	return f, nil
}

// written is a number as Redis writes it.
func written(f float64) string {
	switch {
	case math.IsInf(f, 1):
		return "inf"
	case math.IsInf(f, -1):
		return "-inf"
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// flag is 1 or 0.
func flag(yes bool) any {
	if yes {
		return int64(1)
	}
	return int64(0)
}

// replies makes a reply of texts.
func replies(items []string) any {
	list := make([]any, len(items))
	for i, item := range items {
		list[i] = item
	}
	return list
}

// window is what LRANGE and kin mean by a start and a stop, in a sequence of n:
// from i up to j.
func window(start, stop string, n int) (i, j int, err error) {
	from, err := wholeNumber(start)
	if err != nil {
		return 0, 0, err
	}
	to, err := wholeNumber(stop)
	if err != nil {
		return 0, 0, err
	}
	if from < 0 {
		from = max(0, from+int64(n))
	}
	if to < 0 {
		to += int64(n)
	}
	to = min(to, int64(n)-1)
	if from > to {
		return 0, 0, nil
	}
	return int(from), int(to) + 1, nil
}

// longestLife is how far ahead a key may expire.
const longestLife = 100 * 366 * 24 * time.Hour

// lasting is the time until which a key lives that is given so many units.
func (v *view) lasting(command, number string, unit time.Duration, absolute bool) (time.Time, error) {
	n, err := wholeNumber(number)
	if err != nil {
		return time.Time{}, err
	}
	if absolute {
		if n <= 0 || n > math.MaxInt64/int64(unit) {
			return time.Time{}, errorf("ERR invalid expire time in '%s' command", command)
		}
		return time.Unix(0, 0).Add(time.Duration(n) * unit).UTC(), nil
	}
	if n <= 0 || n > int64(longestLife/unit) {
		return time.Time{}, errorf("ERR invalid expire time in '%s' command", command)
	}
	return v.now.Add(time.Duration(n) * unit), nil
}
