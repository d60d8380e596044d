package ask

import (
	"fmt"

	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/python"
	"colloquy/engine/screen"
)

// documents assembles the attachments of a question and lists them. Those
// written in Markdown are shown as HTML.
func (p *preparation) documents() error {
	docs := p.b.Documents
	if docs == nil {
		return nil
	}
	out := &screen.Attachments{}
	for _, c := range []struct {
		cond  interview.Cond
		usual bool
		to    *bool
	}{{docs.IncludeNotice, true, &out.Notice}, {docs.IncludeDownloadTab, true, &out.Download}, {docs.DescribeFileTypes, true, &out.Describe},
		{docs.ManualList, false, &out.Manual}} {
		v, err := p.cond(c.cond, c.usual)
		if err != nil {
			return err
		}
		*c.to = v
	}
	if err := p.offerMail(docs, out); err != nil {
		return err
	}
	for _, a := range docs.List {
		d, v, err := p.document(a)
		if err != nil {
			return fmt.Errorf("attachment (%s): %w", a.Pos, err)
		}
		if a.Variable != nil {
			if err := evaluation.Write(p.th, a.Variable.Text, v); err != nil {
				return err
			}
		}
		out.Documents = append(out.Documents, d)
	}
	p.scr.Attachments = out
	return nil
}

// document assembles one attachment.
func (p *preparation) document(a *interview.Attachment) (screen.Document, python.Value, error) {
	var d screen.Document
	if a.Kind != interview.MarkdownDocument {
		return d, nil, python.Errorf(python.NotImplementedError,
			"documents from DOCX and PDF templates are not part of this version; Markdown content is")
	}
	description := ""
	err := p.texts([]textTo{{a.Name, &d.NameText}, {a.Filename, &d.Filename}, {a.Description, &description}})
	if err != nil {
		return d, nil, err
	}
	content, err := p.documentText(a)
	if err != nil {
		return d, nil, err
	}
	d.NameText = orElse(d.NameText, p.word("Document"))
	d.Filename = orElse(d.Filename, "document")
	d.Markdown, d.Valid = content.String(), a.Formats
	d.Name = p.r.html(python.NewStr(d.NameText), true)
	d.Description = p.r.html(python.NewStr(description), false)
	d.Preview = p.r.html(content, false)
	name := "_internal.document"
	if a.Variable != nil {
		name = evaluation.Intrinsic(p.th, a.Variable.Text)
		d.Variable = a.Variable.Text
	}
	v, err := p.collection(name, d, content)
	return d, v, err
}

func (p *preparation) documentText(a *interview.Attachment) (*python.Str, error) {
	place := p.ev.Place()
	defer func(before bool) { place.Document = before }(place.Document)
	place.Document = true
	if a.ContentCode != nil {
		v, err := a.ContentCode.Run(p.th, p.sc.Answers)
		if err != nil {
			return nil, err
		}
		return p.th.Str(v)
	}
	return p.str(a.Content)
}

// collection is the value of an attachment's variable.
func (p *preparation) collection(name string, d screen.Document, content *python.Str) (python.Value, error) {
	return evaluation.CallLibrary(p.th, "document_from_text", []python.Value{python.NewStr(name), python.NewStr(d.NameText),
		python.NewStr(d.Filename), content, python.NewStr(string(d.Preview))})
}

// Assemble makes the document of an attachment block without a question.
func Assemble(th *python.Thread, sc *Scene, b *interview.Block, a *interview.Attachment, name string) (python.Value, error) {
	p := &preparation{th: th, sc: sc, ev: sc.Evaluation, b: b, scr: &screen.Screen{}}
	p.r = newRenderer(th, sc, p.scr)
	_, v, err := p.document(a)
	return v, err
}
