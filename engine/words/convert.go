package words

import (
	"iter"
	"maps"
	"math/big"
	"reflect"
	"slices"

	"colloquy/engine/python"
)

// fromGo is plain Go data, such as the configuration holds, as Python has it.
func fromGo(v any) python.Value {
	switch v := v.(type) {
	case nil:
		return python.None
	case python.Value:
		return v
	case bool:
		return python.Bool(v)
	case string:
		return python.NewStr(v)
	case int:
		return python.Int(v)
	case int64:
		return python.Int(v)
	case uint64:
		return python.NewInt(new(big.Int).SetUint64(v))
	case float64:
		return python.Float(v)
	case *big.Int:
		return python.NewInt(v)
	}
	return fromReflected(reflect.ValueOf(v))
}

func fromReflected(v reflect.Value) python.Value {
	switch v.Kind() {
	case reflect.Slice, reflect.Array:
		list := python.NewList()
		for i := range v.Len() {
			list.Elems = append(list.Elems, fromGo(v.Index(i).Interface()))
		}
		return list
	case reflect.Map:
		d := python.NewDict()
		if v.Type().Key().Kind() != reflect.String {
			return d
		}
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return compare(a.String(), b.String()) })
		for _, k := range keys {
			d.SetStr(k.String(), fromGo(v.MapIndex(k).Interface()))
		}
		return d
	case reflect.String:
		return python.NewStr(v.String())
	}
	return python.None
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func mapKeys[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }

func listOf(texts []string) *python.List {
	list := python.NewList()
	for _, s := range texts {
		list.Elems = append(list.Elems, python.NewStr(s))
	}
	return list
}
