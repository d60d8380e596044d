package config

import "time"

// Background says how background actions are carried out.
type Background struct {
	Workers int           // background actions: workers, at a time in this process; default 4, 0 leaves them to others
	Time    time.Duration // background actions: seconds that one may take; default 15 minutes
	Wait    time.Duration // background actions: wait, seconds that a page waits for one in task.get() and kin; default 30
	Keep    time.Duration // background actions: keep days, how long what became of one is kept; default 30 days
}

func backgroundDefaults() Background {
	return Background{Workers: 4, Time: 15 * time.Minute, Wait: 30 * time.Second, Keep: 30 * 24 * time.Hour}
}

var backgroundFields = []field[Background]{
	{name: "workers", read: whole(0, 1000, func(b *Background, n int64) { b.Workers = int(n) })},
	{name: "seconds", read: whole(1, 7*24*3600, func(b *Background, n int64) { b.Time = time.Duration(n) * time.Second })},
	{name: "wait", read: whole(1, 600, func(b *Background, n int64) { b.Wait = time.Duration(n) * time.Second })},
	{name: "keep days", read: whole(1, 3650, func(b *Background, n int64) { b.Keep = time.Duration(n) * 24 * time.Hour })},
}

func backgroundKey() field[Config] {
	return atStart(field[Config]{name: "background actions", read: readBackground, below: fieldNames(backgroundFields),
		place: func(c *Config) any { return &c.Background }, show: func(c *Config) any { return c.Background.shown() },
		example: "\n  workers: 4\n  seconds: 900\n  wait: 30\n  keep days: 30",
		about: "How background_action() is carried out: how many at a time in this process (0: by colloquy worker alone), how many seconds one may take, " +
			"how many a page waits in get() and wait(), how many days the result is kept."})
}

func (b Background) shown() Mapping {
	return Mapping{{"workers", b.Workers}, {"seconds", int64(b.Time / time.Second)}, {"wait", int64(b.Wait / time.Second)},
		{"keep days", int64(b.Keep / (24 * time.Hour))}}
}

func readBackground(r *reader, key string, n *node, c *Config) {
	readSection(r, key, n, &c.Background, backgroundFields, nil)
}
