package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"sync/atomic"
)

// pairs are the names under which certificate chains and their keys are found.
var pairs = [][2]string{{"server.crt", "server.key"}, {"fullchain.pem", "privkey.pem"}, {"tls.crt", "tls.key"}, {"nginx.crt", "nginx.key"}}

// certificate is the server's own, as a folder has it.
type certificate struct {
	folder string
	loaded atomic.Pointer[tls.Certificate]
}

// load reads the certificate; one that cannot be read leaves the one before.
func (c *certificate) load() error {
	var tried []string
	for _, p := range pairs {
		pair, err := tls.LoadX509KeyPair(filepath.Join(c.folder, p[0]), filepath.Join(c.folder, p[1]))
		switch {
		case err == nil:
			c.loaded.Store(&pair)
			return nil
		case !errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("read the certificate %s and its key in %s: %w", p[0], c.folder, err)
		}
		tried = append(tried, p[0]+" with "+p[1])
	}
	return fmt.Errorf("there is no certificate in %s: put there %s", c.folder, strings.Join(tried, ", or "))
}

func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	return c.loaded.Load(), nil
}
