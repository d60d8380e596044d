package memory

import (
	"testing"
	"time"

	"colloquy/engine/run"
)

func TestOpenings(t *testing.T) {
	s, ctx := begun(t, "s"), t.Context()
	for minute, how := range []string{run.ByLink, run.ByLink, run.ByInterview} {
		at := noon.Add(time.Duration(minute) * time.Minute)
		check(t, s.NoteOpening(ctx, run.Opening{Session: "s", By: ana, How: how, At: at}, at.Add(-time.Hour)))
	}
	check(t, s.NoteOpening(ctx, run.Opening{Session: "nowhere", By: ana}, noon))
	all, err := s.Openings(ctx, run.WantedOpenings{Session: "s", By: ana})
	check(t, err)
	if len(all) != 2 || all[0].How != run.ByInterview || all[1].How != run.ByLink || all[0].Interview == "" {
		t.Errorf("noted are %+v", all)
	}
	if rest, err := s.Openings(ctx, run.WantedOpenings{Before: all[0].ID, Limit: 5}); len(rest) != 1 || err != nil {
		t.Errorf("before the last one: %+v, %v", rest, err)
	}
	check(t, s.Delete(ctx, "s", run.DropPending))
	if left, err := s.Openings(ctx, run.WantedOpenings{}); len(left) != 0 || err != nil {
		t.Errorf("left are %+v, %v", left, err)
	}
}
