package python

import "slices"

// Traceback is what __traceback__ gives: where an exception came through, as
// line numbers. Frames and their variables are not part of the dialect.
type Traceback struct{ frames []Frame } // outermost call first

// TracebackClass is the class of Traceback.
var TracebackClass = bare("traceback", ObjectClass)

// Class returns TracebackClass.
func (*Traceback) Class() *Class { return TracebackClass }

// TracebackOf returns the __traceback__ of an exception object: a Traceback or
// None.
func TracebackOf(exc *Instance) Value { return exc.Exception().traceback() }

// traceback is the same object until the exception comes through another frame.
func (e *Exception) traceback() Value {
	n := len(e.Traceback)
	if n == 0 {
		return None
	}
	if e.seen == nil || len(e.seen.frames) != n {
		frames := slices.Clone(e.Traceback)
		slices.Reverse(frames)
		e.seen = &Traceback{frames}
	}
	return e.seen
}

func (e *Exception) setTraceback(v Value) error {
	switch v := v.(type) {
	case NoneType:
		e.Traceback, e.seen = nil, nil
	case *Traceback:
		e.Traceback = slices.Clone(v.frames)
		slices.Reverse(e.Traceback)
		e.seen = v
	default:
		return Errorf(TypeError, "__traceback__ must be a traceback or None")
	}
	return nil
}

func tracebackMembers() []Member {
	return []Member{
		Getter("tb_lineno", func(_ *Thread, v Value) (Value, error) {
			return Int(v.(*Traceback).frames[0].Line), nil
		}, nil),
		Getter("tb_next", func(_ *Thread, v Value) (Value, error) {
			if rest := v.(*Traceback).frames[1:]; len(rest) > 0 {
				return &Traceback{rest}, nil
			}
			return None, nil
		}, nil),
	}
}
