package handlers_test

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

var listedSessions = flag.Int("listed", 2000, "how many sessions one person has in My Interviews")

// A page of My Interviews costs the same with 100 sessions of one person and
// with a million (-listed 1000000), wherever in the list it is.
func TestMyInterviewsOfManySessions(t *testing.T) {
	const small = 101
	big := *listedSessions
	onBoth(t, func(t *testing.T, address string) {
		h := openAt(t, address, mineYAML, withoutMail)
		p := h.visit()
		p.register(ana, word)
		p.begin("diary.yml").answer("Day", "rain")
		h.multiply(1, small)
		few := p.timed(t, "few")
		h.multiply(small, big)
		many := p.timed(t, "many")
		if many["first"] > 5*few["first"]+50*time.Millisecond {
			t.Errorf("a page takes %v with %d sessions, %v with %d", many["first"], big, few["first"], small)
		}
		for _, page := range []string{"newest", "middle"} {
			if many[page] > 5*few["first"]+50*time.Millisecond {
				t.Errorf("the page %s takes %v, the first of few %v", page, many[page], few["first"])
			}
		}
	})
}

// multiply copies the only real session until there are so many: their keys
// open nothing, so that they are listed as sealed.
func (h *house) multiply(from, to int) {
	h.t.Helper()
	const number = "%032d"
	many := fmt.Sprintf("with recursive n(i) as (select %d union all select i + 1 from n where i < %d) ", from, to-1)
	at := "strftime('%Y-%m-%d %H:%M:%f', '2020-01-01', '+' || i || ' seconds') || '+00:00'"
	name := "printf('" + number + "', i)"
	if !strings.HasSuffix(h.address, ".sqlite") {
		at, name = "timestamptz '2020-01-01' + i * interval '1 second'", "lpad(i::text, 32, '0')"
	}
	real := "(select * from sessions where length(interview) > 0 and created_at > '2021-01-01' limit 1) s"
	h.exec("insert into sessions (id, interview, rev, head, owner, card, created_at, active_at, expires_at) " + many +
		"select " + name + ", interview, rev, head, owner, card, " + at + ", active_at, expires_at from " + real + ", n")
	h.exec("insert into keys (session, kind, holder, wrapped, expires_at, interview, begun_at) " + many +
		"select " + name + ", kind, holder, wrapped, k.expires_at, interview, " + at + " from (select * from keys where begun_at > '2021-01-01' limit 1) k, n")
}

// timed is how long pages of the list take, the median of several.
func (p *person) timed(t *testing.T, what string) map[string]time.Duration {
	t.Helper()
	pages := map[string]string{"first": "/interviews", "newest": "/interviews?order=newest", "search": "/interviews?q=nothing+like+it"}
	if what == "many" {
		after := p.get("/interviews").link("Next page")
		for range 3 {
			after = p.get(after).link("Next page")
		}
		pages["middle"] = after
	}
	took := map[string]time.Duration{}
	for name, to := range pages {
		var all []time.Duration
		for range 9 {
			began := time.Now()
			if pg := p.get(to).wants("My Interviews"); name != "search" && len(pg.titles()) < 99 {
				t.Fatalf("%d sessions on the page %s", len(pg.titles()), to)
			}
			all = append(all, time.Since(began))
		}
		slices.Sort(all)
		took[name] = all[len(all)/2]
		t.Logf("%s sessions, page %s: %v", what, name, took[name])
	}
	return took
}
