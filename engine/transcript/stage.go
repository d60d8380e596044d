package transcript

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"time"

	"colloquy/engine/config"
	"colloquy/engine/packages"
	"colloquy/engine/ports"
	"colloquy/engine/run"
	"colloquy/engine/seal"
	"colloquy/engine/transcript/memory"
)

// A Stage is what transcripts are played on: their interviews and the library,
// compiled once. It is safe for concurrent use.
type Stage struct {
	programs *run.Programs
}

// A Package is one more package that transcripts may open interviews of.
type Package struct {
	Name  string
	Files fs.FS
}

// NewStage prepares a Stage for the given transcripts.
func NewStage(ts []*Transcript, more ...Package) (*Stage, error) {
	lib := &packages.Library{}
	for _, t := range ts {
		more = append(more, Package{t.pkg(), t.files()})
	}
	for _, p := range more {
		if err := lib.AddPackage(p.Name, p.Files); err != nil {
			return nil, fmt.Errorf("prepare %s: %w", p.Name, err)
		}
	}
	programs, err := run.NewPrograms(lib, time.Hour, beginning)
	if err != nil {
		return nil, err
	}
	return &Stage{programs: programs}, nil
}

// beginning is when every conversation begins.
func beginning() time.Time { return time.Date(2026, time.March, 2, 15, 4, 5, 0, time.UTC) }

// settings is the configuration of the server that is played: mail can be sent.
const settings = `
secretkey: a secret of conversations that are played, and of nothing else
timezone: Etc/UTC
external hostname: interviews.example.org
behind https load balancer: True
exitpage: https://example.org/bye
background actions:
  wait: 1
mail:
  server: mail.example.org
  default sender: '"The Server" <server@example.org>'
`

// room is what one conversation takes place in.
type room struct {
	runner *run.Runner
	store  *memory.Store
	peers  *peers
	ring   *seal.Ring
	chance io.Reader
	now    time.Time
}

// open makes a room of its own for a conversation.
func (s *Stage) open(t *Transcript) (*room, error) {
	cfg, err := config.Parse(config.Source{Name: "settings", Text: []byte(settings)})
	if err != nil {
		return nil, fmt.Errorf("settings of the played server: %w", err)
	}
	ring, err := seal.SecretRing(cfg.SecretKeys[0])
	if err != nil {
		return nil, fmt.Errorf("keys of the played server: %w", err)
	}
	r := &room{store: memory.New(), peers: &peers{t: t}, ring: ring, now: beginning(), chance: rand.NewChaCha8([32]byte{1, 2, 3})}
	r.runner = run.New(run.Parts{Store: r.store, Ring: ring, Programs: s.programs, Config: cfg, Files: &memory.Files{}, Web: r.peers, Mailer: letterbox{},
		Clock: ports.ClockFunc(func() time.Time { return r.now }), Random: r.chance, Log: slog.New(slog.DiscardHandler)})
	return r, nil
}

// letterbox takes every mail; mails shows what lies in it.
type letterbox struct{}

func (letterbox) Mailbox(name string) (ports.Mailbox, bool) {
	return ports.Mailbox{Sender: "no-reply@example.com"}, name == ""
}

func (letterbox) Send(context.Context, ports.Mail) (ports.Receipt, error) {
	return ports.Receipt{}, nil
}

// mails returns what the session asked to be mailed since the last call, and
// marks it delivered.
func (r *room) mails(ctx context.Context) ([]ports.Mail, error) {
	due, err := r.store.DueEffects(ctx, r.now, 100)
	if err != nil {
		return nil, err
	}
	var out []ports.Mail
	for _, d := range due {
		e, err := r.store.ClaimEffect(ctx, d.Key, r.now, time.Minute)
		if err != nil {
			return nil, err
		}
		body, err := r.runner.OpenEffect(e)
		if err != nil {
			return nil, err
		}
		m, err := ports.DecodeMail(body)
		if err != nil {
			return nil, err
		}
		out = append(out, m)
		if err := r.store.SettleEffect(ctx, run.Settlement{Key: d.Key, Claim: e.Attempts, State: run.EffectDelivered, At: r.now}); err != nil {
			return nil, err
		}
	}
	return out, nil
}
