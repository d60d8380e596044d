package memory

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"strings"
	"sync"

	"colloquy/engine/ports"
)

// Files is a ports.Files in memory. The zero Files is empty and ready.
type Files struct {
	mu    sync.Mutex
	files map[string][]byte
}

var _ ports.Files = (*Files)(nil)

// Put implements ports.Files.
func (f *Files) Put(ctx context.Context, name string, r io.Reader) (int64, error) {
	if !fs.ValidPath(name) {
		return 0, fmt.Errorf("put %q: %w", name, fs.ErrInvalid)
	}
	content, err := io.ReadAll(r)
	if err != nil {
		return 0, fmt.Errorf("put a file: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.files == nil {
		f.files = map[string][]byte{}
	}
	f.files[name] = content
	return int64(len(content)), nil
}

// Open implements ports.Files.
func (f *Files) Open(_ context.Context, name string) (io.ReadCloser, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	content, ok := f.files[name]
	if !ok {
		return nil, fmt.Errorf("open %q: %w", name, ports.ErrNotFound)
	}
	return io.NopCloser(bytes.NewReader(content)), nil
}

// Delete implements ports.Files.
func (f *Files) Delete(_ context.Context, name string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.files, name)
	return nil
}

// DeleteAll implements ports.Files.
func (f *Files) DeleteAll(_ context.Context, folder string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	maps.DeleteFunc(f.files, func(name string, _ []byte) bool { return strings.HasPrefix(name, folder+"/") })
	return nil
}
