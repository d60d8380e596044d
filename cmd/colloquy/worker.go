package main

import (
	"context"
	"fmt"
	"io"
	"sync"

	"colloquy/engine/config"
	"colloquy/engine/run"
)

// usualWorkers is how many actions a process carries out at a time that does
// nothing else, where the configuration leaves none to the servers.
const usualWorkers = 4

// work carries out background actions beside what else the process does, until
// ctx ends or the function returned is called, which waits for those that are
// under way then. Each edition has workers of its own; those of one that is
// over finish what they began.
func (h *house) work(ctx context.Context, number int) (stop func()) {
	if number <= 0 {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	var all sync.WaitGroup
	all.Go(func() {
		for ctx.Err() == nil {
			e := h.current.Load()
			shift, end := context.WithCancel(ctx)
			all.Go(func() { run.Workers{Runner: e.runner, Number: number}.Work(shift) })
			select {
			case <-e.over:
			case <-ctx.Done():
			}
			end()
		}
	})
	return func() { cancel(); all.Wait() }
}

// worker carries out background actions and delivers mail, and serves no
// pages: for those who split nodes. It needs the servers' database, keys and
// packages.
//
//	colloquy worker [--config FILE] [--data DIR] [--packages DIR]... [FILE|DIR]...
func worker(ctx context.Context, args, environ []string, out io.Writer) error {
	h, cfg, err := furnish(ctx, "colloquy worker", args, environ, out)
	if err != nil {
		return err
	}
	defer h.close()
	defer h.follow()()
	if err := h.queue.Start(ctx); err != nil {
		return fmt.Errorf("start the job engine: %w", err)
	}
	number := workersOf(cfg)
	fmt.Fprintf(out, "Colloquy carries out background actions, %d at a time\n  data: %s\n  keys: %s\nStop it with Ctrl-C.\n", number, cfg.Data, h.keys)
	stop := h.work(ctx, number)
	<-ctx.Done()
	stop()
	return nil
}

func workersOf(cfg *config.Config) int {
	if cfg.Background.Workers > 0 {
		return cfg.Background.Workers
	}
	return usualWorkers
}
