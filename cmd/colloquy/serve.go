package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"colloquy/engine/config"
	"colloquy/engine/demo"
	"colloquy/engine/outside/files"
	"colloquy/engine/outside/jobs"
	"colloquy/engine/outside/mail"
	"colloquy/engine/outside/web"
	"colloquy/engine/packages"
	"colloquy/engine/ports"
	"colloquy/engine/run"
	"colloquy/engine/seal"
	"colloquy/handlers"
	"colloquy/sql/store"
)

// options are what the command line says.
type options struct {
	config, listen, data string
	packages             list
	debug, noWorkers     bool
	paths                []string
}

// list collects a flag that may be given more than once.
type list []string

func (l *list) String() string     { return strings.Join(*l, " ") }
func (l *list) Set(s string) error { *l = append(*l, s); return nil }

func parse(name string, args []string, out io.Writer) (*options, error) {
	o := &options{}
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(out)
	fs.StringVar(&o.config, "config", "", "the configuration `FILE`")
	fs.StringVar(&o.listen, "listen", "", "`HOST:PORT` to listen at (default 127.0.0.1:8080; port 0: any free one)")
	fs.StringVar(&o.data, "data", "", "folder for database, files and keys (default $XDG_DATA_HOME/colloquy)")
	fs.Var(&o.packages, "packages", "`DIR` that holds packages or package checkouts; may be given more than once")
	fs.BoolVar(&o.noWorkers, "no-workers", false, "leave background actions to colloquy worker")
	fs.BoolVar(&o.debug, "debug", false, "show authors where mistakes are and why a question is asked")
	for { // flags may stand after paths, too
		if err := fs.Parse(args); err != nil {
			return nil, err
		}
		if fs.NArg() == 0 {
			return o, nil
		}
		o.paths = append(o.paths, fs.Arg(0))
		args = fs.Args()[1:]
	}
}

// serve runs the server until ctx ends.
func serve(ctx context.Context, args, environ []string, out io.Writer) error {
	h, cfg, log, err := furnish(ctx, "colloquy serve", args, environ, out)
	if err != nil {
		return err
	}
	defer h.close(log)
	return h.run(ctx, cfg, out)
}

// furnish reads the command line and the configuration and builds the house.
func furnish(ctx context.Context, name string, args, environ []string, out io.Writer) (*house, *config.Config, *slog.Logger, error) {
	o, err := parse(name, args, out)
	if err != nil {
		return nil, nil, nil, err
	}
	cfg, err := configure(o, environ)
	if err != nil {
		return nil, nil, nil, err
	}
	level := slog.LevelInfo
	if cfg.Debug {
		level = slog.LevelDebug
	}
	log := slog.New(slog.NewTextHandler(out, &slog.HandlerOptions{Level: level}))
	for _, w := range cfg.Warnings {
		log.Warn(w.String())
	}
	h, err := build(ctx, cfg, o, log)
	return h, cfg, log, err
}

// configure reads the configuration and lays the flags over it.
func configure(o *options, environ []string) (*config.Config, error) {
	cfg, err := config.Load(o.config, environ)
	if err != nil {
		return nil, fmt.Errorf("the configuration cannot be used:\n%w", err)
	}
	if o.listen != "" {
		cfg.Listen = o.listen
	}
	if o.data != "" {
		cfg.Data = o.data
	}
	cfg.Debug = cfg.Debug || o.debug
	if o.noWorkers {
		cfg.Background.Workers = 0
	}
	cfg.Packages = append(cfg.Packages, o.packages...)
	return cfg, nil
}

// house is the server with everything that has to be closed.
type house struct {
	store *store.Store
	files *files.Folder
	queue *jobs.Queue
	parts handlers.Parts
	keys  string
}

// build puts the parts together.
func build(ctx context.Context, cfg *config.Config, o *options, log *slog.Logger) (h *house, err error) {
	h = &house{}
	defer func() {
		if err != nil {
			h.close(log)
		}
	}()
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return h, fmt.Errorf("make the data folder: %w", err)
	}
	ring, err := h.ring(cfg)
	if err != nil {
		return h, err
	}
	if h.store, err = store.Open(ctx, address(cfg)); err != nil {
		return h, fmt.Errorf("open the database: %w", err)
	}
	if h.files, err = files.Open(filepath.Join(cfg.Data, "files")); err != nil {
		return h, err
	}
	pkgs, offered, err := library(cfg, o)
	if err != nil {
		return h, err
	}
	recheck := 2 * time.Second
	if cfg.Debug {
		recheck = 0
	}
	programs, err := run.NewPrograms(pkgs, recheck, time.Now)
	if err != nil {
		return h, err
	}
	if err := h.assemble(ctx, cfg, ring, programs, log); err != nil {
		return h, err
	}
	h.parts.Offered = offered
	return h, nil
}

