package pdf

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"colloquy/engine/doc"
)

// A canvas draws pages into a file.
type canvas struct {
	l     *layout
	f     *fpdf.Fpdf
	count int // of pages
	cur   *page
	left  float64
	faces map[*face]bool
	pics  map[*doc.Media]string
	links []link
	tags  *tagger
}

// A link is a place on a page that leads somewhere.
type link struct {
	page       int // from 0
	x, y, w, h float64
	to         string
	el         *element
}

func newCanvas(l *layout, count int, tagged bool) *canvas {
	c := &canvas{l: l, f: newFile(l.doc), count: count, left: l.doc.Page.Left, faces: map[*face]bool{}, pics: map[*doc.Media]string{}}
	c.tags = &tagger{root: l.root, on: tagged, f: c.f}
	return c
}

// page draws a page.
func (c *canvas) page(p *page) {
	c.cur = p
	c.f.AddPage()
	c.tags.page()
	c.bookmarks(p)
	c.watermark()
	c.bands(p)
	for _, s := range p.strips {
		kept := c.tags.artifact
		c.tags.artifact = s.repeated
		c.strip(s.strip, c.left, s.y)
		c.tags.artifact = kept
	}
	if len(p.notes) > 0 {
		c.rule(c.left, p.noteTop+noteGap/2, 144, 0.5)
		y := p.noteTop + noteGap
		for _, s := range p.notes {
			c.strip(s, c.left, y)
			y += s.height
		}
	}
	c.tags.end()
}

// bookmarks enters the headings of a page in the outline.
func (c *canvas) bookmarks(p *page) {
	for _, h := range headingsIn(c.l.doc.Blocks) {
		m := c.l.headings[h]
		if m != nil && m.page == p.number-1 {
			c.f.Bookmark(strings.TrimSpace(h.Number+" "+doc.Plain(h.Content)), c.outlineLevel(h), m.y)
		}
	}
}

// outlineLevel is the depth of a heading in the outline, which leaves none out.
func (c *canvas) outlineLevel(h *doc.Heading) int {
	level := 0
	open := []int{}
	for _, other := range headingsIn(c.l.doc.Blocks) {
		for len(open) > 0 && open[len(open)-1] >= other.Level {
			open = open[:len(open)-1]
		}
		open = append(open, other.Level)
		if other == h {
			level = len(open) - 1
			break
		}
	}
	return level
}

func (c *canvas) watermark() {
	text := c.l.doc.Page.Watermark
	if text == "" {
		return
	}
	f := c.l.fonts.text[bold]
	text = c.l.settable(text, f)
	p := c.l.doc.Page
	size := min(120, 0.75*p.Height/max(f.width(text, 1), 1))
	w := f.width(text, size)
	c.tags.begin(artifact)
	c.f.TransformBegin()
	c.f.TransformRotate(55, p.Width/2, p.Height/2)
	c.font(f, size)
	c.f.SetTextColor(232, 232, 232)
	c.f.Text(p.Width/2-w/2, p.Height/2+size*0.35, text)
	c.f.SetTextColor(0, 0, 0)
	c.f.TransformEnd()
	c.tags.end()
}

// bands draws header and footer.
func (c *canvas) bands(p *page) {
	header, footer := c.l.bands(p.number)
	for _, part := range c.l.band(header, p.number, c.count) {
		c.flow(part.flow, c.left, bandEdge)
	}
	parts := c.l.band(footer, p.number, c.count)
	h := 0.0
	for _, part := range parts {
		h = max(h, heightOf(part.flow))
	}
	y := c.l.doc.Page.Height - bandEdge - h
	if skip := c.l.doc.Page.FooterSkip; skip > 0 {
		y = min(y, p.bottom+max(skip-h, 0))
	}
	for _, part := range parts {
		c.flow(part.flow, c.left, y)
	}
}

func (c *canvas) flow(flow []strip, x, y float64) {
	for _, s := range flow {
		c.strip(s, x, y)
		y += s.height
	}
}

