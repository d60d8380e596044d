package ask

import (
	"maps"
	"strconv"
	"strings"

	"colloquy/engine/screen"
)

// usualMessages are what is said when a rule is broken, by the keys under which
// authors replace them (docassemble's "validation messages").
var usualMessages = map[string]string{
	"required": "This field is required.", "multiple choice required": "You need to select one.",
	"combobox required":   "You need to select one or type in a new value.",
	"checkboxes required": "Check at least one option, or check “%s”",
	"minlength":           "You must type at least %s characters.", "maxlength": "You cannot type more than %s characters.",
	"checkbox minlength": "Please select at least %s.", "checkbox maxlength": "Please select no more than %s.",
	"checkbox minmaxlength": "Please select exactly %s.", "multiselect minlength": "Please select at least %s.",
	"multiselect maxlength": "Please select no more than %s.", "multiselect minmaxlength": "Please select exactly %s.",
	"date": "You need to enter a valid date.", "time": "You need to enter a valid time.",
	"datetime": "You need to enter a valid date and time.",
	"date min": "You need to enter a date on or after %s.", "date max": "You need to enter a date on or before %s.",
	"date minmax": "You need to enter a date between %s and %s.", "time min": "You need to enter a time at or after %s.",
	"time max": "You need to enter a time at or before %s.", "time minmax": "You need to enter a time between %s and %s.",
	"datetime min":    "You need to enter a date and time on or after %s.",
	"datetime max":    "You need to enter a date and time on or before %s.",
	"datetime minmax": "You need to enter a date and time between %s and %s.",
	"email":           "You need to enter a complete e-mail address.", "number": "You need to enter a number.",
	"integer": "Please enter a whole number.", "step": "Please enter a multiple of {0}.",
	"min": "You need to enter a number that is at least %s.", "max": "You need to enter a number that is at most %s.",
	"file required": "You must provide a file.", "accept": "Please upload a file with a valid file format.",
	"maxuploadsize": "Your file upload is larger than the server can accept. Please reduce the size of your file upload.",
}

// Messages are what is said when a rule is broken, by the keys under which
// authors replace them.
func Messages() map[string]string { return maps.Clone(usualMessages) }

// message says what is wrong: in the field's words, the interview's, or the
// usual ones.
func (p *preparation) message(d *draft, rule string, values ...string) string {
	text, ok := p.replaced(d, rule)
	switch {
	case ok:
	case rule == "combobox required" && d.out.Control() == screen.ControlAjax: // nothing new can be typed in
		text = p.word(usualMessages["multiple choice required"])
	default:
		text = p.word(usualMessages[rule])
	}
	for _, v := range values {
		text = strings.Replace(text, "%s", v, 1)
	}
	return text
}

// replaced is what the author says in place of the usual message: of a field,
// also under the rule's last word.
func (p *preparation) replaced(d *draft, rule string) (text string, ok bool) {
	if text, ok = d.own[rule]; ok {
		return text, true
	}
	if text, ok = d.own[rule[strings.LastIndexByte(rule, ' ')+1:]]; ok {
		return text, true
	}
	for _, lang := range []string{p.scr.Lang, "*"} {
		if text, ok = p.sc.Interview.Messages[lang][rule]; ok {
			return text, true
		}
	}
	return "", false
}

func (r *receiver) message(d *draft, _ *screen.Field, rule string, values ...string) string {
	return r.p.message(d, rule, values...)
}

// rules writes down what the browser may check by itself, with what it is to say.
func (p *preparation) rules(d *draft) error {
	f := d.out
	plain := plainRules{d.field.Datatype, f.Input, f.Control()}
	usual := plain.apply(d)
	if usual {
		if f.Messages = p.said[plain]; f.Messages != nil {
			return nil
		}
	}
	f.Messages = map[string]string{}
	if usual {
		p.said[plain] = f.Messages
	}
	say := func(name, rule string, values ...string) { f.Messages[name] = p.message(d, rule, values...) }
	if f.NoneOf != nil && manyChoices(d.field.Datatype) && f.Control() != screen.ControlMultiselect {
		say("checkatleast", "checkboxes required", f.NoneOf.Text)
	}
	if !manyChoices(d.field.Datatype) {
		say("required", requiredRule(f))
	}
	if f.UncheckOthers != nil {
		text, err := p.str(d.field.Label)
		if err != nil {
			return err
		}
		say("uncheckothers", "checkboxes required", text.String())
	}
	p.lengthRules(d, say)
	p.typeRules(d, say)
	return nil
}

// plainRules are those of a field without limits and messages of its own: all
// such fields of a screen share what they say.
type plainRules struct {
	datatype, input string
	control         screen.Control
}

// apply reports whether a field has no other rules than these.
func (plainRules) apply(d *draft) bool {
	f := d.out
	return d.own == nil && d.field.Step == nil && f.NoneOf == nil && f.UncheckOthers == nil && f.MinLen == 0 && f.MaxLen == 0 &&
		f.Min == "" && f.Max == "" && f.Accept == ""
}

func (p *preparation) lengthRules(d *draft, say func(name, rule string, values ...string)) {
	f, n := d.out, strconv.Itoa
	kind := ""
	switch {
	case f.Control() == screen.ControlMultiselect:
		kind = "multiselect "
	case manyChoices(d.field.Datatype):
		kind = "checkbox "
	}
	switch {
	case kind != "" && f.MinLen > 0 && f.MinLen == f.MaxLen:
		say("checkexactly", kind+"minmaxlength", n(f.MaxLen))
		return
	case kind != "" && f.MinLen > 0:
		say("checkatleast", kind+"minlength", n(f.MinLen))
	case f.MinLen > 0:
		say("minlength", "minlength", n(f.MinLen))
	}
	switch {
	case kind != "" && f.MaxLen > 0:
		say("checkatmost", kind+"maxlength", n(f.MaxLen))
	case f.MaxLen > 0:
		say("maxlength", "maxlength", n(f.MaxLen))
	}
}

func (p *preparation) typeRules(d *draft, say func(name, rule string, values ...string)) {
	f := d.out
	switch d.field.Datatype {
	case "integer", "number", "float", "currency":
		say("number", "number")
		if f.Min != "" {
			say("min", "min", f.Min)
		}
		if f.Max != "" {
			say("max", "max", f.Max)
		}
		if d.field.Step != nil {
			say("step", "step")
		} else if d.field.Datatype == "integer" {
			say("step", "integer")
		}
	case "date", "time", "datetime":
		say(d.field.Datatype, d.field.Datatype)
		p.dateRules(d, say)
	case "email":
		say("email", "email")
	}
	if f.Control() == screen.ControlFile {
		say("max", "maxuploadsize")
		if f.Accept != "" {
			say("accept", "accept")
		}
	}
}

func (p *preparation) dateRules(d *draft, say func(name, rule string, values ...string)) {
	f, kind := d.out, d.field.Datatype
	low, high := p.shownDate(f.Min, kind), p.shownDate(f.Max, kind)
	switch {
	case f.Min != "" && f.Max != "":
		say("minmax", kind+" minmax", low, high)
	case f.Min != "":
		say("min", kind+" min", low)
	case f.Max != "":
		say("max", kind+" max", high)
	}
}
