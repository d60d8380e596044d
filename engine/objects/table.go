package objects

import (
	"reflect"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

// tableParts evaluates a table block into its headers and its rows, lists of
// text. Keywords: context, the names it was defined among; editable, whether a
// column of buttons is wanted; raw, whether cells are wanted as they are, not as
// text.
func tableParts(th *python.Thread, a *python.Args) (python.Value, error) {
	var block string
	var context *python.Dict
	editable, raw := true, false
	if err := a.Unpack("table_parts", "block", &block, "context", &context, "editable?", &editable, "raw?", &raw); err != nil {
		return nil, err
	}
	ev := evaluation.Of(th)
	t, err := ev.Table(block)
	if err != nil {
		return nil, err
	}
	w := &tableWriter{th: th, ns: ev.Answers(), t: t, editable: editable && t.Editable, raw: raw}
	defer w.over(context)()
	if err := w.write(); err != nil {
		return nil, err
	}
	empty := python.Value(python.Bool(t.ShowIfEmpty))
	if len(w.rows) == 0 && given(t.EmptyMessage) {
		text, err := t.EmptyMessage.Render(th, w.ns)
		if err != nil {
			return nil, err
		}
		empty = text
	}
	rows := make([]python.Value, len(w.rows))
	for i, r := range w.rows {
		rows[i] = python.NewList(r...)
	}
	return python.NewTuple(python.NewList(w.head...), python.NewList(rows...), empty,
		python.Int(t.Indent), python.Int(t.Width)), nil
}

// given reports whether an optional part of a table was written: an interface
// may hold a nil pointer.
func given(part any) bool {
	v := reflect.ValueOf(part)
	return v.IsValid() && (v.Kind() != reflect.Pointer || !v.IsNil())
}

// A tableWriter evaluates the cells of a table.
type tableWriter struct {
	th       *python.Thread
	ns       *python.Namespace
	t        *evaluation.Table
	editable bool
	raw      bool             // cells stay values
	group    *python.Instance // the rows, if they are a group
	head     []python.Value
	rows     [][]python.Value
}

type tableRow struct{ item, index python.Value }

// over puts the names of context and those of rows over the answers; the
// function returned puts back what was there.
func (w *tableWriter) over(context *python.Dict) func() {
	before := map[string]python.Value{}
	keep := func(name string) {
		if _, seen := before[name]; !seen {
			before[name], _ = w.ns.Get(name)
		}
	}
	for k, v := range context.All() {
		if name, ok := python.StringOf(k); ok {
			keep(name)
			w.ns.Set(name, v)
		}
	}
	keep("row_item")
	keep("row_index")
	return func() {
		for name, v := range before {
			if v == nil {
				w.ns.Delete(name)
			} else {
				w.ns.Set(name, v)
			}
		}
	}
}

func (w *tableWriter) write() error {
	for _, c := range w.t.Columns {
		s, err := c.Header.Render(w.th, w.ns)
		if err != nil {
			return err
		}
		w.head = append(w.head, cell(s))
	}
	if w.editable {
		label := word(w.th, python.NewStr("Actions"))
		if given(w.t.EditHeader) {
			var err error
			if label, err = w.t.EditHeader.Render(w.th, w.ns); err != nil {
				return err
			}
		}
		w.head = append(w.head, cell(label))
	}
	rows, err := w.source()
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := w.row(r); err != nil {
			return err
		}
	}
	return nil
}

func (w *tableWriter) row(r tableRow) error {
	w.ns.Set("row_item", r.item)
	w.ns.Set("row_index", r.index)
	var out []python.Value
	for _, c := range w.t.Columns {
		s, err := w.cell(c)
		if err != nil {
			return err
		}
		out = append(out, s)
	}
	if w.editable && w.group != nil {
		s, err := w.buttons(r)
		if err != nil {
			return err
		}
		out = append(out, s)
	}
	w.rows = append(w.rows, out)
	return nil
}

func (w *tableWriter) cell(c evaluation.Column) (python.Value, error) {
	v, err := c.Cell.Run(w.th, w.ns)
	var s *python.Str
	if err == nil {
		s, err = w.th.Str(v)
	}
	if err == nil && w.raw {
		return v, nil
	}
	if err == nil {
		return cell(s), nil
	}
	if _, raised := python.AsRaised(err); !raised || !w.t.ShowIncomplete {
		return nil, err
	}
	if given(w.t.NotAvailable) {
		if s, err = w.t.NotAvailable.Render(w.th, w.ns); err != nil {
			return nil, err
		}
		return cell(s), nil
	}
	return word(w.th, python.NewStr("n/a")), nil
}

