package run

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"colloquy/engine/ask"
	"colloquy/engine/evaluation"
	"colloquy/engine/interview"
	"colloquy/engine/python"
)

// An Offer is an interview that the configuration offers under a short address
// ("dispatch").
type Offer struct {
	Name      string // the short address
	Interview string // the full name
	Title     string
	Subtitle  string
	Text      string // what the interview is about: its description, else the subtitle
	Tags      []string
	Broken    bool // it does not load

	metadata *interview.Node
}

// Menu lists what is offered to a visitor, by short address: all that have a
// tag, if one is given, and that he may see ("required privileges for listing",
// else "required privileges", and "unlisted").
func (r *Runner) Menu(ctx context.Context, v *evaluation.Visitor, tag string) []Offer {
	var menu []Offer
	for _, d := range r.config.Dispatch {
		o := Offer{Name: d.Name, Interview: d.Interview, Title: d.Interview}
		iv, err := r.programs.Interview(ctx, d.Interview)
		switch {
		case err != nil:
			o.Broken = true
		case !r.MayList(iv, v):
			continue
		default:
			o.describe(iv)
		}
		if tag == "" || slices.Contains(o.Tags, tag) {
			menu = append(menu, o)
		}
	}
	slices.SortFunc(menu, func(a, b Offer) int { return strings.Compare(a.Name, b.Name) })
	return menu
}

func (o *Offer) describe(iv *interview.Interview) {
	if title, ok := iv.MetadataPart("title", "*"); ok {
		o.Title = title
	} else {
		o.Title = fileTitle(o.Interview)
	}
	o.Subtitle, _ = iv.MetadataPart("subtitle", "*")
	if o.Text, _ = iv.MetadataPart("description", "*"); o.Text == "" {
		o.Text = o.Subtitle
	}
	o.Tags, _ = privileges(iv, "tags") // a list, or one alone
	o.metadata = iv.Metadata
}

// MayList reports whether an interview is shown to a visitor among others.
func (r *Runner) MayList(iv *interview.Interview, v *evaluation.Visitor) bool {
	if isTrue(iv, "unlisted") {
		return false
	}
	wanted, limited := privileges(iv, "required privileges for listing")
	if !limited {
		wanted, limited = privileges(iv, "required privileges")
	}
	return !limited || r.hold(&Request{Visitor: *v}, wanted) == nil
}

// MenuData is a menu as interviews and programs read it: a list of dictionaries
// with link, title, subtitle, tags, metadata and more. link says where an offer
// leads.
func (r *Runner) MenuData(ctx context.Context, menu []Offer, link func(Offer) string) python.Value {
	th := r.thread(ctx)
	defer th.Close()
	list := python.NewList()
	for _, o := range menu {
		d := python.NewDict()
		class := python.Value(python.None)
		if o.Broken {
			class = python.NewStr("dainterviewhaserror")
		}
		pkg, _, _ := strings.Cut(o.Interview, ":")
		tags := python.NewList()
		for _, tag := range o.Tags {
			tags.Elems = append(tags.Elems, python.NewStr(tag))
		}
		d.SetStr("link", python.NewStr(link(o)))
		d.SetStr("title", python.NewStr(o.Title))
		d.SetStr("subtitle", python.Value(python.None))
		if o.Subtitle != "" {
			d.SetStr("subtitle", python.NewStr(o.Subtitle))
		}
		d.SetStr("status_class", class)
		d.SetStr("subtitle_class", class)
		d.SetStr("filename", python.NewStr(o.Interview))
		d.SetStr("package", python.NewStr(pkg))
		d.SetStr("tags", tags)
		d.SetStr("metadata", python.NewDict())
		if o.metadata != nil {
			if v, err := ask.NodeValue(th, python.NewNamespace(nil), o.metadata); err == nil {
				d.SetStr("metadata", v)
			}
		}
		list.Elems = append(list.Elems, d)
	}
	return list
}

// MenuJSON is a menu as programs get it from /list.
func (r *Runner) MenuJSON(ctx context.Context, menu []Offer, link func(Offer) string) ([]byte, error) {
	d := python.NewDict()
	d.SetStr("action", python.NewStr("menu"))
	d.SetStr("interviews", r.MenuData(ctx, menu, link))
	var b strings.Builder
	if err := writeJSON(&b, d, 0); err != nil {
		return nil, fmt.Errorf("write the list of interviews: %w", err)
	}
	return []byte(b.String() + "\n"), nil
}

// Offered implements evaluation.Sessions.
func (b siblings) Offered(tag string, absolute, begin bool) python.Value {
	s := b.s
	return s.r.MenuData(s.ctx, s.r.Menu(s.ctx, &s.q.Visitor, tag), func(o Offer) string {
		address := s.r.config.Path("/run/") + o.Name + "/"
		if begin {
			address = s.r.config.Path("/start/") + o.Name + "/"
		}
		if absolute {
			address = s.q.Web.Origin() + address
		}
		return address
	})
}
