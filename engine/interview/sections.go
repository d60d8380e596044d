package interview

import "strings"

// sections reads the outline of the interview.
func (b *builder) sections(r *reader, n *Node) {
	s := &Sections{Progressive: true}
	if p := r.set("progressive"); p != nil {
		s.Progressive = p.Truth()
	}
	if a := r.set("auto open"); a != nil {
		s.AutoOpen = a.Truth()
	}
	if n.Kind != List {
		b.errorf(n.Pos, "sections must be a list, not %s", n.Kind)
		return
	}
	for _, item := range n.Items {
		s.Items = append(s.Items, b.section(item, true))
	}
	b.in.Sections[b.language(r)] = s
}

// section reads one entry: text, id: title, title: [entries], or id: title
// with subsections.
func (b *builder) section(n *Node, nested bool) Section {
	if n.Kind != Map {
		if !n.Scalar() || n.Kind == Null {
			b.errorf(n.Pos, "a section must be text or a mapping, not %s", n.Kind)
		}
		title := strings.TrimSpace(n.Written())
		return Section{ID: title, Title: title}
	}
	var s Section
	found := false
	for i, k := range n.Keys {
		v := n.Items[i]
		switch {
		case k.Written() == "subsections" && len(n.Keys) > 1:
			s.Items = b.subsections(v, nested)
		case found:
			b.errorf(k.Pos, "a section can have one title only; write the next one as an item of its own")
		case v.Scalar():
			found, s.ID, s.Title = true, k.Written(), strings.TrimSpace(v.Written())
		default:
			found, s.ID, s.Title = true, k.Written(), k.Written()
			s.Items = b.subsections(v, nested)
		}
	}
	return s
}

func (b *builder) subsections(n *Node, nested bool) []Section {
	if !nested {
		b.errorf(n.Pos, "a subsection cannot have subsections")
		return nil
	}
	var out []Section
	for _, item := range listOf(n) {
		out = append(out, b.section(item, false))
	}
	return out
}
