package handlers

import (
	"errors"
	"fmt"
	"html"
	"io"
	"mime/multipart"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/ask"
	"colloquy/engine/evaluation"
	"colloquy/engine/fault"
	"colloquy/engine/run"
	"colloquy/engine/screen"
)

// show shows where a session is, beginning one if there is none; it also runs
// the action of a link. Without a name it is the interview that this browser
// opened first, else the default one.
//
//	GET /interview[?i=…]
func (s *site) show(c *fiber.Ctx) error {
	name := c.Query(run.ArgInterview)
	if name == "" {
		running, err := s.running(c)
		if err != nil {
			return err
		}
		switch {
		case running != "":
			name = running
		case len(s.Config.Dispatch) > 0 || s.Config.DefaultInterview == "":
			return c.Redirect(s.Config.Path("/list"), fiber.StatusSeeOther)
		default:
			name = s.Config.DefaultInterview
		}
	}
	if c.Query(argTarget) != "" {
		return s.embed(c, name)
	}
	return s.step(c, name, "")
}

// running is the interview that this browser opened first and can still open;
// "" if there is none.
func (s *site) running(c *fiber.Ctx) (string, error) {
	b, err := s.browserOf(c)
	if err != nil || b.unknown() {
		return "", err
	}
	for _, name := range b.order {
		full, err := s.Runner.InterviewOf(c.UserContext(), b.current[name], b.keys())
		if errors.Is(err, run.ErrNotYours) {
			continue
		}
		return full, err
	}
	return "", nil
}

// post takes a form.
//
//	POST /interview?i=…
func (s *site) post(c *fiber.Ctx) error { return s.show(c) }

// shaped finds the interview of a short address: a dispatch name, or package
// and file.
//
//	GET|POST /run/… resumes, /start/… begins
func (s *site) shaped(c *fiber.Ctx) error {
	path := strings.Trim(c.Params("+"), "/")
	name := s.dispatched(path)
	if name == "" {
		return fault.New(fault.NotFound, "There is no interview at this address.", nil)
	}
	begin := strings.HasPrefix(c.Path(), s.Config.Path("/start/")) && c.Query(run.ArgSession) == "" && c.Method() != fiber.MethodPost
	if begin {
		c.Request().URI().QueryArgs().Set(run.ArgNewSession, "1")
	}
	return s.step(c, name, s.Config.Path("/run/")+path+"/")
}

func (s *site) dispatched(path string) string {
	path, err := url.PathUnescape(path)
	if err != nil {
		return ""
	}
	for _, d := range s.Config.Dispatch {
		if d.Name == path {
			return d.Interview
		}
	}
	pkg, file, ok := strings.Cut(path, "/")
	if !ok {
		return ""
	}
	for _, candidate := range []string{"docassemble." + pkg, pkg} {
		if s.Programs.Packages().Has(candidate) {
			return candidate + ":data/questions/" + file + ".yml"
		}
	}
	return ""
}

// step runs one step and answers with it.
func (s *site) step(c *fiber.Ctx, name, shape string) error {
	a := s.approach(c)
	if acts(c) {
		switch a.verdict() {
		case verdictRefuse:
			return fault.New(fault.Forbidden, "This address does something, so it is followed when somebody wants that, not before.", nil)
		case verdictConfirm:
			return s.confirmAction(c)
		}
	}
	b, err := s.browserOf(c)
	if err != nil {
		return err
	}
	if s.lapsed(c, b) && !readsJSON(c) && !a.leavesNothing() {
		s.dropLogin(c) // asked for once: who does not sign in goes on without an account
		return s.toSignIn(c, "lapsed")
	}
	if s.closed(b) {
		return s.toSignIn(c, "")
	}
	q, err := s.request(c, b, a, name, shape)
	if err != nil {
		return err
	}
	if c.Query("cache") == "0" {
		s.Programs.Recheck(q.Interview)
	}
	reply, err := s.Runner.Do(c.UserContext(), q)
	if errors.Is(err, run.ErrForeign) {
		return s.confirmAction(c)
	}
	if errors.Is(err, run.ErrSignIn) && !readsJSON(c) && s.Accounts != nil {
		return s.toSignIn(c, "interview")
	}
	if errors.Is(err, run.ErrNotYours) && looksOnly(c, q) {
		return s.elsewhere(c, b, q)
	}
	if err != nil {
		c.Locals(localInterview, q.Interview)
		return err
	}
	if reply.Lost {
		notify(reply, "We could not find your session of this interview, so a new one was started.")
	}
	return s.reply(c, b, q, reply)
}

// notify puts a phrase above the question, if one is shown, in its language.
func notify(r *run.Reply, text string) {
	if r.Screen != nil {
		r.Screen.Messages = append(r.Screen.Messages, screen.Message{Priority: "warning", Text: screen.HTML(html.EscapeString(r.Screen.Word(text)))})
	}
}

