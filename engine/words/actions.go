package words

import (
	"maps"
	"slices"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

// actionFunctions are about the action that a request asks for.
var actionFunctions = []function{
	{"process_action", processAction},
	{"action_argument", actionArgument},
	{"action_arguments", actionArguments},
}

// process_action() carries out what was asked for; the engine calls it by
// itself in interviews that do not.
func processAction(th *python.Thread, a *python.Args) (python.Value, error) {
	ev, err := running(th, "process_action")
	if err != nil {
		return nil, err
	}
	if err := a.Exactly("process_action", 0); err != nil {
		return nil, err
	}
	return python.None, ev.ProcessAction(th)
}

// action_argument(item=None) is an argument of the current action or None;
// without a name, the name of the action.
func actionArgument(th *python.Thread, a *python.Args) (python.Value, error) {
	var item python.Value = python.None
	if err := a.Unpack("action_argument", "item?", &item); err != nil {
		return nil, err
	}
	ev, err := running(th, "action_argument")
	if err != nil {
		return nil, err
	}
	p := ev.Action()
	if p == nil {
		return python.None, nil
	}
	if isNone(item) {
		return python.NewStr(p.Action), nil
	}
	name, _ := python.StringOf(item)
	return optional(p.Arguments[name]), nil
}

// action_arguments() is a copy of all arguments of the current action.
func actionArguments(th *python.Thread, a *python.Args) (python.Value, error) {
	ev, err := running(th, "action_arguments")
	if err != nil {
		return nil, err
	}
	if err := a.Exactly("action_arguments", 0); err != nil {
		return nil, err
	}
	return python.DeepCopy(th, plainArguments(ev.Action()), nil)
}

// plainArguments are the arguments of an action in order of their names,
// without those that a checkbox on the page adds of itself.
func plainArguments(p *evaluation.Pending) python.Value {
	d := python.NewDict()
	if p == nil {
		return d
	}
	_, initial := p.Arguments["_initial"]
	_, changed := p.Arguments["_changed"]
	for _, name := range slices.Sorted(maps.Keys(p.Arguments)) {
		if initial && changed && (name == "_initial" || name == "_changed") {
			continue
		}
		d.SetStr(name, p.Arguments[name])
	}
	return d
}
