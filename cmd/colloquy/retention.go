package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"
	"time"

	"colloquy/engine/config"
	"colloquy/engine/run"
	"colloquy/sql/store"
)

const retentionUsage = `colloquy retention show|keep|release [flags] [SESSION]...

  show      tells how many sessions the server would erase now, by interview: those
            that nobody has used for longer than "interview delete days" and
            "interview delete days by filename" say
  keep      has sessions kept for good, however long nobody uses them; their owners
            can still delete them
  release   has sessions erased by age again

`

// retention tells which sessions are erased next, and keeps some for good.
//
//	colloquy retention show|keep|release [flags] [SESSION]...
func retention(ctx context.Context, args, environ []string, out io.Writer) (err error) {
	o := &options{}
	fs := flag.NewFlagSet("colloquy retention", flag.ContinueOnError)
	fs.SetOutput(out)
	o.where(fs)
	fs.Usage = func() { fmt.Fprint(out, retentionUsage); fs.PrintDefaults() }
	verb := ""
	if len(args) > 0 && !isFlag(args[0]) {
		verb, args = args[0], args[1:]
	}
	if err := fs.Parse(args); err != nil {
		return err
	}
	cfg, err := configure(o, environ)
	if err != nil {
		return err
	}
	db, err := store.Open(ctx, address(cfg))
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	switch {
	case verb == "show" && fs.NArg() == 0:
		return showDue(ctx, db, cfg.Retention, clock().Now(), out)
	case (verb == "keep" || verb == "release") && fs.NArg() > 0:
		return keepSessions(ctx, db, fs.Args(), verb == "keep", out)
	}
	return errors.New("it is colloquy retention show, or keep or release with one session or more; --help says what they do")
}

func isFlag(arg string) bool { return arg != "" && arg[0] == '-' }

// showDue counts by interview what would be erased at a time.
func showDue(ctx context.Context, db *store.Store, kept config.Retention, now time.Time, out io.Writer) error {
	due := map[string]int{}
	if shortest, some := kept.Shortest(); some {
		const page = 1000
		var last run.Session
		for {
			list, err := db.Idle(ctx, now.Add(-shortest), last, page)
			if err != nil {
				return err
			}
			for _, v := range list {
				if kept.Due(v.Interview, v.Active, now) {
					due[v.Interview]++
				}
			}
			if len(list) < page {
				break
			}
			last = list[page-1]
		}
	}
	if len(due) == 0 {
		fmt.Fprintln(out, "No session is due.")
		return nil
	}
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "SESSIONS\tINTERVIEW")
	for _, name := range slices.Sorted(maps.Keys(due)) {
		fmt.Fprintf(w, "%d\t%s\n", due[name], name)
	}
	return w.Flush()
}

func keepSessions(ctx context.Context, db *store.Store, ids []string, kept bool, out io.Writer) error {
	said := map[bool]string{true: "is kept for good", false: "is erased by age again"}[kept]
	var missing []error
	for _, id := range ids {
		found, err := db.Keep(ctx, id, kept)
		if err != nil {
			return err
		}
		if !found {
			missing = append(missing, fmt.Errorf("there is no session %s", id))
			continue
		}
		fmt.Fprintln(out, id, said)
	}
	return errors.Join(missing...)
}
