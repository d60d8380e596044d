package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/fault"
	"colloquy/engine/markup"
	"colloquy/engine/python"
	"colloquy/engine/screen"
	"colloquy/engine/seal"
	"colloquy/engine/session"
)

// PageNews is what a page is told of background actions: how far those are
// that are not over, and what the others want done.
type PageNews struct {
	Tasks    []screen.Task `json:"tasks"`
	Commands []PageCommand `json:"commands"`
	// Over says that nothing more is to be expected.
	Over bool `json:"over,omitempty"`
	// Mark is what a page that lost its connection says it has seen.
	Mark string `json:"-"`
}

// A PageCommand is something that a page is to do, in docassemble's words.
type PageCommand struct {
	ID    string          `json:"id,omitempty"` // of the background action; a page does what it says once
	Extra string          `json:"extra"`        // flash, refresh, javascript, fields or backgroundresponse
	Value json.RawMessage `json:"value"`
}

// bulletin opens what background actions have for the pages of a session.
type bulletin struct {
	r       *Runner
	box     *seal.Box
	session string
	stack   string // of the visitor at the page
}

// concerns reports whether pages of the visitor are told of an action: his own,
// and those that only want the screen drawn again.
func (b *bulletin) concerns(t *Task) bool { return t.Visitor == b.stack || t.Notify == "refresh" }

// progress tells how far an action is.
func (b *bulletin) progress(t *Task) screen.Task {
	out := screen.Task{ID: t.ID}
	var r evaluation.TaskReport
	if t.Report == nil {
		return out
	}
	plain, err := b.box.Open(t.Report, taskPart(t.Session, t.ID, "report"))
	if err == nil && json.Unmarshal(plain, &r) == nil {
		out.Known, out.Text = true, r.Text
		if r.Total > 0 {
			out.Share = r.Done / r.Total
		} else {
			out.Share = -1
		}
	}
	return out
}

// command is what a page is to do when an action is over. One that failed or
// was revoked has the screen drawn again, if it wanted that; else it is nothing.
func (b *bulletin) command(ctx context.Context, t *Task) (*PageCommand, error) {
	if t.Notify == "refresh" {
		return &PageCommand{ID: t.ID, Extra: "refresh", Value: json.RawMessage("null")}, nil
	}
	if t.Phase != evaluation.TaskDone || t.Notify == "" {
		return nil, nil
	}
	plain, err := b.box.Open(t.Result, taskPart(t.Session, t.ID, "result"))
	if err != nil {
		return nil, fmt.Errorf("open the result of a background action: %w", err)
	}
	var r taskResult
	if err := json.Unmarshal(plain, &r); err != nil || r.Value == nil {
		return nil, nil
	}
	th := b.r.thread(ctx)
	defer th.Close()
	v, err := session.DecodeValue(th, b.r.programs, r.Value)
	if err != nil {
		return nil, fmt.Errorf("read the result of a background action: %w", err)
	}
	c, err := pageCommand(t.Notify, v)
	if c != nil {
		c.ID = t.ID
	}
	return c, err
}

// pageCommand puts a value into the form in which a page takes it. Parts of
// texts that came from outside stay text: in markup they are escaped, in a
// script they cannot leave a string.
func pageCommand(kind string, v python.Value) (*PageCommand, error) {
	safe := func(s *python.Str) string { return s.String() }
	switch kind {
	case "flash":
		safe = asHTML
	case "javascript":
		safe = func(s *python.Str) string { return markup.InScript(outside(s, inString)) }
	}
	if kind == "flash" || kind == "javascript" {
		if list, ok := v.(*python.List); ok && len(list.Elems) > 0 {
			v = list.Elems[0] // (text, 'flash')
		}
		if _, ok := python.StringOf(v); !ok {
			v = python.NewStr(plainText(v))
		}
	}
	var b strings.Builder
	if err := writeJSON(&b, withTexts(v, safe, 0), 0); err != nil {
		return nil, fmt.Errorf("what background_response() gives to a page: %w", err)
	}
	return &PageCommand{Extra: kind, Value: json.RawMessage(b.String())}, nil
}

