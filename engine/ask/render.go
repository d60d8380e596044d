package ask

import (
	"strconv"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/markup"
	"colloquy/engine/python"
	"colloquy/engine/screen"
)

// renderer turns texts into HTML for one screen and collects what they ask of
// the page. Markup is rendered once everything is evaluated: a screen that
// turns out to lack a name costs no markup.
type renderer struct {
	th     *python.Thread
	sc     *Scene
	scr    *screen.Screen
	opts   markup.Options
	queue  []func()
	texts  int // rendered so far, for unique ids
	terms  map[string]bool
	credit map[string]bool
	inside map[string]string    // embedded fields: variable to number
	said   map[[2]string]string // language and phrase: the phrase translated
}

func newRenderer(th *python.Thread, sc *Scene, scr *screen.Screen) *renderer {
	r := &renderer{th: th, sc: sc, scr: scr, terms: map[string]bool{}, credit: map[string]bool{}, said: map[[2]string]string{}}
	if sc.Markup != nil {
		r.opts.Files, r.opts.Icons, r.opts.Hosts = sc.Markup.Files, sc.Markup.Icons, sc.Markup.Hosts
	}
	r.opts.Words = r.word
	if n := sc.Interview.Features.All.Get("user markdown"); n != nil {
		r.opts.UserMarkdown = n.Truth()
	}
	return r
}

// later puts off what only concerns looks.
func (r *renderer) later(f func()) { r.queue = append(r.queue, f) }

func (r *renderer) finish() {
	for _, f := range r.queue {
		f()
	}
	r.queue = nil
}

// word translates one of the server's own phrases.
func (r *renderer) word(phrase string) string {
	key := [2]string{evaluation.Of(r.th).Place().Language, phrase}
	text, ok := r.said[key]
	if !ok {
		text = r.sc.Word(r.th, phrase)
		r.said[key] = text
	}
	return text
}

// Word translates one of the server's own phrases into the language spoken.
func (sc *Scene) Word(th *python.Thread, phrase string) string {
	fn, ok := sc.Answers.Parent().Lookup("word")
	if !ok {
		return phrase
	}
	v, err := th.Call(fn, []python.Value{python.NewStr(phrase)}, nil)
	if err != nil {
		return phrase
	}
	if s, ok := python.StringOf(v); ok {
		return s
	}
	return phrase
}

func asText(s *python.Str) markup.Text {
	t := markup.Text{S: s.String()}
	for _, sp := range s.Spans() {
		t.Outside = append(t.Outside, markup.Span{From: sp.From, To: sp.To})
	}
	return t
}

// html renders a text; trim leaves the paragraph around it out.
func (r *renderer) html(s *python.Str, trim bool) screen.HTML {
	if s == nil || s.String() == "" {
		return ""
	}
	opts := r.opts
	opts.Trim = trim
	return screen.HTML(r.collect(asText(s), opts).HTML)
}

// body renders a text in which fields may be embedded.
func (r *renderer) body(s *python.Str) screen.HTML {
	if s == nil || s.String() == "" {
		return ""
	}
	opts := r.opts
	opts.Fields = len(r.inside) > 0 || len(r.scr.Fields) > 0
	res := r.collect(asText(s), opts)
	if res.Parts == nil {
		return screen.HTML(res.HTML)
	}
	var b strings.Builder
	for _, part := range res.Parts {
		if part.Field == "" {
			b.WriteString(part.HTML)
			continue
		}
		b.WriteString(string(r.embed(part.Field)))
	}
	return screen.HTML(b.String())
}

// embed places the field of a variable in a text.
func (r *renderer) embed(variable string) screen.HTML {
	for i := range r.scr.Fields {
		if f := &r.scr.Fields[i]; f.Variable == variable {
			f.Embedded = true
			return screen.Embed(f.Number)
		}
	}
	return "ERROR: field not found"
}

// plain is a text without its markup.
func (r *renderer) plain(s *python.Str) string {
	if s == nil {
		return ""
	}
	return markup.ToText(asText(s), r.opts)
}

