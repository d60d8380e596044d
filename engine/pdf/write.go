package pdf

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"codeberg.org/go-pdf/fpdf"

	"colloquy/engine/doc"
)

// Options say what a document does not say itself.
type Options struct {
	// Warn is told what could not be shown as written. Nil tells nobody.
	Warn func(text string)
	// Untagged leaves out the structure for screen readers.
	Untagged bool
}

// A ScriptError says that a document has letters that cannot be set here.
type ScriptError struct {
	Script string // such as "Arabic"
}

func (e *ScriptError) Error() string {
	return fmt.Sprintf("the PDF writer cannot set %s text: it needs letters or shaping that the built-in fonts do not have", e.Script)
}

// epoch is the date that files carry: the same document is the same file.
var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// Write writes a document as PDF. It returns a *ScriptError if the document is
// in a script that it cannot set; nothing is written then.
func Write(w io.Writer, d *doc.Document, o Options) error {
	f, err := loadFonts(d.Page.Family)
	if err != nil {
		return err
	}
	l := &layout{doc: d, fonts: f, warn: o.Warn, missing: map[rune]bool{}, headings: map[*doc.Heading]*mark{}, marks: map[string]*mark{}, root: &element{kind: "Document"}}
	l.element = l.root
	flow := l.blocks(d.Blocks, d.Page.TextWidth())
	pages := l.paginate(flow)
	c := newCanvas(l, len(pages), !o.Untagged)
	for _, p := range pages {
		c.page(p)
	}
	if l.script != "" {
		return &ScriptError{l.script}
	}
	l.report()
	return c.output(w)
}

// report tells of the characters that no font has.
func (l *layout) report() {
	if l.warn == nil || len(l.missing) == 0 {
		return
	}
	l.warn(fmt.Sprintf("%d different signs are in none of the built-in fonts; a box stands for each", len(l.missing)))
}

// fonts are the faces of a document.
type fonts struct{ text, fixed [4]*face }

func loadFonts(family doc.Family) (fonts, error) {
	var out fonts
	text := serif
	if family == doc.Sans {
		text = sans
	}
	for i := range text {
		var err error
		if out.text[i], err = text[i](); err != nil {
			return out, err
		}
		if out.fixed[i], err = mono[i](); err != nil {
			return out, err
		}
	}
	return out, nil
}

// of returns the face of a style.
func (f fonts) of(s doc.Style) *face {
	i := regular
	if s.Bold {
		i |= bold
	}
	if s.Italic {
		i |= italic
	}
	if s.Code {
		return f.fixed[i]
	}
	return f.text[i]
}

// scripts are those that cannot be set, by name.
var scripts = []struct {
	name  string
	table *unicode.RangeTable
}{
	{"Arabic", unicode.Arabic}, {"Hebrew", unicode.Hebrew}, {"Syriac", unicode.Syriac}, {"Thaana", unicode.Thaana},
	{"Chinese or Japanese", unicode.Han}, {"Japanese", unicode.Hiragana}, {"Japanese", unicode.Katakana}, {"Korean", unicode.Hangul},
	{"Devanagari", unicode.Devanagari}, {"Bengali", unicode.Bengali}, {"Tamil", unicode.Tamil}, {"Thai", unicode.Thai},
	{"Amharic", unicode.Ethiopic}, {"Armenian", unicode.Armenian}, {"Georgian", unicode.Georgian}, {"Khmer", unicode.Khmer},
}

// settable returns s as the face can set it. A letter that it lacks, or that
// runs from right to left, is noted as a script that cannot be set; another
// sign becomes a box.
func (l *layout) settable(s string, f *face) string {
	bad := func(r rune) bool { return !f.has(r) || unicode.In(r, unicode.Hebrew, unicode.Arabic) }
	if strings.IndexFunc(s, bad) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if !bad(r) {
			return r
		}
		switch {
		case r == '\u2028' || r == '\t':
			return ' '
		case r == '\u202f' || r == '\u2007':
			return '\u00a0'
		case r == '\u2011':
			return '-'
		case r == '☐' || r == '☑' || r == '☒':
			return '□'
		case unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me) || r == '\u200b':
			return -1
		case unicode.IsLetter(r):
			l.noteScript(r)
		}
		l.missing[r] = true
		if f.has('□') {
			return '□'
		}
		return '?'
	}, s)
}

func (l *layout) noteScript(r rune) {
	if l.script != "" {
		return
	}
	l.script = "this"
	for _, s := range scripts {
		if unicode.Is(s.table, r) {
			l.script = s.name
			return
		}
	}
}

// newFile begins a file of a document.
func newFile(d *doc.Document) *fpdf.Fpdf {
	f := fpdf.NewCustom(&fpdf.InitType{OrientationStr: "P", UnitStr: "pt", Size: fpdf.SizeType{Wd: d.Page.Width, Ht: d.Page.Height}})
	f.SetAutoPageBreak(false, 0)
	f.SetMargins(0, 0, 0)
	f.SetCatalogSort(true)
	f.SetCreationDate(epoch)
	f.SetModificationDate(epoch)
	f.SetProducer("Colloquy", true)
	m := d.Meta
	if m.Title != "" {
		f.SetTitle(m.Title, true)
	}
	if len(m.Authors) > 0 {
		f.SetAuthor(strings.Join(m.Authors, ", "), true)
	}
	if m.Subject != "" {
		f.SetSubject(m.Subject, true)
	}
	if m.Keywords != "" {
		f.SetKeywords(m.Keywords, true)
	}
	if m.Language != "" {
		f.SetLang(languageTag(m.Language))
	}
	return f
}

// languageTag keeps what may stand in a language tag.
func languageTag(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return -1
	}, strings.ReplaceAll(s, "_", "-"))
}
