package transcript

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"colloquy/engine/fault"
	"colloquy/engine/run"
	"colloquy/engine/screen"
)

// show writes down a reply.
func (p *player) show(r *run.Reply, asJSON bool) {
	switch {
	case r.Screen != nil:
		w := p.who
		if w.screen != nil && (r.Screen.Session.Step != w.screen.Session.Step || r.Screen.Block.Name != w.screen.Block.Name) {
			w.previous = w.screen
		}
		w.screen, p.last = r.Screen, r.Screen
		if asJSON {
			p.json(r.Screen)
			return
		}
		p.screen(r.Screen)
	case r.Respond != nil:
		status, kind := r.Respond.Status, r.Respond.ContentType
		if status == 0 {
			status = 200
		}
		body := strings.ReplaceAll(strings.TrimSpace(string(r.Respond.Body)+r.Respond.File), "\n", "\n  ")
		p.line(fmt.Sprintf("response %d %s %s", status, kind, body))
	case r.Redirect != "":
		p.line("redirect " + plainAddress(r.Redirect))
		p.redirect = r.Redirect
	default:
		p.line("nothing")
	}
}

func (p *player) json(s *screen.Screen) {
	body, err := screen.JSON(s)
	if err != nil {
		p.fault(err)
		return
	}
	var b bytes.Buffer
	if err := json.Indent(&b, body, "", "  "); err != nil {
		p.fault(err)
		return
	}
	p.line(strings.ReplaceAll(b.String(), s.Session.ID, "SESSION"))
}

