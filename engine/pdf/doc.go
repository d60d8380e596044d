// Package pdf writes documents as PDF, with pages built here and the bytes of
// the file made by fpdf.
//
// Write lays out the model of package doc: lines are broken greedily and set
// ragged right; paragraphs keep two lines together at page ends; headings stay
// with what follows; rows of tables stay whole and their heads repeat;
// footnotes stand at the foot of the page of their mark. Fonts are embedded
// subsets of the Liberation family (SIL Open Font License), which has the
// widths of Times New Roman, Arial and Courier New. The file is tagged for
// screen readers. The same document gives the same bytes.
//
// Scripts that need shaping or that Liberation lacks (Arabic, Devanagari,
// Chinese ...) are a *ScriptError: nothing is written rather than something
// unreadable.
//
// Left to others: reading Markdown (package doc), Word to PDF, storing.
package pdf
