package question

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"colloquy/engine/screen"
	"colloquy/views"
)

// heading is the id of a screen's heading.
const heading = "daMainQuestion"

func raw(h screen.HTML) templ.Component { return templ.Raw(string(h)) }

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// sizeClass is the class of a button by its size.
var sizeClass = map[string]string{"large": " btn-lg", "small": " btn-sm"}

// buttonClass is the look of a button of a colour that authors may name.
func buttonClass(s *screen.Screen, b *screen.Button, main bool) string {
	color := first(b.Color, "primary")
	if s.Page.OutlineButtons && color != "link" && !strings.HasPrefix(color, "outline-") {
		color = "outline-" + color
	}
	class := "btn btn-" + color + sizeClass[s.Page.ButtonSize]
	if main {
		class += " btn-main"
	}
	if b.Image != nil {
		class += " btn-image"
	}
	if b.Class != "" {
		class += " " + b.Class
	}
	return class
}

// iconClass turns an icon's name as authors write it into its classes:
// "coffee", "fa-coffee" or, with a style, "fab-fa-github".
func iconClass(name string) string {
	name = strings.TrimSpace(name)
	if strings.ContainsAny(name, " ") {
		return name
	}
	style := "fa-solid"
	if s, rest, ok := strings.Cut(name, "-fa-"); ok {
		switch s {
		case "fab":
			style = "fa-brands"
		case "far":
			style = "fa-regular"
		}
		name = rest
	}
	return style + " fa-" + strings.TrimPrefix(name, "fa-")
}

// control is the base of every control's attributes.
func control(s *screen.Screen, f *screen.Field) templ.Attributes {
	a := templ.Attributes{"id": f.ID, "name": f.Name}
	if f.Required {
		a["required"] = true
	}
	if f.Disabled {
		a["disabled"] = true
	}
	if f.Error != "" {
		a["aria-invalid"] = "true"
	}
	if d := f.DescribedBy(); d != "" {
		a["aria-describedby"] = d
	}
	switch {
	case f.Embedded:
		a["aria-label"] = first(f.LabelText, s.QuestionText)
		a["title"] = f.LabelText
	case f.NoLabel || f.Label == "":
		a["aria-labelledby"] = heading
	}
	if f.Class != "" {
		a["class"] = f.Class
	}
	for k, v := range f.Params {
		a["data-"+attributeName(k)] = v
	}
	return a
}

// attributeName makes a parameter's name fit for an attribute.
func attributeName(parameter string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' {
			return r
		}
		return '-'
	}, strings.ToLower(parameter))
}

// typed adds what belongs to controls one types in.
func typed(s *screen.Screen, f *screen.Field) templ.Attributes {
	a := control(s, f)
	class, _ := a["class"].(string)
	a["class"] = strings.TrimSpace("input " + class)
	if f.Hint != "" {
		a["placeholder"] = f.Hint
	}
	if floats(f) {
		a["placeholder"] = " " // styles know by it that nothing was typed
	}
	if f.MinLen > 0 {
		a["minlength"] = strconv.Itoa(f.MinLen)
	}
	if f.MaxLen > 0 {
		a["maxlength"] = strconv.Itoa(f.MaxLen)
	}
	if f.Autocomplete != "" {
		a["autocomplete"] = f.Autocomplete
	} else if !s.Autofill {
		a["autocomplete"] = "off"
	}
	if f.Embedded && f.InlineWidth != "" {
		a["style"] = "min-width: " + f.InlineWidth
	}
	if say := said(f); say != "" {
		a["data-say"] = say
	}
	return a
}

