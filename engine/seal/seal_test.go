package seal

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

const session = "abcdefghijklmnopqrstuvwxyzABCDEF"

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func dataKey() DataKey { return must(NewDataKey(rand.Reader)) }

var place = Associated{Session: session, N: 3, Rev: 7, Base: 6, Kind: "form", Purpose: "state"}

func TestSealedBytesOpenWhereTheyBelongOnly(t *testing.T) {
	box := dataKey().Box(session)
	sealed := box.Seal([]byte("turnip"), place)
	if got, err := box.Open(sealed, place); err != nil || string(got) != "turnip" {
		t.Fatalf("Open = %q, %v", got, err)
	}
	if len(sealed) != len("turnip")+Overhead {
		t.Errorf("sealed is %d bytes, want %d", len(sealed), len("turnip")+Overhead)
	}
	for name, change := range map[string]func(*Associated){
		"session": func(a *Associated) { a.Session = "other" },
		"n":       func(a *Associated) { a.N++ },
		"rev":     func(a *Associated) { a.Rev-- },
		"base":    func(a *Associated) { a.Base = 0 },
		"kind":    func(a *Associated) { a.Kind = "action" },
		"purpose": func(a *Associated) { a.Purpose = "input" },
		"border":  func(a *Associated) { a.Kind, a.Purpose = "forms", "tate" },
	} {
		moved := place
		change(&moved)
		if got, err := box.Open(sealed, moved); !errors.Is(err, ErrTampered) || got != nil {
			t.Errorf("other %s: Open = %q, %v, want ErrTampered", name, got, err)
		}
	}
}

func TestAnyFlippedByteIsDetected(t *testing.T) {
	box := dataKey().Box(session)
	sealed := box.Seal([]byte("turnip"), place)
	for i := range sealed {
		for bit := range 8 {
			bad := bytes.Clone(sealed)
			bad[i] ^= 1 << bit
			if got, err := box.Open(bad, place); err == nil {
				t.Fatalf("byte %d bit %d flipped: opened as %q", i, bit, got)
			}
		}
	}
	for n := range sealed {
		if _, err := box.Open(sealed[:n], place); err == nil {
			t.Fatalf("cut to %d bytes: opened", n)
		}
	}
}

func TestOtherKeyIsWrongKey(t *testing.T) {
	d := dataKey()
	sealed := d.Box(session).Seal(nil, place)
	if _, err := dataKey().Box(session).Open(sealed, place); !errors.Is(err, ErrWrongKey) {
		t.Errorf("other data key: %v", err)
	}
	if _, err := d.Box("other").Open(sealed, place); !errors.Is(err, ErrWrongKey) {
		t.Errorf("same data key, other session: %v", err)
	}
}

func TestSealingTwiceDiffers(t *testing.T) {
	box := dataKey().Box(session)
	if bytes.Equal(box.Seal([]byte("x"), place), box.Seal([]byte("x"), place)) {
		t.Error("the same bytes twice: equal answers could be told")
	}
}

func TestAssociatedIsUnambiguous(t *testing.T) {
	a := Associated{Session: "a", Kind: "b", Purpose: ""}
	b := Associated{Session: "a", Kind: "", Purpose: "b"}
	if bytes.Equal(a.append(nil), b.append(nil)) {
		t.Error("two places look the same")
	}
}

func TestHolders(t *testing.T) {
	ring := must(NewRing(rand.Reader))
	holders := map[string]Holder{
		"browser":      must(NewSecret(rand.Reader)),
		"browser 2":    must(NewSecret(rand.Reader)),
		"account":      must(NewAccountKey(rand.Reader)),
		"ring":         ring.Holder("shared"),
		"ring purpose": ring.Holder("background:1"),
		"other ring":   must(NewRing(rand.Reader)).Holder("shared"),
	}
	d := dataKey()
	for from, h := range holders {
		w := h.Wrap(d, session)
		for to, o := range holders {
			got, err := o.Unwrap(w, session)
			switch {
			case from == to && (err != nil || !got.Same(d)):
				t.Errorf("%s: does not unwrap its own: %v", from, err)
			case from != to && !errors.Is(err, ErrWrongKey):
				t.Errorf("%s unwraps what is closed for %s: %v", to, from, err)
			}
		}
		if _, err := h.Unwrap(w, "other session"); !errors.Is(err, ErrTampered) {
			t.Errorf("%s: unwraps for another session: %v", from, err)
		}
	}
}

