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

// aTask reads (task, persistent=False). Counters live in the session.
func aTask(th *python.Thread, a *python.Args, fn string) (ev evaluation.Evaluation, task string, err error) {
	var v, persistent python.Value
	if err = a.Unpack(fn, "task", &v, "persistent?", &persistent); err != nil {
		return nil, "", err
	}
	return inSessionTask(th, fn, v, persistent)
}

func inSessionTask(th *python.Thread, fn string, v, persistent python.Value) (evaluation.Evaluation, string, error) {
	ev, err := running(th, fn)
	if err != nil {
		return nil, "", err
	}
	if !isNone(persistent) {
		yes, err := th.Truth(persistent)
		if err != nil {
			return nil, "", err
		}
		if yes {
			return nil, "", absent(fn, "tasks that are counted beyond a session")
		}
	}
	s, err := th.Str(v)
	if err != nil {
		return nil, "", err
	}
	return ev, s.String(), nil
}

func taskPerformed(th *python.Thread, a *python.Args) (python.Value, error) {
	ev, task, err := aTask(th, a, "task_performed")
	if err != nil {
		return nil, err
	}
	return python.Bool(ev.Book().Tasks[task] > 0), nil
}

func taskNotYetPerformed(th *python.Thread, a *python.Args) (python.Value, error) {
	ev, task, err := aTask(th, a, "task_not_yet_performed")
	if err != nil {
		return nil, err
	}
	return python.Bool(ev.Book().Tasks[task] <= 0), nil
}

func markTask(th *python.Thread, a *python.Args) (python.Value, error) {
	ev, task, err := aTask(th, a, "mark_task_as_performed")
	if err != nil {
		return nil, err
	}
	ev.Book().Tasks[task]++
	return python.Int(ev.Book().Tasks[task]), nil
}

func timesTaskPerformed(th *python.Thread, a *python.Args) (python.Value, error) {
	ev, task, err := aTask(th, a, "times_task_performed")
	if err != nil {
		return nil, err
	}
	return python.Int(ev.Book().Tasks[task]), nil
}

// set_task_counter(task, times, persistent=False)
func setTaskCounter(th *python.Thread, a *python.Args) (python.Value, error) {
	var v, persistent python.Value
	var times int64
	if err := a.Unpack("set_task_counter", "task", &v, "times", &times, "persistent?", &persistent); err != nil {
		return nil, err
	}
	ev, task, err := inSessionTask(th, "set_task_counter", v, persistent)
	if err != nil {
		return nil, err
	}
	ev.Book().Tasks[task] = times
	return python.None, nil
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
