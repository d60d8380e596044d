package config

import "reflect"

// KeepRunning lets a configuration that was read anew keep what only a start
// can change: it takes those values from the one in force, and lists the keys
// that would be different after a restart.
func (c *Config) KeepRunning(inForce *Config) (restart []string) {
	for _, f := range top() {
		if !f.restart || f.place == nil {
			continue
		}
		to, from := reflect.ValueOf(f.place(c)).Elem(), reflect.ValueOf(f.place(inForce)).Elem()
		if !reflect.DeepEqual(to.Interface(), from.Interface()) {
			restart = append(restart, f.name)
			to.Set(from)
		}
	}
	return restart
}
