package assemble

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"colloquy/engine/python"
)

// Digest is what a format of a plan is recognised by: the same digest means the
// same bytes. ok is false of documents that hang on more than a plan says: Word
// templates, and forms with objects in their fields. They are known by their
// bytes; see DigestOf.
func (p *Plan) Digest(format string) (digest string, ok bool) {
	fields, ok := p.plainFields()
	if !ok || p.Kind == Word {
		return "", false
	}
	type marked struct {
		Text  string
		Spans []python.Span
	}
	mark := func(s *python.Str) marked {
		if s == nil {
			return marked{}
		}
		return marked{s.String(), s.Spans()}
	}
	type pair struct {
		Key   string
		Value any
	}
	var meta []pair
	for _, m := range p.Metadata {
		switch v := m.Value.(type) {
		case *python.Str:
			meta = append(meta, pair{m.Key, mark(v)})
		case []*python.Str:
			var list []marked
			for _, s := range v {
				list = append(list, mark(s))
			}
			meta = append(meta, pair{m.Key, list})
		default:
			meta = append(meta, pair{m.Key, v})
		}
	}
	whole, err := json.Marshal(struct {
		Version, Format, Name string
		Kind                  Kind
		Content               marked
		Metadata              []pair
		Options               Options
		Fields, Templates     []string
	}{Version, format, p.Name, p.Kind, mark(p.Content), meta, p.Options, fields, p.templateDigests()})
	if err != nil {
		return "", false
	}
	return DigestOf(whole), true
}

// plainFields are names and values of the fields, if all are plain.
func (p *Plan) plainFields() (list []string, ok bool) {
	for _, f := range p.Fields {
		switch f.Value.(type) {
		case *python.Str, python.Bool, python.Int, python.Float:
		default:
			if f.Value != python.Value(python.None) {
				return nil, false
			}
		}
		text, err := p.Thread.Repr(f.Value)
		if err != nil {
			return nil, false
		}
		list = append(list, f.Name, text.String())
	}
	return list, true
}

func (p *Plan) templateDigests() []string {
	var list []string
	for _, t := range p.Templates {
		list = append(list, DigestOf(t.Content))
	}
	return list
}

// DigestOf is what finished bytes are recognised by.
func DigestOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// Head is the YAML head that the source of a document has in front: what its
// language is and its settings, as authors read them in the markdown attribute
// of a file.
func (p *Plan) Head(format string) string {
	var b strings.Builder
	b.WriteString("---\n")
	writeYAML(&b, "syslang", p.Options.Language)
	if p.Options.Tagged && format == "pdf" {
		writeYAML(&b, "taggedpdf", "true")
	}
	for _, m := range p.Metadata {
		switch v := m.Value.(type) {
		case *python.Str:
			writeYAML(&b, m.Key, v.String())
		case []*python.Str:
			b.WriteString(quoted(m.Key) + ":\n")
			for _, s := range v {
				b.WriteString("- |-\n" + indented(s.String()))
			}
		case bool:
			b.WriteString(quoted(m.Key) + ": " + map[bool]string{true: "true", false: "false"}[v] + "\n")
		}
	}
	b.WriteString("...\n\n")
	return b.String()
}

func writeYAML(b *strings.Builder, key, value string) {
	b.WriteString(quoted(key) + ": |-\n" + indented(value))
}

func quoted(s string) string {
	out, err := json.Marshal(s)
	if err != nil {
		return `""`
	}
	return string(out)
}

func indented(s string) string {
	return "  " + strings.ReplaceAll(s, "\n", "\n  ") + "\n"
}
