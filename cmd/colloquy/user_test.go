package main

import (
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestUserCreate(t *testing.T) {
	dir := t.TempDir()
	quick := write(t, dir, "config.yml", "listen: 127.0.0.1:0\npassword hashing: {memory: 64 KiB, passes: 1, threads: 1}\n")
	data := filepath.Join(dir, "data")
	status, out, complaint := runOnce(t, "user", "create", "--admin", "--config", quick, "--data", data, "boss@example.com")
	if status != 0 || !regexp.MustCompile(`boss@example\.com has an account now \(admin\)\.\nPassword: \w{5}(-\w{5}){3}\n`).MatchString(out) {
		t.Fatalf("status %d: %s%s", status, out, complaint)
	}
	for _, tt := range []struct {
		want string
		args []string
	}{
		{"already in use", []string{"create", "--config", quick, "--data", data, "BOSS@example.com"}},
		{"Invalid Email", []string{"create", "--config", quick, "--data", data, "boss"}},
		{"There is no privilege king", []string{"create", "--config", quick, "--data", data, "--privilege", "king", "b@example.com"}},
		{"takes one e-mail address", []string{"create", "--config", quick, "--data", data}},
		{"say what is to be done", nil},
	} {
		status, _, complaint := runOnce(t, append([]string{"user"}, tt.args...)...)
		if status == 0 || !strings.Contains(complaint, tt.want) {
			t.Errorf("%v: status %d, %s", tt.args, status, complaint)
		}
	}
	status, out, complaint = runOnce(t, "user", "reset", "--config", quick, "--data", data, "Boss@example.com")
	if status != 0 || !regexp.MustCompile(`http://127\.0\.0\.1:0/user/reset-password/\w{40}\n`).MatchString(out) {
		t.Errorf("status %d: %s%s", status, out, complaint)
	}
	if status, _, complaint = runOnce(t, "user", "reset", "--config", quick, "--data", data, "x@example.com"); status == 0 || !strings.Contains(complaint, "has no account") {
		t.Errorf("status %d: %s", status, complaint)
	}
	t.Run("no link for a second one", func(t *testing.T) {
		p := newProcess(t, "--config", quick, "--data", data)
		if strings.Contains(p.said.String(), "administrator") {
			t.Errorf("the server says %s", p.said)
		}
	})
}

func TestTheFirstStartPrintsALink(t *testing.T) {
	dir := t.TempDir()
	quick := write(t, dir, "config.yml", "listen: 127.0.0.1:0\npassword hashing: {memory: 64 KiB, passes: 1, threads: 1}\n")
	p := newProcess(t, "--config", quick, "--data", filepath.Join(dir, "data"))
	link := regexp.MustCompile(`http://\S+/user/first/\w{40}`).FindString(p.said.String())
	if link == "" {
		t.Fatalf("the server says %s", p.said)
	}
	res, err := http.Get(link) //nolint:noctx // a test
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	if err != nil || !strings.Contains(string(page), "Make the administrator&#39;s account") {
		t.Errorf("the link shows %d %s (%v)", res.StatusCode, page, err)
	}
}
