// Package demo holds the demonstration interviews: what a visitor of a fresh
// server can try, and what an author can copy from.
//
// They are ordinary interviews in an ordinary package folder, embedded in the
// program; nothing in the engine knows them. Offering and running them is left
// to whoever opens the package.
package demo

import (
	"embed"
	"io/fs"
)

// Package is the dotted name under which the interviews are known:
// "colloquy.demo:data/questions/vegetables.yml".
const Package = "colloquy.demo"

//go:embed data
var files embed.FS

// Files returns the package: data/questions, and what the interviews there need
// of data/static, data/templates and data/sources, lie at its root.
func Files() fs.FS { return files }
