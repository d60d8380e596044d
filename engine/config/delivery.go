package config

import "time"

// Delivery says how mail is tried again.
type Delivery struct {
	Attempts int           // mail delivery: attempts before a mail is given up; default 12
	Retry    time.Duration // mail delivery: retry seconds after the first failure, longer after each further one; default 10
	Rescue   time.Duration // mail delivery: rescue seconds after which what a dead process was sending is taken over; default 45
}

func deliveryDefaults() Delivery {
	return Delivery{Attempts: 12, Retry: 10 * time.Second, Rescue: 45 * time.Second}
}

var deliveryFields = []field[Delivery]{
	{name: "attempts", read: whole(1, 100, func(d *Delivery, n int64) { d.Attempts = int(n) })},
	{name: "retry seconds", read: whole(1, 3600, func(d *Delivery, n int64) { d.Retry = time.Duration(n) * time.Second })},
	{name: "rescue seconds", read: whole(2, 3600, func(d *Delivery, n int64) { d.Rescue = time.Duration(n) * time.Second })},
}

func deliveryKey() field[Config] {
	return atStart(field[Config]{name: "mail delivery", read: readDelivery, below: fieldNames(deliveryFields),
		place: func(c *Config) any { return &c.Delivery }, show: func(c *Config) any { return c.Delivery.shown() },
		example: "\n  attempts: 12\n  retry seconds: 10\n  rescue seconds: 45",
		about: "How often a mail is tried before it is given up, how soon after a first failure (the pauses grow to four hours), " +
			"and how soon other processes take over what one that died was sending."})
}

func (d Delivery) shown() Mapping {
	return Mapping{{"attempts", d.Attempts}, {"retry seconds", int64(d.Retry / time.Second)}, {"rescue seconds", int64(d.Rescue / time.Second)}}
}

func readDelivery(r *reader, key string, n *node, c *Config) {
	readSection(r, key, n, &c.Delivery, deliveryFields, nil)
}

// Backoff gives the pause between a failed attempt, 1 is the first, and the next.
func (d Delivery) Backoff(attempt int) time.Duration {
	factors := []time.Duration{1, 6, 30, 90, 360}
	if attempt >= 1 && attempt <= len(factors) {
		return min(d.Retry*factors[attempt-1], 4*time.Hour)
	}
	return 4 * time.Hour
}
