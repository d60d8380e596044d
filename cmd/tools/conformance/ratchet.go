package main

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// parts is how many parts a full run is divided into by -part.
const parts = 3

// head begins the list of what passes.
const head = `# What of the public peer suite passes: "make conformance" fails if one of these
# does so twice in a row, and "UPDATE=1 make conformance" adds what passes now.
`

// ratchet runs what was asked for, compares it with the list and moves the list
// on if it may.
func ratchet(ctx context.Context, o options, p peers) error {
	file := filepath.Join(o.root, ".ci", "peer-passing.txt")
	listed, err := readList(file)
	if err != nil {
		return err
	}
	var sum tally
	for _, kind := range []string{screen, scenario} {
		if o.kind != "" && o.kind != kind {
			continue
		}
		if err := sum.runKind(ctx, o, p, kind, listed); err != nil {
			return err
		}
	}
	if len(sum.added) > 0 && o.update {
		if err := writeList(file, append(listed, sum.added...)); err != nil {
			return err
		}
		fmt.Printf("conformance: %d more on the list\n", len(sum.added))
	} else if len(sum.added) > 0 {
		fmt.Printf("conformance: %d pass that are not on the list; UPDATE=1 make conformance adds them\n", len(sum.added))
	}
	for _, line := range sum.lost {
		fmt.Println("conformance: passes no more:", line)
	}
	fmt.Printf("conformance: %d passed, %d failed, %d skipped\n", sum.passed, len(sum.lost), sum.skipped)
	if len(sum.lost) > 0 {
		return errRegressed
	}
	return nil
}

// A tally is what came of a run: failed are only those that were listed.
type tally struct {
	passed, skipped int
	added, lost     []string // lines of the list
}

// runKind runs one program of the suite, and once more what was listed and
// failed.
func (t *tally) runKind(ctx context.Context, o options, p peers, kind string, listed []string) error {
	var ids []string
	if o.part >= 0 {
		all, err := p.ids(kind)
		if err != nil {
			return err
		}
		if ids = third(all, o.part); len(ids) == 0 {
			return nil
		}
	}
	first, err := p.run(ctx, kind, ids, p.jobs)
	if err != nil {
		return err
	}
	for _, id := range first.with("passed") {
		t.passed++
		if line := kind + " " + id; !slices.Contains(listed, line) {
			t.added = append(t.added, line)
		}
	}
	t.skipped += len(first.with("skipped"))

	var again []string
	for _, id := range first.with("failed") {
		if slices.Contains(listed, kind+" "+id) {
			again = append(again, id)
		}
	}
	if len(again) == 0 {
		return nil
	}
	fmt.Printf("conformance: once more, one at a time: %d\n", len(again))
	p.verbose = true
	second, err := p.run(ctx, kind, again, 1)
	if err != nil {
		return err
	}
	t.passed += len(second.with("passed"))
	for _, id := range second.with("failed") {
		t.lost = append(t.lost, kind+" "+id)
	}
	return nil
}

// third gives those ids that fall to a part. Ids of the same interview stay
// together, so that a part is what a person would call a third of the
// interviews.
func third(ids []string, part int) []string {
	var out []string
	for _, id := range ids {
		interview, _, _ := strings.Cut(id, "#")
		h := fnv.New32a()
		h.Write([]byte(interview))
		if h.Sum32()%parts == uint32(part%parts) {
			out = append(out, id)
		}
	}
	return out
}

// readList reads the lines of the list; a missing file is an empty list.
func readList(file string) ([]string, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("read what passed before: %w", err)
	}
	var list []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			list = append(list, line)
		}
	}
	return list, nil
}

func writeList(file string, list []string) error {
	slices.Sort(list)
	text := head + strings.Join(slices.Compact(list), "\n") + "\n"
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		return fmt.Errorf("write what passes now: %w", err)
	}
	return nil
}
