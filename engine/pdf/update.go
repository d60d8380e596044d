package pdf

import (
	"bytes"
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"unicode/utf16"
)

// An update adds to a finished PDF what fpdf cannot write: structure, links
// that belong to it, and what the catalogue says about them. It is written
// behind the file as the PDF standard provides for changes.
type update struct {
	file    []byte
	objects map[int]string
	size    int // the next free object number
	root    int
	info    int
	pages   []int // object numbers of the pages
	start   int   // where the table of the file's objects is
}

var (
	findRoot  = regexp.MustCompile(`/Root (\d+) 0 R`)
	findInfo  = regexp.MustCompile(`/Info (\d+) 0 R`)
	findSize  = regexp.MustCompile(`/Size (\d+)`)
	findStart = regexp.MustCompile(`startxref\s+(\d+)`)
	findKids  = regexp.MustCompile(`/Kids \[([^\]]*)\]`)
	findRef   = regexp.MustCompile(`(\d+) 0 R`)
)

func newUpdate(file []byte) (*update, error) {
	u := &update{file: file, objects: map[int]string{}}
	at := bytes.LastIndex(file, []byte("trailer"))
	if at < 0 {
		return nil, fmt.Errorf("the file has no trailer")
	}
	for _, f := range []struct {
		re  *regexp.Regexp
		dst *int
	}{{findRoot, &u.root}, {findInfo, &u.info}, {findSize, &u.size}, {findStart, &u.start}} {
		m := f.re.FindSubmatch(file[at:])
		if m == nil {
			return nil, fmt.Errorf("the trailer lacks %s", f.re)
		}
		*f.dst, _ = strconv.Atoi(string(m[1]))
	}
	kids := findKids.FindStringSubmatch(u.object(1))
	if kids == nil {
		return nil, fmt.Errorf("the file has no pages")
	}
	for _, m := range findRef.FindAllStringSubmatch(kids[1], -1) {
		n, _ := strconv.Atoi(m[1])
		u.pages = append(u.pages, n)
	}
	return u, nil
}

// object is the text of an object of the file, without its ends.
func (u *update) object(n int) string {
	table := u.file[u.start:]
	line := bytes.IndexByte(table, '\n') + 1
	line += bytes.IndexByte(table[line:], '\n') + 1 // "xref", "0 n"
	entry := table[line+20*n:]
	at, _ := strconv.Atoi(string(entry[:10]))
	text := u.file[at:]
	text = text[bytes.Index(text, []byte("obj"))+3:]
	return strings.TrimSpace(string(text[:bytes.Index(text, []byte("endobj"))]))
}

// add reserves an object and returns its number.
func (u *update) add() int {
	u.size++
	return u.size - 1
}

// extend adds entries to the dictionary of an object of the file.
func (u *update) extend(n int, entries string) {
	text := u.objects[n]
	if text == "" {
		text = u.object(n)
	}
	end := strings.LastIndex(text, ">>")
	u.objects[n] = text[:end] + "\n" + entries + "\n>>"
}

// bytes is the file with what was added.
func (u *update) bytes() []byte {
	var b bytes.Buffer
	b.Write(u.file)
	numbers := make([]int, 0, len(u.objects))
	for n := range u.objects {
		numbers = append(numbers, n)
	}
	sort.Ints(numbers)
	offsets := map[int]int{}
	for _, n := range numbers {
		offsets[n] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n, u.objects[n])
	}
	start := b.Len()
	b.WriteString("xref\n")
	for i := 0; i < len(numbers); {
		j := i + 1
		for j < len(numbers) && numbers[j] == numbers[j-1]+1 {
			j++
		}
		fmt.Fprintf(&b, "%d %d\n", numbers[i], j-i)
		for ; i < j; i++ {
			fmt.Fprintf(&b, "%010d 00000 n \n", offsets[numbers[i]])
		}
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R /Prev %d>>\nstartxref\n%d\n%%%%EOF\n", u.size, u.root, u.info, u.start, start)
	return b.Bytes()
}

// finish adds links and structure to the file.
func (c *canvas) finish(file []byte) ([]byte, error) {
	u, err := newUpdate(file)
	if err != nil {
		return nil, err
	}
	entries := "/ViewerPreferences <</DisplayDocTitle true>>"
	var tree int
	if c.tags.on {
		tree = u.add()
		u.number(c.tags.root)
	}
	annotated := c.annotations(u)
	if c.tags.on {
		u.structure(c.tags, tree, annotated)
		entries += fmt.Sprintf(" /MarkInfo <</Marked true>> /StructTreeRoot %d 0 R", tree)
	}
	u.extend(u.root, entries)
	return u.bytes(), nil
}

// number gives the elements of a structure their objects.
func (u *update) number(e *element) {
	e.object = u.add()
	for _, k := range e.kids {
		if k.el != nil {
			u.number(k.el)
		}
	}
}

