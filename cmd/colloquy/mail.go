package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"colloquy/engine/ports"
	"colloquy/engine/run"
	"colloquy/sql/store"
)

const mailUsage = `colloquy mail tells what became of the mail that interviews sent.

  colloquy mail list [--state STATE] [--limit N]   list mails, the newest first; a STATE is
                                                   waiting, claimed, delivered, failed or kept
  colloquy mail show ID                            who a mail is for and who has it
  colloquy mail retry ID... | --failed             send what was given up once more, as soon as
                                                   a server looks, or at its start

The ID is the one of the list; its beginning will do. --config FILE and --data DIR
say which server's mail is meant, as with colloquy serve.
`

// mailOptions are what the command line says.
type mailOptions struct {
	options
	state  string
	limit  int
	failed bool
	ids    []string
}

// mailCommand looks after mail.
//
//	colloquy mail list|show|retry
func mailCommand(ctx context.Context, args, environ []string, out io.Writer) error {
	if len(args) == 0 {
		fmt.Fprint(out, mailUsage)
		return errors.New("mail: say list, show or retry")
	}
	do := map[string]func(context.Context, *postOffice, *mailOptions) error{"list": mailList, "show": mailShow, "retry": mailRetry}[args[0]]
	switch {
	case args[0] == "help" || args[0] == "--help" || args[0] == "-h":
		fmt.Fprint(out, mailUsage)
		return nil
	case do == nil:
		return fmt.Errorf("there is no command %q; it is colloquy mail list, show or retry", "mail "+args[0])
	}
	o, err := mailFlags(args[0], args[1:], out)
	if err != nil {
		return err
	}
	p, err := openPost(ctx, o, environ, out)
	if err != nil {
		return err
	}
	return errors.Join(do(ctx, p, o), p.store.Close())
}

func mailFlags(name string, args []string, out io.Writer) (*mailOptions, error) {
	o := &mailOptions{}
	flags := flag.NewFlagSet("colloquy mail "+name, flag.ContinueOnError)
	flags.SetOutput(out)
	o.where(flags)
	switch name {
	case "list":
		flags.StringVar(&o.state, "state", "", "only mails in this `STATE`: waiting, claimed, delivered, failed or kept")
		flags.IntVar(&o.limit, "limit", 50, "at most `N` mails")
	case "retry":
		flags.BoolVar(&o.failed, "failed", false, "all mails that were given up")
	}
	for {
		if err := flags.Parse(args); err != nil {
			return nil, err
		}
		if flags.NArg() == 0 {
			break
		}
		o.ids = append(o.ids, flags.Arg(0))
		args = flags.Args()[1:]
	}
	switch {
	case name == "list" && len(o.ids) > 0:
		return nil, errors.New("mail list takes no ID: colloquy mail show ID")
	case name == "show" && len(o.ids) != 1:
		return nil, errors.New("mail show takes one ID: colloquy mail list has them")
	case name == "retry" && (len(o.ids) == 0) != o.failed:
		return nil, errors.New("mail retry takes IDs, or --failed for all that were given up")
	}
	return o, nil
}

// postOffice is what is needed of a server to look after its mail.
type postOffice struct {
	store  *store.Store
	runner *run.Runner
	out    io.Writer
}

func openPost(ctx context.Context, o *mailOptions, environ []string, out io.Writer) (*postOffice, error) {
	cfg, err := configure(&o.options, environ)
	if err != nil {
		return nil, err
	}
	h := &house{}
	ring, err := h.openRing(cfg)
	if err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, address(cfg))
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	return &postOffice{store: db, out: out, runner: run.New(run.Parts{Store: db, Ring: ring, Config: cfg, Clock: clock()})}, nil
}

func mailList(ctx context.Context, p *postOffice, o *mailOptions) error {
	list, err := p.runner.Mails(ctx, o.state, "", o.limit)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		fmt.Fprintln(p.out, "There is no such mail.")
		return nil
	}
	w := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tSTATE\tATTEMPTS\tASKED FOR\tSINCE OR DUE\tREASON")
	for _, e := range list {
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%s\t%s\n", e.ID(), e.State, e.Attempts, moment(e.Created), moment(e.NextAt), e.Class)
	}
	return w.Flush()
}

func moment(t time.Time) string { return t.UTC().Format(time.DateTime) }

// find gives the mail whose key begins so.
func (p *postOffice) find(ctx context.Context, id string) (*run.Effect, error) {
	list, err := p.runner.Mails(ctx, "", id, 2)
	switch {
	case err != nil:
		return nil, err
	case len(list) == 0:
		return nil, fmt.Errorf("there is no mail %s", id)
	case len(list) > 1:
		return nil, fmt.Errorf("there are several mails whose ID begins with %s: give more of it", id)
	}
	return &list[0], nil
}

func mailShow(ctx context.Context, p *postOffice, o *mailOptions) error {
	e, err := p.find(ctx, o.ids[0])
	if err != nil {
		return err
	}
	m, err := p.runner.Mail(ctx, e.Key)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
	line := func(name string, values ...string) {
		for _, v := range values {
			if v != "" {
				fmt.Fprintf(w, "%s\t%s\n", name, v)
			}
		}
	}
	line("ID", e.Key)
	line("State", e.State)
	line("Attempts", fmt.Sprint(e.Attempts))
	line("Asked for", moment(e.Created))
	line(map[bool]string{true: "Due", false: "Since"}[e.State == run.EffectWaiting], moment(e.NextAt))
	line("Reason", e.Class)
	if m.Mail != nil {
		line("From", m.Mail.From)
		line("To", m.Mail.To...)
		line("Cc", m.Mail.Cc...)
		line("Bcc", m.Mail.Bcc...)
		line("Configuration", m.Mail.Config)
		for _, a := range m.Mail.Attachments {
			line("Attachment", fmt.Sprintf("%s, %d bytes", a.Name, len(a.Data)))
		}
	} else {
		line("Content", "erased")
	}
	line("Has it", m.Note.Taken...)
	line("Refused", refusals(m.Note.Refused)...)
	line("Put off", refusals(m.Note.Waiting)...)
	return w.Flush()
}

func refusals(all []ports.Refusal) []string {
	out := make([]string, len(all))
	for i, r := range all {
		out[i] = strings.TrimSpace(fmt.Sprintf("%s (%d %s", r.Address, r.Code, r.Extra)) + ")"
	}
	return out
}

func mailRetry(ctx context.Context, p *postOffice, o *mailOptions) error {
	var all []run.Effect
	if o.failed {
		list, err := p.runner.Mails(ctx, run.EffectFailed, "", 10_000)
		if err != nil {
			return err
		}
		all = list
	}
	for _, id := range o.ids {
		e, err := p.find(ctx, id)
		if err != nil {
			return err
		}
		all = append(all, *e)
	}
	begun := 0
	for _, e := range all {
		err := p.store.RetryEffect(ctx, e.Key, clock().Now())
		switch {
		case errors.Is(err, run.ErrTaken) && !o.failed:
			return fmt.Errorf("the mail %s is %s, or its content is erased: it cannot be sent again", e.ID(), e.State)
		case errors.Is(err, run.ErrTaken) || errors.Is(err, run.ErrNotFound):
			continue // erased or taken up meanwhile
		case err != nil:
			return err
		}
		begun++
	}
	fmt.Fprintf(p.out, "To be sent again: %d.\n", begun)
	return nil
}
