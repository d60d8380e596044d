package objects

import "colloquy/engine/python"

type native struct {
	name string
	fn   python.BuiltinFunc
}

// Natives returns the module _colloquy: what the prelude has from Go. Names
// under "methods" are methods that classes of the prelude take as their own.
func Natives() *python.Module {
	m := python.NewModule("_colloquy")
	for _, group := range [][]native{natives, speechNatives, actionNatives, textNatives, dataNatives, placeNatives, exportNatives, fileNatives} {
		for _, n := range group {
			m.Globals.Set(n.name, python.NewBuiltin(n.name, n.fn))
		}
	}
	for _, n := range methodNatives {
		m.Globals.Set(n.name, python.Method(n.name, n.fn).Value)
	}
	for _, c := range errorClasses() {
		m.Globals.Set(c.Name(), c)
	}
	return m
}

var methodNatives = []native{
	{"begin", begin},
	{"take_keywords", takeKeywords},
	{"assign", assign},
	{"forget", forget},
	{"missing_part", missingPart},
	{"list_item", listItem},
	{"trigger_gather", triggerGather},
	{"full_name", fullName},
	{"person_text", personText},
}

var natives = []native{
	{"random_name", func(th *python.Thread, a *python.Args) (python.Value, error) {
		return python.NewStr(randomName(th)), a.Exactly("random_name", 0)
	}},
	{"missing_attribute", missingAttribute},
	{"missing_index", missingIndex},
	{"item_name", itemNameNative},
	{"read_paths", readPaths},
	{"has_path", hasPath},
	{"invalidate", invalidate},
	{"reconsider", reconsider},
	{"shallow_copy", shallowCopy},
	{"deep_copy", deepCopy},
	{"serializable", serializableNative},
	{"info", info},
	{"library", libraryNative},
	{"interface", interfaceNative},
	{"probing", probing},
	{"begin_gathering", beginGathering},
	{"end_gathering", endGathering},
	{"succeeds", succeeds},
}
