package markup

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// text writes a stretch of text (entities still in it) that stands between
// tags, in the way its surroundings ask for.
func (f *finisher) text(s string) {
	var top elem
	if n := len(f.stack); n > 0 {
		top = f.stack[n-1]
	}
	if codeTags[top.name] && top.name != "textarea" && top.name != "title" && !top.alien {
		f.rawText(s)
		return
	}
	s = settle(s)
	switch {
	case top.code:
		f.sourceText(s, top.name)
	default:
		f.running(s, &top)
	}
}

// settle escapes what is text only because of what follows it: signs of the
// author that could begin a tag or entity with typed text behind them.
func settle(s string) string {
	if strings.IndexByte(s, '<') >= 0 {
		s = strings.ReplaceAll(s, "<", "&lt;")
	}
	if strings.IndexByte(s, '&') >= 0 {
		s = openEntity.ReplaceAllString(s, "&amp;$1")
	}
	return s
}

var openEntity = regexp.MustCompile(`&(#?[0-9A-Za-z]*(?:[\x{F0000}-\x{10FFFF}]|$))`)

// rawText writes text in which a browser reads no entities: what people typed
// cannot be escaped there and becomes a blank.
func (f *finisher) rawText(s string) {
	f.r.pieces(s, func(text string, typed bool) {
		if typed {
			text = " "
		}
		f.out = append(f.out, text...)
	})
}

// sourceText writes text in which tags stand for themselves.
func (f *finisher) sourceText(s, element string) {
	t, ok := f.r.token(s)
	if ok && f.fresh == len(f.out) && (element == "pre" || element == "textarea") && strings.HasPrefix(f.r.source(t.src), "\n") {
		f.out = append(f.out, '\n') // a parser drops the first one
	}
	f.r.pieces(s, func(text string, typed bool) {
		if typed {
			text = textEscaper.Replace(text)
		}
		f.out = append(f.out, text...)
	})
}

// running writes ordinary text: tokens are drawn, icons and terms found.
func (f *finisher) running(s string, top *elem) {
	if f.fresh == len(f.out) {
		s = f.leading(s, top.name)
	}
	if len(f.stack) == 0 && (f.r.opts.Trim || f.r.opts.Inline) && strings.TrimSpace(s) == "" {
		f.gap()
		return
	}
	from := 0
	for i := 0; i < len(s); {
		if s[i] < leadByte {
			i++
			continue
		}
		t, ok := f.r.token(s[i:])
		if ok {
			f.author(s, from, i, top)
			f.draw(t)
			from = i + runeLength
		}
		i += runeLength
	}
	f.author(s, from, len(s), top)
}

func before(s string, i int) rune {
	c, n := utf8.DecodeLastRuneInString(s[:i])
	if n == 0 {
		return ' '
	}
	return c
}

// leading applies the paragraph and spacing tags that an element begins with
// and returns what follows them.
func (f *finisher) leading(s, element string) string {
	for trim := element == "p"; ; trim = true {
		rest := strings.TrimLeft(s, " \n")
		t, ok := f.r.token(rest)
		if !ok && trim {
			return rest
		}
		if !ok || !f.begins(t) {
			return s
		}
		s = rest[runeLength:]
	}
}

// begins applies a token at the beginning of an element, if it has any effect
// there.
func (f *finisher) begins(t *token) bool {
	switch t.kind {
	case kindNothing:
		return true
	case kindState:
		f.setState(t.name)
		f.respace()
		return true
	case kindLook:
		return f.restyle(t.html, t.plain)
	}
	return false
}

// setState remembers spacing and indentation for the paragraphs to come.
func (f *finisher) setState(name string) {
	switch name {
	case "START_INDENTATION":
		f.indents = "daindent"
	case "STOP_INDENTATION":
		f.indents = "danoindent"
	default:
		f.spacing = "da" + strings.ToLower(name)
	}
}

