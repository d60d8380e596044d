package objects

import (
	"encoding/base64"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"colloquy/engine/evaluation"
	"colloquy/engine/python"
)

var actionNatives = []native{
	{"url_action", urlAction},
	{"button_classes", buttonClasses},
	{"icon_classes", iconClasses},
	{"encode_name", encodeName},
	{"offers_order", offersOrder},
	{"force", force},
	{"forget_actions", forgetActions},
	{"pending_actions", pendingActions},
	{"file_url", fileURL},
	{"package_file", packageFile},
	{"make_file", makeFile},
	{"stored_file", storedFile},
	{"inside", inside},
	{"current_package", currentPackage},
	{"visitor", visitor},
	{"sections", sections},
}

// urlAction returns the address that carries out an action in this session.
func urlAction(th *python.Thread, a *python.Args) (python.Value, error) {
	name, err := text(th, a, 0, "url_action")
	if err != nil {
		return nil, err
	}
	l := evaluation.Link{Here: true, Action: name.String(), Arguments: map[string]python.Value{}}
	for _, k := range a.Kw {
		l.Arguments[k.Name] = k.Value
	}
	url, err := evaluation.Of(th).Link(l)
	return python.NewStr(url), err
}

// buttonColors are Bootstrap's words; any other becomes success.
var buttonColors = []string{"primary", "secondary", "tertiary", "success", "danger", "warning", "info", "light", "dark"}

// buttonClasses returns the CSS classes of a link that looks like a button:
// its size, whether it is a block, its color, the key under which the
// configuration's "button colors" may change it, and a further class.
func buttonClasses(th *python.Thread, a *python.Args) (python.Value, error) {
	var size, color, key string
	var block bool
	var extra python.Value = python.None
	if err := a.Unpack("button_classes", "size", &size, "block", &block, "color", &color, "key", &key, "extra?", &extra); err != nil {
		return nil, err
	}
	classes := []string{"btn"}
	switch size {
	case "md":
	case "lg":
		classes = append(classes, "btn-lg")
	default:
		classes = append(classes, "btn-sm")
	}
	if block {
		classes = append(classes, "btn-block")
	}
	if color == "" {
		color = configuredColor(th, key)
	}
	if !slices.Contains(buttonColors, color) {
		color = "success"
	}
	classes = append(classes, buttonPrefix(th)+color, "btn-darevisit")
	if s, ok := python.StringOf(extra); ok && s != "" {
		classes = append(classes, s)
	}
	return python.NewStr(strings.Join(classes, " ")), nil
}

// usualColors are the colors of buttons by what they do.
var usualColors = map[string]string{"add": "secondary", "edit": "secondary", "delete": "danger", "reorder": "info"}

func configuredColor(th *python.Thread, key string) string {
	if ev := of(th); ev != nil {
		if v, ok := ev.Config("button colors"); ok {
			if m, ok := v.(map[string]any); ok {
				if s, ok := m[key].(string); ok {
					return s
				}
			}
		}
	}
	return usualColors[key]
}

func buttonPrefix(th *python.Thread) string {
	if ev := of(th); ev != nil {
		if v, _ := ev.Config("button style"); v == "outline" {
			return "btn-outline-"
		}
	}
	return "btn-"
}

// iconClasses returns the CSS classes of a Font Awesome icon: its bare name,
// or with a style in front as in far-fa-heart. Anything but text is no icon.
func iconClasses(th *python.Thread, a *python.Args) (python.Value, error) {
	var icon python.Value
	if err := a.Unpack("icon_classes", "icon", &icon); err != nil {
		return nil, err
	}
	name, ok := python.StringOf(icon)
	if !ok || name == "" {
		return python.NewStr(""), nil
	}
	styles := map[string]string{"fas": "fa-solid", "far": "fa-regular", "fab": "fa-brands", "fal": "fa-light", "fad": "fa-duotone"}
	if style, bare, found := strings.Cut(name, "-fa-"); found && styles[style] != "" {
		return python.NewStr(styles[style] + " fa-" + bare), nil
	}
	return python.NewStr("fa-solid fa-" + strings.TrimPrefix(name, "fa-")), nil
}

