package ask

import (
	"archive/zip"
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"colloquy/engine/interview"
	"colloquy/engine/python"
)

// sent are the files of documents that leave together.
type sent struct {
	names []string // of the documents
	files []python.Value
}

// sentFiles picks the files of the documents of a block that are mailed or put
// in an archive: of every document the PDF file and what the author added by
// hand; files to be changed too if they are wanted or there is no PDF file.
func (p *preparation) sentFiles(docs *interview.Documents, editable bool) (*sent, error) {
	always, err := p.cond(docs.AlwaysIncludeEditable, false)
	if err != nil {
		return nil, err
	}
	all, err := p.assembled(docs)
	if err != nil {
		return nil, err
	}
	out := &sent{}
	for _, v := range all {
		d, err := p.listedDocument(v)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out.names, d.NameText) {
			out.names = append(out.names, d.NameText)
		}
		for _, f := range d.Formats {
			wanted := f.Kind == "pdf" || f.Kind == "raw" || f.Manual || editable || always || !d.Has("pdf")
			if f.Failed || !wanted {
				continue
			}
			file, err := p.th.GetAttr(v, f.Kind)
			if err != nil {
				return nil, err
			}
			out.files = append(out.files, file)
		}
	}
	return out, nil
}

// Archive puts the documents of a question's screen into a ZIP file ("allow
// downloading") and tells its name. The name is "" if the author offers none.
func Archive(th *python.Thread, sc *Scene, b *interview.Block, editable bool) (name string, content []byte, err error) {
	docs := b.Documents
	if docs == nil {
		return "", nil, nil
	}
	p := newDocuments(th, sc, b)
	if allowed, err := p.cond(docs.AllowDownloading, false); err != nil || !allowed {
		return "", nil, err
	}
	if name, err = p.text(docs.ZipFilename); err != nil {
		return "", nil, err
	}
	if name = strings.Trim(cleaned(strings.ReplaceAll(name, "/", "_"), false), "._ "); name == "" {
		name = "file"
	}
	s, err := p.sentFiles(docs, editable)
	if err != nil {
		return "", nil, err
	}
	if !strings.HasSuffix(strings.ToLower(name), ".zip") {
		name += ".zip"
	}
	content, err = p.zipped(s.files, p.ev.Now())
	return name, content, err
}

// zipped puts files into an archive; of two with one name the second is
// numbered.
func (p *preparation) zipped(files []python.Value, now time.Time) ([]byte, error) {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	taken := map[string]bool{}
	for _, f := range files {
		v, err := p.th.GetAttr(f, "filename")
		if err != nil {
			return nil, err
		}
		name, _ := python.StringOf(v)
		if v, err = p.th.CallMethod(f, "slurp", python.False); err != nil {
			return nil, err
		}
		content, ok := v.(*python.Bytes)
		if !ok {
			return nil, python.Errorf(python.ValueError, "the file %s cannot be read", name)
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: unique(path.Base(name), taken), Method: zip.Deflate, Modified: now})
		if err != nil {
			return nil, fmt.Errorf("write an archive: %w", err)
		}
		if _, err := w.Write([]byte(content.Data())); err != nil {
			return nil, fmt.Errorf("write an archive: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("write an archive: %w", err)
	}
	return buf.Bytes(), nil
}

func unique(name string, taken map[string]bool) string {
	ext := path.Ext(name)
	try := name
	for n := 1; taken[try]; n++ {
		try = fmt.Sprintf("%s_%03d%s", strings.TrimSuffix(name, ext), n, ext)
	}
	taken[try] = true
	return try
}
