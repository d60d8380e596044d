package config

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// Home says what people see of their sessions, and where they come to when they
// sign in.
type Home struct {
	Link       bool      // show interviews link: menus lead to the list; default true. Administrators always have the link
	Interview  string    // session list interview: takes the place of the list
	Resume     string    // auto resume interview: where people go on after signing in
	Return     bool      // resume interview after login: people come back to the interview from which they went to sign in
	Pages      []PageFor // page after login: the first one for a privilege that somebody has counts
	PageLength int       // pagination limit: sessions on a page; default 100
}

// A PageFor says where people with a privilege come to when they sign in.
type PageFor struct {
	Privilege string // "*" for everybody
	Page      string // a name that url_of() knows, a path, or an address
}

func defaultHome() Home { return Home{Link: true, PageLength: 100} }

func homeKeys() []field[Config] {
	pages := field[Config]{name: "page after login", read: readPages, place: func(c *Config) any { return &c.Home.Pages }, show: func(c *Config) any { return c.Home.shownPages() },
		example: "\n  - admin: userlist\n  - \"*\": interviews", about: "Where people come to when they sign in, by privilege: a name such as interviews, profile or list, a path, or an address. " +
			"The first line that concerns somebody counts."}
	return []field[Config]{
		yesNo("show interviews link", "false", "Menus of those who are signed in lead to their interviews.", func(c *Config) *bool { return &c.Home.Link }),
		interviewKey("session list interview", "colloquy.demo:vegetables.yml", "An interview that takes the place of /interviews.",
			func(c *Config) *string { return &c.Home.Interview }),
		interviewKey("auto resume interview", "colloquy.demo:vegetables.yml", "Who signs in goes on with the first session of this interview, or begins one. There is no link to the list of interviews then.",
			func(c *Config) *string { return &c.Home.Resume }),
		yesNo("resume interview after login", "true", "Who signs in from an interview comes back to it, instead of to the list.", func(c *Config) *bool { return &c.Home.Return }),
		pages,
		numeral("pagination limit", 2, 1000, "100", "How many sessions a page of a list has.", func(c *Config) *int { return &c.Home.PageLength }),
	}
}

// readPages takes a page, a mapping of privileges to pages, or a list of such.
func readPages(r *reader, key string, n *node, c *Config) {
	c.Home.Pages = nil
	for _, item := range items(n) {
		item = target(item)
		if item.Kind != yaml.MappingNode {
			c.addPage(r, key, "*", item)
			continue
		}
		for i := 0; i+1 < len(item.Content); i += 2 {
			k := item.Content[i]
			c.addPage(r, join(key, k.Value), strings.TrimSpace(k.Value), target(item.Content[i+1]))
		}
	}
}

func (c *Config) addPage(r *reader, key, privilege string, n *node) {
	page, ok := r.text(key, n)
	if page = strings.TrimSpace(page); !ok {
		return
	}
	if strings.ContainsAny(page, "/:") {
		if wrong := checkAddress(page); wrong != "" {
			r.fault(n, key, "%s", wrong)
			return
		}
	}
	c.Home.Pages = append(c.Home.Pages, PageFor{Privilege: privilege, Page: page})
}

func (h *Home) shownPages() []Mapping {
	var all []Mapping
	for _, p := range h.Pages {
		all = append(all, Mapping{{p.Privilege, p.Page}})
	}
	return all
}
