// Command testrun runs all tests of the project and says what came of it.
//
// It first looks for what some tests use beside Go, installs what is missing
// where it may, and names the one command that installs it where it may not.
// It prints a line for a package, the output of what failed, the reason of what
// was skipped, and ends with the sum. With CI=true in the environment a skipped
// test is a failure.
//
//	go -C cmd/tools run ./testrun [-root DIR] [flags of go test]
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

func main() {
	root, args := "../..", os.Args[1:]
	if len(args) > 1 && args[0] == "-root" {
		root, args = args[1], args[2:]
	}
	absent := prepare(root, os.Stdout)
	sum := newSummary(os.Stdout)
	sum.strict = os.Getenv("CI") == "true"
	for _, module := range []string{root, root + "/cmd/tools"} {
		if err := runModule(module, args, sum); err != nil {
			fmt.Fprintln(os.Stderr, "testrun:", err)
			os.Exit(1)
		}
	}
	sum.close(absent)
	if sum.failed > 0 || sum.broken || sum.strict && sum.skipped() > 0 {
		os.Exit(1)
	}
}

// runModule runs the tests of the module in dir and adds what they report to
// sum. It returns an error if go test itself could not be run.
func runModule(dir string, args []string, sum *summary) error {
	// The slowest package takes half of go's own ten minutes on two idle cores.
	cmd := exec.Command("go", append([]string{"test", "-json", "-timeout", "40m"}, append(args, "./...")...)...)
	cmd.Dir = dir
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("run go test: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("run go test: %w", err)
	}
	if err := sum.read(out); err != nil {
		return fmt.Errorf("read go test: %w", err)
	}
	var exit *exec.ExitError
	switch err := cmd.Wait(); {
	case errors.As(err, &exit):
		sum.broken = sum.broken || sum.failed == 0 // failed, but no test did
	case err != nil:
		return fmt.Errorf("run go test: %w", err)
	}
	return nil
}

// lines calls f for every line of r, however long.
func lines(r io.Reader, f func(string)) error {
	in := bufio.NewReader(r)
	for {
		line, err := in.ReadString('\n')
		if line = strings.TrimRight(line, "\n"); line != "" {
			f(line)
		}
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}
