package picture_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"

	"colloquy/engine/picture"
)

// halves is a picture that is red on the left and blue on the right.
func halves(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{R: 255, A: 255}
			if x >= w/2 {
				c = color.RGBA{B: 255, A: 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

func encoded(t *testing.T, kind string, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	var err error
	switch kind {
	case "png":
		err = png.Encode(&b, img)
	case "jpeg":
		err = jpeg.Encode(&b, img, &jpeg.Options{Quality: 95})
	case "gif":
		err = gif.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFit(t *testing.T) {
	for _, tt := range []struct {
		name, from string
		w, h       int
		limit      int
		kind       string
		want       string
	}{
		{"fits", "png", 40, 20, 40, "", "image/png 40x20 as it was"},
		{"no limit", "jpeg", 40, 20, 0, "", "image/jpeg 40x20 as it was"},
		{"smaller", "png", 40, 20, 10, "", "image/png 10x5"},
		{"tall", "jpeg", 20, 60, 30, "", "image/jpeg 10x30"},
		{"never nothing", "png", 400, 2, 10, "", "image/png 10x1"},
		{"as JPEG", "png", 40, 20, 0, picture.JPEG, "image/jpeg 40x20"},
		{"smaller and as PNG", "jpeg", 40, 20, 20, picture.PNG, "image/png 20x10"},
		{"a GIF that is too large", "gif", 40, 20, 20, "", "image/png 20x10"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			content := encoded(t, tt.from, halves(tt.w, tt.h))
			out, kind, err := picture.Fit(content, tt.limit, tt.kind)
			if err != nil {
				t.Fatal(err)
			}
			img, format, err := image.Decode(bytes.NewReader(out))
			if err != nil || "image/"+format != kind {
				t.Fatalf("%s that reads as %s: %v", kind, format, err)
			}
			got := fmt.Sprintf("%s %dx%d", kind, img.Bounds().Dx(), img.Bounds().Dy())
			if bytes.Equal(out, content) {
				got += " as it was"
			}
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			if r, _, b, _ := img.At(0, 0).RGBA(); r < b && tt.h > 2 {
				t.Error("the left half is not red any more")
			}
			if r, _, b, _ := img.At(img.Bounds().Dx()-1, 0).RGBA(); r > b {
				t.Error("the right half is not blue any more")
			}
		})
	}
}

func TestFitAsBMP(t *testing.T) {
	out, kind, err := picture.Fit(encoded(t, "png", halves(5, 3)), 0, picture.BMP)
	if err != nil || kind != picture.BMP {
		t.Fatal(kind, err)
	}
	if string(out[:2]) != "BM" || int(binary.LittleEndian.Uint32(out[2:])) != len(out) || len(out) != 54+16*3 {
		t.Errorf("%d bytes, the head says %d", len(out), binary.LittleEndian.Uint32(out[2:]))
	}
	if first := out[54:57]; !bytes.Equal(first, []byte{0, 0, 255}) { // blue, green, red
		t.Errorf("the first pixel is %v, want red", first)
	}
}

func TestTransparentPicturesStandOnWhite(t *testing.T) {
	out, _, err := picture.Fit(encoded(t, "png", image.NewRGBA(image.Rect(0, 0, 8, 8))), 0, picture.JPEG)
	if err != nil {
		t.Fatal(err)
	}
	img, err := jpeg.Decode(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	if r, g, b, _ := img.At(4, 4).RGBA(); min(r, g, b) < 0xf000 {
		t.Errorf("the ground is %x %x %x, want white", r, g, b)
	}
}

// taken is a JPEG with the orientation in which the camera was held.
func taken(t *testing.T, orientation byte, order binary.AppendByteOrder) []byte {
	t.Helper()
	mark := "MM"
	if order.AppendUint16(nil, 1)[0] == 1 {
		mark = "II"
	}
	tiff := order.AppendUint16([]byte(mark), 42)
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 1)
	tiff = order.AppendUint16(tiff, 0x0112)
	tiff = order.AppendUint16(tiff, 3)
	tiff = order.AppendUint32(tiff, 1)
	tiff = order.AppendUint16(tiff, uint16(orientation))
	tiff = append(tiff, 0, 0, 0, 0, 0, 0)
	body := append([]byte("Exif\x00\x00"), tiff...)
	plain := encoded(t, "jpeg", halves(32, 16))
	out := append([]byte{}, plain[:2]...)
	out = append(out, 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
	out = append(out, body...)
	return append(out, plain[2:]...)
}

func TestPicturesAreUpright(t *testing.T) {
	for orientation, want := range map[byte]string{ // where red is
		1: "32x16 left", 2: "32x16 right", 3: "32x16 right", 4: "32x16 left",
		5: "16x32 top", 6: "16x32 top", 7: "16x32 bottom", 8: "16x32 bottom", 9: "32x16 left",
	} {
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			out, _, err := picture.Thumbnail(taken(t, orientation, order), 64)
			if err != nil {
				t.Fatal(err)
			}
			img, err := jpeg.Decode(bytes.NewReader(out))
			if err != nil {
				t.Fatal(err)
			}
			w, h := img.Bounds().Dx(), img.Bounds().Dy()
			red := func(x, y int) bool { r, _, b, _ := img.At(x, y).RGBA(); return r > b }
			where := "left"
			switch {
			case red(w-2, 2) && red(w-2, h-2):
				where = "right"
			case red(2, 2) && red(w-2, 2):
				where = "top"
			case red(2, h-2) && red(w-2, h-2):
				where = "bottom"
			}
			if got := fmt.Sprintf("%dx%d %s", w, h, where); got != want {
				t.Errorf("orientation %d: red is at %s, want %s", orientation, got, want)
			}
		}
	}
}

func TestWhatIsNoPicture(t *testing.T) {
	whole := encoded(t, "png", halves(40, 20))
	huge := bytes.Clone(whole)
	binary.BigEndian.PutUint32(huge[16:], 100_000) // a width that its checksum does not vouch for
	for name, content := range map[string][]byte{
		"nothing": nil, "text": []byte("a letter"), "half a picture": whole[:len(whole)/2], "a lie": huge,
		"JPEG without end": {0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff},
	} {
		if _, _, err := picture.Fit(content, 10, ""); !errors.Is(err, picture.ErrUnknown) {
			t.Errorf("%s: Fit says %v", name, err)
		}
		if _, _, err := picture.Thumbnail(content, 10); !errors.Is(err, picture.ErrUnknown) {
			t.Errorf("%s: Thumbnail says %v", name, err)
		}
	}
}
