package words

import (
	"slices"
	"strings"
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/objects"
	"colloquy/engine/python"
)

// stoppingFunctions end the evaluation with something else than the next
// question. Nothing after a call of one of them runs.
var stoppingFunctions = []function{
	{"message", message},
	{"response", response},
	{"json_response", jsonResponse},
	{"variables_as_json", variablesAsJSON},
	{"command", command},
}

const plainType, jsonType = "text/plain; charset=utf-8", "application/json"

// message(question, subquestion, url, *, show_restart, show_exit, show_leave, reload, buttons, dead_end)
func message(th *python.Thread, a *python.Args) (python.Value, error) {
	var question, subquestion, url, restart, exit, leave, reload, buttons, dead python.Value
	if err := a.Unpack("message", "question?", &question, "subquestion?", &subquestion, "url?", &url,
		"*", nil, "show_restart?", &restart, "show_exit?", &exit, "show_leave?", &leave, "reload?", &reload,
		"buttons?", &buttons, "dead_end?", &dead); err != nil {
		return nil, err
	}
	m := &evaluation.Message{}
	err := each(
		intoText(th, question, &m.Question), intoText(th, subquestion, &m.Subquestion), intoString(th, url, &m.URL),
		intoChoice(th, restart, &m.ShowRestart), intoChoice(th, exit, &m.ShowExit), intoChoice(th, leave, &m.ShowLeave),
		intoTruth(th, dead, &m.DeadEnd), intoSeconds(reload, &m.Reload))
	if err != nil {
		return nil, err
	}
	if m.Buttons, err = messageButtons(th, buttons); err != nil {
		return nil, err
	}
	return nil, evaluation.Signalled(m)
}

