package run

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"colloquy/engine/accounts"
	"colloquy/engine/ask"
	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

// A roster is sessions as data, for programs and for author functions.
type roster struct {
	*listing
	th     *python.Thread
	zone   *time.Location               // of the asker, for texts
	owners map[string]*accounts.Account // by number; nil: there is no such account
	keeper *accounts.Keeper
	all    bool // sessions of everybody
}

func (l *listing) roster(th *python.Thread, v *evaluation.Visitor) *roster {
	return &roster{listing: l, th: th, zone: l.r.zone(v), owners: map[string]*accounts.Account{}, keeper: l.r.accounts}
}

// zone is the time zone of a visitor: that of the profile, else the server's.
func (r *Runner) zone(v *evaluation.Visitor) *time.Location {
	for _, name := range []string{v.Timezone, r.config.TimeZone} {
		if zone, err := time.LoadLocation(name); err == nil && name != "" {
			return zone
		}
	}
	return time.UTC
}

// How lists give a time as text: in the zone of the asker, and for programs.
const (
	listTime = "2006-01-02 15:04:05"
	utcTime  = "2006-01-02T15:04:05.000000-07:00"
)

// data gives a session of a list as documented for interview_list() and the
// list of sessions of the HTTP interface; the times in UTC as text.
func (o *roster) data(e *Entry) (*python.Dict, error) {
	d := python.NewDict()
	set := func(name string, v python.Value) { d.SetStr(name, v) }
	set("filename", python.NewStr(e.Interview))
	set("session", python.NewStr(e.Session))
	set("modtime", python.NewStr(e.Changed.In(o.zone).Format(listTime)))
	set("starttime", python.NewStr(e.Begun.In(o.zone).Format(listTime)))
	set("utc_modtime", python.NewStr(e.Changed.UTC().Format(utcTime)))
	set("utc_starttime", python.NewStr(e.Begun.UTC().Format(utcTime)))
	set("title", python.Outside(e.Called()))
	set("subtitle", python.None)
	if e.Subtitle != "" {
		set("subtitle", python.Outside(e.Subtitle))
	}
	set("valid", python.Bool(e.valid()))
	set("metadata", python.NewDict())
	if e.interview != nil && e.interview.Metadata != nil {
		if v, err := ask.NodeValue(o.th, python.NewNamespace(nil), e.interview.Metadata); err == nil {
			set("metadata", v)
		}
	}
	tags := python.NewList()
	for _, tag := range e.Tags {
		tags.Elems = append(tags.Elems, python.Outside(tag))
	}
	set("tags", tags)
	set("email", python.None)
	set("user_id", python.None)
	set("temp_user_id", python.None)
	a, err := o.owner(e)
	if err != nil {
		return nil, err
	}
	if a != nil {
		set("email", python.Outside(a.Email))
		set("user_id", python.Int(a.ID))
	}
	return d, nil
}

// valid reports whether the session can be opened and gone on with.
func (e *Entry) valid() bool { return !e.Sealed && !e.Broken }

// owner is the account in whose list the session is, nil for none.
func (o *roster) owner(e *Entry) (*accounts.Account, error) {
	number := e.Owner
	if o.by.Kind == HolderAccount && !o.all {
		number = o.by.ID
	}
	a, known := o.owners[number]
	if known || number == "" || o.keeper == nil {
		return a, nil
	}
	id, err := strconv.ParseInt(number, 10, 64)
	if err == nil {
		a, err = o.keeper.Store.Account(o.ctx, id)
	}
	if err != nil && !errors.Is(err, accounts.ErrNotFound) {
		return nil, fmt.Errorf("find the owner of a session: %w", err)
	}
	o.owners[number] = a
	return a, nil
}

