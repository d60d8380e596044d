// Package screen is the render model: what a person is to be shown, as plain
// data. A Screen is filled by the engine, drawn by package views, sent as JSON
// by [JSON] and read aloud by the text interfaces; it decides nothing.
//
// It holds no HTML tags of its own. Values of type [HTML] were made safe by
// the engine before they came here and are drawn as they are; every plain
// string is escaped by whoever draws it. Names of inputs (Name) are already
// in the form in which the browser posts them; Variable is the name an author
// would write. How posted values are read back is left to package run.
package screen
