package run

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sort"
	"time"

	"colloquy/engine/ask"
	"colloquy/engine/evaluation"
)

// input is what a step was made from: enough to run it again. It is stored as
// two lines, so that the values, which most steps of a session do not look at,
// need not be taken apart.
type input struct {
	Kind   string            `json:"kind"`
	At     time.Time         `json:"at"`
	Seed   uint64            `json:"seed"`
	Key    string            `json:"key,omitempty"`   // of the form or link: a second one is a double click
	Token  string            `json:"token,omitempty"` // of the form
	Action string            `json:"action,omitempty"`
	Args   map[string]string `json:"args,omitempty"`
	Wanted bool              `json:"wanted,omitempty"` // of a start: somebody asked for a new session
	By     string            `json:"by,omitempty"`     // whose stack of actions it was: who did it

	values []byte // of the form: pairs of name and value, as JSON
}

// The kinds of steps.
const (
	kindStart  = "start"
	kindForm   = "form"
	kindAction = "action"
	kindArgs   = "url_args"
	kindSet    = "set" // by another session
)

func (in *input) bytes() []byte {
	b, err := json.Marshal(in)
	if err != nil { // strings and numbers always marshal
		panic(err)
	}
	if in.values == nil {
		return b
	}
	return append(append(b, '\n'), in.values...)
}

// setValues keeps the values of a form.
func (in *input) setValues(values []ask.Value) {
	pairs := make([][2]string, len(values))
	for i, v := range values {
		pairs[i] = [2]string{v.Name, v.Text}
	}
	b, err := json.Marshal(pairs)
	if err != nil { // strings always marshal
		panic(err)
	}
	in.values = b
}

func readInput(b []byte) (input, error) {
	var in input
	line, values, _ := bytes.Cut(b, []byte{'\n'})
	if err := json.Unmarshal(line, &in); err != nil {
		return in, fmt.Errorf("read a step's input: %w", err)
	}
	in.values = values
	return in, nil
}

func sortedNames[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for k := range m {
		names = append(names, k)
	}
	sort.Strings(names)
	return names
}

// keptResponse is a response as it is stored under a one-time address.
type keptResponse struct {
	Status      int    `json:"status"`
	ContentType string `json:"type"`
	Body        []byte `json:"body"`
	Name        string `json:"name,omitempty"`
}

func encodeResponse(r *evaluation.Respond) []byte {
	b, err := json.Marshal(keptResponse{r.Status, r.ContentType, r.Body, r.Name})
	if err != nil { // bytes and numbers always marshal
		panic(err)
	}
	return b
}

func decodeResponse(b []byte) (*evaluation.Respond, error) {
	var k keptResponse
	if err := json.Unmarshal(b, &k); err != nil {
		return nil, fmt.Errorf("read a result: %w", err)
	}
	return &evaluation.Respond{Status: k.Status, ContentType: k.ContentType, Body: k.Body, Name: k.Name}, nil
}