// columns are what queries of interview_list() compare (documented as
// DA.Sessions): nothing of it is sealed.
func (o *roster) columns(e *Entry) (*python.Dict, error) {
	a, err := o.owner(e)
	if err != nil {
		return nil, err
	}
	d := python.NewDict()
	set := func(name, text string) {
		d.SetStr(name, python.None)
		if text != "" {
			d.SetStr(name, python.NewStr(text))
		}
	}
	set("filename", e.Interview)
	set("session", e.Session)
	set("modtime", e.Changed.UTC().Format(utcTime))
	d.SetStr("encrypted", python.Bool(!e.Shared))
	d.SetStr("user_id", python.None)
	if a == nil {
		a = &accounts.Account{}
	} else {
		d.SetStr("user_id", python.Int(a.ID))
	}
	set("email", a.Email)
	set("first_name", a.FirstName)
	set("last_name", a.LastName)
	set("country", a.Country)
	set("subdivisionfirst", a.SubdivisionFirst)
	set("subdivisionsecond", a.SubdivisionSecond)
	set("subdivisionthird", a.SubdivisionThird)
	set("organization", a.Organization)
	set("timezone", a.Timezone)
	set("language", a.Language)
	set("last_login", "")
	if !a.SignedIn.IsZero() {
		set("last_login", a.SignedIn.UTC().Format(utcTime))
	}
	return d, nil
}

// MineJSON is a page of somebody's sessions as programs get it from /interviews.
func (r *Runner) MineJSON(ctx context.Context, keys Keys, v *evaluation.Visitor, found *Found) ([]byte, error) {
	th := r.thread(ctx)
	defer th.Close()
	o := r.listing(ctx, keys.wrappers()[0]).roster(th, v)
	list := python.NewList()
	for i := range found.Entries {
		d, err := o.data(&found.Entries[i])
		if err != nil {
			return nil, err
		}
		list.Elems = append(list.Elems, d)
	}
	d := python.NewDict()
	d.SetStr("action", python.NewStr("interviews"))
	d.SetStr("interviews", list)
	d.SetStr("next_id", python.None)
	if found.Next != "" {
		d.SetStr("next_id", python.NewStr(found.Next))
	}
	var b strings.Builder
	if err := writeJSON(&b, d, 0); err != nil {
		return nil, fmt.Errorf("write the list of sessions: %w", err)
	}
	return []byte(b.String() + "\n"), nil
}

// Roster implements evaluation.Sessions.
func (b siblings) Roster(th *python.Thread, q evaluation.Wanted) (*python.List, string, error) {
	l, err := b.lister(th, q, "access_sessions")
	if err != nil {
		return nil, "", plainly(err)
	}
	found, err := l.search(q)
	if err != nil {
		return nil, "", plainly(err)
	}
	list := python.NewList()
	for i := range found.Entries {
		e := &found.Entries[i]
		var dict python.Value = python.None
		if q.Answers && e.valid() {
			if dict, err = b.answers(e); err != nil {
				e.Sealed, dict = true, python.None
			}
		}
		if q.Valid && !e.valid() {
			continue
		}
		if err := b.noteListed(e, q); err != nil {
			return nil, "", err
		}
		d, err := l.data(e)
		if err != nil {
			return nil, "", err
		}
		if q.Answers {
			d.SetStr("dict", dict)
			d.SetStr("encrypted", python.Bool(!e.Shared))
		}
		list.Elems = append(list.Elems, d)
	}
	return list, found.Next, nil
}

// noteListed notes that somebody got to see the card of a session that is in the
// list of others.
func (b siblings) noteListed(e *Entry, q evaluation.Wanted) error {
	s := b.s
	by := s.q.asker().by
	if e.Sealed || !q.All && q.User == s.q.Visitor.UserID || by.Kind == HolderAccount && by.ID == e.Owner {
		return nil
	}
	return s.r.store.NoteOpening(s.ctx, Opening{Session: e.Session, At: s.now, By: by, How: ByInterview}, s.now.Add(-noteAgain))
}

