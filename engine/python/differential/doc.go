// Package differential runs small programs and compares what they do with what
// CPython did: what they print and the exception that leaves them.
//
// The programs of an area are in txtar files DIR/AREA/TOPIC.txtar:
//
//	What the programs are about.
//	-- slug.py --
//	print(1 + 1)
//	-- slug.out --
//	2
//
// A program of several modules has its files in a folder, slug/main.py first;
// the others can be imported by it. The output is what the program printed and,
// if an exception left it, a line "! " with what the module traceback says about it
// (suggestions included, but not where it came through).
//
// [Run] is a test: it compares, or with [Options.Record] writes the outputs of
// the CPython named by the environment variable PYTHON (3.12 or later) into the
// files. No two programs below DIR may have a syntax tree of the same shape. The
// programs of a file TOPIC.differs.txtar must still differ from CPython, so that
// a mend is noticed; their first paragraph says why they do.
//
// The package is used by tests only. It leaves to others: the programs, and the
// names that they find beside the builtins ([Options.Names]).
package differential
