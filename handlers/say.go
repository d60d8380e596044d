package handlers

import (
	"strings"

	"github.com/gofiber/fiber/v2"
)

// say is a phrase of the server's own in the reader's language; names and values
// by turns fill the {name}s in it.
func (s *site) say(c *fiber.Ctx, phrase string, with ...string) string {
	pairs := make([]string, 0, len(with))
	for i := 0; i+1 < len(with); i += 2 {
		pairs = append(pairs, "{"+with[i]+"}", with[i+1])
	}
	return strings.NewReplacer(pairs...).Replace(s.word(c, phrase))
}

// keepTongue has a browser keep the language of the account that it is signed
// in to, so that pages go on speaking it.
func (s *site) keepTongue(c *fiber.Ctx) {
	chosen, _ := c.Locals(localLanguage).(string)
	if isLanguage(chosen) && chosen != c.Cookies(tongueCookie) && len(chosen) < 36 {
		s.cookie(c, tongueCookie, strings.Clone(chosen), tongueLife)
	}
}
