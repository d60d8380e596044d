package pdf

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/font"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// Sizes of text that is fitted into its field, in points.
const (
	largestFit  = 12.0
	smallestFit = 4.0
)

// A style is how the text of a field looks.
type style struct {
	face  fieldFace
	size  float64 // 0: as fits
	color string  // operators
	align int     // 0 left, 1 centre, 2 right
}

// A fieldFace is a font that a field can use: the name of its resource, and of
// each of its characters the width, in thousandths of the size, and the code.
type fieldFace struct {
	name  string
	ref   types.Object
	wide  func(r rune) float64
	code  func(r rune) []byte
	plain string // the standard font that is most like it
}

func (fc fieldFace) width(s string, size float64) float64 {
	w := 0.0
	for _, r := range s {
		w += fc.wide(r)
	}
	return w * size / 1000
}

func (fc fieldFace) codes(s string) []byte {
	var out []byte
	for _, r := range s {
		out = append(out, fc.code(r)...)
	}
	return out
}

// windows is the code of a character in the set of Windows.
func windows(r rune) []byte {
	c, ok := charmap.Windows1252.EncodeRune(r)
	if !ok || c < 32 {
		c = '?'
	}
	return []byte{c}
}

// drawText draws a text into one place of a field, as its appearance.
func (fl *filler) drawText(fd *field, w *widget, text string, most int) {
	if w.box.width() <= 0 || w.box.height() <= 0 {
		return
	}
	st := fl.style(fd, w)
	text = fl.writable(fd, text, &st.face)
	width, height := w.box.width(), w.box.height()
	turn := fl.int(fl.dict(w.dict["MK"])["R"])
	if turn%180 != 0 {
		width, height = height, width
	}
	flags := fd.flags(fl.file)
	var b bytes.Buffer
	b.WriteString(fl.frame(w, width, height))
	if flags&flagPassword != 0 {
		text = strings.Repeat("*", len([]rune(text)))
	}
	if text != "" {
		inner := fl.borderWidth(w)
		fmt.Fprintf(&b, "/Tx BMC\nq\n%s %s %s %s re W n\nBT\n", decimal(inner), decimal(inner), decimal(width-2*inner), decimal(height-2*inner))
		l := boxLayout{style: st, width: width, height: height, pad: 2 * max(inner, 1)}
		switch {
		case flags&flagComb != 0 && most > 0:
			l.comb(&b, text, most)
		case flags&flagMultiline != 0 || strings.Contains(text, "\n"):
			l.many(&b, text)
		default:
			l.one(&b, text)
		}
		if l.overflows {
			fl.warn("the value of the field %s does not fit into its box", fd.name)
		}
		b.WriteString("ET\nQ\nEMC\n")
	}
	stream := types.Dict{"Type": types.Name("XObject"), "Subtype": types.Name("Form"), "BBox": floats(0, 0, width, height),
		"Resources": types.Dict{"Font": types.Dict{st.face.name: st.face.ref}}}
	if m := rotation(turn, w.box.width(), w.box.height()); m != nil {
		stream["Matrix"] = m
	}
	w.dict["AP"] = types.Dict{"N": fl.addStream(stream, b.Bytes())}
	delete(w.dict, "AS")
}

// rotation turns the drawing of a field counterclockwise; nil for not at all.
func rotation(turn int, width, height float64) types.Array {
	switch ((turn % 360) + 360) % 360 {
	case 90:
		return floats(0, 1, -1, 0, width, 0)
	case 180:
		return floats(-1, 0, 0, -1, width, height)
	case 270:
		return floats(0, -1, 1, 0, 0, height)
	}
	return nil
}

func (fl *filler) borderWidth(w *widget) float64 {
	if v, ok := fl.number(fl.dict(w.dict["BS"])["W"]); ok {
		return v
	}
	return 1
}

// frame draws the background and the border of a field.
func (fl *filler) frame(w *widget, width, height float64) string {
	mk := fl.dict(w.dict["MK"])
	out := ""
	if c := fl.color(mk["BG"], false); c != "" {
		out += fmt.Sprintf("q\n%s 0 0 %s %s re f\nQ\n", c, decimal(width), decimal(height))
	}
	line := fl.borderWidth(w)
	if c := fl.color(mk["BC"], true); c != "" && line > 0 {
		out += fmt.Sprintf("q\n%s %s w %s %s %s %s re S\nQ\n", c, decimal(line), decimal(line/2), decimal(line/2), decimal(width-line), decimal(height-line))
	}
	return out
}

// color is the operator of a colour; "" for none.
func (fl *filler) color(o types.Object, stroke bool) string {
	a := fl.array(o)
	n, ok := fl.numbers(o, len(a))
	op := map[int]string{1: "g", 3: "rg", 4: "k"}[len(n)]
	if !ok || op == "" {
		return ""
	}
	if stroke {
		op = strings.ToUpper(op)
	}
	parts := make([]string, len(n))
	for i, v := range n {
		parts[i] = decimal(v)
	}
	return strings.Join(parts, " ") + " " + op
}

