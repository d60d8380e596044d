package stdlib

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"time"

	"colloquy/engine/ports"
	"colloquy/engine/python"
)

// A Caller makes the calls of the requests module for an evaluation.
// Thread.Local may implement it; without one, every call is refused.
type Caller interface {
	// CallWeb makes a call. Its errors are those of [ports.Web]; any other ends
	// the evaluation.
	CallWeb(th *python.Thread, req ports.WebRequest) (*ports.WebResponse, error)
}

// failures name what the prelude of requests makes exceptions of.
var failures = map[ports.WebFailure]string{
	ports.WebConnect: "connect", ports.WebConnectTimeout: "connect timeout", ports.WebReadTimeout: "read timeout",
	ports.WebSecurity: "security", ports.WebTooLarge: "large", ports.WebRedirects: "redirects", ports.WebBroken: "broken",
}

func fillRequests(_ *builder, ns *python.Namespace) error {
	functions(ns, map[string]python.BuiltinFunc{"send": sendRequest})
	return nil
}

// sendRequest makes one call. It returns status, reason, headers, body and
// microseconds, or the kind of failure and its reason.
func sendRequest(th *python.Thread, a *python.Args) (python.Value, error) {
	if err := a.Exactly("send", 6); err != nil {
		return nil, err
	}
	req, err := webRequest(th, a.Pos)
	if err != nil {
		return nil, err
	}
	caller, ok := th.Local().(Caller)
	if !ok {
		return failure("refused", "calls to other servers are not possible here"), nil
	}
	resp, err := caller.CallWeb(th, req)
	var refused *ports.Undeliverable
	var failed *ports.WebError
	switch {
	case errors.As(err, &refused):
		return failure("refused", refused.Error()), nil
	case errors.As(err, &failed):
		return failure(failures[failed.Failure], failed.Error()), nil
	case err != nil && th.Context().Err() != nil:
		return nil, &python.BudgetError{Kind: "time", Err: th.Context().Err()}
	case err != nil:
		return nil, err
	}
	return webResponse(th, resp)
}

func failure(kind, why string) python.Value {
	return python.NewTuple(python.NewStr(kind), python.NewStr(why))
}

// webRequest reads method, address, headers, body and the two times.
func webRequest(th *python.Thread, args []python.Value) (ports.WebRequest, error) {
	var req ports.WebRequest
	method, _ := text(args[0])
	address, _ := text(args[1])
	if method == nil || address == nil {
		return req, python.Errorf(python.TypeError, "method and url must be text")
	}
	req.Method, req.URL, req.Header = method.String(), address.String(), http.Header{}
	headers, err := th.Elems(args[2])
	if err != nil {
		return req, err
	}
	for _, h := range headers {
		pair, ok := h.(*python.Tuple)
		if !ok || len(pair.Elems) != 2 {
			return req, errStored
		}
		name, _ := python.StringOf(pair.Elems[0])
		value, _ := python.StringOf(pair.Elems[1])
		req.Header.Add(name, value)
	}
	if body, ok := python.BytesOf(args[3]); ok {
		req.Body = []byte(body.Data())
	}
	req.Connect = waiting(args[4])
	if read := waiting(args[5]); read > 0 {
		req.Timeout = req.Connect + read
		if req.Connect == read {
			req.Timeout = read
		}
	}
	return req, nil
}

// waiting reads a number of seconds; 0 if there is none.
func waiting(v python.Value) time.Duration {
	if i, ok := python.IntOf(v); ok {
		return time.Duration(min(i, 1<<30)) * time.Second
	}
	if f, ok := python.Unwrap(v).(python.Float); ok {
		return time.Duration(min(float64(f), 1<<30) * float64(time.Second))
	}
	return 0
}

// webResponse gives what a server said; all of it comes from outside.
func webResponse(th *python.Thread, r *ports.WebResponse) (python.Value, error) {
	if err := th.Alloc(len(r.Body)); err != nil {
		return nil, err
	}
	headers := &python.List{}
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		for _, value := range r.Header[name] {
			headers.Elems = append(headers.Elems, python.NewTuple(python.Outside(name), python.Outside(latin(value))))
		}
	}
	body := python.NewBytes(r.Body)
	body.Outside = true
	return python.NewTuple(python.Int(r.Status), python.Outside(latin(r.Reason)), headers, body, python.Int(r.Elapsed.Microseconds())), nil
}

// latin reads the bytes of a header as the characters of Latin-1.
func latin(s string) string {
	runes := make([]rune, len(s))
	for i := range len(s) {
		runes[i] = rune(s[i])
	}
	return string(runes)
}
