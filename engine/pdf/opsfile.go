package pdf

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// ErrPassword is what reading an encrypted file without its password gives.
var ErrPassword = errors.New("the PDF file is protected by another password")

// maxPages is the size of a document above which no operation is begun.
const maxPages = 5000

// maxDepth is how deep trees of pages, fields and bookmarks may go.
const maxDepth = 64

// A file is a PDF file that was read into memory. Its parts are changed in
// place; bytes writes what can be reached from its catalogue.
type file struct {
	x         *model.XRefTable
	encrypted bool
	pages     []leaf
}

// A leaf is one page with what it inherits from the tree written into it.
type leaf struct {
	ref  types.IndirectRef
	dict types.Dict
}

// open reads a file. An encrypted one is opened without a password first and
// with password second; ErrPassword if neither fits.
func open(data []byte, password string) (*file, error) {
	f, err := tryOpen(data, "")
	if errors.Is(err, ErrPassword) && password != "" {
		f, err = tryOpen(data, password)
	}
	if err != nil {
		return nil, err
	}
	return f, f.readPages()
}

// tryOpen reads a file with one password. What the library panics over is an
// error of the file.
func tryOpen(data []byte, password string) (f *file, err error) {
	defer func() {
		if r := recover(); r != nil {
			f, err = nil, fmt.Errorf("the PDF file is damaged: %v", r)
		}
	}()
	conf := &model.Configuration{
		Reader15: true, ValidationMode: model.ValidationRelaxed, Eol: types.EolLF, Cmd: model.LISTINFO,
		UserPW: password, OwnerPW: password, Offline: true, Limits: model.DefaultResourceLimits(),
	}
	ctx, err := pdfcpu.Read(bytes.NewReader(data), conf)
	switch {
	case errors.Is(err, pdfcpu.ErrWrongPassword), errors.Is(err, pdfcpu.ErrPermissionDenied):
		return nil, ErrPassword
	case err != nil:
		return nil, fmt.Errorf("read the PDF file: %w", err)
	case ctx.Root == nil:
		return nil, errors.New("read the PDF file: it has no catalogue")
	}
	return &file{x: ctx.XRefTable, encrypted: ctx.Encrypt != nil}, nil
}

// root is the catalogue.
func (f *file) root() types.Dict { return f.dict(*f.x.Root) }

// readPages lists the pages and completes each by what it inherits.
func (f *file) readPages() error {
	if f.root() == nil {
		return errors.New("read the PDF file: its catalogue is damaged")
	}
	seen := map[int]bool{}
	f.pages = f.pages[:0]
	if err := f.readPageTree(f.root()["Pages"], types.Dict{}, seen, 0); err != nil {
		return err
	}
	if len(f.pages) == 0 {
		return errors.New("read the PDF file: it has no pages")
	}
	return nil
}

