package template

import (
	"bytes"
	"fmt"
	"image"
	_ "image/gif"  // pictures in documents
	_ "image/jpeg" // pictures in documents
	_ "image/png"  // pictures in documents
	"math"
	"path"
	"regexp"
	"strconv"
	"strings"

	"colloquy/engine/python"
)

// convert makes XML of a value for a place.
func (r *rendering) convert(th *python.Thread, v python.Value, s *spot, names *python.Namespace) (*markup, error) {
	switch v := v.(type) {
	case *markup:
		return v, nil
	case *markdown:
		return r.markdown(v, s)
	case *inclusion:
		return r.include(th, v, names)
	}
	switch class := family(v); class {
	case "DALink":
		return r.link(th, v, s)
	case "DATemplate", "DALazyTemplate":
		t, err := th.Str(v)
		if err != nil {
			return nil, err
		}
		if s.level == inBlock {
			return r.markdown(&markdown{text: t}, s)
		}
		return r.text(t, s), nil
	case "DAFile", "DAFileList", "DAFileCollection", "DAStaticFile":
		shown, err := th.CallMethod(v, "show")
		if err != nil {
			return nil, err
		}
		t, err := th.Str(shown)
		if err != nil {
			return nil, err
		}
		return r.files(t.String(), s)
	}
	t, err := th.Str(v)
	if err != nil {
		return nil, err
	}
	if !t.HasOutside() && marksForm.MatchString(t.String()) {
		return r.files(t.String(), s)
	}
	return r.text(t, s), nil
}

// families are the classes of objects that are not simply text in a document.
var families = map[string]bool{"DALink": true, "DATemplate": true, "DALazyTemplate": true, "DAFile": true, "DAFileList": true,
	"DAFileCollection": true, "DAStaticFile": true}

// family is the class among families that a value belongs to; "" for none.
func family(v python.Value) string {
	if _, ok := v.(*python.Instance); !ok {
		return ""
	}
	for _, c := range v.Class().MRO() {
		if families[c.Name()] {
			return c.Name()
		}
	}
	return ""
}

// text is plain text.
func (r *rendering) text(t *python.Str, s *spot) *markup {
	at := *s
	if s.level != inText {
		at.open = ""
	}
	var b strings.Builder
	writeText(&b, strings.ReplaceAll(t.String(), "\r\n", "\n"), &at)
	return &markup{asText, b.String()}
}

// link is a DALink.
func (r *rendering) link(th *python.Thread, v python.Value, s *spot) (*markup, error) {
	var parts [2]string
	for i, name := range []string{"anchor_text", "url"} {
		a, err := th.GetAttr(v, name)
		if err != nil {
			return nil, err
		}
		t, err := th.Str(a)
		if err != nil {
			return nil, err
		}
		parts[i] = clean(t.String())
	}
	return &markup{asRuns, r.hyperlink(parts[1], "<w:r>"+r.linkLook()+`<w:t xml:space="preserve">`+textEscaper.Replace(parts[0])+"</w:t></w:r>")}, nil
}

// hyperlink makes runs a link.
func (r *rendering) hyperlink(url, runs string) string {
	return `<w:hyperlink r:id="` + r.a.relate(r.part, relLink, url, true) + `" w:history="1">` + runs + "</w:hyperlink>"
}

// linkLook are the properties of a link's text: a character style of the
// template or, without any, blue and underlined.
func (r *rendering) linkLook() string {
	if id := r.linkStyle; id != "" {
		return `<w:rPr><w:rStyle w:val="` + attrEscaper.Replace(id) + `"/></w:rPr>`
	}
	return `<w:rPr><w:color w:val="0000FF"/><w:u w:val="single"/></w:rPr>`
}

// marksForm is what show() of files gives: one mark or several.
var (
	marksForm = regexp.MustCompile(`^\s*(\[FILE [^\]]*\]\s*)+$`)
	markForm  = regexp.MustCompile(`\[FILE ([^\],]*)(?:, *([^\],]*))?(?:, *([^\]]*))?\]`)
)

