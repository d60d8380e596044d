package handlers_test

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"colloquy/engine/config"
	"colloquy/engine/run"
	"colloquy/engine/seal"
)

// rotated gives the house a new key, seals everything again with it, and takes
// the old one away.
func (h *house) rotated(path string) {
	h.t.Helper()
	old := h.ring.ActiveID()
	must(seal.RotateRing(path, rand.Reader))(h.t)
	r := run.Resealer{Ring: h.ring, Store: h.store}
	out := must(r.Run(h.t.Context()))(h.t)
	needed := must(r.Needed(h.t.Context()))(h.t)
	if out.Done == 0 || len(out.Lost)+len(out.Damaged)+len(needed[old])+len(needed[""]) > 0 {
		h.t.Fatalf("sealed again: %+v; still needed: %v", out, needed)
	}
	must(seal.RetireKey(path, old))(h.t)
}

// onRings runs a test on a house whose ring is in a file.
func onRings(t *testing.T, yaml map[string]string, test func(h *house, path string), options ...option) {
	onBoth(t, func(t *testing.T, db string) {
		path := filepath.Join(t.TempDir(), "keys")
		test(openAt(t, db, yaml, append(options, withRing(ringAt(t, path)))...), path)
	})
}

const invitation = `
mandatory: True
code: |
  friend
  told = send_email(to=friend, subject='Hello', body='Hello ' + friend, task='told')
  wish
  finished
---
question: Who?
fields:
  - Friend: friend
    datatype: email
---
question: What else?
fields:
  - Wish: wish
---
event: finished
question: "Told: ${ email_delivery_status('told') }"
`

// An effect that is asked for again after a rotation is the same one, and what
// became of it is known.
func TestAnEffectOutlivesARotation(t *testing.T) {
	onRings(t, map[string]string{"invitation.yml": invitation}, func(h *house, path string) {
		p := h.visit()
		pg := p.begin("invitation.yml").answer("Friend", "ada@example.com").wants("What else?")
		before := column(h.t, h.db, "select key from effects")
		if len(before) != 1 {
			h.t.Fatalf("there are %d effects", len(before))
		}
		pg.back().wants("Who?")
		h.rotated(path)
		pg = p.get(address("invitation.yml")).wants("Who?").answer("Friend", "ada@example.com").wants("What else?")
		if after := column(h.t, h.db, "select key from effects"); fmt.Sprint(after) != fmt.Sprint(before) {
			h.t.Errorf("the effects are %v, before they were %v", after, before)
		}
		h.rotated(path)
		h.exec("update effects set state = 'delivered', body = null")
		pg.answer("Wish", "none").wants("Told: sent")
	})
}

var factorKey = regexp.MustCompile(`<code class="factor-key">([A-Z2-7 ]+)</code>`)

// appCode is what an app for one-time passwords shows (RFC 6238).
func appCode(t testing.TB, key string, at time.Time) string {
	secret := must(base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ReplaceAll(key, " ", "")))(t)
	var msg [8]byte
	binary.BigEndian.PutUint64(msg[:], uint64(at.Unix()/30))
	mac := hmac.New(sha1.New, secret)
	mac.Write(msg[:])
	sum := mac.Sum(nil)
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[sum[19]&15:])&0x7fffffff%1_000_000)
}

// Whoever has an account, with a second factor, signs in after a rotation as
// before, and finds what is his.
func TestAnAccountOutlivesARotation(t *testing.T) {
	factor := set(func(c *config.Config) {
		c.Accounts.Confirm = false
		c.Accounts.SecondFactor.Enabled, c.Accounts.SecondFactor.Allowed = true, []string{"user"}
	})
	onRings(t, map[string]string{"diary.yml": diary}, func(h *house, path string) {
		now, p := time.Now(), h.visit()
		p.register(ana, word)
		p.begin("diary.yml").answer("Day", "rain").wants("The second day?")
		pg := p.get("/mfa_setup")
		m := factorKey.FindStringSubmatch(pg.body)
		if m == nil {
			h.t.Fatalf("no key: %s", pg.text())
		}
		pg = pg.submit("Code", appCode(h.t, m[1], now), "Password", word)
		if !strings.Contains(pg.text(), "recovery codes") {
			h.t.Fatalf("the factor is not set up: %s", pg.text())
		}
		h.rotated(path)
		p.get(address("diary.yml")).wants("The second day?") // he stayed signed in
		q := h.visit()
		q.signIn(ana, word).submit("Code", appCode(h.t, m[1], now.Add(30*time.Second)))
		q.signedIn(ana)
		q.get(address("diary.yml")).wants("The second day?").answer("Day", "sun").wants("rain, sun")
	}, factor)
}

// What cannot be opened is counted, left as it is, and does not stop the rest.
func TestARotationLeavesWhatItCannotOpen(t *testing.T) {
	onRings(t, map[string]string{"board.yml": board}, func(h *house, path string) {
		var ids []string
		for range 4 {
			ids = append(ids, h.visit().begin("board.yml").wants("Count: 0").session())
		}
		wrapped := func(session string) string {
			return column(h.t, h.db, "select wrapped from keys where kind = 'ring' and session = '"+session+"'")[0]
		}
		damaged := []byte(wrapped(ids[0]))
		damaged[len(damaged)-1] ^= 1
		foreign := must(seal.NewRing(rand.Reader))(h.t).Seal(seal.HolderPurpose("shared"), make([]byte, 32), seal.WrappedPlace(ids[1]))
		h.exec("update keys set wrapped = ? where kind = 'ring' and session = ?", damaged, ids[0])
		h.exec("update keys set wrapped = ? where kind = 'ring' and session = ?", foreign, ids[1])
		must(seal.RotateRing(path, rand.Reader))(h.t)
		out := must((&run.Resealer{Ring: h.ring, Store: h.store, Batch: 1}).Run(h.t.Context()))(h.t)
		if out.Lost[run.PlaceKeys] != 1 || out.Damaged[run.PlaceKeys] != 1 {
			h.t.Errorf("lost %v, damaged %v", out.Lost, out.Damaged)
		}
		if wrapped(ids[0]) != string(damaged) || wrapped(ids[1]) != string(foreign) {
			h.t.Error("what could not be opened was changed")
		}
		for _, id := range ids[2:] {
			h.visit().get(address("board.yml") + "&session=" + id).wants("Count: 0")
		}
	})
}

// A page that was open during a rotation goes on checking in.
func TestCheckingInOutlivesARotation(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys")
	h := open(t, map[string]string{"a.yml": checkingIn}, withRing(ringAt(t, path)))
	pg := h.visit().begin("a.yml").wants("What is your favorite food?")
	must(seal.RotateRing(path, rand.Reader))(t)
	if status, got := pg.checkIn("", map[string]any{"food": "soup", "drink": ""}); status != 200 {
		t.Errorf("%d %s", status, got)
	}
}