// lister checks whose sessions are asked for, and who asks.
func (b siblings) lister(th *python.Thread, q evaluation.Wanted, permission string) (*roster, error) {
	s, own := b.s, b.s.q.Visitor.UserID
	if q.User != own || q.All {
		k, by, err := people{s}.by(s.ctx)
		if err != nil {
			return nil, err
		}
		if by == nil || !k.May(by, permission) {
			return nil, said(accounts.ErrForbidden)
		}
	}
	id := q.User
	if q.All {
		id = own
	}
	by := wrapper{Holder: Holder{Kind: HolderAccount, ID: strconv.FormatInt(id, 10)}}
	if id == own && s.q.Account.Key.Valid() {
		by.by = s.q.Account.Key
	}
	o := s.r.listing(s.ctx, by).roster(th, &s.q.Visitor)
	o.all = q.All
	return o, nil
}

// search finds a page of the sessions that are asked for.
func (o *roster) search(q evaluation.Wanted) (*Found, error) {
	wanted := func(e *Entry) (bool, error) {
		if q.Valid && !e.valid() || q.Interview != "" && e.Interview != q.Interview {
			return false, nil
		}
		if q.Holds == nil {
			return true, nil
		}
		row, err := o.columns(e)
		if err != nil {
			return false, err
		}
		return q.Holds(row)
	}
	if q.ID != "" {
		return o.one(q.ID, wanted)
	}
	return o.find(Search{Interview: q.Interview, After: q.After}, func(p Page) ([]Listed, error) {
		if q.All {
			return o.r.store.AllSessions(o.ctx, o.by.Holder, p)
		}
		return o.r.store.Sessions(o.ctx, o.by.Holder, p)
	}, wanted)
}

// one looks for a single session.
func (o *roster) one(id string, wanted func(*Entry) (bool, error)) (*Found, error) {
	found := &Found{}
	stored, err := o.r.load(o.ctx, id)
	if errors.Is(err, ErrNotFound) {
		return found, nil
	}
	if err != nil {
		return nil, fmt.Errorf("load a session: %w", err)
	}
	v := &Listed{Session: stored.Session}
	if shared, ok := stored.Key(sharedHolder); ok {
		v.Shared = shared.Wrapped
	}
	k, ok := stored.Key(o.by.Holder)
	if !ok && !o.all {
		return found, nil
	}
	v.Key = k
	e := o.entry(v)
	if ok, err = wanted(&e); ok {
		found.Entries = []Entry{e}
	}
	return found, err
}

// answers are those of another session, or those that are stored of this one.
func (b siblings) answers(e *Entry) (python.Value, error) {
	q, err := b.request(evaluation.Sibling{Interview: e.Interview, ID: e.Session})
	if err != nil {
		return nil, err
	}
	q.Scratch = true
	other, err := b.s.r.open(b.s.ctx, e.interview, q)
	if err != nil {
		return nil, err
	}
	defer other.close()
	return other.evaluation(nil).Library("all_variables", nil, python.Kwarg{Name: "simplify", Value: python.False})
}

// mostDropped is how many sessions one call of interview_list() deletes: what
// an evaluation has time for.
const mostDropped = 10_000

// Drop implements evaluation.Sessions. The session that asks stays.
func (b siblings) Drop(th *python.Thread, q evaluation.Wanted, shared bool) (int64, error) {
	l, err := b.lister(th, q, "edit_sessions")
	if err != nil {
		return 0, plainly(err)
	}
	n := int64(0)
	for {
		found, err := l.search(q)
		if err != nil {
			return n, plainly(err)
		}
		for _, e := range found.Entries {
			if e.Session == b.s.stored.Session.ID {
				continue
			}
			if shared || q.All {
				err = b.s.r.store.Delete(b.s.ctx, e.Session, DeliverPending)
			} else {
				err = b.s.r.store.DropKey(b.s.ctx, e.Session, l.by.Holder, DeliverPending)
			}
			switch {
			case err == nil:
				n++
			case !errors.Is(err, ErrNotFound):
				return n, fmt.Errorf("delete a session: %w", err)
			}
		}
		if q.After = found.Next; found.Next == "" {
			return n, nil
		}
		if n >= mostDropped {
			return n, python.Errorf(python.RuntimeError, "interview_list() has deleted %d sessions and there are more; call it again", n)
		}
	}
}
