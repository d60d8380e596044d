package words

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

// userFunctions tell who asks, with what, and where in the interview one is.
// user_info(), current_context() and device() are in prelude/facts.py.
var userFunctions = []function{
	{"user_logged_in", userLoggedIn},
	{"user_privileges", userPrivileges},
	{"user_has_privilege", userHasPrivilege},
	{"interface", interfaceOf},
	{"set_info", setInfo},
	{"get_info", getInfo},
	{"server_capabilities", serverCapabilities},
	absentFunction("interview_email", "mail does not come in"),
	absentFunction("get_emails", "mail does not come in"),
	{"get_chat_log", chatLog},
	{"set_live_help_status", setLiveHelp},
}

// factNatives are what prelude/facts.py has from Go.
var factNatives = []function{
	{"user", userFacts},
	{"context", contextFacts},
	{"browser", browserFacts},
	{"tags", tags},
	{"set_tags", setTags},
	{"absent", func(_ *python.Thread, a *python.Args) (python.Value, error) {
		var fn, what string
		if err := a.Unpack("absent", "name", &fn, "what", &what); err != nil {
			return nil, err
		}
		return nil, absent(fn, what)
	}},
}

func userLoggedIn(th *python.Thread, a *python.Args) (python.Value, error) {
	ev, err := running(th, "user_logged_in")
	if err != nil {
		return nil, err
	}
	return python.Bool(ev.Visitor().LoggedIn()), a.Exactly("user_logged_in", 0)
}

// privileges are those of the visitor; without an account one is a user.
func privileges(v *evaluation.Visitor) []string {
	if !v.LoggedIn() || len(v.Privileges) == 0 {
		return []string{"user"}
	}
	return v.Privileges
}

func userPrivileges(th *python.Thread, a *python.Args) (python.Value, error) {
	ev, err := running(th, "user_privileges")
	if err != nil {
		return nil, err
	}
	return listOf(privileges(ev.Visitor())), a.Exactly("user_privileges", 0)
}

// user_has_privilege(*names_or_lists) is whether one of them is had.
func userHasPrivilege(th *python.Thread, a *python.Args) (python.Value, error) {
	ev, err := running(th, "user_has_privilege")
	if err != nil {
		return nil, err
	}
	names, err := spread(th, a.Pos)
	if err != nil {
		return nil, err
	}
	has := privileges(ev.Visitor())
	for _, v := range names {
		if s, ok := python.StringOf(v); ok && slices.Contains(has, s) {
			return python.True, nil
		}
	}
	return python.False, nil
}

func interfaceOf(th *python.Thread, a *python.Args) (python.Value, error) {
	ev := perhaps(th)
	if ev == nil {
		return python.None, nil
	}
	return textOrNone(ev.Request().Interface), a.Exactly("interface", 0)
}

// set_info(**facts) keeps facts for this evaluation.
func setInfo(th *python.Thread, a *python.Args) (python.Value, error) {
	ev, err := running(th, "set_info")
	if err != nil {
		return nil, err
	}
	facts := ev.Place().Facts
	for _, k := range a.Kw {
		facts[k.Name] = k.Value
	}
	return python.None, nil
}

// get_info(name)
func getInfo(th *python.Thread, a *python.Args) (python.Value, error) {
	var name string
	if err := a.Unpack("get_info", "name", &name); err != nil {
		return nil, err
	}
	ev, err := running(th, "get_info")
	if err != nil {
		return nil, err
	}
	return optional(ev.Place().Facts[name]), nil
}

// capabilities are what a server may have; ours are the configured ones that
// this version supports, which is none of them yet.
var capabilities = []string{"sms", "fax", "google_login", "facebook_login", "auth0_login", "keycloak_login", "authentik_login",
	"azure_login", "miniorange_login", "phone_login", "voicerss", "s3", "azure", "github", "pypi", "googledrive", "google_maps"}

func serverCapabilities(_ *python.Thread, a *python.Args) (python.Value, error) {
	d := python.NewDict()
	for _, name := range capabilities {
		d.SetStr(name, python.False)
	}
	return d, a.Exactly("server_capabilities", 0)
}

// get_chat_log(): nobody can be talked to, so nothing was said.
func chatLog(*python.Thread, *python.Args) (python.Value, error) { return python.NewList(), nil }

const liveHelp = "livehelp"

// set_live_help_status(availability=None, mode=None, partner_roles=None) notes
// in the session whether its user may be helped, and how.
func setLiveHelp(th *python.Thread, a *python.Args) (python.Value, error) {
	var availability, mode, roles python.Value
	if err := a.Unpack("set_live_help_status", "availability?", &availability, "mode?", &mode, "partner_roles?", &roles); err != nil {
		return nil, err
	}
	ev, err := running(th, "set_live_help_status")
	if err != nil {
		return nil, err
	}
	status, ok := ev.Book().Misc[liveHelp].(*python.Dict)
	if !ok {
		status = python.NewDict()
		status.SetStr("availability", python.NewStr("unavailable"))
		status.SetStr("mode", python.NewStr("help"))
		status.SetStr("partner_roles", python.NewList())
	}
	switch v := stringOr(availability, ""); {
	case v == "available" || v == "unavailable" || v == "observeonly":
		status.SetStr("availability", python.NewStr(v))
	case availability == python.Value(python.True):
		status.SetStr("availability", python.NewStr("available"))
	case availability == python.Value(python.False):
		status.SetStr("availability", python.NewStr("unavailable"))
	}
	if v := stringOr(mode, ""); v == "help" || v == "peer" || v == "peerhelp" {
		status.SetStr("mode", python.NewStr(v))
	}
	if !isNone(roles) {
		names, err := stringsOf(th, roles)
		if err != nil {
			return nil, err
		}
		status.SetStr("partner_roles", listOf(names))
	}
	ev.Book().Misc[liveHelp] = status
	return python.None, nil
}

