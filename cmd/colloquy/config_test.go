package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"database/sql"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"colloquy/engine/outside/mail/mailtest"
	"colloquy/sql/migrations"
	"colloquy/sql/pgtest"
)

func TestConfigInit(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "mine.yml")
	status, out, complaint := runOnce(t, "config", "init", path)
	if status != 0 || !strings.Contains(out, path) {
		t.Fatalf("%d %s%s", status, out, complaint)
	}
	info, err := os.Stat(path)
	check(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("its mode is %04o", info.Mode().Perm())
	}
	first, err := os.ReadFile(path)
	check(t, err)
	status, _, complaint = runOnce(t, "config", "init", path)
	if status != 1 || !strings.Contains(complaint, "is left as it is") {
		t.Errorf("again: %d %s", status, complaint)
	}
	if now, err := os.ReadFile(path); err != nil || string(now) != string(first) {
		t.Error("it was overwritten")
	}
	other := filepath.Join(dir, "other.yml")
	if status, _, complaint := runOnce(t, "config", "init", other); status != 0 {
		t.Errorf("another: %d %s", status, complaint)
	}
	if second, err := os.ReadFile(other); err != nil || string(second) == string(first) {
		t.Error("two files have the same key")
	}
	if status, _, complaint := runOnce(t, "config", "init", filepath.Join(dir, "no/where.yml")); status != 1 || !strings.Contains(complaint, "make it first") {
		t.Errorf("into no folder: %d %s", status, complaint)
	}
	status, out, complaint = runOnce(t, "config", "check", "--config", path, "--data", filepath.Join(dir, "data"))
	if status != 0 || strings.Contains(out, "WRONG") {
		t.Errorf("check: %d %s%s", status, out, complaint)
	}
	write(t, filepath.Join(dir, "before"), "keys", "of an earlier start")
	if _, out, _ := runOnce(t, "config", "check", "--config", path, "--data", filepath.Join(dir, "before")); !strings.Contains(out, "are not used, since the configuration has a secretkey") {
		t.Errorf("it does not say that other keys are there: %s", out)
	}
	if _, err := os.Stat(filepath.Join(dir, "data")); err == nil {
		t.Error("check made the data folder")
	}
	status, out, _ = runOnce(t, "config", "show", "--config", path, "--data", "/srv/x")
	if status != 0 || !strings.Contains(out, "data: /srv/x  # --data\n") || !strings.Contains(out, `secretkey: ["********"]  # `+path) {
		t.Errorf("show: %d %s", status, out)
	}
}

// selfSigned makes a certificate for a name, and the files of it and its key.
func selfSigned(t *testing.T, name string, until time.Time) (*tls.Config, []byte, []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	check(t, err)
	leaf := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotBefore: until.Add(-100 * 24 * time.Hour), NotAfter: until,
		DNSNames: []string{name}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature}
	der, err := x509.CreateCertificate(rand.Reader, leaf, leaf, &key.PublicKey, key)
	check(t, err)
	private, err := x509.MarshalECPrivateKey(key)
	check(t, err)
	crt := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	secret := pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: private})
	pair, err := tls.X509KeyPair(crt, secret)
	check(t, err)
	return &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}, crt, secret
}

func closedPort(t *testing.T) int {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	defer ln.Close()
	return ln.Addr().(*net.TCPAddr).Port
}

