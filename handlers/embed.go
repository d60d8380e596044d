package handlers

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/run"
)

// argTarget asks for a script that puts the interview into an element of the
// page that loads it (docassemble's js_target).
const argTarget = "js_target"

// embedding is that script: a frame as high as what is in it, which tells its
// height itself (see assets/js/frame.js).
const embedding = `(function () {
  var at = document.getElementById(%s), script = document.currentScript;
  if (!at || !script) return;
  var address = new URL(%s, script.src), frame = document.createElement('iframe');
  frame.src = address.href;
  frame.title = %s;
  frame.allow = 'geolocation; camera; microphone; fullscreen';
  frame.style.cssText = 'display: block; width: 100%%; min-height: 20em; border: 0';
  window.addEventListener('message', function (e) {
    if (e.source !== frame.contentWindow || e.origin !== address.origin) return;
    if (e.data && typeof e.data.colloquyHeight === 'number') frame.style.height = Math.ceil(e.data.colloquyHeight) + 'px';
  });
  at.replaceChildren(frame);
})();
`

// embed answers with the script that draws the interview into an element of
// another page: in a frame, so that neither's scripts and styles meet the
// other's. Which pages may frame ours is said by "allow embedding".
func (s *site) embed(c *fiber.Ctx, name string) error {
	args := url.Values{}
	c.Context().QueryArgs().VisitAll(func(k, v []byte) {
		if key := string(k); key != argTarget {
			args.Add(key, string(v))
		}
	})
	args.Set(run.ArgInterview, name)
	script, err := scripted(embedding, c.Query(argTarget), s.Config.Path("/interview")+"?"+args.Encode(), s.say(c, "Interview"))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/javascript; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.SendString(script)
}

// scripted fills texts into a script, as literals.
func scripted(script string, texts ...string) (string, error) {
	literals := make([]any, len(texts))
	for i, t := range texts {
		b, err := json.Marshal(strings.ToValidUTF8(t, "\uFFFD")) // escapes <, > and & as well
		if err != nil {
			return "", fmt.Errorf("write a script: %w", err)
		}
		literals[i] = string(b)
	}
	return fmt.Sprintf(script, literals...), nil
}
