package handlers

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"colloquy/engine/ask"
	"colloquy/engine/fault"
	"colloquy/engine/run"
)

// jsonAnswer is an answer that a program posts to the address of an interview
// as application/json. It names the question as the JSON form of the screen
// does, and gives each variable a text, a number, a truth or null; for a list
// of boxes an object of truths by choice.
//
//	{"csrf_token": "…", "session": "…", "_question_name": "Question_2",
//	 "variables": {"fruit": "fig", "pieces": 2, "extras": {"sugar": true}}}
type jsonAnswer struct {
	CSRF     string         `json:"csrf_token"`
	Session  string         `json:"session"`
	Question string         `json:"_question_name"`
	Back     bool           `json:"_back_one"`
	Vars     map[string]any `json:"variables"`
}

func jsonForm(body []byte) (*postedForm, error) {
	bad := func(err error) error { return fault.New(fault.Invalid, "We could not read your answer.", err) }
	var a jsonAnswer
	d := json.NewDecoder(strings.NewReader(string(body)))
	d.UseNumber()
	d.DisallowUnknownFields()
	if err := d.Decode(&a); err != nil {
		return nil, bad(fmt.Errorf("JSON: %w", err))
	}
	if len(a.Vars) > maxParts {
		return nil, fault.New(fault.TooLarge, "This form has too many fields.", nil)
	}
	f := &postedForm{}
	add := func(name, text string) { f.Values = append(f.Values, ask.Value{Name: name, Text: clean(text)}) }
	add("csrf_token", a.CSRF)
	add(run.ArgSession, a.Session)
	add("_question_name", a.Question)
	if a.Back {
		add("_back_one", "1")
	}
	for name, v := range a.Vars {
		if boxes, ok := v.(map[string]any); ok {
			for choice, on := range boxes {
				text, err := plainText(on)
				if err != nil {
					return nil, bad(fmt.Errorf("%s: %w", name, err))
				}
				add(ask.Encode(name+"[B'"+base64.RawStdEncoding.EncodeToString([]byte(choice))+"']"), text)
			}
			continue
		}
		text, err := plainText(v)
		if err != nil {
			return nil, bad(fmt.Errorf("%s: %w", name, err))
		}
		add(ask.Encode(name), text)
	}
	return f, nil
}

// plainText writes a value as a form would send it.
func plainText(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case json.Number:
		return v.String(), nil
	case bool:
		if v {
			return "True", nil
		}
		return "False", nil
	}
	return "", fmt.Errorf("a %T is no answer to a field", v)
}