// What is wrong with a machine is found before a server is started on it, and
// each finding says what to do.
func TestConfigCheckFindsWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	plain := write(t, dir, "plain", "a file")
	foreign := filepath.Join(dir, "foreign.sqlite")
	sqlite(t, foreign, "create table theirs (x int)")
	newer := filepath.Join(dir, "newer.sqlite")
	sqlite(t, newer, "create table goose_db_version (version_id int, is_applied bool)", "insert into goose_db_version values (9999, true)")
	certs := func(name string, until time.Time) string {
		dir := t.TempDir()
		_, crt, key := selfSigned(t, name, until)
		write(t, dir, "server.crt", string(crt))
		write(t, dir, "server.key", string(key))
		return dir
	}
	soon := time.Now().Add(100 * 24 * time.Hour)
	broken := t.TempDir()
	write(t, broken, "test.pkg/data/questions/broken.yml", "question: [\n")
	for _, tt := range []struct {
		name, config string
		says         []string
	}{
		{"the file", "brandnme: x", []string{":1:1: brandnme: did you mean \"brandname\"?"}},
		{"a packages folder", "packages: [" + dir + "/none]", []string{"packages: ", "/none", "make it"}},
		{"a default interview in no package", "default interview: docassemble.none:x.yml", []string{"default interview: ", "there is no package docassemble.none. The packages here are colloquy.demo"}},
		{"a default interview without a file", "default interview: colloquy.demo:none.yml", []string{"default interview: colloquy.demo:data/questions/none.yml", "Correct the name"}},
		{"a default interview with mistakes", "default interview: test.pkg:broken.yml\npackages: [" + broken + "]", []string{"default interview: ", "broken.yml:"}},
		{"dispatch", "dispatch: {x: 'colloquy.demo:none.yml'}", []string{"dispatch: x: colloquy.demo:data/questions/none.yml"}},
		{"a preloaded interview", "preloaded interviews: [colloquy.demo:none.yml]", []string{"preloaded interviews: "}},
		{"a static file", "global css: colloquy.demo:data/static/none.css", []string{"global css: ", "put the file there"}},
		{"the data folder", "data: " + plain, []string{"data: " + plain + " is a file: name a folder"}},
		{"a data folder that cannot be made", "data: " + plain + "/data", []string{"data: ", "this user"}},
		{"uploads", "uploads: " + plain, []string{"uploads: " + plain + " is a file"}},
		{"the log", "log: " + dir + "/none/x.log", []string{"log: " + dir + "/none cannot be written", "make the folder"}},
		{"a certificate", "use https: true\ncerts: " + dir, []string{"certs: there is no certificate in " + dir, "server.crt with server.key"}},
		{"a certificate that expired", "use https: true\ncerts: " + certs("a.example", time.Now().Add(-time.Hour)), []string{"certs: the certificate expired on", "put a new one"}},
		{"a certificate for another name", "use https: true\nexternal hostname: b.example\ncerts: " + certs("a.example", soon), []string{"is for a.example, not for b.example", "get one"}},
		{"a SQLite file of others", "db: {url: 'sqlite:" + foreign + "'}", []string{"database of another program", "Name another file"}},
		{"a SQLite file that is none", "db: {url: 'sqlite:" + plain + "'}", []string{"not a SQLite database"}},
		{"a folder for a SQLite file", "db: {url: 'sqlite:" + dir + "'}", []string{"it is a folder"}},
		{"a newer database", "db: {url: 'sqlite:" + newer + "'}", []string{"version 9999", "Install the newer version"}},
		{"no PostgreSQL", fmt.Sprintf("secretkey: 0123456789abcdef\ndb: {host: 127.0.0.1, port: %d, password: hunter2}", closedPort(t)), []string{"refused", "Start the database server"}},
		{"no mail server", fmt.Sprintf("mail: {default sender: a@b.org, server: 127.0.0.1, port: %d}", closedPort(t)), []string{"mail default: 127.0.0.1, port", "Start the mail server"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := tt.config + "\n"
			if !strings.Contains(text, "data: ") {
				text += "data: " + t.TempDir() + "\n"
			}
			status, out, complaint := runOnce(t, "config", "check", "--config", write(t, t.TempDir(), "config.yml", text))
			if status != 1 || !strings.Contains(out, "WRONG") || !strings.Contains(complaint, "check again") {
				t.Errorf("%d %s%s", status, out, complaint)
			}
			for _, want := range tt.says {
				if !strings.Contains(out, want) {
					t.Errorf("it does not say %q: %s", want, out)
				}
			}
			if strings.Contains(out+complaint, "hunter2") {
				t.Errorf("it says the password: %s%s", out, complaint)
			}
			for _, line := range strings.Split(out, "\n") {
				if strings.HasPrefix(line, "WRONG") {
					t.Log(line)
				}
			}
		})
	}
}

func sqlite(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	check(t, err)
	defer db.Close()
	for _, s := range statements {
		_, err := db.Exec(s)
		check(t, err)
	}
}

