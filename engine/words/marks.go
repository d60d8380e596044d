package words

import (
	"slices"
	"strings"

	"colloquy/engine/python"
)

// markFunctions write markup.
var markFunctions = []function{
	{"qr_code", qrCode},
	{"static_image", staticImage},
	{"action_button_html", actionButton},
}

// joined writes texts one after the other and keeps what came from outside.
func joined(pieces ...any) *python.Str {
	var t python.Text
	for _, p := range pieces {
		switch p := p.(type) {
		case string:
			t.WriteString(p)
		case *python.Str:
			t.Write(p)
		}
	}
	return t.Str()
}

// qr_code(text, width=None, alt_text=None)
func qrCode(th *python.Thread, a *python.Args) (python.Value, error) {
	var text, width, alt python.Value
	if err := a.Unpack("qr_code", "string", &text, "width?", &width, "alt_text?", &alt); err != nil {
		return nil, err
	}
	return qrMark(th, text, width, alt)
}

func qrMark(th *python.Thread, text, width, alt python.Value) (python.Value, error) {
	s, err := th.Str(text)
	if err != nil {
		return nil, err
	}
	return mark(th, "QR ", s, width, alt)
}

// mark writes [NAME reference, width, alt]; what is None at the end is left out.
func mark(th *python.Thread, name string, reference *python.Str, width, alt python.Value) (python.Value, error) {
	pieces := []any{"[" + name, reference}
	if !isNone(width) || !isNone(alt) {
		w, err := th.Str(optional(width))
		if err != nil {
			return nil, err
		}
		pieces = append(pieces, ", ", w)
	}
	if !isNone(alt) {
		s, err := th.Str(alt)
		if err != nil {
			return nil, err
		}
		pieces = append(pieces, ", ", s)
	}
	return joined(append(pieces, "]")...), nil
}

// static_image(ref, width=None)
func staticImage(th *python.Thread, a *python.Args) (python.Value, error) {
	var ref, width python.Value
	if err := a.Unpack("static_image", "filereference", &ref, "width?", &width); err != nil {
		return nil, err
	}
	s, err := th.Str(ref)
	if err != nil {
		return nil, err
	}
	if strings.Contains(s.String(), ",") {
		return python.NewStr("ERROR: invalid image reference"), nil
	}
	pkg, name, ok := strings.Cut(s.String(), ":")
	if ev := perhaps(th); ev != nil && !ok {
		pkg, name, ok = ev.Place().Package, s.String(), true
	}
	if ok && !strings.Contains(name, "/") {
		name = "data/static/" + name
	}
	if whole := python.NewStr(pkg + ":" + name); ok && s.HasOutside() {
		s = whole.Marked()
	} else if ok {
		s = whole
	}
	return mark(th, "FILE ", s, width, nil)
}

// buttonColors are those a button may have.
var buttonColors = []string{"primary", "secondary", "tertiary", "success", "danger", "warning", "info", "light", "dark", "link"}

// action_button_html(url, icon=None, color='success', size='sm', block=False,
// label='Edit', classname=None, new_window=None, id_tag=None)
func actionButton(th *python.Thread, a *python.Args) (python.Value, error) {
	var url, icon, color, size, label, class, window, id python.Value
	var block bool
	if err := a.Unpack("action_button_html", "url", &url, "icon?", &icon, "color?", &color, "size?", &size, "block?", &block,
		"label?", &label, "classname?", &class, "new_window?", &window, "id_tag?", &id); err != nil {
		return nil, err
	}
	address, err := th.Str(url)
	if err != nil {
		return nil, err
	}
	said, err := buttonLabel(th, label)
	if err != nil {
		return nil, err
	}
	pieces := []any{"<a "}
	if target := windowName(window); target != nil {
		pieces = append(pieces, `target="`, target, `" `)
	}
	pieces = append(pieces, `href="`, address, `"`)
	if !isNone(id) {
		s, err := th.Str(id)
		if err != nil {
			return nil, err
		}
		pieces = append(pieces, ` id="`, s, `"`)
	}
	pieces = append(pieces, ` class="btn`+buttonLook(stringOr(size, "sm"), stringOr(color, "success"), block))
	if s, ok := python.Unwrap(optional(class)).(*python.Str); ok && s.String() != "" {
		pieces = append(pieces, " ", s)
	}
	return joined(append(pieces, `">`, buttonIcon(icon), said, "</a> ")...), nil
}

func buttonLabel(th *python.Thread, label python.Value) (*python.Str, error) {
	if isNone(label) {
		return python.NewStr(speaker(th).Word("Edit")), nil
	}
	return th.Str(label)
}

// windowName is the name of the window a link opens in; nil for this one.
func windowName(v python.Value) *python.Str {
	switch {
	case v == nil || v == python.Value(python.None):
		return nil
	case v == python.Value(python.True):
		return python.NewStr("_blank")
	case v == python.Value(python.False):
		return python.NewStr("_self")
	}
	s, _ := python.Unwrap(v).(*python.Str)
	return s
}

func buttonLook(size, color string, block bool) string {
	look := ""
	switch size {
	case "md":
	case "lg":
		look += " btn-lg"
	default:
		look += " btn-sm"
	}
	if block {
		look += " btn-block"
	}
	if !slices.Contains(buttonColors, color) {
		color = "dark"
	}
	return look + " btn-" + color + " btn-darevisit"
}

var iconStyles = map[string]string{"fas": "fa-solid", "far": "fa-regular", "fab": "fa-brands", "fal": "fa-light", "fad": "fa-duotone"}

// buttonIcon is the icon before a label. Only names that are names are icons.
func buttonIcon(v python.Value) string {
	name := stringOr(v, "")
	if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "" {
		return ""
	}
	class := "fa-solid fa-" + strings.TrimPrefix(name, "fa-")
	if style, bare, ok := strings.Cut(name, "-fa-"); ok && iconStyles[style] != "" {
		class = iconStyles[style] + " fa-" + bare
	}
	return `<i class="` + class + `"></i> `
}
