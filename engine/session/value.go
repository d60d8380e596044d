package session

import (
	"time"

	"colloquy/engine/python"
)

// loose is the name that a value has which is stored by itself.
const loose = "value"

// EncodeValue writes a value that belongs to no session, with all it holds. It
// returns an *UnstorableError if that cannot be stored.
func EncodeValue(v python.Value, now time.Time) ([]byte, error) {
	st := New(nil, now)
	st.Answers.Set(loose, v)
	var none *Image
	enc, err := none.Encode(st)
	if err != nil {
		return nil, err
	}
	return enc.Full(), nil
}

// DecodeValue reads what EncodeValue wrote. It returns ErrCorrupt for other
// bytes.
func DecodeValue(th *python.Thread, res Resolver, b []byte) (python.Value, error) {
	st, _, err := Decode(th, nil, res, b)
	if err != nil {
		return nil, err
	}
	v, ok := st.Answers.Get(loose)
	if !ok {
		return nil, corrupt("no value in it")
	}
	return v, nil
}
