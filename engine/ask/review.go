package ask

import (
	"fmt"

	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/python"
	"colloquy/engine/screen"
)

// review prepares a screen that lists answers with links to change them. An
// item that names something undefined is left out rather than sought, unless
// the author wants everything sought ("skip undefined: False").
func (p *preparation) review() error {
	skip, err := p.cond(p.q.SkipUndefined, true)
	if err != nil {
		return err
	}
	for n, item := range p.q.Review {
		f, err := p.reviewItem(item, n)
		if _, missing := python.MissingName(err); missing && skip {
			continue
		}
		if err != nil {
			return err
		}
		if f != nil {
			p.scr.Fields = append(p.scr.Fields, f.out)
			p.reviewLook(len(p.scr.Fields)-1, f)
		}
	}
	return p.resumeButton()
}

// reviewed is a review item whose texts are evaluated.
type reviewed struct {
	out                       screen.Field
	label, note, button, help *python.Str
	kind                      interview.NoteKind
}

func (p *preparation) reviewItem(item *interview.ReviewItem, n int) (*reviewed, error) {
	for _, c := range item.ShowIf {
		v, err := c.Run(p.th, p.sc.Answers)
		if _, missing := python.MissingName(err); missing {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if yes, err := p.th.Truth(v); err != nil || !yes {
			return nil, err
		}
	}
	f := &reviewed{kind: item.Kind}
	f.out.Number, f.out.ID = fmt.Sprint(n), fmt.Sprintf("field-%d", n)
	if err := p.referred(item); err != nil {
		return nil, err
	}
	var err error
	for _, t := range []struct {
		from *interview.Text
		to   **python.Str
	}{{item.Label, &f.label}, {item.Note, &f.note}, {item.Button, &f.button}, {item.Help, &f.help}} {
		if t.from == nil {
			continue
		}
		if *t.to, err = p.str(t.from); err != nil {
			return nil, err
		}
	}
	if f.out.Class, err = p.text(item.CSSClass); err != nil {
		return nil, err
	}
	return f, p.reviewLink(f, item)
}

// referred reads every variable that an item asks again, so that an item
// whose variable is undefined is not shown.
func (p *preparation) referred(item *interview.ReviewItem) error {
	for _, s := range item.Steps {
		if s.Command != "" {
			continue
		}
		for _, name := range s.Names {
			if p.sc.Interview.IsEvent(name) {
				continue
			}
			if _, err := evaluation.Read(p.th, name); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *preparation) reviewLink(f *reviewed, item *interview.ReviewItem) error {
	switch {
	case item.Label == nil:
		f.out.Row = map[interview.NoteKind]screen.Row{interview.MarkdownNote: screen.RowNote, interview.HTMLNote: screen.RowHTML,
			interview.RawHTMLNote: screen.RowRaw}[item.Kind]
		return nil
	case item.Button != nil:
		f.out.Row = screen.RowButton
	default:
		f.out.Row = screen.RowReview
	}
	link, err := p.reviewAction(item)
	if err != nil {
		return err
	}
	url, err := p.ev.Link(link)
	features := &p.sc.Interview.Features
	f.out.Action = &screen.Button{Kind: screen.Action, URL: url, Action: link.Action, Color: orElse(features.ReviewButtonColor, p.color("review", "secondary")),
		Icon: features.ReviewButtonIcon}
	return err
}

// reviewAction is what a click on an item asks for: one variable, or a list of
// steps in order.
func (p *preparation) reviewAction(item *interview.ReviewItem) (evaluation.Link, error) {
	if item.Action != nil {
		action, err := p.text(item.Action)
		return evaluation.Link{Here: true, Action: action}, err
	}
	if len(item.Steps) == 1 && item.Steps[0].Command == "" && len(item.Steps[0].Names) == 1 {
		return evaluation.Link{Here: true, Action: evaluation.Intrinsic(p.th, item.Steps[0].Names[0])}, nil
	}
	list := python.NewList()
	for _, s := range item.Steps {
		v, err := p.reviewStep(s)
		if err != nil {
			return evaluation.Link{}, err
		}
		list.Elems = append(list.Elems, v...)
	}
	return evaluation.Link{Here: true, Action: "_da_force_ask", Arguments: map[string]python.Value{"variables": list}}, nil
}

func (p *preparation) reviewStep(s interview.ReviewStep) ([]python.Value, error) {
	names := make([]python.Value, len(s.Names))
	for i, n := range s.Names {
		names[i] = python.NewStr(evaluation.Intrinsic(p.th, n))
	}
	if s.Command == "" {
		return names, nil
	}
	d := python.NewDict()
	if s.Command != "set" {
		d.SetStr(s.Command, python.NewList(names...))
		return []python.Value{d}, nil
	}
	list := python.NewList()
	for i := range s.Names {
		v, err := NodeValue(p.th, p.sc.Answers, s.Values[i])
		if err != nil {
			return nil, err
		}
		one := python.NewDict()
		if err := one.Set(p.th, names[i], v); err != nil {
			return nil, err
		}
		list.Elems = append(list.Elems, one)
	}
	d.SetStr("set", list)
	return []python.Value{d}, nil
}

func (p *preparation) reviewLook(n int, f *reviewed) {
	p.r.later(func() {
		out := &p.scr.Fields[n]
		out.Label, out.LabelText = p.r.html(f.label, true), p.r.plain(f.label)
		out.Help = p.r.html(f.help, false)
		if f.button != nil {
			out.Help = p.r.html(f.button, false)
		}
		switch {
		case f.kind == interview.MarkdownNote:
			out.Note = p.r.html(f.note, false)
		case f.note != nil:
			out.Note = p.r.rawHTML(f.note)
		}
	})
}

// resumeButton ends a review: Continue if it sets a variable, else Resume.
func (p *preparation) resumeButton() error {
	if p.q.Continue != nil {
		return p.continueButton(p.q.Continue.Text)
	}
	label, err := p.caption(p.q.Labels.Resume, "resume button label", "Resume")
	if err != nil {
		return err
	}
	color, err := p.partLine("resume button color", p.q.Labels.ResumeColor)
	if err != nil {
		return err
	}
	p.scr.Buttons = append(p.scr.Buttons, screen.Button{Kind: screen.Submit, ID: "resume", Color: orElse(color, p.color("resume", "primary"))})
	p.r.later(func() {
		b := &p.scr.Buttons[len(p.scr.Buttons)-1]
		b.Label, b.Text = p.r.html(label, true), p.r.plain(label)
	})
	return nil
}
