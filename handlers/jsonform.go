package handlers

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/ask"
	"colloquy/engine/fault"
	"colloquy/engine/run"
)

// jsonAnswer is an answer that a program posts to the address of an interview
// as application/json. It names the question as the JSON form of the screen
// does, and gives each variable a text, a number, a truth or null; for a list
// of boxes an object of truths by choice; for files a list of them.
//
//	{"csrf_token": "…", "session": "…", "_question_name": "Question_2",
//	 "variables": {"fruit": "fig", "pieces": 2, "extras": {"sugar": true},
//	               "photo": [{"name": "fig.png", "type": "image/png", "content": "data:image/png;base64,…"}]}}
//
// A button that sets no variable carries an "input" in the JSON form, which is
// posted under "inputs": {"name": "value"}. "_back_one": true goes back.
type jsonAnswer struct {
	CSRF     string            `json:"csrf_token"`
	Session  string            `json:"session"`
	Question string            `json:"_question_name"`
	Back     bool              `json:"_back_one"`
	Vars     map[string]any    `json:"variables"`
	Inputs   map[string]string `json:"inputs"`
}

// ownInputs are those that the keys of a jsonAnswer stand for.
var ownInputs = []string{"csrf_token", run.ArgSession, "_question_name", "_back_one", "_action", run.FormInput}

func unreadable(err error) error {
	return fault.New(fault.Invalid, "We could not read your answer.", err)
}

func jsonForm(body []byte) (*postedForm, error) {
	var a jsonAnswer
	d := json.NewDecoder(strings.NewReader(string(body)))
	d.UseNumber()
	d.DisallowUnknownFields()
	if err := d.Decode(&a); err != nil {
		return nil, unreadable(fmt.Errorf("JSON: %w", err))
	}
	if len(a.Vars)+len(a.Inputs) > maxParts {
		return nil, fault.New(fault.TooLarge, "This form has too many fields.", nil)
	}
	f := &postedForm{}
	f.add("csrf_token", a.CSRF)
	f.add(run.ArgSession, a.Session)
	f.add("_question_name", a.Question)
	if a.Back {
		f.add("_back_one", "1")
	}
	for _, name := range slices.Sorted(maps.Keys(a.Inputs)) {
		if slices.Contains(ownInputs, name) {
			return nil, unreadable(fmt.Errorf("%s is no input of a question", name))
		}
		f.add(name, a.Inputs[name])
	}
	for _, name := range slices.Sorted(maps.Keys(a.Vars)) {
		if err := f.variable(name, a.Vars[name]); err != nil {
			return nil, unreadable(fmt.Errorf("%s: %w", name, err))
		}
	}
	return f, nil
}

func (f *postedForm) add(name, text string) {
	f.Values = append(f.Values, ask.Value{Name: name, Text: clean(text)})
}

// variable adds the answer to a field as its form would post it.
func (f *postedForm) variable(name string, v any) error {
	switch v := v.(type) {
	case map[string]any:
		for choice, on := range v {
			text, err := plainText(on)
			if err != nil {
				return err
			}
			f.boxes = append(f.boxes, run.Box{Variable: name, Key: choice, Text: text})
		}
		return nil
	case []any:
		b, err := json.Marshal(v)
		if err != nil {
			return fmt.Errorf("files: %w", err)
		}
		var files []inlineFile
		if err := json.Unmarshal(b, &files); err != nil {
			return fmt.Errorf("files: %w", err)
		}
		return f.upload(ask.Encode(name), files)
	}
	text, err := plainText(v)
	if err == nil {
		f.add(ask.Encode(name), text)
	}
	return err
}

// An inlineFile is a file in an answer: Content is a data URL.
type inlineFile struct {
	Name    string `json:"name"`
	Type    string `json:"type"`
	Size    int64  `json:"size"`
	Content string `json:"content"`
}

func (f *postedForm) upload(input string, files []inlineFile) error {
	for _, file := range files {
		_, data, ok := strings.Cut(file.Content, ";base64,")
		if !ok || !strings.HasPrefix(file.Content, "data:") {
			return fmt.Errorf("the content of a file is no data URL")
		}
		content, err := base64.StdEncoding.DecodeString(data)
		if err != nil {
			return fmt.Errorf("the content of a file: %w", err)
		}
		f.Files = append(f.Files, ask.Upload{Name: input, Filename: clean(file.Name), MIME: clean(file.Type), Size: int64(len(content)), Content: content})
	}
	return nil
}

// inline takes the files that a program sends as text (docassemble's
// _files_inline) out of the inputs of a form.
func (f *postedForm) inline() error {
	text := f.first("_files_inline")
	if text == "" {
		return nil
	}
	b, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil {
		return unreadable(fmt.Errorf("_files_inline: %w", err))
	}
	var sent struct {
		Keys   []string                `json:"keys"`
		Values map[string][]inlineFile `json:"values"`
	}
	if err := json.Unmarshal(b, &sent); err != nil {
		return unreadable(fmt.Errorf("_files_inline: %w", err))
	}
	for _, key := range sent.Keys {
		if err := f.upload(key, sent.Values[key]); err != nil {
			return unreadable(err)
		}
	}
	return nil
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

// localJSON marks a request whose form asks for JSON.
const localJSON = "json"

// readsJSON reports whether JSON is what a program understands: it asks for
// it, or says that it accepts it and nothing that a browser would.
func readsJSON(c *fiber.Ctx) bool {
	accept := c.Get(fiber.HeaderAccept)
	return wantsJSON(c) || strings.Contains(accept, "json") && !strings.Contains(accept, "html")
}
