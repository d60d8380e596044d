package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"colloquy/engine/accounts"
	"colloquy/engine/config"
	"colloquy/engine/demo"
	"colloquy/engine/outside/files"
	"colloquy/engine/outside/jobs"
	"colloquy/engine/outside/redis"
	"colloquy/engine/packages"
	"colloquy/engine/ports"
	"colloquy/engine/run"
	"colloquy/engine/seal"
	"colloquy/handlers"
	"colloquy/sql/store"
)

// house is the server: what lasts from start to stop, and the edition in force.
type house struct {
	log      *journal
	store    *store.Store
	files    *files.Folder
	queue    *jobs.Queue
	ring     *seal.Ring
	programs *run.Programs
	accounts *accounts.Keeper // the same
	redis    *redis.Server    // nil: the database keeps what DARedis keeps
	runner   *run.Runner      // with the configuration of the start; editions have their own
	offered  []string         // the interviews named on the command line

	unconfigured bool // there is no configuration file

	keys string // where the keys are, in words

	current atomic.Pointer[edition]
	front   *handlers.Front
	certs   *certificate
	reread  func() (*config.Config, error)
}

func clock() ports.Clock { return ports.ClockFunc(func() time.Time { return time.Now().UTC() }) }

// build puts the parts together.
func build(ctx context.Context, cfg *config.Config, o *options, log *journal) (h *house, err error) {
	h = &house{log: log, unconfigured: o.unconfigured}
	defer func() {
		if err != nil {
			h.close()
		}
	}()
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return h, fmt.Errorf("make the data folder: %w", err)
	}
	if h.ring, err = h.openRing(cfg); err != nil {
		return h, err
	}
	if h.store, err = store.Open(ctx, address(cfg)); err != nil {
		return h, fmt.Errorf("open the database: %w", err)
	}
	if err := h.store.NoteRingKey(ctx, h.ring.ActiveID(), clock().Now()); err != nil {
		return h, err
	}
	if h.files, err = files.Open(uploads(cfg)); err != nil {
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
	if h.programs, err = run.NewPrograms(pkgs, recheck, time.Now); err != nil {
		return h, err
	}
	h.programs.UseJinja(cfg, version)
	h.offered = offered
	if h.queue, err = h.jobs(ctx, cfg); err != nil {
		return h, err
	}
	if h.redis, err = openRedis(cfg); err != nil {
		return h, err
	}
	parts := run.Parts{Store: h.store, Ring: h.ring, Programs: h.programs, Config: cfg, Files: h.files, Jobs: h.queue, Clock: clock(), Log: log.Logger}
	if h.redis != nil {
		parts.KeyValue = h.redis
	}
	if c := converter(cfg); c != nil {
		parts.Converter = c
	}
	h.runner = run.New(parts)
	h.accounts = accounts.New(accounts.Parts{Store: h.store, Ring: h.ring, Config: cfg, Clock: clock(), Post: h.runner.Notify})
	first, err := h.edition(cfg)
	if err != nil {
		return h, err
	}
	h.current.Store(first)
	h.front = handlers.NewFront(first.app)
	return h, nil
}

// openRedis makes what reaches the Redis server, or nil if none is configured.
func openRedis(cfg *config.Config) (*redis.Server, error) {
	if cfg.Redis.URL == "" {
		return nil, nil
	}
	return redis.Open(cfg.Redis.URL, cfg.Redis.Database(), cfg.Certs)
}

// jobs makes the job engine. What it delivers goes through the edition in
// force.
func (h *house) jobs(ctx context.Context, cfg *config.Config) (*jobs.Queue, error) {
	queue, err := jobs.New(ctx, jobs.Options{Driver: cfg.DB.Driver, DB: h.store.Writer().DB, Clock: clock(), Logger: h.log.Logger,
		Deliver: func(ctx context.Context, d jobs.Delivery) error {
			return h.current.Load().courier.Deliver(ctx, d.Key, d.Now, d.Next)
		},
		Overdue: overdue(h.store), Attempts: cfg.Delivery.Attempts, Backoff: cfg.Delivery.Backoff, Sweep: cfg.Delivery.Rescue / 4,
		Chores: h.chores()})
	if err != nil {
		return nil, fmt.Errorf("prepare the job engine: %w", err)
	}
	return queue, nil
}

// chores are what is done from time to time so that nothing is kept for longer
// than it should be.
func (h *house) chores() []jobs.Chore {
	return []jobs.Chore{
		{Name: "expire", Every: time.Hour, Run: func(ctx context.Context, now time.Time) error {
			_, err := h.store.Expire(ctx, now, 1000)
			return errors.Join(err, h.store.ExpireAccounts(ctx, now))
		}},
		{Name: "erase idle sessions", Every: 15 * time.Minute, Run: func(ctx context.Context, now time.Time) error {
			_, err := h.current.Load().runner.EraseIdle(ctx, now)
			return err
		}},
		{Name: "delete idle accounts", Every: time.Hour, Run: func(ctx context.Context, now time.Time) error {
			return h.current.Load().runner.DeleteIdleAccounts(ctx, now)
		}},
		{Name: "delete files of erased sessions", Every: time.Minute, Run: func(ctx context.Context, _ time.Time) error {
			_, err := h.runner.ClearLeftovers(ctx)
			return err
		}},
	}
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

func address(cfg *config.Config) string {
	if cfg.DB.Driver == config.Postgres {
		return cfg.DB.DSN
	}
	if cfg.DB.Path != "" {
		return cfg.DB.Path
	}
	return filepath.Join(cfg.Data, "colloquy.sqlite")
}

// unusedKeys says that there are keys beside those of the configuration, which
// an earlier start without secretkey made; "" if there are none.
func unusedKeys(cfg *config.Config) string {
	path := filepath.Join(cfg.Data, "keys")
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return "the keys in " + path + " are not used, since the configuration has a secretkey: what was kept with them cannot be opened. " +
		"Leave secretkey out to use them, or remove them if nothing is missed"
}

// uploads is the folder for files that people send.
func uploads(cfg *config.Config) string {
	if cfg.Uploads != "" {
		return cfg.Uploads
	}
	return filepath.Join(cfg.Data, "files")
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

// close lets go of everything, what was opened last first.
func (h *house) close() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	var errs []error
	if h.queue != nil {
		errs = append(errs, h.queue.Stop(ctx))
	}
	if e := h.current.Load(); e != nil {
		e.mailer.Close()
	}
	if h.files != nil {
		errs = append(errs, h.files.Close())
	}
	if h.redis != nil {
		errs = append(errs, h.redis.Close())
	}
	if h.store != nil {
		errs = append(errs, h.store.Close())
	}
	if err := errors.Join(errs...); err != nil {
		h.log.Error("close", "error", err)
	}
	h.log.close()
}
