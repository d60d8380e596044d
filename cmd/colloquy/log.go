package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	"colloquy/engine/config"
)

// A journal is the server's log.
type journal struct {
	*slog.Logger
	level *slog.LevelVar
	file  *logFile // nil for the terminal alone
}

// A logFile is a file that can be opened anew, after it was moved away.
type logFile struct {
	path string
	mu   sync.Mutex
	f    *os.File
}

// open opens the file, or opens it anew.
func (l *logFile) open() error {
	f, err := os.OpenFile(l.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("open the log: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.f != nil {
		_ = l.f.Close() // what was written to it is there
	}
	l.f = f
	return nil
}

func (l *logFile) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.f.Write(b)
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
		j.file = &logFile{path: path}
		if err := j.file.open(); err != nil {
			return nil, err
		}
		to = j.file
		if cfg.LogToStd {
			to = io.MultiWriter(terminal, j.file)
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
		_ = j.file.f.Close() // there is no log left to say so
	}
}
