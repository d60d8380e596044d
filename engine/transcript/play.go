package transcript

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"colloquy/engine/evaluation"
	"colloquy/engine/run"
	"colloquy/engine/screen"
	"colloquy/engine/seal"
)

// player plays one conversation.
type player struct {
	t      *Transcript
	room   *room
	ctx    context.Context
	out    strings.Builder
	people map[string]*person
	who    *person
	last   *screen.Screen // what was shown last, to anybody
	reply  *run.Reply
	// redirect is where the reply sends the browser, "" if nowhere.
	redirect string
}

// person is a browser that takes part.
type person struct {
	name      string
	secret    seal.Secret
	session   string
	interview string // full name of the interview the session belongs to
	screen    *screen.Screen
	previous  *screen.Screen
	sent      *run.Request // the form or link sent last
}

// Play says the person's lines and returns the talk with what the engine shows
// now. An error means that a line could not be said at all (no such field, no
// such link); the talk ends with it. The lines are
//
//	> open [INTERVIEW] [name=value...]  arrive with these query arguments (implied at the start)
//	> name=value "A label"="two words"  fill in and continue; names are variables or labels
//	> press LABEL [name=value...]       fill in and press a button
//	> sign                              sign, and continue
//	> follow LABEL [#N]                 follow a link of the screen, the Nth of that name
//	> action NAME {json}                act as the page's own scripts do
//	> forge NAME {json}                 the same as a link nobody signed
//	> args name=value                   visit again with query arguments
//	> back, reload, head, step N        Back, a second look, a look that leaves nothing, an earlier step
//	> again                             send the same form or link a second time
//	> earlier name=value                fill in the screen before and send it
//	> as NAME                           somebody else takes over, with a browser of their own
//	> wait DURATION                     let time pass
//	> work                              carry out the background actions that are due
//	> get json, steps, past, why        show the screen as data, the number of steps, what each changed, why it is asked
//
// Choices are given by label or value, several between commas; a name that
// begins with "!" is posted although the screen has no such field.
func (s *Stage) Play(ctx context.Context, t *Transcript) (talk string, err error) {
	r, err := s.open(t)
	if err != nil {
		return "", err
	}
	p := &player{t: t, room: r, ctx: ctx, people: map[string]*person{}}
	if err := p.as("visitor"); err != nil {
		return "", err
	}
	first := true
	lines := bufio.NewScanner(strings.NewReader(t.Talk))
	for n := 1; lines.Scan(); n++ {
		said, ok := strings.CutPrefix(lines.Text(), ">")
		if !ok {
			continue
		}
		said = strings.TrimSpace(said)
		if first && !strings.HasPrefix(said, "open") {
			if err := p.arrive(nil); err != nil {
				return "", err
			}
		}
		first = false
		fmt.Fprintf(&p.out, "> %s\n", said)
		if err := p.say(said); err != nil {
			return p.out.String(), fmt.Errorf("talk line %d: > %s: %w", n, said, err)
		}
	}
	if first {
		if err := p.arrive(nil); err != nil {
			return "", err
		}
	}
	return p.out.String(), lines.Err()
}

// say does what a line says.
func (p *player) say(line string) error {
	verb, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	switch verb {
	case "open":
		return p.arrive(words(rest))
	case "args":
		return p.visit(&run.Request{URLArgs: pairs(words(rest))})
	case "reload":
		return p.visit(&run.Request{})
	case "head":
		return p.visit(&run.Request{Scratch: true})
	case "step":
		n, err := strconv.ParseInt(rest, 10, 64)
		if err != nil {
			return err
		}
		return p.visit(&run.Request{Step: n})
	case "back":
		return p.visit(&run.Request{Back: true})
	case "press":
		return p.press(rest)
	case "follow":
		return p.follow(rest)
	case "action", "forge":
		return p.act(rest, verb == "action")
	case "again":
		if p.who.sent == nil {
			return errors.New("nothing was sent before")
		}
		same := *p.who.sent
		return p.visit(&same)
	case "earlier":
		return p.send(p.who.previous, words(rest), nil)
	case "sign":
		return p.send(p.who.screen, append([]string{"sign"}, words(rest)...), nil)
	case "as":
		return p.as(rest)
	case "wait":
		d, err := time.ParseDuration(rest)
		p.room.now = p.room.now.Add(d)
		return err
	case "work":
		p.line(fmt.Sprintf("%d background actions", run.Workers{Runner: p.room.runner}.Drain(p.ctx)))
		return nil
	case "get", "steps", "past", "why":
		return p.look(line)
	}
	return p.send(p.who.screen, words(line), nil)
}

