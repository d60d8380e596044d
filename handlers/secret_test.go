package handlers_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"flag"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"colloquy/engine/config"
	"colloquy/engine/outside/mail/mailtest"
	"colloquy/engine/run"
	"colloquy/engine/seal"
)

const letter = `
metadata:
  title: Letter
---
mandatory: True
code: |
  confession
  evidence
  posted = send_email(to=friend, subject='Zwetschgenkuchen fuer ' + friend, body='Liebstoeckel: ' + confession)
  finished
---
question: Confess
fields:
  - Confession: confession
    input type: area
  - Friend: friend
    datatype: email
  - Evidence: evidence
    datatype: file
---
event: finished
question: Forgiven
subquestion: |
  ${ confession }
  [Keep](${ url_action('keep') })
---
event: keep
code: |
  json_response({'kept': confession})
`

// What people type and what mails say is in no table and no file in the clear.
func TestADumpTellsNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		h := openAt(t, db, map[string]string{"letter.yml": letter})
		p := h.visit()
		pg := p.begin("letter.yml").answer("Confession", "Xylophonkaefer im Schrank", "Friend", "quittengelee@example.com", "Evidence", "Mirabellenschnaps").wants("Forgiven")
		p.htmx = true
		if kept := pg.follow("Keep"); !strings.Contains(kept.body, "Xylophonkaefer") {
			t.Fatalf("the result is %q", kept.body)
		}
		p.get(address("letter.yml") + "&arg=Rapunzelsalat")
		if got := h.counts(); got != "1 sessions, 3 steps, 1 effects" {
			t.Errorf("there are %s", got)
		}
		secrets := []string{"Xylophonkaefer im Schrank", "quittengelee", "Mirabellenschnaps", "Zwetschgenkuchen", "Liebstoeckel", "Rapunzelsalat"}
		places := h.dump()
		places["the log"] = []byte(h.log.String())
		for name, content := range filesIn(t, h.folder, filepath.Dir(db)) {
			places[name] = content
		}
		total := 0
		for place, content := range places {
			total += len(content)
			for _, secret := range secrets {
				for _, d := range disguises(secret) {
					if bytes.Contains(content, d) {
						t.Errorf("%s has %s in the clear", place, secret)
						break
					}
				}
			}
		}
		if len(places["effects.body"]) < 40 || len(places["steps.state"]) < 200 || len(places["results.body"]) < 40 {
			t.Fatalf("the dump is no dump: %d bytes in %d places", total, len(places))
		}
		t.Logf("looked at %d bytes in %d columns and files", total, len(places))
	})
}

var markers = flag.Int("markers", 40, "how many markers of each kind a dump is searched for")

// confidant takes in secrets in every way there is: answers, a title, a mail, a
// file, stashed data, the copy of a background action.
const confidant = `
metadata:
  title: Confidant
---
objects:
  - here: DAStore.using(base='session')
---
mandatory: True
code: |
  multi_user = as_word(url_args.get('shared', 'no'))
  confession
  set_parts(title='Title ' + confession)
  session_tags().add('Tag ' + confession)
  posted = send_email(to='someone@example.com', subject='Subject ' + confession, body='Mail ' + confession)
  stashed = stash_data('Stash ' + confession)
  here.set('Store ' + confession, 'Kept ' + confession)
  written = write_record('Records', 'Record ' + confession)
  task = background_action('later', text='Task ' + confession)
  log('nothing')
  heard
---
code: |
  def as_word(text):
    return text == 'yes'
---
question: Confess
fields:
  - Confession: confession
  - Evidence: evidence
    datatype: file
---
event: later
code: |
  background_response('Done ' + action_argument('text'))
---
question: Heard
subquestion: |
  [Resume](${ url_of('resume_url') })
fields:
  - More: heard
`