// strip draws a strip with its upper left corner at x, y.
func (c *canvas) strip(s strip, x, y float64) {
	c.decorate(s, x, y)
	for _, ln := range s.lines {
		c.line(ln.line, x+ln.x, y+s.base)
	}
	for _, p := range s.parts {
		if p.line {
			c.vertical(x+p.x-14, y, y+s.height, 0.5)
		}
		c.tags.use(p.el)
		c.flow(p.flow, x+p.x, y+p.y)
	}
	if s.toc != nil {
		c.pageOf(s, x, y)
	}
}

// decorate draws rules and boxes of a strip.
func (c *canvas) decorate(s strip, x, y float64) {
	if s.rule {
		c.rule(x, y+s.height/2, s.width, 0.5)
	}
	if s.above > 0 {
		c.rule(x+s.x, y, s.width, s.above)
	}
	if s.below > 0 {
		c.rule(x+s.x, y+s.height, s.width, s.below)
	}
	if s.border.sides {
		c.vertical(x+s.x, y, y+s.height, 0.75)
		c.vertical(x+s.x+s.width, y, y+s.height, 0.75)
	}
	if s.border.top {
		c.rule(x+s.x-0.375, y, s.width+0.75, 0.75)
	}
	if s.border.bottom {
		c.rule(x+s.x-0.375, y+s.height, s.width+0.75, 0.75)
	}
}

func (c *canvas) rule(x, y, width, weight float64) {
	c.tags.begin(artifact)
	c.f.SetLineWidth(weight)
	c.f.Line(x, y, x+width, y)
	c.tags.end()
}

func (c *canvas) vertical(x, from, to, weight float64) {
	c.tags.begin(artifact)
	c.f.SetLineWidth(weight)
	c.f.Line(x, from, x, to)
	c.tags.end()
}

// pageOf draws leaders and the page number of an entry of the contents.
func (c *canvas) pageOf(s strip, x, y float64) {
	m := c.l.headings[s.toc]
	if m == nil || m.page < 0 {
		return
	}
	size := c.l.doc.Page.Size
	f := c.l.fonts.text[regular]
	number := strconv.Itoa(m.page + 1)
	w := f.width(number, size)
	end := x + s.width - w
	last := s.lines[len(s.lines)-1]
	from := x + last.x
	if n := len(last.line.items); n > 0 {
		from += last.line.items[n-1].x + last.line.items[n-1].width
	}
	step := f.width(".", size) * 2
	dots := int((end - from - size) / step)
	if dots > 0 {
		c.tags.begin(artifact)
		c.font(f, size)
		c.f.Text(end-size*0.4-float64(dots)*step, y+s.base, strings.Repeat(". ", dots))
		c.tags.end()
	}
	var el *element
	if n := len(last.line.items); n > 0 {
		el = last.line.items[n-1].el
	}
	c.tags.begin(el)
	c.font(f, size)
	c.f.Text(end, y+s.base, number)
	c.tags.end()
}

// line draws the items of a line; runs of one look are drawn as one.
func (c *canvas) line(ln line, x, y float64) {
	shift := 0.0
	for i := 0; i < len(ln.items); {
		it := ln.items[i]
		switch it.kind {
		case words, glue:
			n := run(ln.items[i:])
			c.run(ln.items[i:i+n], x+shift, y)
			i += n
			continue
		case counter:
			text := it.text
			if it.field != doc.SectionNumber {
				text = c.l.fieldText(it.field, c.cur.number, c.count)
			}
			width := it.width
			it.text, it.width = text, it.face.width(text, it.size)
			c.run([]item{it}, x+shift, y)
			shift += it.width - width
		case fill:
			if f, ok := it.what.(*doc.Fill); ok && f.Rule {
				c.rule(x+it.x+shift, y+1.5, it.width, 0.6)
			}
		case fixed:
			c.fixed(it, x+it.x+shift, y)
		}
		i++
	}
}

// run is how many items from the first on are text of one look.
func run(items []item) int {
	a := items[0]
	for i, b := range items {
		if b.kind != words && b.kind != glue || b.face != a.face || b.size != a.size || b.rise != a.rise || b.style != a.style || b.link != a.link || b.el != a.el {
			return i
		}
	}
	return len(items)
}

