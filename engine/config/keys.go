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

// top lists the keys this server reads.
func top() []field[Config] {
	return []field[Config]{
		{name: "listen", read: checked(func(c *Config) *string { return &c.Listen }, checkListen)},
		{name: "port", read: whole(0, 65535, (*Config).setPort)},
		{name: "data", read: text(func(c *Config) *string { return &c.Data })},
		{name: "db", read: readDB, below: fieldNames(dbFields), hidden: []string{"password", "url"}},
		{name: "external hostname", read: checked(func(c *Config) *string { return &c.ExternalHostname }, checkHost)},
		{name: "use https", read: flag(func(c *Config) *bool { return &c.UseHTTPS })},
		{name: "behind https load balancer", read: flag(func(c *Config) *bool { return &c.BehindHTTPSProxy })},
		{name: "secretkey", secret: true, read: readSecretKeys},
		{name: "packages", read: texts(func(c *Config) *[]string { return &c.Packages })},
		{name: "default interview", read: readDefaultInterview},
		{name: "dispatch", read: readDispatch},
		{name: "appname", read: text(func(c *Config) *string { return &c.AppName })},
		{name: "brandname", read: text(func(c *Config) *string { return &c.BrandName })},
		{name: "language", read: checked(func(c *Config) *string { return &c.Language }, checkLanguage)},
		{name: "locale", read: text(func(c *Config) *string { return &c.Locale })},
		{name: "country", read: checked(func(c *Config) *string { return &c.Country }, checkCountry)},
		{name: "timezone", read: checked(func(c *Config) *string { return &c.TimeZone }, checkZone)},
		{name: "currency symbol", read: text(func(c *Config) *string { return &c.CurrencySymbol })},
		{name: "exitpage", read: text(func(c *Config) *string { return &c.ExitPage })},
		{name: "session error redirect url", read: text(func(c *Config) *string { return &c.SessionErrorURL })},
		{name: "debug", read: flag(func(c *Config) *bool { return &c.Debug })},
		{name: "cross site domains", read: readOrigins},
		{name: "cross site domain", read: readOrigins},
		{name: "allow unsigned actions", read: flag(func(c *Config) *bool { return &c.AllowUnsignedActions })},
		{name: "restrict input variables", read: flag(func(c *Config) *bool { return &c.RestrictInputVariables })},
		{name: "maximum content length", null: true, read: size(func(c *Config, n int64) { c.MaximumContentLength = max(n, 0) })},
		{name: "loop limit", read: whole(1, 1_000_000, func(c *Config, n int64) { c.Limits.Loop = int(n) })},
		{name: "recursion limit", read: whole(1, 1_000_000, func(c *Config, n int64) { c.Limits.Recursion = int(n) })},
		{name: "limits", read: readLimits, below: fieldNames(limitFields)},
		{name: "mail", read: readMail, below: fieldNames(mailFields), hidden: []string{"password"}},
		{name: "web requests", read: readWeb, below: fieldNames(webFields)},
		{name: "config secrets readable", read: readReadable},
	}
}

// readTop reads the whole configuration: known keys into c, all others to what
// Get gives, after a look at whether one was meant to be a known one.
func readTop(r *reader, root *node, c *Config) {
	fields := top()
	known := append(fieldNames(fields), foreignNames()...)
	readSection(r, "", root, c, fields, func(k, v *node) {
		if _, ok := foreign[k.Value]; ok {
			r.warn(k, k.Value, "has no effect on this server")
			return
		}
		if near, ok := spelling.Within(k.Value, known, len([]rune(k.Value))/4); ok {
			r.fault(k, k.Value, "did you mean %q? (A key of your own needs a name less like it.)", near)
		}
	})
	r.keepOwn(root, c, fields)
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

func readDefaultInterview(r *reader, key string, n *node, c *Config) {
	if name, ok := r.interview(key, n); ok {
		c.DefaultInterview = name
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
			r.fault(k, join(key, k.Value), "is not usable in an address")
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
	names := fieldNames(top())
	for _, item := range items(n) {
		item = target(item)
		s, ok := r.text(key, item)
		if !ok {
			continue
		}
		if _, later := foreign[s]; !later && !slices.Contains(names, s) {
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

func checkCountry(s string) string {
	if len(s) != 2 || strings.ToUpper(s) != s {
		return "must be a country code of two capital letters such as US"
	}
	return ""
}
