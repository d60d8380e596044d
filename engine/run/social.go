package run

import (
	"strings"

	"colloquy/engine/interview"
	"colloquy/engine/screen"
)

// computed are the tags that follow from the page itself.
var computed = map[string]bool{"name": true, "og:title": true, "og:url": true, "twitter:title": true}

// tags are the meta elements of a page: those of the configuration, the
// metadata's "social" laid over them.
func (s *step) tags() []screen.Tag {
	all := make([]screen.Tag, 0, len(s.r.config.Social))
	for _, t := range s.r.config.Social {
		all = append(all, screen.Tag{Name: t.Name, Text: s.picture(t.Name, t.Text)})
	}
	social := s.iv.Metadata.Get("social")
	if social == nil || social.Kind != interview.Map {
		return all
	}
	for i, key := range social.Keys {
		n := social.Items[i]
		if n.Kind != interview.Map {
			all = s.tag(all, key.Written(), n)
			continue
		}
		for j, name := range n.Keys {
			all = s.tag(all, key.Written()+":"+name.Written(), n.Items[j])
		}
	}
	return all
}

// tag sets a tag of the metadata.
func (s *step) tag(all []screen.Tag, name string, n *interview.Node) []screen.Tag {
	if !n.Scalar() || n.Kind == interview.Null || computed[name] {
		return all
	}
	t := screen.Tag{Name: name, Text: s.picture(name, strings.Join(strings.Fields(n.Written()), " "))}
	for i := range all {
		if all[i].Name == name {
			all[i] = t
			return all
		}
	}
	return append(all, t)
}

// picture gives a picture of a tag its full address.
func (s *step) picture(name, text string) string {
	if name != "image" && !strings.HasSuffix(name, ":image") {
		return text
	}
	address, err := (&world{s}).File(text, s.iv.Package)
	if err != nil || !strings.HasPrefix(address, "/") {
		return text
	}
	return s.q.Web.Origin() + address
}
