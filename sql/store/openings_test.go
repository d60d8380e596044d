package store

import (
	"strings"
	"testing"
	"time"

	"colloquy/engine/run"
)

func TestOpenings(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		b.fill(t, "s")
		other := creation("other")
		other.Session.Interview, other.Session.Owner = "demo:other.yml", "7"
		check(t, b.Create(ctx, other))
		bob := run.Holder{Kind: run.HolderAccount, ID: "8"}
		note := func(session string, by run.Holder, how string, minutes int) {
			t.Helper()
			at := noon.Add(time.Duration(minutes) * time.Minute)
			check(t, b.NoteOpening(ctx, run.Opening{Session: session, By: by, How: how, At: at}, at.Add(-time.Hour)))
		}
		note("s", bob, run.ByLink, 0)
		note("s", bob, run.ByLink, 59) // he is there still
		note("s", bob, "api", 59)
		note("s", run.Holder{}, run.ByLink, 59)
		note("other", bob, run.ByLink, 59)
		note("s", bob, run.ByLink, 60)
		note("nowhere", bob, run.ByLink, 60)
		list := func(w run.WantedOpenings) string {
			t.Helper()
			all, err := b.Openings(ctx, w)
			check(t, err)
			var out []string
			for _, o := range all {
				out = append(out, o.Session+":"+o.By.ID+":"+o.How+":"+o.Owner+":"+o.At.Format("15:04"))
			}
			return strings.Join(out, " ")
		}
		const last, otherOne, nobody, api, first = "s:8:link::13:00", "other:8:link:7:12:59", "s::link::12:59", "s:8:api::12:59", "s:8:link::12:00"
		all, err := b.Openings(ctx, run.WantedOpenings{})
		check(t, err)
		for _, tt := range []struct {
			wanted run.WantedOpenings
			want   []string
		}{
			{run.WantedOpenings{}, []string{last, otherOne, nobody, api, first}},
			{run.WantedOpenings{Limit: 2}, []string{last, otherOne}},
			{run.WantedOpenings{Before: all[1].ID, Limit: 2}, []string{nobody, api}},
			{run.WantedOpenings{Session: "s", Since: noon.Add(time.Minute)}, []string{last, nobody, api}},
			{run.WantedOpenings{Interview: "demo:other.yml"}, []string{otherOne}},
			{run.WantedOpenings{By: bob, Session: "s"}, []string{last, api, first}},
			{run.WantedOpenings{By: run.Holder{Kind: run.HolderBrowser, ID: "8"}}, nil},
		} {
			if got := list(tt.wanted); got != strings.Join(tt.want, " ") {
				t.Errorf("%+v gives %s, want %s", tt.wanted, got, tt.want)
			}
		}
		check(t, b.Delete(ctx, "s", run.DropPending))
		if got := list(run.WantedOpenings{}); got != otherOne {
			t.Errorf("of an erased session is left %s", got)
		}
	})
}

// How somebody came by a key is kept with it; an owner who gives his up is the
// owner no more, and whoever was writing meanwhile looks again.
func TestKeysOfGuests(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		begin := creation("s")
		account, guest := run.Holder{Kind: run.HolderAccount, ID: "7"}, run.Holder{Kind: run.HolderAccount, ID: "8"}
		begin.Session.Owner = account.ID
		begin.Keys = []run.Key{{Holder: account, Wrapped: []byte("a")}, {Holder: guest, Wrapped: []byte("g"), Via: run.ByLink}}
		check(t, b.Create(ctx, begin))
		stored, err := b.Load(ctx, "s")
		check(t, err)
		if k, _ := stored.Key(guest); k.Via != run.ByLink {
			t.Errorf("he came by %q", k.Via)
		}
		for who, want := range map[run.Holder]string{account: "s", guest: ""} {
			if got, err := b.Latest(ctx, who, begin.Session.Interview); got != want || err != nil {
				t.Errorf("the latest of %v is %q (%v), want %q", who, got, err, want)
			}
		}
		check(t, b.DropKey(ctx, "s", account, run.DropPending))
		wantErr(t, b.Save(ctx, keep("s", 1)), run.ErrStale)
		c := keep("s", 2)
		c.PutKeys = []run.Key{{Holder: guest, Wrapped: []byte("g")}}
		check(t, b.Save(ctx, c))
		stored, err = b.Load(ctx, "s")
		check(t, err)
		if k, _ := stored.Key(guest); k.Via != "" || stored.Session.Owner != "" {
			t.Errorf("after that he is there by %q, and the owner is %q", k.Via, stored.Session.Owner)
		}
	})
}
