package language

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A Translation is one phrase in two languages, as a translation file has it.
type Translation struct {
	From, To   string // language codes
	Text       string // in the language From
	Translated string // in the language To
	Source     string // what the file says the phrase is from, if anything
	ID         string // the file's own name for the entry
}

// TranslationWords makes words of translations; of the same phrase in the same
// language, the last counts.
func TranslationWords(list []Translation) *Words {
	table := make(map[string]map[string]string)
	for _, t := range list {
		if table[t.To] == nil {
			table[t.To] = make(map[string]string)
		}
		table[t.To][t.Text] = t.Translated
	}
	return &Words{byLang: table}
}

// ReadXLIFF reads a translation file in XLIFF 1.2 or 2.0. Entries without a
// translation are left out, markup inside a phrase is dropped and its text
// kept. Errors carry name and line.
func ReadXLIFF(name string, data []byte) ([]Translation, error) {
	r := xliffReader{dec: xml.NewDecoder(bytes.NewReader(data))}
	for {
		tok, err := r.dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, r.fail(name, err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			r.start(tok)
		case xml.EndElement:
			r.end(tok.Name.Local)
		case xml.CharData:
			if r.into != nil {
				r.into.Write(tok)
			}
		}
	}
	if !r.isXLIFF {
		return nil, fmt.Errorf("%s:1: not an XLIFF file", name)
	}
	return r.list, nil
}

// xliffReader gathers entries while it walks over a file. The two versions
// differ in names only: trans-unit and unit, source-language and srcLang.
type xliffReader struct {
	dec            *xml.Decoder
	isXLIFF        bool
	present        Translation
	source, target strings.Builder
	hasTarget      bool
	into           *strings.Builder // where text goes, nil outside source and target
	list           []Translation
}

func (r *xliffReader) fail(name string, err error) error {
	line, column := r.dec.InputPos()
	return fmt.Errorf("%s:%d:%d: read XLIFF: %w", name, line, column, err)
}

func (r *xliffReader) start(e xml.StartElement) {
	switch e.Name.Local {
	case "xliff":
		r.isXLIFF = true
		r.languages(e)
	case "file":
		r.present.Source = attribute(e, "original")
		r.languages(e)
	case "trans-unit", "unit":
		r.present.ID = attribute(e, "id")
		r.source.Reset()
		r.target.Reset()
		r.hasTarget = false
	case "source":
		r.into = &r.source
	case "target":
		r.into, r.hasTarget = &r.target, true
	}
}

func (r *xliffReader) languages(e xml.StartElement) {
	for _, key := range []string{"source-language", "srcLang"} {
		if lang := attribute(e, key); lang != "" {
			r.present.From = lang
		}
	}
	for _, key := range []string{"target-language", "trgLang"} {
		if lang := attribute(e, key); lang != "" {
			r.present.To = lang
		}
	}
}

func (r *xliffReader) end(name string) {
	switch name {
	case "source", "target":
		r.into = nil
	case "trans-unit", "unit":
		t := r.present
		t.Text, t.Translated = r.source.String(), r.target.String()
		if r.hasTarget && t.To != "" && strings.TrimSpace(t.Translated) != "" {
			r.list = append(r.list, t)
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
