package main

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// A backup is a tar file: about.json, database.sqlite, files/..., keys, and at
// its end the sum of all of it. What is in it is sealed, and so not compressed.
const (
	aboutName    = "about.json"
	databaseName = "database.sqlite"
	filesName    = "files/"
	keysName     = "keys"
	sumName      = "sum.sha256"
)

// about says what a backup is.
type about struct {
	Format   int       `json:"colloquy backup"`
	Version  string    `json:"version"` // of the program that made it
	At       time.Time `json:"at"`
	Keys     bool      `json:"keys"`       // the key file is in it
	KeyInUse string    `json:"key in use"` // the id of the active key
}

const archiveFormat = 1

// An archiver writes a backup.
type archiver struct {
	tar *tar.Writer
	sum hash.Hash
	n   int64 // files so far
	at  time.Time
}

func newArchiver(w io.Writer, at time.Time) *archiver {
	return &archiver{tar: tar.NewWriter(w), sum: sha256.New(), at: at.Truncate(time.Second)}
}

// add writes one file. The sum is of its name and size, too.
func (a *archiver) add(name string, size int64, r io.Reader) error {
	fmt.Fprintf(a.sum, "%s %d\n", name, size)
	err := a.tar.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: a.at})
	if err == nil {
		_, err = io.Copy(io.MultiWriter(a.tar, a.sum), io.LimitReader(r, size))
	}
	if err != nil {
		return fmt.Errorf("write %s into the backup: %w", name, err)
	}
	a.n++
	return nil
}

// addFile writes a file of the disk.
func (a *archiver) addFile(name, file string) (err error) {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return a.add(name, info.Size(), f)
}

func (a *archiver) addJSON(name string, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return a.add(name, int64(len(b)), strings.NewReader(string(b)))
}

// end writes the sum. A backup without one is not whole.
func (a *archiver) end() error {
	sum := hex.EncodeToString(a.sum.Sum(nil)) + "\n"
	if err := a.add(sumName, int64(len(sum)), strings.NewReader(sum)); err != nil {
		return err
	}
	if err := a.tar.Close(); err != nil {
		return fmt.Errorf("end the backup: %w", err)
	}
	return nil
}

var errNotWhole = errors.New("the backup is not whole: it was cut off or changed")

// unpack reads a backup and gives each of its files to put, which must read it
// to its end. It returns errNotWhole unless everything is there; what was put is
// of no use then.
func unpack(r io.Reader, put func(name string, r io.Reader) error) error {
	t, sum := tar.NewReader(r), sha256.New()
	for first := true; ; first = false {
		h, err := t.Next()
		if first && (err != nil || h.Name != aboutName) {
			return errors.New("this is not a backup of Colloquy")
		}
		if err != nil { // io.EOF, too: the sum was to come before
			return errNotWhole
		}
		if h.Typeflag != tar.TypeReg || !expected(h.Name) {
			return fmt.Errorf("%w: there is %q in it", errNotWhole, h.Name)
		}
		if h.Name == sumName {
			want, err := io.ReadAll(io.LimitReader(t, 100))
			if err != nil || strings.TrimSpace(string(want)) != hex.EncodeToString(sum.Sum(nil)) {
				return errNotWhole
			}
			return nil
		}
		fmt.Fprintf(sum, "%s %d\n", h.Name, h.Size)
		err = put(h.Name, io.TeeReader(t, sum))
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return errNotWhole
		}
		if err != nil {
			return err
		}
	}
}

// expected reports whether a backup has files of this name: none leads out of
// the folder that it is unpacked in.
func expected(name string) bool {
	switch name {
	case aboutName, databaseName, keysName, sumName:
		return true
	}
	below, ok := strings.CutPrefix(name, filesName)
	return ok && below != "" && path.Clean(name) == name && filepath.IsLocal(filepath.FromSlash(below))
}
