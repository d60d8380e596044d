// Package handlers speaks HTTP: it turns requests into what package run takes
// and its replies into pages, fragments, JSON or redirects.
//
// One address has two bodies: the page, and for htmx the question alone. Every
// link and form works without scripts (post, redirect, get).
//
// Files are named after what the person is doing: interview.go (answering one),
// list.go (choosing one), files.go (loading what pages consist of), fail.go
// (when something went wrong). What a step does is package run's; what a page
// looks like, package views'.
package handlers
