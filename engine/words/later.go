package words

import (
	"colloquy/engine/objects"
	"colloquy/engine/python"
)

const (
	noDocuments = "documents are not converted or put together on this server"
	noOCR       = "pictures and PDF files are not read"
)

// fileFunctions work on files and documents.
var fileFunctions = []function{
	absentFunction("path_and_mimetype", "files are not kept in folders that an interview could read"),
	absentFunction("docx_concatenate", noDocuments),
	absentFunction("ocr_file", noOCR),
	absentFunction("ocr_file_in_background", noOCR),
	absentFunction("read_qr", noOCR),
	absentFunction("run_python_module", "no other programs are run"),
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
