package ask

import (
	"fmt"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/python"
	"colloquy/engine/screen"
)

// page fills in what stands around the question: titles, navigation, menu.
func (p *preparation) page() error {
	pg := &p.scr.Page
	for _, line := range []struct {
		part string
		to   *string
	}{
		{"title", &pg.Title}, {"short title", &pg.ShortTitle}, {"tab title", &pg.TabTitle}, {"subtitle", &pg.Subtitle},
		{"title url", &pg.TitleURL}, {"exit label", &pg.ExitLabel}, {"exit link", &pg.ExitLink}, {"exit url", &pg.ExitURL},
	} {
		text, err := p.partLine(line.part, nil)
		if err != nil {
			return err
		}
		*line.to = text
	}
	for _, part := range []struct {
		name string
		to   *screen.HTML
	}{
		{"logo", &pg.Logo}, {"short logo", &pg.ShortLogo}, {"footer", &pg.Footer}, {"navigation bar html", &pg.NavHTML},
	} {
		if err := p.part(part.name, nil, part.to); err != nil {
			return err
		}
	}
	p.titles()
	pg.TitleNewWindow = p.partText("title url opens in other window") != "False"
	p.features()
	if err := p.menu(); err != nil {
		return err
	}
	return p.navigation()
}

// titles fills in what the configuration has for interviews without title or
// footer; a footer can be switched off.
func (p *preparation) titles() {
	pg := &p.scr.Page
	pg.Title = orElse(pg.Title, p.configured("default title"))
	pg.ShortTitle = orElse(pg.ShortTitle, p.configured("default short title"))
	p.r.later(func() {
		if pg.Footer == "" {
			pg.Footer = screen.HTML(p.configured("global footer"))
		}
		switch pg.Footer {
		case "off", "Off", "OFF", "False":
			pg.Footer = ""
		}
	})
}

// color is that of buttons of a kind: the configuration's ("button colors"),
// else the usual one.
func (p *preparation) color(kind, usual string) string {
	v, _ := p.ev.Config("button colors")
	if d, ok := v.(*python.Dict); ok {
		if c, ok := d.GetStr(kind); ok {
			s, _ := python.StringOf(c)
			return orElse(s, usual)
		}
	}
	return usual
}

// commandColor is the colour of the button of a command, such as restart.
func (p *preparation) commandColor(command string) string {
	return p.color(strings.ReplaceAll(command, "_", " "), commandColor[command])
}

func (p *preparation) features() {
	f, pg := &p.sc.Interview.Features, &p.scr.Page
	pg.HideBar, pg.HideMenu = f.HideNavbar, f.HideStandardMenu
	pg.LeftAligned = f.Centered != nil && !*f.Centered
	pg.ShowProgress, pg.ShowPercentage = f.ProgressBar, f.ProgressPercentage
	pg.Progress = p.ev.Book().Progress
	if f.CheckinInterval > 0 {
		pg.CheckinInterval = f.CheckinInterval
	}
	if n := f.All.Get("send question data"); n != nil {
		pg.SendQuestionData = n.Truth()
	}
	style, _ := p.ev.Config("button style")
	pg.OutlineButtons = style == "outline"
	size, _ := p.ev.Config("button size")
	pg.ButtonSize, _ = size.(string)
	if v, ok := p.ev.Config("inverse navbar"); ok {
		pg.Inverse, _ = v.(bool)
	}
	if n := f.All.Get("inverse navbar"); n != nil {
		pg.Inverse = n.Truth()
	}
	if n := f.All.Get("wide side by side"); n != nil {
		pg.WideSideBySide = n.Truth()
	}
	for _, ref := range f.CSS {
		if url, err := p.ev.File(ref); err == nil {
			pg.Stylesheets = append(pg.Stylesheets, url)
		}
	}
	for _, ref := range f.JavaScript {
		if url, err := p.ev.File(ref); err == nil {
			pg.ScriptFiles = append(pg.ScriptFiles, url)
		}
	}
}

