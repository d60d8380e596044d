// Package jinja compiles templates in the syntax of Jinja2, as its public
// documentation describes it, over our own Python dialect: the templates of
// Word documents, and YAML files that ask to be run through it.
//
// A template is a list of pieces ([Split] makes them of text; package
// docx/template makes its own of a document). [Compile] reads the tags once:
// expressions are parsed with Jinja's precedences into the tree of
// python/syntax and compiled by package python, statements become a small tree
// that [Run.Render] walks. What is rendered goes, piece by piece and value by
// value, to an [Output], which alone knows what becomes of a value.
//
// A name that is defined nowhere is the same miss as in other code, so it is
// sought like any other; "is defined", "is undefined" and the filter "default"
// never seek. With [Run.Lenient] nothing is sought: a miss makes an output
// empty, a condition false and a loop empty. Names that a template sets stay in
// the rendering: they hide the interview's and never change them.
//
// Filters and tests are written in the dialect itself (prelude.py); functions of
// the interview's library that templates use as filters are handed in.
//
// Not part of the dialect, and refused by name: extends and block, do, break,
// continue, and line statements.
package jinja
