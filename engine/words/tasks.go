package words

import (
	"colloquy/engine/evaluation"
	"colloquy/engine/objects"
	"colloquy/engine/python"
)

// taskFunctions count what was done, and explain why things are so.
var taskFunctions = []function{
	{"task_performed", taskPerformed},
	{"task_not_yet_performed", taskNotYetPerformed},
	{"mark_task_as_performed", markTask},
	{"times_task_performed", timesTaskPerformed},
	{"set_task_counter", setTaskCounter},
	{"explain", explain},
	{"clear_explanations", clearExplanations},
	{"logic_explanation", logicExplanation},
}

// A counter counts how often a task was performed: in the session, or outside
// of it where Back does not reach.
type counter struct {
	ev   evaluation.Evaluation
	task string
	spot *evaluation.Spot // nil: in the session
}

// counterOf reads persistent: False for the session, True for what is kept for
// it outside of its history, or the base of a DAStore.
func counterOf(th *python.Thread, fn string, task, persistent python.Value) (*counter, error) {
	ev, err := running(th, fn)
	if err != nil {
		return nil, err
	}
	name, err := th.Str(task)
	if err != nil {
		return nil, err
	}
	c := &counter{ev: ev, task: name.String()}
	if base, ok := python.StringOf(optional(persistent)); ok && base != "" {
		c.spot = &evaluation.Spot{Base: base, Encrypted: base == "user" || base == "session", Shelf: evaluation.ShelfTask}
		return c, nil
	}
	yes, err := th.Truth(optional(persistent))
	if yes {
		c.spot = &evaluation.Spot{Base: "session", Encrypted: true, Shelf: evaluation.ShelfTask}
	}
	return c, err
}

func (c *counter) get(th *python.Thread) (int64, error) {
	if c.spot == nil {
		return c.ev.Book().Tasks[c.task], nil
	}
	v, ok, err := c.ev.Keeping().Get(th, *c.spot, c.task)
	if err != nil || !ok {
		return 0, err
	}
	n, _ := python.IntOf(v)
	return n, nil
}

func (c *counter) set(n int64) error {
	if c.spot == nil {
		c.ev.Book().Tasks[c.task] = n
		return nil
	}
	return c.ev.Keeping().Set(*c.spot, c.task, python.Int(n))
}

// aTask reads (task, persistent=False).
func aTask(th *python.Thread, a *python.Args, fn string) (c *counter, n int64, err error) {
	var task, persistent python.Value
	if err = a.Unpack(fn, "task", &task, "persistent?", &persistent); err != nil {
		return nil, 0, err
	}
	if c, err = counterOf(th, fn, task, persistent); err != nil {
		return nil, 0, err
	}
	n, err = c.get(th)
	return c, n, err
}

func taskPerformed(th *python.Thread, a *python.Args) (python.Value, error) {
	_, n, err := aTask(th, a, "task_performed")
	return python.Bool(n > 0), err
}

func taskNotYetPerformed(th *python.Thread, a *python.Args) (python.Value, error) {
	_, n, err := aTask(th, a, "task_not_yet_performed")
	return python.Bool(n <= 0), err
}

func markTask(th *python.Thread, a *python.Args) (python.Value, error) {
	c, n, err := aTask(th, a, "mark_task_as_performed")
	if err != nil {
		return nil, err
	}
	return python.Int(n + 1), c.set(n + 1)
}

func timesTaskPerformed(th *python.Thread, a *python.Args) (python.Value, error) {
	_, n, err := aTask(th, a, "times_task_performed")
	return python.Int(n), err
}

// set_task_counter(task, times, persistent=False)
func setTaskCounter(th *python.Thread, a *python.Args) (python.Value, error) {
	var task, persistent python.Value
	var times int64
	if err := a.Unpack("set_task_counter", "task", &task, "times", &times, "persistent?", &persistent); err != nil {
		return nil, err
	}
	c, err := counterOf(th, "set_task_counter", task, persistent)
	if err != nil {
		return nil, err
	}
	return python.None, c.set(times)
}

// explanationKey is where the book keeps explanations, as text that remembers
// what came from outside: a dictionary from category to list.
const explanationKey = "explanations"

func explanations(ev evaluation.Evaluation) *python.Dict {
	d, ok := ev.Book().Misc[explanationKey].(*python.Dict)
	if !ok {
		d = python.NewDict()
	}
	return d
}

// explain(text, category='default'); the same is not said twice.
func explain(th *python.Thread, a *python.Args) (python.Value, error) {
	var text python.Value
	category := "default"
	if err := a.Unpack("explain", "the_explanation", &text, "category?", &category); err != nil {
		return nil, err
	}
	ev, err := running(th, "explain")
	if err != nil {
		return nil, err
	}
	if category == "all" {
		return nil, python.Errorf(objects.DAError, "explain: the category 'all' is reserved")
	}
	s, err := th.Str(text)
	if err != nil {
		return nil, err
	}
	d := explanations(ev)
	list, ok := categoryOf(d, category)
	if !ok {
		list = python.NewList()
	}
	for _, said := range list.Elems {
		if t, ok := python.StringOf(said); ok && t == s.String() {
			return python.None, nil
		}
	}
	list.Elems = append(list.Elems, s)
	d.SetStr(category, list)
	ev.Book().Misc[explanationKey] = d
	return python.None, nil
}

func categoryOf(d *python.Dict, key string) (*python.List, bool) {
	v, _ := d.GetStr(key)
	list, ok := v.(*python.List)
	return list, ok
}

// clear_explanations(category='default')
func clearExplanations(th *python.Thread, a *python.Args) (python.Value, error) {
	category := "default"
	if err := a.Unpack("clear_explanations", "category?", &category); err != nil {
		return nil, err
	}
	ev, err := running(th, "clear_explanations")
	if err != nil {
		return nil, err
	}
	if category == "all" {
		delete(ev.Book().Misc, explanationKey)
		return python.None, nil
	}
	explanations(ev).DeleteStr(category)
	return python.None, nil
}

// logic_explanation(category='default')
func logicExplanation(th *python.Thread, a *python.Args) (python.Value, error) {
	category := "default"
	if err := a.Unpack("logic_explanation", "category?", &category); err != nil {
		return nil, err
	}
	ev, err := running(th, "logic_explanation")
	if err != nil {
		return nil, err
	}
	list, ok := categoryOf(explanations(ev), category)
	if !ok {
		return python.NewList(), nil
	}
	return python.NewList(append([]python.Value(nil), list.Elems...)...), nil
}
