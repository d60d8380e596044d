// Package static holds the files that browsers load: the theme, our script,
// the icon font. They are built from views/assets and committed; nothing here
// is written by hand. Serving them is left to handlers.
package static

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
)

//go:embed app.css app.js icons.css jquery.js mark.svg fonts
var files embed.FS

// Files returns the embedded files, by name.
func Files() fs.FS { return files }

// Versions returns for each file at the top level its address under prefix,
// with a query that changes when the file does: it may be cached for ever.
func Versions(prefix string) (map[string]string, error) {
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil, fmt.Errorf("list static files: %w", err)
	}
	all := map[string]string{}
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		b, err := files.ReadFile(e.Name())
		if err != nil {
			return nil, fmt.Errorf("read static file: %w", err)
		}
		sum := sha256.Sum256(b)
		all[e.Name()] = prefix + e.Name() + "?v=" + hex.EncodeToString(sum[:6])
	}
	return all, nil
}
