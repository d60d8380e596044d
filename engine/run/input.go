package run

import (
	"encoding/json"
	"fmt"
	"sort"
	"time"

	"colloquy/engine/evaluation"
)

// input is what a step was made from: enough to run it again.
type input struct {
	Kind   string            `json:"kind"`
	At     time.Time         `json:"at"`
	Seed   uint64            `json:"seed"`
	Key    string            `json:"key,omitempty"`    // of the form or link: a second one is a double click
	Token  string            `json:"token,omitempty"`  // of the form
	Values [][2]string       `json:"values,omitempty"` // of the form
	Action string            `json:"action,omitempty"`
	Args   map[string]string `json:"args,omitempty"`
}

// The kinds of steps.
const (
	kindStart  = "start"
	kindForm   = "form"
	kindAction = "action"
	kindArgs   = "url_args"
)

func (in *input) bytes() []byte {
	b, err := json.Marshal(in)
	if err != nil { // strings and numbers always marshal
		panic(err)
	}
	return b
}

func readInput(b []byte) (input, error) {
	var in input
	if err := json.Unmarshal(b, &in); err != nil {
		return in, fmt.Errorf("read a step's input: %w", err)
	}
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
	File        string `json:"file,omitempty"`
}

func encodeResponse(r *evaluation.Respond) []byte {
	b, err := json.Marshal(keptResponse{r.Status, r.ContentType, r.Body, r.File})
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
	return &evaluation.Respond{Status: k.Status, ContentType: k.ContentType, Body: k.Body, File: k.File}, nil
}
