package fault_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"colloquy/engine/fault"
)

func TestReadingAnyError(t *testing.T) {
	disk := errors.New("disk on fire")
	inner := fault.Position{File: "a.yml", Line: 3, Col: 7}
	for _, tt := range []struct {
		name     string
		err      error
		kind     fault.Kind
		sentence string
		text     string
		pos      fault.Position
	}{
		{"unclassified", disk, fault.Internal, fault.Internal.Sentence(), "disk on fire", fault.Position{}},
		{"said", fault.New(fault.Invalid, "Pick one.", disk), fault.Invalid, "Pick one.", "disk on fire", fault.Position{}},
		{"no cause", fault.New(fault.Forbidden, "Not yours.", nil), fault.Forbidden, "Not yours.", "Not yours.", fault.Position{}},
		{"nothing said", fault.Wrap(fault.TooLarge, disk), fault.TooLarge, fault.TooLarge.Sentence(), "disk on fire", fault.Position{}},
		{"bare", &fault.Error{Kind: fault.Stale}, fault.Stale, fault.Stale.Sentence(), "stale", fault.Position{}},
		{"wrapped by others", fmt.Errorf("save: %w", fault.Wrap(fault.Stale, disk)), fault.Stale, fault.Stale.Sentence(), "save: disk on fire", fault.Position{}},
		{"outer kind wins, inner words are found",
			fault.Wrap(fault.NotFound, fmt.Errorf("open: %w", fault.New(fault.Internal, "No such interview.", nil))),
			fault.NotFound, "No such interview.", "open: No such interview.", fault.Position{}},
		{"author", fault.Author(inner, disk), fault.Internal, fault.Internal.Sentence(), "a.yml:3:7: disk on fire", inner},
		{"innermost place", fault.Author(fault.Position{File: "b.yml"}, fmt.Errorf("include: %w", fault.Author(inner, disk))),
			fault.Internal, fault.Internal.Sentence(), "b.yml: include: a.yml:3:7: disk on fire", inner},
		{"pointed later", fault.New(fault.Invalid, "No.", nil).At(inner), fault.Invalid, "No.", "a.yml:3:7: No.", inner},
		{"time ran out", fmt.Errorf("load: %w", context.DeadlineExceeded), fault.Unavailable, fault.Unavailable.Sentence(), "load: context deadline exceeded", fault.Position{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := fault.KindOf(tt.err); got != tt.kind {
				t.Errorf("KindOf = %v, want %v", got, tt.kind)
			}
			if got := fault.Sentence(tt.err); got != tt.sentence {
				t.Errorf("Sentence = %q, want %q", got, tt.sentence)
			}
			if got := tt.err.Error(); got != tt.text {
				t.Errorf("Error() = %q, want %q", got, tt.text)
			}
			if got, ok := fault.PositionOf(tt.err); got != tt.pos || ok == tt.pos.IsZero() {
				t.Errorf("PositionOf = %v, %v, want %v", got, ok, tt.pos)
			}
		})
	}
}

func TestWrapKeepsNil(t *testing.T) {
	if err := fault.Wrap(fault.Invalid, nil); err != nil {
		t.Errorf("Wrap(nil) = %v, want nil", err)
	}
}

func TestEveryKindHasItsWords(t *testing.T) {
	for k := fault.Internal; k <= fault.Unsupported; k++ {
		if k.String() == "" || k.Sentence() == "" {
			t.Errorf("kind %d: name %q, sentence %q", k, k.String(), k.Sentence())
		}
	}
	if got := fault.Kind(200).Sentence(); got != fault.Internal.Sentence() {
		t.Errorf("unknown kind says %q", got)
	}
}

func TestPositionString(t *testing.T) {
	for _, tt := range []struct {
		pos  fault.Position
		want string
	}{
		{fault.Position{}, ""},
		{fault.Position{File: "a.yml"}, "a.yml"},
		{fault.Position{File: "a.yml", Line: 4}, "a.yml:4"},
		{fault.Position{File: "a.yml", Line: 4, Col: 2, Block: "ask veg"}, "a.yml:4:2 (block ask veg)"},
		{fault.Position{Line: 4}, "4"},
		{fault.Position{Block: "x"}, "(block x)"},
	} {
		if got := tt.pos.String(); got != tt.want {
			t.Errorf("%#v = %q, want %q", tt.pos, got, tt.want)
		}
	}
}
