package ask

import (
	"mime"
	"path"
	"strings"
	"unicode"

	"colloquy/engine/picture"
	"colloquy/engine/python"
	"colloquy/engine/screen"
)

// takeFiles keeps what was uploaded for a field and makes it a DAFileList, or
// a DAFile for a signature.
func (r *receiver) takeFiles(d *draft, f *screen.Field) error {
	var list []Upload
	for _, u := range r.form.Files {
		if u.Name != f.Name || u.Filename == "" {
			continue
		}
		if !f.Multiple {
			list = nil // the last one counts
		}
		u.Filename, u.MIME = plainName(u.Filename), plainType(u.MIME)
		list = append(list, u)
	}
	if len(list) == 0 {
		if f.Required {
			f.Error = r.message(d, f, "file required")
			if d.field.Datatype == "signature" {
				f.Error = r.p.word("You must sign your name to continue.")
			}
			r.wrong = true
			return nil
		}
		r.set(d.field.Variable.Text, python.None)
		return nil
	}
	for _, u := range list {
		if accept := f.Accepts(); accept != "" && !accepted(accept, u) {
			f.Error = r.message(d, f, "accept")
			r.wrong = true
			return nil
		}
	}
	for i := range list {
		resize(f, &list[i])
	}
	r.sets = append(r.sets, assignment{variable: d.field.Variable.Text, change: func(name string) error {
		return r.keepFiles(d, name, list)
	}})
	return nil
}

// resize makes a picture as the field wants it. What is no picture that can be
// read here is kept as it came.
func resize(f *screen.Field, u *Upload) {
	if f.MaxImageSize <= 0 && f.ImageType == "" {
		return
	}
	content, kind, err := picture.Fit(u.Content, f.MaxImageSize, picture.Format(f.ImageType))
	if err != nil {
		return
	}
	if kind != picture.TypeOf(u.Content) {
		u.Filename = strings.TrimSuffix(u.Filename, path.Ext(u.Filename)) + picture.Ending(kind)
	}
	u.Content, u.MIME, u.Size = content, kind, int64(len(content))
}

// longestName is how many bytes of a file's name are kept, as on most disks.
const longestName = 255

// plainName is the name of a file without the folders that it lay in, without
// what makes it look like another, and no longer than disks allow; its end stays.
func plainName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) {
			return -1
		}
		return c
	}, strings.ToValidUTF8(name, ""))
	if strings.Trim(name, ". ") == "" {
		return "file"
	}
	ending := path.Ext(name)
	if len(ending) > longestName/2 {
		ending = ""
	}
	if len(name) > longestName {
		name = strings.ToValidUTF8(name[:longestName-len(ending)], "") + ending
	}
	return name
}

// plainType is the type of a file without parameters; what is no type says
// nothing about the file.
func plainType(kind string) string {
	plain, _, err := mime.ParseMediaType(kind)
	if err != nil || !strings.Contains(plain, "/") {
		return "application/octet-stream"
	}
	return plain
}

func accepted(accept string, u Upload) bool {
	for _, want := range strings.Split(accept, ",") {
		want = strings.ToLower(strings.TrimSpace(want))
		switch {
		case strings.HasPrefix(want, ".") && strings.HasSuffix(strings.ToLower(u.Filename), want):
			return true
		case strings.HasSuffix(want, "/*") && strings.HasPrefix(strings.ToLower(u.MIME), strings.TrimSuffix(want, "*")):
			return true
		case want == strings.ToLower(u.MIME):
			return true
		}
	}
	return false
}

func (r *receiver) keepFiles(d *draft, name string, list []Upload) error {
	var items []python.Value
	for _, u := range list {
		n, err := r.p.ev.KeepFile(u)
		if err != nil {
			return err
		}
		items = append(items, python.NewTuple(python.Int(n), python.Outside(u.Filename), python.NewStr(u.MIME)))
	}
	fn := "files_from_upload"
	if d.field.Datatype == "signature" {
		fn = "file_from_signature"
	}
	v, err := r.library(fn, python.NewStr(name), python.NewList(items...))
	if err != nil {
		return err
	}
	p, ok := r.p.ev.Paths().Parse(d.field.Variable.Text)
	if !ok {
		return python.Errorf(python.NameError, "%s is not the name of a variable", d.field.Variable.Text)
	}
	return p.Write(r.p.th, r.p.sc.Answers, v)
}
