package words

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/objects"
	"colloquy/engine/python"
)

// What is here are the addresses that url_of() makes for people rather than
// for files: those that stand for another one, and those of interviews.

// usualLife is how long an address works that stands for another one, unless
// its author says otherwise.
const usualLife = time.Hour

// temporaryURL is url_of('temp_url', url=, expire=3600, local=False,
// one_time=False): an address that leads to another one for a while.
func temporaryURL(th *python.Thread, ev evaluation.Evaluation, kw []python.Kwarg) (string, error) {
	var to string
	l := evaluation.Link{Temporary: true, Expires: usualLife}
	err := keywords(th, "temp_url", kw, map[string]func(python.Value) error{
		"url":      func(v python.Value) error { return intoString(th, v, &to)() },
		"expire":   func(v python.Value) error { return intoLife(v, &l.Expires) },
		"local":    func(v python.Value) error { return intoTruth(th, v, &l.Local)() },
		"one_time": func(v python.Value) error { return intoTruth(th, v, &l.Once)() },
	})
	if err != nil {
		return "", err
	}
	u, err := url.Parse(to)
	if err != nil || to == "" || u.Host == "" && !strings.HasPrefix(to, "/") || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return "", python.Errorf(python.ValueError, "url_of: temp_url needs the url of a web page, not %s", quoted(to))
	}
	l.Address = to
	return ev.Link(l)
}

// resumeURL is url_of('resume_url', i=None, session=None, expire=3600,
// one_time=False, url_args=None, local=False), which the API calls by the same
// names: whoever follows the address goes on with the session, in which he
// then is, or begins one. The address does not tell the session's id. Without
// i and session it is this one.
func resumeURL(th *python.Thread, ev evaluation.Evaluation, kw []python.Kwarg) (string, error) {
	var args python.Value
	l := evaluation.Link{Resume: true, Expires: usualLife}
	err := keywords(th, "resume_url", kw, map[string]func(python.Value) error{
		"i":        func(v python.Value) error { return intoString(th, v, &l.Interview)() },
		"session":  func(v python.Value) error { return intoString(th, v, &l.Session)() },
		"expire":   func(v python.Value) error { return intoLife(v, &l.Expires) },
		"local":    func(v python.Value) error { return intoTruth(th, v, &l.Local)() },
		"one_time": func(v python.Value) error { return intoTruth(th, v, &l.Once)() },
		"url_args": func(v python.Value) error { args = v; return nil },
	})
	if err != nil {
		return "", err
	}
	l.Interview = fullName(ev, l.Interview)
	if isNone(args) {
		return ev.Link(l)
	}
	d, ok := python.Unwrap(args).(*python.Dict)
	if !ok {
		return "", python.Errorf(python.TypeError, "url_of: url_args must be a dictionary, not %s", className(args))
	}
	for k, v := range d.All() {
		name, err := th.Str(k)
		if err != nil {
			return "", err
		}
		value, err := th.Str(v)
		if err != nil {
			return "", err
		}
		l.Args = append(l.Args, evaluation.Arg{Name: name.String(), Value: value.String()})
	}
	return ev.Link(l)
}

// shapedURL is url_of('run' or 'start', package=, directory=None, filename=)
// or url_of('run' or 'start', dispatch=): the short address of an interview,
// of this one if none is named. What else is given become url_args.
func shapedURL(th *python.Thread, ev evaluation.Evaluation, verb string, kw []python.Kwarg) (string, error) {
	parts := map[string]string{}
	var q query
	for _, k := range kw {
		if strings.HasPrefix(k.Name, "_") {
			continue
		}
		s, err := th.Str(k.Value)
		if err != nil {
			return "", err
		}
		if slices.Contains([]string{"package", "directory", "filename", "dispatch"}, k.Name) {
			parts[k.Name] = url.PathEscape(s.String())
		} else {
			q.add(k.Name, s.String())
		}
	}
	if len(parts) == 0 {
		pkg, path, _ := strings.Cut(ev.Request().Interview, ":")
		parts["package"], parts["filename"] = strings.TrimPrefix(pkg, "docassemble."), strings.TrimSuffix(strings.TrimPrefix(path, "data/questions/"), ".yml")
	}
	switch {
	case parts["dispatch"] != "":
		return q.onto(ev.Request().Path("/") + verb + "/" + parts["dispatch"] + "/"), nil
	case parts["package"] == "" || parts["filename"] == "":
		return "", python.Errorf(objects.DAError, "url_of: %s needs package and filename, or dispatch", verb)
	}
	path := ev.Request().Path("/") + verb + "/" + parts["package"] + "/"
	if parts["directory"] != "" {
		path += parts["directory"] + "/"
	}
	return q.onto(path + strings.TrimSuffix(parts["filename"], ".yml") + "/"), nil
}

// keywords hands each keyword to what reads it; None leaves it as it is, and a
// name that nothing reads is a mistake.
func keywords(th *python.Thread, name string, kw []python.Kwarg, read map[string]func(python.Value) error) error {
	for _, k := range kw {
		into := read[k.Name]
		if into == nil && strings.HasPrefix(k.Name, "_") {
			continue
		}
		if into == nil {
			return python.Errorf(python.TypeError, "url_of: %s takes no keyword %s", name, quoted(k.Name))
		}
		if isNone(k.Value) {
			continue
		}
		if err := into(k.Value); err != nil {
			return err
		}
	}
	return nil
}

// intoLife reads how long something works.
func intoLife(v python.Value, to *time.Duration) error {
	n, ok := numberOf(v)
	if !ok || n.Float64() <= 0 {
		return python.Errorf(python.ValueError, "Invalid number of seconds.")
	}
	*to = time.Duration(min(n.Float64(), 1e9) * float64(time.Second))
	return nil
}
