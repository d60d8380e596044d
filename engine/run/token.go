package run

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"colloquy/engine/ask"
	"colloquy/engine/fault"
	"colloquy/engine/interview"
	"colloquy/engine/python"
	"colloquy/engine/seal"
	"colloquy/engine/solve"
)

// FormInput is the hidden input that says, signed, which question a form
// belongs to and in which context it was asked.
const FormInput = "_form"

// formToken identifies a form.
type formToken struct {
	Block   string            `json:"b"` // key of the block
	Sought  string            `json:"s,omitempty"`
	Form    string            `json:"f,omitempty"`
	Context map[string]string `json:"c,omitempty"` // what x and the iterators stand for, as expressions
	Step    int64             `json:"n"`           // the step it shows
	Head    int64             `json:"h"`           // the session's head when it was shown
	Key     string            `json:"k"`           // a second form with this key is a double click
	Buttons []formButton      `json:"m,omitempty"` // of a screen that message() made
	Orders  []string          `json:"o,omitempty"` // lists whose rows may be put in another order
	Lang    string            `json:"l,omitempty"` // the language it was asked in
}

type formButton struct {
	Command string `json:"c"`
	URL     string `json:"u,omitempty"`
}

// issue makes the token of the form of an asked question.
func (s *step) issue(solver *solve.Solver, res *solve.Result, shown int64) string {
	asked := res.Asked
	key, err := seal.Name(s.r.random, 16)
	if err != nil {
		key = fmt.Sprint(s.seed)
	}
	f := formToken{Block: asked.Block.Key, Sought: asked.Sought, Form: asked.Form, Step: shown, Head: s.stored.Session.Head,
		Key: key, Context: solver.Describe(asked.Context), Orders: solver.Outcome().Orders, Lang: res.Screen.Lang}
	if res.Message != nil {
		for _, b := range ask.MessageButtons(res.Message) {
			f.Buttons = append(f.Buttons, formButton{Command: b.Command, URL: b.URL})
		}
	}
	b, err := json.Marshal(f)
	if err != nil {
		return ""
	}
	body := base64.RawURLEncoding.EncodeToString(b)
	return body + "." + s.r.ring.Sign("form", seal.Terms{Made: s.now}, s.stored.Session.ID, body)
}

var errToken = errors.New("the form's token is not one of ours")

func (r *Runner) readToken(token, session string, now time.Time) (*formToken, error) {
	bad := func(err error) error {
		return fault.New(fault.Invalid, "We could not tell which question this form belongs to. Please open the interview again.", err)
	}
	body, signature, ok := strings.Cut(token, ".")
	if !ok {
		return nil, bad(errToken)
	}
	if _, err := r.ring.Verify(signature, "form", now, session, body); errors.Is(err, seal.ErrExpired) {
		return nil, fault.New(fault.Invalid, "This page is too old to be sent. Please open the interview again.", err)
	} else if err != nil {
		return nil, bad(err)
	}
	b, err := base64.RawURLEncoding.DecodeString(body)
	if err != nil {
		return nil, bad(err)
	}
	var f formToken
	if err := json.Unmarshal(b, &f); err != nil {
		return nil, bad(err)
	}
	return &f, nil
}

func (r *Runner) askedFrom(f *formToken, b *interview.Block) (*ask.Asked, error) {
	return &ask.Asked{Block: b, Sought: f.Sought, Form: f.Form, Language: f.Lang}, nil
}

// The purposes that actions are signed for.
const (
	purposeAction  = "action"  // a link of the page, in the session that shows it
	purposeOutside = "outside" // a link for use from outside
)

// ErrForeign says that a link of a page was followed from another site.
var ErrForeign = errors.New("a link of our page, followed from another site")

