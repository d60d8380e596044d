package words

import (
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/objects"
	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// logicFunctions force questions and steer the logic.
var logicFunctions = []function{
	{"need", need},
	{"force_ask", forceAsk},
	{"force_gather", forceGather},
	{"reconsider", reconsider},
	{"forget_result_of", forgetResultOf},
	{"re_run_logic", reRunLogic},
	{"dispatch", dispatch},
	{"prevent_going_back", preventGoingBack},
	{"set_save_status", setSaveStatus},
}

// need(*values) is True: that its arguments were evaluated is the point.
func need(th *python.Thread, a *python.Args) (python.Value, error) {
	return python.True, a.NoKeywords("need")
}

// force_ask(*names, forget_prior=False, evaluate=False, persistent=True)
func forceAsk(th *python.Thread, a *python.Args) (python.Value, error) {
	var args []python.Value
	var forget, intrinsic bool
	persistent := true
	if err := a.Unpack("force_ask", "*names", &args, "forget_prior?", &forget, "evaluate?", &intrinsic,
		"persistent?", &persistent); err != nil {
		return nil, err
	}
	entries, err := forced(th, "force_ask", args, intrinsic)
	if err != nil {
		return nil, err
	}
	ev := evaluation.Of(th)
	pendings, err := ev.Pendings(python.NewList(entries...))
	if err != nil {
		return nil, err
	}
	f := &evaluation.Force{ForgetPrior: forget, Forgiven: true}
	switch {
	case len(pendings) == 0:
	case !persistent:
		f.Name, f.Alone = pendings[0].Action, &pendings[0]
	default:
		f.Actions = pendings
		if !strings.HasPrefix(pendings[0].Action, "_da_") { // those are carried out when the stack is taken up
			f.Name = pendings[0].Action
		}
	}
	return nil, evaluation.Signalled(f)
}

// forced lists what is to be asked and refuses what cannot be.
func forced(th *python.Thread, fn string, args []python.Value, intrinsic bool) ([]python.Value, error) {
	if _, err := running(th, fn); err != nil {
		return nil, err
	}
	entries, err := spread(th, args)
	if err != nil {
		return nil, err
	}
	for i, v := range entries {
		name, ok := python.StringOf(v)
		if !ok {
			if _, isDict := v.(*python.Dict); isDict {
				continue
			}
			return nil, python.Errorf(objects.DAError, "%s: a name or a dictionary was expected, not %s", fn, className(v))
		}
		if !syntax.IsVariableName(name) {
			return nil, python.Errorf(objects.DAError, "Illegal variable name")
		}
		if intrinsic {
			entries[i] = python.NewStr(evaluation.Intrinsic(th, name))
		}
	}
	return entries, nil
}

// force_gather(*names, forget_prior=False, evaluate=False)
func forceGather(th *python.Thread, a *python.Args) (python.Value, error) {
	var args []python.Value
	var forget, intrinsic bool
	if err := a.Unpack("force_gather", "*names", &args, "forget_prior?", &forget, "evaluate?", &intrinsic); err != nil {
		return nil, err
	}
	entries, err := forced(th, "force_gather", args, intrinsic)
	if err != nil {
		return nil, err
	}
	ev := evaluation.Of(th)
	context := evaluation.SaveContext(ev.Answers())
	f := &evaluation.Force{Gather: true, ForgetPrior: forget}
	for _, v := range entries {
		name, ok := python.StringOf(v)
		if !ok {
			return nil, python.Errorf(objects.DAError, "force_gather: names were expected, not %s", className(v))
		}
		b := ev.Book()
		b.Gather = append(b.Gather, evaluation.Pending{Action: name, Context: context})
		f.Name = name
	}
	return nil, evaluation.Signalled(f)
}

// reconsider(*names, evaluate=False) computes each name anew, once per
// evaluation of the page.
func reconsider(th *python.Thread, a *python.Args) (python.Value, error) {
	var args []python.Value
	var intrinsic bool
	if err := a.Unpack("reconsider", "*names", &args, "evaluate?", &intrinsic); err != nil {
		return nil, err
	}
	names, err := forced(th, "reconsider", args, intrinsic)
	if err != nil {
		return nil, err
	}
	for _, v := range names {
		name, _ := python.StringOf(v)
		if err := evaluation.Of(th).Reconsider(th, name); err != nil {
			return nil, err
		}
	}
	return python.None, nil
}

// forget_result_of(*ids)
func forgetResultOf(th *python.Thread, a *python.Args) (python.Value, error) {
	ev, err := running(th, "forget_result_of")
	if err != nil {
		return nil, err
	}
	if err := a.NoKeywords("forget_result_of"); err != nil {
		return nil, err
	}
	ids, err := spread(th, a.Pos)
	if err != nil {
		return nil, err
	}
	for _, v := range ids {
		id, err := th.Str(v)
		if err != nil {
			return nil, err
		}
		ev.Forget(id.String())
	}
	return python.None, nil
}

// re_run_logic() starts the evaluation from the top.
func reRunLogic(th *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Exactly("re_run_logic", 0); err != nil {
		return nil, err
	}
	return nil, evaluation.Signalled(&evaluation.Rerun{})
}

// dispatch(var) is a menu: var names what to seek next, until it is the text
// "None".
func dispatch(th *python.Thread, a *python.Args) (python.Value, error) {
	var name string
	if err := a.Unpack("dispatch", "var", &name); err != nil {
		return nil, err
	}
	ev, err := running(th, "dispatch")
	if err != nil {
		return nil, err
	}
	for {
		if err := th.Tick(); err != nil {
			return nil, err
		}
		v, err := valueOf(th, "dispatch", name, false)
		if err != nil {
			return nil, err
		}
		choice, err := th.Str(v)
		if err != nil {
			return nil, err
		}
		if choice.String() == "None" {
			ev.Outcome().Passing = true // whoever loads the page again is back at the menu
			_, err := evaluation.Delete(th, name)
			return python.True, err
		}
		if _, err := valueOf(th, "dispatch", choice.String(), false); err != nil {
			return nil, err
		}
		for _, done := range []string{choice.String(), name} {
			if _, err := evaluation.Delete(th, done); err != nil {
				return nil, err
			}
		}
	}
}

// prevent_going_back()
func preventGoingBack(th *python.Thread, a *python.Args) (python.Value, error) {
	ev, err := running(th, "prevent_going_back")
	if err != nil {
		return nil, err
	}
	ev.Outcome().PreventBack = true
	return python.None, a.Exactly("prevent_going_back", 0)
}

var saveWords = map[string]evaluation.Save{
	"new": evaluation.SaveNew, "overwrite": evaluation.SaveOverwrite, "ignore": evaluation.SaveIgnore,
}

// set_save_status(status); after "ignore" nothing else counts in this request.
func setSaveStatus(th *python.Thread, a *python.Args) (python.Value, error) {
	var status string
	if err := a.Unpack("set_save_status", "status", &status); err != nil {
		return nil, err
	}
	ev, err := running(th, "set_save_status")
	if err != nil {
		return nil, err
	}
	save, ok := saveWords[status]
	if !ok {
		return nil, python.Errorf(objects.DAError, "set_save_status: invalid status; use 'new', 'overwrite' or 'ignore'")
	}
	if out := ev.Outcome(); out.Save != evaluation.SaveIgnore {
		out.Save = save
	}
	return python.None, nil
}
