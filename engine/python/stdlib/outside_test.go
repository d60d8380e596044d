package stdlib_test

import (
	"context"
	"strings"
	"testing"

	"colloquy/engine/python"
	"colloquy/engine/python/stdlib"
	"colloquy/engine/python/syntax"
)

// evaluate runs statements and returns the global r, on a thread that stays
// open until the test ends.
func evaluate(t *testing.T, lib *stdlib.Library, src string, globals map[string]python.Value) python.Value {
	t.Helper()
	th := python.NewThread(context.Background(), python.Options{Loader: lib})
	t.Cleanup(th.Close)
	ns := python.NewNamespace(nil)
	for name, v := range globals {
		ns.Set(name, v)
	}
	file, err := syntax.ParseFile("test", src, syntax.Pos{Line: 1, Col: 1})
	if err != nil {
		t.Fatal(err)
	}
	code, err := python.Compile(file, python.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := code.Run(th, ns); err != nil {
		t.Fatalf("%s: %v", src, err)
	}
	v, ok := ns.Get("r")
	if !ok {
		t.Fatalf("%s: r is not set", src)
	}
	return v
}

func shown(t *testing.T, v python.Value) string {
	t.Helper()
	th := python.NewThread(context.Background(), python.Options{})
	defer th.Close()
	s, err := th.Repr(v)
	if err != nil {
		t.Fatal(err)
	}
	return s.String()
}

// TestOutsideIsKept passes text from outside through functions and looks at
// which parts of the result are still known to be.
func TestOutsideIsKept(t *testing.T) {
	t.Parallel()
	lib := stdlib.New()
	for _, tt := range []struct{ expr, want string }{
		{"re.sub(b'q', b'', b'q' + x.encode()).decode()", "[a<i>]"}, {"re.search(b'<.', x.encode()).group().decode()", "[<i]"},
		{"re.findall(rb'\\w', bytearray(x.encode()))[1].decode()", "[i]"}, {"json.loads(bytearray(b'[\"') + x.encode() + b'\"]')[0]", "[a<i>]"},
		{"html.escape('<b>' + x + '</b>')", "&lt;b&gt;[a&lt;i&gt;]&lt;/b&gt;"}, {"html.unescape(html.escape(x))", "[a<i>]"},
		{"urllib.parse.quote('k=' + x)", "k%3D[a%3Ci%3E]"}, {"urllib.parse.unquote('%3C' + x)", "[<a<i>]"},
		{"urllib.parse.parse_qs('q=' + urllib.parse.quote(x))['q'][0]", "[a<i>]"},
		{"base64.b64decode(base64.b64encode(x.encode())).decode()", "[a<i>]"}, {"binascii.unhexlify(binascii.hexlify(x.encode())).decode()", "[a<i>]"},
		{"textwrap.fill('one ' + x + ' two', 7)", "one\n[a<i>]\ntwo"}, {"textwrap.dedent('  ' + x)", "[a<i>]"},
		{"os.path.join('dir', x)", "dir/[a<i>]"}, {"html.escape('plain&')", "plain&amp;"},
	} {
		v := evaluate(t, lib, "import html, urllib.parse, base64, binascii, textwrap, os.path, re, json\nr = "+tt.expr, map[string]python.Value{"x": python.Outside("a<i>")})
		if got := brackets(v.(*python.Str)); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.expr, got, tt.want)
		}
	}
}

// brackets shows a text with brackets around what comes from outside.
func brackets(s *python.Str) string {
	var b strings.Builder
	at := 0
	for _, span := range s.Spans() {
		b.WriteString(s.String()[at:span.From] + "[" + s.String()[span.From:span.To] + "]")
		at = span.To
	}
	return b.String() + s.String()[at:]
}

func TestTheMachineIsOutOfReach(t *testing.T) {
	t.Parallel()
	lib := stdlib.New()
	for _, expr := range []string{"os.getcwd()", "os.listdir('.')", "os.system('ls')", "os.path.exists('/')", "os.remove('x')", "urllib.request.urlopen('http://localhost')"} {
		v := evaluate(t, lib, "import os, urllib.request\ntry:\n    r = "+expr+"\nexcept PermissionError:\n    r = 'refused'", nil)
		if got := shown(t, v); got != "'refused'" {
			t.Errorf("%s is %s", expr, got)
		}
	}
}