// defaultWidth is how wide a picture is that nobody gave a width, in inches.
const defaultWidth = 2.0

// files shows files by the marks that stand for them; other text stays text.
func (r *rendering) files(text string, s *spot) (*markup, error) {
	marks := markForm.FindAllStringSubmatch(text, -1)
	if len(marks) == 0 {
		return r.text(python.NewStr(text), s), nil
	}
	out := &markup{form: asRuns}
	for _, m := range marks {
		width, alt := m[2], m[3]
		if alt == "None" {
			alt = ""
		}
		xml, err := r.file(strings.TrimSpace(m[1]), inches(width, defaultWidth), alt)
		if err != nil {
			return nil, err
		}
		out.xml += xml
	}
	return out, nil
}

// file is a run with a picture, or with words in its place.
func (r *rendering) file(ref string, width float64, alt string) (string, error) {
	if r.o.File == nil {
		return "", python.Errorf(python.ValueError, "the file %s cannot be found from here", ref)
	}
	f, err := r.o.File(ref)
	if err != nil {
		return "", fmt.Errorf("show %s: %w", ref, err)
	}
	cfg, format, err := image.DecodeConfig(bytes.NewReader(f.Content))
	if err != nil || cfg.Width == 0 || cfg.Height == 0 {
		if strings.HasPrefix(f.MIME, "text/") {
			var b strings.Builder
			writeText(&b, string(f.Content), &spot{})
			return `<w:r><w:t xml:space="preserve">` + b.String() + `</w:t></w:r>`, nil
		}
		return `<w:r><w:t>[reference to file type that cannot be displayed]</w:t></w:r>`, nil
	}
	target, err := r.a.addMedia(f.Content, format, "image/"+format)
	if err != nil {
		return "", err
	}
	width = min(width, r.column)
	return r.drawing(r.a.relate(r.part, relImage, target, false), width, width*float64(cfg.Height)/float64(cfg.Width), alt, path.Base(f.Name)), nil
}

// emu is how many of Word's units an inch has.
const emu = 914400

// drawing is a run with a picture; sizes are in inches.
func (r *rendering) drawing(id string, width, height float64, alt, name string) string {
	r.drawings++
	n := strconv.Itoa(r.drawings)
	cx, cy := strconv.Itoa(int(math.Round(width*emu))), strconv.Itoa(max(int(math.Round(height*emu)), 1))
	alt, name = attrEscaper.Replace(clean(alt)), attrEscaper.Replace(clean(name))
	return `<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">` +
		`<wp:extent cx="` + cx + `" cy="` + cy + `"/><wp:docPr id="` + n + `" name="Picture ` + n + `" descr="` + alt + `"/>` +
		`<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" noChangeAspect="1"/></wp:cNvGraphicFramePr>` +
		`<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">` +
		`<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="` + n + `" name="` + name + `" descr="` + alt + `"/><pic:cNvPicPr/></pic:nvPicPr>` +
		`<pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="` + id + `"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>` +
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="` + cx + `" cy="` + cy + `"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
}

var lengthForm = regexp.MustCompile(`^\s*([0-9]+(?:\.[0-9]+)?|\.[0-9]+)\s*([A-Za-z%]*)\s*$`)

// units are inches per unit; any other unit counts as points.
var units = map[string]float64{"in": 1, "inch": 1, "inches": 1, "mm": 1 / 25.4, "millimeter": 1 / 25.4, "millimeters": 1 / 25.4,
	"cm": 1 / 2.54, "centimeter": 1 / 2.54, "centimeters": 1 / 2.54, "twp": 1.0 / 1440, "twip": 1.0 / 1440, "twips": 1.0 / 1440}

// inches reads a width; one that cannot be read is usual.
func inches(s string, usual float64) float64 {
	m := lengthForm.FindStringSubmatch(s)
	if m == nil {
		return usual
	}
	x, err := strconv.ParseFloat(m[1], 64)
	if err != nil || x <= 0 {
		return usual
	}
	per, ok := units[strings.ToLower(m[2])]
	if !ok {
		per = 1.0 / 72
	}
	return min(x*per, 30)
}
