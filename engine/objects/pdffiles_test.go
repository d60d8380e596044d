package objects_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/png"
	"strings"
	"testing"

	"colloquy/engine/pdf"
)

// pages is a PDF file of n pages.
func pages(t *testing.T, n int) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	one, err := pdf.FromImage(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	files := make([][]byte, n)
	for i := range files {
		files[i] = one
	}
	all, err := pdf.Join(files, pdf.Passwords{})
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

func TestDocumentFunctions(t *testing.T) {
	s := open(t)
	s.place.Package = "docassemble.demo"
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	s.files = map[string]string{"static/docassemble.demo:three.pdf": pages(t, 3), "static/docassemble.demo:one.pdf": pages(t, 1),
		"static/docassemble.demo:p.png": picture.String(), "static/docassemble.demo:a.txt": "words"}
	s.run(`
three = DAStaticFile('three', filename='three.pdf')
one = DAStaticFile('one', filename='one.pdf')
pic = DAStaticFile('pic', filename='p.png')
txt = DAStaticFile('txt', filename='a.txt')
own = DAFile('own')
listed = DAFileList('listed', elements=[], gathered=True, there_are_any=True)
paper = DAFileCollection('paper')
paper.pdf = pdf_concatenate(one)
0`)
	s.said([][2]string{
		{"three.num_pages(), pic.num_pages(), txt.num_pages()", "(3, 1, 1)"},
		{"three.uses_acroform(), three.is_encrypted(), txt.uses_acroform()", "(False, False, False)"},
		{"three.get_pdf_fields()", "[]"},
		{"txt.get_pdf_fields()", "error: DAError: get_pdf_fields: docassemble.demo:data/static/a.txt is not a PDF file."},
		{"pdf_concatenate(three, [one, pic], paper).num_pages()", "6"},
		{"pdf_concatenate(three, txt).num_pages()", "3"},
		{"pdf_concatenate(txt)", "error: DAError: pdf_concatenate: no valid files to concatenate"},
		{"pdf_concatenate(5)", "error: DAError: pdf_concatenate: int is not a file"},
		{"f = pdf_concatenate(one, filename='mine.pdf')\nf.filename, f.mimetype, f.ok", "('mine.pdf', 'application/pdf', True)"},
		{"pdf_concatenate(one, password='x').is_encrypted()", "True"},
		{"pdf_concatenate(pdf_concatenate(one, password=['boss', 'x']), one)", "error: DAError: file 1: the PDF file is protected by another password"},
		{"pdf_concatenate(one, output_to=own)\nown.num_pages(), own.filename", "(1, 'file.pdf')"},
		{"three.extract_pages(first=2).num_pages()", "2"},
		{"three.extract_pages(first=2, last=2, output_to=own)\nown.num_pages(), own.filename", "(1, 'three.pdf')"},
		{"three.extract_pages(last=2, output_to=listed)\nlisted[0].num_pages()", "2"},
		{"three.extract_pages(first=0)", "error: DAError: extract_pages: first must be 1 or greater"},
		{"three.extract_pages(first=3, last=2)", "error: DAError: extract_pages: last must be greater than or equal to first"},
		{"overlay_pdf(three, one, first_page=2, filename='o.pdf').num_pages()", "3"},
		{"overlay_pdf(three, one, only='some')", "error: DAError: overlay: only must be 'even' or 'odd'"},
		{"own.bates_number(three, one, prefix='AB', filename='b.pdf')\nown.num_pages(), own.filename", "(4, 'b.pdf')"},
		{"pic.convert_to('pdf', output_to=own)\nown.filename, own.num_pages()", "('p.pdf', 1)"},
		{"txt.convert_to('pdf')", "error: DAError: The file txt cannot be converted to pdf on this server."},
		{"zip_file(5)", "error: DAError: zip_file: int is not a file"},
		{"zip_file(one).filename", "file.zip"},
	})
}

func TestZipFile(t *testing.T) {
	s := open(t)
	s.place.Package = "docassemble.demo"
	s.files = map[string]string{"static/docassemble.demo:a.txt": "words", "static/docassemble.demo:b.txt": "more"}
	s.run(`
a = DAStaticFile('a', filename='a.txt')
b = DAStaticFile('b', filename='b.txt')
z = zip_file(a, [b, a], {'in here': [a, {'deep': b}]})
0`)
	data := s.fake.made[len(s.fake.made)-1]
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range r.File {
		names = append(names, fmt.Sprintf("%s:%d", f.Name, f.UncompressedSize64))
	}
	if got, want := strings.Join(names, " "), "a.txt:5 b.txt:4 a_1.txt:5 in here/a.txt:5 in here/deep/b.txt:4"; got != want {
		t.Errorf("archive holds %q, want %q", got, want)
	}
}
