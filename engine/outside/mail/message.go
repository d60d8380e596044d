package mail

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"mime"
	"net/mail"
	"path"
	"slices"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"colloquy/engine/config"
	"colloquy/engine/ports"
)

// own lists the header fields that a mail has from its other parts; further
// headers cannot set them.
var own = []string{
	"from", "to", "cc", "bcc", "reply-to", "sender", "subject", "date", "message-id", "mime-version", "return-path",
	"received",
}

// A letter is a mail as it travels.
type letter struct {
	from          string
	to            []string // those who get a copy
	international bool     // an address has a local part outside of ASCII
	data          []byte
	handover      func(context.Context)
}

// build makes a letter of a mail. The error is *ports.Undeliverable.
func build(m ports.Mail, c config.Mail, now time.Time) (*letter, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	l := &letter{handover: m.Handover}
	if err := l.addresses(msg, m, c); err != nil {
		return nil, err
	}
	if !m.Date.IsZero() {
		now = m.Date
	}
	if err := head(msg, m, l.from, now); err != nil {
		return nil, err
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	for _, a := range m.Attachments {
		kind, _, err := mime.ParseMediaType(a.Type)
		if err != nil || strings.HasPrefix(kind, "multipart/") || strings.HasPrefix(kind, "message/") {
			kind = "application/octet-stream"
		}
		name := fileName(a.Name)
		msg.AttachReadSeeker(name, bytes.NewReader(a.Data), gomail.WithFileContentType(gomail.ContentType(kind)), disposed(name))
	}
	var b bytes.Buffer
	if _, err := msg.WriteTo(&b); err != nil {
		return nil, &ports.Undeliverable{Reason: "the mail cannot be put together"}
	}
	l.data = b.Bytes()
	return l, nil
}

// head sets the header fields that are no addresses. Mail that a program sends
// should say so, lest other programs answer it (RFC 3834); it is no mailing
// list, so it has no List fields and no Precedence.
func head(msg *gomail.Msg, m ports.Mail, from string, now time.Time) error {
	for _, h := range m.Headers {
		if !settable(h.Name) {
			return &ports.Undeliverable{Reason: "a further header has a name that cannot be set"}
		}
		msg.SetGenHeader(gomail.Header(h.Name), ports.OneLine(h.Value))
	}
	msg.Subject(ports.OneLine(m.Subject))
	msg.SetDateWithValue(now)
	msg.SetMessageIDWithValue(messageID(m, from))
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Auto-Response-Suppress", "All")
	return nil
}

// addresses sets who the mail is from and for.
func (l *letter) addresses(msg *gomail.Msg, m ports.Mail, c config.Mail) error {
	sender := m.From
	if sender == "" {
		sender = c.DefaultSender
	}
	if sender == "" {
		return &ports.Undeliverable{Reason: "the mail has no sender, and the configuration no default sender"}
	}
	from, err := l.parse([]string{sender})
	if err != nil {
		return err
	}
	msg.FromMailAddress(from[0])
	l.from = from[0].Address
	recipients := 0
	for _, field := range []struct {
		all []string
		set func(...*mail.Address)
	}{
		{m.To, msg.ToMailAddress}, {m.Cc, msg.CcMailAddress}, {m.Bcc, msg.BccMailAddress},
	} {
		all, err := l.parse(field.all)
		if err != nil {
			return err
		}
		if len(all) > 0 {
			field.set(all...)
		}
		for _, a := range all {
			if recipients++; !slices.Contains(m.Settled, a.Address) && !slices.Contains(l.to, a.Address) {
				l.to = append(l.to, a.Address)
			}
		}
	}
	if recipients == 0 {
		return &ports.Undeliverable{Reason: "the mail has no recipient"}
	}
	if m.ReplyTo != "" {
		reply, err := l.parse([]string{m.ReplyTo})
		if err != nil {
			return err
		}
		msg.ReplyToMailAddress(reply[0])
	}
	return nil
}

// parse reads mailboxes. Which one is wrong is not said: it is an answer.
func (l *letter) parse(texts []string) ([]*mail.Address, error) {
	all := make([]*mail.Address, len(texts))
	for i, text := range texts {
		a, err := ports.ParseMailbox(text)
		if err != nil {
			return nil, &ports.Undeliverable{Reason: "an address of the mail is malformed"}
		}
		l.international = l.international || strings.ContainsFunc(a.Address, func(r rune) bool { return r >= 0x80 })
		all[i] = a
	}
	return all, nil
}

// wire is an address as it stands in the envelope.
func wire(address string) string { return (&mail.Address{Address: address}).String() }

// settable reports whether name can be a further header field.
func settable(name string) bool {
	lower := strings.ToLower(name)
	if name == "" || slices.Contains(own, lower) || strings.HasPrefix(lower, "content-") {
		return false
	}
	for _, r := range name {
		if r <= ' ' || r >= 0x7f || r == ':' {
			return false
		}
	}
	return true
}

// disposed names the file as RFC 2231 has it; the library puts names with
// letters beyond ASCII into quotes in the way of RFC 2047, which is not for them.
// That is left in the content type for old programs.
func disposed(name string) gomail.FileOption {
	return func(f *gomail.File) {
		if d := mime.FormatMediaType("attachment", map[string]string{"filename": name}); d != "" {
			f.Header.Set("Content-Disposition", d)
		}
	}
}

// fileName leaves of a name what a recipient's program may save a file under.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(ports.OneLine(name), `\`, "/"))
	if name == "." || name == ".." || name == "/" {
		return "file"
	}
	return name
}

// messageID gives the mail's Message-ID. It depends on the effect's key alone,
// so that mail programs show one mail where delivery happened twice; the key
// itself, which names a session, is not shown.
func messageID(m ports.Mail, from string) string {
	if id := strings.Trim(ports.OneLine(m.MessageID), "<> "); id != "" {
		return strings.ReplaceAll(id, " ", "")
	}
	domain := strings.Trim(from[strings.LastIndexByte(from, '@')+1:], "[]")
	sum := sha256.Sum256([]byte("message-id\x00" + m.Key))
	return hex.EncodeToString(sum[:16]) + "@" + domain
}
