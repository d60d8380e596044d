package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"colloquy/engine/config"
	"colloquy/engine/run"
	"colloquy/engine/seal"
	"colloquy/sql/store"
)

const keysUsage = `colloquy keys looks after the server's own keys. Servers may run meanwhile.

  colloquy keys list        each key, since when it is in use, and what needs it
  colloquy keys rotate      make a new key, and seal with it again what the older ones have
                            sealed; if it was stopped in the middle, it goes on
  colloquy keys retire ID   take a key away that nothing needs any more

The ID is the one of the list; its beginning will do. --config FILE and --data DIR
say which server's keys are meant, as with colloquy serve.
`

// keysCommand looks after the key ring.
//
//	colloquy keys list|rotate|retire
func keysCommand(ctx context.Context, args, environ []string, out io.Writer) error {
	if len(args) == 0 {
		fmt.Fprint(out, keysUsage)
		return errors.New("keys: say list, rotate or retire")
	}
	do := map[string]func(*locksmith, context.Context) error{"list": (*locksmith).list, "rotate": (*locksmith).rotate, "retire": (*locksmith).retire}[args[0]]
	switch {
	case args[0] == "help" || args[0] == "--help" || args[0] == "-h":
		fmt.Fprint(out, keysUsage)
		return nil
	case do == nil:
		return fmt.Errorf("there is no command %q; it is colloquy keys list, rotate or retire", "keys "+args[0])
	}
	l, err := openLocksmith(ctx, args[0], args[1:], environ, out)
	if err != nil {
		return err
	}
	return errors.Join(do(l, ctx), l.store.Close())
}

// A locksmith is what is needed of a server to look after its keys.
type locksmith struct {
	cfg   *config.Config
	ring  *seal.Ring
	store *store.Store
	out   io.Writer
	id    string // what the command line names
}

func openLocksmith(ctx context.Context, name string, args, environ []string, out io.Writer) (*locksmith, error) {
	o := &options{}
	flags := flag.NewFlagSet("colloquy keys "+name, flag.ContinueOnError)
	flags.SetOutput(out)
	o.where(flags)
	var named []string
	for {
		if err := flags.Parse(args); err != nil {
			return nil, err
		}
		if flags.NArg() == 0 {
			break
		}
		named = append(named, flags.Arg(0))
		args = flags.Args()[1:]
	}
	switch {
	case name == "retire" && len(named) != 1:
		return nil, errors.New("keys retire takes the ID of one key: colloquy keys list has them")
	case name != "retire" && len(named) > 0:
		return nil, fmt.Errorf("keys %s takes no ID", name)
	}
	cfg, err := configure(o, environ)
	if err != nil {
		return nil, err
	}
	l := &locksmith{cfg: cfg, out: out, id: strings.Join(named, "")}
	if l.ring, err = (&house{}).openRing(cfg); err != nil {
		return nil, err
	}
	if l.store, err = store.Open(ctx, address(cfg)); err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	if err := l.store.NoteRingKey(ctx, l.ring.ActiveID(), clock().Now()); err != nil {
		return nil, errors.Join(err, l.store.Close())
	}
	return l, nil
}

func (l *locksmith) resealer() *run.Resealer { return &run.Resealer{Ring: l.ring, Store: l.store} }

// inFile reports whether the keys are in a file that is ours to write.
func (l *locksmith) inFile() bool { return len(l.cfg.SecretKeys) == 0 }

