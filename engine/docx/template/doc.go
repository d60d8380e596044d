// Package template fills in Word templates: DOCX files with Jinja in them, as
// docassemble's "docx template file" documents.
//
// A template is prepared (prepare.go): tags that Word split over runs are made
// whole, quotation marks in them straight, and the tags with p, tr, tc and r
// take the place of the paragraph, row, cell or run around them. What comes of
// it is a list of pieces for package jinja. Rendering (output.go) writes every
// value as what it is in the place where it stands: text is text, whatever
// characters it has; pictures, links, Markdown and included documents become
// what Word has for them.
//
// Left to others: which values a template gets and where files come from (the
// caller), and what PDF is made of the result.
package template
