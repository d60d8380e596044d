package solve

import (
	"errors"
	"fmt"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/fault"
	"colloquy/engine/interview"
	"colloquy/engine/python"
)

// ProcessAction carries out the pending action, or takes up what waits
// (docassemble's process_action()).
func (s *Solver) ProcessAction(th *python.Thread) error {
	if s.pending == nil {
		return s.takeUp()
	}
	a := *s.pending
	s.pending = nil
	s.action = &a
	return s.perform(a, false)
}

// takeUp goes on with what is to be gathered, then with the visitor's stack.
func (s *Solver) takeUp() error {
	for len(s.book.Gather) > 0 {
		g := s.book.Gather[0]
		evaluation.RestoreContext(s.answers, g.Context)
		if !s.defined(g.Action) {
			return evaluation.Missing(g.Action)
		}
		s.book.Gather = s.book.Gather[1:]
	}
	p, ok := s.book.Current(s.in.Visitor.Stack)
	if !ok {
		return nil
	}
	s.action = &p
	evaluation.RestoreContext(s.answers, p.Context)
	return s.perform(p, true)
}

// perform does what an action asks. stacked says that it lies on top of the
// visitor's stack.
func (s *Solver) perform(a evaluation.Pending, stacked bool) error {
	args := a.Arguments
	pop := func() {
		if stacked {
			s.book.Pop(s.in.Visitor.Stack, a.Action)
		}
	}
	switch a.Action {
	case "_da_priority_action":
		delete(s.book.Stacks, s.in.Visitor.Stack)
		inner, err := s.inner(args)
		if err != nil {
			return err
		}
		s.action = &inner
		return s.perform(inner, false)
	case "_da_force_ask":
		pop()
		pendings, err := s.Pendings(args["variables"])
		if err != nil {
			return err
		}
		return s.forceAll(pendings)
	case "_da_undefine", "_da_invalidate":
		pop()
		return s.removeAll(args, a.Action == "_da_invalidate")
	case "_da_set":
		pop()
		return s.setAll(args)
	case "_da_compute", "_da_define", "need":
		pop()
		return s.gatherAll(args, a.Action != "_da_define")
	case "_da_exit":
		pop()
		return evaluation.Signalled(&evaluation.Command{Kind: "interview_exit"})
	}
	if strings.HasPrefix(a.Action, "_da_list_") || strings.HasPrefix(a.Action, "_da_dict_") || strings.HasPrefix(a.Action, "_da_set_") {
		return s.performOnGroup(a, pop)
	}
	return s.forceOne(a, stacked)
}

func rerun() error { return evaluation.Signalled(&evaluation.Rerun{}) }

func (s *Solver) inner(args map[string]python.Value) (evaluation.Pending, error) {
	name, ok := python.StringOf(orNone(args["_action"]))
	if !ok || !interview.ValidName(name) && !strings.HasPrefix(name, "_da_") {
		return evaluation.Pending{}, badAction(name)
	}
	return evaluation.Pending{Action: name, Arguments: dictArguments(args["_arguments"])}, nil
}

// dictArguments reads the arguments of an action out of a dictionary.
func dictArguments(v python.Value) map[string]python.Value {
	d, ok := v.(*python.Dict)
	if !ok {
		return nil
	}
	m := map[string]python.Value{}
	for k, v := range d.All() {
		if name, ok := python.StringOf(k); ok {
			m[name] = v
		}
	}
	return m
}

func orNone(v python.Value) python.Value {
	if v == nil {
		return python.None
	}
	return v
}

// badAction refuses an action that names what nobody may name.
func badAction(name string) error {
	return fault.New(fault.Invalid, "This link asks for something the interview cannot do.", fmt.Errorf("invalid name %q", name))
}

// forceOne asks for the variable or event that an action names.
func (s *Solver) forceOne(a evaluation.Pending, stacked bool) error {
	f := &evaluation.Force{Name: a.Action, Forgiven: true}
	if !stacked {
		a.Context = evaluation.SaveContext(s.answers)
		f.Actions = []evaluation.Pending{a}
	}
	return evaluation.Signalled(f)
}

// forceAll puts actions on the stack and asks for the first.
func (s *Solver) forceAll(ps []evaluation.Pending) error {
	if len(ps) == 0 {
		return rerun()
	}
	s.book.Push(s.in.Visitor.Stack, ps...)
	return rerun() // the stack is taken up from the top
}

