package config

// AutoDelete says which accounts are deleted because nobody uses them
// (docassemble's "user auto delete").
type AutoDelete struct {
	Enabled    bool     // enable
	Days       int      // inactivity days, or inactive days: without any use
	Privileges []string // privileges: accounts that have no others; default user
	Shared     bool     // delete shared: with an account go sessions that others share, too
}

var autoDeleteFields = []field[AutoDelete]{
	{name: "enable", read: flag(func(d *AutoDelete) *bool { return &d.Enabled })},
	count("inactivity days", 1, mostDays, func(d *AutoDelete) *int { return &d.Days }),
	count("inactive days", 1, mostDays, func(d *AutoDelete) *int { return &d.Days }),
	{name: "privileges", read: texts(func(d *AutoDelete) *[]string { return &d.Privileges })},
	{name: "delete shared", read: flag(func(d *AutoDelete) *bool { return &d.Shared })},
}

func autoDeleteKey() field[Config] {
	return field[Config]{name: "user auto delete", read: readAutoDelete, below: fieldNames(autoDeleteFields),
		place: func(c *Config) any { return &c.Accounts.AutoDelete }, show: func(c *Config) any { return c.Accounts.AutoDelete.shown() },
		example: "\n  enable: true\n  inactivity days: 365\n  privileges: [user]\n  delete shared: false",
		about: "Accounts that nobody has used for so many days are deleted, with their sessions: those that have none but the given privileges. " +
			"Where mail can be sent, their owners are told a week before."}
}

// readAutoDelete reads the section, which is on unless it says otherwise.
func readAutoDelete(r *reader, key string, n *node, c *Config) {
	d := &c.Accounts.AutoDelete
	d.Enabled = true
	readSection(r, key, n, d, autoDeleteFields, nil)
	if d.Enabled && d.Days == 0 {
		r.fault(n, key, "must say after how many days: inactivity days")
		d.Enabled = false
	}
}

func (d AutoDelete) shown() Mapping {
	m := Mapping{{"enable", d.Enabled}}
	if d.Days > 0 {
		m = append(m, Mapping{{"inactivity days", int64(d.Days)}}...)
	}
	return append(m, Mapping{{"privileges", shown(d.Privileges)}, {"delete shared", d.Shared}}...)
}