func (l *locksmith) list(ctx context.Context) error {
	needed, err := l.resealer().Needed(ctx)
	if err != nil {
		return err
	}
	known, err := l.store.RingKeys(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(l.out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tSTATE\tSINCE\tNEEDED FOR")
	for _, k := range l.ring.Keys() {
		state, since := "older", "unknown"
		if k.Active {
			state = "active"
		}
		if at := known[k.ID].Since; !at.IsZero() {
			since = fmt.Sprintf("%s (%s)", moment(at), days(clock().Now().Sub(at)))
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", k.ID, state, since, inWords(needed[k.ID]))
	}
	if sum(needed[""]) > 0 {
		fmt.Fprintf(w, "?\tmissing\t\t%s\n", inWords(needed[""]))
	}
	return w.Flush()
}

func days(d time.Duration) string {
	switch n := int(d.Hours() / 24); n {
	case 0:
		return "today"
	case 1:
		return "1 day"
	default:
		return fmt.Sprintf("%d days", n)
	}
}

// placeWords names what is kept in the places.
var placeWords = map[string]string{run.PlaceKeys: "sessions' keys", run.PlaceEffects: "effects", run.PlaceNotes: "notes on effects",
	run.PlaceTasks: "background actions", run.PlaceParcels: "temporary links and stashed data", run.PlaceResults: "results",
	run.PlacePasswords: "accounts' passwords", run.PlaceFactors: "second factors"}

// inWords says how much is in which place.
func inWords(counts map[string]int64) string {
	var parts []string
	for _, place := range run.Places {
		if n := counts[place]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, placeWords[place]))
		}
	}
	if parts == nil {
		return "nothing"
	}
	return strings.Join(parts, ", ")
}

func sum(counts map[string]int64) (all int64) {
	for _, n := range counts {
		all += n
	}
	return all
}

func (l *locksmith) rotate(ctx context.Context) error {
	known, err := l.store.RingKeys(ctx)
	if err != nil {
		return err
	}
	active := l.ring.ActiveID()
	switch begun := known[active]; {
	case l.ring.Len() > 1 && begun.Done.IsZero():
		fmt.Fprintf(l.out, "The rotation to the key %s, begun on %s, goes on.\n", active, moment(begun.Since))
	case l.inFile():
		if _, err := seal.RotateRing(keyFile(l.cfg), rand.Reader); err != nil {
			return err
		}
		active = l.ring.ActiveID()
		if err := l.store.NoteRingKey(ctx, active, clock().Now()); err != nil {
			return err
		}
		fmt.Fprintf(l.out, "The new key is %s. Running servers use it from now on.\nMake a new copy of %s: what is sealed from now on cannot be read with the old copy.\n", active, keyFile(l.cfg))
	default:
		return l.advise()
	}
	return l.reseal(ctx, active)
}

// advise says how a key gets into a configuration, which only people write.
func (l *locksmith) advise() error {
	var fresh [33]byte
	if _, err := rand.Read(fresh[:]); err != nil {
		return fmt.Errorf("make a key: %w", err)
	}
	fmt.Fprintf(l.out, `The keys are in the configuration (secretkey), which this program does not write. To rotate them:

  1. Put the new key first in the list of secretkey, and leave those that are there after it:

       secretkey:
         - %s
         - (the secretkey that is there now)

     Servers that do not share the file all need the new key before one of them uses it: put it at
     the end of each list first and do step 2, then move it to the beginning of each.
  2. Send each running server SIGHUP (kill -HUP PID); the log says that the configuration is in force.
  3. Run colloquy keys rotate again: it seals again with the new key what the older ones have sealed.

`, base64.RawURLEncoding.EncodeToString(fresh[:]))
	return errors.New("nothing is rotated yet: a new key has to be written into the configuration first")
}

// passes is how often everything is gone through: servers that are slow to
// learn of the new key may still write with the old one.
const passes = 3

