package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"colloquy/engine/config"
)

// A journal is the server's log.
type journal struct {
	*slog.Logger
	level *slog.LevelVar
	file  *os.File // nil for the terminal alone
}

// openLog opens the log as the configuration says: the terminal, a file, or
// both.
func openLog(cfg *config.Config, terminal io.Writer) (*journal, error) {
	j := &journal{level: &slog.LevelVar{}}
	to := terminal
	if cfg.Log != "" {
		path := cfg.Log
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			path = filepath.Join(path, "colloquy.log")
		}
		f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			return nil, fmt.Errorf("open the log: %w", err)
		}
		j.file, to = f, f
		if cfg.LogToStd {
			to = io.MultiWriter(terminal, f)
		}
	}
	j.Logger = slog.New(slog.NewTextHandler(to, &slog.HandlerOptions{Level: j.level}))
	j.follow(cfg)
	return j, nil
}

// follow sets how much is logged.
func (j *journal) follow(cfg *config.Config) {
	j.level.Set(slog.LevelInfo)
	if cfg.Debug {
		j.level.Set(slog.LevelDebug)
	}
}

func (j *journal) close() {
	if j.file != nil {
		_ = j.file.Close() // there is no log left to say so
	}
}
