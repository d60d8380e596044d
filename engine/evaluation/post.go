package evaluation

import (
	"context"
	"time"

	"colloquy/engine/ports"
)

// A Post is how mail leaves. Mail that does not have to leave at once is asked
// for with Evaluation.Ask.
type Post interface {
	// Mailbox tells how mail leaves under the configuration of this name, ""
	// for the default one, and whether there is such a one.
	Mailbox(name string) (ports.Mailbox, bool)
	// SendNow hands a mail to its server while the evaluation waits.
	SendNow(ctx context.Context, m ports.Mail) (ports.Receipt, error)
	// Fate tells what became of the mail that this session asked for under key.
	Fate(ctx context.Context, key string) (Fate, error)
}

// What became of a mail, in the words that authors see.
const (
	FateWaiting = "waiting"     // to be sent, perhaps once more
	FateSent    = "sent"        // accepted for all recipients
	FatePartly  = "partly sent" // accepted for some recipients, refused for others
	FateFailed  = "failed"      // given up
)

// A Fate is what became of a mail.
type Fate struct {
	State    string // one of the Fate constants
	Attempts int
	Refused  []string // bare addresses that the server does not take
	Since    time.Time
}
