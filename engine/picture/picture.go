// Package picture makes pictures smaller and turns them into other formats: for
// uploads that an author wants no larger than so many pixels, and for the small
// picture by which a person recognises a file.
//
// It reads JPEG, PNG and GIF, upright as their camera held them. What else there
// is (HEIC, WebP, vector drawings) it leaves as it is; which files are pictures
// for whom, and where they are kept, is for others.
package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/draw"
	_ "image/gif" // read, never written
	"image/jpeg"
	"image/png"
)

// ErrUnknown says that content is no picture that can be read here, or one too
// large to be opened.
var ErrUnknown = errors.New("not a picture that can be read")

// largest is how many pixels are opened: four bytes of memory for each.
const largest = 50_000_000

// The formats that pictures are written in.
const (
	JPEG = "image/jpeg"
	PNG  = "image/png"
	BMP  = "image/bmp"
)

// Format returns the media type that an author's word for a format stands for
// (jpeg, jpg, png, bmp), or "".
func Format(word string) string {
	switch word {
	case "jpeg", "jpg":
		return JPEG
	case "png":
		return PNG
	case "bmp":
		return BMP
	}
	return ""
}

// Ending is how the names of files of a media type end, with the dot.
func Ending(kind string) string {
	switch kind {
	case JPEG:
		return ".jpg"
	case PNG:
		return ".png"
	case BMP:
		return ".bmp"
	}
	return ""
}

// TypeOf is the media type of a picture that can be read here, or "".
func TypeOf(content []byte) string {
	if _, format, err := image.DecodeConfig(bytes.NewReader(content)); err == nil {
		return "image/" + format
	}
	return ""
}

// Fit returns a picture whose longer side has at most limit pixels (0: any
// number), as kind ("" leaves JPEG and PNG what they are). What fits already
// is returned as it is, with its media type.
func Fit(content []byte, limit int, kind string) ([]byte, string, error) {
	config, format, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || config.Width*config.Height > largest {
		return nil, "", ErrUnknown
	}
	is := "image/" + format
	fits := limit <= 0 || max(config.Width, config.Height) <= limit
	if fits && (kind == "" || kind == is) {
		return content, is, nil
	}
	if kind == "" {
		kind = PNG
		if is == JPEG {
			kind = JPEG
		}
	}
	img, err := open(content)
	if err != nil {
		return nil, "", err
	}
	if !fits {
		img = shrink(img, limit)
	}
	out, err := encode(img, kind)
	return out, kind, err
}

// Thumbnail is a picture of at most side pixels in width and height, with its
// media type.
func Thumbnail(content []byte, side int) ([]byte, string, error) {
	config, format, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || config.Width*config.Height > largest {
		return nil, "", ErrUnknown
	}
	img, err := open(content)
	if err != nil {
		return nil, "", err
	}
	if b := img.Bounds(); max(b.Dx(), b.Dy()) > side {
		img = shrink(img, side)
	}
	kind := PNG // it may be transparent
	if format == "jpeg" {
		kind = JPEG
	}
	out, err := encode(img, kind)
	return out, kind, err
}

// open reads a picture and puts it upright.
func open(content []byte) (*image.RGBA, error) {
	src, format, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return nil, ErrUnknown
	}
	b := src.Bounds()
	img := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(img, img.Bounds(), src, b.Min, draw.Src)
	if format == "jpeg" {
		img = upright(img, orientation(content))
	}
	return img, nil
}

func encode(img *image.RGBA, kind string) ([]byte, error) {
	var out bytes.Buffer
	var err error
	switch kind {
	case JPEG:
		err = jpeg.Encode(&out, onWhite(img), &jpeg.Options{Quality: 90})
	case PNG:
		err = png.Encode(&out, img)
	case BMP:
		writeBMP(&out, onWhite(img))
	default:
		return nil, fmt.Errorf("write a picture: %q is not a format that is written", kind)
	}
	if err != nil {
		return nil, fmt.Errorf("write a picture: %w", err)
	}
	return out.Bytes(), nil
}

// onWhite gives a picture a white ground where it is transparent.
func onWhite(img *image.RGBA) *image.RGBA {
	if img.Opaque() {
		return img
	}
	out := image.NewRGBA(img.Bounds())
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(out, out.Bounds(), img, image.Point{}, draw.Over)
	return out
}
