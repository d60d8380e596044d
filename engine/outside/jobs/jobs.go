// Package jobs has effects delivered after the transaction that wrote them, and
// chores done from time to time. It hides the job engine, River, which keeps its
// tables in the same database as the sessions, SQLite or PostgreSQL.
//
// A job carries the key of an effect and nothing else, and nothing of an effect
// gets into its tables or the log: an error is recorded by its class alone. What
// an effect is, how it is claimed, delivered and settled is left to the Deliver
// function; the tables of sessions and effects are left to the store.
//
// Delivery is at least once: what a process that died was delivering is taken up
// again when its claim has ended (Overdue) or after some minutes (Rescue).
package jobs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"

	"colloquy/engine/ports"
)

// A Delivery is one attempt to deliver an effect.
type Delivery struct {
	Key     string    // of the effect
	Attempt int       // 1 is the first
	Now     time.Time // when the attempt began
	Next    time.Time // when it is tried again should it fail; zero if this is the last attempt
}

// A Deliver delivers one effect. On nil the job is done. On *ports.Undeliverable
// it is given up, on any other error tried again at d.Next. It may be called
// twice for one effect, by two processes at once even, and has to make sure by
// its own means that the second call finds nothing to do.
type Deliver func(ctx context.Context, d Delivery) error

// A Chore is work that is to be done from time to time, by one of all the
// processes that share the database, soon after the start at first.
type Chore struct {
	Name  string // two characters or more
	Every time.Duration
	Run   func(ctx context.Context, now time.Time) error
}

// An Overdue is an effect that should have been delivered by now.
type Overdue struct {
	Key   string
	Round int // how often its delivery was begun
}

// Options say how a Queue works. DB, Driver, Deliver and Clock are needed, the
// others have defaults.
type Options struct {
	Driver  string  // "sqlite" or "postgres"
	DB      *sql.DB // on SQLite the one handle through which is written, with immediate transactions
	Deliver Deliver
	Chores  []Chore

	// Overdue, if given, lists effects that were due at a time and that nobody
	// delivers, at most limit: their job was lost, or whoever had it died. They
	// are delivered beside the jobs.
	Overdue func(ctx context.Context, at time.Time, limit int) ([]Overdue, error)

	Clock  ports.Clock
	Logger *slog.Logger // default: nothing is logged

	Workers  int           // deliveries at a time; default 4
	Attempts int           // attempts before an effect is given up; default 12, over more than a day
	Poll     time.Duration // how often the database is asked for work; default 250 ms
	Timeout  time.Duration // longest delivery; default 2 minutes
	Sweep    time.Duration // how often is asked what is overdue, and by how much it must be; default 10 s
	Rescue   time.Duration // when a job whose process died is taken up again; default 5 minutes, at least Timeout

	// Backoff gives the time from a failed attempt (1 is the first) to the
	// next; default 10 s, 1, 5, 15 minutes, 1 hour, then every 4 hours.
	Backoff func(attempt int) time.Duration
}

func (o *Options) fill() {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Backoff == nil {
		o.Backoff = backoff
	}
	orElse(&o.Workers, 4)
	orElse(&o.Attempts, 12)
	orElse(&o.Poll, 250*time.Millisecond)
	orElse(&o.Timeout, 2*time.Minute)
	orElse(&o.Sweep, 10*time.Second)
	orElse(&o.Rescue, 5*time.Minute)
	o.Rescue = max(o.Rescue, o.Timeout)
}

// orElse sets a number that was left out.
func orElse[T int | time.Duration](n *T, otherwise T) {
	if *n <= 0 {
		*n = otherwise
	}
}

// backoff is the default of Options.Backoff.
func backoff(attempt int) time.Duration {
	steps := []time.Duration{10 * time.Second, time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour}
	if attempt >= 1 && attempt <= len(steps) {
		return steps[attempt-1]
	}
	return 4 * time.Hour
}

// A Queue schedules and works jobs. It is safe for concurrent use.
type Queue struct {
	o      Options
	client *river.Client[*sql.Tx]
	sweep  sweeper
}

var _ ports.Jobs = (*Queue)(nil)

// New returns a Queue over the database, whose job tables it brings up to date.
// Nothing is delivered before Start.
func New(ctx context.Context, o Options) (*Queue, error) {
	o.fill()
	q := &Queue{o: o}
	var driver riverdriver.Driver[*sql.Tx]
	switch o.Driver {
	case "sqlite":
		driver = riversqlite.New(o.DB)
	case "postgres":
		driver = riverdatabasesql.New(o.DB)
	default:
		return nil, fmt.Errorf("job queue: there is no driver %q", o.Driver)
	}
	if err := migrate(ctx, o, driver); err != nil {
		return nil, fmt.Errorf("job queue: %w", err)
	}
	client, err := river.NewClient(driver, q.config())
	if err != nil {
		return nil, fmt.Errorf("job queue: %w", err)
	}
	q.client = client
	return q, nil
}

