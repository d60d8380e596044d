package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/config"
	"colloquy/engine/outside/mail"
	"colloquy/engine/outside/web"
	"colloquy/engine/ports"
	"colloquy/engine/run"
	"colloquy/handlers"
)

// An edition is what follows from one reading of the configuration. Every
// request and every delivery is the business of one edition from beginning to
// end, so that each sees one configuration throughout.
type edition struct {
	cfg     *config.Config
	runner  *run.Runner
	mailer  *mail.Sender
	courier *run.Courier
	app     *fiber.App
	over    chan struct{} // closed when there is a newer one
}

// edition makes the parts that depend on the configuration; the runner and what
// delivers its effects need each other.
func (h *house) edition(cfg *config.Config) (*edition, error) {
	mailer := mail.New(cfg.Mail, clock())
	var post ports.Mailer = mailer
	carry, key := run.CarryMail(mailer), ""
	if h.keepsMail(cfg) {
		post, carry, key = run.Drawer{}, run.CarryToDrawer, h.mailKey()
	}
	courier := &run.Courier{Carriers: map[string]run.Carrier{ports.KindMail: carry}, Lease: cfg.Delivery.Rescue}
	keeper := h.accounts.With(cfg)
	keeper.Kept = h.keepsMail(cfg)
	words, err := run.ReadWords(h.programs.Packages(), cfg.Words)
	if err != nil {
		return nil, err
	}
	keeper.Words = words
	keeper.Send = sendNow(mailer)
	runner := h.runner.With(cfg, web.New(cfg.Web, nil), post).WithAccounts(keeper).WithWords(words)
	courier.Runner = runner
	app, err := handlers.New(handlers.Parts{Runner: runner, Programs: h.programs, Config: cfg, Ring: h.ring, Accounts: keeper, Log: h.log.Logger, Offered: h.offered,
		Mailer: mailer, MailKey: key})
	if err != nil {
		return nil, err
	}
	return &edition{cfg: cfg, runner: runner, mailer: mailer, courier: courier, app: app, over: make(chan struct{})}, nil
}

// sendNow sends a mail that somebody waits for.
func sendNow(mailer ports.Mailer) func(context.Context, ports.Mail) error {
	return func(ctx context.Context, m ports.Mail) error {
		ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
		defer cancel()
		_, err := mailer.Send(ctx, m)
		return err
	}
}

// keepsMail reports whether mail is kept to be looked at: without a mail server,
// in development, which is debug mode or a server on this machine that was
// started without a configuration file.
func (h *house) keepsMail(cfg *config.Config) bool {
	return len(cfg.Mail) == 0 && (cfg.Debug || h.unconfigured && cfg.Local())
}

// mailKey opens the mail that is kept. It is the same after every start, until
// the keys are rotated.
func (h *house) mailKey() string { return h.ring.Tag("kept mail", "key")[:22] }

// reload reads the configuration again. One with mistakes changes nothing; what
// only a start can change keeps its value, and the log names it.
func (h *house) reload() {
	if h.log.file != nil { // it may have been moved away
		if err := h.log.file.open(); err != nil {
			h.log.Error("the log cannot be opened anew", "error", err)
		}
	}
	inForce := h.current.Load().cfg
	cfg, err := h.reread()
	if err != nil {
		h.log.Error("the configuration has mistakes, so the one before stays in force", "mistakes", err.Error())
		return
	}
	for _, w := range cfg.Warnings {
		h.log.Warn(w.String())
	}
	for _, key := range cfg.KeepRunning(inForce) {
		h.log.Warn("a change of this key takes effect at the next start", "key", key)
	}
	h.newKeys(cfg, inForce)
	next, err := h.edition(cfg)
	if err == nil && h.certs != nil {
		err = h.certs.load()
	}
	if err != nil {
		h.log.Error("the configuration cannot be put into force, so the one before stays", "error", err)
		return
	}
	last := h.current.Swap(next)
	h.front.Swap(next.app)
	close(last.over)
	last.mailer.Close()
	h.log.follow(cfg)
	h.log.Info("the configuration was read again and is in force")
}

// run listens and serves until ctx ends, then lets running requests finish.
func (h *house) run(ctx context.Context, cfg *config.Config, out io.Writer) error {
	defer h.follow()()
	ln, scheme, err := h.listen(cfg)
	if err != nil {
		return err
	}
	if err := h.queue.Start(ctx); err != nil {
		return fmt.Errorf("start the job engine: %w", err)
	}
	defer h.work(ctx, cfg.Background.Workers)()
	at := fmt.Sprintf("%s://%s%s", scheme, ln.Addr(), cfg.Path(""))
	if base := cfg.BaseURL(); base != "" {
		at = base + cfg.Path("")
	}
	if err := h.welcome(ctx, at, out); err != nil {
		return err
	}
	fmt.Fprintf(out, "Colloquy is ready at %s://%s%s\n  data: %s\n  keys: %s\n", scheme, ln.Addr(), cfg.Path(""), cfg.Data, h.keys)
	if h.keepsMail(cfg) {
		fmt.Fprintf(out, "  mail: kept to be read at %s://%s%s?key=%s\n", scheme, ln.Addr(), cfg.Path("/dev/mail"), h.mailKey())
	}
	fmt.Fprintln(out, "Stop it with Ctrl-C.")
	go h.preload(ctx, cfg)
	failed := make(chan error, 1)
	go func() { failed <- h.front.Listener(ln) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	if err := h.front.Shutdown(20 * time.Second); err != nil {
		return err
	}
	// Shutdown closes what is being served, which may not have begun.
	if err := ln.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("stop listening: %w", err)
	}
	return <-failed
}

// follow has SIGHUP read the configuration again until the function that it
// returns is called.
func (h *house) follow() (stop func()) {
	again, over := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(again, syscall.SIGHUP)
	go func() {
		defer close(over)
		for range again {
			h.reload()
		}
	}()
	return func() {
		signal.Stop(again)
		close(again)
		<-over
	}
}

// listen opens the address that the configuration names, with its certificate
// if there is one.
func (h *house) listen(cfg *config.Config) (net.Listener, string, error) {
	if cfg.Certs != "" {
		h.certs = &certificate{folder: cfg.Certs}
		if err := h.certs.load(); err != nil {
			return nil, "", err
		}
	}
	ln, err := net.Listen("tcp", cfg.Listen)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, "", fmt.Errorf("%s is in use by another program; choose another address with --listen, for example --listen 127.0.0.1:8081", cfg.Listen)
	}
	if err != nil {
		return nil, "", fmt.Errorf("listen at %s: %w", cfg.Listen, err)
	}
	if h.certs == nil {
		return ln, "http", nil
	}
	return tls.NewListener(ln, &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}, GetCertificate: h.certs.get}), "https", nil
}

// preload compiles the interviews that the configuration names.
func (h *house) preload(ctx context.Context, cfg *config.Config) {
	for _, name := range cfg.Preloaded {
		if _, err := h.programs.Interview(ctx, name); err != nil && ctx.Err() == nil {
			h.log.Error("an interview cannot be preloaded", "interview", name, "error", err)
		}
	}
}