// Whoever steals the database and the files, but not the keys, learns nothing
// of all that was told. The server's own keys without what people know and have
// open the keys of those sessions that are open to everybody with their address,
// and of no others (beside what is under way: background actions that wait,
// addresses that sessions gave out). Run it with -markers 1000 for the whole of it.
func TestAStolenDatabaseOpensNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		h := openAt(t, db, map[string]string{"confidant.yml": confidant}, withoutMail)
		var shared, own []string
		for i := range *markers {
			p := h.visit()
			if i%3 == 2 {
				p.register(fmt.Sprintf("p%d@example.com", i), word)
			}
			to := address("confidant.yml") + "&new_session=1"
			if i%4 == 0 {
				to += "&shared=yes"
			}
			to += "&source=" + marker("address", i)
			pg := p.get(to).answer("Confession", marker("answer", i), "Evidence", marker("file", i)).wants("Heard")
			if i%4 == 0 {
				shared = append(shared, pg.session())
			} else {
				own = append(own, pg.session())
			}
		}
		places := h.dump()
		for name, content := range filesIn(t, h.folder, filepath.Dir(db)) {
			places[name] = content
		}
		searched, size := 0, 0
		for place, content := range places {
			searched = searchMarkers(t, place, content)
			size += len(content)
			if bytes.Contains(content, []byte(word)) {
				t.Errorf("a password is in %s", place)
			}
		}
		for _, place := range []string{"steps.state", "steps.input", "sessions.card", "effects.body", "parcels.body", "tasks.body", "keys.wrapped", "account_locks.closed", "logins.closed", "records.body", "records.closed"} {
			if len(places[place]) < *markers {
				t.Errorf("there are only %d bytes in %s: the dump is no dump", len(places[place]), place)
			}
		}
		t.Logf("%d bytes in %d places searched for %d markers", size, len(places), searched)
		opensWithRing(t, h, shared, own)
	})
}

// marker is a text that is nowhere else. All of a kind begin alike.
func marker(kind string, i int) string { return fmt.Sprintf("Xylo%sKaeferQuitte%05d", kind, i) }

// searchMarkers looks in a place for what all markers of a kind begin with, in
// the clear and disguised: where that is not, none of them is.
func searchMarkers(t *testing.T, place string, content []byte) int {
	t.Helper()
	n := 0
	found := func(in []byte, kind string) bool {
		return slices.ContainsFunc(disguises(strings.TrimRight(marker(kind, 0), "0")), func(d []byte) bool { return bytes.Contains(in, d) })
	}
	for _, kind := range []string{"answer", "file", "address"} {
		n += *markers
		if found(content, kind) {
			t.Errorf("what was told as %s is in %s", kind, place)
		}
		for lead := range 3 { // the search itself
			told := append(bytes.Repeat([]byte{'x'}, lead), marker(kind, *markers-1)...)
			for _, as := range [][]byte{told, []byte(base64.StdEncoding.EncodeToString(told)), []byte(hex.EncodeToString(told))} {
				if !found(as, kind) {
					t.Fatalf("%s would not be found as %s", kind, as)
				}
			}
		}
	}
	return n
}

// opensWithRing tries the keys of the ring on every session, without and with
// the ring.
func opensWithRing(t *testing.T, h *house, shared, own []string) {
	t.Helper()
	thief := must(seal.NewRing(rand.Reader))(t)
	if needed := must((&run.Resealer{Ring: thief, Store: h.store}).Needed(t.Context()))(t); len(needed) != 1 || needed[""] == nil {
		t.Errorf("a ring of the thief's own fits %v", needed)
	}
	opens := func(ring *seal.Ring, session string) bool {
		stored := must(h.store.Load(t.Context(), session))(t)
		for _, k := range stored.Keys {
			for _, purpose := range []string{"shared", k.ID, "launch"} {
				key, err := ring.Holder(purpose).Unwrap(k.Wrapped, session)
				if err != nil {
					continue
				}
				st := stored.Last()
				_, err = key.Box(session).Open(st.State, seal.Associated{Session: session, N: st.N, Rev: st.Rev, Base: st.Base, Kind: st.Kind, Purpose: "state"})
				if err == nil {
					return true
				}
			}
		}
		return false
	}
	for _, session := range shared {
		if !opens(h.ring, session) || opens(thief, session) {
			t.Errorf("the shared session %s opens with the ring: %v, without: %v", session, opens(h.ring, session), opens(thief, session))
		}
	}
	for _, session := range own {
		if opens(h.ring, session) || opens(thief, session) {
			t.Errorf("the session %s of one person opens with the ring alone", session)
		}
	}
}

func filesIn(t *testing.T, folders ...string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for _, dir := range folders {
		if !filepath.IsAbs(dir) {
			continue // the database is no file
		}
		check(t, filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			content, err := os.ReadFile(path)
			out[path] = content
			return err
		}))
	}
	return out
}

// A mail is delivered once, however often its screen is shown.
func TestAMailIsDeliveredOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		post := mailtest.Start(t, nil, false)
		h := openAt(t, db, map[string]string{"letter.yml": letter}, withDelivery, set(func(c *config.Config) {
			c.Mail[0].Server, c.Mail[0].Port, c.Mail[0].TLS = post.Host, post.Port, config.TLSNone
		}))
		p := h.visit()
		p.begin("letter.yml").answer("Confession", "Nothing much", "Friend", "ada@example.com", "Evidence", "none").wants("Forgiven")
		got := post.Wait(t, 1)
		for range 5 {
			p.get(address("letter.yml")).wants("Forgiven")
		}
		if n := len(post.Letters()); n != 1 {
			t.Errorf("%d mails were sent", n)
		}
		if !bytes.Contains(got[0].Data, []byte("Nothing much")) || len(got[0].To) != 1 || got[0].To[0] != "ada@example.com" {
			t.Errorf("the mail to %v is %s", got[0].To, got[0].Data)
		}
	})
}

