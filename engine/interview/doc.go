// Package interview turns the YAML of an interview into typed blocks and
// answers which of them offers which name.
//
// Load reads a file and everything it includes, checks all of it and reports
// every problem at once, each with file, line and column. The result is
// compiled once and shared by all sessions; nothing in it changes afterwards.
//
// A block says what an author wrote: its texts and expressions are compiled
// (Text, Code) but nothing here is evaluated. Which block is asked next is
// decided by package solve, where files live by package packages, what a
// screen looks like by package screen.
package interview
