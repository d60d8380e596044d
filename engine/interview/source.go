package interview

import (
	"fmt"
	"strings"

	"colloquy/engine/fault"
	"colloquy/engine/packages"
)

// A Source gives the files an interview consists of; *packages.Library is one.
type Source interface {
	// ReadFile returns a file and a stamp by which a later change is noticed.
	// The error is a fault.NotFound if there is no such file.
	ReadFile(n packages.Name) ([]byte, packages.Stamp, error)
}

// missing reports whether an error says that a file is not there.
func missing(err error) bool { return fault.KindOf(err) == fault.NotFound }

// readFile reads a file and remembers in which state it was found.
func (l *loader) readFile(n packages.Name) (string, error) {
	text, stamp, err := l.src.ReadFile(n)
	if err == nil || missing(err) {
		l.in.Stamps[n] = stamp
	}
	return string(text), err
}

// file gives the name of the file that a value refers to, and reports a value
// that cannot be one.
func (b *builder) fileName(n *Node, in packages.Section) (packages.Name, bool) {
	if !n.Scalar() || n.Kind == Null {
		b.errorf(n.Pos, "the name of a file is wanted, not %s", n.Kind)
		return packages.Name{}, false
	}
	name, err := packages.Parse(strings.TrimSpace(n.Written()), b.unit.pkg, in)
	if err != nil {
		b.fixf(n.Pos, "write file or package:file", "%q cannot be the name of a file", n.Written())
		return packages.Name{}, false
	}
	return name, true
}

// ref gives the full reference of the file that a value refers to.
func (b *builder) ref(n *Node, in packages.Section) string {
	name, ok := b.fileName(n, in)
	if !ok {
		return ""
	}
	return name.String()
}

// refs gives the full references of one file or a list of them.
func (b *builder) refs(n *Node, in packages.Section) []string {
	var out []string
	for _, item := range listOf(n) {
		if ref := b.ref(item, in); ref != "" {
			out = append(out, ref)
		}
	}
	return out
}

// asset reads a file that a block names, reporting what goes wrong.
func (b *builder) asset(n *Node, in packages.Section, what string) (text, ref string, ok bool) {
	name, ok := b.fileName(n, in)
	if !ok {
		return "", "", false
	}
	text, err := b.readFile(name)
	switch {
	case missing(err):
		b.reportKind(ProblemFile, Error, n.Pos, "", fmt.Sprintf("there is no %s %s", what, name))
		return "", "", false
	case err != nil:
		b.errorf(n.Pos, "%s cannot be read: %v", name, err)
		return "", "", false
	}
	return text, name.String(), true
}
