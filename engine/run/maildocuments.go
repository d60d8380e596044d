package run

import (
	"html"
	"strings"

	"colloquy/engine/ask"
	"colloquy/engine/evaluation"
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

// mailDocuments mails the documents of a screen and shows the screen again,
// with a notice about it.
func (s *step) mailDocuments(asked *ask.Asked, f *formToken, addresses []string) (*Reply, error) {
	solver := s.evaluation(nil)
	mailed, _ := python.IntOf(orNone(s.state.Book.Misc[mailedNote]))
	var sent []string
	unsent := addresses
	if len(addresses) <= ask.MostAddresses && mailed+int64(len(addresses)) <= mostMailed {
		var err error
		if sent, unsent, err = solver.MailDocuments(asked, f.Context, f.Key, addresses); err != nil {
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
