package handlers_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/tls"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"colloquy/engine/accounts"
	"colloquy/engine/config"
	"colloquy/engine/demo"
	"colloquy/engine/language"
	"colloquy/engine/outside/files"
	"colloquy/engine/outside/jobs"
	"colloquy/engine/outside/mail"
	"colloquy/engine/packages"
	"colloquy/engine/ports"
	"colloquy/engine/run"
	"colloquy/engine/seal"
	"colloquy/handlers"
	"colloquy/sql/pgtest"
	"colloquy/sql/store"
)

// pkg is the package that the tests' interviews are in.
const pkg = "test.house"

// A house is a server with everything behind it, as cmd builds it.
type house struct {
	t     testing.TB
	root  string // http://127.0.0.1:PORT
	db    *sql.DB
	store *store.Store
	log   *logBook

	runner *run.Runner
	keeper *accounts.Keeper

	address string // of the database
	folder  string // of the uploads
	ring    *seal.Ring
	lib     *packages.Library
	yaml    map[string]string
	files   fstest.MapFS // of the package
}

// An option changes a house before it opens.
type option func(*plans)

type plans struct {
	config  *config.Config
	noQueue bool
	jobs    bool
	workers *run.Workers
	demo    bool
	static  map[string][]byte
	modules map[string]string
	like    *house
	ring    *seal.Ring
	now     func() time.Time
	recheck time.Duration
	trust   *tls.Config // in mail servers
	mailKey string      // mail is kept
	words   *language.Words
}

func withoutQueue(p *plans)  { p.noQueue = true }
func withDebug(p *plans)     { p.config.Debug = true }
func withDelivery(p *plans)  { p.jobs = true }
func withWorkers(p *plans)   { p.workers = &run.Workers{Number: 4} }
func beside(h *house) option { return func(p *plans) { p.like = h } } // another process on the same data

// withRing gives the server these keys; withClock, this time.
func withRing(r *seal.Ring) option          { return func(p *plans) { p.ring = r } }
func withClock(now func() time.Time) option { return func(p *plans) { p.now = now } }

// withRecheck has files looked at again only so often.
func withRecheck(d time.Duration) option { return func(p *plans) { p.recheck = d } }

func set(change func(*config.Config)) option { return func(p *plans) { change(p.config) } }

// withWords gives the server words of another language.
func withWords(w *language.Words) option {
	return func(p *plans) { p.words = language.BuiltinWords().Extend(w) }
}

func withStatic(name, content string) option {
	return func(p *plans) { p.static[name] = []byte(content) }
}

// withModule puts a Python module beside the interviews.
func withModule(name, text string) option {
	return func(p *plans) { p.modules[name] = text }
}

// databases are the two kinds; every test that writes runs on both.
var databases = map[string]func(testing.TB) string{
	"sqlite":   func(t testing.TB) string { return filepath.Join(t.TempDir(), "colloquy.sqlite") },
	"postgres": func(t testing.TB) string { return pgtest.URL(t) },
}

// onBoth runs a test on both kinds of database.
func onBoth(t *testing.T, test func(t *testing.T, address string)) {
	for _, name := range []string{"sqlite", "postgres"} {
		t.Run(name, func(t *testing.T) { test(t, databases[name](t)) })
	}
}

// open starts a server on SQLite with these interviews, by file name.
func open(t testing.TB, yaml map[string]string, options ...option) *house {
	t.Helper()
	return openAt(t, databases["sqlite"](t), yaml, options...)
}

func openAt(t testing.TB, address string, yaml map[string]string, options ...option) *house {
	t.Helper()
	p := &plans{config: defaults(t), static: map[string][]byte{}, modules: map[string]string{}, now: time.Now}
	for _, o := range options {
		o(p)
	}
	h := &house{t: t, address: address, folder: t.TempDir(), yaml: yaml, log: &logBook{}}
	if p.like != nil {
		h.address, h.folder, h.ring = p.like.address, p.like.folder, p.like.ring
	} else {
		h.ring = must(seal.NewRing(rand.Reader))(t)
	}
	if p.ring != nil {
		h.ring = p.ring
	}
	h.lib = &packages.Library{}
	if len(yaml) > 0 {
		fsys := folder(yaml, p.static)
		for name, text := range p.modules {
			fsys[name] = &fstest.MapFile{Data: []byte(text)}
		}
		h.files = fsys
		check(t, h.lib.AddPackage(pkg, fsys))
	}
	if p.demo {
		check(t, h.lib.AddPackage(demo.Package, demo.Files()))
	}
	h.serve(p)
	return h
}