// style reads the default appearance of a field: /Helv 0 Tf 0 g.
func (fl *filler) style(fd *field, w *widget) style {
	st := style{color: "0 g", align: fl.int(fd.attrs["Q"])}
	da, _ := fl.text(fd.attrs["DA"])
	if own, ok := fl.text(w.dict["DA"]); ok {
		da = own
	}
	fontName := "Helv"
	words := strings.Fields(strings.ReplaceAll(da, "/", " /"))
	for i, word := range words {
		switch {
		case word == "Tf" && i >= 2:
			fontName = strings.TrimPrefix(words[i-2], "/")
			if n, err := strconv.ParseFloat(words[i-1], 64); err == nil {
				st.size = math.Abs(n)
			}
		case word == "g" && i >= 1, word == "rg" && i >= 3, word == "k" && i >= 4:
			n := map[string]int{"g": 1, "rg": 3, "k": 4}[word]
			st.color = strings.Join(words[i-n:i+1], " ")
		}
	}
	st.face = fl.face(fontName)
	return st
}

// face finds a font of the form by its name. One whose widths are given and
// whose characters are those of Windows is used as it is; for all else the
// nearest of the fonts that every viewer has.
func (fl *filler) face(name string) fieldFace {
	fonts := fl.dict(fl.dict(fl.form.dict["DR"])["Font"])
	o := fonts[name]
	d := fl.dict(o)
	plain := coreName(fl.name(d["BaseFont"]) + " " + name)
	if widths, ok := fl.numbers(d["Widths"], len(fl.array(d["Widths"]))); ok && len(widths) > 95 && fl.name(d["Encoding"]) == "WinAnsiEncoding" &&
		!strings.Contains(fl.name(d["BaseFont"]), "+") {
		first := fl.int(d["FirstChar"])
		return fieldFace{name: name, ref: o, plain: plain, code: windows, wide: func(r rune) float64 {
			if i := int(windows(r)[0]) - first; i >= 0 && i < len(widths) {
				return widths[i]
			}
			return 0
		}}
	}
	return fl.coreFace(plain)
}

// coreName picks one of the standard fonts by what a name says.
func coreName(name string) string {
	name = strings.ToLower(name)
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(name, w) {
				return true
			}
		}
		return false
	}
	bold, slanted := has("bold", "bd", "hebo", "black"), has("italic", "oblique")
	variant := func(base, plain, b, i, bi string) string {
		switch {
		case bold && slanted:
			return base + bi
		case bold:
			return base + b
		case slanted:
			return base + i
		}
		return base + plain
	}
	switch {
	case has("cour", "mono", "consol"):
		return variant("Courier", "", "-Bold", "-Oblique", "-BoldOblique")
	case has("times", "tiro", "serif", "roman", "garamond", "georgia", "cambria", "minion", "book") && !has("sans"):
		return variant("Times-", "Roman", "Bold", "Italic", "BoldItalic")
	}
	return variant("Helvetica", "", "-Bold", "-Oblique", "-BoldOblique")
}

// coreFace makes a standard font one of the form's.
func (fl *filler) coreFace(name string) fieldFace {
	ref, ok := fl.fonts[name]
	if !ok {
		ref = fl.add(types.Dict{"Type": types.Name("Font"), "Subtype": types.Name("Type1"), "BaseFont": types.Name(name),
			"Encoding": types.Name("WinAnsiEncoding")})
		if fl.fonts == nil {
			fl.fonts = map[string]types.IndirectRef{}
		}
		fl.fonts[name] = ref
	}
	return fieldFace{name: "Colloquy" + name, ref: ref, plain: name, code: windows, wide: func(r rune) float64 { return coreWidth(name, windows(r)[0]) }}
}

// coreWidth is the width of a character of a standard font.
func coreWidth(name string, c byte) float64 {
	w, err := font.CharWidth(name, charmap.Windows1252.DecodeByte(c))
	if err != nil || w == 0 {
		return 500
	}
	return float64(w)
}

// writable is text as a field can show it. If the font of the field lacks
// characters that Liberation has, that font takes its place. Otherwise letters
// lose their accents, what remains is a question mark, and the author is told.
func (fl *filler) writable(fd *field, text string, fc *fieldFace) string {
	text = strings.Map(plainRune, norm.NFC.String(text))
	if lacking(text) == 0 {
		return text
	}
	if other, ok := fl.embeddedFace(fc.plain, text); ok {
		*fc = other
		return text
	}
	fl.warn("the font of the field %s lacks some characters of its value", fd.name)
	return strings.Map(func(r rune) rune {
		if lacking(string(r)) == 0 {
			return r
		}
		if base := []rune(norm.NFD.String(string(r)))[0]; lacking(string(base)) == 0 {
			return base
		}
		return '?'
	}, text)
}

// lacking counts the characters that the set of Windows does not have.
func lacking(text string) int {
	n := 0
	for _, r := range text {
		if c, ok := charmap.Windows1252.EncodeRune(r); r != '\n' && (!ok || c < 32) {
			n++
		}
	}
	return n
}

// plainRune leaves out characters that only guide the breaking of lines, and
// takes usual ones for special blanks and dashes.
func plainRune(r rune) rune {
	switch r {
	case '\u200b', '\u00ad', '\ufeff', '\r':
		return -1
	case '\t', '\u202f', '\u2009':
		return ' '
	case '\u2212', '\u2010', '\u2011':
		return '-'
	}
	return r
}
