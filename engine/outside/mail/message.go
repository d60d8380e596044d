package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"mime"
	"net/mail"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

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

// build makes a message of a mail. The error is *ports.Undeliverable.
func build(m ports.Mail, c config.Mail, now time.Time) (*gomail.Msg, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	from, err := addresses(msg, m, c)
	if err != nil {
		return nil, err
	}
	for _, h := range m.Headers {
		if !settable(h.Name) {
			return nil, &ports.Undeliverable{Reason: "a further header has a name that cannot be set"}
		}
		msg.SetGenHeader(gomail.Header(h.Name), oneLine(h.Value))
	}
	msg.Subject(oneLine(m.Subject))
	msg.SetDateWithValue(now)
	msg.SetMessageIDWithValue(messageID(m, from))
	// Mail that a program sends should not be answered by other programs.
	msg.SetGenHeader("Auto-Submitted", "auto-generated")

	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	for _, a := range m.Attachments {
		kind, _, err := mime.ParseMediaType(a.Type)
		if err != nil || strings.HasPrefix(kind, "multipart/") {
			kind = "application/octet-stream"
		}
		msg.AttachReadSeeker(fileName(a.Name), bytes.NewReader(a.Data), gomail.WithFileContentType(gomail.ContentType(kind)))
	}
	return msg, nil
}

// addresses sets who the mail is from and for, and gives the sender.
func addresses(msg *gomail.Msg, m ports.Mail, c config.Mail) (*mail.Address, error) {
	sender := m.From
	if sender == "" {
		sender = c.DefaultSender
	}
	if sender == "" {
		return nil, &ports.Undeliverable{Reason: "the mail has no sender, and the configuration no default sender"}
	}
	from, err := parse([]string{sender})
	if err != nil {
		return nil, err
	}
	msg.FromMailAddress(from[0])
	recipients := 0
	for _, field := range []struct {
		all []string
		set func(...*mail.Address)
	}{
		{m.To, msg.ToMailAddress}, {m.Cc, msg.CcMailAddress}, {m.Bcc, msg.BccMailAddress},
	} {
		all, err := parse(field.all)
		if err != nil {
			return nil, err
		}
		if len(all) > 0 {
			field.set(all...)
		}
		recipients += len(all)
	}
	if recipients == 0 {
		return nil, &ports.Undeliverable{Reason: "the mail has no recipient"}
	}
	if m.ReplyTo != "" {
		reply, err := parse([]string{m.ReplyTo})
		if err != nil {
			return nil, err
		}
		msg.ReplyToMailAddress(reply[0])
	}
	return from[0], nil
}

// parse reads mailboxes. Which one is wrong is not said: it is an answer.
func parse(texts []string) ([]*mail.Address, error) {
	all := make([]*mail.Address, len(texts))
	for i, text := range texts {
		a, err := mail.ParseAddress(text)
		if err != nil || strings.ContainsFunc(a.Address, unicode.IsControl) {
			return nil, &ports.Undeliverable{Reason: "an address of the mail is malformed"}
		}
		a.Name = oneLine(a.Name)
		all[i] = a
	}
	return all, nil
}

// oneLine makes every line break and other control character a blank, so that
// a value stays inside its header field.
func oneLine(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s))
}

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

// fileName leaves of a name what a recipient's program may save a file under.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(oneLine(name), `\`, "/"))
	if name == "." || name == ".." || name == "/" {
		return "file"
	}
	return name
}

// messageID gives the mail's Message-ID. It depends on the effect's key alone,
// so that mail programs show one mail where delivery happened twice; the key
// itself, which names a session, is not shown.
func messageID(m ports.Mail, from *mail.Address) string {
	if id := strings.Trim(oneLine(m.MessageID), "<> "); id != "" {
		return strings.ReplaceAll(id, " ", "")
	}
	_, domain, _ := strings.Cut(from.Address[strings.LastIndexByte(from.Address, '@'):], "@")
	sum := sha256.Sum256([]byte("message-id\x00" + m.Key))
	return hex.EncodeToString(sum[:16]) + "@" + domain
}
