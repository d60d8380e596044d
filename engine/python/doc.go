// Package python runs the Python dialect that interviews are written in.
//
// It compiles a syntax tree (package syntax below it) to Go closures, once,
// and runs them. A [Code], a frozen [Module] and the classes and functions in
// it hold no evaluation state and are shared by all sessions and goroutines;
// everything an evaluation changes hangs on its [Thread] and on the
// [Namespace] it is given.
//
// # Values
//
// Every Python value is a [Value]: [None], [Bool], [Int] (with [*Big] beyond
// 64 bits), [Float], [*Str], [*Bytes], [*List], [*Tuple], [*Dict], [*Set],
// [*Range], [*Slice], [*Class], [*Instance], [*Function], [*Builtin],
// [*BoundMethod], [*Module], [*Property], generators and iterators. Go
// packages may add types of their own: a Value whose Class has the special
// methods behaves as CPython would have it. An instance of a Python class
// that derives from a builtin one carries the builtin's data in
// [Instance.Native]; [Unwrap] reaches through.
//
// A [*Str] remembers which of its parts came from outside ([Outside],
// [Str.Spans]); every operation on strings keeps the spans or, where it
// cannot, marks the whole result. Lone surrogates are not part of the
// dialect's text; they become U+FFFD.
//
// # Running
//
//	th := python.NewThread(ctx, python.Options{Print: print, Loader: loader})
//	defer th.Close()
//	code, err := python.Compile(file, python.CompileOptions{Interview: true})
//	value, err := code.Run(th, namespace)
//
// A global name is looked up in the namespace, then in its parents (read-only:
// an assignment shadows, deleting the shadow shows the parent's again), then
// among the builtins. In code compiled with Interview a name found nowhere
// raises NameError whose [Exception.Missing] says what is wanted; [MissingName]
// reads it from the Go error. A control-flow signal travels the same way
// ([Exception.Signal], [SignalOf]). As in CPython, a broad "except Exception"
// in author code swallows both.
//
// Errors of author code are [*Raised]; budgets end an evaluation with a
// [*BudgetError], which author code cannot catch: no except and no finally
// runs for it. Python-visible failures of single operations (a string too
// large to build) are MemoryError and can be caught.
//
// # Modules
//
// A module's body runs once; [Module.Freeze] then makes it immutable. Code that
// reads a mutable value out of a frozen module (a global, a class attribute, a
// default argument, a closure cell) gets the thread's own copy, made on first
// touch and dropped with the thread; assignments go to the thread's overlay.
//
// The package leaves to others: parsing (syntax), the standard modules
// (stdlib), where modules are found (a [Loader]), saving values (session), and
// everything that interviews add to the language.
package python
