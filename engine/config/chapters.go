package config

import (
	"net/url"
	"strings"
	"time"
)

// A chapter is a group of keys as Sample writes them.
type chapter struct {
	title  string
	fields []field[Config]
}

// chapters lists all keys that this server reads. It is the documentation of
// the configuration, too: Sample writes it out.
func chapters() []chapter {
	return []chapter{
		{"Where the server is", serverKeys()},
		{"What it keeps, and where", storeKeys()},
		{"Mail, and other servers", outsideKeys()},
		{"Which interviews", interviewKeys()},
		{"Language", languageKeys()},
		{"Looks", lookKeys()},
		{"Texts on pages", textKeys()},
		{"What search engines and other sites see", publicKeys()},
		{"How interviews behave", behaviourKeys()},
		{"Accounts", accountKeys()},
		{"Other sites", crossKeys()},
		{"Mistakes and logs", errorKeys()},
	}
}

func serverKeys() []field[Config] {
	port := field[Config]{name: "port", read: whole(0, 65535, (*Config).setPort), example: "8080",
		about: "The port of `listen` alone.", show: func(c *Config) any { return c.port() }}
	return []field[Config]{
		atStart(line("listen", "127.0.0.1:8080", "HOST:PORT to listen at; 0.0.0.0:8080 for every network, port 0 for any free one.",
			func(c *Config) *string { return &c.Listen }, checkListen)),
		atStart(port),
		atStart(line("external hostname", "interviews.example.org", "The host under which people reach the server. Without it, each request says.",
			func(c *Config) *string { return &c.ExternalHostname }, checkHost)),
		atStart(line("url root", "https://interviews.example.org", "Scheme and host in one, in place of `external hostname` and `use https`.",
			func(c *Config) *string { return &c.URLRoot }, checkRootURL)),
		atStart(line("root", "/interviews/", "The path under which the server lies, if it shares its host with others.",
			func(c *Config) *string { return &c.Root }, checkRoot)),
		atStart(yesNo("use https", "false", "The server itself speaks HTTPS, with the certificate in the folder `certs`. Cookies travel over HTTPS only.",
			func(c *Config) *bool { return &c.UseHTTPS })),
		atStart(line("certs", "/etc/colloquy/certs", "Folder with the certificate chain and its key: server.crt and server.key, fullchain.pem and privkey.pem, "+
			"tls.crt and tls.key, or nginx.crt and nginx.key.", func(c *Config) *string { return &c.Certs })),
		atStart(yesNo("behind https load balancer", "true", "A proxy in front of the server ends HTTPS; its X-Forwarded headers are believed.",
			func(c *Config) *bool { return &c.BehindHTTPSProxy })),
		atStart(field[Config]{name: "trusted proxies", read: readProxies, place: func(c *Config) any { return &c.TrustedProxies }, example: "[10.0.0.0/8]",
			about: "Addresses and networks of proxies whose X-Forwarded headers are believed. Default: this machine and private networks."}),
		field[Config]{name: "secretkey", secret: true, read: readSecretKeys, place: func(c *Config) any { return &c.SecretKeys },
			about: "The key that all others derive from: 16 characters or more that nobody can guess; a list for a change of keys, of which the first " +
				"seals and all open. Without it, keys are made in the data folder. Servers that share a database share this key. It can be kept elsewhere: " +
				"${file:PATH} stands for what a file contains, ${env:NAME} for an environment variable, here as anywhere else."},
		atStart(numeral("old key days", 0, 3650, "30", "For how many days links and forms that an older key signed are believed, counted from when they were made.",
			func(c *Config) *int { return &c.OldKeyDays })),
	}
}

func storeKeys() []field[Config] { return append(storePlaceKeys(), retentionKeys()...) }

func storePlaceKeys() []field[Config] {
	db := field[Config]{name: "db", read: readDB, below: fieldNames(dbFields), hidden: []string{"password", "url"}, place: func(c *Config) any { return &c.DB },
		show: func(c *Config) any { return c.DB.shown() }, example: "\n  url: postgres://colloquy:a-password@localhost/colloquy",
		about: "The database. Default: SQLite, in the data folder. Instead of url: host, port, name, user, password, and `ssl mode` " +
			"(disable, prefer, require, verify-full), `ssl cert`, `ssl key`, `ssl root cert`."}
	size := field[Config]{name: "maximum content length", null: true, read: size(func(c *Config, n int64) { c.MaximumContentLength = max(n, 0) }),
		place: func(c *Config) any { return &c.MaximumContentLength }, example: "16 MiB", about: "The largest request, files included; 0 for no limit."}
	return []field[Config]{
		atStart(line("data", "/var/lib/colloquy", "Folder for database, files and keys.", func(c *Config) *string { return &c.Data })),
		atStart(line("uploads", "/srv/uploads", "Folder for the files people send. Default: files in the data folder.", func(c *Config) *string { return &c.Uploads })),
		atStart(db),
		size,
		seconds("session lifetime seconds", 60, 10*366*86400, "2678400", "How long a browser can go on with its interviews after its last visit.",
			func(c *Config) *time.Duration { return &c.SessionLifetime }),
	}
}

