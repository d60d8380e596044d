package run

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/fault"
	"colloquy/engine/interview"
	"colloquy/engine/python"
	"colloquy/engine/seal"
	"colloquy/engine/words"
)

// An Entry is a session in a list.
type Entry struct {
	Session   string // its id
	Interview string
	Name      string // that its owner gave it, "" for none
	Title     string // of the session, else of its interview
	Subtitle  string
	Tags      []string
	Begun     time.Time
	Changed   time.Time // when it was last written
	Owner     string    // number of the account that it belongs to, "" for nobody's
	Shared    bool      // it is open to everybody with its address
	Sealed    bool      // what the asker holds does not open it: nothing is known of it but times and interview
	Broken    bool      // its interview cannot be loaded

	interview *interview.Interview
}

// Called is what the session is called: by its owner, else by its title.
func (e *Entry) Called() string {
	if e.Name != "" {
		return e.Name
	}
	return e.Title
}

// A Search says which of somebody's sessions are wanted. The zero Search wants
// all of them, the one begun first first.
type Search struct {
	Words     string // all of them are in name, title, subtitle or tags; upper and lower case are the same
	Tag       string
	Interview string // full name
	Newest    bool   // the session begun last comes first
	After     string // Found.Next of the page before
	Limit     int    // 0: as the configuration says ("pagination limit")
}

// Found is a page of sessions.
type Found struct {
	Entries []Entry
	Next    string // where the next page begins; "" if this was the last one
	// Stopped says that the page is not full although there may be more:
	// titles and tags are sealed, so that a search opens cards one by one, and
	// at most mostOpened for one page.
	Stopped bool
}

// mostOpened is how many cards are looked at for a page: what bounds its cost,
// whatever is sought among however many sessions.
const mostOpened = 1000

// Mine lists sessions of an account, or of a browser without one, but those of
// interviews that are not to be listed (metadata "hidden").
func (r *Runner) Mine(ctx context.Context, keys Keys, s Search) (*Found, error) {
	if !keys.Valid() {
		return &Found{}, nil
	}
	l := r.listing(ctx, keys.wrappers()[0])
	return l.find(s, func(p Page) ([]Listed, error) { return r.store.Sessions(ctx, l.by.Holder, p) },
		func(e *Entry) (bool, error) {
			return e.matches(&s) && !(e.interview != nil && isTrue(e.interview, "hidden")), nil
		})
}

// A listing makes a list for one holder.
type listing struct {
	r    *Runner
	ctx  context.Context
	by   wrapper
	seen map[string]*interview.Interview // nil: does not load
}

func (r *Runner) listing(ctx context.Context, by wrapper) *listing {
	return &listing{r: r, ctx: ctx, by: by, seen: map[string]*interview.Interview{}}
}

// find goes through sessions until a page is full, there are no more, or enough
// were looked at.
func (l *listing) find(s Search, sessions func(Page) ([]Listed, error), wanted func(*Entry) (bool, error)) (*Found, error) {
	limit := s.Limit
	if limit <= 0 {
		limit = l.r.pageLength()
	}
	after, err := placeAfter(s.After)
	if err != nil {
		return nil, err
	}
	found := &Found{}
	for opened := 0; opened < mostOpened; {
		p := Page{After: after, Interview: s.Interview, Newest: s.Newest, Limit: min(mostOpened-opened, max(limit-len(found.Entries), 20)) + 1}
		batch, err := sessions(p)
		if err != nil {
			return nil, fmt.Errorf("list sessions: %w", err)
		}
		for i := range batch[:min(len(batch), p.Limit-1)] {
			e := l.entry(&batch[i])
			ok, err := wanted(&e)
			if err != nil {
				return nil, err
			}
			opened++
			after = &batch[i].Session
			if !ok {
				continue
			}
			found.Entries = append(found.Entries, e)
			if len(found.Entries) == limit && i+1 < len(batch) {
				found.Next = placeOf(after)
				return found, nil
			}
		}
		if len(batch) < p.Limit {
			return found, nil
		}
	}
	found.Next, found.Stopped = placeOf(after), true
	return found, nil
}

