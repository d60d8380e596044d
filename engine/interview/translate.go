package interview

import (
	"maps"
	"slices"
	"strings"

	"colloquy/engine/language"
	"colloquy/engine/packages"
)

// untranslated marks a text that translations leave alone.
const untranslated = "<%doc>do not translate</%doc>"

// translations reads translation files. They affect only the blocks after them.
func (b *builder) translations(_ *reader, n *Node) {
	for _, item := range listOf(n) {
		name, ok := b.fileName(item, packages.Sources)
		ref := name.String()
		switch {
		case !ok:
		case strings.HasSuffix(ref, ".xlsx"):
			if _, _, ok := b.asset(item, packages.Sources, "translation file"); ok {
				b.in.Translations = append(b.in.Translations, ref)
				b.translationFile(item, name)
			}
		case strings.HasSuffix(ref, ".xlf"), strings.HasSuffix(ref, ".xliff"):
			b.in.Translations = append(b.in.Translations, ref)
			b.translationFile(item, name)
		default:
			b.errorf(item.Pos, "a translation file must end in .xlsx, .xlf or .xliff")
		}
	}
}

// translationFile reads one translation file. An XLIFF file that is missing is
// passed over, following docassemble's documented leniency.
func (b *builder) translationFile(n *Node, name packages.Name) {
	text, err := b.readFile(name)
	if missing(err) {
		return
	}
	var list []language.Translation
	if err == nil {
		list, err = language.ReadTranslations(name.String(), []byte(text))
	}
	if err != nil {
		b.errorf(n.Pos, "%s cannot be read: %v", name, err)
		return
	}
	for _, t := range list {
		if b.translated[t.Text] == nil {
			b.translated[t.Text] = map[string]string{}
		}
		b.translated[t.Text][t.To] = t.Translated
	}
}

// translate compiles the translations of a text.
func (b *builder) translate(t *Text, n *Node) {
	if len(b.translated) == 0 || strings.Contains(t.Source, untranslated) {
		return
	}
	for lang, words := range b.translated[t.Source] {
		if t.other == nil {
			t.other = map[string]*Text{}
		}
		t.other[lang] = b.compileWords(&Node{Kind: String, Str: words, Pos: n.Pos})
	}
}

// In gives the text in a language: its translation, or itself.
func (t *Text) In(lang string) *Text {
	if other := t.other[lang]; other != nil {
		return other
	}
	return t
}

// languages lists those that blocks of the interview or translations are in.
func (l *loader) languages() []string {
	all := map[string]bool{}
	for _, b := range l.in.Blocks {
		all[b.Language] = true
	}
	for _, other := range l.translated {
		for lang := range other {
			all[lang] = true
		}
	}
	delete(all, "")
	delete(all, language.AnyLanguage)
	return slices.Sorted(maps.Keys(all))
}
