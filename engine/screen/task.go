package screen

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// A Task is a background action that is not over.
type Task struct {
	ID    string  `json:"id"`
	Known bool    `json:"known"` // it says how far it is
	Share float64 `json:"share"` // from 0 to 1; -1 if nobody knows
	Text  string  `json:"text"`  // what it says it is doing
}

// Percent is the share in percent, for those who hear or read it.
func (t Task) Percent() string { return fmt.Sprintf("%.0f", 100*t.Share) }

// Fill sets fields as a background action wants it: a JSON object of values by
// variable, or of objects with choices and value. Others are left alone.
func (s *Screen) Fill(values []byte) {
	var given map[string]json.RawMessage
	if json.Unmarshal(values, &given) != nil {
		return
	}
	for name, value := range given {
		for i := range s.Fields {
			if f := &s.Fields[i]; strings.ReplaceAll(f.Variable, `"`, "'") == strings.ReplaceAll(name, `"`, "'") {
				f.fill(value)
			}
		}
	}
}

func (f *Field) fill(value json.RawMessage) {
	var both struct {
		Choices json.RawMessage `json:"choices"`
		Value   json.RawMessage `json:"value"`
	}
	if json.Unmarshal(value, &both) == nil && (both.Choices != nil || both.Value != nil) {
		if both.Choices != nil {
			f.Choices = offered(both.Choices)
		}
		if value = both.Value; value == nil {
			return
		}
	}
	picked := map[string]bool{}
	var several []any
	if json.Unmarshal(value, &several) == nil && several != nil {
		for _, v := range several {
			picked[plain(v)] = true
		}
	} else {
		var v any
		if json.Unmarshal(value, &v) != nil {
			return
		}
		f.Value = plain(v)
		picked[f.Value] = true
	}
	for i := range f.Choices {
		c := &f.Choices[i]
		c.Selected = picked[c.Value] || c.Key != "" && picked[c.Key]
	}
}

// plain is a value as a control shows it.
func plain(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case bool:
		if v {
			return "True"
		}
		return "False"
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

// offered reads choices: texts, an object of labels by value, or a list of
// pairs or of objects with one entry.
func offered(raw json.RawMessage) []Choice {
	var out []Choice
	add := func(value, label any) {
		text := plain(label)
		out = append(out, Choice{Value: plain(value), Text: text, Label: HTML(escaper.Replace(text))})
	}
	var object map[string]any
	if json.Unmarshal(raw, &object) == nil {
		for _, k := range keysOf(raw) {
			add(k, object[k])
		}
		return out
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return nil
	}
	for _, item := range list {
		var pair []any
		var one map[string]any
		var text any
		switch {
		case json.Unmarshal(item, &pair) == nil && len(pair) == 2:
			add(pair[0], pair[1])
		case json.Unmarshal(item, &one) == nil:
			for k, v := range one {
				add(k, v)
			}
		case json.Unmarshal(item, &text) == nil:
			add(text, text)
		}
	}
	return out
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

// keysOf gives the keys of a JSON object in their order.
func keysOf(raw json.RawMessage) []string {
	d := json.NewDecoder(strings.NewReader(string(raw)))
	if _, err := d.Token(); err != nil {
		return nil
	}
	var keys []string
	for d.More() {
		k, err := d.Token()
		if err != nil {
			return keys
		}
		var skipped json.RawMessage
		if err := d.Decode(&skipped); err != nil {
			return keys
		}
		name, _ := k.(string)
		keys = append(keys, name)
	}
	return keys
}
