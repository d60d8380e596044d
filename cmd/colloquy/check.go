package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	netmail "net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"colloquy/engine/config"
	"colloquy/engine/interview"
	"colloquy/engine/outside/mail"
	"colloquy/engine/packages"
	"colloquy/engine/ports"
	"colloquy/engine/seal"
	"colloquy/sql/store"
)

// patience bounds each thing that is tried.
const patience = 20 * time.Second

// configCheck proves that a server can be started with a configuration, without
// starting one or changing anything.
func configCheck(ctx context.Context, args, environ []string, out io.Writer) error {
	to, args, err := testMail(args)
	if err != nil {
		return err
	}
	o, err := parse("colloquy config check", args, out)
	if err != nil {
		return err
	}
	r := &report{out: out, slow: time.Second}
	cfg, err := configure(o, environ)
	if err != nil {
		fmt.Fprintln(out, "WRONG ", strings.TrimPrefix(err.Error(), "the configuration cannot be used:\n"))
		return errors.New("the configuration cannot be used: mend what is marked WRONG and check again")
	}
	for _, w := range cfg.Warnings {
		r.note("configuration", "%s", strings.TrimSuffix(w.String(), " (warning)"))
	}
	name := cfg.File()
	if name == "" {
		name = "there is no file (--config FILE names one), so defaults and environment are in force"
	}
	r.ok("configuration", "%s", name)
	kept := checkFolders(r, cfg)
	if kept || len(cfg.SecretKeys) > 0 {
		checkKeys(r, cfg)
	}
	checkCertificate(r, cfg)
	if kept || cfg.DB.Driver == config.Postgres || cfg.DB.Path != "" {
		checkDatabase(ctx, r, cfg)
	}
	checkInterviews(ctx, r, cfg, o)
	checkOthers(r, cfg)
	checkMail(ctx, r, cfg, to)
	switch {
	case r.wrong == 1:
		return errors.New("one thing is wrong: mend what is marked WRONG and check again")
	case r.wrong > 1:
		return fmt.Errorf("%d things are wrong: mend what is marked WRONG and check again", r.wrong)
	}
	fmt.Fprintln(out, "Everything that was checked is right.")
	return nil
}

// testMail takes --send-test-mail ADDRESS out of the arguments.
func testMail(args []string) (to string, rest []string, err error) {
	for i := 0; i < len(args); i++ {
		name, value, given := strings.Cut(args[i], "=")
		if strings.TrimLeft(name, "-") != "send-test-mail" || !strings.HasPrefix(name, "-") {
			rest = append(rest, args[i])
			continue
		}
		if !given && i+1 < len(args) {
			i++
			value = args[i]
		}
		if _, err := netmail.ParseAddress(value); err != nil {
			return "", nil, fmt.Errorf("--send-test-mail needs the address of a mailbox, such as you@example.org, not %q", value)
		}
		to = value
	}
	return to, rest, nil
}

// checkFolders tries whether the server may write where it has to. It reports
// whether the data folder is as it must be.
func checkFolders(r *report, cfg *config.Config) bool {
	data := folder(r, "data", cfg.Data)
	if cfg.Uploads != "" {
		folder(r, "uploads", cfg.Uploads)
	}
	if cfg.Log == "" {
		return data
	}
	dir := cfg.Log
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		dir = filepath.Dir(dir)
	}
	if err := writable(dir); err != nil {
		r.bad("log", "%v: make the folder and let this user write there", err)
		return data
	}
	r.ok("log", "%s can be written", cfg.Log)
	return data
}

