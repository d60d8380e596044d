// Package check says what is wrong with an interview without a server.
//
// It looks in two ways. Analysis reads the compiled interview: names that
// nothing offers, blocks that nothing leads to, logic that goes in circles,
// files that are not there, screens that some people cannot use. What it says
// is proved: it holds for every conversation, as far as the interview's own
// files go. Where code defines names that cannot be read from it (define() with
// a computed name, fields from code), such findings are hints.
//
// Walks then hold conversations with the interview, thousands a second, on
// package solve alone: answers that are usual, at the limits of what a field
// takes, or that the interview's own code compares with. They report what
// went wrong, each with the shortest conversation that was found to lead there.
// What walks do not find is "not found in N walks", and never "not there".
//
// Nothing that a walk does is done: mail is taken and thrown away, other servers
// cannot be called, background actions do not begin, files and records are
// kept in memory until the walk is over, and other sessions and accounts are
// not there (see world.go). A conversation that ends at such a door is counted
// and is no finding.
//
// The package leaves to others: where files are found (packages), what the
// command prints where (cmd), and showing findings in the browser (handlers).
package check
