package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"colloquy/engine/accounts"
	"colloquy/engine/config"
	"colloquy/sql/store"
)

const userUsage = `colloquy user create [--admin] [--privilege NAME]... [--password-stdin] [--config FILE] [--data DIR] EMAIL

Makes an account. Without --password-stdin a password is made and printed.
`

// user manages accounts at the command line, on the server's database.
//
//	colloquy user create [flags] EMAIL
func user(ctx context.Context, args, environ []string, out io.Writer) error {
	if len(args) == 0 || args[0] != "create" {
		return errors.New("say what is to be done with accounts: " + strings.TrimSpace(userUsage[:strings.IndexByte(userUsage, '\n')]))
	}
	var o options
	var privileges list
	var admin, stdin bool
	fs := flag.NewFlagSet("colloquy user create", flag.ContinueOnError)
	fs.SetOutput(out)
	fs.StringVar(&o.config, "config", "", "the configuration `FILE`")
	fs.StringVar(&o.data, "data", "", "folder for database, files and keys")
	fs.BoolVar(&admin, "admin", false, "the account may do everything")
	fs.Var(&privileges, "privilege", "`NAME` of a privilege; may be given more than once")
	fs.BoolVar(&stdin, "password-stdin", false, "read the password from the first line of the standard input")
	fs.Usage = func() { fmt.Fprint(out, userUsage); fs.PrintDefaults() }
	var emails []string
	for rest := args[1:]; ; {
		if err := fs.Parse(rest); err != nil {
			return err
		}
		if fs.NArg() == 0 {
			break
		}
		emails, rest = append(emails, fs.Arg(0)), fs.Args()[1:]
	}
	if len(emails) != 1 {
		return errors.New("colloquy user create takes one e-mail address")
	}
	n := accounts.Newcomer{Email: emails[0], Privileges: privileges}
	if admin {
		n.Privileges = append(n.Privileges, accounts.Admin)
	}
	if stdin {
		line, err := bufio.NewReader(os.Stdin).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read the password: %w", err)
		}
		if n.Password = strings.TrimRight(line, "\r\n"); n.Password == "" {
			return errors.New("no password came from the standard input")
		}
	}
	return createUser(ctx, &o, environ, n, out)
}

// createUser makes the account.
func createUser(ctx context.Context, o *options, environ []string, n accounts.Newcomer, out io.Writer) (err error) {
	cfg, err := configure(o, environ)
	if err != nil {
		return err
	}
	keeper, closing, err := openAccounts(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closing()) }()
	n.Profile.Timezone = cfg.TimeZone
	a, made, err := keeper.Establish(ctx, n)
	if err != nil {
		return fmt.Errorf("make an account for %s: %w", n.Email, err)
	}
	fmt.Fprintf(out, "%s has an account now (%s).\n", a.Email, strings.Join(a.Privileged(), ", "))
	if made != "" {
		fmt.Fprintf(out, "Password: %s\n", made)
	}
	return nil
}

// openAccounts opens what accounts need, without the rest of the server.
func openAccounts(ctx context.Context, cfg *config.Config) (*accounts.Keeper, func() error, error) {
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return nil, nil, fmt.Errorf("make the data folder: %w", err)
	}
	ring, err := (&house{}).openRing(cfg)
	if err != nil {
		return nil, nil, err
	}
	db, err := store.Open(ctx, address(cfg))
	if err != nil {
		return nil, nil, fmt.Errorf("open the database: %w", err)
	}
	return accounts.New(accounts.Parts{Store: db, Ring: ring, Config: cfg, Clock: clock()}), db.Close, nil
}

// welcome tells whoever starts the server how the first administrator gets an
// account, while there is none.
func (h *house) welcome(ctx context.Context, at string, out io.Writer) error {
	code, err := h.accounts.First(ctx)
	if err != nil || code == "" {
		return err
	}
	_, err = fmt.Fprintf(out, "There is no administrator yet. Whoever opens this address first becomes one (it works for a day):\n  %s/user/first/%s\n", at, code)
	return err
}