func TestConfigCheckOfADatabase(t *testing.T) {
	address := pgtest.URL(t)
	dir := t.TempDir()
	file := write(t, dir, "config.yml", "secretkey: 0123456789abcdef\ndata: "+dir+"\ndb:\n  url: "+address+"\n")
	status, out, complaint := runOnce(t, "config", "check", "--config", file)
	if status != 0 || !strings.Contains(out, "ok     db: PostgreSQL ") || !strings.Contains(out, "from version 0 to") {
		t.Errorf("an empty one: %d %s%s", status, out, complaint)
	}
	db, err := sql.Open("postgres", address)
	check(t, err)
	defer db.Close()
	var tables int
	check(t, db.QueryRow("select count(*) from information_schema.tables where table_schema = 'public'").Scan(&tables))
	if tables != 0 {
		t.Errorf("check made %d tables", tables)
	}
	check(t, migrations.Up(t.Context(), db, migrations.Postgres))
	status, out, complaint = runOnce(t, "config", "check", "--config", file)
	if status != 0 || !strings.Contains(out, "its tables are up to date") {
		t.Errorf("a migrated one: %d %s%s", status, out, complaint)
	}
	lost, err := url.Parse(address)
	check(t, err)
	lost.Path = "/no_such_database"
	file = write(t, dir, "lost.yml", "secretkey: 0123456789abcdef\ndata: "+dir+"\ndb:\n  url: "+lost.String()+"\n")
	status, out, _ = runOnce(t, "config", "check", "--config", file)
	if status != 1 || !strings.Contains(out, "Make the database: createdb") {
		t.Errorf("none of that name: %d %s", status, out)
	}
}

// A mailCase is a mail server and what check says of it.
type mailCase struct {
	name   string
	tls    string // "", starttls, implicit
	trust  bool
	set    func(*mailtest.Server)
	config string
	args   []string
	status int
	says   []string
	mails  int
}

func TestConfigCheckOfAMailServer(t *testing.T) {
	refuse := func(string) error {
		return &smtp.SMTPError{Code: 553, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "not yours"}
	}
	password := func(s *mailtest.Server) { s.Password = "secret" }
	const user = "username: u, password: secret"
	for _, tt := range []mailCase{
		{name: "in clear", status: 0, says: []string{"answers; the connection is in clear; sender", "accepted"}},
		{name: "a test mail", args: []string{"--send-test-mail", "you@example.org"}, status: 0, says: []string{"took a test mail to you@example.org"}, mails: 1},
		{name: "a test mail, the other way to write it", args: []string{"--send-test-mail=you@example.org"}, status: 0, says: []string{"took a test mail"}, mails: 1},
		{name: "a test mail that is refused", args: []string{"--send-test-mail", "you@example.org"}, set: func(s *mailtest.Server) {
			s.Refuse = func(to string) error {
				if to == "you@example.org" {
					return refuse(to)
				}
				return nil
			}
		}, status: 1, says: []string{"the test mail to you@example.org was not taken", "ask whoever runs the mail server"}},
		{name: "a test mail to nobody", args: []string{"--send-test-mail", "you"}, status: 1, says: []string{"needs the address of a mailbox"}},
		{name: "STARTTLS and signing in", tls: "starttls", trust: true, set: password, config: user, status: 0, says: []string{"TLS 1.3; signed in as u; sender"}},
		{name: "TLS from the start", tls: "implicit", trust: true, set: password, config: user + ", use ssl: true", status: 0, says: []string{"TLS 1.3; signed in as u"}},
		{name: "a wrong password", tls: "starttls", trust: true, set: password, config: "username: u, password: other", status: 1,
			says: []string{"sign in 535", "Correct username and password"}},
		{name: "a certificate of nobody's", tls: "starttls", config: "use tls: true", status: 1, says: []string{"certificate", "install the authority"}},
		{name: "no STARTTLS", config: "use tls: true", status: 1, says: []string{"STARTTLS", "use ssl: true"}},
		{name: "TLS where there is none", config: "use ssl: true", status: 1, says: []string{"TLS", "leave out \"use ssl\""}},
		{name: "a sender that is refused", set: func(s *mailtest.Server) { s.RefuseSender = refuse }, status: 1, says: []string{"sender 553 5.7.1", "Correct \"default sender\""}},
		{name: "a sender that gets no mail", set: func(s *mailtest.Server) { s.Refuse = refuse }, status: 0, says: []string{"note ", "takes no mail for the sender itself"}},
		{name: "signing in is wanted", set: password, tls: "starttls", trust: true, status: 1, says: []string{"sign in"}},
		{name: "nobody greets", set: func(s *mailtest.Server) { s.Greet = func(int) bool { return false } }, status: 1, says: []string{"Nothing answers as a mail server"}},
		{name: "a slow server", set: func(s *mailtest.Server) {
			s.Greet = func(int) bool { time.Sleep(1500 * time.Millisecond); return true }
		}, status: 0,
			says: []string{"… connecting to 127.0.0.1, port"}},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.run(t) })
	}
}

