// Package views draws pages: the frame that all of them share, and the pages
// that are not a question of an interview (lists, messages, errors). It knows
// plain structs, which it declares, and nothing of sessions or requests.
//
// Questions are drawn by views/question inside this package's frame. A nonce
// for scripts is taken from the context (templ.WithNonce).
package views
