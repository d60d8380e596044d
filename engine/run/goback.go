package run

import (
	"slices"

	"colloquy/engine/interview"
)

// mayGoBack reports whether the person may go back to a step: that it lies
// behind, that prevent_going_back() was not called since, and that every screen
// on the way, the one that he is shown now first, may be left backwards
// ("prevent going back").
func (s *step) mayGoBack(n int64) bool {
	head, held := s.stored.Session.Head, s.state.Book.Held
	if n >= head || n <= s.state.Book.Offset || n < held && held < head {
		return false
	}
	return !s.heldHere()
}

// heldHere reports whether the question on the screen prevents going back. What
// a question says may depend on the answers and on who asks, so it is asked
// again, on a copy. A screen that cannot be made holds nobody: going back is the
// way out of an error.
func (s *step) heldHere() bool {
	holds := func(b *interview.Block) bool { return b.Question != nil && b.Question.PreventGoingBack.Set }
	if s.fresh || !slices.ContainsFunc(s.iv.Blocks, holds) {
		return false
	}
	q := *s.q
	q.Back, q.Step, q.Form, q.Action, q.Scratch = false, 0, nil, nil, true
	there := &step{r: s.r, ctx: s.ctx, q: &q, iv: s.iv, now: s.now, stored: s.stored, key: s.key, box: s.box, seed: s.seed}
	defer there.close()
	if there.read() != nil {
		return false
	}
	_, res, err := there.run(nil)
	return err == nil && res.Screen != nil && !res.Screen.Page.AllowBack
}
