// Package packages finds interviews, modules, templates, sources and static
// files by their names.
//
// A name is a package and a path in it, "docassemble.demo:data/questions/a.yml".
// A Library looks for the package in the places it was given, in their order: a
// folder with one folder per package or with package checkouts, a single
// package, a folder of loose YAML files. Everything is read through fs.FS; what
// lies on disk is opened as an os.Root, so that no name and no symbolic link
// leads out of its place.
//
// The package reads bytes and says whether they have changed since. What they
// mean is left to interview, python and the handlers.
package packages

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"

	"colloquy/engine/fault"
)

// A Library is the places in which packages are found. Add places before it is
// shared; after that it is safe for concurrent use. It notices packages and
// files that come, change and go.
type Library struct {
	places []place
}

// A place holds packages.
type place interface {
	find(pkg string) (root, bool)
	packages() []string
}

// A root is where one package is.
type root struct {
	fsys fs.FS
	dir  string   // the package's folder in fsys; "." for its top
	flat bool     // loose files, without a data folder
	only []string // the files that count as interviews if flat; nil means all
}

// AddPackage makes fsys the root of the package called name: it holds
// data/questions and the modules. For packages that are embedded in the binary.
func (l *Library) AddPackage(name string, fsys fs.FS) error {
	if !packageName.MatchString(name) {
		return fmt.Errorf("%q cannot be the name of a package", name)
	}
	l.places = append(l.places, single{name, root{fsys: fsys, dir: "."}})
	return nil
}

// AddFolder adds a folder that holds one folder per package
// (docassemble.demo/data/questions/...) or package checkouts
// (docassemble-demo/docassemble/demo/data/questions/...), or is a checkout.
func (l *Library) AddFolder(fsys fs.FS) {
	l.places = append(l.places, newFolder(fsys))
}

// A single is a place that holds one package.
type single struct {
	name string
	root
}

func (s single) find(pkg string) (root, bool) { return s.root, pkg == s.name }
func (s single) packages() []string           { return []string{s.name} }

// find gives the root of a package: that of the first place that has it.
func (l *Library) find(pkg string) (root, bool) {
	for _, p := range l.places {
		if r, ok := p.find(pkg); ok {
			return r, true
		}
	}
	return root{}, false
}

// Has reports whether there is a package of that name.
func (l *Library) Has(pkg string) bool {
	_, ok := l.find(pkg)
	return ok
}

