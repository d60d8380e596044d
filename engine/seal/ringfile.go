package seal

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const ringHeading = "colloquy key ring 1"

const ringNote = `# Whoever has this file can read what the server is trusted with.
# Without it that cannot be read by anybody: keep a copy in a safe place.
`

// OpenRing reads the ring in the file at path. If there is none it makes one,
// readable to its owner only, and says so. A file that is there is never
// overwritten, not even by another process doing the same at the same time.
func OpenRing(path string, random io.Reader) (r *Ring, made bool, err error) {
	r, err = readRingFile(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return r, false, err
	}
	if r, err = NewRing(random); err != nil {
		return nil, false, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, false, fmt.Errorf("make a place for the key file: %w", err)
	}
	err = writeBeside(path, r.encode(), os.Link) // link, unlike rename, refuses to replace
	if errors.Is(err, fs.ErrExist) {
		r, err = readRingFile(path)
		return r, false, err
	}
	if err != nil {
		return nil, false, fmt.Errorf("write key file %s: %w", path, err)
	}
	return r, true, nil
}

// ErrBusy says that the ring in a file is being changed by somebody else.
var ErrBusy = errors.New("another colloquy keys command is at work")

// RotateRing puts a new active key into the ring in the file at path; the older
// ones stay in it to open and verify what they made. It returns ErrBusy if
// somebody else changes the file.
func RotateRing(path string, random io.Reader) (*Ring, error) {
	return changeRing(path, func(r *Ring) (*Ring, error) { return r.rotated(random) })
}

// RetireKey takes a key that is not the active one out of the ring in the file
// at path. What it sealed is lost from then on. It returns ErrBusy as
// RotateRing does.
func RetireKey(path, id string) (*Ring, error) {
	return changeRing(path, func(r *Ring) (*Ring, error) { return r.without(id) })
}

// changeRing replaces the file at path, which nobody else changes meanwhile.
func changeRing(path string, change func(*Ring) (*Ring, error)) (r *Ring, err error) {
	lock := path + ".lock"
	held, err := os.OpenFile(lock, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("%w, or was killed: if none is, delete %s", ErrBusy, lock)
	}
	if err != nil {
		return nil, fmt.Errorf("change key file: %w", err)
	}
	defer func() { err = errors.Join(err, held.Close(), os.Remove(lock)) }()
	if r, err = readRingFile(path); err != nil {
		return nil, err
	}
	if r, err = change(r); err != nil {
		return nil, err
	}
	if err := writeBeside(path, r.encode(), os.Rename); err != nil {
		return nil, fmt.Errorf("write key file %s: %w", path, err)
	}
	return r, nil
}

func readRingFile(path string) (*Ring, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read key file: %w", err)
	}
	if m := info.Mode().Perm(); m&0o077 != 0 {
		return nil, fmt.Errorf("key file %s is open to others (mode %04o): run chmod 600 on it", path, m)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read key file: %w", err)
	}
	r, err := parseRing(text)
	if err != nil {
		return nil, fmt.Errorf("key file %s: %w", path, err)
	}
	return r, nil
}

// writeBeside writes a temporary file next to path, makes sure that it is on
// the disk, and lets place put it there.
func writeBeside(path string, text []byte, place func(from, to string) error) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".keys-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // after a rename there is nothing left to remove
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = place(f.Name(), path)
	}
	if err != nil {
		return err
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// encode writes the ring in the form that parseRing reads.
func (r *Ring) encode() []byte {
	var b bytes.Buffer
	b.WriteString(ringNote)
	b.WriteString(ringHeading + "\n")
	for _, k := range r.set().keys {
		fmt.Fprintf(&b, "%s %s\n", k.state, base64.StdEncoding.EncodeToString(k.bytes()))
	}
	return b.Bytes()
}

// parseRing reads a key file. Its errors name lines, never what is in them.
func parseRing(text []byte) (*Ring, error) {
	var keys []ringKey
	headed := false
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case !headed:
			if line != ringHeading {
				return nil, fmt.Errorf("line %d: this is not a key ring, or one of a newer version", n)
			}
			headed = true
		default:
			k, err := parseRingKey(line)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
			keys = append(keys, k)
		}
	}
	return ringOf(keys)
}

func parseRingKey(line string) (ringKey, error) {
	state, code, _ := strings.Cut(line, " ")
	if state != stateActive && state != stateKept && state != stateRetired {
		return ringKey{}, errors.New("a key is active, kept or retired")
	}
	b, err := base64.StdEncoding.Strict().DecodeString(code)
	if err != nil {
		return ringKey{}, errors.New("the key is damaged")
	}
	k, ok := keyOf(b)
	if !ok {
		return ringKey{}, errors.New("the key is damaged")
	}
	return ringKey{k, state}, nil
}
