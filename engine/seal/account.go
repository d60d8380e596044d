package seal

import "errors"

// Valid is false for the zero AccountKey: nobody's.
func (a AccountKey) Valid() bool { return a.bytes != nil }

// Same reports whether two account keys are one.
func (a AccountKey) Same(o AccountKey) bool {
	return a.bytes != nil && o.bytes != nil && a.equal(o.key)
}

// CloseAccount closes an account's key with this secret: what a browser that is
// signed in carries opens the account, and nothing that the server keeps does.
func (s Secret) CloseAccount(a AccountKey, account string) []byte {
	return s.derive("login").box().Seal(a.bytes(), closed(account))
}

// OpenAccount opens what CloseAccount closed. It returns ErrWrongKey for
// another secret and ErrTampered for another account.
func (s Secret) OpenAccount(sealed []byte, account string) (AccountKey, error) {
	plain, err := s.derive("login").box().Open(sealed, closed(account))
	if err != nil {
		return AccountKey{}, err
	}
	k, ok := keyOf(plain)
	if !ok {
		return AccountKey{}, ErrTampered
	}
	return AccountKey{k}, nil
}

// MakeStretch gives the settings for a new password with other costs than
// NewStretch's. It refuses those that ParseStretch would.
func MakeStretch(kib, passes uint32, threads uint8, salt [16]byte) (Stretch, error) {
	s := Stretch{KiB: kib, Passes: passes, Threads: threads, Salt: salt}
	if !s.sane() {
		return Stretch{}, errors.New("such costs of a password are not allowed")
	}
	return s, nil
}
