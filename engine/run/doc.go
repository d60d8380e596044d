// Package run takes one step of a session: it loads the sealed state, applies
// what came in, evaluates the interview, and saves the outcome. It is the only
// place where the parts of the engine meet.
//
// Any request may evaluate. How its outcome is kept follows from what happened:
// an accepted form, an action that changed something and changed url_args are a
// new step; an evaluation that changed answers on its own replaces the step at
// the head; otherwise nothing is written. A request that may leave nothing
// behind (HEAD, prefetch) evaluates a state that is thrown away.
//
// Requests to one session take turns inside a process, for speed; between
// processes the store's compare-and-swap decides, and the loser's step is run
// again on the new state if its input still applies.
//
// What interviews keep outside of the answers (DAStore, DAGlobal, records,
// persistent tasks; see keep.go) is written with the step that sets it. If
// somebody else changed the same meanwhile, the step is run again on what is
// there then, so that nothing is lost or counted twice; Back does not reach it.
//
// The package leaves to others: how requests and replies travel (handlers), how
// rows are kept (sql/store), how effects are delivered (outside).
package run
