package words

import (
	"strconv"

	"colloquy/engine/evaluation"
	"colloquy/engine/objects"
	"colloquy/engine/python"
)

// rosterNatives are what interview_list(), in prelude/sessions.py, has from Go.
var rosterNatives = []function{
	{"list_sessions", listSessions},
	{"drop_sessions", dropSessions},
}

// wanted reads what interview_list() was given; mayAsk is false for somebody
// without an account.
func wanted(th *python.Thread, name, id, user, holds python.Value) (ev evaluation.Evaluation, w evaluation.Wanted, mayAsk bool, err error) {
	ev, s, err := sibling(th, "interview_list", "", name, id, nil)
	if err != nil || !ev.Visitor().LoggedIn() {
		return ev, w, false, err
	}
	w = evaluation.Wanted{User: ev.Visitor().UserID, Interview: s.Interview, ID: s.ID}
	if !isNone(user) {
		text, err := th.Str(user)
		if err != nil {
			return ev, w, false, err
		}
		if w.All = text.String() == "all"; !w.All {
			if w.User, err = strconv.ParseInt(text.String(), 10, 64); err != nil {
				return ev, w, false, python.Errorf(objects.DAError, "interview_list: user_id is the number of an account, or 'all'")
			}
		}
	}
	if !isNone(holds) {
		w.Holds = func(row *python.Dict) (bool, error) {
			v, err := th.Call(holds, []python.Value{row}, nil)
			if err != nil {
				return false, err
			}
			return th.Truth(v)
		}
	}
	return ev, w, true, nil
}

// listSessions returns the sessions that are asked for and where the next page
// begins; None for somebody without an account.
func listSessions(th *python.Thread, a *python.Args) (python.Value, error) {
	var name, id, user, holds, after python.Value
	var valid, answers bool
	if err := a.Unpack("interview_list", "exclude_invalid", &valid, "filename", &name, "session", &id, "user_id", &user, "query", &holds,
		"include_dict", &answers, "next_id", &after); err != nil {
		return nil, err
	}
	ev, w, ok, err := wanted(th, name, id, user, holds)
	if err != nil || !ok {
		return python.None, err
	}
	w.Valid, w.Answers, w.After = valid, answers, stringOr(after, "")
	list, next, err := ev.Sessions().Roster(th, w)
	if err != nil {
		return nil, err
	}
	return python.NewTuple(list, textOrNone(next)), nil
}

// dropSessions returns how many sessions it deleted.
func dropSessions(th *python.Thread, a *python.Args) (python.Value, error) {
	var name, id, user, holds python.Value
	var shared bool
	if err := a.Unpack("interview_list", "filename", &name, "session", &id, "user_id", &user, "query", &holds, "delete_shared", &shared); err != nil {
		return nil, err
	}
	ev, w, ok, err := wanted(th, name, id, user, holds)
	if err != nil || !ok {
		return python.None, err
	}
	if w.ID == ev.Request().Session && w.ID != "" {
		return nil, python.Errorf(objects.DAError, "interview_list: the session that asks cannot delete itself; command('exit') does that")
	}
	return once(th, ev, "interview_list", func() (python.Value, error) {
		n, err := ev.Sessions().Drop(th, w, shared)
		return python.Int(n), err
	})
}