// as lets another person take over.
func (p *player) as(name string) error {
	if p.people[name] == nil {
		secret, err := seal.NewSecret(p.room.chance)
		if err != nil {
			return err
		}
		p.people[name] = &person{name: name, secret: secret}
		if p.who != nil {
			p.people[name].interview = p.who.interview
		}
	}
	p.who = p.people[name]
	return nil
}

// arrive opens an interview in a new session: that of the transcript, unless
// the first word names another.
func (p *player) arrive(given []string) error {
	p.who.interview = p.t.pkg() + ":data/questions/interview.yml"
	if len(given) > 0 && !strings.Contains(given[0], "=") {
		p.who.interview, given = given[0], given[1:]
	}
	p.who.session = ""
	return p.visit(&run.Request{URLArgs: pairs(given)})
}

// visit makes a request and writes down what comes back.
func (p *player) visit(q *run.Request) error {
	w := p.who
	if q.Interview == "" {
		q.Interview = w.interview
	}
	if q.Session == "" && !q.Fresh {
		q.Session = w.session
	}
	q.Secret = w.secret
	if q.Web.Interface == "" {
		q.Web.Interface = "web"
	}
	q.Web.Root, q.Web.Method, q.Web.Args = "https://interviews.example.org/", "GET", q.URLArgs
	q.Visitor = evaluation.Visitor{Stack: w.secret.ID(), Device: w.name, Key: "t" + w.secret.ID(), Privileges: []string{"user"},
		FirstName: "Anonymous", LastName: "User", IP: "192.0.2.1", UserAgent: "transcript", BrowserLanguages: []string{"en"}}
	if q.Form != nil {
		q.Web.Method = "POST"
	}
	if q.Form != nil || q.Action != nil {
		w.sent = q
	}
	r, err := p.room.runner.Do(p.ctx, q)
	if err != nil {
		p.calls()
		p.fault(err)
		return nil
	}
	p.reply = r
	if !q.Scratch {
		w.session = r.Session
	}
	w.interview = q.Interview
	p.redirect = ""
	p.calls()
	p.show(r, q.Web.Interface == "json")
	if err := p.mails(); err != nil || !strings.HasPrefix(p.redirect, "/interview") {
		return err
	}
	return p.address(p.redirect)
}

// act asks for an action by name.
func (p *player) act(rest string, trusted bool) error {
	name, args, _ := strings.Cut(rest, " ")
	if args = strings.TrimSpace(args); args == "" {
		args = "{}"
	}
	quoted, err := json.Marshal(name)
	if err != nil {
		return fmt.Errorf("write the name of an action: %w", err)
	}
	payload := base64.RawStdEncoding.EncodeToString([]byte(`{"action": ` + string(quoted) + `, "arguments": ` + args + `}`))
	return p.visit(&run.Request{Action: &run.Action{Payload: payload, Trusted: trusted}})
}

// follow follows a link of the screen shown last, the way a browser would.
func (p *player) follow(rest string) error {
	label, nth := rest, 1
	if before, number, ok := strings.Cut(rest, " #"); ok {
		if n, err := strconv.Atoi(number); err == nil {
			label, nth = before, n
		}
	}
	if p.last == nil {
		return errors.New("there is no screen")
	}
	for _, l := range links(p.last) {
		if l.label != label {
			continue
		}
		if nth--; nth == 0 {
			return p.address(l.url)
		}
	}
	return fmt.Errorf("there is no link %q", rest)
}