// encodeName writes a variable's name as inputs of forms are called.
func encodeName(th *python.Thread, a *python.Args) (python.Value, error) {
	s, err := text(th, a, 0, "encode_name")
	if err != nil {
		return nil, err
	}
	return python.NewStr(base64.RawStdEncoding.EncodeToString([]byte(s.String()))), nil
}

// offersOrder notes that the screen lets people put a list in another order.
func offersOrder(th *python.Thread, a *python.Args) (python.Value, error) {
	var name string
	if err := a.Unpack("offers_order", "name", &name); err != nil {
		return nil, err
	}
	if ev := of(th); ev != nil {
		if out := ev.Outcome(); !slices.Contains(out.Orders, name) {
			out.Orders = append(out.Orders, name)
		}
	}
	return python.None, nil
}

// force ends the evaluation to ask for a name.
func force(th *python.Thread, a *python.Args) (python.Value, error) {
	var name string
	if err := a.Unpack("force", "name", &name); err != nil {
		return nil, err
	}
	return nil, evaluation.Signalled(&evaluation.Force{Name: name})
}

// forgetActions drops the visitor's pending actions that edit a group.
func forgetActions(th *python.Thread, a *python.Args) (python.Value, error) {
	var name, kind string
	if err := a.Unpack("forget_actions", "name", &name, "kind", &kind); err != nil {
		return nil, err
	}
	ev := evaluation.Of(th)
	stack := ev.Visitor().Stack
	mine := func(p evaluation.Pending) bool {
		if !strings.HasPrefix(p.Action, "_da_"+kind+"_") {
			return within(p.Action, name)
		}
		for _, key := range []string{kind, "group"} {
			if s, ok := python.StringOf(orNone(p.Arguments[key])); ok && s == name {
				return true
			}
		}
		return false
	}
	left := slices.DeleteFunc(slices.Clone(ev.Book().Stacks[stack]), mine)
	if len(left) == 0 {
		delete(ev.Book().Stacks, stack)
	} else {
		ev.Book().Stacks[stack] = left
	}
	return python.None, nil
}

// within reports whether a variable is an item of a group or a part of one.
func within(variable, group string) bool { return strings.HasPrefix(variable, group+"[") }

func orNone(v python.Value) python.Value {
	if v == nil {
		return python.None
	}
	return v
}

// pendingActions lists the visitor's pending actions, the current one first,
// as pairs of the action and the words by which a trail of crumbs names it.
func pendingActions(th *python.Thread, _ *python.Args) (python.Value, error) {
	ev := evaluation.Of(th)
	out := python.NewList()
	for _, p := range ev.Book().Stacks[ev.Visitor().Stack] {
		label := python.Value(python.None)
		if p.Breadcrumb != "" {
			label = python.NewStr(p.Breadcrumb)
		}
		out.Elems = append(out.Elems, python.NewTuple(python.NewStr(p.Action), label))
	}
	return out, nil
}

// fileURL returns the address of a file by number or reference. Keywords:
// external (or _external, temporary), the address names the server; attachment,
// the file is downloaded and not shown.
func fileURL(th *python.Thread, a *python.Args) (python.Value, error) {
	s, err := text(th, a, 0, "file_url")
	if err != nil {
		return nil, err
	}
	ev := evaluation.Of(th)
	url, err := ev.File(s.String())
	if err != nil {
		return nil, err
	}
	if attached, err := keyword(th, a, "attachment"); err != nil {
		return nil, err
	} else if attached {
		url += "?attachment=1"
	}
	for _, name := range []string{"external", "_external", "temporary"} {
		if outside, err := keyword(th, a, name); err != nil {
			return nil, err
		} else if outside {
			return python.NewStr(ev.Request().Origin() + url), nil
		}
	}
	return python.NewStr(url), nil
}

