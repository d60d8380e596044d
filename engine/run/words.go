package run

import (
	"fmt"

	"colloquy/engine/language"
	"colloquy/engine/packages"
)

// reference is the package whose files of words need not be there: what they
// translate is built in.
const reference = "docassemble.base"

// ReadWords reads the files of words that the configuration names ("words"), on
// top of those built in. Of the same phrase, the last translation counts.
func ReadWords(lib *packages.Library, refs []string) (*language.Words, error) {
	all := language.BuiltinWords()
	for _, ref := range refs {
		name, err := packages.Parse(ref, "", packages.Sources)
		if err != nil {
			return nil, fmt.Errorf("words of the configuration: %w", err)
		}
		text, _, err := lib.ReadFile(name)
		if name.Package == reference && err != nil {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("words of the configuration: %w", err)
		}
		words, err := language.ReadWords(name.String(), text)
		if err != nil {
			return nil, fmt.Errorf("words of the configuration: %w", err)
		}
		all = all.Extend(words)
	}
	return all, nil
}

// WithWords returns the Runner with other words.
func (r *Runner) WithWords(w *language.Words) *Runner {
	other := *r
	other.words = w
	return &other
}

// Words are the server's words: those built in, and those of the configuration.
func (r *Runner) Words() *language.Words { return r.words }
