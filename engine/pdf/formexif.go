package pdf

import (
	"encoding/binary"
	"image"
)

// orientation reads from a JPEG how the camera was held: 1 to 8 as EXIF has it,
// 1 if it says nothing.
func orientation(data []byte) int {
	if len(data) < 4 || data[0] != 0xFF || data[1] != 0xD8 {
		return 1
	}
	for i := 2; i+4 <= len(data) && data[i] == 0xFF; {
		size := int(binary.BigEndian.Uint16(data[i+2:]))
		if data[i+1] == 0xDA || size < 2 || i+2+size > len(data) {
			return 1
		}
		if body := data[i+4 : i+2+size]; data[i+1] == 0xE1 && len(body) > 14 && string(body[:6]) == "Exif\x00\x00" {
			return exifOrientation(body[6:])
		}
		i += 2 + size
	}
	return 1
}

func exifOrientation(tiff []byte) int {
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > len(tiff) {
		return 1
	}
	const tag, entry = 0x0112, 12
	for n, i := int(order.Uint16(tiff[at:])), at+2; n > 0 && i+entry <= len(tiff); n, i = n-1, i+entry {
		if order.Uint16(tiff[i:]) == tag {
			if v := int(order.Uint16(tiff[i+8:])); v >= 1 && v <= 8 {
				return v
			}
		}
	}
	return 1
}

// turned puts a picture upright.
func turned(img image.Image, how int) image.Image {
	if how <= 1 {
		return img
	}
	r := img.Bounds()
	w, h := r.Dx(), r.Dy()
	size := image.Rect(0, 0, w, h)
	if how >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewNRGBA(size)
	for y := range h {
		for x := range w {
			tx, ty := x, y
			switch how {
			case 2:
				tx = w - 1 - x
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				ty = h - 1 - y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			out.Set(tx, ty, img.At(r.Min.X+x, r.Min.Y+y))
		}
	}
	return out
}
