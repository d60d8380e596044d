package handlers

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/evaluation"
	"colloquy/engine/fault"
	"colloquy/engine/run"
)

// pulse is how often a page that is told of background actions hears that the
// connection is alive, and how often the server looks for itself, should the
// database have lost a message.
const pulse = 5 * time.Second

// retry is how long a browser waits, in milliseconds, before it connects again.
const retry = 1000

// events tells a page of its session's background actions as they go on, until
// there are none left: server-sent events, each a run.PageNews. It is open to
// whom the page is open.
//
//	GET /events?session=…
func (s *site) events(c *fiber.Ctx) error {
	b, err := s.browserOf(c)
	if err != nil {
		return err
	}
	id := c.Query(run.ArgSession)
	if b.unknown() || id == "" {
		return fault.New(fault.Forbidden, "This interview session is not yours to open, or it no longer exists.", run.ErrNotYours)
	}
	w, err := s.Runner.Watch(c.UserContext(), id, b.keys(), s.visitor(c, b), c.Get("Last-Event-ID"))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/event-stream")
	c.Set("X-Accel-Buffering", "no") // a proxy is to pass each on at once
	ctx, cancel := until(c.Context().Done())
	c.Context().SetBodyStreamWriter(func(out *bufio.Writer) {
		defer cancel()
		defer w.Close()
		if err := stream(ctx, w, out); err != nil && ctx.Err() == nil {
			s.Log.Debug("a page is no longer told of background actions", "error", err)
		}
	})
	return nil
}

// until gives a context that ends when the server stops.
func until(stopped <-chan struct{}) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		select {
		case <-stopped:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}

// stream writes news until nothing more is to be expected, the page is gone or
// the server stops.
func stream(ctx context.Context, w *run.Watch, out *bufio.Writer) error {
	if _, err := fmt.Fprintf(out, "retry: %d\n\n", retry); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	for {
		n, err := w.Next(ctx, pulse)
		if err != nil {
			return err
		}
		if err := write(out, n); err != nil {
			return err
		}
		if n != nil && n.Over {
			return nil
		}
	}
}

// write sends news, or a sign of life if there are none.
func write(out *bufio.Writer, n *run.PageNews) error {
	if n == nil {
		if _, err := out.WriteString(": alive\n\n"); err != nil {
			return err
		}
		return out.Flush()
	}
	data, err := json.Marshal(n)
	if err != nil {
		return fmt.Errorf("write news of background actions: %w", err)
	}
	if n.Mark != "" {
		if _, err := fmt.Fprintf(out, "id: %s\n", n.Mark); err != nil {
			return err
		}
	}
	if _, err := fmt.Fprintf(out, "data: %s\n\n", data); err != nil {
		return err
	}
	return out.Flush()
}

// checkIn runs what a question has its page ask for by itself.
//
//	POST /checkin
func (s *site) checkIn(c *fiber.Ctx) error {
	b, err := s.browserOf(c)
	if err != nil {
		return err
	}
	form, err := s.values(c)
	if err != nil {
		return err
	}
	token := c.Get("X-Csrf-Token")
	if token == "" {
		token = form.first("csrf_token")
	}
	if !s.fromOurPage(b, token) {
		return fault.New(fault.Forbidden, "We could not tell that this came from our page.", nil)
	}
	q := &run.Request{Session: form.first(run.ArgSession), Secret: b.keys().Browser, Account: b.keys().Account, Visitor: s.visitor(c, b),
		Web: evaluation.Request{Interface: "web", Method: c.Method(), Root: s.address(c), URL: c.OriginalURL()}}
	commands, err := s.Runner.CheckIn(c.UserContext(), q, run.CheckIn{Action: form.first("do_action"), Key: form.first("key"),
		Parameters: []byte(form.first("parameters"))})
	if err != nil {
		return err
	}
	if commands == nil {
		commands = []run.PageCommand{}
	}
	return c.JSON(fiber.Map{"success": true, "commands": commands})
}
