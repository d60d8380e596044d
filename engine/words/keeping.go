package words

import (
	"colloquy/engine/evaluation"
	"colloquy/engine/objects"
	"colloquy/engine/python"
)

// storageFunctions keep data beyond a session.
var storageFunctions = []function{
	{"write_record", writeRecord},
	{"read_records", readRecords},
	{"delete_record", deleteRecord},
	{"store_variables_snapshot", storeVariablesSnapshot},
}

// keepingNatives are what DAStore and DAGlobal, in the prelude, have from Go.
var keepingNatives = []function{
	{"kept_get", keptGet},
	{"kept_set", keptSet},
	{"kept_delete", keptDelete},
	{"kept_has", keptHas},
	{"kept_keys", keptKeys},
	{"shared", shared},
	{"shared_has", sharedHas},
	{"shared_keys", sharedKeys},
	{"shared_delete", sharedDelete},
	{"random_key", randomKey},
}

// keepingOf is where values are kept by the evaluation of th.
func keepingOf(th *python.Thread, fn string) (evaluation.Keeping, error) {
	ev, err := running(th, fn)
	if err != nil {
		return nil, err
	}
	return ev.Keeping(), nil
}

// spotOf reads (base, encrypted, ...) of the methods of DAStore, and more.
func spotOf(th *python.Thread, a *python.Args, more ...any) (evaluation.Keeping, evaluation.Spot, error) {
	s := evaluation.Spot{Shelf: evaluation.ShelfStore}
	if err := a.Unpack("DAStore", append([]any{"base", &s.Base, "encrypted", &s.Encrypted}, more...)...); err != nil {
		return nil, s, err
	}
	k, err := keepingOf(th, "DAStore")
	return k, s, err
}

// kept_get(base, encrypted, key) is None for what is not there.
func keptGet(th *python.Thread, a *python.Args) (python.Value, error) {
	var key string
	k, s, err := spotOf(th, a, "key", &key)
	if err != nil {
		return nil, err
	}
	v, ok, err := k.Get(th, s, key)
	if err != nil || !ok {
		return python.None, err
	}
	return v, nil
}

// kept_set(base, encrypted, key, value)
func keptSet(th *python.Thread, a *python.Args) (python.Value, error) {
	var key string
	var v python.Value
	k, s, err := spotOf(th, a, "key", &key, "value", &v)
	if err != nil {
		return nil, err
	}
	return python.None, k.Set(s, key, v)
}

// kept_delete(base, encrypted, key)
func keptDelete(th *python.Thread, a *python.Args) (python.Value, error) {
	var key string
	k, s, err := spotOf(th, a, "key", &key)
	if err != nil {
		return nil, err
	}
	return python.None, k.Delete(s, key)
}

// kept_has(base, encrypted, key)
func keptHas(th *python.Thread, a *python.Args) (python.Value, error) {
	var key string
	k, s, err := spotOf(th, a, "key", &key)
	if err != nil {
		return nil, err
	}
	ok, err := k.Has(s, key)
	return python.Bool(ok), err
}

// kept_keys(base, encrypted)
func keptKeys(th *python.Thread, a *python.Args) (python.Value, error) {
	k, s, err := spotOf(th, a)
	if err != nil {
		return nil, err
	}
	return textList(k.Keys(s))
}

func textList(all []string, err error) (python.Value, error) {
	list := python.NewList()
	for _, s := range all {
		list.Elems = append(list.Elems, python.NewStr(s))
	}
	return list, err
}

// sharedSpot reads (base, ...) of the methods of DAGlobal, and more.
func sharedSpot(th *python.Thread, a *python.Args, more ...any) (evaluation.Keeping, evaluation.Spot, error) {
	s := evaluation.Spot{Shelf: evaluation.ShelfGlobal}
	if err := a.Unpack("DAGlobal", append([]any{"base", &s.Base}, more...)...); err != nil {
		return nil, s, err
	}
	k, err := keepingOf(th, "DAGlobal")
	return k, s, err
}

// shared(base, key) is the dictionary of the attributes of a DAGlobal.
func shared(th *python.Thread, a *python.Args) (python.Value, error) {
	var key string
	k, s, err := sharedSpot(th, a, "key", &key)
	if err != nil {
		return nil, err
	}
	d, err := k.Shared(th, s, key)
	if err != nil {
		return nil, err
	}
	return d, nil
}

// shared_has(base, key)
func sharedHas(th *python.Thread, a *python.Args) (python.Value, error) {
	var key string
	k, s, err := sharedSpot(th, a, "key", &key)
	if err != nil {
		return nil, err
	}
	ok, err := k.Has(s, key)
	return python.Bool(ok), err
}

// shared_keys(base)
func sharedKeys(th *python.Thread, a *python.Args) (python.Value, error) {
	k, s, err := sharedSpot(th, a)
	if err != nil {
		return nil, err
	}
	return textList(k.Keys(s))
}

