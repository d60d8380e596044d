package run

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"colloquy/engine/accounts"
)

// DeleteIdleAccounts deletes the accounts that nobody uses any more, with their
// sessions, as the configuration has it (docassemble's "user auto delete"), and
// tells the owners of those that will be next. What it does not come to before
// ctx ends is left for the next time, which is no error.
func (r *Runner) DeleteIdleAccounts(ctx context.Context, now time.Time) error {
	if r.accounts == nil {
		return nil
	}
	link := ""
	if base := r.config.BaseURL(); base != "" {
		link = base + r.config.Path("/user/sign-in")
	}
	e := r.accounts.Ending(now, link)
	if e == nil {
		return nil
	}
	told, err := e.Warn(ctx)
	if told > 0 {
		r.log.LogAttrs(ctx, slog.LevelInfo, "owners told that their accounts will be deleted", slog.Int("accounts", told))
	}
	if err != nil {
		return unlessOver(ctx, fmt.Errorf("warn owners of idle accounts: %w", err))
	}
	ended, err := e.End(ctx, func(ctx context.Context, a *accounts.Account) error {
		begun := time.Now()
		if _, err := r.EraseAll(ctx, Holder{Kind: HolderAccount, ID: a.Number()}, r.config.Accounts.AutoDelete.Shared); err != nil {
			return err
		}
		return pause(ctx, 3*time.Since(begun)) // others work, too
	})
	if ended > 0 {
		r.log.LogAttrs(ctx, slog.LevelInfo, "accounts deleted that were not used any more", slog.Int("accounts", ended))
	}
	if err != nil {
		return unlessOver(ctx, fmt.Errorf("delete idle accounts: %w", err))
	}
	return nil
}
