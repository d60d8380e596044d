package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"colloquy/engine/config"
)

const configUsage = `colloquy config looks after the configuration file.

  colloquy config init [FILE]      write a file with fresh keys and an example of every key
  colloquy config check [flags]    prove that a server can be started with it: --config FILE,
                                   --send-test-mail ADDRESS, and the flags of serve
  colloquy config show [flags]     print what is in force, secrets masked, and where it is from

Without --config, the environment variable COLLOQUY_CONFIG names the file.
`

// configCommand runs one of the commands that look after the configuration.
//
//	colloquy config init|check|show
func configCommand(ctx context.Context, args, environ []string, out io.Writer) error {
	if len(args) == 0 {
		fmt.Fprint(out, configUsage)
		return errors.New("config: say init, check or show")
	}
	switch args[0] {
	case "init":
		return configInit(args[1:], out)
	case "check":
		return configCheck(ctx, args[1:], environ, out)
	case "show":
		return configShow(args[1:], environ, out)
	case "help", "--help", "-h":
		fmt.Fprint(out, configUsage)
		return nil
	}
	return fmt.Errorf("there is no command %q; it is colloquy config init, check or show", "config "+args[0])
}

// configInit writes a new file. It leaves one alone that is there.
func configInit(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("colloquy config init", flag.ContinueOnError)
	flags.SetOutput(out)
	if err := flags.Parse(args); err != nil {
		return err
	}
	path := "config.yml"
	switch flags.NArg() {
	case 0:
	case 1:
		path = flags.Arg(0)
	default:
		return errors.New("config init writes one file: name one, or none for config.yml")
	}
	var key [33]byte
	if _, err := rand.Read(key[:]); err != nil {
		return fmt.Errorf("make a key: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s is there already and is left as it is: name another file, or move it away", path)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no folder %s: make it first", filepath.Dir(path))
	case err != nil:
		return fmt.Errorf("write the configuration: %w", err)
	}
	_, err = f.WriteString(config.Sample(base64.RawURLEncoding.EncodeToString(key[:])))
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write the configuration: %w", err)
	}
	fmt.Fprintf(out, "Wrote %s, readable by you alone. It holds the server's secret key: keep a copy where it is safe.\n"+
		"Next: colloquy config check --config %s, then colloquy serve --config %s\n", path, path, path)
	return nil
}

// configShow prints what is in force.
func configShow(args, environ []string, out io.Writer) error {
	o, err := parse("colloquy config show", args, out)
	if err != nil {
		return err
	}
	cfg, err := configure(o, environ)
	if err != nil {
		return err
	}
	_, err = io.WriteString(out, cfg.Show())
	return err
}

// A report says what was found, a line each, and counts what is wrong.
type report struct {
	out   io.Writer
	wrong int
	slow  time.Duration // after which a line says what is being waited for
}

func (r *report) ok(what, format string, args ...any)   { r.line("ok   ", what, format, args) }
func (r *report) note(what, format string, args ...any) { r.line("note ", what, format, args) }
func (r *report) bad(what, format string, args ...any) {
	r.wrong++
	r.line("WRONG", what, format, args)
}

func (r *report) line(mark, what, format string, args []any) {
	fmt.Fprintf(r.out, "%s  %s: %s\n", mark, what, fmt.Sprintf(format, args...))
}

// waiting runs do; if that takes long, a line says what it is doing.
func (r *report) waiting(what string, do func(say func(string))) {
	doing := make(chan string, 16)
	over := make(chan struct{})
	go func() {
		defer close(over)
		do(func(s string) { doing <- s })
	}()
	now := what
	slow := time.NewTimer(r.slow)
	defer slow.Stop()
	for {
		select {
		case s := <-doing:
			now = s
			slow.Reset(r.slow)
		case <-slow.C:
			fmt.Fprintf(r.out, "       … %s\n", now)
		case <-over:
			return
		}
	}
}
