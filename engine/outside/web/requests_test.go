package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"colloquy/engine/config"
	"colloquy/engine/outside/web"
	"colloquy/engine/ports"
	"colloquy/engine/python"
	"colloquy/engine/python/stdlib"
	"colloquy/engine/python/syntax"
)

var record = flag.Bool("record", false, "record what the Python at $PYTHON prints, which has the library requests 2.34")

// recorded is where the programs are. They were recorded with CPython 3.12.1
// and requests 2.34.2.
const recorded = "testdata/requests.txtar"

// caller is what an evaluation gives the requests module.
type caller struct{ ports.Web }

func (c caller) CallWeb(th *python.Thread, req ports.WebRequest) (*ports.WebResponse, error) {
	return c.Do(th.Context(), req)
}

// neighbours allows calls to servers of this machine.
func neighbours() config.Web {
	return config.Web{Allow: []string{"127.0.0.1"}, Private: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Time: 10 * time.Second, Size: 1 << 20}
}

// play runs a program in our dialect; what it prints, and the exception that
// left it.
func play(t *testing.T, w ports.Web, src string) string {
	t.Helper()
	var out strings.Builder
	th := python.NewThread(context.Background(), python.Options{Loader: stdlib.New(), Local: caller{w},
		Print: func(s string) { out.WriteString(s) }})
	defer th.Close()
	file, err := syntax.ParseFile("program.py", src, syntax.Pos{Line: 1, Col: 1})
	if err != nil {
		t.Fatal(err)
	}
	code, err := python.Compile(file, python.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	ns := python.NewNamespace(nil)
	ns.Set("probe", python.NewBuiltin("probe", func(_ *python.Thread, a *python.Args) (python.Value, error) {
		if s, ok := a.Pos[0].(*python.Str); ok && s.HasOutside() {
			return python.NewStr("outside"), nil
		}
		return python.NewStr("ours"), nil
	}))
	if _, err := code.Run(th, ns); err != nil {
		raised, ok := python.AsRaised(err)
		if !ok {
			t.Fatal(err)
		}
		text, _ := th.Str(raised.Value())
		fmt.Fprintf(&out, "! %s: %s\n", raised.Value().Class().Name(), text)
	}
	return out.String()
}

// foreign runs a program with the library itself.
func foreign(t *testing.T, src string) string {
	t.Helper()
	cmd := exec.Command(os.Getenv("PYTHON"), "-c", src)
	cmd.Env = append(os.Environ(), "PYTHONHASHSEED=0")
	var out, wrong bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &wrong
	var exit *exec.ExitError
	if err := cmd.Run(); errors.As(err, &exit) {
		lines := strings.Split(strings.TrimSpace(wrong.String()), "\n")
		name, text, _ := strings.Cut(lines[len(lines)-1], ": ")
		fmt.Fprintf(&out, "! %s: %s\n", name[strings.LastIndexByte(name, '.')+1:], text)
	} else if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestRequests runs programs that use requests, against a server and through
// the adapter, and compares with what the library itself printed.
func TestRequests(t *testing.T) {
	server := httptest.NewServer(peer())
	defer server.Close()
	archive, err := txtar.ParseFile(recorded)
	if err != nil {
		t.Fatal(err)
	}
	port := server.URL[strings.LastIndexByte(server.URL, ':')+1:]
	unport := strings.NewReplacer(":"+port, ":PORT", "port="+port, "port=PORT")
	var programs int
	for i, f := range archive.Files {
		name, ok := strings.CutSuffix(f.Name, ".py")
		if !ok {
			continue
		}
		programs++
		src := strings.ReplaceAll(string(f.Data), "SERVER", server.URL)
		if *record {
			out := txtar.File{Name: name + ".out", Data: []byte(unport.Replace(foreign(t, src)))}
			archive.Files[i+1] = out
			continue
		}
		t.Run(name, func(t *testing.T) {
			if got, want := unport.Replace(play(t, web.New(neighbours(), nil), src)), string(archive.Files[i+1].Data); got != want {
				t.Errorf("printed\n%s\nwant\n%s", got, want)
			}
		})
	}
	if *record {
		if err := os.WriteFile(recorded, txtar.Format(archive), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if programs < 40 {
		t.Errorf("only %d programs", programs)
	}
}

// peer is the server that the programs call.
func peer() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/echo", echo)
	mux.HandleFunc("/echo/", echo)
	mux.HandleFunc("/status/{code}", func(w http.ResponseWriter, r *http.Request) {
		var code int
		fmt.Sscan(r.PathValue("code"), &code)
		w.WriteHeader(code)
	})
	mux.HandleFunc("/say", func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		w.Header()["Date"] = nil
		w.Header().Set("Content-Type", q.Get("type"))
		for _, h := range q["header"] {
			name, value, _ := strings.Cut(h, "=")
			w.Header().Add(name, value)
		}
		io.WriteString(w, q.Get("text"))
	})
	mux.HandleFunc("/raw", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", r.URL.Query().Get("type"))
		w.Write([]byte(r.URL.Query().Get("latin")))
		for _, c := range r.URL.Query().Get("bytes") {
			w.Write([]byte{byte(c)})
		}
	})
	mux.HandleFunc("/to/{code}", func(w http.ResponseWriter, r *http.Request) {
		var code int
		fmt.Sscan(r.PathValue("code"), &code)
		for _, c := range r.URL.Query()["cookie"] {
			w.Header().Add("Set-Cookie", c)
		}
		w.Header().Set("Location", r.URL.Query().Get("at"))
		w.WriteHeader(code)
	})
	mux.HandleFunc("/round", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/round", http.StatusFound) })
	mux.HandleFunc("/slow", func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-time.After(5 * time.Second):
		}
	})
	mux.HandleFunc("/digest", digest)
	return mux
}

// echo answers with what it was asked, in JSON.
func echo(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	if _, boundary, ok := strings.Cut(r.Header.Get("Content-Type"), "boundary="); ok {
		body = bytes.ReplaceAll(body, []byte(boundary), []byte("BOUNDARY"))
		r.Header.Set("Content-Type", "multipart/form-data")
	}
	headers := map[string][]string{}
	for name, values := range r.Header {
		if !slices.Contains([]string{"User-Agent", "Idempotency-Key"}, name) {
			headers[name] = values
		}
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Date", "Mon, 23 Nov 2026 12:00:00 GMT")
	json.NewEncoder(w).Encode(map[string]any{"method": r.Method, "uri": r.RequestURI, "headers": headers, "body": string(body)})
}

// digest lets in who proves that he knows the password.
func digest(w http.ResponseWriter, r *http.Request) {
	given := r.Header.Get("Authorization")
	if !strings.HasPrefix(given, `Digest username="mary", realm="club", nonce="77aa", uri="/digest", response="`) || !strings.Contains(given, `qop="auth", nc=00000001`) {
		w.Header().Set("WWW-Authenticate", `Digest realm="club", nonce="77aa", qop="auth,auth-int"`)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	io.WriteString(w, "come in")
}