func (q *Queue) config() *river.Config {
	workers := river.NewWorkers()
	river.AddWorker(workers, &deliverer{q: q})
	river.AddWorker(workers, &keeper{q: q})
	c := &river.Config{
		Queues:                      map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: q.o.Workers}},
		Workers:                     workers,
		FetchPollInterval:           q.o.Poll,
		FetchCooldown:               min(q.o.Poll, 50*time.Millisecond),
		JobTimeout:                  q.o.Timeout,
		RescueStuckJobsAfter:        q.o.Rescue,
		CompletedJobRetentionPeriod: time.Hour,
		MaxAttempts:                 q.o.Attempts,
		Logger:                      slog.New(quiet{q.o.Logger.Handler()}),
	}
	for _, chore := range q.o.Chores {
		c.PeriodicJobs = append(c.PeriodicJobs, river.NewPeriodicJob(
			river.PeriodicInterval(chore.Every),
			func() (river.JobArgs, *river.InsertOpts) {
				return choreArgs{Name: chore.Name}, &river.InsertOpts{MaxAttempts: 1, UniqueOpts: unique()}
			},
			&river.PeriodicJobOpts{RunOnStart: true},
		))
	}
	return c
}

// unique keeps a second job from being scheduled while the first is not over.
func unique() river.UniqueOpts {
	return river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
		rivertype.JobStateRetryable, rivertype.JobStateScheduled,
	}}
}

// migrateLock is a number that no other program is likely to lock in PostgreSQL.
const migrateLock = 0x636f6c6c6f717579

// migrate makes the job tables or brings them up to date. Where several
// processes start at once, one after the other does so.
func migrate(ctx context.Context, o Options, driver riverdriver.Driver[*sql.Tx]) error {
	m, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: slog.New(quiet{o.Logger.Handler()})})
	if err != nil {
		return fmt.Errorf("prepare its tables: %w", err)
	}
	if o.Driver == "postgres" {
		err = migratePostgres(ctx, o.DB, m)
	} else {
		err = migrateSQLite(ctx, o.DB, m)
	}
	if err != nil {
		return fmt.Errorf("prepare its tables: %w", err)
	}
	return nil
}

// migratePostgres takes a lock that outlasts a transaction, since not all steps
// can be taken in one.
func migratePostgres(ctx context.Context, db *sql.DB, m *rivermigrate.Migrator[*sql.Tx]) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "select pg_advisory_lock($1)", int64(migrateLock)); err != nil {
		return fmt.Errorf("wait for other processes: %w", err)
	}
	defer func() {
		// If this fails the connection is broken, and the lock goes with it.
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "select pg_advisory_unlock($1)", int64(migrateLock))
	}()
	_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}

// migrateSQLite takes all steps in one transaction, which holds the file's one
// write lock.
func migrateSQLite(ctx context.Context, db *sql.DB, m *rivermigrate.Migrator[*sql.Tx]) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("wait for other processes: %w", err)
	}
	//lint:ignore SA1019 it warns of steps that need a commit before the next, which only PostgreSQL has
	if _, err := m.MigrateTx(ctx, tx, rivermigrate.DirectionUp, nil); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// Enqueue is ports.Jobs: it schedules, inside tx, the delivery of the effects
// with these keys.
func (q *Queue) Enqueue(ctx context.Context, tx *sql.Tx, keys ...string) error {
	if len(keys) == 0 {
		return nil
	}
	keys = slices.Compact(slices.Sorted(slices.Values(keys))) // one statement cannot meet a job twice
	jobs := make([]river.InsertManyParams, len(keys))
	for i, key := range keys {
		jobs[i] = river.InsertManyParams{Args: effectArgs{Key: key}, InsertOpts: &river.InsertOpts{UniqueOpts: unique()}}
	}
	if _, err := q.client.InsertManyTx(ctx, tx, jobs); err != nil {
		return fmt.Errorf("schedule %d effects: %w", len(keys), err)
	}
	return nil
}

// Start begins to deliver and to do chores, until Stop. The end of ctx does not
// stop it.
func (q *Queue) Start(ctx context.Context) error {
	if err := q.client.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("start job queue: %w", err)
	}
	q.sweep.start(ctx, q)
	return nil
}

// Stop takes up nothing more and waits for what is being done. When ctx ends
// first, that is cancelled, to be tried again after the next start.
func (q *Queue) Stop(ctx context.Context) error {
	q.sweep.stop(ctx)
	err := q.client.Stop(ctx)
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		soon, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		err = q.client.StopAndCancel(soon)
	}
	if err != nil {
		return fmt.Errorf("stop job queue: %w", err)
	}
	return nil
}
