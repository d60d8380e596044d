package words

import (
	"encoding/json"
	"html"
	"slices"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/objects"
	"colloquy/engine/python"
)

// screenFunctions change what stands around the question.
var screenFunctions = []function{
	{"set_progress", setProgress},
	{"get_progress", getProgress},
	{"set_parts", setParts},
	{"set_title", setParts},
	{"set_status", setStatus},
	{"get_status", getStatus},
	{"update_terms", updateTerms},
	{"log", logMessage},
}

// set_progress(n) with None hides the progress bar.
func setProgress(th *python.Thread, a *python.Args) (python.Value, error) {
	var v python.Value
	if err := a.Unpack("set_progress", "number", &v); err != nil {
		return nil, err
	}
	ev, err := running(th, "set_progress")
	if err != nil {
		return nil, err
	}
	if isNone(v) {
		ev.Book().Progress = nil
		return python.None, nil
	}
	n, err := toNumber(th, v)
	if err != nil {
		return nil, err
	}
	f := min(max(n.Float64(), 0), 100)
	ev.Book().Progress = &f
	return python.None, nil
}

func getProgress(th *python.Thread, a *python.Args) (python.Value, error) {
	ev, err := running(th, "get_progress")
	if err != nil {
		return nil, err
	}
	if ev.Book().Progress == nil {
		return python.None, nil
	}
	return number(*ev.Book().Progress), a.Exactly("get_progress", 0)
}

// screenParts are the parts that set_parts() may replace; true for those whose
// text is HTML.
var screenParts = map[string]bool{
	"title": false, "subtitle": false, "logo": true, "exit link": false, "exit label": false, "exit url": false, "pre": true,
	"post": true, "submit": true, "continue button label": false, "help label": false, "under": true, "right": true,
	"tab title": false, "short title": false, "short logo": true, "back button label": false,
	"corner back button label": false, "resume button label": false, "date format": false, "time format": false,
	"datetime format": false, "footer": true, "title url": false, "css class": false, "table css class": false,
	"title url opens in other window": false, "navigation bar html": true,
}

var partAliases = map[string]string{"short": "short title", "tab": "tab title"}

// set_parts(**parts) lasts for the session; None takes a part back.
func setParts(th *python.Thread, a *python.Args) (python.Value, error) {
	if len(a.Pos) > 0 {
		return nil, python.Errorf(python.TypeError, "set_parts() takes 0 positional arguments but %d were given", len(a.Pos))
	}
	ev, err := running(th, "set_parts")
	if err != nil {
		return nil, err
	}
	for _, k := range a.Kw {
		name := strings.ReplaceAll(k.Name, "_", " ")
		if alias, ok := partAliases[name]; ok {
			name = alias
		}
		isHTML, ok := screenParts[name]
		if !ok {
			return nil, python.Errorf(objects.DAError, "set_parts: there is no part of the screen called %s", quoted(name))
		}
		if isNone(k.Value) {
			delete(ev.Book().Parts, name)
			continue
		}
		s, err := th.Str(k.Value)
		if err != nil {
			return nil, err
		}
		text := s.String()
		if isHTML {
			text = inHTML(s)
		}
		ev.Book().Parts[name] = text
	}
	return python.None, nil
}

// inHTML is the author's HTML with what came from outside escaped.
func inHTML(s *python.Str) string {
	text, at := s.String(), 0
	var b strings.Builder
	for _, span := range s.Spans() {
		b.WriteString(text[at:span.From])
		b.WriteString(html.EscapeString(text[span.From:span.To]))
		at = span.To
	}
	b.WriteString(text[at:])
	return b.String()
}

// set_status(**kw) tells front ends something; the session keeps it.
func setStatus(th *python.Thread, a *python.Args) (python.Value, error) {
	ev, err := running(th, "set_status")
	if err != nil {
		return nil, err
	}
	for _, k := range a.Kw {
		ev.Book().Misc[evaluation.StatusPrefix+k.Name] = k.Value
	}
	return python.None, nil
}

