package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	checks "colloquy/engine/check"
	"colloquy/engine/demo"
	"colloquy/engine/interview"
	"colloquy/engine/packages"
	"colloquy/engine/run"
)

// checking is what a command line asks colloquy check for.
type checking struct {
	format   string
	strict   bool
	packages folders
	o        checks.Options
	paths    []string
}

// folders is a flag that may be given several times.
type folders []string

func (f *folders) String() string     { return strings.Join(*f, ", ") }
func (f *folders) Set(s string) error { *f = append(*f, s); return nil }

// checkFlags reads the command line of colloquy check.
func checkFlags(args []string, out io.Writer) (*checking, error) {
	c := &checking{}
	fs := flag.NewFlagSet("colloquy check", flag.ContinueOnError)
	fs.SetOutput(out)
	fs.StringVar(&c.format, "format", "text", "text, json or sarif")
	fs.IntVar(&c.o.Walks, "walks", 300, "how many conversations are tried with an interview; 0: none")
	fs.DurationVar(&c.o.Time, "time", 10*time.Second, "how long that may take for an interview; 0: as long as it needs")
	fs.Uint64Var(&c.o.Seed, "seed", 1, "another number tries other conversations; the same one tries the same")
	fs.BoolVar(&c.strict, "strict", false, "warnings fail, too")
	fs.Var(&c.packages, "packages", "a folder with packages that the interviews use; may be given several times")
	fs.Usage = func() {
		fmt.Fprint(out, "colloquy check [flags] FILE|DIR... says what is wrong with interviews. The exit status is 1 if something is.\n\n")
		fs.PrintDefaults()
	}
	for len(args) > 0 {
		if err := fs.Parse(args); err != nil {
			return nil, err
		}
		if fs.NArg() == 0 {
			break
		}
		c.paths, args = append(c.paths, fs.Arg(0)), fs.Args()[1:]
	}
	if !slices.Contains([]string{"text", "json", "sarif"}, c.format) {
		return nil, fmt.Errorf("there is no format %q: text, json and sarif are known", c.format)
	}
	if len(c.paths) == 0 {
		return nil, errors.New("say which interview, or folder of interviews, is to be checked")
	}
	return c, nil
}

// checkCommand says what is wrong with interviews.
func checkCommand(ctx context.Context, args []string, out io.Writer) error {
	c, err := checkFlags(args, out)
	if err != nil {
		return err
	}
	lib := &packages.Library{}
	var names []packages.Name
	for _, dir := range c.packages {
		if err := lib.OpenFolder(dir); err != nil {
			return err
		}
	}
	for _, path := range c.paths {
		found, err := lib.OpenPath(path)
		if err != nil {
			return err
		}
		names = append(names, found...)
	}
	if err := lib.AddPackage(demo.Package, demo.Files()); err != nil {
		return err
	}
	programs, err := run.NewPrograms(lib, time.Hour, time.Now)
	if err != nil {
		return err
	}
	alone := len(names) == 1
	included := includedBy(ctx, lib, names)
	var reports []*checks.Report
	for _, n := range names {
		o := c.o
		o.Part = !alone && (included[n.String()] || isPart(ctx, lib, n))
		r, err := checks.Check(ctx, programs, n.String(), o)
		if err != nil {
			return err
		}
		reports = append(reports, r)
	}
	if err := c.write(out, reports); err != nil {
		return err
	}
	return c.status(reports)
}

// includedBy tells which files are parts of others of the interviews.
func includedBy(ctx context.Context, lib *packages.Library, names []packages.Name) map[string]bool {
	out := map[string]bool{}
	for _, n := range names {
		in, err := interview.Load(ctx, lib, n.String())
		if err != nil {
			continue
		}
		for _, file := range in.Files {
			if file != in.Name {
				out[file] = true
			}
		}
	}
	return out
}

// isPart reports whether a file has nothing that asks by itself: it is meant to
// be included by others.
func isPart(ctx context.Context, lib *packages.Library, n packages.Name) bool {
	in, err := interview.Load(ctx, lib, n.String())
	return err == nil && len(in.Walk) == 0
}

func (c *checking) write(out io.Writer, reports []*checks.Report) error {
	where := c.places()
	switch c.format {
	case "json":
		return checks.JSON(out, reports, where)
	case "sarif":
		return checks.SARIF(out, reports, version, where)
	}
	return checks.Text(out, reports, where)
}

// places gives the function that names files as the command line did, if they
// lie there.
func (c *checking) places() func(string) string {
	return func(file string) string {
		_, below, ok := strings.Cut(file, ":")
		if !ok {
			return file
		}
		for _, path := range c.paths {
			if filepath.Base(path) == filepath.Base(below) {
				return path
			}
			for _, at := range []string{filepath.Join(path, below), filepath.Join(path, filepath.Base(below)),
				filepath.Join(path, strings.ReplaceAll(strings.TrimSuffix(file, ":"+below), ".", "/"), below),
				filepath.Join(path, strings.TrimSuffix(file, ":"+below), below)} {
				if info, err := os.Stat(at); err == nil && !info.IsDir() {
					return at
				}
			}
		}
		return file
	}
}

// errFound says that something is wrong with the interviews; what has been
// printed already.
var errFound = errors.New("something is wrong with the interviews")

func (c *checking) status(reports []*checks.Report) error {
	limit := checks.Error
	if c.strict {
		limit = checks.Warning
	}
	for _, r := range reports {
		if worst, ok := r.Worst(); ok && worst >= limit {
			return errFound
		}
	}
	return nil
}
