package config

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
)

// Accounts says who may have an account and how people sign in.
type Accounts struct {
	AnonymousAccess bool // allow anonymous access: visitors without an account may use interviews; default true
	ShowLogin       bool // show login: pages offer to sign in; default true
	PasswordLogin   bool // password login: people sign in with a password; default true

	Registration bool     // allow registration: everybody may make an account; default true
	Domains      []string // authorized registration domains: of addresses that may; empty means all
	Confirm      bool     // confirm registration: a new address is confirmed by mail first; default: if mail is configured
	ConfirmWho   []string // email confirmation privileges: who cannot sign in unconfirmed; empty means everybody
	Retype       bool     // retype password: new passwords are typed twice; default true
	Complexity   Complexity
	Forgot       bool     // allow forgot password: passwords can be reset by mail; default true
	Change       bool     // allow changing password: people may change theirs; default true
	Fields       []string // user profile fields: shown at registration and in the profile
	ShowProfile  bool     // show profile link: people can change their profile; default true
	DeleteOwn    bool     // user can delete account; default true
	AdminDeletes bool     // admin can delete account: those who may can delete others' accounts; default true
	DeleteShared bool     // delete account deletes shared: with an account go sessions that others share, too

	AttemptLimit int           // attempt limit: failures before the next one has to wait; default 10
	BanPeriod    time.Duration // ban period: the longest wait, and how long failures count; default a day
	BanAddresses bool          // ip address ban enabled: failures of one address count, whatever the account; default true

	SecondFactor SecondFactor // two factor authentication
	Hashing      Hashing      // password hashing: what a guess costs

	AutoDelete  AutoDelete          // user auto delete: accounts that nobody uses
	LogoutPage  string              // logoutpage: where people go after signing out; "" for the sign-in page
	QuietLogin  bool                // suppress login alerts: nothing is said about signing in and out
	Permissions map[string][]string // permissions: what further privileges may do, by privilege
}

// Complexity says what a password must be like (password complexity).
type Complexity struct {
	Length, Lowercase, Uppercase, Digits, Punctuation int    // at least so many
	Message                                           string // error message; "" for ours
}

// SecondFactor says who may or must sign in with a second factor.
type SecondFactor struct {
	Enabled  bool
	Allowed  []string // allowed for: privileges
	Required []string // required for: privileges
}

// Hashing is the cost of argon2id.
type Hashing struct {
	Memory  int // KiB
	Passes  int
	Threads int
	AtOnce  int // how many passwords are looked at at the same time
}

// permissionNames are those that an administrator can give to a privilege.
var permissionNames = []string{
	"access_privileges", "access_sessions", "access_user_api_info", "access_user_info", "create_user", "delete_user", "demo_interviews",
	"edit_privileges", "edit_sessions", "edit_user_active_status", "edit_user_api_info", "edit_user_info", "edit_user_password",
	"edit_user_privileges", "interview_data", "log_user_in", "manage_config", "manage_packages", "playground_control", "read_packages",
	"template_parse",
}

// PermissionNames gives a copy of the permissions there are.
func PermissionNames() []string { return slices.Clone(permissionNames) }

var profileFields = []string{"first_name", "last_name", "country", "subdivisionfirst", "subdivisionsecond", "subdivisionthird",
	"organization", "timezone", "language"}

func defaultAccounts() Accounts {
	return Accounts{AnonymousAccess: true, ShowLogin: true, PasswordLogin: true, Registration: true, Retype: true, Complexity: Complexity{Length: 10},
		Forgot: true, Change: true, Fields: []string{"first_name", "last_name", "timezone", "language"}, ShowProfile: true, DeleteOwn: true, AdminDeletes: true,
		AttemptLimit: 10, BanPeriod: 24 * time.Hour, BanAddresses: true,
		AutoDelete:   AutoDelete{Privileges: []string{"user"}},
		SecondFactor: SecondFactor{Allowed: []string{"admin", "developer"}},
		Hashing:      Hashing{Memory: 64 << 10, Passes: 3, Threads: 4, AtOnce: 4}, Permissions: map[string][]string{}}
}

// accountKeys are the keys about accounts.
func accountKeys() []field[Config] {
	return slices.Concat(entryKeys(), passwordKeys(), memberKeys(), homeKeys())
}

