package ask

import (
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"
	"unicode"

	"colloquy/engine/assemble"
	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/packages"
	"colloquy/engine/python"
)

// fileName is the name of the files of a document, without extension, and the
// extension of a raw one: what the author wrote, or the document's name, without
// what does not belong in file names.
func fileName(written, title string, a *interview.Attachment, formats []string) (name, extension string) {
	name = strings.Trim(cleaned(strings.ReplaceAll(strings.TrimSpace(written), "/", "_"), false), "._")
	if name == "" {
		name = strings.Trim(cleaned(strings.ReplaceAll(strings.TrimSpace(title), " ", "_"), true), "._")
	}
	if name == "" {
		name = "document"
	}
	extension = a.RawExtension
	ext := path.Ext(name)
	switch stem := strings.TrimSuffix(name, ext); {
	case stem == "" || ext == "":
	case a.Kind == interview.RawDocument:
		return stem, ext
	case has(formats, strings.ToLower(ext[1:])):
		return stem, extension
	}
	return name, extension
}

// cleaned is a name of letters, digits, underscores, dots, dashes and blanks.
func cleaned(s string, ascii bool) string {
	return strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("_.-", r), r == ' ' && !ascii:
			return r
		case r > unicode.MaxASCII && ascii:
			return -1
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			return r
		}
		return -1
	}, s)
}

// documentFile finds what a document refers to.
func (p *preparation) documentFile(ref string) (assemble.File, error) {
	ref = strings.TrimSpace(ref)
	if n, err := strconv.ParseInt(ref, 10, 64); err == nil {
		content, err := p.ev.StoredFile(n)
		return assemble.File{Name: ref, Content: content}, err
	}
	name := ref
	if img, ok := p.sc.Interview.Images[ref]; ok {
		name = img.Ref
	}
	section := packages.Static
	if strings.Contains(name, ":data/templates/") {
		section = packages.Templates
	}
	content, err := p.ev.ReadData(string(section), name)
	return assemble.File{Name: path.Base(name), Content: content}, err
}

// making is a document whose files are being made.
type making struct {
	*planned
	oldInfo                         *python.Dict
	files                           *python.List
	content, source                 *python.Dict
	extensions, mimes, size, prints *python.Dict
	pages                           *python.Dict
	list                            *python.List
}

// finish makes the files of a document and assigns it to its variable. What
// did not change keeps its file.
func (p *preparation) finish(d *planned) (python.Value, error) {
	if d.stays {
		return d.old, nil
	}
	m := &making{planned: d, files: python.NewList(), list: python.NewList(), content: python.NewDict(), source: python.NewDict(),
		extensions: python.NewDict(), mimes: python.NewDict(), size: python.NewDict(), prints: python.NewDict(), pages: python.NewDict()}
	if d.old != nil {
		m.oldInfo = infoOf(d.old)
	}
	for _, f := range d.formats {
		if m.given(extensionOf(f)) {
			continue
		}
		if err := p.makeFormat(m, f); err != nil {
			return nil, err
		}
	}
	manual := python.NewList()
	for _, g := range d.manual {
		m.add(g.extension, g.file)
		manual.Elems = append(manual.Elems, python.NewStr(g.extension))
	}
	v, err := p.gathered(m, manual)
	if err != nil {
		return nil, err
	}
	return v, p.keepDocument(d, v)
}

// given reports whether a file that is there already stands for a format.
func (m *making) given(extension string) bool {
	for _, g := range m.manual {
		if g.extension == extension {
			return true
		}
	}
	return false
}

func (m *making) add(key string, file python.Value) {
	m.list.Elems = append(m.list.Elems, python.NewStr(key))
	m.files.Elems = append(m.files.Elems, python.NewTuple(python.NewStr(key), file))
}

// extensionOf is the attribute and extension of a format.
func extensionOf(format string) string {
	if format == "rtf to docx" {
		return "docx"
	}
	return format
}

var documentTypes = map[string]string{"pdf": "application/pdf", "rtf": "application/rtf", "md": "text/markdown", "html": "text/html", "tex": "application/x-latex",
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}

