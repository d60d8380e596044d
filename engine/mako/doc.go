// Package mako compiles the templates of interviews: text with ${ expressions },
// % control lines, <% code %> and <%def> tags, as Mako documents them.
//
// A template is read into a tree once ([Parse]), lowered to a Python syntax
// tree and compiled by package python ([Compile]); rendering it runs the code.
// Straight text with expressions becomes one f-string; control lines become
// statements. What is rendered keeps the outside spans of the strings that went
// into it, and a missing name surfaces as the same error as in other code.
//
// The names of the template itself (assigned by code, loop variables, defs) are
// kept in a scope of their own above the interview's, so that rendering changes
// no answer.
//
// It leaves to others: what is done with the text (markup), which texts of an
// interview are templates by their place (interview), and running Python.
// Not part of the dialect, and refused by name: inheritance, namespaces,
// includes and caching.
package mako
