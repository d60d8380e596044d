package python_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"colloquy/engine/python"
	"colloquy/engine/python/stdlib"
	"colloquy/engine/python/syntax"
)

// escapeLimits are what a program of the corpus may use.
var escapeLimits = python.Limits{Steps: 300_000, Bytes: 32 << 20, Allocation: 8 << 20}

// TestEscapes runs programs that try to get out of the box or to use more than
// they may. The first line of each says what it must meet: budgets ("steps",
// "memory", "time"), exceptions, several of them with "or", and for an
// exception the line where; what a budget allows is overshot by less than a tenth.
func TestEscapes(t *testing.T) {
	files, err := filepath.Glob("testdata/escape/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	lib := stdlib.New()
	entries := 0
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		area := strings.TrimSuffix(filepath.Base(file), ".txtar")
		for _, f := range archive.Files {
			entries++
			t.Run(area+"/"+strings.TrimSuffix(f.Name, ".py"), func(t *testing.T) { escape(t, lib, string(f.Data)) })
		}
	}
	if entries < 300 {
		t.Errorf("only %d programs", entries)
	}
}

// TestHarmless runs programs that look much the same and are allowed.
func TestHarmless(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/harmless.txtar")
	if err != nil {
		t.Fatal(err)
	}
	lib := stdlib.New()
	for _, f := range archive.Files {
		t.Run(strings.TrimSuffix(f.Name, ".py"), func(t *testing.T) {
			first, src, _ := strings.Cut(string(f.Data), "\n")
			o := attempt(lib, src, escapeLimits, endless, true)
			if want := strings.TrimPrefix(first, "# prints "); o.met != "nothing" || strings.TrimSpace(o.printed) != want {
				t.Errorf("met %s at %d and printed %q, want %q", o.met, o.line, o.printed, want)
			}
		})
	}
}

var meets = regexp.MustCompile(`^# meets ([A-Za-z]+(?: or [A-Za-z]+)*)(?: at (\d+))?\n`)

// endless is longer than any program of the corpus takes to meet its limit of
// steps or memory, however busy the machine is.
const endless = 2 * time.Minute

// escape runs one program of the corpus.
func escape(t *testing.T, lib *stdlib.Library, src string) {
	m := meets.FindStringSubmatch(src)
	if m == nil {
		t.Fatalf("the first line does not say what it meets:\n%s", src)
	}
	want := strings.Split(m[1], " or ")
	limits := escapeLimits
	if m[1] == "memory" {
		limits.Steps = 50_000_000
	}
	src = unfold(src)
	allowed := endless
	if slices.Contains(want, "time") {
		allowed = 5 * time.Second
	}
	var o outcome
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		o = attempt(lib, src, limits, allowed, true)
	}()
	select {
	case <-ended:
	case <-time.After(allowed + endless/2):
		t.Fatal("runs on and on")
	}
	got, line, peak := o.met, o.line, o.peak
	if !slices.Contains(want, got) {
		t.Errorf("met %s at %d, want %s\n%s", got, line, m[1], src[:min(len(src), 400)])
	}
	budget := slices.Contains([]string{"steps", "memory", "time"}, got)
	if m[2] != "" && !budget && strconv.Itoa(line) != m[2] {
		t.Errorf("met %s at line %d, want %s", got, line, m[2])
	}
	if budget && (line < 2 || line > strings.Count(src, "\n")) {
		t.Errorf("met %s at line %d, which is none of the program", got, line)
	}
	if over := int64(peak) - limits.Bytes; over > limits.Bytes/10 {
		t.Errorf("used %d bytes of %d", peak, limits.Bytes)
	}
	if budget && *timed && !slices.Contains(want, "TimeoutError") {
		inTime(t, lib, src)
	}
}

// timed also measures how far programs overshoot a limit of time, which takes
// an idle machine. A single match of a pattern may take a second, a tenth of
// the ten that a request has, and is not measured.
var timed = flag.Bool("timed", false, "measure how far programs that break out overshoot their time")

