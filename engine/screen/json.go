package screen

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"strings"
)

// JSON returns the structured form of a screen that ?json=1 and the HTTP API
// send, with the keys that docassemble documents for it. What a screen does
// not have is left out.
func JSON(s *Screen) ([]byte, error) {
	b, err := json.Marshal(Object(s))
	if err != nil {
		return nil, fmt.Errorf("screen as JSON: %w", err)
	}
	return b, nil
}

// Object returns the structured form as a map of what encoding/json can write.
func Object(s *Screen) map[string]any {
	o := object{}
	o.identity(s)
	o.page(s)
	o.texts(s)
	o.controls(s)
	o.errors(s)
	for k, v := range s.Extra {
		o[k] = v
	}
	return o
}

type object map[string]any

func (o object) text(key, v string) {
	if v != "" {
		o[key] = v
	}
}

func (o object) number(key string, v int) {
	if v != 0 {
		o[key] = v
	}
}

func (o object) yes(key string, v bool) {
	if v {
		o[key] = true
	}
}

func (o object) value(key string, v any) {
	if v != nil {
		o[key] = v
	}
}

func (o object) identity(s *Screen) {
	o["questionType"] = string(s.Kind)
	o["language"] = s.Language
	o["lang"] = s.Lang
	o["questionName"] = s.Block.Name
	o["_question_name"] = s.Block.Name
	o["_tracker"] = s.Session.Tracker
	o["steps"] = s.Session.Steps
	o["i"] = s.Session.Interview
	o["session"] = s.Session.ID
	o.text("csrf_token", s.Session.CSRF)
	o.text("questionVariety", s.Variety)
	o.text("id", s.Block.ID)
	o.text("ga_id", s.Block.GA)
	o.text("segment", s.Block.Segment)
	o.yes("mandatory", s.Block.Mandatory)
	o.text("question_variable_name", s.Block.Variable)
	if len(s.Block.Events) > 0 {
		o["event_list"] = s.Block.Events
	}
	ids := object{}
	ids.text("id", s.Block.ID)
	ids.text("segment", s.Block.Segment)
	ids.text("ga", s.Block.GA)
	o["id_dict"] = ids
	o.value("question_metadata", s.Metadata)
	if s.Debug != nil {
		o["source"] = map[string]any{"label": s.Word("Source"), "history": s.Debug.Source}
	}
	for _, h := range s.Hidden {
		switch h.Name {
		case "_datatypes", "_varnames":
			o[h.Name] = h.Value
		}
	}
}

// errors says what is wrong with what was sent, by variable.
func (o object) errors(s *Screen) {
	if !s.Invalid {
		return
	}
	list := map[string]string{}
	for f := range s.Inputs() {
		if f.Error != "" {
			list[f.Variable] = f.Error
		}
	}
	o["errors"] = list
	if len(s.Problems) > 0 {
		o["problems"] = s.Problems
	}
}

func (o object) page(s *Screen) {
	p := &s.Page
	tab := first(p.TabTitle, p.Title)
	o["browser_title"] = tab
	o["title"] = map[string]any{"full": p.Title, "short": first(p.ShortTitle, p.Title), "tab": tab}
	o["display_title"] = p.Title
	o["short_title"] = first(p.ShortTitle, p.Title)
	o["allow_going_back"] = s.CanGoBack()
	o["navbarVariant"] = "dark"
	if p.Inverse {
		o["navbarVariant"] = "light"
	}
	o["progress"] = nil
	if p.Progress != nil {
		o["progress"] = *p.Progress
	}
	o["exit_link"], o["exit_url"], o["exit_label"] = p.ExitLink, p.ExitURL, p.ExitLabel
	o.text("footer", string(p.Footer))
	o.text("cornerBackButton", p.CornerBackLabel)
	o["message_log"] = messageLog(s.Messages)
	o["section"], o["display_section"], o["sections"] = nil, nil, []any{}
	if p.Nav != nil {
		o["sections"] = sectionsJSON(p.Nav.Sections)
		for _, sec := range p.Nav.Sections {
			if sec.Current {
				o["section"], o["display_section"] = sec.ID, string(sec.Label)
			}
		}
	}
	o.menu(p)
	if s.Reload > 0 {
		o["reload"], o["reload_after"] = s.Reload*1000, s.Reload*1000
	}
	o.yes("track_location", s.TrackLocation)
}

// menu lists the author's items as menu_items, and all of them as the menu.
func (o object) menu(p *Page) {
	own, all := []any{}, []any{}
	for _, m := range p.Menu {
		label := first(string(m.Label), m.Text)
		entry := object{"href": m.URL, "anchor": label}
		if !m.Server {
			own = append(own, object{"label": label, "url": m.URL})
			entry.text("action", actionIn(m.URL))
		}
		all = append(all, entry)
	}
	if len(own) > 0 {
		o["menu_items"] = own
	}
	menu := object{"items": all}
	if p.Login != nil {
		menu["top"] = object{"anchor": first(string(p.Login.Label), p.Login.Text), "href": p.Login.URL}
	}
	o["menu"] = menu
}