// userFacts are the attributes of user_info().
func userFacts(th *python.Thread, _ *python.Args) (python.Value, error) {
	ev, err := running(th, "user_info")
	if err != nil {
		return nil, err
	}
	v, d := ev.Visitor(), python.NewDict()
	set := func(name string, value python.Value) { d.SetStr(name, value) }
	if !v.LoggedIn() {
		set("first_name", python.NewStr("Anonymous"))
		set("last_name", python.NewStr("User"))
		set("id", python.None)
		set("email", python.None)
		set("language", python.None)
		set("timezone", python.None)
	} else {
		set("id", python.Int(v.UserID))
		set("first_name", typed(v.FirstName))
		set("last_name", typed(v.LastName))
		set("email", typed(v.Email))
		set("language", textOrNone(v.Language))
		set("timezone", textOrNone(v.Timezone))
	}
	for _, name := range []string{"login_method", "phone_number", "country", "subdivision_first", "subdivision_second",
		"subdivision_third", "organization"} {
		set(name, python.None)
		if s := v.Attributes[name]; s != "" && v.LoggedIn() {
			set(name, typed(s))
		}
	}
	set("privileges", listOf(privileges(v)))
	set("permissions", listOf(v.Permissions))
	return d, nil
}

// typed is text that a person typed into a profile.
func typed(s string) python.Value {
	if s == "" {
		return python.None
	}
	return python.Outside(s)
}

// contextFacts are the attributes of current_context().
func contextFacts(th *python.Thread, _ *python.Args) (python.Value, error) {
	ev, err := running(th, "current_context")
	if err != nil {
		return nil, err
	}
	r, p, d := ev.Request(), ev.Place(), python.NewDict()
	pkg, _, _ := strings.Cut(r.Interview, ":")
	d.SetStr("session", textOrNone(r.Session))
	d.SetStr("filename", textOrNone(r.Interview))
	d.SetStr("package", textOrNone(pkg))
	d.SetStr("question_id", textOrNone(p.ID))
	d.SetStr("variable", textOrNone(p.Sought))
	d.SetStr("current_package", textOrNone(p.Package))
	d.SetStr("current_filename", textOrNone(p.File))
	d.SetStr("current_section", textOrNone(p.Section))
	d.SetStr("inside_of", python.NewStr(inside(th)))
	d.SetStr("attachment", attachmentFacts(p.Attachment))
	d.SetStr("request_url", requestURL(r))
	return d, nil
}

// attachmentFacts are what is known of the document being assembled.
func attachmentFacts(a *evaluation.Attachment) python.Value {
	if a == nil {
		return python.None
	}
	d := python.NewDict()
	for _, t := range []struct {
		key  string
		text *python.Str
	}{{"name", a.Name}, {"description", a.Description}} {
		d.SetStr(t.key, python.NewStr(""))
		if t.text != nil {
			d.SetStr(t.key, t.text)
		}
	}
	d.SetStr("filename", python.NewStr(a.Filename))
	d.SetStr("update_references", python.Bool(a.UpdateReferences))
	d.SetStr("pdfa", python.Bool(a.PDFA))
	d.SetStr("tagged", python.Bool(a.Tagged))
	return d
}

// requestURL is the address that was asked for, in parts.
func requestURL(r *evaluation.Request) python.Value {
	d, args := python.NewDict(), python.NewDict()
	for _, name := range slices.Sorted(maps.Keys(r.Args)) {
		args.SetStr(name, python.Outside(r.Args[name]))
	}
	path, _, _ := strings.Cut(r.URL, "?")
	full := r.Origin() + r.URL
	scheme := "http"
	if u, err := url.Parse(r.Root); err == nil && u.Scheme != "" {
		scheme = u.Scheme
	}
	d.SetStr("args", args)
	d.SetStr("base_url", python.Outside(r.Origin()+path))
	d.SetStr("full_path", python.Outside(r.URL))
	d.SetStr("path", python.Outside(path))
	d.SetStr("scheme", python.NewStr(scheme))
	d.SetStr("url", python.Outside(full))
	d.SetStr("url_root", python.NewStr(r.Root))
	return d
}

// tags are those of the session: the metadata's until it is given its own. What
// they were made of may have come from a form.
func tags(th *python.Thread, _ *python.Args) (python.Value, error) {
	ev, err := running(th, "session_tags")
	if err != nil {
		return nil, err
	}
	list := python.NewList()
	for _, tag := range ev.Book().Tags {
		list.Elems = append(list.Elems, python.Outside(tag))
	}
	return list, nil
}

func setTags(th *python.Thread, a *python.Args) (python.Value, error) {
	var list python.Value
	if err := a.Unpack("set_tags", "tags", &list); err != nil {
		return nil, err
	}
	ev, err := running(th, "session_tags")
	if err != nil {
		return nil, err
	}
	names, err := stringsOf(th, list)
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	ev.Book().Tags = slices.Compact(names)
	return python.None, nil
}