func (r *renderer) collect(t markup.Text, opts markup.Options) markup.Result {
	r.texts++
	opts.Prefix = "t" + strconv.Itoa(r.texts) + "-"
	opts.TableClass, opts.TheadClass, _ = strings.Cut(r.scr.TableClass, ",")
	opts.TheadClass = strings.TrimSpace(opts.TheadClass)
	res := markup.Render(t, opts)
	for _, s := range res.Scripts {
		if s.Src == "" {
			r.scr.Scripts = append(r.scr.Scripts, markup.InScript(s.Code))
		} else {
			r.scr.Page.ScriptFiles = append(r.scr.Page.ScriptFiles, s.Src)
		}
	}
	for _, h := range res.Handlers {
		r.scr.Handlers = append(r.scr.Handlers, screen.Handler{ID: h.Selector, Event: h.Event, Code: markup.InScript(h.Code)})
	}
	for _, u := range res.Terms {
		if !r.terms[u.Term] {
			r.terms[u.Term] = true
			to := &r.scr.Terms
			if u.Auto {
				to = &r.scr.AutoTerms
			}
			*to = append(*to, screen.Term{Name: u.Term, Definition: screen.HTML(u.Definition)})
		}
	}
	for _, a := range res.Attributions {
		if !r.credit[a.S] {
			r.credit[a.S] = true
			r.scr.Attributions = append(r.scr.Attributions, screen.HTML(markup.Render(a, markup.Options{Trim: true}).HTML))
		}
	}
	return res
}

// HTML renders a text outside of any screen, as the page would show it.
func HTML(sc *Scene, s *python.Str, trim bool) (string, error) {
	r := newRenderer(nil, sc, &screen.Screen{})
	r.opts.Words = nil
	return string(r.html(s, trim)), nil
}

// termTable compiles the terms of a question or an interview.
func (p *preparation) termTable(terms []interview.Term, auto bool) error {
	if len(terms) == 0 {
		return nil
	}
	list := make([]markup.Term, 0, len(terms))
	for _, t := range terms {
		def, err := p.str(t.Definition)
		if err != nil {
			return err
		}
		list = append(list, markup.Term{Phrases: []string{t.Phrase}, Definition: asText(def)})
	}
	table := markup.NewTerms(list)
	if auto {
		table = markup.NewAutoTerms(list)
	}
	p.r.opts.Terms = append(p.r.opts.Terms, table)
	return nil
}

// terms makes the explanations known: the question's own, then those of
// update_terms(), then the interview's.
func (p *preparation) terms() error {
	if err := p.termTable(p.q.Terms, false); err != nil {
		return err
	}
	if err := p.termTable(p.q.AutoTerms, true); err != nil {
		return err
	}
	book, iv := p.ev.Book(), p.sc.Interview
	for _, lang := range []string{p.scr.Lang, "*"} {
		for i, extra := range []map[string]string{book.Terms[lang], book.AutoTerms[lang]} {
			var list []markup.Term
			for phrase, def := range extra {
				list = append(list, markup.Term{Phrases: []string{phrase}, Definition: markup.Author(def)})
			}
			switch {
			case len(list) == 0:
			case i == 0:
				p.r.opts.Terms = append(p.r.opts.Terms, markup.NewTerms(list))
			default:
				p.r.opts.Terms = append(p.r.opts.Terms, markup.NewAutoTerms(list))
			}
		}
		if err := p.termTable(iv.Terms[lang], false); err != nil {
			return err
		}
		if err := p.termTable(iv.AutoTerms[lang], true); err != nil {
			return err
		}
	}
	return nil
}

// rawHTML is author HTML that is not Markdown; what people typed in it is
// escaped all the same.
func (r *renderer) rawHTML(s *python.Str) screen.HTML {
	if s == nil || s.String() == "" {
		return ""
	}
	opts := r.opts
	opts.HTMLOnly = true
	return screen.HTML(r.collect(asText(s), opts).HTML)
}
