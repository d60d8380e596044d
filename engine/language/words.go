package language

import (
	"embed"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"
)

//go:embed data/words/*.yml
var wordFiles embed.FS

// AnyLanguage is the code of words that hold in every language.
const AnyLanguage = "*"

// Words holds translations of phrases, per language. It never changes once
// made, so it can be shared.
type Words struct {
	byLang  map[string]map[string]string
	phrases sync.Map // language code to what Phrases returned for it
}

// NewWords returns words from language code to phrase to translation.
func NewWords(table map[string]map[string]string) *Words {
	return (&Words{}).Extend(&Words{byLang: table})
}

// BuiltinWords returns the words that come with the program: everything that
// screens say by themselves.
func BuiltinWords() *Words { return builtinWords() }

var builtinWords = sync.OnceValue(func() *Words {
	w := &Words{}
	files, err := wordFiles.ReadDir("data/words")
	if err != nil {
		return w
	}
	for _, f := range files {
		name := path.Join("data/words", f.Name())
		data, err := wordFiles.ReadFile(name)
		if err != nil {
			continue
		}
		if more, err := ReadWordsYAML(name, data); err == nil { // a test reads every file
			w = w.Extend(more)
		}
	}
	return w
})

// Lookup returns the translation of phrase into lang. It looks in lang, in its
// shorter forms and in the words of any language.
func (w *Words) Lookup(lang, phrase string) (string, bool) {
	for _, code := range append(narrowing(lang), AnyLanguage) {
		if t, ok := w.byLang[code][phrase]; ok {
			return t, true
		}
	}
	return "", false
}

// Extend returns the words with those of others added; later ones win.
func (w *Words) Extend(others ...*Words) *Words {
	out := &Words{byLang: make(map[string]map[string]string)}
	for _, src := range append([]*Words{w}, others...) {
		if src == nil {
			continue
		}
		for lang, table := range src.byLang {
			if out.byLang[lang] == nil {
				out.byLang[lang] = make(map[string]string, len(table))
			}
			for phrase, translation := range table {
				out.byLang[lang][phrase] = translation
			}
		}
	}
	return out
}

// Phrases returns all translations into lang: those of its shorter forms and of
// any language too, where lang itself has none. It is shared: do not change it.
func (w *Words) Phrases(lang string) map[string]string {
	if known, ok := w.phrases.Load(lang); ok {
		return known.(map[string]string)
	}
	all := make(map[string]string)
	for _, code := range slices.Backward(append(narrowing(lang), AnyLanguage)) {
		maps.Copy(all, w.byLang[code])
	}
	if len(lang) <= maxCode {
		w.phrases.Store(lang, all)
	}
	return all
}

// maxCode is how long a code may be to be kept: authors can make up others.
const maxCode = 12

// Speaks reports whether what the program says by itself is translated into lang.
func (w *Words) Speaks(lang string) bool {
	codes := narrowing(lang)
	if codes[len(codes)-1] == "en" {
		return true
	}
	for _, code := range codes {
		if _, ok := w.byLang[code]["Continue"]; ok {
			return true
		}
	}
	return false
}

// ReadWords reads a file of words or translations, of the kind that its name
// says: .yml, .yaml, .xlf, .xliff or .xlsx.
func ReadWords(name string, data []byte) (*Words, error) {
	switch strings.ToLower(path.Ext(name)) {
	case ".yml", ".yaml":
		return ReadWordsYAML(name, data)
	}
	list, err := ReadTranslations(name, data)
	if err != nil {
		return nil, err
	}
	return TranslationWords(list), nil
}

// ReadTranslations reads a translation file: .xlf, .xliff or .xlsx.
func ReadTranslations(name string, data []byte) ([]Translation, error) {
	switch strings.ToLower(path.Ext(name)) {
	case ".xlf", ".xliff":
		return ReadXLIFF(name, data)
	case ".xlsx":
		return ReadXLSX(name, data)
	}
	return nil, fmt.Errorf("%s: a file of words ends in .yml, .yaml, .xlf, .xliff or .xlsx", name)
}

// Languages returns the codes for which there are words, sorted.
func (w *Words) Languages() []string {
	codes := make([]string, 0, len(w.byLang))
	for code := range w.byLang {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return codes
}

// Table returns a copy of the phrases and translations of one language.
func (w *Words) Table(lang string) map[string]string {
	out := make(map[string]string, len(w.byLang[lang]))
	for phrase, translation := range w.byLang[lang] {
		out[phrase] = translation
	}
	return out
}

// ReadWordsYAML reads a file of words: a mapping from language code to a
// mapping from phrase to translation. Entries without a translation are left
// out. Errors carry name, line and column.
func ReadWordsYAML(name string, data []byte) (*Words, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("%s: read words: %w", name, err)
	}
	w := &Words{byLang: make(map[string]map[string]string)}
	if len(doc.Content) == 0 {
		return w, nil
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		return nil, wordsError(name, root, "expected a mapping from language code to words")
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		lang, table := root.Content[i], root.Content[i+1]
		if isNull(table) {
			continue
		}
		if table.Kind != yaml.MappingNode {
			return nil, wordsError(name, table, "expected a mapping from phrase to translation")
		}
		if err := readWordTable(name, w, strings.TrimSpace(lang.Value), table); err != nil {
			return nil, err
		}
	}
	return w, nil
}

func readWordTable(name string, w *Words, lang string, table *yaml.Node) error {
	words := w.byLang[lang]
	if words == nil {
		words = make(map[string]string, len(table.Content)/2)
		w.byLang[lang] = words
	}
	for i := 0; i+1 < len(table.Content); i += 2 {
		phrase, translation := table.Content[i], table.Content[i+1]
		switch {
		case phrase.Kind != yaml.ScalarNode:
			return wordsError(name, phrase, "expected a phrase")
		case isNull(translation):
		case translation.Kind != yaml.ScalarNode:
			return wordsError(name, translation, "expected one translation, as text")
		default:
			words[phrase.Value] = translation.Value
		}
	}
	return nil
}

func isNull(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Style == 0 &&
		slices.Contains([]string{"", "~", "null", "Null", "NULL"}, n.Value)
}

func wordsError(name string, n *yaml.Node, what string) error {
	return fmt.Errorf("%s:%d:%d: %s", name, n.Line, n.Column, what)
}

// Complete are the languages, besides English, in which the program says all
// that it says.
func Complete() []string { return []string{"ar", "de", "es", "fr", "pt"} }
