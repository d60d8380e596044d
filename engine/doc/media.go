package doc

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // pictures that File may give
	_ "image/jpeg"
	"image/png"
	"net/http"
	"strings"

	qrcode "github.com/skip2/go-qrcode"
	"github.com/yuin/goldmark/ast"
)

const (
	defaultWidth = 4 * inch   // of pictures without a width
	maxPixels    = 60_000_000 // of a picture
)

// mediaTag adds a picture, a QR code or a link to a video.
func (b *builder) mediaTag(n *tagNode) {
	name := strings.TrimRight(n.name, "0123456789:")
	args := splitArgs(n.args)
	switch name {
	case "YOUTUBE", "VIMEO":
		url := b.videoAddress(name, b.guard.reveal(args[0]))
		b.run(url, b.style, url)
	case "QR":
		b.qr(n, args)
	default:
		b.file(n, args, name == "EMOJI")
	}
}

// splitArgs parts "reference, width, alt text, with commas".
func splitArgs(s string) []string {
	args := strings.SplitN(s, ",", 3)
	for i := range args {
		args[i] = trim(args[i])
	}
	return append(args, make([]string, 3-len(args))...)
}

func (b *builder) videoAddress(name, id string) string {
	if strings.HasPrefix(id, "https://") {
		return id
	}
	if name == "VIMEO" {
		return "https://vimeo.com/" + id
	}
	return "https://www.youtube.com/watch?v=" + id
}

// file adds the picture that a reference leads to.
func (b *builder) file(n ast.Node, args []string, icon bool) {
	ref := b.guard.reveal(args[0])
	alt := b.guard.reveal(args[2])
	m, err := b.find(ref)
	if err != nil {
		if b.guard.holds(args[0]) { // the reason may name what people typed
			err = errors.New("it is not found or cannot be shown")
		}
		b.warn(n, fmt.Sprintf("the picture %q is missing: %v", b.guard.hide(args[0]), err))
		if alt == "" {
			alt = "[invalid graphics reference]"
		}
		b.run(alt, b.style, b.link)
		return
	}
	if alt == "" && !icon {
		b.warn(n, fmt.Sprintf("the picture %q has no text for people who cannot see it", b.guard.hide(args[0])))
	}
	b.picture(m, b.width(n, args[1], icon), alt, icon)
}

// width reads the width of a picture: a length, a share of the text, "full".
func (b *builder) width(n ast.Node, s string, icon bool) float64 {
	p := b.doc.Page
	source := s
	s = strings.ToLower(b.guard.reveal(s))
	switch {
	case (s == "" || s == "none") && icon:
		return p.Size
	case s == "" || s == "none":
		return defaultWidth
	case s == "full":
		return p.TextWidth()
	}
	w, ok := length(s, p.TextWidth(), p.Size)
	if !ok || w <= 0 {
		b.warn(n, fmt.Sprintf("%q is no width", b.guard.hide(source)))
		return defaultWidth
	}
	return w
}

// picture adds a picture no larger than the text area.
func (b *builder) picture(m *Media, width float64, alt string, icon bool) {
	p := b.doc.Page
	width = min(width, p.TextWidth())
	height := width * float64(m.Height) / float64(m.Width)
	if limit := p.TextHeight() - 2*p.Size; height > limit {
		width, height = width*limit/height, limit
	}
	b.add(&Image{Media: m, Width: width, Height: height, Alt: alt, Link: b.link, Icon: icon})
}

// image adds a picture written in Markdown.
func (b *builder) image(n *ast.Image) {
	width, _ := n.AttributeString("width")
	alt := plain(b.imageText(n))
	b.file(n, []string{string(n.Destination), attributeText(width), alt}, false)
}

func (b *builder) imageText(n *ast.Image) []Inline {
	var out []Inline
	for _, bl := range b.collect(func() { b.inlineBlock(n) }) {
		if p, ok := bl.(*Paragraph); ok {
			out = append(out, p.Content...)
		}
	}
	return out
}

// qr adds a QR code of a text.
func (b *builder) qr(n ast.Node, args []string) {
	text := b.guard.reveal(args[0])
	key := "qr:" + text
	m := b.media[key]
	if m == nil {
		code, err := qrcode.New(text, qrcode.Medium)
		if err != nil {
			b.warn(n, "the QR code has no text or too much of it")
			b.run(text, b.style, b.link)
			return
		}
		data, err := code.PNG(-8)
		if err != nil {
			b.warn(n, "the QR code cannot be drawn")
			return
		}
		m = b.newMedia(key, "image/png", data)
		if m == nil {
			return
		}
	}
	alt := b.guard.reveal(args[2])
	if alt == "" {
		alt = text
	}
	b.picture(m, b.width(n, args[1], false), alt, false)
}

// find returns the picture of a reference.
func (b *builder) find(ref string) (*Media, error) {
	if m := b.media[ref]; m != nil {
		return m, nil
	}
	if b.opts.File == nil {
		return nil, fmt.Errorf("no files can be had here")
	}
	f, err := b.opts.File(ref)
	if err != nil {
		return nil, err
	}
	kind := f.Type
	if kind == "" || kind == "application/octet-stream" {
		kind = http.DetectContentType(f.Data)
	}
	data, kind, err := normalPicture(f.Data, kind)
	if err != nil {
		return nil, err
	}
	if m := b.newMedia(ref, kind, data); m != nil {
		return m, nil
	}
	return nil, fmt.Errorf("it cannot be read")
}

func (b *builder) newMedia(name, kind string, data []byte) *Media {
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || c.Width < 1 || c.Height < 1 {
		return nil
	}
	m := &Media{Name: name, Type: kind, Data: data, Width: c.Width, Height: c.Height}
	for _, other := range b.media { // one file by two names is one picture
		if bytes.Equal(other.Data, data) {
			m = other
			break
		}
	}
	b.media[name] = m
	return m
}

// normalPicture makes a PNG or JPEG as every format can show it: eight bits
// deep, not interlaced, upright.
func normalPicture(data []byte, kind string) ([]byte, string, error) {
	c, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, "", fmt.Errorf("files of the type %s cannot be shown in a document", kind)
	}
	if c.Width*c.Height > maxPixels {
		return nil, "", fmt.Errorf("it has more than %d million pixels", maxPixels/1_000_000)
	}
	turn := 1
	if format == "jpeg" {
		turn = orientation(data)
	}
	if format == "jpeg" && turn == 1 {
		return data, "image/jpeg", nil
	}
	if format == "png" && plainPNG(data) {
		return data, "image/png", nil
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, "", fmt.Errorf("it is damaged: %w", err)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, turned(img, turn)); err != nil {
		return nil, "", err
	}
	return out.Bytes(), "image/png", nil
}

// plainPNG says whether a PNG is eight bits deep and not interlaced.
func plainPNG(data []byte) bool {
	return len(data) > 28 && data[24] == 8 && data[28] == 0
}