func defaults(t testing.TB) *config.Config {
	t.Helper()
	return must(config.Parse(config.Source{Name: "config.yml", Text: []byte("mail:\n  default sender: house@example.com\npassword hashing: {memory: 64 KiB, passes: 1, threads: 1}\n")}))(t)
}

func folder(yaml map[string]string, static map[string][]byte) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range yaml {
		fsys["data/questions/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	for name, content := range static {
		fsys["data/static/"+name] = &fstest.MapFile{Data: content}
	}
	return fsys
}

func (h *house) serve(p *plans) {
	t := h.t
	t.Helper()
	var err error
	h.store, err = store.Open(t.Context(), h.address)
	check(t, err)
	t.Cleanup(func() { check(t, h.store.Close()) })
	h.db = h.store.Writer().DB
	kept, err := files.Open(h.folder)
	check(t, err)
	t.Cleanup(func() { check(t, kept.Close()) })
	log := slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	programs := must(run.NewPrograms(h.lib, p.recheck, time.Now))(t)
	clock := ports.ClockFunc(p.now)
	parts := run.Parts{Store: h.store, Ring: h.ring, Programs: programs, Config: p.config, Files: kept, Clock: clock, Log: log, NoQueue: p.noQueue, Words: p.words}
	parts.Mailer = mail.New(p.config.Mail, clock, mail.WithPatience(2*time.Second), mail.WithTLS(p.trust))
	courier := &run.Courier{Carriers: map[string]run.Carrier{ports.KindMail: run.CarryMail(parts.Mailer)}}
	if p.mailKey != "" {
		parts.Mailer, courier.Carriers[ports.KindMail] = run.Drawer{}, run.CarryToDrawer
	}
	if p.jobs {
		parts.Jobs = h.queue(courier, clock, log)
	}
	courier.Runner = run.New(parts)
	h.runner = courier.Runner
	h.keeper = accounts.New(accounts.Parts{Store: h.store, Ring: h.ring, Config: p.config, Clock: clock, Post: h.runner.Notify, Kept: p.mailKey != "", Words: p.words,
		Send: func(ctx context.Context, m ports.Mail) error { _, err := parts.Mailer.Send(ctx, m); return err }})
	h.runner = h.runner.WithAccounts(h.keeper)
	if p.workers != nil {
		h.work(*p.workers)
	}
	app, err := handlers.New(handlers.Parts{Accounts: h.keeper, Runner: h.runner, Programs: programs, Config: p.config, Ring: h.ring, Log: log, Mailer: parts.Mailer, MailKey: p.mailKey})
	check(t, err)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	h.root = "http://" + ln.Addr().String()
	done := make(chan error, 1)
	go func() { done <- app.Listener(ln) }()
	t.Cleanup(func() {
		http.DefaultTransport.(*http.Transport).CloseIdleConnections()
		check(t, app.ShutdownWithTimeout(5*time.Second))
		// A test that asks nothing can be over before anything is served.
		if err := ln.Close(); !errors.Is(err, net.ErrClosed) {
			check(t, err)
		}
		check(t, <-done)
	})
}

// work carries out background actions until the end of the test.
func (h *house) work(w run.Workers) {
	ctx, stop := context.WithCancel(context.WithoutCancel(h.t.Context()))
	over := make(chan struct{})
	w.Runner = h.runner
	go func() {
		defer close(over)
		w.Work(ctx)
	}()
	h.t.Cleanup(func() { stop(); <-over })
}

