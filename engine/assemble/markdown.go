package assemble

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"colloquy/engine/doc"
	"colloquy/engine/docx"
	"colloquy/engine/pdf"
	"colloquy/engine/python"
	"colloquy/engine/rtf"
)

// writers write a document in a format.
var writers = map[string]func(w io.Writer, d *doc.Document, p *Plan) error{
	"pdf":         writePDF,
	"rtf":         func(w io.Writer, d *doc.Document, _ *Plan) error { return rtf.Write(w, d, rtf.Options{}) },
	"docx":        writeDOCX,
	"rtf to docx": writeDOCX,
}

func writeDOCX(w io.Writer, d *doc.Document, _ *Plan) error { return docx.Write(w, d, docx.Options{}) }

func writePDF(w io.Writer, d *doc.Document, p *Plan) error {
	if p.Options.PDFA {
		p.warn("the PDF file does not claim to be PDF/A: this server cannot vouch for that")
	}
	err := pdf.Write(w, d, pdf.Options{Warn: p.warn, Untagged: !p.Options.Tagged})
	var script *pdf.ScriptError
	if errors.As(err, &script) {
		return &Unsupported{Reason: err.Error()}
	}
	return err
}

// protected locks a PDF file if that is wanted.
func (p *Plan) protected(content []byte) ([]byte, error) {
	var words pdf.Passwords
	if p.Options.Password != nil {
		words.User = *p.Options.Password
	}
	if p.Options.OwnerPassword != nil {
		words.Owner = *p.Options.OwnerPassword
	}
	if words == (pdf.Passwords{}) {
		return content, nil
	}
	return pdf.Protect(content, words)
}

// fromMarkdown writes a text that is written in Markdown as a document.
func (p *Plan) fromMarkdown(_ context.Context, format string) ([]byte, error) {
	write, ok := writers[format]
	if !ok {
		return nil, &Unsupported{Reason: fmt.Sprintf("documents written in Markdown cannot be made as %s on this server", format)}
	}
	d, err := p.parse()
	if err != nil {
		return nil, err
	}
	for _, w := range d.Warnings {
		p.warn(w.Text)
	}
	var buf bytes.Buffer
	if err := write(&buf, d, p); err != nil {
		return nil, fmt.Errorf("write %s: %w", format, err)
	}
	if format == "pdf" {
		return p.protected(buf.Bytes())
	}
	return buf.Bytes(), nil
}

func (p *Plan) warn(text string) {
	p.Warnings = append(p.Warnings, text)
}

// parse reads the text of a document.
func (p *Plan) parse() (*doc.Document, error) {
	o := doc.Options{Typed: spans(p.Content), Metadata: map[string]any{}, Language: p.Options.Language}
	for _, m := range p.Metadata {
		o.Metadata[m.Key] = metadatum(m.Value)
	}
	if p.File != nil {
		o.File = func(ref string) (doc.File, error) {
			f, err := p.File(ref)
			return doc.File{Name: f.Name, Type: f.MIME, Data: f.Content}, err
		}
	}
	d, err := doc.Parse(p.Content.String(), o)
	var head *doc.HeadError
	switch {
	case errors.Is(err, doc.ErrTooMuch):
		return nil, &Unsupported{Reason: err.Error()}
	case errors.As(err, &head):
		return nil, python.Errorf(python.ValueError, "the YAML head of the document: %v", err)
	}
	return d, err
}

// metadatum is a setting as engine/doc takes it.
func metadatum(v any) any {
	switch v := v.(type) {
	case *python.Str:
		return doc.Marked{Source: v.String(), Typed: spans(v)}
	case []*python.Str:
		list := make([]any, len(v))
		for i, s := range v {
			list[i] = metadatum(s)
		}
		return list
	}
	return v
}

// spans are what people typed of a text.
func spans(s *python.Str) []doc.Span {
	var out []doc.Span
	for _, sp := range s.Spans() {
		out = append(out, doc.Span{From: sp.From, To: sp.To})
	}
	return out
}
