package picture

import (
	"bytes"
	"encoding/binary"
	"image"
)

// writeBMP writes a picture as a Windows bitmap of 24 bits, which the standard
// library does not.
func writeBMP(out *bytes.Buffer, img *image.RGBA) {
	const head = 14 + 40
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	line := (w*3 + 3) &^ 3
	out.WriteString("BM")
	for _, n := range []uint32{uint32(head + line*h), 0, head, 40, uint32(w), uint32(h), 1 | 24<<16, 0, uint32(line * h), 2835, 2835, 0, 0} {
		_ = binary.Write(out, binary.LittleEndian, n) // a buffer takes everything
	}
	pad := make([]byte, line-w*3)
	for y := h - 1; y >= 0; y-- {
		for x := range w {
			p := img.Pix[y*img.Stride+x*4:]
			out.Write([]byte{p[2], p[1], p[0]})
		}
		out.Write(pad)
	}
}
