package config

import (
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"go.yaml.in/yaml/v4"

	"colloquy/engine/spelling"
)

// top lists the keys that this server reads.
func top() []field[Config] {
	var all []field[Config]
	for _, s := range chapters() {
		all = append(all, s.fields...)
	}
	return all
}

// readTop reads the whole configuration: known keys into c, all others to what
// Get gives, after a look at whether one was meant to be a known one.
func readTop(r *reader, root *node, c *Config) {
	fields := top()
	known := knownKeys()
	readSection(r, "", root, c, fields, func(k, v *node) {
		if why, ok := inert(k.Value); ok {
			r.warn(k, k.Value, "%s", why)
			return
		}
		if near, ok := spelling.Within(k.Value, known, len([]rune(k.Value))/4); ok {
			r.fault(k, k.Value, "did you mean %q? (A key of your own needs a name less like it.)", near)
		}
	})
	r.keepOwn(root, c, fields)
}

// knownKeys lists all top-level keys that mean something, here or elsewhere.
func knownKeys() []string {
	return append(fieldNames(top()), inertKeys()...)
}

func readSecretKeys(r *reader, key string, n *node, c *Config) {
	var keys []string
	for _, item := range items(n) {
		item = target(item)
		s, ok := r.text(key, item)
		if !ok {
			return
		}
		if len(s) < 16 {
			r.fault(item, key, "is too short to be a secret: it needs 16 characters or more")
			return
		}
		keys = append(keys, s)
	}
	if len(keys) == 0 {
		r.fault(n, key, "must be text or a list of texts")
	}
	c.SecretKeys = keys
}

// readOrigins reads the sites whose scripts may call this server: origins such
// as https://example.com, or "*" for any.
func readOrigins(r *reader, key string, n *node, c *Config) {
	for _, item := range items(n) {
		s, ok := r.text(key, target(item))
		if !ok {
			return
		}
		u, err := url.Parse(s)
		if s != "*" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || strings.Trim(u.Path, "/") != "") {
			r.fault(target(item), key, "must be an origin such as https://example.com, or *")
			return
		}
		c.CrossSiteDomains = append(c.CrossSiteDomains, strings.TrimSuffix(s, "/"))
	}
}

func readDispatch(r *reader, key string, n *node, c *Config) {
	if n.Kind != yaml.MappingNode {
		r.fault(n, key, "must be a mapping of short names to interviews, not %s", kindOf(n))
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], target(n.Content[i+1])
		if k.Value == "" || strings.ContainsAny(k.Value, "/?#%") {
			r.fault(k, join(key, k.Value), "is not usable in an address: use letters, digits and hyphens")
			continue
		}
		if name, ok := r.interview(join(key, k.Value), v); ok {
			c.Dispatch = append(c.Dispatch, Shortcut{Name: k.Value, Interview: name})
		}
	}
}

// interview takes the name of an interview and completes its short form:
// "package:file.yml" is "package:data/questions/file.yml".
func (r *reader) interview(key string, n *node) (string, bool) {
	s, ok := r.text(key, n)
	if !ok {
		return "", false
	}
	pkg, path, _ := strings.Cut(s, ":")
	if pkg == "" || path == "" || strings.Contains(path, ":") || strings.ContainsFunc(pkg, unicode.IsSpace) {
		r.fault(n, key, "must name an interview in the form package:file.yml")
		return "", false
	}
	if !strings.HasPrefix(path, "data/") {
		path = "data/questions/" + path
	}
	return pkg + ":" + path, true
}

var limitFields = []field[Limits]{
	{name: "steps", read: whole(1000, 1<<50, func(l *Limits, n int64) { l.Steps = n })},
	{name: "memory", read: size(func(l *Limits, n int64) { l.Memory = max(n, 1<<20) })},
	{name: "seconds", read: whole(1, 3600, func(l *Limits, n int64) { l.Time = time.Duration(n) * time.Second })},
}

func readLimits(r *reader, key string, n *node, c *Config) {
	readSection(r, key, n, &c.Limits, limitFields, nil)
}

func readReadable(r *reader, key string, n *node, c *Config) {
	c.readable = nil
	names := knownKeys()
	for _, item := range items(n) {
		item = target(item)
		s, ok := r.text(key, item)
		if !ok {
			continue
		}
		c.readable = append(c.readable, s)
		if !slices.Contains(names, s) {
			r.fault(item, key, "%q is not a known key, so it is readable already", s)
		}
	}
}

func checkListen(s string) string {
	_, port, err := net.SplitHostPort(s)
	if n, wrong := strconv.Atoi(port); err != nil || wrong != nil || n < 0 || n > 65535 {
		return "must have the form HOST:PORT, for example 127.0.0.1:8080"
	}
	return ""
}

func checkHost(s string) string {
	if strings.Contains(s, "://") || strings.ContainsAny(s, "/?# ") {
		return "must be a host name alone, without scheme and path"
	}
	if _, err := url.Parse("https://" + s); err != nil || s == "" {
		return "must be a host name"
	}
	return ""
}

func checkZone(s string) string {
	if _, err := time.LoadLocation(s); err != nil || s == "" || s == "Local" {
		return "is not the name of a time zone; they look like America/New_York"
	}
	return ""
}

func checkLanguage(s string) string {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '-' {
			return "must be a language code such as en or pt-BR"
		}
	}
	if len(s) < 2 {
		return "must be a language code such as en or pt-BR"
	}
	return ""
}

func checkWords(s string) string {
	for _, ending := range []string{".yml", ".yaml", ".xlf", ".xliff", ".xlsx"} {
		if strings.HasSuffix(strings.ToLower(s), ending) && strings.Contains(s, ":") {
			return ""
		}
	}
	return "must name a file of a package that ends in .yml, .yaml, .xlf, .xliff or .xlsx, such as clinic.looks:data/sources/words.yml"
}

func checkLocale(s string) string {
	name, _, _ := strings.Cut(s, ".")
	lang, country, ok := strings.Cut(name, "_")
	if checkLanguage(lang) != "" || len(lang) > 3 || ok && checkCountry(country) != "" {
		return "must be a locale such as en_US.utf8 or de_DE"
	}
	return ""
}

func checkCountry(s string) string {
	if len(s) != 2 || strings.ToUpper(s) != s {
		return "must be a country code of two capital letters such as US"
	}
	return ""
}
