package web_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"colloquy/engine/config"
	"colloquy/engine/outside/web"
	"colloquy/engine/ports"
)

func get(w ports.Web, url string) (*ports.WebResponse, error) {
	return w.Do(context.Background(), ports.WebRequest{Method: "GET", URL: url, Follow: true})
}

// TestRefuses checks that only what the rules allow is called, whatever way
// leads there.
func TestRefuses(t *testing.T) {
	var called int
	inner := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { called++ }))
	defer inner.Close()
	port := inner.URL[strings.LastIndexByte(inner.URL, ':'):]
	outer := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Query().Get("at"), http.StatusFound)
	}))
	defer outer.Close()
	outerHost := strings.TrimPrefix(outer.URL, "http://")
	here := []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("::1/128")}
	rules := func(private []netip.Prefix, allow ...string) config.Web {
		return config.Web{Allow: allow, Private: private, Time: 5 * time.Second, Size: 1000}
	}
	for _, tt := range []struct {
		name, url, want string
		rules           config.Web
	}{
		{"nothing is allowed", inner.URL, "does not allow calls to 127.0.0.1", rules(here)},
		{"another host", "http://other.example.org/", "does not allow calls to other.example.org", rules(here, "example.org", "*.example.com")},
		{"a domain is not below itself", "http://example.com/", "does not allow calls to example.com", rules(here, "*.example.com")},
		{"a name that ends alike", "http://badexample.com/", "does not allow calls to badexample.com", rules(here, "*.example.com", "example.com")},
		{"another port", inner.URL, "does not allow calls to 127.0.0.1", rules(here, "127.0.0.1:1")},
		{"no HTTP", "file:///etc/passwd", "only addresses that begin with http", rules(here, "*")},
		{"this machine", inner.URL, "127.0.0.1 is not a public address", rules(nil, "*")},
		{"this machine by name", "http://localhost" + port, "is not a public address", rules(nil, "*")},
		{"this machine as a number", "http://2130706433" + port, "", rules(nil, "*")},
		{"this machine in IPv6", "http://[::ffff:127.0.0.1]" + port, "127.0.0.1 is not a public address", rules(nil, "*")},
		{"this machine's zero", "http://0.0.0.0" + port, "0.0.0.0 is not a public address", rules(nil, "*")},
		{"a neighbour", "http://192.168.0.1/", "192.168.0.1 is not a public address", rules(here, "*")},
		{"the cloud's own", "http://169.254.169.254/latest", "169.254.169.254 is not a public address", rules(here, "*")},
		{"translated", "http://[64:ff9b::7f00:1]/", "64:ff9b::7f00:1 is not a public address", rules(here, "*")},
		{"an agent who redirects", outer.URL + "?at=" + inner.URL, "does not allow calls to 127.0.0.1", rules(here, outerHost)},
		{"a redirect to a neighbour", outer.URL + "?at=http://10.1.2.3/", "10.1.2.3 is not a public address", rules(here, "*")},
		{"a redirect elsewhere", outer.URL + "?at=ftp://10.1.2.3/", "only addresses that begin with http", rules(here, "*")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := get(web.New(tt.rules, nil), tt.url)
			var refused *ports.Undeliverable
			if tt.want == "" {
				if err == nil {
					t.Error("it was called")
				}
			} else if !errors.As(err, &refused) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
	if called != 0 {
		t.Errorf("the server was reached %d times", called)
	}
	for _, allow := range []string{"*", "127.0.0.1", "127.0.0.1" + port} {
		if _, err := get(web.New(rules(here, allow), nil), inner.URL); err != nil {
			t.Errorf("allowed as %s: %v", allow, err)
		}
	}
	if _, err := get(web.New(rules(here, "*"), nil), outer.URL+"?at="+inner.URL); err != nil || called != 4 {
		t.Errorf("a redirect that is allowed: %v, %d calls", err, called)
	}
}

// TestLimits checks what a call may take and how it fails.
func TestLimits(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/large", func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, 1001)) })
	mux.HandleFunc("/just", func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, 1000)) })
	mux.HandleFunc("/bomb", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		z.Write(make([]byte, 1<<20))
		z.Close()
	})
	mux.HandleFunc("/packed", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		io.WriteString(z, "unpacked")
		z.Close()
	})
	mux.HandleFunc("/slow", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/trickle", func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte("x"))
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	mux.HandleFunc("/broken", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "10")
		w.Write([]byte("short"))
	})
	mux.HandleFunc("/round", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/round", http.StatusFound) })
	server := httptest.NewServer(mux)
	defer server.Close()
	rules := neighbours()
	rules.Time, rules.Size = 500*time.Millisecond, 1000
	client := web.New(rules, nil)
	for path, want := range map[string]ports.WebFailure{
		"/large": ports.WebTooLarge, "/bomb": ports.WebTooLarge, "/slow": ports.WebReadTimeout, "/trickle": ports.WebReadTimeout,
		"/broken": ports.WebBroken, "/round": ports.WebRedirects,
	} {
		_, err := get(client, server.URL+path)
		var failed *ports.WebError
		if !errors.As(err, &failed) || failed.Failure != want {
			t.Errorf("%s: got %v, want failure %d", path, err, want)
		}
		if err != nil && strings.Contains(err.Error(), server.URL) {
			t.Errorf("%s: the address is in the error: %v", path, err)
		}
	}
	if r, err := get(client, server.URL+"/packed"); err != nil || string(r.Body) != "unpacked" {
		t.Errorf("packed: %v %v", r, err)
	}
	if r, err := get(client, server.URL+"/just"); err != nil || len(r.Body) != 1000 || r.Reason != "OK" || r.Elapsed <= 0 {
		t.Errorf("just small enough: %v %v", r, err)
	}
	_, err := get(client, "http://127.0.0.1:1/")
	var failed *ports.WebError
	if !errors.As(err, &failed) || failed.Failure != ports.WebConnect {
		t.Errorf("nobody there: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := client.Do(ctx, ports.WebRequest{Method: "GET", URL: server.URL + "/just"}); !errors.Is(err, context.Canceled) {
		t.Errorf("the evaluation is over: %v", err)
	}
}

func TestSecurity(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer server.Close()
	server.Config.ErrorLog = nil
	_, err := get(web.New(neighbours(), x509.NewCertPool()), server.URL)
	var failed *ports.WebError
	if !errors.As(err, &failed) || failed.Failure != ports.WebSecurity {
		t.Errorf("a certificate nobody vouches for: %v", err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	if _, err := get(web.New(neighbours(), roots), server.URL); err != nil {
		t.Errorf("a good certificate: %v", err)
	}
}

func TestSends(t *testing.T) {
	var got *http.Request
	var body []byte
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		got = r
		body, _ = io.ReadAll(r.Body)
	}))
	defer server.Close()
	_, err := web.New(neighbours(), nil).Do(t.Context(), ports.WebRequest{Method: "POST", URL: server.URL + "/x?q=1",
		Header: http.Header{"X-A": {"b"}, "Host": {"elsewhere.example.org"}}, Body: []byte("text"), Key: "k1"})
	if err != nil {
		t.Fatal(err)
	}
	if got.Method != "POST" || got.URL.String() != "/x?q=1" || got.Header.Get("X-A") != "b" || got.Header.Get("Idempotency-Key") != "k1" ||
		!bytes.Equal(body, []byte("text")) || strings.Contains(got.Host, "elsewhere") {
		t.Errorf("got %v %q", got, body)
	}
}

// TestMarks checks that all that another server says is known to come from
// outside.
func TestMarks(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Said", "header")
		w.Header().Set("Set-Cookie", "crumb=cookie")
		io.WriteString(w, `{"key": ["value"]}`)
	}))
	defer server.Close()
	for _, expr := range []string{"r.text", "r.json()['key'][0]", "list(r.json())[0]", "r.headers['x-said']", "r.cookies['crumb']",
		"r.reason", "r.content.decode()", "next(r.iter_lines()).decode()", "r.content[:3].decode('ascii')"} {
		src := "import requests\nr = requests.get('" + server.URL + "')\nprint(probe(" + expr + "))"
		if got := play(t, web.New(neighbours(), nil), src); got != "outside\n" {
			t.Errorf("%s: %s", expr, got)
		}
	}
}
