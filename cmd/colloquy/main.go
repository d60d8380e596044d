// Command colloquy conducts guided interviews on the web.
//
//	colloquy serve [--config FILE] [--listen HOST:PORT] [--data DIR] [--packages DIR]... [FILE|DIR]...
//
// Without arguments it serves its demonstration interviews from an embedded
// database, on 127.0.0.1:8080.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

const usage = `Colloquy conducts guided interviews on the web.

  colloquy serve [flags] [FILE|DIR]...   start the server
  colloquy worker [flags] [FILE|DIR]...  carry out background actions, without serving pages
  colloquy check [flags] FILE|DIR...     say what is wrong with interviews, without a server
  colloquy config init|check|show        write, prove and print the configuration
  colloquy mail list|show|retry          tell what became of mail, and send it again
  colloquy user create [flags] EMAIL     make an account; --admin: one that may do everything
  colloquy user reset [flags] EMAIL      print a link for a new password
  colloquy audit [flags]                 tell who opened sessions of others
  colloquy retention show|keep|release   tell which sessions are erased next, and keep some for good
  colloquy keys list|rotate|retire       look after the server's own keys
  colloquy backup FILE                   write a backup of the embedded database, files and keys
  colloquy restore FILE                  put a backup into an empty data folder
  colloquy version                       say which version this is

FILE is an interview (YAML), DIR a package or a folder of interviews; without
any, the demonstration interviews are served. colloquy serve --help lists the
flags.
`

// version is set when a release is built.
var version = "development"

func main() {
	time.Local = time.UTC // what is stored and compared is UTC everywhere
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(command(ctx, os.Args[1:], os.Environ(), os.Stdout, os.Stderr))
}

// command runs a command line and returns the exit status.
func command(ctx context.Context, args, environ []string, out, complain io.Writer) int {
	if len(args) == 0 {
		fmt.Fprint(out, usage)
		return 2
	}
	var err error
	switch args[0] {
	case "serve":
		err = serve(ctx, args[1:], environ, out)
	case "worker":
		err = worker(ctx, args[1:], environ, out)
	case "mail":
		err = mailCommand(ctx, args[1:], environ, out)
	case "keys":
		err = keysCommand(ctx, args[1:], environ, out)
	case "audit":
		err = audit(ctx, args[1:], environ, out)
	case "retention":
		err = retention(ctx, args[1:], environ, out)
	case "backup":
		err = backup(ctx, args[1:], environ, out)
	case "restore":
		err = restore(ctx, args[1:], environ, out)
	case "check":
		err = checkCommand(ctx, args[1:], out)
	case "config":
		err = configCommand(ctx, args[1:], environ, out)
	case "user":
		err = user(ctx, args[1:], environ, out)
	case "version", "--version":
		fmt.Fprintln(out, "colloquy", version)
	case "help", "--help", "-h":
		fmt.Fprint(out, usage)
	default:
		err = fmt.Errorf("there is no command %q; colloquy --help lists them", args[0])
	}
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if errors.Is(err, errFound) {
		return 1
	}
	if err != nil {
		fmt.Fprintln(complain, "colloquy:", err)
		return 1
	}
	return 0
}