// menu reads the author's menu_items, a list of dictionaries with label and url.
func (p *preparation) menu() error {
	v, ok := p.sc.Answers.Get("menu_items")
	if !ok {
		return nil
	}
	return p.th.Each(v, func(v python.Value) error {
		d, ok := v.(*python.Dict)
		if !ok {
			return python.Errorf(python.ValueError, "menu_items must be a list of dictionaries with the keys label and url")
		}
		if hidden, ok := d.GetStr("hidden"); ok {
			if yes, err := p.th.Truth(hidden); err != nil || yes {
				return err
			}
		}
		label, ok := d.GetStr("label")
		if !ok {
			label, _ = d.GetStr("anchor")
		}
		text, err := p.th.Str(orNone(label))
		if err != nil {
			return err
		}
		url, _ := d.GetStr("url")
		address, _ := python.StringOf(orNone(url))
		p.r.later(func() {
			p.scr.Page.Menu = append(p.scr.Page.Menu, screen.MenuItem{Label: p.r.html(text, true), Text: p.r.plain(text), URL: address})
		})
		return nil
	})
}

// navigation shows the interview's sections as the session's nav object has
// them.
func (p *preparation) navigation() error {
	style := p.sc.Interview.Features.Navigation
	if style == "" {
		return nil
	}
	nav, ok := p.sc.Answers.Get("nav")
	if !ok {
		return nil
	}
	visible, err := p.th.CallMethod(nav, "visible")
	if err != nil {
		return err
	}
	if yes, err := p.th.Truth(visible); err != nil || !yes {
		return err
	}
	items, err := p.outline(nav)
	if err != nil || len(items) == 0 {
		return err
	}
	past, err := p.visited(nav)
	if err != nil {
		return err
	}
	declared := interview.Sections{Progressive: true}
	if o := p.sc.Interview.Outline(p.scr.Lang); o != nil {
		declared = *o
	}
	n := &screen.Nav{Horizontal: style == "horizontal"}
	n.Sections, err = p.sections(&declared, items, past)
	p.scr.Page.Nav = n
	return err
}

// outline reads the sections that nav knows: those declared, or those that
// set_sections() put in their place.
func (p *preparation) outline(nav python.Value) ([]interview.Section, error) {
	v, err := p.th.CallMethod(nav, "get_sections")
	if err != nil {
		return nil, err
	}
	return p.outlineItems(v)
}

func (p *preparation) outlineItems(v python.Value) ([]interview.Section, error) {
	var out []interview.Section
	err := p.th.Each(v, func(v python.Value) error {
		if text, ok := python.StringOf(v); ok {
			out = append(out, interview.Section{ID: text, Title: text})
			return nil
		}
		d, ok := v.(*python.Dict)
		if !ok {
			return python.Errorf(python.ValueError, "sections are texts and dictionaries")
		}
		var s interview.Section
		for k, v := range d.All() {
			key, _ := python.StringOf(k)
			title, plain := python.StringOf(v)
			var err error
			switch {
			case key == "subsections":
				s.Items, err = p.outlineItems(v)
			case plain:
				s.ID, s.Title = key, title
			default:
				s.ID, s.Title = key, key
				s.Items, err = p.outlineItems(v)
			}
			if err != nil {
				return err
			}
		}
		out = append(out, s)
		return nil
	})
	return out, err
}

// visited reads the sections that were seen and the current one from nav.
func (p *preparation) visited(nav python.Value) (map[string]bool, error) {
	past := map[string]bool{}
	v, err := p.th.GetAttr(nav, "past")
	if err != nil {
		return nil, err
	}
	err = p.th.Each(v, func(v python.Value) error {
		id, _ := python.StringOf(v)
		past[id] = true
		return nil
	})
	if err != nil {
		return nil, err
	}
	cur, err := p.th.GetAttr(nav, "current")
	if err != nil {
		return nil, err
	}
	if id, ok := python.StringOf(cur); ok {
		p.ev.Place().Section = id
	}
	return past, nil
}

