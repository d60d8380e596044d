package ask

import (
	"sort"
	"strconv"

	"colloquy/engine/interview"
	"colloquy/engine/python"
	"colloquy/engine/screen"
)

// option is a choice with everything evaluated and nothing rendered.
type option struct {
	label, help *python.Str
	value       string       // as posted
	key         python.Value // as stored
	image       *screen.Image
	color       string
	class       string
	group       string
	isDefault   bool
	command     string
	url         string
	index       int // among the items of the question
}

// choices evaluates a list of choices, computed ones included, without those
// that are excluded.
func (p *preparation) choices(ch *interview.Choices, exclude []*interview.Code) ([]option, error) {
	var opts []option
	for i, c := range ch.Items {
		if c.Code != nil {
			v, err := c.Code.Run(p.th, p.sc.Answers)
			if err != nil {
				return nil, err
			}
			more, err := p.computed(v)
			if err != nil {
				return nil, err
			}
			opts = append(opts, more...)
			continue
		}
		o, ok, err := p.choice(c)
		if err != nil {
			return nil, err
		}
		if ok {
			o.index = i
			opts = append(opts, o)
		}
	}
	opts, err := p.without(opts, exclude)
	if err != nil {
		return nil, err
	}
	if ch.Shuffle {
		p.ev.Random().Shuffle(len(opts), func(i, j int) { opts[i], opts[j] = opts[j], opts[i] })
	}
	return clustered(opts), nil
}

// choice evaluates an item that is written in the question.
func (p *preparation) choice(c *interview.Choice) (option, bool, error) {
	var o option
	if c.ShowIf != nil {
		if ok, err := p.truth(c.ShowIf); err != nil || !ok {
			return o, false, err
		}
	}
	var err error
	if o.label, err = p.str(c.Label); err != nil {
		return o, false, err
	}
	if c.Value != nil {
		v, err := p.str(c.Value)
		if err != nil {
			return o, false, err
		}
		o.value, o.key = v.String(), v
	}
	image := ""
	err = p.texts([]textTo{{c.URL, &o.url}, {c.Image, &image}, {c.CSSClass, &o.class}, {c.Color, &o.color}, {c.Group, &o.group}})
	if err != nil {
		return o, false, err
	}
	if c.Help != nil {
		if o.help, err = p.str(c.Help); err != nil {
			return o, false, err
		}
	}
	o.command = c.Command
	if image != "" {
		o.image = p.image(image)
	}
	if c.Default != nil {
		o.isDefault, err = p.cond(*c.Default, false)
	}
	return o, true, err
}

// computed reads a list of choices from code: values, [value, label] pairs,
// {value: label} dictionaries, dictionaries with value and label, objects.
func (p *preparation) computed(v python.Value) ([]option, error) {
	if d, ok := python.Unwrap(v).(*python.Dict); ok {
		return p.computedDict(d)
	}
	var opts []option
	err := p.th.Each(v, func(item python.Value) error {
		more, err := p.computedItem(item)
		opts = append(opts, more...)
		return err
	})
	return opts, err
}

func (p *preparation) computedDict(d *python.Dict) ([]option, error) {
	var opts []option
	for k, v := range d.All() {
		o, err := p.option(k, v)
		if err != nil {
			return nil, err
		}
		opts = append(opts, o)
	}
	sort.SliceStable(opts, func(i, j int) bool { return opts[i].label.String() < opts[j].label.String() })
	return opts, nil
}

func (p *preparation) option(value, label python.Value) (option, error) {
	key, err := p.th.Str(value)
	if err != nil {
		return option{}, err
	}
	text, err := p.th.Str(label)
	return option{label: text, value: key.String(), key: value}, err
}

func (p *preparation) computedItem(item python.Value) ([]option, error) {
	switch v := python.Unwrap(item).(type) {
	case *python.Dict:
		return p.itemFromDict(v)
	case *python.List:
		return p.itemFromPair(v.Elems)
	case *python.Tuple:
		return p.itemFromPair(v.Elems)
	}
	o, err := p.option(item, item)
	if _, scalar := item.(*python.Instance); scalar {
		o.key = o.label
	}
	return []option{o}, err
}

func (p *preparation) itemFromPair(pair []python.Value) ([]option, error) {
	if len(pair) == 0 {
		return nil, nil
	}
	label := pair[0]
	if len(pair) > 1 {
		label = pair[1]
	}
	o, err := p.option(pair[0], label)
	if err != nil {
		return nil, err
	}
	if len(pair) > 2 {
		if o.isDefault, err = p.th.Truth(pair[2]); err != nil {
			return nil, err
		}
	}
	if len(pair) > 3 && pair[3] != python.Value(python.None) {
		if o.help, err = p.th.Str(pair[3]); err != nil {
			return nil, err
		}
	}
	return []option{o}, nil
}

// decorations are the keys of a choice in code that are neither value nor label.
var decorations = map[string]bool{"default": true, "help": true, "image": true, "group": true, "css class": true,
	"color": true, "show if": true}

