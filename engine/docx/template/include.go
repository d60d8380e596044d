package template

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"colloquy/engine/jinja"
	"colloquy/engine/python"
)

// An inclusion is what include_docx_template() gives: written where it stands.
type inclusion struct {
	ref    python.Value
	inline bool
	plain  bool // its tags are not evaluated
	names  []python.Kwarg
}

// Class returns the class of inclusions.
func (*inclusion) Class() *python.Class { return inclusionClass }

var inclusionClass = python.NewClass(python.ClassSpec{Name: "Subdoc", Module: "docxtpl", Final: true})

// includeTemplate is include_docx_template(file, change_numbering=True,
// _use_jinja2=True, _inline=False, **vars).
func includeTemplate(th *python.Thread, a *python.Args) (python.Value, error) {
	if len(a.Pos) == 0 {
		return nil, python.Errorf(python.TypeError, "include_docx_template() needs the name of a file")
	}
	v := &inclusion{ref: a.Pos[0]}
	for _, k := range a.Kw {
		yes, err := th.Truth(k.Value)
		if err != nil && strings.HasPrefix(k.Name, "_") {
			return nil, err
		}
		switch k.Name {
		case "change_numbering":
		case "_use_jinja2":
			v.plain = !yes
		case "_inline":
			v.inline = yes
		default:
			v.names = append(v.names, k)
		}
	}
	return v, nil
}

// maxIncluded is how deep files may include each other.
const maxIncluded = 10

// include renders another template with the names seen at a place, and those
// that it was given.
func (r *rendering) include(th *python.Thread, v *inclusion, names *python.Namespace) (*markup, error) {
	if r.o.Template == nil {
		return nil, python.Errorf(python.ValueError, "other templates cannot be included here")
	}
	f, err := r.o.Template(th, v.ref)
	if err != nil {
		return nil, err
	}
	if slices.Contains(r.chain, f.Name) || len(r.chain) >= maxIncluded {
		return nil, python.Errorf(python.RecursionError, "templates include each other: %s", strings.Join(append(r.chain, f.Name), ", then "))
	}
	r.chain = append(r.chain, f.Name)
	defer func() { r.chain = r.chain[:len(r.chain)-1] }()
	kids, err := r.bring(f)
	if err != nil {
		return nil, err
	}
	m := &markup{form: asBlocks}
	if v.inline {
		kids, m.form = runsOf(kids), asRuns
	}
	body := &node{name: "w:body", kids: kids}
	for _, k := range kids {
		k.parent = body
	}
	if v.plain {
		m.xml = inner(body.String())
		return m, nil
	}
	pieces, err := prepare(f.Name, body)
	if err != nil {
		return nil, err
	}
	t, err := jinja.Compile(f.Name, pieces)
	if err != nil {
		return nil, inWords(err)
	}
	ns := python.NewNamespace(names)
	for _, k := range v.names {
		ns.Set(k.Name, k.Value)
	}
	out := &output{r: r}
	if err := r.run.RenderIn(th, t, out, ns); err != nil {
		return nil, inWords(err)
	}
	m.xml = inner(out.b.String())
	return m, nil
}

// inner is what stands between <w:body> and its end.
func inner(xml string) string {
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(xml, "<w:body>"), "<w:body/>"), "</w:body>")
}

// runsOf are the runs of the first paragraph.
func runsOf(kids []*node) []*node {
	for _, k := range kids {
		if k.name == "w:p" {
			return slices.DeleteFunc(slices.Clone(k.kids), func(n *node) bool { return n.name == "w:pPr" })
		}
	}
	return nil
}

// bring reads the text of another file and takes along what it refers to:
// pictures, links, styles and numberings. The design of its pages stays behind.
func (r *rendering) bring(f File) ([]*node, error) {
	a, err := openArchive(f.Content)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", f.Name, err)
	}
	main, err := a.main()
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", f.Name, err)
	}
	root, err := parseXML(a.parts[main])
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", f.Name, err)
	}
	body := root.child("w:body")
	if body == nil {
		return nil, fmt.Errorf("read %s: it has no text", f.Name)
	}
	if err := r.bringReferences(a, main, body); err != nil {
		return nil, err
	}
	if err := r.bringStyles(a, main); err != nil {
		return nil, err
	}
	numbers, err := r.bringNumbering(a, main)
	if err != nil {
		return nil, err
	}
	body.each(func(n *node) bool {
		if n.name == "w:numId" {
			if id, ok := numbers[n.get("w:val")]; ok {
				n.set("w:val", id)
			}
		}
		if n.name == "w:pPr" {
			for _, k := range n.kids {
				if k.name == "w:sectPr" {
					k.replace()
				}
			}
		}
		return true
	})
	var kids []*node
	for _, k := range body.kids {
		if k.name != "w:sectPr" {
			kids = append(kids, k)
		}
	}
	declareSpaces(root, kids)
	return kids, nil
}

// declareSpaces puts the namespaces of a document on what leaves it.
func declareSpaces(root *node, kids []*node) {
	for _, k := range kids {
		if k.name == "" {
			continue
		}
		for _, a := range root.attrs {
			prefix, ok := strings.CutPrefix(a.name, "xmlns:")
			if ok && prefix != "w" && k.uses(prefix) && k.get(a.name) == "" {
				k.attrs = append(k.attrs, a)
			}
		}
	}
}

