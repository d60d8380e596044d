package config_test

import (
	"strings"
	"testing"
	"time"

	"colloquy/engine/config"
)

func TestMailDelivery(t *testing.T) {
	c, err := config.Parse(config.Source{Name: "config.yml", Text: []byte("mail:\n  default sender: a@b.org\n  delivery: immediate\n  authentication: scram-sha-256\n" +
		"mail delivery:\n  attempts: 3\n  retry seconds: 20\n  rescue seconds: 60\n")})
	if err != nil {
		t.Fatal(err)
	}
	if want := (config.Delivery{Attempts: 3, Retry: 20 * time.Second, Rescue: time.Minute}); c.Delivery != want {
		t.Errorf("got %+v, want %+v", c.Delivery, want)
	}
	if !c.Mail[0].Immediate || c.Mail[0].Auth != "SCRAM-SHA-256" {
		t.Errorf("got %+v", c.Mail[0])
	}
	for attempt, want := range []time.Duration{4 * time.Hour, 20 * time.Second, 2 * time.Minute, 10 * time.Minute, 30 * time.Minute, 2 * time.Hour, 4 * time.Hour} {
		if got := c.Delivery.Backoff(attempt); got != want {
			t.Errorf("after attempt %d: %v, want %v", attempt, got, want)
		}
	}
	for text, want := range map[string]string{
		"mail: {default sender: a@b.org, delivery: later}":      "must be background (mail is sent after the step, and again if that fails) or immediate",
		"mail: {default sender: a@b.org, authentication: NTLN}": "must be one of CRAM-MD5, LOGIN, NTLM,",
		"mail delivery: {atempts: 3}":                           `"attempts"`,
		"mail delivery: {rescue seconds: 1}":                    "from 2 to 3600",
	} {
		if _, err := config.Parse(config.Source{Name: "config.yml", Text: []byte(text + "\n")}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
}
