// Package mailtest is a mail server for tests: it listens on this machine, takes
// what it is given and keeps it. It sends nothing anywhere.
package mailtest

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// A Letter is one mail that the server took.
type Letter struct {
	From string   // envelope sender
	To   []string // envelope recipients
	Data []byte   // head and body as they came
	User string   // who had signed in, or ""
	TLS  bool     // whether the connection was protected
}

// A Server takes mail. Change its fields before the first mail only.
type Server struct {
	Host string
	Port int

	// Password lets anybody sign in who knows it; "" offers no signing in.
	Password string
	// Refuse, if set, is asked for every recipient; its answer is the server's.
	Refuse func(recipient string) error
	// RefuseSender, if set, is asked for every sender; its answer is the server's.
	RefuseSender func(sender string) error
	// Greet, if set, is asked for every connection, 1 is the first; false ends
	// it at once, as if nobody were there.
	Greet func(n int) bool
	// Take, if set, is asked for every mail whose head and body have come, 1 is
	// the first; an error refuses it. Hang up in it by returning ErrHangUp.
	Take func(n int, l Letter) error
	// HangUp, if set, is asked for every mail before its head and body have
	// come; true ends the connection in the middle of it.
	HangUp func(n int) bool

	server *smtp.Server
	mu     sync.Mutex
	taken  []Letter
	met    int // connections
	open   []*smtp.Conn
	seen   int // mails offered
	come   chan struct{}
}

// Start starts a server that stops at the end of the test. With a certificate it
// offers STARTTLS, or speaks TLS from the start if implicit.
func Start(t testing.TB, cert *tls.Config, implicit bool) *Server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("mail server: %v", err)
	}
	host, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatalf("mail server: %v", err)
	}
	s := &Server{Host: host, come: make(chan struct{}, 1000)}
	if s.Port, err = strconv.Atoi(port); err != nil {
		t.Fatalf("mail server: %v", err)
	}
	s.server = smtp.NewServer(s)
	s.server.Domain = "localhost"
	s.server.AllowInsecureAuth = true
	s.server.MaxMessageBytes = 10 << 20
	s.server.EnableSMTPUTF8 = true
	s.server.ReadTimeout, s.server.WriteTimeout = 10*time.Second, 10*time.Second
	s.server.TLSConfig = cert
	if implicit {
		l = tls.NewListener(l, cert)
	}
	done := make(chan error, 1)
	go func() { done <- s.server.Serve(l) }()
	t.Cleanup(func() {
		s.server.Close()
		l.Close() // the server does not know it yet if it was that quick
		if err := <-done; err != nil && !errors.Is(err, smtp.ErrServerClosed) && !errors.Is(err, net.ErrClosed) {
			t.Errorf("mail server: %v", err)
		}
	})
	return s
}

// ErrHangUp as the answer to a mail ends the connection without one.
var ErrHangUp = errors.New("hang up")

// LatinOnly makes the server one that takes no international addresses.
func (s *Server) LatinOnly() { s.server.EnableSMTPUTF8 = false }

// Connections gives how many connections there were.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.met
}

// Part ends all connections.
func (s *Server) Part() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.open {
		c.Conn().Close()
	}
	s.open = nil
}

// Letters gives what was taken so far.
func (s *Server) Letters() []Letter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.taken)
}

// Wait returns the first n letters once they are there, or fails the test after
// ten seconds.
func (s *Server) Wait(t testing.TB, n int) []Letter {
	t.Helper()
	late := time.After(10 * time.Second)
	for {
		if all := s.Letters(); len(all) >= n {
			return all[:n]
		}
		select {
		case <-s.come:
		case <-late:
			t.Fatalf("%d of %d mails have come", len(s.Letters()), n)
		}
	}
}

// NewSession is smtp.Backend.
func (s *Server) NewSession(c *smtp.Conn) (smtp.Session, error) {
	s.mu.Lock()
	s.met++
	s.open = append(s.open, c)
	n := s.met
	s.mu.Unlock()
	if s.Greet != nil {
		if !s.Greet(n) {
			c.Conn().Close()
			return nil, ErrHangUp
		}
	}
	_, protected := c.TLSConnectionState()
	if _, ok := c.Conn().(*tls.Conn); ok {
		protected = true
	}
	return &session{server: s, conn: c, letter: Letter{TLS: protected}}, nil
}

// A session is one connection.
type session struct {
	server *Server
	conn   *smtp.Conn
	letter Letter
}

func (s *session) AuthMechanisms() []string {
	if s.server.Password == "" {
		return nil
	}
	return []string{sasl.Plain}
}

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != s.server.Password {
			return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "who are you?"}
		}
		s.letter.User = user
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.server.Password != "" && s.letter.User == "" {
		return smtp.ErrAuthRequired
	}
	if s.server.RefuseSender != nil {
		if err := s.server.RefuseSender(from); err != nil {
			return err
		}
	}
	s.letter.From = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if s.server.Refuse != nil {
		if err := s.server.Refuse(to); err != nil {
			return err
		}
	}
	s.letter.To = append(s.letter.To, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	s.server.mu.Lock()
	s.server.seen++
	n := s.server.seen
	s.server.mu.Unlock()
	if s.server.HangUp != nil && s.server.HangUp(n) {
		_, _ = io.CopyN(io.Discard, r, 100)
		return s.hangUp()
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("read mail: %w", err)
	}
	s.letter.Data = data
	if s.server.Take != nil {
		if err := s.server.Take(n, s.letter); errors.Is(err, ErrHangUp) {
			return s.hangUp()
		} else if err != nil {
			return err
		}
	}
	s.server.mu.Lock()
	s.server.taken = append(s.server.taken, s.letter)
	s.server.mu.Unlock()
	select {
	case s.server.come <- struct{}{}:
	default: // nobody waits
	}
	return nil
}

// hangUp ends the connection as if the server had died.
func (s *session) hangUp() error {
	if err := s.conn.Conn().Close(); err != nil {
		return fmt.Errorf("hang up: %w", err)
	}
	return ErrHangUp
}

func (s *session) Reset()        { s.letter.From, s.letter.To, s.letter.Data = "", nil, nil }
func (s *session) Logout() error { return nil }
