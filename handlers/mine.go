package handlers

import (
	"errors"
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/fault"
	"colloquy/engine/run"
	"colloquy/views"
)

func (s *site) mineRoutes(app fiber.Router) {
	app.Get("/interviews", s.member(s.interviews))
	app.Post("/interviews", s.member(s.dropInterviews))
	app.Get("/interviews/delete", s.member(s.dropPage))
	app.Get("/interviews/delete-all", s.member(s.dropAllPage))
	app.Get("/interviews/rename", s.member(s.renamePage))
	app.Post("/interviews/rename", s.member(s.rename))
	app.Get("/interviews/answers", s.member(s.answers))
}

// The query arguments of the list.
const (
	argWords = "q"
	argTag   = "tag"
	argAfter = "next_id"
	argOrder = "order"
	newest   = "newest"
)

// sought reads what is sought in the list.
func sought(value func(string) string) run.Search {
	return run.Search{Words: value(argWords), Tag: value(argTag), Newest: value(argOrder) == newest, After: value(argAfter)}
}

// mineURL is the address of the list, or of a page below it, with a search.
func (s *site) mineURL(below string, q run.Search, more ...string) string {
	args := url.Values{}
	for name, value := range map[string]string{argWords: q.Words, argTag: q.Tag, argAfter: q.After} {
		if value != "" {
			args.Set(name, value)
		}
	}
	if q.Newest {
		args.Set(argOrder, newest)
	}
	for i := 0; i+1 < len(more); i += 2 {
		args.Set(more[i], more[i+1])
	}
	to := s.Config.Path("/interviews" + below)
	if len(args) > 0 {
		to += "?" + args.Encode()
	}
	return to
}

// dropped are what the list says about what was just done.
var dropped = map[string]string{
	"deleted": "Deleted the interview.",
	"all":     "Deleted the interviews.",
	"some":    "Deleted many interviews. There are more: press \u201cDelete all\u201d again to go on.",
	"renamed": "The name was saved.",
}

// interviews lists the interviews that somebody has begun. Those who come from
// signing in are sent on if there is somewhere they should rather be.
//
//	GET /interviews[?q=…][&tag=…][&order=newest][&next_id=…][&resume=…][&json=1]
func (s *site) interviews(c *fiber.Ctx) error {
	b, err := s.here(c)
	if err != nil {
		return err
	}
	to, err := s.onwardFromLogin(c, b)
	if err != nil {
		return err
	}
	q := sought(func(name string) string { return c.Query(name) })
	if name := s.Config.Home.Interview; to == "" && name != "" && !wantsJSON(c) {
		args := url.Values{run.ArgInterview: {name}, "from_list": {"1"}}
		if q.Tag != "" {
			args.Set(argTag, q.Tag)
		}
		to = s.Config.Path("/interview?") + args.Encode()
	}
	if to != "" {
		return s.redirect(c, to)
	}
	found, err := s.Runner.Mine(c.UserContext(), b.keys(), q)
	if err != nil {
		return err
	}
	if wantsJSON(c) {
		visitor := s.visitor(c, b)
		body, err := s.Runner.MineJSON(c.UserContext(), b.keys(), &visitor, found)
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, "application/json; charset=utf-8")
		return c.Send(body)
	}
	p := s.minePage(c, b, q, found)
	p.Speak(s.tongue(c).Word)
	s.keepTongue(c)
	c.Set("Referrer-Policy", "no-referrer") // sessions are named in addresses
	return s.draw(c, b, views.SessionsView(p))
}

