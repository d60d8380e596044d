package check

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"

	"colloquy/engine/ask"
	"colloquy/engine/evaluation"
	"colloquy/engine/fault"
	"colloquy/engine/markup"
	"colloquy/engine/packages"
	"colloquy/engine/ports"
	"colloquy/engine/python"
)

// world is the outside as a walk sees it. Files of packages can be read;
// everything that would act is either played, in memory and for this walk alone,
// or refused:
//
//	mail          played: every mail is taken, and none is sent
//	files         played: kept until the walk is over
//	records       played: DAStore and kin begin empty and are gone with the walk
//	other servers refused, as when there is no network
//	DARedis       refused, as when no server answers
//	background    refused: an action never begins, whoever waits for one ends the walk
//	sessions      refused: there is no other session
//	accounts      refused: nobody has one; the visitor is anonymous
//
// A walk that fails after something was refused is no finding: it is counted.
type world struct {
	programs Programs
	pkg      string
	links    []evaluation.Link
	files    map[int64][]byte
	kept     map[string]python.Value
	refused  bool
}

// Programs is what walks need of what is compiled once: run.Programs.
type Programs interface {
	Packages() *packages.Library
	Icon(name string) (markup.Icon, bool)
}

func (w *world) Config(key string) (any, bool) {
	switch key {
	case "language":
		return "en", true
	case "timezone":
		return "Etc/UTC", true
	}
	return nil, false
}

// walkAddress begins links to actions; the number of the link follows.
const walkAddress = "/interview?walk="

func (w *world) Link(l evaluation.Link) (string, error) {
	if l.Here && l.Action != "" {
		w.links = append(w.links, l)
		return walkAddress + strconv.Itoa(len(w.links)-1), nil
	}
	return "https://interviews.example.org/interview", nil
}

func (w *world) File(ref, fromPackage string) (string, error) {
	if strings.HasPrefix(ref, "http://") || strings.HasPrefix(ref, "https://") || strings.HasPrefix(ref, "/") {
		return ref, nil
	}
	number, _, _ := strings.Cut(strings.TrimSpace(ref), "/")
	if _, err := strconv.ParseInt(number, 10, 64); err == nil {
		return "/uploadedfile/walk/" + number, nil
	}
	n, err := w.programs.Packages().Resolve(ref, fromPackage, packages.Static)
	if err != nil {
		return "", fmt.Errorf("find %s: %w", ref, err)
	}
	return "/packagestatic/" + n.Package + "/" + n.Path, nil
}

func (w *world) ReadData(kind, ref, fromPackage string) ([]byte, error) {
	n, err := w.programs.Packages().Resolve(ref, fromPackage, packages.Section(kind))
	if err != nil {
		return nil, fmt.Errorf("find %s: %w", ref, err)
	}
	content, _, err := w.programs.Packages().ReadFile(n)
	return content, err
}

func (w *world) StoredFile(n int64) ([]byte, error) {
	if content, ok := w.files[n]; ok {
		return content, nil
	}
	return nil, fmt.Errorf("read file %d: %w", n, fs.ErrNotExist)
}

func (w *world) MakeFile(_ string, content []byte) (int64, error) {
	n := int64(len(w.files) + 1)
	w.files[n] = content
	return n, nil
}

func (w *world) KeepFile(u ask.Upload) (int64, error) { return w.MakeFile(u.Filename, u.Content) }

func (w *world) CallWeb(context.Context, ports.WebRequest) (*ports.WebResponse, error) {
	w.refused = true
	return nil, &ports.Undeliverable{Reason: "other servers cannot be called while an interview is checked"}
}

func (w *world) Sessions() evaluation.Sessions { return siblings{w} }
func (w *world) People() evaluation.People     { return people{w} }
func (w *world) Tasks() evaluation.Tasks       { return tasks{w} }
func (w *world) Post() evaluation.Post         { return post{} }
func (w *world) Keeping() evaluation.Keeping   { return keeping{w} }

func (w *world) Markup() *ask.Markup {
	return &ask.Markup{Files: pictures{w}, Icons: w.programs, Hosts: []string{"https://interviews.example.org"}}
}

// pictures resolves [FILE].
type pictures struct{ w *world }

func (p pictures) File(ref markup.FileRef) (markup.File, bool) {
	address, err := p.w.File(strings.TrimSpace(ref.Ref), p.w.pkg)
	return markup.File{URL: address, Name: path.Base(ref.Ref), Kind: markup.FileImage}, err == nil
}

// errAway is what is said of what is not there during a walk.
var errAway = errors.New("this is not there while an interview is checked")

// away notes that something was refused.
func (w *world) away() error {
	w.refused = true
	return fault.New(fault.Unavailable, "This is not there while an interview is checked.", errAway)
}

type post struct{}

func (post) Mailbox(name string) (ports.Mailbox, bool) {
	return ports.Mailbox{Sender: "no-reply@example.com"}, name == ""
}

func (post) SendNow(_ context.Context, m ports.Mail) (ports.Receipt, error) {
	return ports.Receipt{Taken: m.To}, nil
}

func (post) Fate(context.Context, string) (evaluation.Fate, error) {
	return evaluation.Fate{State: evaluation.FateSent, Attempts: 1}, nil
}