// verifyAction checks that an action is one that this server offered, and says
// on what terms.
func (r *Runner) verifyAction(a *Action, session string, now time.Time) (seal.Terms, error) {
	terms, err := r.ring.Verify(a.Signature, purposeOutside, now, session, a.Payload)
	if err == nil {
		return terms, nil
	}
	if errors.Is(err, seal.ErrExpired) {
		return terms, fault.New(fault.Forbidden, "The link has expired.", err)
	}
	terms, err = r.ring.Verify(a.Signature, purposeAction, now, session, a.Payload)
	switch {
	case errors.Is(err, seal.ErrExpired):
		return terms, fault.New(fault.Forbidden, "The link has expired.", err)
	case err == nil && a.Foreign:
		return terms, fault.New(fault.Forbidden, "This link is for use on our page only.", ErrForeign)
	case err == nil:
		return terms, nil
	}
	return terms, fault.New(fault.Forbidden, "This link was not made by this server, or it was changed, so nothing was done.", err)
}

// encodeAction writes an action as docassemble does: base64 of JSON, without
// padding.
func encodeAction(th *python.Thread, name string, args map[string]python.Value) (string, error) {
	var b strings.Builder
	b.WriteString(`{"action": `)
	writeText(&b, name)
	b.WriteString(`, "arguments": {`)
	for i, k := range sortedNames(args) {
		if i > 0 {
			b.WriteString(", ")
		}
		writeText(&b, k)
		b.WriteString(": ")
		if err := writeJSON(&b, args[k], 0); err != nil {
			return "", err
		}
	}
	b.WriteString("}}")
	return base64.RawStdEncoding.EncodeToString([]byte(b.String())), nil
}

// decodeAction reads it again. What comes out of an address came from outside.
func decodeAction(payload string) (string, map[string]python.Value, error) {
	payload = strings.TrimRight(strings.NewReplacer("-", "+", "_", "/", " ", "+").Replace(payload), "=")
	b, err := base64.RawStdEncoding.DecodeString(payload)
	if err != nil {
		return "", nil, fmt.Errorf("action: %w", err)
	}
	d := json.NewDecoder(strings.NewReader(string(b)))
	d.UseNumber()
	var a struct {
		Action    string         `json:"action"`
		Arguments map[string]any `json:"arguments"`
	}
	if err := d.Decode(&a); err != nil {
		return "", nil, fmt.Errorf("action: %w", err)
	}
	if a.Action == "" {
		return "", nil, errors.New("action: no name in it")
	}
	args := map[string]python.Value{}
	for k, v := range a.Arguments {
		args[k] = fromJSON(v)
	}
	return a.Action, args, nil
}

func sealCard(id string) seal.Associated { return seal.Associated{Session: id, Purpose: "card"} }

// effectKey is what the outside world knows an effect by. It is made with the
// key of the session, which stays the same when the server's keys are rotated:
// an effect that is asked for again is the same one.
func (s *step) effectKey(asked string) string {
	return s.key.Tag("effect", s.stored.Session.ID, asked)
}

// SealEffect seals the body of an effect for its delivery.
func (r *Runner) SealEffect(key, session, kind string, body []byte) []byte {
	return r.ring.Seal("effect", body, effectPlace(key, session, kind))
}

// OpenEffect opens what SealEffect sealed.
func (r *Runner) OpenEffect(e *Effect) ([]byte, error) {
	return r.ring.Open("effect", e.Body, effectPlace(e.Key, e.Session, e.Kind))
}

// sealNote seals what a carrier noted.
func (r *Runner) sealNote(e *Effect) []byte {
	return r.ring.Seal("effect note", e.Note, effectPlace(e.Key, e.Session, e.Kind))
}

// OpenNote opens what the last attempt to deliver an effect noted.
func (r *Runner) OpenNote(e *Effect) ([]byte, error) {
	return r.ring.Open("effect note", e.Note, effectPlace(e.Key, e.Session, e.Kind))
}

func effectPlace(key, session, kind string) seal.Associated {
	return seal.Associated{Session: session, Kind: kind, Purpose: key}
}