func (s *site) minePage(c *fiber.Ctx, b *browser, q run.Search, found *run.Found) *views.SessionsPage {
	p := &views.SessionsPage{Frame: s.page(c, "interview page", "My Interviews"), Heading: s.said(c, "interview page heading", "My Interviews"),
		Said: dropped[c.Query("done")], Search: s.Config.Path("/interviews"), Words: q.Words, Tag: q.Tag}
	p.Frame.Tab += " · " + s.Config.BrandName
	p.Frame.NavHTML += s.accountItems(c, b)
	if q.Newest {
		p.Order = []views.Hidden{{Name: argOrder, Value: newest}}
	}
	when := s.moments(c, b)
	for i := range found.Entries {
		p.Cards = append(p.Cards, s.mineCard(&found.Entries[i], when))
	}
	narrowed := q.Words != "" || q.Tag != ""
	if narrowed {
		p.All = views.Link{Text: "Show all interviews", URL: s.mineURL("", run.Search{Newest: q.Newest})}
	}
	switch {
	case len(found.Entries) > 0:
	case found.Stopped:
		p.Empty = "Nothing was found so far."
	case narrowed:
		p.Empty = "No interview of yours matches."
	case q.After != "":
		p.Empty = "There are no more."
	default:
		p.Empty, p.Search = "You have not begun any interview yet.", ""
		p.Begin = views.Link{Text: "Choose an interview", URL: s.Config.Path("/list")}
		if s.Config.DefaultInterview != "" && len(s.Config.Dispatch) == 0 {
			p.Begin = views.Link{Text: "Begin", URL: s.Config.Path("/")}
		}
		return p
	}
	s.mineLinks(p, q, found)
	return p
}

// mineLinks adds the ways from a page of the list to others.
func (s *site) mineLinks(p *views.SessionsPage, q run.Search, found *run.Found) {
	add := func(text, to string) { p.Links = append(p.Links, views.Link{Text: text, URL: to}) }
	next, first, turned := q, q, q
	next.After, first.After, turned.After, turned.Newest = found.Next, "", "", !q.Newest
	switch {
	case found.Stopped:
		p.Note = "Titles and tags are encrypted, so that a search has to open them one by one. So far a part of your interviews was searched."
		add("Search further", s.mineURL("", next))
	case found.Next != "":
		add("Next page", s.mineURL("", next))
	}
	if q.After != "" {
		add("First page", s.mineURL("", first))
	}
	if q.Newest {
		add("Oldest first", s.mineURL("", turned))
	} else {
		add("Newest first", s.mineURL("", turned))
	}
	if len(found.Entries) > 0 {
		add("Delete all", s.mineURL("/delete-all", run.Search{Words: q.Words, Tag: q.Tag}))
	}
}

// What cards say about sessions that cannot be gone on with.
const (
	sealedFor = "Nobody can open this interview any more, nor can the administrators of this server: it is encrypted with a key that was lost when your password was reset without a recovery code. You can delete it."
	brokenFor = "This interview is not available on this server at the moment."
)

// mineCard describes a session of the list.
func (s *site) mineCard(e *run.Entry, when func(time.Time) views.Moment) views.SessionCard {
	card := views.SessionCard{Title: e.Called(), Subtitle: e.Subtitle, Begun: when(e.Begun), Changed: when(e.Changed)}
	if e.Name != "" {
		card.Subtitle = e.Title
	}
	for _, tag := range e.Tags {
		card.Tags = append(card.Tags, views.Link{Text: tag, URL: s.mineURL("", run.Search{Tag: tag})})
	}
	act := func(text, below string) {
		card.Acts = append(card.Acts, views.Link{Text: text, URL: s.mineURL(below, run.Search{}, run.ArgSession, e.Session)})
	}
	switch {
	case e.Sealed:
		card.Why = sealedFor
	case e.Broken:
		card.Why = brokenFor
		act("Rename", "/rename")
	default:
		card.URL = s.resumeURL(e.Interview, e.Session)
		act("Rename", "/rename")
		act("Download answers", "/answers")
	}
	act("Delete", "/delete")
	return card
}

// resumeURL is where a session is gone on with.
func (s *site) resumeURL(interview, session string) string {
	return s.Config.Path("/interview?") + url.Values{run.ArgInterview: {interview}, run.ArgSession: {session}, "from_list": {"1"}}.Encode()
}