// plainAddress leaves out of an address what differs from session to session.
func plainAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.RawQuery == "" {
		return address
	}
	q := u.Query()
	for _, name := range []string{run.ArgSession, run.ArgSignature, run.ArgOnce} {
		q.Del(name)
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// fault writes down a failure: to authors where and what, to people the sentence.
func (p *player) fault(err error) {
	text := fault.Sentence(err)
	if pos, ok := fault.PositionOf(err); ok {
		text = err.Error()
		if place := p.short(pos.String()); !strings.Contains(p.short(text), place) {
			text = place + ": " + text
		}
	} else if fault.KindOf(err) == fault.Internal {
		text = err.Error()
	}
	p.line("fault " + fault.KindOf(err).String() + ": " + strings.ReplaceAll(strings.TrimSpace(p.short(text)), "\n", "\n  "))
}

// short leaves the name of the transcript's package out of a text.
func (p *player) short(text string) string {
	text = strings.ReplaceAll(text, p.t.pkg()+":data/questions/", "")
	return strings.ReplaceAll(text, p.t.pkg()+":", "")
}

// mails writes down what the last step had mailed.
func (p *player) mails() error {
	mails, err := p.room.mails(p.ctx)
	if err != nil {
		return fmt.Errorf("read the mail: %w", err)
	}
	for _, m := range mails {
		p.line(fmt.Sprintf("mail to %s: %s", strings.Join(m.To, ", "), m.Subject))
		for l := range strings.SplitSeq(strings.TrimSpace(m.Text), "\n") {
			p.line("  " + l)
		}
	}
	return nil
}

// screen writes a screen down: its heading and its one field on a line, below
// it whatever else there is to see.
func (p *player) screen(s *screen.Screen) {
	head := "[" + s.QuestionText + "]"
	fields, one := notes(s), ""
	if len(fields) == 1 && !strings.Contains(fields[0], "\n") && s.Rows == nil && oneInput(s) {
		_, one, _ = strings.Cut(fields[0], " | ")
		fields = nil
	}
	p.line(strings.TrimSpace(head + " " + one))
	for _, m := range s.Messages {
		p.line(fmt.Sprintf("  (%s) %s", m.Priority, flat(m.Text)))
	}
	problems := s.ErrorSummary()
	for _, e := range problems {
		p.line("  ! " + strings.TrimPrefix(e.Label+": "+e.Text, ": "))
	}
	if s.Invalid && len(problems) == 0 {
		p.line("  ! refused")
	}
	for _, h := range []screen.HTML{s.Pre, s.Subquestion} {
		p.text(h)
	}
	for _, f := range fields {
		p.line("  " + f)
	}
	p.around(s)
}

// around writes down what stands below the fields.
func (p *player) around(s *screen.Screen) {
	p.text(s.Submit)
	p.indented(buttons(s))
	for _, h := range []screen.HTML{s.Under, s.Right, s.Post} {
		p.text(h)
	}
	if s.Help != nil {
		for _, h := range s.Help.Question {
			p.indented("? " + strings.TrimPrefix(h.Heading+": "+flat(h.Content), ": "))
		}
	}
	for _, t := range slices.Concat(s.Terms, s.AutoTerms) {
		p.indented("term " + t.Name + ": " + flat(t.Definition))
	}
	if s.Attachments != nil {
		for _, d := range s.Attachments.Documents {
			p.indented("document " + d.NameText + ": " + flat(d.Preview))
			for _, f := range d.Formats {
				p.indented(file(f))
			}
		}
	}
	if n := s.Page.Nav; n != nil {
		for _, sec := range n.Sections {
			if sec.Current {
				p.indented("section " + sec.Text)
			}
		}
	}
	if s.Page.ShowProgress && s.Page.Progress != nil {
		p.indented(fmt.Sprintf("progress %.4g", *s.Page.Progress))
	}
}

// file is one file of a document, with what it says if that is text.
func file(f screen.Format) string {
	switch {
	case f.Failed:
		return "no file " + f.Filename + ": " + f.Problem
	case f.Kind == "md" || f.Kind == "raw":
		return fmt.Sprintf("file %d %s: %s", f.Number, f.Filename, strings.Join(strings.Fields(f.Content), " "))
	}
	return fmt.Sprintf("file %d %s", f.Number, f.Filename)
}

// indented writes an indented line, if there is anything to write.
func (p *player) indented(text string) {
	if strings.TrimSpace(text) != "" {
		p.line("  " + strings.TrimSpace(text))
	}
}

// text writes a text, a line per block.
func (p *player) text(h screen.HTML) {
	for l := range strings.SplitSeq(read(h), "\n") {
		p.indented(l)
	}
}

// buttons names the buttons, unless there is only the usual one.
func buttons(s *screen.Screen) string {
	std := s.Standard()
	var names []string
	for _, b := range std {
		text := "(" + b.Text + ")"
		if b.Disabled {
			text = "(" + b.Text + " disabled)"
		}
		names = append(names, text)
	}
	if len(names) == 1 && names[0] == "(Continue)" {
		names = nil
	}
	for _, b := range s.ActionButtons {
		names = append(names, "["+b.Text+"]")
	}
	return strings.Join(names, " ")
}

func oneInput(s *screen.Screen) bool {
	n := 0
	for range s.Inputs() {
		n++
	}
	return n == 1
}

// notes describes the fields, one each: "label | variable:kind=value".
func notes(s *screen.Screen) []string {
	var out []string
	for i := range s.Fields {
		if !s.Fields[i].Inactive {
			out = append(out, note(&s.Fields[i]))
		}
	}
	if s.Rows == nil {
		return out
	}
	for _, row := range s.Rows.Rows {
		if row.Spare {
			continue
		}
		out = append(out, fmt.Sprintf("row %d %s", row.Number+1, flat(row.Label)))
		for i := range row.Fields {
			out = append(out, "  "+note(&row.Fields[i]))
		}
	}
	return out
}

func note(f *screen.Field) string {
	switch f.Row {
	case screen.RowReview, screen.RowButton:
		text := "- " + f.LabelText
		if f.Row == screen.RowButton {
			text += ":"
		}
		return strings.TrimSpace(text + " " + strings.TrimSpace(flat(f.Help)+" "+flat(f.Note)))
	case screen.RowInput:
	default:
		return flat(f.Note)
	}
	kind := kinds[f.Control()]
	if f.Datatype == "signature" {
		kind = "signature"
	}
	text := f.LabelText + " | " + orElse(f.Variable, "choice") + ":" + kind + choices(f)
	if f.Disabled {
		text += " disabled"
	}
	if !f.Required && f.Control() != screen.ControlCheckbox && f.Control() != screen.ControlHidden {
		text += "?"
	}
	if v := held(f); v != "" {
		text += "=" + v
	}
	for _, c := range f.Conditions {
		text += " {" + c.Words + "}"
	}
	if f.Hint != "" {
		text += " (" + f.Hint + ")"
	}
	for _, h := range []screen.HTML{f.Help, f.Under} {
		if h != "" {
			text += " ? " + flat(h)
		}
	}
	return strings.ReplaceAll(text, "\n", `\n`)
}

func orElse(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// kinds are the words for the controls.
var kinds = map[screen.Control]string{
	screen.ControlText: "text", screen.ControlArea: "area", screen.ControlNumber: "number", screen.ControlCurrency: "currency",
	screen.ControlRange: "range", screen.ControlDate: "date", screen.ControlTime: "time", screen.ControlDatetime: "datetime",
	screen.ControlEmail: "email", screen.ControlPassword: "password", screen.ControlCheckbox: "box", screen.ControlYesNo: "yesno",
	screen.ControlMaybe: "maybe", screen.ControlCheckboxes: "boxes", screen.ControlRadios: "radios", screen.ControlSelect: "select",
	screen.ControlMultiselect: "multiselect", screen.ControlCombobox: "combobox", screen.ControlDatalist: "datalist",
	screen.ControlAjax: "ajax", screen.ControlFile: "file", screen.ControlHidden: "hidden",
}

func choices(f *screen.Field) string {
	var names []string
	for _, c := range f.Choices {
		names = append(names, c.Text)
	}
	if f.AllOf != nil {
		names = append(names, f.AllOf.Text)
	}
	if f.NoneOf != nil {
		names = append(names, f.NoneOf.Text)
	}
	if names == nil {
		return ""
	}
	return "(" + strings.Join(names, "|") + ")"
}

// held is what a field holds.
func held(f *screen.Field) string {
	var picked []string
	for _, c := range f.Choices {
		if c.Selected {
			picked = append(picked, c.Text)
		}
	}
	if len(f.Choices) > 0 && (picked != nil || f.Control() != screen.ControlCombobox) {
		return strings.Join(picked, ",")
	}
	return f.Value
}
