package check

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"colloquy/engine/fault"
	"colloquy/engine/interview"
	"colloquy/engine/packages"
	"colloquy/engine/python"
	"colloquy/engine/run"
)

// Options say how an interview is checked. The zero Options analyse and do not
// walk.
type Options struct {
	// Walks is how many conversations are held at most.
	Walks int
	// Time is how long they may take together; 0: as long as they need.
	Time time.Duration
	// Steps is how long a conversation may be; 0: 150.
	Steps int
	Seed  uint64
	// Part says that the file is a part of others: it need not do anything by
	// itself, and uses what they define.
	Part bool
	// Now is the time at which the conversations take place.
	Now time.Time
}

// Check says what is wrong with an interview. The error is about checking
// itself: the interview is not there, or ctx is over.
func Check(ctx context.Context, p *run.Programs, name string, o Options) (*Report, error) {
	r := &Report{Interview: name}
	in, err := interview.Load(ctx, p.Packages(), name)
	var le *interview.LoadError
	switch {
	case errors.As(err, &le):
		r.Findings = order(nil, problems(le.Problems))
		fill(p.Packages(), r.Findings)
		return r, nil
	case err != nil:
		return nil, fmt.Errorf("check %s: %w", name, err)
	}
	r.Interview = in.Name
	a := &analysis{ctx: ctx, programs: p, in: in, part: o.Part}
	a.run()
	r.Findings = append(problems(in.Problems), a.found...)
	if o.Walks > 0 && !o.Part && len(in.Walk) > 0 {
		found, walked, err := walk(ctx, p, in, o)
		if err != nil {
			return nil, fmt.Errorf("walk through %s: %w", name, err)
		}
		r.Walked = walked
		r.Findings = append(r.Findings, unsaid(r.Findings, found)...)
	}
	r.Findings = order(in.Files, r.Findings)
	fill(p.Packages(), r.Findings)
	return r, nil
}

// unsaid leaves out what walks found that analysis has said already, which then
// has the conversation that leads there.
func unsaid(said, found []Finding) []Finding {
	return slices.DeleteFunc(found, func(f Finding) bool {
		for i := range said {
			s := &said[i]
			same := s.Pos.File == f.Pos.File && s.Pos.Line == f.Pos.Line && (f.Kind == WalkedUndefined && s.Kind == UndefinedName)
			circle := s.Kind == Circle && f.Kind == Loop && slices.ContainsFunc(s.Chain, func(l Link) bool { return strings.Contains(f.Message, l.Name) })
			module := s.Kind == MissingModule && f.Kind == Crash && strings.Contains(f.Message, "import")
			unfinished := s.Kind == NothingToDo && f.Kind == Unfinished
			file := s.Kind == MissingFile && f.Kind == Crash && s.Pos.File == f.Pos.File && s.Pos.Line == f.Pos.Line
			if file || same || circle || module || unfinished {
				if s.Talk == nil {
					s.Talk = f.Talk
				}
				return true
			}
		}
		return false
	})
}

var kinds = map[interview.ProblemKind]Kind{interview.ProblemBlock: BadBlock, interview.ProblemYAML: BadYAML, interview.ProblemCode: BadCode,
	interview.ProblemKey: UnknownKey, interview.ProblemDatatype: UnknownDatatype, interview.ProblemFile: MissingFile}

// problems are findings of whoever loads interviews.
func problems(list []interview.Problem) []Finding {
	var out []Finding
	for _, p := range list {
		f := Finding{Kind: kinds[p.Kind], Severity: Warning, Pos: p.Pos, Message: p.Message, Fix: p.Fix, Verdict: proved}
		if p.Severity == interview.Error {
			f.Severity = Error
		}
		if f.Kind == MissingFile && f.Fix == "" {
			f.Fix = "correct the name, or put the file there"
		}
		out = append(out, f)
	}
	return out
}

// fill adds the lines of source that findings are about.
func fill(lib *packages.Library, fs []Finding) {
	files := map[string][]string{}
	for i := range fs {
		f := &fs[i]
		if f.Pos.Line == 0 {
			continue
		}
		lines, ok := files[f.Pos.File]
		if !ok {
			if name, err := packages.Parse(f.Pos.File, "", packages.Questions); err == nil {
				text, _, _ := lib.ReadFile(name)
				lines = strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n")
			}
			files[f.Pos.File] = lines
		}
		for f.Kind == BadYAML && f.Pos.Line > 1 && (f.Pos.Line > len(lines) || strings.TrimSpace(lines[f.Pos.Line-1]) == "") {
			f.Pos.Line, f.Pos.Col = f.Pos.Line-1, 0 // it was noticed after the end
		}
		if f.Pos.Line <= len(lines) {
			f.Source = lines[f.Pos.Line-1]
		}
	}
}

// An analysis reads one interview.
type analysis struct {
	ctx      context.Context
	programs *run.Programs
	in       *interview.Interview
	part     bool
	found    []Finding

	known   map[string]bool // names that something offers
	library map[string]bool // those of the library, of modules and of every session
	dynamic bool            // code defines names that cannot be read from it
	partial bool            // a module is not there
	guarded map[string]bool // names that code asks about before it uses them
	pieces  []piece
}

// run makes every finding that needs no conversation.
func (a *analysis) run() {
	a.collect()
	a.modules()
	a.ids()
	a.screens()
	a.files()
	if a.part {
		return
	}
	if len(a.in.Walk) == 0 {
		a.add(Finding{Kind: NothingToDo, Severity: Error, Pos: interview.Pos{File: a.in.Name, Line: 1, Col: 1},
			Message: "no block is mandatory or initial, so the interview asks nothing",
			Fix:     "write mandatory: True in the block that is to lead through the interview"})
	}
	a.names()
	a.actions()
	a.reach()
	a.circles()
}

func (a *analysis) add(f Finding) {
	f.Verdict = proved
	if f.Severity == Hint {
		f.Verdict = ""
	}
	a.found = append(a.found, f)
}

func (a *analysis) say(k Kind, s Severity, pos interview.Pos, block *interview.Block, fix, format string, args ...any) {
	f := Finding{Kind: k, Severity: s, Pos: pos, Fix: fix, Message: fmt.Sprintf(format, args...)}
	if block != nil {
		f.Block = block.Name
	}
	a.add(f)
}

// thread is one that imports modules and runs nothing else.
func (a *analysis) thread() *python.Thread {
	return python.NewThread(a.ctx, python.Options{Loader: a.programs, Limits: limits})
}

// limits bound what code may use.
var limits = python.Limits{Steps: 2_000_000, Bytes: 256 << 20}

// isMissing reports whether a file is not there.
func isMissing(err error) bool { return fault.KindOf(err) == fault.NotFound }
