package accounts

import (
	"testing"
	"time"
)

// The numbers of RFC 6238, appendix B, cut to six digits.
func TestCodesAreThoseOfTheStandard(t *testing.T) {
	secret := []byte("12345678901234567890")
	for _, tt := range []struct {
		at   int64
		want string
	}{{59, "287082"}, {1111111109, "081804"}, {1111111111, "050471"}, {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}} {
		if got := factorCode(secret, tt.at/factorPeriod); got != tt.want {
			t.Errorf("at %d: got %s, want %s", tt.at, got, tt.want)
		}
	}
	for _, tt := range []struct {
		off  time.Duration
		good bool
	}{{0, true}, {-30 * time.Second, true}, {30 * time.Second, true}, {-61 * time.Second, false}, {61 * time.Second, false}} {
		now := time.Unix(1111111110, 0)
		if _, ok := factorStep(secret, "050471", now.Add(tt.off)); ok != tt.good {
			t.Errorf("%s off: %v", tt.off, ok)
		}
	}
}

func TestCodesCountHoweverTheyAreTyped(t *testing.T) {
	if got := plainCode(" abcde-12345 \n"); got != "ABCDE12345" {
		t.Error(got)
	}
	if got := digits("123 456"); got != "123456" {
		t.Error(got)
	}
}

// CodeAt lets the tests of the package's outside be an app.
var CodeAt = func(secret []byte, at time.Time) string { return factorCode(secret, at.Unix()/factorPeriod) }
