package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/gif" // pictures of these kinds can be decoded
	_ "image/jpeg"
	_ "image/png"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
	_ "golang.org/x/image/bmp" // and of these
	_ "golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"
)

// maxPixels is the size above which a picture is not decoded.
const maxPixels = 50_000_000

// leastTrimmed is the size, in pixels, below which margins are not cut off.
const leastTrimmed = 10

// picture draws an image in place of a field: margins cut off, as large as
// fits, in the middle. The field itself goes, since it would cover the picture
// and, where it is for a signature, be offered for signing.
func (fl *filler) picture(fd *field, data []byte) error {
	img, err := decodeImage(data)
	if err != nil {
		return err
	}
	img = trim(img)
	ref := fl.addImage(img)
	size := img.Bounds().Size()
	for _, w := range fd.widgets {
		at := max(w.page, 0)
		if w.box.width() <= 0 || w.box.height() <= 0 {
			continue
		}
		p := fl.pages[at]
		scale := min(w.box.width()/float64(size.X), w.box.height()/float64(size.Y))
		width, height := float64(size.X)*scale, float64(size.Y)*scale
		name := fl.resource(p, "XObject", "Picture", ref)
		fl.draw(p, fmt.Appendf(nil, "q %s 0 0 %s %s %s cm /%s Do Q\n", decimal(width), decimal(height),
			decimal(w.box.x1+(w.box.width()-width)/2), decimal(w.box.y1+(w.box.height()-height)/2), name))
		fl.removeNote(p, w.ref)
	}
	fl.removeField(fd)
	return nil
}

func (f *file) removeNote(p leaf, ref types.IndirectRef) {
	notes := slices.DeleteFunc(slices.Clone(f.array(p.dict["Annots"])), func(o types.Object) bool {
		r, ok := o.(types.IndirectRef)
		return ok && r.ObjectNumber == ref.ObjectNumber
	})
	delete(p.dict, "Annots")
	if len(notes) > 0 {
		p.dict["Annots"] = notes
	}
}

// removeField takes a field out of the tree of fields.
func (fl *filler) removeField(fd *field) {
	is := func(o types.Object) bool {
		d := fl.dict(o)
		if d == nil || len(fd.widgets) == 0 {
			return false
		}
		ref, ok := o.(types.IndirectRef)
		return ok && (ref.ObjectNumber == fd.widgets[0].ref.ObjectNumber || fl.same(d, fd.dict))
	}
	for _, holder := range []struct {
		d   types.Dict
		key string
	}{{fl.form.dict, "Fields"}, {fl.dict(fd.dict["Parent"]), "Kids"}} {
		if list := fl.array(holder.d[holder.key]); list != nil {
			holder.d[holder.key] = slices.DeleteFunc(slices.Clone(list), is)
		}
	}
	fl.form.fields = slices.DeleteFunc(fl.form.fields, func(other *field) bool { return other == fd })
}

// same says whether two dictionaries are one.
func (f *file) same(a, b types.Dict) bool {
	const mark = "\x00same"
	a[mark] = types.Integer(1)
	_, ok := b[mark]
	delete(a, mark)
	return ok
}

// decodeImage reads a picture; one of a camera is turned as it was held.
func decodeImage(data []byte) (image.Image, error) {
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	if errors.Is(err, image.ErrFormat) {
		return nil, errors.New("the picture is of a kind that cannot be drawn into a PDF file; use PNG, JPEG, GIF, BMP, TIFF or WebP")
	}
	if err != nil {
		return nil, fmt.Errorf("read the picture: %w", err)
	}
	if c.Width <= 0 || c.Height <= 0 || c.Width*c.Height > maxPixels {
		return nil, fmt.Errorf("the picture has %d by %d pixels, which is too many", c.Width, c.Height)
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("read the picture: %w", err)
	}
	return turned(img, orientation(data)), nil
}

// trim cuts off the margins of a picture: all around that is transparent or of
// the colour of its first corner.
func trim(img image.Image) image.Image {
	r := img.Bounds()
	corner := img.At(r.Min.X, r.Min.Y)
	seen := image.Rectangle{}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if differs(img.At(x, y), corner) {
				seen = seen.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	sub, ok := img.(interface {
		SubImage(image.Rectangle) image.Image
	})
	if !ok || seen.Dx() < leastTrimmed || seen.Dy() < leastTrimmed {
		return img
	}
	return sub.SubImage(seen)
}

func differs(a, b color.Color) bool {
	ar, ag, ab, aa := a.RGBA()
	br, bg, bb, ba := b.RGBA()
	if aa == 0 && ba == 0 {
		return false
	}
	return ar != br || ag != bg || ab != bb || aa != ba
}

// addImage makes a picture one of the file's, with its transparency.
func (f *file) addImage(img image.Image) types.IndirectRef {
	r := img.Bounds()
	rgb := make([]byte, 0, 3*r.Dx()*r.Dy())
	alpha := make([]byte, 0, r.Dx()*r.Dy())
	opaque := true
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			c, _ := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
			rgb = append(rgb, c.R, c.G, c.B)
			alpha = append(alpha, c.A)
			opaque = opaque && c.A == 255
		}
	}
	about := func(space string) types.Dict {
		return types.Dict{"Type": types.Name("XObject"), "Subtype": types.Name("Image"), "Width": types.Integer(r.Dx()),
			"Height": types.Integer(r.Dy()), "ColorSpace": types.Name(space), "BitsPerComponent": types.Integer(8)}
	}
	d := about("DeviceRGB")
	if !opaque {
		d["SMask"] = f.addStream(about("DeviceGray"), alpha)
	}
	return f.addStream(d, rgb)
}
