package words

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/objects"
	"colloquy/engine/python"
	"colloquy/engine/python/syntax"
)

// linkFunctions build addresses.
var linkFunctions = []function{
	{"url_action", urlAction},
	{"action_menu_item", actionMenuItem},
	{"url_ask", urlAsk},
	{"interview_url", interviewURL},
	{"interview_url_action", interviewURLAction},
	{"interview_url_as_qr", interviewURLAsQR},
	{"interview_url_action_as_qr", interviewURLActionAsQR},
	{"url_of", urlOf},
	{"referring_url", referringURL},
}

// linked builds an address and turns a refusal into an error of the author.
func linked(ev evaluation.Evaluation, l evaluation.Link) (python.Value, error) {
	url, err := ev.Link(l)
	if err == nil {
		return python.NewStr(url), nil
	}
	if _, ok := python.AsRaised(err); ok {
		return nil, err
	}
	return nil, python.Errorf(objects.DAError, "%s", err)
}

// url_action(action, _forget_prior=False, **arguments) is a link of the page
// that carries out an action.
func urlAction(th *python.Thread, a *python.Args) (python.Value, error) {
	var action python.Value
	var forget bool
	var kw []python.Kwarg
	if err := a.Unpack("url_action", "/action", &action, "*", nil, "_forget_prior?", &forget, "**arguments", &kw); err != nil {
		return nil, err
	}
	return actionLink(th, "url_action", action, forget, kw)
}

func actionLink(th *python.Thread, fn string, action python.Value, forget bool, kw []python.Kwarg) (python.Value, error) {
	ev, err := running(th, fn)
	if err != nil {
		return nil, err
	}
	name, err := actionName(th, fn, action)
	if err != nil {
		return nil, err
	}
	return linked(ev, evaluation.Link{Here: true, Action: name, Arguments: arguments(kw), ForgetPrior: forget})
}

// actionName reads the name of an action. A name with x or an iterator in it
// means nothing once the page is there.
func actionName(th *python.Thread, fn string, v python.Value) (string, error) {
	s, err := th.Str(v)
	if err != nil {
		return "", err
	}
	name := s.String()
	e, err := syntax.ParseExpr("<action>", name, syntax.Pos{})
	if err != nil || !syntax.IsVariableName(name) {
		return "", python.Errorf(objects.DAError, "%s: %s is not the name of an action", fn, quoted(name))
	}
	if depends(e, true) {
		return "", python.Errorf(objects.DAError, "%s: %s depends on x or an iterator; use the name it stands for", fn, quoted(name))
	}
	return name, nil
}

// depends reports whether a name is made of x or indexed by an iterator.
func depends(e syntax.Expr, whole bool) bool {
	switch e := e.(type) {
	case *syntax.Name:
		return !whole && e.ID == "x"
	case *syntax.Attribute:
		return depends(e.Value, false)
	case *syntax.Subscript:
		if n, ok := e.Slice.(*syntax.Name); ok && evaluation.IsContext(n.ID) {
			return true
		}
		return depends(e.Value, false)
	}
	return false
}

func arguments(kw []python.Kwarg) map[string]python.Value {
	m := map[string]python.Value{}
	for _, k := range kw {
		m[k.Name] = k.Value
	}
	return m
}

// action_menu_item(label, action, _screen_size=None, **arguments)
func actionMenuItem(th *python.Thread, a *python.Args) (python.Value, error) {
	var label, action, size python.Value
	var forget bool
	var kw []python.Kwarg
	if err := a.Unpack("action_menu_item", "/label", &label, "/action", &action, "*", nil, "_screen_size?", &size,
		"_forget_prior?", &forget, "**arguments", &kw); err != nil {
		return nil, err
	}
	url, err := actionLink(th, "action_menu_item", action, forget, kw)
	if err != nil {
		return nil, err
	}
	d := python.NewDict()
	d.SetStr("label", label)
	d.SetStr("url", url)
	if s := stringOr(size, ""); s == "small" || s == "large" {
		d.SetStr("screen_size", size)
	}
	return d, nil
}