func outsideKeys() []field[Config] {
	mail := field[Config]{name: "mail", read: readMail, below: fieldNames(mailFields), hidden: hiddenFields(mailFields), place: func(c *Config) any { return &c.Mail },
		show: func(c *Config) any { return mailShown(c.Mail) },
		example: "\n  default sender: '\"Our Clinic\" <no-reply@example.org>'\n  server: smtp.example.org\n  port: 587\n  username: clinic\n" +
			"  password: a-password",
		about: "How mail is sent. STARTTLS is used unless `use tls: false`, TLS from the first byte with `use ssl: true` (port 465). " +
			"`delivery: immediate` sends while the interview waits, and once only; `authentication` names one way to sign in. " +
			"A list of such sections, each with a name, for several senders; the one named default is used where none is named."}
	web := field[Config]{name: "web requests", read: readWeb, below: fieldNames(webFields), place: func(c *Config) any { return &c.Web },
		show: func(c *Config) any { return c.Web.shown() }, example: "\n  allowed hosts: [api.example.org, \"*.example.com\"]\n  seconds: 20\n  maximum size: 8 MiB",
		about: "Other servers that interviews may call with `requests`. `private networks` lists networks that may be called although they are not public."}
	return append([]field[Config]{mail, deliveryKey(), web}, redisKeys()...)
}

func interviewKeys() []field[Config] {
	dispatch := field[Config]{name: "dispatch", read: readDispatch, place: func(c *Config) any { return &c.Dispatch },
		example: "\n  vegetable: colloquy.demo:vegetables.yml", about: "Short addresses, /start/vegetable, and what /list shows."}
	return []field[Config]{
		atStart(lines("packages", "[/srv/interviews]", "Folders with packages, or checkouts of packages.", func(c *Config) *[]string { return &c.Packages })),
		interviewKey("default interview", "colloquy.demo:vegetables.yml", "The interview at /. Without it, the list.", func(c *Config) *string { return &c.DefaultInterview }),
		dispatch,
		interviewKey("dispatch interview", "colloquy.demo:vegetables.yml", "An interview that takes the place of /list.", func(c *Config) *string { return &c.DispatchInterview }),
		interviewsKey("preloaded interviews", "[colloquy.demo:vegetables.yml]", "Interviews that are compiled at the start, not at their first use.",
			func(c *Config) *[]string { return &c.Preloaded }),
		line("root redirect url", "https://www.example.org/", "Where / leads to, before anything else.", func(c *Config) *string { return &c.RootRedirect }, checkAddress),
		line("exitpage", "https://www.example.org/", "Where people go when they leave or exit.", func(c *Config) *string { return &c.ExitPage }, checkAddress),
		line("session error redirect url", "https://www.example.org/?i={i}&error={error}", "Where a browser is sent whose session cannot be opened. Without it, a new session begins.",
			func(c *Config) *string { return &c.SessionErrorURL }),
	}
}

func languageKeys() []field[Config] {
	return []field[Config]{
		line("language", "en", "Language of interviews that set none, and of the pages around them.", func(c *Config) *string { return &c.Language }, checkLanguage),
		lines("words", "[clinic.looks:data/sources/words.yml]", "Files of translations for what the server itself says and for word(): YAML (language: phrase: translation), "+
			"XLIFF or XLSX. Later files win over earlier ones, and all of them over those built in.", func(c *Config) *[]string { return &c.Words }, checkWords),
		line("locale", "en_US.utf8", "How numbers and sums of money are written.", func(c *Config) *string { return &c.Locale }, checkLocale),
		line("country", "US", "For telephone numbers. Default: that of the locale.", func(c *Config) *string { return &c.Country }, checkCountry),
		line("timezone", "America/New_York", "Default: the machine's.", func(c *Config) *string { return &c.TimeZone }, checkZone),
		line("currency symbol", "€", "Default: the locale's.", func(c *Config) *string { return &c.CurrencySymbol }),
		numeral("currency decimal places", 0, 9, "2", "Default: the locale's.", func(c *Config) *int { return &c.CurrencyDecimals }),
		{name: "babel dates map", read: readLanguageMap, place: func(c *Config) any { return &c.DatesMap }, example: "{hs: hr}",
			about: "Languages whose calendar is written with the words of another one."},
	}
}

func hiddenFields[T any](fields []field[T]) []string {
	var all []string
	for _, f := range fields {
		if f.secret {
			all = append(all, f.name)
		}
	}
	return all
}

func checkRootURL(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
		return "must be a scheme and a host, such as https://interviews.example.org; a path goes into root"
	}
	return ""
}

func checkRoot(s string) string {
	if !strings.HasPrefix(s, "/") || !strings.HasSuffix(s, "/") || strings.Contains(s, "//") || strings.ContainsAny(s, "?#% ") {
		return "must be a path that begins and ends with a slash, such as /interviews/"
	}
	return ""
}

// checkAddress takes a path of this server or an address of the web.
func checkAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || !strings.HasPrefix(s, "/") && (u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		return "must be an address such as https://www.example.org/ or a path such as /list"
	}
	return ""
}
