package config

import (
	"maps"
	"slices"
)

// foreign lists docassemble's documented top-level keys that this server does
// not read, and whether their value as a whole is a secret. They are allowed in
// the file, since it may be shared with another server, and are told from
// misspelt keys by being listed here.
var foreign = func() map[string]bool {
	all := map[string]bool{}
	for _, name := range foreignKeys {
		all[name] = false
	}
	for _, name := range foreignSecrets {
		all[name] = true
	}
	return all
}()

func foreignNames() []string { return slices.Sorted(maps.Keys(foreign)) }

var foreignSecrets = []string{
	"cloudconvert secret", "config from", "convertapi secret", "default admin account", "default cron account",
	"gotenberg", "gotenberg url", "ldap login", "password secretkey", "rabbitmq", "redis", "supervisor",
	"variables snapshot db", "voicerss",
}

var foreignKeys = []string{
	// Addresses and the web server.
	"url root", "root", "use lets encrypt", "lets encrypt email", "certs", "cert install directory",
	"web server certificate directory", "http port", "nginx ssl protocols", "nginx ssl ciphers", "websockets ip",
	"websockets port", "expose websockets", "web server", "web server user", "web server timeout", "xsendfile",
	"use nginx to serve files", "apache_log", "root redirect url", "logoutpage", "server administrator email",
	"allow embedding", "require referer", "office addin url",
	"cookieless sessions", "run oauthlib on http",
	// Which interviews and pages.
	"dispatch interview", "session list interview", "auto resume interview", "resume interview after login",
	"auto login resume existing", "page after login", "allow anonymous access", "administrative interviews",
	"show login", "login link style", "show profile link", "show interviews link", "show dispatch link",
	"preloaded interviews", "preloaded modules", "allow demo",
	// Looks.
	"default title", "default short title", "bootstrap theme", "inverse navbar", "auto color scheme", "button style",
	"button size", "button colors", "grid classes", "admin full width", "global css", "global javascript",
	"raw global css", "raw global javascript", "javascript defer", "alert html", "alert container html",
	"footer css class", "table css class", "default icons", "font awesome prefix", "decoration size",
	"decoration units", "button icon size", "button icon units", "signature pen thickness scaling factor",
	"wrap lines in playground", "keymap", "social", "allow robots", "robots", "favicon", "favicon version",
	"favicon mask color", "favicon tile color", "favicon theme color", "main page pre", "main page submit",
	"main page post",
	// Languages.
	"dialect", "voice", "words", "currency decimal places", "babel dates map", "os locale", "other os locales",
	"google translate words at a time",
	// Interviews and sessions.
	"initial dict", "allow non-idempotent questions", "concurrency lock timeout", "checkin interval",
	"maximum image size", "image upload type", "jinja data", "new markdown to docx",
	"new template markdown behavior", "user agent", "module whitelist", "module blacklist", "celery modules",
	"celery task routes", "session lifetime seconds", "interview delete days", "interview delete days by filename",
	"user auto delete", "pagination limit", "session error redirect url", "collect statistics",
	// Accounts.
	"user can delete account", "delete account deletes shared", "admin can delete account", "fix user roles",
	"password login", "auto login", "allow registration", "authorized registration domains",
	"confirm registration", "email confirmation privileges", "retype password", "password complexity",
	"allow forgot password", "allow changing password", "user profile fields", "suppress login alerts",
	"attempt limit", "ban period", "ip address ban enabled", "two factor authentication", "phone login",
	"verification code digits", "verification code timeout", "user can request developer account", "oauth",
	"google", "azure", "auth0", "keycloak", "authentik", "zitadel", "miniorange", "facebook", "googledrive",
	"onedrive", "github", "allow external auth with admin accounts",
	"allow external auth with multiple methods", "allow external auth to bypass local auth", "permissions",
	"api privileges", "enable api",
	// Stores, queues, files.
	"sql ping", "use alembic", "force text to varchar upgrade", "redis database offset", "celery processes",
	"max celery processes", "celery result retention days", "pandoc with celery", "libreoffice with celery",
	"tesseract with celery", "uploads", "s3", "google cloud", "use cloud urls", "use minio", "fileserver", "ec2",
	"ec2 ip url", "kubernetes", "single server", "modules", "webapp", "supervisorctl", "ready file",
	"version file", "playground_modules", "packagecache", "user_packages", "use_progress_bar", "admin address",
	"libreoffice macro file", "unoconv path", "unoconvert path", "nltk socket", "incoming mail domain",
	"enable email server",
	// Telephones, documents, media.
	"twilio", "fax provider", "clicksend", "telnyx", "enable sms interface", "enable faxing", "pandoc",
	"pandoc engine", "libreoffice", "enable unoconv", "pdf/a", "tagged pdf", "default rendering font",
	"png resolution", "png screen resolution", "imagemagick", "pdftoppm", "pacpl", "ffmpeg", "avconv", "ocr dpi",
	"ocr languages", "geocoder service", "azure maps", "segment id", "enable tts", "enable training",
	// Errors, logs, packages, host.
	"development site is protected", "verbose error messages", "error help", "error notification email",
	"error notification variables", "suppress error notificiations", "suppress error notifications", "log",
	"log to std", "log server", "log format", "flask log", "celery flask log", "debug startup process",
	"allow log viewing", "playground examples", "enable playground", "enable sharing playgrounds",
	"editable mimetypes", "editable extensions", "developer can install", "allow updates", "package protection",
	"allow configuration editing", "default gitignore", "github default branch name", "docassemble git url",
	"stable version", "update on start", "root owned", "read only file system", "pypi", "pypi url", "pypirc path",
	"pip index url", "pip extra index urls", "pip trusted host", "python packages", "ubuntu packages",
	"debian packages", "enable monitor", "enable object storage", "enable daglobal", "enable json storage",
	"enable translation", "enable translations", "documentation base url", "backup days", "backup file storage",
}