// url_ask(data) is a link that asks for what the data name.
func urlAsk(th *python.Thread, a *python.Args) (python.Value, error) {
	var data python.Value
	if err := a.Unpack("url_ask", "data", &data); err != nil {
		return nil, err
	}
	ev, err := running(th, "url_ask")
	if err != nil {
		return nil, err
	}
	if _, isList := python.Unwrap(data).(*python.List); !isList {
		data = python.NewList(data)
	}
	if _, err := ev.Pendings(data); err != nil {
		return nil, python.Errorf(objects.DAError, "url_ask: invalid variable name or entry: %s", err)
	}
	return linked(ev, evaluation.Link{Here: true, Action: "_da_force_ask", Arguments: map[string]python.Value{"variables": data}})
}

// outsideLink reads the keywords that interview_url and interview_url_action
// share; those it does not know stay.
func outsideLink(th *python.Thread, ev evaluation.Evaluation, kw []python.Kwarg) (l evaluation.Link, rest []python.Kwarg, err error) {
	var temporary, once python.Value
	for _, k := range kw {
		switch k.Name {
		case "i":
			err = intoString(th, k.Value, &l.Interview)()
		case "session":
			err = intoString(th, k.Value, &l.Session)()
		case "local":
			err = intoTruth(th, k.Value, &l.Local)()
		case "new_session":
			err = intoTruth(th, k.Value, &l.NewSession)()
		case "reset":
			err = intoTruth(th, k.Value, &l.Reset)()
		case "style":
			err = intoString(th, k.Value, &l.Style)()
		case "temporary":
			temporary = k.Value
		case "once_temporary":
			once = k.Value
		case "_expires":
			l.Expires, err = hoursOf(th, k.Value)
		case "_once":
			err = intoTruth(th, k.Value, &l.Single)()
		case "_forget_prior":
			err = intoTruth(th, k.Value, &l.ForgetPrior)()
		default:
			rest = append(rest, k)
		}
		if err != nil {
			return l, nil, err
		}
	}
	l.Interview = fullName(ev, l.Interview)
	if l.Interview != "" && l.Session == "" {
		l.Args = append(l.Args, evaluation.Arg{Name: "from_list", Value: "1"})
	}
	return l, rest, expiring(th, &l, temporary, once)
}

// expiring reads the hours after which a link stops working.
func expiring(th *python.Thread, l *evaluation.Link, temporary, once python.Value) error {
	hours := temporary
	if !isNone(once) {
		hours, l.Once = once, true
	}
	if isNone(hours) {
		return nil
	}
	yes, err := th.Truth(hours)
	if err != nil || !yes {
		return err
	}
	l.Temporary = true
	l.Expires, err = hoursOf(th, hours)
	return err
}

// hoursOf reads how long a link works: a number of hours or a timedelta; what
// is neither, or not above zero, means a day.
func hoursOf(th *python.Thread, v python.Value) (time.Duration, error) {
	if n, ok := numberOf(v); ok && n.Float64() > 0 && v != python.Value(python.True) {
		return time.Duration(n.Float64() * float64(time.Hour)), nil
	}
	if v.Class().Name() != "timedelta" {
		return 24 * time.Hour, nil
	}
	seconds, err := th.CallMethod(v, "total_seconds")
	if err != nil {
		return 0, err
	}
	n, _ := python.FloatOf(seconds)
	if n <= 0 {
		return 0, python.Errorf(python.ValueError, "_expires: a link cannot have expired before it is made")
	}
	return time.Duration(n * float64(time.Second)), nil
}

// fullName completes the name of an interview with the package of the present
// question.
func fullName(ev evaluation.Evaluation, name string) string {
	if name == "" || strings.Contains(name, ":") {
		return name
	}
	if !strings.Contains(name, "/") {
		name = "data/questions/" + name
	}
	return ev.Place().Package + ":" + name
}

