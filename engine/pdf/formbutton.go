package pdf

import (
	"bytes"
	"fmt"
	"math"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// ensureStates draws the two states of a button that the template has no
// drawings of.
func (fl *filler) ensureStates(fd *field, w *widget) {
	if w.on != "" {
		return
	}
	w.on = fl.export
	width, height := w.box.width(), w.box.height()
	bare := types.Dict{"Type": types.Name("XObject"), "Subtype": types.Name("Form"), "BBox": floats(0, 0, width, height)}
	ticked := without(bare, "")
	frame := fl.frame(w, width, height)
	w.dict["AP"] = types.Dict{"N": types.Dict{
		w.on:  fl.addStream(ticked, []byte(frame+tick(width, height))),
		"Off": fl.addStream(bare, []byte(frame)),
	}}
}

// tick draws a check mark in the middle of a box.
func tick(width, height float64) string {
	side := math.Min(width, height)
	at := func(x, y float64) string {
		return decimal((width-side)/2+x*side) + " " + decimal((height-side)/2+y*side)
	}
	return fmt.Sprintf("q\n%s w 1 J 1 j 0 G %s m %s l %s l S\nQ\n", decimal(side*0.1), at(0.2, 0.5), at(0.42, 0.25), at(0.8, 0.78))
}

// Flags of annotations.
const (
	noteHidden = 1 << 1
	noteNoView = 1 << 5
)

// flatten makes what is seen of the fields part of their pages, and the file no
// form any more. Links and notes stay.
func (f *file) flatten(fm *form) {
	fields := map[int]bool{}
	for _, fd := range fm.fields {
		for _, w := range fd.widgets {
			fields[w.ref.ObjectNumber.Value()] = true
		}
	}
	for _, p := range f.pages {
		var keep types.Array
		var b bytes.Buffer
		for _, o := range f.array(p.dict["Annots"]) {
			d := f.dict(o)
			ref, ok := o.(types.IndirectRef)
			if f.name(d["Subtype"]) != "Widget" && (!ok || !fields[ref.ObjectNumber.Value()]) {
				keep = append(keep, o)
				continue
			}
			if f.int(d["F"])&(noteHidden|noteNoView) == 0 {
				f.stamp(p, &b, d)
			}
		}
		delete(p.dict, "Annots")
		if len(keep) > 0 {
			p.dict["Annots"] = keep
		}
		if b.Len() > 0 {
			f.draw(p, b.Bytes())
		}
	}
	delete(f.root(), "AcroForm")
}

// appearance is the drawing of an annotation in its present state.
func (f *file) appearance(d types.Dict) (types.Object, bool) {
	o := f.dict(d["AP"])["N"]
	if states, ok := f.get(o).(types.Dict); ok {
		o = states[f.name(d["AS"])]
	}
	_, ok := f.get(o).(types.StreamDict)
	return o, ok
}

// stamp adds the drawing of an annotation to the content of a page, scaled from
// its own box to that of the annotation (ISO 32000-1, 12.5.5).
func (f *file) stamp(p leaf, b *bytes.Buffer, d types.Dict) {
	o, ok := f.appearance(d)
	box, hasBox := f.rectangle(d["Rect"])
	if !ok || !hasBox {
		return
	}
	look := f.dict(o)
	own, ok := f.rectangle(look["BBox"])
	if !ok {
		return
	}
	m, ok := f.numbers(look["Matrix"], 6)
	if !ok {
		m = []float64{1, 0, 0, 1, 0, 0}
	}
	moved := transformed(own, m)
	if moved.width() == 0 || moved.height() == 0 {
		return
	}
	look["Type"], look["Subtype"] = types.Name("XObject"), types.Name("Form")
	sx, sy := box.width()/moved.width(), box.height()/moved.height()
	name := f.resource(p, "XObject", "Field", o)
	fmt.Fprintf(b, "q %s 0 0 %s %s %s cm /%s Do Q\n", decimal(sx), decimal(sy), decimal(box.x1-moved.x1*sx), decimal(box.y1-moved.y1*sy), name)
}

// transformed is the smallest rectangle around a rectangle that a matrix moved.
func transformed(r rect, m []float64) rect {
	out := rect{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, c := range [][2]float64{{r.x1, r.y1}, {r.x1, r.y2}, {r.x2, r.y1}, {r.x2, r.y2}} {
		x, y := m[0]*c[0]+m[2]*c[1]+m[4], m[1]*c[0]+m[3]*c[1]+m[5]
		out = rect{min(out.x1, x), min(out.y1, y), max(out.x2, x), max(out.y2, y)}
	}
	return out
}
