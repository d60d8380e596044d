package run

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"colloquy/engine/ask"
	"colloquy/engine/fault"
	"colloquy/engine/picture"
	"colloquy/engine/ports"
	"colloquy/engine/screen"
	"colloquy/engine/seal"
)

// Files that came with a form that is refused are held: they lie sealed beside
// the files of the session, and the form that is shown again names them in
// signed tokens, so that nobody has to choose them again. They go when the form
// is taken, and with the session.

// thumbnail is the side of the small picture of a held file, in pixels.
const thumbnail = 96

// heldFile is what a token says of a file that is held.
type heldFile struct {
	Input string `json:"i"` // of the form
	Key   string `json:"k"` // under which it lies
	Name  string `json:"n"`
	MIME  string `json:"m"`
	Size  int64  `json:"s"`
}

func heldKey(session, key string) string { return session + "/held-" + key }

// fetchHeld puts the files that the form says are held among those that came
// with it, before them: where one is wanted, a new one counts.
func (s *step) fetchHeld() error {
	f := s.q.Form
	if f.fetched {
		return nil
	}
	var dropped, tokens []string
	for _, v := range f.Values {
		switch v.Name {
		case screen.HeldInput:
			tokens = append(tokens, v.Text)
		case screen.DropInput:
			dropped = append(dropped, v.Text)
		}
	}
	var held []ask.Upload
	for _, token := range tokens {
		h, err := s.readHeld(token)
		if err != nil {
			return fault.New(fault.Invalid, "We could not read your answer.", err)
		}
		if slices.Contains(dropped, h.Key) {
			s.discard(h.Key)
			continue
		}
		content, err := s.openHeld(h.Key)
		if errors.Is(err, fs.ErrNotExist) {
			continue // the form was taken meanwhile, or it was dropped: it is as if nothing had been chosen
		}
		if err != nil {
			return err
		}
		held = append(held, ask.Upload{Name: h.Input, Filename: h.Name, MIME: h.MIME, Size: h.Size, Content: content, Held: token})
		f.released = append(f.released, h.Key)
	}
	f.Files = append(held, f.Files...)
	f.fetched = true
	return nil
}

// hold keeps the files of a form that is refused and shows them at their
// fields. Those of a field that is wrong itself are to be chosen anew.
func (s *step) hold(scr *screen.Screen) error {
	if s.r.files == nil || s.q.Scratch {
		return nil
	}
	for f := range scr.Inputs() {
		if f.Control() != screen.ControlFile || f.Error != "" {
			continue
		}
		for _, u := range s.q.Form.Files {
			if u.Name != f.Name || u.Filename == "" {
				continue
			}
			h, err := s.holdOne(u)
			if err != nil {
				return err
			}
			if !f.Multiple && len(f.Held) > 0 {
				s.discard(f.Held[0].Key)
				f.Held = nil
			}
			f.Held = append(f.Held, h)
		}
	}
	return nil
}

func (s *step) holdOne(u ask.Upload) (screen.Held, error) {
	out := screen.Held{Name: u.Filename, Size: u.Size, Token: u.Held}
	if small, kind, err := picture.Thumbnail(u.Content, thumbnail); err == nil {
		out.Picture = "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(small)
	}
	if u.Held != "" {
		h, err := s.readHeld(u.Held)
		out.Key = h.Key
		return out, err
	}
	key, err := seal.Name(s.r.random, 16)
	if err != nil {
		return out, fmt.Errorf("hold a file: %w", err)
	}
	id := s.stored.Session.ID
	sealed := s.box.Seal(u.Content, seal.Associated{Session: id, Kind: key, Purpose: "held file"})
	if _, err := s.r.files.Put(s.ctx, heldKey(id, key), strings.NewReader(string(sealed))); err != nil {
		return out, fmt.Errorf("hold a file: %w", err)
	}
	b, err := json.Marshal(heldFile{Input: u.Name, Key: key, Name: u.Filename, MIME: u.MIME, Size: u.Size})
	if err != nil {
		return out, fmt.Errorf("hold a file: %w", err)
	}
	body := base64.RawURLEncoding.EncodeToString(b)
	out.Key, out.Token = key, body+"."+s.r.ring.Sign("held", seal.Terms{Made: s.now}, id, body)
	return out, nil
}

func (s *step) readHeld(token string) (heldFile, error) {
	var h heldFile
	body, signature, ok := strings.Cut(token, ".")
	if !ok {
		return h, errToken
	}
	if _, err := s.r.ring.Verify(signature, "held", s.now, s.stored.Session.ID, body); err != nil {
		return h, err
	}
	b, err := base64.RawURLEncoding.DecodeString(body)
	if err != nil {
		return h, fmt.Errorf("read the token of a file: %w", err)
	}
	if err := json.Unmarshal(b, &h); err != nil {
		return h, fmt.Errorf("read the token of a file: %w", err)
	}
	return h, nil
}

func (s *step) openHeld(key string) ([]byte, error) {
	id := s.stored.Session.ID
	if s.r.files == nil {
		return nil, fs.ErrNotExist
	}
	f, err := s.r.files.Open(s.ctx, heldKey(id, key))
	if errors.Is(err, ports.ErrNotFound) {
		return nil, fs.ErrNotExist
	}
	if err != nil {
		return nil, fmt.Errorf("read a file that is held: %w", err)
	}
	defer f.Close()
	sealed, err := io.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("read a file that is held: %w", err)
	}
	return s.box.Open(sealed, seal.Associated{Session: id, Kind: key, Purpose: "held file"})
}

// release removes what was held for a form that has been taken.
func (s *step) release() {
	for _, key := range s.q.Form.released {
		s.discard(key)
	}
}

// discard removes a file that is held. One that stays because of a fault goes
// with the session.
func (s *step) discard(key string) {
	if err := s.r.files.Delete(s.ctx, heldKey(s.stored.Session.ID, key)); err != nil {
		s.r.log.Warn("a file that was held could not be removed", "session", s.stored.Session.ID, "err", err)
	}
}
