package run

import (
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/packages"
	"colloquy/engine/python"
)

// attach puts the file that an interview responds with into the response: a
// file of the session by its number, or a static file of a package.
func (s *step) attach(r *evaluation.Respond) {
	if r.File == "" {
		return
	}
	content, name, kind, ok := s.file(r.File)
	r.File = ""
	if !ok {
		r.Status, r.ContentType, r.Body = http.StatusNotFound, "text/plain; charset=utf-8", []byte("File not found")
		return
	}
	if r.ContentType == "" {
		r.ContentType = kind
	}
	r.Body, r.Name = content, name
}

func (s *step) file(ref string) (content []byte, named, kind string, ok bool) {
	if n, err := strconv.ParseInt(strings.TrimSpace(ref), 10, 64); err == nil {
		content, err := (&world{s: s}).StoredFile(n)
		note, _ := s.state.Book.Misc[fileNote(n)].(*python.Tuple)
		if err != nil || note == nil || len(note.Elems) != 2 {
			return nil, "", "", false
		}
		named, _ = python.StringOf(note.Elems[0])
		kind, _ = python.StringOf(note.Elems[1])
		return content, named, kind, true
	}
	name, err := s.r.programs.Packages().Resolve(ref, s.iv.Package, packages.Static)
	if err != nil {
		return nil, "", "", false
	}
	content, _, err = s.r.programs.Packages().ReadFile(name)
	return content, path.Base(name.Path), kindOfFile(name.Path), err == nil
}

func kindOfFile(name string) string {
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		return kind
	}
	return "application/octet-stream"
}
