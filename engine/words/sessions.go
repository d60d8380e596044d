package words

import (
	"math"
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/objects"
	"colloquy/engine/python"
)

// sessionFunctions reach other sessions (docassemble's functions for sharing
// information across sessions). What they change is changed once, however
// often the block that asks for it starts over.
var sessionFunctions = []function{
	{"create_session", createSession},
	{"get_session_variables", getSessionVariables},
	{"set_session_variables", setSessionVariables},
	{"run_action_in_session", runActionInSession},
	{"get_question_data", getQuestionData},
	{"go_back_in_session", goBackInSession},
	{"stash_data", stashData},
	{"retrieve_stashed_data", retrieveStashedData},
	{"interview_menu", interviewMenu},
	{"create_user", createUser},
	{"invite_user", inviteUser},
	{"get_user_list", getUserList},
	{"get_user_info", getUserInfo},
	{"set_user_info", setUserInfo},
	{"manage_privileges", managePrivileges},
	{"get_user_secret", getUserSecret},
}

// sibling names another session. The session that asks is no other.
func sibling(th *python.Thread, fn, doing string, name, id, secret python.Value) (evaluation.Evaluation, evaluation.Sibling, error) {
	s := evaluation.Sibling{}
	ev, err := running(th, fn)
	if err != nil {
		return nil, s, err
	}
	for _, t := range []struct {
		v  python.Value
		to *string
	}{{name, &s.Interview}, {id, &s.ID}, {secret, &s.Secret}} {
		if isNone(t.v) {
			continue
		}
		if err := intoString(th, t.v, t.to)(); err != nil {
			return nil, s, err
		}
	}
	s.Interview = fullName(ev, s.Interview)
	if doing != "" && s.ID == ev.Request().Session {
		return nil, s, python.Errorf(objects.DAError, "You cannot %s the current interview session", doing)
	}
	return ev, s, nil
}

// once does what changes another session, unless that was done before.
func once(th *python.Thread, ev evaluation.Evaluation, fn string, act func() (python.Value, error)) (python.Value, error) {
	return ev.Once(th, fn, func(string) (python.Value, error) { return act() })
}

// create_session(yaml_filename, secret=None, url_args=None)
func createSession(th *python.Thread, a *python.Args) (python.Value, error) {
	var name, secret, args python.Value
	if err := a.Unpack("create_session", "yaml_filename", &name, "secret?", &secret, "url_args?", &args); err != nil {
		return nil, err
	}
	ev, s, err := sibling(th, "create_session", "", name, nil, secret)
	if err != nil {
		return nil, err
	}
	dict, _ := python.Unwrap(args).(*python.Dict)
	if dict == nil && !isNone(args) {
		return nil, python.Errorf(python.TypeError, "create_session(): url_args must be a dictionary")
	}
	return once(th, ev, "create_session", func() (python.Value, error) {
		id, err := ev.Sessions().Create(s, dict)
		return python.NewStr(id), err
	})
}

// get_session_variables(yaml_filename, session_id, secret=None, simplify=True)
func getSessionVariables(th *python.Thread, a *python.Args) (python.Value, error) {
	var name, id, secret python.Value
	simplify := true
	if err := a.Unpack("get_session_variables", "yaml_filename", &name, "session_id", &id, "secret?", &secret, "simplify?", &simplify); err != nil {
		return nil, err
	}
	ev, s, err := sibling(th, "get_session_variables", "get variables from", name, id, secret)
	if err != nil {
		return nil, err
	}
	return ev.Sessions().Variables(s, simplify)
}

// set_session_variables(yaml_filename, session_id, variables, secret=None,
// question_name=None, overwrite=False, process_objects=False, delete=None)
func setSessionVariables(th *python.Thread, a *python.Args) (python.Value, error) {
	var name, id, secret, question, gone python.Value
	var c evaluation.SessionChange
	if err := a.Unpack("set_session_variables", "yaml_filename", &name, "session_id", &id, "variables", &c.Variables, "secret?", &secret,
		"question_name?", &question, "overwrite?", &c.Overwrite, "process_objects?", &c.Objects, "delete?", &gone); err != nil {
		return nil, err
	}
	ev, s, err := sibling(th, "set_session_variables", "set variables in", name, id, secret)
	if err != nil {
		return nil, err
	}
	c.Question = stringOr(question, "")
	if c.Delete, err = namesIn(th, gone); err != nil {
		return nil, err
	}
	return once(th, ev, "set_session_variables", func() (python.Value, error) { return python.None, ev.Sessions().SetVariables(s, c) })
}

// namesIn reads a name, or a list of names.
func namesIn(th *python.Thread, v python.Value) ([]string, error) {
	if isNone(v) {
		return nil, nil
	}
	if s, ok := python.StringOf(v); ok {
		return []string{s}, nil
	}
	var names []string
	err := th.Each(v, func(v python.Value) error {
		s, err := th.Str(v)
		if err == nil {
			names = append(names, s.String())
		}
		return err
	})
	return names, err
}

