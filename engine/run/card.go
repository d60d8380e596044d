package run

import (
	"encoding/json"
	"strings"

	"colloquy/engine/interview"
	"colloquy/engine/seal"
)

// A card is what lists show of a session. It is sealed with the session's key.
type card struct {
	Name     string   `json:"name,omitempty"`  // that its owner gave it
	Title    string   `json:"title,omitempty"` //
	Subtitle string   `json:"subtitle,omitempty"`
	Own      bool     `json:"own,omitempty"` // title or subtitle are the session's, not those of its interview
	Tags     []string `json:"tags,omitempty"`
}

// seal closes a card; nil if there is nothing to close.
func (c *card) seal(box *seal.Box, session string) []byte {
	b, err := json.Marshal(c)
	if err != nil {
		return nil
	}
	return box.Seal(b, sealCard(session))
}

// openCard reads a card. One that is missing or cannot be read is empty.
func openCard(box *seal.Box, s *Session) card {
	var c card
	if len(s.Card) == 0 {
		return c
	}
	plain, err := box.Open(s.Card, sealCard(s.ID))
	if err != nil || json.Unmarshal(plain, &c) != nil {
		return card{}
	}
	return c
}

// card is the session's, after the step. The name that its owner gave it stays,
// and so do titles of its own if nothing was shown that has others.
func (s *step) card() []byte {
	old := openCard(s.box, &s.stored.Session)
	c := card{Name: old.Name, Tags: s.state.Book.Tags}
	lang := s.r.config.Language
	if s.shown != nil && s.shown.Lang != "" {
		lang = s.shown.Lang
	}
	for _, part := range []struct {
		name    string
		to      *string
		had     string
		written func() string
	}{
		{"title", &c.Title, old.Title, func() string { return s.shown.Page.Title }},
		{"subtitle", &c.Subtitle, old.Subtitle, func() string { return s.shown.Page.Subtitle }},
	} {
		set := s.state.Book.Parts[part.name]
		switch {
		case set != "":
			*part.to, c.Own = set, true
		case s.iv.Part(part.name, lang) != nil && s.shown != nil:
			*part.to, c.Own = part.written(), true
		case s.iv.Part(part.name, lang) != nil && part.had != "":
			*part.to, c.Own = part.had, old.Own
		default:
			*part.to, _ = s.iv.MetadataPart(part.name, lang)
		}
	}
	return c.seal(s.box, s.stored.Session.ID)
}

// titles are those of an interview: what its metadata say, else its file's name.
func titles(iv *interview.Interview, lang string) (title, subtitle string) {
	title, _ = iv.MetadataPart("title", lang)
	if title = strings.TrimSpace(title); title == "" {
		title = fileTitle(iv.Name)
	}
	subtitle, _ = iv.MetadataPart("subtitle", lang)
	return title, strings.TrimSpace(subtitle)
}

// fileTitle is what an interview is called that has no title.
func fileTitle(name string) string {
	name = name[strings.LastIndexAny(name, "/:")+1:]
	return strings.TrimSuffix(strings.TrimSuffix(name, ".yml"), ".yaml")
}