// zoneOf is the time zone of who is signed in, else the server's.
func (s *site) zoneOf(b *browser) *time.Location {
	name := s.Config.TimeZone
	if b.visit != nil && b.visit.Account.Timezone != "" {
		name = b.visit.Account.Timezone
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	return zone
}

// moments writes times in the language and the zone of the reader.
func (s *site) moments(c *fiber.Ctx, b *browser) func(time.Time) views.Moment {
	speaker, zone := s.tongue(c), s.zoneOf(b)
	return func(t time.Time) views.Moment {
		t = t.In(zone)
		return views.Moment{Text: speaker.FormatDate(t, "long") + " · " + speaker.FormatTime(t, "HH:mm"), ISO: t.Format(time.RFC3339)}
	}
}

// mined is the session of the asker's that a page is about.
func (s *site) mined(c *fiber.Ctx, id string) (*browser, *run.Entry, error) {
	b, err := s.here(c)
	if err != nil {
		return nil, nil, err
	}
	e, err := s.Runner.Mined(c.UserContext(), id, b.keys())
	if errors.Is(err, run.ErrNotYours) {
		return nil, nil, fault.New(fault.NotFound, "This interview is not in your list, or not any more.", err)
	}
	return b, e, err
}

// aboutOne begins a page that asks something about a session.
func (s *site) aboutOne(c *fiber.Ctx, b *browser, e *run.Entry, title string) *views.AccountPage {
	p := s.accountPage(c, "", title)
	p.Text = s.say(c, "\u201c{name}\u201d, started {time}", "name", e.Called(), "time", s.moments(c, b)(e.Begun).Text)
	p.Links = []views.Link{{Text: "Back to My Interviews", URL: s.Config.Path("/interviews")}}
	return p
}

// dropPage asks whether a session is to be deleted.
//
//	GET /interviews/delete?session=…
func (s *site) dropPage(c *fiber.Ctx) error {
	b, e, err := s.mined(c, c.Query(run.ArgSession))
	if err != nil {
		return err
	}
	p := s.aboutOne(c, b, e, "Delete this interview?")
	p.Forms = []views.AccountForm{{Action: s.Config.Path("/interviews"), Button: "Delete", Danger: true,
		Warning: "Your answers, files and mail that belong to it are erased. This cannot be undone. If others take part in it, it stays with them and only leaves your list.",
		Hidden:  []views.Hidden{{Name: "delete", Value: "1"}, {Name: run.ArgInterview, Value: e.Interview}, {Name: run.ArgSession, Value: e.Session}}}}
	return s.showAccount(c, p)
}

// dropAllPage asks whether all are to be deleted that a search finds.
//
//	GET /interviews/delete-all[?q=…][&tag=…]
func (s *site) dropAllPage(c *fiber.Ctx) error {
	q := sought(func(name string) string { return c.Query(name) })
	p := s.accountPage(c, "", "Delete all interviews?")
	p.Text = "All interviews in your list will be deleted."
	if q.Words != "" || q.Tag != "" {
		p.Heading = "Delete these interviews?"
		p.Frame.Tab = s.say(c, p.Heading) + " · " + s.Config.BrandName
		p.Text = s.say(c, matching(q), "words", q.Words, "tag", q.Tag)
	}
	p.Forms = []views.AccountForm{{Action: s.Config.Path("/interviews"), Button: "Delete all", Danger: true,
		Warning: "Your answers, files and mail that belong to them are erased. This cannot be undone. Those in which others take part stay with them and only leave your list.",
		Hidden:  []views.Hidden{{Name: "delete_all", Value: "1"}, {Name: argWords, Value: q.Words}, {Name: argTag, Value: q.Tag}}}}
	p.Links = []views.Link{{Text: "Back to My Interviews", URL: s.Config.Path("/interviews")}}
	return s.showAccount(c, p)
}

// matching says which interviews of the list a search finds.
func matching(q run.Search) string {
	said := "All interviews in your list will be deleted that match \u201c{words}\u201d and the tag {tag}."
	switch {
	case q.Tag == "":
		said = "All interviews in your list will be deleted that match \u201c{words}\u201d."
	case q.Words == "":
		said = "All interviews in your list will be deleted that match the tag {tag}."
	}
	return said
}

// deleting is how long one request deletes at most.
const deleting = 5 * time.Second

// dropInterviews deletes a session, or all that a search finds.
//
//	POST /interviews with delete, i and session; or with delete_all
func (s *site) dropInterviews(c *fiber.Ctx) error {
	b, form, err := s.posting(c)
	if err != nil {
		return err
	}
	done := "deleted"
	switch {
	case form.first("delete_all") != "":
		_, more, err := s.Runner.LetGoOf(c.UserContext(), b.keys(), run.Search{Words: form.first(argWords), Tag: form.first(argTag)}, deleting)
		if err != nil {
			return err
		}
		if done = "all"; more {
			done = "some"
		}
	case form.first("delete") != "":
		err := s.Runner.LetGo(c.UserContext(), form.first(run.ArgSession), b.keys())
		if err != nil && !errors.Is(err, run.ErrNotYours) {
			return err
		} // what is gone already was to be gone
	default:
		return s.redirect(c, s.mineURL("", sought(form.first)))
	}
	if err := s.forgetGone(c, b); err != nil {
		return err
	}
	return s.redirect(c, s.mineURL("", run.Search{}, "done", done))
}

// forgetGone has the browser forget that it was at sessions that are gone.
func (s *site) forgetGone(c *fiber.Ctx, b *browser) error {
	gone := false
	for name, id := range b.current {
		_, err := s.Runner.InterviewOf(c.UserContext(), id, b.keys())
		if errors.Is(err, run.ErrNotYours) {
			delete(b.current, name)
			gone = true
		} else if err != nil {
			return err
		}
	}
	if gone {
		s.remember(c, b, "", "")
	}
	return nil
}

// renamePage asks what a session is to be called.
//
//	GET /interviews/rename?session=…
func (s *site) renamePage(c *fiber.Ctx) error {
	b, e, err := s.mined(c, c.Query(run.ArgSession))
	if err != nil {
		return err
	}
	return s.showAccount(c, s.renameForm(c, b, e, e.Name))
}

func (s *site) renameForm(c *fiber.Ctx, b *browser, e *run.Entry, name string) *views.AccountPage {
	p := s.aboutOne(c, b, e, "Rename this interview")
	p.Forms = []views.AccountForm{{Action: s.Config.Path("/interviews/rename"), Button: "Save", Hidden: []views.Hidden{{Name: run.ArgSession, Value: e.Session}},
		Fields: []views.AccountField{{Name: "name", Label: "Name", Type: "text", Value: name, Hint: s.say(c, "Under this name it is in your list. Leave it empty for \u201c{title}\u201d.", "title", e.Title)}}}}
	return p
}

// rename gives a session a name.
//
//	POST /interviews/rename with session and name
func (s *site) rename(c *fiber.Ctx) error {
	_, form, err := s.posting(c)
	if err != nil {
		return err
	}
	b, e, err := s.mined(c, form.first(run.ArgSession))
	if err != nil {
		return err
	}
	err = s.Runner.Rename(c.UserContext(), e.Session, b.keys(), form.first("name"))
	if err != nil && fault.KindOf(err) == fault.Invalid {
		p := s.renameForm(c, b, e, form.first("name"))
		p.Invalid, p.Forms[0].Fields[0].Error = true, fault.Sentence(err)
		c.Status(fiber.StatusUnprocessableEntity)
		return s.showAccount(c, p)
	}
	if err != nil {
		return err
	}
	return s.redirect(c, s.mineURL("", run.Search{}, "done", "renamed"))
}

// answers gives somebody the answers of a session as a file.
//
//	GET /interviews/answers?session=…
func (s *site) answers(c *fiber.Ctx) error {
	if a := s.approach(c); a.foreign() {
		return fault.New(fault.Forbidden, "Answers are not given to other sites.", nil)
	}
	b, e, err := s.mined(c, c.Query(run.ArgSession))
	if err != nil {
		return err
	}
	body, err := s.Runner.Answers(c.UserContext(), e, b.keys(), s.visitor(c, b))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="answers-`+e.Begun.In(s.zoneOf(b)).Format("2006-01-02-150405")+`.json"`)
	return sendFile(c, "answers.json", "application/json; charset=utf-8", body)
}
