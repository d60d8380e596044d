// Package doc reads the Markdown of documents and says what the document is:
// blocks and inlines with every length, spacing and indent decided, so that a
// writer (PDF, RTF, Word) has only to put them down.
//
// The dialect is Pandoc's as far as documents use it, with YAML heads for
// metadata, docassemble's bracket tags ([CENTER], [BEGIN_CAPTION] ...) and a
// handful of TeX commands; see the "documents" chapter of docassemble's
// documentation. It is not the dialect of the screen, which is package
// markup's. What a tag or a metadata key means is decided here, once for all
// formats.
//
// A source says which of its bytes were typed by people. They never act as
// Markdown, tag, TeX or YAML: they appear in the document as typed.
//
// Left to others: running Mako, finding files (Options.File), the formats
// themselves, and telling the author about Document.Warnings.
package doc
