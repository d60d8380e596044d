package words

import (
	"colloquy/engine/language"
	"colloquy/engine/python"
)

// inflectionFunctions bend words.
var inflectionFunctions = []function{
	{"noun_plural", nounPlural},
	{"noun_singular", nounSingular},
	{"indefinite_article", indefiniteArticle},
	{"verb_present", verb("verb_present", language.Speaker.VerbPresent)},
	{"verb_past", verb("verb_past", language.Speaker.VerbPast)},
	{"word", word},
}

// aNoun reads a noun, perhaps a quantity, and the manner.
func aNoun(th *python.Thread, a *python.Args, fn string) (noun *python.Str, quantity python.Value, m manner, err error) {
	var v python.Value
	var kw []python.Kwarg
	if err = a.Unpack(fn, "noun", &v, "quantity?", &quantity, "**kw", &kw); err != nil {
		return nil, nil, m, err
	}
	if m, err = mannerOf(th, kw); err != nil {
		return nil, nil, m, err
	}
	noun, err = th.Str(v)
	return noun, quantity, m, err
}

// noun_plural(noun, quantity?, noun_is_singular=False); of a quantity that is
// falsy there is one, as docassemble has it.
func nounPlural(th *python.Thread, a *python.Args) (python.Value, error) {
	noun, quantity, m, err := aNoun(th, a, "noun_plural")
	if err != nil {
		return nil, err
	}
	isSingular := false
	for _, k := range m.rest {
		if k.Name == "noun_is_singular" {
			if isSingular, err = th.Truth(k.Value); err != nil {
				return nil, err
			}
		}
	}
	one := false
	if quantity != nil {
		if one, err = single(th, quantity); err != nil {
			return nil, err
		}
	}
	s := m.speaker(th)
	switch {
	case one && isSingular:
		return m.traced(noun, noun.String()), nil
	case one:
		return m.traced(noun, s.NounSingular(noun.String())), nil
	case isSingular:
		return m.traced(noun, s.PluralOf(noun.String())), nil
	}
	return m.traced(noun, s.NounPlural(noun.String())), nil
}

// noun_singular(noun, quantity?)
func nounSingular(th *python.Thread, a *python.Args) (python.Value, error) {
	noun, quantity, m, err := aNoun(th, a, "noun_singular")
	if err != nil {
		return nil, err
	}
	if quantity != nil {
		one, err := single(th, quantity)
		if err != nil {
			return nil, err
		}
		if !one {
			return m.traced(noun, noun.String()), nil
		}
	}
	return m.traced(noun, m.speaker(th).NounSingular(noun.String())), nil
}

// indefinite_article(noun)
func indefiniteArticle(th *python.Thread, a *python.Args) (python.Value, error) {
	noun, _, m, err := aNoun(th, a, "indefinite_article")
	if err != nil {
		return nil, err
	}
	return m.say(m.speaker(th).IndefiniteArticle(noun.String()), noun), nil
}

func verb(name string, form func(s language.Speaker, verb, tense string) string) python.BuiltinFunc {
	return func(th *python.Thread, a *python.Args) (python.Value, error) {
		var v, tense python.Value
		var kw []python.Kwarg
		if err := a.Unpack(name, "verb", &v, "tense?", &tense, "**kw", &kw); err != nil {
			return nil, err
		}
		m, err := mannerOf(th, kw)
		if err != nil {
			return nil, err
		}
		s, err := th.Str(v)
		if err != nil {
			return nil, err
		}
		return m.traced(s, form(m.speaker(th), s.String(), stringOr(tense, ""))), nil
	}
}

// word(text, language=None, capitalize=False) translates; True, False and None
// have words of their own.
func word(th *python.Thread, a *python.Args) (python.Value, error) {
	var v, lang python.Value
	var rest []python.Value
	var kw []python.Kwarg
	if err := a.Unpack("word", "text", &v, "*rest", &rest, "**kw", &kw); err != nil {
		return nil, err
	}
	m, err := mannerOf(th, kw)
	if err != nil {
		return nil, err
	}
	if len(rest) > 0 {
		lang = rest[0]
		m.language = stringOr(lang, m.language)
	}
	s, err := wordFor(th, v)
	if err != nil {
		return nil, err
	}
	said := m.speaker(th).Word(s.String())
	if said == s.String() {
		return m.say(language.Whole(0, said), s), nil
	}
	return m.say(language.Own(said)), nil
}

func wordFor(th *python.Thread, v python.Value) (*python.Str, error) {
	switch v {
	case python.Value(python.True):
		return python.NewStr("yes"), nil
	case python.Value(python.False):
		return python.NewStr("no"), nil
	case python.Value(python.None):
		return python.NewStr("I don't know"), nil
	}
	return th.Str(v)
}
