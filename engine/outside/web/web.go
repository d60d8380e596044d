// Package web calls other servers over HTTP on behalf of interviews.
//
// Only hosts that the configuration lists are called, and of these only such
// as have public addresses, unless the configuration names their network: the
// address that is really dialled is looked at, after names were resolved and
// again for every redirect, so that neither a name nor another server can lead
// a call to a neighbour of this machine. A call takes limited time and brings
// back a limited amount.
//
// Writing requests and reading responses as authors know them is left to the
// requests module of package stdlib; not asking twice is left to the journal of
// package solve.
package web

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"colloquy/engine/config"
	"colloquy/engine/ports"
)

// mostRedirects is how many redirects are followed in one call.
const mostRedirects = 10

// A Client is a ports.Web. It is safe for concurrent use.
type Client struct {
	rules  config.Web
	client *http.Client
}

var _ ports.Web = (*Client)(nil)

// New returns a Client that obeys the rules. roots are the certificates that
// servers are judged by; nil means those of the machine.
func New(rules config.Web, roots *x509.CertPool) *Client {
	c := &Client{rules: rules}
	dialer := &net.Dialer{Timeout: rules.Time, KeepAlive: 30 * time.Second, Control: c.control}
	c.client = &http.Client{
		CheckRedirect: c.redirect,
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
			ForceAttemptHTTP2: true, DisableCompression: true, MaxResponseHeaderBytes: 256 << 10,
			MaxIdleConns: 100, MaxIdleConnsPerHost: 4, IdleConnTimeout: 30 * time.Second, TLSHandshakeTimeout: rules.Time,
		},
	}
	return c
}

// Do makes one call. See ports.Web.
func (c *Client) Do(ctx context.Context, req ports.WebRequest) (*ports.WebResponse, error) {
	u, err := url.Parse(req.URL)
	if err != nil {
		return nil, &ports.Undeliverable{Reason: "the address cannot be read"}
	}
	if err := c.allowed(u); err != nil {
		return nil, err
	}
	watch, end := c.watch(ctx, req)
	defer end()
	r, err := http.NewRequestWithContext(watch.ctx, req.Method, req.URL, bytes.NewReader(req.Body))
	if err != nil {
		return nil, &ports.Undeliverable{Reason: "the request cannot be made", Cause: err}
	}
	r.Header = req.Header.Clone()
	if r.Header == nil {
		r.Header = http.Header{}
	}
	if len(req.Body) == 0 && r.Header.Get("Content-Length") != "" {
		r.TransferEncoding = []string{"identity"} // makes the client say that there is no body
	}
	if req.Key != "" {
		r.Header.Set("Idempotency-Key", req.Key)
	}
	client := *c.client
	if !req.Follow {
		client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	begun := time.Now()
	resp, err := client.Do(r)
	if err != nil {
		return nil, watch.explain(ctx, err)
	}
	defer resp.Body.Close()
	out := &ports.WebResponse{Status: resp.StatusCode, URL: resp.Request.URL.String(), Header: resp.Header, Elapsed: time.Since(begun)}
	_, out.Reason, _ = strings.Cut(resp.Status, " ")
	if out.Body, err = c.read(resp); err != nil {
		return nil, watch.explain(ctx, err)
	}
	return out, nil
}

// A watch is the time that one call has.
type watch struct {
	ctx       context.Context
	connected atomic.Bool
}

var errConnect = errors.New("nobody answered in time")

// watch begins the time of a call; end stops it.
func (c *Client) watch(ctx context.Context, req ports.WebRequest) (w *watch, end func()) {
	limit := c.rules.Time
	if req.Timeout > 0 && req.Timeout < limit {
		limit = req.Timeout
	}
	w = &watch{}
	timed, stop := context.WithTimeout(ctx, limit)
	inner, cancel := context.WithCancelCause(timed)
	connect := limit
	if req.Connect > 0 && req.Connect < limit {
		connect = req.Connect
	}
	timer := time.AfterFunc(connect, func() {
		if !w.connected.Load() {
			cancel(errConnect)
		}
	})
	w.ctx = httptrace.WithClientTrace(inner, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { w.connected.Store(true) }})
	return w, func() { timer.Stop(); cancel(nil); stop() }
}

// explain turns a failure of the HTTP client into one of ports.
func (w *watch) explain(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var refused *ports.Undeliverable
	var known *ports.WebError
	switch {
	case errors.As(err, &refused):
		return refused
	case errors.As(err, &known):
		return known
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err // without the address, which may hold a secret
	}
	return &ports.WebError{Failure: w.failure(err), Cause: err}
}

