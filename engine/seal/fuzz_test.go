package seal

import (
	"bytes"
	"encoding/hex"
	"testing"
	"time"
)

// fixedRing is the same ring in every run, so that a corpus keeps its meaning.
func fixedRing() *Ring { return must(SecretRing("a secret that everybody may know")) }

// sealedOnce is "turnip", sealed by fixedRing when the format was settled.
func sealedOnce(t testing.TB) []byte {
	b, err := hex.DecodeString("01583e27c1da328140f68205a9c2f9dfc96c16facbfe62a781fc961883dad100e8735abeb1b2ff")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestFormatStays(t *testing.T) {
	if got, err := fixedRing().Open("mail", sealedOnce(t), place); err != nil || string(got) != "turnip" {
		t.Errorf("what was sealed by the first version opens as %q, %v", got, err)
	}
	const token = "AdFIgg4A49ujni1UZZB95RystcrAoQ"
	if got := fixedRing().Sign("action", Terms{}, "a"); got != token {
		t.Errorf("Sign = %q, by the first version %q", got, token)
	}
}

func FuzzOpen(f *testing.F) {
	r := fixedRing()
	good := sealedOnce(f)
	f.Add(good)
	f.Add([]byte{})
	f.Add(good[:Overhead])
	f.Fuzz(func(t *testing.T, sealed []byte) {
		if plain, err := r.Open("mail", sealed, place); err == nil && !bytes.Equal(sealed, good) {
			t.Errorf("forged %x, opened as %q", sealed, plain)
		}
	})
}

func FuzzVerify(f *testing.F) {
	r := fixedRing()
	now := time.Unix(1e9, 0)
	plain := r.Sign("action", Terms{}, "a")
	limited := r.Sign("action", Terms{Expires: now.Add(time.Hour), Once: "x"}, "a")
	f.Add(plain)
	dated := r.Sign("action", Terms{Made: now, Once: "x"}, "a")
	f.Add(limited)
	f.Add(dated)
	f.Add("")
	f.Add(plain[:len(plain)-1])
	f.Add(plain + "\n")
	f.Fuzz(func(t *testing.T, token string) {
		if _, err := r.Verify(token, "action", now, "a"); err == nil && token != plain && token != limited && token != dated {
			t.Errorf("forged %q", token)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add(string(fixedRing().encode()))
	f.Add(ringHeading + "\nactive AAAA\n")
	f.Add("argon2id m=64 t=1 p=4 s=AAAAAAAAAAAAAAAAAAAAAA")
	f.Add("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	f.Add("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n")
	f.Fuzz(func(t *testing.T, text string) {
		if r, err := parseRing([]byte(text)); err == nil {
			again, err := parseRing(r.encode())
			if err != nil || again.ActiveID() != r.ActiveID() || again.Len() != r.Len() {
				t.Errorf("the ring does not survive its file: %v", err)
			}
		}
		if s, err := ParseStretch(text); err == nil && s.String() != text {
			t.Errorf("%q became %q", text, s)
		}
		if s, err := ParseSecret(text); err == nil && s.Reveal() != text {
			t.Errorf("%q became %q", text, s.Reveal())
		}
	})
}

func BenchmarkSealAndOpen4K(b *testing.B) {
	box := dataKey().Box(session)
	plain := make([]byte, 4096)
	b.SetBytes(4096)
	for b.Loop() {
		if _, err := box.Open(box.Seal(plain, place), place); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSignAndVerify(b *testing.B) {
	r := fixedRing()
	now := time.Unix(1e9, 0)
	for b.Loop() {
		if _, err := r.Verify(r.Sign("action", Terms{}, session, "veg"), "action", now, session, "veg"); err != nil {
			b.Fatal(err)
		}
	}
}
