package ask

import (
	"fmt"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/language"
	"colloquy/engine/objects"
	"colloquy/engine/python"
	"colloquy/engine/screen"
)

// Prepare evaluates a question and returns it as a screen. A name that is
// missing surfaces as the error that seeks it. The block's own preludes are
// evaluated first, in the order of docassemble's questions: need, undefine,
// reconsider.
func Prepare(th *python.Thread, sc *Scene, b *interview.Block) (*screen.Screen, error) {
	p := newPreparation(th, sc, b)
	for _, step := range p.steps() {
		if err := step(); err != nil {
			return nil, err
		}
	}
	p.identify()
	return p.scr, nil
}

// steps are the parts of a question in the order in which they are evaluated.
func (p *preparation) steps() []func() error {
	return []func() error{
		p.preludes, p.section, p.heading, p.actionButtons, p.metadata, p.terms, p.around,
		p.labels, p.help, p.media, p.settings, p.inputs, p.documents, p.owners, p.page,
	}
}

// preparation is a question on its way to a screen.
type preparation struct {
	th  *python.Thread
	sc  *Scene
	ev  Engine
	b   *interview.Block
	q   *interview.Question
	scr *screen.Screen
	r   *renderer
	// waiting are texts of the help, rendered with the others.
	waiting   []*python.Str
	backLabel string
	// keep says that the form is going to be taken: what was offered is kept.
	keep bool
	// brief leaves out what only concerns looks.
	brief   bool
	kept    []draft
	rows    []collected
	offered []option
	said    map[plainRules]map[string]string
}

func newPreparation(th *python.Thread, sc *Scene, b *interview.Block) *preparation {
	sp := objects.Speaker(th)
	scr := &screen.Screen{Language: b.Language, Lang: sp.Lang, RTL: language.RightToLeft(sp.Lang), Words: sp.Phrases()}
	return &preparation{th: th, sc: sc, ev: sc.Evaluation, b: b, q: b.Question, scr: scr,
		r: newRenderer(th, sc, scr), said: map[plainRules]map[string]string{}}
}

func (p *preparation) preludes() error {
	if err := p.evaluate(p.b.Need.Pre); err != nil {
		return err
	}
	for _, name := range p.b.Undefine {
		if _, err := evaluation.Delete(p.th, name); err != nil {
			return err
		}
	}
	for _, name := range p.b.Reconsider {
		if err := p.ev.Reconsider(p.th, name); err != nil {
			return err
		}
	}
	return nil
}

func (p *preparation) evaluate(codes []*interview.Code) error {
	for _, c := range codes {
		if _, err := c.Run(p.th, p.sc.Answers); err != nil {
			return err
		}
	}
	return nil
}

func (p *preparation) section() error {
	if p.q.Section == nil {
		return nil
	}
	text, err := p.text(p.q.Section)
	if err != nil {
		return err
	}
	p.ev.Place().Section = strings.TrimSpace(text)
	if nav, ok := p.sc.Answers.Get("nav"); ok && p.sc.Interview.Features.Navigation != "" {
		_, err = p.th.CallMethod(nav, "set_section", python.NewStr(p.ev.Place().Section))
	}
	return err
}

func (p *preparation) heading() (err error) {
	// Terms colour the texts, so they are known before the texts are rendered;
	// Mako in them is evaluated in its documented place.
	question, err := p.str(p.q.Text)
	if err != nil {
		return err
	}
	if p.q.Breadcrumb != nil {
		if err := p.breadcrumb(); err != nil {
			return err
		}
	}
	sub, err := p.str(p.q.Subquestion)
	if err != nil {
		return err
	}
	if err := p.tabular(); err != nil {
		return err
	}
	p.r.later(func() {
		p.scr.Question = p.r.html(question, true)
		p.scr.QuestionText = p.r.plain(question)
		p.scr.Subquestion = p.r.body(sub)
	})
	return nil
}

func (p *preparation) breadcrumb() error {
	text, err := p.text(p.q.Breadcrumb)
	if err != nil {
		return err
	}
	stack := p.ev.Book().Stacks[p.ev.Visitor().Stack]
	if len(stack) > 0 {
		stack[0].Breadcrumb = text
	}
	return nil
}

func (p *preparation) tabular() error {
	if p.q.Tabular == nil {
		return nil
	}
	p.scr.Tabular = "table table-borderless"
	if p.q.Tabular.Class == nil {
		return nil
	}
	class, err := p.text(p.q.Tabular.Class)
	p.scr.Tabular = class
	return err
}

