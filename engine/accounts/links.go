package accounts

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"colloquy/engine/seal"
)

// How long mailed links work.
const (
	linkLife   = 48 * time.Hour
	inviteLife = 90 * 24 * time.Hour
	firstLife  = 24 * time.Hour
)

func terms(expires time.Time) seal.Terms { return seal.Terms{Expires: expires} }

// link makes the secret part of a mailed address and the token that is kept of
// it. What is kept does not tell the secret.
func (k *Keeper) link(account int64, purpose, detail string, life time.Duration) (code string, t Token, err error) {
	if code, err = seal.Name(k.Random, 40); err != nil {
		return "", t, fmt.Errorf("make a link: %w", err)
	}
	return code, Token{ID: tokenID(purpose, code), Account: account, Purpose: purpose, Detail: detail, Expires: k.now().Add(life)}, nil
}

func tokenID(purpose, code string) string {
	sum := sha256.Sum256([]byte("colloquy account " + purpose + ":" + code))
	return hex.EncodeToString(sum[:])
}

// token finds what a link stands for; ErrLink if nothing, whether it ever did.
func (k *Keeper) token(ctx context.Context, purpose, code string) (*Token, error) {
	t, err := k.Store.Token(ctx, tokenID(purpose, code), k.now())
	if errors.Is(err, ErrNotFound) || err == nil && t.Purpose != purpose {
		return nil, ErrLink
	}
	return t, err
}

// tokenAccount finds the account of a link.
func (k *Keeper) tokenAccount(ctx context.Context, purpose, code string) (*Token, *Account, error) {
	t, err := k.token(ctx, purpose, code)
	if err != nil {
		return nil, nil, err
	}
	a, err := k.Store.Account(ctx, t.Account)
	if errors.Is(err, ErrNotFound) {
		return nil, nil, ErrLink
	}
	return t, a, err
}
