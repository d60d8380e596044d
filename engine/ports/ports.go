// Package ports describes the outside world as small interfaces, and what is
// asked of it as plain data.
//
// The engine below package run never acts on the world itself. It reads the
// clock and chance through Clock and Random, it looks things up through
// KeyValue, Files and Web, and what it wants done for good (a mail, a
// text message) it writes down as an Effect, which is saved with the step that
// asked for it and delivered later by the job engine through a Mailer or a
// Texter. The adapters in engine/outside and sql/store implement these
// interfaces; this package holds no implementation that touches anything.
//
// Every method takes a context first, obeys its end, and is safe for
// concurrent use unless it says otherwise.
package ports

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"net/http"
	"time"
)

// A Clock tells the time, always in UTC.
type Clock interface {
	Now() time.Time
}

// ClockFunc makes a Clock of a function; its result is turned to UTC.
type ClockFunc func() time.Time

// Now calls the function and gives its time in UTC.
func (f ClockFunc) Now() time.Time { return f().UTC() }

// Random is a source of bytes nobody can foresee: crypto/rand.Reader outside
// of tests. Read fills p whole or fails; a failure is not to be worked around.
type Random = io.Reader

// ErrNotFound is what Files return for a name they do not hold.
var ErrNotFound = errors.New("not found")

// An Undeliverable error says that trying again would be useless: the address
// does not exist, the message is malformed, the account is not configured.
// Every other error of a Mailer, Texter or Web delivery is worth a retry.
type Undeliverable struct {
	Reason string // for administrators; names no content of the message
	Cause  error  // may be nil
}

// Error gives the reason and the cause.
func (e *Undeliverable) Error() string {
	if e.Cause == nil {
		return e.Reason
	}
	return e.Reason + ": " + e.Cause.Error()
}

// Unwrap gives the cause to errors.Is and errors.As.
func (e *Undeliverable) Unwrap() error { return e.Cause }

// A Mailer hands one mail to a mail system.
type Mailer interface {
	// Send returns nil once the mail system has taken responsibility for the
	// mail, for some of its recipients at least, or has refused the others for
	// good. It returns an *Undeliverable error when nobody will ever get it,
	// and another one if trying again may help; those named in the receipt as
	// taken or refused are to be left out then (Mail.Settled). The same
	// Message-ID may be sent twice (delivery is at least once).
	Send(ctx context.Context, m Mail) (Receipt, error)

	// Mailbox tells how mail leaves under the configuration of this name, ""
	// for the default one, and whether there is such a one.
	Mailbox(name string) (Mailbox, bool)
}

// A Mailbox is a configuration under which mail can be sent.
type Mailbox struct {
	Name      string
	Sender    string // of mails that name none; "" means that a mail must name its own
	Immediate bool   // mail is sent while the interview waits, not afterwards
}

// A Receipt says whom an attempt to send a mail has reached. Addresses are bare
// and in the form that travels, ASCII domains.
type Receipt struct {
	Taken    []string  // the mail system is responsible for them
	Refused  []Refusal // never, it says
	Deferred []Refusal // not now
}

// A Refusal is what a mail system said about one recipient.
type Refusal struct {
	Address string `json:"address"`
	Code    int    `json:"code,omitempty"`  // SMTP status, 0 if there was none
	Extra   string `json:"extra,omitempty"` // enhanced status such as 5.1.1, or ""
}

// A Texter hands one text message to a carrier.
type Texter interface {
	// Send returns nil once the carrier has accepted the message, and an
	// *Undeliverable error when it never will.
	Send(ctx context.Context, t Text) error

	// Knows reports whether name is a configuration under which text messages
	// can be sent; "" asks for the default one.
	Knows(name string) bool
}

// Files keeps files as opaque bytes: whoever stores a secret seals it first.
// Names are slash-separated paths that satisfy fs.ValidPath.
type Files interface {
	// Put stores everything r holds under name, replacing what was there, and
	// returns the number of bytes. Nobody ever sees half a file.
	Put(ctx context.Context, name string, r io.Reader) (size int64, err error)

	// Open gives the bytes under name, or ErrNotFound. The caller closes it.
	Open(ctx context.Context, name string) (io.ReadCloser, error)

	// Delete removes name; removing what is not there is no error.
	Delete(ctx context.Context, name string) error

	// DeleteAll removes every file whose path begins with folder and a slash.
	DeleteAll(ctx context.Context, folder string) error
}

// A KeyValue keeps what interviews keep with DARedis, under keys that all nodes
// share: a server of the kind of Redis.
type KeyValue interface {
	// Do runs a command of Redis, its name first, and returns its reply: nil, an
	// int64, a string, or a []any of these. An error that is a *CommandError is
	// the command's fault; every other one says that nobody answered.
	Do(ctx context.Context, args ...string) (reply any, err error)
}

// A CommandError is what a KeyValue says about a command: a wrong number of
// arguments, a list where a text is wanted.
type CommandError struct{ Text string }

// Error gives the text.
func (e *CommandError) Error() string { return e.Text }

// A WebRequest is one call to another server on behalf of an interview.
type WebRequest struct {
	Method  string // upper case
	URL     string // absolute, http or https
	Header  http.Header
	Body    []byte
	Timeout time.Duration // for the whole call; 0 means the adapter's default
	Connect time.Duration // for reaching the server; 0 means Timeout
	Key     string        // when not "", sent as the Idempotency-Key header
	Follow  bool          // follow redirects
}

// A WebResponse is what the other server said.
type WebResponse struct {
	Status  int
	Reason  string // the words beside the status, "" if there were none
	URL     string // after redirects
	Header  http.Header
	Body    []byte
	Elapsed time.Duration // until the header had come
}

// The ways in which a call to another server fails.
const (
	WebConnect        WebFailure = iota // nobody answered there
	WebConnectTimeout                   // nobody answered in time
	WebReadTimeout                      // the answer did not come in time
	WebSecurity                         // the certificate is not good
	WebTooLarge                         // the answer is larger than is allowed
	WebRedirects                        // too many redirects
	WebBroken                           // the connection or the answer broke off
)

// A WebFailure is a way in which a call to another server fails.
type WebFailure int

// A WebError says why there was no response from a server that may be called.
type WebError struct {
	Failure WebFailure
	Cause   error
}

// Error gives the cause.
func (e *WebError) Error() string { return e.Cause.Error() }

// Unwrap gives the cause to errors.Is and errors.As.
func (e *WebError) Unwrap() error { return e.Cause }

// Web makes calls to other servers. Which servers may be called is decided by
// the adapter's configuration.
type Web interface {
	// Do returns a response for every status. An error means that there was
	// none: *Undeliverable if the address is refused, else *WebError, or the
	// context's if that ended.
	Do(ctx context.Context, req WebRequest) (*WebResponse, error)
}

// Converter makes documents of another kind with a program that is not ours.
type Converter interface {
	// Convert is given and gives the content of a file; kinds are named by their
	// extension, such as "docx" and "pdf".
	Convert(ctx context.Context, from, to string, content []byte) ([]byte, error)
}

// Jobs has effects delivered after the transaction that wrote them. A job
// carries the key of an effect and nothing else.
type Jobs interface {
	// Enqueue schedules the delivery of the effects with these keys inside tx:
	// the jobs exist if and only if tx commits. An effect that is already
	// scheduled is not scheduled twice.
	Enqueue(ctx context.Context, tx *sql.Tx, keys ...string) error
}
