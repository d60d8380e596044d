package words

import (
	"errors"

	"colloquy/engine/evaluation"
	"colloquy/engine/objects"
	"colloquy/engine/ports"
	"colloquy/engine/python"
)

// redisNatives are what DARedis, in the prelude, has from Go.
var redisNatives = []function{
	{"redis", redisCommand},
	{"redis_pack", redisPack},
	{"redis_unpack", redisUnpack},
}

// redis(base, command, *words) runs a command on the keys of a base. Texts of the
// reply are bytes that came from outside: whoever wrote them.
func redisCommand(th *python.Thread, a *python.Args) (python.Value, error) {
	ev, err := running(th, "DARedis")
	if err != nil {
		return nil, err
	}
	words := make([]string, len(a.Pos))
	for i, v := range a.Pos {
		if words[i], err = redisWord(th, v); err != nil {
			return nil, err
		}
	}
	reply, err := ev.KeyValue().Do(th, words[0], words[1:]...)
	var wrong *ports.CommandError
	if errors.As(err, &wrong) {
		return nil, python.Errorf(objects.DAError, "DARedis: %s", wrong.Text)
	}
	if err != nil {
		return nil, err
	}
	return redisReply(reply), nil
}

// redisWord is what goes out for a value.
func redisWord(th *python.Thread, v python.Value) (string, error) {
	switch v := python.Unwrap(v).(type) {
	case *python.Bytes:
		return v.Data(), nil
	case *python.Str:
		return v.String(), nil
	case python.Bool:
	default:
		_, whole := python.BigOf(v)
		if _, number := python.FloatOf(v); number || whole {
			s, err := th.Repr(v)
			if err != nil {
				return "", err
			}
			return s.String(), nil
		}
	}
	return "", python.Errorf(objects.DAError, "DARedis: Invalid input of type: '%s'. Convert to a bytes, string, int or float first.", v.Class().Name())
}

func redisReply(reply any) python.Value {
	switch r := reply.(type) {
	case int64:
		return python.Int(r)
	case string:
		b := python.NewBytes([]byte(r))
		b.Outside = true
		return b
	case []any:
		list := python.NewList()
		for _, item := range r {
			list.Elems = append(list.Elems, redisReply(item))
		}
		return list
	}
	return python.None
}

func keyValueOf(th *python.Thread) (evaluation.KeyValue, error) {
	ev, err := running(th, "DARedis")
	if err != nil {
		return nil, err
	}
	return ev.KeyValue(), nil
}

// redis_pack(value) is bytes that redis_unpack() makes the value of again.
func redisPack(th *python.Thread, a *python.Args) (python.Value, error) {
	var v python.Value
	if err := a.Unpack("set_data", "data", &v); err != nil {
		return nil, err
	}
	kv, err := keyValueOf(th)
	if err != nil {
		return nil, err
	}
	packed, err := kv.Pack(v)
	return python.NewBytes([]byte(packed)), err
}

// redis_unpack(packed) is None for what redis_pack() did not make.
func redisUnpack(th *python.Thread, a *python.Args) (python.Value, error) {
	var packed python.Value
	if err := a.Unpack("get_data", "packed", &packed); err != nil {
		return nil, err
	}
	kv, err := keyValueOf(th)
	if err != nil {
		return nil, err
	}
	word, err := redisWord(th, packed)
	if err != nil {
		return nil, err
	}
	v, ok := kv.Unpack(th, word)
	if !ok {
		return python.None, nil
	}
	return v, nil
}
