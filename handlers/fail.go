package handlers

import (
	"context"
	"errors"
	"net"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/fault"
	"colloquy/engine/interview"
	"colloquy/engine/markup"
	"colloquy/engine/packages"
	"colloquy/engine/python"
	"colloquy/engine/solve"
	"colloquy/views"
)

const localInterview = "interview"

var statuses = map[fault.Kind]int{fault.Invalid: 400, fault.NotFound: 404, fault.Forbidden: 403, fault.Stale: 409, fault.TooLarge: 413,
	fault.Unavailable: 503, fault.Internal: 500}

// fail is the app's error handler: it decides status and wording. People get a
// calm page; authors, in debug mode, where the mistake is.
func (s *site) fail(c *fiber.Ctx, err error) error {
	kind, sentence := fault.KindOf(err), fault.Sentence(err)
	status := statuses[kind]
	var fe *fiber.Error
	if errors.As(err, &fe) {
		status, sentence = fe.Code, wording(fe.Code)
	}
	if status == 0 {
		status = fiber.StatusInternalServerError
	}
	s.logFailure(c, status, err)
	if fe != nil && status == fiber.StatusRequestEntityTooLarge {
		drain(c.Context().Conn())
	}
	c.Status(status)
	if readsJSON(c) {
		return c.JSON(fiber.Map{"success": false, "error": sentence, "kind": kind.String()})
	}
	page := "error page"
	if status == fiber.StatusNotFound {
		page = "404 page"
	}
	f := &views.Failure{Frame: s.page(c, page, "Something went wrong"), Status: status, Heading: s.said(c, page+" heading", s.word(c, heading(status))), Text: s.word(c, sentence)}
	if i, ok := c.Locals(localInterview).(string); ok && status != fiber.StatusForbidden {
		f.Links = append(f.Links, views.Link{Text: f.Frame.Word("Try again"), URL: s.Config.Path("/interview") + "?i=" + i}, views.Link{Text: f.Frame.Word("Start over"), URL: s.Config.Path("/interview") + "?reset=1&i=" + i})
	}
	f.Links = append(f.Links, views.Link{Text: f.Frame.Word("All interviews"), URL: s.Config.Path("/list")})
	switch {
	case s.Config.Debug && s.Config.Verbose():
		f.Detail = s.detail(err)
	case s.Config.Verbose() && fe == nil && status >= fiber.StatusInternalServerError:
		f.Text += "\n\n" + innermost(err).Error()
	}
	f.HTML = s.errorHelp(c)
	if isHTMX(c) {
		c.Status(fiber.StatusOK) // htmx shows only what succeeds
		c.Set("HX-Push-Url", "false")
		return s.draw(c, nil, views.FailureSection(f))
	}
	return s.draw(c, nil, views.FailurePage(f))
}

// maxDrained is how much of a body that nobody wants is read, in bytes.
const maxDrained = 512 << 20

// drain reads and forgets what is still being sent: a browser whose connection
// is closed while it sends does not read why.
func drain(conn net.Conn) {
	buf := make([]byte, 64<<10)
	late := time.Now().Add(30 * time.Second)
	for n := 0; n < maxDrained && time.Now().Before(late); {
		if err := conn.SetReadDeadline(time.Now().Add(300 * time.Millisecond)); err != nil {
			return
		}
		got, err := conn.Read(buf)
		if err != nil {
			return // it has said all, or nothing more comes
		}
		n += got
	}
}

// errorHelp is what the author of the interview, or else the administrator, says
// to people when something goes wrong (docassemble's "error help").
func (s *site) errorHelp(c *fiber.Ctx) string {
	help := s.Config.Text("error help", s.language(c))
	if name, ok := c.Locals(localInterview).(string); ok {
		if iv, err := s.Programs.Interview(c.UserContext(), name); err == nil {
			if own, ok := iv.MetadataPart("error help", s.Config.Language); ok {
				help = own
			}
		}
	}
	if help == "" {
		return ""
	}
	return markup.Render(markup.Author(help), markup.Options{}).HTML
}

