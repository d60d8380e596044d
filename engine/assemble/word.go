package assemble

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"colloquy/engine/docx/template"
	"colloquy/engine/evaluation"
	"colloquy/engine/packages"
	"colloquy/engine/python"
)

// fromWord fills in a Word template. A PDF file is made of the finished
// document.
func (p *Plan) fromWord(ctx context.Context, format string) ([]byte, error) {
	switch format {
	case "docx":
		return p.fillTemplate()
	case "pdf":
		return p.converted(ctx)
	}
	return nil, &Unsupported{Reason: fmt.Sprintf("a docx template file cannot be made into %s on this server", format)}
}

// converted has a program make a PDF file of the document. Where it cannot, the
// docx format can still be had.
func (p *Plan) converted(ctx context.Context) ([]byte, error) {
	ev, ok := evaluation.Of(p.Thread).(evaluation.Converter)
	err := evaluation.ErrNoConverter
	if ok {
		var document, out []byte
		if document, err = p.fillTemplate(); err != nil {
			return nil, err
		}
		if out, err = ev.Convert(ctx, "docx", "pdf", document); err == nil {
			return p.protected(out)
		}
	}
	if errors.Is(err, evaluation.ErrNoConverter) {
		return nil, &Unsupported{Reason: "no program that turns Word documents into PDF files is installed on this server (LibreOffice); the docx format can be had"}
	}
	return nil, &Unsupported{Reason: "the PDF file of the Word document could not be made: " + err.Error()}
}

// fillTemplate is the document as a DOCX file.
func (p *Plan) fillTemplate() ([]byte, error) {
	names := p.Names
	if !p.Live {
		names = python.NewNamespace(names)
		for _, f := range p.Fields {
			names.Set(f.Name, f.Value)
		}
	}
	files := make([]template.File, len(p.Templates))
	for i, t := range p.Templates {
		files[i] = template.File{Name: t.Name, Content: t.Content}
	}
	return template.Render(p.Thread, files, template.Options{
		Names: names, SkipUndefined: p.Options.SkipUndefined, LinkStyle: p.Options.HyperlinkStyle,
		File: p.templateFile, Template: p.included,
	})
}

// templateFile finds a picture.
func (p *Plan) templateFile(ref string) (template.File, error) {
	f, err := p.File(ref)
	if err != nil {
		return template.File{}, err
	}
	return template.File{Name: f.Name, MIME: f.MIME, Content: f.Content}, nil
}

// included finds what include_docx_template() names: a file among the
// templates of the block's package, or a file object.
func (p *Plan) included(th *python.Thread, ref python.Value) (template.File, error) {
	name, ok := python.StringOf(ref)
	if !ok {
		shown, err := th.CallMethod(ref, "show")
		if err != nil {
			return template.File{}, err
		}
		mark, _ := python.StringOf(shown)
		mark, _, _ = strings.Cut(strings.TrimPrefix(mark, "[FILE "), ",")
		return p.templateFile(strings.TrimSuffix(mark, "]"))
	}
	content, err := evaluation.Of(th).ReadData(string(packages.Templates), name)
	if err != nil {
		return template.File{}, fmt.Errorf("include %s: %w", name, err)
	}
	return template.File{Name: name, Content: content}, nil
}
