package config

import "time"

// The functions below make the fields of top-level keys that are read into one
// place of the Config.

// line is a key with one line of text; checks say what is wrong with it, or "".
func line(name, example, about string, at func(*Config) *string, checks ...func(string) string) field[Config] {
	check := func(s string) string {
		for _, c := range checks {
			if wrong := c(s); wrong != "" {
				return wrong
			}
		}
		return ""
	}
	return field[Config]{name: name, read: checked(at, check), place: func(c *Config) any { return at(c) }, example: example, about: about}
}

// yesNo is a key that is true or false; example is the one that is not the
// default.
func yesNo(name, example, about string, at func(*Config) *bool) field[Config] {
	return field[Config]{name: name, read: flag(at), place: func(c *Config) any { return at(c) }, example: example, about: about}
}

// lines is a key with one text or a list of texts.
func lines(name, example, about string, at func(*Config) *[]string, checks ...func(string) string) field[Config] {
	read := func(r *reader, key string, n *node, c *Config) {
		var all []string
		for _, item := range items(n) {
			item = target(item)
			s, ok := r.text(key, item)
			if !ok {
				return
			}
			for _, check := range checks {
				if wrong := check(s); wrong != "" {
					r.fault(item, key, "%s", wrong)
					return
				}
			}
			all = append(all, s)
		}
		*at(c) = all
	}
	return field[Config]{name: name, read: read, place: func(c *Config) any { return at(c) }, example: example, about: about}
}

// numeral is a key with a whole number from least to most.
func numeral(name string, least, most int64, example, about string, at func(*Config) *int) field[Config] {
	return field[Config]{name: name, read: whole(least, most, func(c *Config, n int64) { *at(c) = int(n) }),
		place: func(c *Config) any { return at(c) }, example: example, about: about}
}

// seconds is a key with a time in whole seconds.
func seconds(name string, least, most int64, example, about string, at func(*Config) *time.Duration) field[Config] {
	return field[Config]{name: name, read: whole(least, most, func(c *Config, n int64) { *at(c) = time.Duration(n) * time.Second }),
		place: func(c *Config) any { return at(c) }, example: example, about: about}
}

// interviewKey is a key that names an interview.
func interviewKey(name, example, about string, at func(*Config) *string) field[Config] {
	read := func(r *reader, key string, n *node, c *Config) {
		if s, ok := r.interview(key, n); ok {
			*at(c) = s
		}
	}
	return field[Config]{name: name, read: read, place: func(c *Config) any { return at(c) }, example: example, about: about}
}

// interviewsKey is a key that lists interviews.
func interviewsKey(name, example, about string, at func(*Config) *[]string) field[Config] {
	read := func(r *reader, key string, n *node, c *Config) {
		for _, item := range items(n) {
			if s, ok := r.interview(key, target(item)); ok {
				*at(c) = append(*at(c), s)
			}
		}
	}
	return field[Config]{name: name, read: read, place: func(c *Config) any { return at(c) }, example: example, about: about}
}

// atStart marks a field whose changes take effect at the next start only.
func atStart(f field[Config]) field[Config] {
	f.restart = true
	return f
}