func TestSecretTravelsInACookie(t *testing.T) {
	s := must(NewSecret(rand.Reader))
	back, err := ParseSecret(s.Reveal())
	if err != nil || back.ID() != s.ID() || !back.equal(s.key) {
		t.Errorf("ParseSecret(Reveal()): %v", err)
	}
	if strings.Contains(s.Reveal(), s.ID()) {
		t.Error("the id is part of the secret")
	}
	for _, bad := range []string{"", "x", s.Reveal()[1:], s.Reveal() + "A", strings.Repeat("*", 43)} {
		if _, err := ParseSecret(bad); !errors.Is(err, ErrSecret) || strings.Contains(err.Error(), s.Reveal()[1:]) {
			t.Errorf("ParseSecret(%q): %v", bad, err)
		}
	}
	if (Secret{}).Valid() || !s.Valid() {
		t.Error("Valid is wrong")
	}
}

func TestPassword(t *testing.T) {
	s := must(NewStretch(rand.Reader))
	s.KiB, s.Passes = 64, 1 // quick
	a := must(NewAccountKey(rand.Reader))
	w := must(s.Close(a, "7", "correct horse"))
	again := must(ParseStretch(s.String()))
	if got, err := again.Open(w, "7", "correct horse"); err != nil || !got.equal(a.key) {
		t.Errorf("right password: %v", err)
	}
	if _, err := again.Open(w, "7", "correct house"); !errors.Is(err, ErrWrongKey) {
		t.Errorf("wrong password: %v", err)
	}
	if _, err := again.Open(w, "8", "correct horse"); !errors.Is(err, ErrTampered) {
		t.Errorf("other account: %v", err)
	}
	for _, bad := range []string{"", "argon2id", s.String() + " ", "argon2id m=64 t=1 p=4 s=AAAA",
		strings.Replace(s.String(), "m=64", "m=9999999", 1), strings.Replace(s.String(), "t=1", "t=0", 1)} {
		if _, err := ParseStretch(bad); err == nil {
			t.Errorf("ParseStretch(%q) took it", bad)
		}
	}
	if _, err := (Stretch{}).Close(a, "7", "x"); err == nil {
		t.Error("closed with no settings")
	}
}

func TestRingFileIsMadeOnceAndKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data", "keys")
	r, made, err := OpenRing(path, rand.Reader)
	if err != nil || !made {
		t.Fatalf("first start: made %v, %v", made, err)
	}
	if m := must(os.Stat(path)).Mode().Perm(); m != 0o600 {
		t.Errorf("mode %04o, want 0600", m)
	}
	again, made, err := OpenRing(path, rand.Reader)
	if err != nil || made || again.ActiveID() != r.ActiveID() {
		t.Errorf("second start: made %v, %v, key %s, want %s", made, err, again.ActiveID(), r.ActiveID())
	}
	if left := must(os.ReadDir(filepath.Dir(path))); len(left) != 1 {
		t.Errorf("%d files left behind, want the key file alone", len(left))
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := OpenRing(path, rand.Reader); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("open to others: %v", err)
	}
}

func TestRingFileMadeByManyAtOnceIsOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys")
	ids := make([]string, 8)
	var wg sync.WaitGroup
	for i := range ids {
		wg.Go(func() {
			if r, _, err := OpenRing(path, rand.Reader); err != nil {
				t.Error(err)
			} else {
				ids[i] = r.ActiveID()
			}
		})
	}
	wg.Wait()
	for _, id := range ids {
		if id != ids[0] {
			t.Fatalf("different rings: %v", ids)
		}
	}
}

func TestDamagedRingFileIsNotReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys")
	for _, text := range []string{
		"", "something else\n", ringHeading + "\n", ringHeading + "\nactive AAAA\n", ringHeading + "\nbest AAAA\n",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := OpenRing(path, rand.Reader); err == nil {
			t.Errorf("%q was taken for a ring", text)
		}
		if got := string(must(os.ReadFile(path))); got != text {
			t.Errorf("%q was overwritten", text)
		}
	}
}

func TestRotation(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys")
	old, _, err := OpenRing(path, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	d := dataKey()
	w, sealed, token := old.Holder("shared").Wrap(d, session), old.Seal("mail", []byte("hi"), place), old.Sign("action", Terms{}, "a")

	r := must(RotateRing(path, rand.Reader))
	if r.Len() != 2 || r.ActiveID() == old.ActiveID() {
		t.Fatalf("%d keys, active %s (was %s)", r.Len(), r.ActiveID(), old.ActiveID())
	}
	if got, err := r.Holder("shared").Unwrap(w, session); err != nil || !got.Same(d) {
		t.Errorf("data key of before: %v", err)
	}
	if _, err := r.Open("mail", sealed, place); err != nil {
		t.Errorf("effect of before: %v", err)
	}
	if _, err := r.Verify(token, "action", time.Now(), "a"); err != nil {
		t.Errorf("token of before: %v", err)
	}
	if _, err := old.Verify(r.Sign("action", Terms{}, "a"), "action", time.Now(), "a"); !errors.Is(err, ErrWrongKey) {
		t.Errorf("token of after, by the ring of before: %v", err)
	}

	text := strings.Replace(string(must(os.ReadFile(path))), stateKept+" ", stateRetired+" ", 1)
	retired := must(parseRing([]byte(text)))
	if _, err := retired.Verify(token, "action", time.Now(), "a"); !errors.Is(err, ErrWrongKey) {
		t.Errorf("token of a retired key: %v", err)
	}
	if _, err := retired.Open("mail", sealed, place); err != nil {
		t.Errorf("effect of a retired key: %v", err)
	}
}

func TestSecretRing(t *testing.T) {
	const one, two = "one-secret-of-32-characters-here", "two-secret-of-32-characters-here"
	sealed := must(SecretRing(one)).Seal("mail", []byte("hi"), place)
	if _, err := must(SecretRing(two, one)).Open("mail", sealed, place); err != nil {
		t.Errorf("secret kept as older: %v", err)
	}
	if _, err := must(SecretRing(two)).Open("mail", sealed, place); !errors.Is(err, ErrWrongKey) {
		t.Errorf("secret given up: %v", err)
	}
	for _, bad := range [][]string{{"short"}, {one, "short"}, {one, one}} {
		if _, err := SecretRing(bad[0], bad[1:]...); err == nil || strings.Contains(err.Error(), bad[0]) {
			t.Errorf("SecretRing(%q): %v", bad, err)
		}
	}
}

func TestRingPurposesAreApart(t *testing.T) {
	r := must(NewRing(rand.Reader))
	if _, err := r.Open("sms", r.Seal("mail", nil, place), place); !errors.Is(err, ErrWrongKey) {
		t.Errorf("other purpose: %v", err)
	}
	moved := place
	moved.Session = "other"
	if _, err := r.Open("mail", r.Seal("mail", nil, place), moved); !errors.Is(err, ErrTampered) {
		t.Errorf("other place: %v", err)
	}
}

func TestToken(t *testing.T) {
	r := must(NewRing(rand.Reader))
	now := time.Date(2026, 11, 2, 10, 0, 0, 0, time.UTC)
	terms := Terms{Expires: now.Add(time.Minute), Once: "s1/4/0"}
	token := r.Sign("action", terms, session, "veg")
	if token != r.Sign("action", terms, session, "veg") {
		t.Error("the same link differs the second time")
	}
	for _, tt := range []struct {
		name    string
		purpose string
		now     time.Time
		parts   []string
		want    error
	}{
		{"as signed", "action", now, []string{session, "veg"}, nil},
		{"last moment", "action", now.Add(time.Minute - 1), []string{session, "veg"}, nil},
		{"too late", "action", now.Add(time.Minute), []string{session, "veg"}, ErrExpired},
		{"other purpose", "csrf", now, []string{session, "veg"}, ErrTampered},
		{"other part", "action", now, []string{session, "leg"}, ErrTampered},
		{"part missing", "action", now, []string{session}, ErrTampered},
		{"part added", "action", now, []string{session, "veg", ""}, ErrTampered},
		{"border moved", "action", now, []string{session + "v", "eg"}, ErrTampered},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := r.Verify(token, tt.purpose, tt.now, tt.parts...)
			if !errors.Is(err, tt.want) {
				t.Fatalf("Verify = %v, want %v", err, tt.want)
			}
			if tt.want == nil && (got.Once != terms.Once || !got.Expires.Equal(terms.Expires)) {
				t.Errorf("terms = %+v, want %+v", got, terms)
			}
		})
	}
	raw := must(base64.RawURLEncoding.DecodeString(token))
	for i := range raw {
		bad := bytes.Clone(raw)
		bad[i] ^= 1
		if _, err := r.Verify(base64.RawURLEncoding.EncodeToString(bad), "action", now, session, "veg"); err == nil {
			t.Errorf("byte %d flipped: believed", i)
		}
	}
}

