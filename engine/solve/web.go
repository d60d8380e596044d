package solve

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/ports"
	"colloquy/engine/python"
	"colloquy/engine/python/stdlib"
)

// A Solver makes the calls of the requests module, and says how long
// time.sleep() may take.
var (
	_ stdlib.Caller  = (*Solver)(nil)
	_ stdlib.Sleeper = (*Solver)(nil)
)

// MaySleep says that a background action may wait: nobody waits for it.
func (s *Solver) MaySleep() bool { return s.in.Request.Task != "" }

// CallWeb makes a call to another server. One that may change something there
// is made once in an activation: when the code that makes it is run again, the
// answer is that of the first time. One that failed is made again, with the
// same idempotency key.
func (s *Solver) CallWeb(th *python.Thread, req ports.WebRequest) (*ports.WebResponse, error) {
	if s.in.Request.Readonly {
		return nil, fmt.Errorf("requests: %w", evaluation.ErrReadonly)
	}
	if req.Method == http.MethodGet || req.Method == http.MethodHead {
		return s.in.World.CallWeb(th.Context(), req)
	}
	var fresh *ports.WebResponse
	v, err := s.Once(th, "requests "+req.Method, func(key string) (python.Value, error) {
		sum := sha256.Sum256([]byte(key))
		req.Key = hex.EncodeToString(sum[:16])
		var err error
		if fresh, err = s.in.World.CallWeb(th.Context(), req); err != nil {
			return nil, err
		}
		return keptResponse(fresh), nil
	})
	if err != nil || fresh != nil {
		return fresh, err
	}
	return readResponse(v)
}

// keptResponse is a response as the journal keeps it.
func keptResponse(r *ports.WebResponse) python.Value {
	headers := &python.List{}
	for name, values := range r.Header {
		for _, value := range values {
			headers.Elems = append(headers.Elems, python.NewTuple(python.Outside(name), python.NewBytes([]byte(value))))
		}
	}
	body := python.NewBytes(r.Body)
	body.Outside = true
	return python.NewTuple(python.Int(r.Status), python.NewBytes([]byte(r.Reason)), python.Outside(r.URL), headers, body,
		python.Int(r.Elapsed.Microseconds()))
}

var errKept = errors.New("the journal holds something else than a response here")

// readResponse reads what keptResponse wrote.
func readResponse(v python.Value) (*ports.WebResponse, error) {
	t, ok := v.(*python.Tuple)
	if !ok || len(t.Elems) != 6 {
		return nil, errKept
	}
	status, _ := python.IntOf(t.Elems[0])
	reason, _ := t.Elems[1].(*python.Bytes)
	url, _ := python.StringOf(t.Elems[2])
	headers, _ := t.Elems[3].(*python.List)
	body, _ := t.Elems[4].(*python.Bytes)
	elapsed, _ := python.IntOf(t.Elems[5])
	if reason == nil || headers == nil || body == nil {
		return nil, errKept
	}
	r := &ports.WebResponse{Status: int(status), Reason: reason.Data(), URL: url, Header: http.Header{}, Body: []byte(body.Data()),
		Elapsed: time.Duration(elapsed) * time.Microsecond}
	for _, h := range headers.Elems {
		pair, ok := h.(*python.Tuple)
		if !ok || len(pair.Elems) != 2 {
			return nil, errKept
		}
		name, _ := python.StringOf(pair.Elems[0])
		value, ok := pair.Elems[1].(*python.Bytes)
		if !ok {
			return nil, errKept
		}
		r.Header[name] = append(r.Header[name], value.Data())
	}
	return r, nil
}
