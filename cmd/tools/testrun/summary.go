package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// An event is one line of go test -json.
type event struct {
	Action     string
	Package    string
	ImportPath string // of build events
	Test       string
	Elapsed    float64
	Output     string
}

// A test is known by its package and name; the name is "" for the package.
type test struct{ pkg, name string }

// A summary counts tests and prints what a reader wants to see of them.
type summary struct {
	out            io.Writer
	passed, failed int
	skips          map[string][]string // tests skipped, by reason
	broken         bool                // something failed that is not a test
	strict         bool                // a skipped test is a failure

	said  map[test][]string   // output of tests that have not ended
	tests map[string]int      // tests run, by package
	bad   map[string][]string // output of failed tests, by package
}

func newSummary(out io.Writer) *summary {
	return &summary{out: out, skips: map[string][]string{}, said: map[test][]string{}, tests: map[string]int{}, bad: map[string][]string{}}
}

func (s *summary) skipped() int {
	n := 0
	for _, tests := range s.skips {
		n += len(tests)
	}
	return n
}

// read takes in the events of one go test.
func (s *summary) read(r io.Reader) error {
	return lines(r, func(line string) {
		var e event
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			fmt.Fprintln(s.out, line) // not an event: pass it on
			return
		}
		s.take(e)
	})
}

func (s *summary) take(e event) {
	key := test{e.Package, e.Test}
	switch e.Action {
	case "build-output":
		fmt.Fprint(s.out, e.Output)
	case "build-fail":
		s.broken = true
	case "output":
		s.said[key] = append(s.said[key], e.Output)
	case "pass", "fail", "skip":
		if e.Test == "" {
			s.endPackage(e)
		} else {
			s.endTest(key, e.Action)
		}
		delete(s.said, key)
	}
}

func (s *summary) endTest(key test, action string) {
	s.tests[key.pkg]++
	switch action {
	case "pass":
		s.passed++
	case "fail":
		s.failed++
		s.bad[key.pkg] = append(s.bad[key.pkg], s.said[key]...)
	case "skip":
		why := reason(s.said[key])
		s.skips[why] = append(s.skips[why], key.pkg+" "+key.name)
	}
}

// endPackage prints a package's line, and what its failed tests said.
func (s *summary) endPackage(e event) {
	key := test{e.Package, ""}
	n := s.tests[e.Package]
	switch {
	case e.Action == "fail":
		fmt.Fprintf(s.out, "FAIL  %s  %.1fs\n", e.Package, e.Elapsed)
		s.quote(append(s.bad[e.Package], s.said[key]...))
		s.printUnended(e.Package)
		if len(s.bad[e.Package]) == 0 {
			s.broken = true // a panic, a leak, a time-out
		}
	case n > 0:
		fmt.Fprintf(s.out, "ok    %s  %d tests, %.1fs\n", e.Package, n, e.Elapsed)
	}
}

// quote prints what a failed test or package said.
func (s *summary) quote(output []string) {
	for _, text := range output {
		if strings.HasPrefix(text, "=== ") {
			continue // that a test runs, pauses, goes on
		}
		fmt.Fprint(s.out, "      ", strings.TrimRight(text, "\n"), "\n")
	}
}

// printUnended prints what was said by the tests of pkg that ran when its
// process ended: a panic, a time-out. The goroutines are many; the first of
// them are enough.
func (s *summary) printUnended(pkg string) {
	const most = 80 // lines
	unended := slices.DeleteFunc(slices.Collect(maps.Keys(s.said)), func(t test) bool { return t.pkg != pkg || t.name == "" })
	slices.SortFunc(unended, func(a, b test) int { return strings.Compare(a.name, b.name) })
	for _, t := range unended {
		said := s.said[t]
		fmt.Fprintf(s.out, "      %s did not end:\n", t.name)
		s.quote(said[:min(len(said), most)])
		if len(said) > most {
			fmt.Fprintf(s.out, "      … and %d more lines\n", len(said)-most)
		}
		delete(s.said, t)
	}
}

// reason finds in the output of a skipped test what it gave as the reason.
func reason(output []string) string {
	for _, line := range output {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "===") || strings.HasPrefix(line, "---") {
			continue
		}
		if _, after, ok := strings.Cut(line, ".go:"); ok { // "file_test.go:12: reason"
			if _, why, ok := strings.Cut(after, ": "); ok {
				return why
			}
		}
		return line
	}
	return "no reason given"
}

// close prints the sum. absent says what was missing on this machine.
func (s *summary) close(absent []string) {
	for _, why := range slices.Sorted(maps.Keys(s.skips)) {
		tests := s.skips[why]
		fmt.Fprintf(s.out, "skip  %d: %s (%s)\n", len(tests), why, strings.Join(first(tests, 3), ", "))
	}
	if s.skipped() > 0 && len(absent) > 0 {
		fmt.Fprintf(s.out, "To run what was skipped: %s\n", command(absent))
	}
	if s.strict && s.skipped() > 0 {
		fmt.Fprintln(s.out, "With CI=true a skipped test is a failure.")
	}
	if s.broken {
		fmt.Fprintln(s.out, "Something failed outside of the tests; see above.")
	}
	fmt.Fprintf(s.out, "%d passed, %d failed, %d skipped\n", s.passed, s.failed, s.skipped())
}

// first gives the first n of a list, and a word about the others.
func first(all []string, n int) []string {
	if len(all) <= n {
		return all
	}
	return append(slices.Clone(all[:n]), fmt.Sprintf("and %d more", len(all)-n))
}
