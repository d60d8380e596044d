// Package transcript plays conversations that are written down as text, against
// the engine alone: no HTTP, no database, a clock that stands still and chance
// that repeats itself.
//
// A transcript is a txtar file: a sentence, the interview with whatever belongs
// to it, and the talk.
//
//	A link in a question changes an earlier answer.
//	-- interview.yml --
//	...
//	-- talk --
//	[Which vegetable?] veg:text
//	> veg=turnip
//	[You like turnip.]
//
// Files without a folder lie in data/questions; modules/x.py is the module x of
// the interview's package; sources/, templates/ and static/ are the folders of
// these names below data; web/HOST/PATH is what another server answers to calls
// of the requests module. Lines that begin with ">" are said by the person (see
// Play); everything else is what the engine shows.
//
// The package drives engine/run as the handlers do, posting what a browser
// would post. What HTTP adds (cookies, redirects, fragments) is left to the
// tests of handlers, storage to those of sql/store.
package transcript

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing/fstest"

	"golang.org/x/tools/txtar"
)

// A Transcript is one conversation as text.
type Transcript struct {
	Name    string // of the file, without folder and extension
	About   string // the sentence at its top
	Talk    string
	archive *txtar.Archive
}

// Parse reads a transcript. The name of the file names the interview's package
// while it is played.
func Parse(file string, text []byte) (*Transcript, error) {
	a := txtar.Parse(text)
	t := &Transcript{Name: strings.TrimSuffix(path.Base(file), path.Ext(file)), About: string(a.Comment), archive: a}
	if strings.TrimSpace(t.About) == "" {
		return nil, fmt.Errorf("%s: a transcript begins with a sentence that says what it shows", file)
	}
	for _, f := range a.Files {
		if f.Name == "talk" {
			t.Talk = string(f.Data)
			return t, nil
		}
	}
	return nil, fmt.Errorf("%s: %w", file, errors.New("there is no -- talk --"))
}

// Format writes the transcript with another talk.
func (t *Transcript) Format(talk string) []byte {
	a := &txtar.Archive{Comment: t.archive.Comment}
	for _, f := range t.archive.Files {
		if f.Name == "talk" {
			f.Data = []byte(talk)
		}
		a.Files = append(a.Files, f)
	}
	return txtar.Format(a)
}

// pkg is the package that the transcript's files make up.
func (t *Transcript) pkg() string { return "transcript." + t.Name }

// files is that package.
func (t *Transcript) files() fs.FS {
	out := fstest.MapFS{}
	for _, f := range t.archive.Files {
		if f.Name == "talk" || strings.HasPrefix(f.Name, "web/") {
			continue
		}
		out[placeOf(f.Name)] = &fstest.MapFile{Data: f.Data}
	}
	return out
}

func placeOf(name string) string {
	folder, rest, ok := strings.Cut(name, "/")
	switch {
	case !ok:
		return "data/questions/" + name
	case folder == "modules":
		return rest
	}
	return "data/" + name
}

// file returns the content of a file of the transcript.
func (t *Transcript) file(name string) ([]byte, bool) {
	for _, f := range t.archive.Files {
		if f.Name == name {
			return f.Data, true
		}
	}
	return nil, false
}