// looksOnly reports whether a browser wants to see a session that its address
// names, and nothing else.
func looksOnly(c *fiber.Ctx, q *run.Request) bool {
	return q.Form == nil && q.Action == nil && !q.Back && !q.Scratch && q.Web.Interface == "web" && !readsJSON(c) && c.Method() == fiber.MethodGet
}

// elsewhere answers a browser that cannot open the session it names: with its
// own session of the interview, or a new one, and a word about that.
func (s *site) elsewhere(c *fiber.Ctx, b *browser, q *run.Request) error {
	if to := s.Config.SessionErrorURL; to != "" {
		why := "answers_fetch_fail"
		if c.Query(run.ArgSession) == "" {
			why = "answers_missing"
		}
		i := url.QueryEscape(q.Interview)
		s.remember(c, b, q.Interview, "")
		return s.redirect(c, strings.NewReplacer("{i}", i, "{i:s}", i, "{error}", why, "{error:s}", why).Replace(to))
	}
	notice := "We could not open the interview session of this link, so a new one was started."
	q.Session, q.Remembered, q.Step = b.current[short(q.Interview)], true, 0
	if q.Session != "" && !b.unknown() {
		notice = "We could not open the interview session of this link. This is your own one."
	}
	reply, err := s.Runner.Do(c.UserContext(), q)
	if err != nil {
		return err
	}
	notify(reply, notice)
	return s.reply(c, b, q, reply)
}

// request reads what is asked for.
func (s *site) request(c *fiber.Ctx, b *browser, a approach, name, shape string) (*run.Request, error) {
	full, err := s.Programs.Resolve(name)
	if err != nil {
		return nil, err
	}
	keys := b.keys()
	q := &run.Request{Interview: full, Secret: keys.Browser, Account: keys.Account, Stranger: keys.Stranger, Visitor: s.visitor(c, b), URLArgs: map[string]string{},
		Web: evaluation.Request{Interface: "web", Method: c.Method(), Root: s.address(c), URL: c.OriginalURL(),
			Args: arguments(c), Referer: c.Get(fiber.HeaderReferer), Shape: shape}}
	q.Fresh = c.Query(run.ArgNewSession) == "1"
	q.Reset = c.Query(run.ArgReset) == "1" || c.Query(run.ArgReset) == "2"
	if c.Query(run.ArgReset) == "2" {
		defer b.leaveAll()
	}
	q.Session = c.Query(run.ArgSession)
	if q.Session == "" {
		q.Session, q.Remembered = b.current[short(full)], s.Config.SessionErrorURL == ""
		if q.Session != "" && b.unknown() {
			q.Session = ""
		}
		if err := s.takeUp(c, b, q); err != nil {
			return nil, err
		}
	}
	q.Arrives = q.Session != b.current[short(full)]
	if wantsJSON(c) && c.Method() != fiber.MethodGet { // one that is only read is the page itself, in other clothes
		q.Web.Interface = "json"
	}
	q.Step, _ = strconv.ParseInt(c.Query(run.ArgStep), 10, 64)
	q.Scratch = a.leavesNothing()
	if q.Reset && a.verdict() != verdictRun { // nothing is erased that nobody asked for
		q.Reset, q.Fresh = false, true
	}
	for name, value := range q.Web.Args {
		if !run.ReservedArgs[name] {
			q.URLArgs[name] = value
		}
	}
	if acts(c) {
		q.Action = &run.Action{Payload: c.Query(run.ArgAction), Signature: c.Query(run.ArgSignature), Once: c.Query(run.ArgOnce),
			Foreign: a.foreign() && !a.shared}
	}
	if c.Method() == fiber.MethodPost && (q.Action == nil || len(c.Body()) > 0) {
		return q, s.posted(c, b, q)
	}
	return q, nil
}

// arguments are the query arguments; of several with one name the first counts.
func arguments(c *fiber.Ctx) map[string]string {
	args := map[string]string{}
	c.Context().QueryArgs().VisitAll(func(name, value []byte) {
		if _, twice := args[string(name)]; !twice {
			args[clean(string(name))] = clean(string(value))
		}
	})
	return args
}

