package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"colloquy/engine/config"
	"colloquy/engine/run"
	"colloquy/engine/seal"
)

// keyFile is where the ring is if the configuration has no secretkey.
func keyFile(cfg *config.Config) string { return filepath.Join(cfg.Data, "keys") }

// openRing opens the server's keys: those of the configuration, else those in
// the data folder, made at the first start. While the ring is in use it learns
// of new keys.
func (h *house) openRing(cfg *config.Config) (*seal.Ring, error) {
	trust := time.Duration(cfg.OldKeyDays) * 24 * time.Hour
	if len(cfg.SecretKeys) > 0 {
		if unused := unusedKeys(cfg); unused != "" && h.log != nil {
			h.log.Warn(unused)
		}
		h.keys = "the configuration"
		ring, err := configured(cfg)
		if err != nil {
			return nil, err
		}
		ring.OnMissing(h.keysNow())
		return ring.Trusting(trust), nil
	}
	h.keys = keyFile(cfg)
	if err := missed(cfg); err != nil {
		return nil, err
	}
	ring, _, err := seal.OpenRing(h.keys, rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("open the keys: %w", err)
	}
	ring.FollowFile(h.keys, func(err error) {
		if h.log != nil {
			h.log.Error("the keys were changed and cannot be used, so those before stay in force", "error", err)
		}
	})
	return ring.Trusting(trust), nil
}

// missed reports keys that were there once: fresh ones would open nothing of
// what is in the database.
func missed(cfg *config.Config) error {
	_, err := os.Stat(keyFile(cfg))
	if !errors.Is(err, fs.ErrNotExist) || cfg.DB.Driver == config.Postgres {
		return nil
	}
	if info, err := os.Stat(address(cfg)); err != nil || info.Size() == 0 {
		return nil
	}
	return fmt.Errorf("the keys in %s are missing, and the database %s cannot be read without them: put your copy of them back, or move the database away to begin anew",
		keyFile(cfg), address(cfg))
}

func configured(cfg *config.Config) (*seal.Ring, error) {
	ring, err := seal.SecretRing(cfg.SecretKeys[0], cfg.SecretKeys[1:]...)
	if err != nil {
		return nil, fmt.Errorf("use the secretkey of the configuration: %w", err)
	}
	return ring, nil
}

// keysNow reads the keys of the configuration again, at most once a second, for
// a server that meets something sealed with a key that it does not know.
func (h *house) keysNow() func() *seal.Ring {
	var last time.Time
	return func() *seal.Ring {
		now := clock().Now()
		if h.reread == nil || now.Sub(last) < time.Second {
			return nil
		}
		last = now
		cfg, err := h.reread()
		if err != nil || len(cfg.SecretKeys) == 0 {
			return nil // SIGHUP tells what is wrong
		}
		ring, err := configured(cfg)
		if err != nil {
			return nil
		}
		return ring
	}
}

// newKeys puts the keys of a configuration that was read again into force,
// unless something would be lost.
func (h *house) newKeys(cfg, before *config.Config) {
	same := slices.Equal(cfg.SecretKeys, before.SecretKeys)
	keep := func(why string, more ...any) {
		h.log.Error("the keys stay as they were: "+why, more...)
		cfg.SecretKeys = before.SecretKeys
	}
	switch {
	case same:
		return
	case len(cfg.SecretKeys) == 0 || len(before.SecretKeys) == 0:
		keep("whether they are in the configuration or in the data folder is decided at the start")
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	ring, err := configured(cfg)
	if err != nil {
		keep(err.Error())
		return
	}
	needed, err := (&run.Resealer{Ring: ring, Store: h.store}).Needed(ctx)
	if err != nil {
		keep("what needs them cannot be counted", "error", err)
		return
	}
	if lost := sum(needed[""]); lost > 0 {
		keep("what an older key has sealed could not be opened any more; leave it in the list of secretkey, after the new one", "needed for", inWords(needed[""]))
		return
	}
	h.ring.Replace(ring)
	if err := h.store.NoteRingKey(ctx, ring.ActiveID(), clock().Now()); err != nil {
		h.log.Error("the new key could not be noted", "error", err)
	}
}