func entryKeys() []field[Config] {
	return []field[Config]{
		yesNo("allow anonymous access", "false", "Visitors may use interviews without an account.", func(c *Config) *bool { return &c.Accounts.AnonymousAccess }),
		yesNo("show login", "false", "Pages offer to sign in.", func(c *Config) *bool { return &c.Accounts.ShowLogin }),
		yesNo("password login", "false", "People sign in with e-mail address and password.", func(c *Config) *bool { return &c.Accounts.PasswordLogin }),
		yesNo("allow registration", "false", "Everybody may make an account. Without it, an invitation is needed.", func(c *Config) *bool { return &c.Accounts.Registration }),
		lines("authorized registration domains", "[\"@example.org\"]", "Only e-mail addresses that end in one of these may register.",
			func(c *Config) *[]string { return &c.Accounts.Domains }),
		yesNo("confirm registration", "true", "A new e-mail address is confirmed by mail before its owner can sign in; nobody learns then which "+
			"addresses have an account. Default: true if `mail` is configured.", func(c *Config) *bool { return &c.Accounts.Confirm }),
		lines("email confirmation privileges", "[user]", "Who cannot sign in before the address is confirmed. Default: everybody.",
			func(c *Config) *[]string { return &c.Accounts.ConfirmWho }),
		numeral("attempt limit", 2, 1000, "10", "After so many failures each further attempt to sign in has to wait longer.",
			func(c *Config) *int { return &c.Accounts.AttemptLimit }),
		seconds("ban period", 2, 366*86400, "86400", "The longest such wait, and how long failures are remembered.",
			func(c *Config) *time.Duration { return &c.Accounts.BanPeriod }),
		yesNo("ip address ban enabled", "false", "Failures from one network address count together, whatever the account.",
			func(c *Config) *bool { return &c.Accounts.BanAddresses }),
		line("logoutpage", "https://www.example.org/", "Where people go after signing out.", func(c *Config) *string { return &c.Accounts.LogoutPage }, checkAddress),
		yesNo("suppress login alerts", "true", "Nothing is said about having signed in or out.", func(c *Config) *bool { return &c.Accounts.QuietLogin }),
	}
}

func passwordKeys() []field[Config] {
	complexity := field[Config]{name: "password complexity", read: readComplexity, below: fieldNames(complexityFields), place: func(c *Config) any { return &c.Accounts.Complexity },
		show: func(c *Config) any { return c.Accounts.Complexity.shown() }, example: "\n  length: 12\n  digits: 1",
		about: "What a password must be like: its `length` and how many `lowercase`, `uppercase`, `digits` and `punctuation` characters; `error message` in your words."}
	factor := field[Config]{name: "two factor authentication", read: readFactor, below: fieldNames(factorFields), place: func(c *Config) any { return &c.Accounts.SecondFactor },
		show: func(c *Config) any { return c.Accounts.SecondFactor.shown() }, example: "\n  enable: true\n  allowed for: [admin, developer, user]\n  required for: [admin]",
		about: "Signing in with a code of an app, too. `allowed for` and `required for` list privileges."}
	hashing := field[Config]{name: "password hashing", read: readHashing, below: fieldNames(hashingFields), place: func(c *Config) any { return &c.Accounts.Hashing },
		show: func(c *Config) any { return c.Accounts.Hashing.shown() }, example: "\n  memory: 64 MiB\n  passes: 3\n  threads: 4\n  at once: 4",
		about: "What looking at a password costs (argon2id). Passwords follow a change when their owners sign in."}
	return []field[Config]{complexity, factor, atStart(hashing),
		yesNo("retype password", "false", "New passwords are typed twice.", func(c *Config) *bool { return &c.Accounts.Retype }),
		yesNo("allow forgot password", "false", "Passwords can be reset by mail.", func(c *Config) *bool { return &c.Accounts.Forgot }),
		yesNo("allow changing password", "false", "People may change their password. Administrators and developers always may.",
			func(c *Config) *bool { return &c.Accounts.Change }),
	}
}

func memberKeys() []field[Config] {
	fields := lines("user profile fields", "[first_name, last_name, organization]", "What people are asked when they register, and can change in their profile: "+
		strings.Join(profileFields, ", ")+".", func(c *Config) *[]string { return &c.Accounts.Fields }, checkField)
	permissions := field[Config]{name: "permissions", read: readPermissions, place: func(c *Config) any { return &c.Accounts.Permissions },
		show:    func(c *Config) any { return c.Accounts.shownPermissions() },
		example: "\n  clerk: [access_user_info, create_user]", about: "What further privileges, customer, advocate, trainer and anonymous may do."}
	return []field[Config]{fields, permissions, autoDeleteKey(),
		yesNo("show profile link", "false", "People can see and change their profile.", func(c *Config) *bool { return &c.Accounts.ShowProfile }),
		yesNo("user can delete account", "false", "People may delete their account and their data.", func(c *Config) *bool { return &c.Accounts.DeleteOwn }),
		yesNo("admin can delete account", "false", "Administrators may delete the accounts of others.", func(c *Config) *bool { return &c.Accounts.AdminDeletes }),
		yesNo("delete account deletes shared", "true", "With an account go the sessions that others share, too.", func(c *Config) *bool { return &c.Accounts.DeleteShared }),
	}
}

