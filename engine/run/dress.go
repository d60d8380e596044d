package run

import (
	"context"
	"errors"
	"fmt"
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/fault"
	"colloquy/engine/screen"
	"colloquy/engine/seal"
	"colloquy/engine/solve"
)

// dress tells a screen whose it is and how its answers come back.
func (s *step) dress(solver *solve.Solver, res *solve.Result, shown int64) {
	scr := res.Screen
	scr.Session = screen.Session{URL: s.address(nil), Interview: s.iv.Name, ID: s.stored.Session.ID, Step: shown,
		Steps: int(s.stored.Session.Head - s.state.Book.Offset), Tracker: int(s.state.Book.Tracker), UserID: s.q.Visitor.UserID}
	if res.Asked != nil {
		scr.Hidden = append(scr.Hidden, screen.Hidden{Name: FormInput, Value: s.issue(solver, res, shown)})
	}
	if scr.Lang == "" {
		scr.Lang = s.r.config.Language
	}
	scr.Page.Brand = s.r.config.BrandName
	scr.Page.Tags = s.tags()
	for _, f := range solver.Outcome().Flashes {
		scr.Messages = append(scr.Messages, screen.Message{Priority: screen.Priority(f.Level), Text: screen.HTML(f.HTML)})
	}
	scr.Scripts = append(scr.Scripts, solver.Outcome().Scripts...)
	s.checkIn(res.Screen)
	s.track(res.Screen)
	s.logged(solver.Outcome())
	if s.r.config.Debug {
		s.debug(scr, res)
	}
}

// logged passes on what authors wrote with log(): that is theirs to decide,
// and meant for the log.
func (s *step) logged(out *evaluation.Outcome) {
	for _, line := range out.Logs {
		s.r.log.Info("interview", "interview", s.iv.Name, "session", s.stored.Session.ID, "says", line)
	}
}

// debug adds what an author may see.
func (s *step) debug(scr *screen.Screen, res *solve.Result) {
	d := &screen.Debug{Source: scr.Block.Source}
	if res.Asked != nil && res.Asked.Block != nil {
		d.File, d.Line = res.Asked.Block.Pos.File, res.Asked.Block.Pos.Line
	}
	for _, l := range res.Why {
		d.Chain = append(d.Chain, screen.Why{Name: l.Name, File: l.Pos.File, Line: l.Pos.Line, Text: l.Block})
	}
	scr.Debug = d
}

// resultLife is how long the reply of a single run is kept under its address.
const resultLife = 5 * time.Minute

// Keep stores a response under a one-time address and returns the secret part
// of that address: for browsers whose scripts cannot show the response
// themselves.
func (r *Runner) Keep(ctx context.Context, session string, resp *evaluation.Respond) (string, error) {
	secret, err := seal.Name(r.random, 32)
	if err != nil {
		return "", fmt.Errorf("name a result: %w", err)
	}
	token := parcelID("result", secret)
	sealed := r.ring.Seal("result", encodeResponse(resp), resultPlace(session, token))
	err = r.store.PutResult(ctx, Result{Token: token, Session: session, Body: sealed, Expires: r.clock.Now().Add(resultLife)})
	if err != nil {
		return "", fmt.Errorf("keep a result: %w", err)
	}
	return secret, nil
}

// resultPlace is where a response that is kept belongs.
func resultPlace(session, token string) seal.Associated {
	return seal.Associated{Session: session, Purpose: token}
}

// Kept returns the response kept under a one-time address.
func (r *Runner) Kept(ctx context.Context, secret string) (*evaluation.Respond, error) {
	token := parcelID("result", secret)
	kept, err := r.store.Result(ctx, token, r.clock.Now())
	if errors.Is(err, ErrNotFound) {
		return nil, fault.New(fault.NotFound, "This result is no longer kept. Please go back and try again.", err)
	}
	if err != nil {
		return nil, fmt.Errorf("find a result: %w", err)
	}
	plain, err := r.ring.Open("result", kept.Body, resultPlace(kept.Session, token))
	if err != nil {
		return nil, fmt.Errorf("open a result: %w", err)
	}
	return decodeResponse(plain)
}
