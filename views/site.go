package views

import (
	"context"
	"io"
	"regexp"
	"strings"

	"github.com/a-h/templ"
)

// A Tag is a meta element that other sites and search engines read: "og:image".
type Tag struct{ Name, Text string }

// IsProperty reports whether the element's name is a property, as those of Open
// Graph are.
func (t Tag) IsProperty() bool {
	return strings.HasPrefix(t.Name, "og:") || strings.HasPrefix(t.Name, "fb:")
}

// ItemProp is the tag's name in schema.org's vocabulary, or "".
func (t Tag) ItemProp() string {
	if t.Name == "description" || t.Name == "image" {
		return t.Name
	}
	return ""
}

// A Favicon says that the administrator has pictures of their own.
type Favicon struct {
	Root              string // address of the folder they are found in, with a slash at the end
	Version           string // "?v=…", or ""
	Mask, Tile, Theme string // colours
}

// hasTag reports whether one of the tags has this name.
func hasTag(tags []Tag, name string) bool {
	for _, t := range tags {
		if t.Name == name {
			return true
		}
	}
	return false
}

// spoken are the tags of a page: those given, and what follows from the page.
func (f *Frame) spoken() []Tag {
	if len(f.Tags) == 0 {
		return nil
	}
	title := f.Tab
	if f.Bar.Brand != "" && f.Bar.Brand != f.Tab {
		title = f.Bar.Brand + ": " + f.Tab
	}
	var all []Tag
	add := func(name, text string) {
		if text != "" && !hasTag(f.Tags, name) {
			all = append(all, Tag{name, text})
		}
	}
	add("twitter:card", "summary")
	add("twitter:title", title)
	graph := hasTag(f.Tags, "og:image")
	if graph {
		add("og:title", title)
		add("og:site_name", f.Bar.Brand)
		add("og:type", "website")
	}
	for _, t := range f.Tags {
		if graph || !strings.HasPrefix(t.Name, "og:") {
			all = append(all, t)
		}
	}
	return all
}

var opening = regexp.MustCompile(`(?i)<(script|style)\b`)

// trusted draws HTML of the administrator's; its scripts may run.
func trusted(html string) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		if nonce := templ.GetNonce(ctx); nonce != "" {
			html = opening.ReplaceAllString(html, `<$1 nonce="`+templ.EscapeString(nonce)+`"`)
		}
		_, err := io.WriteString(w, html)
		return err
	})
}
