// Package question draws a screen of an interview: the whole page, or for htmx
// the section that takes the old question's place, from the same components.
//
// Everything works without scripts by plain form posts; scripts only make it
// quicker. The page tells our script what to do by data attributes: what a
// field depends on (data-when), what it acts upon (data-others), where answers
// go (the form itself). What is posted and how it is read back is described in
// the comments of form.templ; reading it is the caller's work.
package question