func checkField(name string) string {
	if slices.Contains(profileFields, name) {
		return ""
	}
	return "must be among " + strings.Join(profileFields, ", ")
}

func count[T any](name string, least, most int64, at func(*T) *int) field[T] {
	return field[T]{name: name, read: whole(least, most, func(to *T, n int64) { *at(to) = int(n) })}
}

var complexityFields = []field[Complexity]{
	count("length", 1, 200, func(c *Complexity) *int { return &c.Length }),
	count("lowercase", 0, 200, func(c *Complexity) *int { return &c.Lowercase }),
	count("uppercase", 0, 200, func(c *Complexity) *int { return &c.Uppercase }),
	count("digits", 0, 200, func(c *Complexity) *int { return &c.Digits }),
	count("punctuation", 0, 200, func(c *Complexity) *int { return &c.Punctuation }),
	{name: "error message", read: text(func(c *Complexity) *string { return &c.Message })},
}

var factorFields = []field[SecondFactor]{
	{name: "enable", read: flag(func(f *SecondFactor) *bool { return &f.Enabled })},
	{name: "allow app", read: func(r *reader, key string, n *node, f *SecondFactor) {
		if on, ok := r.flag(key, n); ok && !on {
			f.Enabled = false
		}
	}},
	{name: "allow sms", read: func(r *reader, key string, n *node, _ *SecondFactor) {
		if on, ok := r.flag(key, n); ok && on {
			r.warn(n, key, "has no effect yet in this version: it waits for text messages and telephones")
		}
	}},
	{name: "allowed for", read: texts(func(f *SecondFactor) *[]string { return &f.Allowed })},
	{name: "required for", read: texts(func(f *SecondFactor) *[]string { return &f.Required })},
}

var hashingFields = []field[Hashing]{
	{name: "memory", read: size(func(h *Hashing, bytes int64) { h.Memory = int(min(max(bytes>>10, 8), 1<<20)) })},
	count("passes", 1, 64, func(h *Hashing) *int { return &h.Passes }),
	count("threads", 1, 64, func(h *Hashing) *int { return &h.Threads }),
	count("at once", 1, 256, func(h *Hashing) *int { return &h.AtOnce }),
}

func readComplexity(r *reader, key string, n *node, c *Config) {
	readSection(r, key, n, &c.Accounts.Complexity, complexityFields, nil)
}

func readHashing(r *reader, key string, n *node, c *Config) {
	readSection(r, key, n, &c.Accounts.Hashing, hashingFields, nil)
}

// readFactor takes true, false, or a section; a section is on unless it says
// otherwise.
func readFactor(r *reader, key string, n *node, c *Config) {
	f := &c.Accounts.SecondFactor
	if kindOf(n) == isBool {
		f.Enabled, _ = r.flag(key, n)
		return
	}
	f.Enabled = true
	readSection(r, key, n, f, factorFields, nil)
}

// builtIn are the privileges whose permissions are settled.
var builtIn = []string{"admin", "developer", "cron", "user"}

func readPermissions(r *reader, key string, n *node, c *Config) {
	if n.Kind != yaml.MappingNode {
		r.fault(n, key, "must be a mapping of privileges to lists of permissions, not %s", kindOf(n))
		return
	}
	all := map[string][]string{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		if slices.Contains(builtIn, k.Value) {
			r.fault(k, join(key, k.Value), "is a privilege whose permissions cannot be changed")
			continue
		}
		for _, item := range items(target(n.Content[i+1])) {
			item = target(item)
			name, ok := r.text(join(key, k.Value), item)
			if ok && !slices.Contains(permissionNames, name) {
				r.fault(item, join(key, k.Value), "there is no permission %q; there are %s", name, strings.Join(permissionNames, ", "))
			}
			all[k.Value] = append(all[k.Value], name)
		}
	}
	c.Accounts.Permissions = all
}

func (a Accounts) shownPermissions() Mapping {
	m := Mapping{}
	for _, name := range sortedKeys(a.Permissions) {
		m = append(m, Entry{name, shown(a.Permissions[name])})
	}
	return m
}

func (c Complexity) shown() Mapping {
	return Mapping{{"length", int64(c.Length)}, {"lowercase", int64(c.Lowercase)}, {"uppercase", int64(c.Uppercase)}, {"digits", int64(c.Digits)},
		{"punctuation", int64(c.Punctuation)}, {"error message", c.Message}}
}

func (f SecondFactor) shown() Mapping {
	return Mapping{{"enable", f.Enabled}, {"allowed for", shown(f.Allowed)}, {"required for", shown(f.Required)}}
}

func (h Hashing) shown() Mapping {
	return Mapping{{"memory", fmt.Sprintf("%d KiB", h.Memory)}, {"passes", int64(h.Passes)}, {"threads", int64(h.Threads)}, {"at once", int64(h.AtOnce)}}
}