// entry opens the card of a session.
func (l *listing) entry(v *Listed) Entry {
	s := &v.Session
	e := Entry{Session: s.ID, Interview: s.Interview, Begun: s.Created, Changed: s.Active, Owner: s.Owner, Shared: v.Shared != nil,
		interview: l.load(s.Interview)}
	e.Broken = e.interview == nil
	e.Title = fileTitle(s.Interview)
	if e.interview != nil {
		e.Title, e.Subtitle = titles(e.interview, l.r.config.Language)
	}
	key, err := l.open(v)
	if err != nil {
		e.Sealed = true
		return e
	}
	c := openCard(key.Box(s.ID), s)
	e.Name, e.Tags = c.Name, c.Tags
	if c.Title != "" && (c.Own || e.Broken) {
		e.Title, e.Subtitle = c.Title, c.Subtitle
	}
	return e
}

// open opens the key of a session with that of the holder, or with the server's
// if the session is open to everybody with its address.
func (l *listing) open(v *Listed) (seal.DataKey, error) {
	if v.Key.Holder == l.by.Holder && l.by.by != nil {
		if d, err := l.by.by.Unwrap(v.Key.Wrapped, v.Session.ID); err == nil || v.Shared == nil {
			return d, err
		}
	}
	if v.Shared == nil {
		return seal.DataKey{}, notYours()
	}
	return l.r.ring.Holder(sharedHolder.ID).Unwrap(v.Shared, v.Session.ID)
}

func (l *listing) load(name string) *interview.Interview {
	iv, known := l.seen[name]
	if !known {
		if loaded, err := l.r.programs.Interview(l.ctx, name); err == nil {
			iv = loaded
		}
		l.seen[name] = iv
	}
	return iv
}

// matches reports whether a session is one of those that are sought. Of one that
// is sealed there is nothing to be found.
func (e *Entry) matches(s *Search) bool {
	if s.Tag != "" && !slices.Contains(e.Tags, s.Tag) {
		return false
	}
	words := strings.Fields(strings.ToLower(s.Words))
	if len(words) == 0 {
		return true
	}
	if e.Sealed {
		return false
	}
	text := strings.ToLower(strings.Join(append([]string{e.Name, e.Title, e.Subtitle}, e.Tags...), "\n"))
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// pageLength is how many sessions a page has.
func (r *Runner) pageLength() int {
	if n := r.config.Home.PageLength; n > 0 {
		return n
	}
	return 100
}

// placeOf names the place behind a session in a list.
func placeOf(s *Session) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(s.Created.UnixMicro(), 36) + "." + s.ID))
}

// placeAfter reads such a place; nil is the beginning.
func placeAfter(place string) (*Session, error) {
	if place == "" {
		return nil, nil
	}
	plain, err := base64.RawURLEncoding.DecodeString(place)
	at, id, ok := strings.Cut(string(plain), ".")
	micros, wrong := strconv.ParseInt(at, 36, 64)
	if err != nil || wrong != nil || !ok || len(id) > idLength || strings.ContainsFunc(id, notInID) {
		return nil, fault.New(fault.Invalid, "This is no place in the list. Please begin at its first page.", errors.Join(err, wrong))
	}
	return &Session{ID: id, Created: time.UnixMicro(micros).UTC()}, nil
}

// Mined returns one of the asker's sessions as lists show it. It returns
// ErrNotYours if he holds no key to it, even one that does not fit any more.
func (r *Runner) Mined(ctx context.Context, id string, keys Keys) (*Entry, error) {
	v, w, err := r.held(ctx, id, keys)
	if err != nil {
		return nil, err
	}
	e := r.listing(ctx, w).entry(v)
	return &e, nil
}

// held loads a session that the asker holds a key to.
func (r *Runner) held(ctx context.Context, id string, keys Keys) (*Listed, wrapper, error) {
	stored, err := r.load(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return nil, wrapper{}, notYours()
	}
	if err != nil {
		return nil, wrapper{}, fmt.Errorf("load a session: %w", err)
	}
	for _, w := range keys.wrappers() {
		if k, ok := stored.Key(w.Holder); ok {
			v := &Listed{Session: stored.Session, Key: k}
			if shared, ok := stored.Key(sharedHolder); ok {
				v.Shared = shared.Wrapped
			}
			return v, w, nil
		}
	}
	return nil, wrapper{}, notYours()
}

// MostNamed is how many characters the name of a session may have.
const MostNamed = 200

