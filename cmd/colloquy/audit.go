package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"colloquy/engine/accounts"
	"colloquy/engine/packages"
	"colloquy/engine/run"
	"colloquy/sql/store"
)

const auditUsage = `colloquy audit [flags]

Lists who opened sessions that are not their own, the newest first: when, which
session, by whom, and how. How is "link" with the address of a session that is
open to everybody (multi_user), "launch" with an address that its interview made
for it, "interview" by code of another session, "api" by a program. Whoever goes
on in the same way is noted once an hour; all browsers that were never here
before count as one. What is noted is kept as long as the session.

`

// auditOptions are what the command line says.
type auditOptions struct {
	options
	session, interview, account, since string
	limit                              int
	json                               bool
}

// audit tells who opened the sessions of others.
//
//	colloquy audit [flags]
func audit(ctx context.Context, args, environ []string, out io.Writer) (err error) {
	o, err := auditFlags(args, out)
	if err != nil {
		return err
	}
	cfg, err := configure(&o.options, environ)
	if err != nil {
		return err
	}
	db, err := store.Open(ctx, address(cfg))
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	wanted, err := o.wanted(ctx, db, clock().Now())
	if err != nil {
		return err
	}
	list, err := db.Openings(ctx, wanted)
	if err != nil {
		return err
	}
	notes, err := auditNotes(ctx, db, list)
	switch {
	case err != nil:
		return err
	case o.json:
		return printJSON(out, notes)
	case len(notes) == 0:
		fmt.Fprintln(out, "Nothing is noted.")
		return nil
	}
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "WHEN\tWHO\tHOW\tOWNER\tSESSION\tINTERVIEW")
	for _, n := range notes {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", moment(n.At), n.Who, n.How, n.Owner, n.Session, n.Interview)
	}
	return w.Flush()
}

func auditFlags(args []string, out io.Writer) (*auditOptions, error) {
	o := &auditOptions{}
	fs := flag.NewFlagSet("colloquy audit", flag.ContinueOnError)
	fs.SetOutput(out)
	o.where(fs)
	fs.StringVar(&o.session, "session", "", "only of the session with this `ID`")
	fs.StringVar(&o.interview, "interview", "", "only of this interview: `PACKAGE:FILE`")
	fs.StringVar(&o.account, "account", "", "only by the account with this `EMAIL`")
	fs.StringVar(&o.since, "since", "", "only since a `TIME`: 2026-03-01, or 12h or 7d ago")
	fs.IntVar(&o.limit, "limit", 100, "at most `N`")
	fs.BoolVar(&o.json, "json", false, "as JSON, one object a line")
	fs.Usage = func() { fmt.Fprint(out, auditUsage); fs.PrintDefaults() }
	if err := fs.Parse(args); err != nil {
		return nil, err
	}
	if fs.NArg() > 0 {
		return nil, fmt.Errorf("colloquy audit takes no %q; colloquy audit --help lists its flags", fs.Arg(0))
	}
	return o, nil
}

// wanted is what the command line asks for.
func (o *auditOptions) wanted(ctx context.Context, db *store.Store, now time.Time) (run.WantedOpenings, error) {
	w := run.WantedOpenings{Session: o.session, Limit: o.limit}
	var err error
	if o.interview != "" {
		n, err := packages.Parse(o.interview, "", packages.Questions)
		if err != nil {
			return w, fmt.Errorf("--interview: %w", err)
		}
		w.Interview = n.String()
	}
	if w.Since, err = sinceWhen(o.since, now); err != nil {
		return w, err
	}
	if o.account == "" {
		return w, nil
	}
	a, err := db.AccountByEmail(ctx, o.account)
	if errors.Is(err, accounts.ErrNotFound) {
		return w, fmt.Errorf("%s has no account", o.account)
	}
	if err != nil {
		return w, err
	}
	w.By = run.Holder{Kind: run.HolderAccount, ID: a.Number()}
	return w, nil
}

// sinceWhen reads a time: a day, or how long ago.
func sinceWhen(text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return day, nil
	}
	if days, err := strconv.Atoi(strings.TrimSuffix(text, "d")); err == nil && strings.HasSuffix(text, "d") && days >= 0 {
		return now.AddDate(0, 0, -days), nil
	}
	if ago, err := time.ParseDuration(text); err == nil && ago >= 0 {
		return now.Add(-ago), nil
	}
	return time.Time{}, fmt.Errorf("--since %s: give a day, 2026-03-01, or how long ago, 12h or 7d", text)
}

// An auditNote is an opening in words.
type auditNote struct {
	At        time.Time `json:"at"`
	Who       string    `json:"who"`
	How       string    `json:"how"`
	Owner     string    `json:"owner"`
	Session   string    `json:"session"`
	Interview string    `json:"interview"`
}

// auditNotes names the accounts that openings are by, as they are called now.
func auditNotes(ctx context.Context, db *store.Store, list []run.Opening) ([]auditNote, error) {
	known := map[string]string{}
	name := func(number string) (string, error) {
		if email, ok := known[number]; ok {
			return email, nil
		}
		known[number] = "account " + number
		id, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return known[number], nil //nolint:nilerr // it is named as it is
		}
		a, err := db.Account(ctx, id)
		if errors.Is(err, accounts.ErrNotFound) {
			return known[number], nil
		}
		if err != nil {
			return "", err
		}
		known[number] = a.Email
		return a.Email, nil
	}
	notes := make([]auditNote, 0, len(list))
	for _, o := range list {
		n := auditNote{At: o.At, How: o.How, Session: o.Session, Interview: o.Interview, Owner: "nobody's"}
		var err error
		switch o.By.Kind {
		case run.HolderAccount:
			n.Who, err = name(o.By.ID)
		case "":
			n.Who = "a new browser"
		default:
			n.Who = "browser " + o.By.ID[:min(len(o.By.ID), 8)]
		}
		if err == nil && o.Owner != "" {
			n.Owner, err = name(o.Owner)
		}
		if err != nil {
			return nil, err
		}
		notes = append(notes, n)
	}
	return notes, nil
}

func printJSON(out io.Writer, notes []auditNote) error {
	to := json.NewEncoder(out)
	for _, n := range notes {
		if err := to.Encode(n); err != nil {
			return fmt.Errorf("print what is noted: %w", err)
		}
	}
	return nil
}