// makeFormat makes one file of a document.
func (p *preparation) makeFormat(m *making, format string) error {
	key := extensionOf(format)
	extension := key
	if key == "raw" {
		extension = strings.TrimPrefix(m.extension, ".")
	}
	facts := python.NewDict()
	facts.SetStr("filename", python.NewStr(m.file+"."+extension))
	facts.SetStr("extension", python.NewStr(extension))
	if mime := documentTypes[extension]; mime != "" {
		facts.SetStr("mimetype", python.NewStr(mime))
		m.mimes.SetStr(key, python.NewStr(mime))
	}
	facts.SetStr("alt_text", altText(m.title, extension))
	m.extensions.SetStr(key, python.NewStr(extension))
	plan := m.plan
	if source, ok := m.sources[format]; ok {
		plan.Content = source
		p.keepSource(m, facts, &plan, format)
		if format == "html" {
			m.add(key, facts)
			return nil
		}
	}
	number, size, err := p.makeFile(m, &plan, format, m.file+"."+extension)
	var cannot *assemble.Unsupported
	if errors.As(err, &cannot) {
		p.note(m.a, cannot.Reason)
		m.add(key, python.NewStr(cannot.Reason))
		return nil
	}
	if err != nil {
		return err
	}
	facts.SetStr("number", python.Int(number))
	m.size.SetStr(key, python.Int(size))
	m.add(key, facts)
	return nil
}

// note tells the author in the log what is not as he wrote it.
func (p *preparation) note(a *interview.Attachment, text string) {
	line := fmt.Sprintf("attachment (%s): %s", a.Pos, text)
	if out := p.ev.Outcome(); !has(out.Logs, line) {
		out.Logs = append(out.Logs, line)
	}
}

func altText(title *python.Str, extension string) python.Value {
	return python.Concat(title, python.NewStr(" ("+strings.ToUpper(extension)+")"))
}

// keepSource notes the text that a format is made of.
func (p *preparation) keepSource(m *making, facts *python.Dict, plan *assemble.Plan, format string) {
	content, source := plan.Content, plan.Content
	switch format {
	case "html":
		content = python.NewStr(string(p.r.html(source, false)))
	case "md", "raw":
	default:
		source = python.Concat(python.NewStr(plan.Head(format)), source)
		content = source
	}
	facts.SetStr("content", content)
	facts.SetStr("markdown", source)
	m.content.SetStr(extensionOf(format), content)
	m.source.SetStr(extensionOf(format), source)
}

// makeFile renders a format, unless it is there already, and gives it a number.
func (p *preparation) makeFile(m *making, plan *assemble.Plan, format, name string) (number, size int64, err error) {
	key := extensionOf(format)
	print, known := plan.Digest(format)
	if known {
		print += " " + name
		if number, size, ok := m.unchanged(key, print); ok {
			m.prints.SetStr(key, python.NewStr(print))
			return number, size, nil
		}
	}
	place := p.ev.Place()
	inside, lang, plain, at := place.Inside, place.Language, place.Unredacted, place.Attachment
	defer func() { place.Inside, place.Language, place.Unredacted, place.Attachment = inside, lang, plain, at }()
	if m.a.Kind == interview.DOCXDocument {
		place.Inside, place.Language, place.Unredacted = "docx", plan.Options.Language, !plan.Options.Redact
		place.Attachment = &evaluation.Attachment{Name: m.title, Description: trimmed(m.about), Filename: m.file,
			UpdateReferences: plan.Options.UpdateReferences, PDFA: plan.Options.PDFA, Tagged: plan.Options.Tagged}
	}
	content, err := assemble.Render(p.th.Context(), plan, format)
	for _, w := range plan.Warnings {
		p.note(m.a, w)
	}
	if err != nil {
		return 0, 0, err
	}
	if !known {
		print = assemble.DigestOf(content) + " " + name
		if number, size, ok := m.unchanged(key, print); ok {
			m.prints.SetStr(key, python.NewStr(print))
			return number, size, nil
		}
	}
	m.prints.SetStr(key, python.NewStr(print))
	if n := assemble.Pages(content); n > 0 {
		m.pages.SetStr(key, python.Int(n))
	}
	number, err = p.ev.MakeFile(name, content)
	return number, int64(len(content)), err
}

