package ask

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/markup"
	"colloquy/engine/python"
	"colloquy/engine/screen"
)

// Encode is the name under which a variable is posted: base64 without padding.
func Encode(variable string) string {
	return base64.RawStdEncoding.EncodeToString([]byte(variable))
}

// Variable is the variable that an input is posted for, or the input's name if
// that is not Encode's.
func Variable(input string) string {
	b, err := base64.RawStdEncoding.DecodeString(input)
	if err != nil || !utf8.Valid(b) || strings.ContainsFunc(string(b), unicode.IsControl) {
		return input
	}
	return string(b)
}

// Alias is the posted name of a field that shares its variable with others.
func Alias(number string) string { return Encode("_field_" + number) }

// ChoiceInput is the posted name of a choice that leads to a block.
var ChoiceInput = Encode("_multiple_choice")

var kinds = map[interview.QuestionKind]screen.Kind{
	interview.Deadend: screen.KindDeadend, interview.SetTrue: screen.KindContinue, interview.YesNo: screen.KindYesNo,
	interview.NoYes: screen.KindNoYes, interview.YesNoMaybe: screen.KindYesNoMaybe, interview.NoYesMaybe: screen.KindNoYesMaybe,
	interview.MultipleChoice: screen.KindMultipleChoice, interview.Fields: screen.KindFields,
	interview.Signature: screen.KindSignature, interview.Review: screen.KindReview,
}

// inputs makes what the person fills in or presses.
func (p *preparation) inputs() error {
	p.scr.Kind = kinds[p.q.Kind]
	switch p.q.Kind {
	case interview.Deadend:
		return nil
	case interview.SetTrue:
		return p.continueButton(p.q.Continue.Text)
	case interview.YesNo, interview.NoYes, interview.YesNoMaybe, interview.NoYesMaybe:
		return p.yesNo()
	case interview.MultipleChoice:
		return p.multipleChoice()
	case interview.Signature:
		return p.signature()
	case interview.Review:
		return p.review()
	}
	return p.fields()
}

// continueButton is the button that sends the form; name is what it sets to
// True, "" for nothing.
func (p *preparation) continueButton(name string) error {
	label, err := p.caption(p.q.Labels.Continue, "continue button label", "Continue")
	if err != nil {
		return err
	}
	color, err := p.partLine("continue button color", p.q.Labels.ContinueColor)
	if err != nil {
		return err
	}
	hide, err := p.cond(p.q.HideContinue, false)
	if err != nil {
		return err
	}
	disable, err := p.cond(p.q.DisableContinue, false)
	if err != nil {
		return err
	}
	btn := screen.Button{Kind: screen.Submit, ID: "continue", Color: orElse(color, p.color("continue", "primary")), Disabled: disable}
	if hide {
		btn.Class = "hidden"
	}
	if name != "" {
		btn.Name, btn.Value, btn.Variable = Encode(name), "True", name
	}
	n := len(p.scr.Buttons)
	p.scr.Buttons = append(p.scr.Buttons, btn)
	p.r.later(func() {
		p.scr.Buttons[n].Label, p.scr.Buttons[n].Text = p.r.html(label, true), p.r.plain(label)
	})
	return nil
}

// extraContinue carries the continue button field of a question that has
// other inputs.
func (p *preparation) extraContinue() {
	if p.q.Continue != nil && p.q.Kind != interview.SetTrue {
		p.scr.Hidden = append(p.scr.Hidden, screen.Hidden{Name: Encode(p.q.Continue.Text), Value: "True"})
	}
}

func (p *preparation) yesNo() error {
	values := []string{"True", "False", "None"}
	if p.q.Kind == interview.NoYes || p.q.Kind == interview.NoYesMaybe {
		values[0], values[1] = values[1], values[0]
	}
	words, colors := []string{"Yes", "No", "I don't know"}, []string{p.color("answer yes", "primary"), p.color("answer no", "secondary"), p.color("answer maybe", "warning")}
	n := 2
	if p.q.Kind == interview.YesNoMaybe || p.q.Kind == interview.NoYesMaybe {
		n = 3
	}
	for i := range n {
		text := p.word(words[i])
		p.scr.Buttons = append(p.scr.Buttons, screen.Button{Kind: screen.Submit, ID: "answer-" + strconv.Itoa(i),
			Name: Encode(p.q.Variable.Text), Variable: p.q.Variable.Text, Value: values[i], JSONValue: jsonTruth(values[i]),
			Label: p.r.html(python.NewStr(text), true), Text: text, Color: colors[i]})
	}
	p.extraContinue()
	return nil
}

func jsonTruth(s string) any {
	switch s {
	case "True":
		return true
	case "False":
		return false
	}
	return nil
}

func (p *preparation) signature() error {
	required := true
	if p.q.Required.Set {
		var err error
		if required, err = p.cond(p.q.Required, true); err != nil {
			return err
		}
	}
	color := ""
	if p.q.PenColor != nil {
		var err error
		if color, err = p.text(p.q.PenColor); err != nil {
			return err
		}
	}
	p.scr.PenColor = orElse(color, "#000")
	p.scr.Fields = []screen.Field{{ID: "field-0", Number: "0", Name: Encode(p.q.Variable.Text), Variable: p.q.Variable.Text,
		Datatype: "signature", NoLabel: true, Required: required, Messages: map[string]string{
			"required": p.word("You must sign your name to continue.")}}}
	p.scr.Fields[0].Value = p.signed()
	p.extraContinue()
	return p.continueButton("")
}

