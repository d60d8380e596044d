package ask

import (
	"strings"

	"colloquy/engine/interview"
	"colloquy/engine/python"
	"colloquy/engine/screen"
)

// shownOrder is the order in which the formats of a document are listed; those
// that the author adds by hand follow.
var shownOrder = []string{"raw", "pdf", "rtf", "docx", "tex", "md"}

// editableFormats are those that people change, and printedFormats what else
// an attachment is sent as.
var editableFormats = []string{"rtf", "docx", "md"}

// listedDocument is a document as a screen lists it.
func (p *preparation) listedDocument(v python.Value) (screen.Document, error) {
	var d screen.Document
	i, ok := v.(*python.Instance)
	if !ok || infoOf(i) == nil {
		return d, python.Errorf(python.TypeError, "attachment code: %s is no document", v.Class().Name())
	}
	info := infoOf(i)
	title, about := strIn(info, "name"), strIn(info, "description")
	d.NameText = orElse(p.r.plain(title), p.word("Document"))
	d.Name = screen.HTML(orElse(string(p.r.html(title, true)), d.NameText))
	d.Description = p.r.html(about, false)
	d.Filename, d.Variable = textIn(info, "filename"), textIn(info, "orig_variable_name")
	d.Valid = textsIn(info, "valid_formats")
	formats, manual := textsIn(info, "formats"), textsIn(info, "manual_formats")
	for _, key := range append(append([]string{}, shownOrder...), manual...) {
		if !has(formats, key) || d.Has(key) {
			continue
		}
		f, err := p.listedFormat(i, info, key)
		if err != nil {
			return d, err
		}
		f.Manual = has(manual, key)
		d.Formats = append(d.Formats, f)
	}
	if has(formats, "html") {
		if content, ok := dictIn(info, "content").GetStr("html"); ok {
			s, _ := python.StringOf(content)
			d.Preview = screen.HTML(s)
		}
	}
	for _, key := range formats {
		if s := textIn(dictIn(info, "markdown"), key); s != "" && d.Markdown == "" {
			d.Markdown = s
		}
	}
	return d, nil
}

// dictIn is the dictionary under a key, an empty one if there is none.
func dictIn(d *python.Dict, key string) *python.Dict {
	v, _ := d.GetStr(key)
	if in, ok := python.Unwrap(orNone(v)).(*python.Dict); ok {
		return in
	}
	return python.NewDict()
}

// strIn is the text under a key, with what people typed in it.
func strIn(d *python.Dict, key string) *python.Str {
	v, _ := d.GetStr(key)
	if s, ok := python.Unwrap(orNone(v)).(*python.Str); ok {
		return s
	}
	return python.NewStr("")
}

// listedFormat is one file of a document.
func (p *preparation) listedFormat(i *python.Instance, info *python.Dict, key string) (screen.Format, error) {
	extension := orElse(textIn(dictIn(info, "extension"), key), key)
	f := screen.Format{Kind: key, Filename: textIn(info, "filename") + "." + extension,
		Content: textIn(dictIn(info, "content"), key), Markdown: textIn(dictIn(info, "markdown"), key)}
	v, _ := dictIn(info, "size").GetStr(key)
	f.Size, _ = python.IntOf(orNone(v))
	v, _ = dictIn(info, "pages").GetStr(key)
	f.Pages, _ = python.IntOf(orNone(v))
	file, err := p.th.GetAttr(i, key)
	if err != nil {
		return f, err
	}
	if in, ok := file.(*python.Instance); ok {
		if why, ok := in.Attrs.Get("_failed"); ok {
			f.Failed = true
			f.Problem, _ = python.StringOf(why)
			return f, nil
		}
		n, _ := in.Attrs.Get("number")
		f.Number, _ = python.IntOf(orNone(n))
	}
	url, err := p.th.CallMethod(file, "url_for")
	if err != nil {
		return f, err
	}
	f.URL, _ = python.StringOf(url)
	if f.Size == 0 {
		size, err := p.th.CallMethod(file, "size_in_bytes")
		if err == nil {
			f.Size, _ = python.IntOf(size)
		}
	}
	return f, nil
}

// offerEditable lets people have the files that they can change with the others,
// in a mail and in the archive of all, where there are any beside PDF files.
func (p *preparation) offerEditable(docs *interview.Documents, out *screen.Attachments) error {
	always, err := p.cond(docs.AlwaysIncludeEditable, false)
	if err != nil {
		return err
	}
	label := ""
	kinds, files := []string{}, 0
	for i := range out.Documents {
		d := &out.Documents[i]
		if !d.Has("pdf") {
			continue
		}
		for _, k := range editableFormats {
			if d.Has(k) {
				kinds, files = addAll(kinds, k), files+1
			}
		}
	}
	if len(kinds) > 0 {
		const any = "Include RTF/DOCX file(s) for editing" // what languages have a word for
		exact := editableLabel(kinds, files)
		if label = p.word(exact); label == exact && p.word("Include RTF/DOCX file(s) for editing") != any {
			label = p.word("Include RTF/DOCX file(s) for editing")
		}
	}
	if out.Email != nil {
		out.Email.Editable, out.Email.Always = label, always
	}
	if out.ZIP != nil {
		out.ZIP.Editable, out.ZIP.Always = label, always
	}
	return nil
}

// editableLabel is what the box says with which people ask for files to change.
func editableLabel(kinds []string, files int) string {
	names := map[string]string{"rtf": "RTF", "docx": "DOCX", "md": "Markdown"}
	var said []string
	for _, k := range editableFormats {
		if has(kinds, k) {
			said = append(said, names[k])
		}
	}
	list := said[0]
	if n := len(said); n > 1 {
		list = strings.Join(said[:n-1], ", ") + " and " + said[n-1]
	}
	if files == 1 {
		return "Include " + list + " file for editing"
	}
	return "Include " + list + " files for editing"
}
