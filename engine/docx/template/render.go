package template

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/jinja"
	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// A File is a template, or what one refers to.
type File struct {
	Name    string // for messages
	MIME    string
	Content []byte
}

// Options say what a template is filled in with.
type Options struct {
	// Names are those that tags see.
	Names *python.Namespace
	// SkipUndefined says that missing names are empty and not sought.
	SkipUndefined bool
	// LinkStyle is the character style of links, by its name or id; "" for the
	// usual ones.
	LinkStyle string
	// File finds a picture by what show() of a file says of it: a number or
	// package:path.
	File func(ref string) (File, error)
	// Template finds what include_docx_template() is given.
	Template func(th *python.Thread, ref python.Value) (File, error)
}

// A rendering fills in one document.
type rendering struct {
	o         Options
	a         *archive
	run       *jinja.Run
	main      string            // the part with the text
	part      string            // the part being written
	styles    map[string]string // ids by name in small letters
	linkStyle string
	column    float64 // inches of text in a line
	drawings  int
	chain     []string // included files, the innermost last
}

// Render fills in a template; several are one after the other, with the looks
// of the first. A name that is missing is the error of python.Code.Run that
// seeks it; an author's mistake wraps a *syntax.Error whose line counts
// paragraphs.
func Render(th *python.Thread, files []File, o Options) ([]byte, error) {
	if len(files) == 0 {
		return nil, errors.New("there is no template")
	}
	a, err := openArchive(files[0].Content)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", files[0].Name, err)
	}
	r := &rendering{o: o, a: a}
	if r.main, err = a.main(); err != nil {
		return nil, fmt.Errorf("open %s: %w", files[0].Name, err)
	}
	if ev, ok := th.Local().(evaluation.Evaluation); ok {
		place := ev.Place()
		defer func(before string) { place.Inside = before }(place.Inside)
		place.Inside = "docx"
	}
	r.readStyles()
	r.prepareRun(th)
	if err := r.document(th, files); err != nil {
		return nil, err
	}
	for _, kind := range []string{"header", "footer"} {
		for _, part := range r.a.targets(r.main, kind) {
			if err := r.fill(th, files[0].Name, part); err != nil {
				return nil, err
			}
		}
	}
	if err := r.properties(th, files[0].Name); err != nil {
		return nil, err
	}
	for _, part := range r.a.targets(r.main, "footnotes") {
		if err := r.fill(th, files[0].Name, part); err != nil {
			return nil, err
		}
	}
	return r.a.bytes()
}

// prepareRun makes what evaluates tags.
func (r *rendering) prepareRun(th *python.Thread) {
	ns := python.NewNamespace(r.o.Names)
	ns.Set("include_docx_template", python.NewBuiltin("include_docx_template", includeTemplate))
	r.run = &jinja.Run{Names: ns, Lenient: r.o.SkipUndefined, Filter: func(name string) (python.Value, bool) { return filter(th, name) }}
	if ev, ok := th.Local().(evaluation.Evaluation); ok {
		r.run.Probe = func(f func() (python.Value, error)) (python.Value, error) {
			ev.Place().Probing++
			defer func() { ev.Place().Probing-- }()
			return f()
		}
	}
}

// readStyles notes the styles of the document.
func (r *rendering) readStyles() {
	r.styles, r.column = map[string]string{}, 6.5
	ids := map[string]bool{}
	for _, part := range r.a.targets(r.main, "styles") {
		root, err := parseXML(r.a.parts[part])
		if err != nil {
			continue
		}
		for _, k := range root.kids {
			if k.name == "w:style" {
				id := k.get("w:styleId")
				r.styles[strings.ToLower(k.child("w:name").value())] = id
				ids[id] = true
			}
		}
	}
	for _, want := range []string{r.o.LinkStyle, "Hyperlink", "InternetLink", "Internet Link"} {
		if id := r.styles[strings.ToLower(want)]; want != "" && id != "" {
			r.linkStyle = id
			return
		}
		if want != "" && ids[want] {
			r.linkStyle = want
			return
		}
	}
}

// value is the w:val of an element; nil has none.
func (n *node) value() string {
	if n == nil {
		return ""
	}
	return n.get("w:val")
}

// measure finds how wide the text is.
func (r *rendering) measure(root *node) {
	root.each(func(n *node) bool {
		if n.name == "w:sectPr" {
			page, _ := strconv.Atoi(n.child("w:pgSz").attribute("w:w"))
			left, _ := strconv.Atoi(n.child("w:pgMar").attribute("w:left"))
			right, _ := strconv.Atoi(n.child("w:pgMar").attribute("w:right"))
			if w := page - left - right; w > 720 {
				r.column = float64(w) / 1440
			}
		}
		return n.name != "w:p"
	})
}

func (n *node) attribute(name string) string {
	if n == nil {
		return ""
	}
	return n.get(name)
}

