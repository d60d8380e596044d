package markup

import (
	"encoding/base64"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/skip2/go-qrcode"
)

// media draws a bracket tag that shows something. It returns the tag as text
// when that cannot be done.
func (r *rendering) media(t *token) string {
	out, ok := "", false
	switch t.name {
	case "FILE", "EMOJI":
		out, ok = r.file(t)
	case "QR":
		out, ok = r.qr(t)
	case "MAP":
		out, ok = r.mapOf(t)
	case "TARGET":
		out, ok = r.target(t)
	case "REDACTION_WORD":
		out, ok = r.redacted(len([]rune(r.source(t.args)))), true
	case "REDACTION_SPACE":
		out, ok = "<wbr>", true
	default:
		out, ok = r.player(t)
	}
	if !ok {
		return textEscaper.Replace(r.source(t.src))
	}
	return out
}

// redacted draws a bar in one of three lengths, so that the length of the word
// does not show.
func (r *rendering) redacted(n int) string {
	bar := "███"
	switch {
	case n > 8:
		bar = "██████████"
	case n > 4:
		bar = "██████"
	}
	return `<span class="daredacted" role="img" aria-label="` + attr(r.word("redacted")) + `">` + bar + `</span>`
}

// target draws the place that other programs write to.
func (r *rendering) target(t *token) (string, bool) {
	name := r.source(t.args)
	if strings.ContainsAny(name, " \"'<>\n") {
		return "", false
	}
	found := false
	for _, n := range r.res.Targets {
		found = found || n == name
	}
	if !found {
		r.res.Targets = append(r.res.Targets, name)
	}
	return `<span class="datarget` + attr(name) + `" data-datarget="` + attr(name) + `" aria-live="polite"></span>`, true
}

// mapOf draws the place of a map; the payload goes to the page's script.
func (r *rendering) mapOf(t *token) (string, bool) {
	payload := r.source(t.args)
	if !decodes(payload) {
		r.problem("[MAP] with unreadable data")
		return "", false
	}
	r.res.Maps = append(r.res.Maps, payload)
	return `<span class="dagooglemap" role="application" aria-label="` + attr(r.word("Map")) + `" data-map="` + attr(payload) + `"></span>`, true
}

func decodes(s string) bool {
	s = strings.TrimRight(s, "=")
	_, std := base64.RawStdEncoding.DecodeString(s)
	_, url := base64.RawURLEncoding.DecodeString(s)
	return s != "" && (std == nil || url == nil)
}

var videoID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// player embeds a film of YouTube or Vimeo.
func (r *rendering) player(t *token) (string, bool) {
	id := r.source(t.args)
	if !videoID.MatchString(id) {
		r.problem("[" + t.name + "] with an unreadable id")
		return "", false
	}
	class := "davideo169"
	if strings.HasSuffix(t.name, "4:3") {
		class = "davideo43"
	}
	origin, path, title := "https://www.youtube-nocookie.com", "/embed/"+id+"?rel=0", "YouTube video"
	if strings.HasPrefix(t.name, "VIMEO") {
		origin, path, title = "https://player.vimeo.com", "/video/"+id+"?byline=0&portrait=0", "Vimeo video"
	}
	r.frame(origin)
	return `<span class="davideo ` + class + `"><iframe src="` + attr(origin+path) + `" title="` + attr(r.word(title)) +
		`" loading="lazy" allowfullscreen referrerpolicy="strict-origin-when-cross-origin"></iframe></span>`, true
}

func (r *rendering) frame(origin string) {
	for _, o := range r.res.Frames {
		if o == origin {
			return
		}
	}
	r.res.Frames = append(r.res.Frames, origin)
}

// arguments splits "what, width, alt". Commas typed by people do not count;
// what may contain commas when no width follows it.
func (r *rendering) arguments(args string) (what, width, alt string) {
	parts := strings.Split(args, ",")
	for i := 1; i < len(parts); i++ {
		w := r.source(parts[i])
		css, ok := cssWidth(strings.TrimSpace(w))
		if !ok || number.MatchString(w) { // "1,2" is not a width, "1, 2" is
			continue
		}
		what = r.source(strings.Join(parts[:i], ","))
		alt = strings.TrimSpace(r.source(strings.Join(parts[i+1:], ",")))
		if alt == "None" {
			alt = ""
		}
		return strings.TrimSpace(what), css, alt
	}
	return strings.TrimSpace(r.source(args)), "", ""
}

// cssWidth checks the width of a picture. None means the default.
func cssWidth(s string) (string, bool) {
	switch s {
	case "None", "":
		return "", true
	case "full":
		return "100%", true
	}
	return cssLength(s)
}

