// Package files keeps files in a folder: ports.Files without any service. What
// is in them (sealed bytes) and who may read them is decided elsewhere.
package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"

	"colloquy/engine/ports"
)

// A Folder is ports.Files in a folder of its own. It is safe for concurrent
// use, by several processes too.
type Folder struct{ root *os.Root }

// Open makes the folder at dir if there is none, for its owner only.
func Open(dir string) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder for files: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the folder for files: %w", err)
	}
	return &Folder{root}, nil
}

// Close lets go of the folder.
func (f *Folder) Close() error { return f.root.Close() }

// Put implements ports.Files. The file appears whole or not at all.
func (f *Folder) Put(ctx context.Context, name string, r io.Reader) (int64, error) {
	if !fs.ValidPath(name) {
		return 0, fmt.Errorf("put %q: %w", name, fs.ErrInvalid)
	}
	if err := f.root.MkdirAll(path.Dir(name), 0o700); err != nil {
		return 0, fmt.Errorf("make a folder: %w", err)
	}
	half := fmt.Sprintf("%s.%d.part", name, os.Getpid())
	n, err := f.write(half, r)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return 0, errors.Join(fmt.Errorf("write a file: %w", err), f.root.Remove(half))
	}
	if err := f.root.Rename(half, name); err != nil {
		return 0, fmt.Errorf("put a file in its place: %w", err)
	}
	return n, nil
}

func (f *Folder) write(name string, r io.Reader) (int64, error) {
	w, err := f.root.OpenFile(name, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(w, r)
	if err == nil {
		err = w.Sync()
	}
	return n, errors.Join(err, w.Close())
}

// Open implements ports.Files.
func (f *Folder) Open(_ context.Context, name string) (io.ReadCloser, error) {
	if !fs.ValidPath(name) {
		return nil, fmt.Errorf("open %q: %w", name, fs.ErrInvalid)
	}
	r, err := f.root.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ports.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("open a file: %w", err)
	}
	return r, nil
}

// Delete implements ports.Files.
func (f *Folder) Delete(_ context.Context, name string) error {
	err := f.root.Remove(name)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return fmt.Errorf("delete a file: %w", err)
}

// DeleteAll implements ports.Files.
func (f *Folder) DeleteAll(_ context.Context, folder string) error {
	if !fs.ValidPath(folder) || folder == "." {
		return fmt.Errorf("delete all of %q: %w", folder, fs.ErrInvalid)
	}
	if err := f.root.RemoveAll(folder); err != nil {
		return fmt.Errorf("delete a folder: %w", err)
	}
	return nil
}