// folder tries a folder that the server makes at its start if it is missing.
func folder(r *report, key, path string) bool {
	before := r.wrong
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		above := path
		for errors.Is(err, os.ErrNotExist) && above != filepath.Dir(above) {
			above = filepath.Dir(above)
			_, err = os.Stat(above)
		}
		if err := writable(above); err != nil {
			r.bad(key, "there is no folder %s, and it cannot be made: %v. Make it and give it to this user", path, err)
			return false
		}
		r.ok(key, "%s will be made at the first start", path)
	case errors.Is(err, syscall.ENOTDIR):
		r.bad(key, "%s lies below a file: name another folder for this user", path)
	case err != nil:
		r.bad(key, "%v: let this user into the folder", err)
	case !info.IsDir():
		r.bad(key, "%s is a file: name a folder", path)
	default:
		if err := writable(path); err != nil {
			r.bad(key, "%v: give the folder to this user", err)
			return false
		}
		r.ok(key, "%s can be written", path)
	}
	return r.wrong == before
}

// writable makes a file in a folder and removes it again.
func writable(dir string) error {
	f, err := os.CreateTemp(dir, ".colloquy-check-*")
	if err != nil {
		return fmt.Errorf("%s cannot be written", dir)
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

func checkKeys(r *report, cfg *config.Config) {
	path := filepath.Join(cfg.Data, "keys")
	if len(cfg.SecretKeys) > 0 {
		if _, err := seal.SecretRing(cfg.SecretKeys[0], cfg.SecretKeys[1:]...); err != nil {
			r.bad("secretkey", "%v", err)
			return
		}
		r.ok("secretkey", "%d in the configuration; keep a copy: answers cannot be read without", len(cfg.SecretKeys))
		if unused := unusedKeys(cfg); unused != "" {
			r.note("secretkey", "%s", unused)
		}
		return
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		r.ok("secretkey", "none given, so keys are made in %s at the first start", path)
	case err != nil:
		r.bad("secretkey", "%v: let this user read the keys", err)
	case info.Mode().Perm()&0o077 != 0:
		r.bad("secretkey", "others may read %s: chmod 600 %s", path, path)
	default:
		r.ok("secretkey", "the keys in %s; keep a copy: answers cannot be read without", path)
	}
}

func checkCertificate(r *report, cfg *config.Config) {
	if cfg.Certs == "" {
		return
	}
	c := &certificate{folder: cfg.Certs}
	if err := c.load(); err != nil {
		r.bad("certs", "%v", err)
		return
	}
	leaf, err := x509.ParseCertificate(c.loaded.Load().Certificate[0])
	if err != nil {
		r.bad("certs", "%v", err)
		return
	}
	host, _, _ := strings.Cut(cfg.ExternalHostname, ":")
	switch left := time.Until(leaf.NotAfter); {
	case left < 0:
		r.bad("certs", "the certificate expired on %s: put a new one there", leaf.NotAfter.Format(time.DateOnly))
	case host != "" && leaf.VerifyHostname(host) != nil:
		r.bad("certs", "the certificate is for %s, not for %s: get one for that name, or correct external hostname",
			strings.Join(leaf.DNSNames, ", "), host)
	case left < 14*24*time.Hour:
		r.note("certs", "the certificate expires on %s: renew it", leaf.NotAfter.Format(time.DateOnly))
	default:
		r.ok("certs", "the certificate for %s is good until %s", strings.Join(leaf.DNSNames, ", "), leaf.NotAfter.Format(time.DateOnly))
	}
}

func checkDatabase(ctx context.Context, r *report, cfg *config.Config) {
	var c store.Condition
	var err error
	r.waiting("connecting to the database", func(func(string)) {
		ctx, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		c, err = store.Survey(ctx, address(cfg))
	})
	where := cfg.DB.Place()
	if cfg.DB.Driver == config.SQLite {
		where = address(cfg)
	}
	switch {
	case err != nil:
		r.bad("db", "%s", strings.TrimSuffix(fmt.Sprintf("%s: %v. %s", where, err, databaseAdvice(cfg, err)), ". "))
	case c.Missing:
		r.ok("db", "%s will be made at the first start", where)
	case c.Have < c.Know:
		r.ok("db", "%s answers at %s; its tables are brought from version %d to %d at the next start", c.Server, where, c.Have, c.Know)
	default:
		r.ok("db", "%s answers at %s; its tables are up to date (version %d)", c.Server, where, c.Have)
	}
}

// databaseAdvice says what to do about an error of the database.
func databaseAdvice(cfg *config.Config, err error) string {
	text := err.Error()
	for _, a := range []struct{ sign, advice string }{
		{"refused", "Start the database server, or correct host and port"},
		{"no such host", "Correct the host"},
		{"deadline", "Nothing answers there: correct host and port, or let the firewall through"},
		{"timeout", "Nothing answers there: correct host and port, or let the firewall through"},
		{"password", "Correct user and password, or make the user: createuser --pwprompt NAME"},
		{"role", "Make the user: createuser NAME"},
		{"does not exist", "Make the database: createdb --owner=USER NAME"},
		{"SSL", "Set \"ssl mode\" as the server has it, for example disable on the same machine"},
		{"newer", "Install the newer version of Colloquy"},
		{"another program", "Name another file"},
		{"it is a folder", ""},
		{"not a SQLite", "Name another file"},
	} {
		if strings.Contains(text, a.sign) {
			return a.advice
		}
	}
	if cfg.DB.Driver == config.SQLite {
		return "Let this user read and write the file and its folder"
	}
	return "Correct the section db"
}

// checkInterviews opens the packages and compiles what the configuration names.
func checkInterviews(ctx context.Context, r *report, cfg *config.Config, o *options) {
	l := &packages.Library{}
	for _, dir := range cfg.Packages {
		if err := l.OpenFolder(dir); err != nil {
			r.bad("packages", "%v: correct the folder or make it", err)
			continue
		}
		r.ok("packages", "%s", dir)
	}
	lib, _, err := library(cfg, o)
	if err != nil {
		if len(cfg.Packages) == 0 || len(o.paths) > 0 {
			r.bad("interviews", "%v", err)
		}
		return
	}
	for _, n := range cfg.Interviews() {
		if _, err := interview.Load(ctx, lib, n.Interview); err != nil {
			r.bad(n.Name, "%s cannot be used: %v. %s", n.Interview, err, interviewAdvice(lib, n.Interview))
			continue
		}
		r.ok(n.Name, "%s", n.Interview)
	}
	for _, n := range cfg.StaticFiles() {
		if _, err := lib.Resolve(n.Interview, "", packages.Static); err != nil {
			r.bad(n.Name, "%s is not there: %v. Correct the name, or put the file there", n.Interview, err)
		}
	}
}

// interviewAdvice says what to do about an interview that is not there.
func interviewAdvice(lib *packages.Library, name string) string {
	pkg, _, _ := strings.Cut(name, ":")
	if !lib.Has(pkg) {
		known := lib.Packages()
		slices.Sort(known)
		return "The packages here are " + strings.Join(known, ", ") + ": correct the name, or packages"
	}
	return "Correct the name, or what is wrong with the file"
}

// checkOthers says what is given and not used.
func checkOthers(r *report, cfg *config.Config) {
	if cfg.Debug && cfg.ExternalHostname != "" {
		r.note("debug", "is on: whoever opens a page sees where mistakes are. Switch it off before the public comes")
	}
	if cfg.BaseURL() == "" {
		r.note("external hostname", "is not set: links in mails lead to the name under which the page was asked for. Set it if the server has a name")
	}
}

// checkMail tries every mail configuration, and sends a mail if it is told to.
func checkMail(ctx context.Context, r *report, cfg *config.Config, to string) {
	if len(cfg.Mail) == 0 {
		if to != "" {
			r.bad("mail", "there is no mail section, so no test mail can be sent: add one")
			return
		}
		if cfg.Debug || cfg.File() == "" && cfg.Local() {
			r.note("mail", "there is no mail section: mail is kept and shown at /dev/mail, as long as this is no server for the public")
			return
		}
		r.note("mail", "there is no mail section: send_email() will send nothing")
		return
	}
	sender := mail.New(cfg.Mail, clock(), mail.WithPatience(patience))
	defer sender.Close()
	for i, m := range cfg.Mail {
		what := "mail " + m.Name
		ok := probeMail(ctx, r, sender, m, what)
		if i == 0 && to != "" && ok {
			sendTestMail(ctx, r, sender, what, to)
		}
	}
}

func probeMail(ctx context.Context, r *report, sender *mail.Sender, m config.Mail, what string) bool {
	var p mail.Proof
	var err error
	r.waiting("connecting to "+m.Server, func(say func(string)) { p, err = sender.Probe(ctx, m.Name, say) })
	at := fmt.Sprintf("%s, port %d", m.Server, m.Port)
	if err != nil {
		r.bad(what, "%s: %v. %s", at, err, mailAdvice(m, p, err))
		return false
	}
	said := []string{at + " answers"}
	switch {
	case p.Protected == "":
		said = append(said, "the connection is in clear")
	default:
		said = append(said, p.Protected)
	}
	if p.SignedIn {
		said = append(said, "signed in as "+m.Username)
	}
	if p.Sender {
		said = append(said, "sender "+m.DefaultSender+" accepted")
	}
	r.ok(what, "%s", strings.Join(said, "; "))
	if p.Recipient != nil {
		r.note(what, "the server takes no mail for the sender itself (%v): answers to mails will not arrive. --send-test-mail ADDRESS tries another recipient", p.Recipient)
	}
	if !p.Until.IsZero() && time.Until(p.Until) < 14*24*time.Hour {
		r.note(what, "the mail server's certificate expires on %s", p.Until.Format(time.DateOnly))
	}
	return true
}

// mailAdvice says what to do about a mail server.
func mailAdvice(m config.Mail, p mail.Proof, err error) string {
	var unknown *tls.CertificateVerificationError
	var failed *mail.Failure
	text := err.Error()
	switch {
	case errors.As(err, &unknown):
		return "Its certificate is not trusted on this machine: name the server as the certificate does, or install the authority that signed it"
	case errors.As(err, &failed) && strings.HasPrefix(failed.Stage, "sign in"):
		return "Correct username and password, or set authentication to what the server wants"
	case strings.Contains(text, "STARTTLS"):
		return "It offers no STARTTLS: set \"use ssl: true\" if the port is for TLS from the start (465), or \"use tls: false\" if it is on this machine"
	case strings.Contains(text, "first record does not look like a TLS handshake"):
		return "The port is not for TLS from the start: leave out \"use ssl\""
	case strings.Contains(text, "no such host"):
		return "Correct server"
	case strings.Contains(text, "refused") && !p.Reached:
		return "Start the mail server, or correct server and port"
	case !p.Reached:
		return "Nothing answers as a mail server there: correct server and port (587 for STARTTLS, 465 with \"use ssl: true\"), or let the firewall through"
	}
	return "Correct \"default sender\" to an address that the server lets " + or(m.Username, "everybody") + " send as, or sign in with username and password"
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func sendTestMail(ctx context.Context, r *report, sender *mail.Sender, what, to string) {
	var err error
	r.waiting("sending a test mail", func(func(string)) {
		_, err = sender.Send(ctx, ports.Mail{To: []string{to}, Subject: "Test of the mail configuration",
			Text: "This mail was sent by \"colloquy config check\". If you read it, mail arrives.\n",
			Key:  fmt.Sprintf("test-%d", time.Now().UnixNano())})
	})
	if err != nil {
		r.bad(what, "the test mail to %s was not taken: %v. Try another address, or ask whoever runs the mail server", to, err)
		return
	}
	r.ok(what, "the server took a test mail to %s: see whether it arrives, and look among the spam, too", to)
}
