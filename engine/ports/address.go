package ports

import (
	"errors"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// ErrAddress says that a text is no mailbox. It does not say which text: that
// may be an answer.
var ErrAddress = errors.New("it is not an e-mail address")

// ParseMailbox reads a mailbox, `"Name" <user@example.org>` or the bare address,
// as it can travel: the domain in ASCII, the name without line breaks. Whether
// anybody lives there only the mail server can tell. The error is ErrAddress.
func ParseMailbox(text string) (*mail.Address, error) {
	a, err := mail.ParseAddress(text)
	if err != nil || strings.ContainsFunc(a.Address, unicode.IsControl) || !utf8.ValidString(a.Address) {
		return nil, ErrAddress
	}
	at := strings.LastIndexByte(a.Address, '@')
	local, domain := a.Address[:at], a.Address[at+1:]
	if !strings.HasPrefix(domain, "[") { // an IP address in brackets is what it is
		if domain, err = idna.Lookup.ToASCII(domain); err != nil {
			return nil, ErrAddress
		}
	}
	if local == "" || domain == "" || len(local) > 64 || len(domain) > 253 {
		return nil, ErrAddress
	}
	a.Address = local + "@" + domain
	a.Name = OneLine(a.Name)
	return a, nil
}

// OneLine makes every line break and other control character a blank, so that
// a text stays inside the header field that it is put into.
func OneLine(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s))
}