func interviewLink(th *python.Thread, fn string, kw []python.Kwarg) (python.Value, error) {
	ev, err := running(th, fn)
	if err != nil {
		return nil, err
	}
	l, rest, err := outsideLink(th, ev, kw)
	if err != nil {
		return nil, err
	}
	for _, k := range rest {
		s, err := th.Str(k.Value)
		if err != nil {
			return nil, err
		}
		l.Args = append(l.Args, evaluation.Arg{Name: k.Name, Value: s.String()})
	}
	return linked(ev, l)
}

// interview_url(**keywords): those that are not its own become url_args.
func interviewURL(th *python.Thread, a *python.Args) (python.Value, error) {
	if len(a.Pos) > 0 {
		return nil, python.Errorf(python.TypeError, "interview_url() takes 0 positional arguments but %d were given", len(a.Pos))
	}
	return interviewLink(th, "interview_url", a.Kw)
}

func interviewActionLink(th *python.Thread, fn string, action python.Value, kw []python.Kwarg) (python.Value, error) {
	ev, err := running(th, fn)
	if err != nil {
		return nil, err
	}
	l, rest, err := outsideLink(th, ev, kw)
	if err != nil {
		return nil, err
	}
	l.Args = nil
	if l.Action, err = actionName(th, fn, action); err != nil {
		return nil, err
	}
	l.Arguments = arguments(rest)
	return linked(ev, l)
}

// interview_url_action(action, **keywords): those that are not its own become
// arguments of the action.
func interviewURLAction(th *python.Thread, a *python.Args) (python.Value, error) {
	var action python.Value
	var kw []python.Kwarg
	if err := a.Unpack("interview_url_action", "/action", &action, "*", nil, "**kw", &kw); err != nil {
		return nil, err
	}
	return interviewActionLink(th, "interview_url_action", action, kw)
}

// qrKeywords takes alt_text and width out of keywords.
func qrKeywords(kw []python.Kwarg) (alt, width python.Value, rest []python.Kwarg) {
	rest = slices.DeleteFunc(slices.Clone(kw), func(k python.Kwarg) bool {
		switch k.Name {
		case "alt_text":
			alt = k.Value
		case "width":
			width = k.Value
		default:
			return false
		}
		return true
	})
	return alt, width, rest
}

func interviewURLAsQR(th *python.Thread, a *python.Args) (python.Value, error) {
	alt, width, kw := qrKeywords(a.Kw)
	url, err := interviewLink(th, "interview_url_as_qr", kw)
	if err != nil {
		return nil, err
	}
	return qrMark(th, url, width, alt)
}

func interviewURLActionAsQR(th *python.Thread, a *python.Args) (python.Value, error) {
	var action python.Value
	var kw []python.Kwarg
	if err := a.Unpack("interview_url_action_as_qr", "/action", &action, "*", nil, "**kw", &kw); err != nil {
		return nil, err
	}
	alt, width, kw := qrKeywords(kw)
	url, err := interviewActionLink(th, "interview_url_action_as_qr", action, kw)
	if err != nil {
		return nil, err
	}
	return qrMark(th, url, width, alt)
}

// pages are the addresses of the server that url_of() knows by name.
var pages = map[string]string{
	"login": "/user/sign-in", "signin": "/user/sign-in", "logout": "/user/sign-out", "register": "/user/register",
	"profile": "/user/profile", "change_password": "/user/change-password", "restart": "/restart_session",
	"new_session": "/new_session", "exit": "/exit", "leave": "/leave", "exit_logout": "/exit_logout",
	"interview": "/interview", "interviews": "/interviews", "interview_list": "/interviews", "dispatch": "/list",
	"available_interviews": "/list", "manage": "/user/manage", "user": "/user", "config": "/config",
	"configuration": "/config", "playground": "/playground", "playgroundtemplate": "/playgroundfiles?section=template",
	"playgroundstatic": "/playgroundfiles?section=static", "playgroundsources": "/playgroundfiles?section=sources",
	"playgroundmodules": "/playgroundfiles?section=modules", "playgroundpackages": "/playgroundpackages",
	"create_playground_package": "/create_playground_package", "root": "/",
}

