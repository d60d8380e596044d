package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A TermTable is a compiled set of terms. It is immutable.
type TermTable struct {
	auto    bool
	terms   []Term
	phrases map[string]*Term    // by folded phrase
	first   map[string][]phrase // auto: by folded first word, longest first
}

type phrase struct {
	folded string
	term   *Term
}

// NewTerms compiles terms that authors mark as {phrase} or {phrase|shown}.
func NewTerms(terms []Term) *TermTable { return compileTerms(terms, false) }

// NewAutoTerms compiles terms that are marked wherever they occur as whole
// words, case ignored. They also answer to {phrase}.
func NewAutoTerms(terms []Term) *TermTable { return compileTerms(terms, true) }

func compileTerms(terms []Term, auto bool) *TermTable {
	t := &TermTable{auto: auto, terms: append([]Term(nil), terms...), phrases: map[string]*Term{}}
	if auto {
		t.first = map[string][]phrase{}
	}
	for i := range t.terms {
		for _, p := range t.terms[i].Phrases {
			f := fold(p)
			if f == "" || t.phrases[f] != nil {
				continue
			}
			t.phrases[f] = &t.terms[i]
			if auto {
				w := f[:wordEnd(f, 0)]
				t.first[w] = insertLongest(t.first[w], phrase{f, &t.terms[i]})
			}
		}
	}
	return t
}

func insertLongest(list []phrase, p phrase) []phrase {
	i := 0
	for i < len(list) && len(list[i].folded) >= len(p.folded) {
		i++
	}
	list = append(list, phrase{})
	copy(list[i+1:], list[i:])
	list[i] = p
	return list
}

// fold prepares a phrase for comparison: lower case, single blanks, straight
// apostrophes.
func fold(s string) string {
	s = strings.Join(strings.Fields(strings.ToLower(s)), " ")
	return strings.ReplaceAll(s, "’", "'")
}

// findTerm looks a phrase up, question level first.
func (r *rendering) findTerm(phrase string) *Term {
	f := fold(r.source(phrase))
	for _, t := range r.opts.Terms {
		if found := t.phrases[f]; found != nil {
			return found
		}
	}
	return nil
}

// hasAutoTerms says whether running text must be searched for terms.
func hasAutoTerms(tables []*TermTable) bool {
	for _, t := range tables {
		if t.auto && len(t.phrases) > 0 {
			return true
		}
	}
	return false
}

// autoTerm finds the longest automatic term that begins at byte i of s, where
// a word begins. It returns its length in s, 0 if there is none.
func (r *rendering) autoTerm(s string, i int) (*Term, int) {
	word := fold(s[i:wordEnd(s, i)])
	for _, table := range r.opts.Terms {
		if !table.auto {
			continue
		}
		for _, p := range table.first[word] {
			if n := matchPhrase(s[i:], p.folded); n > 0 {
				return p.term, n
			}
		}
	}
	return nil, 0
}

// matchPhrase returns how much of s spells the folded phrase as whole words.
func matchPhrase(s, phrase string) int {
	i := 0
	for _, want := range phrase {
		if want == ' ' {
			n := len(s[i:]) - len(strings.TrimLeft(s[i:], " \n\t"))
			if n == 0 {
				return 0
			}
			i += n
			continue
		}
		got, n := utf8.DecodeRuneInString(s[i:])
		if got == '’' {
			got = '\''
		}
		if unicode.ToLower(got) != want {
			return 0
		}
		i += n
	}
	last, _ := utf8.DecodeLastRuneInString(s[:i])
	next, _ := utf8.DecodeRuneInString(s[i:])
	if i < len(s) && isWord(last) && isWord(next) {
		return 0
	}
	return i
}

// wordEnd returns where the word at byte i of s ends; a sign is a word alone.
func wordEnd(s string, i int) int {
	c, n := utf8.DecodeRuneInString(s[i:])
	j := i + n
	for isWord(c) && j < len(s) {
		if c, n = utf8.DecodeRuneInString(s[j:]); !isWord(c) {
			break
		}
		j += n
	}
	return j
}

// isWord is true of what words are made of; private runes count, so that a
// term does not end where typed text goes on.
func isWord(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsDigit(c) || c == '_' || tokenIndex(c) >= 0
}

// termLink draws a term as shown (HTML), which label is without markup, and
// notes its definition under the phrase that the text has.
func (r *rendering) termLink(t *Term, shown, label, phrase string, auto bool) string {
	def := r.definition(t)
	r.noteTerm(phrase, def, auto)
	return `<a tabindex="0" role="button" class="daterm" aria-label="` +
		attr(label+" ("+r.word("term definition")+")") +
		`" data-bs-toggle="popover" data-bs-container="body" data-bs-placement="bottom" data-bs-html="true" data-bs-content="` +
		attr(def) + `">` + shown + `</a>`
}

// definition renders the definition of a term, in which terms are not marked.
func (r *rendering) definition(t *Term) string {
	if d, ok := r.defined[t]; ok {
		return d
	}
	o := r.opts
	o.Terms, o.Trim, o.Fields = nil, true, false
	o.Prefix += "t" // ids of footnotes and handlers
	d := Render(t.Definition, o)
	r.adopt(d)
	if r.defined == nil {
		r.defined = map[*Term]string{}
	}
	r.defined[t] = d.HTML
	return d.HTML
}

func (r *rendering) noteTerm(label, definition string, auto bool) {
	for _, u := range r.res.Terms {
		if u.Definition == definition && strings.EqualFold(u.Term, label) {
			return
		}
	}
	r.res.Terms = append(r.res.Terms, UsedTerm{Term: label, Definition: definition, Auto: auto})
}

// adopt takes over what a text rendered inside this one asks of the page. Its
// scripts are not: a definition is shown in an attribute.
func (r *rendering) adopt(d Result) {
	for _, a := range d.Attributions {
		r.attribute(a)
	}
	r.res.Problems = append(r.res.Problems, d.Problems...)
}

// word translates one of the few words this package adds.
func (r *rendering) word(s string) string {
	if r.opts.Words == nil {
		return s
	}
	return r.opts.Words(s)
}