// annotations adds the links and returns the elements that they belong to, in
// the order of their keys in the parent tree, which begin after the pages'.
func (c *canvas) annotations(u *update) []*element {
	perPage := make([][]string, len(u.pages))
	var owners []*element
	for _, k := range c.links {
		target := c.target(u, k.to)
		if target == "" {
			continue
		}
		n := u.add()
		h := c.l.doc.Page.Height
		text := fmt.Sprintf("<</Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [%.2f %.2f %.2f %.2f] /Contents %s %s",
			k.x, h-k.y-k.h, k.x+k.w, h-k.y, textString(k.to), target)
		if c.tags.on && k.el != nil && k.el != artifact && k.el.joined {
			text += fmt.Sprintf(" /StructParent %d", len(u.pages)+len(owners))
			owners = append(owners, k.el)
			k.el.kids = append(k.el.kids, kid{page: k.page, annot: n})
		}
		u.objects[n] = text + ">>"
		perPage[k.page] = append(perPage[k.page], fmt.Sprintf("%d 0 R", n))
	}
	for i, refs := range perPage {
		entries := ""
		if len(refs) > 0 {
			entries = "/Annots [" + strings.Join(refs, " ") + "]"
		}
		if c.tags.on {
			entries += fmt.Sprintf(" /StructParents %d /Tabs /S", i)
		}
		if entries != "" {
			u.extend(u.pages[i], entries)
		}
	}
	return owners
}

// target says where a link leads; "" if to a place that is not there.
func (c *canvas) target(u *update, to string) string {
	id, inside := strings.CutPrefix(to, "#")
	if !inside {
		return "/A <</S /URI /URI " + literal(to) + ">>"
	}
	m := c.l.marks[id]
	if m == nil || m.page < 0 {
		return ""
	}
	return fmt.Sprintf("/Dest [%d 0 R /XYZ 0 %.2f null]", u.pages[m.page], c.l.doc.Page.Height-m.y)
}

// structure adds the tree of elements.
func (u *update) structure(t *tagger, tree int, annotated []*element) {
	parents := u.add()
	u.objects[tree] = fmt.Sprintf("<</Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey %d /RoleMap <</Title /P>>>>", t.root.object, parents, len(t.pages)+len(annotated))
	u.element(t.root, tree)
	var b strings.Builder
	b.WriteString("<</Nums [")
	for i, marks := range t.pages {
		fmt.Fprintf(&b, "%d [", i)
		for _, el := range marks {
			fmt.Fprintf(&b, "%d 0 R ", el.object)
		}
		b.WriteString("]\n")
	}
	for i, el := range annotated {
		fmt.Fprintf(&b, "%d %d 0 R ", len(t.pages)+i, el.object)
	}
	b.WriteString("]>>")
	u.objects[parents] = b.String()
}

// element writes an element and those in it.
func (u *update) element(e *element, parent int) {
	var b strings.Builder
	fmt.Fprintf(&b, "<</Type /StructElem /S /%s /P %d 0 R /K [", e.kind, parent)
	for _, k := range e.kids {
		switch {
		case k.el != nil:
			fmt.Fprintf(&b, "%d 0 R ", k.el.object)
			u.element(k.el, e.object)
		case k.annot > 0:
			fmt.Fprintf(&b, "<</Type /OBJR /Obj %d 0 R /Pg %d 0 R>> ", k.annot, u.pages[k.page])
		default:
			fmt.Fprintf(&b, "<</Type /MCR /MCID %d /Pg %d 0 R>> ", k.mcid, u.pages[k.page])
		}
	}
	b.WriteString("]")
	if e.alt != "" {
		b.WriteString(" /Alt " + textString(e.alt))
	}
	switch e.kind {
	case "TH":
		b.WriteString(" /A <</O /Table /Scope /Column>>")
	case "Figure":
		if e.box != [4]float64{} {
			fmt.Fprintf(&b, " /A <</O /Layout /BBox [%.2f %.2f %.2f %.2f] /Placement /Block>>", e.box[0], e.box[1], e.box[2], e.box[3])
		}
	case "Note":
		fmt.Fprintf(&b, " /ID (note%d)", e.object)
	}
	b.WriteString(">>")
	u.objects[e.object] = b.String()
}

// textString writes text as PDF does outside of pages.
func textString(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, c := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", c)
	}
	return b.String() + ">"
}

// literal writes an address as a string of ASCII.
func literal(s string) string {
	var b strings.Builder
	b.WriteByte('(')
	for _, c := range []byte(s) {
		switch {
		case c == '(' || c == ')' || c == '\\':
			b.WriteString("\\" + string(c))
		case c <= ' ' || c > '~':
			fmt.Fprintf(&b, "%%%02X", c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String() + ")"
}
