package handlers

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/run"
	"colloquy/views"
	"colloquy/views/gallery"
)

// root is the first page: the one that the configuration names, else the
// interview that is asked for, else the default one, else the one that this
// browser is in the middle of, else the list.
//
//	GET /
func (s *site) root(c *fiber.Ctx) error {
	if to := s.Config.RootRedirect; to != "" {
		return c.Redirect(to, fiber.StatusSeeOther)
	}
	name := c.Query(run.ArgInterview)
	if name == "" {
		name = s.Config.DefaultInterview
	}
	if name == "" {
		running, err := s.running(c)
		if err != nil {
			return err
		}
		name = running
	}
	if name == "" {
		return s.list(c)
	}
	to := url.Values{}
	for arg, value := range arguments(c) {
		to.Set(arg, value)
	}
	to.Set(run.ArgInterview, name)
	return c.Redirect(s.Config.Path("/interview")+"?"+to.Encode(), fiber.StatusSeeOther)
}

// list shows the interviews that can be begun.
//
//	GET /list
func (s *site) list(c *fiber.Ctx) error {
	if to := s.Config.DispatchInterview; to != "" && !wantsJSON(c) {
		return c.Redirect(s.Config.Path("/interview")+"?from_list=1&"+run.ArgInterview+"="+url.QueryEscape(to), fiber.StatusSeeOther)
	}
	l := &views.Listing{Frame: s.page(c, "start page", "Interviews"), Heading: s.said(c, "start page heading", "Interviews"),
		Empty: "There is no interview here yet. Start the server with a file or folder of interviews: colloquy serve my.yml"}
	l.Groups = append(l.Groups, s.groups(c)...)
	if wantsJSON(c) {
		return c.JSON(l.Groups)
	}
	return s.draw(c, nil, views.ListPage(l))
}

// groups are the interviews by package; those named on the command line, else
// all that are listed.
func (s *site) groups(c *fiber.Ctx) []views.Group {
	if len(s.Config.Dispatch) > 0 {
		g := views.Group{}
		for _, d := range s.Config.Dispatch {
			g.Cards = append(g.Cards, s.card(c, d.Interview, s.Config.Path("/start/")+d.Name+"/"))
		}
		return []views.Group{g}
	}
	byPackage := map[string]*views.Group{}
	var order []string
	for _, name := range s.offered() {
		card := s.card(c, name, "")
		if card.URL == "" {
			continue
		}
		pkg, _, _ := strings.Cut(name, ":")
		if byPackage[pkg] == nil {
			byPackage[pkg] = &views.Group{Heading: pkg}
			order = append(order, pkg)
		}
		byPackage[pkg].Cards = append(byPackage[pkg].Cards, card)
	}
	groups := make([]views.Group, 0, len(order))
	for _, pkg := range order {
		groups = append(groups, *byPackage[pkg])
	}
	if len(groups) == 1 {
		groups[0].Heading = ""
	}
	return groups
}

// maxListed bounds the list: a folder of hundreds of examples is not compiled
// to draw one page.
const maxListed = 200

func (s *site) offered() []string {
	if s.Offered != nil {
		return s.Offered
	}
	var names []string
	for _, pkg := range s.Programs.Packages().Packages() {
		for _, n := range s.Programs.Packages().Interviews(pkg) {
			if len(names) == maxListed {
				return names
			}
			names = append(names, n.String())
		}
	}
	return names
}

// card describes an interview; one that does not load says so.
func (s *site) card(c *fiber.Ctx, name, address string) views.Card {
	if address == "" {
		address = s.Config.Path("/interview") + "?" + run.ArgInterview + "=" + url.QueryEscape(name) + "&" + run.ArgNewSession + "=1"
	}
	iv, err := s.Programs.Interview(c.UserContext(), name)
	if err != nil {
		return views.Card{Title: name, Text: "This interview cannot be started: it has mistakes that its author must mend.", URL: address, Button: "Show", Note: name}
	}
	if hidden, _ := iv.MetadataPart("unlisted", "*"); hidden == "True" {
		return views.Card{}
	}
	title, ok := iv.MetadataPart("title", "*")
	if !ok {
		title = strings.TrimSuffix(name[strings.LastIndexAny(name, "/:")+1:], ".yml")
	}
	text, _ := iv.MetadataPart("description", "*")
	if text == "" {
		text, _ = iv.MetadataPart("subtitle", "*")
	}
	return views.Card{Title: title, Text: strings.TrimSpace(text), URL: address, Note: name}
}

// gallery shows every component in every state, for those who work on the
// looks of things. It is there in debug mode only.
//
//	GET /dev/gallery[/:name]
func (s *site) gallery(c *fiber.Ctx) error {
	b, err := s.browserOf(c)
	if err != nil {
		return err
	}
	name := c.Params("name")
	if name == "" {
		return s.draw(c, b, gallery.Index(s.assets, s.Config.Path("/dev/gallery")))
	}
	e, ok := gallery.Find(name)
	if !ok {
		return fiber.ErrNotFound
	}
	return s.draw(c, b, e.Draw(s.assets))
}
