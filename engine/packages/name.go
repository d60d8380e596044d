package packages

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"colloquy/engine/fault"
)

// A Section is one of the folders below a package's data folder.
type Section string

// The sections of a package.
const (
	Questions Section = "questions"
	Templates Section = "templates"
	Static    Section = "static"
	Sources   Section = "sources"
)

// base is the package whose questions any interview may include by file name.
const base = "docassemble.base"

// A Name names one file of one package. It is comparable.
type Name struct {
	Package string // dotted: "docassemble.demo"
	Path    string // below the package's root: "data/questions/hello.yml", "util.py"
}

// String gives the full form, "docassemble.demo:data/questions/hello.yml".
func (n Name) String() string { return n.Package + ":" + n.Path }

// Base gives the last part of the path, "hello.yml".
func (n Name) Base() string { return n.Path[strings.LastIndexByte(n.Path, '/')+1:] }

var packageName = regexp.MustCompile(`^[\pL_][\pL\pN_-]*(\.[\pL_][\pL\pN_-]*)*$`)

// Valid reports whether the name can be that of a file: a dotted package name
// and a slash-separated path that leads nowhere but down and to nothing hidden.
func (n Name) Valid() bool {
	return packageName.MatchString(n.Package) && n.Path != "." && fs.ValidPath(n.Path) &&
		!strings.ContainsAny(n.Path, "\\\x00:") && n.Path[0] != '.' && !strings.Contains(n.Path, "/.")
}

// Parse reads a reference to a file as authors write it. The full form is
// "package:data/static/x.png". Without a package it is the package from, the one
// that the reference stands in; without "data/" it is in the given section.
// The file need not exist. The error is a fault.Invalid.
func Parse(ref, from string, in Section) (Name, error) {
	n := Name{Package: from, Path: strings.TrimSpace(ref)}
	if pkg, path, ok := strings.Cut(n.Path, ":"); ok {
		n = Name{Package: strings.TrimSpace(pkg), Path: strings.TrimSpace(path)}
	}
	if !strings.HasPrefix(n.Path, "data/") {
		n.Path = "data/" + string(in) + "/" + n.Path
	}
	if !n.Valid() {
		return Name{}, fault.New(fault.Invalid, "There is no file of that name.",
			fmt.Errorf("%q does not name a file: the form is package:data/%s/file", ref, in))
	}
	return n, nil
}