// Packages lists the packages there are, in order of their names.
func (l *Library) Packages() []string {
	all := map[string]bool{}
	for _, p := range l.places {
		for _, name := range p.packages() {
			all[name] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// real gives the path of a file of the package in its file system, and whether
// a name may lead there at all: to what is in data, and to modules.
func (r root) real(path string) (string, bool) {
	if r.flat {
		return r.loose(path)
	}
	if !strings.HasPrefix(path, "data/") && !strings.HasSuffix(path, ".py") {
		return "", false
	}
	if r.dir == "." {
		return path, true
	}
	return r.dir + "/" + path, true
}

// loose gives the place of a file in a folder without a data folder: interviews
// and modules lie in it, other files in static, templates and sources below it.
// Nothing else in the folder can be reached.
func (r root) loose(path string) (string, bool) {
	if strings.HasSuffix(path, ".py") {
		return path, !strings.Contains(path, "/")
	}
	path, ok := strings.CutPrefix(path, "data/")
	if !ok {
		return "", false
	}
	section, rest, _ := strings.Cut(path, "/")
	switch Section(section) {
	case Questions:
		return rest, isYAML(rest) && !strings.Contains(rest, "/")
	case Static, Templates, Sources:
		return path, rest != ""
	}
	return "", false
}

func isYAML(path string) bool {
	return strings.HasSuffix(path, ".yml") || strings.HasSuffix(path, ".yaml")
}

// at gives file system and path for a name, or a fault.NotFound.
func (l *Library) at(n Name) (fs.FS, string, error) {
	if !n.Valid() {
		return nil, "", missing(n, fs.ErrInvalid)
	}
	r, ok := l.find(n.Package)
	if !ok {
		return nil, "", missing(n, fmt.Errorf("there is no package %s", n.Package))
	}
	path, ok := r.real(n.Path)
	if !ok {
		return nil, "", missing(n, fs.ErrNotExist)
	}
	return r.fsys, path, nil
}

func missing(n Name, cause error) error {
	if errors.Is(cause, fs.ErrNotExist) {
		cause = fmt.Errorf("%s: %w", n, fs.ErrNotExist) // where it lies on disk is nobody's business
	} else {
		cause = fmt.Errorf("%s: %w", n, cause)
	}
	return fault.New(fault.NotFound, "There is no file of that name.", cause)
}

// Open opens a file. The error is a fault.NotFound if there is none; folders
// count as none.
func (l *Library) Open(n Name) (fs.File, error) {
	fsys, path, err := l.at(n)
	if err != nil {
		return nil, err
	}
	f, err := fsys.Open(path)
	if err != nil {
		return nil, missing(n, err)
	}
	if info, err := f.Stat(); err != nil || info.IsDir() {
		f.Close()
		return nil, missing(n, fs.ErrNotExist)
	}
	return f, nil
}

// A Stamp tells whether a file has changed without reading it. It is comparable.
type Stamp struct {
	Size int64
	Time time.Time
}

// Stat gives the stamp of a file, or a fault.NotFound.
func (l *Library) Stat(n Name) (Stamp, error) {
	fsys, path, err := l.at(n)
	if err != nil {
		return Stamp{}, err
	}
	info, err := fs.Stat(fsys, path)
	if err != nil || info.IsDir() {
		return Stamp{}, missing(n, fs.ErrNotExist)
	}
	return Stamp{Size: info.Size(), Time: info.ModTime().UTC()}, nil
}

// ReadFile gives the content of a file and its stamp from before reading, so
// that a change in between is noticed later. The error is a fault.NotFound.
func (l *Library) ReadFile(n Name) ([]byte, Stamp, error) {
	stamp, err := l.Stat(n)
	if err != nil {
		return nil, Stamp{}, err
	}
	fsys, path, err := l.at(n)
	if err != nil {
		return nil, Stamp{}, err
	}
	content, err := fs.ReadFile(fsys, path)
	if err != nil {
		return nil, Stamp{}, missing(n, err)
	}
	return content, stamp, nil
}

// Changed reports whether any of the files has another stamp now, or is gone.
// A file with a zero Stamp is one that was looked for and not found: it has
// changed when it is there.
func (l *Library) Changed(files map[Name]Stamp) bool {
	for n, was := range files {
		now, err := l.Stat(n)
		if err != nil {
			now = Stamp{}
		}
		if now != was {
			return true
		}
	}
	return false
}

// Hash gives a short name for a content: equal for equal contents only.
func Hash(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:16])
}

// Resolve finds the file that a reference in package from means: Parse, and a
// look whether it is there. A question file that is named without a package and
// not in its own is looked for in docassemble.base. The error is a
// fault.Invalid or fault.NotFound.
func (l *Library) Resolve(ref, from string, in Section) (Name, error) {
	n, err := Parse(ref, from, in)
	if err != nil {
		return Name{}, err
	}
	_, err = l.Stat(n)
	if err != nil && in == Questions && !strings.Contains(ref, ":") {
		other := Name{Package: base, Path: n.Path}
		if _, err := l.Stat(other); err == nil {
			return other, nil
		}
	}
	if err != nil {
		return Name{}, err
	}
	return n, nil
}

// Interviews lists the YAML files among the questions of a package, in order of
// their paths. Names that begin with a dot are left out.
func (l *Library) Interviews(pkg string) []Name {
	r, ok := l.find(pkg)
	if !ok {
		return nil
	}
	top := r.dir
	if !r.flat {
		top, _ = r.real("data/" + string(Questions))
	}
	var all []Name
	// What cannot be read is not listed; opening it says why.
	_ = fs.WalkDir(r.fsys, top, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil
		case d.IsDir():
			if path != top && (r.flat || strings.HasPrefix(d.Name(), ".")) {
				return fs.SkipDir
			}
			return nil
		case !isYAML(path) || strings.HasPrefix(d.Name(), "."):
			return nil
		case r.only != nil && !slices.Contains(r.only, path):
			return nil
		}
		below := strings.TrimPrefix(strings.TrimPrefix(path, top), "/")
		if n := (Name{Package: pkg, Path: "data/" + string(Questions) + "/" + below}); n.Valid() {
			all = append(all, n)
		}
		return nil
	})
	return all
}
