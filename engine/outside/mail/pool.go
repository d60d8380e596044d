package mail

import (
	"context"
	"net"
	"slices"
	"sync"
	"time"

	"colloquy/engine/config"
)

const (
	idleFor   = 20 * time.Second // a connection is kept for the next mail
	idleLines = 4                // of one configuration at most
	lineMails = 100              // over one connection at most: servers count
)

// A pool keeps connections that wait for the next mail. The zero value is ready.
type pool struct {
	mu   sync.Mutex
	idle map[config.Mail][]*line
}

// take gives a connection that waits, or nil.
func (p *pool) take(c config.Mail) *line {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := p.idle[c]
	if len(all) == 0 {
		return nil
	}
	l := all[len(all)-1]
	p.idle[c] = all[:len(all)-1]
	return l
}

// put keeps a connection for a while, or closes it.
func (p *pool) put(l *line) {
	l.idle = time.Now()
	p.mu.Lock()
	keep := l.mails < lineMails && len(p.idle[l.config]) < idleLines
	if keep {
		if p.idle == nil {
			p.idle = map[config.Mail][]*line{}
		}
		p.idle[l.config] = append(p.idle[l.config], l)
		time.AfterFunc(idleFor, func() { p.part(idleFor) })
	}
	p.mu.Unlock()
	if !keep {
		l.close()
	}
}

// part closes the connections that have waited for so long.
func (p *pool) part(waited time.Duration) {
	var old []*line
	p.mu.Lock()
	for c, all := range p.idle {
		p.idle[c] = slices.DeleteFunc(all, func(l *line) bool {
			over := time.Since(l.idle) >= waited
			if over {
				old = append(old, l)
			}
			return over
		})
	}
	p.mu.Unlock()
	for _, l := range old {
		l.close()
	}
}

func (p *pool) close() { p.part(0) }

// patient is a connection whose every exchange may take so long. Deadlines that
// others set are not heeded.
type patient struct {
	net.Conn
	patience time.Duration
}

func (c *patient) Read(b []byte) (int, error) {
	if err := c.Conn.SetReadDeadline(time.Now().Add(c.patience)); err != nil {
		return 0, err
	}
	return c.Conn.Read(b)
}

func (c *patient) Write(b []byte) (int, error) {
	if err := c.Conn.SetWriteDeadline(time.Now().Add(c.patience)); err != nil {
		return 0, err
	}
	return c.Conn.Write(b)
}

func (c *patient) SetDeadline(time.Time) error      { return nil }
func (c *patient) SetReadDeadline(time.Time) error  { return nil }
func (c *patient) SetWriteDeadline(time.Time) error { return nil }

// until closes the connection when ctx ends, unless the function it returns is
// called before.
func (c *patient) until(ctx context.Context) func() bool {
	return context.AfterFunc(ctx, func() { c.Conn.Close() })
}
