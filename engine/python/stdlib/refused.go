package stdlib

import "colloquy/engine/python"

// A refusal is a module that can be imported but does nothing: what is in it
// would reach the machine.
type refusal struct {
	why       string
	functions []string
	failures  []string // exception classes, so that except clauses can name them
}

// refusals are the modules that can only be imported.
var refusals = map[string]refusal{
	"subprocess": {"programs cannot be started here", []string{"run", "call", "check_call", "check_output", "Popen", "getoutput", "getstatusoutput"},
		[]string{"SubprocessError", "CalledProcessError", "TimeoutExpired"}},
	"tempfile": {"files of the server cannot be written; use DAFile", []string{"NamedTemporaryFile", "TemporaryFile", "TemporaryDirectory",
		"SpooledTemporaryFile", "mkstemp", "mkdtemp", "mktemp", "gettempdir"}, nil},
	"shutil": {"files of the server cannot be reached; use DAFile", []string{"copy", "copy2", "copyfile", "copyfileobj", "copytree", "move", "rmtree",
		"make_archive", "unpack_archive", "which", "disk_usage"}, []string{"Error"}},
	"glob":    {"files of the server cannot be seen", []string{"glob", "iglob"}, nil},
	"socket":  {"connections cannot be opened here; use the requests module", []string{"socket", "create_connection", "gethostbyname", "gethostname", "getaddrinfo"}, []string{"error", "timeout", "gaierror"}},
	"smtplib": {"mail is sent by send_email()", []string{"SMTP", "SMTP_SSL"}, []string{"SMTPException"}},
	"sqlite3": {"databases cannot be opened here", []string{"connect"}, []string{"Error", "OperationalError"}},
}

// fill binds what can be named in the module.
func (r refusal) fill(name string) func(*builder, *python.Namespace) error {
	return func(_ *builder, ns *python.Namespace) error {
		for _, fn := range r.functions {
			ns.Set(fn, python.NewBuiltin(fn, func(*python.Thread, *python.Args) (python.Value, error) {
				return nil, python.Errorf(python.PermissionError, "%s.%s: %s", name, fn, r.why)
			}))
		}
		for _, class := range r.failures {
			ns.Set(class, python.NewClass(python.ClassSpec{Name: class, Module: name, Bases: []*python.Class{python.OSError}}))
		}
		return nil
	}
}

// fillImportlib gives the import of a module by its name, as the thread that
// asks sees it.
func fillImportlib(_ *builder, ns *python.Namespace) error {
	functions(ns, map[string]python.BuiltinFunc{"_load": func(th *python.Thread, a *python.Args) (python.Value, error) {
		var name string
		if err := a.Unpack("import_module", "name", &name); err != nil {
			return nil, err
		}
		return th.Import(name)
	}})
	return nil
}