func (s *Solver) removeAll(args map[string]python.Value, remember bool) error {
	names, err := s.names(args)
	if err != nil {
		return err
	}
	for _, name := range names {
		if remember {
			err = evaluation.Invalidate(s.th, name)
		} else {
			_, err = evaluation.Delete(s.th, name)
		}
		if err != nil {
			return err
		}
	}
	return rerun()
}

func (s *Solver) setAll(args map[string]python.Value) error {
	err := s.th.Each(orNone(args["variables"]), func(v python.Value) error {
		var pair []python.Value
		if err := s.th.Each(v, func(v python.Value) error { pair = append(pair, v); return nil }); err != nil {
			return err
		}
		if len(pair) != 2 {
			return badAction("_da_set")
		}
		name, ok := python.StringOf(pair[0])
		if !ok || !interview.ValidName(name) || strings.HasPrefix(name, "_") || strings.Contains(name, ".__") {
			return badAction(name) // what begins with underscores is not the author's to set
		}
		return evaluation.Write(s.th, name, pair[1])
	})
	if err != nil {
		return err
	}
	return rerun()
}

// gatherAll adds names to those that are sought until they are defined.
func (s *Solver) gatherAll(args map[string]python.Value, now bool) error {
	names, err := s.names(args)
	if err != nil {
		return err
	}
	context := evaluation.SaveContext(s.answers)
	for _, name := range names {
		s.book.Gather = append(s.book.Gather, evaluation.Pending{Action: name, Context: context})
	}
	if now && len(names) > 0 && !s.defined(names[0]) {
		return evaluation.Missing(names[0])
	}
	return rerun()
}

// names reads the arguments "variables" or "variable".
func (s *Solver) names(args map[string]python.Value) ([]string, error) {
	v, ok := args["variables"]
	if !ok {
		v = python.NewList(orNone(args["variable"]))
	}
	if text, ok := python.StringOf(v); ok {
		v = python.NewList(python.NewStr(text))
	}
	var names []string
	err := s.th.Each(v, func(v python.Value) error {
		name, ok := python.StringOf(v)
		if !ok || !interview.ValidName(name) {
			return badAction(name)
		}
		names = append(names, name)
		return nil
	})
	return names, err
}

// performOnGroup edits a list or dictionary as its buttons ask.
func (s *Solver) performOnGroup(a evaluation.Pending, pop func()) error {
	what := strings.TrimPrefix(a.Action, "_da_")
	kind, verb, _ := strings.Cut(what, "_")
	if verb == "edit" {
		pop()
		ps, err := s.Pendings(a.Arguments["items"])
		if err != nil {
			return err
		}
		return s.forceAll(ps)
	}
	name, ok := python.StringOf(orNone(a.Arguments[kind]))
	if !ok {
		name, ok = python.StringOf(orNone(a.Arguments["group"]))
	}
	if !ok || !interview.ValidName(name) {
		return badAction(name)
	}
	group, err := evaluation.Read(s.th, name)
	if err != nil {
		return err
	}
	return s.editGroup(a, group, name, kind, verb, pop)
}

func (s *Solver) editGroup(a evaluation.Pending, group python.Value, name, kind, verb string, pop func()) error {
	switch verb {
	case "add":
		if _, err := s.th.CallMethod(group, "_start_adding"); err != nil {
			return err
		}
		pop()
		if complete, ok := a.Arguments["complete"]; !ok || complete != python.Value(python.False) {
			s.book.Push(s.in.Visitor.Stack, evaluation.Pending{Action: "_da_" + kind + "_complete",
				Arguments: map[string]python.Value{"group": python.NewStr(name)}})
		}
	case "remove":
		text, ok := python.StringOf(orNone(a.Arguments["item"]))
		if !ok {
			return badAction(name)
		}
		key, err := evaluation.ReadIndex(s.th, text)
		if err != nil {
			return err
		}
		pop()
		if _, err := s.th.CallMethod(group, "_remove_from_screen", key); err != nil {
			return err
		}
		s.book.Push(s.in.Visitor.Stack, evaluation.Pending{Action: "_da_" + kind + "_ensure_complete",
			Arguments: map[string]python.Value{"group": python.NewStr(name)}})
	case "move":
		return s.moveItem(a, group, pop)
	case "complete", "ensure_complete":
		if _, err := s.th.CallMethod(group, "gathered_and_complete"); err != nil {
			return err
		}
		pop()
	default:
		return badAction(a.Action)
	}
	return rerun()
}

