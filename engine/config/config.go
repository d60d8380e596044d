// Package config reads the one configuration file.
//
// It takes a YAML mapping with docassemble's documented keys where it has them,
// lays the environment over it, and gives one Config with every default filled
// in, or everything that is wrong with the file at once, each with line and
// column. It is strict: a key that is nearly a known one, a key a known section
// does not have, a key given twice, a value of the wrong type and a secret that
// cannot be found are errors. Other top-level keys are the authors' own and can
// be had with Config.Get, which never hands out the server's secrets.
//
// Finding the file, opening what it names and acting on a change are left to
// cmd; flags are laid over the Config there.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// A Config is the whole configuration with defaults filled in. It is not
// changed after Parse, except by cmd while it lays flags over it, and is then
// safe to share.
type Config struct {
	// Where the server is and what it keeps.

	Listen           string // listen, port: HOST:PORT to listen at; default 127.0.0.1:8080, port 0 lets the system choose
	Data             string // data: folder for database, files and keys; default $XDG_DATA_HOME/colloquy
	DB               DB     // db: the database; default SQLite in the data folder
	ExternalHostname string // external hostname: host under which people reach the server; "" takes the request's
	UseHTTPS         bool   // use https: the server is reached over HTTPS
	BehindHTTPSProxy bool   // behind https load balancer: a proxy in front ends HTTPS and its X-Forwarded headers are believed
	URLRoot          string // url root: scheme and host in one; "" takes the two keys above
	Root             string // root: path under which the server lies, with slashes at both ends; default /
	Certs            string // certs: folder with certificate and key; "" does not speak TLS
	// TrustedProxies are the networks (trusted proxies) whose X-Forwarded
	// headers are believed; default this machine and private networks.
	TrustedProxies []netip.Prefix
	Uploads        string // uploads: folder for files people send; "" takes files in the data folder

	// SecretKeys are the server's keys, key-encryption keys derive from them:
	// the first seals and signs, all of them open and verify. Empty means that
	// the key ring in the data folder is used. (secretkey)
	SecretKeys []string

	// OldKeyDays (old key days) is for how long links and forms that a key
	// signed are believed once it is not the first any more, from the day on
	// which they were made; default 90. 0 ends them with the day.
	OldKeyDays int

	// What is served.

	Packages         []string   // packages: folders with packages or package checkouts, searched in this order
	DefaultInterview string     // default interview: full name of the interview at "/"; "" shows the list
	Dispatch         []Shortcut // dispatch: short addresses, in the order of the file

	DispatchInterview string   // dispatch interview: takes the place of the list
	Preloaded         []string // preloaded interviews: compiled at the start
	RootRedirect      string   // root redirect url: where / leads to

	// How it looks and speaks.

	AppName        string   // appname: default Colloquy
	BrandName      string   // brandname: shown in the header; default AppName
	Language       string   // language: ISO 639 code; default en
	Words          []string // words: files of words and translations, later ones win
	Locale         string   // locale: default en_US.utf8
	Country        string   // country: ISO 3166 code; default the part of Locale after "_"
	TimeZone       string   // timezone: IANA name; default the machine's, else America/New_York
	CurrencySymbol string   // currency symbol: "" takes the locale's

	CurrencyDecimals int               // currency decimal places: -1 takes the locale's
	DatesMap         map[string]string // babel dates map: languages whose calendar is another one's

	Look    Look
	Texts   map[string]ByLanguage // main page ..., start page ..., global footer: by key
	Social  []Tag                 // social: meta elements of every page
	Favicon Favicon
	Robots  string // robots: a static file sent as /robots.txt; "" for ours

	AllowRobots bool   // allow robots: search engines may list the server
	ExitPage    string // exitpage: address people go to when they leave; default /

	// SessionErrorURL (session error redirect url) is where a browser is sent
	// whose session cannot be opened; {i} and {error} in it are filled in. ""
	// begins a new session.
	SessionErrorURL string

	// What is allowed.

	Debug bool // debug: authors' pages and error details are shown
	// CrossSiteDomains are the origins (cross site domains) whose scripts may
	// call this server, with cookies, and whose pages may frame it; "*" lets
	// scripts of any site call it without cookies.
	CrossSiteDomains     []string
	AllowUnsignedActions bool  // allow unsigned actions: links that act need no signature
	MaximumContentLength int64 // maximum content length: bytes in one request, default 16 MiB; 0 means no limit

	Retention       Retention     // interview delete days, interview delete days by filename
	SessionLifetime time.Duration // session lifetime seconds: how long a browser's cookies last; default 31 days
	Embedding       Embedding     // allow embedding; default EmbedLax
	Initial         Mapping       // initial dict: variables of new sessions

	CheckinInterval int // checkin interval: how often pages check in, in milliseconds; 0 for never; default 6000

	Alarm Alarm // error notification email, suppress error notifications

	verbose  *bool  // verbose error messages, if it is given
	Log      string // log: a file or folder; "" for the terminal
	LogToStd bool   // log to std: the terminal, too

	Limits Limits // limits, loop limit, recursion limit: what one evaluation of author code may use

	Background Background // background actions: how they are carried out

	Web   Web   // web requests: which other servers interviews may call
	Redis Redis // redis: the server that keeps what interviews keep with DARedis

	// Mail lists the ways to send mail; the first is the default one. Empty
	// means that no mail can be sent.
	Mail []Mail

	Delivery Delivery // mail delivery: how mail is tried again

	Accounts Accounts
	Home     Home

	// Warnings are findings that do not stop the server.
	Warnings Findings

	tree     *node             // what was read, the environment laid over it
	names    map[*node]string  // environment variables that parts of it came from
	file     string            // that it came from
	flags    map[string]string // flags of the command line by the key they set
	readable []string          // config secrets readable

	own map[string]Value // what Get gives: own keys and harmless known ones
	// withheld holds the keys Get refuses because they are secrets.
	withheld map[string]bool
}

