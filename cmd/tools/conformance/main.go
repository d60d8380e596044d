// Command conformance runs the public peer suite against a server it starts,
// and holds on to what passes.
//
// The suite is not part of the project: it is looked for beside it, or where
// PEER_SUITE says, and without it the run is skipped aloud. It is copied to a
// temporary folder, since npm writes beside it. What must pass is listed in
// .ci/peer-passing.txt, one "scenario ID" or "screen NAME" to a line; one that
// fails is tried once more on its own before it counts. UPDATE=1 adds to the
// list what passes now.
//
//	go -C cmd/tools run ./conformance [-root DIR] [-part N] [-jobs N] [-kind scenario|screen] [-v]
//
// -part N runs one third of the interviews only: N is any number, for example
// that of the day. -v prints what the suite says about every failure, listed or
// not.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
)

// errRegressed says that something listed does not pass any more; what it is
// has been printed.
var errRegressed = errors.New("what passed before fails now")

func main() {
	var o options
	flag.StringVar(&o.root, "root", "../..", "folder of the project")
	flag.IntVar(&o.part, "part", -1, "run one third only; any number chooses which")
	flag.IntVar(&o.jobs, "jobs", 4, "scenarios at a time")
	flag.StringVar(&o.kind, "kind", "", "only scenario or only screen")
	flag.BoolVar(&o.verbose, "v", false, "print every failure")
	flag.Parse()
	o.update = os.Getenv("UPDATE") == "1"
	o.suite = os.Getenv("PEER_SUITE")
	if o.suite == "" {
		o.suite = filepath.Join(o.root, "..", "shared", "peer-suite")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "conformance:", err)
		os.Exit(1)
	}
}

type options struct {
	root, suite, kind string
	part, jobs        int
	update, verbose   bool
}

func run(ctx context.Context, o options) error {
	if why := cannot(o); why != "" {
		fmt.Println("conformance: skipped:", why)
		fmt.Println("conformance: 0 passed, 0 failed, 1 skipped")
		return nil
	}
	dir, err := os.MkdirTemp("", "colloquy-conformance-")
	if err != nil {
		return fmt.Errorf("make a temporary folder: %w", err)
	}
	defer os.RemoveAll(dir)

	suite := filepath.Join(dir, "suite")
	if err := copySuite(suite, o.suite); err != nil {
		return err
	}
	srv, err := startServer(ctx, o.root, dir, filepath.Join(suite, "packages"))
	if err != nil {
		return err
	}
	defer srv.stop()

	return ratchet(ctx, o, peers{dir: suite, url: srv.url, jobs: o.jobs, verbose: o.verbose})
}

// cannot says why the suite cannot be run here, or "".
func cannot(o options) string {
	if _, err := os.Stat(filepath.Join(o.suite, "run.mjs")); err != nil {
		return "the peer suite is not beside the project; PEER_SUITE can name its folder"
	}
	for _, program := range []string{"node", "npm", "chromium"} {
		if _, err := exec.LookPath(program); err != nil {
			return program + " is missing: sh cmd/tools/install.sh nodejs npm chromium"
		}
	}
	return ""
}

// copySuite copies the suite to a folder of its own and installs what it needs.
func copySuite(to, from string) error {
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		return fmt.Errorf("copy the peer suite: %w", err)
	}
	// The copy is read-only where the suite is; npm must write beside it.
	if out, err := exec.Command("chmod", "-R", "u+w", to).CombinedOutput(); err != nil {
		return fmt.Errorf("make the copy writable: %w\n%s", err, out)
	}
	npm := exec.Command("npm", "ci", "--no-audit", "--no-fund", "--silent")
	npm.Dir = to
	if out, err := npm.CombinedOutput(); err != nil {
		return fmt.Errorf("npm ci: %w\n%s", err, out)
	}
	return nil
}
