package ask

import (
	"regexp"
	"strings"

	"colloquy/engine/interview"
	"colloquy/engine/markup"
	"colloquy/engine/python"
	"colloquy/engine/screen"
)

// around evaluates the texts around the question. Each comes from the question
// itself, else from set_parts(), the default screen parts, the metadata.
func (p *preparation) around() error {
	q := &p.q.Parts
	for _, part := range []struct {
		name string
		own  *interview.Text
		to   *screen.HTML
	}{
		{"under", q.Under, &p.scr.Under}, {"pre", q.Pre, &p.scr.Pre}, {"post", q.Post, &p.scr.Post},
		{"right", q.Right, &p.scr.Right}, {"submit", q.Submit, &p.scr.Submit},
	} {
		if err := p.part(part.name, part.own, part.to); err != nil {
			return err
		}
	}
	if q.TableCSSClass != nil {
		class, err := p.text(q.TableCSSClass)
		if err != nil {
			return err
		}
		p.scr.TableClass = class
	} else {
		p.scr.TableClass = p.partText("table css class")
	}
	return p.bodyClass()
}

// part fills one place from whatever has the say over it.
func (p *preparation) part(name string, own *interview.Text, to *screen.HTML) error {
	text := own
	if text == nil {
		if set, ok := p.ev.Book().Parts[name]; ok {
			*to = screen.HTML(set)
			return nil
		}
		text = p.sc.Interview.Part(name, p.scr.Lang)
	}
	if text != nil {
		s, err := p.str(text)
		if err != nil {
			return err
		}
		p.r.later(func() { *to = p.r.html(s, false) })
		return nil
	}
	*to = screen.HTML(p.usual(name))
	return nil
}

// usual is a part that neither the question nor its interview's code sets: from
// the metadata, else from the configuration ("main page ...").
func (p *preparation) usual(name string) string {
	if meta, ok := p.sc.Interview.MetadataPart(name, p.scr.Lang); ok {
		return meta
	}
	return p.configured("main page " + name)
}

// configured is a text of the configuration: that in the screen's language, in
// any, or in the server's own.
func (p *preparation) configured(key string) string {
	v, _ := p.ev.Config(key)
	if d, ok := v.(*python.Dict); ok {
		own, _ := p.ev.Config("language")
		language, _ := own.(string)
		for _, l := range []string{p.scr.Lang, "*", language} {
			if v, ok := d.GetStr(l); ok {
				s, _ := p.th.Str(v)
				return s.String()
			}
		}
		return ""
	}
	switch v := v.(type) {
	case string:
		return v
	case bool:
		return map[bool]string{true: "True", false: "False"}[v]
	}
	return ""
}

// partText is a part that is plain text and not evaluated: from set_parts() or
// the metadata.
func (p *preparation) partText(name string) string {
	if set, ok := p.ev.Book().Parts[name]; ok {
		return set
	}
	if name == "table css class" {
		if meta, ok := p.sc.Interview.MetadataPart(name, p.scr.Lang); ok {
			return meta
		}
		return p.configured(name)
	}
	return p.usual(name)
}

// partLine is a part on one line: a title or a label.
func (p *preparation) partLine(name string, own *interview.Text) (string, error) {
	text := own
	if text == nil {
		if set, ok := p.ev.Book().Parts[name]; ok {
			return set, nil
		}
		text = p.sc.Interview.Part(name, p.scr.Lang)
	}
	if text == nil {
		return p.partText(name), nil
	}
	return p.text(text)
}

var notWord = regexp.MustCompile(`[^A-Za-z0-9_]+`)
var notAlphanumeric = regexp.MustCompile(`[^a-z0-9]+`)

func (p *preparation) bodyClass() error {
	class, err := p.partLine("css class", p.q.Parts.CSSClass)
	if err != nil {
		return err
	}
	var classes []string
	if class != "" {
		classes = append(classes, notWord.ReplaceAllString(class, "-"))
	}
	if p.b.ID != "" {
		classes = append(classes, "question-"+notAlphanumeric.ReplaceAllString(strings.ToLower(p.b.ID), "-"))
	}
	p.scr.Page.CSSClass = strings.Join(classes, " ")
	return nil
}

// caption is a button's label: the question's own, a part's, or the usual word.
func (p *preparation) caption(own *interview.Text, part, usual string) (*python.Str, error) {
	if own != nil {
		return p.str(own)
	}
	text, err := p.partLine(part, nil)
	if err != nil {
		return nil, err
	}
	if text == "" {
		text = p.word(usual)
	}
	return python.NewStr(text), nil
}

// labels evaluates scripts, styles, and the captions of the standard buttons.
func (p *preparation) labels() error {
	var style, script string
	err := p.texts([]textTo{{p.q.CSS, &style}, {p.q.Script, &script}})
	if err != nil {
		return err
	}
	if style != "" {
		p.scr.Styles = append(p.scr.Styles, screen.HTML(style))
	}
	if script != "" {
		p.scr.Scripts = append(p.scr.Scripts, markup.InScript(withoutTags(script)))
	}
	l := &p.q.Labels
	if p.backLabel, err = p.partLine("back button label", l.Back); err != nil {
		return err
	}
	p.scr.Page.CornerBackLabel, err = p.partLine("corner back button label", l.CornerBack)
	return err
}

