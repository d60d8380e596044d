package mailtest

import (
	"bytes"
	"crypto/tls"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A Postfix is a real mail server, started for a test: it wants TLS and signing
// in, and puts what it takes into a Maildir. Its domain is example.org, where
// everybody has a mailbox but those whose name begins with "nobody".
type Postfix struct {
	Host     string
	StartTLS int // port for STARTTLS
	TLS      int // port for TLS from the start
	User     string
	Password string
	Trust    *tls.Config

	dir string
}

// needs are the programs without which there is no test.
var needs = []string{"/usr/sbin/postfix", "/usr/sbin/saslpasswd2", "/usr/lib/postfix/sbin/master"}

// StartPostfix starts a server that stops at the end of the test. Where Postfix
// is not installed, or may not be started, the test is skipped; in CI it fails.
func StartPostfix(t testing.TB) *Postfix {
	t.Helper()
	missing := ""
	for _, program := range needs {
		if _, err := os.Stat(program); err != nil {
			missing = "Postfix and Cyrus SASL are not installed (Debian: postfix sasl2-bin libsasl2-modules): " + program + " is missing"
		}
	}
	if os.Getuid() != 0 {
		missing = "Postfix needs root"
	}
	if missing != "" && os.Getenv("CI") != "" {
		t.Fatal(missing)
	} else if missing != "" {
		t.Skip(missing)
	}
	p := &Postfix{Host: "127.0.0.1", StartTLS: freePort(t), TLS: freePort(t), User: "ada@example.org", Password: "kgm ü 42"}
	p.write(t)
	p.run(t)
	return p
}

func freePort(t testing.TB) int {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

const mainFile = `compatibility_level = 3.6
queue_directory = DIR/spool
data_directory = DIR/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = mail.example.org
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
maillog_file = DIR/log
maillog_file_prefixes = DIR
virtual_mailbox_domains = example.org
virtual_mailbox_base = DIR/mail
virtual_mailbox_maps = regexp:DIR/conf/boxes
virtual_uid_maps = static:UID
virtual_gid_maps = static:GID
virtual_minimum_uid = 1
message_size_limit = 20000000
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_sasl_auth_enable = yes
smtpd_sasl_path = smtpd
smtpd_sasl_local_domain = example.org
smtpd_tls_auth_only = yes
smtpd_tls_security_level = encrypt
smtpd_tls_cert_file = DIR/conf/cert.pem
smtpd_tls_key_file = DIR/conf/key.pem
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
`

const masterFile = `127.0.0.1:STARTTLS inet n - n - - smtpd
127.0.0.1:WRAPPED inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`

// write makes the folder with everything the server needs.
func (p *Postfix) write(t testing.TB) {
	t.Helper()
	var err error
	if p.dir, err = os.MkdirTemp("", "postfix"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(p.dir); err != nil {
			t.Error(err)
		}
	})
	owner, err := user.Lookup("postfix")
	if err != nil {
		t.Fatal(err)
	}
	id := NewIdentity(t)
	p.Trust = id.Client
	fill := strings.NewReplacer("DIR", p.dir, "UID", owner.Uid, "GID", owner.Gid,
		"STARTTLS", strconv.Itoa(p.StartTLS), "WRAPPED", strconv.Itoa(p.TLS))
	must(t, os.Chmod(p.dir, 0o755))
	for _, name := range []string{"spool", "data", "mail", "conf", "conf/sasl", "sasl"} {
		must(t, os.Mkdir(filepath.Join(p.dir, name), 0o755))
	}
	for name, text := range map[string]string{
		"conf/main.cf": mainFile, "conf/master.cf": masterFile, "conf/cert.pem": string(id.Cert), "conf/key.pem": string(id.Key),
		"conf/boxes": "if !/^nobody/\n/^([^@]+)@example\\.org$/ all/\nendif\n",
		"conf/sasl/smtpd.conf": "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path: DIR/sasl/db\n" +
			"mech_list: PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256\n",
	} {
		must(t, os.WriteFile(filepath.Join(p.dir, name), []byte(fill.Replace(text)), 0o644))
	}
	add := exec.Command("/usr/sbin/saslpasswd2", "-p", "-c", "-f", filepath.Join(p.dir, "sasl/db"), "-u", "example.org", "ada")
	add.Stdin = strings.NewReader(p.Password)
	if said, err := add.CombinedOutput(); err != nil {
		t.Fatalf("saslpasswd2: %v\n%s", err, said)
	}
	uid, _ := strconv.Atoi(owner.Uid)
	gid, _ := strconv.Atoi(owner.Gid)
	for _, name := range []string{"data", "mail", "sasl/db"} {
		must(t, os.Chown(filepath.Join(p.dir, name), uid, gid))
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// run starts the server and waits until it answers.
func (p *Postfix) run(t testing.TB) {
	t.Helper()
	conf := filepath.Join(p.dir, "conf")
	server := exec.Command("/usr/sbin/postfix", "-c", conf, "start-fg")
	var said bytes.Buffer
	server.Stdout, server.Stderr = &said, &said
	must(t, server.Start())
	t.Cleanup(func() {
		if out, err := exec.Command("/usr/sbin/postfix", "-c", conf, "stop").CombinedOutput(); err != nil {
			t.Errorf("stop Postfix: %v\n%s", err, out)
		}
		_ = server.Wait() // it says that it was stopped
		if t.Failed() {
			log, _ := os.ReadFile(filepath.Join(p.dir, "log"))
			t.Logf("Postfix:\n%s\n%s", log, said.Bytes())
		}
	})
	for _, port := range []int{p.StartTLS, p.TLS} {
		for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
			c, err := net.Dial("tcp", net.JoinHostPort(p.Host, strconv.Itoa(port)))
			if err == nil {
				c.Close()
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("Postfix does not answer: %v", err)
			}
		}
	}
}

// Letters gives what has arrived for a name at example.org, the oldest first.
func (p *Postfix) Letters(t testing.TB, name string) [][]byte {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(p.dir, "mail/all/new/*"))
	must(t, err)
	slices.Sort(files)
	var all [][]byte
	for _, file := range files {
		b, err := os.ReadFile(file)
		must(t, err)
		if bytes.Contains(b, []byte("\nDelivered-To: "+name+"@example.org\n")) {
			all = append(all, b)
		}
	}
	return all
}

// Wait gives the first n letters for a name once they are there, or fails the
// test after ten seconds.
func (p *Postfix) Wait(t testing.TB, name string, n int) [][]byte {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		all := p.Letters(t, name)
		if len(all) >= n {
			return all[:n]
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d of %d mails for %s have come", len(all), n, name)
		}
	}
}
