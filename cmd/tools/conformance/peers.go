package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// The kinds of thing that can pass, as the list names them.
const (
	scenario = "scenario"
	screen   = "screen"
)

// A peers runs the two programs of the suite.
type peers struct {
	dir     string // the copy of the suite
	url     string // the server
	jobs    int
	verbose bool // print what the suite says about each failure
}

// An outcome is what became of everything that was run, by id.
type outcome map[string]string // "passed", "failed", "skipped"

// ids lists everything of a kind in the suite.
func (p peers) ids(kind string) ([]string, error) {
	if kind == scenario {
		var tags struct{ Scenarios []struct{ ID string } }
		text, err := os.ReadFile(filepath.Join(p.dir, "tags.json"))
		if err != nil {
			return nil, fmt.Errorf("list the scenarios: %w", err)
		}
		if err := json.Unmarshal(text, &tags); err != nil {
			return nil, fmt.Errorf("list the scenarios: %w", err)
		}
		var all []string
		for _, s := range tags.Scenarios {
			all = append(all, s.ID)
		}
		return all, nil
	}
	f, err := os.Open(filepath.Join(p.dir, "goldens.jsonl"))
	if err != nil {
		return nil, fmt.Errorf("list the screens: %w", err)
	}
	defer f.Close()
	var all []string
	dec := json.NewDecoder(bufio.NewReader(f))
	for dec.More() {
		var golden struct{ Interview string }
		if err := dec.Decode(&golden); err != nil {
			return nil, fmt.Errorf("list the screens: %w", err)
		}
		all = append(all, golden.Interview)
	}
	return all, nil
}

// run runs the named ones of a kind; nil means all of them.
func (p peers) run(ctx context.Context, kind string, ids []string, jobs int) (outcome, error) {
	report := filepath.Join(p.dir, kind+".json")
	args := []string{"run.mjs", "--features", "features", "--skip-tags", "needs-python-module"}
	if kind == screen {
		args = []string{"screens.mjs", "--score"}
	}
	args = append(args, "--server", p.url, "--json", report, "--jobs", strconv.Itoa(jobs))
	if ids != nil {
		args = append(args, "--only", exactly(ids))
	}
	if err := os.RemoveAll(report); err != nil {
		return nil, fmt.Errorf("run %ss: %w", kind, err)
	}
	node := exec.CommandContext(ctx, "node", args...)
	node.Dir = p.dir
	var said strings.Builder
	node.Stdout, node.Stderr = &said, os.Stderr
	var exit *exec.ExitError
	if err := node.Run(); err != nil && !errors.As(err, &exit) { // it exits with 1 when one fails
		return nil, fmt.Errorf("run %ss: %w", kind, err)
	}
	fmt.Print(p.shorten(said.String()))
	return readReport(report)
}

// shorten leaves out what the suite says about each failure, which most of the
// time is many that nobody promised would pass.
func (p peers) shorten(said string) string {
	if p.verbose {
		return said
	}
	var kept strings.Builder
	for line := range strings.Lines(said) {
		if !strings.HasPrefix(line, "FAIL ") && !strings.HasPrefix(line, " ") {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

// exactly gives a regular expression that matches these ids and no others.
func exactly(ids []string) string {
	quoted := make([]string, len(ids))
	for i, id := range ids {
		quoted[i] = regexp.QuoteMeta(id)
	}
	return "^(?:" + strings.Join(quoted, "|") + ")$"
}

// readReport reads what either program writes with --json.
func readReport(file string) (outcome, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("the suite wrote no report: %w", err)
	}
	type result struct{ ID, Interview, Status string }
	var report struct{ Scenarios, Screens []result }
	if err := json.Unmarshal(text, &report); err != nil {
		return nil, fmt.Errorf("read the suite's report: %w", err)
	}
	out := outcome{}
	for _, r := range report.Scenarios {
		out[r.ID] = r.Status
	}
	for _, r := range report.Screens {
		if r.Status == "expected" { // an error where there must be one
			r.Status = "passed"
		}
		out[r.Interview] = r.Status
	}
	return out, nil
}

// with lists the ids with this status, in order.
func (o outcome) with(status string) []string {
	var ids []string
	for id, s := range o {
		if s == status {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}
