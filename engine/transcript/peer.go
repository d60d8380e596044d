package transcript

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"colloquy/engine/ports"
)

// peers are the other servers that an interview calls: every file
// web/HOST/PATH of the transcript is what that address answers, status line
// and headers as in HTTP. All other addresses are not there.
type peers struct {
	t     *Transcript
	calls []string // since they were looked at
}

// Do answers from the transcript and notes the call.
func (p *peers) Do(_ context.Context, req ports.WebRequest) (*ports.WebResponse, error) {
	p.calls = append(p.calls, strings.TrimSpace(fmt.Sprintf("%s %s %s", req.Method, req.URL, req.Body)))
	_, address, _ := strings.Cut(req.URL, "://")
	address, _, _ = strings.Cut(address, "?")
	text, ok := p.t.file("web/" + address)
	if !ok {
		return nil, &ports.WebError{Failure: ports.WebConnect, Cause: errors.New("no such server")}
	}
	head, body, _ := bytes.Cut(text, []byte("\n\n"))
	reading := bufio.NewReader(io.MultiReader(strings.NewReader("HTTP/1.1 "), bytes.NewReader(head), strings.NewReader("\n\n")))
	resp, err := http.ReadResponse(reading, &http.Request{Method: http.MethodHead})
	if err != nil {
		return nil, &ports.WebError{Failure: ports.WebBroken, Cause: err}
	}
	_, reason, _ := strings.Cut(resp.Status, " ")
	return &ports.WebResponse{Status: resp.StatusCode, Reason: reason, URL: req.URL, Header: resp.Header, Body: body,
		Elapsed: 20 * time.Millisecond}, resp.Body.Close()
}

// calls writes down what was asked of other servers.
func (p *player) calls() {
	for _, c := range p.room.peers.calls {
		p.line("web " + c)
	}
	p.room.peers.calls = nil
}
