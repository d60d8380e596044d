// Package words is the library of functions that authors of interviews call,
// and the one place where the names that interviews and their modules can use
// are put together.
//
//	lib, err := words.New(th, std)    // once per process; std finds datetime, json ...
//	lib.Namespace()                   // what the names of an interview fall back to
//	lib.Module("docassemble.base.util") // what import finds
//	lib.Class("docassemble.base.util.Individual") // for the codec of sessions
//
// Everything is frozen after New and shared by all sessions and goroutines.
// Functions find the evaluation they work for through the thread that calls
// them (evaluation.Of); they hold no state themselves.
//
// # Families
//
// A file per family: names.go reads and writes variables by name, logic.go
// steers the logic, stopping.go ends an evaluation with something else than
// the next question, text.go, numbers.go, lists.go, money.go and inflection.go
// are about wording, and so on. Each declares a table of its functions;
// library.go puts the tables together. Functions are Go; classes that authors
// see the inside of (DADateTime, the states of "us") are written in the Python
// dialect, in folder prelude, over natives that only the prelude can import.
//
// # Conventions
//
// Functions about words accept language= and capitalize= and ignore keywords
// they do not know, as replacements may take them. Text keeps its outside
// spans: what a user typed stays marked in whatever is made of it. What this
// version does not do raises RuntimeError with a message that says so; nothing
// passes silently.
//
// # Better than the reference, outside of wording
//
//   - defined('group[-1]') is false for an empty group, and defined(prior=True) is a bool.
//   - What DAStore, DAGlobal, write_record() and persistent tasks write is
//     written with the step: not by one that fails, not twice by one that is run
//     again, and two sessions never overwrite each other's changes unseen.
//   - DAStore.keys() leaves out what only somebody else can read.
//   - Snapshots go with their session unless they are persistent.
//   - interview_url(once_temporary=...) is honoured.
//   - map_of() asks nobody's name; who is nowhere is left out of the map.
//   - currency() of an Income, Asset or Expense is its total.
//   - An unknown tense leaves the verb as it is.
//
// # Better than the reference, in wording
//
// The list of what says better things than docassemble does is in package
// language: nouns in -ss, -us and -is and "hour" (addresses, buses, hours),
// brothers and cows, "2" for nice_number(2.001), phrases of verbs, "an MRI", "-5th",
// form lines of three breaks and more, and the grammar of lists, durations and
// plurals outside English.
// testdata/wording.txt holds what functions give, row by row. The parts of
// iso_country() lack official names: no free table has them.
//
// # What it leaves to others
//
// The classes of objects are package objects'; how human language works is
// package language's; seeking, actions and effects are the evaluation's.
package words
