// Package libreoffice makes PDF files of Word documents with LibreOffice, a
// program of its own that is started for each document and ends with it.
//
// Every call has a folder and a profile of its own, both gone afterwards, so
// that calls may run side by side and nothing of a document stays on the disk.
// The profile lets no macro run and nothing be fetched that a document links to.
// It keeps the last few results, by what they were made of: a page that is
// shown again waits for nothing. What is converted when, and what is done
// without the program, is decided elsewhere.
package libreoffice

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"
)

// limit is how long one document may take.
const limit = 60 * time.Second

// kept is how many results are remembered, and how many bytes one may have.
const (
	kept     = 16
	keptSize = 4 << 20
)

// A Converter runs LibreOffice. It is safe for concurrent use.
type Converter struct {
	program string
	busy    chan struct{} // as many places as programs may run at once

	mu      sync.Mutex
	results map[[32]byte][]byte
	order   [][32]byte // of results, the oldest first
}

// Find looks for the program on the path, or at the path given; nil if there is
// none.
func Find(program string) *Converter {
	names := []string{"soffice", "libreoffice"}
	if program != "" {
		names = []string{program}
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return &Converter{program: path, busy: make(chan struct{}, 2), results: map[[32]byte][]byte{}}
		}
	}
	return nil
}

// Convert makes a document of another kind, both named by their extension
// ("docx", "pdf").
func (c *Converter) Convert(ctx context.Context, from, to string, content []byte) ([]byte, error) {
	key := sha256.Sum256(append([]byte(from+" "+to+"\n"), content...))
	if out := c.known(key); out != nil {
		return out, nil
	}
	select {
	case c.busy <- struct{}{}:
		defer func() { <-c.busy }()
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for LibreOffice: %w", ctx.Err())
	}
	out, err := c.run(ctx, from, to, content)
	if err != nil {
		return nil, err
	}
	c.keep(key, out)
	return out, nil
}

func (c *Converter) known(key [32]byte) []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.results[key]
}

func (c *Converter) keep(key [32]byte, out []byte) {
	if len(out) > keptSize {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.results[key] == nil {
		c.order = append(c.order, key)
	}
	c.results[key] = out
	if len(c.order) > kept {
		delete(c.results, c.order[0])
		c.order = c.order[1:]
	}
}

// run starts the program for one document.
func (c *Converter) run(ctx context.Context, from, to string, content []byte) (_ []byte, err error) {
	dir, err := os.MkdirTemp("", "colloquy-document-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for LibreOffice: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	in := filepath.Join(dir, "document."+from)
	if err := os.WriteFile(in, content, 0o600); err != nil {
		return nil, fmt.Errorf("hand the document to LibreOffice: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	profile := url.URL{Scheme: "file", Path: filepath.Join(dir, "profile")}
	if err := writeSettings(filepath.Join(dir, "profile", "user")); err != nil {
		return nil, fmt.Errorf("settle LibreOffice: %w", err)
	}
	cmd := exec.CommandContext(ctx, c.program, "-env:UserInstallation="+profile.String(), "--headless", "--norestore", "--nolockcheck",
		"--convert-to", to, "--outdir", filepath.Join(dir, "out"), in)
	cmd.WaitDelay = 2 * time.Second
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "LANG=C.UTF-8"}
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("run LibreOffice: %w: %s", err, bytes.TrimSpace(said.Bytes()))
	}
	out, err := os.ReadFile(filepath.Join(dir, "out", "document."+to))
	if err != nil {
		return nil, fmt.Errorf("LibreOffice made nothing of the document: %w", err)
	}
	return out, nil
}

// settings keep LibreOffice from doing what a document asks for: what is in it
// may come from anybody.
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
`

func writeSettings(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "registrymodifications.xcu"), []byte(settings), 0o600)
}