// address opens an address of the server, or says where it leads.
func (p *player) address(address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return err
	}
	if u.Path != "/interview" || u.Host != "" && u.Host != "interviews.example.org" {
		p.line("leads to " + address)
		return nil
	}
	args := u.Query()
	q := &run.Request{Interview: args.Get(run.ArgInterview), Session: args.Get(run.ArgSession), URLArgs: map[string]string{},
		Fresh: args.Get(run.ArgNewSession) == "1", Reset: args.Get(run.ArgReset) == "1"}
	for name := range args {
		if !run.ReservedArgs[name] {
			q.URLArgs[name] = args.Get(name)
		}
	}
	if a := args.Get(run.ArgAction); a != "" {
		q.Action = &run.Action{Payload: a, Signature: args.Get(run.ArgSignature), Once: args.Get(run.ArgOnce)}
	}
	if q.Interview != p.who.interview && q.Session == "" {
		q.Fresh = true
	}
	return p.visit(q)
}

// look shows something about the session.
func (p *player) look(line string) error {
	switch line {
	case "get json":
		return p.visit(&run.Request{Web: evaluation.Request{Interface: "json"}})
	case "steps":
		sizes, err := p.room.store.History(p.ctx, p.who.session)
		if err != nil {
			return err
		}
		p.line(fmt.Sprintf("%d steps", len(sizes)))
		return nil
	case "past":
		return p.past()
	case "why":
		for _, w := range p.reply.Why {
			p.line(fmt.Sprintf("  %s: %s", w.Name, p.short(w.Pos.String())))
		}
		return nil
	}
	return fmt.Errorf("%q cannot be looked at", line)
}

// past writes down what came in with each step and what it changed.
func (p *player) past() error {
	steps, err := p.room.runner.Past(p.ctx, p.who.session, run.Keys{Browser: p.who.secret}, 0, 0)
	if err != nil {
		return err
	}
	for _, s := range steps {
		line := fmt.Sprintf("  %d %s %s%s", s.N, s.Kind, s.Question, s.Action)
		for _, name := range slices.Sorted(maps.Keys(s.Args)) {
			line += " " + name + "=" + s.Args[name]
		}
		for _, v := range s.Values {
			line += " " + v.Name + "=" + v.Text
		}
		line = strings.TrimRight(line, " ")
		if len(s.Set) > 0 {
			line += "; set " + strings.Join(s.Set, ", ")
		}
		if len(s.Gone) > 0 {
			line += "; gone " + strings.Join(s.Gone, ", ")
		}
		p.line(line)
	}
	return nil
}

func (p *player) line(text string) { p.out.WriteString(strings.TrimRight(text, " ") + "\n") }

// pairs reads name=value words.
func pairs(given []string) map[string]string {
	out := map[string]string{}
	for _, w := range given {
		name, value, _ := strings.Cut(w, "=")
		out[name] = value
	}
	return out
}

// words splits a line at its spaces, but not inside double quotes, which are
// taken off. A backslash before a quote, a backslash or an n is an escape.
func words(line string) []string {
	var out []string
	var b strings.Builder
	quoted, some := false, false
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case c == '\\' && quoted && i+1 < len(line) && strings.IndexByte(`"\n`, line[i+1]) >= 0:
			i++
			if c = line[i]; c == 'n' {
				c = '\n'
			}
			b.WriteByte(c)
		case c == '"':
			quoted, some = !quoted, true
		case c == ' ' && !quoted:
			if some || b.Len() > 0 {
				out = append(out, b.String())
			}
			some = false
			b.Reset()
		default:
			b.WriteByte(c)
		}
	}
	if some || b.Len() > 0 {
		out = append(out, b.String())
	}
	return out
}