// Rename gives one of the asker's sessions a name, under which all see it in
// their lists who have it there; "" takes it away. It returns ErrNotYours.
func (r *Runner) Rename(ctx context.Context, id string, keys Keys, name string) error {
	name = strings.Join(strings.Fields(name), " ")
	if len([]rune(name)) > MostNamed {
		return fault.New(fault.Invalid, fmt.Sprintf("A name has %d characters at most.", MostNamed), nil)
	}
	for c := (contest{}); ; {
		v, w, err := r.held(ctx, id, keys)
		if err != nil {
			return err
		}
		key, err := r.listing(ctx, w).open(v)
		if err != nil {
			return fault.New(fault.Forbidden, "This session is sealed with a key that is lost, so it cannot be renamed.", err)
		}
		box := key.Box(id)
		card := openCard(box, &v.Session)
		card.Name = name
		err = r.store.Save(ctx, Change{Session: id, Rev: v.Session.Rev, At: v.Session.Active, Mode: Keep, Card: card.seal(box, id)})
		if err == nil || !isStale(err) || !c.again(ctx) {
			return err
		}
	}
}

// LetGo takes a session out of the asker's list: his keys to it go, and the
// session with them if nobody else has one. It returns ErrNotYours.
func (r *Runner) LetGo(ctx context.Context, id string, keys Keys) error {
	had := false
	for _, w := range keys.wrappers() {
		err := r.store.DropKey(ctx, id, w.Holder, DeliverPending)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return fmt.Errorf("let go of a session: %w", err)
		}
		had = had || err == nil
	}
	if !had {
		return notYours()
	}
	return nil
}

// LetGoOf lets go of all that a search finds, for at most so long. It returns
// how many there were, and whether there may be more.
func (r *Runner) LetGoOf(ctx context.Context, keys Keys, s Search, patience time.Duration) (n int, more bool, err error) {
	for until := time.Now().Add(patience); ; {
		found, err := r.Mine(ctx, keys, s)
		if err != nil {
			return n, true, err
		}
		for _, e := range found.Entries {
			if time.Now().After(until) {
				return n, true, nil
			}
			if err := r.LetGo(ctx, e.Session, keys); err != nil && !errors.Is(err, ErrNotYours) {
				return n, true, err
			}
			n++
		}
		if s.After = found.Next; found.Next == "" {
			return n, false, nil
		}
	}
}

// First finds the session of an interview that the asker began first, of those
// that he can open; "" if there is none among the first mostOpened.
func (r *Runner) First(ctx context.Context, keys Keys, interview string) (string, error) {
	if !keys.Valid() {
		return "", nil
	}
	l := r.listing(ctx, keys.wrappers()[0])
	found, err := l.find(Search{Interview: interview, Limit: 1}, func(p Page) ([]Listed, error) { return r.store.Sessions(ctx, l.by.Holder, p) },
		func(e *Entry) (bool, error) { return e.valid(), nil })
	if err != nil || len(found.Entries) == 0 {
		return "", err
	}
	return found.Entries[0].Session, nil
}

// Answers writes the answers of one of the asker's sessions as JSON, for its
// owner to keep. An interview may have closed them:
// set_status(variable_access=False).
func (r *Runner) Answers(ctx context.Context, e *Entry, keys Keys, v evaluation.Visitor) ([]byte, error) {
	s, err := r.look(ctx, e.Session, &Request{Secret: keys.Browser, Account: keys.Account, Visitor: v, Scratch: true, Web: evaluation.Request{Interface: "json", Method: "GET"}})
	if err != nil {
		return nil, err
	}
	defer s.close()
	if access, ok := s.state.Book.Misc[evaluation.StatusPrefix+"variable_access"]; ok && access == python.Value(python.False) {
		return nil, fault.New(fault.Forbidden, "The author of this interview does not let its answers be downloaded.", nil)
	}
	vars, err := s.evaluation(nil).Library("all_variables", nil)
	if err != nil {
		return nil, s.failure(err)
	}
	d := python.NewDict()
	d.SetStr("interview", python.NewStr(e.Interview))
	d.SetStr("title", python.NewStr(e.Called()))
	d.SetStr("started", python.NewStr(e.Begun.UTC().Format(utcTime)))
	d.SetStr("changed", python.NewStr(e.Changed.UTC().Format(utcTime)))
	tags := python.NewList()
	for _, tag := range e.Tags {
		tags.Elems = append(tags.Elems, python.NewStr(tag))
	}
	d.SetStr("tags", tags)
	d.SetStr("answers", vars)
	var text strings.Builder
	if err := writeJSON(&text, d, 0); err != nil {
		return nil, fmt.Errorf("write the answers: %w", err)
	}
	return []byte(text.String() + "\n"), nil
}

// PagePath is the path of a page of the server that url_of() knows by name.
func PagePath(name string) (string, bool) { return words.Page(name) }
