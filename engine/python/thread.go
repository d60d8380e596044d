package python

import (
	"context"
	"fmt"
	"time"
)

// Limits bound one evaluation. A zero field means the default.
type Limits struct {
	Steps      int64 // loop rounds and calls; 50 million
	Bytes      int64 // allocated in all, approximately; 2 GB
	Allocation int64 // bytes of a single value; 64 MB
	Depth      int   // nested calls; 1000
}

// Options say how a Thread runs.
type Options struct {
	Limits Limits
	Loader Loader            // finds modules; nil: every import fails
	Print  func(text string) // takes what print writes; nil: nobody does
	Local  any               // for functions written in Go: Thread.Local
}

// A Thread is one evaluation: its budgets, its hooks and its copies of what
// shared modules hold. It is used by one goroutine at a time, and closed when
// the evaluation is over.
type Thread struct {
	ctx  context.Context
	opts Options

	fuel    int32 // steps until budgets are looked at again
	spent   int64 // steps before the present fuel
	bytes   int64 // allocated so far, in large pieces
	small   int64 // allocated so far, counting small pieces too
	weighed int64 // what small may grow to until the heap is looked at again
	filled  int64 // allocated since time was looked at
	base    int64 // what was alive when it was looked at first
	depth   int
	natives int  // depth of functions written in Go
	plain   bool // runs no author code

	handling *Instance // the exception being handled
	output   Value     // takes what is printed instead of Options.Print; nil: nothing does
	pending  string    // the name a constructor about to run is assigned to
	target   string    // the name the running constructor is assigned to
	siteCode *function // where interview code last called something written in Go
	siteAt   place

	callers []*Namespace // the globals of the functions that are running

	shared overlays
	gens   map[*generator]struct{}
	frames uint64  // made so far
	nans   uint64  // made so far
	stack  []Value // variables of running functions
	pool   []*frame
	reprs  map[Value]bool // containers being shown
	closed bool
}

// A BudgetError ends an evaluation that used more than it may. Author code
// cannot catch it.
type BudgetError struct {
	Kind string // "steps", "memory" or "time"
	At   Frame  // where the author's code was
	Err  error  // of the context, if it ended the evaluation

	library bool // At is not in an author's code
}

// Error says which budget ran out, and where.
func (e *BudgetError) Error() string {
	what := map[string]string{
		"steps":  "the code ran for too many steps",
		"memory": "the code used too much memory",
		"time":   "the code ran for too long",
	}[e.Kind]
	if e.At.File == "" {
		return what
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.At.File, e.At.Line, e.At.Col, what)
}

// Unwrap returns the error of the context, if any.
func (e *BudgetError) Unwrap() error { return e.Err }

const fuelRation = 2048

// NewThread returns a thread that runs until ctx ends or a limit is reached.
func NewThread(ctx context.Context, opts Options) *Thread {
	l := &opts.Limits
	if l.Steps == 0 {
		l.Steps = 50_000_000
	}
	if l.Bytes == 0 {
		l.Bytes = 2 << 30
	}
	if l.Allocation == 0 {
		l.Allocation = 64 << 20
	}
	if l.Depth == 0 {
		l.Depth = 1000
	}
	th := &Thread{ctx: ctx, opts: opts}
	th.fuel = int32(min(fuelRation, l.Steps))
	return th
}

// plainThread returns a thread that runs no author code, for text in Go errors.
func plainThread() *Thread {
	th := NewThread(context.Background(), Options{Limits: Limits{Steps: 100_000, Depth: 50}})
	th.plain = true
	return th
}

// Close ends every unfinished generator and lets go of the thread's copies.
func (th *Thread) Close() {
	th.closed = true
	for g := range th.gens {
		g.end()
	}
	th.gens, th.shared, th.stack, th.pool = nil, overlays{}, nil, nil
}

// Context returns the context the thread runs under.
func (th *Thread) Context() context.Context { return th.ctx }

// Local returns what Options.Local was.
func (th *Thread) Local() any { return th.opts.Local }

// Steps returns the number of steps used so far.
func (th *Thread) Steps() int64 {
	return th.spent + min(fuelRation, th.opts.Limits.Steps-th.spent) - int64(th.fuel)
}

// TargetName returns the NAME of the assignment "NAME = Class(...)" at the top
// level of an interview's code whose constructor is running, else "".
func (th *Thread) TargetName() string { return th.target }

// Where returns the place in an interview's own code from which a function
// written in Go was called last.
func (th *Thread) Where() Frame {
	if th.siteCode == nil {
		return Frame{}
	}
	return (&frame{code: th.siteCode}).frameAt(th.siteAt)
}

// ForgetWhere makes Where know no place until the interview's code calls
// something again.
func (th *Thread) ForgetWhere() { th.siteCode = nil }

// Handling returns the exception being handled by an except block, or nil.
func (th *Thread) Handling() *Instance { return th.handling }

// Tick uses one step. Functions written in Go call it in loops whose length
// author code decides.
func (th *Thread) Tick() error {
	th.fuel--
	if th.fuel < 0 {
		return th.refuel()
	}
	return nil
}

