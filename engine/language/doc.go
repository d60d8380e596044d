// Package language knows human language and nothing else: inflection, number
// words, ordinals, lists as text, dates, currency, locales, countries, phone
// numbers and translated words.
//
// It works on plain Go values and is free of state: no clock, no session, no
// object of an interview. What depends on a language or on a translation is a
// method of Speaker; the rest are functions. Package engine/words wraps both
// for interview authors and brings the clock, the session's language and
// the objects.
//
// # Text that remembers where it came from
//
// Functions in whose result an argument appears return Parts instead of a
// string: the result in pieces, each saying which argument it was taken from
// and where. A caller with strings that carry outside spans lays the spans
// over the result; everybody else calls Parts.String. For functions from text
// to text that return a string, Trace finds the kept pieces.
//
// # Where we differ from docassemble on purpose
//
// Outputs follow docassemble's documented ones with these exceptions, where
// ours is the better text:
//
//   - nice_number: at most two decimals, and no point is left standing alone
//     ("2", not "2."); large numbers keep all their digits (12873818.27774 is
//     "12,873,818.28", as the documentation has it).
//   - noun_plural and noun_singular: words in -ss, -us and -is and "hour" are
//     not mangled (address, addresses; bus, buses; hour, hours), and everyday
//     plurals are preferred to classical ones (brothers, cows, pianos, roofs,
//     moose).
//   - verb_past and verb_present: a phrase inflects its first word ("accepted
//     service"), and an unknown tense returns the verb as it was given.
//   - indefinite_article: initialisms are read by letter ("an MRI"), and so
//     are numerals ("an 8 foot").
//   - ordinal numbers below zero are numerals ("-5th").
//   - Dates: "GMT+3" is three hours east of Greenwich, "the" is skipped, and a
//     lone number with a decimal point is no date. Zone names of CLDR are found
//     under the present names of zones too (Asia/Kolkata, Indianapolis).
//   - split: with three or more breaks every piece has its own length.
//   - Outside English, spans of time and lists follow the language: "un año, dos
//     meses y 14 días", in Arabic with its dual. Numbers are spelled in every
//     language that CLDR has rules for, and nouns of Spanish, French and
//     Portuguese have plurals by rules of their own.
//   - Spans of time are compared in the order of their ends, so that a
//     difference counted backwards reads as the same forwards.
//
// # Data
//
// Names, patterns and number formats of some eighty languages come from the
// Unicode CLDR, version 47, and how they count units, join lists and spell
// numbers from version 48 (data/cldr.json.gz, made by gencldr.go); places from
// ISO 3166; nouns go-pluralize does not know, verbs, zones and states are lists
// in data. The words of the program itself are in data/words: a file per
// language, or several, as in accounts.es.yml. A test in cmd/colloquy reads the
// source of the program for what it says, and holds the languages to it.
//
// Tables in testdata say what other programs make of numbers, dates and nouns;
// the scripts beside them made them.
package language