// input is the attributes of an <input> of the field's kind.
func input(s *screen.Screen, f *screen.Field) templ.Attributes {
	a := typed(s, f)
	a["value"] = f.Value
	a["type"] = "text"
	switch f.Control() {
	case screen.ControlNumber, screen.ControlCurrency:
		a["inputmode"] = "decimal"
		if f.Datatype == "integer" {
			a["inputmode"] = "numeric"
		}
		a["class"] = a["class"].(string) + " input-number"
		limits(a, f, "data-")
	case screen.ControlEmail:
		a["type"] = "email"
		a["autocomplete"] = first(f.Autocomplete, "email")
	case screen.ControlPassword:
		a["type"] = "password"
		a["autocomplete"] = first(f.Autocomplete, "new-password")
	case screen.ControlDate:
		a["type"] = "date"
		limits(a, f, "")
	case screen.ControlTime:
		a["type"] = "time"
		limits(a, f, "")
	case screen.ControlDatetime:
		a["type"] = "datetime-local"
		limits(a, f, "")
	case screen.ControlRange:
		a["type"] = "range"
		a["class"] = "range"
		a["step"] = first(f.Step, "1")
		if f.Scale == "logarithmic" {
			a["data-scale"] = f.Scale
		}
		limits(a, f, "")
	case screen.ControlCombobox, screen.ControlDatalist, screen.ControlAjax:
		listed(a, f)
	}
	return a
}

// said are the messages of the rules that our script checks when a field is
// left, as JSON by the script's names for them; "" if it checks none.
func said(f *screen.Field) string {
	say := map[string]string{}
	for rule, keys := range map[string][]string{
		"bad": {"date", "time", "datetime", "email"}, "min": {"min", "minmax"}, "max": {"max", "minmax"}, "short": {"minlength"},
	} {
		for _, key := range keys {
			if m := f.Messages[key]; m != "" {
				say[rule] = m
			}
		}
	}
	if len(say) == 0 || f.Control() == screen.ControlRange {
		return ""
	}
	b, err := json.Marshal(say)
	if err != nil {
		return ""
	}
	return string(b)
}

// limits adds min, max and step.
func limits(a templ.Attributes, f *screen.Field, prefix string) {
	for key, v := range map[string]string{"min": f.Min, "max": f.Max, "step": f.Step} {
		if v != "" {
			a[prefix+key] = v
		}
	}
}

// listed adds what belongs to inputs with suggestions.
func listed(a templ.Attributes, f *screen.Field) {
	a["list"] = f.ID + "-list"
	a["autocomplete"] = "off"
	for _, c := range f.Choices {
		if c.Selected && f.Control() == screen.ControlCombobox {
			a["value"] = c.Text
		}
	}
	if f.Control() != screen.ControlDatalist {
		a["data-by-label"] = true
	}
	if f.Ajax != nil {
		a["data-ajax"] = f.Ajax.URL
		a["data-trigger"] = strconv.Itoa(max(f.Ajax.Trigger, 2))
	}
}

func file(s *screen.Screen, f *screen.Field) templ.Attributes {
	a := control(s, f)
	if len(f.Held) > 0 {
		delete(a, "required")
	}
	a["type"] = "file"
	a["class"] = strings.TrimSpace("file " + f.FileClass + " " + f.Class)
	if accept := f.Accepts(); accept != "" {
		a["accept"] = accept
	}
	if f.Multiple {
		a["multiple"] = true
	}
	if f.Capture != "" {
		a["capture"] = f.Capture
	}
	if f.MaxImageSize > 0 {
		a["data-max-image-size"] = strconv.Itoa(f.MaxImageSize)
		a["data-image-type"] = f.ImageType
	}
	return a
}

// when writes a field's conditions for our script.
func when(f *screen.Field) string {
	type condition struct {
		ID       string   `json:"id"`
		Effect   string   `json:"effect"`
		Variable string   `json:"variable,omitempty"`
		Value    string   `json:"value"`
		Script   bool     `json:"script,omitempty"`
		Vars     []string `json:"vars,omitempty"`
	}
	var all []condition
	for _, c := range f.Conditions {
		all = append(all, condition{c.ID, string(c.Effect), c.Variable, c.Value, c.Script != "", c.Vars})
	}
	b, err := json.Marshal(all)
	if err != nil {
		return "[]" // strings and flags always marshal
	}
	return string(b)
}