// buttons are what edits, deletes and moves the item of a row.
func (w *tableWriter) buttons(r tableRow) (python.Value, error) {
	args := []python.Value{r.item, r.index}
	for _, e := range w.t.Edit {
		args = append(args, python.NewStr(e))
	}
	kw := []python.Kwarg{
		{Name: "edit", Value: python.Bool(w.t.EditAll || len(w.t.Edit) > 0)},
		{Name: "delete", Value: python.Bool(w.t.DeleteButtons)},
		{Name: "reorder", Value: python.Bool(w.t.AllowReordering)},
		{Name: "confirm", Value: python.Bool(w.t.Confirm)},
	}
	if w.t.ReadOnly != "" {
		kw = append(kw, python.Kwarg{Name: "read_only_attribute", Value: python.NewStr(w.t.ReadOnly)})
	}
	if !w.t.RequireGathered {
		kw = append(kw, python.Kwarg{Name: "ensure_complete", Value: python.False})
	}
	m, err := w.th.GetAttr(w.group, "item_actions")
	if err != nil {
		return nil, err
	}
	return w.th.Call(m, args, kw)
}

// source evaluates the rows and brings them into order.
func (w *tableWriter) source() ([]tableRow, error) {
	v, err := w.t.Rows.Run(w.th, w.ns)
	if err != nil {
		return nil, err
	}
	if _, isText := python.StringOf(v); isText {
		return nil, w.notIterable()
	}
	ordered := false
	if group, ok := asObject(v); ok {
		if _, has := group.Attrs.Get("elements"); has {
			w.group = group
			ordered = inherits(group.Cls, "DAOrderedDict")
			if v, err = w.elements(group); err != nil {
				return nil, err
			}
		}
	}
	if d, ok := python.Unwrap(v).(*python.Dict); ok {
		return w.mapping(d, ordered || v.Class().QualifiedName() == "collections.OrderedDict")
	}
	return w.sequence(v)
}

func inherits(c *python.Class, name string) bool {
	for _, base := range c.MRO() {
		if base.Name() == name {
			return true
		}
	}
	return false
}

func (w *tableWriter) notIterable() error {
	return python.Errorf(DAError, "Error in processing table %s: row value is not iterable", w.t.Name)
}

// elements are the items of a group that the table may show: the complete ones
// while it is being gathered or need not be, else all, which gathers it.
func (w *tableWriter) elements(group *python.Instance) (python.Value, error) {
	complete := !w.t.RequireGathered
	if !complete && w.t.ShowIncomplete {
		v, err := w.th.CallMethod(group, "gathering_started")
		if err != nil {
			return nil, err
		}
		if started, err := w.th.Truth(v); err != nil || started {
			return w.rawElements(group, err)
		}
	}
	if complete || gathering(w.th, nameOf(group)) {
		part, err := w.th.CallMethod(group, "complete_elements")
		if err != nil {
			return nil, err
		}
		return w.th.GetAttr(part, "elements")
	}
	_, err := w.th.CallMethod(group, "_trigger_gather")
	return w.rawElements(group, err)
}

func (w *tableWriter) rawElements(group *python.Instance, err error) (python.Value, error) {
	if err != nil {
		return nil, err
	}
	return w.th.GetAttr(group, "elements")
}

// sequence numbers the items from 0, as the buttons need them, before it
// filters and sorts.
func (w *tableWriter) sequence(v python.Value) ([]tableRow, error) {
	items, err := w.th.Elems(v)
	if err != nil {
		if python.IsException(err, python.TypeError) {
			return nil, w.notIterable()
		}
		return nil, err
	}
	rows := make([]tableRow, len(items))
	for i, item := range items {
		rows[i] = tableRow{item, python.Int(w.place(item, i))}
	}
	if rows, err = w.filter(rows); err != nil {
		return nil, err
	}
	return w.sort(rows, false)
}

