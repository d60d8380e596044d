// Package markup turns an author's text into safe HTML and into plain text.
//
// The text is docassemble's dialect: classic Markdown (smart punctuation, sane
// lists, tables, attribute lists, footnotes, definition lists, Markdown inside
// HTML), bracket markup such as [FILE logo.png, 20px] or [CENTER], icons
// written :name:, and terms written {word}.
//
// A Text knows which of its bytes were typed by people. Those bytes never act
// as markup, wherever the author put them: they appear as typed, escaped for
// the place they stand in. The mechanism is in guard.go and finish.go: before
// anything reads the text each such stretch is replaced by one private rune,
// which behaves like a letter; after Markdown the runes are replaced while the
// HTML is read tag by tag, so that each is escaped for text, attribute,
// address, style or script.
//
// What the author wrote is trusted, but it cannot run where it stands: script
// elements, on...= attributes and javascript: links are lifted out into the
// Result, for the page to emit under its nonce.
//
// Left to others: what files, icons and terms exist (Options carries the
// resolvers), drawing embedded fields (Result.Parts says where they go),
// styling, and deciding which bytes came from people.
package markup
