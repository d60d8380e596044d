// Package solve finds out what an interview needs next.
//
// An evaluation walks the initial and mandatory blocks from the top. Code or
// text that touches a missing name stops it; the name is sought among the
// blocks that offer it; what is found is run or asked, and the evaluation
// starts over. It ends with a question, with something to send instead of one,
// or with the reason why there is neither.
//
// The package is pure: interview, answers, clock, seed and the outside world
// ([World]) are handed in. How a question becomes a screen is package ask's;
// how a step is loaded, saved and answered is package run's.
package solve