// respace gives the state just changed to the paragraph just begun.
func (f *finisher) respace() {
	n := len(f.stack)
	if n == 0 || f.stack[n-1].emits != "p" {
		return
	}
	e := &f.stack[n-1]
	kept := e.attrs[:0:0]
	for _, a := range e.attrs {
		if a.key != "class" || !strings.HasPrefix(a.val, "da") {
			kept = append(kept, a)
		}
	}
	e.attrs = kept
	f.restyle(strings.TrimSpace(f.spacing+" "+f.indents), "")
}

// draw writes what a token stands for in running text. HTML would end SVG and
// MathML; only text is drawn there.
func (f *finisher) draw(t *token) {
	if f.inForeign() && t.kind != kindTyped && t.kind != kindNothing {
		text := f.r.source(t.src)
		if t.kind == kindGlyph {
			text = t.plain
		}
		f.out = append(f.out, textEscaper.Replace(text)...)
		return
	}
	switch t.kind {
	case kindTyped:
		f.typed(t.src)
	case kindGlyph:
		f.out = append(f.out, t.html...)
	case kindNothing:
	case kindState:
		f.setState(t.name)
	case kindMedia:
		f.out = append(f.out, f.r.media(t)...)
	case kindTerm:
		f.term(t)
	case kindField:
		from := len(f.out)
		f.out = append(f.out, textEscaper.Replace(f.r.source(t.src))...)
		f.marks = append(f.marks, mark{from, len(f.out), f.r.source(t.args)})
	default: // a paragraph tag in the middle of a paragraph, raw HTML out of place
		f.out = append(f.out, textEscaper.Replace(f.r.source(t.src))...)
	}
}

// typed writes what people typed.
func (f *finisher) typed(s string) {
	s = textEscaper.Replace(s)
	if f.r.opts.OutsideBreaks && !f.inForeign() {
		s = strings.ReplaceAll(s, "\n", "<br>\n")
	}
	f.out = append(f.out, s...)
}

// term draws a marked term.
func (f *finisher) term(t *token) {
	text := f.r.source(t.args)
	label, shown := strings.TrimSpace(text), textEscaper.Replace(text)
	if n := len(f.stack); n > 0 && f.stack[n-1].link {
		f.out = append(f.out, shown...)
		return
	}
	f.out = append(f.out, f.r.termLink(t.term, shown, label, t.name, false)...)
}

// author writes the author text s[from:to] (HTML), finding icons and automatic
// terms in it.
func (f *finisher) author(s string, from, to int, top *elem) {
	icons := f.r.opts.Icons != nil && !f.r.noIcons && strings.IndexByte(s[from:to], ':') >= 0
	terms := f.r.autos && !top.link
	if from == to || top.alien || !icons && !terms {
		f.out = append(f.out, s[from:to]...)
		return
	}
	atWord := !isWord(before(s, from))
	for i := from; i < to; {
		c, n := utf8.DecodeRuneInString(s[i:])
		found := ""
		switch {
		case c == '&': // entities are not words
			if end := strings.IndexByte(s[i:min(to, i+12)], ';'); end > 0 {
				n = end + 1
			}
		case c == ':' && icons:
			if icon, length := f.r.icon(s[i:to]); length > 0 {
				found, n = icon, length
			}
		case terms && atWord:
			if t, length := f.r.autoTerm(s, i); length > 0 && i+length <= to {
				shown := s[i : i+length]
				found, n = f.r.termLink(t, shown, html.UnescapeString(shown), html.UnescapeString(shown), true), length
			}
		}
		if found != "" {
			f.out = append(append(f.out, s[from:i]...), found...)
			from = i + n
		}
		atWord = !isWord(c)
		i += n
	}
	f.out = append(f.out, s[from:to]...)
}

// icon reads :name: at the start of s and returns its HTML and length, or 0.
func (r *rendering) icon(s string) (string, int) {
	i := 1
	for i < len(s) && (isTagByte(s[i], i == 1) && s[i] != ':' || i > 1 && s[i] == '_') {
		i++
	}
	if i < 2 || i >= len(s) || s[i] != ':' {
		return "", 0
	}
	icon, ok := r.opts.Icons.Icon(s[1:i])
	if !ok {
		return "", 0
	}
	r.attribute(icon.Attribution)
	return icon.HTML, i + 1
}
