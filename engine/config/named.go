package config

import "strings"

// File is the file that was read, "" if there was none.
func (c *Config) File() string { return c.file }

// Place tells where a PostgreSQL database is, without user and password.
func (d DB) Place() string {
	_, rest, _ := strings.Cut(hidePassword(d.DSN), "://")
	rest, _, _ = strings.Cut(rest, "?")
	return rest[strings.LastIndexByte(rest, '@')+1:]
}

// Interviews lists the interviews that the configuration names, each under the
// key that names it.
func (c *Config) Interviews() []Shortcut {
	var all []Shortcut
	add := func(key, name string) {
		if name != "" {
			all = append(all, Shortcut{Name: key, Interview: name})
		}
	}
	add("default interview", c.DefaultInterview)
	add("dispatch interview", c.DispatchInterview)
	add("session list interview", c.Home.Interview)
	add("auto resume interview", c.Home.Resume)
	for _, d := range c.Dispatch {
		add(join("dispatch", d.Name), d.Interview)
	}
	for _, name := range c.Preloaded {
		add("preloaded interviews", name)
	}
	return all
}

// StaticFiles lists the static files of packages that the configuration names,
// in the same form.
func (c *Config) StaticFiles() []Shortcut {
	var all []Shortcut
	add := func(key string, refs ...string) {
		for _, ref := range refs {
			if strings.Contains(ref, ":") && !strings.Contains(ref, "://") && !strings.HasPrefix(ref, "/") {
				all = append(all, Shortcut{Name: key, Interview: ref})
			}
		}
	}
	add("bootstrap theme", c.Look.Theme)
	add("global css", c.Look.Styles...)
	add("global javascript", c.Look.Scripts...)
	add("robots", c.Robots)
	for _, t := range c.Social {
		if t.Name == "image" || strings.HasSuffix(t.Name, ":image") {
			add("social: "+t.Name, t.Text)
		}
	}
	return all
}