func (w *watch) failure(err error) ports.WebFailure {
	var timeout net.Error
	late := errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
	var dial *net.OpError
	var wrong *tls.CertificateVerificationError
	var noTLS tls.RecordHeaderError
	switch {
	case context.Cause(w.ctx) == errConnect, late && !w.connected.Load():
		return ports.WebConnectTimeout
	case late:
		return ports.WebReadTimeout
	case errors.As(err, &wrong), errors.As(err, &noTLS):
		return ports.WebSecurity
	case errors.As(err, &dial) && dial.Op == "dial":
		return ports.WebConnect
	}
	return ports.WebBroken
}

// read takes the body out of a response, unpacked.
func (c *Client) read(resp *http.Response) ([]byte, error) {
	body := io.Reader(resp.Body)
	if resp.Request.Method != http.MethodHead && resp.StatusCode != http.StatusNoContent && resp.StatusCode != http.StatusNotModified {
		var err error
		if body, err = unpacked(resp.Header.Get("Content-Encoding"), body); err != nil {
			return nil, err
		}
	}
	b, err := io.ReadAll(io.LimitReader(body, c.rules.Size+1))
	if err != nil {
		return nil, err
	}
	if int64(len(b)) > c.rules.Size {
		return nil, &ports.WebError{Failure: ports.WebTooLarge, Cause: fmt.Errorf("the response is larger than %d bytes; "+
			"an administrator can change \"maximum size\" of \"web requests\"", c.rules.Size)}
	}
	return b, nil
}

// unpacked undoes the encodings that the requests module asks for.
func unpacked(encoding string, body io.Reader) (io.Reader, error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "gzip", "x-gzip":
		packed, empty := begins(body)
		if empty {
			return packed, nil
		}
		return gzip.NewReader(packed)
	case "deflate":
		packed, empty := begins(body)
		if empty {
			return packed, nil
		}
		whole, err := io.ReadAll(io.LimitReader(packed, 64<<20))
		if err != nil {
			return nil, err
		}
		if r, err := zlib.NewReader(bytes.NewReader(whole)); err == nil {
			return r, nil
		}
		return flate.NewReader(bytes.NewReader(whole)), nil // what some servers send under this name
	}
	return body, nil
}

// begins reports whether there is nothing to read.
func begins(r io.Reader) (again io.Reader, empty bool) {
	first := make([]byte, 1)
	n, _ := io.ReadFull(r, first)
	return io.MultiReader(bytes.NewReader(first[:n]), r), n == 0
}

// redirect decides whether a redirect is followed.
func (c *Client) redirect(next *http.Request, via []*http.Request) error {
	if len(via) > mostRedirects {
		return &ports.WebError{Failure: ports.WebRedirects, Cause: fmt.Errorf("more than %d redirects", mostRedirects)}
	}
	return c.allowed(next.URL)
}

// allowed returns why an address may not be called, or nil.
func (c *Client) allowed(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return &ports.Undeliverable{Reason: "only addresses that begin with http:// or https:// can be called"}
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	if slices.ContainsFunc(c.rules.Allow, func(rule string) bool { return matches(rule, host, port) }) {
		return nil
	}
	return &ports.Undeliverable{Reason: fmt.Sprintf("the server does not allow calls to %s; "+
		"an administrator can list it under \"allowed hosts\" of \"web requests\" in the configuration", host)}
}

// matches reports whether a host and port are among those a rule allows.
func matches(rule, host, port string) bool {
	if h, p, err := net.SplitHostPort(rule); err == nil {
		if p != port {
			return false
		}
		rule = h
	}
	rule = strings.TrimSuffix(strings.Trim(rule, "[]"), ".")
	if domain, ok := strings.CutPrefix(rule, "*."); ok {
		return strings.HasSuffix(host, "."+domain)
	}
	return rule == "*" || rule == host
}

// control looks at an address that is about to be dialled.
func (c *Client) control(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return &ports.Undeliverable{Reason: "the address " + address + " cannot be read", Cause: err}
	}
	ip := at.Addr().Unmap().WithZone("")
	if public(ip) || slices.ContainsFunc(c.rules.Private, func(p netip.Prefix) bool { return p.Contains(ip) }) {
		return nil
	}
	return &ports.Undeliverable{Reason: fmt.Sprintf("%s is not a public address; "+
		"an administrator can list it under \"private networks\" of \"web requests\" in the configuration", ip)}
}

// special are the networks beside those that netip knows which lead to no
// public server, or that hide another address inside.
var special = networks("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
	"203.0.113.0/24", "240.0.0.0/4", "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16",
	"3fff::/20", "5f00::/16", "fec0::/10")

func networks(texts ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(texts))
	for i, t := range texts {
		out[i] = netip.MustParsePrefix(t)
	}
	return out
}

// public reports whether ip is an address of the public net.
func public(ip netip.Addr) bool {
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() {
		return false
	}
	return !slices.ContainsFunc(special, func(p netip.Prefix) bool { return p.Contains(ip) })
}
