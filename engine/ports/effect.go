package ports

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// The kinds of effect.
const (
	KindMail = "mail" // Body is a Mail
	KindText = "text" // Body is a Text
)

// An Effect is something an interview wants done in the world, once.
type Effect struct {
	// Key names this effect for ever and among all effects. It is derived from
	// the session and the place in its journal, so that a step that runs twice
	// asks twice for the same effect.
	Key string
	// Kind is one of the Kind constants.
	Kind string
	// Body is the encoded payload, in clear. It is sealed before it is stored
	// and erased once delivered.
	Body []byte
}

// A Mail is one message to some people. Addresses are RFC 5322 mailboxes:
// `"Name" <user@example.org>` or the bare address. A mail needs at least one
// address among To, Cc and Bcc.
type Mail struct {
	From        string       `json:"from,omitempty"` // "" means the configuration's default sender
	To          []string     `json:"to,omitempty"`
	Cc          []string     `json:"cc,omitempty"`
	Bcc         []string     `json:"bcc,omitempty"`
	ReplyTo     string       `json:"reply_to,omitempty"`
	Subject     string       `json:"subject,omitempty"`
	Text        string       `json:"text,omitempty"` // plain text; always sent, even when empty
	HTML        string       `json:"html,omitempty"` // "" means no HTML alternative
	Attachments []Attachment `json:"attachments,omitempty"`
	Headers     []Header     `json:"headers,omitempty"`    // further headers, in order
	MessageID   string       `json:"message_id,omitempty"` // without angle brackets; "" lets the mailer derive it from Key
	Config      string       `json:"config,omitempty"`     // name of the mail configuration; "" means the default
	Key         string       `json:"key,omitempty"`        // the effect's key; the mailer's Message-ID is stable under it
	Date        time.Time    `json:"date,omitzero"`        // when it was written; zero means when it is sent

	// Settled are recipients, as a Receipt has them, who are named in the head
	// of the mail but get no copy any more.
	Settled []string `json:"-"`
	// Handover, if set, is called when all has been said but the end of the
	// mail: after it the mail system is responsible.
	Handover func(context.Context) `json:"-"`
}

// An Attachment is a file that travels with a mail.
type Attachment struct {
	Name string `json:"name"`           // file name without folders
	Type string `json:"type,omitempty"` // media type; "" means application/octet-stream
	Data []byte `json:"data,omitempty"`
}

// A Header is one line of a mail's head.
type Header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Effect gives the mail as an effect with the given key.
func (m Mail) Effect(key string) (Effect, error) {
	m.Key = key
	return encode(key, KindMail, m)
}

// DecodeMail reads the body of an effect of KindMail.
func DecodeMail(body []byte) (Mail, error) {
	var m Mail
	err := decode(KindMail, body, &m)
	return m, err
}

// A Text is one text message to one number.
type Text struct {
	From   string   `json:"from,omitempty"` // E.164, or "whatsapp:" and E.164; "" means the configuration's number
	To     string   `json:"to"`             // the same
	Body   string   `json:"body,omitempty"`
	Media  []string `json:"media,omitempty"`  // addresses of pictures and files, at most 10
	Config string   `json:"config,omitempty"` // name of the configuration; "" means the default
	Key    string   `json:"key,omitempty"`    // the effect's key, given to the carrier as idempotency key
}

// Effect gives the text message as an effect with the given key.
func (t Text) Effect(key string) (Effect, error) {
	t.Key = key
	return encode(key, KindText, t)
}

// DecodeText reads the body of an effect of KindText.
func DecodeText(body []byte) (Text, error) {
	var t Text
	err := decode(KindText, body, &t)
	return t, err
}

func encode(key, kind string, payload any) (Effect, error) {
	if key == "" {
		return Effect{}, fmt.Errorf("%s effect without a key", kind)
	}
	body, err := json.Marshal(payload)
	if err != nil {
		return Effect{}, fmt.Errorf("encode %s effect: %w", kind, err)
	}
	return Effect{Key: key, Kind: kind, Body: body}, nil
}

// decode leaves the reason out of the error's text: it could quote the body.
func decode(kind string, body []byte, into any) error {
	if json.Unmarshal(body, into) != nil {
		return &Undeliverable{Reason: "the body of this " + kind + " effect cannot be read"}
	}
	return nil
}
