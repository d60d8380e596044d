package pdf

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// Passwords protect a file that is made. With neither it is not protected.
type Passwords struct {
	User  string // opens the file
	Owner string // lifts the limits on what it may be used for
}

// Join puts files one behind the other. Forms stay forms: a field whose name an
// earlier file has, too, is renamed, so that each keeps its own value.
// Bookmarks follow each other.
func Join(files [][]byte, p Passwords) ([]byte, error) {
	if len(files) == 0 {
		return nil, errors.New("join PDF files: there are none")
	}
	to, err := open(files[0], "")
	if err != nil {
		return nil, fmt.Errorf("file 1: %w", err)
	}
	pages := to.pages
	for i, data := range files[1:] {
		from, err := open(data, "")
		if err != nil {
			return nil, fmt.Errorf("file %d: %w", i+2, err)
		}
		c := &copier{from: from, to: to, known: map[int]types.IndirectRef{}}
		pages = append(pages, c.pages(from.pages)...)
		c.form(i + 2)
		c.outlines()
	}
	if len(pages) > maxPages {
		return nil, fmt.Errorf("join PDF files: more than %d pages", maxPages)
	}
	if len(files) > 1 {
		delete(to.root(), "PageLabels") // they count the pages of one file
		delete(to.root(), "StructTreeRoot")
		delete(to.root(), "MarkInfo")
	}
	to.setPages(pages)
	return to.bytes(p)
}

// A copier takes objects from one file to another, each once.
type copier struct {
	from, to *file
	known    map[int]types.IndirectRef
}

// pages takes over pages. Their places are settled before their content is
// copied, since pages refer to each other.
func (c *copier) pages(pages []leaf) []leaf {
	out := make([]leaf, len(pages))
	for i, p := range pages {
		d := types.Dict{}
		out[i] = leaf{c.to.add(d), d}
		c.known[p.ref.ObjectNumber.Value()] = out[i].ref
	}
	for i, p := range pages {
		for k, v := range p.dict {
			if k != "Parent" && k != "StructParents" {
				out[i].dict[k] = c.copy(v)
			}
		}
	}
	return out
}

// copy takes over an object and everything it refers to.
func (c *copier) copy(o types.Object) types.Object {
	switch v := o.(type) {
	case types.IndirectRef:
		return c.copyRef(v)
	case types.Dict:
		return c.copyDict(v)
	case types.Array:
		out := make(types.Array, len(v))
		for i, item := range v {
			out[i] = c.copy(item)
		}
		return out
	case types.StreamDict:
		v.Dict = c.copyDict(without(v.Dict, "Length"))
		return v
	}
	return o
}

func (c *copier) copyDict(d types.Dict) types.Dict {
	out := make(types.Dict, len(d))
	for k, v := range d {
		out[k] = c.copy(v)
	}
	return out
}

func (c *copier) copyRef(ref types.IndirectRef) types.Object {
	n := ref.ObjectNumber.Value()
	if known, ok := c.known[n]; ok {
		return known
	}
	o := c.from.get(ref)
	if o == nil {
		return nil
	}
	if d, ok := o.(types.Dict); ok {
		if t := c.from.name(d["Type"]); t == "Pages" || t == "Page" || t == "Catalog" {
			return nil // what is not taken over: other pages, and the tree above
		}
		out := types.Dict{}
		here := c.to.add(out)
		c.known[n] = here
		for k, v := range d {
			out[k] = c.copy(v)
		}
		return here
	}
	here := c.to.add(types.Integer(0))
	c.known[n] = here
	c.to.x.Table[here.ObjectNumber.Value()].Object = c.copy(o)
	return here
}

// form makes the fields of a file part of the form of the other; number is that
// of the file, for names that are taken.
func (c *copier) form(number int) {
	fm := c.from.dict(c.from.root()["AcroForm"])
	if fm == nil {
		return
	}
	root := c.to.root()
	own := c.to.dict(root["AcroForm"])
	if own == nil {
		own = types.Dict{"Fields": types.Array{}}
		root["AcroForm"] = c.to.add(own)
	}
	names := c.to.fieldNames(own)
	fields := slices.Clone(c.to.array(own["Fields"]))
	for _, o := range c.from.array(fm["Fields"]) {
		ref, ok := c.copy(o).(types.IndirectRef)
		if !ok {
			continue
		}
		d := c.to.dict(ref)
		if da, ok := fm["DA"]; ok && d["DA"] == nil {
			d["DA"] = da
		}
		if name, _ := c.to.text(d["T"]); slices.Contains(names, name) {
			d["T"] = fieldString(fmt.Sprintf("%s_%d", name, number))
		}
		fields = append(fields, ref)
	}
	own["Fields"] = fields
	c.formFonts(own, fm)
}

// formFonts adds the fonts of a form whose names are not taken.
func (c *copier) formFonts(own, fm types.Dict) {
	resources := types.Dict{}
	for k, v := range c.to.dict(own["DR"]) {
		resources[k] = v
	}
	fonts := types.Dict{}
	for k, v := range c.to.dict(resources["Font"]) {
		fonts[k] = v
	}
	for k, v := range c.from.dict(c.from.dict(fm["DR"])["Font"]) {
		if fonts[k] == nil {
			fonts[k] = c.copy(v)
		}
	}
	resources["Font"] = fonts
	own["DR"] = resources
}

func (f *file) fieldNames(fm types.Dict) []string {
	var out []string
	for _, o := range f.array(fm["Fields"]) {
		if name, ok := f.text(f.dict(o)["T"]); ok {
			out = append(out, name)
		}
	}
	return out
}

// outlines adds the bookmarks of a file after those of the other.
func (c *copier) outlines() {
	theirs := c.from.dict(c.from.root()["Outlines"])
	if c.from.dict(theirs["First"]) == nil {
		return
	}
	root := c.to.root()
	ours := c.to.dict(root["Outlines"])
	if c.to.dict(ours["Last"]) == nil {
		root["Outlines"] = c.copy(c.from.root()["Outlines"])
		return
	}
	holder, _ := root["Outlines"].(types.IndirectRef)
	if ref, ok := c.from.root()["Outlines"].(types.IndirectRef); ok {
		c.known[ref.ObjectNumber.Value()] = holder // the parent of what is copied
	}
	first, last := c.copy(theirs["First"]), c.copy(theirs["Last"])
	c.to.dict(ours["Last"])["Next"] = first
	c.to.dict(first)["Prev"] = ours["Last"]
	ours["Last"] = last
	ours["Count"] = types.Integer(max(0, c.to.int(ours["Count"])) + max(0, c.from.int(theirs["Count"])))
}
