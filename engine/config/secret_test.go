package config_test

import (
	"fmt"
	"strings"
	"testing"

	"colloquy/engine/config"
)

// secrets is every kind of secret that a configuration can hold; MARK stands for
// what nobody may read.
const secrets = `
secretkey: [MARK-of-sixteen-letters, MARK-of-sixteen-letters-too]
db: {host: h, name: n, user: u, password: MARK}
mail:
- {name: default, default sender: a@b.org, username: u, password: MARK}
- {name: other, default sender: a@b.org, username: u, password: MARK}
redis: redis://user:MARK@host
rabbitmq: pyamqp://guest:MARK@host
oauth:
  google: {id: i, secret: MARK}
  azure: {enable: true, id: i, secret: MARK}
  zitadel: {domain: d, nested: {deeper: [{client secret: MARK}]}}
twilio:
- {name: default, account sid: MARK, auth token: MARK, number: "+1555"}
- {name: other, account sid: MARK, auth token: MARK, number: "+1556"}
s3: {bucket: b, access key id: MARK, secret access key: MARK, server side encryption: {customer key: MARK, KMS key ID: MARK}}
azure: {account name: n, account key: MARK, connection string secret: MARK}
google cloud: {access key id: MARK, secret access key: MARK}
google: {api key: MARK, google maps api key: MARK, service account credentials: MARK, analytics id: UA}
azure maps: {primary key: MARK}
ldap login: {server: s, bind email: e, bind password: MARK}
default admin account: {email: e, password: MARK, api key: MARK}
default cron account: {email: e, password: MARK}
variables snapshot db: {host: h, password: MARK}
gotenberg: {url: http://u:MARK@h, username: u, password: MARK}
gotenberg url: http://u:MARK@h
cloudconvert secret: MARK
convertapi secret: MARK
voicerss: {enable: true, key: MARK}
clicksend: [{name: default, api username: u, api key: MARK}]
telnyx: {number: n, api key: MARK, app id: a}
password secretkey: MARK
supervisor: {username: u, password: MARK}
github: {id: i, secret: MARK}
facebook: {id: i, secret: MARK}
config from: arn:aws:secretsmanager:MARK
pip index url: https://u:MARK@pypi.example
pip extra index urls: [https://u:MARK@pypi.example]
mine: {api key: my own, password: my own}
my secret: my own
`

// What interviews read with get_config() holds no secret of the server, however
// deep it lies; keys of the authors' own are theirs.
func TestSecretsAreNeverHandedOut(t *testing.T) {
	c, err := parse(secrets, "COLLOQUY_GOTENBERG_URL=http://u:MARK@h", "COLLOQUY_MAIL_OTHER_PASSWORD=MARK")
	if err != nil {
		t.Fatal(err)
	}
	read, refused := 0, 0
	for _, line := range strings.Split(secrets, "\n") {
		key, _, ok := strings.Cut(line, ":")
		if !ok || strings.HasPrefix(line, " ") || strings.HasPrefix(line, "-") {
			continue
		}
		v, found, err := c.Get(key)
		switch {
		case err != nil && !strings.Contains(err.Error(), `"`+key+`"`):
			t.Errorf("%s: the error does not name it: %v", key, err)
		case err != nil && v != nil:
			t.Errorf("%s: %v is handed out with the error", key, v)
		case err != nil:
			refused++
		case !found:
			t.Errorf("%s is not there", key)
		default:
			read++
		}
		if text := fmt.Sprintf("%+v", v); strings.Contains(text, "MARK") {
			t.Errorf("%s hands out %s", key, text)
		}
	}
	if read < 8 || refused < 10 {
		t.Errorf("%d were read and %d refused", read, refused)
	}
	for _, key := range []string{"mine", "my secret"} {
		if v, ok, err := c.Get(key); err != nil || !ok || !strings.Contains(fmt.Sprint(v), "my own") {
			t.Errorf("%s is the author's own, but gives %v, %v", key, v, err)
		}
	}
	if shown := c.Show(); strings.Contains(shown, "MARK") {
		t.Errorf("show says a secret: %s", shown)
	}
	for _, w := range c.Warnings {
		if strings.Contains(w.String(), "MARK") {
			t.Errorf("a warning says a secret: %s", w)
		}
	}
}

// Every key that is secret by the tables is refused, or left out below its
// section, whatever its value.
func TestEverySecretOfTheTables(t *testing.T) {
	tried := 0
	for path := range config.SecretPaths() {
		section, below, nested := strings.Cut(path, ": ")
		text := section + ": MARK-of-sixteen-letters\n"
		if nested {
			text = section + ":\n  " + below + ": MARK-of-sixteen-letters\n"
		}
		if section == "mail" {
			text += "  username: u\n"
		}
		c, err := parse(text)
		if err != nil {
			if strings.Contains(err.Error(), "MARK") {
				t.Errorf("%s: the message says it: %v", path, err)
			}
			continue
		}
		tried++
		v, _, err := c.Get(section)
		if strings.Contains(fmt.Sprint(v), "MARK") || !nested && err == nil {
			t.Errorf("%s: %v, %v", path, v, err)
		}
	}
	if tried < 15 {
		t.Errorf("%d keys were tried", tried)
	}
}