// get_status(key)
func getStatus(th *python.Thread, a *python.Args) (python.Value, error) {
	var key string
	if err := a.Unpack("get_status", "setting", &key); err != nil {
		return nil, err
	}
	ev, err := running(th, "get_status")
	if err != nil {
		return nil, err
	}
	return optional(ev.Book().Misc[evaluation.StatusPrefix+key]), nil
}

// update_terms(terms, auto=False, language='*')
func updateTerms(th *python.Thread, a *python.Args) (python.Value, error) {
	var terms python.Value
	var auto bool
	lang := "*"
	if err := a.Unpack("update_terms", "dictionary", &terms, "auto?", &auto, "language?", &lang); err != nil {
		return nil, err
	}
	ev, err := running(th, "update_terms")
	if err != nil {
		return nil, err
	}
	table := ev.Book().Terms
	if auto {
		table = ev.Book().AutoTerms
	}
	if table[lang] == nil {
		table[lang] = map[string]string{}
	}
	into := table[lang]
	if d, ok := python.Unwrap(terms).(*python.Dict); ok {
		return python.None, addTerms(th, d, into)
	}
	return python.None, th.Each(terms, func(v python.Value) error {
		d, ok := python.Unwrap(v).(*python.Dict)
		if !ok {
			return python.Errorf(objects.DAError, "update_terms: terms organized as a list must be a list of dictionary items.")
		}
		return addTerms(th, d, into)
	})
}

// addTerms adds terms given as {term: definition}, or as phrases that share a
// definition.
func addTerms(th *python.Thread, d *python.Dict, into map[string]string) error {
	phrases, listed := d.GetStr("phrases")
	definition, defined := d.GetStr("definition")
	if listed && defined {
		names, err := stringsOf(th, phrases)
		if err != nil {
			return err
		}
		text, err := th.Str(definition)
		if err != nil {
			return err
		}
		for _, name := range names {
			into[strings.ToLower(name)] = inHTML(text)
		}
		return nil
	}
	for k, v := range d.All() {
		name, err := th.Str(k)
		if err != nil {
			return err
		}
		text, err := th.Str(v)
		if err != nil {
			return err
		}
		into[strings.ToLower(name.String())] = inHTML(text)
	}
	return nil
}

// flashColors are the priorities of log() that show a notice on the next screen.
var flashColors = []string{"primary", "secondary", "success", "danger", "warning", "info", "light", "dark"}

// log(message, priority='log')
func logMessage(th *python.Thread, a *python.Args) (python.Value, error) {
	var text python.Value
	priority := "log"
	if err := a.Unpack("log", "the_message", &text, "priority?", &priority); err != nil {
		return nil, err
	}
	s, err := th.Str(text)
	if err != nil {
		return nil, err
	}
	ev := perhaps(th)
	if ev == nil {
		return python.None, nil // a module that is being imported
	}
	out := ev.Outcome()
	switch {
	case priority == "log":
		out.Logs = append(out.Logs, s.String())
	case priority == "console":
		line, err := json.Marshal(s.String())
		if err != nil {
			return nil, err
		}
		out.Scripts = append(out.Scripts, "console.log("+string(line)+");")
	case priority == "javascript":
		if s.HasOutside() {
			return nil, python.Errorf(objects.DAError, "log: text from outside cannot be run as JavaScript; pass it through json.dumps in a page instead")
		}
		out.Scripts = append(out.Scripts, s.String())
	case slices.Contains(flashColors, priority):
		html, err := ev.HTML(s, true)
		if err != nil {
			return nil, err
		}
		out.Flashes = append(out.Flashes, evaluation.Flash{Level: priority, HTML: html})
	default:
		out.Logs = append(out.Logs, priority+": "+s.String())
	}
	return python.None, nil
}
