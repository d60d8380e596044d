package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A need is something the tests use that does not come with Go.
type need struct {
	name string
	why  string
	deb  []string // Debian packages that bring it
	have func() bool
}

var needs = []need{
	{"Chromium", "browser walks", []string{"chromium"}, func() bool {
		return inPath("chromium") || inPath("chromium-browser") || inPath("google-chrome")
	}},
	{"PostgreSQL", "the store and the jobs on the second database", []string{"postgresql"}, func() bool {
		if inPath("initdb") {
			return true
		}
		found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
		return len(found) > 0
	}},
	{"LibreOffice", "PDF files of Word templates", []string{"libreoffice-writer-nogui"}, func() bool {
		return inPath("soffice") || inPath("libreoffice")
	}},
	{"Node.js", "accessibility checks, make verify and make conformance", []string{"nodejs", "npm"}, func() bool {
		return inPath("node") && inPath("npm")
	}},
}

func inPath(program string) bool {
	_, err := exec.LookPath(program)
	return err == nil
}

// missing lists the needs that are not met.
func missing(all []need) []need {
	var out []need
	for _, n := range all {
		if !n.have() {
			out = append(out, n)
		}
	}
	return out
}

// prepare says what is missing, tries to install it, and gives the Debian
// packages that still are not there.
func prepare(root string, out io.Writer) []string {
	absent := preparePrograms(root, out)
	prepareNode(root, out)
	return absent
}

// prepareNode brings the Node packages into the clone if they are not there:
// axe-core, which looks at pages for what keeps people out.
func prepareNode(root string, out io.Writer) {
	assets := filepath.Join(root, "views", "assets")
	if _, err := os.Stat(filepath.Join(assets, "node_modules")); err == nil || !inPath("npm") {
		return
	}
	const install = "npm --prefix views/assets ci"
	fmt.Fprintf(out, "Node packages are missing (for accessibility checks)\ninstalling them: %s\n", install)
	cmd := exec.Command("npm", "--prefix", assets, "ci", "--no-audit", "--no-fund", "--silent")
	if said, err := cmd.CombinedOutput(); err != nil {
		fmt.Fprintf(out, "that did not work: %v\n%sTests that need them are skipped. To install them: %s\n", err, said, install)
	}
}

func preparePrograms(root string, out io.Writer) []string {
	lacking := missing(needs)
	if len(lacking) == 0 {
		return nil
	}
	for _, n := range lacking {
		fmt.Fprintf(out, "%s is missing (for %s)\n", n.name, n.why)
	}
	if mayInstall() {
		fmt.Fprintf(out, "installing it: %s\n", command(debs(lacking)))
		script := filepath.Join(root, "cmd", "tools", "install.sh")
		cmd := exec.Command("sh", append([]string{script}, debs(lacking)...)...)
		said, err := cmd.CombinedOutput()
		if err != nil {
			fmt.Fprintf(out, "that did not work: %v\n%s", err, said)
		}
		lacking = missing(needs)
	}
	if len(lacking) > 0 {
		fmt.Fprintf(out, "Tests that need it are skipped. To install it: %s\n", command(debs(lacking)))
	}
	return debs(lacking)
}

// mayInstall reports whether packages can be installed without asking anybody.
func mayInstall() bool {
	if !inPath("apt-get") {
		return false
	}
	return os.Geteuid() == 0 || inPath("sudo") && exec.Command("sudo", "-n", "true").Run() == nil
}

func debs(all []need) []string {
	var out []string
	for _, n := range all {
		out = append(out, n.deb...)
	}
	return out
}

// command gives what a person types to install packages.
func command(packages []string) string {
	sudo := "sudo "
	if os.Geteuid() == 0 {
		sudo = ""
	}
	return sudo + "sh cmd/tools/install.sh " + strings.Join(packages, " ")
}