// signed is the address of the signature that the variable holds already, to
// begin with, or "".
func (p *preparation) signed() string {
	v, ok := evaluation.Find(p.th, p.q.Variable.Text)
	if !ok || p.sc.Markup == nil || p.sc.Markup.Files == nil {
		return ""
	}
	file, ok := v.(*python.Instance)
	if !ok {
		return ""
	}
	number, ok := file.Attrs.Get("number")
	if !ok {
		return ""
	}
	n, ok := python.IntOf(number)
	if !ok {
		return ""
	}
	picture, ok := p.sc.Markup.Files.File(markup.FileRef{Ref: strconv.FormatInt(int64(n), 10)})
	if !ok {
		return ""
	}
	return picture.URL
}

// multipleChoice is a question with one list of choices: radios, a list, or a
// row of buttons; the choices set a variable, lead to blocks, or are commands.
func (p *preparation) multipleChoice() error {
	ch := p.q.Choices
	name, variable := ChoiceInput, ""
	if p.q.Variable != nil {
		variable = p.q.Variable.Text
		name = Encode(variable)
	}
	opts, err := p.choices(ch, nil)
	if err != nil {
		return err
	}
	p.offered = opts
	if len(opts) == 0 && ch.As != interview.AsCombobox && variable != "" {
		return p.nothingToChoose([]emptied{{variable, ""}})
	}
	p.scr.Variety = map[interview.Presentation]string{interview.AsRadio: screen.VarietyRadio, interview.AsButtons: screen.VarietyButtons,
		interview.AsDropdown: screen.VarietyDropdown, interview.AsCombobox: screen.VarietyCombobox}[ch.As]
	p.extraContinue()
	if ch.As == interview.AsButtons {
		p.choiceButtons(name, variable, ch.Datatype, opts)
		return nil
	}
	f := screen.Field{ID: "field-0", Number: "0", Name: name, Variable: variable, Datatype: ch.Datatype, NoLabel: true, Required: true, Shuffle: ch.Shuffle}
	if f.Datatype == "text" {
		f.Datatype = ""
	}
	f.Input = map[interview.Presentation]string{interview.AsRadio: "radio", interview.AsDropdown: "dropdown", interview.AsCombobox: "combobox"}[ch.As]
	f.Messages = map[string]string{"required": p.message(&draft{out: &f}, requiredRule(&f))}
	current, err := p.current(variable, ch.Default)
	if err != nil {
		return err
	}
	p.selectOne(&f, opts, current)
	p.drawChoices(&f, opts)
	p.scr.Fields = []screen.Field{f}
	return p.continueButton("")
}

func (p *preparation) choiceButtons(name, variable, datatype string, opts []option) {
	for i, o := range opts {
		btn := screen.Button{Kind: screen.Submit, ID: fmt.Sprintf("choice-%d", i), Name: name, Value: o.value, Variable: variable,
			Color: orElse(o.color, "primary"), Class: o.class, Image: o.image, Special: o.command, Default: o.isDefault}
		if o.command != "" {
			btn.Name, btn.Skip = CommandInput, true
			btn.Color = orElse(o.color, p.commandColor(o.command))
		}
		if variable == "" {
			btn.Value = strconv.Itoa(o.index)
		}
		if b, ok := o.key.(python.Bool); ok {
			btn.JSONValue = bool(b)
		} else if datatype == "boolean" || datatype == "threestate" {
			btn.JSONValue = jsonTruth(o.value)
		}
		if btn.Image != nil && o.color == "" {
			btn.Color = "light"
		}
		p.scr.Buttons = append(p.scr.Buttons, btn)
		p.r.later(func() {
			b := &p.scr.Buttons[i]
			b.Label, b.Text, b.Help = p.r.html(o.label, true), p.r.plain(o.label), p.r.html(o.help, false)
			b.Written = written(o.label)
		})
	}
}

// emptied is a variable whose list of choices is empty.
type emptied struct{ variable, datatype string }

// nothingToChoose sets the variables of a screen that has nothing to offer.
func (p *preparation) nothingToChoose(vars []emptied) error {
	for _, e := range vars {
		v, err := emptyChoice(p.th, e.datatype, evaluation.Intrinsic(p.th, e.variable))
		if err != nil {
			return err
		}
		if err := evaluation.Write(p.th, e.variable, v); err != nil {
			return err
		}
	}
	if p.q.Continue != nil {
		if err := evaluation.Write(p.th, p.q.Continue.Text, python.True); err != nil {
			return err
		}
	}
	return ErrNothingToAsk
}

// emptyChoice is the value of a field with nothing to choose from.
func emptyChoice(th *python.Thread, datatype, name string) (python.Value, error) {
	class := ""
	switch datatype {
	case "checkboxes", "multiselect":
		class = "DADict"
	case "object_checkboxes", "object_multiselect":
		class = "DAList"
	default:
		return python.None, nil
	}
	return newGroup(th, class, name)
}

// newGroup makes a group that is gathered and does not gather by itself.
func newGroup(th *python.Thread, class, name string) (python.Value, error) {
	return evaluation.CallLibrary(th, class, []python.Value{python.NewStr(name)},
		python.Kwarg{Name: "auto_gather", Value: python.False}, python.Kwarg{Name: "gathered", Value: python.True})
}
