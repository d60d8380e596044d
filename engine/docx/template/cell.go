package template

import (
	"slices"
	"strings"

	"colloquy/engine/jinja"
)

// cellOrder is the order that Word wants the properties of a cell in.
var cellOrder = []string{"w:cnfStyle", "w:tcW", "w:gridSpan", "w:hMerge", "w:vMerge", "w:tcBorders", "w:shd", "w:noWrap", "w:tcMar",
	"w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark"}

// cell carries out {% colspan %}, {% cellbg %}, {% vm %} and {% hm %}, which are
// about the cell they stand in.
func (p *preparation) cell(tag *node) error {
	text := tag.tag.Text
	if text[1] != '%' {
		return nil
	}
	word, rest, _ := strings.Cut(strings.TrimSpace(strings.Trim(text[2:len(text)-2], "-+")), " ")
	if word != "colspan" && word != "cellbg" && word != "vm" && word != "hm" {
		return nil
	}
	tc := tag.above("w:tc")
	if tc == nil {
		return p.fail(tag.tag.At.Col, "{%% %s %%} is for the cell of a table, and stands in none", word)
	}
	output := func(expr string) *jinja.Piece {
		return &jinja.Piece{Text: "{{ " + expr + " }}", Tag: true, At: tag.tag.At, Note: &spot{level: inAttr}}
	}
	statement := func(text string) *node {
		return &node{tag: &jinja.Piece{Text: text, Tag: true, At: tag.tag.At}}
	}
	t := tag.parent
	tag.replace()
	prune(t)
	switch word {
	case "colspan":
		tc.property("w:gridSpan", attr{name: "w:val", tag: output(rest)})
	case "cellbg":
		tc.property("w:shd", attr{name: "w:val", value: "clear"}, attr{name: "w:color", value: "auto"}, attr{name: "w:fill", tag: output(rest)})
	case "vm":
		tc.property("w:vMerge", attr{name: "w:val", tag: output("'restart' if loop.first else 'continue'")})
		var kids, inner []*node
		for _, k := range tc.kids {
			if k.name == "w:tcPr" {
				kids = append(kids, k)
			} else {
				inner = append(inner, k)
			}
		}
		kids = append(append(append(kids, statement("{% if loop.first %}")), inner...), statement("{% else %}"), element("w:p"), statement("{% endif %}"))
		tc.kids = kids
		for _, k := range kids {
			k.parent = tc
		}
	case "hm":
		tc.property("w:gridSpan", attr{name: "w:val", tag: output("loop.length")})
		tc.replace(statement("{% if loop.first %}"), tc, statement("{% endif %}"))
	}
	return nil
}

// property sets a property of a cell.
func (n *node) property(name string, attrs ...attr) {
	pr := n.child("w:tcPr")
	if pr == nil {
		pr = &node{name: "w:tcPr", parent: n}
		n.kids = append([]*node{pr}, n.kids...)
	}
	if old := pr.child(name); old != nil {
		old.attrs = attrs
		return
	}
	rank := slices.Index(cellOrder, name)
	at := len(pr.kids)
	for i, k := range pr.kids {
		if r := slices.Index(cellOrder, k.name); r > rank {
			at = i
			break
		}
	}
	pr.kids = slices.Insert(pr.kids, at, &node{name: name, attrs: attrs, parent: pr})
}
