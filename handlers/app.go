package handlers

import (
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/recover"

	"colloquy/engine/accounts"
	"colloquy/engine/config"
	"colloquy/engine/ports"
	"colloquy/engine/run"
	"colloquy/engine/seal"
	"colloquy/static"
	"colloquy/views"
)

// Parts are what the handlers work with.
type Parts struct {
	Runner   *run.Runner
	Programs *run.Programs
	Config   *config.Config
	Ring     *seal.Ring
	Accounts *accounts.Keeper // nil: nobody has an account
	Log      *slog.Logger
	// Mailer sends mails about mistakes; nil: nobody is told.
	Mailer ports.Mailer
	// Random is where secrets come from; nil: crypto/rand.
	Random io.Reader
	// Offered are the interviews named on the command line; nil: all there are.
	Offered []string
	// MailKey opens /dev/mail, where a server for development shows the mail
	// that it keeps; "" where there is no such page.
	MailKey string
}

// site is the server as its handlers see it.
type site struct {
	Parts
	assets views.Assets
	files  map[string]string
	alarms alarms
}

// New returns the web application.
func New(p Parts) (*fiber.App, error) {
	files, err := static.Versions(p.Config.Path("/static/"))
	if err != nil {
		return nil, err
	}
	if p.Random == nil {
		p.Random = rand.Reader
	}
	if p.Log == nil {
		p.Log = slog.New(slog.DiscardHandler)
	}
	s := &site{Parts: p, files: files, assets: views.Assets{CSS: files["app.css"], Icons: files["icons.css"], JS: files["app.js"],
		Mark: files["mark.svg"], JQuery: files["jquery.js"]}}
	s.dress()
	limit := int(p.Config.MaximumContentLength)
	if limit <= 0 {
		limit = 1 << 30
	}
	app := fiber.New(fiber.Config{Immutable: true, BodyLimit: limit, DisableStartupMessage: true, ErrorHandler: s.fail,
		DisablePreParseMultipartForm: true, // it would put large files on the disk in the clear
		ReadTimeout:                  60 * time.Second, IdleTimeout: 120 * time.Second, AppName: "Colloquy",
		EnableTrustedProxyCheck: true, TrustedProxies: proxies(p.Config)})
	app.Use(recover.New(recover.Config{EnableStackTrace: false}), s.logRequest, s.headers)
	s.routes(app)
	return app, nil
}

// proxies are the addresses whose X-Forwarded headers are believed.
func proxies(c *config.Config) []string {
	if !c.BehindHTTPSProxy {
		return nil
	}
	all := make([]string, len(c.TrustedProxies))
	for i, p := range c.TrustedProxies {
		all[i] = p.String()
	}
	return all
}

func (s *site) routes(all *fiber.App) {
	app := all.Group(s.Config.Path(""))
	app.Get("/", s.open(s.root))
	app.Get("/list", s.open(s.list))
	app.Get("/health", func(c *fiber.Ctx) error { return c.SendString("ok\n") })
	app.Get("/interview", s.show)
	app.Post("/interview", s.post)
	for _, shape := range []string{"/start", "/run"} {
		app.Get(shape+"/+", s.shaped)
		app.Post(shape+"/+", s.shaped)
	}
	app.Get("/events", s.events)
	app.Post("/checkin", s.checkIn)
	app.Get("/restart_session", s.restart)
	app.Get("/new_session", s.newSession)
	for _, path := range []string{"/exit", "/exit_logout"} {
		app.Get(path, s.exit)
		app.Post(path, s.exit)
	}
	app.Get("/leave", s.leave)
	app.Get("/vars", s.variables)
	app.Post("/resume", s.resume)
	app.Get("/result/:token", s.result)
	app.Get("/goto", s.follow)
	app.Post("/goto", s.follow)
	app.Get("/launch", s.launch)
	app.Post("/launch", s.launch)
	app.Get("/static/*", s.static)
	app.Get("/packagestatic/:package/*", s.packageStatic)
	app.Get("/uploadedfile/:session/:number/:name?", s.uploaded)
	for _, name := range rootFiles {
		app.Get("/"+name, s.rootFile)
	}
	app.Get("/robots.txt", s.robots)
	s.drawerRoutes(app)
	if s.Accounts != nil {
		s.accountRoutes(app)
	}
	if s.Config.Debug {
		app.Get("/dev/gallery", s.gallery)
		app.Get("/dev/gallery/:name", s.gallery)
	}
}

// logRequest writes a line per request: which route, how long, what came of
// it. Never the query: it may hold answers and keys.
func (s *site) logRequest(c *fiber.Ctx) error {
	began := time.Now()
	err := c.Next()
	if err != nil {
		if failed := s.fail(c, err); failed != nil {
			return failed
		}
	}
	s.Log.LogAttrs(context.Background(), slog.LevelDebug, "request", slog.String("method", c.Method()), slog.String("route", c.Route().Path),
		slog.Int("status", c.Response().StatusCode()), slog.Duration("took", time.Since(began)))
	return nil
}