func (p *preparation) sections(o *interview.Sections, items []interview.Section, past map[string]bool) ([]screen.Section, error) {
	var out []screen.Section
	for _, item := range items {
		sub, err := p.sections(o, item.Items, past)
		if err != nil {
			return nil, err
		}
		s := screen.Section{ID: item.ID, Text: item.Title, Label: p.r.html(python.NewStr(item.Title), true), Sub: sub,
			Current: item.ID == p.ev.Place().Section, Visited: past[item.ID]}
		for _, below := range sub {
			s.Open = s.Open || below.Current
		}
		s.Open = s.Open || s.Current || o.AutoOpen
		if (s.Visited || !o.Progressive) && interview.ValidName(item.ID) && p.sc.Interview.Offered(item.ID) {
			s.URL, err = p.ev.Link(evaluation.Link{Here: true, Action: item.ID, ForgetPrior: true})
			if err != nil {
				return nil, err
			}
		}
		out = append(out, s)
	}
	return out, nil
}

// Message makes the screen that message() asks for.
func Message(th *python.Thread, sc *Scene, m *evaluation.Message) (*screen.Screen, error) {
	b := *TemporaryBlock
	b.Question = &interview.Question{Kind: interview.Deadend}
	p := newPreparation(th, sc, &b)
	p.scr.Kind = screen.KindDeadend
	question := m.Question
	if question == nil {
		question = python.NewStr(p.word("Question not specified"))
	}
	p.scr.Question, p.scr.QuestionText = p.r.html(question, true), p.r.plain(question)
	p.scr.Subquestion = p.r.html(m.Subquestion, false)
	p.scr.Reload = m.Reload
	p.messageButtons(m)
	p.scr.Page.AllowBack = true
	p.scr.Page.CornerBack = true
	if err := p.page(); err != nil {
		return nil, err
	}
	p.identify()
	return p.scr, nil
}

// MessageButtons are the special buttons of a message: its own, else those
// that its show_... arguments ask for.
func MessageButtons(m *evaluation.Message) []evaluation.MessageButton {
	if m.DeadEnd {
		return nil
	}
	if len(m.Buttons) > 0 {
		return m.Buttons
	}
	yes := func(b *bool, otherwise bool) bool {
		if b == nil {
			return otherwise
		}
		return *b
	}
	var list []evaluation.MessageButton
	leave := yes(m.ShowLeave, false)
	if yes(m.ShowExit, !leave) {
		list = append(list, evaluation.MessageButton{Label: python.NewStr("Exit"), Command: "exit", URL: m.URL})
	}
	if leave {
		list = append(list, evaluation.MessageButton{Label: python.NewStr("Leave"), Command: "leave", URL: m.URL})
	}
	if yes(m.ShowRestart, true) {
		list = append(list, evaluation.MessageButton{Label: python.NewStr("Restart"), Command: "restart"})
	}
	return list
}

func (p *preparation) messageButtons(m *evaluation.Message) {
	list := MessageButtons(m)
	for i, b := range list {
		label := b.Label
		if len(m.Buttons) == 0 {
			label = python.NewStr(p.word(label.String()))
		}
		p.scr.Buttons = append(p.scr.Buttons, screen.Button{Kind: screen.Submit, ID: fmt.Sprintf("button-%d", i),
			Name: CommandInput, Value: fmt.Sprint(i), Label: p.r.html(label, true), Text: p.r.plain(label),
			Color: p.commandColor(b.Command), Special: b.Command, Skip: true})
	}
	if len(list) > 0 {
		p.scr.Kind = screen.KindMultipleChoice
		p.scr.Variety = screen.VarietyButtons
	}
}

// CommandInput is the name under which a special button is posted; its value
// is the number of the choice in the question.
const CommandInput = "_command"

// commandColor are the usual colours of special buttons.
var commandColor = map[string]string{
	"continue": "primary", "restart": "warning", "refresh": "primary", "signin": "info", "register": "primary",
	"exit": "danger", "logout": "danger", "exit_logout": "danger", "leave": "warning", "new_session": "primary",
}
