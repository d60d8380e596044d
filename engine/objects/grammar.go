package objects

import (
	"strings"

	"colloquy/engine/language"
	"colloquy/engine/python"
)

// pronouns holds, by case, the pronoun of each person and gender.
var pronouns = map[string]map[string]string{
	"subjective": {"1": "I", "1p": "we", "2": "you", "2p": "you",
		"female": "she", "male": "he", "other": "they", "it": "it", "group": "they"},
	"objective": {"1": "me", "1p": "us", "2": "you", "2p": "you",
		"female": "her", "male": "him", "other": "them", "it": "it", "group": "them"},
	"possessive": {"1": "my", "1p": "our", "2": "your", "2p": "your",
		"female": "her", "male": "his", "other": "their", "it": "its", "group": "their"},
	"reflexive": {"1": "myself", "1p": "ourselves", "2": "yourself", "2p": "yourselves",
		"female": "herself", "male": "himself", "other": "themself", "it": "itself", "group": "themselves"},
}

// pronoun returns the pronoun of a case for a person (1, 1p, 2, 2p) or, in the
// third person, for a gender.
func pronoun(th *python.Thread, a *python.Args) (python.Value, error) {
	var form, person, gender string
	if err := a.Unpack("pronoun", "case", &form, "person", &person, "gender", &gender); err != nil {
		return nil, err
	}
	p, ok := pronouns[form][person]
	if !ok {
		p = pronouns[form][gender]
	}
	return word(th, python.NewStr(p)), nil
}

// auxiliaries holds the forms of the verbs that begin a question: third person
// singular, plural and second person, first person.
var auxiliaries = map[string][3]string{
	"is":  {"is", "are", "am"},
	"do":  {"does", "do", "do"},
	"did": {"did", "did", "did"},
	"was": {"was", "were", "was"},
	"has": {"has", "have", "have"},
}

// auxiliary returns the form of is, do, did, was or has for a person and
// number.
func auxiliary(th *python.Thread, a *python.Args) (python.Value, error) {
	var verb, person string
	var plural bool
	if err := a.Unpack("auxiliary", "verb", &verb, "person", &person, "plural", &plural); err != nil {
		return nil, err
	}
	forms := auxiliaries[verb]
	form := forms[0]
	switch {
	case person == "1" && !plural:
		form = forms[2]
	case plural, person == "1", person == "1p", person == "2", person == "2p":
		form = forms[1]
	}
	return word(th, python.NewStr(form)), nil
}

// verbPresent and verbPast put a verb into the third person, singular or
// plural.
func verbPresent(th *python.Thread, a *python.Args) (python.Value, error) {
	return inflect(th, a, "verb_present", language.Speaker.VerbPresent, [2]string{"3sg", "pl"})
}

func verbPast(th *python.Thread, a *python.Args) (python.Value, error) {
	return inflect(th, a, "verb_past", language.Speaker.VerbPast, [2]string{"3sgp", "ppl"})
}

func inflect(th *python.Thread, a *python.Args, fn string, form func(language.Speaker, string, string) string, tenses [2]string) (python.Value, error) {
	verb, err := text(th, a, 0, fn)
	if err != nil {
		return nil, err
	}
	tense := tenses[0]
	if len(a.Pos) > 1 {
		plural, err := th.Truth(a.Pos[1])
		if err != nil {
			return nil, err
		}
		if plural {
			tense = tenses[1]
		}
	}
	var o options
	if err := o.take(th, a); err != nil {
		return nil, err
	}
	return spoken(traced(verb, form(o.speaker(th), verb.String(), tense)), o), nil
}

// traced lays the spans of in over what a function of package language made of
// it.
func traced(in *python.Str, out string) *python.Str {
	if !in.HasOutside() {
		return python.NewStr(out)
	}
	return Lay(language.Trace(in.String(), out), in)
}

func nounPlural(th *python.Thread, a *python.Args) (python.Value, error) {
	return noun(th, a, "noun_plural", language.Speaker.NounPlural)
}