// A DB says where the data is.
type DB struct {
	// Driver is "sqlite" or "postgres".
	Driver string
	// Path is the SQLite file; "" means colloquy.sqlite in the data folder.
	Path string
	// DSN is the PostgreSQL connection string; it may contain a password.
	DSN string
}

// The database drivers.
const (
	SQLite   = "sqlite"
	Postgres = "postgres"
)

// A Shortcut is a short address, /start/NAME, of an interview.
type Shortcut struct {
	Name      string
	Interview string // full name
}

// Limits bound one evaluation of author code.
type Limits struct {
	Steps     int64         // limits: steps; default 20 million
	Memory    int64         // limits: memory, in bytes; default 256 MiB
	Time      time.Duration // limits: seconds; default 10 s
	Loop      int           // loop limit: questions and blocks tried for one screen; default 500
	Recursion int           // recursion limit: blocks inside each other; default 500
}

// A Mail is one way to send mail over SMTP.
type Mail struct {
	Name          string // name: as in send_email(config=...)
	DefaultSender string // default sender: RFC 5322 mailbox; "" means every mail must name its own
	Server        string // server: default localhost
	Port          int    // port: default 25
	Username      string // username: "" means no authentication
	Password      string // password
	TLS           TLS    // use tls, use ssl
	Auth          string // authentication: how to sign in, such as SCRAM-SHA-256; "" takes the best that the server offers
	Immediate     bool   // delivery: immediate sends while the interview waits; default background
}

// TLS says how a connection to a mail server is protected.
type TLS uint8

// The ways to protect a connection.
const (
	TLSRequired    TLS = iota // STARTTLS, or no mail
	TLSOpportunist            // STARTTLS if offered: the default towards this machine itself
	TLSImplicit               // TLS from the first byte (use ssl)
	TLSNone                   // in clear
)

// String names the way in words.
func (t TLS) String() string {
	return [...]string{"STARTTLS", "STARTTLS if offered", "TLS", "no TLS"}[t]
}

// A Source is what Parse reads.
type Source struct {
	Name    string   // file name for messages; "" when there is no file
	Text    []byte   // YAML; empty means no keys
	Environ []string // KEY=value pairs, as os.Environ gives them
	Zone    string   // the machine's time zone, "" if not known

	// ReadFile reads what ${file:PATH} names; nil refuses such references.
	ReadFile func(path string) ([]byte, error)
}

// closeBy are the networks of a machine and its neighbours.
var closeBy = []netip.Prefix{
	netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128"), netip.MustParsePrefix("10.0.0.0/8"),
	netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("192.168.0.0/16"), netip.MustParsePrefix("fc00::/7"),
}

