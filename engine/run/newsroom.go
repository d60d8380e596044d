package run

import "sync"

// A newsroom passes news of background actions on to those in this process who
// wait for them. Nobody gets the news themselves, only a hint to look again.
type newsroom struct {
	mu      sync.Mutex
	pages   map[string]map[chan struct{}]bool // by session
	workers map[chan struct{}]bool
}

func newNewsroom() *newsroom {
	return &newsroom{pages: map[string]map[chan struct{}]bool{}, workers: map[chan struct{}]bool{}}
}

func hint(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default: // there is one already
	}
}

// tell passes news on. News of no session are for everybody.
func (n *newsroom) tell(t TaskNews) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if t.Waits {
		for c := range n.workers {
			hint(c)
		}
	}
	for session, listeners := range n.pages {
		if t.Session != "" && t.Session != session {
			continue
		}
		for c := range listeners {
			hint(c)
		}
	}
}

// listen gives a channel with a hint whenever something happened to an action
// of the session. The function returned ends that.
func (n *newsroom) listen(session string) (<-chan struct{}, func()) {
	c := make(chan struct{}, 1)
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.pages[session] == nil {
		n.pages[session] = map[chan struct{}]bool{}
	}
	n.pages[session][c] = true
	return c, func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		if delete(n.pages[session], c); len(n.pages[session]) == 0 {
			delete(n.pages, session)
		}
	}
}

// work gives a channel with a hint whenever an action waits for a worker.
func (n *newsroom) work() (<-chan struct{}, func()) {
	c := make(chan struct{}, 1)
	n.mu.Lock()
	defer n.mu.Unlock()
	n.workers[c] = true
	return c, func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		delete(n.workers, c)
	}
}
