package words

import (
	"math"
	"slices"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

// backgroundFunctions start and end background actions.
var backgroundFunctions = []function{
	{"background_action", backgroundAction},
	{"background_error_action", backgroundErrorAction},
	{"background_response", backgroundResponse},
	{"background_response_action", backgroundResponseAction},
	{"background_progress", backgroundProgress},
}

// classFunctions are what classes of the object library need.
var classFunctions = []function{{"background_action_of", backgroundActionOf}}

// taskNatives are what BackgroundTask, in the prelude, has from Go.
var taskNatives = []function{
	{"task_phase", taskPhase},
	{"task_outcome", taskOutcome},
	{"task_ended", taskEnded},
	{"task_revoke", taskRevoke},
}

// The kinds of a background response that a page understands.
var responseKinds = []string{"flash", "javascript", "refresh", "fields"}

// background_action(action, ui_notification=None, **arguments) starts an action
// in the background, once the step is saved, and gives the object that knows
// what becomes of it.
func backgroundAction(th *python.Thread, a *python.Args) (python.Value, error) {
	const fn = "background_action"
	ev, err := running(th, fn)
	if err != nil {
		return nil, err
	}
	var action string
	var notify python.Value
	var kw []python.Kwarg
	if err := a.Unpack(fn, "/action", &action, "ui_notification?", &notify, "**kw", &kw); err != nil {
		return nil, err
	}
	t := evaluation.Task{Action: action, Arguments: python.NewDict()}
	for _, k := range kw {
		t.Arguments.SetStr(k.Name, k.Value)
	}
	if !isNone(notify) {
		t.Notify = stringOr(notify, "")
		if !slices.Contains(responseKinds, t.Notify) {
			return nil, python.Errorf(python.ValueError, "background_action(): ui_notification is None, 'flash', 'refresh', 'javascript' or 'fields'")
		}
	}
	return startTask(th, ev, fn, t)
}

// backgroundActionOf is background_action for the method run() of a
// BackgroundAction, which its pages wait for: the object's name tells its
// actions from those of others at the same place of the code.
func backgroundActionOf(th *python.Thread, a *python.Args) (python.Value, error) {
	const fn = "background_action"
	ev, err := running(th, fn)
	if err != nil {
		return nil, err
	}
	var owner, action string
	var kw []python.Kwarg
	if err := a.Unpack(fn, "/owner", &owner, "/action", &action, "**kw", &kw); err != nil {
		return nil, err
	}
	t := evaluation.Task{Action: action, Arguments: python.NewDict(), Notify: "refresh"}
	for _, k := range kw {
		t.Arguments.SetStr(k.Name, k.Value)
	}
	return startTask(th, ev, fn+" "+owner+" "+action, t)
}

// startTask starts an action unless this activation of the code did so before.
func startTask(th *python.Thread, ev evaluation.Evaluation, kind string, t evaluation.Task) (python.Value, error) {
	id, err := ev.Once(th, kind, func(key string) (python.Value, error) {
		id, err := ev.Tasks().Start(th, key, t)
		return python.NewStr(id), err
	})
	if err != nil {
		return nil, err
	}
	return evaluation.CallLibrary(th, "BackgroundTask", []python.Value{id})
}

// background_error_action(action, **arguments) names the action that is run
// should the background action fail that is being carried out.
func backgroundErrorAction(th *python.Thread, a *python.Args) (python.Value, error) {
	const fn = "background_error_action"
	ev, err := running(th, fn)
	if err != nil {
		return nil, err
	}
	var action string
	var kw []python.Kwarg
	if err := a.Unpack(fn, "/action", &action, "**kw", &kw); err != nil {
		return nil, err
	}
	ev.Outcome().OnError = &evaluation.Pending{Action: action, Arguments: arguments(kw)}
	return python.None, nil
}

// background_response(*args, **kw) ends the action with a value: nothing, one
// value, several as a list, keywords as a dictionary, or both.
func backgroundResponse(_ *python.Thread, a *python.Args) (python.Value, error) {
	r := &evaluation.BackgroundRespond{}
	named := python.NewDict()
	for _, k := range a.Kw {
		named.SetStr(k.Name, k.Value)
	}
	switch {
	case len(a.Pos) > 0 && len(a.Kw) > 0:
		both := python.NewDict()
		both.SetStr("pargs", python.NewList(append([]python.Value(nil), a.Pos...)...))
		both.SetStr("kwargs", named)
		r.Value = both
	case len(a.Pos) == 1:
		r.Value = a.Pos[0]
	case len(a.Pos) > 1:
		r.Value = python.NewList(append([]python.Value(nil), a.Pos...)...)
	default:
		r.Value = named
	}
	if n := len(a.Pos); n > 0 && n <= 2 {
		if kind := stringOr(a.Pos[n-1], ""); slices.Contains(responseKinds, kind) {
			r.Kind = kind
		}
	}
	return nil, evaluation.Signalled(r)
}

// background_response_action(action, **arguments) ends the action and runs
// another one, whose outcome is saved.
func backgroundResponseAction(th *python.Thread, a *python.Args) (python.Value, error) {
	var action string
	var kw []python.Kwarg
	if err := a.Unpack("background_response_action", "/action", &action, "*", nil, "**kw", &kw); err != nil {
		return nil, err
	}
	return nil, evaluation.Signalled(&evaluation.BackgroundRespond{Value: python.None, Action: action, Arguments: arguments(kw)})
}

// background_progress(done, total=None, text=None) tells the pages of the
// session how far the background action is that calls it: done of total, or,
// without a total, done as a share from 0 to 1; text says what is being done.
// Outside of a background action it does nothing.
func backgroundProgress(th *python.Thread, a *python.Args) (python.Value, error) {
	const fn = "background_progress"
	ev, err := running(th, fn)
	if err != nil {
		return nil, err
	}
	var done, total, text python.Value
	if err := a.Unpack(fn, "done?", &done, "total?", &total, "text?", &text); err != nil {
		return nil, err
	}
	r := evaluation.TaskReport{Total: 1}
	for _, n := range []struct {
		v  python.Value
		to *float64
	}{{done, &r.Done}, {total, &r.Total}} {
		if isNone(n.v) {
			continue
		}
		f, ok := python.FloatOf(n.v)
		if !ok || math.IsNaN(f) || math.IsInf(f, 0) {
			return nil, python.Errorf(python.TypeError, "%s(): a number was expected, not %s", fn, className(n.v))
		}
		*n.to = f
	}
	if isNone(done) || r.Total <= 0 {
		r.Done, r.Total = 0, 0
	}
	r.Done = min(max(r.Done, 0), r.Total)
	if err := intoString(th, text, &r.Text)(); err != nil {
		return nil, err
	}
	return python.None, ev.Tasks().Report(r)
}

// taskOf reads the number of a background action, the first argument of all
// functions about one.
func taskOf(th *python.Thread, a *python.Args) (evaluation.Tasks, string, error) {
	ev, err := running(th, "background_action")
	if err != nil {
		return nil, "", err
	}
	id, _ := python.StringOf(a.Pos[0])
	return ev.Tasks(), id, nil
}

func taskPhase(th *python.Thread, a *python.Args) (python.Value, error) {
	tasks, id, err := taskOf(th, a)
	if err != nil {
		return nil, err
	}
	phase, err := tasks.Phase(id)
	return python.NewStr(string(phase)), err
}

func taskOutcome(th *python.Thread, a *python.Args) (python.Value, error) {
	tasks, id, err := taskOf(th, a)
	if err != nil {
		return nil, err
	}
	out, err := tasks.Outcome(th, id)
	if err != nil {
		return nil, err
	}
	d := python.NewDict()
	d.SetStr("phase", python.NewStr(string(out.Phase)))
	d.SetStr("value", optional(out.Value))
	for _, part := range []struct{ name, text string }{
		{"error_type", out.ErrorType}, {"error_message", out.ErrorMessage}, {"error_trace", out.ErrorTrace}} {
		d.SetStr(part.name, python.None)
		if out.ErrorType != "" {
			d.SetStr(part.name, python.Outside(part.text)) // it may quote what people typed
		}
	}
	d.SetStr("variables", python.None)
	if out.ErrorType != "" {
		names := python.NewList()
		for _, name := range out.Variables {
			names.Elems = append(names.Elems, python.NewStr(name))
		}
		d.SetStr("variables", names)
	}
	return d, nil
}

func taskEnded(th *python.Thread, a *python.Args) (python.Value, error) {
	tasks, id, err := taskOf(th, a)
	if err != nil {
		return nil, err
	}
	at, err := tasks.Ended(id)
	if err != nil || isNone(at) {
		return python.None, err
	}
	return evaluation.CallLibrary(th, "as_datetime", []python.Value{at})
}

func taskRevoke(th *python.Thread, a *python.Args) (python.Value, error) {
	tasks, id, err := taskOf(th, a)
	if err != nil {
		return nil, err
	}
	terminate, err := th.Truth(a.Pos[1])
	if err != nil {
		return nil, err
	}
	return python.None, tasks.Revoke(id, terminate)
}