// place is the index of an item in the group, which counts incomplete items
// too.
func (w *tableWriter) place(item python.Value, i int) int {
	if w.group == nil {
		return i
	}
	v, _ := w.group.Attrs.Get("elements")
	list, ok := v.(*python.List)
	if !ok || i < len(list.Elems) && python.Is(list.Elems[i], item) {
		return i
	}
	for n, e := range list.Elems {
		if python.Is(e, item) {
			return n
		}
	}
	return i
}

func (w *tableWriter) mapping(d *python.Dict, ordered bool) ([]tableRow, error) {
	var rows []tableRow
	for k, v := range d.All() {
		rows = append(rows, tableRow{v, k})
	}
	rows, err := w.filter(rows)
	if err != nil {
		return nil, err
	}
	if !given(w.t.SortKey) && ordered {
		return rows, nil
	}
	return w.sort(rows, true)
}

func (w *tableWriter) filter(rows []tableRow) ([]tableRow, error) {
	if !given(w.t.Filter) {
		return rows, nil
	}
	var kept []tableRow
	for _, r := range rows {
		w.ns.Set("row_item", r.item)
		w.ns.Set("row_index", r.index)
		v, err := w.t.Filter.Run(w.th, w.ns)
		if err != nil {
			return nil, err
		}
		yes, err := w.th.Truth(v)
		if err != nil {
			return nil, err
		}
		if yes {
			kept = append(kept, r)
		}
	}
	return kept, nil
}

// sort orders rows by the key function of the table, which is given the item
// or, of a mapping, the pair. A mapping without one is ordered by key; keys
// that cannot be compared stay as they are.
func (w *tableWriter) sort(rows []tableRow, mapping bool) ([]tableRow, error) {
	byKey := given(w.t.SortKey)
	if !byKey && !mapping {
		return rows, nil
	}
	var fn python.Value
	if byKey {
		var err error
		if fn, err = w.t.SortKey.Run(w.th, w.ns); err != nil {
			return nil, err
		}
	}
	keys := make([]python.Value, len(rows))
	for i, r := range rows {
		switch {
		case !byKey:
			keys[i] = r.index
			continue
		case mapping:
			keys[i] = python.NewTuple(r.index, r.item)
		default:
			keys[i] = r.item
		}
		k, err := w.th.Call(fn, []python.Value{keys[i]}, nil)
		if err != nil {
			return nil, err
		}
		keys[i] = k
	}
	order, err := w.order(keys, byKey && w.t.SortReverse)
	if err != nil {
		if !byKey && python.IsException(err, python.TypeError) {
			return rows, nil
		}
		return nil, err
	}
	out := make([]tableRow, len(rows))
	for to, from := range order {
		out[to] = rows[from]
	}
	return out, nil
}

// order returns the places of keys in ascending order, equal ones as they were.
func (w *tableWriter) order(keys []python.Value, reverse bool) ([]int, error) {
	sorted, ok := python.LookupBuiltin("sorted")
	if !ok {
		return nil, python.Errorf(python.RuntimeError, "there is no sorted()")
	}
	places := python.NewList()
	for i := range keys {
		places.Elems = append(places.Elems, python.Int(i))
	}
	key := python.NewBuiltin("key", func(_ *python.Thread, a *python.Args) (python.Value, error) {
		n, _ := python.IntOf(a.Pos[0])
		return keys[n], nil
	})
	v, err := w.th.Call(sorted, []python.Value{places}, []python.Kwarg{
		{Name: "key", Value: key}, {Name: "reverse", Value: python.Bool(reverse)}})
	if err != nil {
		return nil, err
	}
	list, ok := v.(*python.List)
	if !ok {
		return nil, python.Errorf(python.TypeError, "sorted() gave no list")
	}
	out := make([]int, len(list.Elems))
	for i, e := range list.Elems {
		n, _ := python.IntOf(e)
		out[i] = int(n)
	}
	return out, nil
}

// cell makes text fit for a cell of a Markdown table.
func cell(s *python.Str) *python.Str {
	full := s.String()
	clean := strings.NewReplacer("\n", " ", "\r", " ", "|", " ").Replace(full)
	out := python.WithSpans(clean, s.Spans()) // every replacement is one byte for one
	if strings.HasPrefix(clean, "-") || strings.HasPrefix(clean, ":") {
		pad := python.NewStr("  ")
		out = python.Concat(python.Concat(pad, out), pad)
	}
	return out
}
