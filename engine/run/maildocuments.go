package run

import (
	"errors"
	"html"
	"slices"
	"strings"

	"colloquy/engine/ask"
	"colloquy/engine/evaluation"
	"colloquy/engine/fault"
	"colloquy/engine/python"
	"colloquy/engine/solve"
)

// mostMailed is how many mails with documents people may have one session send.
const mostMailed = 100

// mailedNote is where the book counts them.
const mailedNote = "documents mailed"

// wantsMail gives the addresses that the documents of a screen are wanted at,
// and whether the form that was sent is the one for that.
func (s *step) wantsMail() (addresses []string, wanted bool) {
	typed := ""
	for _, v := range s.q.Form.Values {
		switch v.Name {
		case ask.MailInput:
			wanted = true
		case ask.MailAddressInput:
			typed = v.Text
		}
	}
	return ask.MailAddresses(typed), wanted
}

// has reports whether the form that was sent has an input of this name.
func (s *step) has(input string) bool {
	return slices.ContainsFunc(s.q.Form.Values, func(v ask.Value) bool { return v.Name == input && v.Text != "" })
}

// archive answers with the documents of a screen in one file. The session stays
// where it is.
func (s *step) archive(asked *ask.Asked, f *formToken) (*Reply, error) {
	solver := s.evaluation(nil)
	name, content, err := solver.Archive(asked, f.Context, s.has(ask.EditableInput))
	if err != nil {
		return nil, s.failure(err)
	}
	s.logged(solver.Outcome())
	if name == "" {
		return nil, fault.New(fault.Forbidden, "The documents of this page cannot be downloaded together.", errors.New("allow downloading is not on"))
	}
	return s.reply(&solve.Result{Respond: &evaluation.Respond{ContentType: "application/zip", Body: content, Name: name}}), nil
}

// mailDocuments mails the documents of a screen and shows the screen again,
// with a notice about it.
func (s *step) mailDocuments(asked *ask.Asked, f *formToken, addresses []string) (*Reply, error) {
	solver := s.evaluation(nil)
	mailed, _ := python.IntOf(orNone(s.state.Book.Misc[mailedNote]))
	var sent []string
	unsent := addresses
	if len(addresses) <= ask.MostAddresses && mailed+int64(len(addresses)) <= mostMailed {
		var err error
		if sent, unsent, err = solver.MailDocuments(asked, f.Context, f.Key, addresses, s.has(ask.EditableInput)); err != nil {
			return nil, s.failure(err)
		}
		s.state.Book.Misc[mailedNote] = python.Int(mailed + int64(len(sent)))
	}
	s.kept = append(s.kept, solver.Outcome().Effects...)
	s.logged(solver.Outcome())
	next, res, err := s.run(nil)
	if err != nil {
		return nil, err
	}
	out := next.Outcome()
	for _, n := range []struct {
		to          []string
		level, text string
	}{{sent, "success", "Your documents will be e-mailed to %s."}, {unsent, "danger", "Unable to e-mail your documents to %s."}} {
		if len(n.to) > 0 || n.level == "danger" && len(addresses) == 0 {
			out.Flashes = append(out.Flashes, evaluation.Flash{Level: n.level, HTML: mailNotice(next, n.text, n.to)})
		}
	}
	if out.Save == evaluation.SaveNormal {
		out.Save = evaluation.SaveOverwrite
	}
	reply, err := s.conclude(next, res, s.newInput(kindForm))
	if reply != nil {
		reply.Acted = true
	}
	return reply, err
}

// mailNotice says in the interview's language what becomes of the documents.
func mailNotice(solver *solve.Solver, text string, to []string) string {
	return strings.Replace(html.EscapeString(solver.Word(text)), "%s", html.EscapeString(strings.Join(to, ", ")), 1)
}
