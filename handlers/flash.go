package handlers

import (
	"encoding/base64"
	"encoding/json"
	"time"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/screen"
	"colloquy/engine/seal"
)

// flashCookie carries the messages of a step to the page that the browser is
// sent to after it, sealed, for that one page.
const flashCookie = "colloquy_flash"

const (
	flashLife = time.Minute
	mostFlash = 3000 // bytes: browsers keep no more than 4096 of a cookie
)

func flashPlace(session string) seal.Associated {
	return seal.Associated{Session: session, Purpose: "flash"}
}

// carry keeps the messages of a screen that is shown after a redirect.
func (s *site) carry(c *fiber.Ctx, scr *screen.Screen) {
	if len(scr.Messages) == 0 {
		return
	}
	b, err := json.Marshal(scr.Messages)
	if err != nil || len(b) > mostFlash {
		return
	}
	sealed := s.Ring.Seal("flash", b, flashPlace(scr.Session.ID))
	s.cookie(c, flashCookie, base64.RawURLEncoding.EncodeToString(sealed), flashLife)
}

// carried puts the messages that were kept for a screen on it.
func (s *site) carried(c *fiber.Ctx, scr *screen.Screen) {
	kept := c.Cookies(flashCookie)
	if kept == "" {
		return
	}
	s.cookie(c, flashCookie, "", -time.Hour)
	sealed, err := base64.RawURLEncoding.DecodeString(kept)
	if err != nil {
		return
	}
	b, err := s.Ring.Open("flash", sealed, flashPlace(scr.Session.ID))
	if err != nil {
		return
	}
	var messages []screen.Message
	if json.Unmarshal(b, &messages) == nil {
		scr.Messages = append(messages, scr.Messages...)
	}
}