// actionIn is the action that an address carries out, "" for none.
func actionIn(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Query().Get("action")
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

func messageLog(ms []Message) []any {
	log := []any{}
	for _, m := range ms {
		log = append(log, object{"message": string(m.Text), "priority": string(m.Priority)})
	}
	return log
}

// sectionsJSON lists sections as id: label, with their subsections beside.
func sectionsJSON(ss []Section) []any {
	list := []any{}
	for _, s := range ss {
		entry := object{s.ID: string(s.Label)}
		if len(s.Sub) > 0 {
			entry["subsections"] = sectionsJSON(s.Sub)
		}
		list = append(list, entry)
	}
	return list
}

func (o object) texts(s *Screen) {
	o["questionText"] = string(s.Question)
	o.text("subquestionText", s.withFieldNames(s.Subquestion))
	o.text("underText", string(s.Under))
	o.text("rightText", string(s.Right))
	parts := object{} // the documented form has no keys for these
	parts.text("pre", string(s.Pre))
	parts.text("post", string(s.Post))
	parts.text("submit", string(s.Submit))
	if len(parts) > 0 {
		o["parts"] = parts
	}
	o.text("cssClass", s.Page.CSSClass)
	o.text("tableCssClass", s.TableClass)
	if len(s.Styles) > 0 {
		all := ""
		for _, st := range s.Styles {
			all += string(st)
		}
		o["css"] = all
	}
	if len(s.Scripts) > 0 {
		all := ""
		for _, sc := range s.Scripts {
			all += "<script>" + sc + "</script>"
		}
		o["script"] = all
	}
	if len(s.Audio) > 0 {
		o["audio"] = mediaJSON(s.Audio)
	}
	if len(s.Video) > 0 {
		o["video"] = mediaJSON(s.Video)
	}
	if d := s.Decoration; d != nil {
		o["decoration"] = decorationJSON(d)
	}
	if len(s.Attributions) > 0 {
		o["attributions"] = s.Attributions
	}
	if len(s.Terms) > 0 {
		o["terms"] = termsJSON(s.Terms)
	}
	if len(s.AutoTerms) > 0 {
		o["autoterms"] = termsJSON(s.AutoTerms)
	}
	if s.Help != nil {
		o.help(s)
	}
	o.backs(s)
}

// withFieldNames is a text in which [FIELD variable] stands where a field is
// drawn, as the author wrote it.
func (s *Screen) withFieldNames(h HTML) string {
	var b strings.Builder
	for _, p := range Pieces(h) {
		b.WriteString(string(p.HTML))
		if f := s.FieldNumbered(p.Field); p.Field != "" && f != nil {
			b.WriteString("[FIELD " + html.EscapeString(f.Variable) + "]")
		}
	}
	return b.String()
}

func (o object) backs(s *Screen) {
	if s.BackButton != nil {
		o["questionBackButton"] = first(s.BackButton.Label, s.Word("Back"))
		o["back_button_label"] = first(s.BackButton.Label, s.Word("Back"))
	}
	if s.CanGoBack() {
		o["backTitle"] = s.Word("Go back to the previous question")
	}
}

func mediaJSON(ms []Media) []any {
	list := []any{}
	for _, m := range ms {
		entry := object{"url": m.URL}
		entry.text("mime_type", m.MIME)
		list = append(list, entry)
	}
	return list
}

func decorationJSON(d *Image) object {
	size := object{}
	size.text("width", d.Width)
	size.text("height", d.Height)
	entry := object{}
	entry.text("url", d.URL)
	entry.text("name", d.Icon)
	if len(size) > 0 {
		entry["size"] = size
	}
	return entry
}

func termsJSON(ts []Term) object {
	o := object{}
	for _, t := range ts {
		o[t.Name] = string(t.Definition)
	}
	return o
}

func (o object) help(s *Screen) {
	h := s.Help
	label := first(h.Label, s.Word("Help"))
	entry := object{"specific": h.Specific}
	if h.Specific {
		entry["label"], entry["title"] = label, first(h.Title, s.Word("Help is available for this question"))
	} else {
		entry["interviewLabel"], entry["interviewTitle"] = label, first(h.Title, s.Word("Help is available"))
	}
	o["help"] = entry
	if h.Specific {
		o["helpBackLabel"] = first(h.Back, s.Word("Back to question"))
	}
	if len(h.Question) > 0 {
		o["helpText"] = helpJSON(h.Question)
	}
	if len(h.General) > 0 {
		o["interviewHelpText"] = helpJSON(h.General)
	}
}

func helpJSON(hs []HelpText) []any {
	list := []any{}
	for _, h := range hs {
		entry := object{"content": string(h.Content)}
		entry.text("heading", h.Heading)
		if len(h.Audio) > 0 {
			entry["audio"] = mediaJSON(h.Audio)
		}
		if len(h.Video) > 0 {
			entry["video"] = mediaJSON(h.Video)
		}
		list = append(list, entry)
	}
	return list
}

// Safeid is the form in which the name of a variable is posted: unpadded
// base64 of its UTF-8.
func Safeid(variable string) string {
	return base64.RawStdEncoding.EncodeToString([]byte(variable))
}
