package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/fault"
	"colloquy/engine/seal"
)

// A Launch is what a /launch address stands for: a session to go on with, or
// an interview to begin. Whoever has the address may, whatever else he lacks.
type Launch struct {
	Interview string            `json:"i"`
	Session   string            `json:"session,omitempty"` // "": a new one is begun
	Args      map[string]string `json:"args,omitempty"`    // for url_args
	Once      bool              `json:"once"`              // it works once

	// Key is the session's data key, closed for the server's ring, if the
	// session that made the address is the one it stands for.
	Key []byte `json:"key,omitempty"`
}

const purposeLaunch = "launch"

// launch gives the address behind which a session waits.
func (w *world) launch(l evaluation.Link) (string, error) {
	s := w.s
	what := Launch{Interview: l.Interview, Session: l.Session, Once: l.Once, Args: map[string]string{}}
	for _, a := range l.Args {
		what.Args[a.Name] = a.Value
	}
	if what.Interview == "" {
		what.Interview = s.iv.Name
		if what.Session == "" {
			what.Session = s.stored.Session.ID
		}
	}
	known := fmt.Sprint("launch", what, l.Expires)
	code, ok := s.codes[known]
	if !ok {
		ring := s.r.ring.Now() // one key for the address and for what is in it
		if what.Session == s.stored.Session.ID {
			what.Key = ring.Holder(purposeLaunch).Wrap(s.key, what.Session)
		}
		body, err := json.Marshal(what)
		if err != nil {
			return "", fmt.Errorf("make an address of a session: %w", err)
		}
		if code, err = s.deposit(ring, known, purposeLaunch, body, l.Expires); err != nil {
			return "", err
		}
	}
	address := s.r.config.Path("/launch") + "?c=" + code
	if l.Local {
		return address, nil
	}
	return s.q.Web.Origin() + address, nil
}

// Launch says what a /launch address stands for, without using it up.
func (r *Runner) Launch(ctx context.Context, code string) (*Launch, error) {
	_, l, err := r.launched(ctx, code)
	return l, err
}

func (r *Runner) launched(ctx context.Context, code string) (id string, l *Launch, err error) {
	id, body, err := r.unwrap(ctx, purposeLaunch, code)
	if errors.Is(err, ErrNotFound) {
		return "", nil, expired(err)
	}
	if err == nil {
		err = json.Unmarshal(body, &l)
	}
	if err != nil {
		return "", nil, fmt.Errorf("read what an address stands for: %w", err)
	}
	return id, l, nil
}

// Enter lets a browser into what a /launch address stands for: it gets a key
// to the session if it has none. An address that works once has worked then.
func (r *Runner) Enter(ctx context.Context, code string, keys Keys) (*Launch, error) {
	id, l, err := r.launched(ctx, code)
	if err != nil {
		return nil, err
	}
	if l.Session != "" {
		if err := r.welcome(ctx, l, keys); err != nil {
			return nil, err
		}
	}
	if !l.Once {
		return l, nil
	}
	err = r.store.TakeParcel(ctx, id)
	if errors.Is(err, ErrUsed) {
		return nil, expired(err)
	}
	if err != nil {
		return nil, fmt.Errorf("use up an address: %w", err)
	}
	return l, nil
}

// welcome gives a browser a key to the session that it was launched into.
func (r *Runner) welcome(ctx context.Context, l *Launch, keys Keys) error {
	for c := (contest{}); ; {
		stored, err := r.load(ctx, l.Session)
		if errors.Is(err, ErrNotFound) {
			return fault.New(fault.Forbidden, "The interview session of this link no longer exists.", err)
		}
		if err != nil {
			return fmt.Errorf("load the session: %w", err)
		}
		if keys.stays(stored) || l.Key == nil || !keys.Valid() {
			return nil
		}
		key, err := r.ring.Holder(purposeLaunch).Unwrap(l.Key, l.Session)
		if err != nil {
			return expired(err)
		}
		err = r.store.Save(ctx, Change{Session: l.Session, Rev: stored.Session.Rev, At: r.clock.Now().UTC(), Mode: Keep,
			PutKeys: keys.wrap(key, l.Session, keys.launched(stored))})
		if err == nil || !isStale(err) || !c.again(ctx) {
			return err
		}
	}
}

// Address is where the interview is shown below the root of the server, with
// what else is asked of it. It names no session: the browser knows which one it is at.
func (l *Launch) Address(more map[string]string) string {
	args := url.Values{}
	for name, value := range maps.All(l.Args) {
		args.Set(name, value)
	}
	for name, value := range more {
		switch name {
		case ArgInterview, ArgSession, ArgReset, ArgNewSession, "c":
		default:
			args.Set(name, value)
		}
	}
	args.Set(ArgInterview, l.Interview)
	if l.Session == "" {
		args.Set(ArgNewSession, "1")
	}
	return "/interview?" + args.Encode()
}

// The purpose that addresses are signed for to which pages send people on.
const purposeNext = "next"

// Onward checks where a page is asked to send people on to: within this
// server, or where a link says that this server made.
func (r *Runner) Onward(root, next, signature string) error {
	if SameSite(root, next) {
		return nil
	}
	_, err := r.ring.Verify(signature, purposeNext, r.clock.Now(), next)
	switch {
	case errors.Is(err, seal.ErrExpired):
		return expired(err)
	case err != nil:
		return fault.New(fault.Forbidden, "This link leads away from here, and it was not made by this server, so it was not followed.", err)
	}
	return nil
}

// SameSite reports whether an address leads nowhere but to the server whose
// address root is.
func SameSite(root, address string) bool {
	if strings.ContainsFunc(address, func(c rune) bool { return c <= ' ' || c == '\\' || c == 0x7f }) {
		return false // browsers read these in ways of their own
	}
	u, err := url.Parse(address)
	own, wrong := url.Parse(root)
	if err != nil || wrong != nil || u.User != nil || u.Opaque != "" {
		return false
	}
	if u.Scheme == "" && u.Host == "" {
		return strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//")
	}
	return u.Scheme == own.Scheme && u.Host == own.Host && u.Host != ""
}
