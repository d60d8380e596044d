package seal

import (
	"crypto/rand"
	"errors"
	"testing"
)

func TestALoginOpensItsAccountAndNoOther(t *testing.T) {
	login, other := must(NewSecret(rand.Reader)), must(NewSecret(rand.Reader))
	a := must(NewAccountKey(rand.Reader))
	sealed := login.CloseAccount(a, "ana")
	got, err := login.OpenAccount(sealed, "ana")
	if err != nil || !got.Same(a) {
		t.Errorf("the login does not open its account: %v", err)
	}
	if _, err := other.OpenAccount(sealed, "ana"); !errors.Is(err, ErrWrongKey) {
		t.Errorf("another login: got %v, want %v", err, ErrWrongKey)
	}
	if _, err := login.OpenAccount(sealed, "bob"); !errors.Is(err, ErrTampered) {
		t.Errorf("another account: got %v, want %v", err, ErrTampered)
	}
	if (AccountKey{}).Valid() || (AccountKey{}).Same(AccountKey{}) || !a.Valid() {
		t.Error("nobody's key counts as somebody's")
	}
}
