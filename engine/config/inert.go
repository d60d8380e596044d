package config

import (
	"slices"
	"strings"
	"sync"
)

// The keys in this file are docassemble's documented top-level keys that this
// server does not read. They are allowed in the file, since it may be shared
// with another server, and are told from misspelt keys by being listed here.

// later lists the keys that will have an effect, by what they wait for.
var later = map[string][]string{
	"accounts": {
		"server administrator email",
		"auto login resume existing", "administrative interviews", "login link style", "show dispatch link", "allow demo", "auto login", "two factor authentication privileges",
		"phone login", "verification code digits", "verification code timeout", "ldap login", "user can request developer account",
		"oauth", "allow external auth with admin accounts", "allow external auth with multiple methods",
		"allow external auth to bypass local auth", "password secretkey", "default admin account",
		"default cron account", "development site is protected", "allow log viewing", "allow configuration editing",
	},
	"stored sessions and their deletion": {
		"backup days",
		"backup file storage",
	},
	"the HTTP interface for programs": {"api privileges", "enable api"},
	"the translation of interviews":   {"google translate words at a time"},
	"the look of questions and fields": {
		"auto color scheme", "grid classes", "alert html", "alert container html",
		"default icons", "font awesome prefix", "decoration size", "decoration units", "button icon size", "button icon units",
		"signature pen thickness scaling factor", "maximum image size", "image upload type",
	},
	"the authors' studio": {
		"wrap lines in playground", "keymap", "playground examples", "enable playground", "enable sharing playgrounds",
		"editable mimetypes", "editable extensions", "developer can install", "allow updates", "package protection",
		"documentation base url", "github default branch name",
	},
	"files by address": {"user agent"},
	"documents": {
		"new markdown to docx", "new template markdown behavior", "pandoc", "pandoc engine", "gotenberg",
		"gotenberg url", "convertapi secret", "cloudconvert secret", "pdf/a", "tagged pdf", "default rendering font",
		"png resolution", "png screen resolution", "imagemagick", "pdftoppm", "pacpl", "ffmpeg", "avconv", "ocr dpi", "ocr languages",
	},
	"text messages and telephones": {
		"twilio", "fax provider", "clicksend", "telnyx", "enable sms interface", "enable faxing",
	},
	"speech":                     {"dialect", "voice", "voicerss", "enable tts"},
	"maps and analytics":         {"google", "geocoder service", "azure maps", "segment id"},
	"incoming mail":              {"incoming mail domain", "enable email server"},
	"live help":                  {"enable monitor", "websockets ip", "websockets port", "expose websockets"},
	"stores outside the machine": {"s3", "azure", "google cloud", "use cloud urls", "fileserver"},
	"certificates made by itself": {
		"use lets encrypt", "lets encrypt email",
	},
	"secrets kept by cloud services": {"config from"},
}

// dropped lists the keys that never have an effect, by the reason.
var dropped = map[string][]string{
	"listen says where the server listens":                 {"http port"},
	"requests are always checked for where they come from": {"require referer"},
	"there is no web server in front to be set up": {
		"cert install directory", "web server certificate directory", "nginx ssl protocols", "nginx ssl ciphers", "web server",
		"web server user", "web server timeout", "xsendfile", "use nginx to serve files", "apache_log", "run oauthlib on http",
	},
	"there is nothing of the kind here": {
		"office addin url", "cookieless sessions", "fix user roles", "auth0", "keycloak", "authentik", "zitadel", "miniorange", "facebook",
		"googledrive", "onedrive", "github", "enable training",
	},
	"jobs are kept in the database and run by this server": {
		"rabbitmq", "celery processes", "max celery processes", "celery result retention days", "pandoc with celery",
		"libreoffice with celery", "tesseract with celery", "celery modules", "celery task routes",
	},
	"connections are checked and tables kept up to date without it": {"sql ping", "use alembic", "force text to varchar upgrade", "concurrency lock timeout"},
	"the server is one program, not a container with Python in it": {
		"preloaded modules", "javascript defer", "os locale", "other os locales", "module whitelist", "module blacklist", "use minio", "ec2",
		"ec2 ip url", "kubernetes", "single server", "modules", "webapp", "supervisor", "supervisorctl", "ready file", "version file",
		"playground_modules", "packagecache", "user_packages", "use_progress_bar", "admin address", "libreoffice macro file",
		"unoconv path", "unoconvert path", "nltk socket", "enable unoconv", "default gitignore", "docassemble git url", "stable version",
		"update on start", "root owned", "read only file system", "pypi", "pypi url", "pypirc path", "pip index url",
		"pip extra index urls", "pip trusted host", "python packages", "ubuntu packages", "debian packages", "enable object storage",
		"enable daglobal", "enable json storage", "enable translation", "enable translations",
	},
	"the log goes to the terminal or to log": {"log server", "log format", "flask log", "celery flask log", "debug startup process"},
	"an answer is taken for the question that it was given to, and sets what that question asks": {
		"restrict input variables", "allow non-idempotent questions",
	},
	"mails about mistakes never hold answers":                              {"error notification variables"},
	"figures are not collected this way":                                   {"collect statistics"},
	"snapshots lie in the server's own database, in the table jsonstorage": {"variables snapshot db"},
}

// wholeSecrets are those of them whose value as a whole is a secret.
var wholeSecrets = []string{
	"cloudconvert secret", "config from", "convertapi secret", "default admin account", "default cron account", "gotenberg",
	"gotenberg url", "ldap login", "password secretkey", "rabbitmq", "supervisor", "variables snapshot db", "voicerss", "oauth",
	"pypi", "pypi url", "pip index url", "pip extra index urls",
}

var reasons = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for what, keys := range later {
		for _, key := range keys {
			all[key] = "has no effect yet in this version: it waits for " + what
		}
	}
	for _, page := range []string{"start page", "interview page"} {
		all[page+" template"] = "has no effect yet in this version: write \"" + page + " pre\" and its kin instead"
	}
	for why, keys := range dropped {
		for _, key := range keys {
			all[key] = "has no effect on this server: " + why
		}
	}
	return all
})

// inert says why a key of docassemble's that is not read has no effect. It
// reports false for other keys.
func inert(key string) (string, bool) {
	why, ok := reasons()[key]
	return why, ok
}

func inertKeys() []string { return sortedKeys(reasons()) }

// sections are the inert keys that have keys below them.
var sections = []string{
	"azure", "azure maps", "clicksend", "default admin account", "default cron account", "google", "google cloud", "gotenberg", "grid classes",
	"ldap login", "oauth", "s3", "telnyx", "twilio", "variables snapshot db", "voicerss",
}

// inertSection gives the inert key that an environment variable sets something
// below of, "" if there is none.
func inertSection(variableName string) string {
	for _, key := range slices.Backward(sections) { // the longest first
		if _, ok := inert(key); ok && strings.HasPrefix(variableName, variable(key)+"_") {
			return key
		}
	}
	return ""
}

func wholeSecret(key string) bool { return slices.Contains(wholeSecrets, key) }
