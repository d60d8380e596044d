package template

import (
	"fmt"
	"strings"
)

// Markdown writes the text of a DOCX file as Markdown: headings, lists, tables,
// links, bold and italic. What Markdown has no mark for is left out.
func Markdown(f File) (string, error) {
	a, err := openArchive(f.Content)
	if err != nil {
		return "", fmt.Errorf("open %s: %w", f.Name, err)
	}
	main, err := a.main()
	if err != nil {
		return "", fmt.Errorf("open %s: %w", f.Name, err)
	}
	root, err := parseXML(a.parts[main])
	if err != nil {
		return "", fmt.Errorf("read %s: %w", f.Name, err)
	}
	r := &reader{links: map[string]string{}, styles: map[string]string{}}
	for _, k := range a.relations(main).kids {
		if k.get("TargetMode") == "External" {
			r.links[k.get("Id")] = k.get("Target")
		}
	}
	for _, part := range a.targets(main, "styles") {
		if styles, err := parseXML(a.parts[part]); err == nil {
			for _, k := range styles.kids {
				r.styles[k.get("w:styleId")] = strings.ToLower(k.child("w:name").value())
			}
		}
	}
	return strings.Join(r.blocks(root.child("w:body")), "\n\n"), nil
}

// A reader writes Markdown of a document.
type reader struct {
	links  map[string]string // addresses by relationship
	styles map[string]string // names in small letters by id
}

// blocks are the paragraphs and tables in n; items of a list are one.
func (r *reader) blocks(n *node) []string {
	if n == nil {
		return nil
	}
	var out []string
	inList := false
	for _, k := range n.kids {
		switch k.name {
		case "w:p":
			text := strings.TrimSpace(r.runs(k))
			if text == "" {
				continue
			}
			pr := k.child("w:pPr")
			style := r.styles[pr.child("w:pStyle").value()]
			item := pr.child("w:numPr") != nil || strings.HasPrefix(style, "list ")
			switch {
			case item:
				text = "* " + text
			case strings.HasPrefix(style, "heading "):
				if d := style[len("heading "):]; len(d) == 1 && d >= "1" && d <= "6" {
					text = strings.Repeat("#", int(d[0]-'0')) + " " + text
				}
			}
			if item && inList {
				out[len(out)-1] += "\n" + text
			} else {
				out = append(out, text)
			}
			inList = item
		case "w:tbl":
			out = append(out, r.table(k))
			inList = false
		case "w:sdt", "w:sdtContent", "w:ins", "w:smartTag":
			out = append(out, r.blocks(k)...)
			inList = false
		}
	}
	return out
}

// table writes the rows of a table, the first as its head.
func (r *reader) table(n *node) string {
	var lines []string
	for _, row := range n.kids {
		if row.name != "w:tr" {
			continue
		}
		var cells []string
		for _, c := range row.kids {
			if c.name == "w:tc" {
				cells = append(cells, strings.ReplaceAll(strings.ReplaceAll(strings.Join(r.blocks(c), " "), "\n", " "), "|", `\|`))
			}
		}
		lines = append(lines, "| "+strings.Join(cells, " | ")+" |")
		if len(lines) == 1 {
			lines = append(lines, "|"+strings.Repeat("---|", len(cells)))
		}
	}
	return strings.Join(lines, "\n")
}

var markdownEscaper = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "<", "&lt;", "#", `\#`)

// runs writes running text.
func (r *reader) runs(n *node) string {
	var b strings.Builder
	mark := ""
	shut := func(next string) {
		if mark != next {
			text := strings.TrimRight(b.String(), " ")
			tail := b.String()[len(text):]
			if mark != "" {
				b.Reset()
				b.WriteString(text + mark + tail)
			}
			b.WriteString(next)
			mark = next
		}
	}
	for _, k := range n.kids {
		switch k.name {
		case "w:r":
			text := runText(k)
			if text == "" {
				continue
			}
			pr := k.child("w:rPr")
			next := ""
			if on(pr.child("w:b")) {
				next += "**"
			}
			if on(pr.child("w:i")) {
				next += "*"
			}
			if strings.TrimSpace(text) == "" {
				next = mark
			}
			if mark != next {
				shut("")
				text = strings.TrimLeft(text, " ")
				if text != runText(k) {
					b.WriteString(" ")
				}
			}
			shut(next)
			b.WriteString(text)
		case "w:hyperlink":
			shut("")
			if text := r.runs(k); r.links[k.get("r:id")] != "" {
				b.WriteString("[" + text + "](" + r.links[k.get("r:id")] + ")")
			} else {
				b.WriteString(text)
			}
		case "w:ins", "w:smartTag", "w:sdt", "w:sdtContent", "w:fldSimple":
			shut("")
			b.WriteString(r.runs(k))
		}
	}
	shut("")
	return b.String()
}

// on reports whether a property of a run is switched on.
func on(n *node) bool {
	v := n.value()
	return n != nil && v != "0" && v != "false" && v != "none"
}

func runText(n *node) string {
	var b strings.Builder
	for _, k := range n.kids {
		switch k.name {
		case "w:t":
			for _, t := range k.kids {
				b.WriteString(markdownEscaper.Replace(t.text))
			}
		case "w:tab":
			b.WriteString(" ")
		case "w:br", "w:cr":
			b.WriteString("  \n")
		case "w:noBreakHyphen":
			b.WriteString("-")
		}
	}
	return b.String()
}
