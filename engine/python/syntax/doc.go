// Package syntax reads the text of the Python 3.12 dialect and gives back its
// tree: scanner, parser, positions, a printer for expressions and the
// questions about names that can be answered from the tree alone.
//
// The nodes carry the names and fields of CPython's ast module, without
// expression contexts (a Name is stored to because of where it stands). It
// knows nothing of values or of running: package python compiles the tree, and
// decides which names are local.
//
// Left out of the dialect, and refused by name with a position: async
// functions, async for, async with, async comprehensions and await.
package syntax
