package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/textproto"
	"strconv"
	"strings"

	"colloquy/engine/ports"
)

// A Failure is why a mail was not taken this time; a later attempt may work.
type Failure struct {
	Stage string // what was being done: "connect", "sign in", "recipients"...
	Code  int    // SMTP status, 0 if the server gave none
	Extra string // enhanced status such as 4.2.2, or ""
}

// Error names stage and status. It quotes neither mail nor server.
func (f *Failure) Error() string { return "mail not taken: " + f.Class() }

// Class names stage and status in few words, for lists.
func (f *Failure) Class() string {
	text := f.Stage
	if f.Code != 0 {
		text += " " + strconv.Itoa(f.Code)
	}
	if f.Extra != "" {
		text += " " + f.Extra
	}
	return text
}

// refused is the error for what a server will never take.
func refused(stage string, code int, extra string) error {
	f := &Failure{Stage: stage, Code: code, Extra: extra}
	return &ports.Undeliverable{Reason: "the mail server refused the mail (" + f.Class() + ")"}
}

// at makes an error of what a server said at some stage. A refusal of the mail
// itself is for good; whatever else went wrong, a wrong password included, an
// administrator or time may mend.
func at(stage string, err error) error {
	var said *textproto.Error
	if !errors.As(err, &said) {
		return &Failure{Stage: stage}
	}
	code, extra := said.Code, enhanced(said)
	switch code {
	case 530, 534, 535, 538: // sign in first, or otherwise
		return &Failure{Stage: "sign in", Code: code, Extra: extra}
	}
	if code >= 500 && stage != "connect" && stage != "sign in" {
		return refused(stage, code, extra)
	}
	return &Failure{Stage: stage, Code: code, Extra: extra}
}

// enhanced gives the enhanced status that a server's answer begins with, or "".
func enhanced(said *textproto.Error) string {
	word, _, _ := strings.Cut(said.Msg, " ")
	parts := strings.Split(word, ".")
	if len(parts) != 3 || parts[0] != strconv.Itoa(said.Code/100) {
		return ""
	}
	for _, p := range parts {
		if n, err := strconv.Atoi(p); err != nil || n < 0 || n > 999 {
			return ""
		}
	}
	return word
}

// explain gives an error that tells nothing of the mail.
func explain(ctx context.Context, err error) error {
	var never *ports.Undeliverable
	var failure *Failure
	switch {
	case errors.As(err, &never):
		return never
	case errors.Is(ctx.Err(), context.Canceled):
		return &Failure{Stage: "interrupted"}
	case ctx.Err() != nil || timedOut(err):
		return &Failure{Stage: "took too long"}
	case errors.As(err, &failure):
		return failure
	}
	return &Failure{Stage: dialStage(err)}
}

func timedOut(err error) bool {
	var network net.Error
	return errors.As(err, &network) && network.Timeout()
}

// dialStage tells what failed before the mail was offered.
func dialStage(err error) string {
	var unknown *tls.CertificateVerificationError
	var network net.Error
	switch {
	case errors.As(err, &unknown):
		return "certificate"
	case errors.As(err, &network):
		return "connect"
	}
	return "conversation"
}