// run_action_in_session(yaml_filename, session_id, action, arguments=None,
// secret=None, persistent=False, overwrite=False, read_only=False)
func runActionInSession(th *python.Thread, a *python.Args) (python.Value, error) {
	var name, id, secret, action, args python.Value
	var act evaluation.SessionAction
	if err := a.Unpack("run_action_in_session", "yaml_filename", &name, "session_id", &id, "action", &action, "arguments?", &args,
		"secret?", &secret, "persistent?", &act.Persistent, "overwrite?", &act.Overwrite, "read_only?", &act.ReadOnly); err != nil {
		return nil, err
	}
	ev, s, err := sibling(th, "run_action_in_session", "run an action in", name, id, secret)
	if err != nil {
		return nil, err
	}
	if err := intoString(th, action, &act.Name)(); err != nil {
		return nil, err
	}
	dict, _ := python.Unwrap(args).(*python.Dict)
	if dict == nil && !isNone(args) {
		return nil, python.Errorf(python.TypeError, "run_action_in_session(): arguments must be a dictionary")
	}
	if dict != nil {
		act.Arguments = map[string]python.Value{}
		for k, v := range dict.All() {
			key, ok := python.StringOf(k)
			if !ok {
				return nil, python.Errorf(python.TypeError, "run_action_in_session(): the names of arguments must be text")
			}
			act.Arguments[key] = v
		}
	}
	return once(th, ev, "run_action_in_session", func() (python.Value, error) {
		if err := ev.Sessions().Act(s, act); err != nil {
			return nil, python.Errorf(objects.DAError, "run_action_in_session: %s", err)
		}
		return python.True, nil
	})
}

// get_question_data(yaml_filename, session_id, secret=None)
func getQuestionData(th *python.Thread, a *python.Args) (python.Value, error) {
	var name, id, secret python.Value
	if err := a.Unpack("get_question_data", "yaml_filename", &name, "session_id", &id, "secret?", &secret); err != nil {
		return nil, err
	}
	ev, s, err := sibling(th, "get_question_data", "get question data from", name, id, secret)
	if err != nil {
		return nil, err
	}
	return ev.Sessions().Question(s)
}

// go_back_in_session(yaml_filename, session_id, secret=None)
func goBackInSession(th *python.Thread, a *python.Args) (python.Value, error) {
	var name, id, secret python.Value
	if err := a.Unpack("go_back_in_session", "yaml_filename", &name, "session_id", &id, "secret?", &secret); err != nil {
		return nil, err
	}
	ev, s, err := sibling(th, "go_back_in_session", "go back in", name, id, secret)
	if err != nil {
		return nil, err
	}
	return once(th, ev, "go_back_in_session", func() (python.Value, error) { return python.None, ev.Sessions().Back(s) })
}

// stashLife is how long stashed data are kept unless told otherwise.
const stashLife = 90 * 24 * time.Hour

// stash_data(data, expire=None) keeps data for another session and returns the
// key and the secret that get them back.
func stashData(th *python.Thread, a *python.Args) (python.Value, error) {
	var data, expire python.Value
	if err := a.Unpack("stash_data", "data", &data, "expire?", &expire); err != nil {
		return nil, err
	}
	ev, err := running(th, "stash_data")
	if err != nil {
		return nil, err
	}
	life, err := secondsOf(expire, stashLife)
	if err != nil {
		return nil, err
	}
	return once(th, ev, "stash_data", func() (python.Value, error) {
		key, secret, err := ev.Sessions().Stash(th, data, life)
		return python.NewTuple(python.NewStr(key), python.NewStr(secret)), err
	})
}

func secondsOf(v python.Value, otherwise time.Duration) (time.Duration, error) {
	if isNone(v) {
		return otherwise, nil
	}
	n, ok := numberOf(v)
	if !ok || !(n.Float64() > 0) || n.Float64() > math.MaxInt32 {
		return 0, python.Errorf(objects.DAError, "Invalid expire value")
	}
	return time.Duration(n.Float64() * float64(time.Second)), nil
}

// retrieve_stashed_data(stash_key, secret, delete=False, refresh=False)
func retrieveStashedData(th *python.Thread, a *python.Args) (python.Value, error) {
	var key, secret, refresh python.Value
	var remove bool
	if err := a.Unpack("retrieve_stashed_data", "stash_key", &key, "secret", &secret, "delete?", &remove, "refresh?", &refresh); err != nil {
		return nil, err
	}
	ev, err := running(th, "retrieve_stashed_data")
	if err != nil {
		return nil, err
	}
	var renew time.Duration
	if !isNone(refresh) && refresh != python.Value(python.False) && !remove {
		renew = stashLife
		if refresh != python.Value(python.True) {
			if renew, err = secondsOf(refresh, stashLife); err != nil {
				return nil, err
			}
		}
	}
	v, ok, err := ev.Sessions().Stashed(th, stringOr(key, ""), stringOr(secret, ""), remove, renew)
	if err != nil || !ok {
		return python.None, err
	}
	return v, nil
}

// interview_menu(absolute_urls=False, start_new=False, tag=None) lists the
// interviews that the configuration offers.
func interviewMenu(th *python.Thread, a *python.Args) (python.Value, error) {
	var absolute, begin bool
	var tag python.Value
	if err := a.Unpack("interview_menu", "absolute_urls?", &absolute, "start_new?", &begin, "tag?", &tag); err != nil {
		return nil, err
	}
	ev, err := running(th, "interview_menu")
	if err != nil {
		return nil, err
	}
	wanted := ""
	if err := intoString(th, tag, &wanted)(); err != nil {
		return nil, err
	}
	return ev.Sessions().Offered(wanted, absolute, begin), nil
}
