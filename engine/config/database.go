package config

import (
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// A database is the db section as it is written.
type database struct {
	prefix, name, user, password, host, url string
	port                                    int64
	tablePrefix                             string
	sslMode, sslCert, sslKey, sslRoot       string
}

var dbFields = []field[database]{
	{name: "prefix", read: text(func(d *database) *string { return &d.prefix })},
	{name: "name", read: text(func(d *database) *string { return &d.name })},
	{name: "user", read: text(func(d *database) *string { return &d.user })},
	{name: "password", read: text(func(d *database) *string { return &d.password }), secret: true},
	{name: "host", read: text(func(d *database) *string { return &d.host })},
	{name: "port", read: whole(1, 65535, func(d *database, n int64) { d.port = n })},
	{name: "url", read: text(func(d *database) *string { return &d.url }), secret: true},
	{name: "table prefix", read: text(func(d *database) *string { return &d.tablePrefix })},
	{name: "backup", read: func(*reader, string, *node, *database) {}}, // for backup scripts
	{name: "ssl mode", read: text(func(d *database) *string { return &d.sslMode })},
	{name: "ssl cert", read: text(func(d *database) *string { return &d.sslCert })},
	{name: "ssl key", read: text(func(d *database) *string { return &d.sslKey })},
	{name: "ssl root cert", read: text(func(d *database) *string { return &d.sslRoot })},
}

var sslModes = []string{"disable", "allow", "prefer", "require", "verify-ca", "verify-full"}

// readDB reads the database section: a url, or docassemble's keys. A section
// without a prefix means PostgreSQL, as it does there.
func readDB(r *reader, key string, n *node, c *Config) {
	before := len(r.found)
	var d database
	readSection(r, key, n, &d, dbFields, nil)
	if len(r.found) > before {
		return
	}
	if d.sslMode != "" && !slices.Contains(sslModes, d.sslMode) {
		r.fault(n, join(key, "ssl mode"), "must be one of %s", strings.Join(sslModes, ", "))
	}
	if d.tablePrefix != "" {
		r.fault(n, join(key, "table prefix"), "is not supported: give the server a database or schema of its own")
	}
	switch scheme, _, _ := strings.Cut(d.prefix, ":"); {
	case d.url != "":
		c.DB = d.fromURL(r, key, n)
	case scheme == "" || strings.HasPrefix(scheme, "postgres"):
		c.DB = DB{Driver: Postgres, DSN: d.dsn()}
	case strings.HasPrefix(scheme, "sqlite"):
		c.DB = DB{Driver: SQLite, Path: d.name}
	default:
		r.fault(n, join(key, "prefix"), "must begin with postgresql or sqlite; other databases are not supported")
	}
}

// fromURL reads "postgres://..." and "sqlite:PATH".
func (d database) fromURL(r *reader, key string, n *node) DB {
	if d.prefix != "" || d.name != "" || d.host != "" {
		r.fault(n, join(key, "url"), "says it all: remove prefix, name and host beside it")
	}
	if path, ok := strings.CutPrefix(d.url, "sqlite:"); ok {
		path = strings.TrimPrefix(path, "//")
		if path == "" {
			r.fault(n, join(key, "url"), "names no file: write sqlite:PATH")
		}
		return DB{Driver: SQLite, Path: path}
	}
	u, err := url.Parse(d.url)
	if err != nil || !strings.HasPrefix(u.Scheme, "postgres") {
		r.fault(n, join(key, "url"), "must begin with postgres:// or sqlite:") // the value may hold a password
		return DB{}
	}
	u.Scheme = "postgres"
	query := u.Query()
	d.ssl(query)
	u.RawQuery = query.Encode()
	return DB{Driver: Postgres, DSN: u.String()}
}

// dsn gives the address of the PostgreSQL database. A host that is a folder is
// where its socket lies.
func (d database) dsn() string {
	u := url.URL{Scheme: "postgres", Path: "/" + or(d.name, "docassemble")}
	user := or(d.user, "docassemble")
	if d.password == "" {
		u.User = url.User(user)
	} else {
		u.User = url.UserPassword(user, d.password)
	}
	query := url.Values{}
	d.ssl(query)
	host, port := or(d.host, "localhost"), ""
	if d.port != 0 {
		port = strconv.FormatInt(d.port, 10)
	}
	switch {
	case strings.HasPrefix(host, "/"):
		query.Set("host", host)
		if port != "" {
			query.Set("port", port)
		}
	case port != "":
		u.Host = net.JoinHostPort(host, port)
	default:
		u.Host = host
	}
	u.RawQuery = query.Encode()
	return u.String()
}

// ssl adds the settings of the protected connection that are not there yet.
func (d database) ssl(query url.Values) {
	for _, s := range []struct{ name, value string }{
		{"sslmode", or(d.sslMode, "prefer")}, {"sslcert", d.sslCert}, {"sslkey", d.sslKey}, {"sslrootcert", d.sslRoot},
	} {
		if s.value != "" && !query.Has(s.name) {
			query.Set(s.name, s.value)
		}
	}
}

// hidePassword gives the address of a database fit to be shown.
func hidePassword(dsn string) string {
	u, err := url.Parse(dsn)
	if err != nil {
		return masked
	}
	query := u.Query()
	for name := range query {
		if soundsSecret(name) && name != "sslkey" {
			query.Set(name, masked)
		}
	}
	u.RawQuery = query.Encode()
	if _, has := u.User.Password(); !has {
		return u.String()
	}
	u.User = url.UserPassword(u.User.Username(), "xxxxx")
	return strings.Replace(u.String(), ":xxxxx@", ":"+masked+"@", 1)
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
