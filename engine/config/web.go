package config

import (
	"net/netip"
	"strings"
	"time"
)

// Web says which other servers interviews may call, with the requests module.
type Web struct {
	// Allow lists the hosts (web requests: allowed hosts): a host name or
	// address, with ":PORT" for one port alone; "*.example.com" for every name
	// below a domain; "*" for every host. Empty, the default, means none.
	Allow []string
	// Private lists networks that may be called although they are not public
	// (web requests: private networks): this machine, its neighbours.
	Private []netip.Prefix
	Time    time.Duration // web requests: seconds, for one call; default 20 s
	Size    int64         // web requests: maximum size, of one response in bytes; default 8 MiB
}

var webFields = []field[Web]{
	{name: "allowed hosts", read: readHosts},
	{name: "private networks", read: readNetworks},
	{name: "seconds", read: whole(1, 600, func(w *Web, n int64) { w.Time = time.Duration(n) * time.Second })},
	{name: "maximum size", read: size(func(w *Web, n int64) { w.Size = max(n, 1) })},
}

func readWeb(r *reader, key string, n *node, c *Config) {
	readSection(r, key, n, &c.Web, webFields, nil)
}

// readHosts takes one host or a list of them.
func readHosts(r *reader, key string, n *node, w *Web) {
	w.Allow = []string{}
	for _, item := range items(n) {
		item = target(item)
		s, ok := r.text(key, item)
		if !ok {
			return
		}
		bare := strings.TrimPrefix(s, "*.")
		if bare == "" || strings.ContainsAny(s, "/?# @") || bare != "*" && strings.Contains(bare, "*") {
			r.fault(item, key, "%q must be a host such as api.example.org, *.example.org, 192.0.2.1:8080 or *", s)
			return
		}
		w.Allow = append(w.Allow, strings.ToLower(s))
	}
}

// readNetworks takes one address or network, or a list of them.
func readNetworks(r *reader, key string, n *node, w *Web) {
	w.Private = []netip.Prefix{}
	for _, item := range items(n) {
		p, ok := r.network(key, target(item))
		if !ok {
			return
		}
		w.Private = append(w.Private, p)
	}
}

// network reads an address or a network.
func (r *reader) network(key string, n *node) (netip.Prefix, bool) {
	s, ok := r.text(key, n)
	if !ok {
		return netip.Prefix{}, false
	}
	p, err := netip.ParsePrefix(s)
	if a, wrong := netip.ParseAddr(s); wrong == nil {
		p, err = netip.PrefixFrom(a, a.BitLen()), nil
	}
	if err != nil {
		r.fault(n, key, "%q must be an address or a network such as 127.0.0.1 or 10.0.0.0/8", s)
		return netip.Prefix{}, false
	}
	return p.Masked(), true
}