// shared_delete(base, key)
func sharedDelete(th *python.Thread, a *python.Args) (python.Value, error) {
	var key string
	k, s, err := sharedSpot(th, a, "key", &key)
	if err != nil {
		return nil, err
	}
	return python.None, k.Delete(s, key)
}

const keyLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

// random_key() is a key for a DAGlobal that was given none.
func randomKey(th *python.Thread, a *python.Args) (python.Value, error) {
	ev, err := running(th, "DAGlobal")
	if err != nil {
		return nil, err
	}
	key := make([]byte, 32)
	for i := range key {
		key[i] = keyLetters[ev.Random().IntN(len(keyLetters))]
	}
	return python.NewStr(string(key)), a.Exactly("random_key", 0)
}

// write_record(key, data) keeps data under a key that others may use too, and
// returns the number by which they can be deleted. What cannot be stored in a
// list, dictionary or set becomes None.
func writeRecord(th *python.Thread, a *python.Args) (python.Value, error) {
	var key, data python.Value
	if err := a.Unpack("write_record", "key", &key, "data", &data); err != nil {
		return nil, err
	}
	ev, err := running(th, "write_record")
	if err != nil {
		return nil, err
	}
	name, err := th.Str(key)
	if err != nil {
		return nil, err
	}
	return once(th, ev, "write_record", func() (python.Value, error) {
		id, err := ev.Keeping().AddRecord(name.String(), storable(th, data))
		return python.Int(id), err
	})
}

// storable replaces what cannot be stored by None within lists, dictionaries
// and sets.
func storable(th *python.Thread, v python.Value) python.Value {
	switch v := v.(type) {
	case *python.List:
		list := python.NewList()
		for _, e := range v.Elems {
			list.Elems = append(list.Elems, storable(th, e))
		}
		return list
	case *python.Dict:
		d := python.NewDict()
		for k, e := range v.All() {
			if err := d.Set(th, k, storable(th, e)); err != nil {
				return v
			}
		}
		return d
	case *python.Set:
		set := python.NewSet()
		for _, e := range v.Elems() {
			if err := set.Add(th, storable(th, e)); err != nil {
				return v
			}
		}
		return set
	}
	if python.IsCallableType(v) {
		return python.None
	}
	return v
}

// read_records(key) is a dictionary from number to data, in order.
func readRecords(th *python.Thread, a *python.Args) (python.Value, error) {
	var key python.Value
	if err := a.Unpack("read_records", "key", &key); err != nil {
		return nil, err
	}
	k, err := keepingOf(th, "read_records")
	if err != nil {
		return nil, err
	}
	name, err := th.Str(key)
	if err != nil {
		return nil, err
	}
	records, err := k.Records(th, name.String())
	if err != nil {
		return nil, err
	}
	d := python.NewDict()
	for _, r := range records {
		if err := d.Set(th, python.Int(r.ID), r.Value); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// delete_record(key, id); a record that is not there is no error.
func deleteRecord(th *python.Thread, a *python.Args) (python.Value, error) {
	var key python.Value
	var id int64
	if err := a.Unpack("delete_record", "key", &key, "id", &id); err != nil {
		return nil, err
	}
	k, err := keepingOf(th, "delete_record")
	if err != nil {
		return nil, err
	}
	name, err := th.Str(key)
	if err != nil {
		return nil, err
	}
	return python.None, k.DropRecord(name.String(), id)
}

// store_variables_snapshot(data=None, include_internal=False, key=None, persistent=False)
// gives the answers, or data, out as JSON that can be read with SQL.
func storeVariablesSnapshot(th *python.Thread, a *python.Args) (python.Value, error) {
	const fn = "store_variables_snapshot"
	var data, key python.Value
	var internal, persistent bool
	if err := a.Unpack(fn, "data?", &data, "include_internal?", &internal, "key?", &key, "persistent?", &persistent); err != nil {
		return nil, err
	}
	ev, err := running(th, fn)
	if err != nil {
		return nil, err
	}
	name, ok := python.StringOf(optional(key))
	if !ok && !isNone(key) {
		return nil, python.Errorf(objects.DAError, "%s: key must be a string", fn)
	}
	if isNone(data) {
		data, err = simplified(th, ev, internal)
	} else {
		data, err = objects.Serializable(th, data)
	}
	if err != nil {
		return nil, err
	}
	text, err := dumps(th, data)
	if err != nil {
		return nil, err
	}
	return python.None, ev.Keeping().Snapshot(name, withoutNul(text), persistent)
}

// withoutNul replaces the character that PostgreSQL's JSON cannot have.
func withoutNul(json string) string {
	const nul = `\u0000`
	out := make([]byte, 0, len(json))
	for i := 0; i < len(json); {
		switch {
		case len(json)-i >= len(nul) && json[i:i+len(nul)] == nul:
			out = append(out, `\ufffd`...)
			i += len(nul)
		case json[i] == '\\' && i+1 < len(json):
			out = append(out, json[i], json[i+1])
			i += 2
		default:
			out = append(out, json[i])
			i++
		}
	}
	return string(out)
}
