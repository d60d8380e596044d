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

const userUsage = `colloquy user create|reset

colloquy user create [--admin] [--privilege NAME]... [--password-stdin] [--config FILE] [--data DIR] EMAIL

Makes an account. Without --password-stdin a password is made and printed.

colloquy user reset [--config FILE] [--data DIR] EMAIL

Prints a link with which the password of an account can be set anew, once.
`

// user manages accounts at the command line, on the server's database.
//
//	colloquy user create [flags] EMAIL
//	colloquy user reset [flags] EMAIL
func user(ctx context.Context, args, environ []string, out io.Writer) error {
	if len(args) == 0 || args[0] != "create" && args[0] != "reset" {
		return errors.New("say what is to be done with accounts: colloquy user create EMAIL, or colloquy user reset EMAIL")
	}
	var o options
	var privileges list
	var admin, stdin bool
	fs := flag.NewFlagSet("colloquy user "+args[0], flag.ContinueOnError)
	fs.SetOutput(out)
	o.where(fs)
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
		return fmt.Errorf("colloquy user %s takes one e-mail address", args[0])
	}
	if args[0] == "reset" {
		return resetUser(ctx, &o, environ, emails[0], out)
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

// resetUser prints a link for a new password.
func resetUser(ctx context.Context, o *options, environ []string, email string, out io.Writer) (err error) {
	cfg, err := configure(o, environ)
	if err != nil {
		return err
	}
	keeper, closing, err := openAccounts(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closing()) }()
	link, err := keeper.ResetLink(ctx, email, addresses{cfg})
	if errors.Is(err, accounts.ErrNotFound) {
		return fmt.Errorf("%s has no account", email)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "With this link the password of %s can be set anew, once, for two days:\n  %s\n", email, link)
	return nil
}

// addresses makes links as far as the configuration tells where the server is.
type addresses struct{ cfg *config.Config }

// Link gives the address of a page about accounts.
func (a addresses) Link(page, code string) (string, error) {
	base := a.cfg.BaseURL()
	if base == "" {
		base = "http://" + a.cfg.Listen
	}
	return base + a.cfg.Path("/user/"+page+"/"+code), nil
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
