package handlers

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/evaluation"
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

// list shows the interviews that can be begun: those that the configuration
// offers; without any, the default one; without that, all there are. ?tag=
// narrows it, ?json=1 is for programs, ?embedded=1 for pages of other sites.
//
//	GET /list
func (s *site) list(c *fiber.Ctx) error {
	if name := s.Config.DispatchInterview; name != "" {
		to := url.Values{run.ArgInterview: {name}, "from_list": {"1"}}
		if tag := c.Query("tag"); tag != "" {
			to.Set("tag", tag)
		}
		return c.Redirect(s.Config.Path("/interview")+"?"+to.Encode(), fiber.StatusSeeOther)
	}
	if name := s.Config.DefaultInterview; name != "" && len(s.Config.Dispatch) == 0 {
		return c.Redirect(s.Config.Path("/interview")+"?"+run.ArgInterview+"="+url.QueryEscape(name), fiber.StatusSeeOther)
	}
	host := s.origin(c)
	b, err := s.browserOf(c)
	if err != nil {
		return err
	}
	visitor := s.visitor(c, b)
	menu := s.Runner.Menu(c.UserContext(), &visitor, c.Query("tag"))
	switch {
	case wantsJSON(c):
		body, err := s.Runner.MenuJSON(c.UserContext(), menu, s.offerURL)
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, "application/json; charset=utf-8")
		return c.Send(body)
	case c.Query("embedded") != "":
		c.Set(fiber.HeaderAccessControlAllowOrigin, "*")
		var list []views.Card
		for _, o := range menu {
			list = append(list, s.offerCard(c, host, o))
		}
		return s.draw(c, nil, views.Embedded(list))
	}
	l := &views.Listing{Frame: s.page(c, "start page", "Interviews"), Heading: s.said(c, "start page heading", s.word(c, "Interviews")),
		Empty: s.word(c, "There is no interview here yet. Start the server with a file or folder of interviews: colloquy serve my.yml")}
	l.Frame.NavHTML += s.accountItems(c, b)
	l.Groups = append(l.Groups, s.groups(c, menu, &visitor)...)
	return s.draw(c, nil, views.ListPage(l))
}

func (s *site) offerURL(o run.Offer) string {
	return s.Config.Path("/start/") + url.PathEscape(o.Name) + "/"
}

// offerCard describes an interview of the menu.
func (s *site) offerCard(c *fiber.Ctx, host string, o run.Offer) views.Card {
	card := views.Card{Title: o.Title, Text: strings.TrimSpace(o.Text), URL: host + s.offerURL(o), Note: o.Interview}
	if o.Broken {
		card.Text, card.Button, card.Class = s.word(c, broken), s.word(c, "Show"), "dainterviewhaserror"
	}
	return card
}

const broken = "This interview cannot be started: it has mistakes that its author must mend."

// groups are the interviews by package; those that the configuration offers,
// else those named on the command line, else all that are listed.
func (s *site) groups(c *fiber.Ctx, menu []run.Offer, v *evaluation.Visitor) []views.Group {
	if len(s.Config.Dispatch) > 0 {
		g := views.Group{}
		for _, o := range menu {
			g.Cards = append(g.Cards, s.offerCard(c, "", o))
		}
		return []views.Group{g}
	}
	byPackage := map[string]*views.Group{}
	var order []string
	for _, name := range s.offered() {
		card := s.card(c, name, v)
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

// card describes an interview; one that does not load says so, and one that the
// visitor is not shown is none.
func (s *site) card(c *fiber.Ctx, name string, v *evaluation.Visitor) views.Card {
	address := s.Config.Path("/interview") + "?" + run.ArgInterview + "=" + url.QueryEscape(name) + "&" + run.ArgNewSession + "=1"
	iv, err := s.Programs.Interview(c.UserContext(), name)
	if err != nil {
		return views.Card{Title: name, Text: s.word(c, broken), Class: "dainterviewhaserror", URL: address, Button: s.word(c, "Show"), Note: name}
	}
	if !s.Runner.MayList(iv, v) {
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
