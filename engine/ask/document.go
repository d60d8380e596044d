package ask

import (
	"fmt"
	"slices"

	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/python"
	"colloquy/engine/screen"
)

// documents assembles the attachments of a question and lists them.
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
	zip, err := p.cond(docs.AllowDownloading, false)
	if err != nil {
		return err
	}
	if _, err := p.text(docs.ZipFilename); err != nil {
		return err
	}
	all, err := p.assembled(docs)
	if err != nil {
		return err
	}
	for _, v := range all {
		d, err := p.listedDocument(v)
		if err != nil {
			return err
		}
		out.Documents = append(out.Documents, d)
	}
	if zip {
		out.ZIP = &screen.ZIPForm{}
	}
	p.scr.Attachments = out
	return p.offerEditable(docs, out)
}

// assembled makes the documents of a block, or finds those that code names
// ("attachment code"): first all are planned, in order, then they are made.
func (p *preparation) assembled(docs *interview.Documents) ([]python.Value, error) {
	plans := make([]*planned, 0, len(docs.List))
	for _, a := range docs.List {
		d, err := p.plan(a)
		if err != nil {
			return nil, fmt.Errorf("attachment (%s): %w", a.Pos, err)
		}
		plans = append(plans, d)
	}
	var all []python.Value
	for _, d := range plans {
		v, err := p.finish(d)
		if err != nil {
			return nil, fmt.Errorf("attachment (%s): %w", d.a.Pos, err)
		}
		all = append(all, v)
	}
	if docs.Code == nil {
		return all, nil
	}
	v, err := docs.Code.Run(p.th, p.sc.Answers)
	if err != nil {
		return nil, err
	}
	some, err := p.collections(v)
	return append(all, some...), err
}

// collections reads what "attachment code" gives: a document or several.
func (p *preparation) collections(v python.Value) ([]python.Value, error) {
	if _, ok := python.Unwrap(v).(*python.Str); !ok {
		if _, err := p.th.GetAttr(v, "info"); err == nil {
			return []python.Value{v}, nil
		} else if _, missing := python.MissingName(err); missing {
			return nil, err
		}
	}
	if v == python.Value(python.None) {
		return nil, nil
	}
	if _, text := python.StringOf(v); text {
		return nil, python.Errorf(python.TypeError, "attachment code: text is no document; give the document itself, not its name")
	}
	var all []python.Value
	err := p.th.Each(v, func(v python.Value) error {
		some, err := p.collections(v)
		all = append(all, some...)
		return err
	})
	return all, err
}

// Assemble makes the documents of an attachment block without a question and
// assigns them to their variables.
func Assemble(th *python.Thread, sc *Scene, b *interview.Block) error {
	p := newDocuments(th, sc, b)
	_, err := p.assembled(b.Documents)
	return err
}

// newDocuments is a preparation of which only the documents are wanted.
func newDocuments(th *python.Thread, sc *Scene, b *interview.Block) *preparation {
	p := &preparation{th: th, sc: sc, ev: sc.Evaluation, b: b, scr: &screen.Screen{Lang: sc.Evaluation.Place().Language}}
	p.r = newRenderer(th, sc, p.scr)
	return p
}

// hiddenNote is where the book keeps the documents that have no variable.
const hiddenNote = "documents"

// before is the document that an attachment made when it was assembled last,
// or nil.
func (p *preparation) before(d *planned) *python.Instance {
	var v python.Value
	if d.a.Variable != nil {
		v, _ = evaluation.Find(p.th, d.a.Variable.Text)
	} else if all, ok := p.ev.Book().Misc[hiddenNote].(*python.Dict); ok {
		v, _ = all.GetStr(d.name)
	}
	i, ok := v.(*python.Instance)
	if !ok || len(textsIn(infoOf(i), "formats")) == 0 {
		return nil
	}
	return i
}

// keepDocument puts a document where it belongs.
func (p *preparation) keepDocument(d *planned, v python.Value) error {
	if d.a.Variable != nil {
		return evaluation.Write(p.th, d.a.Variable.Text, v)
	}
	misc := p.ev.Book().Misc
	all, ok := misc[hiddenNote].(*python.Dict)
	if !ok {
		all = python.NewDict()
		misc[hiddenNote] = all
	}
	all.SetStr(d.name, v)
	return nil
}

// infoOf is what a document says about itself, or nil.
func infoOf(i *python.Instance) *python.Dict {
	v, _ := i.Attrs.Get("info")
	d, _ := python.Unwrap(orNone(v)).(*python.Dict)
	return d
}

// textsIn lists the texts under a key.
func textsIn(d *python.Dict, key string) []string {
	if d == nil {
		return nil
	}
	v, ok := d.GetStr(key)
	if !ok {
		return nil
	}
	l, _ := python.Unwrap(v).(*python.List)
	if l == nil {
		return nil
	}
	var all []string
	for _, item := range l.Elems {
		if s, ok := python.StringOf(item); ok && !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}

// textIn is the text under a key, or "".
func textIn(d *python.Dict, key string) string {
	if d == nil {
		return ""
	}
	v, _ := d.GetStr(key)
	s, _ := python.StringOf(orNone(v))
	return s
}
