package config

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// A Tag is a meta element that other sites read: "og:image", "description".
type Tag struct{ Name, Text string }

// Favicon says which pictures stand for the server.
type Favicon struct {
	Folder  string // favicon: package:data/static/FOLDER; "" for our own picture
	Version string // favicon version
	Mask    string // favicon mask color
	Tile    string // favicon tile color
	Theme   string // favicon theme color
}

func publicKeys() []field[Config] {
	social := field[Config]{name: "social", read: readSocial, place: func(c *Config) any { return &c.Social },
		example: "\n  description: Answers to your questions\n  image: clinic.looks:data/static/card.png\n  og:\n    image: clinic.looks:data/static/card.png",
		about:   "What sites say that link to ours: description, image and other meta tags; those of twitter, og and fb below these words."}
	return []field[Config]{social,
		yesNo("allow robots", "true", "Search engines may list the server.", func(c *Config) *bool { return &c.AllowRobots }),
		line("robots", "clinic.looks:data/static/robots.txt", "A static file of a package that is sent as /robots.txt.", func(c *Config) *string { return &c.Robots }, checkStatic),
		line("favicon", "clinic.looks:data/static/favicon", "A folder of a package with favicon.ico and its kin.", func(c *Config) *string { return &c.Favicon.Folder }, checkStatic),
		line("favicon version", "2", "Change it to have browsers load the pictures again.", func(c *Config) *string { return &c.Favicon.Version }),
		line("favicon mask color", "'#698aa7'", "Colour of safari-pinned-tab.svg.", func(c *Config) *string { return &c.Favicon.Mask }, checkColor),
		line("favicon tile color", "'#da532c'", "Colour behind the picture on Windows.", func(c *Config) *string { return &c.Favicon.Tile }, checkColor),
		line("favicon theme color", "'#83b3dd'", "Colour of the browser around the page.", func(c *Config) *string { return &c.Favicon.Theme }, checkColor),
	}
}

// computed lists the tags that each page has its own value of.
var computed = map[string]bool{"name": true, "og:title": true, "og:url": true, "twitter:title": true}

func readSocial(r *reader, key string, n *node, c *Config) {
	if n.Kind != yaml.MappingNode {
		r.fault(n, key, "must be a mapping, with lines such as description: Answers to your questions, not %s", kindOf(n))
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, v := n.Content[i].Value, target(n.Content[i+1])
		switch name {
		case "twitter", "og", "fb":
			r.tags(c, join(key, name), name+":", v)
		default:
			r.tag(c, join(key, name), name, v)
		}
	}
}

func (r *reader) tags(c *Config, key, prefix string, n *node) {
	if n.Kind != yaml.MappingNode {
		r.fault(n, key, "must be a mapping, not %s", kindOf(n))
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name := n.Content[i].Value
		r.tag(c, join(key, name), prefix+name, target(n.Content[i+1]))
	}
}

func (r *reader) tag(c *Config, key, name string, n *node) {
	s, ok := r.text(key, n)
	if s = strings.Join(strings.Fields(s), " "); ok && s != "" && !computed[name] {
		c.Social = append(c.Social, Tag{name, s})
	}
}

func checkStatic(s string) string {
	pkg, path, ok := strings.Cut(s, ":")
	if !ok || pkg == "" || !strings.HasPrefix(path, "data/static") || strings.Contains(path, "..") {
		return "must name something static of a package, such as clinic.looks:data/static/favicon"
	}
	return ""
}

func checkColor(s string) string {
	hex := strings.TrimPrefix(s, "#")
	if s == hex || len(hex) != 3 && len(hex) != 6 || strings.Trim(strings.ToLower(hex), "0123456789abcdef") != "" {
		return `must be a colour such as "#83b3dd", in quotes: what follows a bare # is a comment`
	}
	return ""
}