// stepTime is about how long an operation takes for each of the many steps it
// is charged with in one go.
const stepTime = 40 * time.Nanosecond

// Ticks uses n steps. An operation of many, which nothing can interrupt, is
// not begun if it would not end in time.
func (th *Thread) Ticks(n int) error {
	if end, limited := th.ctx.Deadline(); limited && n > 50_000 && time.Until(end) < time.Duration(n)*stepTime {
		return &BudgetError{Kind: "time", Err: context.DeadlineExceeded}
	}
	for n > 0 {
		part := min(n, int(th.fuel)+1)
		n -= part
		th.fuel -= int32(part)
		if th.fuel < 0 {
			if err := th.refuel(); err != nil {
				return err
			}
		}
	}
	return nil
}

// work uses steps for an operation on n bytes or elements in one go, so that
// many of them on something large do not outlast the budgets.
func (th *Thread) work(n int) error {
	if n < 1024 {
		return nil
	}
	return th.Ticks(n >> 6)
}

// Work uses the steps of an operation on n bytes that is done in one go.
func (th *Thread) Work(n int) error { return th.work(n) }

// Overdue looks at the time that is left, which is otherwise done every so many
// steps: for functions written in Go after something that may take long.
func (th *Thread) Overdue() error {
	if err := th.ctx.Err(); err != nil {
		return &BudgetError{Kind: "time", Err: err}
	}
	return nil
}

func (th *Thread) refuel() error {
	th.spent += min(fuelRation, th.opts.Limits.Steps-th.spent)
	left := th.opts.Limits.Steps - th.spent
	if left <= 0 {
		th.fuel = 0
		return &BudgetError{Kind: "steps"}
	}
	if err := th.Overdue(); err != nil {
		th.fuel = 0
		return err
	}
	if th.small >= th.weighed {
		if err := th.weigh(0); err != nil {
			return err
		}
	}
	th.fuel = int32(min(fuelRation, left)) - 1
	return nil
}

// Alloc accounts for n bytes that are about to be allocated. A single value
// beyond the limit is a MemoryError; the sum beyond it a BudgetError.
func (th *Thread) Alloc(n int) error {
	if int64(n) > th.opts.Limits.Allocation || n < 0 {
		return Errorf(MemoryError, "")
	}
	th.bytes += int64(n)
	th.small += int64(n) + sizeObject
	if th.bytes > th.opts.Limits.Bytes {
		return &BudgetError{Kind: "memory"}
	}
	if th.small >= th.weighed || int64(n) > th.opts.Limits.Bytes/64 {
		return th.weigh(int64(n))
	}
	if th.filled += int64(n); th.filled > 4<<20 { // filling it takes time
		th.filled = 0
		return th.Overdue()
	}
	return nil
}

// allocTimes accounts for count items of size bytes each.
func (th *Thread) allocTimes(count int64, size int) error {
	if size > 0 && count > th.opts.Limits.Allocation/int64(size) {
		return Errorf(MemoryError, "")
	}
	return th.Alloc(int(count) * size)
}

// enter goes one call deeper; leave comes back.
func (th *Thread) enter() error {
	if th.depth >= th.opts.Limits.Depth {
		return Errorf(RecursionError, "maximum recursion depth exceeded")
	}
	th.depth++
	return nil
}

func (th *Thread) leave() { th.depth-- }

// stackSize is how many variables of running functions a thread keeps in one
// piece; more are allocated one by one.
const stackSize = 512

// take returns n unbound variables; give returns them, last taken first.
func (th *Thread) take(n int) []Value {
	k := len(th.stack)
	if k+n > cap(th.stack) {
		if k > 0 || n > stackSize {
			return make([]Value, n)
		}
		th.stack = make([]Value, 0, stackSize)
	}
	th.stack = th.stack[:k+n]
	return th.stack[k : k+n : k+n]
}

func (th *Thread) give(vars []Value) {
	n := len(vars)
	if n == 0 {
		return
	}
	k := len(th.stack)
	if k >= n && &th.stack[k-n] == &vars[0] {
		clear(vars)
		th.stack = th.stack[:k-n]
	}
}

// Print writes what the print function would.
func (th *Thread) Print(text string) {
	if th.opts.Print != nil {
		th.opts.Print(text)
	}
}

// Write writes to where print writes.
func (th *Thread) Write(text string) error {
	if th.output == nil {
		th.Print(text)
		return nil
	}
	out := th.output
	th.output = nil // a writer that prints does not write to itself
	defer func() { th.output = out }()
	_, err := th.CallMethod(out, "write", NewStr(text))
	return err
}

// Redirect makes the write method of a file take what is printed, or nothing do
// so if file is nil, and returns what did before.
func (th *Thread) Redirect(file Value) (before Value) {
	before, th.output = th.output, file
	return before
}

// Raise returns the error for an exception object.
func (th *Thread) Raise(exc *Instance) error { return Raise(exc) }

// Errorf returns a raised exception of class cls with a message.
func (th *Thread) Errorf(cls *Class, format string, args ...any) error {
	return Errorf(cls, format, args...)
}