func (f *file) readPageTree(o types.Object, above types.Dict, seen map[int]bool, depth int) error {
	ref, ok := o.(types.IndirectRef)
	node := f.dict(o)
	if !ok || node == nil || seen[ref.ObjectNumber.Value()] || depth > maxDepth {
		return nil
	}
	seen[ref.ObjectNumber.Value()] = true
	here := types.Dict{}
	for _, k := range []string{"Resources", "MediaBox", "CropBox", "Rotate"} {
		if v, ok := node[k]; ok {
			here[k] = v
		} else if v, ok := above[k]; ok {
			here[k] = v
		}
	}
	kids := f.array(node["Kids"])
	if kids == nil || f.name(node["Type"]) == "Page" {
		for k, v := range here {
			node[k] = v
		}
		if len(f.pages) == maxPages {
			return fmt.Errorf("read the PDF file: it has more than %d pages", maxPages)
		}
		f.pages = append(f.pages, leaf{ref, node})
		return nil
	}
	for _, kid := range kids {
		if err := f.readPageTree(kid, here, seen, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// setPages makes a flat tree of these pages the file's own.
func (f *file) setPages(pages []leaf) {
	f.pages = pages
	kids := make(types.Array, len(pages))
	tree := types.Dict{"Type": types.Name("Pages"), "Count": types.Integer(len(pages))}
	ref := f.add(tree)
	for i, p := range pages {
		p.dict["Parent"] = ref
		p.dict["Type"] = types.Name("Page")
		kids[i] = p.ref
	}
	tree["Kids"] = kids
	f.root()["Pages"] = ref
}

// add makes an object one of the file's.
func (f *file) add(o types.Object) types.IndirectRef {
	n := f.x.InsertNew(model.XRefTableEntry{Object: o, Generation: new(int)})
	return *types.NewIndirectRef(n, 0)
}

// addStream makes content a stream of the file, with these further entries.
func (f *file) addStream(d types.Dict, content []byte) types.IndirectRef {
	return f.add(newStream(d, content))
}

// newStream makes a compressed stream of content.
func newStream(d types.Dict, content []byte) types.StreamDict {
	d["Filter"] = types.Name("FlateDecode")
	return types.StreamDict{Dict: d, Raw: deflate(content), Content: content}
}

// get follows a reference to what it stands for; nil for none, and for what
// cannot be read.
func (f *file) get(o types.Object) types.Object {
	if _, ok := o.(types.IndirectRef); !ok {
		return o
	}
	v, err := f.x.Dereference(o)
	if err != nil {
		return nil
	}
	if s, ok := v.(*types.StreamDict); ok {
		return *s
	}
	return v
}

func (f *file) dict(o types.Object) types.Dict {
	switch v := f.get(o).(type) {
	case types.Dict:
		return v
	case types.StreamDict:
		return v.Dict
	}
	return nil
}

func (f *file) array(o types.Object) types.Array {
	a, _ := f.get(o).(types.Array)
	return a
}

func (f *file) name(o types.Object) string {
	n, _ := f.get(o).(types.Name)
	return string(n)
}

func (f *file) int(o types.Object) int {
	n, _ := f.number(o)
	return int(n)
}

func (f *file) number(o types.Object) (float64, bool) {
	switch v := f.get(o).(type) {
	case types.Integer:
		return float64(v), true
	case types.Float:
		return float64(v), true
	}
	return 0, false
}

// numbers reads n numbers.
func (f *file) numbers(o types.Object, n int) ([]float64, bool) {
	a := f.array(o)
	if len(a) < n {
		return nil, false
	}
	out := make([]float64, n)
	for i := range out {
		v, ok := f.number(a[i])
		if !ok {
			return nil, false
		}
		out[i] = v
	}
	return out, true
}

// text reads a text string, or a name as text.
func (f *file) text(o types.Object) (string, bool) {
	switch v := f.get(o).(type) {
	case types.StringLiteral, types.HexLiteral:
		s, err := types.StringOrHexLiteral(v)
		if err != nil || s == nil {
			return "", false
		}
		return *s, true
	case types.Name:
		return string(v), true
	}
	return "", false
}

// content gives the decoded bytes of a stream, nil for what is none or cannot
// be decoded.
func (f *file) content(o types.Object) []byte {
	s, ok := f.get(o).(types.StreamDict)
	if !ok {
		return nil
	}
	if s.Content == nil {
		if err := s.DecodeWithLimit(f.x.Conf.Limits.MaxDecodeBytes); err != nil {
			return nil
		}
	}
	return s.Content
}

// A rect is a rectangle in points: left, bottom, right, top.
type rect struct{ x1, y1, x2, y2 float64 }

func (r rect) width() float64  { return r.x2 - r.x1 }
func (r rect) height() float64 { return r.y2 - r.y1 }

func (r rect) array() types.Array { return floats(r.x1, r.y1, r.x2, r.y2) }

func floats(v ...float64) types.Array {
	a := make(types.Array, len(v))
	for i, n := range v {
		a[i] = types.Float(n)
	}
	return a
}

// rectangle reads a rectangle and puts its corners in order.
func (f *file) rectangle(o types.Object) (rect, bool) {
	n, ok := f.numbers(o, 4)
	if !ok {
		return rect{}, false
	}
	return rect{min(n[0], n[2]), min(n[1], n[3]), max(n[0], n[2]), max(n[1], n[3])}, true
}

// box is the part of a page that is seen.
func (f *file) box(p leaf) rect {
	for _, k := range []string{"CropBox", "MediaBox"} {
		if r, ok := f.rectangle(p.dict[k]); ok && r.width() > 0 && r.height() > 0 {
			return r
		}
	}
	return rect{0, 0, 612, 792}
}

// draw adds content to a page, after what is there. The graphics state of the
// page is put back first.
func (f *file) draw(p leaf, content []byte) {
	old := f.array(p.dict["Contents"])
	if old == nil && p.dict["Contents"] != nil {
		old = types.Array{p.dict["Contents"]}
	}
	all := types.Array{f.addStream(types.Dict{}, []byte("q\n"))}
	all = append(all, old...)
	p.dict["Contents"] = append(all, f.addStream(types.Dict{}, append([]byte("\nQ\n"), content...)))
}

// resource makes o a resource of the page (kind is XObject, Font ...) and gives
// the name under which its content can use it.
func (f *file) resource(p leaf, kind, prefix string, o types.Object) string {
	all := f.dict(p.dict["Resources"])
	own := types.Dict{}
	for k, v := range all {
		own[k] = v
	}
	some := types.Dict{}
	for k, v := range f.dict(own[kind]) {
		some[k] = v
	}
	name := prefix
	for i := 1; some[name] != nil; i++ {
		name = fmt.Sprintf("%s%d", prefix, i)
	}
	some[name] = o
	own[kind] = some
	p.dict["Resources"] = own
	return name
}