// uses reports whether a prefix occurs in n.
func (n *node) uses(prefix string) bool {
	found := false
	n.each(func(n *node) bool {
		if strings.HasPrefix(n.name, prefix+":") || strings.Contains(n.get("Requires"), prefix) {
			found = true
		}
		for _, a := range n.attrs {
			if strings.HasPrefix(a.name, prefix+":") {
				found = true
			}
		}
		return !found
	})
	return found
}

// bringReferences relates pictures and links to the part being written.
// Relationships of other kinds are left out with what needs them.
func (r *rendering) bringReferences(a *archive, main string, body *node) error {
	ids := map[string]*node{}
	for _, k := range a.relations(main).kids {
		ids[k.get("Id")] = k
	}
	var err error
	body.each(func(n *node) bool {
		for i, at := range n.attrs {
			rel := ids[at.value]
			if rel == nil || !strings.HasPrefix(at.name, "r:") || n.name == "w:headerReference" || n.name == "w:footerReference" {
				continue
			}
			target := rel.get("Target")
			external := rel.get("TargetMode") == "External"
			if !external {
				content := a.parts[resolve(main, target)]
				extension := target[strings.LastIndexByte(target, '.')+1:]
				if target, err = r.a.addMedia(content, extension, contentType(a, extension)); err != nil {
					return false
				}
			}
			n.attrs[i].value = r.a.relate(r.part, rel.get("Type"), target, external)
		}
		return err == nil
	})
	return err
}

// contentType is what an archive says of an extension.
func contentType(a *archive, extension string) string {
	types, err := parseXML(a.parts["[Content_Types].xml"])
	if err == nil {
		for _, k := range types.kids {
			if k.name == "Default" && strings.EqualFold(k.get("Extension"), extension) {
				return k.get("ContentType")
			}
		}
	}
	return "application/octet-stream"
}

// bringStyles adds the styles that the document lacks.
func (r *rendering) bringStyles(a *archive, main string) error {
	theirs, ours := a.targets(main, "styles"), r.a.targets(r.main, "styles")
	if len(theirs) == 0 || len(ours) == 0 {
		return nil
	}
	from, err := parseXML(a.parts[theirs[0]])
	if err != nil {
		return fmt.Errorf("read styles: %w", err)
	}
	to, err := parseXML(r.a.parts[ours[0]])
	if err != nil {
		return fmt.Errorf("read styles: %w", err)
	}
	has := map[string]bool{}
	for _, k := range to.kids {
		has[k.get("w:styleId")] = true
	}
	added := false
	for _, k := range from.kids {
		if k.name == "w:style" && !has[k.get("w:styleId")] {
			c := *k
			c.attrs = slices.DeleteFunc(slices.Clone(k.attrs), func(a attr) bool { return a.name == "w:default" })
			to.kids = append(to.kids, &c)
			added = true
		}
	}
	if added {
		r.a.parts[ours[0]] = []byte(xmlHead + to.String())
	}
	return nil
}

// bringNumbering adds the numberings of another file under new numbers, which
// it returns by their old ones.
func (r *rendering) bringNumbering(a *archive, main string) (map[string]string, error) {
	theirs, ours := a.targets(main, "numbering"), r.a.targets(r.main, "numbering")
	if len(theirs) == 0 || len(ours) == 0 {
		return nil, nil
	}
	from, err := parseXML(a.parts[theirs[0]])
	if err != nil {
		return nil, fmt.Errorf("read numberings: %w", err)
	}
	to, err := parseXML(r.a.parts[ours[0]])
	if err != nil {
		return nil, fmt.Errorf("read numberings: %w", err)
	}
	nextAbstract, nextNum, firstNum := 0, 1, len(to.kids)
	for i, k := range to.kids {
		if n, err := strconv.Atoi(k.get("w:abstractNumId")); err == nil && k.name == "w:abstractNum" {
			nextAbstract = max(nextAbstract, n+1)
		}
		if n, err := strconv.Atoi(k.get("w:numId")); err == nil && k.name == "w:num" {
			nextNum = max(nextNum, n+1)
			firstNum = min(firstNum, i)
		}
	}
	abstracts, nums := map[string]string{}, map[string]string{}
	var definitions, uses []*node
	for _, k := range from.kids {
		switch k.name {
		case "w:abstractNum":
			id := strconv.Itoa(nextAbstract)
			nextAbstract++
			abstracts[k.get("w:abstractNumId")] = id
			k.set("w:abstractNumId", id)
			definitions = append(definitions, k)
		case "w:num":
			id := strconv.Itoa(nextNum)
			nextNum++
			nums[k.get("w:numId")] = id
			k.set("w:numId", id)
			if ref := k.child("w:abstractNumId"); ref != nil {
				ref.set("w:val", abstracts[ref.get("w:val")])
			}
			uses = append(uses, k)
		}
	}
	to.kids = append(slices.Insert(to.kids, firstNum, definitions...), uses...)
	r.a.parts[ours[0]] = []byte(xmlHead + to.String())
	return nums, nil
}
