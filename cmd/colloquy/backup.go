package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"colloquy/engine/config"
	"colloquy/sql/store"
)

const backupUsage = `colloquy backup FILE writes a backup of the database, the files that people sent and the
server's keys, while the server runs. Whoever has it can read what the server can:
keep it as safe as the server. With --without-keys it cannot be read by anybody who
has no copy of the keys.

colloquy restore FILE puts a backup into an empty data folder.

They are for the embedded database. With PostgreSQL, while the server runs, the database
comes first, so that each file that it tells of is there:

    pg_dump --format=custom --file=colloquy.dump postgres://colloquy@HOST/colloquy
    tar --create --gzip --file=colloquy-data.tar.gz --directory=DATA .

and back, into an empty database and an empty folder, before the server is started:

    pg_restore --no-owner --exit-on-error --dbname=postgres://colloquy@HOST/colloquy colloquy.dump
    tar --extract --gzip --file=colloquy-data.tar.gz --directory=DATA

DATA is the folder of --data, with the uploads (unless the configuration puts them elsewhere), and with the server's keys unless the
configuration has secretkey: keep that apart, nothing can be read without it.
--config FILE and --data DIR say which server is meant, as with colloquy serve.
`

// errPostgres says what to do where the database is not ours to copy.
var errPostgres = errors.New("the database is PostgreSQL: back it up with pg_dump and restore it with pg_restore, the folder for uploads after it, " +
	"and keep a copy of secretkey; colloquy backup --help has the commands")

// backupOptions are what the command line says.
type backupOptions struct {
	options
	withoutKeys bool
	file        string
}

func backupFlags(name string, args []string, out io.Writer) (*backupOptions, error) {
	o := &backupOptions{}
	flags := flag.NewFlagSet("colloquy "+name, flag.ContinueOnError)
	flags.SetOutput(out)
	flags.Usage = func() { fmt.Fprint(out, backupUsage) }
	o.where(flags)
	if name == "backup" {
		flags.BoolVar(&o.withoutKeys, "without-keys", false, "leave the server's keys out")
	}
	for {
		if err := flags.Parse(args); err != nil {
			return nil, err
		}
		if flags.NArg() == 0 {
			break
		}
		if o.file != "" {
			return nil, fmt.Errorf("%s takes one FILE", name)
		}
		o.file = flags.Arg(0)
		args = flags.Args()[1:]
	}
	if o.file == "" {
		return nil, fmt.Errorf("%s needs the name of a file: colloquy %s FILE", name, name)
	}
	return o, nil
}

// backup writes a backup of the embedded default.
//
//	colloquy backup [--without-keys] FILE
func backup(ctx context.Context, args, environ []string, out io.Writer) error {
	o, err := backupFlags("backup", args, out)
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
	if _, err := os.Stat(address(cfg)); err != nil {
		return fmt.Errorf("there is nothing to back up: %w", err)
	}
	if _, err := os.Lstat(o.file); err == nil {
		return fmt.Errorf("%s is there already and is left as it is: name another file", o.file)
	}
	dir, err := os.MkdirTemp(filepath.Dir(o.file), ".colloquy-backup-*") // for its owner only
	if err != nil {
		return fmt.Errorf("make room for the backup: %w", err)
	}
	defer os.RemoveAll(dir)
	b := &backingUp{cfg: cfg, keys: !o.withoutKeys && len(cfg.SecretKeys) == 0, line: progress{out: out, last: time.Now()}}
	half := filepath.Join(dir, "backup")
	if err := b.write(ctx, half, filepath.Join(dir, databaseName)); err != nil {
		return err
	}
	err = os.Link(half, o.file) // which replaces nothing
	if err != nil && !errors.Is(err, fs.ErrExist) {
		err = os.Rename(half, o.file) // not every disk knows links
	}
	if err != nil {
		return fmt.Errorf("put the backup in its place: %w", err)
	}
	info, err := os.Stat(o.file)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Wrote %s: the database, %d files, %s.\n%s\n", o.file, b.files, size(info.Size()), b.aboutKeys(o.withoutKeys))
	return nil
}

func size(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d kB", (n+1023)>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}

// backingUp is a backup that is being written.
type backingUp struct {
	cfg   *config.Config
	keys  bool
	files int
	line  progress
}

func (b *backingUp) aboutKeys(without bool) string {
	switch {
	case b.keys:
		return "The server's keys are in it: whoever has this file can read what the server can. Keep it as safe as the server."
	case without && len(b.cfg.SecretKeys) == 0:
		return "The server's keys are not in it, and without them nobody can read it: keep a copy of " + keyFile(b.cfg) + " elsewhere."
	default:
		return "The server's keys are those of the configuration (secretkey), which is not in it: keep a copy of that elsewhere."
	}
}

// write writes the backup. The database comes first: a file that it tells of is
// there already, and a key that sealed what is in it is in the ring.
func (b *backingUp) write(ctx context.Context, to, snapshot string) (err error) {
	b.line.say("  … copying the database")
	if err := store.Snapshot(ctx, address(b.cfg), snapshot); err != nil {
		return err
	}
	ring, err := (&house{}).openRing(b.cfg)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write the backup: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	now := clock().Now()
	a := newArchiver(f, now)
	if err := a.addJSON(aboutName, about{Format: archiveFormat, Version: version, At: now, Keys: b.keys, KeyInUse: ring.ActiveID()}); err != nil {
		return err
	}
	if err := a.addFile(databaseName, snapshot); err != nil {
		return err
	}
	if err := os.Remove(snapshot); err != nil {
		return err
	}
	if err := b.addFiles(ctx, a); err != nil {
		return err
	}
	if b.keys {
		if err := a.addFile(keysName, keyFile(b.cfg)); err != nil {
			return err
		}
	}
	if err := a.end(); err != nil {
		return err
	}
	return f.Sync()
}

// addFiles writes the files that people sent. One that is deleted meanwhile is
// left out.
func (b *backingUp) addFiles(ctx context.Context, a *archiver) error {
	root := uploads(b.cfg)
	return filepath.WalkDir(root, func(file string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil || !e.Type().IsRegular() || strings.HasSuffix(file, ".part") {
			return err
		}
		name, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		err = a.addFile(filesName+filepath.ToSlash(name), file)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		b.files++
		b.line.say("  … %d files", b.files)
		return err
	})
}