func nounSingular(th *python.Thread, a *python.Args) (python.Value, error) {
	return noun(th, a, "noun_singular", language.Speaker.NounSingular)
}

func noun(th *python.Thread, a *python.Args, fn string, form func(language.Speaker, string) string) (python.Value, error) {
	s, err := text(th, a, 0, fn)
	if err != nil {
		return nil, err
	}
	var o options
	if err := o.take(th, a); err != nil {
		return nil, err
	}
	return spoken(traced(s, form(o.speaker(th), s.String())), o), nil
}

func indefiniteArticle(th *python.Thread, a *python.Args) (python.Value, error) {
	s, err := text(th, a, 0, "indefinite_article")
	if err != nil {
		return nil, err
	}
	var o options
	if err := o.take(th, a); err != nil {
		return nil, err
	}
	return spoken(Lay(o.speaker(th).IndefiniteArticle(s.String()), s), o), nil
}

func count(a *python.Args, fn string) (language.Number, error) {
	if len(a.Pos) > 0 {
		if n, ok := python.IntOf(a.Pos[0]); ok {
			return language.Int(n), nil
		}
	}
	return language.Number{}, python.Errorf(python.TypeError, "%s() needs a number", fn)
}

func niceNumber(th *python.Thread, a *python.Args) (python.Value, error) {
	n, err := count(a, "nice_number")
	if err != nil {
		return nil, err
	}
	var o options
	if err := o.take(th, a); err != nil {
		return nil, err
	}
	s, err := o.speaker(th).NiceNumber(n, language.SpellSmall)
	return spoken(python.NewStr(s), o), err
}

func quantityNoun(th *python.Thread, a *python.Args) (python.Value, error) {
	n, err := count(a, "quantity_noun")
	if err != nil {
		return nil, err
	}
	s, err := text(th, a, 1, "quantity_noun")
	if err != nil {
		return nil, err
	}
	var o options
	if err := o.take(th, a); err != nil {
		return nil, err
	}
	parts, err := o.speaker(th).QuantityNoun(n, s.String(), true)
	return spoken(Lay(parts, s), o), err
}

// commaAndList says items as a sentence does. Keywords are those of
// docassemble's comma_and_list().
func commaAndList(th *python.Thread, a *python.Args) (python.Value, error) {
	if len(a.Pos) == 0 {
		return python.NewStr(""), nil
	}
	var o options
	if err := o.take(th, a); err != nil {
		return nil, err
	}
	join, err := conjunction(th, a, o.speaker(th))
	if err != nil {
		return nil, err
	}
	var items []*python.Str
	var texts []string
	if err := th.Each(a.Pos[0], func(v python.Value) error {
		s, err := th.Str(v)
		if err == nil {
			items, texts = append(items, s), append(texts, s.String())
		}
		return err
	}); err != nil {
		return nil, err
	}
	return Lay(language.CommaAndList(texts, join), items...), nil
}

func conjunction(th *python.Thread, a *python.Args, sp language.Speaker) (language.Conjunction, error) {
	c := sp.DefaultJoin()
	for _, k := range a.Kw {
		s, isText := python.StringOf(k.Value)
		switch k.Name {
		case "oxford":
			yes, err := th.Truth(k.Value)
			if err != nil {
				return c, err
			}
			c.SkipComma = !yes
		case "and_string":
			c.And = orIfText(s, isText, c.And)
		case "comma_string":
			c.Comma = orIfText(s, isText, c.Comma)
		case "before_and":
			c.Before = orIfText(s, isText, c.Before)
		case "after_and":
			c.After = orIfText(s, isText, c.After)
		}
	}
	return c, nil
}

func orIfText(s string, ok bool, usual string) string {
	if ok {
		return s
	}
	return usual
}