// makeFile keeps text or bytes as a file of the session and returns its number.
func makeFile(th *python.Thread, a *python.Args) (python.Value, error) {
	var name string
	var content python.Value
	if err := a.Unpack("make_file", "name", &name, "content", &content); err != nil {
		return nil, err
	}
	var data []byte
	switch v := python.Unwrap(content).(type) {
	case *python.Bytes:
		data = []byte(v.Data())
	case *python.Str:
		data = []byte(v.String())
	default:
		return nil, python.Errorf(DAError, "the content of a file must be text or bytes, not %s", content.Class().Name())
	}
	n, err := evaluation.Of(th).MakeFile(name, data)
	return python.Int(n), err
}

// packageFile returns the bytes of a file of a package: package:data/folder/name.
func packageFile(th *python.Thread, a *python.Args) (python.Value, error) {
	s, err := text(th, a, 0, "package_file")
	if err != nil {
		return nil, err
	}
	ref, kind := s.String(), "static"
	if pkg, rest, ok := strings.Cut(ref, ":"); ok {
		rest = strings.TrimPrefix(rest, "data/")
		if folder, name, ok := strings.Cut(rest, "/"); ok {
			kind, ref = folder, pkg+":"+name
		}
	}
	data, err := evaluation.Of(th).ReadData(kind, ref)
	if err != nil {
		return nil, python.Errorf(python.FileNotFoundError, "%v", err)
	}
	return python.NewBytes(data), nil
}

// storedFile returns the bytes of a file of the session, by its number. They
// came from a person.
func storedFile(th *python.Thread, a *python.Args) (python.Value, error) {
	var number python.Value
	if err := a.Unpack("stored_file", "number", &number); err != nil {
		return nil, err
	}
	n, ok := python.IntOf(number)
	if !ok {
		return nil, python.Errorf(python.FileNotFoundError, "a file has a whole number")
	}
	data, err := evaluation.Of(th).StoredFile(n)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, python.Errorf(python.FileNotFoundError, "there is no file %d in this session", n)
	}
	if err != nil {
		return nil, err
	}
	b := python.NewBytes(data)
	b.Outside = true
	return b, nil
}

// inside returns what is being written: "standard", "docx", "pdf" ...
func inside(th *python.Thread, _ *python.Args) (python.Value, error) {
	if ev := of(th); ev != nil {
		return python.NewStr(ev.Place().Where()), nil
	}
	return python.NewStr("standard"), nil
}

// interfaceNative is how the evaluation was asked for: web, worker...
func interfaceNative(th *python.Thread, _ *python.Args) (python.Value, error) {
	if ev := of(th); ev != nil {
		return python.NewStr(ev.Request().Interface), nil
	}
	return python.NewStr(""), nil
}

func currentPackage(th *python.Thread, _ *python.Args) (python.Value, error) {
	if ev := of(th); ev != nil && ev.Place().Package != "" {
		return python.NewStr(ev.Place().Package), nil
	}
	return python.None, nil
}

// visitor returns first and last name of the account that is logged in, or
// None.
func visitor(th *python.Thread, _ *python.Args) (python.Value, error) {
	ev := of(th)
	if ev == nil || !ev.Visitor().LoggedIn() {
		return python.None, nil
	}
	v := ev.Visitor()
	return python.NewTuple(python.NewStr(v.FirstName), python.NewStr(v.LastName)), nil
}

// An Outlined evaluation tells the sections that its interview declares, in
// the language of the evaluation, as authors write them: a list of texts and
// of dictionaries {id: title} that may have a list under "subsections".
type Outlined interface {
	Outline(th *python.Thread) (python.Value, error)
}

// sections returns what the interview declares, or an empty list.
func sections(th *python.Thread, _ *python.Args) (python.Value, error) {
	if o, ok := th.Local().(Outlined); ok {
		return o.Outline(th)
	}
	return python.NewList(), nil
}
