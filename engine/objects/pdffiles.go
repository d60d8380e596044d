package objects

import (
	"archive/zip"
	"bytes"
	"fmt"
	"time"

	"colloquy/engine/pdf"
	"colloquy/engine/python"
)

// fileNatives are what methods of files and functions for documents do with
// bytes.
var fileNatives = []native{
	{"pdf_fields", pdfFields},
	{"pdf_pages", pdfPages},
	{"pdf_encrypted", pdfSays("pdf_encrypted", pdf.Encrypted)},
	{"pdf_has_form", pdfSays("pdf_has_form", pdf.HasForm)},
	{"pdf_join", pdfJoin},
	{"pdf_extract", pdfExtract},
	{"pdf_overlay", pdfOverlay},
	{"pdf_number", pdfNumber},
	{"pdf_from_image", pdfFromImage},
	{"zip_bytes", zipBytes},
}

// made is content that was made of content that may have come from a person.
func made(data []byte, err error) (python.Value, error) {
	if err != nil {
		return nil, python.Errorf(DAError, "%v", err)
	}
	b := python.NewBytes(data)
	b.Outside = true
	return b, nil
}

// contentOf reads an argument that is bytes.
func contentOf(v python.Value) ([]byte, error) {
	b, ok := python.Unwrap(v).(*python.Bytes)
	if !ok {
		return nil, python.Errorf(python.TypeError, "a file is made of bytes, not %s", v.Class().Name())
	}
	return []byte(b.Data()), nil
}

// pdfFields lists the fields of a form: name, default, page, box, type and
// export value, as the documentation of get_pdf_fields() has them.
func pdfFields(_ *python.Thread, a *python.Args) (python.Value, error) {
	var v python.Value
	if err := a.Unpack("pdf_fields", "content", &v); err != nil {
		return nil, err
	}
	data, err := contentOf(v)
	if err != nil {
		return nil, err
	}
	fields, err := pdf.Fields(data, "")
	if err != nil {
		return nil, python.Errorf(DAError, "%v", err)
	}
	out := python.NewList()
	for _, f := range fields {
		out.Elems = append(out.Elems, fieldTuple(f))
	}
	return out, nil
}

func fieldTuple(f pdf.Field) python.Value {
	usual, export := f.Value, python.Value(python.None)
	switch f.Kind {
	case pdf.ButtonField:
		if usual == "" || usual != f.On {
			usual = "No"
		}
		if f.On != "" {
			export = python.Outside(f.On)
		}
	case pdf.SignatureField:
		usual = "${ user.signature }"
	}
	box := python.NewList()
	for _, n := range f.Box {
		box.Elems = append(box.Elems, python.Float(n))
	}
	page := python.Value(python.None)
	if f.Page > 0 {
		page = python.Int(int64(f.Page))
	}
	return python.NewTuple(python.Outside(f.Name), python.Outside(usual), page, box, python.NewStr(f.Kind), export)
}

func pdfPages(_ *python.Thread, a *python.Args) (python.Value, error) {
	var v python.Value
	if err := a.Unpack("pdf_pages", "content", &v); err != nil {
		return nil, err
	}
	data, err := contentOf(v)
	if err != nil {
		return nil, err
	}
	n, err := pdf.Pages(data)
	if err != nil {
		return nil, python.Errorf(DAError, "%v", err)
	}
	return python.Int(int64(n)), nil
}

// pdfSays makes a function of a question about a file.
func pdfSays(name string, ask func([]byte) (bool, error)) python.BuiltinFunc {
	return func(_ *python.Thread, a *python.Args) (python.Value, error) {
		var v python.Value
		if err := a.Unpack(name, "content", &v); err != nil {
			return nil, err
		}
		data, err := contentOf(v)
		if err != nil {
			return nil, err
		}
		yes, err := ask(data)
		if err != nil {
			return nil, python.Errorf(DAError, "%v", err)
		}
		return python.Bool(yes), nil
	}
}

