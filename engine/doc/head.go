package doc

import (
	"errors"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
)

// A HeadError is a YAML head that cannot be read.
type HeadError struct {
	Line int // in the source, from 1
	Err  error
}

func (e *HeadError) Error() string {
	return fmt.Sprintf("metadata at line %d: %v", e.Line, e.Err)
}

// Unwrap gives the reader's own error.
func (e *HeadError) Unwrap() error { return e.Err }

// splitHeads takes the YAML heads out of the source: at its start, and after
// an empty line wherever a mapping stands between "---" and "---" or "...".
// Later keys win. The lines of the body keep their numbers.
func splitHeads(source string) (string, map[string]*yaml.Node, error) {
	head := map[string]*yaml.Node{}
	if !strings.Contains(source, "---") {
		return source, head, nil
	}
	lines := strings.SplitAfter(source, "\n")
	fence := ""
	for i := 0; i < len(lines); i++ {
		if fence = codeFence(fence, lines[i]); fence != "" {
			continue
		}
		end := headEnd(lines, i)
		if end == 0 {
			continue
		}
		fields, err := readHead(strings.Join(lines[i+1:end], ""))
		var not notMapping
		if errors.As(err, &not) {
			continue
		}
		if err != nil {
			return "", nil, &HeadError{Line: i + 1, Err: err}
		}
		for k, v := range fields {
			head[k] = v
		}
		for j := i; j <= end; j++ {
			lines[j] = "\n"
		}
		i = end
	}
	return strings.Join(lines, ""), head, nil
}

// codeFence says in which fence of code the line after this one stands.
func codeFence(open, line string) string {
	s := strings.TrimLeft(line, " ")
	for _, c := range []string{"```", "~~~"} {
		if strings.HasPrefix(s, c) {
			if open == "" {
				return c
			}
			if open == c && strings.Trim(s, c+" \n") == "" {
				return ""
			}
		}
	}
	return open
}

// headEnd returns the line that ends the head beginning at line i, or 0.
func headEnd(lines []string, i int) int {
	if strings.TrimRight(lines[i], " \n") != "---" || i > 0 && trim(lines[i-1]) != "" || i+1 >= len(lines) || trim(lines[i+1]) == "" {
		return 0
	}
	for j := i + 1; j < len(lines); j++ {
		if s := strings.TrimRight(lines[j], " \n"); s == "---" || s == "..." {
			return j
		}
	}
	return 0
}

type notMapping struct{}

func (notMapping) Error() string { return "is no mapping" }

func readHead(s string) (map[string]*yaml.Node, error) {
	var n yaml.Node
	if err := yaml.Unmarshal([]byte(s), &n); err != nil {
		return nil, err
	}
	if len(n.Content) != 1 || n.Content[0].Kind != yaml.MappingNode {
		return nil, notMapping{}
	}
	out := map[string]*yaml.Node{}
	m := n.Content[0].Content
	for i := 0; i+1 < len(m); i += 2 {
		out[m[i].Value] = m[i+1]
	}
	return out, nil
}

// nodeTexts returns the texts of a scalar or of a list of scalars. In a list
// of mappings, as authors with their affiliations are written, the name counts.
func nodeTexts(n *yaml.Node) []string {
	switch n.Kind {
	case yaml.ScalarNode:
		if n.Tag == "!!null" {
			return nil
		}
		return []string{n.Value}
	case yaml.SequenceNode:
		var out []string
		for _, c := range n.Content {
			out = append(out, nodeTexts(c)...)
		}
		return out
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == "name" {
				return nodeTexts(n.Content[i+1])
			}
		}
	}
	return nil
}
