package packages

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
)

// namespace is the folder of a checkout that holds its packages.
const namespace = "docassemble"

// A folder is a place that holds many packages. It remembers where they are and
// looks again when one is not where it was.
type folder struct {
	fsys fs.FS

	mu    sync.Mutex
	known map[string]string // folder of each package
}

func newFolder(fsys fs.FS) *folder { return &folder{fsys: fsys} }

func (f *folder) find(pkg string) (root, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	dir, ok := f.known[pkg]
	if !ok || !isDir(f.fsys, dir) {
		f.known = survey(f.fsys)
		dir, ok = f.known[pkg]
	}
	return root{fsys: f.fsys, dir: dir}, ok
}

func (f *folder) packages() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.known = survey(f.fsys)
	return slices.Sorted(maps.Keys(f.known))
}

// survey finds the packages in a folder. A folder named as the package wins
// over a checkout that contains it, and of several checkouts the first.
func survey(fsys fs.FS) map[string]string {
	found := map[string]string{}
	checkouts := []string{"."}
	for _, name := range folders(fsys, ".") {
		if packageName.MatchString(name) && isPackage(fsys, name) {
			found[name] = name
		}
		checkouts = append(checkouts, name)
	}
	for _, dir := range checkouts {
		inside := namespace
		if dir != "." {
			inside = dir + "/" + namespace
		}
		for _, name := range folders(fsys, inside) {
			pkg := namespace + "." + name
			if _, taken := found[pkg]; !taken && packageName.MatchString(pkg) && isPackage(fsys, inside+"/"+name) {
				found[pkg] = inside + "/" + name
			}
		}
	}
	return found
}

// isPackage tells a package from other folders: it has a data folder or is a
// Python package.
func isPackage(fsys fs.FS, dir string) bool {
	if isDir(fsys, dir+"/data") {
		return true
	}
	info, err := fs.Stat(fsys, dir+"/__init__.py")
	return err == nil && !info.IsDir()
}

func isDir(fsys fs.FS, dir string) bool {
	info, err := fs.Stat(fsys, dir)
	return err == nil && info.IsDir()
}

// folders lists the folders in dir that are not hidden, links to folders
// included, in order of their names.
func folders(fsys fs.FS, dir string) []string {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") || !e.IsDir() && e.Type()&fs.ModeSymlink == 0 {
			continue
		}
		if e.IsDir() || isDir(fsys, dir+"/"+name) {
			names = append(names, name)
		}
	}
	return names
}