// document fills in the text, to which that of further files is added.
func (r *rendering) document(th *python.Thread, files []File) error {
	root, err := parseXML(r.a.parts[r.main])
	if err != nil {
		return fmt.Errorf("read %s: %w", files[0].Name, err)
	}
	r.measure(root)
	body := root.child("w:body")
	if body == nil {
		return fmt.Errorf("read %s: it has no text", files[0].Name)
	}
	r.part = r.main
	for _, f := range files[1:] {
		kids, err := r.bring(f)
		if err != nil {
			return err
		}
		at := len(body.kids)
		for i, k := range body.kids {
			if k.name == "w:sectPr" {
				at = i
			}
		}
		for _, k := range kids {
			k.parent = body
		}
		body.kids = slices.Insert(body.kids, at, kids...)
	}
	return r.write(th, files[0].Name, r.main, root)
}

// fill fills in a part beside the text.
func (r *rendering) fill(th *python.Thread, file, part string) error {
	data := r.a.parts[part]
	if !bytes.Contains(data, []byte("{")) {
		return nil
	}
	root, err := parseXML(data)
	if err != nil {
		return fmt.Errorf("read %s of %s: %w", part, file, err)
	}
	return r.write(th, file+" ("+strings.TrimSuffix(part[strings.LastIndexByte(part, '/')+1:], ".xml")+")", part, root)
}

// write renders a part.
func (r *rendering) write(th *python.Thread, file, part string, root *node) error {
	pieces, err := prepare(file, root)
	if err != nil {
		return err
	}
	t, err := jinja.Compile(file, pieces)
	if err != nil {
		return inWords(err)
	}
	r.part = part
	out := &output{r: r}
	if err := r.run.Render(th, t, out); err != nil {
		return inWords(err)
	}
	xml := complete(out.b.String())
	if strings.Contains(xml, " r:") && !strings.Contains(xml[:min(len(xml), 4096)], "xmlns:r=") {
		xml = strings.Replace(xml, "<"+root.name+" ", "<"+root.name+` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" `, 1)
	}
	r.a.parts[part] = []byte(xmlHead + xml)
	return nil
}

// inWords says what a line of a template is.
func inWords(err error) error {
	var e *syntax.Error
	if errors.As(err, &e) {
		return fmt.Errorf("paragraph %d: %w", e.Line, err)
	}
	return err
}

// complete gives cells and the like the paragraph that they must have.
func complete(xml string) string {
	for _, box := range []string{"w:tc", "w:txbxContent", "w:hdr", "w:ftr", "w:footnote"} {
		end := "</" + box + ">"
		if !strings.Contains(xml, end) {
			continue
		}
		var b strings.Builder
		for {
			i := strings.Index(xml, end)
			if i < 0 {
				break
			}
			b.WriteString(xml[:i])
			before := strings.TrimRight(xml[:i], " \n\r\t")
			for _, wants := range []string{"</w:tcPr>", "<w:tcPr/>", "</w:tbl>", "<" + box + ">"} {
				if strings.HasSuffix(before, wants) {
					b.WriteString("<w:p/>")
					break
				}
			}
			b.WriteString(end)
			xml = xml[i+len(end):]
		}
		b.WriteString(xml)
		xml = b.String()
	}
	return xml
}

// filled are the properties of a document that may have tags, in this order.
var filled = []string{"dc:creator", "dc:description", "dc:identifier", "dc:language", "dc:subject", "dc:title"}

// properties fills in the author, title and so on.
func (r *rendering) properties(th *python.Thread, file string) error {
	for _, part := range r.a.targets("", "core-properties") {
		if !bytes.Contains(r.a.parts[part], []byte("{")) {
			continue
		}
		root, err := parseXML(r.a.parts[part])
		if err != nil {
			return fmt.Errorf("read the properties of %s: %w", file, err)
		}
		for _, name := range filled {
			n := root.child(name)
			if n == nil || len(n.kids) == 0 {
				continue
			}
			t, err := jinja.CompileText(file+" ("+name+")", n.kids[0].text)
			if err != nil {
				return err
			}
			out := new(jinja.TextOutput)
			if err := r.run.Render(th, t, out); err != nil {
				return err
			}
			s, _ := python.StringOf(out.Result())
			n.kids = []*node{{text: clean(s), parent: n}}
		}
		r.a.parts[part] = []byte(xmlHead + root.String())
	}
	return nil
}

// Variables lists the names that a template mentions, sorted, without those of
// its own; it evaluates nothing.
func Variables(f File) ([]string, error) {
	a, err := openArchive(f.Content)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", f.Name, err)
	}
	main, err := a.main()
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", f.Name, err)
	}
	parts := []string{main}
	for _, kind := range []string{"header", "footer", "footnotes"} {
		parts = append(parts, a.targets(main, kind)...)
	}
	var names []string
	for _, part := range parts {
		root, err := parseXML(a.parts[part])
		if err != nil {
			return nil, fmt.Errorf("read %s of %s: %w", part, f.Name, err)
		}
		pieces, err := prepare(f.Name, root)
		if err != nil {
			return nil, err
		}
		t, err := jinja.Compile(f.Name, pieces)
		if err != nil {
			return nil, inWords(err)
		}
		names = append(names, t.Names()...)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}