func inTime(t *testing.T, lib *stdlib.Library, src string) {
	t.Helper()
	const allowed = 100 * time.Millisecond
	took := time.Hour
	for try := 0; try < 12 && took > allowed+allowed/10; try++ { // the machine may be busy with other things
		timed := attempt(lib, src, python.Limits{Steps: 20_000_000, Bytes: 64 << 20, Allocation: 8 << 20}, allowed, false)
		took = min(took, timed.took)
	}
	if took > allowed+allowed/10 {
		t.Errorf("took %v of %v", took, allowed)
	}
}

// An outcome is what ended a program ("nothing": its end) and where, what it
// printed, how long it ran, and the most bytes that were alive meanwhile.
type outcome struct {
	met     string
	line    int
	printed string
	took    time.Duration
	peak    uint64
}

// attempt runs a program.
func attempt(lib *stdlib.Library, src string, limits python.Limits, allowed time.Duration, weigh bool) outcome {
	file, err := syntax.ParseFile("interview.yml", src, syntax.Pos{Line: 1, Col: 1})
	if err != nil {
		var se *syntax.Error
		if !errors.As(err, &se) || se.Line == 0 {
			return outcome{met: "no position: " + err.Error()}
		}
		return outcome{met: "syntax", line: se.Line}
	}
	code, err := python.Compile(file, python.CompileOptions{Interview: true})
	if err != nil {
		return outcome{met: "syntax"}
	}
	done := func() uint64 { return 0 }
	if weigh {
		done = watchHeap()
	}
	ctx, cancel := context.WithTimeout(context.Background(), allowed)
	defer cancel()
	var printed strings.Builder
	th := python.NewThread(ctx, python.Options{Limits: limits, Loader: lib, Print: func(s string) { printed.WriteString(s[:min(len(s), 100)]) }})
	defer th.Close()
	ns := python.NewNamespace(nil)
	begun := time.Now()
	_, err = code.Run(th, ns)
	o := outcome{met: "nothing", printed: printed.String(), took: time.Since(begun), peak: done()}
	runtime.KeepAlive(ns)
	var budget *python.BudgetError
	raised, isRaised := python.AsRaised(err)
	switch {
	case errors.As(err, &budget):
		o.met, o.line = budget.Kind, budget.At.Line
	case isRaised:
		o.met = raised.Value().Class().Name()
		for _, at := range raised.Traceback() {
			if at.File == "interview.yml" {
				o.line = at.Line
			}
		}
	case err != nil:
		o.met = fmt.Sprintf("a Go error (%v)", err)
	}
	return o
}

// watchHeap looks at what is alive on the heap until the function it returns
// is called, which tells the most there was beyond what was there before.
func watchHeap() func() uint64 {
	percent := debug.SetGCPercent(10)
	runtime.GC()
	live := func() uint64 {
		s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(s)
		return s[0].Value.Uint64()
	}
	before, most := live(), uint64(0)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
				most = max(most, live())
			}
		}
	}()
	return func() uint64 {
		close(stop)
		<-stopped
		runtime.GC()
		most = max(most, live())
		debug.SetGCPercent(percent)
		return max(most, before) - before
	}
}

// unfold writes out the lines of a program that are only nesting.
func unfold(src string) string {
	lines := strings.Split(src, "\n")
	for i, l := range lines {
		word, rest, _ := strings.Cut(l, " ")
		args := strings.Split(rest, " ")
		switch word {
		case "NEST": // bracket, depth
			n, _ := strconv.Atoi(args[1])
			lines[i] = strings.Repeat(args[0], n) + strings.Repeat(map[string]string{"(": ")", "[": "]"}[args[0]], n)
		case "REPEAT": // what, how often, what follows
			n, _ := strconv.Atoi(args[1])
			lines[i] = strings.Repeat(args[0]+" ", n) + args[2]
		case "REPEATEND": // what comes first, what, how often
			n, _ := strconv.Atoi(args[2])
			lines[i] = args[0] + strings.Repeat(args[1], n)
		case "BLOCKS": // depth
			n, _ := strconv.Atoi(args[0])
			var b strings.Builder
			for d := range n {
				b.WriteString(strings.Repeat(" ", d) + "if 1:\n")
			}
			lines[i] = b.String() + strings.Repeat(" ", n) + "pass"
		}
	}
	return strings.Join(lines, "\n")
}