// each runs steps until one fails.
func each(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// intoText reads an optional argument that is text; None leaves what was there.
func intoText(th *python.Thread, v python.Value, to **python.Str) func() error {
	return func() (err error) {
		if !isNone(v) {
			*to, err = th.Str(v)
		}
		return err
	}
}

func intoString(th *python.Thread, v python.Value, to *string) func() error {
	return func() error {
		if isNone(v) {
			return nil
		}
		s, err := th.Str(v)
		if err == nil {
			*to = s.String()
		}
		return err
	}
}

// intoChoice reads yes, no, or None for the usual.
func intoChoice(th *python.Thread, v python.Value, to **bool) func() error {
	return func() error {
		if isNone(v) {
			return nil
		}
		yes, err := th.Truth(v)
		*to = &yes
		return err
	}
}

func intoTruth(th *python.Thread, v python.Value, to *bool) func() error {
	return func() (err error) {
		if !isNone(v) {
			*to, err = th.Truth(v)
		}
		return err
	}
}

func intoSeconds(v python.Value, to *int) func() error {
	return func() error {
		switch {
		case isNone(v), v == python.Value(python.False):
		case v == python.Value(python.True):
			*to = 10
		default:
			n, ok := numberOf(v)
			if !ok {
				return python.Errorf(python.TypeError, "a number of seconds was expected, not %s", className(v))
			}
			*to = int(n.Float64())
		}
		return nil
	}
}

// messageButtons reads [{"Learn More": "exit", "url": "..."}].
func messageButtons(th *python.Thread, v python.Value) ([]evaluation.MessageButton, error) {
	if isNone(v) {
		return nil, nil
	}
	var list []evaluation.MessageButton
	err := th.Each(v, func(v python.Value) error {
		d, ok := v.(*python.Dict)
		if !ok {
			return python.Errorf(objects.DAError, "message: buttons must be a list of dictionaries")
		}
		b := evaluation.MessageButton{}
		for k, v := range d.All() {
			name, err := th.Str(k)
			if err != nil {
				return err
			}
			to := &b.Command
			if name.String() == "url" {
				to = &b.URL
			} else {
				b.Label = name
			}
			if err := intoString(th, v, to)(); err != nil {
				return err
			}
		}
		if b.Label == nil {
			return python.Errorf(objects.DAError, "message: a button needs a label")
		}
		list = append(list, b)
		return nil
	})
	return list, err
}

// response(text?, *, response, binaryresponse, file, url, null, content_type,
// response_code=200, sleep, all_variables, include_internal)
func response(th *python.Thread, a *python.Args) (python.Value, error) {
	var body, text, binary, file, url, null, contentType, code, sleep, all, internal python.Value
	if err := a.Unpack("response", "text?", &text, "*", nil, "response?", &body, "binaryresponse?", &binary, "file?", &file,
		"url?", &url, "null?", &null, "content_type?", &contentType, "response_code?", &code, "sleep?", &sleep,
		"all_variables?", &all, "include_internal?", &internal); err != nil {
		return nil, err
	}
	if text != nil {
		body = text
	}
	r := &evaluation.Respond{Status: 200, ContentType: stringOr(contentType, plainType)}
	var wantsAll, wantsInternal bool
	if err := each(intoStatus(code, &r.Status), intoTruth(th, null, &r.Null), intoTruth(th, all, &wantsAll),
		intoTruth(th, internal, &wantsInternal), intoPause(sleep, &r.Sleep)); err != nil {
		return nil, err
	}
	var err error
	switch {
	case !isNone(body):
		var s string
		err = intoString(th, body, &s)()
		r.Body = []byte(s)
	case !isNone(binary):
		r.Body, err = bytesOf(th, binary)
	case !isNone(file):
		r.File, err = fileReference(th, file)
		r.ContentType = stringOr(contentType, "")
	case !isNone(url):
		err = intoString(th, url, &r.URL)()
	case wantsAll:
		return nil, respondVariables(th, wantsInternal, r.Status)
	case !r.Null:
		r.Body = []byte("Empty Response")
	}
	if err != nil {
		return nil, err
	}
	return nil, evaluation.Signalled(r)
}

func bytesOf(th *python.Thread, v python.Value) ([]byte, error) {
	if b, ok := python.BytesOf(v); ok {
		return []byte(b.Data()), nil
	}
	s, err := th.Str(v)
	if err != nil {
		return nil, err
	}
	return []byte(s.String()), nil
}

// intoStatus reads the number of an HTTP status.
func intoStatus(v python.Value, to *int) func() error {
	return func() error {
		if isNone(v) {
			return nil
		}
		n, ok := python.IntOf(v)
		if !ok || n < 100 || n > 599 {
			return python.Errorf(python.ValueError, "response_code must be a number from 100 to 599")
		}
		*to = int(n)
		return nil
	}
}

// intoPause reads a number of seconds.
func intoPause(v python.Value, to *time.Duration) func() error {
	return func() error {
		if isNone(v) {
			return nil
		}
		f, ok := python.FloatOf(v)
		if !ok {
			return python.Errorf(python.TypeError, "sleep must be a number of seconds, not %s", className(v))
		}
		*to = time.Duration(f * float64(time.Second))
		return nil
	}
}

// json_response(data, response_code=None)
func jsonResponse(th *python.Thread, a *python.Args) (python.Value, error) {
	var data, code python.Value
	if err := a.Unpack("json_response", "data", &data, "response_code?", &code); err != nil {
		return nil, err
	}
	status := 200
	if err := intoStatus(code, &status)(); err != nil {
		return nil, err
	}
	return nil, respondJSON(th, data, status)
}

func respondJSON(th *python.Thread, data python.Value, status int) error {
	text, err := dumps(th, data)
	if err != nil {
		return err
	}
	return evaluation.Signalled(&evaluation.Respond{Status: status, ContentType: jsonType, Body: []byte(text + "\n")})
}

// dumps writes data as json.dumps(data, sort_keys=True, indent=2) does.
func dumps(th *python.Thread, data python.Value) (string, error) {
	v, err := callModule(th, "json", "dumps", []python.Value{data},
		[]python.Kwarg{{Name: "sort_keys", Value: python.True}, {Name: "indent", Value: python.Int(2)}})
	if err != nil {
		return "", err
	}
	s, _ := python.StringOf(v)
	return s, nil
}

// variables_as_json(include_internal=False)
func variablesAsJSON(th *python.Thread, a *python.Args) (python.Value, error) {
	var internal bool
	if err := a.Unpack("variables_as_json", "include_internal?", &internal); err != nil {
		return nil, err
	}
	return nil, respondVariables(th, internal, 200)
}

func respondVariables(th *python.Thread, internal bool, status int) error {
	ev, err := running(th, "response")
	if err != nil {
		return err
	}
	data, err := simplified(th, ev, internal)
	if err != nil {
		return err
	}
	return respondJSON(th, data, status)
}

// command(type='exit', *, url, sleep, question_text, subquestion_text)
func command(th *python.Thread, a *python.Args) (python.Value, error) {
	kind := "exit"
	var url, sleep, question, subquestion python.Value
	if err := a.Unpack("command", "type?", &kind, "*", nil, "url?", &url, "sleep?", &sleep,
		"question_text?", &question, "subquestion_text?", &subquestion); err != nil {
		return nil, err
	}
	if !slices.Contains(evaluation.Commands, kind) {
		return nil, python.Errorf(objects.DAError, "command: there is no command %s; there are %s", quoted(kind), strings.Join(evaluation.Commands, ", "))
	}
	c := &evaluation.Command{Kind: kind}
	if kind == evaluation.CommandWait {
		c.Sleep = 4 * time.Second
	}
	if err := each(intoString(th, url, &c.URL), intoPause(sleep, &c.Sleep), intoText(th, question, &c.Question),
		intoText(th, subquestion, &c.Subquestion)); err != nil {
		return nil, err
	}
	return nil, evaluation.Signalled(c)
}
