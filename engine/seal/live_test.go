package seal

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// A ring that follows its file learns of a rotation before it seals anything,
// and opens what others sealed with the new key.
func TestARingFollowsItsFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys")
	open := func() *Ring {
		r, _, err := OpenRing(path, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		r.FollowFile(path, func(err error) { t.Error(err) })
		return r.Trusting(time.Hour)
	}
	one, other := open(), open()
	still := one.Now()
	place := Associated{Session: "s", Purpose: "p"}
	old := one.Seal("p", []byte("old"), place)
	first := one.ActiveID()
	if _, err := RotateRing(path, rand.Reader); err != nil {
		t.Fatal(err)
	}
	token := one.Sign("p", Terms{}, "x") // other has not looked since
	if _, err := other.Verify(token, "p", time.Now(), "x"); err != nil {
		t.Errorf("Verify() of a token of the new key: %v", err)
	}
	if one.ActiveID() == first || one.Len() != 2 || still.Len() != 1 || still.ActiveID() != first {
		t.Errorf("after the rotation %s of %d keys is active, before it was %s; the copy has %d", one.ActiveID(), one.Len(), first, still.Len())
	}
	fresh := one.Seal("p", []byte("fresh"), place)
	for name, sealed := range map[string][]byte{"old": old, "fresh": fresh} {
		if got, err := other.Open("p", sealed, place); err != nil || string(got) != name {
			t.Errorf("Open(%s) = %q, %v", name, got, err)
		}
	}
	if id, purpose, ok := other.Maker(old[:HeadSize], "q", "p"); id != first || purpose != "p" || !ok {
		t.Errorf("Maker() = %s, %s, %v", id, purpose, ok)
	}
	if _, err := RetireKey(path, one.ActiveID()); err == nil {
		t.Error("the active key was retired")
	}
	if _, err := RetireKey(path, first); err != nil {
		t.Fatal(err)
	}
	if _, err := RetireKey(path, first); err == nil {
		t.Error("a key was retired twice")
	}
	_ = other.Seal("p", nil, place) // it looks
	if _, err := other.Open("p", old, place); !errors.Is(err, ErrWrongKey) {
		t.Errorf("Open() of what a retired key sealed: %v", err)
	}
}

// Of two who rotate at the same time one is told so, and no key is lost.
func TestOneAtATimeRotates(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys")
	if _, _, err := OpenRing(path, rand.Reader); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	var mu sync.Mutex
	done := 0
	for range 8 {
		all.Go(func() {
			_, err := RotateRing(path, rand.Reader)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				done++
			} else if !errors.Is(err, ErrBusy) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if r, err := readRingFile(path); err != nil || r.Len() != 1+done || done == 0 {
		t.Errorf("after %d rotations: %v", done, err)
	}
}

// A file that cannot be used changes nothing, and that is said once.
func TestADamagedFileIsNotFollowed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys")
	r, _, err := OpenRing(path, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	r.FollowFile(path, func(error) { said++ })
	id := r.ActiveID()
	if err := os.WriteFile(path, []byte("nonsense"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if r.ActiveID() != id {
			t.Fatal("the keys are gone")
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if r.ActiveID() != id || said != 1 {
		t.Errorf("it was said %d times", said)
	}
}

// What was sealed with a key that the ring lacks has it ask for newer ones, once.
func TestAMissingKeyIsAskedFor(t *testing.T) {
	before, err := SecretRing("the secret of last year")
	if err != nil {
		t.Fatal(err)
	}
	after, err := SecretRing("the secret of this year", "the secret of last year")
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	before.OnMissing(func() *Ring { asked++; return after })
	if !before.Tagged(after.Tag("p", "x"), "p", "x") || asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	if before.Tagged("nonsense", "p", "x") || asked != 2 {
		t.Errorf("asked %d times for nonsense", asked)
	}
	if before.ActiveID() != after.ActiveID() {
		t.Error("the newer keys are not in use")
	}
}

func BenchmarkSealFollowing(b *testing.B) {
	path := filepath.Join(b.TempDir(), "keys")
	r, _, err := OpenRing(path, rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	r.FollowFile(path, func(err error) { b.Error(err) })
	for name, ring := range map[string]*Ring{"following": r, "fixed": r.Now()} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				ring.Sign("p", Terms{}, "a", "b")
			}
		})
	}
}
