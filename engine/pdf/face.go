package pdf

import (
	"compress/gzip"
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"
)

// The fonts are Liberation 2.1.5; see fonts/LICENSE.txt.
//
//go:embed fonts/*.gz
var fontFiles embed.FS

// A face is one font: its file and the widths of its characters.
type face struct {
	name    string // as fpdf knows it
	data    []byte
	widths  map[rune]uint16 // in units of the em
	em      float64
	ascent  float64 // of the em
	descent float64
}

// A typeface is a family in its four styles.
type typeface [4]func() (*face, error)

const (
	regular = iota
	bold
	italic
	boldItalic
)

func embedded(name string) func() (*face, error) {
	return sync.OnceValues(func() (*face, error) {
		f, err := fontFiles.Open("fonts/Liberation" + name + ".ttf.gz")
		if err != nil {
			return nil, err
		}
		defer f.Close()
		z, err := gzip.NewReader(f)
		if err != nil {
			return nil, fmt.Errorf("font %s: %w", name, err)
		}
		data, err := io.ReadAll(z)
		if err != nil {
			return nil, fmt.Errorf("font %s: %w", name, err)
		}
		return readFace(name, data)
	})
}

// The typefaces are read when they are first needed and then kept: they hold
// nothing of any document.
var (
	serif = typeface{embedded("Serif-Regular"), embedded("Serif-Bold"), embedded("Serif-Italic"), embedded("Serif-BoldItalic")}
	sans  = typeface{embedded("Sans-Regular"), embedded("Sans-Bold"), embedded("Sans-Italic"), embedded("Sans-BoldItalic")}
	mono  = typeface{embedded("Mono-Regular"), embedded("Mono-Bold"), embedded("Mono-Regular"), embedded("Mono-Bold")}
)

var errFont = errors.New("the font is damaged")

// readFace reads the tables of a TrueType font that layout needs.
func readFace(name string, data []byte) (f *face, err error) {
	defer func() {
		if recover() != nil { // a table shorter than it says
			f, err = nil, fmt.Errorf("font %s: %w", name, errFont)
		}
	}()
	u16 := binary.BigEndian.Uint16
	table := map[string][]byte{}
	for i := range int(u16(data[4:])) {
		e := data[12+16*i:]
		from := binary.BigEndian.Uint32(e[8:])
		table[string(e[:4])] = data[from : from+binary.BigEndian.Uint32(e[12:])]
	}
	em := float64(u16(table["head"][18:]))
	hhea := table["hhea"]
	f = &face{name: name, data: data, em: em, widths: map[rune]uint16{},
		ascent: float64(int16(u16(hhea[4:]))) / em, descent: -float64(int16(u16(hhea[6:]))) / em}
	metrics, n := table["hmtx"], int(u16(hhea[34:]))
	err = glyphs(table["cmap"], func(r rune, glyph int) {
		f.widths[r] = u16(metrics[4*min(glyph, n-1):])
	})
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", name, err)
	}
	return f, nil
}

// glyphs calls use for every character of the basic plane that a cmap maps.
func glyphs(cmap []byte, use func(r rune, glyph int)) error {
	u16 := binary.BigEndian.Uint16
	for i := range int(u16(cmap[2:])) {
		e := cmap[4+8*i:]
		sub := cmap[binary.BigEndian.Uint32(e[4:]):]
		if u16(e) != 3 || u16(e[2:]) != 1 || u16(sub) != 4 {
			continue
		}
		segs := int(u16(sub[6:])) / 2
		ends, starts, deltas, ranges := sub[14:], sub[16+2*segs:], sub[16+4*segs:], sub[16+6*segs:]
		for s := range segs {
			from, to, delta, offset := int(u16(starts[2*s:])), int(u16(ends[2*s:])), int(u16(deltas[2*s:])), int(u16(ranges[2*s:]))
			for c := from; c <= to && c < 0xFFFF; c++ {
				g := c + delta
				if offset != 0 {
					if g = int(u16(ranges[2*s+offset+2*(c-from):])); g != 0 {
						g += delta
					}
				}
				if g &= 0xFFFF; g != 0 {
					use(rune(c), g)
				}
			}
		}
		return nil
	}
	return errFont
}

// width is how wide s is at a size in points.
func (f *face) width(s string, size float64) float64 {
	sum := 0
	for _, r := range s {
		sum += int(f.widths[r])
	}
	return float64(sum) / f.em * size
}

func (f *face) has(r rune) bool {
	_, ok := f.widths[r]
	return ok
}
