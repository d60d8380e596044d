// Package redis keeps what interviews keep with DARedis on a Redis server.
//
// It passes commands on and replies back, and makes connections as they are
// needed: a server that is not there yet, or no more, is an error of the command
// that wanted it and of nothing else. Which commands there are and whose keys
// they are is for package kv and package run to say.
package redis

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"colloquy/engine/ports"
)

// A Server is a ports.KeyValue. It is safe for concurrent use.
type Server struct{ client *redis.Client }

var _ ports.KeyValue = (*Server)(nil)

// wait is how long the server is waited for.
const wait = 5 * time.Second

// Open returns a Server for an address such as
//
//	redis://user:password@host:6379/0
//	rediss://host?password=secret&db=2
//
// that uses the database of the number given. With rediss the connection is
// closed to others by TLS: the folder certs, if it is not "", may hold the
// authority that the server is judged by, redis_ca.crt, and a certificate of our
// own with its key, redis.crt and redis.key. Nothing is connected yet.
func Open(address string, database int, certs string) (*Server, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("the address of the Redis server cannot be read")
	}
	quiet()
	o := &redis.Options{Addr: u.Host, DB: database, Protocol: 2, DisableIdentity: true, DialTimeout: wait, ReadTimeout: wait, WriteTimeout: wait,
		ContextTimeoutEnabled: true, MaxRetries: -1}
	if u.Port() == "" {
		o.Addr = u.Hostname() + ":6379"
	}
	o.Username = u.User.Username()
	o.Password, _ = u.User.Password()
	if p := u.Query().Get("password"); p != "" {
		o.Password = p
	}
	if u.Scheme == "rediss" {
		if o.TLSConfig, err = secured(u.Hostname(), certs); err != nil {
			return nil, err
		}
	}
	return &Server{redis.NewClient(o)}, nil
}

// quiet has the client library write no log of its own: what is the matter is in
// the error of each command.
var quiet = sync.OnceFunc(func() { redis.SetLogger(silence{}) })

type silence struct{}

func (silence) Printf(context.Context, string, ...any) {}

// secured is how a connection is closed to others.
func secured(host, folder string) (*tls.Config, error) {
	t := &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	if folder == "" {
		return t, nil
	}
	authority, err := os.ReadFile(filepath.Join(folder, "redis_ca.crt"))
	switch {
	case err == nil:
		t.RootCAs = x509.NewCertPool()
		if !t.RootCAs.AppendCertsFromPEM(authority) {
			return nil, fmt.Errorf("%s holds no certificate", filepath.Join(folder, "redis_ca.crt"))
		}
	case !errors.Is(err, os.ErrNotExist):
		return nil, fmt.Errorf("read the authority of the Redis server: %w", err)
	}
	pair, err := tls.LoadX509KeyPair(filepath.Join(folder, "redis.crt"), filepath.Join(folder, "redis.key"))
	switch {
	case err == nil:
		t.Certificates = []tls.Certificate{pair}
	case !errors.Is(err, os.ErrNotExist):
		return nil, fmt.Errorf("read the certificate for the Redis server: %w", err)
	}
	return t, nil
}

// Do runs a command. See ports.KeyValue.
func (s *Server) Do(ctx context.Context, args ...string) (any, error) {
	words := make([]any, len(args))
	for i, a := range args {
		words[i] = a
	}
	reply, err := s.client.Do(ctx, words...).Result()
	var said redis.Error
	switch {
	case errors.Is(err, redis.Nil):
		return nil, nil
	case errors.As(err, &said):
		return nil, &ports.CommandError{Text: said.Error()}
	case err != nil:
		return nil, fmt.Errorf("reach the Redis server: %w", err)
	}
	return plain(reply), nil
}

// plain makes a reply one of the kinds that ports.KeyValue names.
func plain(reply any) any {
	switch r := reply.(type) {
	case []any:
		for i := range r {
			r[i] = plain(r[i])
		}
	case bool:
		if r {
			return int64(1)
		}
		return int64(0)
	case float64:
		return strconv.FormatFloat(r, 'f', -1, 64)
	}
	return reply
}

// Close lets go of the server.
func (s *Server) Close() error { return s.client.Close() }