// defaults gives a configuration without any key.
func defaults(src Source) *Config {
	return &Config{
		Listen:               "127.0.0.1:8080",
		Data:                 dataFolder(src.Environ),
		DB:                   DB{Driver: SQLite},
		Redis:                Redis{Offset: -1},
		OldKeyDays:           90,
		AppName:              "Colloquy",
		Language:             "en",
		Locale:               "en_US.utf8",
		TimeZone:             firstZone(src.Zone, "America/New_York"),
		CheckinInterval:      6000,
		MaximumContentLength: 16 << 20,
		Limits:               Limits{Steps: 20_000_000, Memory: 256 << 20, Time: 10 * time.Second, Loop: 500, Recursion: 500},
		Background:           backgroundDefaults(),
		Delivery:             deliveryDefaults(),
		Web:                  Web{Time: 20 * time.Second, Size: 8 << 20},
		Root:                 "/",
		TrustedProxies:       closeBy,
		CurrencyDecimals:     -1,
		Texts:                map[string]ByLanguage{},
		Retention:            Retention{Days: 90},
		SessionLifetime:      31 * 24 * time.Hour,
		Embedding:            EmbedLax,
		LogToStd:             true,
		Accounts:             defaultAccounts(),
		Home:                 defaultHome(),
		file:                 src.Name,
		flags:                map[string]string{},
		own:                  map[string]Value{},
		withheld:             map[string]bool{},
	}
}

// Load reads the configuration file at path with the given environment. An
// empty path means that there is no file. The error is a Findings when the file
// could be read but not accepted.
func Load(path string, environ []string) (*Config, error) {
	src := Source{Name: path, Environ: environ, Zone: machineZone(environ), ReadFile: os.ReadFile}
	if path != "" {
		text, err := readFile(path)
		if err != nil {
			return nil, err
		}
		src.Text = text
		dir := filepath.Dir(path)
		src.ReadFile = func(name string) ([]byte, error) {
			if !filepath.IsAbs(name) {
				name = filepath.Join(dir, name)
			}
			return os.ReadFile(name)
		}
	}
	return Parse(src)
}

// mostBytes is how large a configuration may be.
const mostBytes = 4 << 20

// readFile reads the configuration file.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no configuration file at %s; \"colloquy config init %s\" writes one", path, path)
	case err != nil:
		return nil, fmt.Errorf("read configuration: %w", err)
	case info.IsDir():
		return nil, fmt.Errorf("%s is a folder: name the file in it, such as %s", path, filepath.Join(path, "config.yml"))
	case info.Size() > mostBytes:
		return nil, fmt.Errorf("%s is larger than %d MiB: a configuration is a short text; is this the right file?", path, mostBytes>>20)
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrPermission) {
		return nil, fmt.Errorf("%s may not be read by this user: change its owner or its mode", path)
	} else if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	return text, nil
}

// Parse reads a configuration. If anything is wrong it returns a nil Config and
// all Findings, warnings among them; else the warnings are in the Config.
func Parse(src Source) (*Config, error) {
	r := &reader{src: src, names: map[*node]string{}}
	c := defaults(src)
	root := r.tree()
	if root != nil && !r.failed() {
		r.overlay(root)
		r.root = root
		readTop(r, root, c)
		c.finish(r)
		c.tree, c.names = root, r.names
	}
	r.found.sort()
	if r.failed() {
		return nil, r.found
	}
	c.Warnings = r.found
	return c, nil
}

