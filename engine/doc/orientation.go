package doc

import (
	"encoding/binary"
	"image"
)

// orientation reads from a JPEG's EXIF data how it was held, 1 to 8; 1 is
// upright, also if nothing is said.
func orientation(data []byte) int {
	for i := 2; i+4 < len(data) && data[i] == 0xFF; {
		n := int(binary.BigEndian.Uint16(data[i+2:]))
		if data[i+1] == 0xE1 && i+2+n <= len(data) && n > 16 && string(data[i+4:i+8]) == "Exif" {
			return exifOrientation(data[i+10 : i+2+n])
		}
		if data[i+1] == 0xDA {
			break
		}
		i += 2 + n
	}
	return 1
}

func exifOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > len(tiff) {
		return 1
	}
	for n, i := int(order.Uint16(tiff[at:])), at+2; n > 0 && i+12 <= len(tiff); n, i = n-1, i+12 {
		if order.Uint16(tiff[i:]) == 0x0112 {
			if v := int(order.Uint16(tiff[i+8:])); v >= 1 && v <= 8 {
				return v
			}
		}
	}
	return 1
}

// turned is the picture upright, given how it was held.
func turned(img image.Image, how int) image.Image {
	if how == 1 {
		return img
	}
	r := img.Bounds()
	w, h := r.Dx(), r.Dy()
	size := image.Rect(0, 0, w, h)
	if how > 4 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewNRGBA(size)
	for y := range size.Dy() {
		for x := range size.Dx() {
			sx, sy := x, y
			switch how {
			case 2:
				sx = w - 1 - x
			case 3:
				sx, sy = w-1-x, h-1-y
			case 4:
				sy = h - 1 - y
			case 5:
				sx, sy = y, x
			case 6:
				sx, sy = y, h-1-x
			case 7:
				sx, sy = w-1-y, h-1-x
			case 8:
				sx, sy = w-1-y, x
			}
			out.Set(x, y, img.At(r.Min.X+sx, r.Min.Y+sy))
		}
	}
	return out
}
