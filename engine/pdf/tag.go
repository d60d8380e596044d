package pdf

import (
	"fmt"

	"codeberg.org/go-pdf/fpdf"
)

// An element is a part of the structure that screen readers follow. It joins
// the structure when something of it is first drawn.
type element struct {
	kind   string
	alt    string
	parent *element
	kids   []kid
	joined bool
	box    [4]float64 // of a figure
	object int        // its number in the file
	page   int        // of its first content, from 0
}

// A kid of an element: another element, content on a page or a link.
type kid struct {
	el    *element
	page  int
	mcid  int
	annot int // the object of a link's annotation
}

// artifact is what screen readers pass over.
var artifact = &element{kind: "Artifact"}

func (e *element) child(kind string) *element {
	if e == artifact {
		return e
	}
	return &element{kind: kind, parent: e}
}

// linkElement is the element of the text of a link; text that follows with the
// same address belongs to it.
func (l *layout) linkElement(to string) *element {
	if l.lastLink != nil && l.lastLink.parent == l.element && l.lastTo == to {
		return l.lastLink
	}
	l.lastLink, l.lastTo = l.element.child("Link"), to
	l.lastLink.alt = to
	return l.lastLink
}

// figure is the element of a picture with what it shows in words.
func (l *layout) figure(alt string) *element {
	el := l.element.child("Figure")
	if el != artifact {
		if alt == "" {
			alt = "picture"
		}
		el.alt = alt
	}
	return el
}

// A tagger marks what is drawn with the element that it belongs to.
type tagger struct {
	root     *element
	on       bool
	f        *fpdf.Fpdf
	current  *element
	artifact bool         // all that is drawn is a repetition
	pages    [][]*element // by page and mark
}

func (t *tagger) page() { t.pages = append(t.pages, nil) }

// begin says that what is drawn next belongs to an element.
func (t *tagger) begin(el *element) {
	if !t.on {
		return
	}
	if t.artifact || el == nil {
		el = artifact
	}
	if t.current == el {
		return
	}
	t.close()
	t.current = el
	if el == artifact {
		t.f.RawWriteStr("/Artifact BMC\n")
		return
	}
	n := len(t.pages) - 1
	mcid := len(t.pages[n])
	t.pages[n] = append(t.pages[n], el)
	t.use(el)
	if len(el.kids) == 0 {
		el.page = n
	}
	el.kids = append(el.kids, kid{page: n, mcid: mcid})
	t.f.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC\n", el.kind, mcid))
}

// end ends what begin began, at once if it is an artifact: what follows of the
// same element continues it.
func (t *tagger) end() {
	t.close()
}

func (t *tagger) close() {
	if t.current != nil {
		t.f.RawWriteStr("EMC\n")
		t.current = nil
	}
}

// use lets an element and those around it join the structure.
func (t *tagger) use(el *element) {
	if el == nil || el == artifact || el.joined || t.artifact {
		return
	}
	el.joined = true
	if el.parent != nil {
		t.use(el.parent)
		el.parent.kids = append(el.parent.kids, kid{el: el})
	}
}
