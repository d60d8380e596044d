package run

import (
	"regexp"

	"colloquy/engine/objects"
	"colloquy/engine/python"
)

// internalName is how set_session_variables() names a part of what a session
// remembers besides its answers.
var internalName = regexp.MustCompile(`^_internal\[(?:'(\w+)'|"(\w+)")\]$`)

// internals takes from the variables that one session sets in another those
// that belong in its book, and puts them there: what a session needs to be
// where another one is.
func (s *step) internals(variables python.Value) (rest python.Value, err error) {
	d, ok := python.Unwrap(variables).(*python.Dict)
	if !ok {
		return variables, nil
	}
	others := python.NewDict()
	for k, v := range d.All() {
		name, _ := python.StringOf(k)
		part := internalName.FindStringSubmatch(name)
		if part == nil {
			others.SetStr(name, v)
			continue
		}
		if err := s.remember(part[1]+part[2], v); err != nil {
			return nil, err
		}
	}
	return others, nil
}

// remember sets a part of the book by the name that it has in _internal.
func (s *step) remember(part string, v python.Value) error {
	b := s.state.Book
	switch part {
	case "answered":
		b.Answered = map[string]bool{}
		th := s.r.thread(s.ctx)
		defer th.Close()
		return th.Each(v, func(v python.Value) error {
			if key, ok := python.StringOf(v); ok {
				b.Answered[key] = true
			}
			return nil
		})
	case "answers":
		b.Choices = map[string]int{}
		return eachEntry(part, v, func(key string, v python.Value) {
			if n, ok := python.IntOf(v); ok {
				b.Choices[key] = int(n)
			}
		})
	case "tasks":
		b.Tasks = map[string]int64{}
		return eachEntry(part, v, func(key string, v python.Value) {
			if n, ok := python.IntOf(v); ok {
				b.Tasks[key] = n
			}
		})
	case "session_local", "device_local", "user_local":
		to := map[string]map[string]python.Value{"session_local": b.SessionLocal, "device_local": b.DeviceLocal, "user_local": b.UserLocal}[part]
		return eachEntry(part, v, func(key string, v python.Value) { to[key] = v })
	}
	return python.Errorf(objects.DAError, "set_session_variables: _internal[%q] cannot be set", part)
}

// eachEntry reads a dictionary with names.
func eachEntry(part string, v python.Value, read func(string, python.Value)) error {
	d, ok := python.Unwrap(v).(*python.Dict)
	if !ok {
		return python.Errorf(objects.DAError, "set_session_variables: _internal[%q] must be a dictionary", part)
	}
	for k, v := range d.All() {
		if key, ok := python.StringOf(k); ok {
			read(key, v)
		}
	}
	return nil
}
