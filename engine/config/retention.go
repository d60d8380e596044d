package config

import (
	"time"

	"go.yaml.in/yaml/v4"
)

// A Retention says how long sessions are kept after they were last used.
type Retention struct {
	Days        int            // interview delete days; 0: for ever; default 90
	ByInterview map[string]int // interview delete days by filename: by full name
}

// mostDays is the longest time that can be given, some thousand years.
const mostDays = 400_000

// For gives how long sessions of an interview are kept; false: for ever. As
// documented, they are erased when they are more than the given days old, in
// whole days.
func (r Retention) For(interview string) (time.Duration, bool) {
	days, own := r.ByInterview[interview]
	if !own {
		days = r.Days
	}
	return time.Duration(days+1) * 24 * time.Hour, days > 0
}

// Due reports whether a session is to be erased that was used last at a time.
func (r Retention) Due(interview string, used, now time.Time) bool {
	kept, ever := r.For(interview)
	return ever && !used.After(now.Add(-kept))
}

// Shortest gives the least time that any session is kept; false: all are kept
// for ever.
func (r Retention) Shortest() (time.Duration, bool) {
	least := r.Days
	for _, days := range r.ByInterview {
		if days > 0 && (least == 0 || days < least) {
			least = days
		}
	}
	return time.Duration(least+1) * 24 * time.Hour, least > 0
}

func retentionKeys() []field[Config] {
	byName := field[Config]{name: "interview delete days by filename", read: readRetention, place: func(c *Config) any { return &c.Retention.ByInterview },
		example: "\n  colloquy.demo:vegetables.yml: 7", about: "The same for single interviews."}
	return []field[Config]{
		numeral("interview delete days", 0, mostDays, "90", "Sessions that nobody has used for more than so many days are erased, with all that belongs to them; 0 keeps them.",
			func(c *Config) *int { return &c.Retention.Days }),
		byName,
	}
}

func readRetention(r *reader, key string, n *node, c *Config) {
	if n.Kind != yaml.MappingNode {
		r.fault(n, key, "must be a mapping of interviews to numbers of days, not %s", kindOf(n))
		return
	}
	c.Retention.ByInterview = map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], target(n.Content[i+1])
		name, ok := r.interview(key, k)
		if !ok {
			continue
		}
		days, ok := r.whole(join(key, k.Value), v)
		switch {
		case !ok:
		case days < 0 || days > mostDays:
			r.fault(v, join(key, k.Value), "must be from 0 to %d", mostDays)
		default:
			c.Retention.ByInterview[name] = int(days)
		}
	}
}