// Page gives the path of a page of the server that url_of() knows by name.
func Page(name string) (path string, ok bool) {
	path, ok = pages[name]
	return path, ok
}

// inSession are the pages that must be told which session they are about.
var inSession = []string{"restart", "new_session", "exit", "leave", "exit_logout"}

// url_of(reference, **keywords) is the address of a file or of a page of the
// server.
func urlOf(th *python.Thread, a *python.Args) (python.Value, error) {
	var ref python.Value
	var kw []python.Kwarg
	if err := a.Unpack("url_of", "/file_reference", &ref, "*", nil, "**kw", &kw); err != nil {
		return nil, err
	}
	ev, err := running(th, "url_of")
	if err != nil {
		return nil, err
	}
	if _, ok := ref.Class().Lookup("url_for"); ok {
		method, err := th.GetAttr(ref, "url_for")
		if err != nil {
			return nil, err
		}
		return th.Call(method, nil, kw)
	}
	s, err := th.Str(ref)
	if err != nil {
		return nil, err
	}
	url, err := addressOf(th, ev, s.String(), kw)
	if _, raised := python.AsRaised(err); err != nil && !raised {
		return nil, python.Errorf(objects.DAError, "url_of: %s", err)
	}
	if err != nil {
		return nil, err
	}
	if external(th, kw) && strings.HasPrefix(url, "/") {
		url = ev.Request().Origin() + url
	}
	return python.NewStr(url), nil
}

func external(th *python.Thread, kw []python.Kwarg) bool {
	for _, k := range kw {
		if k.Name == "_external" {
			yes, err := th.Truth(k.Value)
			return err == nil && yes
		}
	}
	return false
}

func addressOf(th *python.Thread, ev evaluation.Evaluation, ref string, kw []python.Kwarg) (string, error) {
	switch ref {
	case "help":
		return "#help", nil
	case "temp_url":
		return temporaryURL(th, ev, kw)
	case "resume_url":
		return resumeURL(th, ev, kw)
	case "login_url":
		return "", absent("url_of", "links that log somebody in ("+ref+")")
	case "run", "start":
		return shapedURL(th, ev, ref, kw)
	case "root":
		return ev.Request().Root, nil
	}
	if path, ok := pages[ref]; ok {
		path = ev.Request().Path(path)
		return withQuery(th, ev, ref, path, kw)
	}
	url, err := ev.File(ref)
	if err != nil {
		return "", python.Errorf(objects.DAError, "url_of: %s", err)
	}
	return url, nil
}

// withQuery adds the keywords to the address of a page, and what it needs to
// know of the session.
func withQuery(th *python.Thread, ev evaluation.Evaluation, name, path string, kw []python.Kwarg) (string, error) {
	var q query
	if slices.Contains(inSession, name) {
		q.add("i", ev.Request().Interview)
		q.add("session", ev.Request().Session)
	}
	next := ""
	for _, k := range kw {
		if strings.HasPrefix(k.Name, "_") {
			continue
		}
		s, err := th.Str(k.Value)
		if err != nil {
			return "", err
		}
		if k.Name == "next" {
			next = s.String()
			continue
		}
		q.add(k.Name, s.String())
	}
	if next == "" {
		return q.onto(path), nil
	}
	return ev.Link(evaluation.Link{Page: q.onto(path), Next: next, Local: true})
}

// referring_url(default=None, current=False) is where the user came from.
func referringURL(th *python.Thread, a *python.Args) (python.Value, error) {
	var otherwise python.Value
	var current bool
	if err := a.Unpack("referring_url", "default?", &otherwise, "current?", &current); err != nil {
		return nil, err
	}
	ev, err := running(th, "referring_url")
	if err != nil {
		return nil, err
	}
	url := ev.Book().Referer
	if current {
		url = ev.Request().Referer
	}
	switch {
	case url != "":
		return python.Outside(url), nil
	case !isNone(otherwise):
		return otherwise, nil
	}
	if exit, ok := ev.Config("exitpage"); ok {
		return python.NewStr(fmt.Sprint(exit)), nil
	}
	return python.None, nil
}
