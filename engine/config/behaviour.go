package config

import (
	"net/netip"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Embedding says which pages of other sites may show ours in a frame, and
// whether the browser sends our cookies then.
type Embedding string

// The ways to be embedded (allow embedding).
const (
	EmbedNever Embedding = "false" // only our own pages; cookies SameSite=Strict
	EmbedLax   Embedding = "Lax"   // the same; cookies SameSite=Lax: the default
	EmbedAny   Embedding = "true"  // those of cross site domains; cookies SameSite=None
)

func behaviourKeys() []field[Config] {
	limits := field[Config]{name: "limits", read: readLimits, below: fieldNames(limitFields), place: func(c *Config) any { return &c.Limits },
		show: func(c *Config) any { return c.Limits.shown() }, example: "\n  steps: 20_000_000\n  memory: 256 MiB\n  seconds: 10",
		about: "What the code of an interview may use for one screen: steps of computing, memory, time."}
	return []field[Config]{
		yesNo("debug", "true", "Authors are shown where mistakes are and why a question is asked. Not for servers that the public uses.", func(c *Config) *bool { return &c.Debug }),
		limits,
		backgroundKey(),
		numeral("loop limit", 1, 1_000_000, "500", "How many blocks may be tried for one screen.", func(c *Config) *int { return &c.Limits.Loop }),
		numeral("recursion limit", 1, 1_000_000, "500", "How deep blocks may lie in each other.", func(c *Config) *int { return &c.Limits.Recursion }),
		{name: "checkin interval", read: readCheckin, place: func(c *Config) any { return &c.CheckinInterval }, example: "6000",
			about: "How often a page calls the action of its question's \"check in\", in milliseconds: 1000 or more, or 0 for never."},
		yesNo("allow unsigned actions", "true", "Links that act need no signature. For old links; it lets anybody call any action.", func(c *Config) *bool { return &c.AllowUnsignedActions }),
		{name: "initial dict", read: readInitial, place: func(c *Config) any { return &c.Initial }, example: "{clinic_name: Our Clinic}",
			about: "Variables that every new session begins with."},
	}
}

func crossKeys() []field[Config] {
	embed := field[Config]{name: "allow embedding", read: readEmbedding, place: func(c *Config) any { return &c.Embedding }, example: "Lax",
		about: "true: pages of `cross site domains` may show ours in a frame (needs HTTPS). false: cookies are not even sent where a link leads here from another site."}
	return []field[Config]{
		{name: "cross site domains", read: readOrigins, place: func(c *Config) any { return &c.CrossSiteDomains }, example: "[https://www.example.org]",
			about: "Other sites whose scripts may call this server; * for any, without cookies."},
		{name: "cross site domain", read: readOrigins},
		embed,
		{name: "config secrets readable", read: readReadable, place: func(c *Config) any { return &c.readable }, example: "[google]",
			about: "Keys whose secrets interviews may read with get_config()."},
	}
}

func errorKeys() []field[Config] {
	return []field[Config]{
		{name: "verbose error messages", read: readVerbose, show: func(c *Config) any { return c.Verbose() }, example: "false",
			about: "Pages about mistakes say what happened. Default: as `debug`."},
		lines("error notification email", "[admin@example.org]", "Who gets a mail when something goes wrong: where and what kind, never answers; at most one a minute "+
			"for each address that people come from.", func(c *Config) *[]string { return &c.Alarm.To }, checkMailbox),
		lines("suppress error notifications", "[ZeroDivisionError]", "Kinds of errors that no mail is sent for.", func(c *Config) *[]string { return &c.Alarm.Except }),
		{name: "suppress error notificiations", read: texts(func(c *Config) *[]string { return &c.Alarm.Except })},
		textKey("error help", "'Call 555 0100.'", "Markdown for pages about mistakes, unless the interview has its own."),
		atStart(line("log", "/var/log/colloquy.log", "A file, or a folder for colloquy.log, in place of the terminal.", func(c *Config) *string { return &c.Log })),
		atStart(yesNo("log to std", "false", "Whether the log goes to the terminal, too, if there is a file.", func(c *Config) *bool { return &c.LogToStd })),
	}
}

// readInitial reads the variables of new sessions.
func readInitial(r *reader, key string, n *node, c *Config) {
	if n.Kind != yaml.MappingNode {
		r.fault(n, key, "must be a mapping of variables to values, not %s", kindOf(n))
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if k := n.Content[i]; !isName(k.Value) {
			r.fault(k, join(key, k.Value), "is not the name of a variable: letters, digits and underscores, a letter first")
		}
	}
	c.Initial, _ = r.value(key, n, nothing, 0).(Mapping)
}

func isName(s string) bool {
	for i, r := range s {
		letter := r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 127
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return s != "" && !strings.HasPrefix(s, "_")
}

func readEmbedding(r *reader, key string, n *node, c *Config) {
	switch k := kindOf(n); {
	case k == isBool && strings.EqualFold(n.Value, "true"):
		c.Embedding = EmbedAny
	case k == isBool:
		c.Embedding = EmbedNever
	case strings.EqualFold(n.Value, "lax"):
		c.Embedding = EmbedLax
	default:
		r.fault(n, key, "must be true, false or Lax")
	}
}

// readProxies takes one address or network, or a list of them.
func readProxies(r *reader, key string, n *node, c *Config) {
	c.TrustedProxies = []netip.Prefix{}
	for _, item := range items(n) {
		item = target(item)
		p, ok := r.network(key, item)
		if !ok {
			return
		}
		c.TrustedProxies = append(c.TrustedProxies, p)
	}
}

// readCheckin reads how often pages check in.
func readCheckin(r *reader, key string, n *node, c *Config) {
	ms, ok := r.whole(key, n)
	if !ok {
		return
	}
	if ms != 0 && (ms < 1000 || ms > 3600_000) {
		r.fault(n, key, "must be 0 for never, or from 1000 to 3600000 milliseconds")
		return
	}
	c.CheckinInterval = int(ms)
}

// An Alarm says who is told when something goes wrong.
type Alarm struct {
	To     []string // error notification email: mailboxes
	Except []string // suppress error notifications: names of exceptions
}

func readVerbose(r *reader, key string, n *node, c *Config) {
	if yes, ok := r.flag(key, n); ok {
		c.verbose = &yes
	}
}

// Verbose reports whether people are told what went wrong (verbose error
// messages), as they are by default in debug mode.
func (c *Config) Verbose() bool {
	if c.verbose != nil {
		return *c.verbose
	}
	return c.Debug
}
