package words

import (
	"colloquy/engine/evaluation"
	"colloquy/engine/objects"
	"colloquy/engine/python"
)

const (
	noDocuments = "documents are not converted or put together on this server"
	noOCR       = "pictures and PDF files are not read"
	noTasks     = "background actions are not run"
	noRecords   = "nothing is kept beyond the session"
	noAccounts  = "accounts are not managed from interviews"
)

// fileFunctions work on files and documents.
var fileFunctions = []function{
	absentFunction("path_and_mimetype", "files are not kept in folders that an interview could read"),
	absentFunction("pdf_concatenate", noDocuments),
	absentFunction("docx_concatenate", noDocuments),
	absentFunction("overlay_pdf", noDocuments),
	absentFunction("zip_file", noDocuments),
	absentFunction("assemble_docx", noDocuments),
	absentFunction("include_docx_template", noDocuments),
	absentFunction("ocr_file", noOCR),
	absentFunction("ocr_file_in_background", noOCR),
	absentFunction("read_qr", noOCR),
	absentFunction("run_python_module", "no other programs are run"),
}

// backgroundFunctions start and end background actions.
var backgroundFunctions = []function{
	absentFunction("background_action", noTasks),
	absentFunction("background_error_action", noTasks),
	{"background_response", backgroundResponse},
	{"background_response_action", backgroundResponseAction},
}

// storageFunctions keep data beyond a session.
var storageFunctions = []function{
	absentFunction("write_record", noRecords),
	absentFunction("read_records", noRecords),
	absentFunction("delete_record", noRecords),
	absentFunction("store_variables_snapshot", noRecords),
}

// interview_list() is None for somebody without an account.
func interviewList(th *python.Thread, a *python.Args) (python.Value, error) {
	ev, err := running(th, "interview_list")
	if err != nil {
		return nil, err
	}
	if !ev.Visitor().LoggedIn() {
		return python.None, nil
	}
	return nil, absent("interview_list", noAccounts)
}

// The kinds of a background response that a page understands.
var responseKinds = map[string]bool{"flash": true, "javascript": true, "refresh": true, "fields": true}

// background_response(*args, **kw) ends the action with a value: nothing, one
// value, several as a list, keywords as a dictionary, or both.
func backgroundResponse(_ *python.Thread, a *python.Args) (python.Value, error) {
	r := &evaluation.BackgroundRespond{}
	named := python.NewDict()
	for _, k := range a.Kw {
		named.SetStr(k.Name, k.Value)
	}
	switch {
	case len(a.Pos) > 0 && len(a.Kw) > 0:
		both := python.NewDict()
		both.SetStr("pargs", python.NewList(append([]python.Value(nil), a.Pos...)...))
		both.SetStr("kwargs", named)
		r.Value = both
	case len(a.Pos) == 1:
		r.Value = a.Pos[0]
	case len(a.Pos) > 1:
		r.Value = python.NewList(append([]python.Value(nil), a.Pos...)...)
	default:
		r.Value = named
	}
	if n := len(a.Pos); n > 0 && n <= 2 {
		if kind := stringOr(a.Pos[n-1], ""); responseKinds[kind] {
			r.Kind = kind
		}
	}
	return nil, evaluation.Signalled(r)
}

// background_response_action(action, **arguments) ends the action and runs
// another one, whose outcome is saved.
func backgroundResponseAction(th *python.Thread, a *python.Args) (python.Value, error) {
	var action string
	var kw []python.Kwarg
	if err := a.Unpack("background_response_action", "/action", &action, "*", nil, "**kw", &kw); err != nil {
		return nil, err
	}
	return nil, evaluation.Signalled(&evaluation.BackgroundRespond{Value: python.None, Action: action, Arguments: arguments(kw)})
}

// miscFunctions are what fits nowhere else.
var miscFunctions = []function{
	{"validation_error", validationError},
}

// dataFunctions is empty: objects_from_file() and kin come with the objects.
var dataFunctions = []function{}

// validation_error(message, field=None) refuses what was posted.
func validationError(th *python.Thread, a *python.Args) (python.Value, error) {
	var text, field python.Value
	if err := a.Unpack("validation_error", "message", &text, "field?", &field); err != nil {
		return nil, err
	}
	v, err := th.Call(objects.DAValidationError, []python.Value{text}, []python.Kwarg{{Name: "field", Value: optional(field)}})
	if err != nil {
		return nil, err
	}
	exc, ok := v.(*python.Instance)
	if !ok {
		return nil, python.Errorf(python.TypeError, "exceptions must derive from BaseException")
	}
	return nil, th.Raise(exc)
}

// fileReference is what a file is known by: its number, or the reference of a
// static file.
func fileReference(th *python.Thread, v python.Value) (string, error) {
	if derives(v, "DAFileList") {
		first, err := th.GetItem(v, python.Int(0))
		if err != nil {
			return "", err
		}
		v = first
	}
	if i, ok := v.(*python.Instance); ok {
		for _, name := range []string{"number", "filename"} {
			if ref, ok := i.Attrs.Get(name); ok {
				s, err := th.Str(ref)
				if err != nil {
					return "", err
				}
				return s.String(), nil
			}
		}
	}
	s, err := th.Str(v)
	if err != nil {
		return "", err
	}
	return s.String(), nil
}