func wording(code int) string {
	switch code {
	case fiber.StatusNotFound, fiber.StatusMethodNotAllowed:
		return "There is no page at this address."
	case fiber.StatusRequestEntityTooLarge:
		return "What was sent is too large for this server."
	}
	return "The request could not be understood."
}

func heading(status int) string {
	switch status {
	case 403:
		return "This is not open to you"
	case 404:
		return "Not found"
	case 413:
		return "Too large"
	case 400:
		return "That did not work"
	}
	return "Something went wrong"
}

// logFailure writes what an administrator needs: never what people typed.
func (s *site) logFailure(c *fiber.Ctx, status int, err error) {
	if status < 500 {
		s.Log.Debug("refused", "status", status, "route", c.Route().Path, "kind", fault.KindOf(err).String())
		return
	}
	attrs := []any{"status", status, "route", c.Route().Path, "kind", fault.KindOf(err).String()}
	if pos, ok := fault.PositionOf(err); ok {
		attrs = append(attrs, "at", pos.String())
	}
	if raised, ok := python.AsRaised(err); ok {
		attrs = append(attrs, "exception", raised.Class().Name())
	} else {
		attrs = append(attrs, "error", err.Error())
	}
	s.Log.Error("request failed", attrs...)
	s.alarm(c, err)
}

// detail teaches the author where the mistake is.
func (s *site) detail(err error) *views.Detail {
	d := &views.Detail{Kind: "Error", Message: innermost(err).Error()}
	if pos, ok := fault.PositionOf(err); ok {
		d.File, d.Line, d.Column, d.Block = pos.File, pos.Line, pos.Col, pos.Block
	}
	if raised, ok := python.AsRaised(err); ok {
		d.Kind, d.Message = raised.Class().Name(), raised.Error()
		d.Hint = suggestion(raised.Value())
		for _, f := range raised.Traceback() {
			d.Trace = append(d.Trace, views.Cause{Text: f.Func, File: f.File, Line: f.Line})
		}
	}
	var le *interview.LoadError
	if errors.As(err, &le) {
		d.Kind, d.Message = "The interview has mistakes", le.Error()
	}
	var se *solve.Error
	if errors.As(err, &se) {
		for _, l := range se.Chain {
			d.Chain = append(d.Chain, views.Cause{Text: "seeking " + l.Name + " in " + l.Block, File: l.Pos.File, Line: l.Pos.Line})
		}
	}
	d.Excerpt = s.excerpt(d.File, d.Line, d.Column)
	return d
}

// suggestion says what a name that does not exist may have been meant to be.
func suggestion(exc *python.Instance) string {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second) // objects of authors may be asked
	defer cancel()
	th := python.NewThread(ctx, python.Options{})
	defer th.Close()
	if name := th.Suggestion(exc, true); name != "" {
		return "Did you mean " + name + "?"
	}
	return ""
}

// innermost is the error that says what happened, without what was being done.
func innermost(err error) error {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err
		}
		err = next
	}
}

// excerpt shows the lines around a place in an author's file, and marks the
// column of the one at fault.
func (s *site) excerpt(file string, line, column int) []views.Line {
	name, err := packages.Parse(file, "", packages.Questions)
	if pkg, path, ok := strings.Cut(file, ":"); ok && strings.HasSuffix(path, ".py") {
		name = packages.Name{Package: pkg, Path: path} // a module lies beside the folder data
	}
	if err != nil || line == 0 {
		return nil
	}
	content, _, err := s.Programs.Packages().ReadFile(name)
	if err != nil {
		return nil
	}
	lines := strings.Split(string(content), "\n")
	var out []views.Line
	for n := max(1, line-4); n <= min(len(lines), line+4); n++ {
		l := views.Line{Number: n, Text: lines[n-1], Here: n == line}
		if l.Here && column > 0 && column <= len([]rune(l.Text))+1 {
			l.Mark = strings.Repeat(" ", column-1) + "^"
		}
		out = append(out, l)
	}
	return out
}