func pdfJoin(th *python.Thread, a *python.Args) (python.Value, error) {
	var v python.Value
	var p pdf.Passwords
	if err := a.Unpack("pdf_join", "files", &v, "user", &p.User, "owner", &p.Owner); err != nil {
		return nil, err
	}
	var files [][]byte
	err := th.Each(v, func(item python.Value) error {
		data, err := contentOf(item)
		files = append(files, data)
		return err
	})
	if err != nil {
		return nil, err
	}
	return made(pdf.Join(files, p))
}

func pdfExtract(_ *python.Thread, a *python.Args) (python.Value, error) {
	var v python.Value
	var first, last int
	if err := a.Unpack("pdf_extract", "content", &v, "first", &first, "last", &last); err != nil {
		return nil, err
	}
	data, err := contentOf(v)
	if err != nil {
		return nil, err
	}
	return made(pdf.Extract(data, first, last))
}

func pdfOverlay(_ *python.Thread, a *python.Args) (python.Value, error) {
	var v, w python.Value
	var o pdf.OverlayOptions
	if err := a.Unpack("pdf_overlay", "below", &v, "above", &w, "first", &o.First, "last", &o.Last, "page", &o.Page,
		"only", &o.Only, "multi", &o.Multi); err != nil {
		return nil, err
	}
	below, err := contentOf(v)
	if err != nil {
		return nil, err
	}
	above, err := contentOf(w)
	if err != nil {
		return nil, err
	}
	return made(pdf.Overlay(below, above, o))
}

// pdfNumber numbers pages; it returns the content and the number that follows.
func pdfNumber(_ *python.Thread, a *python.Args) (python.Value, error) {
	var v, size, x, y python.Value
	var o pdf.NumberOptions
	if err := a.Unpack("pdf_number", "content", &v, "prefix", &o.Prefix, "digits", &o.Digits, "start", &o.Start, "area", &o.Area,
		"size", &size, "horizontal", &x, "vertical", &y); err != nil {
		return nil, err
	}
	for _, n := range []struct {
		from python.Value
		to   *float64
	}{{size, &o.Size}, {x, &o.Horizontal}, {y, &o.Vertical}} {
		switch f := n.from.(type) {
		case python.Float:
			*n.to = float64(f)
		default:
			i, ok := python.IntOf(f)
			if !ok {
				return nil, python.Errorf(python.TypeError, "sizes are numbers of points, not %s", f.Class().Name())
			}
			*n.to = float64(i)
		}
	}
	data, err := contentOf(v)
	if err != nil {
		return nil, err
	}
	numbered, next, err := pdf.Number(data, o)
	b, err := made(numbered, err)
	if err != nil {
		return nil, err
	}
	return python.NewTuple(b, python.Int(int64(next))), nil
}

func pdfFromImage(_ *python.Thread, a *python.Args) (python.Value, error) {
	var v python.Value
	if err := a.Unpack("pdf_from_image", "content", &v); err != nil {
		return nil, err
	}
	data, err := contentOf(v)
	if err != nil {
		return nil, err
	}
	return made(pdf.FromImage(data))
}

// zipBytes packs pairs of path and bytes into an archive. All entries have the
// same time, so that the same files are the same archive.
func zipBytes(th *python.Thread, a *python.Args) (python.Value, error) {
	var v python.Value
	if err := a.Unpack("zip_bytes", "files", &v); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	err := th.Each(v, func(item python.Value) error {
		pair, ok := item.(*python.Tuple)
		if !ok || len(pair.Elems) != 2 {
			return python.Errorf(python.TypeError, "an archive is made of pairs of a path and bytes")
		}
		name, ok := python.StringOf(pair.Elems[0])
		if !ok {
			return python.Errorf(python.TypeError, "the path of a file is text")
		}
		data, err := contentOf(pair.Elems[1])
		if err != nil {
			return err
		}
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return fmt.Errorf("pack %s: %w", name, err)
		}
		_, err = f.Write(data)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = w.Close()
	return made(out.Bytes(), err)
}
