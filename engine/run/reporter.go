package run

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/seal"
)

// reports is how often, at most, a running action's progress is written.
const reports = 100 * time.Millisecond

// reporter writes how far a background action is. Of what comes too fast the
// latest is written, as soon as it may.
type reporter struct {
	p   *performance
	box *seal.Box

	mu      sync.Mutex
	last    time.Time
	waiting *evaluation.TaskReport
	timer   *time.Timer
	over    bool
}

func (r *reporter) report(t evaluation.TaskReport) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.waiting = &t
	if r.timer != nil {
		return nil
	}
	if soon := reports - time.Since(r.last); soon > 0 {
		r.timer = time.AfterFunc(soon, r.late)
		return nil
	}
	return r.write()
}

// late writes what had to wait. An error means that the action is not this
// worker's any more, which he is told of otherwise, or that the next report may
// come through.
func (r *reporter) late() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.timer = nil
	if err := r.write(); err != nil && !errors.Is(err, ErrTaken) && r.p.ctx.Err() == nil {
		r.p.r.log.Warn("report a background action", "error", err)
	}
}

func (r *reporter) write() error {
	if r.waiting == nil || r.over {
		return nil
	}
	plain, err := json.Marshal(r.waiting)
	if err != nil {
		return fmt.Errorf("write a background action's progress: %w", err)
	}
	r.waiting, r.last = nil, time.Now()
	t := r.p.task
	return r.p.r.store.ReportTask(r.p.ctx, t.ID, t.Attempt, r.box.Seal(plain, taskPart(t.Session, t.ID, "report")))
}

// stop ends reporting.
func (r *reporter) stop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.over = true
	if r.timer != nil {
		r.timer.Stop()
	}
}
