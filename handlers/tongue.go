package handlers

import (
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	tags "golang.org/x/text/language"

	"colloquy/engine/language"
)

const (
	// tongueCookie keeps the language that was asked for with ?lang=.
	tongueCookie = "colloquy_lang"
	tongueLife   = 365 * 24 * time.Hour
)

// tongue is who speaks on a page of the server's own: in the first language that
// the reader wants and that the server has words in; without one, in the server's.
func (s *site) tongue(c *fiber.Ctx) language.Speaker {
	words := s.Runner.Words()
	for _, code := range append(s.wanted(c), s.Config.Language) {
		if words.Speaks(code) {
			return language.Speaker{Lang: code, Words: words}
		}
	}
	return language.Speaker{Lang: "en", Words: words}
}

// wanted are the languages that the reader understands, best first: that of the
// account, of the query, of an earlier query, and those that the browser accepts.
func (s *site) wanted(c *fiber.Ctx) []string {
	var list []string
	chosen, _ := c.Locals(localLanguage).(string)
	for _, code := range []string{chosen, c.Query("lang"), c.Cookies(tongueCookie)} {
		if isLanguage(code) {
			list = append(list, strings.ReplaceAll(code, "_", "-"))
		}
	}
	accepted, weights, err := tags.ParseAcceptLanguage(c.Get(fiber.HeaderAcceptLanguage))
	if err != nil {
		return list
	}
	for i, t := range accepted {
		if weights[i] > 0 && t != tags.Und {
			list = append(list, t.String())
		}
	}
	return list
}

// isLanguage reports whether code is one that a language can have.
func isLanguage(code string) bool {
	_, err := tags.Parse(code)
	return err == nil && code != ""
}

// noteTongue remembers the language that a page was asked for in.
func (s *site) noteTongue(c *fiber.Ctx) {
	if code := c.Query("lang"); isLanguage(code) && code != c.Cookies(tongueCookie) && len(code) < 36 {
		s.cookie(c, tongueCookie, strings.Clone(code), tongueLife)
	}
}

// word says a phrase of the server's own in the reader's language.
func (s *site) word(c *fiber.Ctx, phrase string) string { return s.tongue(c).Word(phrase) }

// language is the one that texts of the configuration are wanted in: the first
// that the reader understands, by its primary code, else the server's.
func (s *site) language(c *fiber.Ctx) string {
	list := s.wanted(c)
	if i := slices.IndexFunc(list, func(code string) bool { return code != "" }); i >= 0 {
		primary, _, _ := strings.Cut(list[i], "-")
		return strings.ToLower(primary)
	}
	return s.Config.Language
}