// others writes which fields a field acts upon: "*" or variables in JSON.
func others(o *screen.Others) string {
	if o.All {
		return "*"
	}
	b, err := json.Marshal(o.Variables)
	if err != nil {
		return "[]"
	}
	return string(b)
}

// row is the attributes of the box round a field.
func row(s *screen.Screen, f *screen.Field) templ.Attributes {
	a := templ.Attributes{"id": f.ID + "-field", "data-number": f.Number, "data-variable": f.Variable, "data-control": controlName(f.Control())}
	class := []string{"field", "da-field-container", "da-field-container-datatype-" + first(f.Datatype, "text")}
	if f.Input != "" {
		class = append(class, "da-field-container-inputtype-"+f.Input)
	}
	if f.Error != "" {
		class = append(class, "field-wrong")
	}
	if f.NoLabel {
		class = append(class, "da-field-container-nolabel")
	}
	if floats(f) {
		class = append(class, "field-floating")
	}
	if f.Class != "" {
		class = append(class, f.Class+"-container")
	}
	a["class"] = strings.Join(append(class, gridClass(f.Grid)), " ")
	if len(f.Conditions) > 0 {
		a["data-when"] = when(f)
	}
	for key, o := range map[string]*screen.Others{"disable": f.DisableOthers, "uncheck": f.UncheckOthers, "check": f.CheckOthers} {
		if o != nil {
			a["data-"+key+"-others"] = others(o)
		}
	}
	if f.Sign < 0 {
		a["data-sign"] = "-1"
	}
	return a
}

// floats reports whether the label lies in the control until something is typed.
func floats(f *screen.Field) bool {
	switch f.Control() {
	case screen.ControlText, screen.ControlArea, screen.ControlNumber, screen.ControlEmail, screen.ControlPassword:
		return f.Floating && f.Label != "" && !f.NoLabel && !f.Embedded && f.Help == "" && f.Error == ""
	}
	return false
}

// gridClass is the width of a field that shares its row.
func gridClass(g *screen.Grid) string {
	if g == nil || g.Width == 0 {
		return ""
	}
	point := "-" + first(g.Breakpoint, "md")
	if g.Breakpoint == "xs" {
		point = ""
	}
	class := "col" + point + "-" + strconv.Itoa(g.Width)
	if g.Offset > 0 {
		class += " offset" + point + "-" + strconv.Itoa(g.Offset)
	}
	return class
}

// itemClass is the width of a choice that shares its row.
func itemClass(f *screen.Field) string { return gridClass(f.ItemGrid) }

// A run is fields that stand together: side by side if grid.
type run struct {
	grid   bool
	fields []*screen.Field
}

// runs gathers adjacent fields with a grid into rows.
func runs(fields []screen.Field) []run {
	var all []run
	ended := true
	for i := range fields {
		f := &fields[i]
		if f.Inactive || f.Embedded {
			continue
		}
		grid := f.Grid != nil && f.Grid.Width > 0
		if n := len(all); grid && n > 0 && all[n-1].grid && !f.Grid.Start && !ended {
			all[n-1].fields = append(all[n-1].fields, f)
		} else {
			all = append(all, run{grid, []*screen.Field{f}})
		}
		ended = grid && f.Grid.End
	}
	return all
}

func controlName(c screen.Control) string {
	switch c {
	case screen.ControlCheckbox:
		return "checkbox"
	case screen.ControlCheckboxes:
		return "checkboxes"
	case screen.ControlRadios, screen.ControlYesNo, screen.ControlMaybe:
		return "radios"
	case screen.ControlMultiselect:
		return "multiselect"
	case screen.ControlFile:
		return "file"
	case screen.ControlHidden:
		return "hidden"
	case screen.ControlNone:
		return "none"
	}
	return "input"
}