var scriptTag = regexp.MustCompile(`(?is)</?script[^>]*>`)

func withoutTags(s string) string { return strings.TrimSpace(scriptTag.ReplaceAllString(s, "")) }

// help evaluates the help of the question and of the interview.
func (p *preparation) help() error {
	var h screen.Help
	if p.q.Help != nil {
		t, err := p.helpText(p.q.Help)
		if err != nil {
			return err
		}
		if t != nil {
			h.Specific = true
			h.Label = t.Label
			h.Question = append(h.Question, *t)
		}
	}
	for _, lang := range []string{p.scr.Lang, "*"} {
		for _, general := range p.sc.Interview.Help[lang] {
			t, err := p.helpText(general)
			if err != nil {
				return err
			}
			if t != nil {
				h.General = append(h.General, *t)
			}
		}
	}
	if len(h.Question)+len(h.General) == 0 {
		return nil
	}
	label, err := p.partLine("help label", nil)
	if err != nil {
		return err
	}
	h.Label = orElse(h.Label, label)
	p.scr.Help = &h
	p.renderHelp(&h)
	return nil
}

func (p *preparation) helpText(h *interview.Help) (*screen.HelpText, error) {
	out := &screen.HelpText{}
	if err := p.texts([]textTo{{h.Label, &out.Label}, {h.Heading, &out.Heading}}); err != nil {
		return nil, err
	}
	content, err := p.str(h.Content)
	if err != nil {
		return nil, err
	}
	if out.Audio, err = p.mediaList(h.Audio); err != nil {
		return nil, err
	}
	if out.Video, err = p.mediaList(h.Video); err != nil {
		return nil, err
	}
	if strings.TrimSpace(content.String()) == "" && len(out.Audio)+len(out.Video) == 0 {
		return nil, nil
	}
	// The content is rendered with the other texts; until then it waits here.
	p.waiting = append(p.waiting, content)
	return out, nil
}

func (p *preparation) renderHelp(h *screen.Help) {
	waiting := p.waiting
	p.waiting = nil
	p.r.later(func() {
		n := 0
		for _, list := range [][]screen.HelpText{h.Question, h.General} {
			for i := range list {
				list[i].Content = p.r.html(waiting[n], false)
				n++
			}
		}
	})
}

func (p *preparation) media() (err error) {
	if p.scr.Audio, err = p.mediaList(p.q.Audio); err != nil {
		return err
	}
	if p.scr.Video, err = p.mediaList(p.q.Video); err != nil {
		return err
	}
	for _, d := range p.q.Decoration {
		name, err := p.text(d.Image)
		if err != nil {
			return err
		}
		if p.scr.Decoration == nil && name != "" {
			p.scr.Decoration = p.image(name)
		}
	}
	return nil
}

var player = regexp.MustCompile(`^\[(YOUTUBE|VIMEO)[^ \]]* +([A-Za-z0-9_-]+)\]$`)

func (p *preparation) mediaList(texts []*interview.Text) ([]screen.Media, error) {
	var out []screen.Media
	for _, t := range texts {
		ref, err := p.text(t)
		if err != nil {
			return nil, err
		}
		if ref == "" {
			continue
		}
		if m := player.FindStringSubmatch(ref); m != nil {
			address := "https://www.youtube-nocookie.com/embed/" + m[2]
			if m[1] == "VIMEO" {
				address = "https://player.vimeo.com/video/" + m[2]
			}
			out = append(out, screen.Media{URL: address})
			continue
		}
		url, err := p.ev.File(ref)
		if err != nil {
			return nil, err
		}
		out = append(out, screen.Media{URL: url, MIME: mediaType(url)})
	}
	return out, nil
}

var mediaTypes = map[string]string{
	"mp3": "audio/mpeg", "ogg": "audio/ogg", "wav": "audio/wav", "m4a": "audio/mp4",
	"mp4": "video/mp4", "ogv": "video/ogg", "webm": "video/webm", "mov": "video/quicktime",
}

func mediaType(url string) string {
	url, _, _ = strings.Cut(url, "?")
	return mediaTypes[strings.ToLower(url[strings.LastIndexByte(url, '.')+1:])]
}

// image finds a picture by the name that the interview gave it, else by file
// name, else it is the name of an icon.
func (p *preparation) image(name string) *screen.Image {
	if img, ok := p.sc.Interview.Images[name]; ok {
		if url, err := p.ev.File(img.Ref); err == nil {
			if img.Attribution != "" {
				p.attribute(img.Attribution)
			}
			return &screen.Image{URL: url}
		}
	}
	if strings.Contains(name, ".") || strings.Contains(name, ":") {
		if url, err := p.ev.File(name); err == nil {
			return &screen.Image{URL: url}
		}
	}
	return &screen.Image{Icon: name}
}

func (p *preparation) attribute(markdown string) {
	p.r.later(func() {
		if !p.r.credit[markdown] {
			p.r.credit[markdown] = true
			p.scr.Attributions = append(p.scr.Attributions, p.r.html(python.NewStr(markdown), true))
		}
	})
}
