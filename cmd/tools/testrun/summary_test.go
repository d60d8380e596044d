package main

import (
	"strings"
	"testing"
)

// The events of a package that passes, one that skips, one that fails, one
// without tests and one that does not compile.
const events = `{"Action":"start","Package":"m/good"}
{"Action":"run","Package":"m/good","Test":"TestA"}
{"Action":"output","Package":"m/good","Test":"TestA","Output":"chatter\n"}
{"Action":"pass","Package":"m/good","Test":"TestA","Elapsed":0.01}
{"Action":"pass","Package":"m/good","Test":"TestB","Elapsed":0}
{"Action":"pass","Package":"m/good","Elapsed":1.26}
{"Action":"output","Package":"m/skips","Test":"TestDB","Output":"=== RUN   TestDB\n"}
{"Action":"output","Package":"m/skips","Test":"TestDB","Output":"    a_test.go:12: initdb is not installed\n"}
{"Action":"skip","Package":"m/skips","Test":"TestDB","Elapsed":0}
{"Action":"pass","Package":"m/skips","Elapsed":0.5}
{"Action":"output","Package":"m/bad","Test":"TestC","Output":"    c_test.go:3: got 1, want 2\n"}
{"Action":"fail","Package":"m/bad","Test":"TestC","Elapsed":0}
{"Action":"output","Package":"m/bad","Output":"FAIL\n"}
{"Action":"fail","Package":"m/bad","Elapsed":0.1}
{"Action":"skip","Package":"m/none","Elapsed":0}
`

func TestSummary(t *testing.T) {
	for _, tt := range []struct {
		name, events string
		broken       bool
		absent       []string
		want         string
	}{
		{"all kinds", events, false, []string{"postgresql"}, `ok    m/good  2 tests, 1.3s
ok    m/skips  1 tests, 0.5s
FAIL  m/bad  0.1s
          c_test.go:3: got 1, want 2
      FAIL
skip  1: initdb is not installed (m/skips TestDB)
To run what was skipped: SUDOsh cmd/tools/install.sh postgresql
2 passed, 1 failed, 1 skipped
`},
		{"does not compile", `{"Action":"build-output","ImportPath":"m/x","Output":"x.go:1:1: what\n"}
{"Action":"build-fail","ImportPath":"m/x"}
{"Action":"fail","Package":"m/x","Elapsed":0}
`, true, nil, `x.go:1:1: what
FAIL  m/x  0.0s
Something failed outside of the tests; see above.
0 passed, 0 failed, 0 skipped
`},
		{"does not end", `{"Action":"run","Package":"m/slow","Test":"TestD"}
{"Action":"output","Package":"m/slow","Test":"TestD","Output":"=== RUN   TestD\n"}
{"Action":"output","Package":"m/slow","Test":"TestD","Output":"panic: test timed out after 40m0s\n"}
{"Action":"output","Package":"m/slow","Output":"FAIL\tm/slow\t2400.0s\n"}
{"Action":"fail","Package":"m/slow","Elapsed":2400}
`, true, nil, `FAIL  m/slow  2400.0s
      FAIL	m/slow	2400.0s
      TestD did not end:
      panic: test timed out after 40m0s
Something failed outside of the tests; see above.
0 passed, 0 failed, 0 skipped
`},
		{"not an event", "oddity\n", false, nil, "oddity\n0 passed, 0 failed, 0 skipped\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			s := newSummary(&out)
			if err := s.read(strings.NewReader(tt.events)); err != nil {
				t.Fatal(err)
			}
			s.close(tt.absent)
			want := strings.ReplaceAll(tt.want, "SUDO", strings.TrimSuffix(command(nil), "sh cmd/tools/install.sh "))
			if got := out.String(); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if s.broken != tt.broken {
				t.Errorf("broken = %v", s.broken)
			}
		})
	}
}

func TestMissing(t *testing.T) {
	yes, no := func() bool { return true }, func() bool { return false }
	got := missing([]need{{name: "a", have: yes}, {name: "b", deb: []string{"x", "y"}, have: no}, {name: "c", deb: []string{"z"}, have: no}})
	if strings.Join(debs(got), " ") != "x y z" {
		t.Errorf("got %v", debs(got))
	}
}

func TestFirst(t *testing.T) {
	if got := strings.Join(first([]string{"a", "b", "c"}, 2), ", "); got != "a, b, and 1 more" {
		t.Errorf("got %q", got)
	}
}