func (h *house) queue(courier *run.Courier, clock ports.Clock, log *slog.Logger) ports.Jobs {
	driver := "sqlite"
	if strings.HasPrefix(h.address, "postgres") {
		driver = "postgres"
	}
	q, err := jobs.New(h.t.Context(), jobs.Options{Driver: driver, DB: h.db, Clock: clock, Logger: log, Poll: 20 * time.Millisecond,
		Backoff: func(int) time.Duration { return 200 * time.Millisecond }, Attempts: 5, Sweep: 500 * time.Millisecond,
		Overdue: func(ctx context.Context, at time.Time, limit int) ([]jobs.Overdue, error) {
			due, err := h.store.DueEffects(ctx, at, limit)
			var late []jobs.Overdue
			for _, d := range due {
				late = append(late, jobs.Overdue{Key: d.Key, Round: d.Attempts})
			}
			return late, err
		},
		Deliver: func(ctx context.Context, d jobs.Delivery) error { return courier.Deliver(ctx, d.Key, d.Now, d.Next) }})
	check(h.t, err)
	check(h.t, q.Start(context.WithoutCancel(h.t.Context())))
	h.t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		check(h.t, q.Stop(ctx))
	})
	return q
}

// in is the same house for a subtest.
func (h *house) in(t testing.TB) *house {
	sub := *h
	sub.t = t
	return &sub
}

// count gives the number of rows of a table.
func (h *house) count(table string) int {
	h.t.Helper()
	var n int
	check(h.t, h.db.QueryRowContext(h.t.Context(), "select count(*) from "+table).Scan(&n))
	return n
}

// counts tells how many rows there are of what a step may write.
func (h *house) counts() string {
	h.t.Helper()
	var s []string
	for _, table := range []string{"sessions", "steps", "effects"} {
		s = append(s, fmt.Sprintf("%d %s", h.count(table), table))
	}
	return strings.Join(s, ", ")
}

// exec changes the database behind the server's back; ? stands for a value.
func (h *house) exec(statement string, args ...any) {
	h.t.Helper()
	_, err := h.db.ExecContext(h.t.Context(), h.bind(statement), args...)
	check(h.t, err)
}

func (h *house) bind(statement string) string {
	if !strings.HasPrefix(h.address, "postgres") {
		return statement
	}
	var b strings.Builder
	n := 0
	for _, c := range statement {
		if c == '?' {
			n++
			fmt.Fprintf(&b, "$%d", n)
			continue
		}
		b.WriteRune(c)
	}
	return b.String()
}

// tables lists the tables of the database.
func (h *house) tables() []string {
	h.t.Helper()
	query := "select name from sqlite_master where type = 'table'"
	if strings.HasPrefix(h.address, "postgres") {
		query = "select table_name from information_schema.tables where table_schema = 'public'"
	}
	return column(h.t, h.db, query)
}

// dump gives everything in every table, by table and column.
func (h *house) dump() map[string][]byte {
	h.t.Helper()
	out := map[string][]byte{}
	for _, table := range h.tables() {
		rows, err := h.db.QueryContext(h.t.Context(), "select * from "+table)
		check(h.t, err)
		names, err := rows.Columns()
		check(h.t, err)
		values := make([]sql.RawBytes, len(names))
		into := make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		for rows.Next() {
			check(h.t, rows.Scan(into...))
			for i, v := range values {
				key := table + "." + names[i]
				out[key] = append(append(out[key], v...), 0)
			}
		}
		check(h.t, rows.Err())
		check(h.t, rows.Close())
	}
	return out
}

func column(t testing.TB, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	check(t, err)
	defer rows.Close()
	var all []string
	for rows.Next() {
		var s string
		check(t, rows.Scan(&s))
		all = append(all, s)
	}
	check(t, rows.Err())
	return all
}

// disguises are the ways in which a text might lie in a database unprotected.
func disguises(text string) [][]byte {
	all := [][]byte{[]byte(text), []byte(hex.EncodeToString([]byte(text))), []byte(strings.ToUpper(hex.EncodeToString([]byte(text))))}
	for lead := range 3 { // base64 looks different at each of three places
		b := base64.StdEncoding.EncodeToString(append(make([]byte, lead), text...))
		all = append(all, []byte(b[4:len(b)-4]))
	}
	return all
}

// A logBook is where the server's log goes.
type logBook struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func (l *logBook) Reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.b.Reset()
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// must is for calls with a value and an error: must(f())(t).
func must[V any](v V, err error) func(testing.TB) V {
	return func(t testing.TB) V {
		t.Helper()
		check(t, err)
		return v
	}
}
