package interview

import (
	"math/bits"
	"slices"
	"strings"
)

// A Form is one way a name may be written in a block.
type Form struct {
	Text      string   // as a block offers it: x.rides[i].name
	X         string   // what x stands for; "" when the form is not generic
	Iterators []string // the index expressions that i, j, ... stand for
}

// Generic reports whether the form holds x.
func (f Form) Generic() bool { return f.X != "" }

const (
	iterators   = "ijklmn" // in the order they are handed out
	maxBrackets = 10       // brackets that may become iterators; the rest stay as they are
)

// Forms gives the ways to write a missing name, most specific first: specific
// before generic, then more attributes, more brackets, fewer iterators.
func Forms(name string) []Form {
	root, parts := SplitName(name)
	var forms []rankedForm
	forms = appendForms(forms, "", root, parts)
	for n := range parts {
		forms = appendForms(forms, root+strings.Join(parts[:n], ""), "x", parts[n:])
	}
	slices.SortStableFunc(forms, compareForms)
	out := make([]Form, len(forms))
	for i, f := range forms {
		out[i] = f.Form
	}
	return out
}

// A rankedForm is a form with what it is sorted by.
type rankedForm struct {
	Form
	dots, brackets int
}

func compareForms(a, b rankedForm) int {
	if a.Generic() != b.Generic() {
		if a.Generic() {
			return 1
		}
		return -1
	}
	if a.dots != b.dots {
		return b.dots - a.dots
	}
	if a.brackets != b.brackets {
		return b.brackets - a.brackets
	}
	return len(a.Iterators) - len(b.Iterators)
}

// appendForms adds root followed by parts with every choice of brackets
// replaced by iterators, the leftmost bracket first.
func appendForms(forms []rankedForm, x, root string, parts []string) []rankedForm {
	var brackets []int
	for i, p := range parts {
		if p[0] == '[' {
			brackets = append(brackets, i)
		}
	}
	free := min(len(brackets), maxBrackets)
	for set := range uint(1) << free {
		if bits.OnesCount(set) > len(iterators) {
			continue
		}
		f := rankedForm{Form: Form{X: x}, dots: len(parts) - len(brackets), brackets: len(brackets)}
		text, next := strings.Builder{}, 0
		text.WriteString(root)
		for i, p := range parts {
			if next < free && brackets[next] == i {
				next++
				if set&(1<<(next-1)) != 0 {
					f.Iterators = append(f.Iterators, strings.TrimSpace(p[1:len(p)-1]))
					p = "[" + iterators[len(f.Iterators)-1:len(f.Iterators)] + "]"
				}
			}
			text.WriteString(p)
		}
		f.Text = text.String()
		forms = append(forms, f)
	}
	return forms
}

// SplitName cuts a name into its root and the indexes and attributes after
// it: people[0].name gives people and [0], .name. Text that is no name comes
// back whole as the root.
func SplitName(name string) (root string, parts []string) {
	start, end := 0, len(name)
	for i := 0; i < end; {
		switch name[i] {
		case '.', '[':
			if start == 0 {
				root = name[:i]
			} else {
				parts = append(parts, name[start:i])
			}
			start = i
			if name[i] == '.' {
				i++
				continue
			}
			if i = closing(name, i); i < 0 {
				return name, nil
			}
		default:
			i++
		}
	}
	if start == 0 {
		return name, nil
	}
	return root, append(parts, name[start:])
}

// closing gives the place after the bracket that closes the one at from, or -1.
func closing(name string, from int) int {
	depth, quote := 0, byte(0)
	for i := from; i < len(name); i++ {
		c := name[i]
		switch {
		case quote != 0:
			if c == '\\' {
				i++
			} else if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case c == '[':
			depth++
		case c == ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return -1
}
