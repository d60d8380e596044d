package language

import "strings"

// A Speaker says things in one language. It is a plain value: copy it and
// change a field to speak otherwise. The zero value speaks English with the
// built-in words and the conventions of the United States.
type Speaker struct {
	// Lang is a language code such as "es" or "pt-BR"; empty means English.
	Lang string
	// Words translates; nil means BuiltinWords.
	Words *Words
	// Locale writes numbers and money; nil means en_US.
	Locale *Conventions
	// Numerals are number words of the author's own; nil means none.
	Numerals *Numerals
}

// In returns the speaker turned to another language. An empty lang returns
// the speaker itself.
func (s Speaker) In(lang string) Speaker {
	if lang != "" {
		s.Lang = lang
	}
	return s
}

// Word returns the translation of text, or text itself if there is none.
func (s Speaker) Word(text string) string {
	if t, ok := s.words().Lookup(s.Lang, text); ok {
		return t
	}
	return text
}

// Phrases returns all words that the speaker translates. Do not change them.
func (s Speaker) Phrases() map[string]string { return s.words().Phrases(s.Lang) }

// YesNo returns the words for true and false.
func (s Speaker) YesNo(yes bool) string {
	if yes {
		return s.Word("Yes")
	}
	return s.Word("No")
}

func (s Speaker) words() *Words {
	if s.Words == nil {
		return BuiltinWords()
	}
	return s.Words
}

func (s Speaker) conventions() *Conventions {
	if s.Locale == nil {
		return usConventions()
	}
	return s.Locale
}

// Fallbacks returns the codes under which something that depends on the
// language is looked up, best first: the code itself, its shorter forms, "*"
// (any language) and "en".
func Fallbacks(lang string) []string {
	return append(narrowing(lang), "*", "en")
}

// narrowing returns lang and its shorter forms: "pt-BR" gives "pt-BR", "pt".
func narrowing(lang string) []string {
	lang = strings.TrimSpace(lang)
	if lang == "" {
		return []string{"en"}
	}
	codes := []string{lang}
	for {
		i := strings.LastIndexAny(lang, "-_")
		if i <= 0 {
			return codes
		}
		lang = lang[:i]
		codes = append(codes, lang)
	}
}