// unchanged finds the file that was made of the same plan the last time.
func (m *making) unchanged(key, print string) (number, size int64, ok bool) {
	if m.oldInfo == nil {
		return 0, 0, false
	}
	prints, _ := m.oldInfo.GetStr("digests")
	sizes, _ := m.oldInfo.GetStr("size")
	was, _ := python.Unwrap(orNone(prints)).(*python.Dict)
	had, _ := python.Unwrap(orNone(sizes)).(*python.Dict)
	if was == nil || had == nil || textIn(was, key) != print {
		return 0, 0, false
	}
	file, _ := m.old.Attrs.Get(key)
	i, _ := file.(*python.Instance)
	if i == nil {
		return 0, 0, false
	}
	n, _ := i.Attrs.Get("number")
	v, _ := had.GetStr(key)
	if pages, ok := dictIn(m.oldInfo, "pages").GetStr(key); ok {
		m.pages.SetStr(key, pages)
	}
	number, is := python.IntOf(orNone(n))
	size, _ = python.IntOf(orNone(v))
	return number, size, is
}

// gathered makes the collection of the files.
func (p *preparation) gathered(m *making, manual *python.List) (python.Value, error) {
	info := python.NewDict()
	set := func(key string, v python.Value) { info.SetStr(key, v) }
	set("name", m.title)
	set("filename", python.NewStr(m.file))
	set("description", m.about)
	valid := python.NewList()
	if m.a.Kind == interview.ManualDocument {
		valid = manual
	}
	for _, f := range m.valid {
		valid.Elems = append(valid.Elems, python.NewStr(f))
	}
	set("valid_formats", valid)
	set("formats", m.list)
	attachment := python.NewDict()
	attachment.SetStr("name", m.title)
	attachment.SetStr("number", python.Int(m.a.Number))
	set("attachment", attachment)
	set("extension", m.extensions)
	set("mimetype", m.mimes)
	set("content", m.content)
	set("markdown", m.source)
	set("metadata", metadataDict(m.plan.Metadata))
	set("convert_to_pdf_a", python.Bool(m.plan.Options.PDFA))
	set("convert_to_tagged_pdf", python.Bool(m.plan.Options.Tagged))
	set("orig_variable_name", python.NewStr(m.name))
	set("raw", python.Bool(m.a.Kind == interview.RawDocument))
	set("permissions", m.access.dict())
	set("size", m.size)
	set("pages", m.pages)
	set("digests", m.prints)
	if len(manual.Elems) > 0 {
		set("manual_formats", manual)
	}
	attributes := python.NewDict()
	for key, b := range map[string]*bool{"private": m.access.private, "persistent": m.access.persistent} {
		if b != nil {
			attributes.SetStr(key, python.Bool(*b))
		}
	}
	return evaluation.CallLibrary(p.th, "document_collection", []python.Value{python.NewStr(m.name), info, m.files, attributes})
}

func metadataDict(list []assemble.Metadatum) *python.Dict {
	d := python.NewDict()
	for _, m := range list {
		switch v := m.Value.(type) {
		case *python.Str:
			d.SetStr(m.Key, v)
		case []*python.Str:
			l := python.NewList()
			for _, s := range v {
				l.Elems = append(l.Elems, s)
			}
			d.SetStr(m.Key, l)
		case bool:
			d.SetStr(m.Key, python.Bool(v))
		}
	}
	return d
}

// dict is who may see the files, as the document says it.
func (a *access) dict() python.Value {
	d := python.NewDict()
	for _, part := range []struct {
		key string
		v   *bool
	}{{"private", a.private}, {"persistent", a.persistent}} {
		d.SetStr(part.key, python.None)
		if part.v != nil {
			d.SetStr(part.key, python.Bool(*part.v))
		}
	}
	d.SetStr("users", orNone(a.users))
	d.SetStr("privileges", orNone(a.privileges))
	return d
}