func (p *preparation) itemFromDict(d *python.Dict) ([]option, error) {
	var o option
	var opts []option
	value, hasValue := d.GetStr("value")
	label, hasLabel := d.GetStr("label")
	if hasValue && hasLabel {
		var err error
		if o, err = p.option(value, label); err != nil {
			return nil, err
		}
		opts = []option{o}
	}
	for k, v := range d.All() {
		name, _ := python.StringOf(k)
		if opts != nil && (name == "value" || name == "label") || d.Len() > 1 && decorations[name] {
			continue
		}
		if hasValue && hasLabel || v == python.Value(python.False) {
			continue
		}
		o, err := p.option(k, v)
		if err != nil {
			return nil, err
		}
		opts = append(opts, o)
	}
	if d.Len() < 2 {
		return opts, nil
	}
	return p.decorate(opts, d)
}

func (p *preparation) decorate(opts []option, d *python.Dict) ([]option, error) {
	if v, ok := d.GetStr("show if"); ok {
		if yes, err := p.th.Truth(v); err != nil || !yes {
			return nil, err
		}
	}
	for i := range opts {
		o := &opts[i]
		if v, ok := d.GetStr("default"); ok {
			yes, err := p.th.Truth(v)
			if err != nil {
				return nil, err
			}
			o.isDefault = yes
		}
		if v, ok := d.GetStr("help"); ok && v != python.Value(python.None) {
			s, err := p.th.Str(v)
			if err != nil {
				return nil, err
			}
			o.help = s
		}
		o.group, o.class, o.color = dictText(d, "group"), dictText(d, "css class"), dictText(d, "color")
		if name := dictText(d, "image"); name != "" {
			o.image = p.image(name)
		}
	}
	return opts, nil
}

func dictText(d *python.Dict, key string) string {
	v, ok := d.GetStr(key)
	if !ok {
		return ""
	}
	s, _ := python.StringOf(v)
	return s
}

// without drops the options whose value is excluded.
func (p *preparation) without(opts []option, exclude []*interview.Code) ([]option, error) {
	if len(exclude) == 0 {
		return opts, nil
	}
	gone := map[string]bool{}
	var note func(v python.Value) error
	note = func(v python.Value) error {
		if _, text := python.StringOf(v); !text && p.th.Iterable(v) {
			return p.th.Each(v, note)
		}
		s, err := p.th.Str(v)
		if err == nil {
			gone[s.String()] = true
		}
		return err
	}
	for _, c := range exclude {
		v, err := c.Run(p.th, p.sc.Answers)
		if err != nil {
			return nil, err
		}
		if err := note(v); err != nil {
			return nil, err
		}
	}
	kept := opts[:0:0]
	for _, o := range opts {
		if !gone[o.value] {
			kept = append(kept, o)
		}
	}
	return kept, nil
}

// clustered puts options of the same group together if every option has one.
func clustered(opts []option) []option {
	rank := map[string]int{}
	for _, o := range opts {
		if o.group == "" {
			return opts
		}
		if _, ok := rank[o.group]; !ok {
			rank[o.group] = len(rank)
		}
	}
	sort.SliceStable(opts, func(i, j int) bool { return rank[opts[i].group] < rank[opts[j].group] })
	return opts
}

// selectOne marks the option that equals the current value by key or label,
// or else the author's default.
func (p *preparation) selectOne(f *screen.Field, opts []option, current python.Value) {
	picked := -1
	if current != nil {
		if s, err := p.th.Str(current); err == nil && s.String() != "" {
			for i, o := range opts {
				if o.value == s.String() || o.label != nil && o.label.String() == s.String() {
					picked = i
					break
				}
			}
			f.Value = s.String()
		}
	}
	if picked < 0 && current == nil {
		for i, o := range opts {
			if o.isDefault {
				picked = i
				break
			}
		}
	}
	if picked >= 0 {
		f.Value = opts[picked].value
	}
	f.Choices = make([]screen.Choice, len(opts))
	for i, o := range opts {
		f.Choices[i].Selected = i == picked
		if f.Variable == "" {
			o.value = strconv.Itoa(o.index)
			opts[i].value = o.value
		}
	}
	if f.Value != "" && current != nil && !isObjectType(f.Datatype) {
		f.Default = f.Value
	}
}

// written is a label before Markdown, "" if a person typed some of it.
func written(label *python.Str) string {
	if label == nil || label.HasOutside() {
		return ""
	}
	return label.String()
}

// drawChoices fills in what the choices look like.
func (p *preparation) drawChoices(f *screen.Field, opts []option) {
	for i, o := range opts {
		c := &f.Choices[i]
		c.ID = f.ID + "-" + strconv.Itoa(i)
		c.Value, c.Group, c.Image, c.Color, c.Class, c.Default = o.value, o.group, o.image, o.color, o.class, o.isDefault
		if b, ok := o.key.(python.Bool); ok {
			c.JSON = bool(b)
		}
	}
	choices := f.Choices
	p.r.later(func() {
		for i, o := range opts {
			choices[i].Label, choices[i].Text, choices[i].Help = p.r.html(o.label, true), p.r.plain(o.label), p.r.html(o.help, false)
			choices[i].Written = written(o.label)
		}
	})
}
