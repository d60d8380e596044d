package handlers

import (
	"cmp"
	"strings"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/config"
	"colloquy/engine/language"
	"colloquy/engine/packages"
	"colloquy/engine/run"
	"colloquy/views"
)

// page is the frame of a page of the server's own, in the reader's language: its
// Word translates, and title is a phrase to be translated. name is how the texts for it
// begin in the configuration ("start page"), "" if there are none.
func (s *site) page(c *fiber.Ctx, name, title string) views.Frame {
	part := func(part string) string {
		if name == "" {
			return ""
		}
		return s.said(c, name+" "+part, "")
	}
	s.noteTongue(c)
	speaker := s.tongue(c)
	return views.Frame{Assets: s.assets, Lang: speaker.Lang, RTL: language.RightToLeft(speaker.Lang), Words: speaker.Word, NoIndex: true, Wide: s.Config.Look.Wide, Tags: s.tags(c),
		Tab:    cmp.Or(part("tab title"), speaker.Word(title)),
		Footer: cmp.Or(part("footer"), s.said(c, "global footer", "")),
		Pre:    part("pre"), Submit: part("submit"), Post: part("post"), NavHTML: part("navigation bar html"),
		Styles: present(part("extra css")), Tail: part("extra javascript"),
		Bar: views.Bar{Title: cmp.Or(part("title"), s.Config.BrandName), TitleURL: s.Config.Path("/"), Brand: s.Config.BrandName,
			Inverse: s.Config.Look.Inverse}}
}

func present(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// said is a text of the configuration in the language of the browser.
func (s *site) said(c *fiber.Ctx, key, otherwise string) string {
	return cmp.Or(s.Config.Text(key, s.language(c)), otherwise)
}

// tags are the meta elements of the configuration, pictures with their address.
func (s *site) tags(c *fiber.Ctx) []views.Tag {
	var all []views.Tag
	for _, t := range s.Config.Social {
		all = append(all, views.Tag{Name: t.Name, Text: s.picture(t, s.origin(c))})
	}
	return all
}

func (s *site) picture(t config.Tag, origin string) string {
	if t.Name != "image" && !strings.HasSuffix(t.Name, ":image") {
		return t.Text
	}
	if to := s.staticURL(t.Text); strings.HasPrefix(to, "/") {
		return origin + to
	}
	return t.Text
}

// staticURL is the address of a static file that the configuration names, or
// what it says if that is an address already.
func (s *site) staticURL(ref string) string {
	if strings.HasPrefix(ref, "/") || strings.Contains(ref, "://") {
		return ref
	}
	name, err := packages.Parse(ref, "", packages.Static)
	if err != nil {
		return ref
	}
	return s.Config.Path(run.StaticURL(name))
}

// dress gives every page what the configuration says of looks.
func (s *site) dress() {
	look := &s.Config.Look
	for _, ref := range append(present(look.Theme), look.Styles...) {
		s.assets.Sheets = append(s.assets.Sheets, s.staticURL(ref))
	}
	for _, ref := range look.Scripts {
		s.assets.Scripts = append(s.assets.Scripts, s.staticURL(ref))
	}
	s.assets.Head, s.assets.Tail, s.assets.FootClass = look.RawHead, look.RawBody, look.FootClass
	s.assets.Listed = s.Config.AllowRobots
	if root := s.Config.Path("/"); root != "/" {
		s.assets.Root = root
	}
	icon := s.Config.Favicon
	if icon.Folder == "" {
		return
	}
	version := ""
	if icon.Version != "" {
		version = "?v=" + icon.Version
	}
	s.assets.Favicon = &views.Favicon{Root: s.Config.Path("/"), Version: version, Mask: cmp.Or(icon.Mask, "#698aa7"),
		Tile: cmp.Or(icon.Tile, "#da532c"), Theme: cmp.Or(icon.Theme, "#83b3dd")}
}

// scripted reports whether pages carry scripts that need a nonce, although no
// interview is shown on them.
func (s *site) scripted() bool {
	if len(s.assets.Scripts) > 0 || s.assets.Head != "" || s.assets.Tail != "" {
		return true
	}
	for key := range s.Config.Texts {
		if strings.HasSuffix(key, "extra javascript") || strings.HasSuffix(key, "extra css") {
			return true
		}
	}
	return false
}

var rootFiles = []string{"favicon.ico", "apple-touch-icon.png", "favicon-32x32.png", "favicon-16x16.png", "site.webmanifest", "manifest.json",
	"safari-pinned-tab.svg", "android-chrome-192x192.png", "android-chrome-512x512.png", "mstile-150x150.png", "browserconfig.xml"}

// rootFile sends one of the files that browsers look for at the root: from the
// folder that the configuration names, else our own picture or what can be told
// without one.
//
//	GET /favicon.ico and its kin
func (s *site) rootFile(c *fiber.Ctx) error {
	name := c.Path()[strings.LastIndexByte(c.Path(), '/')+1:]
	if name == "manifest.json" {
		name = "site.webmanifest"
	}
	if s.Config.Favicon.Folder != "" {
		file, err := packages.Parse(strings.TrimSuffix(s.Config.Favicon.Folder, "/")+"/"+name, "", packages.Static)
		if err == nil {
			if content, _, err := s.Programs.Packages().ReadFile(file); err == nil {
				c.Set(fiber.HeaderCacheControl, "public, max-age=86400")
				return sendFile(c, name, "", content)
			}
		}
	}
	switch name {
	case "favicon.ico":
		return c.Redirect(s.assets.Mark, fiber.StatusMovedPermanently)
	case "site.webmanifest":
		c.Set(fiber.HeaderContentType, "application/manifest+json")
		return c.JSON(fiber.Map{"name": s.Config.BrandName, "start_url": s.Config.Path("/"), "display": "browser",
			"icons": []fiber.Map{{"src": s.assets.Mark, "type": "image/svg+xml", "sizes": "any"}}}, "application/manifest+json")
	}
	return fiber.ErrNotFound
}

// robots tells search engines what they may list.
//
//	GET /robots.txt
func (s *site) robots(c *fiber.Ctx) error {
	if ref := s.Config.Robots; ref != "" {
		name, err := packages.Parse(ref, "", packages.Static)
		if err != nil {
			return err
		}
		content, _, err := s.Programs.Packages().ReadFile(name)
		if err != nil {
			return err
		}
		return sendFile(c, "robots.txt", fiber.MIMETextPlainCharsetUTF8, content)
	}
	if s.Config.AllowRobots {
		return c.SendString("User-agent: *\nDisallow:\n")
	}
	return c.SendString("User-agent: *\nDisallow: /\n")
}