// posted reads a form. Its token proves that it is from a page of ours.
func (s *site) posted(c *fiber.Ctx, b *browser, q *run.Request) error {
	form, err := s.values(c)
	if err != nil {
		return err
	}
	if n, err := strconv.Atoi(form.first(run.ArgJSON)); err == nil && n != 0 {
		c.Locals(localJSON, true)
		q.Web.Interface = "json"
	}
	if err := form.inline(); err != nil {
		return err
	}
	token := c.Get("X-Csrf-Token")
	if token == "" {
		token = form.first("csrf_token")
	}
	if !s.fromOurPage(b, token) {
		return fault.New(fault.Forbidden, "We could not tell that this answer came from our page. Please open the interview again; cookies must be allowed.", nil)
	}
	if id := form.first(run.ArgSession); id != "" {
		q.Session = id
	}
	q.Fresh, q.Reset = false, false
	switch {
	case form.first("_back_one") != "":
		q.Back = true
		q.Step, _ = strconv.ParseInt(form.first(run.ArgStep), 10, 64)
	case form.first("_action") != "":
		q.Action = &run.Action{Payload: form.first("_action"), Once: form.first(run.ArgOnce), Trusted: true,
			ReadOnly: form.first("_readonly") == "1"}
	default:
		q.Step = 0
		q.Form = &run.Form{Form: form.Form, Token: form.first(run.FormInput), Boxes: form.boxes}
		if wantsJSON(c) {
			q.Form.Question = form.first("_question_name")
		}
	}
	return nil
}

type postedForm struct {
	ask.Form
	boxes []run.Box // of an answer in JSON
}

// all are the texts of the inputs of one name.
func (f *postedForm) all(name string) []string {
	var list []string
	for _, v := range f.Values {
		if v.Name == name {
			list = append(list, v.Text)
		}
	}
	return list
}

func (f *postedForm) first(name string) string {
	for _, v := range f.Values {
		if v.Name == name {
			return v.Text
		}
	}
	return ""
}

// maxParts is how many inputs a form may have.
const maxParts = 5000

// values reads the inputs of a form in the order in which they were posted.
func (s *site) values(c *fiber.Ctx) (*postedForm, error) {
	switch kind := c.Get(fiber.HeaderContentType); {
	case strings.HasPrefix(kind, fiber.MIMEMultipartForm):
		return multipartForm(c)
	case strings.HasPrefix(kind, fiber.MIMEApplicationJSON):
		return jsonForm(c.Body())
	}
	f := &postedForm{}
	for _, pair := range strings.SplitN(string(c.Body()), "&", maxParts+1) {
		name, value, _ := strings.Cut(pair, "=")
		n, err1 := url.QueryUnescape(name)
		v, err2 := url.QueryUnescape(value)
		if err1 != nil || err2 != nil {
			return nil, fault.New(fault.Invalid, "We could not read your answer.", fmt.Errorf("form encoding: %w", first(err1, err2)))
		}
		if n != "" {
			f.Values = append(f.Values, ask.Value{Name: n, Text: clean(v)})
		}
	}
	if len(f.Values) > maxParts {
		return nil, fault.New(fault.TooLarge, "This form has too many fields.", nil)
	}
	return f, nil
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// clean makes line ends those of Unix and drops what is no text.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && c != '\n' && c != '\t' {
			return -1
		}
		return c
	}, strings.ToValidUTF8(s, "�"))
}

func multipartForm(c *fiber.Ctx) (*postedForm, error) {
	bad := func(err error) error { return fault.New(fault.Invalid, "We could not read your answer.", err) }
	_, params, err := mimeParams(c.Get(fiber.HeaderContentType))
	if err != nil {
		return nil, bad(err)
	}
	f := &postedForm{}
	mr := multipart.NewReader(strings.NewReader(string(c.Body())), params["boundary"])
	for n := 0; ; n++ {
		part, err := mr.NextPart()
		if err == io.EOF {
			return f, nil
		}
		if err != nil {
			return nil, bad(err)
		}
		if n > maxParts {
			return nil, fault.New(fault.TooLarge, "This form has too many fields.", nil)
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return nil, bad(err)
		}
		if part.FileName() == "" && part.Header.Get("Content-Disposition") != "" && !strings.Contains(part.Header.Get("Content-Disposition"), "filename=") {
			f.Values = append(f.Values, ask.Value{Name: part.FormName(), Text: clean(string(content))})
			continue
		}
		f.Files = append(f.Files, ask.Upload{Name: part.FormName(), Filename: part.FileName(), MIME: part.Header.Get("Content-Type"),
			Size: int64(len(content)), Content: content})
	}
}

func isHTMX(c *fiber.Ctx) bool {
	return c.Get("HX-Request") == "true" && c.Get("HX-History-Restore-Request") != "true"
}

// wantsJSON reports whether a program asks for screens as JSON.
func wantsJSON(c *fiber.Ctx) bool {
	if c.Method() == fiber.MethodPost && strings.HasPrefix(c.Get(fiber.HeaderContentType), fiber.MIMEApplicationJSON) {
		return true
	}
	if asked, _ := c.Locals(localJSON).(bool); asked {
		return true
	}
	switch strings.ToLower(c.Query(run.ArgJSON)) {
	case "", "0", "false", "no":
		return false
	}
	return true
}
