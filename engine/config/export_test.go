package config

// SecretPaths gives the keys that the tables say are secret.
func SecretPaths() map[string]bool {
	all := map[string]bool{}
	for _, key := range wholeSecrets {
		all[key] = true
	}
	for _, f := range top() {
		if f.secret {
			all[f.name] = true
		}
		for _, h := range f.hidden {
			all[join(f.name, h)] = true
		}
	}
	return all
}
