package main

import (
	"context"
	"fmt"
	"io"

	"colloquy/engine/config"
	"colloquy/engine/run"
)

// usualWorkers is how many actions a process carries out at a time that does
// nothing else, where the configuration leaves none to the servers.
const usualWorkers = 4

// work carries out background actions beside what else the process does, until
// ctx ends or the function returned is called, which waits for those that are
// under way then.
func (h *house) work(ctx context.Context, number int) (stop func()) {
	if number <= 0 {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	over := make(chan struct{})
	go func() {
		defer close(over)
		run.Workers{Runner: h.parts.Runner, Number: number}.Work(ctx)
	}()
	return func() { cancel(); <-over }
}

// worker carries out background actions and delivers mail, and serves no
// pages: for those who split nodes. It needs the servers' database, keys and
// packages.
//
//	colloquy worker [--config FILE] [--data DIR] [--packages DIR]... [FILE|DIR]...
func worker(ctx context.Context, args, environ []string, out io.Writer) error {
	h, cfg, log, err := furnish(ctx, "colloquy worker", args, environ, out)
	if err != nil {
		return err
	}
	defer h.close(log)
	if err := h.queue.Start(ctx); err != nil {
		return fmt.Errorf("start the job engine: %w", err)
	}
	number := workersOf(cfg)
	fmt.Fprintf(out, "Colloquy carries out background actions, %d at a time\n  data: %s\n  keys: %s\nStop it with Ctrl-C.\n", number, cfg.Data, h.keys)
	run.Workers{Runner: h.parts.Runner, Number: number}.Work(ctx)
	return nil
}

func workersOf(cfg *config.Config) int {
	if cfg.Background.Workers > 0 {
		return cfg.Background.Workers
	}
	return usualWorkers
}