func (tt mailCase) run(t *testing.T) {
	dir := t.TempDir()
	trust, crt, _ := selfSigned(t, "localhost", time.Now().Add(100*24*time.Hour))
	if tt.tls == "" {
		trust = nil
	}
	s := mailtest.Start(t, trust, tt.tls == "implicit")
	if tt.set != nil {
		tt.set(s)
	}
	text := fmt.Sprintf("data: %s\nmail: {default sender: a@example.org, server: %s, port: %d, %s}\n", dir, s.Host, s.Port, tt.config)
	args := append([]string{"config", "check", "--config", write(t, dir, "config.yml", text)}, tt.args...)
	environ := []string{}
	if tt.trust {
		environ = append(environ, "SSL_CERT_FILE="+write(t, dir, "ca.pem", string(crt)))
	}
	status, out := inProcess(t, args, environ)
	if status != tt.status {
		t.Errorf("it ended with %d: %s", status, out)
	}
	for _, want := range tt.says {
		if !strings.Contains(out, want) {
			t.Errorf("it does not say %q: %s", want, out)
		}
	}
	if strings.Contains(out, "secret;") || strings.Contains(out, "password: secret") {
		t.Errorf("it says the password: %s", out)
	}
	if got := len(s.Letters()); got != tt.mails {
		t.Errorf("%d mails were sent", got)
	}
}

// inProcess runs a command line in a process of its own: what it trusts is read
// once.
func inProcess(t *testing.T, args, environ []string) (int, string) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(append(os.Environ(), environ...), childEnv+"="+strings.Join(args, "\n"))
	out, err := child.CombinedOutput()
	if err != nil && child.ProcessState == nil {
		t.Fatal(err)
	}
	return child.ProcessState.ExitCode(), string(out)
}

// The server speaks HTTPS with a certificate from a folder, and takes a new one
// when it is told to read again.
func TestServeHTTPS(t *testing.T) {
	dir := t.TempDir()
	put := func(name string) *x509.CertPool {
		_, crt, key := selfSigned(t, name, time.Now().Add(24*time.Hour))
		write(t, dir, "server.crt", string(crt))
		write(t, dir, "server.key", string(key))
		pool := x509.NewCertPool()
		pool.AppendCertsFromPEM(crt)
		return pool
	}
	get := func(root string, pool *x509.CertPool) error {
		transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}
		defer transport.CloseIdleConnections()
		res, err := (&http.Client{Transport: transport}).Get(root + "/list")
		if err != nil {
			return err
		}
		defer res.Body.Close()
		_, err = io.Copy(io.Discard, res.Body)
		if res.Header.Get("Strict-Transport-Security") == "" {
			t.Error("browsers are not told to keep to HTTPS")
		}
		return err
	}
	first := put("first.example")
	file := write(t, dir, "config.yml", "use https: true\ncerts: "+dir+"\nlisten: 127.0.0.1:0\nlog: "+filepath.Join(dir, "my.log")+"\n")
	p := newProcess(t, "--config", file, "--data", filepath.Join(dir, "data"))
	if !strings.HasPrefix(p.root, "https://") {
		t.Fatalf("it is at %s", p.root)
	}
	check(t, get(p.root, first))
	second := put("second.example")
	check(t, os.Rename(filepath.Join(dir, "my.log"), filepath.Join(dir, "my.log.1")))
	p.hangUp(inForce)
	check(t, get(p.root, second))
	if get(p.root, first) == nil {
		t.Error("the first certificate is still shown")
	}
	log, err := os.ReadFile(filepath.Join(dir, "my.log"))
	check(t, err)
	if !strings.Contains(string(log), inForce) {
		t.Errorf("the file of the log has %s", log)
	}
}
