// Package stdlib holds the standard modules of the Python dialect: datetime,
// json, re, decimal and the others that interviews and their modules import.
//
// A [Library] builds a module when it is first imported, from names written in
// Go and, where that reads better, a prelude in Python (folder prelude). Built
// modules are frozen and shared by all threads.
//
// Nothing here reads the machine it runs on. The time and chance are those of
// the evaluation: what [python.Thread.Local] returns may implement [Clock] and
// [Chance]. What would touch files, processes or the network raises
// PermissionError.
//
// Values of classes written in Go that can be stored have a Persist method;
// [Library.Restore] rebuilds them from what it gave. An instance of a Python
// class derived from such a class carries the Go value in
// [python.Instance.Native].
//
// The package leaves to others: builtin types and functions (python), author
// modules (run), the library of interviews (words), saving values (session).
package stdlib
