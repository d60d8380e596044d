package session

import (
	"fmt"
	"sort"
	"strings"
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

// The book is stored as entries whose keys are a section and, after a zero
// byte, a name in it; so that a delta names only what changed.

const sep = "\x00"

type bookWriter struct {
	e   *encoder
	c   *content
	err error
}

func (w *bookWriter) put(key string, v python.Value) {
	if w.err != nil {
		return
	}
	p, err := w.e.value(v, place{kind: inBook, name: key})
	if err != nil {
		w.err = err
		return
	}
	w.c.entries = append(w.c.entries, entry{key, p})
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// section writes a map, each member as one entry, in the order of names.
func section[V any](w *bookWriter, name string, m map[string]V, value func(V) python.Value) {
	for _, k := range sortedKeys(m) {
		w.put(name+sep+k, value(m[k]))
	}
}

func same(v python.Value) python.Value { return v }

func text(s string) python.Value { return python.NewStr(s) }

func texts(ss []string) python.Value {
	items := make([]python.Value, len(ss))
	for i, s := range ss {
		items[i] = text(s)
	}
	return python.NewTuple(items...)
}

func pairs[V any](m map[string]V, value func(V) python.Value) python.Value {
	var items []python.Value
	for _, k := range sortedKeys(m) {
		items = append(items, text(k), value(m[k]))
	}
	return python.NewTuple(items...)
}

func moment(t time.Time) python.Value {
	if t.IsZero() {
		return python.None
	}
	return python.Int(t.UnixMicro())
}

func (e *encoder) book(b *evaluation.Book) (*content, error) {
	w := &bookWriter{e: e, c: &content{kind: kindBook, entries: make([]entry, 0, 24)}}
	section(w, "answered", b.Answered, func(v bool) python.Value { return python.Bool(v) })
	section(w, "choices", b.Choices, func(v int) python.Value { return python.Int(v) })
	section(w, "selections", b.Selections, func(m map[string]python.Value) python.Value { return pairs(m, same) })
	w.put("tracker", python.Int(b.Tracker))
	if b.Progress != nil {
		w.put("progress", python.Float(*b.Progress))
	}
	section(w, "stacks", b.Stacks, pendings)
	w.put("gather", pendings(b.Gather))
	section(w, "dirty", b.Dirty, same)
	w.put("offset", python.Int(b.Offset))
	if b.Held > 0 {
		w.put("held", python.Int(b.Held))
	}
	section(w, "tasks", b.Tasks, func(v int64) python.Value { return python.Int(v) })
	section(w, "session_local", b.SessionLocal, same)
	section(w, "device_local", b.DeviceLocal, same)
	section(w, "user_local", b.UserLocal, same)
	section(w, "parts", b.Parts, text)
	terms := func(m map[string]string) python.Value { return pairs(m, text) }
	section(w, "terms", b.Terms, terms)
	section(w, "autoterms", b.AutoTerms, terms)
	w.put("tags", texts(b.Tags))
	section(w, "explanations", b.Explanations, texts)
	w.put("referer", text(b.Referer))
	w.put("started", moment(b.Started))
	w.put("modified", moment(b.Modified))
	section(w, "journal", b.Journal, same)
	section(w, "activations", b.Activations, func(v int64) python.Value { return python.Int(v) })
	section(w, "misc", b.Misc, same)
	return w.c, w.err
}

func pendings(ps []evaluation.Pending) python.Value {
	items := make([]python.Value, len(ps))
	for i, p := range ps {
		var args python.Value = python.None
		if p.Arguments != nil {
			args = pairs(p.Arguments, same)
		}
		items[i] = python.NewTuple(text(p.Action), args, pairs(p.Context, same), text(p.Breadcrumb))
	}
	return python.NewTuple(items...)
}

// bookReader takes values apart; its first error sticks.
type bookReader struct{ err error }

func (r *bookReader) fail(what string) {
	if r.err == nil {
		r.err = corrupt(what)
	}
}

func (r *bookReader) tuple(v python.Value) []python.Value {
	t, ok := v.(*python.Tuple)
	if !ok {
		r.fail("not a tuple in the book")
		return nil
	}
	return t.Elems
}

func (r *bookReader) text(v python.Value) string {
	s, ok := python.StringOf(v)
	if !ok {
		r.fail("not a text in the book")
	}
	return s
}

func (r *bookReader) int(v python.Value) int64 {
	n, ok := python.IntOf(v)
	if !ok {
		r.fail("not a number in the book")
	}
	return n
}

func (r *bookReader) moment(v python.Value) time.Time {
	if v == python.Value(python.None) {
		return time.Time{}
	}
	return time.UnixMicro(r.int(v)).UTC()
}

func (r *bookReader) texts(v python.Value) []string {
	var out []string
	for _, item := range r.tuple(v) {
		out = append(out, r.text(item))
	}
	return out
}

func unpair[V any](r *bookReader, v python.Value, value func(python.Value) V) map[string]V {
	items := r.tuple(v)
	if len(items)%2 != 0 {
		r.fail("odd pairs in the book")
		return nil
	}
	m := make(map[string]V, len(items)/2)
	for i := 0; i < len(items); i += 2 {
		m[r.text(items[i])] = value(items[i+1])
	}
	return m
}

func (r *bookReader) pendings(v python.Value) []evaluation.Pending {
	var out []evaluation.Pending
	for _, item := range r.tuple(v) {
		f := r.tuple(item)
		if len(f) != 4 {
			r.fail("bad action in the book")
			return nil
		}
		p := evaluation.Pending{Action: r.text(f[0]), Context: unpair(r, f[2], same), Breadcrumb: r.text(f[3])}
		if f[1] != python.Value(python.None) {
			p.Arguments = unpair(r, f[1], same)
		}
		out = append(out, p)
	}
	return out
}

func (d *decoder) book(c *content) (*evaluation.Book, error) {
	b := evaluation.NewBook(time.Time{})
	b.Progress = nil
	r := &bookReader{}
	for _, e := range c.entries {
		v, err := d.value(e.value)
		if err == nil {
			err = d.fillAll()
		}
		if err != nil {
			return nil, err
		}
		name, key, _ := strings.Cut(e.key, sep)
		if !r.simple(b, name, v) && !r.member(b, name, key, v) {
			return nil, corrupt(fmt.Sprintf("unknown section %q in the book", name))
		}
	}
	return b, r.err
}

func (r *bookReader) simple(b *evaluation.Book, name string, v python.Value) bool {
	switch name {
	case "tracker":
		b.Tracker = r.int(v)
	case "progress":
		f, ok := python.FloatOf(v)
		if !ok {
			r.fail("bad progress")
		}
		b.Progress = &f
	case "gather":
		b.Gather = r.pendings(v)
	case "offset":
		b.Offset = r.int(v)
	case "held":
		b.Held = r.int(v)
	case "tags":
		b.Tags = r.texts(v)
	case "referer":
		b.Referer = r.text(v)
	case "started":
		b.Started = r.moment(v)
	case "modified":
		b.Modified = r.moment(v)
	default:
		return false
	}
	return true
}

func (r *bookReader) member(b *evaluation.Book, name, key string, v python.Value) bool {
	switch name {
	case "answered":
		b.Answered[key] = v == python.Value(python.True)
	case "choices":
		b.Choices[key] = int(r.int(v))
	case "selections":
		b.Selections[key] = unpair(r, v, same)
	case "stacks":
		b.Stacks[key] = r.pendings(v)
	case "dirty":
		b.Dirty[key] = v
	case "tasks":
		b.Tasks[key] = r.int(v)
	case "session_local":
		b.SessionLocal[key] = v
	case "device_local":
		b.DeviceLocal[key] = v
	case "user_local":
		b.UserLocal[key] = v
	case "parts":
		b.Parts[key] = r.text(v)
	case "terms":
		b.Terms[key] = unpair(r, v, r.text)
	case "autoterms":
		b.AutoTerms[key] = unpair(r, v, r.text)
	case "explanations":
		b.Explanations[key] = r.texts(v)
	case "journal":
		b.Journal[key] = v
	case "activations":
		b.Activations[key] = r.int(v)
	case "misc":
		b.Misc[key] = v
	default:
		return false
	}
	return true
}
