package words

import (
	"slices"

	"colloquy/engine/evaluation"
	"colloquy/engine/objects"
	"colloquy/engine/python"
)

// all_variables(simplify=True, include_internal=False, special=False, make_copy=False)
func allVariables(th *python.Thread, a *python.Args) (python.Value, error) {
	simplify, internal, copied := true, false, false
	var special python.Value = python.False
	if err := a.Unpack("all_variables", "simplify?", &simplify, "include_internal?", &internal, "special?", &special,
		"make_copy?", &copied); err != nil {
		return nil, err
	}
	ev, err := running(th, "all_variables")
	if err != nil {
		return nil, err
	}
	if s, ok := python.StringOf(special); ok {
		return specialVariables(th, ev, s)
	}
	if simplify {
		return simplified(th, ev, internal)
	}
	live := python.NamespaceDict(ev.Answers())
	if copied {
		return python.DeepCopy(th, live.Clone(), nil)
	}
	return live, nil
}

func specialVariables(th *python.Thread, ev evaluation.Evaluation, special string) (python.Value, error) {
	switch special {
	case "titles":
		d := python.NewDict()
		for _, key := range slices.Sorted(mapKeys(ev.Book().Parts)) {
			d.SetStr(key, python.NewStr(ev.Book().Parts[key]))
		}
		return d, nil
	case "tags":
		set := python.NewSet()
		for _, tag := range ev.Book().Tags {
			if err := set.Add(th, python.NewStr(tag)); err != nil {
				return nil, err
			}
		}
		return set, nil
	case "metadata":
		return ev.Metadata(), nil
	}
	return nil, python.Errorf(objects.DAError, "all_variables: special must be 'titles', 'metadata' or 'tags'")
}

// unshown are names of the engine's own that simplified answers leave out.
var unshown = []string{"_internal", "nav", "session_local", "device_local", "user_local", "__builtins__", "__name__"}

// simplified are the answers as data that JSON can hold: no modules,
// functions or classes.
func simplified(th *python.Thread, ev evaluation.Evaluation, internal bool) (python.Value, error) {
	d := python.NewDict()
	for name, v := range ev.Answers().All() {
		if slices.Contains(unshown, name) && !(internal && (name == "nav" || name == "_internal")) {
			continue
		}
		if python.IsCallableType(v) {
			continue
		}
		plain, err := objects.Serializable(th, v)
		if err != nil {
			return nil, err
		}
		d.SetStr(name, plain)
	}
	if internal {
		book, err := internalData(th, ev)
		if err != nil {
			return nil, err
		}
		d.SetStr("_internal", book)
	}
	return d, nil
}

// bookNatives are what _internal, in the prelude, has from Go.
var bookNatives = []function{{"internal", internal}}

// internal gives what the session remembers, as values rather than as data.
func internal(th *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Unpack("internal"); err != nil {
		return nil, err
	}
	ev, err := running(th, "_internal")
	if err != nil {
		return nil, err
	}
	v, err := internalData(th, ev)
	if err != nil {
		return nil, err
	}
	d, b := v.(*python.Dict), ev.Book()
	answered := python.NewSet()
	for _, key := range slices.Sorted(mapKeys(b.Answered)) {
		if err := answered.Add(th, python.NewStr(key)); err != nil {
			return nil, err
		}
	}
	d.SetStr("answered", answered)
	answers := python.NewDict()
	for _, key := range slices.Sorted(mapKeys(b.Choices)) {
		answers.SetStr(key, python.Int(b.Choices[key]))
	}
	d.SetStr("answers", answers)
	for name, locals := range map[string]map[string]python.Value{"session_local": b.SessionLocal, "device_local": b.DeviceLocal, "user_local": b.UserLocal} {
		all := python.NewDict()
		for _, key := range slices.Sorted(mapKeys(locals)) {
			all.SetStr(key, locals[key])
		}
		d.SetStr(name, all)
	}
	return d, nil
}

// internalData is what the session remembers besides the answers, under the
// names that docassemble's _internal has.
func internalData(th *python.Thread, ev evaluation.Evaluation) (python.Value, error) {
	b, d := ev.Book(), python.NewDict()
	answered := python.NewList()
	for _, key := range slices.Sorted(mapKeys(b.Answered)) {
		answered.Elems = append(answered.Elems, python.NewStr(key))
	}
	d.SetStr("answered", answered)
	d.SetStr("tracker", python.Int(b.Tracker))
	d.SetStr("steps_offset", python.Int(b.Offset))
	var progress python.Value = python.None
	if b.Progress != nil {
		progress = number(*b.Progress)
	}
	d.SetStr("progress", progress)
	tasks := python.NewDict()
	for _, task := range slices.Sorted(mapKeys(b.Tasks)) {
		tasks.SetStr(task, python.Int(b.Tasks[task]))
	}
	d.SetStr("tasks", tasks)
	d.SetStr("starttime", python.NewStr(isoTime(b.Started)))
	d.SetStr("modtime", python.NewStr(isoTime(b.Modified)))
	d.SetStr("referer", textOrNone(b.Referer))
	dirty := python.NewDict()
	for _, name := range slices.Sorted(mapKeys(b.Dirty)) {
		v, err := objects.Serializable(th, b.Dirty[name])
		if err != nil {
			return nil, err
		}
		dirty.SetStr(name, v)
	}
	d.SetStr("dirty", dirty)
	return d, nil
}
