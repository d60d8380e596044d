package objects

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"colloquy/engine/evaluation"
	"colloquy/engine/language"
	"colloquy/engine/python"
)

var speechNatives = []native{
	{"word", wordNative},
	{"capitalize", capitalize},
	{"object_name", objectName},
	{"object_possessive", objectPossessive},
	{"possessify", possessify},
	{"pronoun", pronoun},
	{"auxiliary", auxiliary},
	{"verb_present", verbPresent},
	{"verb_past", verbPast},
	{"nice_number", niceNumber},
	{"comma_and_list", commaAndList},
	{"noun_plural", nounPlural},
	{"noun_singular", nounSingular},
	{"indefinite_article", indefiniteArticle},
	{"quantity_noun", quantityNoun},
}

// A Speaking evaluation says itself who speaks in it: with the server's
// translations and what authors changed.
type Speaking interface {
	Speaker(th *python.Thread) language.Speaker
}

// A Worded evaluation has translations of its own server.
type Worded interface{ Words() *language.Words }

// Speaker returns who speaks in the evaluation of th: in its language, with
// its locale. Without an evaluation it is English.
func Speaker(th *python.Thread) language.Speaker {
	if s, ok := th.Local().(Speaking); ok {
		return s.Speaker(th)
	}
	ev, ok := th.Local().(evaluation.Evaluation)
	if !ok {
		return language.Speaker{}
	}
	p := ev.Place()
	sp := language.Speaker{Lang: p.Language}
	if w, ok := ev.(Worded); ok {
		sp.Words = w.Words()
	}
	if p.Locale != "" {
		if c, err := language.ConventionsFor(p.Locale, p.Language); err == nil {
			sp.Locale = c
		}
	}
	return sp
}

// Lay puts the outside spans of args over a text of package language, whose
// parts say which argument they were taken from. A part that is not its
// argument verbatim is marked whole if any of what it stands for is.
func Lay(parts language.Parts, args ...*python.Str) *python.Str {
	var t python.Text
	for _, p := range parts {
		if p.Item < 0 || p.Item >= len(args) || !args[p.Item].HasOutside() {
			t.WriteString(p.Text)
			continue
		}
		t.Write(layPart(p, args[p.Item]))
	}
	return t.Str()
}

func layPart(p language.Part, arg *python.Str) *python.Str {
	from, to := max(p.From, 0), min(p.To, len(arg.String()))
	verbatim := from <= to && arg.String()[from:to] == p.Text
	var spans []python.Span
	for _, s := range arg.Spans() {
		lo, hi := max(s.From, from), min(s.To, to)
		if lo >= hi {
			continue
		}
		if !verbatim {
			return python.Outside(p.Text)
		}
		spans = append(spans, python.Span{From: lo - from, To: hi - from})
	}
	return python.WithSpans(p.Text, spans)
}

// options are the keywords that nearly every function about words takes.
type options struct {
	language   string
	capitalize bool
}

func (o *options) speaker(th *python.Thread) language.Speaker {
	return Speaker(th).In(o.language)
}

// take reads the common keywords out of the arguments and drops all others,
// which are for replacements of the functions.
func (o *options) take(th *python.Thread, a *python.Args) error {
	for _, k := range a.Kw {
		switch k.Name {
		case "language":
			if s, ok := python.StringOf(k.Value); ok {
				o.language = s
			}
		case "capitalize":
			yes, err := th.Truth(k.Value)
			if err != nil {
				return err
			}
			o.capitalize = yes
		}
	}
	return nil
}

// keyword is the truth of a keyword argument.
func keyword(th *python.Thread, a *python.Args, name string) (bool, error) {
	for _, k := range a.Kw {
		if k.Name == name {
			return th.Truth(k.Value)
		}
	}
	return false, nil
}

// text returns the text of positional argument i.
func text(th *python.Thread, a *python.Args, i int, fn string) (*python.Str, error) {
	if i >= len(a.Pos) {
		return nil, python.Errorf(python.TypeError, "%s() needs at least %d arguments", fn, i+1)
	}
	return th.Str(a.Pos[i])
}

// capitalized returns s with its first character in upper case; text of one
// character or less stays as it is, as docassemble's capitalize() has it.
func capitalized(s *python.Str) *python.Str {
	full := s.String()
	if utf8.RuneCountInString(full) < 2 {
		return s
	}
	r, n := utf8.DecodeRuneInString(full)
	up := string(unicode.ToUpper(r))
	if up == full[:n] {
		return s
	}
	parts := language.Parts{{Text: up, Item: 0, From: 0, To: n}, {Text: full[n:], Item: 0, From: n, To: len(full)}}
	return Lay(parts, s)
}