// finish fills in the defaults that depend on other keys and checks what no
// single key can.
func (c *Config) finish(r *reader) {
	if c.BrandName == "" {
		c.BrandName = c.AppName
	}
	if c.ExitPage == "" {
		c.ExitPage = c.Root
	}
	if c.Country == "" {
		_, after, _ := strings.Cut(c.Locale, "_")
		c.Country, _, _ = strings.Cut(after, ".")
	}
	if c.Look.Title == "" {
		c.Look.Title = c.BrandName
	}
	if r.at("confirm registration") == nil {
		c.Accounts.Confirm = len(c.Mail) > 0
	}
	if c.UseHTTPS && c.Certs == "" && !c.BehindHTTPSProxy {
		r.fault(r.at("use https"), "use https", "needs a certificate: name its folder in certs. "+
			"If a proxy in front of the server ends HTTPS, set \"behind https load balancer\" instead")
	}
	if c.Embedding == EmbedAny && !c.Secure() {
		r.fault(r.at("allow embedding"), "allow embedding", "needs HTTPS: browsers send no cookies to frames otherwise. "+
			"Set \"use https\" or \"behind https load balancer\", or leave it out")
	}
	if len(c.Alarm.To) > 0 && len(c.Mail) == 0 {
		r.warn(r.at("error notification email"), "error notification email", "has no effect without a mail section: add one")
	}
	if c.DB.Driver == Postgres && len(c.SecretKeys) == 0 {
		r.fault(nil, "secretkey", "is missing: servers that share a PostgreSQL database must share their key. "+
			"Give a long random text here or in COLLOQUY_SECRETKEY")
	}
}

// BaseURL gives scheme and host of the address under which people reach the
// server, without a slash at the end, or "" when only the request can tell.
func (c *Config) BaseURL() string {
	if c.URLRoot != "" {
		return strings.TrimSuffix(c.URLRoot, "/")
	}
	if c.ExternalHostname == "" {
		return ""
	}
	if c.UseHTTPS || c.BehindHTTPSProxy {
		return "https://" + c.ExternalHostname
	}
	return "http://" + c.ExternalHostname
}

// Path gives the path of a page of this server on its host: "/list" lies at
// "/interviews/list" if root is "/interviews/".
func (c *Config) Path(page string) string { return strings.TrimSuffix(c.Root, "/") + page }

// Local reports whether only this machine can reach the server.
func (c *Config) Local() bool {
	host, _, err := net.SplitHostPort(c.Listen)
	return err == nil && loopback(host) && c.ExternalHostname == "" && !c.BehindHTTPSProxy
}

// Secure reports whether people reach the server over HTTPS, so that cookies
// must not travel otherwise.
func (c *Config) Secure() bool {
	return c.UseHTTPS || c.BehindHTTPSProxy || strings.HasPrefix(c.URLRoot, "https:")
}

// MailNamed gives the mail configuration called name, or the default one for
// "". It reports whether there is such a one.
func (c *Config) MailNamed(name string) (Mail, bool) {
	for _, m := range c.Mail {
		if name == "" || m.Name == name {
			return m, true
		}
	}
	return Mail{}, false
}

// port gives the port of the address to listen at.
func (c *Config) port() int {
	_, port, _ := strings.Cut(c.Listen, ":")
	n, _ := strconv.Atoi(port[strings.LastIndexByte(port, ':')+1:])
	return n
}

// setPort changes the port of the address to listen at.
func (c *Config) setPort(port int64) {
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		host = "127.0.0.1"
	}
	c.Listen = net.JoinHostPort(host, strconv.FormatInt(port, 10))
}

// dataFolder gives the folder for data that the environment suggests.
func dataFolder(environ []string) string {
	if dir := lookup(environ, "XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "colloquy")
	}
	if home := lookup(environ, "HOME"); home != "" {
		return filepath.Join(home, ".local", "share", "colloquy")
	}
	return filepath.Join(os.TempDir(), "colloquy")
}

// machineZone finds the name of the machine's time zone: TZ, else what
// /etc/timezone says or /etc/localtime points to; "" if none of them does.
func machineZone(environ []string) string {
	if tz := lookup(environ, "TZ"); tz != "" {
		return strings.TrimPrefix(tz, ":")
	}
	if text, err := os.ReadFile("/etc/timezone"); err == nil {
		return strings.TrimSpace(string(text))
	}
	if to, err := os.Readlink("/etc/localtime"); err == nil {
		if _, zone, ok := strings.Cut(to, "zoneinfo/"); ok {
			return zone
		}
	}
	return ""
}

// firstZone gives the first name that is a known time zone, or the last one.
func firstZone(names ...string) string {
	for _, name := range names {
		if _, err := time.LoadLocation(name); err == nil && name != "" {
			return name
		}
	}
	return names[len(names)-1]
}

func lookup(environ []string, key string) string {
	for i := len(environ) - 1; i >= 0; i-- {
		if value, ok := strings.CutPrefix(environ[i], key+"="); ok {
			return value
		}
	}
	return ""
}
