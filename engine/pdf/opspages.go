package pdf

import (
	"fmt"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// Pages counts the pages of a file.
func Pages(data []byte) (int, error) {
	f, err := open(data, "")
	if err != nil {
		return 0, err
	}
	return len(f.pages), nil
}

// Encrypted says whether a file is encrypted, with or without a password that
// is needed to open it.
func Encrypted(data []byte) (bool, error) {
	f, err := open(data, "")
	if err == ErrPassword {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	return f.encrypted, nil
}

// Protect encrypts a file (AES-256) for whoever knows a password. Those who
// open it may print it and have it read aloud.
func Protect(data []byte, p Passwords) ([]byte, error) {
	f, err := open(data, "")
	if err != nil {
		return nil, err
	}
	return f.bytes(p)
}

// Extract makes a file of the pages first to last, which count from 1.
func Extract(data []byte, first, last int) ([]byte, error) {
	f, err := open(data, "")
	if err != nil {
		return nil, err
	}
	if first < 1 || last < first || first > len(f.pages) {
		return nil, fmt.Errorf("there are no pages %d to %d in a file of %d", first, last, len(f.pages))
	}
	kept := f.pages[first-1 : min(last, len(f.pages))]
	f.dropFields(kept)
	for _, k := range []string{"Outlines", "PageLabels", "Dests", "Names", "OpenAction", "StructTreeRoot", "MarkInfo"} {
		delete(f.root(), k)
	}
	for _, p := range kept {
		delete(p.dict, "StructParents")
		f.dropLinks(p, kept)
	}
	f.setPages(kept)
	return f.bytes(Passwords{})
}

// dropFields takes the fields that are on no kept page out of the form.
func (f *file) dropFields(kept []leaf) {
	fm := f.dict(f.root()["AcroForm"])
	if fm == nil {
		return
	}
	on := map[int]bool{}
	for _, p := range kept {
		for _, o := range f.array(p.dict["Annots"]) {
			if ref, ok := o.(types.IndirectRef); ok {
				on[ref.ObjectNumber.Value()] = true
			}
		}
	}
	fields, _ := f.prune(f.array(fm["Fields"]), on, 0)
	if len(fields) == 0 {
		delete(f.root(), "AcroForm")
		return
	}
	fm["Fields"] = fields
}

// prune keeps of a tree of fields what is drawn on a kept page.
func (f *file) prune(list types.Array, on map[int]bool, depth int) (types.Array, bool) {
	var out types.Array
	for _, o := range list {
		ref, ok := o.(types.IndirectRef)
		d := f.dict(o)
		if !ok || d == nil || depth > maxDepth {
			continue
		}
		kids, has := f.prune(f.array(d["Kids"]), on, depth+1)
		if has {
			d["Kids"] = kids
		}
		if has || on[ref.ObjectNumber.Value()] {
			out = append(out, o)
		}
	}
	return out, len(out) > 0
}

// dropLinks removes the links of a page that lead to pages that are gone.
func (f *file) dropLinks(p leaf, kept []leaf) {
	here := map[int]bool{}
	for _, k := range kept {
		here[k.ref.ObjectNumber.Value()] = true
	}
	var notes types.Array
	for _, o := range f.array(p.dict["Annots"]) {
		d := f.dict(o)
		to := f.array(d["Dest"])
		if to == nil {
			to = f.array(f.dict(d["A"])["D"])
		}
		if len(to) > 0 {
			if ref, ok := to[0].(types.IndirectRef); ok && !here[ref.ObjectNumber.Value()] {
				continue
			}
		}
		notes = append(notes, o)
	}
	delete(p.dict, "Annots")
	if len(notes) > 0 {
		p.dict["Annots"] = notes
	}
}

// OverlayOptions say which pages are drawn over others. Pages count from 1; 0
// is none given.
type OverlayOptions struct {
	First, Last int    // of the document below; 0: from the first, to the last
	Page        int    // of the document above; 0: the first
	Only        string // "even" or "odd": only these pages; "" for all
	Multi       bool   // page n of the one over page n of the other; its last page over the rest
}

// Overlay draws the pages of one file, such as a letterhead or a stamp, over
// those of another, fitted into the page that is seen.
func Overlay(below, above []byte, o OverlayOptions) ([]byte, error) {
	if o.Only != "" && o.Only != "even" && o.Only != "odd" {
		return nil, fmt.Errorf("overlay: only must be 'even' or 'odd'")
	}
	to, err := open(below, "")
	if err != nil {
		return nil, err
	}
	from, err := open(above, "")
	if err != nil {
		return nil, fmt.Errorf("the file that is laid over: %w", err)
	}
	c := &copier{from: from, to: to, known: map[int]types.IndirectRef{}}
	drawings := map[int]types.IndirectRef{}
	first, last := clamp(o.First, 1, len(to.pages)), clamp(o.Last, len(to.pages), len(to.pages))
	for n := first; n <= last; n++ {
		if (o.Only == "even" && n%2 == 1) || (o.Only == "odd" && n%2 == 0) {
			continue
		}
		from := clamp(o.Page, 1, len(from.pages))
		if o.Multi {
			from = clamp(n-first+1, 1, len(c.from.pages))
		}
		if _, ok := drawings[from]; !ok {
			drawings[from] = c.drawing(c.from.pages[from-1])
		}
		to.overlay(to.pages[n-1], drawings[from])
	}
	return to.bytes(Passwords{})
}

// clamp puts a number of a page into 1 to most; usual stands for none.
func clamp(n, usual, most int) int {
	if n <= 0 {
		n = usual
	}
	return max(1, min(n, most))
}

// drawing makes a page something that can be drawn on others. What its fields
// and notes look like is part of it.
func (c *copier) drawing(p leaf) types.IndirectRef {
	box := c.from.box(p)
	d := types.Dict{"Type": types.Name("XObject"), "Subtype": types.Name("Form"), "BBox": box.array(),
		"Matrix": c.from.upright(p, box)}
	resources, ok := c.copy(c.from.get(p.dict["Resources"])).(types.Dict)
	if !ok {
		resources = types.Dict{}
	}
	d["Resources"] = resources
	var content []byte
	parts := c.from.array(p.dict["Contents"])
	if parts == nil {
		parts = types.Array{p.dict["Contents"]}
	}
	for _, o := range parts {
		content = append(append(content, c.from.content(o)...), '\n')
	}
	return c.to.addStream(d, content)
}

// upright is the matrix that turns a page as it is seen, its corner at 0, 0.
func (f *file) upright(p leaf, box rect) types.Array {
	switch ((f.int(p.dict["Rotate"]) % 360) + 360) % 360 {
	case 90:
		return floats(0, -1, 1, 0, -box.y1, box.x2)
	case 180:
		return floats(-1, 0, 0, -1, box.x2, box.y2)
	case 270:
		return floats(0, 1, -1, 0, box.y2, -box.x1)
	}
	return floats(1, 0, 0, 1, -box.x1, -box.y1)
}

// seen is the matrix from a page as it is seen, its corner at 0, 0, to its own
// coordinates, and its size as it is seen.
func (f *file) seen(p leaf) (m [6]float64, width, height float64) {
	b := f.box(p)
	switch ((f.int(p.dict["Rotate"]) % 360) + 360) % 360 {
	case 90:
		return [6]float64{0, 1, -1, 0, b.x2, b.y1}, b.height(), b.width()
	case 180:
		return [6]float64{-1, 0, 0, -1, b.x2, b.y2}, b.width(), b.height()
	case 270:
		return [6]float64{0, -1, 1, 0, b.x1, b.y2}, b.height(), b.width()
	}
	return [6]float64{1, 0, 0, 1, b.x1, b.y1}, b.width(), b.height()
}

func (m matrix) String() string {
	return fmt.Sprintf("%s %s %s %s %s %s cm", decimal(m[0]), decimal(m[1]), decimal(m[2]), decimal(m[3]), decimal(m[4]), decimal(m[5]))
}

type matrix [6]float64

// overlay draws a drawing over a page, as large as fits, in the middle.
func (f *file) overlay(p leaf, drawing types.IndirectRef) {
	d := f.dict(drawing)
	box, _ := f.rectangle(d["BBox"])
	m, _ := f.numbers(d["Matrix"], 6)
	shown := transformed(box, m)
	at, width, height := f.seen(p)
	scale := min(width/shown.width(), height/shown.height())
	name := f.resource(p, "XObject", "Overlay", drawing)
	f.draw(p, fmt.Appendf(nil, "/Artifact BMC\nq %s %s 0 0 %s %s %s cm /%s Do Q\nEMC\n", matrix(at), decimal(scale), decimal(scale),
		decimal((width-shown.width()*scale)/2), decimal((height-shown.height()*scale)/2), name))
}

// NumberOptions say how pages are numbered for a record (Bates numbers).
type NumberOptions struct {
	Prefix     string
	Digits     int // at least; zeros are put in front
	Start      int
	Area       string  // BOTTOM_RIGHT, BOTTOM_LEFT, TOP_RIGHT or TOP_LEFT
	Size       float64 // of the font, in points
	Horizontal float64 // distance from the edge, in points
	Vertical   float64
}

// Number writes a running number on each page of a file and gives the number
// that follows.
func Number(data []byte, o NumberOptions) (numbered []byte, next int, err error) {
	f, err := open(data, "")
	if err != nil {
		return nil, 0, err
	}
	fl := &filler{file: f, form: &form{dict: types.Dict{}}}
	fc := fl.coreFace("Helvetica")
	next = o.Start
	for _, p := range f.pages {
		label := fl.writable(&field{name: "number"}, fmt.Sprintf("%s%0*d", o.Prefix, o.Digits, next), &fc)
		next++
		at, width, height := f.seen(p)
		x, y := o.Horizontal, o.Vertical
		switch o.Area {
		case "BOTTOM_RIGHT", "TOP_RIGHT":
			x = width - o.Horizontal - fc.width(label, o.Size)
		case "BOTTOM_LEFT", "TOP_LEFT":
		default:
			return nil, 0, fmt.Errorf("area must be TOP_LEFT, TOP_RIGHT, BOTTOM_LEFT or BOTTOM_RIGHT, not %q", o.Area)
		}
		if o.Area == "TOP_RIGHT" || o.Area == "TOP_LEFT" {
			y = height - o.Vertical - o.Size*capHeight
		}
		name := f.resource(p, "Font", fc.name, fc.ref)
		f.draw(p, fmt.Appendf(nil, "/Artifact BMC\nq %s BT 0 g /%s %s Tf 1 0 0 1 %s %s Tm <%x> Tj ET Q\nEMC\n", matrix(at), name, decimal(o.Size),
			decimal(x), decimal(y), fc.codes(label)))
	}
	numbered, err = f.bytes(Passwords{})
	return numbered, next, err
}

// FromImage makes a page of a picture: as large as the picture at 96 dots an
// inch, at most the size of a letter.
func FromImage(data []byte) ([]byte, error) {
	img, err := decodeImage(data)
	if err != nil {
		return nil, err
	}
	f, err := open(blank(), "")
	if err != nil {
		return nil, err
	}
	size := img.Bounds().Size()
	width, height := float64(size.X)*0.75, float64(size.Y)*0.75
	if shrink := min(612/width, 792/height); shrink < 1 {
		width, height = width*shrink, height*shrink
	}
	p := f.pages[0]
	p.dict["MediaBox"] = floats(0, 0, width, height)
	name := f.resource(p, "XObject", "Picture", f.addImage(img))
	f.draw(p, fmt.Appendf(nil, "q %s 0 0 %s 0 0 cm /%s Do Q\n", decimal(width), decimal(height), name))
	return f.bytes(Passwords{})
}

// blank is a file with one empty page.
func blank() []byte {
	parts := []string{"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n", "2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n",
		"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<<>>>>\nendobj\n"}
	return assembled(parts)
}

// assembled writes a file of objects that are written already, the first one
// being the catalogue.
func assembled(objects []string) []byte {
	out := []byte("%PDF-1.7\n")
	table := "xref\n0 " + fmt.Sprint(len(objects)+1) + "\n0000000000 65535 f \n"
	for _, o := range objects {
		table += fmt.Sprintf("%010d 00000 n \n", len(out))
		out = append(out, o...)
	}
	start := len(out)
	return fmt.Appendf(out, "%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", table, len(objects)+1, start)
}
