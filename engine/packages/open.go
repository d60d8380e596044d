package packages

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Loose is the name of the package that loose YAML files belong to.
const Loose = "local"

// OpenFolder adds the folder at path, as AddFolder does. A folder that is itself
// one package, with data/questions in it, works too and has its folder's name.
func (l *Library) OpenFolder(path string) error {
	abs, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("packages in %s: %w", path, err)
	}
	if _, err := l.openPackage(abs); err != nil {
		return fmt.Errorf("packages in %s: %w", path, err)
	}
	return nil
}

// OpenPath adds what a person named on the command line and gives the
// interviews that are meant:
//   - a YAML file inside a package is that interview of that package;
//   - any other YAML file is an interview of the package "local", which also
//     has the other YAML files and modules beside it, and the folders static,
//     templates and sources if they are there;
//   - a folder is a package, a checkout or a folder of packages, with all their
//     interviews, else a folder of such loose YAML files.
func (l *Library) OpenPath(path string) ([]Name, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	info, err := os.Stat(abs)
	switch {
	case err != nil:
		return nil, fmt.Errorf("open %s: there is no such file or folder", path)
	case info.IsDir():
		return l.openDir(abs)
	case !isYAML(abs):
		return nil, fmt.Errorf("open %s: an interview is a file that ends in .yml or .yaml", path)
	}
	if dir, inside, ok := packageAround(abs); ok {
		pkg, err := l.openPackage(dir)
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", path, err)
		}
		return []Name{{Package: pkg[0], Path: inside}}, nil
	}
	return l.openLoose(filepath.Dir(abs), filepath.Base(abs))
}

func (l *Library) openDir(abs string) ([]Name, error) {
	pkgs, err := l.openPackage(abs)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", abs, err)
	}
	var all []Name
	for _, pkg := range pkgs {
		all = append(all, l.Interviews(pkg)...)
	}
	if len(all) > 0 {
		return all, nil
	}
	return l.openLoose(abs, "")
}

// openPackage adds the folder at abs, a package or a folder of packages, and
// gives the names of its packages.
func (l *Library) openPackage(abs string) ([]string, error) {
	fsys, err := openRoot(abs)
	if err != nil {
		return nil, err
	}
	name := filepath.Base(abs)
	if filepath.Base(filepath.Dir(abs)) == namespace {
		name = namespace + "." + name
	}
	if isDir(fsys, "data/"+string(Questions)) && packageName.MatchString(name) {
		l.places = append(l.places, single{name, root{fsys: fsys, dir: "."}})
		return []string{name}, nil
	}
	f := newFolder(fsys)
	l.places = append(l.places, f)
	return f.packages(), nil
}

// openLoose adds a folder of loose YAML files of which only the named one, or
// all if name is "", count as interviews.
func (l *Library) openLoose(dir, name string) ([]Name, error) {
	fsys, err := openRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", dir, err)
	}
	s := single{l.looseName(), root{fsys: fsys, dir: ".", flat: true}}
	if name != "" {
		s.only = []string{name}
	}
	l.places = append(l.places, s)
	all := l.Interviews(s.name)
	if len(all) == 0 {
		return nil, fmt.Errorf("open %s: there is no interview: no file ends in .yml or .yaml", filepath.Join(dir, name))
	}
	return all, nil
}

// looseName gives the name of the next package of loose files: local, local2...
func (l *Library) looseName() string {
	taken := l.Packages()
	name := Loose
	for i := 2; slices.Contains(taken, name); i++ {
		name = fmt.Sprint(Loose, i)
	}
	return name
}

// packageAround finds the package that a file lies in: the folder above
// data/questions, and the file's path below it.
func packageAround(abs string) (dir, inside string, ok bool) {
	marker := string(filepath.Separator) + filepath.Join("data", string(Questions)) + string(filepath.Separator)
	i := strings.LastIndex(abs, marker)
	if i < 1 {
		return "", "", false
	}
	return abs[:i], filepath.ToSlash(abs[i+1:]), true
}

// openRoot opens a folder so that nothing in it leads out of it.
func openRoot(dir string) (fs.FS, error) {
	r, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open folder: %w", err)
	}
	return r.FS(), nil
}
