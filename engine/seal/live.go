package seal

import (
	"io/fs"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// live is what a ring shares with those made of it by Trusting: its keys as
// they are now, and where newer ones come from.
type live struct {
	set atomic.Pointer[keySet]

	mu   sync.Mutex     // held while newer keys are fetched
	look func() *keySet // asked before something is sealed or signed; nil: nobody is
	find func() *Ring   // asked when a key is missing; nil: nobody is
	seen atomic.Value   // fs.FileInfo of the file as it was last read
}

func fixed(set *keySet, trust time.Duration) *Ring {
	r := &Ring{live: &live{}, trust: trust}
	r.live.set.Store(set)
	return r
}

// set gives the keys as they are known here.
func (r *Ring) set() *keySet { return r.live.set.Load() }

// current gives the keys after a look at where newer ones come from.
func (r *Ring) current() *keySet {
	l := r.live
	if l.look != nil {
		if newer := l.look(); newer != nil {
			return newer
		}
	}
	return l.set.Load()
}

// among looks for something in the keys, and if it is not there in newer ones,
// should there be any.
func (r *Ring) among(has func(*keySet) bool) bool {
	set := r.set()
	if has(set) {
		return true
	}
	newer := r.search(set)
	return newer != nil && has(newer)
}

// search looks for newer keys than those in which something is missing; nil if
// there are none.
func (r *Ring) search(missing *keySet) *keySet {
	l := r.live
	switch {
	case l.look != nil:
		l.look()
	case l.find != nil:
		l.mu.Lock()
		if l.set.Load() == missing { // else somebody has just found them
			if newer := l.find(); newer != nil {
				l.set.Store(newer.set())
			}
		}
		l.mu.Unlock()
	}
	if now := l.set.Load(); now != missing {
		return now
	}
	return nil
}

// Now gives the ring as it is at the moment. It follows nothing: what belongs
// together is sealed by the same key.
func (r *Ring) Now() *Ring { return fixed(r.current(), r.trust) }

// Replace puts the keys of another ring in the place of this one's.
func (r *Ring) Replace(newer *Ring) {
	r.live.mu.Lock()
	defer r.live.mu.Unlock()
	r.live.set.Store(newer.set())
}

// OnMissing has find called when something turns up that no key of the ring
// made; it returns the ring as it is now, or nil if it knows of no newer one.
// It is for use before the ring is.
func (r *Ring) OnMissing(find func() *Ring) { r.live.find = find }

// FollowFile has the ring be what the file at path holds: it looks whether the
// file is another one each time before it seals or signs, and when something
// turns up that no key of it made. A file that cannot be read changes nothing;
// complain is told once. It is for use before the ring is.
func (r *Ring) FollowFile(path string, complain func(error)) {
	l := r.live
	l.look = func() *keySet {
		info, err := os.Stat(path)
		if before, ok := l.seen.Load().(fs.FileInfo); err != nil || ok && sameFile(before, info) {
			return nil
		}
		return l.reread(path, complain)
	}
}

// reread reads the file, one at a time.
func (l *live) reread(path string, complain func(error)) *keySet {
	l.mu.Lock()
	defer l.mu.Unlock()
	info, err := os.Stat(path)
	if before, ok := l.seen.Load().(fs.FileInfo); err != nil || ok && sameFile(before, info) {
		return l.set.Load()
	}
	newer, err := readRingFile(path)
	l.seen.Store(info) // of before it was read: what came after is read again
	if err != nil {
		complain(err)
		return nil
	}
	l.set.Store(newer.set())
	return newer.set()
}

func sameFile(a, b fs.FileInfo) bool {
	return os.SameFile(a, b) && a.ModTime().Equal(b.ModTime()) && a.Size() == b.Size() && a.Mode() == b.Mode()
}