// asHTML is markup that an author wrote, without what could act.
func asHTML(s *python.Str) string {
	return markup.Render(markupText(s), markup.Options{HTMLOnly: true, Trim: true}).HTML
}

// plainText is a number or the like as text.
func plainText(v python.Value) string {
	var b strings.Builder
	if err := writeJSON(&b, v, 0); err != nil {
		return ""
	}
	return b.String()
}

// outside rewrites the parts of a text that came from outside.
func outside(s *python.Str, rewrite func(string) string) string {
	text, at := s.String(), 0
	var b strings.Builder
	for _, part := range s.Spans() {
		b.WriteString(text[at:part.From])
		b.WriteString(rewrite(text[part.From:part.To]))
		at = part.To
	}
	b.WriteString(text[at:])
	return b.String()
}

// inString writes text so that it stays within a string of a script.
func inString(s string) string {
	q := strconv.QuoteToASCII(s)
	return strings.NewReplacer("'", `\x27`, "`", `\x60`, "<", `\x3c`, "$", `\x24`, `\U000`, `\u`).Replace(q[1 : len(q)-1])
}

// withTexts is plain data with its texts rewritten.
func withTexts(v python.Value, safe func(*python.Str) string, depth int) python.Value {
	if depth > 50 {
		return v
	}
	switch v := python.Unwrap(v).(type) {
	case *python.Str:
		return python.NewStr(safe(v))
	case *python.List:
		return python.NewList(eachText(v.Elems, safe, depth)...)
	case *python.Tuple:
		return python.NewList(eachText(v.Elems, safe, depth)...)
	case *python.Dict:
		d := python.NewDict()
		for k, item := range v.All() {
			name, _ := python.StringOf(k)
			d.SetStr(name, withTexts(item, safe, depth+1))
		}
		return d
	default:
		return v
	}
}

func eachText(items []python.Value, safe func(*python.Str) string, depth int) []python.Value {
	out := make([]python.Value, len(items))
	for i, item := range items {
		out[i] = withTexts(item, safe, depth+1)
	}
	return out
}

// news brings to a screen how far the session's background actions are, and
// gives those that the page is still to be told of.
func (s *step) news(scr *screen.Screen) *untold {
	if len(s.noted(notedTasks)) == 0 && !s.asked {
		return nil
	}
	tasks, err := s.r.store.OpenTasks(s.ctx, s.stored.Session.ID, time.Time{})
	if err != nil {
		s.r.log.Error("find background actions", "error", err)
		return nil
	}
	u := &untold{bulletin: bulletin{r: s.r, box: s.box, session: s.stored.Session.ID, stack: s.q.Visitor.Stack}, scr: scr}
	for i := range tasks {
		t := &tasks[i]
		switch {
		case !u.concerns(t):
		case !t.Phase.Over():
			scr.Tasks = append(scr.Tasks, u.progress(t))
			scr.Awaits = scr.Awaits || t.Notify != ""
		default:
			u.tasks = append(u.tasks, t)
		}
	}
	return u
}

// untold are background actions that are over and that the pages of their
// session were not told of.
type untold struct {
	bulletin
	scr   *screen.Screen
	tasks []*Task
}