func (l *locksmith) reseal(ctx context.Context, active string) error {
	began := time.Now()
	r := l.resealer()
	var seen, done int64
	total := int64(0)
	needed, err := r.Needed(ctx)
	if err != nil {
		return err
	}
	for _, counts := range needed {
		total += sum(counts)
	}
	line := progress{out: l.out, last: began}
	r.Report = func(place string, s, d int64) {
		line.say("  … %d of %d looked at, %d sealed again (%s)", s, total, d, placeWords[place])
	}
	var last *run.Resealing
	for range passes {
		if last, err = r.Run(ctx); err != nil {
			return fmt.Errorf("stopped after %d; run colloquy keys rotate again to go on: %w", done+last.Done, err)
		}
		seen, done = max(seen, last.Seen), done+last.Done
		if last.Done == 0 {
			break
		}
	}
	if err := l.store.RingKeyDone(ctx, active, clock().Now()); err != nil {
		return err
	}
	fmt.Fprintf(l.out, "Sealed again with the new key: %d of %d, in %s.\n", done, seen, time.Since(began).Round(time.Millisecond))
	if n := sum(last.Lost); n > 0 {
		fmt.Fprintf(l.out, "Not readable, because its key is missing: %s.\n", inWords(last.Lost))
	}
	if n := sum(last.Damaged); n > 0 {
		fmt.Fprintf(l.out, "Damaged and left as it is: %s.\n", inWords(last.Damaged))
	}
	fmt.Fprintf(l.out, "The older keys stay for links and forms that they signed, for %d days (old key days);\nafter that, colloquy keys retire takes them away.\n", l.cfg.OldKeyDays)
	return nil
}

// A progress prints a line a second at most, and none in the first.
type progress struct {
	out  io.Writer
	last time.Time
}

func (p *progress) say(format string, args ...any) {
	if now := time.Now(); now.Sub(p.last) >= time.Second {
		p.last = now
		fmt.Fprintf(p.out, format+"\n", args...)
	}
}

// settling is how long a key stays after the last use as the active one even
// where old links are not believed: steps may be under way that sealed with it.
const settling = time.Hour

func (l *locksmith) retire(ctx context.Context) error {
	n, err := l.find()
	if err != nil {
		return err
	}
	keys := l.ring.Keys()
	id := keys[n].ID
	if keys[n].Active {
		return fmt.Errorf("%s is the active key: colloquy keys rotate makes another one", id)
	}
	needed, err := l.resealer().Needed(ctx)
	if err != nil {
		return err
	}
	if sum(needed[id]) > 0 {
		return fmt.Errorf("the key %s is needed for %s: colloquy keys rotate seals that again", id, inWords(needed[id]))
	}
	if err := l.believed(ctx, id, keys[max(n-1, 0)].ID); err != nil {
		return err
	}
	if !l.inFile() {
		fmt.Fprintf(l.out, "Nothing needs the key %s any more. It is number %d of secretkey in the configuration: take it out there,\nand send each running server SIGHUP (kill -HUP PID).\n", id, n+1)
		return nil
	}
	if _, err := seal.RetireKey(keyFile(l.cfg), id); err != nil {
		return err
	}
	if err := l.store.ForgetRingKey(ctx, id); err != nil {
		return err
	}
	fmt.Fprintf(l.out, "The key %s is retired and deleted from %s. Older backups of the database need a copy of the keys of their time.\n", id, keyFile(l.cfg))
	return nil
}

// find gives the place in the ring of the key that the command line names.
func (l *locksmith) find() (int, error) {
	found := -1
	for i, k := range l.ring.Keys() {
		if !strings.HasPrefix(k.ID, strings.ToLower(l.id)) {
			continue
		}
		if found >= 0 {
			return 0, fmt.Errorf("there are several keys whose ID begins with %s: give more of it", l.id)
		}
		found = i
	}
	if found < 0 {
		return 0, fmt.Errorf("there is no key %s: colloquy keys list tells which there are", l.id)
	}
	return found, nil
}

// believed returns an error while links that a key signed are believed. It was
// the active one until the next came.
func (l *locksmith) believed(ctx context.Context, id, next string) error {
	known, err := l.store.RingKeys(ctx)
	if err != nil {
		return err
	}
	until := known[next].Since
	if until.IsZero() {
		until = known[l.ring.ActiveID()].Since
	}
	wait := max(settling, time.Duration(l.cfg.OldKeyDays+1)*24*time.Hour)
	if l.cfg.OldKeyDays == 0 {
		wait = settling
	}
	if end := until.Add(wait); clock().Now().Before(end) {
		return fmt.Errorf("nothing stored needs the key %s, but it was in use until %s, and links and forms that it signed are believed for %d days (old key days): retire it after %s",
			id, moment(until), l.cfg.OldKeyDays, moment(end))
	}
	return nil
}
