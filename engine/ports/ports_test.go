package ports_test

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"colloquy/engine/ports"
)

func TestMailSurvivesBeingAnEffect(t *testing.T) {
	mail := ports.Mail{
		From: `"Ada" <ada@example.org>`, To: []string{"b@example.org"}, Bcc: []string{"c@example.org"},
		Subject: "Grüße", Text: "a\nb", HTML: "<p>a</p>", Config: "second",
		Attachments: []ports.Attachment{{Name: "ü.pdf", Type: "application/pdf", Data: []byte{0, 1, 255}}},
		Headers:     []ports.Header{{Name: "X-A", Value: "1"}},
	}
	e, err := mail.Effect("s1/7/0")
	if err != nil {
		t.Fatal(err)
	}
	if e.Key != "s1/7/0" || e.Kind != ports.KindMail {
		t.Errorf("effect is %q of kind %q", e.Key, e.Kind)
	}
	got, err := ports.DecodeMail(e.Body)
	if err != nil {
		t.Fatal(err)
	}
	mail.Key = "s1/7/0"
	if !reflect.DeepEqual(got, mail) {
		t.Errorf("got %+v\nwant %+v", got, mail)
	}
}

func TestTextSurvivesBeingAnEffect(t *testing.T) {
	text := ports.Text{To: "+12025550123", Body: "hello", Media: []string{"https://example.org/a.png"}}
	e, err := text.Effect("k")
	if err != nil {
		t.Fatal(err)
	}
	text.Key = "k"
	if got, err := ports.DecodeText(e.Body); err != nil || !reflect.DeepEqual(got, text) {
		t.Errorf("got %+v, %v\nwant %+v", got, err, text)
	}
}

func TestEffectNeedsAKey(t *testing.T) {
	if _, err := (ports.Mail{}).Effect(""); err == nil {
		t.Error("a mail without a key became an effect")
	}
}

func TestBrokenBodyIsUndeliverableAndNotQuoted(t *testing.T) {
	_, err := ports.DecodeMail([]byte(`{"to": "secret-answer"}`))
	var u *ports.Undeliverable
	if !errors.As(err, &u) {
		t.Fatalf("got %v, want *Undeliverable", err)
	}
	if strings.Contains(err.Error(), "secret-answer") {
		t.Errorf("the error quotes the mail: %v", err)
	}
}

func TestUndeliverable(t *testing.T) {
	err := error(&ports.Undeliverable{Reason: "refused", Cause: io.EOF})
	if err.Error() != "refused: EOF" || !errors.Is(err, io.EOF) {
		t.Errorf("got %v", err)
	}
	if got := (&ports.Undeliverable{Reason: "refused"}).Error(); got != "refused" {
		t.Errorf("got %q", got)
	}
}

func TestClockIsUTC(t *testing.T) {
	zone := time.FixedZone("X", 3600)
	now := ports.ClockFunc(func() time.Time { return time.Date(2026, 1, 2, 3, 0, 0, 0, zone) }).Now()
	if now.Location() != time.UTC || now.Hour() != 2 {
		t.Errorf("Now() = %v", now)
	}
}
