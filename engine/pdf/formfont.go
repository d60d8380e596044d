package pdf

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// embeddedFace is the font of the Liberation family that is most like a standard
// font, embedded, if it has all characters of a text and they need no shaping.
func (fl *filler) embeddedFace(like, text string) (fieldFace, bool) {
	family, style := sans, regular
	switch {
	case strings.HasPrefix(like, "Times"):
		family = serif
	case strings.HasPrefix(like, "Courier"):
		family = mono
	}
	if strings.Contains(like, "Bold") {
		style = bold
	}
	f, err := family[style]()
	if err != nil {
		return fieldFace{}, false
	}
	for _, r := range text {
		if r != '\n' && (!f.has(r) || rightToLeft(r)) {
			return fieldFace{}, false
		}
	}
	glyphOf, err := glyphMap(f.data)
	if err != nil {
		return fieldFace{}, false
	}
	name := "Liberation" + f.name
	ref, ok := fl.fonts[name]
	if !ok {
		ref = fl.embed(name, f, glyphOf)
		if fl.fonts == nil {
			fl.fonts = map[string]types.IndirectRef{}
		}
		fl.fonts[name] = ref
	}
	return fieldFace{name: "Colloquy" + name, ref: ref, plain: like,
		wide: func(r rune) float64 { return float64(f.widths[r]) / f.em * 1000 },
		code: func(r rune) []byte { return binary.BigEndian.AppendUint16(nil, uint16(glyphOf[r])) },
	}, true
}

// rightToLeft says whether a letter is of a script that is written from the
// right, which takes more than a font.
func rightToLeft(r rune) bool { return r >= 0x590 && r <= 0x8FF || r >= 0xFB1D && r <= 0xFEFC }

// glyphMap reads which glyph of a TrueType font is that of a character.
func glyphMap(data []byte) (map[rune]int, error) {
	for i := range int(binary.BigEndian.Uint16(data[4:])) {
		e := data[12+16*i:]
		if string(e[:4]) != "cmap" {
			continue
		}
		out := map[rune]int{}
		from := binary.BigEndian.Uint32(e[8:])
		err := glyphs(data[from:from+binary.BigEndian.Uint32(e[12:])], func(r rune, glyph int) { out[r] = glyph })
		return out, err
	}
	return nil, errFont
}

// embed makes a font one of the file's, its codes being the numbers of glyphs.
func (fl *filler) embed(name string, f *face, glyphOf map[rune]int) types.IndirectRef {
	widths := make([]float64, 0x10000)
	letters := make([]rune, 0x10000)
	for r, g := range glyphOf {
		widths[g] = float64(f.widths[r]) / f.em * 1000
		if letters[g] == 0 || r < letters[g] {
			letters[g] = r
		}
	}
	var list types.Array
	var lines bytes.Buffer
	for g, r := range letters {
		if r == 0 {
			continue
		}
		list = append(list, types.Integer(g), floats(widths[g]))
		fmt.Fprintf(&lines, "1 beginbfchar\n<%04x> <%04x>\nendbfchar\n", g, r)
	}
	file := fl.addStream(types.Dict{"Length1": types.Integer(len(f.data))}, f.data)
	about := fl.add(types.Dict{"Type": types.Name("FontDescriptor"), "FontName": types.Name(name), "Flags": types.Integer(32),
		"FontBBox": floats(-500, -f.descent*1000, 1500, f.ascent*1000), "ItalicAngle": types.Integer(0), "StemV": types.Integer(80),
		"Ascent": types.Float(f.ascent * 1000), "Descent": types.Float(-f.descent * 1000), "CapHeight": types.Integer(700), "FontFile2": file})
	below := fl.add(types.Dict{"Type": types.Name("Font"), "Subtype": types.Name("CIDFontType2"), "BaseFont": types.Name(name),
		"CIDSystemInfo":  types.Dict{"Registry": types.StringLiteral("Adobe"), "Ordering": types.StringLiteral("Identity"), "Supplement": types.Integer(0)},
		"FontDescriptor": about, "CIDToGIDMap": types.Name("Identity"), "W": list})
	text := fl.addStream(types.Dict{}, []byte("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Colloquy def\n/CMapType 2 def\n"+
		"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"+lines.String()+"endcmap\nend\nend\n"))
	return fl.add(types.Dict{"Type": types.Name("Font"), "Subtype": types.Name("Type0"), "BaseFont": types.Name(name),
		"Encoding": types.Name("Identity-H"), "DescendantFonts": types.Array{below}, "ToUnicode": text})
}
