package objects

import (
	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

// A group that is being gathered shows what it has so far instead of starting
// to gather once more. Which groups these are the evaluation remembers, and
// forgets when it starts over.

func beginGathering(th *python.Thread, a *python.Args) (python.Value, error) {
	var name string
	if err := a.Unpack("begin_gathering", "name", &name); err != nil {
		return nil, err
	}
	if ev := of(th); ev != nil {
		p := ev.Place()
		if p.Gathering == nil {
			p.Gathering = map[string]string{}
		}
		if _, already := p.Gathering[name]; !already {
			p.Gathering[name] = p.Sought
		}
	}
	return python.None, nil
}

func endGathering(th *python.Thread, a *python.Args) (python.Value, error) {
	var name string
	if err := a.Unpack("end_gathering", "name", &name); err != nil {
		return nil, err
	}
	if ev := of(th); ev != nil {
		delete(ev.Place().Gathering, name)
	}
	return python.None, nil
}

func gathering(th *python.Thread, name string) bool {
	ev := of(th)
	if ev == nil {
		return false
	}
	_, ok := ev.Place().Gathering[name]
	return ok
}

func probing(th *python.Thread, _ *python.Args) (python.Value, error) {
	ev := of(th)
	return python.Bool(ev != nil && ev.Place().Probing > 0), nil
}

// triggerGather is _trigger_gather: it makes sure that a group is complete
// before it is used. A group with items that says it is gathered is, and one
// without unless it is known that there are any.
func triggerGather(th *python.Thread, a *python.Args) (python.Value, error) {
	self, ok := asObject(a.Self)
	if !ok || gathering(th, nameOf(self)) {
		return python.None, nil
	}
	if done, ok := self.Attrs.Get("gathered"); ok {
		yes, err := th.Truth(done)
		if err != nil {
			return nil, err
		}
		if yes && (!emptyElements(self) || !known(th, self, "there_are_any")) {
			return python.None, nil
		}
	}
	auto, err := th.GetAttr(self, "auto_gather")
	if err != nil {
		return nil, err
	}
	if yes, err := th.Truth(auto); err != nil {
		return nil, err
	} else if yes {
		return th.CallMethod(self, "gather")
	}
	return th.GetAttr(self, "gathered")
}

func emptyElements(self *python.Instance) bool {
	v, ok := self.Attrs.Get("elements")
	if !ok {
		return true
	}
	switch v := python.Unwrap(v).(type) {
	case *python.List:
		return len(v.Elems) == 0
	case *python.Dict:
		return v.Len() == 0
	case *python.Set:
		return v.Len() == 0
	}
	return false
}

func known(th *python.Thread, self *python.Instance, attr string) bool {
	v, ok := self.Attrs.Get(attr)
	if !ok {
		return false
	}
	yes, err := th.Truth(v)
	return err == nil && yes
}

// succeeds calls a function with the other arguments and reports whether it
// returned; what it wanted is not sought.
func succeeds(th *python.Thread, a *python.Args) (python.Value, error) {
	if len(a.Pos) == 0 {
		return nil, python.Errorf(python.TypeError, "succeeds() needs a function")
	}
	_, err := th.Call(a.Pos[0], a.Pos[1:], nil)
	if _, raised := python.AsRaised(err); err != nil && !raised {
		return nil, err
	}
	if _, signal := python.SignalOf(err); signal {
		return nil, err
	}
	return python.Bool(err == nil), nil
}

// info returns what set_info() keeps under a name, or None.
func info(th *python.Thread, a *python.Args) (python.Value, error) {
	var name string
	if err := a.Unpack("info", "name", &name); err != nil {
		return nil, err
	}
	if ev := of(th); ev != nil {
		if v, ok := ev.Place().Facts[name]; ok {
			return v, nil
		}
	}
	return python.None, nil
}

func invalidate(th *python.Thread, a *python.Args) (python.Value, error) {
	var name string
	if err := a.Unpack("invalidate", "name", &name); err != nil {
		return nil, err
	}
	return python.None, evaluation.Invalidate(th, name)
}

func reconsider(th *python.Thread, a *python.Args) (python.Value, error) {
	var name string
	if err := a.Unpack("reconsider", "name", &name); err != nil {
		return nil, err
	}
	return python.None, evaluation.Of(th).Reconsider(th, name)
}

// libraryNative returns a function or class of the whole library, whoever made
// it.
func libraryNative(th *python.Thread, a *python.Args) (python.Value, error) {
	var name string
	if err := a.Unpack("library", "name", &name); err != nil {
		return nil, err
	}
	return evaluation.Library(th, name)
}