// Tell brings onto the screen what the page is to be told of background actions
// that are over. It is for a screen that is shown to a person now: they are told
// once.
func (r *Reply) Tell(ctx context.Context) error {
	if r.untold == nil {
		return nil
	}
	for _, t := range r.untold.tasks {
		first, err := r.untold.r.store.TellTask(ctx, t.ID)
		if err != nil {
			return err
		}
		if !first {
			continue
		}
		if err := r.untold.tell(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

func (u *untold) tell(ctx context.Context, t *Task) error {
	c, err := u.command(ctx, t)
	if err != nil || c == nil {
		return err
	}
	u.scr.Told = append(u.scr.Told, t.ID)
	var text string
	switch c.Extra {
	case "flash", "javascript":
		if err := json.Unmarshal(c.Value, &text); err != nil {
			return fmt.Errorf("tell of a background action: %w", err)
		}
	}
	switch c.Extra {
	case "flash":
		u.scr.Messages = append(u.scr.Messages, screen.Message{Priority: "info", Text: screen.HTML(text)})
	case "javascript":
		u.scr.Scripts = append(u.scr.Scripts, text)
	case "fields":
		u.scr.Fill(c.Value)
	}
	return nil
}

// A Watch tells a page of background actions as they go on. It is not safe for
// concurrent use.
type Watch struct {
	bulletin
	hints <-chan struct{}
	leave func()
	since time.Time
	told  map[string]bool
	last  string // what was said last of those that are not over
}

// overlap is how long before its beginning a watch looks back: between the
// drawing of a page and its connection something may have happened.
const overlap = 3 * time.Second

// Watch begins to tell a page of background actions. Whoever can open the
// session may watch it. seen is the mark of the news that the page had last, ""
// for none.
func (r *Runner) Watch(ctx context.Context, id string, keys Keys, v evaluation.Visitor, seen string) (*Watch, error) {
	stored, err := r.store.Load(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return nil, notYours()
	}
	if err != nil {
		return nil, fmt.Errorf("load the session: %w", err)
	}
	key, err := r.unlock(ctx, stored, keys.asker())
	if err != nil {
		return nil, err
	}
	w := &Watch{bulletin: bulletin{r: r, box: key.Box(id), session: id, stack: v.Stack}, told: map[string]bool{}}
	w.since = r.clock.Now().Add(-overlap)
	if micros, err := strconv.ParseInt(seen, 10, 64); err == nil {
		if at := time.UnixMicro(micros); at.Before(w.since) {
			w.since = at
		}
	}
	w.hints, w.leave = r.news.listen(id)
	return w, nil
}

// Close ends the watch.
func (w *Watch) Close() { w.leave() }

// Next waits for news; nil means that there were none for a while.
func (w *Watch) Next(ctx context.Context, while time.Duration) (*PageNews, error) {
	quiet := time.NewTimer(while)
	defer quiet.Stop()
	for {
		n, err := w.look(ctx)
		if n != nil || err != nil {
			return n, err
		}
		select {
		case <-w.hints:
		case <-quiet.C:
			return nil, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// look gives what is new, nil if nothing is.
func (w *Watch) look(ctx context.Context) (*PageNews, error) {
	tasks, err := w.r.store.OpenTasks(ctx, w.session, w.since)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err)
	}
	n := &PageNews{Tasks: []screen.Task{}, Commands: []PageCommand{}, Over: true}
	for i := range tasks {
		t := &tasks[i]
		if !w.concerns(t) {
			continue
		}
		if !t.Phase.Over() {
			n.Tasks, n.Over = append(n.Tasks, w.progress(t)), false
			continue
		}
		if err := w.over(ctx, t, n); err != nil {
			return nil, err
		}
	}
	said, err := json.Marshal(n.Tasks)
	if err != nil {
		return nil, fmt.Errorf("tell of background actions: %w", err)
	}
	if len(n.Commands) == 0 && !n.Over && string(said) == w.last {
		return nil, nil
	}
	w.last = string(said)
	return n, nil
}

// over tells of an action that is over, once.
func (w *Watch) over(ctx context.Context, t *Task, n *PageNews) error {
	if w.told[t.ID] {
		return nil
	}
	w.told[t.ID] = true
	c, err := w.command(ctx, t)
	if err != nil || c == nil {
		return err
	}
	if _, err := w.r.store.TellTask(ctx, t.ID); err != nil {
		return err
	}
	n.Commands = append(n.Commands, *c)
	n.Mark = strconv.FormatInt(t.Ended.UnixMicro(), 10)
	return nil
}
