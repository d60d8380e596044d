package picture

import (
	"bytes"
	"encoding/binary"
	"image"
)

// orientation is how a camera was held when it took a JPEG, as Exif numbers it:
// 1 is upright, and what is not said.
func orientation(jpeg []byte) int {
	for at := 2; at+4 <= len(jpeg) && jpeg[at] == 0xff && jpeg[at+1] != 0xda; {
		size := int(binary.BigEndian.Uint16(jpeg[at+2:]))
		end := at + 2 + size
		if size < 2 || end > len(jpeg) {
			return 1
		}
		body := jpeg[at+4 : end]
		if tiff, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00")); ok && jpeg[at+1] == 0xe1 {
			return orientationTag(tiff)
		}
		at = end
	}
	return 1
}

// orientationTag finds the tag in the first directory of Exif data.
func orientationTag(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	dir := uint64(order.Uint32(tiff[4:]))
	if dir+2 > uint64(len(tiff)) {
		return 1
	}
	entries := tiff[dir+2:]
	for n := order.Uint16(tiff[dir:]); n > 0 && len(entries) >= 12; n-- {
		if order.Uint16(entries) == 0x0112 {
			if o := int(order.Uint16(entries[8:])); o >= 1 && o <= 8 {
				return o
			}
			return 1
		}
		entries = entries[12:]
	}
	return 1
}

// upright turns and mirrors a picture that a camera took in some orientation.
func upright(img *image.RGBA, orientation int) *image.RGBA {
	if orientation <= 1 {
		return img
	}
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	toW, toH := w, h
	if orientation >= 5 {
		toW, toH = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, toW, toH))
	for y := range toH {
		for x := range toW {
			fx, fy := origin(orientation, x, y, w, h)
			copy(out.Pix[y*out.Stride+x*4:][:4], img.Pix[fy*img.Stride+fx*4:][:4])
		}
	}
	return out
}

// origin is where the pixel of an upright picture lies in the one taken, which
// is w wide and h high.
func origin(orientation, x, y, w, h int) (int, int) {
	switch orientation {
	case 2: // mirrored
		return w - 1 - x, y
	case 3: // upside down
		return w - 1 - x, h - 1 - y
	case 4: // mirrored upside down
		return x, h - 1 - y
	case 5: // mirrored, lying on its left side
		return y, x
	case 6: // lying on its left side
		return y, h - 1 - x
	case 7: // mirrored, lying on its right side
		return w - 1 - y, h - 1 - x
	default: // 8: lying on its right side
		return w - 1 - y, x
	}
}
