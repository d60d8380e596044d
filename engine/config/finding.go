package config

import (
	"fmt"
	"slices"
	"strings"
)

// A Finding is one thing to say about a configuration.
type Finding struct {
	File    string // the file, or the environment variable a value came from
	Line    int    // 1-based; 0 when it is not about a place in the file
	Col     int    // 1-based; 0 when it is not about a place in the file
	Key     string // the key, sections first: "mail: use tls"; "" for the whole file
	Message string // what is wrong and what would be right; never a value that may be secret
	Warning bool   // the server can start all the same
}

// String gives "file:line:col: key: message".
func (f Finding) String() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", f.Line, f.Col)
	}
	for _, part := range []string{f.Key, f.Message} {
		if part == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(": ")
		}
		b.WriteString(part)
	}
	if f.Warning {
		b.WriteString(" (warning)")
	}
	return b.String()
}

// Findings is everything there is to say about a configuration, in the order of
// the file. As an error it contains at least one Finding that is no warning.
type Findings []Finding

// Error gives one finding to a line.
func (fs Findings) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}

func (fs Findings) sort() {
	slices.SortStableFunc(fs, func(a, b Finding) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Col - b.Col
	})
}
