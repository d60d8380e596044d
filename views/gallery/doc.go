// Package gallery shows every component in every state, with canned screens
// and no engine. It serves /dev/gallery, the golden HTML of the components and
// the accessibility check.
package gallery