func (p *preparation) actionButtons() error {
	if p.q.ActionsCode != nil {
		return p.actionsFromCode()
	}
	for _, a := range p.q.Actions {
		if err := p.actionButton(a); err != nil {
			return err
		}
	}
	return nil
}

func (p *preparation) actionButton(a *interview.ActionButton) error {
	if a.ShowIf != nil {
		if ok, err := p.truth(a.ShowIf); err != nil || !ok {
			return err
		}
	}
	label, err := p.str(a.Label)
	if err != nil {
		return err
	}
	args := map[string]python.Value{}
	for _, arg := range a.Arguments {
		if args[arg.Name], err = NodeValue(p.th, p.sc.Answers, arg.Value); err != nil {
			return err
		}
	}
	spec := actionSpec{args: args, forget: a.ForgetPrior}
	err = p.texts([]textTo{{a.Action, &spec.action}, {a.Color, &spec.color}, {a.NewWindow, &spec.window},
		{a.Icon, &spec.icon}, {a.Placement, &spec.placement}, {a.CSSClass, &spec.class}})
	if err != nil {
		return err
	}
	return p.addAction(label, spec)
}

type actionSpec struct {
	action, color, window, icon, placement, class string
	args                                          map[string]python.Value
	forget                                        bool
}

func (p *preparation) addAction(label *python.Str, a actionSpec) error {
	btn := screen.Button{Kind: screen.Action, Color: orElse(a.color, "primary"), Icon: a.icon, Class: a.class,
		Before: a.placement == "before", Action: a.action, Forget: a.forget}
	switch a.window {
	case "":
	case "True":
		btn.Target = "_blank"
	case "False":
		btn.Target = "_self"
	default:
		btn.Target = a.window
	}
	if isAddress(a.action) {
		btn.Kind, btn.URL = screen.Link, a.action
	} else {
		url, err := p.ev.Link(evaluation.Link{Here: true, Action: a.action, Arguments: a.args, ForgetPrior: a.forget})
		if err != nil {
			return err
		}
		btn.URL = url
	}
	n := len(p.scr.ActionButtons)
	p.scr.ActionButtons = append(p.scr.ActionButtons, btn)
	p.r.later(func() {
		p.scr.ActionButtons[n].Label = p.r.html(label, true)
		p.scr.ActionButtons[n].Text = p.r.plain(label)
	})
	return nil
}

func isAddress(s string) bool {
	for _, start := range []string{"http://", "https://", "/", "?", "javascript:"} {
		if strings.HasPrefix(s, start) {
			return true
		}
	}
	return false
}

// actionsFromCode reads a list of dictionaries with the keys of action buttons.
func (p *preparation) actionsFromCode() error {
	v, err := p.q.ActionsCode.Run(p.th, p.sc.Answers)
	if err != nil {
		return err
	}
	return p.th.Each(v, func(v python.Value) error {
		d, ok := v.(*python.Dict)
		if !ok {
			return python.Errorf(python.ValueError, "action buttons: each item must be a dictionary")
		}
		get := func(key string) string {
			v, ok := d.GetStr(key)
			if !ok || v == python.Value(python.None) {
				return ""
			}
			s, err := p.th.Str(v)
			if err != nil {
				return ""
			}
			return s.String()
		}
		label, _ := d.GetStr("label")
		text, err := p.th.Str(orNone(label))
		if err != nil {
			return err
		}
		args := map[string]python.Value{}
		if a, ok := d.GetStr("arguments"); ok {
			if m, ok := a.(*python.Dict); ok {
				for k, v := range m.All() {
					name, _ := python.StringOf(k)
					args[name] = v
				}
			}
		}
		return p.addAction(text, actionSpec{action: get("action"), color: get("color"), window: get("new_window"),
			icon: get("icon"), placement: get("placement"), class: get("css_class"), args: args,
			forget: get("forget_prior") == "True"})
	})
}

