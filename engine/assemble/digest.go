package assemble

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"colloquy/engine/python"
)

// Digest is what a format of a plan is recognised by: the same digest means the
// same bytes. ok is false of documents that are made from templates, which are
// known by their bytes only; see DigestOf.
func (p *Plan) Digest(format string) (digest string, ok bool) {
	if p.Kind != Markdown && p.Kind != Raw {
		return "", false
	}
	type marked struct {
		Text  string
		Spans []python.Span
	}
	mark := func(s *python.Str) marked { return marked{s.String(), s.Spans()} }
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
	}{Version, format, p.Name, p.Kind, mark(p.Content), meta, p.Options})
	if err != nil {
		return "", false
	}
	return DigestOf(whole), true
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
