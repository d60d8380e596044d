package words

import (
	"errors"
	"strconv"

	"colloquy/engine/evaluation"
	"colloquy/engine/fault"
	"colloquy/engine/objects"
	"colloquy/engine/python"
)

// The functions below manage accounts, each with the permissions of whoever
// caused the evaluation (docassemble's functions for administering users).
// What they change is changed once, however often a block starts over.

// profileNames are the facts of a profile, in docassemble's order.
var profileNames = []string{"first_name", "last_name", "country", "subdivisionfirst", "subdivisionsecond", "subdivisionthird", "organization",
	"timezone", "language"}

// refuse makes an exception of what a person may not do or has got wrong.
func refuse(fn string, err error) error {
	var f *fault.Error
	if errors.As(err, &f) && f.Kind != fault.Internal {
		return python.Errorf(objects.DAError, "%s(): %s", fn, fault.Sentence(err))
	}
	return err
}

// personDict is an account as authors see it.
func personDict(p *evaluation.Person) *python.Dict {
	d := python.NewDict()
	d.SetStr("id", python.Int(p.ID))
	d.SetStr("email", python.Outside(p.Email))
	for _, name := range profileNames {
		d.SetStr(name, typed(p.Profile[name]))
	}
	d.SetStr("privileges", listOf(p.Privileges))
	d.SetStr("active", python.Bool(p.Active))
	d.SetStr("account_type", python.NewStr(p.Kind))
	return d
}

// who reads the arguments that name an account.
func who(th *python.Thread, fn string, id, email python.Value) (int64, string, error) {
	n, address := int64(0), ""
	if !isNone(id) {
		var text string
		if err := intoString(th, id, &text)(); err != nil {
			return 0, "", err
		}
		var err error
		if n, err = strconv.ParseInt(text, 10, 64); err != nil || n < 1 {
			return 0, "", python.Errorf(objects.DAError, "%s(): user_id must be the number of a user", fn)
		}
	}
	if !isNone(email) {
		if err := intoString(th, email, &address)(); err != nil {
			return 0, "", err
		}
	}
	return n, address, nil
}

// get_user_info(user_id=None, email=None) is an account, or None.
func getUserInfo(th *python.Thread, a *python.Args) (python.Value, error) {
	var id, email python.Value
	if err := a.Unpack("get_user_info", "user_id?", &id, "email?", &email); err != nil {
		return nil, err
	}
	ev, err := running(th, "get_user_info")
	if err != nil {
		return nil, err
	}
	n, address, err := who(th, "get_user_info", id, email)
	if err != nil {
		return nil, err
	}
	p, err := ev.People().Find(n, address)
	if err != nil || p == nil {
		return python.None, refuse("get_user_info", err)
	}
	return personDict(p), nil
}

// get_user_list(include_inactive=False, next_id=None) is a list of accounts and
// what to call it with for the next ones, None at the end.
func getUserList(th *python.Thread, a *python.Args) (python.Value, error) {
	inactive, next := false, python.Value(nil)
	if err := a.Unpack("get_user_list", "include_inactive?", &inactive, "next_id?", &next); err != nil {
		return nil, err
	}
	ev, err := running(th, "get_user_list")
	if err != nil {
		return nil, err
	}
	after, _, err := who(th, "get_user_list", next, nil)
	if err != nil {
		return nil, err
	}
	people, more, err := ev.People().List(after, inactive)
	if err != nil {
		return nil, refuse("get_user_list", err)
	}
	dicts := make([]python.Value, len(people))
	for i := range people {
		dicts[i] = personDict(&people[i])
	}
	list := python.NewList(dicts...)
	if more == 0 {
		return python.NewTuple(list, python.None), nil
	}
	return python.NewTuple(list, python.NewStr(strconv.FormatInt(more, 10))), nil
}

// create_user(email, password, privileges=None, info=None) makes an account and
// returns its number.
func createUser(th *python.Thread, a *python.Args) (python.Value, error) {
	var email, password string
	var privileges, info python.Value
	if err := a.Unpack("create_user", "email", &email, "password?", &password, "privileges?", &privileges, "info?", &info); err != nil {
		return nil, err
	}
	ev, err := running(th, "create_user")
	if err != nil {
		return nil, err
	}
	names, err := namesOf(th, privileges)
	if err != nil {
		return nil, err
	}
	profile := map[string]string{}
	if !isNone(info) {
		d, ok := python.Unwrap(info).(*python.Dict)
		if !ok {
			return nil, python.Errorf(python.TypeError, "create_user(): info must be a dictionary")
		}
		for k, v := range d.All() {
			if err := profileText(th, profile, stringOr(k, ""), v); err != nil {
				return nil, err
			}
		}
	}
	return ev.Once(th, "create_user", func(string) (python.Value, error) {
		id, err := ev.People().Create(email, password, names, profile)
		return python.Int(id), refuse("create_user", err)
	})
}

func profileText(th *python.Thread, profile map[string]string, name string, v python.Value) error {
	text := ""
	if !isNone(v) {
		if err := intoString(th, v, &text)(); err != nil {
			return err
		}
	}
	profile[name] = text
	return nil
}

