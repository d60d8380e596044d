// Package pdf writes documents as PDF, fills in PDF forms, and joins, divides,
// stamps and protects PDF files.
//
// Write takes a document; pages are built here and the bytes of the file made
// by fpdf. Fields, Fill and the operations (Join, Extract, Overlay, Number,
// Protect) take files that are there. They read through pdfcpu, which knows
// damaged and encrypted files, and write through a saver of their own, so that
// the same input gives the same bytes: it packs objects, drops what nothing
// refers to and encrypts with AES-256. What fields look like is drawn here;
// flattening makes that part of the page.
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
// Left to others: reading Markdown (package doc), Word to PDF, storing,
// pictures of pages and reading scanned pages, which need outside programs.
package pdf