type tasks struct{ w *world }

func (t tasks) Start(*python.Thread, string, evaluation.Task) (string, error) { return "walk", nil }
func (t tasks) Phase(string) (evaluation.TaskPhase, error)                    { return evaluation.TaskWaiting, nil }
func (t tasks) Outcome(_ *python.Thread, id string) (*evaluation.TaskOutcome, error) {
	t.w.refused = true
	return nil, &evaluation.Await{Task: id}
}
func (t tasks) Ended(string) (python.Value, error) { return python.None, nil }
func (t tasks) Revoke(string, bool) error          { return nil }
func (t tasks) Report(evaluation.TaskReport) error { return nil }

// keeping keeps values for one walk.
type keeping struct{ w *world }

func (k keeping) at(s evaluation.Spot, key string) string {
	return fmt.Sprintf("%s %v %s %s", s.Base, s.Encrypted, s.Shelf, key)
}

func (k keeping) Get(_ *python.Thread, s evaluation.Spot, key string) (python.Value, bool, error) {
	v, ok := k.w.kept[k.at(s, key)]
	return v, ok, nil
}

func (k keeping) Set(s evaluation.Spot, key string, v python.Value) error {
	k.w.kept[k.at(s, key)] = v
	return nil
}

func (k keeping) Delete(s evaluation.Spot, key string) error {
	delete(k.w.kept, k.at(s, key))
	return nil
}

func (k keeping) Has(s evaluation.Spot, key string) (bool, error) {
	_, ok := k.w.kept[k.at(s, key)]
	return ok, nil
}

func (k keeping) Keys(s evaluation.Spot) ([]string, error) {
	var out []string
	for at := range k.w.kept {
		if key, ok := strings.CutPrefix(at, k.at(s, "")); ok {
			out = append(out, key)
		}
	}
	return out, nil
}

func (k keeping) Shared(_ *python.Thread, s evaluation.Spot, key string) (*python.Dict, error) {
	if d, ok := k.w.kept[k.at(s, key)].(*python.Dict); ok {
		return d, nil
	}
	d := python.NewDict()
	k.w.kept[k.at(s, key)] = d
	return d, nil
}

func (k keeping) AddRecord(string, python.Value) (int64, error) { return 0, k.w.away() }
func (k keeping) Records(*python.Thread, string) ([]evaluation.Written, error) {
	return nil, nil
}
func (k keeping) DropRecord(string, int64) error      { return nil }
func (k keeping) Snapshot(string, string, bool) error { return nil }

func (w *world) KeyValue() evaluation.KeyValue { return keyValue{w} }

// keyValue is what DARedis works on: nobody answers.
type keyValue struct{ w *world }

func (k keyValue) Do(*python.Thread, string, ...string) (any, error)  { return nil, k.w.away() }
func (k keyValue) Pack(python.Value) (string, error)                  { return "", k.w.away() }
func (k keyValue) Unpack(*python.Thread, string) (python.Value, bool) { return nil, false }

// siblings are other sessions: there are none.
type siblings struct{ w *world }

func (s siblings) Create(evaluation.Sibling, *python.Dict) (string, error) { return "", s.w.away() }
func (s siblings) Variables(evaluation.Sibling, bool) (python.Value, error) {
	return nil, s.w.away()
}
func (s siblings) SetVariables(evaluation.Sibling, evaluation.SessionChange) error {
	return s.w.away()
}
func (s siblings) Act(evaluation.Sibling, evaluation.SessionAction) error      { return s.w.away() }
func (s siblings) Question(evaluation.Sibling) (python.Value, error)           { return nil, s.w.away() }
func (s siblings) Back(evaluation.Sibling) error                               { return s.w.away() }
func (s siblings) Offered(string, bool, bool) python.Value                     { return python.NewList() }
func (s siblings) Drop(*python.Thread, evaluation.Wanted, bool) (int64, error) { return 0, nil }
func (s siblings) Roster(*python.Thread, evaluation.Wanted) (*python.List, string, error) {
	return python.NewList(), "", nil
}
func (s siblings) Stash(*python.Thread, python.Value, time.Duration) (string, string, error) {
	return "", "", s.w.away()
}
func (s siblings) Stashed(*python.Thread, string, string, bool, time.Duration) (python.Value, bool, error) {
	return nil, false, nil
}

// people are accounts: there are none.
type people struct{ w *world }

func (p people) Find(int64, string) (*evaluation.Person, error) { return nil, nil }
func (p people) List(int64, bool) ([]evaluation.Person, int64, error) {
	return nil, 0, nil
}
func (p people) Create(string, string, []string, map[string]string) (int64, error) {
	return 0, p.w.away()
}
func (p people) Set(int64, string, evaluation.PersonChange) error { return p.w.away() }
func (p people) Invite(string, string, bool) (string, error)      { return "", p.w.away() }
func (p people) Secret(string, string) (string, error)            { return "", nil }
func (p people) Privileges() ([]string, error)                    { return nil, nil }
func (p people) AddPrivilege(string) error                        { return p.w.away() }
func (p people) DropPrivilege(string) error                       { return p.w.away() }
func (p people) Permissions(string) ([]string, error)             { return nil, nil }