// namesOf reads one name or a list of them.
func namesOf(th *python.Thread, v python.Value) ([]string, error) {
	if isNone(v) {
		return nil, nil
	}
	if s, ok := python.StringOf(v); ok {
		return []string{s}, nil
	}
	return stringsOf(th, v)
}

// set_user_info(**kw) changes the profile of the user, or of another account
// that user_id or email names; also active, privileges and password.
func setUserInfo(th *python.Thread, a *python.Args) (python.Value, error) {
	ev, err := running(th, "set_user_info")
	if err != nil {
		return nil, err
	}
	if err := a.Exactly("set_user_info", 0); err != nil && len(a.Pos) > 0 {
		return nil, err
	}
	var id, email python.Value
	c := evaluation.PersonChange{Profile: map[string]string{}}
	for _, k := range a.Kw {
		switch k.Name {
		case "user_id":
			id = k.Value
		case "email":
			email = k.Value
		case "account_type", "id":
		default:
			if err := personChange(th, &c, k.Name, k.Value); err != nil {
				return nil, err
			}
		}
	}
	n, address, err := who(th, "set_user_info", id, email)
	if err != nil {
		return nil, err
	}
	return ev.Once(th, "set_user_info", func(string) (python.Value, error) {
		return python.None, refuse("set_user_info", ev.People().Set(n, address, c))
	})
}

func personChange(th *python.Thread, c *evaluation.PersonChange, name string, v python.Value) error {
	switch name {
	case "active":
		on, err := th.Truth(v)
		c.Active = &on
		return err
	case "privileges":
		names, err := namesOf(th, v)
		c.Privileges = &names
		return err
	case "password":
		var text string
		c.Password = &text
		return intoString(th, v, &text)()
	case "old_password":
		return intoString(th, v, &c.Old)()
	}
	return profileText(th, c.Profile, name, v)
}

// invite_user(email, privilege=None, send=True) invites somebody by mail, or
// returns the address of the invitation.
func inviteUser(th *python.Thread, a *python.Args) (python.Value, error) {
	var email string
	var privilege python.Value
	send := true
	if err := a.Unpack("invite_user", "email_address", &email, "privilege?", &privilege, "send?", &send); err != nil {
		return nil, err
	}
	ev, err := running(th, "invite_user")
	if err != nil {
		return nil, err
	}
	return ev.Once(th, "invite_user", func(string) (python.Value, error) {
		to, err := ev.People().Invite(email, stringOr(privilege, ""), send)
		if err != nil || send {
			return python.None, refuse("invite_user", err)
		}
		return python.NewStr(to), nil
	})
}

// manage_privileges(command='list', *names) lists, adds, removes or inspects
// privileges.
func managePrivileges(th *python.Thread, a *python.Args) (python.Value, error) {
	command := "list"
	names := a.Pos
	if len(names) > 0 {
		command, names = stringOr(names[0], ""), names[1:]
	}
	for _, k := range a.Kw {
		if k.Name != "command" || len(a.Pos) > 0 {
			return nil, python.Errorf(python.TypeError, "manage_privileges() got an unexpected keyword argument '%s'", k.Name)
		}
		command = stringOr(k.Value, "")
	}
	ev, err := running(th, "manage_privileges")
	if err != nil {
		return nil, err
	}
	list, err := spread(th, names)
	if err != nil {
		return nil, err
	}
	switch command {
	case "list":
		all, err := ev.People().Privileges()
		if err != nil {
			return nil, refuse("manage_privileges", err)
		}
		return listOf(all), nil
	case "inspect":
		if len(list) != 1 {
			return nil, python.Errorf(objects.DAError, "manage_privileges(): inspect takes the name of one privilege")
		}
		all, err := ev.People().Permissions(stringOr(list[0], ""))
		if err != nil {
			return nil, refuse("manage_privileges", err)
		}
		return listOf(all), nil
	case "add", "remove":
		do := ev.People().AddPrivilege
		if command == "remove" {
			do = ev.People().DropPrivilege
		}
		return ev.Once(th, "manage_privileges", func(string) (python.Value, error) {
			for _, v := range list {
				if err := do(stringOr(v, "")); err != nil {
					return nil, refuse("manage_privileges", err)
				}
			}
			return python.True, nil
		})
	}
	return nil, python.Errorf(objects.DAError, "manage_privileges(): the command is list, add, remove or inspect, not %s", command)
}

// get_user_secret(username, password) is what opens the sessions of an account,
// for the functions that take a secret; None if that is not the password. It is
// good for a day, and not beyond the password.
func getUserSecret(th *python.Thread, a *python.Args) (python.Value, error) {
	var email, password string
	if err := a.Unpack("get_user_secret", "username", &email, "password", &password); err != nil {
		return nil, err
	}
	ev, err := running(th, "get_user_secret")
	if err != nil {
		return nil, err
	}
	return ev.Once(th, "get_user_secret", func(string) (python.Value, error) {
		secret, err := ev.People().Secret(email, password)
		if err != nil || secret == "" {
			return python.None, refuse("get_user_secret", err)
		}
		return python.NewStr(secret), nil
	})
}