// fullName is IndividualName.full: the parts of a name that there are, in
// order. Only the first is sought.
func fullName(th *python.Thread, a *python.Args) (python.Value, error) {
	var middle, suffix python.Value = python.NewStr("initial"), python.True
	if err := a.Unpack("full", "middle?", &middle, "use_suffix?", &suffix); err != nil {
		return nil, err
	}
	self, ok := asObject(a.Self)
	if !ok {
		return nil, python.Errorf(python.TypeError, "a name was expected")
	}
	parts, err := th.GetAttr(self, "uses_parts")
	if err != nil {
		return nil, err
	}
	if yes, err := th.Truth(parts); err != nil {
		return nil, err
	} else if !yes {
		return th.GetAttr(self, "text")
	}
	n := nameWriter{th: th, self: self}
	n.required("first")
	n.middle(middle)
	if !n.optional("last") {
		n.optional("paternal_surname")
		n.optional("maternal_surname")
	}
	if yes, err := th.Truth(suffix); err != nil {
		return nil, err
	} else if yes {
		n.optional("suffix")
	}
	if n.err != nil {
		return nil, n.err
	}
	return n.out.Str(), nil
}

// personText is Individual.__str__: the full name, or the familiar one of a
// person with a true use_familiar.
func personText(th *python.Thread, a *python.Args) (python.Value, error) {
	self, ok := asObject(a.Self)
	if !ok {
		return nil, python.Errorf(python.TypeError, "a person was expected")
	}
	method := "full"
	if v, ok, err := ifThere(th, self, "use_familiar"); err != nil {
		return nil, err
	} else if ok {
		yes, err := th.Truth(v)
		if err != nil {
			return nil, err
		}
		if yes {
			method = "familiar"
		}
	}
	name, err := th.GetAttr(self, "name")
	if err != nil {
		return nil, err
	}
	v, err := th.CallMethod(name, method)
	if err != nil {
		return nil, err
	}
	return th.Str(v)
}

// A nameWriter joins the parts of a name by single spaces.
type nameWriter struct {
	th   *python.Thread
	self *python.Instance
	out  python.Text
	err  error
}

func (n *nameWriter) required(attr string) {
	v, err := n.th.GetAttr(n.self, attr)
	if err != nil {
		n.err = err
		return
	}
	n.add(v)
}

// optional adds an attribute that there is, and reports whether it said
// anything.
func (n *nameWriter) optional(attr string) bool {
	if n.err != nil {
		return false
	}
	v, ok, err := ifThere(n.th, n.self, attr)
	if err != nil {
		n.err = err
	}
	return err == nil && ok && n.add(v)
}

func (n *nameWriter) middle(how python.Value) {
	if n.err != nil {
		return
	}
	if s, ok := python.StringOf(how); ok && s == "initial" {
		v, ok, err := ifThere(n.th, n.self, "middle")
		if err != nil || !ok {
			n.err = err
			return
		}
		s, err := stripped(n.th, v)
		if err != nil || s.Len() == 0 {
			n.err = err
			return
		}
		v, err = n.th.GetItem(s, python.Int(0))
		if err != nil {
			n.err = err
			return
		}
		n.add(python.Concat(v.(*python.Str), python.NewStr(".")))
		return
	}
	if yes, err := n.th.Truth(how); err != nil {
		n.err = err
	} else if yes {
		n.optional("middle")
	}
}

func (n *nameWriter) add(v python.Value) bool {
	s, err := stripped(n.th, v)
	if err != nil {
		n.err = err
		return false
	}
	if s.Len() == 0 {
		return false
	}
	if n.out.Len() > 0 {
		n.out.WriteString(" ")
	}
	n.out.Write(s)
	return true
}

// stripped is the text of v without white space around it; None is blank.
func stripped(th *python.Thread, v python.Value) (*python.Str, error) {
	if v == python.Value(python.None) {
		return python.NewStr(""), nil
	}
	s, err := th.Str(v)
	if err != nil {
		return nil, err
	}
	full := s.String()
	inner := strings.TrimSpace(full)
	if len(inner) == len(full) {
		return s, nil
	}
	from := strings.Index(full, inner)
	return Lay(language.Parts{{Text: inner, Item: 0, From: from, To: from + len(inner)}}, s), nil
}
