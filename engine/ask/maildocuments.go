package ask

import (
	"slices"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/python"
	"colloquy/engine/screen"
)

// The inputs of the forms that mail and download the documents of a screen.
const (
	MailInput        = "_email_attachments"
	MailAddressInput = "_attachment_email_address"
	// ArchiveInput is that of the form that downloads them all, EditableInput
	// the box in both.
	ArchiveInput  = "_download_attachments"
	EditableInput = "_attachment_include_editable"
)

// MostAddresses is how many people the documents of a screen are mailed to at a
// time.
const MostAddresses = 20

// offerMail puts the form on the screen that mails its documents
// ("allow emailing"), where mail can be sent. What the mail will say is worked
// out beforehand, so that what it needs is asked for now.
func (p *preparation) offerMail(docs *interview.Documents, out *screen.Attachments) error {
	allowed, err := p.cond(docs.AllowEmailing, true)
	if err != nil || !allowed {
		return err
	}
	if _, ok := p.ev.Post().Mailbox(""); !ok {
		return nil
	}
	form := &screen.EmailForm{}
	if err := p.texts([]textTo{{docs.EmailAddressDefault, &form.Address}}); err != nil {
		return err
	}
	if form.Address = strings.TrimSpace(form.Address); !strings.Contains(form.Address, "@") {
		form.Address = p.ev.Visitor().Email
	}
	if _, _, err := p.mailTexts(docs, nil); err != nil {
		return err
	}
	out.Email = form
	return nil
}

// mailTexts gives subject and body: of the block's own keys, else of its
// template, else made of the documents' names.
func (p *preparation) mailTexts(docs *interview.Documents, names []string) (subject, body *python.Str, err error) {
	if docs.EmailSubject != nil {
		if subject, err = p.str(docs.EmailSubject); err != nil {
			return nil, nil, err
		}
	}
	if docs.EmailBody != nil {
		if body, err = p.str(docs.EmailBody); err != nil {
			return nil, nil, err
		}
	}
	if docs.EmailTemplate != nil {
		if err := p.fromTemplate(docs.EmailTemplate, &subject, &body); err != nil {
			return nil, nil, err
		}
	}
	listed, err := p.listed(names)
	if err != nil {
		return nil, nil, err
	}
	if subject == nil {
		subject = listed
	}
	if body == nil {
		text := p.word("Your document, %s, is attached.")
		if len(names) != 1 {
			text = p.word("Your documents, %s, are attached.")
		}
		before, after, _ := strings.Cut(text, "%s")
		body = python.Concat(python.Concat(python.NewStr(before), listed), python.NewStr(after))
	}
	return subject, body, nil
}

// fromTemplate takes from a template what is not said otherwise.
func (p *preparation) fromTemplate(code *interview.Code, subject, body **python.Str) error {
	t, err := code.Run(p.th, p.sc.Answers)
	if err != nil {
		return err
	}
	for _, part := range []struct {
		name string
		to   **python.Str
	}{{"subject", subject}, {"content", body}} {
		if *part.to != nil {
			continue
		}
		v, err := p.th.GetAttr(t, part.name)
		if err != nil {
			return err
		}
		if *part.to, err = p.th.Str(v); err != nil {
			return err
		}
	}
	return nil
}

// listed is "A, B, and C".
func (p *preparation) listed(names []string) (*python.Str, error) {
	args := make([]python.Value, len(names))
	for i, n := range names {
		args[i] = python.Outside(n) // what people typed may be in it; it is no markup
	}
	v, err := evaluation.CallLibrary(p.th, "comma_and_list", args)
	if err != nil {
		return nil, err
	}
	return p.th.Str(v)
}

// MailDocuments mails the documents of a question's screen to one address, by
// send_email(), with the files to be changed if they are wanted. It reports
// whether they will be sent.
func MailDocuments(th *python.Thread, sc *Scene, b *interview.Block, to string, editable bool) (bool, error) {
	docs := b.Documents
	if docs == nil {
		return false, nil
	}
	p := newDocuments(th, sc, b)
	if allowed, err := p.cond(docs.AllowEmailing, true); err != nil || !allowed {
		return false, err
	}
	s, err := p.sentFiles(docs, editable)
	if err != nil {
		return false, err
	}
	subject, body, err := p.mailTexts(docs, s.names)
	if err != nil {
		return false, err
	}
	letter, err := evaluation.CallLibrary(th, "DATemplate", []python.Value{python.NewStr("_internal.letter")},
		python.Kwarg{Name: "subject", Value: subject}, python.Kwarg{Name: "content", Value: body})
	if err != nil {
		return false, err
	}
	v, err := evaluation.CallLibrary(th, "send_email", nil, python.Kwarg{Name: "to", Value: python.Outside(to)},
		python.Kwarg{Name: "template", Value: letter}, python.Kwarg{Name: "attachments", Value: python.NewList(s.files...)})
	if err != nil {
		return false, err
	}
	return th.Truth(v)
}

// MailAddresses takes apart what was typed as the address of documents.
func MailAddresses(typed string) []string {
	var all []string
	for _, a := range strings.FieldsFunc(typed, func(r rune) bool { return r == ',' || r == ';' }) {
		if a = strings.TrimSpace(a); a != "" && !slices.Contains(all, a) {
			all = append(all, a)
		}
	}
	return all
}