// yesNo lists the options of a yes-no-maybe group as they are posted.
func yesNo(s *screen.Screen, f *screen.Field) []screen.Choice {
	yes, no := "True", "False"
	if f.Sign < 0 {
		yes, no = no, yes
	}
	list := []screen.Choice{
		{ID: f.ID + "-yes", Value: yes, Text: first(f.TrueLabel, s.Word("Yes"))},
		{ID: f.ID + "-no", Value: no, Text: first(f.FalseLabel, s.Word("No"))},
	}
	if f.Control() == screen.ControlMaybe {
		list = append(list, screen.Choice{ID: f.ID + "-maybe", Value: "None", Text: first(f.MaybeLabel, strings.ReplaceAll(s.Word("I don't know"), "'", "’"))})
	}
	for i := range list {
		list[i].Selected = f.Value == list[i].Value
	}
	return list
}

// boxValue is what a single checkbox posts when checked.
func boxValue(f *screen.Field) string {
	if f.Sign < 0 {
		return "False"
	}
	return "True"
}

// optional reports whether a field is marked as one that may stay empty.
func optional(f *screen.Field) bool {
	return !f.Required && !f.Disabled && f.Control() != screen.ControlCheckbox && f.Control() != screen.ControlRange && f.DisableOthers == nil
}

// swap is what makes htmx send a form and put the answer in the question's place.
func swap(s *screen.Screen, files bool) templ.Attributes {
	a := templ.Attributes{"data-post": true, "hx-post": s.Session.URL, "hx-target": "#question", "hx-swap": "outerHTML"}
	if files {
		a["hx-encoding"] = "multipart/form-data"
	}
	return a
}

// hidden lists what the form carries besides the fields; the engine's own
// inputs win over those made from the session.
func hidden(s *screen.Screen) []screen.Hidden {
	all := append([]screen.Hidden(nil), s.Hidden...)
	add := func(name, value string) {
		for _, h := range all {
			if h.Name == name {
				return
			}
		}
		all = append(all, screen.Hidden{Name: name, Value: value})
	}
	for _, h := range session(s) {
		add(h.Name, h.Value)
	}
	add("_visible", "")
	add("_hidden", "")
	return all
}

// session lists the inputs that every post carries.
func session(s *screen.Screen) []screen.Hidden {
	return []screen.Hidden{
		{Name: "csrf_token", Value: s.Session.CSRF},
		{Name: "session", Value: s.Session.ID},
		{Name: "_question_name", Value: s.Block.Name},
		{Name: "_tracker", Value: strconv.Itoa(s.Session.Tracker)},
		{Name: "_step", Value: strconv.FormatInt(s.Session.Step, 10)},
		{Name: "_once", Value: s.Session.Once},
	}
}

// script is an inline script that a person's text cannot get out of.
func script(nonce, code string) templ.Component {
	code = strings.NewReplacer("</script", `<\/script`, "</SCRIPT", `<\/SCRIPT`, "<!--", `<\!--`).Replace(code)
	return templ.Raw(`<script nonce="` + templ.EscapeString(nonce) + `">` + code + "</script>")
}

// style lets an author's <style> element through the content security policy.
func style(nonce string, h screen.HTML) templ.Component {
	return templ.Raw(strings.ReplaceAll(string(h), "<style", `<style nonce="`+templ.EscapeString(nonce)+`"`))
}

func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return `""`
	}
	return string(b)
}

// scripts lists what runs when the screen is shown, each on its own so that a
// mistake in one leaves the others alone.
func scripts(s *screen.Screen) []string {
	var all []string
	for f := range s.Inputs() {
		for _, c := range f.Conditions {
			if c.Script != "" {
				all = append(all, "Colloquy.condition("+quoted(c.ID)+", function (val, getField) { return (\n"+c.Script+"\n); });")
			}
		}
	}
	for _, h := range s.Handlers {
		all = append(all, "Colloquy.handle("+quoted(h.ID)+", "+quoted(h.Event)+", function (event) {\n"+h.Code+"\n});")
	}
	return append(all, s.Scripts...)
}

