package words

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"colloquy/engine/docx/template"
	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

// docxFunctions fill in Word templates from code.
var docxFunctions = []function{
	{"assemble_docx", assembleDocx},
	{"include_docx_template", func(*python.Thread, *python.Args) (python.Value, error) {
		return python.NewStr("ERROR: not in a docx file"), nil // docassemble's words
	}},
}

// assemble_docx(input_file, fields=None, output_path=None, output_format='docx',
// return_content=False, pdf_options=None, filename=None)
func assembleDocx(th *python.Thread, a *python.Args) (python.Value, error) {
	var input, fields, path, pdfOptions, filename python.Value
	format, content := "docx", false
	if err := a.Unpack("assemble_docx", "input_file", &input, "fields?", &fields, "output_path?", &path, "output_format?", &format,
		"return_content?", &content, "pdf_options?", &pdfOptions, "filename?", &filename); err != nil {
		return nil, err
	}
	if format != "docx" && format != "md" {
		return nil, python.Errorf(python.RuntimeError, "assemble_docx() makes docx and md on this server, not %s", format)
	}
	if !content {
		return nil, python.Errorf(python.RuntimeError, "assemble_docx() gives content on this server, and no path: write return_content=True")
	}
	ev := evaluation.Of(th)
	file, err := templateFile(th, ev, input)
	if err != nil {
		return nil, err
	}
	names := python.NewNamespace(ev.Answers())
	if !isNone(fields) {
		d, ok := python.Unwrap(fields).(*python.Dict)
		if !ok {
			return nil, python.Errorf(python.TypeError, "assemble_docx() needs a dictionary of fields, not %s", className(fields))
		}
		for k, v := range d.All() {
			if name, ok := python.StringOf(k); ok {
				names.Set(name, v)
			}
		}
	}
	out, err := template.Render(th, []template.File{file}, template.Options{Names: names, File: storedFile(ev),
		Template: func(th *python.Thread, ref python.Value) (template.File, error) { return templateFile(th, ev, ref) }})
	if err != nil {
		return nil, err
	}
	if format == "docx" {
		return python.NewBytes(out), nil
	}
	text, err := template.Markdown(template.File{Name: file.Name, Content: out})
	if err != nil {
		return nil, err
	}
	return python.NewStr(text), nil // what people typed is escaped in it
}

// templateFile reads a template by its name, or that a file object stands for.
func templateFile(th *python.Thread, ev evaluation.Evaluation, v python.Value) (template.File, error) {
	name, err := fileReference(th, v)
	if err != nil {
		return template.File{}, err
	}
	f := template.File{Name: name}
	if n, err := strconv.ParseInt(name, 10, 64); err == nil {
		f.Content, err = ev.StoredFile(n)
		return f, err
	}
	if f.Content, err = ev.ReadData("templates", name); err != nil {
		return f, python.Errorf(python.FileNotFoundError, "the template %s cannot be read: %v", name, err)
	}
	return f, nil
}

// storedFile finds pictures for a document: files of the session by their
// number, static files by their name.
func storedFile(ev evaluation.Evaluation) func(ref string) (template.File, error) {
	return func(ref string) (f template.File, err error) {
		f.Name = ref
		if n, numeric := strconv.ParseInt(ref, 10, 64); numeric == nil {
			f.Content, err = ev.StoredFile(n)
			return f, err
		}
		if strings.TrimSpace(ref) == "" {
			return f, errors.New("a file has no name")
		}
		if f.Content, err = ev.ReadData("static", ref); err != nil {
			err = fmt.Errorf("show %s: %w", ref, err)
		}
		return f, err
	}
}
