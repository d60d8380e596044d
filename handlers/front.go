package handlers

import (
	"context"
	"fmt"
	"net"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// A Front listens in place of applications that follow one another: each
// request is served by the application of its moment from beginning to end, so
// that it sees one configuration throughout.
type Front struct {
	current atomic.Pointer[fiber.App]
	server  *fasthttp.Server
}

// NewFront returns a Front before app. How long connections last is taken from
// app for good; the largest request is that of the application of the moment.
func NewFront(app *fiber.App) *Front {
	f := &Front{}
	f.Swap(app)
	c := app.Config()
	f.server = &fasthttp.Server{
		Handler:      func(ctx *fasthttp.RequestCtx) { f.current.Load().Handler()(ctx) },
		ErrorHandler: func(ctx *fasthttp.RequestCtx, err error) { f.current.Load().Server().ErrorHandler(ctx, err) },
		HeaderReceived: func(*fasthttp.RequestHeader) fasthttp.RequestConfig {
			return fasthttp.RequestConfig{MaxRequestBodySize: f.current.Load().Config().BodyLimit}
		},
		ReadTimeout: c.ReadTimeout, WriteTimeout: c.WriteTimeout, IdleTimeout: c.IdleTimeout, Concurrency: c.Concurrency,
		ReadBufferSize: c.ReadBufferSize, WriteBufferSize: c.WriteBufferSize, MaxRequestBodySize: c.BodyLimit,
		NoDefaultServerHeader: true, DisablePreParseMultipartForm: c.DisablePreParseMultipartForm,
		Logger: quiet{},
	}
	return f
}

// Swap puts another application in the place of the present one. Requests that
// have begun end with the one they began with.
func (f *Front) Swap(app *fiber.App) {
	app.Handler() // builds its routes, before requests come
	f.current.Store(app)
}

// Listener serves until Shutdown.
func (f *Front) Listener(ln net.Listener) error {
	if err := f.server.Serve(ln); err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// Shutdown lets running requests finish, for so long.
func (f *Front) Shutdown(patience time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := f.server.ShutdownWithContext(ctx); err != nil {
		return fmt.Errorf("stop serving: %w", err)
	}
	return nil
}

// quiet drops what fasthttp says of connections that break.
type quiet struct{}

func (quiet) Printf(string, ...any) {}