func spoken(s *python.Str, o options) python.Value {
	if o.capitalize {
		return capitalized(s)
	}
	return s
}

func wordNative(th *python.Thread, a *python.Args) (python.Value, error) {
	s, err := text(th, a, 0, "word")
	if err != nil {
		return nil, err
	}
	return word(th, s), nil
}

// word translates; text from outside that no translation replaces stays so.
func word(th *python.Thread, s *python.Str) *python.Str {
	w := Speaker(th).Word(s.String())
	if w == s.String() {
		return s
	}
	return python.NewStr(w)
}

func capitalize(th *python.Thread, a *python.Args) (python.Value, error) {
	s, err := text(th, a, 0, "capitalize")
	if err != nil {
		return nil, err
	}
	return capitalized(s), nil
}

// objectName says an intrinsic name in words: "front gate in the park" for
// park.front_gate, "first people" for people[0].
func objectName(th *python.Thread, a *python.Args) (python.Value, error) {
	name, o, err := named(th, a, 0, "object_name")
	if err != nil {
		return nil, err
	}
	return spoken(python.NewStr(nameInWords(Speaker(th), name)), o), nil
}

func named(th *python.Thread, a *python.Args, i int, fn string) (string, options, error) {
	var o options
	s, err := text(th, a, i, fn)
	if err != nil {
		return "", o, err
	}
	return s.String(), o, o.take(th, a)
}

func nameInWords(sp language.Speaker, name string) string {
	parts := nameParts(sp, name)
	out := parts[len(parts)-1]
	for i := len(parts) - 2; i >= 0; i-- {
		out = sp.WithPreposition(out, "", parts[i]).String()
	}
	return out
}

// nameParts are the words for the parts of an intrinsic name, outermost first.
func nameParts(sp language.Speaker, name string) []string {
	var out []string
	for _, part := range strings.Split(name, ".") {
		base, key, indexed := strings.Cut(strings.TrimSuffix(part, "]"), "[")
		base = sp.Word(strings.ReplaceAll(base, "_", " "))
		if indexed && strings.HasSuffix(part, "]") {
			base = keyInWords(sp, strings.Trim(key, `'"`)) + " " + base
		}
		out = append(out, base)
	}
	return out
}

func keyInWords(sp language.Speaker, key string) string {
	n, err := language.ParseNumber(key)
	if err != nil || strings.Trim(key, "0123456789") != "" {
		return key
	}
	text, err := sp.Ordinal(n, language.SpellSmall)
	if err != nil {
		return key
	}
	return text
}

// objectPossessive is "the turnip's latch" or "the latch of the front gate in
// the park".
func objectPossessive(th *python.Thread, a *python.Args) (python.Value, error) {
	name, o, err := named(th, a, 0, "object_possessive")
	if err != nil {
		return nil, err
	}
	target, err := text(th, a, 1, "object_possessive")
	if err != nil {
		return nil, err
	}
	sp := o.speaker(th)
	if strings.Contains(name, ".") {
		out := python.Concat(python.NewStr(sp.Word("the")+" "), target)
		out = python.Concat(out, python.NewStr(" "+sp.Word("of the")+" "+nameInWords(sp, name)))
		return out, nil
	}
	owner := python.NewStr(sp.Word("the") + " " + nameInWords(sp, name))
	return spoken(possessive(th, sp, owner, target, false), o), nil
}

func possessify(th *python.Thread, a *python.Args) (python.Value, error) {
	owner, err := text(th, a, 0, "possessify")
	if err != nil {
		return nil, err
	}
	target, err := text(th, a, 1, "possessify")
	if err != nil {
		return nil, err
	}
	plural, err := keyword(th, a, "plural")
	if err != nil {
		return nil, err
	}
	var o options
	if err := o.take(th, a); err != nil {
		return nil, err
	}
	return spoken(possessive(th, o.speaker(th), owner, target, plural), o), nil
}

// possessive joins owner and owned; in a word processor's document the
// apostrophe is a typographic one.
func possessive(th *python.Thread, sp language.Speaker, owner, owned *python.Str, plural bool) *python.Str {
	parts := sp.Possessive(owner.String(), owned.String(), plural)
	if ev := of(th); ev != nil && ev.Place().Where() == "docx" {
		for i := range parts {
			if parts[i].Item < 0 {
				parts[i].Text = strings.ReplaceAll(parts[i].Text, "'", "\u2019")
			}
		}
	}
	return Lay(parts, owner, owned)
}