// Tokens of a key that is not the active one any more are believed for a
// while, by the day on which they were made.
func TestTokensOfOlderKeysEnd(t *testing.T) {
	const older, newer = "the secret of last year", "the secret of this year"
	made := time.Date(2026, 5, 1, 9, 30, 0, 0, time.UTC)
	before := must(SecretRing(older))
	after := must(SecretRing(newer, older))
	month := after.Trusting(30 * 24 * time.Hour)
	dated := before.Sign("action", Terms{Made: made, Once: "x"}, "a")
	brief := before.Sign("action", Terms{Made: made, Expires: made.Add(time.Hour)}, "a")
	plain := before.Sign("action", Terms{}, "a")
	for _, tt := range []struct {
		name  string
		ring  *Ring
		token string
		at    time.Time
		want  error
	}{
		{"before the rotation", before.Trusting(0), dated, made.AddDate(9, 0, 0), nil},
		{"by a ring without a limit", after, dated, made.AddDate(9, 0, 0), nil},
		{"after the rotation", month, dated, made.AddDate(0, 0, 1), nil},
		{"at the very age", month, dated, made.Add(30 * 24 * time.Hour), nil},
		{"after it", month, dated, made.Add(31 * 24 * time.Hour), ErrExpired},
		{"without a date, before", before.Trusting(0), plain, made, nil},
		{"without a date, after", month, plain, made, ErrExpired},
		{"with an end of its own, before that", month, brief, made.Add(time.Minute), nil},
		{"with an end of its own, after that", month, brief, made.Add(2 * time.Hour), ErrExpired},
		{"by the new key", month, after.Sign("action", Terms{Made: made}, "a"), made.AddDate(9, 0, 0), nil},
		{"by a key that is in the ring no more", must(SecretRing(newer)), dated, made, ErrWrongKey},
	} {
		terms, err := tt.ring.Verify(tt.token, "action", tt.at, "a")
		if !errors.Is(err, tt.want) || (err == nil) != (tt.want == nil) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
		if err == nil && tt.token == dated && (terms.Once != "x" || !terms.Made.Equal(time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC))) {
			t.Errorf("%s: terms %v", tt.name, terms)
		}
	}
}