// Every byte of a stored step counts: whichever is changed, the session is not
// opened, and the page that says so tells nothing.
func TestAFlippedByteIsDetected(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		h := openAt(t, db, gardenFiles)
		p := h.visit()
		p.begin("garden.yml").answer("Vegetable", "turnip").wants("Which legume?")
		tried := 0
		for _, at := range []struct {
			column string
			n      int
		}{{"state", 1}, {"state", 2}, {"input", 2}} {
			var whole []byte
			query := h.bind(fmt.Sprintf("select %s from steps where n = ?", at.column))
			check(t, h.db.QueryRowContext(t.Context(), query, at.n).Scan(&whole))
			update := fmt.Sprintf("update steps set %s = ? where n = ?", at.column)
			for i := 0; i < len(whole); i += 1 + len(whole)/60 {
				broken := bytes.Clone(whole)
				broken[i] ^= 1 << (i % 8)
				h.exec(update, broken, at.n)
				tried++
				refused(t, p.get(address("garden.yml")), fmt.Sprintf("byte %d of %s %d", i, at.column, at.n))
			}
			for _, broken := range [][]byte{{}, whole[:len(whole)-1], append(bytes.Clone(whole), 0)} {
				h.exec(update, broken, at.n)
				refused(t, p.get(address("garden.yml")), fmt.Sprintf("%s %d of another length", at.column, at.n))
			}
			h.exec(update, whole, at.n)
			p.get(address("garden.yml")).wants("Which legume?")
		}
		t.Logf("%d flips", tried)
	})
}

// refused is what a session that cannot be trusted comes to.
func refused(t *testing.T, pg *page, what string) {
	t.Helper()
	if pg.status != http.StatusInternalServerError || !strings.Contains(pg.text(), "Something went wrong") || strings.Contains(pg.body, "turnip") {
		t.Errorf("%s: status %d, %s", what, pg.status, pg.text())
	}
}

// Sealed bytes belong to their place: not to another step, session or number.
func TestMovedBytesAreRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		h := openAt(t, db, gardenFiles)
		p := h.visit()
		p.begin("garden.yml").answer("Vegetable", "turnip").answer("Legume", "peas").wants("turnip with peas")
		mine := column(t, h.db, "select id from sessions")[0]
		q := h.visit()
		q.begin("garden.yml").answer("Vegetable", "turnip").answer("Legume", "beans").wants("turnip with beans")
		const from = "(select %[1]s from steps where session = ? and n = ?)"
		var theirs string
		check(t, h.db.QueryRowContext(t.Context(), h.bind("select id from sessions where id <> ?"), mine).Scan(&theirs))
		for _, m := range []struct {
			what, column, session string
			n                     int
		}{
			{"the state of another session", "state", theirs, 3},
			{"the input of another session", "input", theirs, 3},
			{"the state of the step before", "state", mine, 2},
			{"the input of the step before", "input", mine, 2},
		} {
			var whole []byte
			check(t, h.db.QueryRowContext(t.Context(), h.bind("select "+m.column+" from steps where session = ? and n = 3"), mine).Scan(&whole))
			h.exec(fmt.Sprintf("update steps set %[1]s = "+from+" where session = ? and n = 3", m.column), m.session, m.n, mine)
			refused(t, p.get(address("garden.yml")), m.what)
			h.exec("update steps set "+m.column+" = ? where session = ? and n = 3", whole, mine)
		}
		h.exec("update steps set kind = 'start' where session = ? and n = 3", mine)
		refused(t, p.get(address("garden.yml")), "another kind of step")
		h.exec("update steps set kind = 'form' where session = ? and n = 3", mine)
		p.get(address("garden.yml")).wants("turnip with peas")

		// The key of one session opens no other.
		var key []byte
		check(t, h.db.QueryRowContext(t.Context(), h.bind("select wrapped from keys where session = ?"), theirs).Scan(&key))
		h.exec("update keys set wrapped = ? where session = ?", key, mine)
		if pg := p.get(address("garden.yml")); pg.status < 400 || strings.Contains(pg.text(), "peas") {
			t.Errorf("with another session's key: %d %s", pg.status, pg.text())
		}
	})
}

