package config

import (
	"net"
	"net/mail"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// A mailbox is one entry of the mail section as it is written.
type mailbox struct {
	Mail
	useTLS, useSSL bool
	tlsSaid        bool // use tls was given
	delivery       string
}

var mailFields = []field[mailbox]{
	{name: "name", read: text(func(m *mailbox) *string { return &m.Name })},
	{name: "default sender", read: checked(func(m *mailbox) *string { return &m.DefaultSender }, checkMailbox)},
	{name: "server", read: checked(func(m *mailbox) *string { return &m.Server }, checkHost)},
	{name: "port", read: whole(1, 65535, func(m *mailbox, n int64) { m.Port = int(n) })},
	{name: "username", read: text(func(m *mailbox) *string { return &m.Username })},
	{name: "password", read: text(func(m *mailbox) *string { return &m.Password }), secret: true},
	{name: "use tls", read: func(r *reader, key string, n *node, m *mailbox) {
		m.useTLS, m.tlsSaid = r.flag(key, n)
	}},
	{name: "authentication", read: checked(func(m *mailbox) *string { return &m.Auth }, checkAuth)},
	{name: "delivery", read: checked(func(m *mailbox) *string { return &m.delivery }, checkDelivery)},
	{name: "use ssl", read: flag(func(m *mailbox) *bool { return &m.useSSL })},
}

// byHTTP lists docassemble's keys for mail services that are not SMTP. Leaving
// them out silently would send the mail to the wrong place.
var byHTTP = []string{
	"mailgun api key", "mailgun domain", "mailgun api url", "sendgrid api key",
	"azure client id", "azure client secret", "azure tenant id",
}

// readMail reads the mail section: one mapping or a list of them.
func readMail(r *reader, key string, n *node, c *Config) {
	var all []Mail
	for i, item := range items(n) {
		m := mailbox{Mail: Mail{Server: "localhost", Port: 25}, useTLS: true}
		if n.Kind == yaml.SequenceNode {
			m.Name = "config" + strconv.Itoa(i)
		} else {
			m.Name = "default"
		}
		item = target(item)
		r.mailbox(key, item, &m)
		for _, other := range all {
			if other.Name == m.Name {
				r.fault(item, key, "two entries are called %q: give each a name of its own", m.Name)
			}
		}
		all = append(all, m.Mail)
	}
	for i, m := range all {
		if m.Name == "default" { // the default one goes first
			copy(all[1:i+1], all[:i])
			all[0] = m
		}
	}
	c.Mail = all
}

// mailbox reads one entry and checks that it hangs together.
func (r *reader) mailbox(key string, n *node, m *mailbox) {
	kept := n
	if n.Kind == yaml.MappingNode {
		kept = r.withoutHTTP(key, n)
	}
	readSection(r, key, kept, m, mailFields, nil)
	switch {
	case m.Username != "" && m.Password == "":
		r.fault(n, join(key, "password"), "is missing, although there is a username: give it, or leave out both")
	case m.Username == "" && m.Password != "":
		r.fault(n, join(key, "username"), "is missing, although there is a password: give it, or leave out both")
	}
	if m.DefaultSender == "" && !r.failed() {
		r.warn(n, join(key, "default sender"), "is missing: a mail that names no sender cannot be sent")
	}
	m.Auth = strings.ToUpper(m.Auth)
	m.Immediate = m.delivery == "immediate"
	switch {
	case m.useSSL:
		m.TLS = TLSImplicit
	case !m.useTLS:
		m.TLS = TLSNone
	case !m.tlsSaid && loopback(m.Server):
		m.TLS = TLSOpportunist
	}
	if m.TLS == TLSNone && m.Username != "" && !loopback(m.Server) {
		r.warn(n, join(key, "use tls"), "the password travels in clear: remove \"use tls: false\", or set \"use ssl\"")
	}
}

// withoutHTTP notes the keys of services that are not SMTP and gives the
// mapping without them.
func (r *reader) withoutHTTP(key string, n *node) *node {
	kept := *n
	kept.Content = nil
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		other := false
		for _, name := range byHTTP {
			other = other || k.Value == name
		}
		if other {
			r.fault(k, join(key, k.Value), "is not supported: this server sends mail over SMTP; the service has an SMTP address too")
			continue
		}
		kept.Content = append(kept.Content, k, n.Content[i+1])
	}
	return &kept
}

func checkMailbox(s string) string {
	if _, err := mail.ParseAddress(s); err != nil {
		return `must be one address, such as "Ada Lovelace" <ada@example.org>`
	}
	return ""
}

// mailAuth lists the ways to sign in to a mail server.
var mailAuth = []string{"CRAM-MD5", "LOGIN", "NTLM", "PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS", "XOAUTH2"}

func checkAuth(s string) string {
	if slices.Contains(mailAuth, strings.ToUpper(s)) {
		return ""
	}
	return "must be one of " + strings.Join(mailAuth, ", ") + "; without it the best way that the server offers is taken"
}

func checkDelivery(s string) string {
	if s == "immediate" || s == "background" {
		return ""
	}
	return "must be background (mail is sent after the step, and again if that fails) or immediate (the interview waits for the mail server)"
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