// questionData is the JSON form of a screen for scripts of authors ("send
// question data"); "" if they do not want it.
func questionData(s *screen.Screen) string {
	if !s.Page.SendQuestionData {
		return ""
	}
	b, err := screen.JSON(s) // it escapes what could end the element
	if err != nil {
		return ""
	}
	return `<script type="application/json" id="question-data">` + string(b) + `</script>`
}

// frame is the page round a screen.
func frame(s *screen.Screen, a views.Assets) *views.Frame {
	p := &s.Page
	f := &views.Frame{
		Assets: a, Lang: s.Lang, RTL: s.RTL, Tab: tab(s), BodyClass: bodyClass(s), Stylesheets: p.Stylesheets,
		ScriptFiles: p.ScriptFiles, CSRF: s.Session.CSRF, Interview: s.Session.URL, Words: s.Word, Skip: "question",
		NoBar: p.HideBar, Footer: string(p.Footer), Left: p.LeftAligned, Wide: s.Right != "" || p.Nav != nil, NoIndex: true,
		Bar: bar(s), Refresh: again(s),
	}
	for _, t := range p.Tags {
		f.Tags = append(f.Tags, views.Tag(t))
	}
	if f.Wide && p.WideSideBySide {
		f.Left = true
	}
	return f
}

// waiting is how often, in seconds, a page is loaded again that waits for a
// background action and has no scripts to be told of its end.
const waiting = 5

// again has browsers without scripts load the page again: where the author asks
// for that, and while a page with nothing to fill in waits for a background
// action.
func again(s *screen.Screen) string {
	switch {
	case s.Reload > 0:
		return strconv.Itoa(s.Reload) + "; url=" + s.Session.URL
	case s.Awaits && len(s.Fields) == 0:
		return strconv.Itoa(waiting) + "; url=" + s.Session.URL
	}
	return ""
}

// bar is what the header says.
func bar(s *screen.Screen) views.Bar {
	p := &s.Page
	return views.Bar{Title: first(p.Title, p.Brand), Short: p.ShortTitle, LogoHTML: string(p.Logo), ShortHTML: string(p.ShortLogo),
		TitleURL: p.TitleURL, NewWindow: p.TitleNewWindow, Brand: p.Brand, Inverse: p.Inverse}
}

func tab(s *screen.Screen) string { return first(s.Page.TabTitle, s.Page.Title, s.Page.Brand) }

func bodyClass(s *screen.Screen) string {
	class := s.Page.CSSClass
	if s.Page.HideBar {
		class += " page-bare"
	}
	return strings.TrimSpace(class)
}

// progressValue is how far the interview has come, from 1 to 100; 0 hides the bar.
func progressValue(s *screen.Screen) int {
	if !s.Page.ShowProgress || s.Page.Progress == nil {
		return 0
	}
	return max(0, min(100, int(*s.Page.Progress+0.5)))
}

func menuLinks(s *screen.Screen) []views.Link {
	var ls []views.Link
	if !s.Page.HideMenu {
		for _, m := range s.Page.Menu {
			ls = append(ls, views.Link{Text: m.Text, HTML: string(m.Label), URL: m.URL, NewWindow: m.NewWindow, Current: m.Current})
		}
	}
	if l := s.Page.Login; l != nil && len(ls) > 0 {
		ls = append(ls, views.Link{Text: l.Text, URL: l.URL})
	}
	return ls
}

func splitActions(s *screen.Screen) (before, after []*screen.Button) {
	for i := range s.ActionButtons {
		if b := &s.ActionButtons[i]; b.Before {
			before = append(before, b)
		} else {
			after = append(after, b)
		}
	}
	return before, after
}

func isVideo(m screen.Media) bool { return strings.HasPrefix(m.MIME, "video/") }