// qr draws a QR code as SVG.
func (r *rendering) qr(t *token) (string, bool) {
	text, width, alt := r.arguments(t.args)
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		r.problem("[QR] with too much text")
		return "", false
	}
	if width == "" {
		width = "300px"
	}
	if alt == "" {
		alt = r.word("A QR code that goes to") + " " + text
	}
	bits := code.Bitmap()
	n := strconv.Itoa(len(bits))
	return `<svg class="daqrcode" role="img" aria-label="` + attr(alt) + `" viewBox="0 0 ` + n + ` ` + n +
		`" style="width:` + width + `;max-width:100%;height:auto" shape-rendering="crispEdges"><title>` +
		textEscaper.Replace(alt) + `</title><rect width="` + n + `" height="` + n + `" fill="#fff"></rect><path fill="#000" d="` +
		bars(bits) + `"></path></svg>`, true
}

// bars draws the dark cells of each row as one path.
func bars(bits [][]bool) string {
	var b strings.Builder
	for y, row := range bits {
		for x := 0; x < len(row); x++ {
			from := x
			for x < len(row) && row[x] {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from, y, x-from, x-from)
			}
		}
	}
	return b.String()
}

// file draws [FILE] and [EMOJI].
func (r *rendering) file(t *token) (string, bool) {
	ref, width, alt := r.arguments(t.args)
	if r.opts.Files == nil {
		r.problem("[" + t.name + "] where no files are known")
		return "", false
	}
	what, _, _ := strings.Cut(t.args, ",")
	f, ok := r.opts.Files.File(FileRef{Ref: ref, Outside: r.typed(what)})
	if !ok {
		if r.typed(what) {
			ref = "(typed)"
		}
		r.problem("[" + t.name + "]: no file " + ref)
		return "", false
	}
	r.attribute(f.Attribution)
	if alt == "" {
		alt = f.Alt
	}
	if w, ok := cssWidth(f.Width); width == "" && ok {
		width = w
	}
	if t.name == "EMOJI" {
		return emoji(f, width, alt), true
	}
	switch f.Kind {
	case FileImage:
		return picture(f, width, alt), true
	case FileAudio, FileVideo:
		return playable(f, width, alt), true
	}
	return r.document(f, width, alt), true
}

func emoji(f File, width, alt string) string {
	if width == "" {
		width = "1em"
	}
	return `<img class="daicon daemoji" src="` + attr(f.URL) + `" alt="` + attr(alt) + `" style="width:` + width + `;height:auto">`
}

func picture(f File, width, alt string) string {
	return `<img class="daicon daimageref" src="` + attr(f.URL) + `" alt="` + attr(alt) + `"` + natural(f) +
		` style="` + sized(width) + `">`
}

func sized(width string) string {
	if width == "" {
		return "max-width:300px;height:auto"
	}
	return "width:" + width + ";max-width:100%;height:auto"
}

func natural(f File) string {
	if f.PixelWidth <= 0 || f.PixelHeight <= 0 {
		return ""
	}
	return fmt.Sprintf(` width="%d" height="%d"`, f.PixelWidth, f.PixelHeight)
}

// playable draws a player with the file itself as the way out.
func playable(f File, width, alt string) string {
	name := "audio"
	style := ""
	if f.Kind == FileVideo {
		name, style = "video", ` style="`+sized(width)+`"`
	}
	if alt == "" {
		alt = f.Name
	}
	var b strings.Builder
	b.WriteString(`<` + name + ` class="da` + name + `" controls preload="metadata"` + style + ` aria-label="` + attr(alt) + `">`)
	for _, s := range append([]Source{{f.URL, f.MIME}}, f.Sources...) {
		b.WriteString(`<source src="` + attr(s.URL) + `"`)
		if s.MIME != "" {
			b.WriteString(` type="` + attr(s.MIME) + `"`)
		}
		b.WriteString(`>`)
	}
	b.WriteString(`<a href="` + attr(f.URL) + `" target="_blank" rel="noopener">` + textEscaper.Replace(alt) + `</a></` + name + `>`)
	return b.String()
}

// document draws a link to a file, with its first page if there is a picture.
func (r *rendering) document(f File, width, alt string) string {
	name := f.Name
	if name == "" {
		name = f.URL
	}
	head := `<a class="daimageref" target="_blank" rel="noopener" title="` + attr(name) + `" href="` + attr(f.URL) + `">`
	if f.Thumbnail == "" || f.Kind == FileOther {
		if alt != "" {
			name = alt
		}
		return head + textEscaper.Replace(name) + `</a>`
	}
	if alt == "" {
		alt = r.word("Thumbnail image of document")
	}
	if width == "" {
		width = "300px"
	}
	return head + `<img class="daicon dadocument" src="` + attr(f.Thumbnail) + `" alt="` + attr(alt) + `"` + natural(f) +
		` style="` + sized(width) + `"></a>`
}

// attribute notes whom an image is owed to.
func (r *rendering) attribute(t Text) {
	if t.S == "" {
		return
	}
	for _, a := range r.res.Attributions {
		if a.S == t.S {
			return
		}
	}
	r.res.Attributions = append(r.res.Attributions, t)
}
