package interview

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"colloquy/engine/mako"
	"colloquy/engine/spelling"
)

// A builder makes one block, reporting everything that is wrong with it.
type builder struct {
	*loader
	unit     *unit
	doc      *document
	block    *Block
	defs     []mako.Source // Mako fragments put before every text of the block
	setNames []string      // found in code and fields
}

func (b *builder) errorf(pos Pos, format string, args ...any) { b.fixf(pos, "", format, args...) }

func (b *builder) fixf(pos Pos, fix, format string, args ...any) {
	b.report(Error, pos, fix, fmt.Sprintf(format, args...))
}

func (b *builder) warnf(pos Pos, fix, format string, args ...any) {
	b.report(Warning, pos, fix, fmt.Sprintf(format, args...))
}

// unknown reports a name that nobody knows: an error where it is nearly one of
// those known, for then it was meant to have an effect; else a warning, for
// authors keep notes of their own.
func (b *builder) unknown(pos Pos, word string, known []string, format string, args ...any) {
	near, ok := spelling.Nearest(word, known)
	if !ok {
		b.reportKind(ProblemKey, Warning, pos, "", fmt.Sprintf(format, args...))
		return
	}
	b.reportKind(ProblemKey, Error, pos, "did you mean "+near+"?", fmt.Sprintf(format, args...))
}

func (b *builder) report(s Severity, pos Pos, fix, msg string) {
	b.reportKind(ProblemBlock, s, pos, fix, msg)
}

func (b *builder) reportKind(k ProblemKind, s Severity, pos Pos, fix, msg string) {
	b.problem(Problem{Kind: k, Pos: pos, Severity: s, Message: msg, Fix: fix, Excerpt: b.doc.excerpt(pos.Line)})
}

// excerpt shows the lines around a line of the file, numbered.
func (d *document) excerpt(line int) string {
	const around = 2
	at := line - d.line
	if at < 0 || at >= len(d.original) {
		return ""
	}
	var b strings.Builder
	for i := max(at-around, 0); i <= min(at+around, len(d.original)-1); i++ {
		mark := "  "
		if i == at {
			mark = "> "
		}
		fmt.Fprintf(&b, "%s%4d | %s\n", mark, d.line+i, d.original[i])
	}
	return strings.TrimRight(b.String(), "\n")
}

// found notes a name the block sets.
func (b *builder) found(name string) { b.setNames = append(b.setNames, name) }

// key gives a block the name under which stored state remembers it.
func (b *builder) key(id, source string) string {
	if id != "" {
		return "ID " + id
	}
	sum := sha256.Sum256([]byte(source))
	key := hex.EncodeToString(sum[:9])
	b.copies[key]++
	if n := b.copies[key]; n > 1 {
		key = fmt.Sprintf("%s-%d", key, n)
	}
	return key
}

// lowered gives a mapping with its text keys in lower case.
func (b *builder) lowered(n *Node) *Node {
	c := &Node{Kind: Map, Pos: n.Pos, Items: n.Items, Keys: make([]*Node, len(n.Keys))}
	seen := map[string]bool{}
	for i, k := range n.Keys {
		if k.Kind == String {
			if low := strings.ToLower(k.Str); low != k.Str {
				lk := *k
				lk.Str = low
				k = &lk
			}
			if seen[k.Str] {
				b.errorf(k.Pos, "the key %s is written twice in different letters", k.Str)
			}
			seen[k.Str] = true
		}
		c.Keys[i] = k
	}
	return c
}

// usedefs gives the named Mako fragments that come before the texts of a block.
func (b *builder) usedefs(r *reader, key string) []mako.Source {
	var out []mako.Source
	for _, item := range listOf(r.set(key)) {
		name := strings.TrimSpace(item.Written())
		def, ok := b.loader.defs[name]
		if !ok {
			b.errorf(item.Pos, "there is no def %s before this block", name)
			continue
		}
		out = append(out, def)
	}
	return out
}