// A tag is known by every key that is believed.
func TestTagsOfOlderKeys(t *testing.T) {
	before := must(SecretRing("the secret of last year"))
	after := must(SecretRing("the secret of this year", "the secret of last year"))
	name := before.Tag("csrf", "browser")
	if !before.Tagged(name, "csrf", "browser") || !after.Tagged(name, "csrf", "browser") || !after.Tagged(after.Tag("csrf", "browser"), "csrf", "browser") {
		t.Error("a tag is not known")
	}
	if before.Tagged(after.Tag("csrf", "browser"), "csrf", "browser") || after.Tagged(name, "csrf", "another") || after.Tagged(name, "nonce", "browser") ||
		after.Tagged("", "csrf", "browser") {
		t.Error("a tag is taken for another")
	}
}

func TestPlainTokenIsShort(t *testing.T) {
	if n := len(must(NewRing(rand.Reader)).Sign("action", Terms{}, session, strings.Repeat("x", 1000))); n > 32 {
		t.Errorf("a token takes %d characters of an address", n)
	}
}

func TestName(t *testing.T) {
	count := map[rune]int{}
	for range 2000 {
		n := must(Name(rand.Reader, 32))
		if len(n) != 32 {
			t.Fatalf("%q has %d characters", n, len(n))
		}
		for _, c := range n {
			count[c]++
		}
	}
	for _, c := range letters { // 1032 each on average, deviation 32
		if n := count[c]; n < 800 || n > 1300 {
			t.Errorf("%c came %d times of 64000", c, n)
		}
	}
	if len(count) != len(letters) {
		t.Errorf("%d different characters, want %d", len(count), len(letters))
	}
	if _, err := Name(io.LimitReader(rand.Reader, 3), 32); err == nil {
		t.Error("made a name of too little chance")
	}
	if _, err := NewDataKey(io.LimitReader(rand.Reader, 3)); err == nil {
		t.Error("made a key of too little chance")
	}
}

func TestSecretsArePrintedNowhere(t *testing.T) {
	ring := must(NewRing(rand.Reader))
	d, s, a := dataKey(), must(NewSecret(rand.Reader)), must(NewAccountKey(rand.Reader))
	type around struct {
		D    DataKey
		s    Secret
		Ring *Ring
		box  *Box
		a    *AccountKey
	}
	in := around{d, s, ring, d.Box(session), &a}
	var logged bytes.Buffer
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("x", "d", d, "s", s, "ring", ring, "a", a, "in", in)
	var out strings.Builder
	out.Write(logged.Bytes())
	for _, v := range []any{d, s, a, ring, *ring, d.Box(session), in, &in, []any{d}, []Secret{s}, ring.Holder("x")} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%X", "%q", "%d"} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
		b, err := json.Marshal(v)
		if err != nil {
			t.Errorf("%T: %v", v, err)
		}
		out.Write(b)
	}
	for i, k := range []key{d.key, s.key, a.key, ring.set().active.key} {
		for _, form := range []string{
			string(k.bytes()), hex.EncodeToString(k.bytes()[:4]), strings.ToUpper(hex.EncodeToString(k.bytes()[:4])),
			base64.StdEncoding.EncodeToString(k.bytes())[:8], base64.RawURLEncoding.EncodeToString(k.bytes())[:8],
			strings.Trim(fmt.Sprint(k.bytes()[:6]), "[]"), fmt.Sprintf("%#x, %#x, %#x", k.bytes()[0], k.bytes()[1], k.bytes()[2]),
		} {
			if strings.Contains(out.String(), form) {
				t.Errorf("secret %d came out as %q", i, form)
			}
		}
	}
	if !strings.Contains(out.String(), hidden) {
		t.Error("nothing was printed at all")
	}
}
