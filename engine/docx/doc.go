// Package docx writes documents as Word files: WordprocessingML in a ZIP with
// real styles, numbering that Word counts, headers and footers with a first
// page of their own, footnotes, tables and pictures with their texts.
//
// It writes the model of package doc and nothing else. The same document gives
// the same bytes. Left to others: reading Markdown (package doc), templates
// that are Word files (package template below it), Word to PDF.
package docx