// run draws items of one look.
func (c *canvas) run(items []item, x, y float64) {
	first := items[0]
	var text strings.Builder
	width := 0.0
	for _, it := range items {
		text.WriteString(it.text)
		width += it.width
	}
	x += first.x
	base := y - first.rise
	c.tags.begin(first.el)
	c.font(first.face, first.size)
	external := first.link != "" && first.link[0] != '#'
	if external {
		color := c.l.doc.Page.LinkColor
		c.f.SetTextColor(int(color.R), int(color.G), int(color.B))
	}
	c.f.Text(x, base, text.String())
	if external {
		c.f.SetTextColor(0, 0, 0)
	}
	c.tags.end()
	if first.style.Underline {
		c.rule(x, base+first.size*0.12, width, first.size*0.05)
	}
	if first.style.Strike {
		c.rule(x, base-first.size*0.26, width, first.size*0.05)
	}
	if first.link != "" {
		c.links = append(c.links, link{c.cur.number - 1, x, base - first.size*0.8, width, first.size * 1.1, first.link, first.el})
	}
}

// font makes a face the current one.
func (c *canvas) font(f *face, size float64) {
	if !c.faces[f] {
		c.faces[f] = true
		c.f.AddUTF8FontFromBytes(f.name, "", f.data)
	}
	c.f.SetFont(f.name, "", size)
}

// fixed draws what is no text.
func (c *canvas) fixed(it item, x, y float64) {
	switch what := it.what.(type) {
	case *doc.Blank:
		c.rule(x, y+1.5, it.width, 0.6)
	case *doc.Box:
		side := it.size * 0.75
		c.tags.begin(it.el)
		c.f.SetLineWidth(0.7)
		c.f.Rect(x, y-side+0.5, side, side, "D")
		if what.Checked {
			c.f.Line(x+side*0.2, y-side*0.45, x+side*0.42, y-side*0.15)
			c.f.Line(x+side*0.42, y-side*0.15, x+side*0.82, y-side*0.8)
		}
		c.tags.end()
	case *doc.Bar:
		c.tags.begin(it.el)
		c.f.SetFillColor(0, 0, 0)
		c.f.Rect(x, y-it.size*0.75, it.width, it.size*0.95, "F")
		c.tags.end()
	case *doc.Image:
		c.image(what, it, x, y)
	}
}

func (c *canvas) image(img *doc.Image, it item, x, y float64) {
	name, ok := c.pics[img.Media]
	options := fpdf.ImageOptions{ImageType: "PNG"}
	if img.Media.Type == "image/jpeg" {
		options.ImageType = "JPG"
	}
	if !ok {
		name = fmt.Sprintf("picture%d", len(c.pics)+1)
		c.pics[img.Media] = name
		c.f.RegisterImageOptionsReader(name, options, bytes.NewReader(img.Media.Data))
	}
	if img.Icon {
		y += img.Height * 0.15
	}
	it.el.box = [4]float64{x, c.l.doc.Page.Height - y, x + img.Width, c.l.doc.Page.Height - y + img.Height}
	c.tags.begin(it.el)
	c.f.ImageOptions(name, x, y-img.Height, img.Width, img.Height, false, options, 0, "")
	c.tags.end()
	if img.Link != "" {
		c.links = append(c.links, link{c.cur.number - 1, x, y - img.Height, img.Width, img.Height, img.Link, it.el})
	}
}

// fieldText is a number of a page in words.
func (l *layout) fieldText(k doc.FieldKind, number, count int) string {
	switch k {
	case doc.PageNumber:
		return strconv.Itoa(number)
	case doc.PageCount:
		return strconv.Itoa(count)
	default:
		return strings.TrimSuffix(l.section, ".")
	}
}

// output writes the file.
func (c *canvas) output(w io.Writer) error {
	var b bytes.Buffer
	if err := c.f.Output(&b); err != nil {
		return fmt.Errorf("write PDF: %w", err)
	}
	out, err := c.finish(b.Bytes())
	if err != nil {
		return fmt.Errorf("write PDF: %w", err)
	}
	_, err = w.Write(out)
	return err
}