// assemble makes the runner and what delivers its effects; each needs the other.
func (h *house) assemble(ctx context.Context, cfg *config.Config, ring *seal.Ring, programs *run.Programs, log *slog.Logger) error {
	clock := ports.ClockFunc(func() time.Time { return time.Now().UTC() })
	mailer := mail.New(cfg.Mail, clock)
	courier := &run.Courier{Carriers: map[string]run.Carrier{ports.KindMail: run.CarryMail(mailer)}}
	queue, err := jobs.New(ctx, jobs.Options{Driver: cfg.DB.Driver, DB: h.store.Writer().DB, Clock: clock, Logger: log,
		Deliver: func(ctx context.Context, d jobs.Delivery) error { return courier.Deliver(ctx, d.Key, d.Now, d.Next) },
		Overdue: overdue(h.store),
		Chores: []jobs.Chore{{Name: "expire", Every: time.Hour, Run: func(ctx context.Context, now time.Time) error {
			_, err := h.store.Expire(ctx, now, 1000)
			return err
		}}}})
	if err != nil {
		return fmt.Errorf("prepare the job engine: %w", err)
	}
	h.queue = queue
	runner := run.New(run.Parts{Store: h.store, Ring: ring, Programs: programs, Config: cfg, Files: h.files, Jobs: queue,
		Web: web.New(cfg.Web, nil), Mailer: mailer, Clock: clock, Log: log})
	courier.Runner = runner
	h.parts = handlers.Parts{Runner: runner, Programs: programs, Config: cfg, Ring: ring, Log: log}
	return nil
}

// overdue lists the effects whose job was lost, for the job engine.
func overdue(s *store.Store) func(context.Context, time.Time, int) ([]jobs.Overdue, error) {
	return func(ctx context.Context, at time.Time, limit int) ([]jobs.Overdue, error) {
		due, err := s.DueEffects(ctx, at, limit)
		late := make([]jobs.Overdue, len(due))
		for i, d := range due {
			late[i] = jobs.Overdue{Key: d.Key, Round: d.Attempts}
		}
		return late, err
	}
}

// ring opens the server's keys: those of the configuration, else those in the
// data folder, made at the first start.
func (h *house) ring(cfg *config.Config) (*seal.Ring, error) {
	if len(cfg.SecretKeys) > 0 {
		h.keys = "the configuration"
		ring, err := seal.SecretRing(cfg.SecretKeys[0], cfg.SecretKeys[1:]...)
		if err != nil {
			return nil, fmt.Errorf("use the secretkey of the configuration: %w", err)
		}
		return ring.Trusting(time.Duration(cfg.OldKeyDays) * 24 * time.Hour), nil
	}
	h.keys = filepath.Join(cfg.Data, "keys")
	ring, _, err := seal.OpenRing(h.keys, rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("open the keys: %w", err)
	}
	return ring.Trusting(time.Duration(cfg.OldKeyDays) * 24 * time.Hour), nil
}

func address(cfg *config.Config) string {
	if cfg.DB.Driver == config.Postgres {
		return cfg.DB.DSN
	}
	if cfg.DB.Path != "" {
		return cfg.DB.Path
	}
	return filepath.Join(cfg.Data, "colloquy.sqlite")
}

// library opens the packages. The interviews named on the command line are
// those that are offered; without any, the demonstration ones are.
func library(cfg *config.Config, o *options) (*packages.Library, []string, error) {
	l := &packages.Library{}
	var offered []string
	for _, dir := range cfg.Packages {
		if err := l.OpenFolder(dir); err != nil {
			return nil, nil, err
		}
	}
	for _, path := range o.paths {
		names, err := l.OpenPath(path)
		if err != nil {
			return nil, nil, err
		}
		for _, n := range names {
			offered = append(offered, n.String())
		}
	}
	if err := l.AddPackage(demo.Package, demo.Files()); err != nil {
		return nil, nil, err
	}
	if offered == nil && len(cfg.Packages) == 0 {
		for _, n := range l.Interviews(demo.Package) {
			offered = append(offered, n.String())
		}
	}
	return l, offered, nil
}

// run listens and serves until ctx ends, then lets running requests finish.
func (h *house) run(ctx context.Context, cfg *config.Config, out io.Writer) error {
	ln, err := net.Listen("tcp", cfg.Listen)
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("%s is in use by another program; choose another address with --listen, for example --listen 127.0.0.1:8081", cfg.Listen)
	}
	if err != nil {
		return fmt.Errorf("listen at %s: %w", cfg.Listen, err)
	}
	app, err := handlers.New(h.parts)
	if err != nil {
		return err
	}
	if err := h.queue.Start(ctx); err != nil {
		return fmt.Errorf("start the job engine: %w", err)
	}
	stop := h.work(ctx, cfg.Background.Workers)
	defer stop()
	fmt.Fprintf(out, "Colloquy is ready at http://%s\n  data: %s\n  keys: %s\nStop it with Ctrl-C.\n", ln.Addr(), cfg.Data, h.keys)
	failed := make(chan error, 1)
	go func() { failed <- app.Listener(ln) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	if err := app.ShutdownWithTimeout(20 * time.Second); err != nil {
		return fmt.Errorf("stop: %w", err)
	}
	return <-failed
}

// close lets go of everything, what was opened last first.
func (h *house) close(log *slog.Logger) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	var errs []error
	if h.queue != nil {
		errs = append(errs, h.queue.Stop(ctx))
	}
	if h.files != nil {
		errs = append(errs, h.files.Close())
	}
	if h.store != nil {
		errs = append(errs, h.store.Close())
	}
	if err := errors.Join(errs...); err != nil {
		log.Error("close", "error", err)
	}
}
