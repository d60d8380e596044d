package stdlib

import (
	"strings"

	"colloquy/engine/python"
)

// lacking are the standard modules that the dialect leaves out, by the reason.
var lacking = map[string]string{
	"one thing runs at a time":                              "asyncio concurrent multiprocessing queue sched selectors select signal asyncore asynchat contextvars",
	"answers are stored by themselves, and nothing else is": "pickle marshal shelve dbm copyreg pickletools",
	"the machine cannot be reached": "ctypes mmap fcntl pty tty termios resource pwd grp syslog posix nt msvcrt winreg winsound gc atexit " +
		"site sysconfig venv ensurepip zipimport",
	"connections cannot be opened here; use the requests module": "http ftplib imaplib poplib telnetlib nntplib xmlrpc socketserver ssl " +
		"webbrowser wsgiref cgi cgitb smtpd",
	"files of the server cannot be reached; use DAFile": "zipfile tarfile gzip bz2 lzma zlib fileinput filecmp linecache netrc " +
		"configparser plistlib wave aifc chunk sndhdr imghdr",
	"there is no terminal and no window": "tkinter curses turtle readline rlcompleter cmd getpass argparse optparse getopt pdb bdb code codeop",
	"programs cannot be taken apart or measured here": "ast dis symtable token tokenize py_compile compileall pyclbr modulefinder runpy trace " +
		"tracemalloc profile cProfile pstats timeit unittest doctest test lib2to3 pkgutil imp importlib.abc importlib.machinery importlib.metadata " +
		"importlib.resources importlib.util",
	"it has not been needed": "array weakref xml email gettext shlex graphlib ipaddress tomllib quopri uu binhex stringprep colorsys codecs " +
		"reprlib audioop sunau nturl2path encodings tabnanny pydoc this antigravity idlelib",
}

// unknownModule is the error for a module that there is not.
func unknownModule(name string) error {
	top, _, _ := strings.Cut(name, ".")
	for why, names := range lacking {
		for _, n := range strings.Fields(names) {
			if n == name || n == top {
				return python.LackingModule(name, why)
			}
		}
	}
	return python.NoModule(name)
}
