package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"colloquy/engine/config"
)

// restoringName is the folder in the data folder where a backup is unpacked,
// before what is in it comes to its place all at once.
const restoringName = ".restoring"

// restore puts a backup into an empty data folder.
//
//	colloquy restore FILE
func restore(ctx context.Context, args, environ []string, out io.Writer) error {
	o, err := backupFlags("restore", args, out)
	if err != nil {
		return err
	}
	cfg, err := configure(&o.options, environ)
	if err != nil {
		return err
	}
	if cfg.DB.Driver == config.Postgres {
		return errPostgres
	}
	f, err := os.Open(o.file)
	if err != nil {
		return fmt.Errorf("open the backup: %w", err)
	}
	defer f.Close()
	if err := vacant(cfg); err != nil {
		return err
	}
	r := &restoring{cfg: cfg, dir: filepath.Join(cfg.Data, restoringName), line: progress{out: out, last: time.Now()}}
	if err := r.unpack(ctx, f); err != nil {
		return errors.Join(err, os.RemoveAll(r.dir))
	}
	if err := r.place(); err != nil {
		return fmt.Errorf("put what was restored in its place: %w", err)
	}
	fmt.Fprintf(out, "Restored into %s: the database and %d files, as they were on %s.\n%s\n", cfg.Data, r.files, moment(r.about.At), r.aboutKeys())
	return nil
}

// vacant reports whether nothing is where a backup would go.
func vacant(cfg *config.Config) error {
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	for _, dir := range []string{cfg.Data, uploads(cfg)} {
		entries, err := os.ReadDir(dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		for _, e := range entries {
			if e.Name() == restoringName { // was stopped in the middle
				err = os.RemoveAll(filepath.Join(dir, restoringName))
			} else {
				err = fmt.Errorf("%s is not empty (there is %s) and is left as it is: restore into another folder with --data DIR, or move it away", dir, e.Name())
			}
			if err != nil {
				return err
			}
		}
	}
	if _, err := os.Lstat(address(cfg)); err == nil {
		return fmt.Errorf("the database %s is there already and is left as it is", address(cfg))
	}
	return nil
}

// restoring is a backup that is being restored.
type restoring struct {
	cfg   *config.Config
	dir   string
	about about
	files int
	line  progress
}

func (r *restoring) unpack(ctx context.Context, from io.Reader) error {
	return unpack(from, func(name string, content io.Reader) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if name == aboutName {
			if err := json.NewDecoder(io.LimitReader(content, 1<<16)).Decode(&r.about); err != nil || r.about.Format != archiveFormat {
				return fmt.Errorf("this is not a backup of Colloquy, or one of a newer version (%s)", r.about.Version)
			}
			_, err := io.Copy(io.Discard, content)
			return err
		}
		if strings.HasPrefix(name, filesName) {
			r.files++
			r.line.say("  … %d files", r.files)
		}
		return writeFile(filepath.Join(r.dir, filepath.FromSlash(name)), content)
	})
}

// writeFile writes a new file for its owner only, and the folders above it.
func writeFile(file string, content io.Reader) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, content)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// place moves what was unpacked to where the server looks for it, the database
// last: without it a server does not begin with half of a backup.
func (r *restoring) place() error {
	for _, p := range []struct{ name, to string }{{strings.TrimSuffix(filesName, "/"), uploads(r.cfg)}, {keysName, keyFile(r.cfg)}, {databaseName, address(r.cfg)}} {
		from := filepath.Join(r.dir, p.name)
		if _, err := os.Stat(from); errors.Is(err, fs.ErrNotExist) {
			continue // no files, or no keys
		}
		if p.name == keysName && len(r.cfg.SecretKeys) > 0 {
			continue // those of the configuration are used
		}
		if err := os.MkdirAll(filepath.Dir(p.to), 0o700); err != nil {
			return err
		}
		if err := os.Remove(p.to); err != nil && !errors.Is(err, fs.ErrNotExist) { // an empty folder
			return err
		}
		if err := move(from, p.to); err != nil {
			return err
		}
	}
	return os.RemoveAll(r.dir)
}

// move renames a file or folder, or copies it where it is on another disk.
func move(from, to string) error {
	err := os.Rename(from, to)
	if !errors.Is(err, syscall.EXDEV) {
		return err
	}
	return filepath.WalkDir(from, func(file string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		name, err := filepath.Rel(from, file)
		if err != nil {
			return err
		}
		f, err := os.Open(file)
		if err != nil {
			return err
		}
		return errors.Join(writeFile(filepath.Join(to, name), f), f.Close())
	})
}

func (r *restoring) aboutKeys() string {
	switch {
	case len(r.cfg.SecretKeys) > 0:
		return fmt.Sprintf("The keys are those of the configuration; the one in use then was %s: colloquy keys list tells whether it is among them.", r.about.KeyInUse)
	case r.about.Keys:
		return "The server's keys were in the backup: the data folder can be served."
	default:
		return fmt.Sprintf("The server's keys were not in the backup: put your copy of them (the one in use was %s) at %s before you start the server.", r.about.KeyInUse, keyFile(r.cfg))
	}
}