func TestSomebodyElsesSession(t *testing.T) {
	h := open(t, gardenFiles)
	p := h.visit()
	pg := p.begin("garden.yml").answer("Vegetable", "turnip").wants("Which legume?")
	id := column(t, h.db, "select id from sessions")[0]
	action := pg.link("Change the vegetable")
	q := h.visit()
	mine := q.begin("garden.yml").wants("Which vegetable?")
	before := h.counts()
	theft := mine.form("Vegetable", "leek")
	theft.set("session", id)
	for what, got := range map[string]*page{
		"an action link of it": q.get(action),
		"its data":             q.get(address("garden.yml") + "&json=1&session=" + id),
		"a form":               q.send(theft),
	} {
		if got.status != http.StatusForbidden || !strings.Contains(got.body, "is not yours to open, or it no longer exists") || strings.Contains(got.body, "turnip") {
			t.Errorf("%s: %d %s", what, got.status, got.text())
		}
	}
	if got := h.counts(); got != before {
		t.Errorf("trying made %s of %s", got, before)
	}
	for _, other := range []string{id, strings.Repeat("x", 32)} {
		got := q.get(address("garden.yml") + "&session=" + other).wants("Which vegetable?")
		if !strings.Contains(got.notices(), "This is your own one.") {
			t.Errorf("who has a session sees %q", got.text())
		}
		got = h.visit().get(address("garden.yml") + "&session=" + other).wants("Which vegetable?")
		if !strings.Contains(got.notices(), "so a new one was started") {
			t.Errorf("who has none sees %q", got.text())
		}
	}
	p.get(address("garden.yml")).wants("Which legume?")
	q.get(address("garden.yml")).wants("Which vegetable?")
}

func TestAnUploadIsItsOwners(t *testing.T) {
	h := open(t, map[string]string{"letter.yml": letter})
	p := h.visit()
	p.begin("letter.yml").answer("Confession", "c", "Friend", "a@example.com", "Evidence", "Mirabellenschnaps").wants("Forgiven")
	id := column(t, h.db, "select id from sessions")[0]
	at := fmt.Sprintf("/uploadedfile/%s/1", id)
	got := p.get(at)
	if got.status != http.StatusOK || got.body != "Mirabellenschnaps" {
		t.Errorf("the owner gets %d %q", got.status, got.body)
	}
	if csp := got.header.Get("Content-Security-Policy"); !strings.Contains(csp, "sandbox") || got.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("an upload comes with the policy %q", csp)
	}
	for to, want := range map[string]int{at: 403, fmt.Sprintf("/uploadedfile/%s/2", id): 403, "/uploadedfile/nobody/1": 403} {
		if got := h.visit().get(to); got.status != want || strings.Contains(got.body, "schnaps") {
			t.Errorf("a stranger at %s gets %d %q", to, got.status, got.body)
		}
	}
	for _, to := range []string{fmt.Sprintf("/uploadedfile/%s/2", id), fmt.Sprintf("/uploadedfile/%s/x", id), fmt.Sprintf("/uploadedfile/%s/-1", id)} {
		if got := p.get(to); got.status != http.StatusNotFound {
			t.Errorf("%s: %d", to, got.status)
		}
	}
}

// A session that its author opened to everybody is entered with its address
// alone, and its outside links work without any cookie.
func TestASharedSession(t *testing.T) {
	const shared = `
mandatory: True
code: |
  multi_user = True
---
mandatory: True
code: |
  note = 'nothing'
---
mandatory: True
code: |
  board
---
event: board
question: "Note: ${ note }"
subquestion: |
  [Join](${ interview_url() })
  [Tell](${ interview_url_action('tell', note='hello') })
  [Read](${ interview_url_action('read') })
---
event: tell
code: |
  note = action_argument('note')
---
event: read
code: |
  json_response({'note': note})
`
	h := open(t, map[string]string{"shared.yml": shared})
	p := h.visit()
	pg := p.begin("shared.yml").wants("Note: nothing")
	if got := h.visit().get(pg.link("Join")); got.heading() != "Note: nothing" {
		t.Errorf("joining leads to %d %s", got.status, got.text())
	}
	program := &http.Client{} // keeps no cookies
	for _, link := range []string{pg.link("Tell"), pg.link("Read")} {
		res, err := program.Do(must(http.NewRequestWithContext(context.Background(), http.MethodGet, link, nil))(t))
		check(t, err)
		check(t, res.Body.Close())
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", link, res.StatusCode)
		}
	}
	p.get(address("shared.yml")).wants("Note: hello")
	if got := h.visit().get(pg.link("Read")); strings.Join(strings.Fields(got.body), "") != `{"note":"hello"}` {
		t.Errorf("reading gives %d %s", got.status, got.body)
	}
}