// moveItem gives an item of a list another place.
func (s *Solver) moveItem(a evaluation.Pending, group python.Value, pop func()) error {
	text, ok := python.StringOf(orNone(a.Arguments["item"]))
	if !ok {
		return badAction(a.Action)
	}
	index, err := evaluation.ReadIndex(s.th, text)
	if err != nil {
		return err
	}
	pop()
	if _, err := s.th.CallMethod(group, "_move_on_screen", index, orNone(a.Arguments["by"])); err != nil {
		return err
	}
	return rerun()
}

// Pendings reads a list of the form that force_ask, url_ask and review items
// share: names, and dictionaries that undefine, invalidate, recompute, set,
// follow up, or name an action with its arguments.
func (s *Solver) Pendings(v python.Value) ([]evaluation.Pending, error) {
	if text, ok := python.StringOf(orNone(v)); ok {
		v = python.NewList(python.NewStr(text))
	}
	var out []evaluation.Pending
	context := evaluation.SaveContext(s.answers)
	err := s.th.Each(orNone(v), func(v python.Value) error {
		if name, ok := python.StringOf(v); ok {
			if !interview.ValidName(name) {
				return python.Errorf(python.NameError, "Illegal variable name")
			}
			out = append(out, evaluation.Pending{Action: name, Context: context})
			return nil
		}
		d, ok := v.(*python.Dict)
		if !ok {
			return errors.New("force_ask: entries are names or dictionaries")
		}
		ps, err := s.command(d, context)
		out = append(out, ps...)
		return err
	})
	return out, err
}

func (s *Solver) command(d *python.Dict, context map[string]python.Value) ([]evaluation.Pending, error) {
	if action, ok := d.GetStr("action"); ok {
		name, _ := python.StringOf(action)
		args, _ := d.GetStr("arguments")
		m := dictArguments(args)
		if m == nil {
			m = map[string]python.Value{}
		}
		return []evaluation.Pending{{Action: name, Arguments: m, Context: context}}, nil
	}
	var out []evaluation.Pending
	for k, v := range d.All() {
		key, _ := python.StringOf(k)
		ps, err := s.commandPart(key, v, context)
		if err != nil {
			return nil, err
		}
		out = append(out, ps...)
	}
	return out, nil
}

func (s *Solver) commandPart(key string, v python.Value, context map[string]python.Value) ([]evaluation.Pending, error) {
	if text, ok := python.StringOf(v); ok {
		v = python.NewList(python.NewStr(text))
	}
	with := func(action string, v python.Value) evaluation.Pending {
		return evaluation.Pending{Action: action, Arguments: map[string]python.Value{"variables": v}, Context: context}
	}
	switch key {
	case "undefine":
		return []evaluation.Pending{with("_da_undefine", v)}, nil
	case "invalidate":
		return []evaluation.Pending{with("_da_invalidate", v)}, nil
	case "recompute":
		return []evaluation.Pending{with("_da_undefine", v), with("_da_compute", v)}, nil
	case "set":
		pairs, err := s.setPairs(v)
		return []evaluation.Pending{with("_da_set", pairs)}, err
	case "follow up", "follow_up":
		return s.Pendings(v)
	}
	return nil, python.Errorf(python.ValueError, "Dictionaries passed to force_ask must have keys of 'action' and 'argument' only.")
}

// setPairs turns {name: value} or a list of such into a list of pairs.
func (s *Solver) setPairs(v python.Value) (python.Value, error) {
	if _, ok := v.(*python.Dict); ok {
		v = python.NewList(v)
	}
	pairs := python.NewList()
	err := s.th.Each(v, func(v python.Value) error {
		d, ok := v.(*python.Dict)
		if !ok {
			return python.Errorf(python.ValueError, "force_ask: the set statement must refer to a list.")
		}
		for k, v := range d.All() {
			pairs.Elems = append(pairs.Elems, python.NewList(k, v))
		}
		return nil
	})
	return pairs, err
}

// popCurrent takes the action that a response answered off the stack.
func (s *Solver) popCurrent() {
	if s.action != nil {
		s.book.Pop(s.in.Visitor.Stack, s.action.Action)
	}
}
