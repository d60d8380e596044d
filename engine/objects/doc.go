// Package objects is the object library of interviews: DAObject, DAList,
// Individual, Address, DAFile and their kin, as authors name, subclass and
// store them.
//
// The classes are a prelude in the Python dialect (folder prelude) over
// functions written in Go, which the prelude imports as _colloquy. Go does
// what is hot or what only the engine can: names and missing parts, reading
// items, inflection, serialization, tables, links. [Load] runs the prelude
// once; the classes are then frozen and shared by all sessions.
//
// # For package words
//
// words adds the functions and composes what authors see:
//
//	lib, err := objects.Load(ctx, stdlib)   // stdlib: a python.Loader for decimal, re ...
//	lib.Util    // module docassemble.base.util with every class, not frozen
//	lib.Legal   // module docassemble.base.legal, likewise
//	lib.Error   // module docassemble.base.error: the exceptions
//	lib.Natives // module _colloquy
//
// It binds its functions in lib.Util.Globals (and in the aliases
// docassemble.base.core and docassemble.base.functions, which it makes), then
// freezes the modules. Code of the prelude that needs a function of words asks
// _colloquy.library(name) for it while an evaluation runs (evaluation.Library):
// as_datetime, current_datetime and send_email.
//
// [Speaker] is who speaks in an evaluation and [Lay] puts the outside spans of
// arguments over a text of package language; words uses both, so that objects
// and functions say things alike.
//
// # What it leaves to others
//
// Seeking what is missing is package solve's: an object only raises
// [DAAttributeError] or [DAIndexError] with the name that is wanted. Dates,
// text functions and everything else that is no class is in words. Stored
// files have a number; their bytes are behind evaluation.File.
package objects