func orNone(v python.Value) python.Value {
	if v == nil {
		return python.None
	}
	return v
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func (p *preparation) metadata() error {
	if p.q.Metadata == nil {
		return nil
	}
	v, err := NodeValue(p.th, p.sc.Answers, p.q.Metadata)
	if err != nil {
		return err
	}
	p.scr.Metadata, err = plainData(p.th, v)
	return err
}

// settings are the switches of a question.
func (p *preparation) settings() error {
	back, err := p.cond(p.q.PreventGoingBack, false)
	if err != nil {
		return err
	}
	f := &p.sc.Interview.Features
	p.scr.Page.AllowBack = !back
	p.scr.Page.CornerBack = f.NavigationBackButton == nil || *f.NavigationBackButton
	inside := f.QuestionBackButton
	if p.q.BackButton.Set && !p.q.BackButton.Null {
		if inside, err = p.cond(p.q.BackButton, inside); err != nil {
			return err
		}
	}
	if inside {
		p.scr.BackButton = &screen.Back{Label: p.backLabel, Color: orElse(p.partText("back button color"), p.color("back", ""))}
	}
	p.scr.HelpButton = f.QuestionHelpButton
	p.scr.LabelsAbove = f.LabelsAbove
	p.scr.Autofill = true
	p.scr.CheckIn = p.q.CheckIn
	return p.reload()
}

// reload reads the seconds until the screen is asked for again: at least 4,
// and 10 if the author only says yes.
func (p *preparation) reload() error {
	if p.q.Reload == nil {
		return nil
	}
	text, err := p.text(p.q.Reload)
	if err != nil {
		return err
	}
	switch strings.TrimSpace(text) {
	case "True", "true", "":
		p.scr.Reload = 10
		return nil
	case "False", "false", "None":
		return nil
	}
	n := 0
	for _, r := range text {
		if r >= '0' && r <= '9' && n < 1<<20 {
			n = n*10 + int(r-'0')
		}
	}
	p.scr.Reload = max(n, 4)
	return nil
}

// owners evaluates the objects whose attributes the fields are, so that they
// exist when the form arrives.
func (p *preparation) owners() error {
	seen := map[string]bool{}
	names := make([]string, 0, len(p.q.Fields)+2)
	for _, f := range p.q.Fields {
		if f.Kind == interview.Input {
			names = append(names, f.Variable.Text)
		}
	}
	if p.q.Variable != nil {
		names = append(names, p.q.Variable.Text)
	}
	if p.q.Continue != nil {
		names = append(names, p.q.Continue.Text)
	}
	for _, name := range names {
		path, ok := p.ev.Paths().Parse(name)
		if !ok || path.Plain() || seen[path.Prefix()] || p.scr.Rows != nil && strings.HasPrefix(name, p.q.ListCollect.List) {
			continue
		}
		seen[path.Prefix()] = true
		if _, err := path.Owner(p.th, p.sc.Answers); err != nil {
			return err
		}
	}
	return nil
}

// identify says which block the screen is of.
func (p *preparation) identify() {
	p.scr.Block = screen.Block{Name: p.b.Name, ID: p.b.ID, Mandatory: p.b.Mandatory.Set, Source: p.b.Source}
	if p.sc.Asked != nil && p.sc.Asked.Sought != "" {
		p.scr.Block.Events = []string{p.sc.Asked.Sought}
	}
	if p.q.Continue != nil && p.q.Kind == interview.Review {
		p.scr.Block.Variable = p.q.Continue.Text
	}
	p.scr.Session.Tracker = int(p.ev.Book().Tracker)
	p.r.finish()
	if len(p.scr.Buttons) == 0 {
		p.scr.Submit = "" // it is about buttons
	}
}

// Evaluating texts and conditions.

func (p *preparation) str(t *interview.Text) (*python.Str, error) {
	if t == nil {
		return python.NewStr(""), nil
	}
	return t.In(p.scr.Lang).Render(p.th, p.sc.Answers)
}

func (p *preparation) text(t *interview.Text) (string, error) {
	s, err := p.str(t)
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(s.String()), nil
}

// textTo is a text and where its words go.
type textTo struct {
	text *interview.Text
	to   *string
}

// texts renders several texts in order, stopping at the first that fails; what
// is absent leaves its place as it is.
func (p *preparation) texts(list []textTo) (err error) {
	for _, t := range list {
		if t.text == nil {
			continue
		}
		if *t.to, err = p.text(t.text); err != nil {
			return err
		}
	}
	return nil
}

func (p *preparation) truth(c *interview.Code) (bool, error) {
	v, err := c.Run(p.th, p.sc.Answers)
	if err != nil {
		return false, err
	}
	return p.th.Truth(v)
}

func (p *preparation) cond(c interview.Cond, otherwise bool) (bool, error) {
	if !c.Set {
		return otherwise, nil
	}
	if v, ok := c.Static(); ok {
		return v, nil
	}
	return p.truth(c.Code)
}

func (p *preparation) word(phrase string) string { return p.r.word(phrase) }

// failed names the field in the message of an error of author code in it.
func failed(f *interview.Field, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("in field %d (%s): %w", f.Number, f.Pos, err)
}
